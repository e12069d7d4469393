/* edge-peer-row.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-peer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PEER_ROW (edge_peer_row_get_type ())

G_DECLARE_FINAL_TYPE (EdgePeerRow, edge_peer_row, EDGE, PEER_ROW, GtkWidget)

GtkWidget *edge_peer_row_new      (EdgePeer    *peer) G_GNUC_WARN_UNUSED_RESULT;

EdgePeer  *edge_peer_row_get_peer (EdgePeerRow *self);
void       edge_peer_row_set_peer (EdgePeerRow *self,
                                  EdgePeer    *peer);

G_END_DECLS
