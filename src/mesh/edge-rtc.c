/* edge-rtc.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-rtc"

#include "mesh/edge-rtc-private.h"

#include "mesh/edge-rtc-hooks.h"
#include "mesh/edge-rtc-setup.h"
#include "mesh/edge-rtc-teardown.h"

/**
 * EdgeRtc:
 *
 * One attempt at a direct connection: a pipeline with one webrtcbin and two
 * data channels. It has one life; a new attempt is a new object.
 *
 * webrtcbin calls back in threads of its own with its lock held. Those
 * callbacks post to an inbox and return; everything else here runs in the
 * main context. webrtcbin 1.26 does not compare the certificate of the DTLS
 * handshake with the fingerprint in the description, so this object does,
 * before it says that it is open or passes on any message.
 */

/* How long the last frames may travel before the sockets go. The channels are
 * not closed by themselves: a stream reset that meets a pipeline being stopped
 * crashes usrsctp, and a link says goodbye in a frame. */
#define LINGER_MS 250
/* A peer may open one channel and send on it without ever opening the other. */
#define MAX_EARLY_BYTES    (1024 * 1024)
#define MAX_EARLY_MESSAGES 1024

typedef struct
{
  EdgeChannel  channel;
  GBytes      *bytes;
} Early;

guint edge_rtc_signals[EDGE_RTC_N_SIGNALS];

static void transport_iface_init (EdgeTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EdgeRtc, edge_rtc, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EDGE_TYPE_TRANSPORT, transport_iface_init))

static void
early_free (Early *early)
{
  g_bytes_unref (early->bytes);
  g_free (early);
}

static void
tear_down (EdgeRtc *self)
{
  g_autoptr(EdgeRtc) keep = NULL;

  self->over = TRUE;
  if (self->close_source != 0)
    {
      /* The timeout may hold the last reference. */
      keep = g_object_ref (self);
      g_clear_handle_id (&self->close_source, g_source_remove);
    }
  if (self->pipeline == NULL)
    return;

  edge_rtc_inbox_close (self->inbox);
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      if (self->channels[i] == NULL)
        continue;
      g_signal_handlers_disconnect_by_data (self->channels[i], self->inbox);
      g_clear_object (&self->channels[i]);
    }
  g_signal_handlers_disconnect_by_data (self->webrtc, self->inbox);
  g_queue_clear_full (&self->early, (GDestroyNotify) early_free);

  self->webrtc = NULL;
  edge_rtc_pipeline_tear_down (g_steal_pointer (&self->pipeline));
}

void
_edge_rtc_end (EdgeRtc    *self,
               const char *reason)
{
  g_autoptr(EdgeRtc) keep = g_object_ref (self);

  if (self->over)
    return;
  g_debug ("A connection ended: %s", reason);
  tear_down (self);
  edge_transport_emit_closed (EDGE_TRANSPORT (self), reason);
}

static gboolean
both_channels_are (EdgeRtc                   *self,
                   GstWebRTCDataChannelState  wanted)
{
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      GstWebRTCDataChannelState state;

      if (self->channels[i] == NULL)
        return FALSE;
      g_object_get (self->channels[i], "ready-state", &state, NULL);
      if (state != wanted)
        return FALSE;
    }
  return TRUE;
}

static void
pass_early (EdgeRtc *self)
{
  g_autoptr(EdgeRtc) keep = g_object_ref (self);
  Early *early;

  while ((early = g_queue_pop_head (&self->early)) != NULL)
    {
      if (!self->over)
        edge_transport_emit_message (EDGE_TRANSPORT (self), early->channel, early->bytes);
      early_free (early);
    }
}

static void
channels_changed (EdgeRtc *self)
{
  if (self->open)
    {
      GstWebRTCDataChannelState state;

      /* The control channel closes after its last frame, which says why; the
       * bulk channel may be heard to close before that. */
      g_object_get (self->channels[EDGE_CHANNEL_CONTROL], "ready-state", &state, NULL);
      if (state != GST_WEBRTC_DATA_CHANNEL_STATE_OPEN)
        _edge_rtc_end (self, "the peer closed a channel");
      return;
    }

  if (!both_channels_are (self, GST_WEBRTC_DATA_CHANNEL_STATE_OPEN))
    return;

  if (!_edge_rtc_check_certificates (self))
    {
      _edge_rtc_end (self, "the certificate is not the one in the signed description");
      return;
    }

  edge_rtc_widen_buffers (self->webrtc);
  self->open = TRUE;
  edge_transport_emit_opened (EDGE_TRANSPORT (self));
  pass_early (self);
}

static void
opened_by_peer (EdgeRtc              *self,
                GstWebRTCDataChannel *channel)
{
  g_autofree char *label = NULL;

  g_object_get (channel, "label", &label, NULL);
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      if (!self->offerer && g_strcmp0 (label, _edge_rtc_labels[i]) == 0 && self->channels[i] == NULL)
        {
          self->channels[i] = g_object_ref (channel);
          channels_changed (self);
          return;
        }
    }
  _edge_rtc_end (self, "the peer opened a channel we do not know");
}

