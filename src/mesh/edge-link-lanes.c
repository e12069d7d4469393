/* edge-link-lanes.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-link"

#include "mesh/edge-link-private.h"

#include <string.h>

#include "base/edge-clock.h"
#include "mesh/edge-relay-transport.h"

#define CANDIDATE_BATCH_MS 5

gboolean
_edge_link_is_direct (EdgeLane *lane)
{
  return lane != NULL && EDGE_IS_RTC (edge_lane_get_transport (lane));
}

void
_edge_link_drop_lane (EdgeLink  *self,
                      EdgeLane **lane,
                      gboolean   gracefully)
{
  EdgeLane *dropped = g_steal_pointer (lane);

  if (dropped == NULL)
    return;
  g_signal_handlers_disconnect_by_data (dropped, self);
  g_signal_handlers_disconnect_by_data (edge_lane_get_transport (dropped), self);
  edge_lane_close (dropped, gracefully);
  g_object_unref (dropped);
}

static void
lane_message_cb (EdgeLane *lane,
                 guint     channel,
                 GBytes   *message,
                 EdgeLink *self)
{
  g_autoptr(EdgeLink) keep = g_object_ref (self);
  g_autoptr(GError) error = NULL;

  if (lane == self->spare)
    _edge_link_take_spare (self, channel, message);
  if (lane != self->live)
    return;

  self->timing.heard_at = g_get_monotonic_time ();
  self->bytes_in += g_bytes_get_size (message);
  edge_peer_add_bytes (self->peer, g_bytes_get_size (message), 0);
  /* Broken records leave the streams without a common state: no second chance. */
  if (!edge_mux_receive (self->mux, channel, message, self->timing.heard_at, &error) &&
      lane == self->live)
    {
      g_debug ("Records of %.8s are wrong: %s", edge_peer_get_id (self->peer), error->message);
      edge_link_close (self, "protocol");
      return;
    }
  if (self->live != NULL && self->flush_source == 0)
    _edge_link_flush (self);
}

static void
lane_opened_cb (EdgeLane *lane,
                EdgeLink *self)
{
  EdgeHello *hello = edge_hello_new (self->name,
                                     edge_room_get_network_id (edge_switchboard_get_room (self->switchboard)),
                                     self->session);

  hello->resumes = g_strdup (self->stream_session);
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    hello->received[i] = edge_mux_get_received (self->mux, i);
  edge_lane_set_hello (lane, hello);
  if (self->live == NULL)
    edge_peer_set_state (self->peer, EDGE_PEER_STATE_VERIFYING);
}

/* Both sides come to the same answer, since each knows both hellos. */
static gboolean
ready_streams (EdgeLink  *self,
               EdgeLane  *lane,
               GError   **error)
{
  static const guint32 from_start[EDGE_N_CHANNELS] = { 0 };
  const EdgeHello *own = edge_lane_get_own (lane);
  const EdgeHello *peer = edge_lane_get_peer (lane);
  gboolean resumes = g_strcmp0 (own->resumes, peer->session) == 0 &&
                     g_strcmp0 (peer->resumes, own->session) == 0;

  edge_mux_suspend (self->mux);
  if (!resumes)
    edge_mux_reset (self->mux);
  g_set_str (&self->stream_session, peer->session);
  if (edge_mux_resume (self->mux, edge_transport_get_max_message (edge_lane_get_transport (lane)),
                       resumes ? peer->received : from_start, error))
    return TRUE;

  g_clear_pointer (&self->stream_session, g_free);
  return FALSE;
}

static void
describe_path (EdgeLink *self)
{
  EdgeTransport *transport = edge_lane_get_transport (self->live);
  EdgePeerPath path = EDGE_PEER_PATH_RELAYED;
  g_autofree char *route = NULL;

  if (EDGE_IS_RTC (transport))
    {
      gboolean through_turn;

      route = edge_rtc_dup_route (EDGE_RTC (transport), &through_turn);
      path = through_turn ? EDGE_PEER_PATH_TURN : EDGE_PEER_PATH_DIRECT;
    }
  if (edge_peer_get_path (self->peer) != path)
    edge_peer_forget_latency (self->peer);
  edge_peer_set_route (self->peer, route);
  edge_peer_set_path (self->peer, path);
}

