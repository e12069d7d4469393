/* edge-mux.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-mux-private.h"

#include <string.h>

/**
 * EdgeMux:
 *
 * Frames over messages: two streams that outlive the transport beneath them.
 *
 * Each stream is a sequence of records. What was sent stays here until the
 * peer acknowledges it, so that after a rebuilt link both go on where the
 * other stopped. Not more than a credit window of bytes is under way: past
 * the window webrtcbin and usrsctp would queue without telling, and a ping
 * would wait behind megabytes. Small frames travel together in one message.
 *
 * A message is one or more records, each:
 *
 *     0  1  type: 0 loose frame, 1 data, 2 acknowledgement
 *     1  1  stream: 0 control, 1 bulk (0 in a loose frame)
 *     2  1  flags: 1 = the frame ends here (data alone)
 *     3  1  0
 *     4  4  sequence, big-endian: of this record; in an acknowledgement the
 *           one expected next; 0 in a loose frame
 *     8  2  bytes of payload, big-endian (0 in an acknowledgement)
 *    10     payload
 *
 * It never touches a socket or a clock.
 */

G_DEFINE_FINAL_TYPE (EdgeMux, edge_mux, G_TYPE_OBJECT)

G_DEFINE_QUARK (edge-mux-error, edge_mux_error)

void
_edge_mux_record_free (EdgeMuxRecord *record)
{
  g_bytes_unref (record->payload);
  g_free (record);
}

gsize
_edge_mux_record_size (const EdgeMuxRecord *record)
{
  return EDGE_MUX_HEADER_SIZE + g_bytes_get_size (record->payload);
}

void
_edge_mux_write_header (guint8  *out,
                        guint8   type,
                        guint8   stream,
                        guint8   flags,
                        guint32  sequence,
                        gsize    size)
{
  guint32 sequence_be = GUINT32_TO_BE (sequence);
  guint16 size_be = GUINT16_TO_BE ((guint16) size);

  out[0] = type;
  out[1] = stream;
  out[2] = flags;
  out[3] = 0;
  memcpy (out + 4, &sequence_be, 4);
  memcpy (out + 8, &size_be, 2);
}

static void
edge_mux_finalize (GObject *object)
{
  EdgeMux *self = EDGE_MUX (object);

  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      g_queue_clear_full (&self->streams[i].records, (GDestroyNotify) _edge_mux_record_free);
      g_clear_pointer (&self->streams[i].assembly, g_byte_array_unref);
    }

  G_OBJECT_CLASS (edge_mux_parent_class)->finalize (object);
}

static void
edge_mux_class_init (EdgeMuxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = edge_mux_finalize;
}

static void
edge_mux_init (EdgeMux *self)
{
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      g_queue_init (&self->streams[i].records);
      self->streams[i].assembly = g_byte_array_new ();
      edge_mux_window_init (&self->streams[i].window);
    }
}

/**
 * edge_mux_new:
 * @funcs: where messages and frames go
 * @user_data: for @funcs
 *
 * Returns: (transfer full): a mux that waits for edge_mux_resume()
 */
EdgeMux *
edge_mux_new (const EdgeMuxFuncs *funcs,
              gpointer            user_data)
{
  EdgeMux *self = g_object_new (EDGE_TYPE_MUX, NULL);

  self->funcs = *funcs;
  self->user_data = user_data;
  return self;
}

/**
 * edge_mux_send:
 * @self: a mux
 * @stream: on which stream
 * @frame: 1 to %EDGE_MUX_MAX_FRAME bytes
 * @error: return location for an error in the `EDGE_MUX_ERROR` domain
 *
 * Queues a frame. It goes out with edge_mux_flush(), and again over the next
 * transport if this one dies before the peer has acknowledged it.
 *
 * Returns: whether there was room for it
 */
gboolean
edge_mux_send (EdgeMux      *self,
               EdgeChannel   stream,
               GBytes       *frame,
               GError      **error)
{
  EdgeMuxStream *s = &self->streams[stream];
  gsize size = g_bytes_get_size (frame);

  g_return_val_if_fail (EDGE_IS_MUX (self), FALSE);

  if (size == 0 || size > EDGE_MUX_MAX_FRAME)
    {
      g_set_error (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_TOO_LARGE,
                   "A frame has 1 to %d bytes, this one has %" G_GSIZE_FORMAT,
                   EDGE_MUX_MAX_FRAME, size);
      return FALSE;
    }
  if (s->waiting + size > EDGE_MUX_MAX_QUEUE)
    {
      g_set_error_literal (error, EDGE_MUX_ERROR, EDGE_MUX_ERROR_BUSY,
                           "Too much waits to be sent already");
      return FALSE;
    }

  for (gsize at = 0; at < size; at += EDGE_MUX_MAX_PAYLOAD)
    {
      EdgeMuxRecord *record = g_new0 (EdgeMuxRecord, 1);
      gsize part = MIN (size - at, EDGE_MUX_MAX_PAYLOAD);

      record->payload = part == size ? g_bytes_ref (frame) : g_bytes_new_from_bytes (frame, at, part);
      record->sequence = s->next_sequence++;
      record->start = at == 0;
      record->end = at + part == size;
      g_queue_push_tail (&s->records, record);
      if (s->next == NULL)
        s->next = s->records.tail;
      s->waiting += _edge_mux_record_size (record);
    }
  return TRUE;
}

