/* edge-network-default.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-network.h"

G_BEGIN_DECLS

/** EDGE_NETWORK_DEFAULT_NAME: The open network that is joined when nobody says which. */
#define EDGE_NETWORK_DEFAULT_NAME "edge-net"

EdgeNetwork *edge_network_new_built_in (const char *file) G_GNUC_WARN_UNUSED_RESULT;
EdgeNetwork *edge_network_new_default  (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
