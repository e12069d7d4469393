/* edge-rtc-setup.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

gboolean    edge_rtc_check_plugins  (GError            **error);
GstElement *edge_rtc_make_webrtcbin (const char * const *ice_servers,
                                     const char         *left) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_rtc_dup_address    (GstElement         *webrtc) G_GNUC_WARN_UNUSED_RESULT;
void        edge_rtc_widen_buffers  (GstElement         *webrtc);
char       *edge_rtc_describe_route (GstElement         *webrtc,
                                     gboolean           *through_turn);

G_END_DECLS
