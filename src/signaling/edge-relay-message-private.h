/* edge-relay-message-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "signaling/edge-relay-message.h"

G_BEGIN_DECLS

const char *_edge_relay_message_payload_member (EdgeRelayMessageType type);

G_END_DECLS
