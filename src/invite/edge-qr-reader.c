/* edge-qr-reader.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-reader.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/app/app.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include "invite/edge-qr-scan.h"

/**
 * EdgeQrReader:
 *
 * Looks for QR codes in the pictures of a camera.
 *
 * GStreamer's threads know only the shim, which outlives the reader when it
 * must; everything they have to say hops to the reader's main context once.
 */

#define START_LIMIT_SECONDS 15

/* A code held to a camera stays for seconds; ten looks a second are plenty. */
#define SCAN_INTERVAL_US (100 * 1000)

#define PIPELINE_TAIL \
  " ! videoconvert ! tee name=tee" \
  " tee. ! queue leaky=downstream max-size-buffers=1 max-size-bytes=0 max-size-time=0" \
  " ! videoscale ! video/x-raw,width=[1,1920],height=[1,1080],pixel-aspect-ratio=1/1" \
  " ! videoconvert ! video/x-raw,format=GRAY8 ! appsink name=scan max-buffers=1 drop=true" \
  " tee. ! queue leaky=downstream max-size-buffers=1 max-size-bytes=0 max-size-time=0" \
  " ! videoscale ! video/x-raw,width=[1,960],height=[1,720],pixel-aspect-ratio=1/1" \
  " ! videoconvert ! video/x-raw,format=RGBA ! appsink name=preview max-buffers=1 drop=true"

typedef struct
{
  gatomicrefcount  refs;
  GMainContext    *context;
  GWeakRef         reader;
  gint             frame_pending;

  /* Starting and stopping happen on worker threads; a stop is the last word. */
  GMutex           state_lock;
  gboolean         stopped;

  /* The scanning thread's own. */
  gint64           scanned_at;
  guint            turn;
} Shim;

typedef struct
{
  Shim   *shim;
  char   *text;
  GBytes *pixels;
  guint   width;
  guint   height;
} Message;

struct _EdgeQrReader
{
  GObject       parent_instance;

  GMainContext *context;
  GstElement   *pipeline;
  GSource      *bus_watch;
  GSource      *start_limit;
  Shim         *shim;
  char         *last_text;
  int           fd;
};

typedef enum
{
  PROP_RUNNING = 1,
} EdgeQrReaderProperty;

enum
{
  SIGNAL_FOUND,
  SIGNAL_FRAME,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_RUNNING + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeQrReader, edge_qr_reader, G_TYPE_OBJECT)

G_DEFINE_QUARK (edge-qr-reader-error, edge_qr_reader_error)

static Shim *
shim_new (EdgeQrReader *reader)
{
  Shim *shim = g_new0 (Shim, 1);

  g_atomic_ref_count_init (&shim->refs);
  shim->context = g_main_context_ref (reader->context);
  g_weak_ref_init (&shim->reader, reader);
  g_mutex_init (&shim->state_lock);
  return shim;
}

static Shim *
shim_ref (Shim *shim)
{
  g_atomic_ref_count_inc (&shim->refs);
  return shim;
}

static void
shim_unref (gpointer data)
{
  Shim *shim = data;

  if (!g_atomic_ref_count_dec (&shim->refs))
    return;
  g_main_context_unref (shim->context);
  g_weak_ref_clear (&shim->reader);
  g_mutex_clear (&shim->state_lock);
  g_free (shim);
}

static void
message_free (gpointer data)
{
  Message *message = data;

  g_clear_pointer (&message->shim, shim_unref);
  g_clear_pointer (&message->text, g_free);
  g_clear_pointer (&message->pixels, g_bytes_unref);
  g_free (message);
}

static gboolean
message_cb (gpointer user_data)
{
  Message *message = user_data;
  g_autoptr(EdgeQrReader) self = g_weak_ref_get (&message->shim->reader);

  if (message->pixels != NULL)
    g_atomic_int_set (&message->shim->frame_pending, 0);

  /* Stopped, or started anew, since the message was sent. */
  if (self == NULL || self->shim != message->shim)
    return G_SOURCE_REMOVE;

  if (self->start_limit != NULL)
    {
      g_source_destroy (self->start_limit);
      g_clear_pointer (&self->start_limit, g_source_unref);
    }

  if (message->pixels != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_FRAME], 0, message->pixels, message->width, message->height);
    }
  else if (g_set_str (&self->last_text, message->text))
    {
      g_signal_emit (self, signals[SIGNAL_FOUND], 0, message->text);
    }
  return G_SOURCE_REMOVE;
}

