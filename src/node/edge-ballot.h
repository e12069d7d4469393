/* edge-ballot.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "ledger/edge-ledger.h"

G_BEGIN_DECLS

#define EDGE_TYPE_BALLOT (edge_ballot_get_type ())

G_DECLARE_FINAL_TYPE (EdgeBallot, edge_ballot, EDGE, BALLOT, GObject)

void                 edge_ballot_refresh      (GListStore   *ballots,
                                               EdgeLedger   *ledger,
                                               const EdgeId *key);

const char * const  *edge_ballot_get_keys     (EdgeBallot   *self);
const char * const  *edge_ballot_get_voters   (EdgeBallot   *self);
const char * const  *edge_ballot_get_added    (EdgeBallot   *self);
const char * const  *edge_ballot_get_removed  (EdgeBallot   *self);
const char * const  *edge_ballot_get_present  (EdgeBallot   *self);
guint                edge_ballot_get_n_needed (EdgeBallot   *self);
gboolean             edge_ballot_get_may_vote (EdgeBallot   *self);
gboolean             edge_ballot_get_own      (EdgeBallot   *self);

G_END_DECLS