/* Packs what may go of one stream into one message.
 * Returns: (nullable): the message; @last is the first record that is not in it */
static GBytes *
pack (EdgeMux      *self,
      EdgeChannel   stream,
      gsize         budget,
      GList       **last)
{
  EdgeMuxStream *s = &self->streams[stream];
  g_autofree guint8 *out = NULL;
  gsize size = 0;
  GList *link;

  out = g_malloc (self->max_message);
  for (link = s->next; link != NULL; link = link->next)
    {
      EdgeMuxRecord *record = link->data;
      gsize payload_size;
      const guint8 *payload = g_bytes_get_data (record->payload, &payload_size);

      if (size + _edge_mux_record_size (record) > MIN (budget, self->max_message))
        break;
      _edge_mux_write_header (out + size, EDGE_MUX_TYPE_DATA, stream, record->end ? EDGE_MUX_FLAG_END : 0,
                    record->sequence, payload_size);
      memcpy (out + size + EDGE_MUX_HEADER_SIZE, payload, payload_size);
      size += _edge_mux_record_size (record);
    }

  *last = link;
  return size > 0 ? g_bytes_new_take (g_steal_pointer (&out), size) : NULL;
}

/**
 * edge_mux_flush:
 * @self: a mux
 * @now: monotonic time in microseconds
 *
 * Sends what the windows allow.
 *
 * Returns: %FALSE when the transport would not take a message; try again later
 */
gboolean
edge_mux_flush (EdgeMux *self,
                gint64   now)
{
  g_return_val_if_fail (EDGE_IS_MUX (self), FALSE);

  for (guint stream = 0; stream < EDGE_N_CHANNELS; stream++)
    {
      EdgeMuxStream *s = &self->streams[stream];

      while (self->running && s->next != NULL && s->under_way < s->window.size)
        {
          GList *end;
          g_autoptr(GBytes) message = pack (self, stream, s->window.size - s->under_way, &end);

          if (message == NULL)
            break;
          if (!self->funcs.transmit (stream, message, self->user_data))
            return FALSE;
          for (GList *link = s->next; link != end; link = link->next)
            {
              EdgeMuxRecord *record = link->data;

              record->sent_at = now;
              if ((gint32) (record->sequence - s->sent_end) >= 0)
                s->sent_end = record->sequence + 1;
            }
          s->next = end;
          s->under_way += g_bytes_get_size (message);
          s->waiting -= g_bytes_get_size (message);
        }
      if (s->next != NULL && s->under_way > 0)
        s->window.limited = TRUE;
    }
  return TRUE;
}

/**
 * edge_mux_acknowledge:
 * @self: a mux
 *
 * Acknowledges what has not been yet. Called now and then, so that what was
 * received does not stay in the sender's memory on a quiet link.
 */
void
edge_mux_acknowledge (EdgeMux *self)
{
  g_return_if_fail (EDGE_IS_MUX (self));

  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      if (self->streams[i].unacknowledged > 0 && !self->streams[i].held)
        _edge_mux_send_ack (self, i);
    }
}

/**
 * edge_mux_hold:
 * @self: a mux
 * @stream: a stream
 * @held: whether to take no more than the window for now
 *
 * While a stream is held nothing on it is acknowledged, so the peer stops when its window
 * is full. Who goes on is in error.
 */
void
edge_mux_hold (EdgeMux     *self,
               EdgeChannel  stream,
               gboolean     held)
{
  g_return_if_fail (EDGE_IS_MUX (self));

  self->streams[stream].held = held;
  if (!held && self->streams[stream].unacknowledged >= EDGE_MUX_ACK_BYTES)
    _edge_mux_send_ack (self, stream);
}

/**
 * edge_mux_suspend:
 * @self: a mux
 *
 * The transport is gone. Frames gather until the next one.
 */
void
edge_mux_suspend (EdgeMux *self)
{
  g_return_if_fail (EDGE_IS_MUX (self));

  self->running = FALSE;
}

