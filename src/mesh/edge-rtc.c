/* edge-rtc.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-rtc"

#include "mesh/edge-rtc.h"

#include <string.h>

#define GST_USE_UNSTABLE_API
#include <gst/webrtc/webrtc.h>

#include "base/edge-base64.h"
#include "mesh/edge-mesh-error.h"
#include "mesh/edge-rtc-hooks.h"
#include "mesh/edge-rtc-setup.h"
#include "mesh/edge-rtc-teardown.h"
#include "mesh/edge-sdp.h"

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

/* How long the channels get to close on both sides before the sockets go. */
#define CLOSE_MS 300
/* A peer may open one channel and send on it without ever opening the other. */
#define MAX_EARLY_BYTES    (1024 * 1024)
#define MAX_EARLY_MESSAGES 1024

struct _EdgeRtc
{
  GObject               parent_instance;

  GstElement           *pipeline;
  GstElement           *webrtc;
  EdgeRtcInbox         *inbox;
  GStrv                 ice_servers;
  GstWebRTCDataChannel *channels[EDGE_N_CHANNELS];
  GQueue                early;      /* messages before the certificate was checked */
  gsize                 early_bytes;
  guint8                expected[EDGE_SDP_FINGERPRINT_SIZE];
  char                 *local_binding;
  char                 *remote_binding;
  guint                 close_source;
  gboolean              offerer;
  gboolean              has_remote;
  gboolean              open;
  gboolean              over;       /* closed, or told so */
};

static const char * const labels[EDGE_N_CHANNELS] = { "edge-net", "edge-net-bulk" };

typedef struct
{
  EdgeChannel  channel;
  GBytes      *bytes;
} Early;

enum
{
  LOCAL_DESCRIPTION,
  LOCAL_CANDIDATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

static void
end (EdgeRtc    *self,
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

/* Compares the certificate the DTLS handshake really showed with the signed
 * description; reads our own for the handshake's signature. */
static gboolean
check_certificates (EdgeRtc *self)
{
  guint8 shown[EDGE_SDP_FINGERPRINT_SIZE];

  g_clear_pointer (&self->local_binding, g_free);
  g_clear_pointer (&self->remote_binding, g_free);
  return edge_rtc_read_bindings (self->webrtc, &self->local_binding, &self->remote_binding, shown) &&
         memcmp (shown, self->expected, sizeof shown) == 0;
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
        end (self, "the peer closed a channel");
      return;
    }

  if (!both_channels_are (self, GST_WEBRTC_DATA_CHANNEL_STATE_OPEN))
    return;

  if (!check_certificates (self))
    {
      end (self, "the certificate is not the one in the signed description");
      return;
    }

  self->open = TRUE;
  edge_transport_emit_opened (EDGE_TRANSPORT (self));
  pass_early (self);
}

static void
described (EdgeRtc      *self,
           GstStructure *reply)
{
  g_autoptr(GstWebRTCSessionDescription) description = NULL;
  g_autofree char *text = NULL;

  if (!gst_structure_get (reply, self->offerer ? "offer" : "answer",
                          GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, NULL) ||
      description == NULL)
    {
      end (self, "no description could be made");
      return;
    }

  g_signal_emit_by_name (self->webrtc, "set-local-description", description,
                         edge_rtc_promise_applied (self->inbox));
  text = gst_sdp_message_as_text (description->sdp);
  g_signal_emit (self, signals[LOCAL_DESCRIPTION], 0, text);
}

static void
opened_by_peer (EdgeRtc              *self,
                GstWebRTCDataChannel *channel)
{
  g_autofree char *label = NULL;

  g_object_get (channel, "label", &label, NULL);
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      if (!self->offerer && g_strcmp0 (label, labels[i]) == 0 && self->channels[i] == NULL)
        {
          self->channels[i] = g_object_ref (channel);
          channels_changed (self);
          return;
        }
    }
  end (self, "the peer opened a channel we do not know");
}

