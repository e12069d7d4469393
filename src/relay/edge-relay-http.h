/* edge-relay-http.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "relay/edge-relay-private.h"

G_BEGIN_DECLS

/** EDGE_RELAY_ACCEPTED: Key of a #GSocketAddress's data: the descriptor it came in on. */
#define EDGE_RELAY_ACCEPTED "edge-relay-accepted"

void edge_relay_http_attach (EdgeRelay *self);

G_END_DECLS
