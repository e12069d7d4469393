/* edge-fold-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-fold.h"

G_BEGIN_DECLS

/* A snapshot: how many events of the order lie before it, and to which power of
 * two of steps the one after it is away. */
typedef struct
{
  guint start;
  guint level;
} EdgeFoldMark;

struct _EdgeFold
{
  EdgeDag           *dag;
  const EdgeGenesis *genesis;
  EdgeState         *state;
  GArray            *order;
  GArray            *marks;
  GPtrArray         *checkpoints;
  GPtrArray         *turns;
  EdgeStateEntryFunc keeper;
  gpointer           keeper_data;
  GArray            *earnings;
  EdgeId             watched;
  gboolean           has_watched;
  EdgeId             last_hash;
  guint64            multiplier;
  guint64            final_time;
  EdgeId             judges[EDGE_GENESIS_MAX_VALIDATORS];
  guint              n_judges;
  guint              n_closed;
  guint              n_folded;
  guint              n_refolded;
  guint              n_verdicts[EDGE_VERDICT_VOID + 1];
};

guint32  _edge_fold_order_at       (EdgeFold          *self,
                                    guint              place);
gboolean _edge_fold_has_validators (EdgeFold          *self);
guint    _edge_fold_find_place     (EdgeFold          *self,
                                    guint32            node,
                                    guint              from);
void     _edge_fold_roll_back      (EdgeFold          *self,
                                    guint              place);
void     _edge_fold_settle_open    (EdgeFold          *self);
int      _edge_fold_compare_nodes  (gconstpointer      a,
                                    gconstpointer      b,
                                    gpointer           dag);
void     _edge_fold_note_member_cb (const EdgeAccount *account,
                                    gpointer           user_data);

G_END_DECLS
