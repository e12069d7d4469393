/* test-qr-reader.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-reader.h"

#include <glib/gstdio.h>
#include <string.h>

#include "invite/edge-qr-picture.h"
#include "invite/edge-qr-render.h"

#define TEXT  "edge-net:i/AQHk5wQeaZXvnjLtUWgXTZ0h2qkLmBbLhhPmJ3DYCPmNgg"
#define LIMIT (60 * G_USEC_PER_SEC)

static char *dir;

static void
spin_until (gboolean (*done) (gpointer),
            gpointer   data)
{
  gint64 limit = g_get_monotonic_time () + LIMIT;

  while (!done (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static char *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GAsyncResult) result = NULL;

  edge_qr_picture_read_async (file, NULL, done_cb, &result);
  spin_until (has_result, &result);
  return edge_qr_picture_read_finish (result, error);
}

static char *
scan_bytes (GBytes  *bytes,
            GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  edge_qr_picture_scan_async (bytes, NULL, done_cb, &result);
  spin_until (has_result, &result);
  return edge_qr_picture_scan_finish (result, error);
}

static GBytes *
make_png (guint module_size)
{
  g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (TEXT, NULL);

  return edge_qr_render_png (matrix, module_size);
}

static char *
write_png (guint module_size)
{
  g_autoptr(GBytes) png = make_png (module_size);
  char *path = g_build_filename (dir, "code.png", NULL);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (png, NULL),
                                      (gssize) g_bytes_get_size (png), NULL));
  return path;
}

static void
test_png (void)
{
  for (guint module_size = 1; module_size <= 12; module_size += module_size < 4 ? 1 : 4)
    {
      g_autofree char *path = write_png (module_size);
      g_autofree char *text = NULL;
      g_autoptr(GError) error = NULL;

      g_test_message ("%u pixels a module", module_size);
      text = read_file (path, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, TEXT);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

/* Other formats, made by GStreamer's own encoders. */
static void
test_formats (void)
{
  static const char *const encoders[] = { "jpegenc", "webpenc", "pngenc" };
  g_autofree char *path = write_png (6);

  for (gsize i = 0; i < G_N_ELEMENTS (encoders); i++)
    {
      g_autofree char *out = g_strdup_printf ("%s/code-%s", dir, encoders[i]);
      g_autofree char *source = g_strdup_printf ("location=%s", path);
      g_autofree char *sink = g_strdup_printf ("location=%s", out);
      g_autofree char *text = NULL;
      g_autoptr(GError) error = NULL;
      const char *argv[] = { "gst-launch-1.0", "-q", "filesrc", source, "!", "pngdec", "!", "videoconvert",
                             "!", encoders[i], "!", "filesink", sink, NULL };
      int status = 0;

      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                                   NULL, NULL, &status, &error));
      g_assert_no_error (error);
      g_assert_true (g_spawn_check_wait_status (status, &error));
      text = read_file (out, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, TEXT);
      g_assert_cmpint (g_remove (out), ==, 0);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
refuse (GBytes            *bytes,
        EdgeQrReaderError  code)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = scan_bytes (bytes, &error);

  g_assert_null (text);
  g_assert_error (error, EDGE_QR_READER_ERROR, (int) code);
}

