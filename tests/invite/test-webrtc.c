/* test-webrtc.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define GST_USE_UNSTABLE_API

#include <gst/gst.h>
#include <gst/sdp/sdp.h>
#include <gst/webrtc/webrtc.h>

#include <string.h>

#include "invite/edge-invitation.h"

/* Two webrtcbins that know nothing of each other but two invitations. */

#define NETWORK "p9gmMoPZ0FV1nX7ahMHGq0YGw3sA5OSBV9fEWYw7D14"
#define NOW     G_GINT64_CONSTANT (1800000000000)
#define LIMIT   (60 * G_USEC_PER_SEC)

typedef struct
{
  GstElement *pipeline;
  GstElement *webrtc;
  GObject    *channel;
  char       *local;
  char       *received;
  guint       association;
  gint        gathered;
  gint        open;
} End;

static GMutex lock;
static guint last_association;

static void
text_cb (GObject    *channel,
         const char *text,
         End        *end)
{
  g_mutex_lock (&lock);
  g_set_str (&end->received, text);
  g_mutex_unlock (&lock);
}

static void
open_cb (GObject *channel,
         End     *end)
{
  g_atomic_int_set (&end->open, 1);
}

static void
take_channel (End     *end,
              GObject *channel)
{
  end->channel = g_object_ref (channel);
  g_signal_connect (channel, "on-open", G_CALLBACK (open_cb), end);
  g_signal_connect (channel, "on-message-string", G_CALLBACK (text_cb), end);
}

static void
data_channel_cb (GstElement *webrtc,
                 GObject    *channel,
                 End        *end)
{
  take_channel (end, channel);
  g_atomic_int_set (&end->open, 1);
}

static void
gathering_cb (GstElement *webrtc,
              GParamSpec *pspec,
              End        *end)
{
  GstWebRTCICEGatheringState state;

  g_object_get (webrtc, "ice-gathering-state", &state, NULL);
  if (state == GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE)
    g_atomic_int_set (&end->gathered, 1);
}

/* The random association ids of 1.26 may collide within a process. */
static void
deep_element_added_cb (GstBin     *bin,
                       GstBin     *sub_bin,
                       GstElement *element,
                       End        *end)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  const char *name = factory != NULL ? GST_OBJECT_NAME (factory) : "";

  if (g_str_equal (name, "sctpenc") || g_str_equal (name, "sctpdec"))
    g_object_set (element, "sctp-association-id", end->association, NULL);
}

static void
end_init (End      *end,
          gboolean  offers)
{
  g_autoptr(GObject) ice = NULL;
  g_autoptr(GObject) agent = NULL;
  gboolean added = FALSE;

  end->association = ++last_association;
  end->pipeline = gst_pipeline_new (NULL);
  end->webrtc = gst_element_factory_make ("webrtcbin", NULL);
  g_object_set (end->webrtc, "bundle-policy", GST_WEBRTC_BUNDLE_POLICY_MAX_BUNDLE, NULL);
  g_signal_connect (end->webrtc, "deep-element-added", G_CALLBACK (deep_element_added_cb), end);
  g_signal_connect (end->webrtc, "notify::ice-gathering-state", G_CALLBACK (gathering_cb), end);
  g_signal_connect (end->webrtc, "on-data-channel", G_CALLBACK (data_channel_cb), end);

  g_object_get (end->webrtc, "ice-agent", &ice, NULL);
  g_object_get (ice, "agent", &agent, NULL);
  g_object_set (agent, "upnp", FALSE, NULL);
  g_object_set (ice, "ice-tcp", FALSE, NULL);
  g_signal_emit_by_name (ice, "add-local-ip-address", "127.0.0.1", &added);

  gst_bin_add (GST_BIN (end->pipeline), end->webrtc);
  gst_element_set_state (end->pipeline, GST_STATE_READY);
  if (offers)
    {
      g_autoptr(GObject) channel = NULL;

      g_signal_emit_by_name (end->webrtc, "create-data-channel", "edge-net", NULL, &channel);
      g_assert_nonnull (channel);
      take_channel (end, channel);
    }
  gst_element_set_state (end->pipeline, GST_STATE_PLAYING);
}

static void
end_clear (End *end)
{
  if (end->channel != NULL)
    g_signal_handlers_disconnect_by_data (end->channel, end);
  g_signal_handlers_disconnect_by_data (end->webrtc, end);
  gst_element_set_state (end->pipeline, GST_STATE_NULL);
  g_clear_object (&end->channel);
  gst_clear_object (&end->pipeline);
  g_free (end->local);
  g_free (end->received);
}

static void
wait_for (gint *flag)
{
  gint64 limit = g_get_monotonic_time () + LIMIT;

  while (!g_atomic_int_get (flag))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_usleep (5000);
    }
}

/* Makes an offer or answer and waits for all of its candidates, as an
 * invitation must hold them. */
