/* edge-mux-receive.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-mux-private.h"

#include <string.h>

void
_edge_mux_send_ack (EdgeMux     *self,
                    EdgeChannel  stream)
{
  EdgeMuxStream *s = &self->streams[stream];
  guint8 header[EDGE_MUX_HEADER_SIZE];
  g_autoptr(GBytes) message = NULL;

  if (!self->running)
    return;

  _edge_mux_write_header (header, EDGE_MUX_TYPE_ACK, stream, 0, s->received, 0);
  message = g_bytes_new (header, sizeof header);
  if (self->funcs.transmit (EDGE_CHANNEL_CONTROL, message, self->user_data))
    s->unacknowledged = 0;
}

static gboolean
fail (GError       **error,
      EdgeMuxError   code,
      const char    *message)
{
  g_set_error_literal (error, EDGE_MUX_ERROR, code, message);
  return FALSE;
}

gboolean
_edge_mux_drop_acknowledged (EdgeMuxStream  *s,
                             guint32         received,
                             gint64          now,
                             GError        **error)
{
  EdgeMuxRecord *first = g_queue_peek_head (&s->records);
  guint32 oldest = first != NULL ? first->sequence : s->next_sequence;
  gsize dropped = 0;
  gint64 sent_at = 0;

  /* In arithmetic modulo 2^32, as sequences wrap. What went out over an earlier
   * transport counts as sent: its acknowledgement may come after the move. */
  if (received - oldest > s->sent_end - oldest)
    return fail (error, EDGE_MUX_ERROR_SEQUENCE, "The peer acknowledged what was never sent");

  while (first != NULL && first->sequence != received)
    {
      if (s->next == s->records.head)
        {
          s->next = s->next->next;
          s->waiting -= _edge_mux_record_size (first);
        }
      else
        {
          dropped += _edge_mux_record_size (first);
          sent_at = first->sent_at;
        }
      _edge_mux_record_free (g_queue_pop_head (&s->records));
      first = g_queue_peek_head (&s->records);
    }

  s->under_way -= MIN (s->under_way, dropped);
  if (dropped > 0 && sent_at > 0)
    edge_mux_window_acknowledged (&s->window, now - sent_at);
  return TRUE;
}

static gboolean
take_data (EdgeMux      *self,
           EdgeChannel   stream,
           guint32       sequence,
           gboolean      end,
           GBytes       *message,
           gsize         offset,
           gsize         size,
           GError      **error)
{
  EdgeMuxStream *s = &self->streams[stream];
  g_autoptr(GBytes) frame = NULL;

  if (sequence != s->received)
    {
      /* Sent again after a rebuilt link, because our acknowledgement was lost. It
       * is due again, or a sender whose whole window is such copies would wait forever. */
      if ((gint32) (sequence - s->received) < 0)
        {
          s->unacknowledged += EDGE_MUX_HEADER_SIZE + size;
          return TRUE;
        }
      return fail (error, EDGE_MUX_ERROR_SEQUENCE, "A record is missing");
    }
  if (s->assembly->len + size > EDGE_MUX_MAX_FRAME)
    return fail (error, EDGE_MUX_ERROR_TOO_LARGE, "A frame is over 64 KiB");

  s->received++;
  s->unacknowledged += EDGE_MUX_HEADER_SIZE + size;

  if (end && s->assembly->len == 0)
    frame = g_bytes_new_from_bytes (message, offset, size);
  else
    {
      g_byte_array_append (s->assembly, (const guint8 *) g_bytes_get_data (message, NULL) + offset, size);
      if (end)
        {
          frame = g_byte_array_free_to_bytes (s->assembly);
          s->assembly = g_byte_array_new ();
        }
    }

  if (frame != NULL)
    self->funcs.frame (stream, frame, self->user_data);
  return TRUE;
}

