/* edge-mux.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-mux.h"

#include <string.h>

#include "mesh/edge-mux-window.h"

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

#define TYPE_LOOSE 0
#define TYPE_DATA  1
#define TYPE_ACK   2
#define FLAG_END   1

typedef struct
{
  GBytes  *payload;
  guint32  sequence;
  gboolean start;
  gboolean end;
  gint64   sent_at;
} Record;

typedef struct
{
  GQueue         records;       /* Record: sent and unacknowledged, then waiting */
  GList         *next;          /* the first that waits */
  gsize          waiting;       /* bytes from next on */
  gsize          under_way;     /* bytes before next */
  guint32        next_sequence;
  EdgeMuxWindow  window;

  GByteArray    *assembly;
  guint32        received;      /* the sequence expected next */
  gsize          unacknowledged;
} Stream;

struct _EdgeMux
{
  GObject       parent_instance;

  EdgeMuxFuncs  funcs;
  gpointer      user_data;
  Stream        streams[EDGE_N_CHANNELS];
  gsize         max_message;
  gboolean      running;
  gboolean      acknowledging;
};

G_DEFINE_FINAL_TYPE (EdgeMux, edge_mux, G_TYPE_OBJECT)

G_DEFINE_QUARK (edge-mux-error, edge_mux_error)

static void
record_free (Record *record)
{
  g_bytes_unref (record->payload);
  g_free (record);
}

static gsize
record_size (const Record *record)
{
  return EDGE_MUX_HEADER_SIZE + g_bytes_get_size (record->payload);
}

static void
write_header (guint8  *out,
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
      g_queue_clear_full (&self->streams[i].records, (GDestroyNotify) record_free);
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
  Stream *s = &self->streams[stream];
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
      Record *record = g_new0 (Record, 1);
      gsize part = MIN (size - at, EDGE_MUX_MAX_PAYLOAD);

      record->payload = part == size ? g_bytes_ref (frame) : g_bytes_new_from_bytes (frame, at, part);
      record->sequence = s->next_sequence++;
      record->start = at == 0;
      record->end = at + part == size;
      g_queue_push_tail (&s->records, record);
      if (s->next == NULL)
        s->next = s->records.tail;
      s->waiting += record_size (record);
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
  Stream *s = &self->streams[stream];
  g_autofree guint8 *out = NULL;
  gsize size = 0;
  GList *link;

  out = g_malloc (self->max_message);
  for (link = s->next; link != NULL; link = link->next)
    {
      Record *record = link->data;
      gsize payload_size;
      const guint8 *payload = g_bytes_get_data (record->payload, &payload_size);

      if (size + record_size (record) > MIN (budget, self->max_message))
        break;
      write_header (out + size, TYPE_DATA, stream, record->end ? FLAG_END : 0,
                    record->sequence, payload_size);
      memcpy (out + size + EDGE_MUX_HEADER_SIZE, payload, payload_size);
      size += record_size (record);
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
      Stream *s = &self->streams[stream];

      while (self->running && s->next != NULL && s->under_way < s->window.size)
        {
          GList *end;
          g_autoptr(GBytes) message = pack (self, stream, s->window.size - s->under_way, &end);

          if (message == NULL)
            break;
          if (!self->funcs.transmit (stream, message, self->user_data))
            return FALSE;
          for (GList *link = s->next; link != end; link = link->next)
            ((Record *) link->data)->sent_at = now;
          s->next = end;
          s->under_way += g_bytes_get_size (message);
          s->waiting -= g_bytes_get_size (message);
        }
      if (s->next != NULL && s->under_way > 0)
        s->window.limited = TRUE;
    }
  return TRUE;
}

static void
send_ack (EdgeMux     *self,
          EdgeChannel  stream)
{
  Stream *s = &self->streams[stream];
  guint8 header[EDGE_MUX_HEADER_SIZE];
  g_autoptr(GBytes) message = NULL;

  if (!self->running)
    return;

  write_header (header, TYPE_ACK, stream, 0, s->received, 0);
  message = g_bytes_new (header, sizeof header);
  if (self->funcs.transmit (EDGE_CHANNEL_CONTROL, message, self->user_data))
    s->unacknowledged = 0;
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
      if (self->streams[i].unacknowledged > 0)
        send_ack (self, i);
    }
}

