/* edge-node-key.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

G_BEGIN_DECLS

#define EDGE_TYPE_NODE_KEY_STATE (edge_node_key_state_get_type ())

/**
 * EdgeNodeKeyState:
 * @EDGE_NODE_KEY_STATE_FINE: all that the key signed is known here
 * @EDGE_NODE_KEY_STATE_RESTORED: the key was restored or copied; nothing is signed in this network
 *   until peers have sent what it signed elsewhere, or the person insists
 * @EDGE_NODE_KEY_STATE_TWIN: the key is used elsewhere now, so this node has left the network
 *
 * Property `key-state` of EdgeNode. Two that sign with one key contradict each other, which
 * costs the key its stake.
 */
typedef enum
{
  EDGE_NODE_KEY_STATE_FINE,
  EDGE_NODE_KEY_STATE_RESTORED,
  EDGE_NODE_KEY_STATE_TWIN,
} EdgeNodeKeyState;

GType            edge_node_key_state_get_type  (void) G_GNUC_CONST;
const char      *edge_node_key_state_to_string (EdgeNodeKeyState  state);

EdgeNodeKeyState edge_node_get_key_state       (EdgeNode         *self);
void             edge_node_claim               (EdgeNode         *self);
void             edge_node_settle              (EdgeNode         *self,
                                                const char       *network_id);

G_END_DECLS
