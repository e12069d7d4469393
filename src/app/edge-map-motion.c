/* edge-map-motion.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-map-motion.h"

#include <adwaita.h>
#include <math.h>

/**
 * EdgeMapMotion:
 *
 * Where the nodes of a map are drawn while they move to where they belong, and how far frames
 * have travelled on their links.
 *
 * Nothing ticks unless something moves, the map is seen and the person wants animations.
 */

#define MOVE_MS     200
#define STILL       1.0 /* pixels a node may jump without a move */
#define TRAVEL_US   (1800 * G_TIME_SPAN_MILLISECOND) /* of a frame dot, end to end */
#define TRAVEL_TICK (33 * G_TIME_SPAN_MILLISECOND)

struct _EdgeMapMotion
{
  GObject       parent_instance;

  EdgeDrawing  *drawing; /* not owned: it owns us */
  EdgeMapModel *model;
  AdwAnimation *move;
  GHashTable   *from;    /* id → EdgeMapPoint at which the move began, relative to the middle */
  GArray       *points;
  EdgeMapFrame  frame;
  gint64        travel_drawn;
  guint         travel_tick;
};

G_DEFINE_FINAL_TYPE (EdgeMapMotion, edge_map_motion, G_TYPE_OBJECT)

static void
edge_map_motion_dispose (GObject *object)
{
  EdgeMapMotion *self = EDGE_MAP_MOTION (object);

  g_clear_object (&self->move);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (edge_map_motion_parent_class)->dispose (object);
}

static void
edge_map_motion_finalize (GObject *object)
{
  EdgeMapMotion *self = EDGE_MAP_MOTION (object);

  g_clear_pointer (&self->from, g_hash_table_unref);
  g_clear_pointer (&self->points, g_array_unref);

  G_OBJECT_CLASS (edge_map_motion_parent_class)->finalize (object);
}

static void
edge_map_motion_class_init (EdgeMapMotionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_map_motion_dispose;
  object_class->finalize = edge_map_motion_finalize;
}

static void
edge_map_motion_init (EdgeMapMotion *self)
{
  self->from = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->points = g_array_new (FALSE, TRUE, sizeof (EdgeMapPoint));
}

static void
move_cb (double   value,
         gpointer user_data)
{
  gtk_widget_queue_draw (GTK_WIDGET (user_data));
}

/**
 * edge_map_motion_new:
 * @drawing: the map, which keeps the motion
 * @model: its nodes
 *
 * Returns: (transfer full): a motion that has placed nothing yet
 */
EdgeMapMotion *
edge_map_motion_new (EdgeDrawing  *drawing,
                     EdgeMapModel *model)
{
  EdgeMapMotion *self = g_object_new (EDGE_TYPE_MAP_MOTION, NULL);

  self->drawing = drawing;
  self->model = g_object_ref (model);
  self->move = adw_timed_animation_new (GTK_WIDGET (drawing), 0, 1, MOVE_MS,
                                        adw_callback_animation_target_new (move_cb, drawing, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->move), ADW_EASE_OUT_CUBIC);
  return self;
}

const EdgeMapFrame *
edge_map_motion_get_frame (EdgeMapMotion *self)
{
  return &self->frame;
}

const EdgeMapPoint *
edge_map_motion_get_points (EdgeMapMotion *self,
                            guint         *n_points)
{
  *n_points = self->points->len;
  return (const EdgeMapPoint *) (gpointer) self->points->data;
}

/**
 * edge_map_motion_get_done:
 * @self: a motion
 *
 * Returns: 0…1, how far nodes have come; 1 when they stand
 */
double
edge_map_motion_get_done (EdgeMapMotion *self)
{
  if (adw_animation_get_state (self->move) != ADW_ANIMATION_PLAYING)
    return 1;

  return adw_animation_get_value (self->move);
}

/**
 * edge_map_motion_get_phase:
 * @self: a motion
 *
 * Returns: 0…1, how far frames are on their way; negative when they stand
 */
double
edge_map_motion_get_phase (EdgeMapMotion *self)
{
  if (self->travel_tick == 0)
    return -1;

  return (double) (self->travel_drawn % TRAVEL_US) / TRAVEL_US;
}

/**
 * edge_map_motion_place:
 * @self: a motion
 * @kind: what the map shows
 *
 * Places each node for the size of the widget and for how far the move has come.
 */
