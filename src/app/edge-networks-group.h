/* edge-networks-group.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-node-group.h"

G_BEGIN_DECLS

#define EDGE_TYPE_NETWORKS_GROUP (edge_networks_group_get_type ())

G_DECLARE_FINAL_TYPE (EdgeNetworksGroup, edge_networks_group, EDGE, NETWORKS_GROUP,
                      EdgeNodeGroup)

G_END_DECLS