static void
connection_changed (EdgeRtc *self)
{
  GstWebRTCPeerConnectionState state;
  GstWebRTCICEGatheringState gathering;

  g_object_get (self->webrtc, "connection-state", &state, "ice-gathering-state", &gathering, NULL);
  if (gathering == GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE && !self->gathered)
    {
      self->gathered = TRUE;
      g_signal_emit (self, edge_rtc_signals[EDGE_RTC_SIGNAL_GATHERED], 0);
      if (self->webrtc == NULL)
        return;
    }
  if (state == GST_WEBRTC_PEER_CONNECTION_STATE_FAILED && !(self->patient && !self->open))
    _edge_rtc_end (self, "no path between the computers was found");
  else if (state == GST_WEBRTC_PEER_CONNECTION_STATE_CLOSED)
    _edge_rtc_end (self, "the connection closed");
}

static void
take_message (EdgeRtc     *self,
              EdgeChannel  channel,
              GBytes      *bytes)
{
  Early *early;

  if (self->open)
    {
      edge_transport_emit_message (EDGE_TRANSPORT (self), channel, bytes);
      return;
    }

  self->early_bytes += g_bytes_get_size (bytes);
  if (self->early_bytes > MAX_EARLY_BYTES || g_queue_get_length (&self->early) >= MAX_EARLY_MESSAGES)
    {
      _edge_rtc_end (self, "too much came before both channels were open");
      return;
    }
  early = g_new (Early, 1);
  *early = (Early) { channel, g_bytes_ref (bytes) };
  g_queue_push_tail (&self->early, early);
}

