/* edge-qr-picture.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-picture.h"

#include <gst/app/app.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include "invite/edge-picture-head.h"
#include "invite/edge-qr-scan.h"

/* How long a decoder may take for one picture. */
#define DECODE_LIMIT (20 * GST_SECOND)
#define POLL         (100 * GST_MSECOND)

#define READ_CHUNK (256 * 1024)

static gboolean
fail (GError            **error,
      EdgeQrReaderError   code,
      const char         *message)
{
  g_set_error_literal (error, EDGE_QR_READER_ERROR, code, message);
  return FALSE;
}

static GBytes *
read_bounded (GFile         *file,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr(GByteArray) data = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (READ_CHUNK);
  gssize n;

  if (stream == NULL)
    return NULL;

  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), chunk, READ_CHUNK, cancellable, error)) > 0)
    {
      if (data->len + n > EDGE_QR_PICTURE_MAX_BYTES)
        {
          fail (error, EDGE_QR_READER_ERROR_TOO_LARGE, "This file is too large for a picture of a code");
          return NULL;
        }
      g_byte_array_append (data, chunk, (guint) n);
    }

  return n == 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&data)) : NULL;
}

/* Decodes with the one decoder of the format that the first bytes name, so
 * that a file can't lead to any other plug-in. */
static GstElement *
make_pipeline (const EdgePictureHead  *head,
               GBytes                 *picture,
               GError                **error)
{
  static const char *const decoders[] = { "pngdec", "jpegdec", "webpdec" };
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (picture);
  g_autoptr(GstElement) pipeline = NULL;
  g_autoptr(GstElement) source = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) local = NULL;

  text = g_strdup_printf ("giostreamsrc name=source ! typefind ! %s ! videoconvert "
                          "! video/x-raw,format=%s ! appsink name=sink sync=false max-buffers=1",
                          decoders[head->format], head->may_be_clear ? "RGBA" : "GRAY8");
  pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &local);
  if (pipeline == NULL)
    {
      g_set_error (error, EDGE_QR_READER_ERROR, EDGE_QR_READER_ERROR_UNAVAILABLE,
                   "A part of GStreamer that reads pictures is missing: %s", local->message);
      return NULL;
    }

  g_object_ref_sink (pipeline);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_object_set (source, "stream", stream, NULL);
  return g_steal_pointer (&pipeline);
}

static GstSample *
pull_picture (GstElement    *pipeline,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr(GstBus) bus = gst_element_get_bus (pipeline);
  GstClockTime waited;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);

  for (waited = 0; waited < DECODE_LIMIT; waited += POLL)
    {
      GstSample *sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), POLL);
      g_autoptr(GstMessage) message = NULL;

      if (sample != NULL)
        return sample;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
      if (message != NULL)
        break;
    }

  fail (error, EDGE_QR_READER_ERROR_NO_PICTURE,
        waited < DECODE_LIMIT ? "This file is no picture that can be read"
                              : "This picture takes too long to read");
  return NULL;
}

/* What is clear shows the paper: white. */
static guint8 *
flatten (const guint8 *rgba,
         guint         width,
         guint         height,
         gsize         stride)
{
  guint8 *gray = g_malloc ((gsize) width * height);

  for (guint y = 0; y < height; y++)
    {
      const guint8 *pixel = rgba + y * stride;
      guint8 *out = gray + (gsize) y * width;

      for (guint x = 0; x < width; x++, pixel += 4)
        {
          guint luma = (77 * pixel[0] + 150 * pixel[1] + 29 * pixel[2]) >> 8;

          out[x] = (guint8) ((luma * pixel[3] + 255 * (255 - pixel[3])) / 255);
        }
    }
  return gray;
}

