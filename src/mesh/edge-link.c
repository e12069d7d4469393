/* edge-link.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-link"

#include "mesh/edge-link-private.h"

#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-clock.h"
#include "base/edge-json.h"
#include "mesh/edge-mesh-error.h"

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

/* Frames a peer may send on the control stream; bulk is bounded by its window. */
#define FRAMES_BURST      20000
#define FRAMES_PER_MINUTE 300000

/* A direct one costs a pipeline and its threads. What we begin by ourselves is not counted. */
#define TRIES_BURST      6
#define TRIES_PER_MINUTE 60

guint edge_link_signals[EDGE_LINK_N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeLink, edge_link, G_TYPE_OBJECT)

void
_edge_link_end (EdgeLink   *self,
                gboolean    left,
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
  _edge_link_drop_lane (self, &self->direct, FALSE);
  _edge_link_drop_lane (self, &self->relayed, FALSE);
  _edge_link_drop_lane (self, &self->spare, FALSE);
  _edge_link_drop_lane (self, &self->live, TRUE);

  edge_peer_set_path (self->peer, EDGE_PEER_PATH_NONE);
  edge_peer_set_route (self->peer, NULL);
  edge_peer_set_verified (self->peer, FALSE);
  edge_peer_set_since (self->peer, 0);
  edge_peer_set_rates (self->peer, 0, 0);
  edge_peer_forget_latency (self->peer);
  edge_peer_set_state (self->peer, EDGE_PEER_STATE_CLOSED);
  if (was_up)
    g_signal_emit (self, edge_link_signals[EDGE_LINK_SIGNAL_DOWN], 0);
  g_signal_emit (self, edge_link_signals[EDGE_LINK_SIGNAL_OVER], 0, left, reason);
}

static void
tick_live (EdgeLink *self,
           gint64    ping_interval,
           gint64    now)
{
  gint64 silent = now - self->timing.heard_at;

  if (silent > EDGE_LINK_DEAD_AFTER)
    {
      _edge_link_lane_lost (self, "nothing heard for 4 s", now);
      return;
    }
  edge_peer_set_state (self->peer, silent > ping_interval + EDGE_LINK_STALE_SLACK
                                     ? EDGE_PEER_STATE_STALE : EDGE_PEER_STATE_CONNECTED);

  if (now - self->timing.pinged_at >= ping_interval - EDGE_LINK_TICK / 2)
    {
      edge_mux_acknowledge (self->mux);
      _edge_link_send_ping (self, now);
    }
  if (self->live != NULL && now - self->timing.rated_at >= G_USEC_PER_SEC)
    _edge_link_update_rates (self, now);
}

