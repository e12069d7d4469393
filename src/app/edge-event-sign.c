/* edge-event-sign.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-event-sign.h"

/**
 * EdgeEventSign:
 *
 * The state of an event as a shape: full, ring, cross, dash; a second ring around ours.
 */

#define SIZE       18
#define SIGN_SCALE (5.0 / 5.2)
#define CROSS      2.3

struct _EdgeEventSign
{
  EdgeDrawing    parent_instance;

  EdgeBookState  state;
  gboolean       mine;
};

typedef enum
{
  PROP_STATE = 1,
  PROP_MINE,
} EdgeEventSignProperty;

static GParamSpec *properties[PROP_MINE + 1];

G_DEFINE_FINAL_TYPE (EdgeEventSign, edge_event_sign, EDGE_TYPE_DRAWING)

static void
paint_cross (GtkSnapshot   *snapshot,
             double         x,
             double         y,
             double         scale,
             const GdkRGBA *color)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  double q = CROSS * scale;

  gsk_path_builder_move_to (builder, x - q, y - q);
  gsk_path_builder_line_to (builder, x + q, y + q);
  gsk_path_builder_move_to (builder, x - q, y + q);
  gsk_path_builder_line_to (builder, x + q, y - q);
  edge_snapshot_stroke (snapshot, builder, 1.7 * scale, GSK_LINE_CAP_BUTT, color);
}

/**
 * edge_event_sign_paint:
 * @drawing: a drawing with the inks of accent and error
 * @snapshot: where to
 * @state: of the event
 * @mine: whether we signed it
 * @tip: whether nothing builds on it
 * @x: its middle
 * @y: its middle
 * @radius: 5.2 at full size
 */
void
edge_event_sign_paint (EdgeDrawing   *drawing,
                       GtkSnapshot   *snapshot,
                       EdgeBookState  state,
                       gboolean       mine,
                       gboolean       tip,
                       double         x,
                       double         y,
                       double         radius)
{
  double scale = radius / 5.2;
  GdkRGBA accent, error, color;

  edge_drawing_get_ink (drawing, EDGE_INK_ACCENT, &accent);
  edge_drawing_get_ink (drawing, EDGE_INK_ERROR, &error);
  if (mine)
    {
      edge_drawing_get_fg (drawing, .5, &color);
      if (state == EDGE_BOOK_STATE_PENDING || state == EDGE_BOOK_STATE_CONFIRMED)
        {
          color = accent;
          color.alpha *= .9;
        }
      edge_snapshot_ring (snapshot, x, y, radius + 4.5 * scale, 1.3, &color);
    }

  switch (state)
    {
    case EDGE_BOOK_STATE_FINAL:
      edge_drawing_get_fg (drawing, .48, &color);
      edge_snapshot_disc (snapshot, x, y, radius - .6 * scale, &color);
      break;
    case EDGE_BOOK_STATE_CONFIRMED:
      edge_snapshot_disc (snapshot, x, y, radius, &accent);
      break;
    case EDGE_BOOK_STATE_OFF:
      edge_drawing_get_fg (drawing, .6, &color);
      edge_snapshot_ring (snapshot, x, y, radius - .2 * scale, 1.6 * scale, &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (x - 2.6 * scale, y - .8 * scale,
                                                      5.2 * scale, 1.6 * scale));
      break;
    case EDGE_BOOK_STATE_VOID:
      edge_snapshot_ring (snapshot, x, y, radius + .4 * scale, 1.7 * scale, &error);
      paint_cross (snapshot, x, y, scale, &error);
      break;
    case EDGE_BOOK_STATE_PENDING:
    default:
      edge_snapshot_ring (snapshot, x, y, radius - .9 * scale, 1.9 * scale, &accent);
      break;
    }

  if (tip)
    {
      color = accent;
      color.alpha *= .20;
      edge_snapshot_ring (snapshot, x, y, radius + 5 * scale, 4 * scale, &color);
    }
}

static void
edge_event_sign_measure (GtkWidget      *widget,
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
edge_event_sign_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  EdgeEventSign *self = EDGE_EVENT_SIGN (widget);
  double radius = self->mine ? 3.7 : 5.2 * SIGN_SCALE;

  edge_event_sign_paint (EDGE_DRAWING (self), snapshot, self->state, self->mine, FALSE,
                         gtk_widget_get_width (widget) / 2.0,
                         gtk_widget_get_height (widget) / 2.0, radius);
}

static void
edge_event_sign_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgeEventSign *self = EDGE_EVENT_SIGN (object);

  switch ((EdgeEventSignProperty) property_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_MINE:
      g_value_set_boolean (value, self->mine);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_event_sign_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EdgeEventSign *self = EDGE_EVENT_SIGN (object);

  switch ((EdgeEventSignProperty) property_id)
    {
    case PROP_STATE:
      edge_event_sign_set_state (self, g_value_get_uint (value), self->mine);
      break;
    case PROP_MINE:
      edge_event_sign_set_state (self, self->state, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_event_sign_class_init (EdgeEventSignClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_event_sign_get_property;
  object_class->set_property = edge_event_sign_set_property;
  widget_class->measure = edge_event_sign_measure;
  widget_class->snapshot = edge_event_sign_snapshot;
  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT)
                                     | EDGE_INK_MASK (EDGE_INK_ERROR);

  /**
   * EdgeEventSign:state:
   *
   * An [enum@BookState].
   */
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, EDGE_BOOK_STATE_VOID, 0,
                                              flags);
  properties[PROP_MINE] = g_param_spec_boolean ("mine", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
edge_event_sign_init (EdgeEventSign *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
edge_event_sign_new (EdgeBookState state,
                     gboolean      mine)
{
  return g_object_new (EDGE_TYPE_EVENT_SIGN, "state", state, "mine", mine, NULL);
}

void
edge_event_sign_set_state (EdgeEventSign *self,
                           EdgeBookState  state,
                           gboolean       mine)
{
  gboolean other_state, other_mine;

  g_return_if_fail (EDGE_IS_EVENT_SIGN (self));

  other_state = self->state != state;
  other_mine = self->mine != mine;
  self->state = state;
  self->mine = mine;
  if (other_state)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (other_mine)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MINE]);
  if (other_state || other_mine)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
