/* edge-plot.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-plot.h"

#include "config.h"

#include "app/edge-format.h"
#include "app/edge-map-layout.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * EdgePlot:
 *
 * Round trips over time: a line with its area, the median dashed, losses as gaps with a tick.
 */

#define WIDTH       240
#define HEIGHT      150
#define RIGHT       22.0
#define TOP         20.0
#define BOTTOM      26.0
#define LEAST_TOP   20.0 /* ms */
#define MOST_MEDIAN 4.0  /* a spike beyond this many medians is cut, so that the rest can be read */
#define FILL_ALPHA  .14
#define MAX_LABELS  4

struct _EdgePlot
{
  EdgeDrawing     parent_instance;

  EdgeTimeSeries *series;
};

typedef enum
{
  PROP_SERIES = 1,
} EdgePlotProperty;

static GParamSpec *properties[PROP_SERIES + 1];

G_DEFINE_FINAL_TYPE (EdgePlot, edge_plot, EDGE_TYPE_DRAWING)

/* Where values are on the widget. */
typedef struct
{
  double left;
  double right;
  double top;
  double bottom;
  double most;
  gint64 first;
  gint64 last;
} Axes;

/**
 * edge_plot_round_top:
 * @value: the largest value to show
 *
 * Returns: a round number from @value on, whose half is round too
 */
double
edge_plot_round_top (double value)
{
  static const double steps[] = { 2, 3, 4, 6, 8, 10 };
  double decade;

  if (!(value > 0))
    return LEAST_TOP;

  decade = pow (10, floor (log10 (value)));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * decade >= value)
      return steps[i] * decade;

  return 20 * decade;
}

static double
get_worst (EdgeTimeSeries *series)
{
  double worst = 0;

  for (guint i = 0; i < edge_time_series_get_length (series); i++)
    worst = fmax (worst, edge_time_series_get_value (series, i));

  return worst;
}

static double
place_x (const Axes *axes,
         gint64      time)
{
  if (axes->last <= axes->first)
    return axes->right;

  return axes->left + (axes->right - axes->left) * (time - axes->first) /
                      (double) (axes->last - axes->first);
}

static double
place_y (const Axes *axes,
         double      value)
{
  return axes->bottom - (axes->bottom - axes->top) * MIN (1, value / axes->most);
}

static void
snapshot_line (EdgePlot    *self,
               GtkSnapshot *snapshot,
               double       x1,
               double       x2,
               double       y,
               double       alpha,
               gboolean     dashed)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  GdkRGBA color;

  y = round (y) + .5;
  gsk_path_builder_move_to (builder, x1, y);
  gsk_path_builder_line_to (builder, x2, y);
  edge_drawing_get_fg (EDGE_DRAWING (self), alpha, &color);
  edge_snapshot_dash (snapshot, builder, 1, GSK_LINE_CAP_BUTT, 3, dashed ? 3 : 0, &color);
}

static void
snapshot_scale (EdgePlot    *self,
                GtkSnapshot *snapshot,
                const Axes  *axes)
{
  EdgeTextStyle style = { 7.6, 400, 1, .5, };

  edge_drawing_get_fg (EDGE_DRAWING (self), .6, &style.color);
  for (guint i = 0; i < 3; i++)
    {
      double value = axes->most * i / 2;
      double y = place_y (axes, value);
      g_autofree char *text = g_strdup_printf (_("%d ms"), (int) value);

      snapshot_line (self, snapshot, axes->left, axes->right, y, i == 0 ? .22 : .10, FALSE);
      edge_drawing_text (EDGE_DRAWING (self), snapshot, text, axes->left - 8, y, &style);
    }
}

