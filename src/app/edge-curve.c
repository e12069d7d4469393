/* edge-curve.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-curve.h"

#include "app/edge-format.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

/**
 * EdgeCurve:
 *
 * The multiplier over what the network has computed: where it came from, where it is, where it goes.
 *
 * The ledger has the exact value in fixed point; the curve is for the eye.
 */

#define LEFT          34.0
#define RIGHT         12.0
#define TOP           12.0
#define BOTTOM        22.0
#define STEPS         120
#define POINTS        7.6
#define WIDTH         200
#define HEIGHT        150
#define COMPACT_BELOW 300.0
#define N_LEVELS      3

struct _EdgeCurve
{
  EdgeDrawing parent_instance;

  double      multiplier;
  double      cpu_hours;
  double      decay;
  double      max_bonus;
};

typedef struct
{
  EdgeCurve   *self;
  GtkSnapshot *snapshot;
  double       width, height, span;
  guint        n_ticks;
  gboolean     compact, rtl;
} Drawing;

G_DEFINE_FINAL_TYPE (EdgeCurve, edge_curve, EDGE_TYPE_DRAWING)

/**
 * edge_curve_value:
 * @cpu_hours: what the network has computed
 * @decay_cpu_hours: of its genesis
 * @max_bonus: of its genesis
 *
 * Returns: the multiplier there, 1 … @max_bonus
 */
double
edge_curve_value (double cpu_hours,
                  double decay_cpu_hours,
                  double max_bonus)
{
  if (!(decay_cpu_hours > 0))
    return 1;

  return 1 + (max_bonus - 1) * exp (-fmax (0, cpu_hours) / decay_cpu_hours);
}

/**
 * edge_curve_span:
 * @cpu_hours: what the network has computed
 * @decay_cpu_hours: of its genesis
 * @least_decays: how many of these to show at least
 *
 * Returns: how far the curve is drawn: a whole number of decays, with what is to come in sight
 */
double
edge_curve_span (double cpu_hours,
                 double decay_cpu_hours,
                 guint  least_decays)
{
  double decays = decay_cpu_hours > 0 ? ceil (fmax (0, cpu_hours) / decay_cpu_hours * 1.25) : 0;

  /* An even number, so that the middle has a round label. */
  decays += fmod (decays, 2);
  return fmax (least_decays, decays) * fmax (decay_cpu_hours, 1);
}

/** edge_curve_format_hours: Hours with k or M where they are many. */
char *
edge_curve_format_hours (double cpu_hours)
{
  if (cpu_hours >= 1e6)
    /* Translators: millions of hours */
    return g_strdup_printf (_("%g M"), cpu_hours / 1e6);
  if (cpu_hours >= 1e4)
    /* Translators: thousands of hours */
    return g_strdup_printf (_("%g k"), cpu_hours / 1e3);

  return g_strdup_printf ("%g", cpu_hours);
}

/** edge_curve_format_value: A multiplier, such as ×6.96. */
char *
edge_curve_format_value (double multiplier)
{
  if (!isfinite (multiplier) || multiplier < 1)
    return g_strdup (EDGE_FORMAT_UNKNOWN);
  if (multiplier >= 9.995)
    return g_strdup_printf ("×%.1f", multiplier);

  return g_strdup_printf ("×%.2f", multiplier);
}

static double
x_of (const Drawing *drawing,
      double         hours)
{
  double x = LEFT + (drawing->width - LEFT - RIGHT) * hours / drawing->span;

  return drawing->rtl ? drawing->width - x : x;
}

static double
y_of (const Drawing *drawing,
      double         value)
{
  return TOP + (drawing->height - TOP - BOTTOM) * (1 - value / drawing->self->max_bonus);
}

static void
draw_line (const Drawing *drawing,
           double         y,
           double         alpha,
           gboolean       dashed)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  GdkRGBA color;

  y = round (y) + .5;
  gsk_path_builder_move_to (builder, x_of (drawing, 0), y);
  gsk_path_builder_line_to (builder, x_of (drawing, drawing->span), y);
  edge_drawing_get_fg (EDGE_DRAWING (drawing->self), alpha, &color);
  edge_snapshot_dash (drawing->snapshot, builder, 1, GSK_LINE_CAP_BUTT, 3, dashed ? 3 : 0, &color);
}

