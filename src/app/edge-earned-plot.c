/* edge-earned-plot.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-earned-plot.h"

#include "app/edge-credits.h"
#include "app/edge-plot.h"
#include "ledger/edge-genesis.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * EdgeEarnedPlot:
 *
 * What was earned, a bar a slot; the one that runs is paler.
 */

#define WIDTH     240
#define HEIGHT    160
#define RIGHT     6.0
#define TOP       10.0
#define BOTTOM    22.0
#define BAR_SHARE .72
#define RUNNING   .55
#define RADIUS    2.5
#define POINTS    7.6
#define LABEL_GAP 12.0

struct _EdgeEarnedPlot
{
  EdgeDrawing     parent_instance;

  GArray         *slots;
  EdgeEarnedSpan  span;
};

G_DEFINE_FINAL_TYPE (EdgeEarnedPlot, edge_earned_plot, EDGE_TYPE_DRAWING)

static double
get_credits (EdgeEarnedPlot *self,
             guint           index)
{
  return (double) g_array_index (self->slots, EdgeEarnedSlot, index).amount / EDGE_CREDIT;
}

static double
get_top (EdgeEarnedPlot *self)
{
  double most = 0;

  for (guint i = 0; i < self->slots->len; i++)
    most = fmax (most, get_credits (self, i));
  return most > 0 ? edge_plot_round_top (most) : 0;
}

static char *
format_level (double credits)
{
  return credits >= 10 || credits == 0 ? g_strdup_printf ("%'.0f", credits)
                                       : g_strdup_printf ("%g", credits);
}

static double
get_left (EdgeEarnedPlot *self,
          double          top)
{
  g_autofree char *widest = format_level (top);
  g_autofree char *middle = format_level (top / 2);

  return 10 + fmax (edge_drawing_text_width (EDGE_DRAWING (self), widest, POINTS, 400),
                    edge_drawing_text_width (EDGE_DRAWING (self), middle, POINTS, 400));
}

static void
draw_levels (EdgeEarnedPlot *self,
             GtkSnapshot    *snapshot,
             double          left,
             double          top,
             double          width,
             double          height,
             gboolean        rtl)
{
  EdgeTextStyle style = { .points = POINTS, .weight = 400, .xalign = rtl ? 0 : 1, .yalign = .5 };

  edge_drawing_get_fg (EDGE_DRAWING (self), .6, &style.color);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = format_level (top * i / 2);
      double y = round (TOP + (height - TOP - BOTTOM) * (1 - i / 2.0));
      GdkRGBA color;

      if (i > 0 && top == 0)
        break;
      edge_drawing_get_fg (EDGE_DRAWING (self), i == 0 ? .22 : .10, &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (rtl ? RIGHT : left, y,
                                                      width - left - RIGHT, 1));
      edge_drawing_text (EDGE_DRAWING (self), snapshot, text, rtl ? width - left + 7 : left - 7, y,
                         &style);
    }
}

/* Labels stand under each so-manieth bar, from the newest back. */
static guint
get_label_step (EdgeEarnedPlot *self,
                double          slot)
{
  double widest = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      g_autofree char *label = edge_earned_slot_label (
        self->span, &g_array_index (self->slots, EdgeEarnedSlot, i), i + 1 == self->slots->len);

      widest = fmax (widest, edge_drawing_text_width (EDGE_DRAWING (self), label, POINTS, 600));
    }
  return (guint) fmax (1, ceil ((widest + LABEL_GAP) / slot));
}

static void
draw_bars (EdgeEarnedPlot *self,
           GtkSnapshot    *snapshot,
           double          left,
           double          top,
           double          width,
           double          height,
           gboolean        rtl)
{
  double slot = (width - left - RIGHT) / self->slots->len;
  double room = height - TOP - BOTTOM;
  EdgeTextStyle style = { .points = POINTS, .xalign = .5, .yalign = .5 };
  guint each = get_label_step (self, slot);

  for (guint i = self->slots->len; i-- > 0;)
    {
      gboolean running = i + 1 == self->slots->len;
      double tall = top > 0 ? room * get_credits (self, i) / top : 0;
      double x = left + (i + (1 - BAR_SHARE) / 2) * slot;
      double middle = left + (i + .5) * slot, half;
      g_autofree char *label = edge_earned_slot_label (
        self->span, &g_array_index (self->slots, EdgeEarnedSlot, i), running);

      if (tall > 0)
        {
          GskRoundedRect bar;
          GdkRGBA color;

          tall = fmax (tall, 1.5);
          if (rtl)
            x = width - x - slot * BAR_SHARE;
          edge_drawing_get_tint (EDGE_DRAWING (self), EDGE_INK_ACCENT_BG, running ? RUNNING : 1,
                                 &color);
          gsk_rounded_rect_init (&bar, &GRAPHENE_RECT_INIT (x, TOP + room - tall,
                                                            slot * BAR_SHARE, tall),
                                 &GRAPHENE_SIZE_INIT (RADIUS, RADIUS),
                                 &GRAPHENE_SIZE_INIT (RADIUS, RADIUS),
                                 &GRAPHENE_SIZE_INIT (0, 0), &GRAPHENE_SIZE_INIT (0, 0));
          gtk_snapshot_push_rounded_clip (snapshot, &bar);
          gtk_snapshot_append_color (snapshot, &color, &bar.bounds);
          gtk_snapshot_pop (snapshot);
        }

      style.weight = running ? 600 : 400;
      half = edge_drawing_text_width (EDGE_DRAWING (self), label, POINTS, style.weight) / 2;
      middle = fmin (middle, width - half);
      if ((self->slots->len - 1 - i) % each != 0 || middle - half < left - 6)
        continue;
      edge_drawing_get_fg (EDGE_DRAWING (self), running ? .9 : .6, &style.color);
      edge_drawing_text (EDGE_DRAWING (self), snapshot, label, rtl ? width - middle : middle,
                         height - 8, &style);
    }
}

