/* edge-format.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/edge-time-series.h"
#include "mesh/edge-peer.h"
#include "signaling/edge-signaling.h"

G_BEGIN_DECLS

/** EDGE_FORMAT_UNKNOWN: Stands for a figure that is not known. */
#define EDGE_FORMAT_UNKNOWN "–"

char *edge_format_number           (double              value) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_ms               (double              milliseconds) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_ms_figure        (double              milliseconds) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_rate             (double              bytes_per_second) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_rate_figure      (double              bytes_per_second) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_rate_unit        (double              bytes_per_second) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_kilo_rate        (double              bytes_per_second) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_share            (double              share) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_duration         (gint64              milliseconds) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_ago              (gint64              then,
                                    gint64              now) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_exact_time       (gint64              then) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_linked           (guint               n) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_events           (guint64             n) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_peers_line       (guint               n_connected,
                                    double              median_latency) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_found            (const char         *found) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_path             (EdgePeerPath        path,
                                    EdgePeerState       state) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_route_end        (const char         *route,
                                    gboolean            theirs) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_route_kind       (const char         *route,
                                    gboolean            theirs) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_peer_name        (const char         *name,
                                    const char         *id) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_series_summary   (EdgeTimeSeries     *series) G_GNUC_WARN_UNUSED_RESULT;
char *edge_format_signaling_state  (EdgeSignalingState  state,
                                    guint               n_known) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
