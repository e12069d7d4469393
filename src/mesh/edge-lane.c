/* edge-lane.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-lane"

#include "mesh/edge-lane.h"

#include <string.h>

#include "base/edge-json.h"
#include "mesh/edge-mux.h"
#include "mesh/edge-relay-transport.h"

/**
 * EdgeLane:
 *
 * One transport and the handshake on it. A link has one lane that is in use,
 * and now and then a second that is to take over.
 *
 * Until the handshake is done only hello and hello_ack are read; what comes
 * besides, because the peer was done earlier, is kept unread and within
 * bounds.
 */

#define MAX_EARLY_BYTES    (2 * 1024 * 1024)
#define MAX_EARLY_MESSAGES 4096

typedef struct
{
  EdgeChannel  channel;
  GBytes      *message;
} Early;

struct _EdgeLane
{
  GObject        parent_instance;

  EdgeTransport *transport;
  EdgeIdentity  *identity;
  char          *peer_id;
  EdgeHello     *own;
  EdgeHello     *peer;
  GQueue         early;
  gsize          early_bytes;
  gboolean       open;
  gboolean       verified;
  gboolean       over;
};

enum
{
  OPENED,
  VERIFIED,
  MESSAGE,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeLane, edge_lane, G_TYPE_OBJECT)

static void
early_free (Early *early)
{
  g_bytes_unref (early->message);
  g_free (early);
}

static void
forget_early (EdgeLane *self)
{
  g_queue_clear_full (&self->early, (GDestroyNotify) early_free);
  self->early_bytes = 0;
}

/* A relay has one way for all lanes of two peers: what belongs to one that a side gave up
 * comes into the next. */
static gboolean
is_shared (EdgeLane *self)
{
  return EDGE_IS_RELAY_TRANSPORT (self->transport);
}

static void
fail (EdgeLane   *self,
      const char *reason)
{
  g_autoptr(EdgeLane) keep = g_object_ref (self);

  if (self->over)
    return;
  edge_lane_close (self, FALSE);
  g_signal_emit (self, signals[FAILED], 0, reason);
}

static void
send_hello (EdgeLane *self)
{
  g_autoptr(JsonObject) hello = edge_hello_to_json (self->own, self->identity);

  edge_lane_send_loose (self, hello);
}

static void
opened_cb (EdgeTransport *transport,
           EdgeLane      *self)
{
  self->open = TRUE;
  g_signal_emit (self, signals[OPENED], 0);
  if (self->over)
    return;
  g_assert (self->own != NULL);
  send_hello (self);
}

static void
closed_cb (EdgeTransport *transport,
           const char    *reason,
           EdgeLane      *self)
{
  fail (self, reason);
}

static void
describe_sides (EdgeLane          *self,
                EdgeHandshakeSide *own,
                EdgeHandshakeSide *peer)
{
  *own = (EdgeHandshakeSide) {
    edge_identity_get_id (self->identity), self->own,
    edge_transport_dup_binding (self->transport, FALSE),
  };
  *peer = (EdgeHandshakeSide) {
    self->peer_id, self->peer,
    edge_transport_dup_binding (self->transport, TRUE),
  };
}

static void
send_ack (EdgeLane *self)
{
  g_autoptr(JsonObject) ack = NULL;
  EdgeHandshakeSide own, peer;

  describe_sides (self, &own, &peer);
  ack = edge_handshake_sign (self->identity, &own, &peer);
  edge_lane_send_loose (self, ack);
  g_free ((char *) own.binding);
  g_free ((char *) peer.binding);
}

/* Of the hellos of a shared transport the newest counts. It is answered with our own as well,
 * which the peer may have dropped together with the lane that it came into. */
static gboolean
take_hello (EdgeLane    *self,
            JsonObject  *frame,
            GError     **error)
{
  gboolean again = self->peer != NULL;
  g_autoptr(EdgeHello) hello = NULL;

  if (again && !is_shared (self))
    {
      g_set_error_literal (error, EDGE_HANDSHAKE_ERROR, EDGE_HANDSHAKE_ERROR_MALFORMED,
                           "A second hello came");
      return FALSE;
    }

  hello = edge_hello_parse (frame, self->peer_id, error);
  if (hello == NULL)
    return FALSE;
  if (again && g_str_equal (hello->challenge, self->peer->challenge))
    return TRUE;

  if (again)
    {
      forget_early (self);
      edge_hello_free (self->peer);
      send_hello (self);
    }
  self->peer = g_steal_pointer (&hello);
  send_ack (self);
  return TRUE;
}