static void
take_event (EdgeRtcEvent *event,
            gpointer      user_data)
{
  EdgeRtc *self = user_data;

  if (self->close_source != 0)
    {
      if (event->type == EDGE_RTC_EVENT_CHANNEL_CHANGED &&
          both_channels_are (self, GST_WEBRTC_DATA_CHANNEL_STATE_CLOSED))
        tear_down (self);
      return;
    }

  switch (event->type)
    {
    case EDGE_RTC_EVENT_DESCRIPTION:
      _edge_rtc_described (self, event->reply);
      break;
    case EDGE_RTC_EVENT_FAILED:
      _edge_rtc_end (self, event->text);
      break;
    case EDGE_RTC_EVENT_CANDIDATE:
      if (event->text != NULL && *event->text != '\0')
        g_signal_emit (self, edge_rtc_signals[EDGE_RTC_SIGNAL_LOCAL_CANDIDATE], 0, event->number, event->text);
      break;
    case EDGE_RTC_EVENT_CHANNEL:
      opened_by_peer (self, GST_WEBRTC_DATA_CHANNEL (event->object));
      break;
    case EDGE_RTC_EVENT_CHANNEL_CHANGED:
      channels_changed (self);
      break;
    case EDGE_RTC_EVENT_CONNECTION:
      connection_changed (self);
      break;
    case EDGE_RTC_EVENT_MESSAGE:
      take_message (self, event->object == (GObject *) self->channels[EDGE_CHANNEL_BULK]
                            ? EDGE_CHANNEL_BULK : EDGE_CHANNEL_CONTROL, event->bytes);
      break;
    case EDGE_RTC_EVENT_TEXT:
      _edge_rtc_end (self, "the peer sent text where only bytes are spoken");
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
edge_rtc_send (EdgeTransport *transport,
               EdgeChannel    channel,
               GBytes        *message)
{
  EdgeRtc *self = EDGE_RTC (transport);
  g_autoptr(GError) error = NULL;

  if (!self->open || self->over || self->close_source != 0)
    return FALSE;
  if (gst_webrtc_data_channel_send_data_full (self->channels[channel], message, &error))
    return TRUE;

  g_debug ("A message was not sent: %s", error->message);
  return FALSE;
}

static gboolean
linger_expired_cb (gpointer user_data)
{
  EdgeRtc *self = user_data;

  self->close_source = 0;
  tear_down (self);
  return G_SOURCE_REMOVE;
}

static void
edge_rtc_close (EdgeTransport *transport,
                gboolean       gracefully)
{
  EdgeRtc *self = EDGE_RTC (transport);

  if (self->over)
    return;
  self->over = TRUE;

  if (!gracefully || !self->open)
    {
      tear_down (self);
      return;
    }

  self->close_source = g_timeout_add_full (G_PRIORITY_DEFAULT, LINGER_MS, linger_expired_cb,
                                           g_object_ref (self), g_object_unref);
}

static gsize
edge_rtc_get_max_message (EdgeTransport *transport)
{
  return EDGE_TRANSPORT_MAX_MESSAGE;
}

static char *
edge_rtc_dup_binding (EdgeTransport *transport,
                      gboolean       remote)
{
  EdgeRtc *self = EDGE_RTC (transport);

  return g_strdup (remote ? self->remote_binding : self->local_binding);
}

static void
transport_iface_init (EdgeTransportInterface *iface)
{
  iface->send = edge_rtc_send;
  iface->close = edge_rtc_close;
  iface->get_max_message = edge_rtc_get_max_message;
  iface->dup_binding = edge_rtc_dup_binding;
}

static void
edge_rtc_dispose (GObject *object)
{
  tear_down (EDGE_RTC (object));

  G_OBJECT_CLASS (edge_rtc_parent_class)->dispose (object);
}

static void
edge_rtc_finalize (GObject *object)
{
  EdgeRtc *self = EDGE_RTC (object);

  edge_rtc_inbox_close (self->inbox);
  g_clear_pointer (&self->inbox, edge_rtc_inbox_unref);
  g_clear_pointer (&self->ice_servers, g_strfreev);
  g_clear_pointer (&self->left, g_free);
  g_clear_pointer (&self->local_binding, g_free);
  g_clear_pointer (&self->remote_binding, g_free);

  G_OBJECT_CLASS (edge_rtc_parent_class)->finalize (object);
}

static void
edge_rtc_class_init (EdgeRtcClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_rtc_dispose;
  object_class->finalize = edge_rtc_finalize;

  /**
   * EdgeRtc::local-description:
   * @self: a connection
   * @sdp: the offer or answer to send
   */
  edge_rtc_signals[EDGE_RTC_SIGNAL_LOCAL_DESCRIPTION] = g_signal_new ("local-description", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * EdgeRtc::local-candidate:
   * @self: a connection
   * @media_line: which media section it is for
   * @candidate: the candidate to send
   */
  edge_rtc_signals[EDGE_RTC_SIGNAL_LOCAL_CANDIDATE] = g_signal_new ("local-candidate", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
  /**
   * EdgeRtc::gathered:
   * @self: a connection
   *
   * There will be no further local candidates.
   */
  edge_rtc_signals[EDGE_RTC_SIGNAL_GATHERED] = g_signal_new ("gathered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_rtc_init (EdgeRtc *self)
{
  self->inbox = edge_rtc_inbox_new (take_event, self);
  g_queue_init (&self->early);
}

/**
 * edge_rtc_count:
 *
 * Returns: how many connections have threads or sockets, those being torn down included
 */
guint
edge_rtc_count (void)
{
  return (guint) edge_rtc_pipeline_count ();
}

/**
 * edge_rtc_new:
 * @offerer: whether this side makes the offer and opens the channels
 * @ice_servers: (nullable): stun: and turn: URIs
 *
 * Returns: (transfer full): a connection not yet started
 */
EdgeRtc *
edge_rtc_new (gboolean            offerer,
              const char * const *ice_servers)
{
  EdgeRtc *self = g_object_new (EDGE_TYPE_RTC, NULL);

  self->offerer = offerer;
  self->ice_servers = g_strdupv ((char **) ice_servers);
  return self;
}

/**
 * edge_rtc_leave_address_of:
 * @self: a connection not yet started
 * @other: an open connection
 *
 * Makes no use of the address of this computer that @other uses, unless there is none besides.
 */
void
edge_rtc_leave_address_of (EdgeRtc *self,
                           EdgeRtc *other)
{
  g_return_if_fail (EDGE_IS_RTC (self) && self->pipeline == NULL);
  g_return_if_fail (EDGE_IS_RTC (other));

  g_free (self->left);
  self->left = other->webrtc != NULL ? edge_rtc_dup_address (other->webrtc) : NULL;
}

/**
 * edge_rtc_set_patient:
 * @self: a connection
 *
 * Until it is open, finding no path is not the end: the peer may begin to look for one only
 * later, and then it is found after all.
 */
void
edge_rtc_set_patient (EdgeRtc *self)
{
  g_return_if_fail (EDGE_IS_RTC (self));

  self->patient = TRUE;
}

gboolean
edge_rtc_is_open (EdgeRtc *self)
{
  g_return_val_if_fail (EDGE_IS_RTC (self), FALSE);

  return self->open && !self->over;
}

/**
 * edge_rtc_dup_route:
 * @self: an open connection
 * @through_turn: (out): whether a TURN server carries the packets
 *
 * Returns: (transfer full) (nullable): the candidate pair in use, in words
 */
char *
edge_rtc_dup_route (EdgeRtc  *self,
                    gboolean *through_turn)
{
  g_return_val_if_fail (EDGE_IS_RTC (self), NULL);

  *through_turn = FALSE;
  return self->webrtc != NULL ? edge_rtc_describe_route (self->webrtc, through_turn) : NULL;
}