static gboolean
fail (GError       **error,
      EdgeMuxError   code,
      const char    *message)
{
  g_set_error_literal (error, EDGE_MUX_ERROR, code, message);
  return FALSE;
}

static gboolean
drop_acknowledged (Stream   *s,
                   guint32   received,
                   gint64    now,
                   GError  **error)
{
  Record *first = g_queue_peek_head (&s->records);
  guint32 oldest = first != NULL ? first->sequence : s->next_sequence;
  guint32 sent_end = s->next != NULL ? ((Record *) s->next->data)->sequence : s->next_sequence;
  gsize dropped = 0;
  gint64 sent_at = 0;

  /* In arithmetic modulo 2^32, as sequences wrap. */
  if (received - oldest > sent_end - oldest)
    return fail (error, EDGE_MUX_ERROR_SEQUENCE, "The peer acknowledged what was never sent");

  while (first != NULL && first->sequence != received)
    {
      dropped += record_size (first);
      sent_at = first->sent_at;
      record_free (g_queue_pop_head (&s->records));
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
  Stream *s = &self->streams[stream];
  g_autoptr(GBytes) frame = NULL;

  if (sequence != s->received)
    {
      /* Sent again after a rebuilt link, because our acknowledgement was lost. */
      if ((gint32) (sequence - s->received) < 0)
        return TRUE;
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
      header[2] > (header[0] == TYPE_DATA ? FLAG_END : 0))
    return fail (error, EDGE_MUX_ERROR_MALFORMED, "A record has a wrong header");

  switch (header[0])
    {
    case TYPE_LOOSE:
      if (channel != EDGE_CHANNEL_CONTROL || header[1] != 0 || sequence != 0 || size == 0)
        return fail (error, EDGE_MUX_ERROR_MALFORMED, "A loose frame has a wrong header");
      {
        g_autoptr(GBytes) frame = g_bytes_new_from_bytes (message, offset, size);

        self->funcs.loose (frame, self->user_data);
      }
      return TRUE;

    case TYPE_DATA:
      if (header[1] != channel || size == 0 || size > EDGE_MUX_MAX_PAYLOAD)
        return fail (error, EDGE_MUX_ERROR_MALFORMED, "A data record has a wrong header");
      /* Before the handshake is done nothing but loose frames is read. */
      if (!self->running)
        return fail (error, EDGE_MUX_ERROR_SEQUENCE, "Data came before the handshake was done");
      return take_data (self, channel, sequence, header[2] & FLAG_END, message, offset, size, error);

    case TYPE_ACK:
      if (channel != EDGE_CHANNEL_CONTROL || size != 0)
        return fail (error, EDGE_MUX_ERROR_MALFORMED, "An acknowledgement has a wrong header");
      if (!self->running)
        return fail (error, EDGE_MUX_ERROR_SEQUENCE,
                     "An acknowledgement came before the handshake was done");
      return drop_acknowledged (&self->streams[header[1]], sequence, now, error);

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
      if (self->streams[i].unacknowledged >= EDGE_MUX_ACK_BYTES)
        send_ack (self, i);
    }
  return TRUE;
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
      Stream *s = &self->streams[i];

      Record *oldest = g_queue_peek_head (&s->records);
      guint32 first = oldest != NULL ? oldest->sequence : s->next_sequence;

      /* The peer may have acknowledged more since it wrote the figure. */
      if ((gint32) (received[i] - first) > 0 && !drop_acknowledged (s, received[i], 0, error))
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
      Stream *s = &self->streams[i];

      /* What was under way went to a peer that no longer is; the rest of a
       * frame whose start was under way is of no use. */
      for (Record *record = g_queue_peek_head (&s->records);
           record != NULL && (s->under_way > 0 || !record->start);
           record = g_queue_peek_head (&s->records))
        {
          s->under_way -= MIN (s->under_way, record_size (record));
          record_free (g_queue_pop_head (&s->records));
        }

      s->next_sequence = 0;
      s->waiting = 0;
      for (GList *link = s->records.head; link != NULL; link = link->next)
        {
          Record *record = link->data;

          record->sequence = s->next_sequence++;
          s->waiting += record_size (record);
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
  write_header (out, TYPE_LOOSE, 0, 0, 0, size);
  memcpy (out + EDGE_MUX_HEADER_SIZE, data, size);
  return g_bytes_new_take (out, EDGE_MUX_HEADER_SIZE + size);
}
