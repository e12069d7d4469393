/* edge-rtc-inbox.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * EdgeRtcEventType:
 * @EDGE_RTC_EVENT_DESCRIPTION: webrtcbin made an offer or answer (`boxed`)
 * @EDGE_RTC_EVENT_FAILED: a step of the negotiation failed (`text`)
 * @EDGE_RTC_EVENT_CANDIDATE: a local candidate (`text`, `number` = media line)
 * @EDGE_RTC_EVENT_CHANNEL: the peer opened a data channel (`object`)
 * @EDGE_RTC_EVENT_CHANNEL_CHANGED: a data channel opened or closed
 * @EDGE_RTC_EVENT_CONNECTION: the connection's state changed
 * @EDGE_RTC_EVENT_MESSAGE: `bytes` came on the data channel `object`
 * @EDGE_RTC_EVENT_TEXT: text came, which no peer of ours sends
 */
typedef enum
{
  EDGE_RTC_EVENT_DESCRIPTION,
  EDGE_RTC_EVENT_FAILED,
  EDGE_RTC_EVENT_CANDIDATE,
  EDGE_RTC_EVENT_CHANNEL,
  EDGE_RTC_EVENT_CHANNEL_CHANGED,
  EDGE_RTC_EVENT_CONNECTION,
  EDGE_RTC_EVENT_MESSAGE,
  EDGE_RTC_EVENT_TEXT,
} EdgeRtcEventType;

typedef struct
{
  EdgeRtcEventType  type;
  guint             number;
  char             *text;
  GObject          *object;
  GBytes           *bytes;
  GstStructure     *reply;
} EdgeRtcEvent;

typedef void (*EdgeRtcInboxFunc) (EdgeRtcEvent *event,
                                  gpointer      user_data);

typedef struct _EdgeRtcInbox EdgeRtcInbox;

EdgeRtcInbox *edge_rtc_inbox_new   (EdgeRtcInboxFunc  func,
                                    gpointer          user_data) G_GNUC_WARN_UNUSED_RESULT;
EdgeRtcInbox *edge_rtc_inbox_ref   (EdgeRtcInbox     *self);
void          edge_rtc_inbox_unref (EdgeRtcInbox     *self);
void          edge_rtc_inbox_close (EdgeRtcInbox     *self);
void          edge_rtc_inbox_post  (EdgeRtcInbox     *self,
                                    EdgeRtcEvent     *event);

G_END_DECLS
