/* edge-qr-frames.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _EdgeQrFrames EdgeQrFrames;

typedef void (*EdgeQrFoundFunc) (GObject    *owner,
                                 const char *text);
typedef void (*EdgeQrFrameFunc) (GObject    *owner,
                                 GBytes     *pixels,
                                 guint       width,
                                 guint       height);

/** EDGE_QR_FRAMES_TAIL: What follows a source of raw video: the sinks that edge_qr_frames_start() looks for. */
#define EDGE_QR_FRAMES_TAIL \
  " ! videoconvert ! tee name=tee" \
  " tee. ! queue leaky=downstream max-size-buffers=1 max-size-bytes=0 max-size-time=0" \
  " ! videoscale ! video/x-raw,width=[1,1920],height=[1,1080],pixel-aspect-ratio=1/1" \
  " ! videoconvert ! video/x-raw,format=GRAY8 ! appsink name=scan max-buffers=1 drop=true" \
  " tee. ! queue leaky=downstream max-size-buffers=1 max-size-bytes=0 max-size-time=0" \
  " ! videoscale ! video/x-raw,width=[1,960],height=[1,720],pixel-aspect-ratio=1/1" \
  " ! videoconvert ! video/x-raw,format=RGBA ! appsink name=preview max-buffers=1 drop=true"

EdgeQrFrames *edge_qr_frames_new   (GObject         *owner,
                                    GMainContext    *context,
                                    EdgeQrFoundFunc  found,
                                    EdgeQrFrameFunc  frame) G_GNUC_WARN_UNUSED_RESULT;
void          edge_qr_frames_unref (EdgeQrFrames    *self);

void          edge_qr_frames_start (EdgeQrFrames    *self,
                                    GstElement      *pipeline,
                                    gboolean         live);
void          edge_qr_frames_stop  (EdgeQrFrames    *self,
                                    GstElement      *pipeline);

G_END_DECLS
