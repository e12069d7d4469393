/* edge-rtc-hooks.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-rtc-hooks.h"

/* These run in threads of webrtcbin, most with its lock held: reading any of its
 * properties here would deadlock. They copy what they were given and leave. */

static gulong
connect_inbox (gpointer      object,
               const char   *signal,
               GCallback     callback,
               EdgeRtcInbox *inbox)
{
  return g_signal_connect_data (object, signal, callback, edge_rtc_inbox_ref (inbox),
                                (GClosureNotify) (GCallback) edge_rtc_inbox_unref, 0);
}

static void
candidate_cb (GstElement   *webrtc,
              guint         media_line,
              char         *candidate,
              EdgeRtcInbox *inbox)
{
  edge_rtc_inbox_post (inbox, &(EdgeRtcEvent) {
    .type = EDGE_RTC_EVENT_CANDIDATE, .number = media_line, .text = g_strdup (candidate) });
}

static void
connection_cb (GstElement   *webrtc,
               GParamSpec   *pspec,
               EdgeRtcInbox *inbox)
{
  edge_rtc_inbox_post (inbox, &(EdgeRtcEvent) { .type = EDGE_RTC_EVENT_CONNECTION });
}

static void
channel_changed_cb (GstWebRTCDataChannel *channel,
                    EdgeRtcInbox         *inbox)
{
  edge_rtc_inbox_post (inbox, &(EdgeRtcEvent) { .type = EDGE_RTC_EVENT_CHANNEL_CHANGED });
}

static void
message_cb (GstWebRTCDataChannel *channel,
            GBytes               *bytes,
            EdgeRtcInbox         *inbox)
{
  if (bytes != NULL)
    edge_rtc_inbox_post (inbox, &(EdgeRtcEvent) {
      .type = EDGE_RTC_EVENT_MESSAGE,
      .object = g_object_ref (G_OBJECT (channel)),
      .bytes = g_bytes_ref (bytes) });
}

static void
text_cb (GstWebRTCDataChannel *channel,
         char                 *text,
         EdgeRtcInbox         *inbox)
{
  edge_rtc_inbox_post (inbox, &(EdgeRtcEvent) { .type = EDGE_RTC_EVENT_TEXT });
}

/* Hooked here and now: a message may follow before the main context hears of
 * the channel. */
static void
data_channel_cb (GstElement           *webrtc,
                 GstWebRTCDataChannel *channel,
                 EdgeRtcInbox         *inbox)
{
  edge_rtc_hook_channel (channel, inbox);
  edge_rtc_inbox_post (inbox, &(EdgeRtcEvent) {
    .type = EDGE_RTC_EVENT_CHANNEL, .object = g_object_ref (G_OBJECT (channel)) });
}

static void
described_cb (GstPromise *promise,
              gpointer    user_data)
{
  g_autoptr(GstPromise) owned = promise;
  EdgeRtcInbox *inbox = user_data;
  const GstStructure *reply;

  if (gst_promise_wait (promise) != GST_PROMISE_RESULT_REPLIED)
    return;
  reply = gst_promise_get_reply (promise);
  if (reply != NULL)
    edge_rtc_inbox_post (inbox, &(EdgeRtcEvent) {
      .type = EDGE_RTC_EVENT_DESCRIPTION, .reply = gst_structure_copy (reply) });
}

static void
applied_cb (GstPromise *promise,
            gpointer    user_data)
{
  g_autoptr(GstPromise) owned = promise;
  EdgeRtcInbox *inbox = user_data;
  const GstStructure *reply;
  g_autoptr(GError) error = NULL;

  if (gst_promise_wait (promise) != GST_PROMISE_RESULT_REPLIED)
    return;
  reply = gst_promise_get_reply (promise);
  if (reply != NULL && gst_structure_get (reply, "error", G_TYPE_ERROR, &error, NULL))
    edge_rtc_inbox_post (inbox, &(EdgeRtcEvent) {
      .type = EDGE_RTC_EVENT_FAILED, .text = g_strdup (error->message) });
}

static GstPromise *
promise_for (EdgeRtcInbox         *inbox,
             GstPromiseChangeFunc  func)
{
  return gst_promise_new_with_change_func (func, edge_rtc_inbox_ref (inbox),
                                           (GDestroyNotify) edge_rtc_inbox_unref);
}

/**
 * edge_rtc_hook_webrtcbin:
 * @webrtc: a webrtcbin
 * @inbox: where its news go; g_signal_handlers_disconnect_by_data() with it undoes this
 */
void
edge_rtc_hook_webrtcbin (GstElement   *webrtc,
                         EdgeRtcInbox *inbox)
{
  connect_inbox (webrtc, "on-ice-candidate", G_CALLBACK (candidate_cb), inbox);
  connect_inbox (webrtc, "on-data-channel", G_CALLBACK (data_channel_cb), inbox);
  connect_inbox (webrtc, "notify::connection-state", G_CALLBACK (connection_cb), inbox);
  connect_inbox (webrtc, "notify::ice-gathering-state", G_CALLBACK (connection_cb), inbox);
}

/**
 * edge_rtc_hook_channel:
 * @channel: a data channel
 * @inbox: where its messages go
 */
void
edge_rtc_hook_channel (GstWebRTCDataChannel *channel,
                       EdgeRtcInbox         *inbox)
{
  connect_inbox (channel, "on-open", G_CALLBACK (channel_changed_cb), inbox);
  connect_inbox (channel, "on-close", G_CALLBACK (channel_changed_cb), inbox);
  connect_inbox (channel, "on-message-string", G_CALLBACK (text_cb), inbox);
  connect_inbox (channel, "on-message-data", G_CALLBACK (message_cb), inbox);
}

/**
 * edge_rtc_promise_described:
 * @inbox: where the description goes
 *
 * Returns: (transfer full): a promise for create-offer and create-answer
 */
GstPromise *
edge_rtc_promise_described (EdgeRtcInbox *inbox)
{
  return promise_for (inbox, described_cb);
}

/**
 * edge_rtc_promise_applied:
 * @inbox: where a failure goes
 *
 * Returns: (transfer full): a promise for setting a description
 */
GstPromise *
edge_rtc_promise_applied (EdgeRtcInbox *inbox)
{
  return promise_for (inbox, applied_cb);
}