static void
lane_verified_cb (EdgeLane *lane,
                  EdgeLink *self)
{
  g_autoptr(EdgeLane) keep = g_object_ref (lane);
  g_autoptr(GError) error = NULL;
  gint64 now = g_get_monotonic_time ();
  gboolean was_up = self->live != NULL;

  /* A relayed lane does not displace a direct one that is heard. */
  if (lane == self->relayed && _edge_link_is_direct (self->live) &&
      now - self->timing.heard_at < EDGE_LINK_STALE_AFTER)
    {
      _edge_link_drop_lane (self, &self->relayed, FALSE);
      return;
    }

  if (!ready_streams (self, lane, &error))
    {
      _edge_link_drop_lane (self, lane == self->direct ? &self->direct : &self->relayed, FALSE);
      _edge_link_fault (self, error->message);
      return;
    }

  if (_edge_link_keeps_spare (self, lane, now))
    {
      _edge_link_drop_lane (self, &self->spare, TRUE);
      self->spare = g_steal_pointer (&self->live);
    }
  if (lane == self->direct)
    self->direct = NULL;
  else
    self->relayed = NULL;
  _edge_link_drop_lane (self, &self->live, TRUE);
  _edge_link_drop_lane (self, &self->relayed, FALSE);
  self->live = lane;
  memset (&self->pings, 0, sizeof self->pings);
  edge_link_timing_up (&self->timing, _edge_link_is_direct (lane), now);

  edge_peer_set_name (self->peer, edge_lane_get_peer (lane)->name);
  edge_peer_set_network (self->peer, edge_lane_get_peer (lane)->network);
  edge_peer_set_verified (self->peer, TRUE);
  self->clock_at = now;
  self->clock_was = (gint64) edge_clock_now ();
  self->clock_ahead = edge_lane_get_peer (lane)->time - self->clock_was;
  describe_path (self);
  if (!was_up)
    edge_peer_set_since (self->peer, g_get_real_time () / 1000);
  edge_peer_set_state (self->peer, EDGE_PEER_STATE_CONNECTED);

  _edge_link_send_ping (self, now);
  _edge_link_flush (self);
  if (!was_up && self->live == lane)
    g_signal_emit (self, edge_link_signals[EDGE_LINK_SIGNAL_UP], 0);
  if (self->live == lane)
    edge_lane_pass_early (lane);
}

void
_edge_link_lane_failed (EdgeLink   *self,
                        EdgeLane   *lane,
                        const char *reason)
{
  gint64 now = g_get_monotonic_time ();

  if (lane == self->live)
    {
      _edge_link_lane_lost (self, reason, now);
      return;
    }

  g_debug ("A lane to %.8s failed: %s", edge_peer_get_id (self->peer), reason);
  if (lane == self->spare)
    _edge_link_drop_lane (self, &self->spare, FALSE);
  else if (lane == self->direct)
    {
      _edge_link_drop_lane (self, &self->direct, FALSE);
      edge_link_timing_direct_failed (&self->timing, self->live != NULL, now);
    }
  else if (lane == self->relayed)
    {
      _edge_link_drop_lane (self, &self->relayed, FALSE);
      edge_link_timing_relayed_failed (&self->timing, now);
    }
}

static void
lane_failed_cb (EdgeLane   *lane,
                const char *reason,
                EdgeLink   *self)
{
  _edge_link_lane_failed (self, lane, reason);
}

static EdgeLane *
make_lane (EdgeLink      *self,
           EdgeTransport *transport)
{
  EdgeLane *lane = edge_lane_new (transport, edge_switchboard_get_identity (self->switchboard),
                                  edge_peer_get_id (self->peer));

  g_signal_connect (lane, "opened", G_CALLBACK (lane_opened_cb), self);
  g_signal_connect (lane, "verified", G_CALLBACK (lane_verified_cb), self);
  g_signal_connect (lane, "message", G_CALLBACK (lane_message_cb), self);
  g_signal_connect (lane, "failed", G_CALLBACK (lane_failed_cb), self);
  return lane;
}

static void
send_body (EdgeLink       *self,
           EdgeSignalKind  kind,
           char           *sdp,
           GStrv           candidates)
{
  EdgeSignalBody body = { self->attempt, sdp, candidates };
  g_autoptr(GBytes) bytes = edge_signal_body_print (&body);

  if (self->by_link && _edge_link_send_relink (self, kind, bytes))
    return;
  edge_switchboard_send (self->switchboard, edge_peer_get_id (self->peer), kind, bytes);
}

static gboolean
send_candidates_cb (gpointer user_data)
{
  EdgeLink *self = user_data;
  g_auto(GStrv) all = g_strv_builder_end (self->candidates);
  guint n = g_strv_length (all);

  self->candidates_source = 0;
  for (guint at = 0; at < n; at += EDGE_SIGNAL_MAX_CANDIDATES)
    {
      char *part[EDGE_SIGNAL_MAX_CANDIDATES + 1] = { NULL };

      memcpy (part, all + at, MIN (n - at, EDGE_SIGNAL_MAX_CANDIDATES) * sizeof *part);
      send_body (self, EDGE_SIGNAL_CANDIDATES, NULL, part);
    }
  return G_SOURCE_REMOVE;
}

