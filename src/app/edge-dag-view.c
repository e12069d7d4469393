/* edge-dag-view.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-dag-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

/**
 * EdgeDagView:
 *
 * The newest events and what they build on; new ones come in from the end and slide the rest on.
 *
 * Arrow keys walk the events, Enter or a click opens one. What does not move
 * is drawn once and kept, so that a slide costs no more than a shift.
 */

#define REFRESH_MS 200 /* between two looks at the list at least */
#define SLIDE_MS   200
#define WIDTH      300
#define HEIGHT     150

enum
{
  EVENT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeDagView, edge_dag_view, EDGE_TYPE_DRAWING)

static void
drop_kept (EdgeDagView *self)
{
  g_clear_pointer (&self->kept, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
_edge_dag_view_get_offset (EdgeDagView *self)
{
  if (adw_animation_get_state (self->slide) != ADW_ANIMATION_PLAYING)
    return 0;
  return round (adw_animation_get_value (self->slide)) * (self->frame.rtl ? -1 : 1);
}

static void
update_frame (EdgeDagView *self)
{
  edge_dag_frame_init (&self->frame, self->model, gtk_widget_get_width (GTK_WIDGET (self)),
                       gtk_widget_get_height (GTK_WIDGET (self)),
                       gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL);
}

/* Where the final part ends, also while it moves there. */
static double
get_boundary (EdgeDagView *self)
{
  if (adw_animation_get_state (self->advance) != ADW_ANIMATION_PLAYING)
    return self->boundary;
  return adw_animation_get_value (self->advance);
}

static void
update_boundary (EdgeDagView *self)
{
  double shown = get_boundary (self);
  double boundary = 0;
  gboolean has_final = edge_dag_model_get_boundary (self->model, &boundary);

  if (has_final && self->has_final && boundary > self->boundary &&
      edge_drawing_may_animate (EDGE_DRAWING (self)))
    {
      adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->advance), shown);
      adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->advance), boundary);
      adw_animation_play (self->advance);
    }
  else if (!has_final || boundary != self->boundary)
    {
      adw_animation_skip (self->advance);
    }
  self->has_final = has_final;
  self->boundary = boundary;
}

static void
refresh (EdgeDagView *self)
{
  EdgeDagFrame before = self->frame;
  double offset = fabs (_edge_dag_view_get_offset (self));
  g_autofree char *summary = NULL;
  gint64 moved;

  self->refreshed = g_get_monotonic_time ();
  edge_dag_model_update (self->model, self->entries,
                         edge_dag_frame_columns (gtk_widget_get_width (GTK_WIDGET (self))) + 2);
  update_frame (self);
  update_boundary (self);
  drop_kept (self);

  moved = self->frame.last - before.last;
  if (before.width > 0 && moved > 0 && moved <= self->frame.last - self->frame.first
      && edge_drawing_may_animate (EDGE_DRAWING (self)))
    {
      adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->slide),
                                          MIN (offset + (double) moved * self->frame.step,
                                               self->frame.width));
      adw_animation_play (self->slide);
    }

  summary = edge_dag_model_dup_summary (self->model);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
}

static gboolean
refresh_cb (gpointer user_data)
{
  EdgeDagView *self = user_data;

  self->refresh_source = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
outdated_cb (EdgeDagView *self)
{
  gint64 wait;

  if (self->refresh_source != 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  wait = self->refreshed + REFRESH_MS * G_TIME_SPAN_MILLISECOND - g_get_monotonic_time ();
  self->refresh_source = g_timeout_add_full (G_PRIORITY_HIGH_IDLE,
                                             MAX (wait, 0) / G_TIME_SPAN_MILLISECOND,
                                             refresh_cb, self, NULL);
}

static void
edge_dag_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (edge_dag_view_parent_class)->map (widget);

  refresh (EDGE_DAG_VIEW (widget));
}

static void
edge_dag_view_unmap (GtkWidget *widget)
{
  EdgeDagView *self = EDGE_DAG_VIEW (widget);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  adw_animation_skip (self->slide);
  adw_animation_skip (self->advance);
  GTK_WIDGET_CLASS (edge_dag_view_parent_class)->unmap (widget);
}

static void
edge_dag_view_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  EdgeDagView *self = EDGE_DAG_VIEW (widget);

  update_frame (self);
  drop_kept (self);
  outdated_cb (self);
}

/* Colours may be others now. */
static void
edge_dag_view_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (edge_dag_view_parent_class)->css_changed (widget, change);

  drop_kept (EDGE_DAG_VIEW (widget));
}

static void
edge_dag_view_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH / 2 : HEIGHT / 2;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
paint_mark (EdgeDagView *self,
            GtkSnapshot *snapshot,
            const char  *id,
            double       radius,
            EdgeInk      ink)
{
  int at = edge_dag_model_find (self->model, id);
  const EdgeDagItem *item = at >= 0 ? edge_dag_model_get_item (self->model, at) : NULL;
  GdkRGBA color;

  if (item == NULL || item->hidden || item->column < self->frame.first)
    return;

  edge_drawing_get_ink (EDGE_DRAWING (self), ink, &color);
  edge_snapshot_ring (snapshot, edge_dag_frame_get_x (&self->frame, item->column),
                      edge_dag_frame_get_y (&self->frame, item->lane), radius, 2, &color);
}

