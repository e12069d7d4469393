/* edge-rtc-hooks.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-rtc-inbox.h"

#define GST_USE_UNSTABLE_API
#include <gst/webrtc/webrtc.h>

G_BEGIN_DECLS

void        edge_rtc_hook_webrtcbin    (GstElement           *webrtc,
                                        EdgeRtcInbox         *inbox);
void        edge_rtc_hook_channel      (GstWebRTCDataChannel *channel,
                                        EdgeRtcInbox         *inbox);
GstPromise *edge_rtc_promise_described (EdgeRtcInbox         *inbox) G_GNUC_WARN_UNUSED_RESULT;
GstPromise *edge_rtc_promise_applied   (EdgeRtcInbox         *inbox) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
