/* edge-fold.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-checkpoint.h"
#include "ledger/edge-dag.h"

G_BEGIN_DECLS

/**
 * EdgeFold:
 *
 * The total order of a DAG's events and the state that follows from it. Events
 * that sort early are folded in from the nearest snapshot; what results is the
 * same as from a fold of all.
 */
typedef struct _EdgeFold EdgeFold;

/**
 * EdgeEarning:
 * @time: the network's time when it was earned, in milliseconds
 * @total: all that was earned until then, this included, in nano
 * @place: place of the event in the order
 *
 * That a key was paid, or credits were minted to it.
 */
typedef struct
{
  guint64 time;
  guint64 total;
  guint   place;
} EdgeEarning;

/**
 * EdgeFoldTurn:
 * @n: number of the checkpoint
 * @entry: text of the entry `n` of its state
 * @path: (element-type EdgeId): the path of that entry
 *
 * A checkpoint after which others judge than before.
 */
typedef struct
{
  guint64  n;
  char    *entry;
  GArray  *path;
} EdgeFoldTurn;

EdgeFold             *edge_fold_new              (EdgeDag                *dag,
                                                  const EdgeGenesis      *genesis) G_GNUC_WARN_UNUSED_RESULT;
EdgeFold             *edge_fold_new_at           (EdgeDag                *dag,
                                                  const EdgeGenesis      *genesis,
                                                  EdgeState              *state,
                                                  GPtrArray              *checkpoints,
                                                  GPtrArray              *turns) G_GNUC_WARN_UNUSED_RESULT;
void                  edge_fold_free             (EdgeFold               *self);
void                  edge_fold_set_keeper       (EdgeFold               *self,
                                                  EdgeStateEntryFunc      func,
                                                  gpointer                user_data);

void                  edge_fold_watch            (EdgeFold               *self,
                                                  const EdgeId           *key);
GArray               *edge_fold_get_earnings     (EdgeFold               *self);

void                  edge_fold_add              (EdgeFold               *self,
                                                  const guint32          *nodes,
                                                  guint                   n_nodes);
gboolean              edge_fold_run              (EdgeFold               *self,
                                                  guint                   max_steps);
gboolean              edge_fold_settle           (EdgeFold               *self,
                                                  guint                   max_entries);
gboolean              edge_fold_try              (EdgeFold               *self,
                                                  EdgeCheckpoint         *checkpoint,
                                                  GError                **error);
gboolean              edge_fold_close            (EdgeFold               *self,
                                                  const EdgeCheckpoint   *checkpoint,
                                                  GError                **error);

EdgeState            *edge_fold_get_state        (EdgeFold               *self);
guint64               edge_fold_get_multiplier   (EdgeFold               *self);
const guint32        *edge_fold_get_order        (EdgeFold               *self,
                                                  guint                  *n_order);
guint                 edge_fold_get_n_closed     (EdgeFold               *self);
guint                 edge_fold_get_n_behind     (EdgeFold               *self);
guint                 edge_fold_get_n_refolded   (EdgeFold               *self);
guint                 edge_fold_get_n_off        (EdgeFold               *self);
guint                 edge_fold_get_n_void       (EdgeFold               *self);
guint                 edge_fold_get_n_checkpoints (EdgeFold              *self);
const EdgeCheckpoint *edge_fold_get_checkpoint   (EdgeFold               *self,
                                                  guint                   n);
GPtrArray            *edge_fold_get_turns        (EdgeFold               *self);
guint64               edge_fold_get_final_time   (EdgeFold               *self);
const EdgeId         *edge_fold_get_judges       (EdgeFold               *self,
                                                  guint                  *n_judges);
void                  edge_fold_get_last_hash    (EdgeFold               *self,
                                                  EdgeId                 *hash);

EdgeFoldTurn         *edge_fold_turn_new         (guint64                 n,
                                                  const char             *entry,
                                                  GArray                 *path) G_GNUC_WARN_UNUSED_RESULT;
void                  edge_fold_turn_free        (EdgeFoldTurn           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeFoldTurn, edge_fold_turn_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeFold, edge_fold_free)

G_END_DECLS
