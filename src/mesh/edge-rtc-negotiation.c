/* edge-rtc-negotiation.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-rtc"

#include "mesh/edge-rtc-private.h"

#include "mesh/edge-rtc-teardown.h"

#include <string.h>

#include "base/edge-base64.h"
#include "mesh/edge-mesh-error.h"
#include "mesh/edge-rtc-hooks.h"
#include "mesh/edge-rtc-setup.h"

const char * const _edge_rtc_labels[EDGE_N_CHANNELS] = { "edge-net", "edge-net-bulk" };

static char *
hash_to_binding (const char *pem,
                 guint8     *hash)
{
  if (pem == NULL || !edge_sdp_hash_certificate (pem, hash))
    return NULL;
  return edge_base64url_encode (hash, EDGE_SDP_FINGERPRINT_SIZE);
}

/* Compares the certificate the DTLS handshake really showed with the signed
 * description; reads our own for the handshake's signature. */
gboolean
_edge_rtc_check_certificates (EdgeRtc *self)
{
  g_autoptr(GObject) sctp = NULL;
  g_autoptr(GObject) dtls = NULL;
  g_autofree char *local = NULL;
  g_autofree char *remote = NULL;
  guint8 hash[EDGE_SDP_FINGERPRINT_SIZE];

  g_object_get (self->webrtc, "sctp-transport", &sctp, NULL);
  if (sctp == NULL)
    return FALSE;
  g_object_get (sctp, "transport", &dtls, NULL);
  if (dtls == NULL)
    return FALSE;
  g_object_get (dtls, "certificate", &local, "remote-certificate", &remote, NULL);

  g_free (self->local_binding);
  g_free (self->remote_binding);
  self->local_binding = hash_to_binding (local, hash);
  self->remote_binding = hash_to_binding (remote, hash);
  return self->local_binding != NULL && self->remote_binding != NULL &&
         memcmp (hash, self->expected, sizeof hash) == 0;
}

void
_edge_rtc_described (EdgeRtc      *self,
                     GstStructure *reply)
{
  g_autoptr(GstWebRTCSessionDescription) description = NULL;
  g_autofree char *text = NULL;

  if (!gst_structure_get (reply, self->offerer ? "offer" : "answer",
                          GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, NULL) ||
      description == NULL)
    {
      _edge_rtc_end (self, "no description could be made");
      return;
    }

  g_signal_emit_by_name (self->webrtc, "set-local-description", description,
                         edge_rtc_promise_applied (self->inbox));
  text = gst_sdp_message_as_text (description->sdp);
  g_signal_emit (self, edge_rtc_signals[EDGE_RTC_SIGNAL_LOCAL_DESCRIPTION], 0, text);
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
  self->webrtc = edge_rtc_make_webrtcbin ((const char * const *) self->ice_servers, self->left);
  gst_bin_add (GST_BIN (self->pipeline), self->webrtc);
  edge_rtc_pipeline_began (self->pipeline);

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

      g_signal_emit_by_name (self->webrtc, "create-data-channel", _edge_rtc_labels[i], NULL, &channel);
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
  GstSDPMessage *message = NULL;
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
  if (gst_sdp_message_new_from_text (sdp, &message) != GST_SDP_OK)
    {
      g_set_error_literal (error, EDGE_SDP_ERROR, EDGE_SDP_ERROR_MALFORMED,
                           "The description is not SDP");
      return FALSE;
    }

  self->has_remote = TRUE;
  description = gst_webrtc_session_description_new (self->offerer ? GST_WEBRTC_SDP_TYPE_ANSWER
                                                                  : GST_WEBRTC_SDP_TYPE_OFFER,
                                                    message);
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