/**
 * edge_mux_resume:
 * @self: a mux
 * @max_message: bytes of a message of the new transport at most
 * @received: (array fixed-size=2): what the peer expects next on each stream
 * @error: return location for an error in the `EDGE_MUX_ERROR` domain
 *
 * Goes on over a new transport: drops what the peer has, sends the rest again
 * with the next edge_mux_flush().
 *
 * Returns: whether the peer's figures can be; if not, reset on both sides
 */
gboolean
edge_mux_resume (EdgeMux        *self,
                 gsize           max_message,
                 const guint32  *received,
                 GError        **error)
{
  g_return_val_if_fail (EDGE_IS_MUX (self), FALSE);
  g_return_val_if_fail (max_message >= EDGE_MUX_HEADER_SIZE + EDGE_MUX_MAX_PAYLOAD, FALSE);

  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      EdgeMuxStream *s = &self->streams[i];

      EdgeMuxRecord *oldest = g_queue_peek_head (&s->records);
      guint32 first = oldest != NULL ? oldest->sequence : s->next_sequence;

      /* The peer may have acknowledged more since it wrote the figure. */
      if ((gint32) (received[i] - first) > 0 && !_edge_mux_drop_acknowledged (s, received[i], 0, error))
        return FALSE;
      s->next = s->records.head;
      s->waiting += s->under_way;
      s->under_way = 0;
      s->unacknowledged = 0;
      edge_mux_window_init (&s->window);
    }

  self->max_message = MIN (max_message, EDGE_TRANSPORT_MAX_MESSAGE);
  self->running = TRUE;
  return TRUE;
}

/**
 * edge_mux_reset:
 * @self: a mux
 *
 * Starts both streams anew, for a peer that started anew. Whole frames that
 * wait are kept and numbered again; one that was partly sent is dropped.
 */
void
edge_mux_reset (EdgeMux *self)
{
  g_return_if_fail (EDGE_IS_MUX (self));

  self->running = FALSE;
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      EdgeMuxStream *s = &self->streams[i];

      /* What was under way went to a peer that no longer is; the rest of a
       * frame whose start was under way is of no use. */
      for (EdgeMuxRecord *record = g_queue_peek_head (&s->records);
           record != NULL && (s->under_way > 0 || !record->start);
           record = g_queue_peek_head (&s->records))
        {
          s->under_way -= MIN (s->under_way, _edge_mux_record_size (record));
          _edge_mux_record_free (g_queue_pop_head (&s->records));
        }

      s->next_sequence = 0;
      s->sent_end = 0;
      s->waiting = 0;
      for (GList *link = s->records.head; link != NULL; link = link->next)
        {
          EdgeMuxRecord *record = link->data;

          record->sequence = s->next_sequence++;
          s->waiting += _edge_mux_record_size (record);
        }
      s->next = s->records.head;
      s->under_way = 0;
      s->received = 0;
      s->unacknowledged = 0;
      g_byte_array_set_size (s->assembly, 0);
      edge_mux_window_init (&s->window);
    }
}

/**
 * edge_mux_get_received:
 * @self: a mux
 * @stream: a stream
 *
 * Returns: the sequence expected next, for the handshake of the next transport
 */
guint32
edge_mux_get_received (EdgeMux     *self,
                       EdgeChannel  stream)
{
  g_return_val_if_fail (EDGE_IS_MUX (self), 0);

  return self->streams[stream].received;
}

/**
 * edge_mux_get_waiting:
 * @self: a mux
 * @stream: a stream
 *
 * Returns: bytes not sent yet
 */
gsize
edge_mux_get_waiting (EdgeMux     *self,
                      EdgeChannel  stream)
{
  g_return_val_if_fail (EDGE_IS_MUX (self), 0);

  return self->streams[stream].waiting;
}

gsize
edge_mux_get_window (EdgeMux     *self,
                     EdgeChannel  stream)
{
  g_return_val_if_fail (EDGE_IS_MUX (self), 0);

  return self->streams[stream].window.size;
}

/**
 * edge_mux_wrap_loose:
 * @frame: 1 to %EDGE_MUX_MAX_PAYLOAD bytes
 *
 * Makes the message of a frame outside the streams: handshake, ping, bye. It
 * is not numbered, not kept and not sent again.
 *
 * Returns: (transfer full): the message
 */
GBytes *
edge_mux_wrap_loose (GBytes *frame)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (frame, &size);
  guint8 *out;

  g_return_val_if_fail (size > 0 && size <= EDGE_MUX_MAX_PAYLOAD, NULL);

  out = g_malloc (EDGE_MUX_HEADER_SIZE + size);
  _edge_mux_write_header (out, EDGE_MUX_TYPE_LOOSE, 0, 0, 0, size);
  memcpy (out + EDGE_MUX_HEADER_SIZE, data, size);
  return g_bytes_new_take (out, EDGE_MUX_HEADER_SIZE + size);
}
