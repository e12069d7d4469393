/* edge-dial.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-dial.h"

#include "app/edge-format.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * EdgeDial:
 *
 * The share of the CPU that is given, as ten segments of 10 %.
 *
 * What is given now is lit in the accent colour. What waits until a pause is
 * over is grey. Not known is a dash, never 0.
 */

#define N_SEGMENTS   10
#define GAP          .055
#define TRACK_ALPHA  .11
#define WAIT_ALPHA   .35
#define DEFAULT_SIZE 132
#define TAU          (2 * G_PI)

struct _EdgeDial
{
  EdgeDrawing parent_instance;

  double      share;
  double      waiting;
  int         size;
  gboolean    show_text;
};

typedef enum
{
  PROP_SHARE = 1,
  PROP_WAITING,
  PROP_SIZE,
  PROP_SHOW_TEXT,
} EdgeDialProperty;

static GParamSpec *properties[PROP_SHOW_TEXT + 1];

G_DEFINE_FINAL_TYPE (EdgeDial, edge_dial, EDGE_TYPE_DRAWING)

static void
add_segments (GskPathBuilder *builder,
              double          cx,
              double          cy,
              double          radius,
              double          lit)
{
  for (guint i = 0; i < N_SEGMENTS; i++)
    {
      double start = -G_PI_2 + TAU * i / N_SEGMENTS + GAP;
      double end = -G_PI_2 + TAU * (i + 1) / N_SEGMENTS - GAP;
      double k = CLAMP (lit - i, 0, 1);

      if (k > 0)
        edge_path_arc (builder, cx, cy, radius, start, start + (end - start) * k);
    }
}

static void
snapshot_text (EdgeDial    *self,
               GtkSnapshot *snapshot,
               double       cx,
               double       cy,
               double       diameter)
{
  g_autofree char *label = edge_format_share (self->share);
  double scale = diameter / 108;
  gboolean small = diameter < 80;
  EdgeTextStyle style = { small ? 20 * scale : 16.5 * scale, small ? 700 : 800, .5, .5, };

  edge_drawing_get_fg (EDGE_DRAWING (self), 1, &style.color);
  edge_drawing_text (EDGE_DRAWING (self), snapshot, label, cx, small ? cy : cy - 5 * scale, &style);
  if (small)
    return;

  style = (EdgeTextStyle) { MAX (7.6 * scale, 7), 400, .5, .5, };
  edge_drawing_get_fg (EDGE_DRAWING (self), .62, &style.color);
  /* Translators: under a share inside a dial: "30 %" "of CPU" */
  edge_drawing_text (EDGE_DRAWING (self), snapshot, _("of CPU"), cx, cy + 13 * scale, &style);
}

static void
edge_dial_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  EdgeDial *self = EDGE_DIAL (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double radius = MIN (width, height) / 2 - (MIN (width, height) > 40 ? 2 : 1);
  double thick = radius * .2125;
  GskPathBuilder *builder = NULL;
  GdkRGBA color;

  if (radius <= 2)
    return;

  builder = gsk_path_builder_new ();
  add_segments (builder, width / 2, height / 2, radius - thick / 2, N_SEGMENTS);
  edge_drawing_get_fg (EDGE_DRAWING (self), TRACK_ALPHA, &color);
  edge_snapshot_stroke (snapshot, builder, thick, GSK_LINE_CAP_BUTT, &color);

  if (self->waiting > 0)
    {
      builder = gsk_path_builder_new ();
      add_segments (builder, width / 2, height / 2, radius - thick / 2,
                    MIN (self->waiting, 1) * N_SEGMENTS);
      edge_drawing_get_fg (EDGE_DRAWING (self), WAIT_ALPHA, &color);
      edge_snapshot_stroke (snapshot, builder, thick, GSK_LINE_CAP_BUTT, &color);
    }
  if (self->share > 0)
    {
      builder = gsk_path_builder_new ();
      add_segments (builder, width / 2, height / 2, radius - thick / 2,
                    MIN (self->share, 1) * N_SEGMENTS);
      edge_drawing_get_ink (EDGE_DRAWING (self), EDGE_INK_ACCENT_BG, &color);
      edge_snapshot_stroke (snapshot, builder, thick, GSK_LINE_CAP_BUTT, &color);
    }

  if (self->show_text)
    snapshot_text (self, snapshot, width / 2, height / 2, MIN (width, height));
}

static void
edge_dial_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  *minimum = *natural = EDGE_DIAL (widget)->size;
}

