/* edge-finality.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger.h"

G_BEGIN_DECLS

#define EDGE_TYPE_FINALITY (edge_finality_get_type ())

G_DECLARE_FINAL_TYPE (EdgeFinality, edge_finality, EDGE, FINALITY, GObject)

/*
 * How far the book is closed, and who closes it. Properties, all read-only with
 * notify on the main context:
 *
 *   n             uint     number of the last checkpoint, 0 before the first
 *   time          uint64   T of its state, ms; 0 before the first
 *   count         uint64   events in it
 *   by            string   key of the leader of its certificate's round, NULL when not known
 *   n-members     uint
 *   validators    GListModel<EdgeCloser>   empty where nothing is ever final
 *   ballots       GListModel<EdgeBallot>   what is voted on: other lists of validators
 *   n-validators  uint
 *   n-awake       uint     of them
 *   n-needed      uint     how many must be awake to go on, more than two thirds
 *   validating    boolean  this computer is one of them
 *   may-vote      boolean  it has a say in who closes the book, as far as events are folded
 */

EdgeFinality *edge_finality_new (EdgeLedger   *ledger,
                                 const EdgeId *key,
                                 GListModel   *peers) G_GNUC_WARN_UNUSED_RESULT;

void          edge_finality_hear (EdgeFinality *self,
                                  const char   *id);

G_END_DECLS
