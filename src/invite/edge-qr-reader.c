/* edge-qr-reader.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-reader.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/gst.h>

#include "invite/edge-qr-frames.h"

/**
 * EdgeQrReader:
 *
 * Looks for QR codes in the pictures of a camera.
 */

#define START_LIMIT_SECONDS 15

/* The name of a decoder whose source is not asked twice. */
#define STEADY_DECODER "steady-decoder"

struct _EdgeQrReader
{
  GObject       parent_instance;

  GMainContext *context;
  GstElement   *pipeline;
  GSource      *bus_watch;
  GSource      *start_limit;
  EdgeQrFrames *frames;
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

static void
clear_start_limit (EdgeQrReader *self)
{
  if (self->start_limit == NULL)
    return;
  g_source_destroy (self->start_limit);
  g_clear_pointer (&self->start_limit, g_source_unref);
}

static void
found_cb (GObject    *owner,
          const char *text)
{
  EdgeQrReader *self = EDGE_QR_READER (owner);

  clear_start_limit (self);
  if (g_set_str (&self->last_text, text))
    g_signal_emit (self, signals[SIGNAL_FOUND], 0, text);
}

static void
frame_cb (GObject *owner,
          GBytes  *pixels,
          guint    width,
          guint    height)
{
  EdgeQrReader *self = EDGE_QR_READER (owner);

  clear_start_limit (self);
  g_signal_emit (self, signals[SIGNAL_FRAME], 0, pixels, width, height);
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

static GstPadProbeReturn
drop_reconfigure_cb (GstPad          *pad,
                     GstPadProbeInfo *info,
                     gpointer         user_data)
{
  return GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_RECONFIGURE
         ? GST_PAD_PROBE_DROP
         : GST_PAD_PROBE_OK;
}

/* The decoder takes whatever the source gives. When it has found out what that
 * is and links the rest, the source is told to negotiate anew; PipeWire's then
 * leaves the camera and asks for it again, which some cameras don't survive. */
static void
keep_first_caps (GstElement *pipeline)
{
  g_autoptr(GstElement) decoder = gst_bin_get_by_name (GST_BIN (pipeline), STEADY_DECODER);
  g_autoptr(GstPad) pad = NULL;

  if (decoder == NULL)
    return;

  pad = gst_element_get_static_pad (decoder, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, drop_reconfigure_cb, NULL, NULL);
}

static gboolean
start (EdgeQrReader  *self,
       const char    *description,
       gboolean       live,
       GError       **error)
{
  g_autofree char *text = g_strconcat (description, EDGE_QR_FRAMES_TAIL, NULL);
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
  keep_first_caps (self->pipeline);
  g_clear_pointer (&self->last_text, g_free);

  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_create_watch (bus);
  g_source_set_callback (self->bus_watch, G_SOURCE_FUNC (bus_cb), self, NULL);
  g_source_attach (self->bus_watch, self->context);

  self->start_limit = g_timeout_source_new_seconds (START_LIMIT_SECONDS);
  g_source_set_callback (self->start_limit, start_limit_cb, self, NULL);
  g_source_attach (self->start_limit, self->context);

  self->frames = edge_qr_frames_new (G_OBJECT (self), self->context, found_cb, frame_cb);
  edge_qr_frames_start (self->frames, self->pipeline, live);
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
  /* What the source would learn of the caps is not known before decodebin, and without it nobody links it.
   * Without its pool it copies each picture while it has it: PipeWire unmaps them all at the moment the
   * camera goes or is let go, whoever still reads one. */
  description = g_strdup_printf ("pipewiresrc fd=%d use-bufferpool=false stream-properties=\"props,"
                                 "media.type=Video,media.category=Capture,media.role=Camera\""
                                 " ! decodebin name=" STEADY_DECODER, self->fd);
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
  clear_start_limit (self);
  edge_qr_frames_stop (self->frames, self->pipeline);
  g_clear_pointer (&self->frames, edge_qr_frames_unref);
  gst_clear_object (&self->pipeline);

  g_clear_fd (&self->fd, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}