static void
edge_link_dispose (GObject *object)
{
  EdgeLink *self = EDGE_LINK (object);

  self->over = TRUE;
  g_clear_handle_id (&self->candidates_source, g_source_remove);
  g_clear_handle_id (&self->flush_source, g_source_remove);
  _edge_link_drop_lane (self, &self->direct, FALSE);
  _edge_link_drop_lane (self, &self->relayed, FALSE);
  _edge_link_drop_lane (self, &self->spare, FALSE);
  _edge_link_drop_lane (self, &self->live, FALSE);
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
  edge_link_signals[EDGE_LINK_SIGNAL_UP] = g_signal_new ("up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                              0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * EdgeLink::down:
   * @self: a link
   *
   * Frames gather until the link is rebuilt or over.
   */
  edge_link_signals[EDGE_LINK_SIGNAL_DOWN] = g_signal_new ("down", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * EdgeLink::frame:
   * @self: a link
   * @type: its type
   * @frame: a frame of the verified peer; its content is still a stranger's
   */
  edge_link_signals[EDGE_LINK_SIGNAL_FRAME] = g_signal_new ("frame", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, JSON_TYPE_OBJECT);
  /**
   * EdgeLink::bulk:
   * @self: a link
   * @payload: a payload of the verified peer
   */
  edge_link_signals[EDGE_LINK_SIGNAL_BULK] = g_signal_new ("bulk", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  /**
   * EdgeLink::over:
   * @self: a link
   * @left: whether the peer left, so that it is not to be sought until it is heard again
   * @reason: words for the log
   *
   * The link will not come back by itself.
   */
  edge_link_signals[EDGE_LINK_SIGNAL_OVER] = g_signal_new ("over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_STRING);
}

static void
edge_link_init (EdgeLink *self)
{
  gint64 now = g_get_monotonic_time ();

  self->mux = edge_mux_new (&_edge_link_mux_funcs, self);
  self->candidates = g_strv_builder_new ();
  self->attempt = g_random_int ();
  edge_token_bucket_init (&self->frames, FRAMES_BURST, FRAMES_PER_MINUTE, now);
  edge_token_bucket_init (&self->tries, TRIES_BURST, TRIES_PER_MINUTE, now);
  edge_token_bucket_init (&self->relayed_tries, TRIES_BURST, TRIES_PER_MINUTE, now);
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

/**
 * edge_link_get_clock_ahead:
 * @self: a link that is up
 *
 * Returns: by how many ms the peer's clock is ahead of ours, as its hello said and as ours was
 *   set since
 */
gint64
edge_link_get_clock_ahead (EdgeLink *self)
{
  gint64 passed = (gint64) edge_clock_span (g_get_monotonic_time () - self->clock_at);
  gint64 moved = (gint64) edge_clock_now () - self->clock_was - passed;

  return self->clock_ahead - moved;
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
    _edge_link_try_direct (self, now);
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
    _edge_link_lane_failed (self, self->direct, "no direct path in time");
  if (self->relayed != NULL && now >= self->timing.relayed_until)
    _edge_link_lane_failed (self, self->relayed, "no answer through the relay in time");

  if (self->over)
    return;
  if (self->direct == NULL && !_edge_link_is_direct (self->live) && now >= self->timing.next_direct_at)
    _edge_link_try_direct (self, now);
  if (self->live == NULL && self->relayed == NULL && now >= self->timing.next_relayed_at &&
      edge_switchboard_carries_data (self->switchboard, edge_peer_get_id (self->peer)))
    _edge_link_begin_relayed (self, now);
  if (self->live == NULL && self->direct == NULL &&
      now - self->timing.down_since > EDGE_LINK_GIVE_UP_AFTER &&
      !edge_switchboard_is_present (self->switchboard, edge_peer_get_id (self->peer)))
    _edge_link_end (self, TRUE, "the peer is gone");
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
    _edge_link_send_ping (self, now);
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
  else if (!self->over)
    {
      g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);

      edge_switchboard_send (self->switchboard, edge_peer_get_id (self->peer),
                             EDGE_SIGNAL_BYE, nothing);
    }
  _edge_link_end (self, FALSE, reason);
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
  gboolean offer_lost;

  g_return_if_fail (EDGE_IS_LINK (self));

  if (self->over)
    return;
  if (fresh)
    {
      /* Attempts with the session before this one can't come to an end. */
      _edge_link_drop_lane (self, &self->direct, FALSE);
      _edge_link_drop_lane (self, &self->relayed, FALSE);
      edge_link_timing_renewed (&self->timing, now);
    }
  /* Who asks again a while after the offer did not get it: it had no use for a link yet. */
  offer_lost = wanted && self->offered_at != 0 && now - self->offered_at > EDGE_LINK_OFFER_LOST;
  if (self->offerer && (self->direct == NULL || offer_lost) &&
      (fresh || self->live == NULL || (wanted && !_edge_link_is_direct (self->live)) ||
       (wanted && now - self->timing.heard_at > EDGE_LINK_STALE_AFTER)) &&
      edge_token_bucket_take (&self->tries, 1, now))
    _edge_link_begin_direct (self, self->attempt + 1, now);
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
      _edge_link_take_relayed (self, body, now);
      return;
    }
  if (kind == EDGE_SIGNAL_BYE)
    {
      _edge_link_end (self, TRUE, "the peer left");
      return;
    }

  parsed = edge_signal_body_parse (body, &error);
  if (parsed == NULL)
    _edge_link_fault (self, error->message);
  else if (kind == EDGE_SIGNAL_OFFER)
    _edge_link_take_offer (self, parsed, now);
  else
    _edge_link_take_answer (self, kind, parsed);
}

/**
 * edge_link_report_fault:
 * @self: a link
 * @what: what was wrong with something the peer sent, for the log
 *
 * Counts a fault that a layer above has found; the third in a minute ends the link.
 */
void
edge_link_report_fault (EdgeLink   *self,
                        const char *what)
{
  g_return_if_fail (EDGE_IS_LINK (self));

  _edge_link_fault (self, what);
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
    self->flush_source = g_idle_add_full (G_PRIORITY_DEFAULT, _edge_link_flush_cb, self, NULL);
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

/**
 * edge_link_hold_bulk:
 * @self: a link
 * @held: whether what comes in bulk can't be dealt with for now
 *
 * Lets the peer's window run full, so that it stops.
 */
void
edge_link_hold_bulk (EdgeLink *self,
                     gboolean  held)
{
  g_return_if_fail (EDGE_IS_LINK (self));

  edge_mux_hold (self->mux, EDGE_CHANNEL_BULK, held);
}
