/* edge-history-plot.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-history-plot.h"

#include "app/edge-reason.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * EdgeHistoryPlot:
 *
 * Round-trip time over the last minutes, and under it the share of the CPU
 * that was allowed; a time in which nothing was is hatched and says why.
 */

#define MARGIN_LEFT   34
#define MARGIN_RIGHT  6
#define MARGIN_TOP    22
#define MARGIN_BOTTOM 20
#define STRIP_HEIGHT  44
#define STRIP_GAP     28
#define HATCH_STEP    6
#define LEAST_TOP_MS  20.0
#define MOST_SHARE    0.5
#define N_TIME_LABELS 5

/* The plot begins with a minute and grows to its span. */
#define LEAST_LENGTH_MS (60 * (gint64) 1000)
#define SECONDS_BELOW_MS (5 * 60 * (gint64) 1000)

#define TEXT_POINTS   7.6

struct _EdgeHistoryPlot
{
  EdgeDrawing      parent_instance;

  EdgeHistory     *history;
  EdgeHistorySpan  span;
};

typedef enum
{
  PROP_HISTORY = 1,
  PROP_SPAN,
} EdgeHistoryPlotProperty;

/* What one drawing of the plot stands on. */
typedef struct
{
  EdgeHistoryPlot         *self;
  GtkSnapshot             *snapshot;
  const EdgeHistorySample *samples;
  guint                    n_samples;
  GdkRGBA                  accent;
  double                   left, right, top, base, strip_top, strip_base;
  double                   top_ms;
  gint64                   now;
  gint64                   length;
  gint64                   step;
} Drawing;

static GParamSpec *properties[PROP_SPAN + 1];

G_DEFINE_FINAL_TYPE (EdgeHistoryPlot, edge_history_plot, EDGE_TYPE_DRAWING)

static GdkRGBA
fg (const Drawing *drawing,
    double         alpha)
{
  GdkRGBA color;

  edge_drawing_get_fg (EDGE_DRAWING (drawing->self), alpha, &color);

  return color;
}

/* The next of 1, 2, 5, 10, 20 … times ten that is not below @value. */
static double
nice_top (double value)
{
  double power = pow (10, floor (log10 (value)));
  double digit = value / power;

  return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power;
}

static double
x_of (const Drawing *drawing,
      gint64         time)
{
  double part = 1.0 - (double) (drawing->now - time) / drawing->length;
  double x = drawing->left + CLAMP (part, 0, 1) * (drawing->right - drawing->left);

  if (gtk_widget_get_direction (GTK_WIDGET (drawing->self)) == GTK_TEXT_DIR_RTL)
    return drawing->left + drawing->right - x;

  return x;
}

static void
draw_text (const Drawing *drawing,
           const char    *text,
           double         x,
           double         y,
           double         x_align,
           double         alpha,
           int            weight)
{
  EdgeDrawing *self = EDGE_DRAWING (drawing->self);
  double width = edge_drawing_text_width (self, text, TEXT_POINTS, weight);
  EdgeTextStyle style = { .points = TEXT_POINTS, .weight = weight, .yalign = 0.5 };

  style.color = fg (drawing, alpha);
  x = CLAMP (x - width * x_align, 0, MAX (0, drawing->right + MARGIN_RIGHT - width));
  edge_drawing_text (self, drawing->snapshot, text, x, y, &style);
}

static void
draw_line (const Drawing *drawing,
           double         y,
           double         alpha)
{
  GdkRGBA color = fg (drawing, alpha);

  gtk_snapshot_append_color (drawing->snapshot, &color,
                             &GRAPHENE_RECT_INIT (drawing->left, round (y),
                                                  drawing->right - drawing->left, 1));
}

