/* edge-camera-view.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-camera-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * EdgeCameraView:
 *
 * What the camera sees, with the square in which a code is held.
 */

#define HEIGHT        330
#define LEAST_HEIGHT  120
#define LEAST_WIDTH   240
#define CORNER        14
#define SQUARE        .7
#define VEIL          .52
#define MARK_LENGTH   34
#define MARK_WIDTH    5
#define MARK_RADIUS   16
#define BYTES_A_PIXEL 4

struct _EdgeCameraView
{
  GtkWidget   parent_instance;

  GdkTexture *frame;
  gboolean    found;
};

G_DEFINE_FINAL_TYPE (EdgeCameraView, edge_camera_view, GTK_TYPE_WIDGET)

static void
edge_camera_view_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : HEIGHT;
}

/* One corner: out along one side, round, out along the other. */
static void
add_corner (GskPathBuilder *builder,
            double          x,
            double          y,
            double          dx,
            double          dy)
{
  gsk_path_builder_move_to (builder, x + dx * MARK_LENGTH, y);
  gsk_path_builder_line_to (builder, x + dx * MARK_RADIUS, y);
  gsk_path_builder_quad_to (builder, x, y, x, y + dy * MARK_RADIUS);
  gsk_path_builder_line_to (builder, x, y + dy * MARK_LENGTH);
}

static void
snapshot_marks (EdgeCameraView        *self,
                GtkSnapshot           *snapshot,
                const graphene_rect_t *square)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  g_autoptr(GskPath) path = NULL;
  GskStroke *stroke = gsk_stroke_new (MARK_WIDTH);
  GdkRGBA color = { 1, 1, 1, 1 };
  double x = square->origin.x, y = square->origin.y, side = square->size.width;

  if (self->found)
    {
      g_autoptr(GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());

      color = *accent;
    }
  add_corner (builder, x, y, 1, 1);
  add_corner (builder, x + side, y, -1, 1);
  add_corner (builder, x, y + side, 1, -1);
  add_corner (builder, x + side, y + side, -1, -1);
  path = gsk_path_builder_free_to_path (builder);
  gsk_stroke_set_line_cap (stroke, GSK_LINE_CAP_ROUND);
  gtk_snapshot_append_stroke (snapshot, path, stroke, &color);
  gsk_stroke_free (stroke);
}

static void
snapshot_veil (GtkSnapshot           *snapshot,
               double                 width,
               double                 height,
               const graphene_rect_t *square)
{
  GdkRGBA veil = { 0, 0, 0, VEIL };
  double top = square->origin.y, left = square->origin.x, side = square->size.width;

  gtk_snapshot_append_color (snapshot, &veil, &GRAPHENE_RECT_INIT (0, 0, width, top));
  gtk_snapshot_append_color (snapshot, &veil,
                             &GRAPHENE_RECT_INIT (0, top + side, width, height - top - side));
  gtk_snapshot_append_color (snapshot, &veil, &GRAPHENE_RECT_INIT (0, top, left, side));
  gtk_snapshot_append_color (snapshot, &veil,
                             &GRAPHENE_RECT_INIT (left + side, top, width - left - side, side));
}

static void
edge_camera_view_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  EdgeCameraView *self = EDGE_CAMERA_VIEW (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double side = (int) (MIN (width, height) * SQUARE);
  graphene_rect_t square = GRAPHENE_RECT_INIT ((int) ((width - side) / 2), (int) ((height - side) / 2),
                                               side, side);
  GdkRGBA dark = { .12, .12, .13, 1 };
  GskRoundedRect shape;

  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (0, 0, width, height), CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &dark, &shape.bounds);
  if (self->frame != NULL)
    {
      double w = gdk_texture_get_width (self->frame), h = gdk_texture_get_height (self->frame);
      double zoom = MAX (width / w, height / h);

      gtk_snapshot_append_texture (snapshot, self->frame,
                                   &GRAPHENE_RECT_INIT ((width - w * zoom) / 2,
                                                        (height - h * zoom) / 2, w * zoom, h * zoom));
      snapshot_veil (snapshot, width, height, &square);
    }
  snapshot_marks (self, snapshot, &square);
  gtk_snapshot_pop (snapshot);
}

static void
edge_camera_view_finalize (GObject *object)
{
  EdgeCameraView *self = EDGE_CAMERA_VIEW (object);

  g_clear_object (&self->frame);

  G_OBJECT_CLASS (edge_camera_view_parent_class)->finalize (object);
}

static void
edge_camera_view_class_init (EdgeCameraViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = edge_camera_view_finalize;
  widget_class->measure = edge_camera_view_measure;
  widget_class->snapshot = edge_camera_view_snapshot;

  gtk_widget_class_set_css_name (widget_class, "cameraview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_camera_view_init (EdgeCameraView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("What the camera sees"), -1);
}

/**
 * edge_camera_view_show_frame:
 * @self: a view
 * @pixels: R8G8B8A8, rows packed
 * @width: pixels of a row
 * @height: rows
 */
void
edge_camera_view_show_frame (EdgeCameraView *self,
                             GBytes         *pixels,
                             guint           width,
                             guint           height)
{
  g_return_if_fail (EDGE_IS_CAMERA_VIEW (self));
  g_return_if_fail (g_bytes_get_size (pixels) >= (gsize) width * height * BYTES_A_PIXEL);

  g_clear_object (&self->frame);
  self->frame = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, pixels,
                                        (gsize) width * BYTES_A_PIXEL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * edge_camera_view_set_found:
 * @self: a view
 * @found: whether a code is in the picture
 */
void
edge_camera_view_set_found (EdgeCameraView *self,
                            gboolean        found)
{
  g_return_if_fail (EDGE_IS_CAMERA_VIEW (self));

  if (self->found == found)
    return;

  self->found = found;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
edge_camera_view_clear (EdgeCameraView *self)
{
  g_return_if_fail (EDGE_IS_CAMERA_VIEW (self));

  g_clear_object (&self->frame);
  self->found = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
