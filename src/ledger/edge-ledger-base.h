/* edge-ledger-base.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-fold.h"
#include "ledger/edge-proof-step.h"

G_BEGIN_DECLS

/**
 * EdgeLedgerBase:
 *
 * A ledger up to a final checkpoint without the bodies of its events: what a pruned
 * ledger keeps, and what a newcomer starts from. It is given piece by piece: steps,
 * checkpoints, entries, bones, in this order. What a stranger gave is as good as the
 * certificates: each piece is held against them.
 */
typedef struct _EdgeLedgerBase EdgeLedgerBase;

EdgeLedgerBase *edge_ledger_base_new            (EdgeEvent         *genesis) G_GNUC_WARN_UNUSED_RESULT;
void            edge_ledger_base_free           (EdgeLedgerBase    *self);

gboolean        edge_ledger_base_add_step       (EdgeLedgerBase    *self,
                                                 const char        *text,
                                                 gsize              length,
                                                 GError           **error);
gboolean        edge_ledger_base_add_checkpoint (EdgeLedgerBase    *self,
                                                 const char        *text,
                                                 gsize              length,
                                                 GError           **error);
gboolean        edge_ledger_base_end_checkpoints (EdgeLedgerBase   *self,
                                                 GError           **error);
gboolean        edge_ledger_base_add_entry      (EdgeLedgerBase    *self,
                                                 const char        *name,
                                                 const char        *text,
                                                 gsize              length,
                                                 GError           **error);
gboolean        edge_ledger_base_end_entries    (EdgeLedgerBase    *self,
                                                 GError           **error);
gboolean        edge_ledger_base_add_bone       (EdgeLedgerBase    *self,
                                                 const EdgeDagBone *bone,
                                                 GError           **error);
gboolean        edge_ledger_base_finish         (EdgeLedgerBase    *self,
                                                 EdgeDag          **dag,
                                                 EdgeFold         **fold,
                                                 GError           **error);

guint64         edge_ledger_base_get_n          (EdgeLedgerBase    *self);
guint64         edge_ledger_base_get_count      (EdgeLedgerBase    *self);
GPtrArray      *edge_ledger_base_get_steps      (EdgeLedgerBase    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeLedgerBase, edge_ledger_base_free)

G_END_DECLS
