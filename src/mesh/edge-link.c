/* edge-link.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-link"

#include "mesh/edge-link.h"

#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "base/edge-token-bucket.h"
#include "mesh/edge-lane.h"
#include "mesh/edge-link-timing.h"
#include "mesh/edge-mesh-error.h"
#include "mesh/edge-mux.h"
#include "mesh/edge-ping-table.h"
#include "mesh/edge-relay-transport.h"
#include "mesh/edge-rtc.h"
#include "mesh/edge-signal-body.h"

/**
 * EdgeLink:
 *
 * All that ties us to one peer, for as long as either side wants it.
 *
 * The link outlives its lanes: a direct lane that dies is rebuilt at once,
 * where no direct path is found a lane through the relay takes over, and a
 * direct one is tried again in the background. The streams of frames move
 * from lane to lane and lose nothing. The side with the smaller key makes the
 * offers; the other asks for one with a hello.
 *
 * Time is passed in by whoever ticks.
 */

#define CANDIDATE_BATCH_MS 5
#define BLOCKED_RETRY_MS   50
#define BAD_FRAMES         3

/* Frames a peer may send on the control stream; bulk is bounded by its window. */
#define FRAMES_BURST      20000
#define FRAMES_PER_MINUTE 300000

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
  EdgeLane        *direct;          /* on its way */
  EdgeLane        *relayed;         /* on its way */
  guint32          attempt;
  EdgeLinkTiming   timing;

  GStrvBuilder    *candidates;
  guint            candidates_source;
  guint            flush_source;

  EdgePingTable    pings;
  EdgeTokenBucket  frames;
  EdgeTokenBucket  faults;
  guint64          bytes_in;
  guint64          bytes_out;
  gboolean         offerer;
  gboolean         over;
};

enum
{
  UP,
  DOWN,
  FRAME,
  BULK,
  OVER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeLink, edge_link, G_TYPE_OBJECT)

static void lane_lost (EdgeLink *self, const char *reason, gint64 now);

static gint64
clock_now (void)
{
  return g_get_monotonic_time ();
}

static gboolean
is_direct (EdgeLane *lane)
{
  return lane != NULL && EDGE_IS_RTC (edge_lane_get_transport (lane));
}