static void
draw_scales (const Drawing *drawing)
{
  for (int i = 0; i <= 2; i++)
    {
      double y = drawing->base - (drawing->base - drawing->top) * i / 2;
      g_autofree char *label = g_strdup_printf ("%g", drawing->top_ms * i / 2);

      draw_line (drawing, y, i == 0 ? 0.22 : 0.10);
      draw_text (drawing, label, drawing->left - 8, y, 1, 0.6, 400);
    }

  draw_text (drawing, _("Round trip, median of all peers, ms"), drawing->left, 8, 0, 0.66,
             500);
  draw_text (drawing, _("CPU allowed, %"), drawing->left, drawing->strip_top - 11, 0, 0.66,
             500);
  draw_text (drawing, "50", drawing->left - 8, drawing->strip_top + 1, 1, 0.6,
             400);
  draw_text (drawing, "0", drawing->left - 8, drawing->strip_base, 1, 0.6, 400);
  draw_line (drawing, drawing->strip_base, 0.22);
}

static void
draw_times (const Drawing *drawing)
{
  int height = gtk_widget_get_height (GTK_WIDGET (drawing->self));

  for (int i = 0; i < N_TIME_LABELS; i++)
    {
      gboolean last = i == N_TIME_LABELS - 1;
      gint64 time = drawing->now - drawing->length * (N_TIME_LABELS - 1 - i) / (N_TIME_LABELS - 1);
      g_autoptr(GDateTime) date = g_date_time_new_from_unix_local (time / 1000);
      g_autofree char *label = last ? g_strdup (_("now")) : g_date_time_format (date, drawing->length < SECONDS_BELOW_MS
                                                                               ? "%H:%M:%S" : "%H:%M");
      double align = i == 0 ? 0 : last ? 1 : 0.5;

      if (gtk_widget_get_direction (GTK_WIDGET (drawing->self)) == GTK_TEXT_DIR_RTL)
        align = 1 - align;
      draw_text (drawing, label, x_of (drawing, time), height - 8, align, last ? 0.9 : 0.6,
                 last ? 600 : 400);
    }
}

/* A silence longer than three samples is drawn as one. */
static gboolean
follows (const Drawing *drawing,
         guint          i)
{
  return i > 0 && drawing->samples[i].time - drawing->samples[i - 1].time <= 3 * drawing->step;
}

static void
draw_curve (const Drawing *drawing,
            double (*y_of) (const Drawing *, const EdgeHistorySample *),
            double         base,
            double         fill_alpha,
            double         width)
{
  g_autoptr(GskPathBuilder) line = gsk_path_builder_new ();
  g_autoptr(GskPathBuilder) area = gsk_path_builder_new ();
  g_autoptr(GskPath) line_path = NULL;
  g_autoptr(GskPath) area_path = NULL;
  g_autoptr(GskStroke) stroke = gsk_stroke_new (width);
  GdkRGBA fill = drawing->accent;
  gboolean open = FALSE;
  double x = 0;

  for (guint i = 0; i < drawing->n_samples; i++)
    {
      double y = y_of (drawing, &drawing->samples[i]);

      if (open && (isnan (y) || !follows (drawing, i)))
        {
          gsk_path_builder_line_to (area, x, base);
          gsk_path_builder_close (area);
          open = FALSE;
        }
      if (isnan (y))
        continue;

      x = x_of (drawing, drawing->samples[i].time);
      if (open)
        {
          gsk_path_builder_line_to (line, x, y);
        }
      else
        {
          gsk_path_builder_move_to (line, x, y);
          gsk_path_builder_move_to (area, x, base);
          open = TRUE;
        }
      gsk_path_builder_line_to (area, x, y);
    }
  if (open)
    {
      gsk_path_builder_line_to (area, x, base);
      gsk_path_builder_close (area);
    }

  fill.alpha *= fill_alpha;
  area_path = gsk_path_builder_to_path (area);
  gtk_snapshot_append_fill (drawing->snapshot, area_path, GSK_FILL_RULE_WINDING, &fill);
  line_path = gsk_path_builder_to_path (line);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  gtk_snapshot_append_stroke (drawing->snapshot, line_path, stroke, &drawing->accent);
}