static void
snapshot_times (EdgePlot    *self,
                GtkSnapshot *snapshot,
                const Axes  *axes)
{
  EdgeTextStyle style = { 7.6, 400, 0, .5, };
  gint64 span = (axes->last - axes->first) / G_TIME_SPAN_MILLISECOND;
  double y = axes->bottom + 12;

  edge_drawing_get_fg (EDGE_DRAWING (self), .6, &style.color);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = edge_format_ago (1, 1 + span * (2 - i) / 2);

      if (i < 2 && span < 2000)
        continue;
      style.xalign = i / 2.0;
      edge_drawing_text (EDGE_DRAWING (self), snapshot, text,
                         axes->left + (axes->right - axes->left) * i / 2, y, &style);
    }
}

static void
snapshot_run (EdgePlot      *self,
              GtkSnapshot   *snapshot,
              const Axes    *axes,
              guint          first,
              guint          last,
              const GdkRGBA *color)
{
  GskPathBuilder *line = NULL;
  GskPathBuilder *area = NULL;
  GdkRGBA fill = *color;
  double x = 0;

  if (first >= last)
    return;

  line = gsk_path_builder_new ();
  area = gsk_path_builder_new ();
  fill.alpha *= FILL_ALPHA;
  for (guint i = first; i < last; i++)
    {
      double y = place_y (axes, edge_time_series_get_value (self->series, i));

      x = place_x (axes, edge_time_series_get_time (self->series, i));
      if (i == first)
        {
          gsk_path_builder_move_to (line, x, y);
          gsk_path_builder_move_to (area, x, axes->bottom);
        }
      else
        gsk_path_builder_line_to (line, x, y);
      gsk_path_builder_line_to (area, x, y);
    }
  gsk_path_builder_line_to (area, x, axes->bottom);
  gsk_path_builder_close (area);
  edge_snapshot_fill (snapshot, area, &fill);
  if (last - first > 1)
    edge_snapshot_stroke (snapshot, line, 1.6, GSK_LINE_CAP_ROUND, color);
  else
    {
      gsk_path_builder_unref (line);
      edge_snapshot_disc (snapshot, x, place_y (axes, edge_time_series_get_value (self->series,
                                                                                  first)),
                          1.4, color);
    }
}

static void
snapshot_loss (EdgePlot    *self,
               GtkSnapshot *snapshot,
               const Axes  *axes,
               guint        first,
               guint        count,
               gboolean     labelled)
{
  EdgeTextStyle style = { 7.4, 600, .5, 1, };
  g_autofree char *text = NULL;
  double x1 = place_x (axes, edge_time_series_get_time (self->series, first));
  double x2 = place_x (axes, edge_time_series_get_time (self->series, first + count - 1));

  edge_drawing_get_ink (EDGE_DRAWING (self), EDGE_INK_ERROR, &style.color);
  gtk_snapshot_append_color (snapshot, &style.color,
                             &GRAPHENE_RECT_INIT (x1 - 1, axes->bottom - 8, x2 - x1 + 2, 8));
  if (!labelled)
    return;

  text = g_strdup_printf (ngettext ("%u lost", "%u lost", count), count);
  edge_drawing_text (EDGE_DRAWING (self), snapshot, text,
                     CLAMP ((x1 + x2) / 2, axes->left + 18, axes->right - 18),
                     axes->bottom - 10, &style);
}

static guint
get_gap (EdgeTimeSeries *series,
         guint           first)
{
  guint n = edge_time_series_get_length (series);
  guint end = first;

  while (end < n && isnan (edge_time_series_get_value (series, end)))
    end++;

  return end - first;
}

