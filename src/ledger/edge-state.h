/* edge-state.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-account.h"
#include "ledger/edge-state-tree.h"

G_BEGIN_DECLS

/** EDGE_MINT_MAX: Nano-credits a network can ever mint, and ms of computing it counts. */
#define EDGE_MINT_MAX G_GUINT64_CONSTANT (9000000000000000000)

/**
 * EdgeProposal:
 *
 * A validator's list of who shall be validators.
 */
typedef struct
{
  EdgeId key;
  guint  n_keys;
  EdgeId keys[EDGE_GENESIS_MAX_VALIDATORS];
} EdgeProposal;

/**
 * EdgeTotals:
 *
 * What the network knows of itself: time, sums, and who closes the book.
 */
typedef struct
{
  guint64       time;
  guint64       cpu_ms;
  guint64       minted;
  guint64       burned;
  guint         n_validators;
  guint         n_proposals;
  EdgeId        validators[EDGE_GENESIS_MAX_VALIDATORS];
  EdgeProposal *proposals;
} EdgeTotals;

/**
 * EdgeState:
 *
 * All accounts, open escrows and totals at one place in the order, with the
 * differences to some places before, so that it can be taken back to them.
 *
 * Each snapshot is the difference to the one before it. What `get` lends is
 * good until the next `edit` of the same entry or a rollback.
 */
typedef struct _EdgeState EdgeState;

typedef void (*EdgeStateAccountFunc) (const EdgeAccount *account,
                                      gpointer           user_data);
typedef void (*EdgeStateEscrowFunc)  (const EdgeEscrow  *escrow,
                                      gpointer           user_data);

/**
 * EdgeStateEntryFunc:
 * @name: name of an entry of the state tree
 * @text: (nullable): its text, or %NULL when it is there no more
 */
typedef void (*EdgeStateEntryFunc)   (const char        *name,
                                      const char        *text,
                                      gpointer           user_data);

EdgeState         *edge_state_new              (void) G_GNUC_WARN_UNUSED_RESULT;
void               edge_state_free             (EdgeState            *self);

const EdgeAccount *edge_state_get_account      (EdgeState            *self,
                                                const EdgeId         *key);
const EdgeAccount *edge_state_get_first_account (EdgeState          *self,
                                                const EdgeId         *key);
EdgeAccount       *edge_state_edit_account     (EdgeState            *self,
                                                const EdgeId         *key);
EdgeAccount       *edge_state_add_account      (EdgeState            *self,
                                                const EdgeId         *key);
const EdgeEscrow  *edge_state_get_escrow       (EdgeState            *self,
                                                const EdgeId         *id);
EdgeEscrow        *edge_state_edit_escrow      (EdgeState            *self,
                                                const EdgeId         *id);
EdgeEscrow        *edge_state_add_escrow       (EdgeState            *self,
                                                const EdgeId         *id);
void               edge_state_close_escrow     (EdgeState            *self,
                                                const EdgeId         *id);
const EdgeTotals  *edge_state_get_totals       (EdgeState            *self);
EdgeTotals        *edge_state_edit_totals      (EdgeState            *self);
gboolean           edge_state_is_validator     (EdgeState            *self,
                                                const EdgeId         *key);

void               edge_state_expect           (EdgeState            *self,
                                                const EdgeAccount    *account);
void               edge_state_move_time        (EdgeState            *self,
                                                guint64               time);

void               edge_state_mark             (EdgeState            *self);
guint              edge_state_get_n_marks      (EdgeState            *self);
void               edge_state_roll_back        (EdgeState            *self,
                                                guint                 n_marks);
void               edge_state_merge_mark       (EdgeState            *self,
                                                guint                 mark);
void               edge_state_forget_marks     (EdgeState            *self,
                                                EdgeStateAccountFunc  changed,
                                                gpointer              user_data);

gboolean           edge_state_settle           (EdgeState            *self,
                                                guint                 max_entries);
void               edge_state_get_root         (EdgeState            *self,
                                                EdgeId               *root);
EdgeStateTree     *edge_state_get_tree         (EdgeState            *self);
char              *edge_state_totals_to_text   (EdgeState            *self) G_GNUC_WARN_UNUSED_RESULT;
void               edge_state_foreach_entry    (EdgeState            *self,
                                                gboolean              changed,
                                                EdgeStateEntryFunc    func,
                                                gpointer              user_data);
void               edge_state_foreach_account  (EdgeState            *self,
                                                EdgeStateAccountFunc  func,
                                                gpointer              user_data);
void               edge_state_foreach_escrow   (EdgeState            *self,
                                                EdgeStateEscrowFunc   func,
                                                gpointer              user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeState, edge_state_free)

G_END_DECLS