static double
latency_y (const Drawing           *drawing,
           const EdgeHistorySample *sample)
{
  if (isnan (sample->latency))
    return NAN;

  return drawing->base
         - (drawing->base - drawing->top) * MIN (sample->latency / drawing->top_ms, 1);
}

static double
share_y (const Drawing           *drawing,
         const EdgeHistorySample *sample)
{
  if (sample->share <= 0)
    return NAN;

  return drawing->strip_base
         - (drawing->strip_base - drawing->strip_top) * MIN (sample->share / MOST_SHARE, 1);
}

static void
draw_hatch (const Drawing         *drawing,
            const graphene_rect_t *rect)
{
  g_autoptr(GskPathBuilder) builder = gsk_path_builder_new ();
  g_autoptr(GskPath) path = NULL;
  g_autoptr(GskStroke) stroke = gsk_stroke_new (1);
  GdkRGBA ground = fg (drawing, 0.05);
  GdkRGBA color = fg (drawing, 0.16);
  float height = rect->size.height;

  for (float x = -height; x < rect->size.width; x += HATCH_STEP)
    {
      gsk_path_builder_move_to (builder, rect->origin.x + x, rect->origin.y + height);
      gsk_path_builder_line_to (builder, rect->origin.x + x + height, rect->origin.y);
    }

  path = gsk_path_builder_to_path (builder);
  gtk_snapshot_append_color (drawing->snapshot, &ground, rect);
  gtk_snapshot_push_clip (drawing->snapshot, rect);
  gtk_snapshot_append_stroke (drawing->snapshot, path, stroke, &color);
  gtk_snapshot_pop (drawing->snapshot);
}

static void
draw_pauses (const Drawing *drawing)
{
  double free_from = 0;

  for (guint i = 0; i < drawing->n_samples;)
    {
      EdgePolicyReason reason = drawing->samples[i].reason;
      guint first = i;
      const char *words;
      double x0, x1;

      if (drawing->samples[i].share > 0)
        {
          i++;
          continue;
        }

      while (i < drawing->n_samples && drawing->samples[i].share <= 0
             && drawing->samples[i].reason == reason
             && (i == first || follows (drawing, i)))
        i++;

      x0 = x_of (drawing, drawing->samples[first].time - drawing->step);
      x1 = x_of (drawing, drawing->samples[i - 1].time);
      if (x1 < x0)
        {
          double swap = x0;

          x0 = x1;
          x1 = swap;
        }
      draw_hatch (drawing, &GRAPHENE_RECT_INIT (x0, drawing->strip_top, x1 - x0,
                                                drawing->strip_base - drawing->strip_top));

      /* Neighbours whose words would run into each other go without. */
      if (x1 - x0 >= 40 && x0 >= free_from)
        {
          words = edge_reason_describe (reason);
          draw_text (drawing, words, x0 + 6, (drawing->strip_top + drawing->strip_base) / 2, 0,
                     0.85, 600);
          free_from = x0 + 6 + 6 * g_utf8_strlen (words, -1);
        }
    }
}