static void
send_message (Shim   *shim,
              char   *text,
              GBytes *pixels,
              guint   width,
              guint   height)
{
  Message *message = g_new0 (Message, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  message->shim = shim_ref (shim);
  message->text = text;
  message->pixels = pixels;
  message->width = width;
  message->height = height;

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, message_cb, message, message_free);
  g_source_attach (source, shim->context);
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
  Shim *shim = user_data;
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample (sink);
  GstVideoFrame frame;
  gint64 now = g_get_monotonic_time ();
  char *text;

  if (sample == NULL || now < shim->scanned_at + SCAN_INTERVAL_US || !map_sample (sample, &frame))
    return GST_FLOW_OK;

  text = edge_qr_scan (GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
                       (guint) GST_VIDEO_FRAME_WIDTH (&frame),
                       (guint) GST_VIDEO_FRAME_HEIGHT (&frame),
                       (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
                       EDGE_QR_EFFORT_FRAME, shim->turn++);
  gst_video_frame_unmap (&frame);
  shim->scanned_at = g_get_monotonic_time ();

  if (text != NULL)
    send_message (shim, text, NULL, 0, 0);
  return GST_FLOW_OK;
}

static GstFlowReturn
preview_sample_cb (GstAppSink *sink,
                   gpointer    user_data)
{
  Shim *shim = user_data;
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample (sink);
  GstVideoFrame frame;
  GByteArray *pixels;
  guint width, height;

  /* The face draws at its own pace; what it has no time for is left out. */
  if (sample == NULL || !g_atomic_int_compare_and_exchange (&shim->frame_pending, 0, 1))
    return GST_FLOW_OK;
  if (!map_sample (sample, &frame))
    {
      g_atomic_int_set (&shim->frame_pending, 0);
      return GST_FLOW_OK;
    }

  width = (guint) GST_VIDEO_FRAME_WIDTH (&frame);
  height = (guint) GST_VIDEO_FRAME_HEIGHT (&frame);
  pixels = g_byte_array_sized_new (width * height * 4);
  for (guint y = 0; y < height; y++)
    g_byte_array_append (pixels,
                         (const guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
                         (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
                         width * 4);
  gst_video_frame_unmap (&frame);

  send_message (shim, NULL, g_byte_array_free_to_bytes (pixels), width, height);
  return GST_FLOW_OK;
}

static void
fail (EdgeQrReader      *self,
      EdgeQrReaderError  code,
      const char        *message)
{
  g_autoptr(EdgeQrReader) keep = g_object_ref (self);
  g_autoptr(GError) error = g_error_new_literal (EDGE_QR_READER_ERROR, code, message);

  edge_qr_reader_stop (self);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static gboolean
bus_cb (GstBus     *bus,
        GstMessage *message,
        gpointer    user_data)
{
  EdgeQrReader *self = user_data;
  g_autoptr(GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    {
      fail (self, EDGE_QR_READER_ERROR_NO_CAMERA, "The camera stopped");
      return G_SOURCE_REMOVE;
    }
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return G_SOURCE_CONTINUE;

  gst_message_parse_error (message, &error, NULL);
  g_debug ("Camera: %s", error->message);
  fail (self, EDGE_QR_READER_ERROR_NO_CAMERA,
        g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY)
        ? "The camera is in use by another program; close it there and try again"
        : "The camera can't be used; check that it is connected and allowed for this app");
  return G_SOURCE_REMOVE;
}

static gboolean
start_limit_cb (gpointer user_data)
{
  fail (user_data, EDGE_QR_READER_ERROR_NO_CAMERA,
        "The camera gives no picture; unplug it and try again, or read a picture file instead");
  return G_SOURCE_REMOVE;
}

static void
set_playing (GstElement *pipeline,
             gpointer    user_data)
{
  Shim *shim = user_data;

  g_mutex_lock (&shim->state_lock);
  if (!shim->stopped)
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_mutex_unlock (&shim->state_lock);
}

static void
set_null (GstElement *pipeline,
          gpointer    user_data)
{
  Shim *shim = user_data;

  g_mutex_lock (&shim->state_lock);
  shim->stopped = TRUE;
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_mutex_unlock (&shim->state_lock);
}

static void
edge_qr_reader_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EdgeQrReader *self = EDGE_QR_READER (object);

  switch ((EdgeQrReaderProperty) property_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, edge_qr_reader_get_running (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_qr_reader_dispose (GObject *object)
{
  edge_qr_reader_stop (EDGE_QR_READER (object));

  G_OBJECT_CLASS (edge_qr_reader_parent_class)->dispose (object);
}

static void
edge_qr_reader_finalize (GObject *object)
{
  EdgeQrReader *self = EDGE_QR_READER (object);

  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->last_text, g_free);

  G_OBJECT_CLASS (edge_qr_reader_parent_class)->finalize (object);
}

static void
edge_qr_reader_class_init (EdgeQrReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = edge_qr_reader_get_property;
  object_class->dispose = edge_qr_reader_dispose;
  object_class->finalize = edge_qr_reader_finalize;

  properties[PROP_RUNNING] =
    g_param_spec_boolean ("running", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgeQrReader::found:
   * @self: the reader
   * @text: what the code says, not trusted
   *
   * A code stands before the camera. Emitted once while it stays there.
   */
  signals[SIGNAL_FOUND] =
    g_signal_new ("found", EDGE_TYPE_QR_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * EdgeQrReader::frame:
   * @self: the reader
   * @pixels: R8G8B8A8, rows packed
   * @width: pixels of a row, at most 960
   * @height: rows, at most 720
   *
   * A picture for the preview. The next one comes after the handlers have returned.
   */
  signals[SIGNAL_FRAME] =
    g_signal_new ("frame", EDGE_TYPE_QR_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_BYTES, G_TYPE_UINT, G_TYPE_UINT);

  /**
   * EdgeQrReader::failed:
   * @self: the reader, stopped
   * @error: why, in the `EDGE_QR_READER_ERROR` domain
   *
   * The camera gives no more pictures.
   */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", EDGE_TYPE_QR_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
edge_qr_reader_init (EdgeQrReader *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->fd = -1;
}

/**
 * edge_qr_reader_new:
 *
 * Returns: (transfer full): a reader that is not running; its signals are
 *   emitted on the thread-default main context of the caller
 */
EdgeQrReader *
edge_qr_reader_new (void)
{
  return g_object_new (EDGE_TYPE_QR_READER, NULL);
}

/**
 * edge_qr_reader_get_running:
 * @self: a reader
 *
 * Returns: whether a camera is in use
 */
gboolean
edge_qr_reader_get_running (EdgeQrReader *self)
{
  g_return_val_if_fail (EDGE_IS_QR_READER (self), FALSE);

  return self->pipeline != NULL;
}

static void
connect_sink (EdgeQrReader       *self,
              const char         *name,
              GstAppSinkCallbacks callbacks,
              gboolean            live)
{
  g_autoptr(GstElement) sink = gst_bin_get_by_name (GST_BIN (self->pipeline), name);

  /* Cameras stamp by clocks of their own; their pictures come when they come. */
  g_object_set (sink, "sync", !live, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, shim_ref (self->shim), shim_unref);
}

static gboolean
start (EdgeQrReader  *self,
       const char    *description,
       gboolean       live,
       GError       **error)
{
  g_autofree char *text = g_strconcat (description, PIPELINE_TAIL, NULL);
  g_autoptr(GstElement) pipeline = NULL;
  g_autoptr(GstBus) bus = NULL;
  g_autoptr(GError) local = NULL;

  g_return_val_if_fail (self->pipeline == NULL, FALSE);

  if (gst_init_check (NULL, NULL, &local))
    pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &local);
  if (pipeline == NULL)
    {
      g_set_error (error, EDGE_QR_READER_ERROR, EDGE_QR_READER_ERROR_UNAVAILABLE,
                   "A part of GStreamer that the camera needs is missing: %s", local->message);
      return FALSE;
    }

  self->pipeline = g_object_ref_sink (g_steal_pointer (&pipeline));
  self->shim = shim_new (self);
  g_clear_pointer (&self->last_text, g_free);
  connect_sink (self, "scan", (GstAppSinkCallbacks) { .new_sample = scan_sample_cb }, live);
  connect_sink (self, "preview", (GstAppSinkCallbacks) { .new_sample = preview_sample_cb }, live);

  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_create_watch (bus);
  g_source_set_callback (self->bus_watch, G_SOURCE_FUNC (bus_cb), self, NULL);
  g_source_attach (self->bus_watch, self->context);

  self->start_limit = g_timeout_source_new_seconds (START_LIMIT_SECONDS);
  g_source_set_callback (self->start_limit, start_limit_cb, self, NULL);
  g_source_attach (self->start_limit, self->context);

  /* Opening a device may block; not here. */
  gst_element_call_async (self->pipeline, set_playing, shim_ref (self->shim), shim_unref);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  return TRUE;
}

static gboolean
has_device (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/dev", 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    {
      if (g_str_has_prefix (name, "video"))
        return TRUE;
    }
  return FALSE;
}

/**
 * edge_qr_reader_start_camera:
 * @self: a reader that is not running
 * @error: return location for an error in the `EDGE_QR_READER_ERROR` domain
 *
 * Uses the first camera of this computer directly, where no portal hands one
 * out. The environment variable `EDGE_NET_CAMERA` may name another source, as
 * in edge_qr_reader_start_source(). What goes wrong later is told by
 * #EdgeQrReader::failed.
 *
 * Returns: whether the camera is being started
 */
gboolean
edge_qr_reader_start_camera (EdgeQrReader  *self,
                             GError       **error)
{
  const char *source = g_getenv ("EDGE_NET_CAMERA");

  g_return_val_if_fail (EDGE_IS_QR_READER (self), FALSE);

  if (source != NULL)
    return edge_qr_reader_start_source (self, source, error);

  if (!has_device ())
    {
      g_set_error_literal (error, EDGE_QR_READER_ERROR, EDGE_QR_READER_ERROR_NO_CAMERA,
                           "No camera was found; read a picture file or paste the link instead");
      return FALSE;
    }
  return start (self, "v4l2src ! decodebin", TRUE, error);
}

/**
 * edge_qr_reader_start_pipewire:
 * @self: a reader that is not running
 * @fd: the PipeWire connection that the camera portal gave; it stays the caller's
 * @error: return location for an error in the `EDGE_QR_READER_ERROR` domain
 *
 * Uses the camera that the person allowed through the portal.
 *
 * Returns: whether the camera is being started
 */
gboolean
edge_qr_reader_start_pipewire (EdgeQrReader  *self,
                               int            fd,
                               GError       **error)
{
  g_autofree char *description = NULL;

  g_return_val_if_fail (EDGE_IS_QR_READER (self), FALSE);
  g_return_val_if_fail (self->pipeline == NULL, FALSE);
  g_return_val_if_fail (fd >= 0, FALSE);

  self->fd = fcntl (fd, F_DUPFD_CLOEXEC, 3);
  description = g_strdup_printf ("pipewiresrc fd=%d ! decodebin", self->fd);
  if (start (self, description, TRUE, error))
    return TRUE;

  g_clear_fd (&self->fd, NULL);
  return FALSE;
}

/**
 * edge_qr_reader_start_source:
 * @self: a reader that is not running
 * @description: elements that give raw video, as gst-launch-1.0 takes them
 * @error: return location for an error in the `EDGE_QR_READER_ERROR` domain
 *
 * Uses any source instead of a camera.
 *
 * Returns: whether the source is being started
 */
gboolean
edge_qr_reader_start_source (EdgeQrReader  *self,
                             const char    *description,
                             GError       **error)
{
  g_return_val_if_fail (EDGE_IS_QR_READER (self), FALSE);
  g_return_val_if_fail (description != NULL, FALSE);

  return start (self, description, FALSE, error);
}

/**
 * edge_qr_reader_stop:
 * @self: a reader
 *
 * Lets go of the camera. No signal but the notification of `running` is emitted
 * after this.
 */
void
edge_qr_reader_stop (EdgeQrReader *self)
{
  g_return_if_fail (EDGE_IS_QR_READER (self));

  if (self->pipeline == NULL)
    return;

  g_source_destroy (self->bus_watch);
  g_clear_pointer (&self->bus_watch, g_source_unref);
  if (self->start_limit != NULL)
    {
      g_source_destroy (self->start_limit);
      g_clear_pointer (&self->start_limit, g_source_unref);
    }

  /* Closing a device may block as well. */
  gst_element_call_async (self->pipeline, set_null, g_steal_pointer (&self->shim), shim_unref);
  gst_clear_object (&self->pipeline);

  g_clear_fd (&self->fd, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}
