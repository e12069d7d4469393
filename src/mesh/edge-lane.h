/* edge-lane.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "mesh/edge-handshake.h"
#include "mesh/edge-transport.h"

G_BEGIN_DECLS

#define EDGE_TYPE_LANE (edge_lane_get_type ())

G_DECLARE_FINAL_TYPE (EdgeLane, edge_lane, EDGE, LANE, GObject)

EdgeLane        *edge_lane_new           (EdgeTransport *transport,
                                          EdgeIdentity  *identity,
                                          const char    *peer_id) G_GNUC_WARN_UNUSED_RESULT;

void             edge_lane_set_hello     (EdgeLane      *self,
                                          EdgeHello     *hello);
EdgeTransport   *edge_lane_get_transport (EdgeLane      *self);
gboolean         edge_lane_is_open       (EdgeLane      *self);
gboolean         edge_lane_is_verified   (EdgeLane      *self);
const EdgeHello *edge_lane_get_own       (EdgeLane      *self);
const EdgeHello *edge_lane_get_peer      (EdgeLane      *self);

gsize            edge_lane_send_loose    (EdgeLane      *self,
                                          JsonObject    *frame);
void             edge_lane_pass_early    (EdgeLane      *self);
void             edge_lane_close         (EdgeLane      *self,
                                          gboolean       gracefully);

G_END_DECLS
