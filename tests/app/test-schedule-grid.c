/* test-schedule-grid.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-schedule-grid.h"

#include <adwaita.h>
#include <string.h>

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  (*count)++;
}

static EdgeScheduleGrid *
new_grid (void)
{
  return g_object_ref_sink (g_object_new (EDGE_TYPE_SCHEDULE_GRID, NULL));
}

/* Gives the grid a key as GTK does; returns whether it took it. */
static gboolean
press (EdgeScheduleGrid *grid,
       guint             keyval,
       GdkModifierType   state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (grid));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &taken);
    }

  return taken;
}

static char
level_at (EdgeScheduleGrid *grid,
          int               day,
          int               hour)
{
  return edge_schedule_grid_get_schedule (grid)[day * 24 + hour];
}

static void
test_schedule (void)
{
  EdgeScheduleGrid *grid = new_grid ();
  g_autofree char *as_set = g_strnfill (EDGE_SCHEDULE_HOURS, '1');
  g_autofree char *never = g_strnfill (EDGE_SCHEDULE_HOURS, '0');
  g_autofree char *wrong = g_strnfill (EDGE_SCHEDULE_HOURS, '3');
  g_autofree char *longer = g_strnfill (EDGE_SCHEDULE_HOURS + 1, '0');
  guint n_notified = 0;

  g_signal_connect (grid, "notify::schedule", G_CALLBACK (count_cb), &n_notified);
  g_assert_cmpstr (edge_schedule_grid_get_schedule (grid), ==, as_set);
  edge_schedule_grid_set_schedule (grid, as_set);
  g_assert_cmpuint (n_notified, ==, 0);
  edge_schedule_grid_set_schedule (grid, never);
  edge_schedule_grid_set_schedule (grid, never);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (edge_schedule_grid_get_schedule (grid), ==, never);

  /* What is no schedule takes nothing away from the person. */
  edge_schedule_grid_set_schedule (grid, wrong);
  g_assert_cmpstr (edge_schedule_grid_get_schedule (grid), ==, as_set);
  edge_schedule_grid_set_schedule (grid, never);
  edge_schedule_grid_set_schedule (grid, longer);
  g_assert_cmpstr (edge_schedule_grid_get_schedule (grid), ==, as_set);
  edge_schedule_grid_set_schedule (grid, NULL);
  g_assert_cmpstr (edge_schedule_grid_get_schedule (grid), ==, as_set);

  g_assert_finalize_object (grid);
}

static void
test_keys (void)
{
  EdgeScheduleGrid *grid = new_grid ();
  guint n_notified = 0;

  g_signal_connect (grid, "notify::schedule", G_CALLBACK (count_cb), &n_notified);
  g_assert_true (press (grid, GDK_KEY_0, 0));
  g_assert_cmpint (level_at (grid, 0, 0), ==, '0');
  g_assert_true (press (grid, GDK_KEY_0, 0));
  g_assert_cmpuint (n_notified, ==, 1);

  /* Space goes round through the three levels. */
  for (const char *level = "120"; *level != '\0'; level++)
    {
      press (grid, GDK_KEY_space, 0);
      g_assert_cmpint (level_at (grid, 0, 0), ==, *level);
    }

  /* With Shift the arrows drag the level along. */
  g_assert_true (press (grid, GDK_KEY_Right, GDK_SHIFT_MASK));
  g_assert_true (press (grid, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_cmpint (level_at (grid, 0, 1), ==, '0');
  g_assert_cmpint (level_at (grid, 1, 1), ==, '0');
  g_assert_cmpint (level_at (grid, 1, 0), ==, '1');

  g_assert_true (press (grid, GDK_KEY_End, 0));
  g_assert_true (press (grid, GDK_KEY_2, 0));
  g_assert_cmpint (level_at (grid, 1, 23), ==, '2');

  /* At the edge the key goes on to whoever moves the focus. */
  g_assert_false (press (grid, GDK_KEY_Right, 0));
  g_assert_true (press (grid, GDK_KEY_Up, 0));
  g_assert_false (press (grid, GDK_KEY_Up, 0));
  g_assert_false (press (grid, GDK_KEY_x, 0));

  g_assert_finalize_object (grid);
}

static void
test_mirrored (void)
{
  EdgeScheduleGrid *grid = new_grid ();

  gtk_widget_set_direction (GTK_WIDGET (grid), GTK_TEXT_DIR_RTL);
  g_assert_false (press (grid, GDK_KEY_Right, 0));
  g_assert_true (press (grid, GDK_KEY_Left, 0));
  press (grid, GDK_KEY_0, 0);
  g_assert_cmpint (level_at (grid, 0, 1), ==, '0');

  g_assert_finalize_object (grid);
}

static void
assert_spoken (EdgeScheduleGrid      *grid,
               GtkAccessibleProperty  property,
               const char            *expected)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (grid), property,
                                                               expected);

  g_assert_cmpstr (other, ==, NULL);
}

static void
test_spoken (void)
{
  EdgeScheduleGrid *grid = new_grid ();

  assert_spoken (grid, GTK_ACCESSIBLE_PROPERTY_LABEL, "Hours of the week");
  assert_spoken (grid, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                 "Of 168 hours a week: 168 as set, 0 up to 50 %, 0 not at all");
  press (grid, GDK_KEY_2, 0);
  press (grid, GDK_KEY_Down, 0);
  press (grid, GDK_KEY_0, 0);
  assert_spoken (grid, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                 "Of 168 hours a week: 166 as set, 1 up to 50 %, 1 not at all");
  assert_spoken (grid, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "Tuesday, 00:00: not at all");

  g_assert_finalize_object (grid);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/schedule-grid/schedule", test_schedule);
  g_test_add_func ("/schedule-grid/keys", test_keys);
  g_test_add_func ("/schedule-grid/mirrored", test_mirrored);
  g_test_add_func ("/schedule-grid/spoken", test_spoken);

  return g_test_run ();
}
