/* edge-qr-frames.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-frames.h"

#include <gst/app/app.h>
#include <gst/video/video.h>

#include "invite/edge-qr-scan.h"

/* A code held to a camera stays for seconds; ten looks a second are plenty. */
#define SCAN_INTERVAL_US (100 * 1000)

/*
 * EdgeQrFrames is all that GStreamer's threads know of a reader. It outlives
 * the reader where it must; what the threads have to say hops to the reader's
 * main context once.
 */
struct _EdgeQrFrames
{
  gatomicrefcount  refs;
  GMainContext    *context;
  GWeakRef         owner;
  EdgeQrFoundFunc  found;
  EdgeQrFrameFunc  frame;
  gint             frame_pending;

  /* The main context's own. */
  gboolean         silent;

  /* Starting and stopping happen on worker threads; a stop is the last word. */
  GMutex           state_lock;
  gboolean         stopped;

  /* The scanning thread's own. */
  gint64           scanned_at;
  guint            turn;
};

typedef struct
{
  EdgeQrFrames *frames;
  char         *text;
  GBytes       *pixels;
  guint         width;
  guint         height;
} Message;

static EdgeQrFrames *
frames_ref (EdgeQrFrames *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
frames_unref (gpointer data)
{
  edge_qr_frames_unref (data);
}

static void
message_free (gpointer data)
{
  Message *message = data;

  g_clear_pointer (&message->frames, edge_qr_frames_unref);
  g_clear_pointer (&message->text, g_free);
  g_clear_pointer (&message->pixels, g_bytes_unref);
  g_free (message);
}

static gboolean
message_cb (gpointer user_data)
{
  Message *message = user_data;
  EdgeQrFrames *self = message->frames;
  g_autoptr(GObject) owner = g_weak_ref_get (&self->owner);

  if (owner != NULL && !self->silent)
    {
      if (message->pixels != NULL)
        self->frame (owner, message->pixels, message->width, message->height);
      else
        self->found (owner, message->text);
    }

  if (message->pixels != NULL)
    g_atomic_int_set (&self->frame_pending, 0);
  return G_SOURCE_REMOVE;
}

static void
send_message (EdgeQrFrames *self,
              char         *text,
              GBytes       *pixels,
              guint         width,
              guint         height)
{
  Message *message = g_new0 (Message, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  message->frames = frames_ref (self);
  message->text = text;
  message->pixels = pixels;
  message->width = width;
  message->height = height;

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, message_cb, message, message_free);
  g_source_attach (source, self->context);
}

static gboolean
map_sample (GstSample     *sample,
            GstVideoFrame *frame)
{
  GstVideoInfo info;

  return gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) &&
         gst_video_frame_map (frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ);
}

