/* edge-countdown-ring.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-countdown-ring.h"

#include <math.h>

/**
 * EdgeCountdownRing:
 *
 * How much of a wait is over.
 */

#define SIZE   18
#define STROKE 2.4

struct _EdgeCountdownRing
{
  EdgeDrawing parent_instance;

  double      part;
};

G_DEFINE_FINAL_TYPE (EdgeCountdownRing, edge_countdown_ring, EDGE_TYPE_DRAWING)

static void
edge_countdown_ring_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
edge_countdown_ring_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  EdgeCountdownRing *self = EDGE_COUNTDOWN_RING (widget);
  double cx = gtk_widget_get_width (widget) / 2.0, cy = gtk_widget_get_height (widget) / 2.0;
  double radius = MIN (cx, cy) - 1.6;
  GskPathBuilder *builder;
  GdkRGBA color;

  edge_drawing_get_fg (EDGE_DRAWING (self), .15, &color);
  edge_snapshot_ring (snapshot, cx, cy, radius, STROKE, &color);
  if (self->part <= 0)
    return;

  builder = gsk_path_builder_new ();
  edge_path_arc (builder, cx, cy, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * MIN (1, self->part));
  edge_drawing_get_ink (EDGE_DRAWING (self), EDGE_INK_ACCENT, &color);
  edge_snapshot_stroke (snapshot, builder, STROKE, GSK_LINE_CAP_ROUND, &color);
}

static void
edge_countdown_ring_class_init (EdgeCountdownRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = edge_countdown_ring_measure;
  widget_class->snapshot = edge_countdown_ring_snapshot;
  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
edge_countdown_ring_init (EdgeCountdownRing *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
edge_countdown_ring_new (void)
{
  return g_object_new (EDGE_TYPE_COUNTDOWN_RING, NULL);
}

/**
 * edge_countdown_ring_set_part:
 * @self: a ring
 * @part: 0…1, what of the wait is over
 */
void
edge_countdown_ring_set_part (EdgeCountdownRing *self,
                              double             part)
{
  g_return_if_fail (EDGE_IS_COUNTDOWN_RING (self));

  part = isfinite (part) ? CLAMP (part, 0, 1) : 0;
  if (fabs (self->part - part) < .002)
    return;
  self->part = part;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