static void
connection_changed (EdgeRtc *self)
{
  GstWebRTCPeerConnectionState state;

  g_object_get (self->webrtc, "connection-state", &state, NULL);
  if (state == GST_WEBRTC_PEER_CONNECTION_STATE_FAILED)
    end (self, "no path between the computers was found");
  else if (state == GST_WEBRTC_PEER_CONNECTION_STATE_CLOSED)
    end (self, "the connection closed");
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
      end (self, "too much came before both channels were open");
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
      described (self, event->reply);
      break;
    case EDGE_RTC_EVENT_FAILED:
      end (self, event->text);
      break;
    case EDGE_RTC_EVENT_CANDIDATE:
      if (event->text != NULL && *event->text != '\0')
        g_signal_emit (self, signals[LOCAL_CANDIDATE], 0, event->number, event->text);
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
      end (self, "the peer sent text where only bytes are spoken");
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
close_expired_cb (gpointer user_data)
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

  /* Leaving says nothing to the other side by itself: no DTLS close_notify,
   * no SCTP abort. Closing the channels does. */
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    gst_webrtc_data_channel_close (self->channels[i]);
  self->close_source = g_timeout_add_full (G_PRIORITY_DEFAULT, CLOSE_MS, close_expired_cb,
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
  signals[LOCAL_DESCRIPTION] = g_signal_new ("local-description", G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * EdgeRtc::local-candidate:
   * @self: a connection
   * @media_line: which media section it is for
   * @candidate: the candidate to send
   */
  signals[LOCAL_CANDIDATE] = g_signal_new ("local-candidate", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
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
 * edge_rtc_start:
 * @self: a connection
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * An offerer makes its offer; an answerer waits for
 * edge_rtc_set_remote_description().
 *
 * Returns: whether it is under way
 */
gboolean
edge_rtc_start (EdgeRtc  *self,
                GError  **error)
{
  g_autoptr(GstBus) bus = NULL;

  g_return_val_if_fail (EDGE_IS_RTC (self) && self->pipeline == NULL && !self->over, FALSE);

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  bus = gst_pipeline_get_bus (GST_PIPELINE (self->pipeline));
  /* Nobody reads the bus: what we need comes by signals. */
  gst_bus_set_flushing (bus, TRUE);
  self->webrtc = edge_rtc_make_webrtcbin ((const char * const *) self->ice_servers);
  gst_bin_add (GST_BIN (self->pipeline), self->webrtc);
  edge_rtc_pipeline_began ();

  edge_rtc_hook_webrtcbin (self->webrtc, self->inbox);

  if (gst_element_set_state (self->pipeline, GST_STATE_READY) == GST_STATE_CHANGE_FAILURE)
    {
      g_set_error_literal (error, EDGE_MESH_ERROR, EDGE_MESH_ERROR_UNAVAILABLE,
                           "GStreamer could not start a connection");
      return FALSE;
    }

  for (guint i = 0; self->offerer && i < EDGE_N_CHANNELS; i++)
    {
      GstWebRTCDataChannel *channel = NULL;

      g_signal_emit_by_name (self->webrtc, "create-data-channel", labels[i], NULL, &channel);
      if (channel == NULL)
        {
          g_set_error_literal (error, EDGE_MESH_ERROR, EDGE_MESH_ERROR_UNAVAILABLE,
                               "GStreamer could not make a data channel");
          return FALSE;
        }
      self->channels[i] = channel;
      edge_rtc_hook_channel (channel, self->inbox);
    }

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  if (self->offerer)
    g_signal_emit_by_name (self->webrtc, "create-offer", NULL, edge_rtc_promise_described (self->inbox));
  return TRUE;
}

/**
 * edge_rtc_set_remote_description:
 * @self: a started connection
 * @sdp: the peer's offer or answer, out of a signed envelope
 * @error: return location for an error in the `EDGE_SDP_ERROR` domain
 *
 * Takes the peer's description; an answerer then makes its answer.
 *
 * Returns: whether it could be used
 */
gboolean
edge_rtc_set_remote_description (EdgeRtc     *self,
                                 const char  *sdp,
                                 GError     **error)
{
  g_autoptr(GstWebRTCSessionDescription) description = NULL;

  g_return_val_if_fail (EDGE_IS_RTC (self), FALSE);

  if (self->webrtc == NULL || self->has_remote)
    {
      g_set_error_literal (error, EDGE_SDP_ERROR, EDGE_SDP_ERROR_MALFORMED,
                           "A description came that nobody asked for");
      return FALSE;
    }
  if (!edge_sdp_check (sdp, self->expected, error))
    return FALSE;
  description = edge_rtc_make_description (sdp, self->offerer);
  if (description == NULL)
    {
      g_set_error_literal (error, EDGE_SDP_ERROR, EDGE_SDP_ERROR_MALFORMED,
                           "The description is not SDP");
      return FALSE;
    }

  self->has_remote = TRUE;
  g_signal_emit_by_name (self->webrtc, "set-remote-description", description,
                         edge_rtc_promise_applied (self->inbox));
  if (!self->offerer)
    g_signal_emit_by_name (self->webrtc, "create-answer", NULL, edge_rtc_promise_described (self->inbox));
  return TRUE;
}

/**
 * edge_rtc_add_candidate:
 * @self: a started connection
 * @media_line: which media section it is for
 * @candidate: the peer's candidate, out of a signed envelope
 *
 * Returns: whether it could be used; one that can't does no harm
 */
gboolean
edge_rtc_add_candidate (EdgeRtc    *self,
                        guint       media_line,
                        const char *candidate)
{
  g_return_val_if_fail (EDGE_IS_RTC (self), FALSE);

  if (self->webrtc == NULL || media_line != 0 || !edge_sdp_check_candidate (candidate))
    return FALSE;
  g_signal_emit_by_name (self->webrtc, "add-ice-candidate", media_line, candidate);
  return TRUE;
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