static void
draw_scales (const Drawing *drawing)
{
  EdgeDrawing *self = EDGE_DRAWING (drawing->self);
  double most = drawing->self->max_bonus;
  double levels[N_LEVELS] = { 1, round (most / 2), most };
  EdgeTextStyle style = { .points = POINTS, .weight = 400, .yalign = .5 };

  edge_drawing_get_fg (self, .6, &style.color);
  style.xalign = drawing->rtl ? 0 : 1;
  for (guint i = 0; i < N_LEVELS; i++)
    {
      g_autofree char *text = g_strdup_printf ("×%g", levels[i]);
      double y = y_of (drawing, levels[i]);

      if (i == 1 && (levels[1] <= 1 || levels[1] >= most
                     || y_of (drawing, 1) - y < 14 || y - y_of (drawing, most) < 14))
        continue;
      draw_line (drawing, y, i == 0 ? .35 : .10, i == 0);
      edge_drawing_text (self, drawing->snapshot, text,
                         x_of (drawing, 0) + (drawing->rtl ? 5 : -5), y, &style);
    }
  draw_line (drawing, y_of (drawing, 0), .22, FALSE);

  for (guint i = 0; i <= drawing->n_ticks; i++)
    {
      double hours = drawing->span * i / drawing->n_ticks;
      g_autofree char *text = edge_curve_format_hours (hours);
      g_autofree char *last = i == drawing->n_ticks ? g_strdup_printf (_("%s h"), text) : NULL;

      style.xalign = i == 0 ? 0 : i == drawing->n_ticks ? 1 : .5;
      if (drawing->rtl)
        style.xalign = 1 - style.xalign;
      edge_drawing_text (self, drawing->snapshot, last ? last : text, x_of (drawing, hours),
                         drawing->height - 8, &style);
    }
}

static void
add_curve (const Drawing  *drawing,
           GskPathBuilder *builder,
           double          from,
           double          to,
           gboolean        begin)
{
  EdgeCurve *self = drawing->self;

  for (guint i = 0; i <= STEPS; i++)
    {
      double hours = from + (to - from) * i / STEPS;
      double x = x_of (drawing, hours);
      double y = y_of (drawing, edge_curve_value (hours, self->decay, self->max_bonus));

      if (i == 0 && begin)
        gsk_path_builder_move_to (builder, x, y);
      else
        gsk_path_builder_line_to (builder, x, y);
    }
}

static void
draw_curve (const Drawing *drawing)
{
  EdgeDrawing *self = EDGE_DRAWING (drawing->self);
  double now = drawing->self->cpu_hours;
  GskPathBuilder *builder = gsk_path_builder_new ();
  GdkRGBA color;

  gsk_path_builder_move_to (builder, x_of (drawing, 0), y_of (drawing, 0));
  add_curve (drawing, builder, 0, now, FALSE);
  gsk_path_builder_line_to (builder, x_of (drawing, now), y_of (drawing, 0));
  gsk_path_builder_close (builder);
  edge_drawing_get_tint (self, EDGE_INK_ACCENT, .16, &color);
  edge_snapshot_fill (drawing->snapshot, builder, &color);

  builder = gsk_path_builder_new ();
  add_curve (drawing, builder, now, drawing->span, TRUE);
  edge_drawing_get_fg (self, .38, &color);
  edge_snapshot_stroke (drawing->snapshot, builder, 1.6, GSK_LINE_CAP_ROUND, &color);

  builder = gsk_path_builder_new ();
  add_curve (drawing, builder, 0, now, TRUE);
  edge_drawing_get_ink (self, EDGE_INK_ACCENT, &color);
  edge_snapshot_stroke (drawing->snapshot, builder, 2.6, GSK_LINE_CAP_ROUND, &color);
}