void
edge_map_motion_place (EdgeMapMotion *self,
                       EdgeMapKind    kind)
{
  guint n = edge_map_model_get_length (self->model);
  EdgeMapNode *nodes = edge_map_model_get_nodes (self->model);
  double done = edge_map_motion_get_done (self);

  edge_map_frame_init (&self->frame, kind, gtk_widget_get_width (GTK_WIDGET (self->drawing)),
                       gtk_widget_get_height (GTK_WIDGET (self->drawing)), n);
  g_array_set_size (self->points, n);
  for (guint i = 0; i < n; i++)
    {
      EdgeMapPoint at = edge_map_place (&self->frame, i, n, nodes[i].latency);
      EdgeMapPoint *from = g_hash_table_lookup (self->from,
                                                edge_map_model_get_id (self->model, i));

      if (from != NULL && done < 1)
        {
          at.x = (self->frame.cx + from->x) * (1 - done) + at.x * done;
          at.y = (self->frame.cy + from->y) * (1 - done) + at.y * done;
        }
      g_array_index (self->points, EdgeMapPoint, i) = at;
    }
}

static void
note_places (EdgeMapMotion *self,
             EdgeMapKind    kind)
{
  g_hash_table_remove_all (self->from);
  if (gtk_widget_get_width (GTK_WIDGET (self->drawing)) == 0)
    return;

  edge_map_motion_place (self, kind);
  for (guint i = 0; i < self->points->len; i++)
    {
      EdgeMapPoint *from = g_memdup2 (&g_array_index (self->points, EdgeMapPoint, i),
                                      sizeof *from);

      from->x -= self->frame.cx;
      from->y -= self->frame.cy;
      g_hash_table_insert (self->from, g_strdup (edge_map_model_get_id (self->model, i)), from);
    }
}

/* Whether the refreshed nodes are elsewhere than the drawn ones were. */
static gboolean
has_moved (EdgeMapMotion *self,
           EdgeMapKind    kind)
{
  edge_map_motion_place (self, kind);
  for (guint i = 0; i < self->points->len; i++)
    {
      const EdgeMapPoint *at = &g_array_index (self->points, EdgeMapPoint, i);
      const EdgeMapPoint *from = g_hash_table_lookup (self->from,
                                                      edge_map_model_get_id (self->model, i));

      if (from != NULL && hypot (self->frame.cx + from->x - at->x,
                                 self->frame.cy + from->y - at->y) > STILL)
        return TRUE;
    }

  return FALSE;
}

/**
 * edge_map_motion_refresh:
 * @self: a motion
 * @kind: what the map shows
 *
 * Lets the model read its peers anew and moves the nodes from where they are to where they go.
 */
void
edge_map_motion_refresh (EdgeMapMotion *self,
                         EdgeMapKind    kind)
{
  note_places (self, kind);
  adw_animation_reset (self->move);
  edge_map_model_refresh (self->model);
  if (has_moved (self, kind))
    adw_animation_play (self->move);
  edge_map_motion_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self->drawing));
}

static gboolean
travel_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  EdgeMapMotion *self = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  /* Thirty steps a second look smooth for dots and halve the work. */
  if (now - self->travel_drawn >= TRAVEL_TICK)
    {
      self->travel_drawn = now;
      gtk_widget_queue_draw (widget);
    }

  return G_SOURCE_CONTINUE;
}

/**
 * edge_map_motion_update:
 * @self: a motion
 *
 * Starts or stops the travelling of frames, as the nodes and the map are now.
 */
void
edge_map_motion_update (EdgeMapMotion *self)
{
  EdgeMapNode *nodes = edge_map_model_get_nodes (self->model);
  guint n = edge_map_model_get_length (self->model);
  gboolean travels = FALSE;

  if (edge_drawing_may_animate (self->drawing) && n <= EDGE_MAP_MAX_SEALS)
    for (guint i = 0; i < n && !travels; i++)
      travels = nodes[i].linked && edge_map_node_shows_frames (&nodes[i]);

  if (travels && self->travel_tick == 0)
    self->travel_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->drawing), travel_cb,
                                                      self, NULL);
  else if (!travels && self->travel_tick != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self->drawing), self->travel_tick);
      self->travel_tick = 0;
    }
}

/** edge_map_motion_stop: Puts nodes where they belong and lets frames stand, at once. */
void
edge_map_motion_stop (EdgeMapMotion *self)
{
  adw_animation_skip (self->move);
  if (self->travel_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->drawing), self->travel_tick);
  self->travel_tick = 0;
}
