/* edge-qr-view.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-qr-view.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * EdgeQrView:
 *
 * A QR code, drawn as large as there is room, with modules of whole pixels of
 * the screen. Black on white also in a dark window: readers expect it so.
 */

#define LEAST_MODULE   3
#define NATURAL_WIDTH  318
#define CORNER         12

struct _EdgeQrView
{
  GtkWidget     parent_instance;

  char         *text;
  EdgeQrMatrix *matrix;
};

typedef enum
{
  PROP_TEXT = 1,
} EdgeQrViewProperty;

static GParamSpec *properties[PROP_TEXT + 1];

G_DEFINE_FINAL_TYPE (EdgeQrView, edge_qr_view, GTK_TYPE_WIDGET)

static int
count_modules (EdgeQrView *self)
{
  /* A typical invitation; keeps the room while the code is made. */
  int size = self->matrix != NULL ? (int) edge_qr_matrix_get_size (self->matrix) : 57;

  return size + 2 * EDGE_QR_QUIET_ZONE;
}

static GtkSizeRequestMode
edge_qr_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
edge_qr_view_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  int modules = count_modules (EDGE_QR_VIEW (widget));
  int wished = (int) ceil (NATURAL_WIDTH / (double) modules) * modules;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_MODULE * modules;
      *natural = MAX (*minimum, wished);
    }
  else
    {
      *minimum = *natural = for_size > 0 ? MIN (for_size, wished) : LEAST_MODULE * modules;
    }
}

/* Runs of dark modules in a row are one rectangle, so that no seams show. */
static GskPath *
trace (EdgeQrMatrix *matrix,
       double        x0,
       double        y0,
       double        module)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  int size = edge_qr_matrix_get_size (matrix);

  for (int y = 0; y < size; y++)
    for (int x = 0; x < size;)
      {
        int end = x;

        while (end < size && edge_qr_matrix_is_dark (matrix, end, y))
          end++;
        if (end > x)
          gsk_path_builder_add_rect (builder,
                                     &GRAPHENE_RECT_INIT (x0 + x * module, y0 + y * module,
                                                          (end - x) * module, module));
        x = MAX (end, x + 1);
      }

  return gsk_path_builder_free_to_path (builder);
}

static void
edge_qr_view_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  EdgeQrView *self = EDGE_QR_VIEW (widget);
  GdkRGBA white = { 1, 1, 1, 1 };
  GdkRGBA black = { 0, 0, 0, 1 };
  GtkNative *native = gtk_widget_get_native (widget);
  double scale = native != NULL ? gdk_surface_get_scale (gtk_native_get_surface (native)) : 1;
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double side = MIN (width, height);
  double module = floor (side * scale / count_modules (self)) / scale;
  double paper = module * count_modules (self);
  double x = floor ((width - paper) / 2 * scale) / scale;
  double y = floor ((height - paper) / 2 * scale) / scale;
  g_autoptr(GskPath) path = NULL;
  GskRoundedRect sheet;

  /* What whole pixels leave over only widens the quiet zone. */
  gsk_rounded_rect_init_from_rect (&sheet, &GRAPHENE_RECT_INIT (0, 0, width, height), CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &sheet);
  gtk_snapshot_append_color (snapshot, &white, &sheet.bounds);
  gtk_snapshot_pop (snapshot);
  if (self->matrix == NULL)
    return;

  path = trace (self->matrix, x + EDGE_QR_QUIET_ZONE * module, y + EDGE_QR_QUIET_ZONE * module,
                module);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &black);
}

static void
edge_qr_view_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  EdgeQrView *self = EDGE_QR_VIEW (object);

  switch ((EdgeQrViewProperty) property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_qr_view_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  EdgeQrView *self = EDGE_QR_VIEW (object);

  switch ((EdgeQrViewProperty) property_id)
    {
    case PROP_TEXT:
      edge_qr_view_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_qr_view_finalize (GObject *object)
{
  EdgeQrView *self = EDGE_QR_VIEW (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->matrix, edge_qr_matrix_unref);

  G_OBJECT_CLASS (edge_qr_view_parent_class)->finalize (object);
}

static void
edge_qr_view_class_init (EdgeQrViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_qr_view_get_property;
  object_class->set_property = edge_qr_view_set_property;
  object_class->finalize = edge_qr_view_finalize;

  widget_class->get_request_mode = edge_qr_view_get_request_mode;
  widget_class->measure = edge_qr_view_measure;
  widget_class->snapshot = edge_qr_view_snapshot;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                               G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "qrview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_qr_view_init (EdgeQrView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("QR code of the link"), -1);
}

/**
 * edge_qr_view_get_text:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what the code says
 */
const char *
edge_qr_view_get_text (EdgeQrView *self)
{
  g_return_val_if_fail (EDGE_IS_QR_VIEW (self), NULL);

  return self->text;
}

/**
 * edge_qr_view_set_text:
 * @self: a view
 * @text: (nullable): what the code says; %NULL or what no code can hold for an empty sheet
 */
void
edge_qr_view_set_text (EdgeQrView *self,
                       const char *text)
{
  g_return_if_fail (EDGE_IS_QR_VIEW (self));

  if (!g_set_str (&self->text, text))
    return;

  g_clear_pointer (&self->matrix, edge_qr_matrix_unref);
  if (text != NULL)
    self->matrix = edge_qr_matrix_new (text, NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}