static void
edge_plot_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  EdgePlot *self = EDGE_PLOT (widget);
  guint n = self->series != NULL ? edge_time_series_get_length (self->series) : 0;
  double median = n > 0 ? edge_time_series_get_median (self->series) : NAN;
  double most = LEAST_TOP;
  g_autofree char *widest = NULL;
  Axes axes = { 0 };
  GdkRGBA color;
  guint run = 0, gaps = 0;

  if (!isnan (median))
    most = edge_plot_round_top (fmax (LEAST_TOP, fmin (get_worst (self->series) * 1.1,
                                                       median * MOST_MEDIAN)));
  widest = g_strdup_printf (_("%d ms"), (int) most);
  axes.left = 24 + edge_drawing_text_width (EDGE_DRAWING (self), widest, 7.6, 400);
  axes.right = gtk_widget_get_width (widget) - RIGHT;
  axes.top = TOP;
  axes.bottom = gtk_widget_get_height (widget) - BOTTOM;
  axes.most = most;
  if (axes.right <= axes.left || axes.bottom <= axes.top)
    return;

  snapshot_scale (self, snapshot, &axes);
  if (n == 0)
    return;

  axes.first = edge_time_series_get_time (self->series, 0);
  axes.last = edge_time_series_get_time (self->series, n - 1);
  snapshot_times (self, snapshot, &axes);
  edge_drawing_get_ink (EDGE_DRAWING (self), edge_map_latency_ink (median), &color);
  for (guint i = 0; i < n; i++)
    {
      guint gap = get_gap (self->series, i);

      if (gap == 0)
        continue;
      snapshot_run (self, snapshot, &axes, run, i, &color);
      snapshot_loss (self, snapshot, &axes, i, gap, gaps++ < MAX_LABELS);
      i += gap - 1;
      run = i + 1;
    }
  snapshot_run (self, snapshot, &axes, run, n, &color);
  if (!isnan (median))
    snapshot_line (self, snapshot, axes.left, axes.right, place_y (&axes, median), .45, TRUE);
}

static void
edge_plot_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
series_changed_cb (EdgePlot *self)
{
  g_autofree char *summary = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  summary = edge_format_series_summary (self->series);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
edge_plot_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (edge_plot_parent_class)->map (widget);

  series_changed_cb (EDGE_PLOT (widget));
}

static void
edge_plot_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgePlot *self = EDGE_PLOT (object);

  switch ((EdgePlotProperty) property_id)
    {
    case PROP_SERIES:
      g_value_set_object (value, self->series);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_plot_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  EdgePlot *self = EDGE_PLOT (object);

  switch ((EdgePlotProperty) property_id)
    {
    case PROP_SERIES:
      edge_plot_set_series (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_plot_dispose (GObject *object)
{
  edge_plot_set_series (EDGE_PLOT (object), NULL);

  G_OBJECT_CLASS (edge_plot_parent_class)->dispose (object);
}

static void
edge_plot_class_init (EdgePlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_plot_get_property;
  object_class->set_property = edge_plot_set_property;
  object_class->dispose = edge_plot_dispose;
  widget_class->measure = edge_plot_measure;
  widget_class->snapshot = edge_plot_snapshot;
  widget_class->map = edge_plot_map;
  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT) |
                                     EDGE_INK_MASK (EDGE_INK_WARNING) |
                                     EDGE_INK_MASK (EDGE_INK_ERROR);

  properties[PROP_SERIES] = g_param_spec_object ("series", NULL, NULL, EDGE_TYPE_TIME_SERIES,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                 G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_plot_init (EdgePlot *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Round trips over time"), -1);
}

GtkWidget *
edge_plot_new (void)
{
  return g_object_new (EDGE_TYPE_PLOT, NULL);
}

EdgeTimeSeries *
edge_plot_get_series (EdgePlot *self)
{
  g_return_val_if_fail (EDGE_IS_PLOT (self), NULL);

  return self->series;
}

/**
 * edge_plot_set_series:
 * @self: a plot
 * @series: (nullable): round trips in milliseconds
 */
void
edge_plot_set_series (EdgePlot       *self,
                      EdgeTimeSeries *series)
{
  g_return_if_fail (EDGE_IS_PLOT (self));

  if (self->series == series)
    return;
  if (self->series != NULL)
    g_signal_handlers_disconnect_by_func (self->series, series_changed_cb, self);
  g_set_object (&self->series, series);
  if (series != NULL)
    g_signal_connect_object (series, "changed", G_CALLBACK (series_changed_cb), self,
                             G_CONNECT_SWAPPED);
  series_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERIES]);
}
