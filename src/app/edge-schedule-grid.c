/* edge-schedule-grid.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-schedule-grid.h"

#include "app/edge-schedule-key.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * EdgeScheduleGrid:
 *
 * The hours of a week, painted with the pointer or the keyboard.
 *
 * Each hour is one of three digits: `0` not at all, `1` as set, `2` up to half
 * of the CPU. The property `schedule` is the 168 of them from Monday 00:00.
 */

#define DAYS      7
#define HOURS     24
#define HEADER    18
#define LABEL_GAP 8
#define LABEL_POINTS 7.8
#define MIN_CELL  10
#define NAT_CELL  19
#define MIN_ROW   16
#define NAT_ROW   20

struct _EdgeScheduleGrid
{
  EdgeDrawing  parent_instance;

  char         schedule[EDGE_SCHEDULE_HOURS + 1];
  int          label_width;
  int          cursor;
  char         brush;
};

typedef enum
{
  PROP_SCHEDULE = 1,
} EdgeScheduleGridProperty;

static GParamSpec *properties[PROP_SCHEDULE + 1];

G_DEFINE_FINAL_TYPE (EdgeScheduleGrid, edge_schedule_grid, EDGE_TYPE_DRAWING)

static gboolean
schedule_is_valid (const char *schedule)
{
  return schedule != NULL
         && strlen (schedule) == EDGE_SCHEDULE_HOURS
         && strspn (schedule, "012") == EDGE_SCHEDULE_HOURS;
}

static char *
day_name (int         day,
          const char *format)
{
  /* 1 January 2024 was a Monday. */
  g_autoptr(GDateTime) date = g_date_time_new_utc (2024, 1, 1 + day, 0, 0, 0);

  return g_date_time_format (date, format);
}

static const char *
level_name (char level)
{
  switch (level)
    {
    case '0':
      return _("not at all");
    case '1':
      return _("as set");
    default:
      return _("up to 50 %");
    }
}

