/* edge-peers-status.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PEERS_STATUS (edge_peers_status_get_type ())

G_DECLARE_FINAL_TYPE (EdgePeersStatus, edge_peers_status, EDGE, PEERS_STATUS, AdwBin)

GObject *edge_peers_status_get_node (EdgePeersStatus *self);
void     edge_peers_status_set_node (EdgePeersStatus *self,
                                     GObject         *node);

G_END_DECLS
