/* edge-peer.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/edge-time-series.h"
#include "mesh/edge-peer-state.h"

G_BEGIN_DECLS

#define EDGE_TYPE_PEER (edge_peer_get_type ())

/** EDGE_PEER_LATENCY_SAMPLES: Round trips kept for the sparkline. */
#define EDGE_PEER_LATENCY_SAMPLES 60

G_DECLARE_FINAL_TYPE (EdgePeer, edge_peer, EDGE, PEER, GObject)

EdgePeer       *edge_peer_new                 (const char   *id) G_GNUC_WARN_UNUSED_RESULT;

const char     *edge_peer_get_id              (EdgePeer     *self);
const char     *edge_peer_get_name            (EdgePeer     *self);
void            edge_peer_set_name            (EdgePeer     *self,
                                               const char   *name);
EdgePeerState   edge_peer_get_state           (EdgePeer     *self);
void            edge_peer_set_state           (EdgePeer     *self,
                                               EdgePeerState state);
EdgePeerPath    edge_peer_get_path            (EdgePeer     *self);
void            edge_peer_set_path            (EdgePeer     *self,
                                               EdgePeerPath  path);
const char     *edge_peer_get_found           (EdgePeer     *self);
void            edge_peer_set_found           (EdgePeer     *self,
                                               const char   *backend);
const char     *edge_peer_get_network         (EdgePeer     *self);
void            edge_peer_set_network         (EdgePeer     *self,
                                               const char   *network);
const char     *edge_peer_get_route           (EdgePeer     *self);
void            edge_peer_set_route           (EdgePeer     *self,
                                               const char   *route);
gboolean        edge_peer_get_verified        (EdgePeer     *self);
void            edge_peer_set_verified        (EdgePeer     *self,
                                               gboolean      verified);
gboolean        edge_peer_get_in_step         (EdgePeer     *self);
void            edge_peer_set_in_step         (EdgePeer     *self,
                                               gboolean      in_step);
gint64          edge_peer_get_since           (EdgePeer     *self);
void            edge_peer_set_since           (EdgePeer     *self,
                                               gint64        since);
double          edge_peer_get_latency         (EdgePeer     *self);
double          edge_peer_get_jitter          (EdgePeer     *self);
double          edge_peer_get_in_rate         (EdgePeer     *self);
double          edge_peer_get_out_rate        (EdgePeer     *self);
EdgeTimeSeries *edge_peer_get_latency_series  (EdgePeer     *self);
GStrv           edge_peer_dup_neighbours      (EdgePeer     *self);
void            edge_peer_set_neighbours      (EdgePeer     *self,
                                               const char * const *ids);

void            edge_peer_add_round_trip      (EdgePeer     *self,
                                               double        milliseconds,
                                               gint64        now);
void            edge_peer_add_loss            (EdgePeer     *self,
                                               gint64        now);
void            edge_peer_forget_latency      (EdgePeer     *self);
void            edge_peer_add_bytes           (EdgePeer     *self,
                                               guint64       in,
                                               guint64       out);
guint64         edge_peer_get_bytes_in        (EdgePeer     *self);
guint64         edge_peer_get_bytes_out       (EdgePeer     *self);
void            edge_peer_set_rates           (EdgePeer     *self,
                                               double        in_rate,
                                               double        out_rate);

G_END_DECLS
