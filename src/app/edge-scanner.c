/* edge-scanner.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-scanner"

#include "config.h"

#include "app/edge-scanner.h"

#include "app/edge-portal.h"
#include "invite/edge-qr-reader.h"

#include <glib/gstdio.h>

/**
 * EdgeScanner:
 *
 * The camera: by way of the desktop's portal where that has one, directly
 * where it has not.
 */

struct _EdgeScanner
{
  GObject       parent_instance;

  EdgeQrReader *reader;
  GtkWidget    *widget;
  GCancellable *starting;
};

enum
{
  STARTED,
  FOUND,
  FRAME,
  UNAVAILABLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeScanner, edge_scanner, G_TYPE_OBJECT)

static void
give_up (EdgeScanner  *self,
         const GError *error)
{
  g_debug ("No camera: %s", error->message);
  g_signal_emit (self, signals[UNAVAILABLE], 0, error);
}

static void
start_directly (EdgeScanner *self)
{
  g_autoptr(GError) error = NULL;

  if (edge_qr_reader_get_running (self->reader))
    return;
  if (edge_qr_reader_start_camera (self->reader, &error))
    g_signal_emit (self, signals[STARTED], 0);
  else
    give_up (self, error);
}

static gboolean
was_stopped (GAsyncResult *result)
{
  return g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result)));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeScanner) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofd int fd = edge_portal_open_camera_finish (result, &error);

  if (was_stopped (result))
    return;

  if (fd < 0 || !edge_qr_reader_start_pipewire (self->reader, fd, &error))
    give_up (self, error);
  else
    g_signal_emit (self, signals[STARTED], 0);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(EdgeScanner) self = user_data;
  g_autoptr(GVariant) present = edge_portal_find_finish (result, NULL);

  if (was_stopped (result))
    return;

  if (present != NULL && g_variant_is_of_type (present, G_VARIANT_TYPE_BOOLEAN) &&
      g_variant_get_boolean (present) && self->widget != NULL)
    edge_portal_open_camera_async (self->widget, self->starting, opened_cb, g_object_ref (self));
  else
    start_directly (self);
}

static void
reader_found_cb (EdgeScanner *self,
                 const char  *text)
{
  g_signal_emit (self, signals[FOUND], 0, text);
}

static void
reader_frame_cb (EdgeScanner *self,
                 GBytes      *pixels,
                 guint        width,
                 guint        height)
{
  g_signal_emit (self, signals[FRAME], 0, pixels, width, height);
}

static void
edge_scanner_dispose (GObject *object)
{
  EdgeScanner *self = EDGE_SCANNER (object);

  if (self->reader != NULL)
    edge_scanner_stop (self);
  g_clear_object (&self->reader);

  G_OBJECT_CLASS (edge_scanner_parent_class)->dispose (object);
}

static void
edge_scanner_class_init (EdgeScannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = edge_scanner_dispose;

  /**
   * EdgeScanner::started:
   *
   * A camera is in use; pictures follow.
   */
  signals[STARTED] = g_signal_new ("started", EDGE_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  /**
   * EdgeScanner::found:
   * @text: what a code says
   */
  signals[FOUND] = g_signal_new ("found", EDGE_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * EdgeScanner::frame:
   * @pixels: R8G8B8A8, rows packed
   * @width: pixels of a row
   * @height: rows
   */
  signals[FRAME] = g_signal_new ("frame", EDGE_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 3, G_TYPE_BYTES, G_TYPE_UINT, G_TYPE_UINT);
  /**
   * EdgeScanner::unavailable:
   * @error: why there is no picture, or none any more
   */
  signals[UNAVAILABLE] = g_signal_new ("unavailable", EDGE_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
edge_scanner_init (EdgeScanner *self)
{
  self->reader = edge_qr_reader_new ();
  g_signal_connect_object (self->reader, "found", G_CALLBACK (reader_found_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "frame", G_CALLBACK (reader_frame_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "failed", G_CALLBACK (give_up), self, G_CONNECT_SWAPPED);
}

EdgeScanner *
edge_scanner_new (void)
{
  return g_object_new (EDGE_TYPE_SCANNER, NULL);
}

/**
 * edge_scanner_start:
 * @self: a scanner
 * @widget: where the camera is asked for
 *
 * Starts the camera; a signal tells what came of it.
 */
void
edge_scanner_start (EdgeScanner *self,
                    GtkWidget   *widget)
{
  g_return_if_fail (EDGE_IS_SCANNER (self));

  if (self->starting != NULL)
    return;

  self->starting = g_cancellable_new ();
  g_set_weak_pointer (&self->widget, widget);

  /* Whoever names a source means that one. */
  if (g_getenv ("EDGE_NET_CAMERA") != NULL)
    start_directly (self);
  else
    edge_portal_find_async ("org.freedesktop.portal.Camera", "IsCameraPresent", self->starting,
                            asked_cb, g_object_ref (self));
}

void
edge_scanner_stop (EdgeScanner *self)
{
  g_return_if_fail (EDGE_IS_SCANNER (self));

  g_cancellable_cancel (self->starting);
  g_clear_object (&self->starting);
  g_clear_weak_pointer (&self->widget);
  if (edge_qr_reader_get_running (self->reader))
    edge_qr_reader_stop (self->reader);
}
