/* edge-link-frames.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-link"

#include "mesh/edge-link-private.h"

#include <string.h>

#include "base/edge-json.h"

#define BLOCKED_RETRY_MS 50
#define FAULTS_WITHIN    (60 * G_USEC_PER_SEC)

/* The third fault in a minute ends the link. */
void
_edge_link_fault (EdgeLink   *self,
                  const char *what)
{
  gint64 now = g_get_monotonic_time ();
  gint64 oldest = self->faulted_at[0];

  g_debug ("A fault of %.8s: %s", edge_peer_get_id (self->peer), what);
  memmove (self->faulted_at, self->faulted_at + 1,
           sizeof self->faulted_at - sizeof self->faulted_at[0]);
  self->faulted_at[EDGE_LINK_FAULTS - 2] = now;
  if (oldest != 0 && now - oldest < FAULTS_WITHIN)
    edge_link_close (self, "protocol");
}

void
_edge_link_flush (EdgeLink *self)
{
  g_clear_handle_id (&self->flush_source, g_source_remove);
  if (self->live != NULL && !edge_mux_flush (self->mux, g_get_monotonic_time ()) && !self->over)
    self->flush_source = g_timeout_add (BLOCKED_RETRY_MS, _edge_link_flush_cb, self);
}

gboolean
_edge_link_flush_cb (gpointer user_data)
{
  EdgeLink *self = user_data;

  self->flush_source = 0;
  _edge_link_flush (self);
  return G_SOURCE_REMOVE;
}

static void
send_loose (EdgeLink   *self,
            JsonObject *frame)
{
  gsize size = edge_lane_send_loose (self->live, frame);

  self->bytes_out += size;
  edge_peer_add_bytes (self->peer, 0, size);
}

void
_edge_link_send_ping (EdgeLink *self,
                      gint64    now)
{
  g_autoptr(JsonObject) frame = json_object_new ();

  json_object_set_string_member (frame, "type", "ping");
  json_object_set_int_member (frame, "t", now);
  if (edge_ping_table_sent (&self->pings, now))
    edge_peer_add_loss (self->peer, now);
  self->timing.pinged_at = now;
  send_loose (self, frame);
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
  edge_peer_add_bytes (self->peer, 0, g_bytes_get_size (message));
  return TRUE;
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
  gint64 now = g_get_monotonic_time ();

  /* The frames after one that ended the link may be in the same message. */
  if (self->over)
    return;
  if (!edge_token_bucket_take (&self->frames, 1, now))
    {
      _edge_link_fault (self, "too many frames");
      return;
    }
  frame = edge_json_parse (text, size, EDGE_MUX_MAX_PAYLOAD, &error);
  if (frame == NULL ||
      !edge_json_read_string (frame, "type", 32, &type, &error) ||
      !edge_json_read_int (frame, "t", 0, G_MAXINT64, &t, &error) ||
      !edge_json_read_string (frame, "reason", 64, &reason, &error))
    {
      _edge_link_fault (self, error->message);
      return;
    }

  if (g_strcmp0 (type, "ping") == 0 && self->live != NULL)
    {
      g_autoptr(JsonObject) pong = json_object_new ();

      json_object_set_string_member (pong, "type", "pong");
      json_object_set_int_member (pong, "t", t);
      send_loose (self, pong);
    }
  else if (g_strcmp0 (type, "pong") == 0)
    {
      gint64 round_trip = edge_ping_table_answer (&self->pings, t, now);

      if (round_trip >= 0)
        edge_peer_add_round_trip (self->peer, round_trip / 1000.0, now);
    }
  else if (g_strcmp0 (type, "bye") == 0)
    _edge_link_end (self, TRUE, "the peer left");
  else if (g_strcmp0 (type, "hello") == 0)
    _edge_link_renew_relayed (self, bytes, now);
  else if (g_strcmp0 (type, "relink") == 0 && _edge_link_is_direct (self->live))
    _edge_link_take_relink (self, frame, FALSE, now);
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

  if (self->over)
    return;
  if (stream == EDGE_CHANNEL_BULK)
    {
      g_signal_emit (self, edge_link_signals[EDGE_LINK_SIGNAL_BULK], 0, bytes);
      return;
    }

  if (!edge_token_bucket_take (&self->frames, 1, g_get_monotonic_time ()))
    {
      _edge_link_fault (self, "too many frames");
      return;
    }
  frame = edge_json_parse (text, size, EDGE_MUX_MAX_FRAME, &error);
  if (frame == NULL ||
      !edge_json_require (frame, "type", &error) ||
      !edge_json_read_string (frame, "type", 64, &type, &error))
    {
      _edge_link_fault (self, error->message);
      return;
    }
  g_signal_emit (self, edge_link_signals[EDGE_LINK_SIGNAL_FRAME], 0, type, frame);
}

void
_edge_link_update_rates (EdgeLink *self,
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

const EdgeMuxFuncs _edge_link_mux_funcs = { transmit, take_frame, take_loose };
