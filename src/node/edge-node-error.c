/* edge-node-error.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-node-error.h"

#include <gio/gio.h>

#define PREFIX "org.edgenet.EdgeNet1.Error."

/* The names by which the errors travel over D-Bus. */
static const GDBusErrorEntry entries[] =
{
  { EDGE_NODE_ERROR_NO_NETWORK, PREFIX "NoNetwork" },
  { EDGE_NODE_ERROR_NO_PEER, PREFIX "NoPeer" },
  { EDGE_NODE_ERROR_AMBIGUOUS, PREFIX "Ambiguous" },
  { EDGE_NODE_ERROR_TEXT, PREFIX "Text" },
  { EDGE_NODE_ERROR_NOT_LINKED, PREFIX "NotLinked" },
  { EDGE_NODE_ERROR_BUSY, PREFIX "Busy" },
  { EDGE_NODE_ERROR_ADDRESS, PREFIX "Address" },
  { EDGE_NODE_ERROR_STATE_DIR, PREFIX "StateDir" },
  { EDGE_NODE_ERROR_IN_USE, PREFIX "InUse" },
  { EDGE_NODE_ERROR_REFUSED, PREFIX "Refused" },
  { EDGE_NODE_ERROR_NETWORK_FILE, PREFIX "NetworkFile" },
  { EDGE_NODE_ERROR_NO_EVENT, PREFIX "NoEvent" },
  { EDGE_NODE_ERROR_OWN_INVITATION, PREFIX "OwnInvitation" },
  { EDGE_NODE_ERROR_NO_PATH, PREFIX "NoPath" },
  { EDGE_NODE_ERROR_NO_JOIN, PREFIX "NoJoin" },
  { EDGE_NODE_ERROR_OPENING, PREFIX "Opening" },
  { EDGE_NODE_ERROR_NO_INVITATION, PREFIX "NoInvitation" },
};

GQuark
edge_node_error_quark (void)
{
  static gsize quark;

  g_dbus_error_register_error_domain ("edge-node-error-quark", &quark, entries,
                                      G_N_ELEMENTS (entries));
  return (GQuark) quark;
}
