/* edge-balance-bar.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-balance-bar.h"

#include "app/edge-credits.h"

#include <glib/gi18n.h>

/**
 * EdgeBalanceBar:
 *
 * What a balance consists of, side by side; or the sign of one part, for a legend.
 */

#define BAR_HEIGHT  16
#define SWATCH_SIZE 12
#define GAP         3.0
#define RADIUS      5.0
#define LEAST_WIDTH 4.0
#define HATCH_STEP  5.0

struct _EdgeBalanceBar
{
  EdgeDrawing parent_instance;

  guint64     amounts[EDGE_BALANCE_N_PARTS];
  int         swatch;
};

typedef enum
{
  PROP_SWATCH = 1,
} EdgeBalanceBarProperty;

static GParamSpec *properties[PROP_SWATCH + 1];

G_DEFINE_FINAL_TYPE (EdgeBalanceBar, edge_balance_bar, EDGE_TYPE_DRAWING)

/**
 * edge_balance_bar_layout:
 * @amounts: (array fixed-size=4): nano-credits of each part
 * @width: of the bar
 * @starts: (out) (array fixed-size=4): where each begins
 * @widths: (out) (array fixed-size=4): how wide each is; 0 when there is nothing of it
 *
 * However little there is of a part, it can be seen.
 */
void
edge_balance_bar_layout (const guint64 *amounts,
                         double         width,
                         double        *starts,
                         double        *widths)
{
  double total = 0, room = width, large = 0, x = 0;
  guint n = 0;

  for (guint i = 0; i < EDGE_BALANCE_N_PARTS; i++)
    {
      total += (double) amounts[i];
      n += amounts[i] > 0;
      widths[i] = starts[i] = 0;
    }
  if (n == 0)
    return;

  room -= GAP * (n - 1);
  for (guint i = 0; i < EDGE_BALANCE_N_PARTS; i++)
    {
      if (amounts[i] == 0)
        continue;
      widths[i] = MAX (LEAST_WIDTH, room * (double) amounts[i] / total);
      if (widths[i] > LEAST_WIDTH)
        large += widths[i];
      else
        total -= (double) amounts[i];
    }

  /* What the least ones took too much is given by the others. */
  for (guint i = 0; i < EDGE_BALANCE_N_PARTS; i++)
    {
      double small = 0;

      for (guint k = 0; k < EDGE_BALANCE_N_PARTS; k++)
        small += widths[k] > 0 && widths[k] <= LEAST_WIDTH ? LEAST_WIDTH : 0;
      if (widths[i] > LEAST_WIDTH && large > 0)
        starts[i] = MAX (0, room - small) * widths[i] / large;
    }
  for (guint i = 0; i < EDGE_BALANCE_N_PARTS; i++)
    {
      if (starts[i] > 0)
        widths[i] = starts[i];
      starts[i] = x;
      x += widths[i] > 0 ? widths[i] + GAP : 0;
    }
}