static void
local_candidate_cb (EdgeRtc    *rtc,
                    guint       media_line,
                    const char *candidate,
                    EdgeLink   *self)
{
  g_strv_builder_add (self->candidates, candidate);
  if (self->candidates_source == 0)
    self->candidates_source = g_timeout_add (CANDIDATE_BATCH_MS, send_candidates_cb, self);
}

static void
local_description_cb (EdgeRtc    *rtc,
                      const char *sdp,
                      EdgeLink   *self)
{
  if (self->offerer)
    self->offered_at = g_get_monotonic_time ();
  send_body (self, self->offerer ? EDGE_SIGNAL_OFFER : EDGE_SIGNAL_ANSWER, (char *) sdp, NULL);
}

EdgeRtc *
_edge_link_begin_direct (EdgeLink *self,
                         guint32   attempt,
                         gint64    now)
{
  g_autoptr(EdgeRtc) rtc = edge_rtc_new (self->offerer, (const char * const *) self->ice_servers);
  g_autoptr(GError) error = NULL;

  _edge_link_drop_lane (self, &self->direct, FALSE);
  g_clear_handle_id (&self->candidates_source, g_source_remove);
  g_strfreev (g_strv_builder_end (self->candidates));

  if (self->moving && _edge_link_is_direct (self->live))
    edge_rtc_leave_address_of (rtc, EDGE_RTC (edge_lane_get_transport (self->live)));
  self->moving = FALSE;
  self->by_link = FALSE;
  self->attempt = attempt;
  self->offered_at = 0;
  edge_link_timing_direct_began (&self->timing, now);
  self->direct = make_lane (self, EDGE_TRANSPORT (rtc));
  g_signal_connect (rtc, "local-description", G_CALLBACK (local_description_cb), self);
  g_signal_connect (rtc, "local-candidate", G_CALLBACK (local_candidate_cb), self);
  if (self->live == NULL)
    edge_peer_set_state (self->peer, EDGE_PEER_STATE_CONNECTING);

  if (!edge_rtc_start (rtc, &error))
    {
      g_message ("No connection can be made: %s", error->message);
      _edge_link_drop_lane (self, &self->direct, FALSE);
      edge_link_timing_direct_failed (&self->timing, self->live != NULL, now);
      return NULL;
    }
  return rtc;
}

/* A lane whose descriptions are carried by hand, which takes as long as people do. */
void
_edge_link_adopt_direct (EdgeLink *self,
                         EdgeRtc  *rtc,
                         gint64    now)
{
  _edge_link_drop_lane (self, &self->direct, FALSE);
  self->offered_at = 0;
  self->by_link = FALSE;
  edge_link_timing_direct_began (&self->timing, now);
  self->timing.direct_until = now + EDGE_LINK_BY_HAND_LIMIT;
  self->direct = make_lane (self, EDGE_TRANSPORT (rtc));
  if (self->live == NULL)
    edge_peer_set_state (self->peer, EDGE_PEER_STATE_CONNECTING);
}

/* The next try for a direct lane: an offer, or a hello that asks for one. */
void
_edge_link_try_direct (EdgeLink *self,
                       gint64    now)
{
  const char *id = edge_peer_get_id (self->peer);

  /* By turns with the other ways, as nobody knows whether the spare lane still stands. */
  if (self->spare != NULL &&
      (self->timing.failures % 2 == 1 || !edge_switchboard_is_present (self->switchboard, id)) &&
      _edge_link_relink (self, now))
    {
      edge_link_timing_asked (&self->timing, now);
      return;
    }
  if (self->offerer && edge_switchboard_knows_session (self->switchboard, id))
    {
      _edge_link_begin_direct (self, self->attempt + 1, now);
      return;
    }
  edge_switchboard_say_hello (self->switchboard, id, TRUE);
  edge_link_timing_asked (&self->timing, now);
}

void
_edge_link_begin_relayed (EdgeLink *self,
                          gint64    now)
{
  g_autoptr(EdgeRelayTransport) transport =
    edge_relay_transport_new (self->switchboard, edge_peer_get_id (self->peer));

  _edge_link_drop_lane (self, &self->relayed, FALSE);
  self->relayed = make_lane (self, EDGE_TRANSPORT (transport));
  edge_link_timing_relayed_began (&self->timing, now);
  edge_relay_transport_open (transport);
}