static void
draw_here (const Drawing *drawing)
{
  EdgeDrawing *self = EDGE_DRAWING (drawing->self);
  double x = x_of (drawing, drawing->self->cpu_hours);
  double y = y_of (drawing, edge_curve_value (drawing->self->cpu_hours, drawing->self->decay,
                                              drawing->self->max_bonus));
  const char *here = drawing->compact ? _("now") : _("you are here");
  EdgeTextStyle style = { .points = 8.2, .weight = 600, .yalign = .5 };
  GskPathBuilder *builder = gsk_path_builder_new ();
  GdkRGBA ground, color;
  gboolean mirrored = drawing->rtl;

  edge_drawing_get_tint (self, EDGE_INK_ACCENT, .6, &color);
  gsk_path_builder_move_to (builder, round (x) + .5, y + 6);
  gsk_path_builder_line_to (builder, round (x) + .5, y_of (drawing, 0));
  edge_snapshot_dash (drawing->snapshot, builder, 1, GSK_LINE_CAP_BUTT, 2, 3, &color);

  edge_drawing_get_ground (self, TRUE, &ground);
  edge_drawing_get_ink (self, EDGE_INK_ACCENT, &style.color);
  edge_snapshot_disc (drawing->snapshot, x, y, 6.5, &ground);
  edge_snapshot_disc (drawing->snapshot, x, y, 5, &style.color);

  /* At the end of the curve the words are on the near side. */
  if (x + 190 > drawing->width && !drawing->compact && !drawing->rtl)
    mirrored = TRUE;
  style.xalign = mirrored ? 1 : 0;
  x += mirrored ? -12 : 12;
  edge_drawing_text (self, drawing->snapshot, here, x, MAX (8, y - (drawing->compact ? 6 : 15)),
                     &style);
  if (!drawing->compact)
    {
      g_autofree char *value = edge_curve_format_value (drawing->self->multiplier);
      /* Translators: a multiplier and how many hours of CPU time lead to it. */
      g_autofree char *text = g_strdup_printf (_("%s at %'.0f CPU-hours"), value,
                                               drawing->self->cpu_hours);

      style.points = 7.8;
      style.weight = 400;
      edge_drawing_get_fg (self, .78, &style.color);
      edge_drawing_text (self, drawing->snapshot, text, x, MAX (21, y - 2), &style);
    }
}

static void
edge_curve_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  EdgeCurve *self = EDGE_CURVE (widget);
  Drawing drawing = { .self = self, .snapshot = snapshot };

  drawing.width = gtk_widget_get_width (widget);
  drawing.height = gtk_widget_get_height (widget);
  drawing.compact = drawing.width < COMPACT_BELOW;
  drawing.n_ticks = drawing.compact ? 2 : 4;
  drawing.span = edge_curve_span (self->cpu_hours, self->decay, drawing.n_ticks);
  drawing.rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  if (self->max_bonus <= 1 || drawing.width < 2 * (LEFT + RIGHT)
      || drawing.height < TOP + BOTTOM + 20)
    return;

  draw_scales (&drawing);
  draw_curve (&drawing);
  draw_here (&drawing);
}

static void
edge_curve_measure (GtkWidget      *widget,
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
edge_curve_class_init (EdgeCurveClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = edge_curve_measure;
  widget_class->snapshot = edge_curve_snapshot;
  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT)
                                     | EDGE_INK_MASK (EDGE_INK_CARD)
                                     | EDGE_INK_MASK (EDGE_INK_WINDOW);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_curve_init (EdgeCurve *self)
{
  self->max_bonus = 1;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("The multiplier"), -1);
}

GtkWidget *
edge_curve_new (void)
{
  return g_object_new (EDGE_TYPE_CURVE, NULL);
}

/**
 * edge_curve_set_figures:
 * @self: a curve
 * @multiplier: of an event issued now, as the ledger has it
 * @cpu_hours: what the network has computed
 * @decay_cpu_hours: of its genesis
 * @max_bonus: of its genesis
 */
void
edge_curve_set_figures (EdgeCurve *self,
                        double     multiplier,
                        double     cpu_hours,
                        guint64    decay_cpu_hours,
                        guint64    max_bonus)
{
  g_autofree char *value = NULL;
  g_autofree char *summary = NULL;

  g_return_if_fail (EDGE_IS_CURVE (self));

  self->multiplier = multiplier;
  self->cpu_hours = cpu_hours;
  self->decay = (double) decay_cpu_hours;
  self->max_bonus = (double) max_bonus;
  value = edge_curve_format_value (multiplier);
  summary = g_strdup_printf (_("%s at %'.0f CPU-hours; it began at ×%" PRIu64
                               " and falls towards ×1 as the network computes more"),
                             value, cpu_hours, max_bonus);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