static void
edge_earned_plot_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  EdgeEarnedPlot *self = EDGE_EARNED_PLOT (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double top = get_top (self);
  double left = get_left (self, top);

  if (self->slots->len == 0 || width < left + 40 || height < TOP + BOTTOM + 20)
    return;

  draw_levels (self, snapshot, left, top, width, height, rtl);
  draw_bars (self, snapshot, left, top, width, height, rtl);
  if (top == 0)
    {
      EdgeTextStyle style = { .points = 9.5, .weight = 400, .xalign = .5, .yalign = .5 };

      edge_drawing_get_fg (EDGE_DRAWING (self), .6, &style.color);
      edge_drawing_text (EDGE_DRAWING (self), snapshot, _("Nothing earned in this time"),
                         width / 2, height / 2 - 8, &style);
    }
}

static void
edge_earned_plot_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static int
slot_at (EdgeEarnedPlot *self,
         double          x)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double left = get_left (self, get_top (self));

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = width - x;
  if (self->slots->len == 0 || x < left || x >= width - RIGHT)
    return -1;
  return (int) ((x - left) / (width - left - RIGHT) * self->slots->len);
}

static gboolean
edge_earned_plot_query_tooltip (GtkWidget  *widget,
                                int         x,
                                int         y,
                                gboolean    keyboard,
                                GtkTooltip *tooltip)
{
  EdgeEarnedPlot *self = EDGE_EARNED_PLOT (widget);
  int at = keyboard ? -1 : slot_at (self, x);
  g_autofree char *amount = NULL;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  if (at < 0)
    return FALSE;

  amount = edge_credits_format_exact (g_array_index (self->slots, EdgeEarnedSlot, at).amount);
  label = edge_earned_slot_label (self->span, &g_array_index (self->slots, EdgeEarnedSlot, at),
                                  (guint) at + 1 == self->slots->len);
  /* Translators: when, and how many credits were earned then. */
  text = g_strdup_printf (_("%s: %s credits"), label, amount);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
edge_earned_plot_finalize (GObject *object)
{
  g_clear_pointer (&EDGE_EARNED_PLOT (object)->slots, g_array_unref);

  G_OBJECT_CLASS (edge_earned_plot_parent_class)->finalize (object);
}

static void
edge_earned_plot_class_init (EdgeEarnedPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = edge_earned_plot_finalize;
  widget_class->measure = edge_earned_plot_measure;
  widget_class->snapshot = edge_earned_plot_snapshot;
  widget_class->query_tooltip = edge_earned_plot_query_tooltip;
  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT)
                                     | EDGE_INK_MASK (EDGE_INK_ACCENT_BG);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_earned_plot_init (EdgeEarnedPlot *self)
{
  self->slots = g_array_new (FALSE, TRUE, sizeof (EdgeEarnedSlot));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Credits earned over time"), -1);
}

GtkWidget *
edge_earned_plot_new (void)
{
  return g_object_new (EDGE_TYPE_EARNED_PLOT, NULL);
}

/**
 * edge_earned_plot_set_slots:
 * @self: a plot
 * @span: what a slot is
 * @slots: (element-type EdgeEarnedSlot): what was earned, the oldest first
 */
void
edge_earned_plot_set_slots (EdgeEarnedPlot *self,
                            EdgeEarnedSpan  span,
                            GArray         *slots)
{
  g_autofree char *summary = NULL;

  g_return_if_fail (EDGE_IS_EARNED_PLOT (self));

  g_array_ref (slots);
  g_array_unref (self->slots);
  self->slots = slots;
  self->span = span;
  summary = edge_earned_dup_summary (span, slots);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
