/* edge-relay-transport.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-transport.h"
#include "signaling/edge-switchboard.h"

G_BEGIN_DECLS

#define EDGE_TYPE_RELAY_TRANSPORT (edge_relay_transport_get_type ())

G_DECLARE_FINAL_TYPE (EdgeRelayTransport, edge_relay_transport, EDGE, RELAY_TRANSPORT, GObject)

EdgeRelayTransport *edge_relay_transport_new     (EdgeSwitchboard    *switchboard,
                                                  const char         *peer_id) G_GNUC_WARN_UNUSED_RESULT;
void                edge_relay_transport_open    (EdgeRelayTransport *self);
void                edge_relay_transport_receive (EdgeRelayTransport *self,
                                                  GBytes             *body);

G_END_DECLS