static void
paint_part (EdgeDrawing           *drawing,
            GtkSnapshot           *snapshot,
            EdgeBalancePart        part,
            const graphene_rect_t *area,
            double                 radius)
{
  GskRoundedRect clip;
  GdkRGBA color;

  gsk_rounded_rect_init_from_rect (&clip, area, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  switch (part)
    {
    case EDGE_BALANCE_LOCKED:
      edge_drawing_get_tint (drawing, EDGE_INK_ACCENT_BG, .16, &color);
      gtk_snapshot_append_color (snapshot, &color, area);
      {
        GskPathBuilder *builder = gsk_path_builder_new ();
        double height = area->size.height;

        for (double x = area->origin.x - height; x < area->origin.x + area->size.width;
             x += HATCH_STEP)
          {
            gsk_path_builder_move_to (builder, x, area->origin.y + height);
            gsk_path_builder_line_to (builder, x + height, area->origin.y);
          }
        edge_drawing_get_tint (drawing, EDGE_INK_ACCENT_BG, .75, &color);
        edge_snapshot_stroke (snapshot, builder, 1.5, GSK_LINE_CAP_SQUARE, &color);
      }
      break;
    case EDGE_BALANCE_ESCROWED:
      edge_drawing_get_tint (drawing, EDGE_INK_ACCENT_BG, .42, &color);
      gtk_snapshot_append_color (snapshot, &color, area);
      break;
    case EDGE_BALANCE_STAKED:
      edge_drawing_get_fg (drawing, .22, &color);
      gtk_snapshot_append_color (snapshot, &color, area);
      break;
    case EDGE_BALANCE_AVAILABLE:
    default:
      edge_drawing_get_ink (drawing, EDGE_INK_ACCENT_BG, &color);
      gtk_snapshot_append_color (snapshot, &color, area);
      break;
    }
  gtk_snapshot_pop (snapshot);
}

static void
edge_balance_bar_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  EdgeBalanceBar *self = EDGE_BALANCE_BAR (widget);
  double starts[EDGE_BALANCE_N_PARTS], widths[EDGE_BALANCE_N_PARTS];
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean any = FALSE;

  if (self->swatch >= 0)
    {
      paint_part (EDGE_DRAWING (self), snapshot, self->swatch,
                  &GRAPHENE_RECT_INIT (0, 0, width, height), 3.5);
      return;
    }

  edge_balance_bar_layout (self->amounts, width, starts, widths);
  for (guint i = 0; i < EDGE_BALANCE_N_PARTS; i++)
    {
      double x = rtl ? width - starts[i] - widths[i] : starts[i];

      if (widths[i] <= 0)
        continue;
      any = TRUE;
      paint_part (EDGE_DRAWING (self), snapshot, i,
                  &GRAPHENE_RECT_INIT (x, 0, widths[i], height), MIN (RADIUS, widths[i] / 2));
    }
  if (!any)
    {
      GskRoundedRect clip;
      GdkRGBA color;

      edge_drawing_get_fg (EDGE_DRAWING (self), .08, &color);
      gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (0, 0, width, height), RADIUS);
      gtk_snapshot_push_rounded_clip (snapshot, &clip);
      gtk_snapshot_append_color (snapshot, &color, &clip.bounds);
      gtk_snapshot_pop (snapshot);
    }
}

static void
edge_balance_bar_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  EdgeBalanceBar *self = EDGE_BALANCE_BAR (widget);

  if (self->swatch >= 0)
    *minimum = *natural = SWATCH_SIZE;
  else
    *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 60;
}

static void
edge_balance_bar_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  EdgeBalanceBar *self = EDGE_BALANCE_BAR (object);

  switch ((EdgeBalanceBarProperty) property_id)
    {
    case PROP_SWATCH:
      g_value_set_int (value, self->swatch);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_balance_bar_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  EdgeBalanceBar *self = EDGE_BALANCE_BAR (object);

  switch ((EdgeBalanceBarProperty) property_id)
    {
    case PROP_SWATCH:
      if (self->swatch == g_value_get_int (value))
        return;
      self->swatch = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_balance_bar_class_init (EdgeBalanceBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_balance_bar_get_property;
  object_class->set_property = edge_balance_bar_set_property;
  widget_class->measure = edge_balance_bar_measure;
  widget_class->snapshot = edge_balance_bar_snapshot;
  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT)
                                     | EDGE_INK_MASK (EDGE_INK_ACCENT_BG);

  /**
   * EdgeBalanceBar:swatch:
   *
   * The part whose sign to show instead of the bar, or -1.
   */
  properties[PROP_SWATCH] = g_param_spec_int ("swatch", NULL, NULL, -1, EDGE_BALANCE_STAKED, -1,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                              | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_balance_bar_init (EdgeBalanceBar *self)
{
  self->swatch = -1;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
edge_balance_bar_new (void)
{
  return g_object_new (EDGE_TYPE_BALANCE_BAR, NULL);
}

/**
 * edge_balance_bar_set_amounts:
 * @self: a bar
 * @amounts: (array fixed-size=4): nano-credits of each [enum@BalancePart]
 */
void
edge_balance_bar_set_amounts (EdgeBalanceBar *self,
                              const guint64  *amounts)
{
  char *texts[EDGE_BALANCE_N_PARTS];
  g_autofree char *summary = NULL;

  g_return_if_fail (EDGE_IS_BALANCE_BAR (self));

  for (guint i = 0; i < EDGE_BALANCE_N_PARTS; i++)
    {
      self->amounts[i] = amounts[i];
      texts[i] = edge_credits_format (amounts[i]);
    }
  /* Translators: a balance read aloud. */
  summary = g_strdup_printf (_("%s available, %s locked, %s in escrow, %s staked"), texts[0],
                             texts[1], texts[2], texts[3]);
  for (guint i = 0; i < EDGE_BALANCE_N_PARTS; i++)
    g_free (texts[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Balance"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
