/* edge-link-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/edge-token-bucket.h"
#include "mesh/edge-lane.h"
#include "mesh/edge-link-timing.h"
#include "mesh/edge-link.h"
#include "mesh/edge-mux.h"
#include "mesh/edge-ping-table.h"
#include "mesh/edge-rtc.h"
#include "mesh/edge-signal-body.h"

G_BEGIN_DECLS

/** EDGE_LINK_FAULTS: So many faults within a minute end a link. */
#define EDGE_LINK_FAULTS 3

/* What the files of EdgeLink share: edge-link.c has the object and what it is
 * told, edge-link-lanes.c the lanes that come and go, edge-link-renew.c how one
 * of them leads to the next, edge-link-frames.c what travels on the one in use. */

struct _EdgeLink
{
  GObject          parent_instance;

  EdgePeer        *peer;
  EdgeSwitchboard *switchboard;
  char            *name;
  char            *session;
  GStrv            ice_servers;

  EdgeMux         *mux;
  char            *stream_session;  /* the peer's session the streams belong to */
  EdgeLane        *live;
  EdgeLane        *spare;           /* was in use before it, and still stands */
  EdgeLane        *direct;          /* on its way */
  EdgeLane        *relayed;         /* on its way */
  guint32          attempt;
  gint64           offered_at;      /* when the offer went out that is not answered yet, or 0 */
  EdgeLinkTiming   timing;

  GStrvBuilder    *candidates;
  guint            candidates_source;
  guint            flush_source;

  EdgePingTable    pings;
  EdgeTokenBucket  frames;
  EdgeTokenBucket  tries;           /* direct lanes the peer may make us begin */
  EdgeTokenBucket  relayed_tries;   /* relayed ones */
  gint64           faulted_at[EDGE_LINK_FAULTS - 1];
  guint64          bytes_in;
  guint64          bytes_out;
  gint64           clock_ahead;     /* what the peer's clock showed more than ours, ms */
  gint64           clock_at;        /* when, by g_get_monotonic_time() and ours */
  gint64           clock_was;
  gboolean         offerer;
  gboolean         by_link;         /* the direct lane on its way is signaled over the link itself */
  gboolean         by_spare;        /* over the spare lane: the peer may not have the other any more */
  gboolean         moving;          /* and has to make use of another address than the one in use */
  gboolean         over;
};

typedef enum
{
  EDGE_LINK_SIGNAL_UP,
  EDGE_LINK_SIGNAL_DOWN,
  EDGE_LINK_SIGNAL_FRAME,
  EDGE_LINK_SIGNAL_BULK,
  EDGE_LINK_SIGNAL_OVER,
  EDGE_LINK_N_SIGNALS
} EdgeLinkSignal;

extern guint edge_link_signals[EDGE_LINK_N_SIGNALS];

void      _edge_link_end           (EdgeLink       *self,
                                    gboolean        left,
                                    const char     *reason);

gboolean  _edge_link_is_direct     (EdgeLane       *lane);
void      _edge_link_drop_lane     (EdgeLink       *self,
                                    EdgeLane      **lane,
                                    gboolean        gracefully);
void      _edge_link_lane_lost     (EdgeLink       *self,
                                    const char     *reason,
                                    gint64          now);
void      _edge_link_lane_failed   (EdgeLink       *self,
                                    EdgeLane       *lane,
                                    const char     *reason);
EdgeRtc  *_edge_link_begin_direct  (EdgeLink       *self,
                                    guint32         attempt,
                                    gint64          now);
void      _edge_link_adopt_direct  (EdgeLink       *self,
                                    EdgeRtc        *rtc,
                                    gint64          now);
void      _edge_link_try_direct    (EdgeLink       *self,
                                    gint64          now);
void      _edge_link_begin_relayed (EdgeLink       *self,
                                    gint64          now);
void      _edge_link_take_offer    (EdgeLink       *self,
                                    EdgeSignalBody *body,
                                    gint64          now);
void      _edge_link_take_answer   (EdgeLink       *self,
                                    EdgeSignalKind  kind,
                                    EdgeSignalBody *body);
void      _edge_link_take_relayed  (EdgeLink       *self,
                                    GBytes         *body,
                                    gint64          now);
void      _edge_link_renew_relayed (EdgeLink       *self,
                                    GBytes         *hello,
                                    gint64          now);

/* edge-link-renew.c */
gboolean  _edge_link_send_relink   (EdgeLink       *self,
                                    EdgeSignalKind  kind,
                                    GBytes         *body);
gboolean  _edge_link_relink        (EdgeLink       *self,
                                    gint64          now);
gboolean  _edge_link_keeps_spare   (EdgeLink       *self,
                                    EdgeLane       *lane,
                                    gint64          now);
void      _edge_link_take_relink   (EdgeLink       *self,
                                    JsonObject     *frame,
                                    gboolean        by_spare,
                                    gint64          now);
void      _edge_link_take_spare    (EdgeLink       *self,
                                    guint           channel,
                                    GBytes         *message);

extern const EdgeMuxFuncs _edge_link_mux_funcs;

void      _edge_link_fault         (EdgeLink       *self,
                                    const char     *what);
void      _edge_link_flush         (EdgeLink       *self);
gboolean  _edge_link_flush_cb      (gpointer        user_data);
void      _edge_link_send_ping     (EdgeLink       *self,
                                    gint64          now);
void      _edge_link_update_rates  (EdgeLink       *self,
                                    gint64          now);

G_END_DECLS