static void
edge_dag_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  EdgeDagView *self = EDGE_DAG_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GskRoundedRect clip;

  if (self->kept == NULL && edge_dag_model_get_length (self->model) > 0)
    {
      GtkSnapshot *still = gtk_snapshot_new ();

      edge_dag_paint (EDGE_DRAWING (self), still, self->model, &self->frame);
      self->kept = gtk_snapshot_free_to_node (still);
    }

  gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (0, 0, width, height), 12);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  if (self->kept != NULL)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (_edge_dag_view_get_offset (self), 0));
      if (self->has_final)
        edge_dag_paint_final (EDGE_DRAWING (self), snapshot, &self->frame, get_boundary (self),
                              self->final_text);
      gtk_snapshot_append_node (snapshot, self->kept);
      paint_mark (self, snapshot, self->hovered, 11, EDGE_INK_ACCENT);
      if (gtk_widget_has_visible_focus (widget))
        paint_mark (self, snapshot, self->focused, 13, EDGE_INK_ACCENT);
    }
  else if (self->entries != NULL)
    {
      EdgeTextStyle style = { .points = 9.5, .weight = 400, .xalign = .5, .yalign = .5 };

      edge_drawing_get_fg (EDGE_DRAWING (self), .6, &style.color);
      edge_drawing_text (EDGE_DRAWING (self), snapshot, _("No event yet"), width / 2.0,
                         height / 2.0, &style);
    }
  gtk_snapshot_pop (snapshot);
}

static void
edge_dag_view_dispose (GObject *object)
{
  EdgeDagView *self = EDGE_DAG_VIEW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->entries != NULL)
    g_signal_handlers_disconnect_by_func (self->entries, outdated_cb, self);
  g_clear_object (&self->entries);
  g_clear_object (&self->peers);
  g_clear_object (&self->slide);
  g_clear_object (&self->advance);
  g_clear_pointer (&self->kept, gsk_render_node_unref);

  G_OBJECT_CLASS (edge_dag_view_parent_class)->dispose (object);
}

static void
edge_dag_view_finalize (GObject *object)
{
  EdgeDagView *self = EDGE_DAG_VIEW (object);

  g_clear_pointer (&self->model, edge_dag_model_free);
  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->final_text, g_free);
  g_clear_pointer (&self->focused, g_free);
  g_clear_pointer (&self->hovered, g_free);

  G_OBJECT_CLASS (edge_dag_view_parent_class)->finalize (object);
}

static void
edge_dag_view_class_init (EdgeDagViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = edge_dag_view_dispose;
  object_class->finalize = edge_dag_view_finalize;
  widget_class->map = edge_dag_view_map;
  widget_class->unmap = edge_dag_view_unmap;
  widget_class->measure = edge_dag_view_measure;
  widget_class->size_allocate = edge_dag_view_size_allocate;
  widget_class->snapshot = edge_dag_view_snapshot;
  widget_class->css_changed = edge_dag_view_css_changed;
  EDGE_DRAWING_CLASS (klass)->inks = (1u << EDGE_N_INKS) - 1;

  /**
   * EdgeDagView::event-activated:
   * @self: a view
   * @id: the id of the event to open
   */
  signals[EVENT_ACTIVATED] = g_signal_new ("event-activated", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "dagview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
slide_cb (double   value,
          gpointer user_data)
{
  gtk_widget_queue_draw (GTK_WIDGET (user_data));
}

static void
edge_dag_view_init (EdgeDagView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->model = edge_dag_model_new ();
  self->slide = adw_timed_animation_new (GTK_WIDGET (self), 0, 0, SLIDE_MS,
                                         adw_callback_animation_target_new (slide_cb, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->slide), ADW_EASE_OUT_CUBIC);
  self->advance = adw_timed_animation_new (GTK_WIDGET (self), 0, 0, SLIDE_MS,
                                           adw_callback_animation_target_new (slide_cb, self, NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->advance), ADW_EASE_OUT_CUBIC);

  _edge_dag_view_take_input (self);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (drop_kept), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (drop_kept), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::accent-color-rgba", G_CALLBACK (drop_kept), self,
                           G_CONNECT_SWAPPED);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("The newest events"), -1);
}

GtkWidget *
edge_dag_view_new (void)
{
  return g_object_new (EDGE_TYPE_DAG_VIEW, NULL);
}

/**
 * edge_dag_view_set_entries:
 * @self: a view
 * @entries: (nullable): a list of [class@BookEntry], the newest first
 */
void
edge_dag_view_set_entries (EdgeDagView *self,
                           GListModel  *entries)
{
  g_return_if_fail (EDGE_IS_DAG_VIEW (self));

  if (self->entries == entries)
    return;
  if (self->entries != NULL)
    g_signal_handlers_disconnect_by_func (self->entries, outdated_cb, self);
  g_set_object (&self->entries, entries);
  if (entries != NULL)
    g_signal_connect_object (entries, "items-changed", G_CALLBACK (outdated_cb), self,
                             G_CONNECT_SWAPPED);
  outdated_cb (self);
}

/**
 * edge_dag_view_queue_refresh:
 * @self: a view
 *
 * Entries may have other states now.
 */
void
edge_dag_view_queue_refresh (EdgeDagView *self)
{
  g_return_if_fail (EDGE_IS_DAG_VIEW (self));

  outdated_cb (self);
}

/**
 * edge_dag_view_set_people:
 * @self: a view
 * @peers: (nullable): a list of [class@Peer], for names
 * @own_id: (nullable): our key
 */
void
edge_dag_view_set_people (EdgeDagView *self,
                          GListModel  *peers,
                          const char  *own_id)
{
  g_return_if_fail (EDGE_IS_DAG_VIEW (self));

  g_set_object (&self->peers, peers);
  g_set_str (&self->own_id, own_id);
}

/**
 * edge_dag_view_set_final_text:
 * @self: a view
 * @text: (nullable): what closed the book last, beside the line up to which all is final
 */
void
edge_dag_view_set_final_text (EdgeDagView *self,
                              const char  *text)
{
  g_return_if_fail (EDGE_IS_DAG_VIEW (self));

  if (g_set_str (&self->final_text, text))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