static void
edge_history_plot_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  EdgeHistoryPlot *self = EDGE_HISTORY_PLOT (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double highest = 0;
  gboolean known = FALSE;
  Drawing drawing = {
    .self = self,
    .snapshot = snapshot,
    .left = MARGIN_LEFT,
    .right = width - MARGIN_RIGHT,
    .top = MARGIN_TOP,
    .base = height - MARGIN_BOTTOM - STRIP_HEIGHT - STRIP_GAP,
    .strip_top = height - MARGIN_BOTTOM - STRIP_HEIGHT,
    .strip_base = height - MARGIN_BOTTOM,
    .now = g_get_real_time () / 1000,
    .length = edge_history_span_length (self->span),
  };

  if (self->history == NULL || drawing.base <= drawing.top)
    return;

  edge_drawing_get_ink (EDGE_DRAWING (self), EDGE_INK_ACCENT, &drawing.accent);
  drawing.samples = edge_history_get_samples (self->history, self->span, &drawing.n_samples);

  drawing.step = drawing.length / 300;
  if (drawing.n_samples > 0)
    drawing.length = CLAMP (drawing.now - drawing.samples[0].time, LEAST_LENGTH_MS, drawing.length);

  for (guint i = 0; i < drawing.n_samples; i++)
    {
      if (isnan (drawing.samples[i].latency))
        continue;
      highest = MAX (highest, drawing.samples[i].latency);
      known = TRUE;
    }
  drawing.top_ms = nice_top (MAX (LEAST_TOP_MS, highest * 1.1));

  draw_scales (&drawing);
  draw_times (&drawing);
  draw_curve (&drawing, share_y, drawing.strip_base, 0.22, 1.3);
  draw_pauses (&drawing);
  if (known)
    draw_curve (&drawing, latency_y, drawing.base, 0.14, 1.8);
  else
    draw_text (&drawing, _("Nothing measured yet"), (drawing.left + drawing.right) / 2,
               (drawing.top + drawing.base) / 2 - 12, 0.5, 0.6, 400);
}

static void
edge_history_plot_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 200;
      *natural = 480;
    }
  else
    {
      *minimum = 200;
      *natural = 260;
    }
}

static void
changed_cb (EdgeHistoryPlot *self)
{
  const EdgeHistorySample *samples, *last;
  g_autofree char *text = NULL;
  guint n_samples;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self));

  samples = edge_history_get_samples (self->history, self->span, &n_samples);
  if (n_samples == 0)
    return;

  last = &samples[n_samples - 1];
  if (isnan (last->latency))
    text = g_strdup_printf (_("Nobody linked now; %.0f %% of the CPU allowed"), last->share * 100);
  else
    /* Translators: spoken summary of the plot. */
    text = g_strdup_printf (_("Round trip now %.0f ms, %.0f %% of the CPU allowed"),
                            last->latency, last->share * 100);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
set_history (EdgeHistoryPlot *self,
             EdgeHistory     *history)
{
  if (self->history == history)
    return;

  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_set_object (&self->history, history);
  if (history != NULL)
    g_signal_connect_swapped (history, "changed", G_CALLBACK (changed_cb), self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HISTORY]);
}

static void
edge_history_plot_dispose (GObject *object)
{
  set_history (EDGE_HISTORY_PLOT (object), NULL);

  G_OBJECT_CLASS (edge_history_plot_parent_class)->dispose (object);
}

static void
edge_history_plot_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgeHistoryPlot *self = EDGE_HISTORY_PLOT (object);

  switch ((EdgeHistoryPlotProperty) property_id)
    {
    case PROP_HISTORY:
      g_value_set_object (value, self->history);
      break;
    case PROP_SPAN:
      g_value_set_uint (value, self->span);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_history_plot_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EdgeHistoryPlot *self = EDGE_HISTORY_PLOT (object);

  switch ((EdgeHistoryPlotProperty) property_id)
    {
    case PROP_HISTORY:
      set_history (self, g_value_get_object (value));
      break;
    case PROP_SPAN:
      if (self->span == g_value_get_uint (value))
        return;
      self->span = g_value_get_uint (value);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_history_plot_class_init (EdgeHistoryPlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = edge_history_plot_dispose;
  object_class->get_property = edge_history_plot_get_property;
  object_class->set_property = edge_history_plot_set_property;

  widget_class->measure = edge_history_plot_measure;
  widget_class->snapshot = edge_history_plot_snapshot;

  properties[PROP_HISTORY] = g_param_spec_object ("history", NULL, NULL, EDGE_TYPE_HISTORY, flags);
  properties[PROP_SPAN] = g_param_spec_uint ("span", NULL, NULL, 0, EDGE_HISTORY_N_SPANS - 1,
                                             EDGE_HISTORY_TEN_MINUTES, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT);

  gtk_widget_class_set_css_name (widget_class, "historyplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_history_plot_init (EdgeHistoryPlot *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Round trip and CPU allowed over time"),
                                  -1);
}