static gboolean
take_record (EdgeMux      *self,
             EdgeChannel   channel,
             GBytes       *message,
             gsize        *at,
             gint64        now,
             GError      **error)
{
  gsize total;
  const guint8 *data = g_bytes_get_data (message, &total);
  const guint8 *header = data + *at;
  guint32 sequence;
  guint16 size;
  gsize offset;

  if (total - *at < EDGE_MUX_HEADER_SIZE)
    return fail (error, EDGE_MUX_ERROR_MALFORMED, "A record is cut off");

  memcpy (&sequence, header + 4, 4);
  memcpy (&size, header + 8, 2);
  sequence = GUINT32_FROM_BE (sequence);
  size = GUINT16_FROM_BE (size);
  offset = *at + EDGE_MUX_HEADER_SIZE;
  *at = offset + size;

  if (*at > total || header[1] >= EDGE_N_CHANNELS || header[3] != 0 ||
      header[2] > (header[0] == EDGE_MUX_TYPE_DATA ? EDGE_MUX_FLAG_END : 0))
    return fail (error, EDGE_MUX_ERROR_MALFORMED, "A record has a wrong header");

  switch (header[0])
    {
    case EDGE_MUX_TYPE_LOOSE:
      if (channel != EDGE_CHANNEL_CONTROL || header[1] != 0 || sequence != 0 || size == 0)
        return fail (error, EDGE_MUX_ERROR_MALFORMED, "A loose frame has a wrong header");
      {
        g_autoptr(GBytes) frame = g_bytes_new_from_bytes (message, offset, size);

        self->funcs.loose (frame, self->user_data);
      }
      return TRUE;

    case EDGE_MUX_TYPE_DATA:
      if (header[1] != channel || size == 0 || size > EDGE_MUX_MAX_PAYLOAD)
        return fail (error, EDGE_MUX_ERROR_MALFORMED, "A data record has a wrong header");
      /* Before the handshake is done nothing but loose frames is read. */
      if (!self->running)
        return fail (error, EDGE_MUX_ERROR_SEQUENCE, "Data came before the handshake was done");
      return take_data (self, channel, sequence, header[2] & EDGE_MUX_FLAG_END, message, offset, size, error);

    case EDGE_MUX_TYPE_ACK:
      if (channel != EDGE_CHANNEL_CONTROL || size != 0)
        return fail (error, EDGE_MUX_ERROR_MALFORMED, "An acknowledgement has a wrong header");
      if (!self->running)
        return fail (error, EDGE_MUX_ERROR_SEQUENCE,
                     "An acknowledgement came before the handshake was done");
      return _edge_mux_drop_acknowledged (&self->streams[header[1]], sequence, now, error);

    default:
      return fail (error, EDGE_MUX_ERROR_MALFORMED, "A record is of an unknown type");
    }
}

/**
 * edge_mux_receive:
 * @self: a mux
 * @channel: where it came
 * @message: bytes of the peer, not yet trusted
 * @now: monotonic time in microseconds
 * @error: return location for an error in the `EDGE_MUX_ERROR` domain
 *
 * Takes one message of the transport. What is right before a fault is taken.
 *
 * Returns: whether all of it was right
 */
gboolean
edge_mux_receive (EdgeMux      *self,
                  EdgeChannel   channel,
                  GBytes       *message,
                  gint64        now,
                  GError      **error)
{
  g_autoptr(EdgeMux) keep = g_object_ref (self);
  gsize at = 0;

  g_return_val_if_fail (EDGE_IS_MUX (self), FALSE);

  if (g_bytes_get_size (message) > EDGE_TRANSPORT_MAX_MESSAGE)
    return fail (error, EDGE_MUX_ERROR_TOO_LARGE, "A message is over 16 KiB");

  while (at < g_bytes_get_size (message))
    {
      if (!take_record (self, channel, message, &at, now, error))
        return FALSE;
    }

  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      EdgeMuxStream *s = &self->streams[i];

      if (s->held && s->unacknowledged > EDGE_MUX_MAX_WINDOW + EDGE_MUX_ACK_BYTES)
        return fail (error, EDGE_MUX_ERROR_SEQUENCE, "The peer sends more than its window");
      if (!s->held && s->unacknowledged >= EDGE_MUX_ACK_BYTES)
        _edge_mux_send_ack (self, i);
    }
  return TRUE;
}