static void
update_description (EdgeScheduleGrid *self)
{
  guint counts[EDGE_SCHEDULE_LEVELS] = { 0 };
  g_autofree char *description = NULL;

  for (int i = 0; i < EDGE_SCHEDULE_HOURS; i++)
    counts[self->schedule[i] - '0']++;

  /* Translators: spoken summary of the weekly schedule; all three are hours. */
  description = g_strdup_printf (_("Of 168 hours a week: %u as set, %u up to 50 %%, %u not at all"),
                                 counts[1], counts[2], counts[0]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

static void
announce_cursor (EdgeScheduleGrid *self)
{
  g_autofree char *day = day_name (self->cursor / HOURS, "%A");
  g_autofree char *text = NULL;

  /* Translators: a cell of the weekly schedule: day, hour, what is allowed. */
  text = g_strdup_printf (_("%s, %02d:00: %s"), day, self->cursor % HOURS,
                          level_name (self->schedule[self->cursor]));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
paint_cell (EdgeScheduleGrid *self,
            int               cell,
            char              level)
{
  if (self->schedule[cell] == level)
    return;

  self->schedule[cell] = level;
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCHEDULE]);
}

static char
next_level (char level)
{
  return level == '2' ? '0' : level + 1;
}

static gboolean
is_mirrored (EdgeScheduleGrid *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
get_cell_bounds (EdgeScheduleGrid *self,
                 int               cell,
                 graphene_rect_t  *bounds)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double cell_width = (double) (width - self->label_width) / HOURS;
  double cell_height = (double) (height - HEADER) / DAYS;
  double x = self->label_width + cell % HOURS * cell_width;

  if (is_mirrored (self))
    x = width - x - cell_width;

  graphene_rect_init (bounds, x, HEADER + cell / HOURS * cell_height, cell_width, cell_height);
}

static int
cell_at (EdgeScheduleGrid *self,
         double            x,
         double            y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  int day, hour;

  if (is_mirrored (self))
    x = width - x;

  if (x < self->label_width || y < HEADER || x >= width || y >= height)
    return -1;

  hour = (x - self->label_width) * HOURS / (width - self->label_width);
  day = (y - HEADER) * DAYS / (height - HEADER);

  return CLAMP (day, 0, DAYS - 1) * HOURS + CLAMP (hour, 0, HOURS - 1);
}

static void
move_cursor (EdgeScheduleGrid *self,
             int               cell)
{
  if (self->cursor == cell)
    return;

  self->cursor = cell;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (GtkGestureDrag   *gesture,
               double            x,
               double            y,
               EdgeScheduleGrid *self)
{
  int cell = cell_at (self, x, y);

  if (cell < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->brush = next_level (self->schedule[cell]);
  move_cursor (self, cell);
  paint_cell (self, cell, self->brush);
}

static void
drag_update_cb (GtkGestureDrag   *gesture,
                double            offset_x,
                double            offset_y,
                EdgeScheduleGrid *self)
{
  double x, y;
  int cell;

  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;

  cell = cell_at (self, x + offset_x, y + offset_y);
  if (cell >= 0)
    {
      move_cursor (self, cell);
      paint_cell (self, cell, self->brush);
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                EdgeScheduleGrid      *self)
{
  int day = self->cursor / HOURS;
  int hour = self->cursor % HOURS;
  int forward = is_mirrored (self) ? -1 : 1;
  char brush = self->schedule[self->cursor];

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      hour -= forward;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      hour += forward;
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      day--;
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      day++;
      break;
    case GDK_KEY_Home:
      hour = 0;
      break;
    case GDK_KEY_End:
      hour = HOURS - 1;
      break;
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      paint_cell (self, self->cursor, next_level (brush));
      announce_cursor (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_1:
    case GDK_KEY_2:
      paint_cell (self, self->cursor, (char) keyval);
      announce_cursor (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }

  if (day < 0 || day >= DAYS || hour < 0 || hour >= HOURS)
    return GDK_EVENT_PROPAGATE;

  /* With Shift the cursor drags the level of the cell it leaves. */
  move_cursor (self, day * HOURS + hour);
  if (state & GDK_SHIFT_MASK)
    paint_cell (self, self->cursor, brush);
  announce_cursor (self);

  return GDK_EVENT_STOP;
}

static gboolean
query_tooltip_cb (EdgeScheduleGrid *self,
                  int               x,
                  int               y,
                  gboolean          keyboard,
                  GtkTooltip       *tooltip)
{
  int cell = keyboard ? self->cursor : cell_at (self, x, y);
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (cell < 0)
    return FALSE;

  day = day_name (cell / HOURS, "%A");
  /* Translators: tooltip of a cell of the weekly schedule: day, from, to, what is allowed. */
  text = g_strdup_printf (_("%s, %02d:00–%02d:00: %s"), day, cell % HOURS, cell % HOURS + 1,
                          level_name (self->schedule[cell]));
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
ensure_label_width (EdgeScheduleGrid *self)
{
  if (self->label_width > 0)
    return;

  for (int day = 0; day < DAYS; day++)
    {
      g_autofree char *name = day_name (day, "%a");
      double width = edge_drawing_text_width (EDGE_DRAWING (self), name, LABEL_POINTS, 400);

      self->label_width = MAX (self->label_width, ceil (width) + LABEL_GAP);
    }
}

static void
edge_schedule_grid_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  EdgeScheduleGrid *self = EDGE_SCHEDULE_GRID (widget);

  ensure_label_width (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = self->label_width + HOURS * MIN_CELL;
      *natural = self->label_width + HOURS * NAT_CELL;
    }
  else
    {
      *minimum = HEADER + DAYS * MIN_ROW;
      *natural = HEADER + DAYS * NAT_ROW;
    }
}

static void
snapshot_labels (EdgeScheduleGrid *self,
                 GtkSnapshot      *snapshot)
{
  EdgeTextStyle style = { .points = LABEL_POINTS, .weight = 400, .yalign = 0.5 };
  graphene_rect_t bounds;

  edge_drawing_get_fg (EDGE_DRAWING (self), 0.65, &style.color);

  style.xalign = is_mirrored (self) ? 1 : 0;
  for (int day = 0; day < DAYS; day++)
    {
      g_autofree char *name = day_name (day, "%a");

      get_cell_bounds (self, day * HOURS, &bounds);
      edge_drawing_text (EDGE_DRAWING (self), snapshot, name,
                         is_mirrored (self) ? gtk_widget_get_width (GTK_WIDGET (self)) : 0,
                         bounds.origin.y + bounds.size.height / 2, &style);
    }

  style.xalign = 0.5;
  for (int hour = 0; hour < HOURS; hour += 6)
    {
      g_autofree char *text = g_strdup_printf ("%02d", hour);

      get_cell_bounds (self, hour, &bounds);
      edge_drawing_text (EDGE_DRAWING (self), snapshot, text,
                         bounds.origin.x + bounds.size.width / 2, HEADER / 2 - 2, &style);
    }
}

static void
snapshot_cursor (EdgeScheduleGrid *self,
                 GtkSnapshot      *snapshot)
{
  graphene_rect_t bounds;
  GskRoundedRect ring;
  GdkRGBA color;

  edge_drawing_get_fg (EDGE_DRAWING (self), 0.9, &color);
  get_cell_bounds (self, self->cursor, &bounds);
  graphene_rect_inset (&bounds, -1, -1);
  gsk_rounded_rect_init_from_rect (&ring, &bounds, 4);
  gtk_snapshot_append_border (snapshot, &ring, (float[4]) { 2, 2, 2, 2 },
                              (GdkRGBA[4]) { color, color, color, color });
}

static void
edge_schedule_grid_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  EdgeScheduleGrid *self = EDGE_SCHEDULE_GRID (widget);

  snapshot_labels (self, snapshot);

  for (int cell = 0; cell < EDGE_SCHEDULE_HOURS; cell++)
    {
      graphene_rect_t bounds;

      get_cell_bounds (self, cell, &bounds);
      edge_schedule_key_paint (EDGE_DRAWING (self), snapshot, &bounds,
                               self->schedule[cell] - '0');
    }

  if (gtk_widget_has_visible_focus (widget))
    snapshot_cursor (self, snapshot);
}

static void
edge_schedule_grid_system_setting_changed (GtkWidget        *widget,
                                           GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (edge_schedule_grid_parent_class)->system_setting_changed (widget, setting);

  /* Fonts may have changed, and with them the room that the days take. */
  EDGE_SCHEDULE_GRID (widget)->label_width = 0;
  gtk_widget_queue_resize (widget);
}

static void
edge_schedule_grid_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EdgeScheduleGrid *self = EDGE_SCHEDULE_GRID (object);

  switch ((EdgeScheduleGridProperty) property_id)
    {
    case PROP_SCHEDULE:
      g_value_set_string (value, self->schedule);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_schedule_grid_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EdgeScheduleGrid *self = EDGE_SCHEDULE_GRID (object);

  switch ((EdgeScheduleGridProperty) property_id)
    {
    case PROP_SCHEDULE:
      edge_schedule_grid_set_schedule (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_schedule_grid_class_init (EdgeScheduleGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_schedule_grid_get_property;
  object_class->set_property = edge_schedule_grid_set_property;

  widget_class->measure = edge_schedule_grid_measure;
  widget_class->snapshot = edge_schedule_grid_snapshot;
  widget_class->system_setting_changed = edge_schedule_grid_system_setting_changed;

  properties[PROP_SCHEDULE] =
    g_param_spec_string ("schedule", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  EDGE_DRAWING_CLASS (klass)->inks = EDGE_INK_MASK (EDGE_INK_ACCENT_BG);

  gtk_widget_class_set_css_name (widget_class, "schedule");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
edge_schedule_grid_init (EdgeScheduleGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  memset (self->schedule, '1', EDGE_SCHEDULE_HOURS);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Hours of the week"),
                                  -1);
  update_description (self);
}

/**
 * edge_schedule_grid_get_schedule:
 * @self: a grid
 *
 * Returns: 168 digits from Monday 00:00
 */
const char *
edge_schedule_grid_get_schedule (EdgeScheduleGrid *self)
{
  g_return_val_if_fail (EDGE_IS_SCHEDULE_GRID (self), NULL);

  return self->schedule;
}

/**
 * edge_schedule_grid_set_schedule:
 * @self: a grid
 * @schedule: (nullable): 168 digits 0 to 2 from Monday 00:00; anything else means always as set
 */
void
edge_schedule_grid_set_schedule (EdgeScheduleGrid *self,
                                 const char       *schedule)
{
  char wanted[EDGE_SCHEDULE_HOURS + 1] = { 0 };

  g_return_if_fail (EDGE_IS_SCHEDULE_GRID (self));

  if (schedule_is_valid (schedule))
    memcpy (wanted, schedule, EDGE_SCHEDULE_HOURS);
  else
    memset (wanted, '1', EDGE_SCHEDULE_HOURS);

  if (memcmp (wanted, self->schedule, EDGE_SCHEDULE_HOURS) == 0)
    return;

  memcpy (self->schedule, wanted, EDGE_SCHEDULE_HOURS);
  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCHEDULE]);
}

