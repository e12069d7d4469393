/* edge-peer-sorter.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EdgePeerOrder:
 * @EDGE_PEER_ORDER_LATENCY: nearest first
 * @EDGE_PEER_ORDER_NAME: by name as people sort names
 * @EDGE_PEER_ORDER_PATH: direct, TURN, relayed
 * @EDGE_PEER_ORDER_TRAFFIC: least first
 *
 * Peers without a link come last in each ascending order.
 */
typedef enum
{
  EDGE_PEER_ORDER_LATENCY,
  EDGE_PEER_ORDER_NAME,
  EDGE_PEER_ORDER_PATH,
  EDGE_PEER_ORDER_TRAFFIC,
} EdgePeerOrder;

GtkSorter *edge_peer_sorter_new    (EdgePeerOrder  order) G_GNUC_WARN_UNUSED_RESULT;

gboolean   edge_peer_matches       (gpointer       peer,
                                    const char    *folded_text);
char      *edge_peer_fold_search   (const char    *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
