/* edge-node-service-invite.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "edge-net1.h"
#include "node/edge-node.h"

G_BEGIN_DECLS

void edge_node_service_invite_connect (EdgeDbusEdgeNet1 *skeleton,
                                       EdgeNode         *node);

G_END_DECLS
