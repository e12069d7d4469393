/* edge-switchboard-peer.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "signaling/edge-envelope.h"

G_BEGIN_DECLS

#define EDGE_SWITCHBOARD_REPLAY_WINDOW   64
#define EDGE_SWITCHBOARD_FORMER_SESSIONS 4
#define EDGE_SWITCHBOARD_CLOCK_SKEW_MS   (G_GINT64_CONSTANT (3600) * 1000)

/**
 * EdgeSwitchboardPeer:
 * @backends: #EdgeSignaling, not owned; the route last heard first
 * @session: its session
 * @box_key: its session's X25519 key
 * @has_session: whether a hello came
 * @session_time: the peer's clock when its session was first heard
 * @highest: the greatest sequence of the session
 * @seen: which of the sequences up to @highest came; the lowest bit is @highest
 * @former: sessions that were followed by another
 * @n_former: counts on; the newest overwrites the oldest
 * @heard_at: monotonic time in microseconds
 *
 * What a switchboard knows of one peer.
 */
typedef struct
{
  GPtrArray *backends;
  guint8     session[EDGE_ENVELOPE_SESSION_SIZE];
  guint8     box_key[EDGE_ENVELOPE_BOX_KEY_SIZE];
  gboolean   has_session;
  gint64     session_time;
  guint64    highest;
  guint64    seen;
  guint8     former[EDGE_SWITCHBOARD_FORMER_SESSIONS][EDGE_ENVELOPE_SESSION_SIZE];
  guint      n_former;
  gint64     heard_at;
} EdgeSwitchboardPeer;

EdgeSwitchboardPeer *edge_switchboard_peer_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void                 edge_switchboard_peer_free       (EdgeSwitchboardPeer *self);

void                 edge_switchboard_peer_note_route (EdgeSwitchboardPeer *self,
                                                       EdgeSignaling       *backend);
gboolean             edge_switchboard_peer_renew      (EdgeSwitchboardPeer *self,
                                                       const guint8        *session,
                                                       gint64               time);
gboolean             edge_switchboard_peer_is_replay  (EdgeSwitchboardPeer *self,
                                                       guint64              sequence);
gboolean             edge_switchboard_peer_read_hello (GBytes              *body,
                                                       guint8              *box_key,
                                                       gboolean            *wanted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeSwitchboardPeer, edge_switchboard_peer_free)

G_END_DECLS
