/* edge-peer-page.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-peer.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PEER_PAGE (edge_peer_page_get_type ())

G_DECLARE_FINAL_TYPE (EdgePeerPage, edge_peer_page, EDGE, PEER_PAGE, AdwNavigationPage)

GtkWidget *edge_peer_page_new      (EdgePeer     *peer) G_GNUC_WARN_UNUSED_RESULT;

EdgePeer  *edge_peer_page_get_peer (EdgePeerPage *self);

G_END_DECLS
