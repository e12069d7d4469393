/* edge-rtc-setup.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#define GST_USE_UNSTABLE_API
#include <gst/webrtc/webrtc.h>

G_BEGIN_DECLS

gboolean                     edge_rtc_check_plugins    (GError            **error);
GstElement                  *edge_rtc_make_webrtcbin   (const char * const *ice_servers) G_GNUC_WARN_UNUSED_RESULT;
GstWebRTCSessionDescription *edge_rtc_make_description (const char         *sdp,
                                                        gboolean            answer) G_GNUC_WARN_UNUSED_RESULT;
char                        *edge_rtc_describe_route   (GstElement         *webrtc,
                                                        gboolean           *through_turn);
gboolean                     edge_rtc_read_bindings    (GstElement         *webrtc,
                                                        char              **local,
                                                        char              **remote,
                                                        guint8             *remote_hash);

G_END_DECLS
