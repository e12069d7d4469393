/* edge-dag-view-input.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-dag-view-private.h"

/* Pointer and keys on the drawing of events. */

#define HIT 11.0

static int
event_at (EdgeDagView *self,
          double       x,
          double       y)
{
  double best = HIT * HIT;
  int found = -1;

  for (guint i = 0; i < edge_dag_model_get_length (self->model); i++)
    {
      const EdgeDagItem *item = edge_dag_model_get_item (self->model, i);
      double dx = edge_dag_frame_get_x (&self->frame, item->column) + _edge_dag_view_get_offset (self) - x;
      double dy = edge_dag_frame_get_y (&self->frame, item->lane) - y;

      if (item->hidden || item->column < self->frame.first || dx * dx + dy * dy > best)
        continue;
      best = dx * dx + dy * dy;
      found = (int) i;
    }
  return found;
}

static const char *
get_id (EdgeDagView *self,
        int          at)
{
  return at >= 0 ? edge_dag_model_get_item (self->model, at)->id : NULL;
}

static void
activate_event (EdgeDagView *self,
                const char  *id)
{
  g_autofree char *kept = g_strdup (id);

  if (kept != NULL)
    g_signal_emit_by_name (self, "event-activated", kept);
}

static void
released_cb (EdgeDagView     *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *gesture)
{
  const char *id = get_id (self, event_at (self, x, y));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (id == NULL)
    return;
  g_set_str (&self->focused, id);
  activate_event (self, id);
}

static void
motion_cb (EdgeDagView              *self,
           double                    x,
           double                    y,
           GtkEventControllerMotion *controller)
{
  const char *id = get_id (self, event_at (self, x, y));

  if (!g_set_str (&self->hovered, id))
    return;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), id != NULL ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (EdgeDagView *self)
{
  if (g_set_str (&self->hovered, NULL))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
is_seen (EdgeDagView *self,
         int          at)
{
  const EdgeDagItem *item = edge_dag_model_get_item (self->model, at);

  return !item->hidden && item->column >= self->frame.first;
}

/* Says where the keyboard is, as there is no child to hold the focus. */
static void
walk (EdgeDagView *self,
      int          from,
      int          step)
{
  int n = (int) edge_dag_model_get_length (self->model);
  g_autofree char *text = NULL;
  int at = from + step;

  while (at >= 0 && at < n && !is_seen (self, at))
    at += step;
  if (at < 0 || at >= n)
    return;

  g_set_str (&self->focused, get_id (self, at));
  text = edge_book_info_dup_spoken (edge_dag_model_get_info (self->model, at), self->peers,
                                    self->own_id);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (EdgeDagView           *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        modifiers,
                GtkEventControllerKey *controller)
{
  int n = (int) edge_dag_model_get_length (self->model);
  int at = edge_dag_model_find (self->model, self->focused);
  int newer = self->frame.rtl ? -1 : 1;

  if (n == 0 || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      walk (self, at < 0 ? n - 1 - newer : at, newer);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      walk (self, at < 0 ? n - 1 + newer : at, -newer);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      walk (self, -1, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      walk (self, n, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      activate_event (self, get_id (self, at));
      return at >= 0 ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
query_tooltip_cb (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip,
                  gpointer    user_data)
{
  EdgeDagView *self = EDGE_DAG_VIEW (widget);
  int at = keyboard ? edge_dag_model_find (self->model, self->focused) : event_at (self, x, y);
  g_autofree char *text = NULL;

  if (at < 0)
    return FALSE;

  text = edge_book_info_dup_spoken (edge_dag_model_get_info (self->model, at), self->peers,
                                    self->own_id);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* _edge_dag_view_take_input: lets a person point at events and walk them with arrow keys. */
void
_edge_dag_view_take_input (EdgeDagView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
