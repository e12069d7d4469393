/* edge-peer-state.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-peer-state.h"

G_DEFINE_ENUM_TYPE (EdgePeerState, edge_peer_state,
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_STATE_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_STATE_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_STATE_VERIFYING, "verifying"),
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_STATE_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_STATE_STALE, "stale"),
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_STATE_CLOSED, "closed"))

G_DEFINE_ENUM_TYPE (EdgePeerPath, edge_peer_path,
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_PATH_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_PATH_DIRECT, "direct"),
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_PATH_TURN, "turn"),
                    G_DEFINE_ENUM_VALUE (EDGE_PEER_PATH_RELAYED, "relayed"))

static const char *
enum_nick (GType type,
           int   value)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *v = g_enum_get_value (klass, value);

  return v != NULL ? v->value_nick : "unknown";
}

/**
 * edge_peer_state_to_string:
 * @state: a state
 *
 * Returns: the word for it in JSON and on D-Bus
 */
const char *
edge_peer_state_to_string (EdgePeerState state)
{
  return enum_nick (EDGE_TYPE_PEER_STATE, state);
}

/**
 * edge_peer_path_to_string:
 * @path: a path
 *
 * Returns: (nullable): the word for it in JSON and on D-Bus, %NULL when there is no link
 */
const char *
edge_peer_path_to_string (EdgePeerPath path)
{
  return path == EDGE_PEER_PATH_NONE ? NULL : enum_nick (EDGE_TYPE_PEER_PATH, path);
}