static char *
scan_sample (GstSample  *sample,
             GError    **error)
{
  GstVideoFrame frame;
  GstVideoInfo info;
  char *text = NULL;
  const guint8 *pixels;
  guint width, height;
  gsize stride;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    {
      fail (error, EDGE_QR_READER_ERROR_NO_PICTURE, "This file is no picture that can be read");
      return NULL;
    }

  width = (guint) GST_VIDEO_FRAME_WIDTH (&frame);
  height = (guint) GST_VIDEO_FRAME_HEIGHT (&frame);
  stride = (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
  pixels = GST_VIDEO_FRAME_PLANE_DATA (&frame, 0);

  if (GST_VIDEO_INFO_FORMAT (&info) == GST_VIDEO_FORMAT_RGBA)
    {
      g_autofree guint8 *gray = flatten (pixels, width, height, stride);

      text = edge_qr_scan (gray, width, height, width, EDGE_QR_EFFORT_PICTURE, 0);
    }
  else
    {
      text = edge_qr_scan (pixels, width, height, stride, EDGE_QR_EFFORT_PICTURE, 0);
    }
  gst_video_frame_unmap (&frame);

  if (text == NULL)
    fail (error, EDGE_QR_READER_ERROR_NO_CODE,
          "No QR code was found in this picture; try one that is sharper, closer or brighter");
  return text;
}

static char *
scan_bytes (GBytes        *picture,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GstElement) pipeline = NULL;
  g_autoptr(GstSample) sample = NULL;
  EdgePictureHead head;
  char *text = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (picture, &size);

  if (!edge_picture_head_read (&head, data, size))
    {
      fail (error, EDGE_QR_READER_ERROR_NO_PICTURE,
            "This file is no picture that can be read: PNG, JPEG and WebP are");
      return NULL;
    }
  if (size > EDGE_QR_PICTURE_MAX_BYTES ||
      MAX (head.width, head.height) > EDGE_QR_MAX_SIDE ||
      (gsize) head.width * head.height > EDGE_QR_MAX_PIXELS)
    {
      fail (error, EDGE_QR_READER_ERROR_TOO_LARGE, "This picture is too large; cut out the code");
      return NULL;
    }

  if (!gst_init_check (NULL, NULL, NULL))
    {
      fail (error, EDGE_QR_READER_ERROR_UNAVAILABLE, "GStreamer, which reads pictures, can't start");
      return NULL;
    }

  pipeline = make_pipeline (&head, picture, error);
  if (pipeline == NULL)
    return NULL;

  sample = pull_picture (pipeline, cancellable, error);
  if (sample != NULL)
    text = scan_sample (sample, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return text;
}

static void
return_text (GTask  *task,
             char   *text,
             GError *error)
{
  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

static void
scan_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  char *text = scan_bytes (task_data, cancellable, &error);

  return_text (task, text, error);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(GBytes) picture = NULL;
  GError *error = NULL;
  char *text = NULL;

  picture = read_bounded (task_data, cancellable, &error);
  if (picture != NULL)
    text = scan_bytes (picture, cancellable, &error);
  return_text (task, text, error);
}

/**
 * edge_qr_picture_read_async:
 * @file: a picture: PNG, JPEG or WebP
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads a QR code out of a picture file, on a worker thread.
 */
void
edge_qr_picture_read_async (GFile               *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_qr_picture_read_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, read_thread);
}

/**
 * edge_qr_picture_read_finish:
 * @result: what the callback was given
 * @error: return location for an error in the `EDGE_QR_READER_ERROR` or `G_IO_ERROR` domain
 *
 * Returns: (transfer full) (nullable): what the code says
 */
char *
edge_qr_picture_read_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_qr_picture_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * edge_qr_picture_scan_async:
 * @picture: the contents of a picture file, such as the clipboard's
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads a QR code out of a picture in memory, on a worker thread.
 */
void
edge_qr_picture_scan_async (GBytes              *picture,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (picture != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_qr_picture_scan_async);
  g_task_set_task_data (task, g_bytes_ref (picture), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, scan_thread);
}

/**
 * edge_qr_picture_scan_finish:
 * @result: what the callback was given
 * @error: return location for an error in the `EDGE_QR_READER_ERROR` or `G_IO_ERROR` domain
 *
 * Returns: (transfer full) (nullable): what the code says
 */
char *
edge_qr_picture_scan_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_qr_picture_scan_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
