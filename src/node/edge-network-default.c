/* edge-network-default.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-network-default.h"

#include <string.h>

/**
 * edge_network_new_built_in:
 * @file: a network file, or an empty text
 *
 * Returns: (transfer full): its network, or the open network that everybody finds first
 */
EdgeNetwork *
edge_network_new_built_in (const char *file)
{
  g_autoptr(GError) error = NULL;
  EdgeNetwork *network;

  if (file[0] == '\0')
    return edge_network_new_open (EDGE_NETWORK_DEFAULT_NAME);

  network = edge_network_parse (file, strlen (file), &error);
  if (network == NULL)
    g_error ("The network that was built in is none: %s", error->message);
  return network;
}

/**
 * edge_network_new_default:
 *
 * What Join joins: the network whose file the publisher built in with
 * `-Ddefault_network`, or else the open network that everybody finds first.
 *
 * Returns: (transfer full): a network
 */
EdgeNetwork *
edge_network_new_default (void)
{
  return edge_network_new_built_in (EDGE_DEFAULT_NETWORK);
}
