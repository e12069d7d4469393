/* edge-sparkline.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-sparkline.h"

#include "app/edge-format.h"
#include "app/edge-map-layout.h"

#include <math.h>

/**
 * EdgeSparkline:
 *
 * The newest round trips as a small line; a loss is a gap with a tick.
 */

#define WIDTH       64
#define HEIGHT      24
#define LEAST_TOP   20.0 /* ms; keeps a calm line of 2 ms from looking wild */
#define HEADROOM    2.1
#define FILL_ALPHA  .14
#define DOT         2.4

struct _EdgeSparkline
{
  EdgeDrawing     parent_instance;

  EdgeTimeSeries *series;
  double          latency;
};

typedef enum
{
  PROP_SERIES = 1,
  PROP_LATENCY,
} EdgeSparklineProperty;

static GParamSpec *properties[PROP_LATENCY + 1];

G_DEFINE_FINAL_TYPE (EdgeSparkline, edge_sparkline, EDGE_TYPE_DRAWING)

static void
edge_sparkline_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

/* Draws the samples from @first up to but not including @last, none a gap. */
static void
snapshot_run (EdgeSparkline          *self,
              GtkSnapshot            *snapshot,
              const graphene_point_t *points,
              guint                   first,
              guint                   last,
              double                  bottom,
              const GdkRGBA          *color)
{
  GskPathBuilder *line = NULL;
  GskPathBuilder *area = NULL;
  GdkRGBA fill = *color;

  if (last - first < 2)
    {
      if (last > first)
        edge_snapshot_disc (snapshot, points[first].x, points[first].y, .9, color);
      return;
    }

  line = gsk_path_builder_new ();
  area = gsk_path_builder_new ();
  fill.alpha *= FILL_ALPHA;
  gsk_path_builder_move_to (area, points[first].x, bottom);
  for (guint i = first; i < last; i++)
    {
      gsk_path_builder_line_to (area, points[i].x, points[i].y);
      if (i == first)
        gsk_path_builder_move_to (line, points[i].x, points[i].y);
      else
        gsk_path_builder_line_to (line, points[i].x, points[i].y);
    }
  gsk_path_builder_line_to (area, points[last - 1].x, bottom);
  gsk_path_builder_close (area);
  edge_snapshot_fill (snapshot, area, &fill);
  edge_snapshot_stroke (snapshot, line, 1.5, GSK_LINE_CAP_ROUND, color);
}

static void
edge_sparkline_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  EdgeSparkline *self = EDGE_SPARKLINE (widget);
  guint n = self->series != NULL ? edge_time_series_get_length (self->series) : 0;
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double median = n > 0 ? edge_time_series_get_median (self->series) : NAN;
  double top = isnan (median) ? LEAST_TOP : MAX (LEAST_TOP, HEADROOM * median);
  g_autofree graphene_point_t *points = NULL;
  GdkRGBA color, error;
  guint run = 0;

  if (n == 0)
    return;

  edge_drawing_get_ink (EDGE_DRAWING (self), edge_map_latency_ink (self->latency), &color);
  edge_drawing_get_ink (EDGE_DRAWING (self), EDGE_INK_ERROR, &error);
  points = g_new (graphene_point_t, n);
  for (guint i = 0; i < n; i++)
    {
      double v = edge_time_series_get_value (self->series, i);
      double x = n > 1 ? 2 + i * (width - 7) / (n - 1) : width - 5;

      points[i] = GRAPHENE_POINT_INIT (x, height - 2.5 - (height - 6) * MIN (1, v / top));
      if (!isnan (v))
        continue;

      snapshot_run (self, snapshot, points, run, i, height - 1, &color);
      run = i + 1;
      gtk_snapshot_append_color (snapshot, &error, &GRAPHENE_RECT_INIT (x - 1, height - 6, 2, 4));
    }
  snapshot_run (self, snapshot, points, run, n, height - 1, &color);
  if (run < n)
    edge_snapshot_disc (snapshot, points[n - 1].x, points[n - 1].y, DOT, &color);
}

static void
update_description (EdgeSparkline *self)
{
  g_autofree char *text = edge_format_series_summary (self->series);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
series_changed_cb (EdgeSparkline  *self,
                   EdgeTimeSeries *series)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
edge_sparkline_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (edge_sparkline_parent_class)->map (widget);

  update_description (EDGE_SPARKLINE (widget));
}

static void
edge_sparkline_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  EdgeSparkline *self = EDGE_SPARKLINE (object);

  switch ((EdgeSparklineProperty) property_id)
    {
    case PROP_SERIES:
      g_value_set_object (value, self->series);
      break;
    case PROP_LATENCY:
      g_value_set_double (value, self->latency);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_sparkline_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  EdgeSparkline *self = EDGE_SPARKLINE (object);

  switch ((EdgeSparklineProperty) property_id)
    {
    case PROP_SERIES:
      edge_sparkline_set_series (self, g_value_get_object (value));
      break;
    case PROP_LATENCY:
      edge_sparkline_set_latency (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_sparkline_dispose (GObject *object)
{
  edge_sparkline_set_series (EDGE_SPARKLINE (object), NULL);

  G_OBJECT_CLASS (edge_sparkline_parent_class)->dispose (object);
}

static void
edge_sparkline_class_init (EdgeSparklineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_sparkline_get_property;
  object_class->set_property = edge_sparkline_set_property;
  object_class->dispose = edge_sparkline_dispose;
  widget_class->measure = edge_sparkline_measure;
  widget_class->snapshot = edge_sparkline_snapshot;
  widget_class->map = edge_sparkline_map;
  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT) |
                                     EDGE_INK_MASK (EDGE_INK_WARNING) |
                                     EDGE_INK_MASK (EDGE_INK_ERROR);

  properties[PROP_SERIES] = g_param_spec_object ("series", NULL, NULL, EDGE_TYPE_TIME_SERIES,
                                                 flags);
  /**
   * EdgeSparkline:latency:
   *
   * The smoothed round trip in milliseconds, for the colour.
   */
  properties[PROP_LATENCY] = g_param_spec_double ("latency", NULL, NULL,
                                                  -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags | G_PARAM_LAX_VALIDATION);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_sparkline_init (EdgeSparkline *self)
{
  self->latency = NAN;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
edge_sparkline_new (void)
{
  return g_object_new (EDGE_TYPE_SPARKLINE, NULL);
}

EdgeTimeSeries *
edge_sparkline_get_series (EdgeSparkline *self)
{
  g_return_val_if_fail (EDGE_IS_SPARKLINE (self), NULL);

  return self->series;
}

void
edge_sparkline_set_series (EdgeSparkline  *self,
                           EdgeTimeSeries *series)
{
  g_return_if_fail (EDGE_IS_SPARKLINE (self));

  if (self->series == series)
    return;
  if (self->series != NULL)
    g_signal_handlers_disconnect_by_func (self->series, series_changed_cb, self);
  g_set_object (&self->series, series);
  if (series != NULL)
    g_signal_connect_object (series, "changed", G_CALLBACK (series_changed_cb), self,
                             G_CONNECT_SWAPPED);
  series_changed_cb (self, series);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERIES]);
}

double
edge_sparkline_get_latency (EdgeSparkline *self)
{
  g_return_val_if_fail (EDGE_IS_SPARKLINE (self), NAN);

  return self->latency;
}

void
edge_sparkline_set_latency (EdgeSparkline *self,
                            double         latency)
{
  g_return_if_fail (EDGE_IS_SPARKLINE (self));

  if (self->latency == latency || (isnan (self->latency) && isnan (latency)))
    return;
  self->latency = latency;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LATENCY]);
}
