/* edge-ledger-memory.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger.h"

G_BEGIN_DECLS

/** EDGE_LEDGER_MEMORY_MAX: Open events remembered, the first in order. */
#define EDGE_LEDGER_MEMORY_MAX 65536

/**
 * EdgeLedgerMemory:
 *
 * Since when open events are known and how forks have gone meanwhile, as a validator
 * needs it to see whether somebody's checkpoint leaves out what it should not. It has no
 * clock: times are those it is given.
 */
typedef struct _EdgeLedgerMemory EdgeLedgerMemory;

EdgeLedgerMemory *edge_ledger_memory_new          (void) G_GNUC_WARN_UNUSED_RESULT;
void              edge_ledger_memory_free         (EdgeLedgerMemory     *self);

void              edge_ledger_memory_look         (EdgeLedgerMemory     *self,
                                                   EdgeLedger           *ledger,
                                                   gint64                now);
GArray           *edge_ledger_memory_list_known   (EdgeLedgerMemory     *self,
                                                   gint64                before) G_GNUC_WARN_UNUSED_RESULT;
GArray           *edge_ledger_memory_list_winners (EdgeLedgerMemory     *self,
                                                   gint64                before) G_GNUC_WARN_UNUSED_RESULT;

gboolean          edge_ledger_is_fair             (EdgeLedger           *ledger,
                                                   const EdgeCheckpoint *checkpoint,
                                                   GArray               *known,
                                                   GArray               *winners);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeLedgerMemory, edge_ledger_memory_free)

G_END_DECLS