static void
update_description (EdgeDial *self)
{
  g_autofree char *share = edge_format_share (self->share);
  g_autofree char *waiting = edge_format_share (self->waiting);
  g_autofree char *text = NULL;

  if (isnan (self->share))
    text = g_strdup (_("Nothing is contributed: no network joined"));
  else if (self->waiting > 0)
    /* Translators: two shares: "Contributing 0 % of the CPU; 30 % wait for the pause to end" */
    text = g_strdup_printf (_("Contributing %s of the CPU; %s wait for the pause to end"),
                            share, waiting);
  else
    text = g_strdup_printf (_("Contributing %s of the CPU"), share);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
edge_dial_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgeDial *self = EDGE_DIAL (object);

  switch ((EdgeDialProperty) property_id)
    {
    case PROP_SHARE:
      g_value_set_double (value, self->share);
      break;
    case PROP_WAITING:
      g_value_set_double (value, self->waiting);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    case PROP_SHOW_TEXT:
      g_value_set_boolean (value, self->show_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_dial_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  EdgeDial *self = EDGE_DIAL (object);

  switch ((EdgeDialProperty) property_id)
    {
    case PROP_SHARE:
      edge_dial_set_share (self, g_value_get_double (value));
      break;
    case PROP_WAITING:
      edge_dial_set_waiting (self, g_value_get_double (value));
      break;
    case PROP_SIZE:
      edge_dial_set_size (self, g_value_get_int (value));
      break;
    case PROP_SHOW_TEXT:
      edge_dial_set_show_text (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_dial_class_init (EdgeDialClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_dial_get_property;
  object_class->set_property = edge_dial_set_property;
  widget_class->measure = edge_dial_measure;
  widget_class->snapshot = edge_dial_snapshot;
  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT) |
                                     EDGE_INK_MASK (EDGE_INK_ACCENT_BG);

  /**
   * EdgeDial:share:
   *
   * What is given now, 0…1; NaN when there is nothing to give to.
   */
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL,
                                                -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags | G_PARAM_LAX_VALIDATION);
  /**
   * EdgeDial:waiting:
   *
   * What would be given without the pause, 0…1.
   */
  properties[PROP_WAITING] = g_param_spec_double ("waiting", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 12, 1024, DEFAULT_SIZE, flags);
  properties[PROP_SHOW_TEXT] = g_param_spec_boolean ("show-text", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "dial");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_dial_init (EdgeDial *self)
{
  self->share = NAN;
  self->size = DEFAULT_SIZE;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  update_description (self);
}

/**
 * edge_dial_new:
 * @size: width and height in pixels
 *
 * Returns: (transfer floating): a dial that knows of no share yet
 */
GtkWidget *
edge_dial_new (int size)
{
  return g_object_new (EDGE_TYPE_DIAL, "size", size, NULL);
}

double
edge_dial_get_share (EdgeDial *self)
{
  g_return_val_if_fail (EDGE_IS_DIAL (self), NAN);

  return self->share;
}

void
edge_dial_set_share (EdgeDial *self,
                     double    share)
{
  g_return_if_fail (EDGE_IS_DIAL (self));

  if (self->share == share || (isnan (self->share) && isnan (share)))
    return;
  self->share = share;
  update_description (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHARE]);
}

double
edge_dial_get_waiting (EdgeDial *self)
{
  g_return_val_if_fail (EDGE_IS_DIAL (self), 0);

  return self->waiting;
}

void
edge_dial_set_waiting (EdgeDial *self,
                       double    waiting)
{
  g_return_if_fail (EDGE_IS_DIAL (self));

  if (self->waiting == waiting)
    return;
  self->waiting = waiting;
  update_description (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

int
edge_dial_get_size (EdgeDial *self)
{
  g_return_val_if_fail (EDGE_IS_DIAL (self), 0);

  return self->size;
}

void
edge_dial_set_size (EdgeDial *self,
                    int       size)
{
  g_return_if_fail (EDGE_IS_DIAL (self));

  if (self->size == size)
    return;
  self->size = size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

gboolean
edge_dial_get_show_text (EdgeDial *self)
{
  g_return_val_if_fail (EDGE_IS_DIAL (self), FALSE);

  return self->show_text;
}

void
edge_dial_set_show_text (EdgeDial *self,
                         gboolean  show_text)
{
  g_return_if_fail (EDGE_IS_DIAL (self));

  if (self->show_text == !!show_text)
    return;
  self->show_text = !!show_text;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_TEXT]);
}
