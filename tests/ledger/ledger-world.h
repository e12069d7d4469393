/* ledger-world.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event.h"

G_BEGIN_DECLS

/*
 * A made-up network: keys that join, pay, work, vouch, cheat and fork, in two
 * partitions that hear of each other now and then. All from one seed.
 */
typedef struct _LedgerWorld LedgerWorld;

LedgerWorld       *ledger_world_new         (guint32            seed,
                                             guint              n_keys,
                                             guint              n_validators,
                                             gboolean           open);
void               ledger_world_free        (LedgerWorld       *self);

void               ledger_world_grow        (LedgerWorld       *self,
                                             guint              n_events);
void               ledger_world_heal        (LedgerWorld       *self);
const EdgeGenesis *ledger_world_genesis     (LedgerWorld       *self);
guint              ledger_world_n_events    (LedgerWorld       *self);
EdgeEvent         *ledger_world_event       (LedgerWorld       *self,
                                             guint              index);
EdgeIdentity      *ledger_world_identity    (LedgerWorld       *self,
                                             guint              index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LedgerWorld, ledger_world_free)

G_END_DECLS