/* Returns: whether the lane goes on; it may be verified then */
static gboolean
take_ack (EdgeLane    *self,
          JsonObject  *frame,
          GError     **error)
{
  g_autoptr(GError) wrong = NULL;
  EdgeHandshakeSide own, peer;

  if (self->peer == NULL && is_shared (self))
    return TRUE;
  if (self->peer == NULL)
    {
      g_set_error_literal (error, EDGE_HANDSHAKE_ERROR, EDGE_HANDSHAKE_ERROR_MALFORMED,
                           "A hello_ack came before the hello");
      return FALSE;
    }

  describe_sides (self, &own, &peer);
  self->verified = edge_handshake_verify (frame, &own, &peer, &wrong);
  g_free ((char *) own.binding);
  g_free ((char *) peer.binding);
  if (self->verified ||
      (is_shared (self) && g_error_matches (wrong, EDGE_HANDSHAKE_ERROR, EDGE_HANDSHAKE_ERROR_IDENTITY)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

/* Returns: whether the message was one of the handshake's, or could wait. */
static gboolean
take_before_verified (EdgeLane     *self,
                      EdgeChannel   channel,
                      GBytes       *message,
                      GError      **error)
{
  gsize size;
  const char *data = g_bytes_get_data (message, &size);
  g_autoptr(JsonObject) frame = NULL;
  const char *type;

  /* A loose frame has type 0 in its first byte. */
  if (channel != EDGE_CHANNEL_CONTROL || size <= EDGE_MUX_HEADER_SIZE || data[0] != 0)
    {
      Early *early;

      /* Nothing of this lane comes before the peer's hello: this is of an
       * earlier one through the same relay. */
      if (self->peer == NULL)
        return TRUE;

      if (self->early_bytes + size > MAX_EARLY_BYTES ||
          g_queue_get_length (&self->early) >= MAX_EARLY_MESSAGES)
        {
          g_set_error_literal (error, EDGE_HANDSHAKE_ERROR, EDGE_HANDSHAKE_ERROR_MALFORMED,
                               "Too much came before the handshake was done");
          return FALSE;
        }
      early = g_new (Early, 1);
      *early = (Early) { channel, g_bytes_ref (message) };
      self->early_bytes += size;
      g_queue_push_tail (&self->early, early);
      return TRUE;
    }

  frame = edge_json_parse (data + EDGE_MUX_HEADER_SIZE, size - EDGE_MUX_HEADER_SIZE,
                           EDGE_MUX_MAX_PAYLOAD, error);
  if (frame == NULL || !edge_json_read_string (frame, "type", 32, &type, error))
    return FALSE;

  if (g_strcmp0 (type, "hello") == 0)
    return take_hello (self, frame, error);
  if (g_strcmp0 (type, "hello_ack") == 0)
    {
      if (!take_ack (self, frame, error))
        return FALSE;
      if (self->verified)
        g_signal_emit (self, signals[VERIFIED], 0);
      return TRUE;
    }

  if (self->peer == NULL || is_shared (self))
    return TRUE;
  g_set_error_literal (error, EDGE_HANDSHAKE_ERROR, EDGE_HANDSHAKE_ERROR_MALFORMED,
                       "Something other than a handshake came first");
  return FALSE;
}

static void
message_cb (EdgeTransport *transport,
            guint          channel,
            GBytes        *message,
            EdgeLane      *self)
{
  g_autoptr(EdgeLane) keep = g_object_ref (self);
  g_autoptr(GError) error = NULL;

  if (self->over)
    return;
  if (self->verified)
    {
      g_signal_emit (self, signals[MESSAGE], 0, channel, message);
      return;
    }
  if (!take_before_verified (self, channel, message, &error))
    fail (self, error->message);
}

static void
edge_lane_dispose (GObject *object)
{
  EdgeLane *self = EDGE_LANE (object);

  edge_lane_close (self, FALSE);
  g_clear_object (&self->transport);
  g_clear_object (&self->identity);

  G_OBJECT_CLASS (edge_lane_parent_class)->dispose (object);
}

static void
edge_lane_finalize (GObject *object)
{
  EdgeLane *self = EDGE_LANE (object);

  forget_early (self);
  g_clear_pointer (&self->peer_id, g_free);
  g_clear_pointer (&self->own, edge_hello_free);
  g_clear_pointer (&self->peer, edge_hello_free);

  G_OBJECT_CLASS (edge_lane_parent_class)->finalize (object);
}

static void
edge_lane_class_init (EdgeLaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_lane_dispose;
  object_class->finalize = edge_lane_finalize;

  /**
   * EdgeLane::opened:
   * @self: a lane
   *
   * The transport is open. The handler gives the lane its hello, with
   * edge_lane_set_hello(), which then goes out.
   */
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * EdgeLane::verified:
   * @self: a lane
   *
   * The channel belongs to the peer's key. The handler readies its streams
   * and then calls edge_lane_pass_early().
   */
  signals[VERIFIED] = g_signal_new ("verified", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * EdgeLane::message:
   * @self: a lane
   * @channel: an #EdgeChannel
   * @message: bytes of the verified peer
   */
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_UINT, G_TYPE_BYTES);
  /**
   * EdgeLane::failed:
   * @self: a lane
   * @reason: words for the log
   */
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
edge_lane_init (EdgeLane *self)
{
  g_queue_init (&self->early);
}

/**
 * edge_lane_new:
 * @transport: a transport not yet open
 * @identity: who we are
 * @peer_id: who the other end must be
 *
 * Returns: (transfer full): a lane that starts its handshake when the transport opens
 */
EdgeLane *
edge_lane_new (EdgeTransport *transport,
               EdgeIdentity  *identity,
               const char    *peer_id)
{
  EdgeLane *self = g_object_new (EDGE_TYPE_LANE, NULL);

  self->transport = g_object_ref (transport);
  self->identity = g_object_ref (identity);
  self->peer_id = g_strdup (peer_id);
  g_signal_connect (transport, "opened", G_CALLBACK (opened_cb), self);
  g_signal_connect (transport, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (transport, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

/**
 * edge_lane_set_hello:
 * @self: a lane that has just opened
 * @hello: (transfer full): what we say of ourselves, as of now
 */
void
edge_lane_set_hello (EdgeLane  *self,
                     EdgeHello *hello)
{
  g_return_if_fail (EDGE_IS_LANE (self) && self->own == NULL);

  self->own = hello;
}

EdgeTransport *
edge_lane_get_transport (EdgeLane *self)
{
  return self->transport;
}

gboolean
edge_lane_is_open (EdgeLane *self)
{
  return self->open && !self->over;
}

gboolean
edge_lane_is_verified (EdgeLane *self)
{
  return self->verified && !self->over;
}

const EdgeHello *
edge_lane_get_own (EdgeLane *self)
{
  return self->own;
}

/**
 * edge_lane_get_peer:
 * @self: a lane
 *
 * Returns: (transfer none) (nullable): what the peer said of itself
 */
const EdgeHello *
edge_lane_get_peer (EdgeLane *self)
{
  return self->peer;
}

/**
 * edge_lane_send_loose:
 * @self: an open lane
 * @frame: a small frame: handshake, ping, pong, bye
 *
 * Sends a frame outside the streams.
 *
 * Returns: how many bytes the message has
 */
gsize
edge_lane_send_loose (EdgeLane   *self,
                      JsonObject *frame)
{
  char *text = edge_json_print (frame);
  g_autoptr(GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr(GBytes) message = edge_mux_wrap_loose (bytes);

  if (!self->over)
    edge_transport_send (self->transport, EDGE_CHANNEL_CONTROL, message);
  return g_bytes_get_size (message);
}

/**
 * edge_lane_pass_early:
 * @self: a verified lane
 *
 * Emits what came before the handshake was done.
 */
void
edge_lane_pass_early (EdgeLane *self)
{
  g_autoptr(EdgeLane) keep = g_object_ref (self);
  Early *early;

  while (!self->over && (early = g_queue_pop_head (&self->early)) != NULL)
    {
      g_signal_emit (self, signals[MESSAGE], 0, (guint) early->channel, early->message);
      early_free (early);
    }
}

/**
 * edge_lane_close:
 * @self: a lane
 * @gracefully: whether what was sent should go out first
 */
void
edge_lane_close (EdgeLane *self,
                 gboolean  gracefully)
{
  if (self->over)
    return;
  self->over = TRUE;
  g_signal_handlers_disconnect_by_data (self->transport, self);
  edge_transport_close (self->transport, gracefully);
}
