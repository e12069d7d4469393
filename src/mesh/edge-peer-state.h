/* edge-peer-state.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PEER_STATE (edge_peer_state_get_type ())
#define EDGE_TYPE_PEER_PATH  (edge_peer_path_get_type ())

/**
 * EdgePeerState:
 * @EDGE_PEER_STATE_NEW: heard of
 * @EDGE_PEER_STATE_CONNECTING: offer, answer and candidates are under way
 * @EDGE_PEER_STATE_VERIFYING: the channel is open, certificate and hello are being checked
 * @EDGE_PEER_STATE_CONNECTED: a link to the key it claims
 * @EDGE_PEER_STATE_STALE: nothing heard for 2 s, or the link is being rebuilt
 * @EDGE_PEER_STATE_CLOSED: gone
 */
typedef enum
{
  EDGE_PEER_STATE_NEW,
  EDGE_PEER_STATE_CONNECTING,
  EDGE_PEER_STATE_VERIFYING,
  EDGE_PEER_STATE_CONNECTED,
  EDGE_PEER_STATE_STALE,
  EDGE_PEER_STATE_CLOSED,
} EdgePeerState;

/**
 * EdgePeerPath:
 * @EDGE_PEER_PATH_NONE: no link
 * @EDGE_PEER_PATH_DIRECT: from computer to computer
 * @EDGE_PEER_PATH_TURN: through a TURN server, encrypted by DTLS
 * @EDGE_PEER_PATH_RELAYED: through the relay, in sealed envelopes
 */
typedef enum
{
  EDGE_PEER_PATH_NONE,
  EDGE_PEER_PATH_DIRECT,
  EDGE_PEER_PATH_TURN,
  EDGE_PEER_PATH_RELAYED,
} EdgePeerPath;

GType       edge_peer_state_get_type  (void) G_GNUC_CONST;
GType       edge_peer_path_get_type   (void) G_GNUC_CONST;
const char *edge_peer_state_to_string (EdgePeerState state);
const char *edge_peer_path_to_string  (EdgePeerPath  path);

G_END_DECLS
