/* edge-relay-socket.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-socket.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "relay/edge-relay-frame.h"
#include "relay/edge-relay-poller.h"

/**
 * EdgeRelaySocket:
 *
 * One client's WebSocket after the handshake. It holds no more than a partial
 * frame of what came and a bounded queue of what is to go, both allocated only
 * while there is something in them.
 */

/* A queue that grew larger than this is given back once it is empty. */
#define KEPT_QUEUE 4096

struct _EdgeRelaySocket
{
  EdgeRelayPoller            *poller;
  const EdgeRelaySocketFuncs *funcs;
  gpointer                    user_data;

  GIOStream                  *stream; /* NULL when the descriptor is used as it is */
  int                         fd;

  GByteArray                 *in;
  GByteArray                 *message;
  GByteArray                 *out;
  gsize                       out_sent;
  gsize                       max_message;
  gsize                       max_queue;

  guint                       closing : 1;
  guint                       close_received : 1;
  guint                       shut : 1;
  guint                       dead : 1;
  guint                       marked : 1;
  guint                       watches_writable : 1;
};

static void
die (EdgeRelaySocket *self)
{
  if (self->dead)
    return;

  self->dead = TRUE;
  self->closing = TRUE;
  edge_relay_poller_bury (self->poller, self);
}

static gssize
read_some (EdgeRelaySocket *self,
           guint8          *data,
           gsize            size)
{
  if (self->stream != NULL)
    {
      GInputStream *input = g_io_stream_get_input_stream (self->stream);
      g_autoptr(GError) error = NULL;
      gssize n;

      n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), data, size,
                                                    NULL, &error);
      if (n < 0)
        errno = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? EAGAIN : EIO;
      return n;
    }

  return recv (self->fd, data, size, MSG_DONTWAIT);
}

