/* edge-joiner.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "ledger/edge-ledger.h"
#include "mesh/edge-sync.h"

G_BEGIN_DECLS

#define EDGE_TYPE_JOINER (edge_joiner_get_type ())

G_DECLARE_FINAL_TYPE (EdgeJoiner, edge_joiner, EDGE, JOINER, GObject)

EdgeJoiner *edge_joiner_new          (EdgeLedger   *ledger,
                                      EdgeIdentity *identity,
                                      EdgeSync     *sync) G_GNUC_WARN_UNUSED_RESULT;

double      edge_joiner_get_progress (EdgeJoiner   *self);
void        edge_joiner_set_inviter  (EdgeJoiner   *self,
                                      const char   *inviter);
void        edge_joiner_set_paused   (EdgeJoiner   *self,
                                      gboolean      paused);
void        edge_joiner_update       (EdgeJoiner   *self,
                                      gboolean      joined);

G_END_DECLS