static void
test_refused (void)
{
  g_autoptr(GBytes) png = make_png (4);
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes (png, 0, 60);
  g_autoptr(GBytes) text = g_bytes_new_static ("hello", 5);
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) huge = NULL;
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_autoptr(GError) error = NULL;

  refuse (cut, EDGE_QR_READER_ERROR_NO_PICTURE);
  refuse (text, EDGE_QR_READER_ERROR_NO_PICTURE);
  refuse (empty, EDGE_QR_READER_ERROR_NO_PICTURE);

  /* The header alone is enough to refuse what would take gigabytes. */
  copy[16] = copy[20] = 0x7f;
  huge = g_bytes_new (copy, g_bytes_get_size (png));
  refuse (huge, EDGE_QR_READER_ERROR_TOO_LARGE);

  g_assert_null (read_file ("/nonexistent/picture.png", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (read_file ("/dev/zero", &error));
  g_assert_error (error, EDGE_QR_READER_ERROR, EDGE_QR_READER_ERROR_TOO_LARGE);
}

/* A picture without a code: bars of a test image. */
static void
test_no_code (void)
{
  g_autofree char *out = g_build_filename (dir, "empty.png", NULL);
  g_autofree char *sink = g_strdup_printf ("location=%s", out);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  const char *argv[] = { "gst-launch-1.0", "-q", "videotestsrc", "num-buffers=1", "!", "pngenc", "!",
                         "filesink", sink, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               NULL, NULL, NULL, &error));
  text = read_file (out, &error);
  g_assert_null (text);
  g_assert_error (error, EDGE_QR_READER_ERROR, EDGE_QR_READER_ERROR_NO_CODE);
  g_assert_cmpint (g_remove (out), ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr(GBytes) png = make_png (4);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  edge_qr_picture_scan_async (png, cancellable, done_cb, &result);
  spin_until (has_result, &result);
  g_assert_null (edge_qr_picture_scan_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct
{
  guint   found;
  guint   frames;
  guint   failed;
  guint   width;
  guint   height;
  char   *text;
  GError *error;
} Seen;

static void
found_cb (EdgeQrReader *reader,
          const char   *text,
          Seen         *seen)
{
  seen->found++;
  g_set_str (&seen->text, text);
}

static void
frame_cb (EdgeQrReader *reader,
          GBytes       *pixels,
          guint         width,
          guint         height,
          Seen         *seen)
{
  g_assert_cmpuint (g_bytes_get_size (pixels), ==, width * height * 4);
  g_assert_cmpuint (width, <=, 960);
  g_assert_cmpuint (height, <=, 720);
  seen->frames++;
  seen->width = width;
  seen->height = height;
}

static void
failed_cb (EdgeQrReader *reader,
           GError       *error,
           Seen         *seen)
{
  g_assert_false (edge_qr_reader_get_running (reader));
  seen->failed++;
  if (seen->error == NULL)
    seen->error = g_error_copy (error);
}

static EdgeQrReader *
make_reader (Seen *seen)
{
  EdgeQrReader *reader = edge_qr_reader_new ();

  memset (seen, 0, sizeof *seen);
  g_signal_connect (reader, "found", G_CALLBACK (found_cb), seen);
  g_signal_connect (reader, "frame", G_CALLBACK (frame_cb), seen);
  g_signal_connect (reader, "failed", G_CALLBACK (failed_cb), seen);
  return reader;
}

static gboolean
has_both (gpointer data)
{
  Seen *seen = data;

  return seen->found > 0 && seen->frames >= 5;
}

static gboolean
has_failed (gpointer data)
{
  Seen *seen = data;

  return seen->failed > 0;
}

static gboolean
has_many_frames (gpointer data)
{
  Seen *seen = data;

  return seen->frames >= 15;
}

static char *
freeze (const char *path,
        const char *size)
{
  return g_strdup_printf ("filesrc location=%s ! pngdec ! videoconvert ! videoscale add-borders=true "
                          "! video/x-raw,%s ! imagefreeze is-live=true ! video/x-raw,framerate=20/1",
                          path, size);
}

/* A photographed code before a camera that stands still. */
static void
test_camera (void)
{
  g_autofree char *path = write_png (6);
  g_autofree char *source = freeze (path, "width=1280,height=720");
  g_autoptr(EdgeQrReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  Seen seen;

  reader = make_reader (&seen);
  g_assert_false (edge_qr_reader_get_running (reader));

  /* By the way a person's fake camera would take. */
  g_setenv ("EDGE_NET_CAMERA", source, TRUE);
  g_assert_true (edge_qr_reader_start_camera (reader, &error));
  g_unsetenv ("EDGE_NET_CAMERA");
  g_assert_no_error (error);
  g_assert_true (edge_qr_reader_get_running (reader));
  spin_until (has_both, &seen);
  g_assert_cmpstr (seen.text, ==, TEXT);
  g_assert_cmpuint (seen.width * 9, ==, seen.height * 16);

  /* A code that stays there is told once. */
  spin_until (has_many_frames, &seen);
  g_assert_cmpuint (seen.found, ==, 1);
  g_assert_cmpuint (seen.failed, ==, 0);

  /* After a stop it is silent, and can start again. */
  edge_qr_reader_stop (reader);
  g_assert_false (edge_qr_reader_get_running (reader));
  seen.found = seen.frames = 0;
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  g_assert_cmpuint (seen.found + seen.frames, ==, 0);

  g_assert_true (edge_qr_reader_start_source (reader, source, &error));
  spin_until (has_both, &seen);
  edge_qr_reader_stop (reader);
  g_assert_finalize_object (g_steal_pointer (&reader));

  g_free (seen.text);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_camera_fails (void)
{
  static const char *const sources[] =
  {
    "filesrc location=/nonexistent ! pngdec",
    "v4l2src device=/nonexistent",
    "videotestsrc num-buffers=3",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autoptr(EdgeQrReader) reader = NULL;
      g_autoptr(GError) error = NULL;
      Seen seen;

      reader = make_reader (&seen);
      g_assert_true (edge_qr_reader_start_source (reader, sources[i], &error));
      spin_until (has_failed, &seen);
      g_assert_error (seen.error, EDGE_QR_READER_ERROR, EDGE_QR_READER_ERROR_NO_CAMERA);
      g_assert_cmpuint (seen.failed, ==, 1);
      g_clear_error (&seen.error);
      g_assert_finalize_object (g_steal_pointer (&reader));
    }
}

static void
test_missing_element (void)
{
  g_autoptr(EdgeQrReader) reader = edge_qr_reader_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (edge_qr_reader_start_source (reader, "nosuchsrc", &error));
  g_assert_error (error, EDGE_QR_READER_ERROR, EDGE_QR_READER_ERROR_UNAVAILABLE);
  g_assert_false (edge_qr_reader_get_running (reader));
}

/* Dropped at once after the start, while the pipeline still comes up. */
static void
test_dropped_early (void)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr(EdgeQrReader) reader = edge_qr_reader_new ();

      g_assert_true (edge_qr_reader_start_source (reader, "videotestsrc is-live=true", NULL));
      for (guint j = 0; j < i; j++)
        g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (g_steal_pointer (&reader));
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dir = g_dir_make_tmp ("edge-qr-XXXXXX", NULL);

  g_test_add_func ("/qr-picture/png", test_png);
  g_test_add_func ("/qr-picture/formats", test_formats);
  g_test_add_func ("/qr-picture/refused", test_refused);
  g_test_add_func ("/qr-picture/no-code", test_no_code);
  g_test_add_func ("/qr-picture/cancelled", test_cancelled);
  g_test_add_func ("/qr-reader/camera", test_camera);
  g_test_add_func ("/qr-reader/camera-fails", test_camera_fails);
  g_test_add_func ("/qr-reader/missing-element", test_missing_element);
  g_test_add_func ("/qr-reader/dropped-early", test_dropped_early);

  status = g_test_run ();
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_free (dir);
  return status;
}
