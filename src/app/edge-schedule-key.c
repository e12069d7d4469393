/* edge-schedule-key.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-schedule-key.h"

/**
 * EdgeScheduleKey:
 *
 * One cell of the weekly schedule, for the legend beside it.
 */

#define SIZE 15

struct _EdgeScheduleKey
{
  EdgeDrawing  parent_instance;

  guint        level;
};

typedef enum
{
  PROP_LEVEL = 1,
} EdgeScheduleKeyProperty;

static GParamSpec *properties[PROP_LEVEL + 1];

G_DEFINE_FINAL_TYPE (EdgeScheduleKey, edge_schedule_key, EDGE_TYPE_DRAWING)

/**
 * edge_schedule_key_paint:
 * @drawing: what it is drawn on, with the ink %EDGE_INK_ACCENT_BG
 * @snapshot: where to
 * @bounds: the cell
 * @level: 0 not at all, 1 as set, 2 up to half
 */
void
edge_schedule_key_paint (EdgeDrawing           *drawing,
                         GtkSnapshot           *snapshot,
                         const graphene_rect_t *bounds,
                         guint                  level)
{
  GskRoundedRect cell;
  graphene_point_t center;
  GdkRGBA fill;

  if (level == 0)
    edge_drawing_get_fg (drawing, 0.07, &fill);
  else
    edge_drawing_get_tint (drawing, EDGE_INK_ACCENT_BG, level == 1 ? 0.5 : 1, &fill);

  gsk_rounded_rect_init_from_rect (&cell, bounds, 3);
  gsk_rounded_rect_shrink (&cell, 1, 1, 1, 1);
  gtk_snapshot_push_rounded_clip (snapshot, &cell);
  gtk_snapshot_append_color (snapshot, &fill, &cell.bounds);
  gtk_snapshot_pop (snapshot);

  if (level == 2)
    {
      graphene_rect_get_center (bounds, &center);
      edge_snapshot_disc (snapshot, center.x, center.y, 2, &(GdkRGBA) { 1, 1, 1, 0.95 });
    }
}

static void
edge_schedule_key_measure (GtkWidget      *widget,
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
edge_schedule_key_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  EdgeScheduleKey *self = EDGE_SCHEDULE_KEY (widget);
  int y = (gtk_widget_get_height (widget) - SIZE) / 2;

  edge_schedule_key_paint (EDGE_DRAWING (self), snapshot,
                           &GRAPHENE_RECT_INIT (0, y, SIZE, SIZE), self->level);
}

static void
edge_schedule_key_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgeScheduleKey *self = EDGE_SCHEDULE_KEY (object);

  switch ((EdgeScheduleKeyProperty) property_id)
    {
    case PROP_LEVEL:
      g_value_set_uint (value, self->level);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_schedule_key_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EdgeScheduleKey *self = EDGE_SCHEDULE_KEY (object);

  switch ((EdgeScheduleKeyProperty) property_id)
    {
    case PROP_LEVEL:
      self->level = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_schedule_key_class_init (EdgeScheduleKeyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_schedule_key_get_property;
  object_class->set_property = edge_schedule_key_set_property;

  widget_class->measure = edge_schedule_key_measure;
  widget_class->snapshot = edge_schedule_key_snapshot;

  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT_BG);

  properties[PROP_LEVEL] =
    g_param_spec_uint ("level", NULL, NULL, 0, EDGE_SCHEDULE_LEVELS - 1, 0,
                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
edge_schedule_key_init (EdgeScheduleKey *self)
{
}
