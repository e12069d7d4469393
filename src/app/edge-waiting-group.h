/* edge-waiting-group.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-node-group.h"

G_BEGIN_DECLS

#define EDGE_TYPE_WAITING_GROUP (edge_waiting_group_get_type ())

G_DECLARE_FINAL_TYPE (EdgeWaitingGroup, edge_waiting_group, EDGE, WAITING_GROUP,
                      EdgeNodeGroup)

G_END_DECLS