static gssize
write_some (EdgeRelaySocket *self,
            const guint8    *data,
            gsize            size)
{
  if (self->stream != NULL)
    {
      GOutputStream *output = g_io_stream_get_output_stream (self->stream);
      g_autoptr(GError) error = NULL;
      gssize n;

      n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), data,
                                                      size, NULL, &error);
      if (n < 0)
        errno = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? EAGAIN : EIO;
      return n;
    }

  return send (self->fd, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void
queue_frame (EdgeRelaySocket *self,
             EdgeRelayOpcode  opcode,
             gconstpointer    payload,
             gsize            length)
{
  guint8 header[EDGE_RELAY_FRAME_HEADER_SIZE];
  gsize n = edge_relay_frame_encode_header (header, opcode, length);

  if (self->out == NULL)
    self->out = g_byte_array_sized_new (n + length);
  g_byte_array_append (self->out, header, n);
  g_byte_array_append (self->out, payload, length);

  if (!self->marked)
    {
      self->marked = TRUE;
      edge_relay_poller_mark (self->poller, self);
    }
}

static gsize
queued (EdgeRelaySocket *self)
{
  return self->out != NULL ? self->out->len - self->out_sent : 0;
}

/**
 * edge_relay_socket_send:
 * @self: a socket
 * @text: UTF-8
 * @length: its bytes
 *
 * Queues a text message; it leaves at the end of the main loop's turn.
 *
 * Returns: %FALSE when the client does not read fast enough or is leaving
 */
gboolean
edge_relay_socket_send (EdgeRelaySocket *self,
                        const char      *text,
                        gsize            length)
{
  if (self->closing || queued (self) + length > self->max_queue)
    return FALSE;

  queue_frame (self, EDGE_RELAY_OPCODE_TEXT, text, length);
  return TRUE;
}

gboolean
edge_relay_socket_is_open (EdgeRelaySocket *self)
{
  return !self->closing;
}

static void
begin_closing (EdgeRelaySocket *self)
{
  self->closing = TRUE;
  g_clear_pointer (&self->message, g_byte_array_unref);
  self->funcs->closing (self->user_data);
}

/**
 * edge_relay_socket_close:
 * @self: a socket
 * @code: why
 * @reason: the same in words, at most 123 bytes
 *
 * Sends what is queued and a close frame, then waits for the client's. Whoever
 * owns the socket aborts it when that takes too long.
 */
void
edge_relay_socket_close (EdgeRelaySocket    *self,
                         EdgeRelayCloseCode  code,
                         const char         *reason)
{
  guint8 payload[125] = { code >> 8, code & 255 };
  gsize n = MIN (strlen (reason), sizeof payload - 2);

  if (self->closing)
    return;

  memcpy (payload + 2, reason, n);
  queue_frame (self, EDGE_RELAY_OPCODE_CLOSE, payload, n + 2);
  begin_closing (self);
}

/** edge_relay_socket_abort: ends it without ado; `closed` is called later. */
void
edge_relay_socket_abort (EdgeRelaySocket *self)
{
  die (self);
}

static void
handle_control (EdgeRelaySocket *self,
                EdgeRelayFrame  *frame)
{
  switch (frame->opcode)
    {
    case EDGE_RELAY_OPCODE_PING:
      if (!self->closing && queued (self) < self->max_queue)
        queue_frame (self, EDGE_RELAY_OPCODE_PONG, frame->payload, frame->length);
      break;
    case EDGE_RELAY_OPCODE_CLOSE:
      self->close_received = TRUE;
      if (self->closing)
        {
          if (queued (self) == 0)
            die (self);
        }
      else if (frame->length == 1)
        edge_relay_socket_close (self, EDGE_RELAY_CLOSE_PROTOCOL, "");
      else
        {
          /* Answered with the client's own code (RFC 6455, section 5.5.1). */
          queue_frame (self, EDGE_RELAY_OPCODE_CLOSE, frame->payload, MIN (frame->length, 2));
          begin_closing (self);
        }
      break;
    case EDGE_RELAY_OPCODE_PONG:
    case EDGE_RELAY_OPCODE_CONTINUATION:
    case EDGE_RELAY_OPCODE_TEXT:
    case EDGE_RELAY_OPCODE_BINARY:
    default:
      break;
    }
}

/* Puts fragments together. FALSE when the client broke the order. */
static gboolean
handle_data (EdgeRelaySocket *self,
             EdgeRelayFrame  *frame)
{
  gboolean continues = frame->opcode == EDGE_RELAY_OPCODE_CONTINUATION;

  if (continues != (self->message != NULL))
    return FALSE;

  if (frame->fin && !continues)
    {
      self->funcs->text (self->user_data, (const char *) frame->payload, frame->length);
      return TRUE;
    }

  if (!continues)
    self->message = g_byte_array_new ();
  if (self->message->len + frame->length > self->max_message)
    {
      edge_relay_socket_close (self, EDGE_RELAY_CLOSE_TOO_BIG, "Message too large");
      return TRUE;
    }

  g_byte_array_append (self->message, frame->payload, frame->length);
  if (frame->fin)
    {
      g_autoptr(GByteArray) message = g_steal_pointer (&self->message);

      self->funcs->text (self->user_data, (const char *) message->data, message->len);
    }
  return TRUE;
}

static void
handle_frame (EdgeRelaySocket *self,
              EdgeRelayFrame  *frame)
{
  if (frame->opcode >= EDGE_RELAY_OPCODE_CLOSE)
    {
      if (!self->closing)
        self->funcs->alive (self->user_data);
      handle_control (self, frame);
      return;
    }

  if (self->closing)
    return;

  self->funcs->alive (self->user_data);
  if (frame->opcode == EDGE_RELAY_OPCODE_BINARY)
    edge_relay_socket_close (self, EDGE_RELAY_CLOSE_UNSUPPORTED, "Frames are JSON text");
  else if (!handle_data (self, frame))
    edge_relay_socket_close (self, EDGE_RELAY_CLOSE_PROTOCOL, "Fragments out of order");
}

/* Returns how many bytes are done with. */
static gsize
handle_bytes (EdgeRelaySocket *self,
              guint8          *data,
              gsize            size)
{
  gsize at = 0;

  while (!self->dead)
    {
      EdgeRelayFrame frame;
      gsize consumed;

      switch (edge_relay_frame_decode (data + at, size - at, self->max_message, &frame, &consumed))
        {
        case EDGE_RELAY_FRAME_WHOLE:
          handle_frame (self, &frame);
          at += consumed;
          break;
        case EDGE_RELAY_FRAME_PARTIAL:
          return at;
        case EDGE_RELAY_FRAME_TOO_LARGE:
          if (self->closing)
            die (self);
          edge_relay_socket_close (self, EDGE_RELAY_CLOSE_TOO_BIG, "Message too large");
          self->shut = TRUE;
          return size;
        case EDGE_RELAY_FRAME_BROKEN:
        default:
          if (self->closing)
            die (self);
          edge_relay_socket_close (self, EDGE_RELAY_CLOSE_PROTOCOL, "Broken framing");
          self->shut = TRUE;
          return size;
        }
    }

  return size;
}

/** edge_relay_socket_read: takes in what is there, one buffer at most, and handles it. */
void
edge_relay_socket_read (EdgeRelaySocket *self)
{
  gsize size;
  guint8 *space = edge_relay_poller_get_space (self->poller, &size);
  gssize n;

  if (self->dead)
    return;

  /* TLS may have taken in more than it gave out, of which epoll knows nothing. */
  do
    {
      gsize done;

      n = read_some (self, space, size);
      if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
      if (n <= 0)
        {
          die (self);
          return;
        }

      /* After broken framing nothing that follows can be understood. */
      if (self->shut)
        continue;

      if (self->in != NULL)
        {
          g_byte_array_append (self->in, space, n);
          done = handle_bytes (self, self->in->data, self->in->len);
          if (done == self->in->len)
            g_clear_pointer (&self->in, g_byte_array_unref);
          else if (done > 0)
            g_byte_array_remove_range (self->in, 0, done);
        }
      else
        {
          done = handle_bytes (self, space, n);
          if (done < (gsize) n)
            {
              self->in = g_byte_array_sized_new (n - done);
              g_byte_array_append (self->in, space + done, n - done);
            }
        }
    }
  while (self->stream != NULL && !self->dead);
}

static void
watch_writable (EdgeRelaySocket *self,
                gboolean         writable)
{
  if (self->watches_writable == writable)
    return;

  self->watches_writable = writable;
  edge_relay_poller_watch (self->poller, self, self->fd, writable);
}

static void
queue_is_empty (EdgeRelaySocket *self)
{
  self->out_sent = 0;
  if (self->out->len > KEPT_QUEUE || self->closing)
    g_clear_pointer (&self->out, g_byte_array_unref);
  else
    g_byte_array_set_size (self->out, 0);

  watch_writable (self, FALSE);
  if (!self->closing)
    return;

  if (self->close_received)
    die (self);
  else
    shutdown (self->fd, SHUT_WR);
}

/** edge_relay_socket_flush: writes what is queued, as much as the system takes. */
void
edge_relay_socket_flush (EdgeRelaySocket *self)
{
  self->marked = FALSE;
  if (self->dead || self->out == NULL)
    return;

  while (self->out_sent < self->out->len)
    {
      gssize n = write_some (self, self->out->data + self->out_sent,
                             self->out->len - self->out_sent);

      if (n < 0 && errno == EAGAIN)
        {
          watch_writable (self, TRUE);
          return;
        }
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          die (self);
          return;
        }
      self->out_sent += n;
    }

  queue_is_empty (self);
}

