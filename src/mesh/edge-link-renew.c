/* edge-link-renew.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-link"

#include "mesh/edge-link-private.h"

#include <string.h>

#include "base/edge-json.h"

/* What an ICE restart would be, if webrtcbin had one: this computer has come to a new address, so
 * another lane is built by it while the one in use still carries frames. Offer and answer go over
 * that lane itself, as two peers that found each other by hand have no other way. The lane that
 * was in use stays as a spare one: should the new address go again, it carries the signaling of
 * the next. */

#define FRAME "relink"

static const char * const kinds[] =
{
  [EDGE_SIGNAL_HELLO] = "wish",
  [EDGE_SIGNAL_OFFER] = "offer",
  [EDGE_SIGNAL_ANSWER] = "answer",
  [EDGE_SIGNAL_CANDIDATES] = "candidates",
};

static EdgeLane *
pick_lane (EdgeLink *self)
{
  if (_edge_link_is_direct (self->live) && (!self->by_spare || self->spare == NULL))
    return self->live;
  return self->spare;
}

/* Not on the streams: what was not sent before a lane was lost is out of date then. */
static gboolean
send_frame (EdgeLink       *self,
            EdgeSignalKind  kind,
            JsonObject     *frame)
{
  EdgeLane *lane = pick_lane (self);
  g_autofree char *text = NULL;

  json_object_set_string_member (frame, "type", FRAME);
  json_object_set_string_member (frame, "kind", kinds[kind]);
  text = edge_json_print (frame);
  if (lane == NULL || strlen (text) > EDGE_MUX_MAX_PAYLOAD)
    return FALSE;

  edge_lane_send_loose (lane, frame);
  return TRUE;
}

/* Returns: whether it could be sent over the link itself */
gboolean
_edge_link_send_relink (EdgeLink       *self,
                        EdgeSignalKind  kind,
                        GBytes         *body)
{
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  g_autoptr(JsonObject) frame = edge_json_parse (text, size, EDGE_MUX_MAX_FRAME, NULL);

  return frame != NULL && send_frame (self, kind, frame);
}

static void
wish (EdgeLink *self)
{
  g_autoptr(JsonObject) frame = json_object_new ();

  send_frame (self, EDGE_SIGNAL_HELLO, frame);
}

static void
begin (EdgeLink *self,
       gint64    now)
{
  if (_edge_link_begin_direct (self, self->attempt + 1, now) != NULL)
    self->by_link = TRUE;
}

/* Begins the next direct lane by way of one that is there, or has the peer begin it.
 * Returns: whether there is such a way */
gboolean
_edge_link_relink (EdgeLink *self,
                   gint64    now)
{
  self->by_spare = self->live == NULL || now - self->timing.heard_at > EDGE_LINK_STALE_AFTER;
  if (pick_lane (self) == NULL)
    return FALSE;

  if (self->offerer)
    begin (self, now);
  else
    wish (self);
  return TRUE;
}

/**
 * edge_link_renew:
 * @self: a link
 * @now: monotonic time in microseconds
 *
 * This computer has an address that it had not before: another lane is built that makes use of
 * it, over which the streams go on.
 */
void
edge_link_renew (EdgeLink *self,
                 gint64    now)
{
  g_return_if_fail (EDGE_IS_LINK (self));

  if (self->over)
    return;
  if (!_edge_link_is_direct (self->live))
    {
      self->timing.next_direct_at = now;
      return;
    }

  self->moving = TRUE;
  _edge_link_relink (self, now);
}

/* Whether the lane that @lane takes over from is kept. Both sides know by which way it was
 * signaled, so both keep it, or both the spare lane that led to it. */
gboolean
_edge_link_keeps_spare (EdgeLink *self,
                        EdgeLane *lane,
                        gint64    now)
{
  return lane == self->direct && self->by_link && !(self->by_spare && self->spare != NULL) && _edge_link_is_direct (self->live) &&
         now - self->timing.heard_at < EDGE_LINK_DEAD_AFTER;
}

/* What a peer says of the next lane; it is answered by the lane it came by. */
void
_edge_link_take_relink (EdgeLink   *self,
                        JsonObject *frame,
                        gboolean    by_spare,
                        gint64      now)
{
  g_autoptr(EdgeSignalBody) body = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  const char *kind = NULL;
  char *text;

  if (!edge_json_require (frame, "kind", &error) ||
      !edge_json_read_string (frame, "kind", 16, &kind, &error))
    {
      _edge_link_fault (self, error->message);
      return;
    }
  self->by_spare = by_spare;
  if (g_str_equal (kind, "wish"))
    {
      if (!self->offerer || !edge_token_bucket_take (&self->tries, 1, now))
        _edge_link_fault (self, "a wish for a lane of the side that offers, or too many");
      else
        begin (self, now);
      return;
    }

  text = edge_json_print (frame);
  bytes = g_bytes_new_take (text, strlen (text));
  body = edge_signal_body_parse (bytes, &error);
  if (body == NULL)
    _edge_link_fault (self, error->message);
  else if (g_str_equal (kind, "offer"))
    {
      _edge_link_take_offer (self, body, now);
      self->by_link = self->direct != NULL && self->attempt == body->attempt;
    }
  else if (g_str_equal (kind, "answer"))
    _edge_link_take_answer (self, EDGE_SIGNAL_ANSWER, body);
  else if (g_str_equal (kind, "candidates"))
    _edge_link_take_answer (self, EDGE_SIGNAL_CANDIDATES, body);
}

/* The spare lane carries nothing but this; stragglers of the streams came again over the next. */
void
_edge_link_take_spare (EdgeLink *self,
                       guint     channel,
                       GBytes   *message)
{
  gint64 now = g_get_monotonic_time ();
  g_autoptr(JsonObject) frame = NULL;
  const char *type = NULL;
  gsize size;
  const char *data = g_bytes_get_data (message, &size);

  if (self->over || channel != EDGE_CHANNEL_CONTROL || size <= EDGE_MUX_HEADER_SIZE || data[0] != 0)
    return;
  if (!edge_token_bucket_take (&self->frames, 1, now))
    {
      _edge_link_fault (self, "too many frames");
      return;
    }

  frame = edge_json_parse (data + EDGE_MUX_HEADER_SIZE, size - EDGE_MUX_HEADER_SIZE,
                           EDGE_MUX_MAX_PAYLOAD, NULL);
  if (frame != NULL && edge_json_read_string (frame, "type", 32, &type, NULL) &&
      g_strcmp0 (type, FRAME) == 0)
    _edge_link_take_relink (self, frame, TRUE, now);
}
