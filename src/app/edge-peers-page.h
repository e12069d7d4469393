/* edge-peers-page.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PEERS_PAGE (edge_peers_page_get_type ())

G_DECLARE_FINAL_TYPE (EdgePeersPage, edge_peers_page, EDGE, PEERS_PAGE, AdwNavigationPage)

GObject *edge_peers_page_get_node  (EdgePeersPage *self);
void     edge_peers_page_set_node  (EdgePeersPage *self,
                                    GObject       *node);
void     edge_peers_page_show_peer (EdgePeersPage *self,
                                    gpointer       peer);

G_END_DECLS