void
_edge_link_lane_lost (EdgeLink   *self,
                      const char *reason,
                      gint64      now)
{
  g_autoptr(EdgeLink) keep = g_object_ref (self);

  g_debug ("Lost the lane to %.8s: %s", edge_peer_get_id (self->peer), reason);
  _edge_link_drop_lane (self, &self->live, FALSE);
  edge_mux_suspend (self->mux);
  edge_link_timing_lost (&self->timing, now);
  edge_peer_add_loss (self->peer, now);
  edge_peer_set_path (self->peer, EDGE_PEER_PATH_NONE);
  edge_peer_set_route (self->peer, NULL);
  edge_peer_set_verified (self->peer, FALSE);
  edge_peer_set_rates (self->peer, 0, 0);
  edge_peer_set_state (self->peer, EDGE_PEER_STATE_CONNECTING);
  g_signal_emit (self, edge_link_signals[EDGE_LINK_SIGNAL_DOWN], 0);
  if (!self->over && self->direct == NULL)
    _edge_link_try_direct (self, now);
}

void
_edge_link_take_offer (EdgeLink       *self,
                       EdgeSignalBody *body,
                       gint64          now)
{
  g_autoptr(GError) error = NULL;
  EdgeRtc *rtc;

  if (self->offerer || body->sdp == NULL)
    {
      _edge_link_fault (self, "an offer from the side that answers");
      return;
    }
  /* Numbers wrap; a copy or an overtaken attempt is older. */
  if (self->direct != NULL && (gint32) (body->attempt - self->attempt) <= 0)
    return;
  if (!edge_token_bucket_take (&self->tries, 1, now))
    {
      _edge_link_fault (self, "too many offers");
      return;
    }

  rtc = _edge_link_begin_direct (self, body->attempt, now);
  if (rtc != NULL && !edge_rtc_set_remote_description (rtc, body->sdp, &error))
    {
      _edge_link_drop_lane (self, &self->direct, FALSE);
      edge_link_timing_direct_failed (&self->timing, self->live != NULL, now);
      _edge_link_fault (self, error->message);
    }
}

void
_edge_link_take_answer (EdgeLink       *self,
                        EdgeSignalKind  kind,
                        EdgeSignalBody *body)
{
  g_autoptr(GError) error = NULL;
  EdgeRtc *rtc;

  if (self->direct == NULL || body->attempt != self->attempt)
    return;

  if (kind == EDGE_SIGNAL_ANSWER)
    self->offered_at = 0;
  rtc = EDGE_RTC (edge_lane_get_transport (self->direct));
  if (kind == EDGE_SIGNAL_ANSWER && body->sdp != NULL &&
      !edge_rtc_set_remote_description (rtc, body->sdp, &error))
    _edge_link_fault (self, error->message);
  for (guint i = 0; kind == EDGE_SIGNAL_CANDIDATES && body->candidates != NULL &&
                    body->candidates[i] != NULL; i++)
    edge_rtc_add_candidate (rtc, 0, body->candidates[i]);
}

/* The peer lost the relayed lane that still is in use here, and begins another.
 * Nothing more goes over the old one: the relay would pass it into the new. */
void
_edge_link_renew_relayed (EdgeLink *self,
                          GBytes   *hello,
                          gint64    now)
{
  g_autoptr(GBytes) message = NULL;

  if (self->live == NULL || _edge_link_is_direct (self->live) || self->relayed != NULL ||
      !edge_token_bucket_take (&self->relayed_tries, 1, now))
    return;
  _edge_link_lane_lost (self, "the peer begins another", now);
  if (self->over)
    return;
  _edge_link_begin_relayed (self, now);
  message = edge_mux_wrap_loose (hello);
  edge_transport_emit_message (edge_lane_get_transport (self->relayed), EDGE_CHANNEL_CONTROL, message);
}

void
_edge_link_take_relayed (EdgeLink *self,
                         GBytes   *body,
                         gint64    now)
{
  EdgeLane *lane = self->relayed;

  if (lane == NULL && self->live != NULL && !_edge_link_is_direct (self->live))
    lane = self->live;
  if (lane == NULL)
    {
      /* While a direct lane is heard, stragglers of an earlier relayed one are dropped. */
      if (_edge_link_is_direct (self->live) && now - self->timing.heard_at < EDGE_LINK_STALE_AFTER)
        return;
      if (!edge_token_bucket_take (&self->relayed_tries, 1, now))
        return;
      _edge_link_begin_relayed (self, now);
      lane = self->relayed;
    }
  if (lane != NULL)
    edge_relay_transport_receive (EDGE_RELAY_TRANSPORT (edge_lane_get_transport (lane)), body);
}