static void
describe (End        *end,
          const char *what)
{
  g_autoptr(GstPromise) promise = gst_promise_new ();
  g_autoptr(GstPromise) set = gst_promise_new ();
  g_autoptr(GstWebRTCSessionDescription) description = NULL;
  g_autoptr(GstWebRTCSessionDescription) local = NULL;
  g_autofree char *signal = g_strconcat ("create-", what, NULL);

  g_signal_emit_by_name (end->webrtc, signal, NULL, promise);
  g_assert_cmpint (gst_promise_wait (promise), ==, GST_PROMISE_RESULT_REPLIED);
  gst_structure_get (gst_promise_get_reply (promise), what,
                     GST_TYPE_WEBRTC_SESSION_DESCRIPTION, &description, NULL);
  g_assert_nonnull (description);

  g_signal_emit_by_name (end->webrtc, "set-local-description", description, set);
  g_assert_cmpint (gst_promise_wait (set), ==, GST_PROMISE_RESULT_REPLIED);
  wait_for (&end->gathered);
  g_object_get (end->webrtc, "local-description", &local, NULL);
  end->local = gst_sdp_message_as_text (local->sdp);
}

static void
take (End              *end,
      GstWebRTCSDPType  type,
      const char       *text)
{
  g_autoptr(GstPromise) promise = gst_promise_new ();
  g_autoptr(GstWebRTCSessionDescription) description = NULL;
  GstSDPMessage *message = NULL;
  const GstStructure *reply;

  g_assert_cmpint (gst_sdp_message_new_from_text (text, &message), ==, GST_SDP_OK);
  description = gst_webrtc_session_description_new (type, message);
  g_signal_emit_by_name (end->webrtc, "set-remote-description", description, promise);
  g_assert_cmpint (gst_promise_wait (promise), ==, GST_PROMISE_RESULT_REPLIED);
  reply = gst_promise_get_reply (promise);
  g_assert_true (reply == NULL || !gst_structure_has_field (reply, "error"));
}

static char *
received (End *end)
{
  gint64 limit = g_get_monotonic_time () + LIMIT;
  char *text = NULL;

  while (text == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_mutex_lock (&lock);
      text = g_strdup (end->received);
      g_mutex_unlock (&lock);
      g_usleep (5000);
    }
  return text;
}

/* Over the link of an invitation, as a chat or a QR code carries it. */
static char *
carry (EdgeInvitation *invitation)
{
  g_autoptr(EdgeInvitation) taken = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *link = edge_invitation_to_link (invitation);

  taken = edge_invitation_new_from_text (link, &error);
  g_assert_no_error (error);
  g_test_message ("%" G_GSIZE_FORMAT " bytes", g_bytes_get_size (edge_invitation_get_bytes (taken)));
  return g_strdup (edge_invitation_get_sdp (taken));
}

static void
test_connects (void)
{
  g_autoptr(EdgeIdentity) alice = edge_identity_generate ();
  g_autoptr(EdgeIdentity) bob = edge_identity_generate ();
  g_autoptr(EdgeInvitation) offer = NULL;
  g_autoptr(EdgeInvitation) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *offered = NULL;
  g_autofree char *answered = NULL;
  g_autofree char *at_b = NULL;
  g_autofree char *at_a = NULL;
  End a = { 0 };
  End b = { 0 };

  end_init (&a, TRUE);
  describe (&a, "offer");
  offer = edge_invitation_new_direct (alice, EDGE_INVITATION_KIND_OFFER, NETWORK, NOW, NULL, a.local,
                                      NULL, 4, &error);
  g_assert_no_error (error);
  offered = carry (offer);
  g_assert_nonnull (strstr (offered, " 127.0.0.1 "));

  end_init (&b, FALSE);
  take (&b, GST_WEBRTC_SDP_TYPE_OFFER, offered);
  describe (&b, "answer");
  answer = edge_invitation_new_direct (bob, EDGE_INVITATION_KIND_ANSWER, NETWORK, NOW,
                                       edge_invitation_get_session (offer), b.local, NULL, 4, &error);
  g_assert_no_error (error);
  answered = carry (answer);
  g_assert_nonnull (strstr (answered, "a=setup:active"));

  take (&a, GST_WEBRTC_SDP_TYPE_ANSWER, answered);
  wait_for (&a.open);
  wait_for (&b.open);

  g_signal_emit_by_name (a.channel, "send-string", "from a");
  g_signal_emit_by_name (b.channel, "send-string", "from b");
  at_b = received (&b);
  at_a = received (&a);
  g_assert_cmpstr (at_b, ==, "from a");
  g_assert_cmpstr (at_a, ==, "from b");

  end_clear (&a);
  end_clear (&b);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/invite/webrtc/connects", test_connects);
  return g_test_run ();
}