static GstFlowReturn
scan_sample_cb (GstAppSink *sink,
                gpointer    user_data)
{
  EdgeQrFrames *self = user_data;
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample (sink);
  GstVideoFrame frame;
  gint64 now = g_get_monotonic_time ();
  char *text;

  if (sample == NULL || now < self->scanned_at + SCAN_INTERVAL_US || !map_sample (sample, &frame))
    return GST_FLOW_OK;

  text = edge_qr_scan (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
                       (guint) GST_VIDEO_FRAME_WIDTH (&frame),
                       (guint) GST_VIDEO_FRAME_HEIGHT (&frame),
                       (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
                       EDGE_QR_EFFORT_FRAME, self->turn++);
  gst_video_frame_unmap (&frame);
  self->scanned_at = g_get_monotonic_time ();

  if (text != NULL)
    send_message (self, text, NULL, 0, 0);
  return GST_FLOW_OK;
}

static GBytes *
pack_rows (GstVideoFrame *frame,
           guint          width,
           guint          height)
{
  const guint8 *rows = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  gsize stride = (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  GByteArray *pixels = g_byte_array_sized_new (width * height * 4);

  for (guint y = 0; y < height; y++)
    g_byte_array_append (pixels, rows + y * stride, width * 4);
  return g_byte_array_free_to_bytes (pixels);
}

static GstFlowReturn
preview_sample_cb (GstAppSink *sink,
                   gpointer    user_data)
{
  EdgeQrFrames *self = user_data;
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample (sink);
  g_autoptr(GBytes) pixels = NULL;
  GstVideoFrame frame;
  guint width, height;

  /* The face draws at its own pace; what it has no time for is left out. */
  if (sample == NULL || !g_atomic_int_compare_and_exchange (&self->frame_pending, 0, 1))
    return GST_FLOW_OK;
  if (!map_sample (sample, &frame))
    {
      g_atomic_int_set (&self->frame_pending, 0);
      return GST_FLOW_OK;
    }

  width = (guint) GST_VIDEO_FRAME_WIDTH (&frame);
  height = (guint) GST_VIDEO_FRAME_HEIGHT (&frame);
  pixels = pack_rows (&frame, width, height);
  gst_video_frame_unmap (&frame);

  send_message (self, NULL, g_steal_pointer (&pixels), width, height);
  return GST_FLOW_OK;
}

/**
 * edge_qr_frames_new:
 * @owner: handed to the functions, not kept alive
 * @context: where the functions are called
 * @found: called for each look that found a code
 * @frame: called for a frame of the preview, R8G8B8A8; the next comes after it returned
 *
 * Returns: (transfer full): the receiver of a pipeline's frames
 */
EdgeQrFrames *
edge_qr_frames_new (GObject         *owner,
                    GMainContext    *context,
                    EdgeQrFoundFunc  found,
                    EdgeQrFrameFunc  frame)
{
  EdgeQrFrames *self = g_new0 (EdgeQrFrames, 1);

  g_atomic_ref_count_init (&self->refs);
  self->context = g_main_context_ref (context);
  self->found = found;
  self->frame = frame;
  g_weak_ref_init (&self->owner, owner);
  g_mutex_init (&self->state_lock);
  return self;
}

/**
 * edge_qr_frames_unref:
 * @self: (transfer full): the receiver
 *
 * Gives a reference back.
 */
void
edge_qr_frames_unref (EdgeQrFrames *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->owner);
  g_mutex_clear (&self->state_lock);
  g_free (self);
}

static void
connect_sink (EdgeQrFrames        *self,
              GstElement          *pipeline,
              const char          *name,
              GstAppSinkCallbacks  callbacks,
              gboolean             live)
{
  g_autoptr(GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), name);

  /* Cameras stamp by clocks of their own; their pictures come when they come. */
  g_object_set (sink, "sync", !live, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, frames_ref (self), frames_unref);
}

static void
set_playing (GstElement *pipeline,
             gpointer    user_data)
{
  EdgeQrFrames *self = user_data;

  g_mutex_lock (&self->state_lock);
  if (!self->stopped)
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_mutex_unlock (&self->state_lock);
}

static void
set_null (GstElement *pipeline,
          gpointer    user_data)
{
  EdgeQrFrames *self = user_data;

  g_mutex_lock (&self->state_lock);
  self->stopped = TRUE;
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_mutex_unlock (&self->state_lock);
}

/**
 * edge_qr_frames_start:
 * @self: the receiver
 * @pipeline: a pipeline that ends in %EDGE_QR_FRAMES_TAIL
 * @live: whether frames come at the source's own pace
 *
 * Starts @pipeline on a worker thread: opening a device may block.
 */
void
edge_qr_frames_start (EdgeQrFrames *self,
                      GstElement   *pipeline,
                      gboolean      live)
{
  connect_sink (self, pipeline, "scan",
                (GstAppSinkCallbacks) { .new_sample = scan_sample_cb }, live);
  connect_sink (self, pipeline, "preview",
                (GstAppSinkCallbacks) { .new_sample = preview_sample_cb }, live);
  gst_element_call_async (pipeline, set_playing, frames_ref (self), frames_unref);
}

/**
 * edge_qr_frames_stop:
 * @self: the receiver
 * @pipeline: what it was started with
 *
 * Calls no function any more, and stops @pipeline on a worker thread: closing
 * a device may block as well.
 */
void
edge_qr_frames_stop (EdgeQrFrames *self,
                     GstElement   *pipeline)
{
  self->silent = TRUE;
  gst_element_call_async (pipeline, set_null, frames_ref (self), frames_unref);
}
