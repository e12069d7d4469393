/* edge-node-error.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EDGE_NODE_ERROR (edge_node_error_quark ())

/**
 * EdgeNodeError:
 * @EDGE_NODE_ERROR_NO_NETWORK: no network is joined
 * @EDGE_NODE_ERROR_NO_PEER: no peer has an id or name that begins so
 * @EDGE_NODE_ERROR_AMBIGUOUS: several peers do
 * @EDGE_NODE_ERROR_TEXT: the text is empty or too long
 * @EDGE_NODE_ERROR_NOT_LINKED: the peer is known, but there is no link to it
 * @EDGE_NODE_ERROR_BUSY: too much waits to be sent to the peer already
 * @EDGE_NODE_ERROR_ADDRESS: an address of a relay makes no sense
 * @EDGE_NODE_ERROR_STATE_DIR: the node's folder can't be used
 * @EDGE_NODE_ERROR_IN_USE: another node uses the folder
 * @EDGE_NODE_ERROR_REFUSED: the ledger's rules do not allow it
 * @EDGE_NODE_ERROR_NETWORK_FILE: a network file can't be used, or a network can't be made so
 * @EDGE_NODE_ERROR_NO_EVENT: no event has such an id
 * @EDGE_NODE_ERROR_OWN_INVITATION: an invitation of this node's own
 * @EDGE_NODE_ERROR_NO_PATH: a direct link finds no way
 * @EDGE_NODE_ERROR_NO_JOIN: the network of an invitation can't be joined
 * @EDGE_NODE_ERROR_OPENING: the ledger is not open yet
 * @EDGE_NODE_ERROR_NO_INVITATION: no invitation has a ticket that begins so
 *
 * Also the errors of the D-Bus interface.
 */
typedef enum
{
  EDGE_NODE_ERROR_NO_NETWORK,
  EDGE_NODE_ERROR_NO_PEER,
  EDGE_NODE_ERROR_AMBIGUOUS,
  EDGE_NODE_ERROR_TEXT,
  EDGE_NODE_ERROR_NOT_LINKED,
  EDGE_NODE_ERROR_BUSY,
  EDGE_NODE_ERROR_ADDRESS,
  EDGE_NODE_ERROR_STATE_DIR,
  EDGE_NODE_ERROR_IN_USE,
  EDGE_NODE_ERROR_REFUSED,
  EDGE_NODE_ERROR_NETWORK_FILE,
  EDGE_NODE_ERROR_NO_EVENT,
  EDGE_NODE_ERROR_OWN_INVITATION,
  EDGE_NODE_ERROR_NO_PATH,
  EDGE_NODE_ERROR_NO_JOIN,
  EDGE_NODE_ERROR_OPENING,
  EDGE_NODE_ERROR_NO_INVITATION,
} EdgeNodeError;

GQuark edge_node_error_quark (void);

G_END_DECLS