/** edge_relay_socket_funeral: tells the owner that it is over, and frees. */
void
edge_relay_socket_funeral (EdgeRelaySocket *self)
{
  self->funcs->closed (self->user_data);

  edge_relay_poller_remove (self->poller, self->fd);
  close (self->fd);
  if (self->stream != NULL)
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->in, g_byte_array_unref);
  g_clear_pointer (&self->message, g_byte_array_unref);
  g_clear_pointer (&self->out, g_byte_array_unref);
  g_free (self);
}

/**
 * edge_relay_socket_begin:
 * @self: a socket that its owner is ready to hear from
 *
 * Handles what came together with the handshake.
 */
void
edge_relay_socket_begin (EdgeRelaySocket *self)
{
  g_autoptr(GByteArray) early = g_steal_pointer (&self->in);
  gsize done;

  if (early == NULL)
    return;

  done = handle_bytes (self, early->data, early->len);
  if (done < early->len)
    {
      self->in = g_byte_array_sized_new (early->len - done);
      g_byte_array_append (self->in, early->data + done, early->len - done);
    }
}

/* What the HTTP reader took in beyond the handshake. */
static void
drain_stream (EdgeRelaySocket *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  g_autoptr(GError) error = NULL;
  guint8 early[1024];
  gssize n;

  while ((n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), early,
                                                        sizeof early, NULL, &error)) > 0)
    {
      if (self->in == NULL)
        self->in = g_byte_array_new ();
      g_byte_array_append (self->in, early, n);
      if (self->in->len > self->max_message)
        break;
    }
}

/**
 * edge_relay_socket_new:
 * @poller: who watches it; must outlive it
 * @stream: what the handshake was made on
 * @fd: the descriptor under @stream
 * @tls: whether @stream encrypts
 * @max_message: bytes of a message at most
 * @max_queue: bytes at most that wait for a client who does not read
 * @funcs: whom to tell
 * @user_data: for @funcs
 * @error: return location for a #GError
 *
 * Takes over a connection. Without TLS the descriptor alone is kept: the
 * streams over it would take more memory than all the rest.
 *
 * Returns: (transfer none) (nullable): the socket, which frees itself after `closed`
 */
EdgeRelaySocket *
edge_relay_socket_new (EdgeRelayPoller             *poller,
                       GIOStream                   *stream,
                       int                          fd,
                       gboolean                     tls,
                       gsize                        max_message,
                       gsize                        max_queue,
                       const EdgeRelaySocketFuncs  *funcs,
                       gpointer                     user_data,
                       GError                     **error)
{
  EdgeRelaySocket *self = g_new0 (EdgeRelaySocket, 1);

  self->poller = poller;
  self->stream = g_object_ref (stream);
  self->funcs = funcs;
  self->user_data = user_data;
  self->max_message = max_message;
  self->max_queue = max_queue;
  self->fd = fcntl (fd, F_DUPFD_CLOEXEC, 3);

  if (self->fd < 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 "A connection can't be taken over: %s", g_strerror (errno));

  if (self->fd < 0 || !edge_relay_poller_add (poller, self, self->fd, error))
    {
      if (self->fd >= 0)
        close (self->fd);
      g_object_unref (self->stream);
      g_free (self);
      return NULL;
    }

  drain_stream (self);
  if (!tls)
    g_clear_object (&self->stream);
  return self;
}
