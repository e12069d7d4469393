/* edge-relay-client.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "signaling/edge-signaling.h"

G_BEGIN_DECLS

#define EDGE_TYPE_RELAY_CLIENT (edge_relay_client_get_type ())

G_DECLARE_FINAL_TYPE (EdgeRelayClient, edge_relay_client, EDGE, RELAY_CLIENT, GObject)

EdgeRelayClient *edge_relay_client_new       (const char      *url,
                                              EdgeIdentity    *identity,
                                              const char      *room,
                                              const char      *token) G_GNUC_WARN_UNUSED_RESULT;

void             edge_relay_client_retry_now (EdgeRelayClient *self);

G_END_DECLS
