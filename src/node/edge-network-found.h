/* edge-network-found.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "node/edge-network.h"

G_BEGIN_DECLS

EdgeNetwork *edge_network_found (EdgeIdentity  *founder,
                                 const char    *wish,
                                 gsize          length,
                                 GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
