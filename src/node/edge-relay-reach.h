/* edge-relay-reach.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EdgeRelayReach:
 * @EDGE_RELAY_REACH_NONE: nobody: there is no address
 * @EDGE_RELAY_REACH_COMPUTER: programs on this computer
 * @EDGE_RELAY_REACH_LAN: computers in the same local network
 * @EDGE_RELAY_REACH_ANYWHERE: whoever can reach the internet
 *
 * Who can reach an address.
 */
typedef enum
{
  EDGE_RELAY_REACH_NONE,
  EDGE_RELAY_REACH_COMPUTER,
  EDGE_RELAY_REACH_LAN,
  EDGE_RELAY_REACH_ANYWHERE,
} EdgeRelayReach;

const char     *edge_relay_reach_to_string  (EdgeRelayReach       reach);
EdgeRelayReach  edge_relay_reach_of         (const char          *url);
EdgeRelayReach  edge_relay_reach_of_all     (const char * const  *urls);
GStrv           edge_relay_reach_expand     (const char          *url) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
