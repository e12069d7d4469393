/* edge-vote-group.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-node-group.h"

G_BEGIN_DECLS

#define EDGE_TYPE_VOTE_GROUP (edge_vote_group_get_type ())

G_DECLARE_FINAL_TYPE (EdgeVoteGroup, edge_vote_group, EDGE, VOTE_GROUP, EdgeNodeGroup)

G_END_DECLS