static void
drop_lane (EdgeLink  *self,
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
end (EdgeLink   *self,
     const char *reason)
{
  g_autoptr(EdgeLink) keep = g_object_ref (self);
  gboolean was_up = self->live != NULL;

  if (self->over)
    return;
  self->over = TRUE;
  g_debug ("Link to %.8s is over: %s", edge_peer_get_id (self->peer), reason);

  g_clear_handle_id (&self->candidates_source, g_source_remove);
  g_clear_handle_id (&self->flush_source, g_source_remove);
  drop_lane (self, &self->direct, FALSE);
  drop_lane (self, &self->relayed, FALSE);
  drop_lane (self, &self->live, TRUE);

  edge_peer_set_path (self->peer, EDGE_PEER_PATH_NONE);
  edge_peer_set_route (self->peer, NULL);
  edge_peer_set_verified (self->peer, FALSE);
  edge_peer_set_since (self->peer, 0);
  edge_peer_set_rates (self->peer, 0, 0);
  edge_peer_forget_latency (self->peer);
  edge_peer_set_state (self->peer, EDGE_PEER_STATE_CLOSED);
  if (was_up)
    g_signal_emit (self, signals[DOWN], 0);
  g_signal_emit (self, signals[OVER], 0, reason);
}

/* The third fault in a minute ends the link. */
static void
fault (EdgeLink   *self,
       const char *what)
{
  g_debug ("A fault of %.8s: %s", edge_peer_get_id (self->peer), what);
  if (!edge_token_bucket_take (&self->faults, 1, clock_now ()))
    edge_link_close (self, "protocol");
}

static gboolean
transmit (EdgeChannel  channel,
          GBytes      *message,
          gpointer     user_data)
{
  EdgeLink *self = user_data;

  if (self->live == NULL ||
      !edge_transport_send (edge_lane_get_transport (self->live), channel, message))
    return FALSE;
  self->bytes_out += g_bytes_get_size (message);
  return TRUE;
}

static gboolean flush_cb (gpointer user_data);

static void
flush (EdgeLink *self)
{
  g_clear_handle_id (&self->flush_source, g_source_remove);
  if (self->live != NULL && !edge_mux_flush (self->mux, clock_now ()) && !self->over)
    self->flush_source = g_timeout_add (BLOCKED_RETRY_MS, flush_cb, self);
}

static gboolean
flush_cb (gpointer user_data)
{
  EdgeLink *self = user_data;

  self->flush_source = 0;
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
send_ping (EdgeLink *self,
           gint64    now)
{
  g_autoptr(JsonObject) frame = json_object_new ();

  json_object_set_string_member (frame, "type", "ping");
  json_object_set_int_member (frame, "t", now);
  if (edge_ping_table_sent (&self->pings, now))
    edge_peer_add_loss (self->peer, now);
  self->timing.pinged_at = now;
  edge_lane_send_loose (self->live, frame);
}

static void
take_loose (GBytes   *bytes,
            gpointer  user_data)
{
  EdgeLink *self = user_data;
  g_autoptr(JsonObject) frame = NULL;
  g_autoptr(GError) error = NULL;
  const char *type;
  const char *reason = NULL;
  gint64 t = 0;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  gint64 now = clock_now ();

  if (!edge_token_bucket_take (&self->frames, 1, now))
    {
      fault (self, "too many frames");
      return;
    }
  frame = edge_json_parse (text, size, EDGE_MUX_MAX_PAYLOAD, &error);
  if (frame == NULL ||
      !edge_json_read_string (frame, "type", 32, &type, &error) ||
      !edge_json_read_int (frame, "t", 0, G_MAXINT64, &t, &error) ||
      !edge_json_read_string (frame, "reason", 64, &reason, &error))
    {
      fault (self, error->message);
      return;
    }

  if (g_strcmp0 (type, "ping") == 0 && self->live != NULL)
    {
      g_autoptr(JsonObject) pong = json_object_new ();

      json_object_set_string_member (pong, "type", "pong");
      json_object_set_int_member (pong, "t", t);
      edge_lane_send_loose (self->live, pong);
    }
  else if (g_strcmp0 (type, "pong") == 0)
    {
      gint64 round_trip = edge_ping_table_answer (&self->pings, t, now);

      if (round_trip >= 0)
        edge_peer_add_round_trip (self->peer, round_trip / 1000.0, now);
    }
  else if (g_strcmp0 (type, "bye") == 0)
    end (self, "the peer left");
}

static void
take_frame (EdgeChannel  stream,
            GBytes      *bytes,
            gpointer     user_data)
{
  EdgeLink *self = user_data;
  g_autoptr(JsonObject) frame = NULL;
  g_autoptr(GError) error = NULL;
  const char *type = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (stream == EDGE_CHANNEL_BULK)
    {
      g_signal_emit (self, signals[BULK], 0, bytes);
      return;
    }

  if (!edge_token_bucket_take (&self->frames, 1, clock_now ()))
    {
      fault (self, "too many frames");
      return;
    }
  frame = edge_json_parse (text, size, EDGE_MUX_MAX_FRAME, &error);
  if (frame == NULL ||
      !edge_json_require (frame, "type", &error) ||
      !edge_json_read_string (frame, "type", 64, &type, &error))
    {
      fault (self, error->message);
      return;
    }
  g_signal_emit (self, signals[FRAME], 0, type, frame);
}

static void
lane_message_cb (EdgeLane *lane,
                 guint     channel,
                 GBytes   *message,
                 EdgeLink *self)
{
  g_autoptr(EdgeLink) keep = g_object_ref (self);
  g_autoptr(GError) error = NULL;

  if (lane != self->live)
    return;

  self->timing.heard_at = clock_now ();
  self->bytes_in += g_bytes_get_size (message);
  /* Broken records leave the streams without a common state: no second chance. */
  if (!edge_mux_receive (self->mux, channel, message, self->timing.heard_at, &error))
    {
      g_debug ("Records of %.8s are wrong: %s", edge_peer_get_id (self->peer), error->message);
      edge_link_close (self, "protocol");
      return;
    }
  if (self->live != NULL && self->flush_source == 0)
    flush (self);
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
  gint64 now = clock_now ();
  gboolean was_up = self->live != NULL;

  /* A relayed lane does not displace a direct one that is heard. */
  if (lane == self->relayed && is_direct (self->live) &&
      now - self->timing.heard_at < EDGE_LINK_STALE_AFTER)
    {
      drop_lane (self, &self->relayed, FALSE);
      return;
    }

  if (!ready_streams (self, lane, &error))
    {
      drop_lane (self, lane == self->direct ? &self->direct : &self->relayed, FALSE);
      fault (self, error->message);
      return;
    }

  if (lane == self->direct)
    self->direct = NULL;
  else
    self->relayed = NULL;
  drop_lane (self, &self->live, TRUE);
  drop_lane (self, &self->relayed, FALSE);
  self->live = lane;
  memset (&self->pings, 0, sizeof self->pings);
  edge_link_timing_up (&self->timing, is_direct (lane), now);

  edge_peer_set_name (self->peer, edge_lane_get_peer (lane)->name);
  edge_peer_set_network (self->peer, edge_lane_get_peer (lane)->network);
  edge_peer_set_verified (self->peer, TRUE);
  describe_path (self);
  if (!was_up)
    edge_peer_set_since (self->peer, g_get_real_time () / 1000);
  edge_peer_set_state (self->peer, EDGE_PEER_STATE_CONNECTED);

  send_ping (self, now);
  flush (self);
  if (!was_up && self->live == lane)
    g_signal_emit (self, signals[UP], 0);
  if (self->live == lane)
    edge_lane_pass_early (lane);
}

static void
lane_failed_cb (EdgeLane   *lane,
                const char *reason,
                EdgeLink   *self)
{
  gint64 now = clock_now ();

  if (lane == self->live)
    {
      lane_lost (self, reason, now);
      return;
    }

  g_debug ("A lane to %.8s failed: %s", edge_peer_get_id (self->peer), reason);
  if (lane == self->direct)
    {
      drop_lane (self, &self->direct, FALSE);
      edge_link_timing_direct_failed (&self->timing, self->live != NULL, now);
    }
  else if (lane == self->relayed)
    {
      drop_lane (self, &self->relayed, FALSE);
      edge_link_timing_relayed_failed (&self->timing, now);
    }
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
  send_body (self, self->offerer ? EDGE_SIGNAL_OFFER : EDGE_SIGNAL_ANSWER, (char *) sdp, NULL);
}

static EdgeRtc *
begin_direct (EdgeLink *self,
              guint32   attempt,
              gint64    now)
{
  g_autoptr(EdgeRtc) rtc = edge_rtc_new (self->offerer, (const char * const *) self->ice_servers);
  g_autoptr(GError) error = NULL;

  drop_lane (self, &self->direct, FALSE);
  g_clear_handle_id (&self->candidates_source, g_source_remove);
  g_strfreev (g_strv_builder_end (self->candidates));

  self->attempt = attempt;
  edge_link_timing_direct_began (&self->timing, now);
  self->direct = make_lane (self, EDGE_TRANSPORT (rtc));
  g_signal_connect (rtc, "local-description", G_CALLBACK (local_description_cb), self);
  g_signal_connect (rtc, "local-candidate", G_CALLBACK (local_candidate_cb), self);
  if (self->live == NULL)
    edge_peer_set_state (self->peer, EDGE_PEER_STATE_CONNECTING);

  if (!edge_rtc_start (rtc, &error))
    {
      g_message ("No connection can be made: %s", error->message);
      drop_lane (self, &self->direct, FALSE);
      edge_link_timing_direct_failed (&self->timing, self->live != NULL, now);
      return NULL;
    }
  return rtc;
}

/* The next try for a direct lane: an offer, or a hello that asks for one. */
static void
try_direct (EdgeLink *self,
            gint64    now)
{
  const char *id = edge_peer_get_id (self->peer);

  if (self->offerer && edge_switchboard_knows_session (self->switchboard, id))
    {
      begin_direct (self, self->attempt + 1, now);
      return;
    }
  edge_switchboard_say_hello (self->switchboard, id, TRUE);
  edge_link_timing_asked (&self->timing, now);
}

static void
begin_relayed (EdgeLink *self,
               gint64    now)
{
  g_autoptr(EdgeRelayTransport) transport =
    edge_relay_transport_new (self->switchboard, edge_peer_get_id (self->peer));

  drop_lane (self, &self->relayed, FALSE);
  self->relayed = make_lane (self, EDGE_TRANSPORT (transport));
  edge_link_timing_relayed_began (&self->timing, now);
  edge_relay_transport_open (transport);
}

static void
lane_lost (EdgeLink   *self,
           const char *reason,
           gint64      now)
{
  g_autoptr(EdgeLink) keep = g_object_ref (self);

  g_debug ("Lost the lane to %.8s: %s", edge_peer_get_id (self->peer), reason);
  drop_lane (self, &self->live, FALSE);
  edge_mux_suspend (self->mux);
  edge_link_timing_lost (&self->timing, now);
  edge_peer_add_loss (self->peer, now);
  edge_peer_set_path (self->peer, EDGE_PEER_PATH_NONE);
  edge_peer_set_route (self->peer, NULL);
  edge_peer_set_verified (self->peer, FALSE);
  edge_peer_set_rates (self->peer, 0, 0);
  edge_peer_set_state (self->peer, EDGE_PEER_STATE_CONNECTING);
  g_signal_emit (self, signals[DOWN], 0);
  if (!self->over && self->direct == NULL)
    try_direct (self, now);
}

static void
take_offer (EdgeLink       *self,
            EdgeSignalBody *body,
            gint64          now)
{
  g_autoptr(GError) error = NULL;
  EdgeRtc *rtc;

  if (self->offerer || body->sdp == NULL)
    {
      fault (self, "an offer from the side that answers");
      return;
    }
  /* Numbers wrap; a copy or an overtaken attempt is older. */
  if (self->direct != NULL && (gint32) (body->attempt - self->attempt) <= 0)
    return;

  rtc = begin_direct (self, body->attempt, now);
  if (rtc != NULL && !edge_rtc_set_remote_description (rtc, body->sdp, &error))
    {
      drop_lane (self, &self->direct, FALSE);
      edge_link_timing_direct_failed (&self->timing, self->live != NULL, now);
      fault (self, error->message);
    }
}

static void
take_for_attempt (EdgeLink       *self,
                  EdgeSignalKind  kind,
                  EdgeSignalBody *body)
{
  g_autoptr(GError) error = NULL;
  EdgeRtc *rtc;

  if (self->direct == NULL || body->attempt != self->attempt)
    return;

  rtc = EDGE_RTC (edge_lane_get_transport (self->direct));
  if (kind == EDGE_SIGNAL_ANSWER && body->sdp != NULL &&
      !edge_rtc_set_remote_description (rtc, body->sdp, &error))
    fault (self, error->message);
  for (guint i = 0; kind == EDGE_SIGNAL_CANDIDATES && body->candidates != NULL &&
                    body->candidates[i] != NULL; i++)
    edge_rtc_add_candidate (rtc, 0, body->candidates[i]);
}

static void
take_relayed (EdgeLink *self,
              GBytes   *body,
              gint64    now)
{
  EdgeLane *lane = self->relayed;

  if (lane == NULL && self->live != NULL && !is_direct (self->live))
    lane = self->live;
  if (lane == NULL)
    {
      /* While a direct lane is heard, stragglers of an earlier relayed one are dropped. */
      if (is_direct (self->live) && now - self->timing.heard_at < EDGE_LINK_STALE_AFTER)
        return;
      begin_relayed (self, now);
      lane = self->relayed;
    }
  if (lane != NULL)
    edge_relay_transport_receive (EDGE_RELAY_TRANSPORT (edge_lane_get_transport (lane)), body);
}

static void
update_rates (EdgeLink *self,
              gint64    now)
{
  double seconds = (now - self->timing.rated_at) / (double) G_USEC_PER_SEC;
  double in = self->bytes_in / seconds;
  double out = self->bytes_out / seconds;

  self->timing.rated_at = now;
  self->bytes_in = self->bytes_out = 0;
  edge_peer_set_rates (self->peer,
                       (edge_peer_get_in_rate (self->peer) + in) / 2,
                       (edge_peer_get_out_rate (self->peer) + out) / 2);
}

static void
tick_live (EdgeLink *self,
           gint64    ping_interval,
           gint64    now)
{
  gint64 silent = now - self->timing.heard_at;

  if (silent > EDGE_LINK_DEAD_AFTER)
    {
      lane_lost (self, "nothing heard for 4 s", now);
      return;
    }
  edge_peer_set_state (self->peer, silent > ping_interval + EDGE_LINK_STALE_SLACK
                                     ? EDGE_PEER_STATE_STALE : EDGE_PEER_STATE_CONNECTED);

  if (now - self->timing.pinged_at >= ping_interval - EDGE_LINK_TICK / 2)
    {
      edge_mux_acknowledge (self->mux);
      send_ping (self, now);
    }
  if (self->live != NULL && now - self->timing.rated_at >= G_USEC_PER_SEC)
    update_rates (self, now);
}

static void
edge_link_dispose (GObject *object)
{
  EdgeLink *self = EDGE_LINK (object);

  self->over = TRUE;
  g_clear_handle_id (&self->candidates_source, g_source_remove);
  g_clear_handle_id (&self->flush_source, g_source_remove);
  drop_lane (self, &self->direct, FALSE);
  drop_lane (self, &self->relayed, FALSE);
  drop_lane (self, &self->live, FALSE);
  g_clear_object (&self->mux);
  g_clear_object (&self->switchboard);
  g_clear_object (&self->peer);

  G_OBJECT_CLASS (edge_link_parent_class)->dispose (object);
}

static void
edge_link_finalize (GObject *object)
{
  EdgeLink *self = EDGE_LINK (object);

  g_clear_pointer (&self->candidates, g_strv_builder_unref);
  g_clear_pointer (&self->ice_servers, g_strfreev);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->session, g_free);
  g_clear_pointer (&self->stream_session, g_free);

  G_OBJECT_CLASS (edge_link_parent_class)->finalize (object);
}

static void
edge_link_class_init (EdgeLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_link_dispose;
  object_class->finalize = edge_link_finalize;

  /**
   * EdgeLink::up:
   * @self: a link
   *
   * Frames pass.
   */
  signals[UP] = g_signal_new ("up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                              0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * EdgeLink::down:
   * @self: a link
   *
   * Frames gather until the link is rebuilt or over.
   */
  signals[DOWN] = g_signal_new ("down", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * EdgeLink::frame:
   * @self: a link
   * @type: its type
   * @frame: a frame of the verified peer; its content is still a stranger's
   */
  signals[FRAME] = g_signal_new ("frame", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, JSON_TYPE_OBJECT);
  /**
   * EdgeLink::bulk:
   * @self: a link
   * @payload: a payload of the verified peer
   */
  signals[BULK] = g_signal_new ("bulk", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  /**
   * EdgeLink::over:
   * @self: a link
   * @reason: words for the log
   *
   * The link will not come back by itself.
   */
  signals[OVER] = g_signal_new ("over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
edge_link_init (EdgeLink *self)
{
  static const EdgeMuxFuncs funcs = { transmit, take_frame, take_loose };
  gint64 now = clock_now ();

  self->mux = edge_mux_new (&funcs, self);
  self->candidates = g_strv_builder_new ();
  self->attempt = g_random_int ();
  edge_token_bucket_init (&self->frames, FRAMES_BURST, FRAMES_PER_MINUTE, now);
  edge_token_bucket_init (&self->faults, BAD_FRAMES - 1, BAD_FRAMES - 1, now);
  edge_link_timing_init (&self->timing, now);
}

/**
 * edge_link_new:
 * @peer: what is known of the peer; the link keeps it up to date
 * @switchboard: what carries offers and answers
 *
 * Returns: (transfer full): a link not yet started
 */
EdgeLink *
edge_link_new (EdgePeer        *peer,
               EdgeSwitchboard *switchboard)
{
  EdgeLink *self = g_object_new (EDGE_TYPE_LINK, NULL);

  self->peer = g_object_ref (peer);
  self->switchboard = g_object_ref (switchboard);
  self->session = edge_base64url_encode (edge_switchboard_get_session (switchboard),
                                         EDGE_ENVELOPE_SESSION_SIZE);
  self->offerer = strcmp (edge_identity_get_id (edge_switchboard_get_identity (switchboard)),
                          edge_peer_get_id (peer)) < 0;
  return self;
}

EdgePeer *
edge_link_get_peer (EdgeLink *self)
{
  return self->peer;
}

void
edge_link_set_name (EdgeLink   *self,
                    const char *name)
{
  g_set_str (&self->name, name);
}

void
edge_link_set_ice_servers (EdgeLink           *self,
                           const char * const *uris)
{
  g_strfreev (self->ice_servers);
  self->ice_servers = g_strdupv ((char **) uris);
}

/**
 * edge_link_start:
 * @self: a link
 * @now: monotonic time in microseconds
 *
 * Sets out to reach the peer.
 */
void
edge_link_start (EdgeLink *self,
                 gint64    now)
{
  g_return_if_fail (EDGE_IS_LINK (self));

  edge_peer_set_state (self->peer, EDGE_PEER_STATE_CONNECTING);
  if (self->direct == NULL)
    try_direct (self, now);
}

/**
 * edge_link_tick:
 * @self: a link
 * @ping_interval: microseconds between pings
 * @now: monotonic time in microseconds
 *
 * Does what is due: pings, finds a dead peer, tries again. Called each
 * %EDGE_LINK_TICK microseconds.
 */
void
edge_link_tick (EdgeLink *self,
                gint64    ping_interval,
                gint64    now)
{
  g_autoptr(EdgeLink) keep = g_object_ref (self);

  if (self->over)
    return;
  if (self->live != NULL)
    tick_live (self, ping_interval, now);

  if (self->direct != NULL && now >= self->timing.direct_until)
    lane_failed_cb (self->direct, "no direct path in time", self);
  if (self->relayed != NULL && now >= self->timing.relayed_until)
    lane_failed_cb (self->relayed, "no answer through the relay in time", self);

  if (self->over)
    return;
  if (self->direct == NULL && !is_direct (self->live) && now >= self->timing.next_direct_at)
    try_direct (self, now);
  if (self->live == NULL && self->relayed == NULL && now >= self->timing.next_relayed_at &&
      edge_switchboard_carries_data (self->switchboard, edge_peer_get_id (self->peer)))
    begin_relayed (self, now);
  if (self->live == NULL && now - self->timing.down_since > EDGE_LINK_GIVE_UP_AFTER &&
      !edge_switchboard_is_present (self->switchboard, edge_peer_get_id (self->peer)))
    end (self, "the peer is gone");
}

/**
 * edge_link_probe:
 * @self: a link
 * @now: monotonic time in microseconds
 *
 * Pings at once, because something hints that the peer may be gone or our
 * network changed.
 */
void
edge_link_probe (EdgeLink *self,
                 gint64    now)
{
  if (self->live != NULL)
    send_ping (self, now);
}

/**
 * edge_link_close:
 * @self: a link
 * @reason: a word the peer is told
 *
 * Takes leave and ends the link.
 */
void
edge_link_close (EdgeLink   *self,
                 const char *reason)
{
  g_return_if_fail (EDGE_IS_LINK (self));

  if (self->live != NULL)
    {
      g_autoptr(JsonObject) frame = json_object_new ();

      json_object_set_string_member (frame, "type", "bye");
      json_object_set_string_member (frame, "reason", reason);
      edge_lane_send_loose (self->live, frame);
    }
  end (self, reason);
}

/**
 * edge_link_take_hello:
 * @self: a link
 * @fresh: whether the peer's session is a new one
 * @wanted: whether the peer asks for a link
 * @now: monotonic time in microseconds
 */
void
edge_link_take_hello (EdgeLink *self,
                      gboolean  fresh,
                      gboolean  wanted,
                      gint64    now)
{
  g_return_if_fail (EDGE_IS_LINK (self));

  if (self->over)
    return;
  if (fresh)
    {
      /* Attempts with the session before this one can't come to an end. */
      drop_lane (self, &self->direct, FALSE);
      drop_lane (self, &self->relayed, FALSE);
      edge_link_timing_renewed (&self->timing, now);
    }
  if (self->offerer && self->direct == NULL &&
      (fresh || self->live == NULL || (wanted && !is_direct (self->live)) ||
       (wanted && now - self->timing.heard_at > EDGE_LINK_STALE_AFTER)) &&
      edge_link_timing_may_try (&self->timing, now))
    begin_direct (self, self->attempt + 1, now);
}

/**
 * edge_link_take_signal:
 * @self: a link
 * @kind: what it is about
 * @body: the body of an envelope the peer signed
 * @now: monotonic time in microseconds
 */
void
edge_link_take_signal (EdgeLink       *self,
                       EdgeSignalKind  kind,
                       GBytes         *body,
                       gint64          now)
{
  g_autoptr(EdgeLink) keep = g_object_ref (self);
  g_autoptr(EdgeSignalBody) parsed = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (EDGE_IS_LINK (self));

  if (self->over)
    return;
  if (kind == EDGE_SIGNAL_DATA)
    {
      take_relayed (self, body, now);
      return;
    }
  if (kind == EDGE_SIGNAL_BYE)
    {
      end (self, "the peer left");
      return;
    }

  parsed = edge_signal_body_parse (body, &error);
  if (parsed == NULL)
    fault (self, error->message);
  else if (kind == EDGE_SIGNAL_OFFER)
    take_offer (self, parsed, now);
  else
    take_for_attempt (self, kind, parsed);
}

/**
 * edge_link_is_up:
 * @self: a link
 *
 * Returns: whether there is a verified lane
 */
gboolean
edge_link_is_up (EdgeLink *self)
{
  g_return_val_if_fail (EDGE_IS_LINK (self), FALSE);

  return self->live != NULL;
}

static gboolean
queue (EdgeLink     *self,
       EdgeChannel   stream,
       GBytes       *bytes,
       GError      **error)
{
  g_autoptr(GError) local_error = NULL;

  if (self->over)
    {
      g_set_error_literal (error, EDGE_MESH_ERROR, EDGE_MESH_ERROR_NOT_LINKED,
                           "There is no link to this peer");
      return FALSE;
    }
  if (!edge_mux_send (self->mux, stream, bytes, &local_error))
    {
      g_set_error_literal (error, EDGE_MESH_ERROR,
                           g_error_matches (local_error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_BUSY)
                             ? EDGE_MESH_ERROR_BUSY : EDGE_MESH_ERROR_TOO_LARGE,
                           local_error->message);
      return FALSE;
    }
  /* At the end of this turn of the main loop, so that small frames travel together. */
  if (self->flush_source == 0 && self->live != NULL)
    self->flush_source = g_idle_add_full (G_PRIORITY_DEFAULT, flush_cb, self, NULL);
  return TRUE;
}

/**
 * edge_link_send:
 * @self: a link
 * @frame: a frame with its type; at most 64 KiB as text
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * Returns: whether it was queued; it survives a rebuilt lane
 */
gboolean
edge_link_send (EdgeLink    *self,
                JsonObject  *frame,
                GError     **error)
{
  char *text = edge_json_print (frame);
  g_autoptr(GBytes) bytes = g_bytes_new_take (text, strlen (text));

  g_return_val_if_fail (EDGE_IS_LINK (self), FALSE);

  return queue (self, EDGE_CHANNEL_CONTROL, bytes, error);
}

/**
 * edge_link_send_bulk:
 * @self: a link
 * @payload: 1 to 65536 bytes
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * Returns: whether it was queued
 */
gboolean
edge_link_send_bulk (EdgeLink  *self,
                     GBytes    *payload,
                     GError   **error)
{
  g_return_val_if_fail (EDGE_IS_LINK (self), FALSE);

  return queue (self, EDGE_CHANNEL_BULK, payload, error);
}

/**
 * edge_link_get_waiting:
 * @self: a link
 *
 * Returns: bytes of payloads not sent yet
 */
gsize
edge_link_get_waiting (EdgeLink *self)
{
  g_return_val_if_fail (EDGE_IS_LINK (self), 0);

  return edge_mux_get_waiting (self->mux, EDGE_CHANNEL_BULK);
}
