/* edge-peer-summary.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-peer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PEER_SUMMARY (edge_peer_summary_get_type ())

G_DECLARE_FINAL_TYPE (EdgePeerSummary, edge_peer_summary, EDGE, PEER_SUMMARY, GObject)

EdgePeerSummary *edge_peer_summary_new                (GListModel      *peers) G_GNUC_WARN_UNUSED_RESULT;

guint            edge_peer_summary_get_n_known        (EdgePeerSummary *self);
guint            edge_peer_summary_get_n_connected    (EdgePeerSummary *self);
double           edge_peer_summary_get_median_latency (EdgePeerSummary *self);

G_END_DECLS
