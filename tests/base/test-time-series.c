/* test-time-series.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-time-series.h"

#include <math.h>

static void
count_up (EdgeTimeSeries *series,
          guint          *count)
{
  (*count)++;
}

static void
assert_values (EdgeTimeSeries *series,
               guint           length,
               const double   *values)
{
  g_assert_cmpuint (edge_time_series_get_length (series), ==, length);
  for (guint i = 0; i < length; i++)
    g_assert_cmpfloat (edge_time_series_get_value (series, i), ==, values[i]);
}

static void
test_evicts_oldest (void)
{
  EdgeTimeSeries *series = edge_time_series_new (3);

  g_assert_cmpuint (edge_time_series_get_length (series), ==, 0);
  for (int i = 1; i <= 3; i++)
    edge_time_series_append (series, i * 10, i);
  assert_values (series, 3, (double[]) { 1, 2, 3 });

  edge_time_series_append (series, 40, 4);
  assert_values (series, 3, (double[]) { 2, 3, 4 });
  g_assert_cmpint (edge_time_series_get_time (series, 0), ==, 20);
  g_assert_cmpint (edge_time_series_get_time (series, 2), ==, 40);

  /* Several times around. */
  for (int i = 5; i <= 1000; i++)
    edge_time_series_append (series, i * 10, i);
  assert_values (series, 3, (double[]) { 998, 999, 1000 });

  g_assert_finalize_object (series);
}

static void
test_capacity_one (void)
{
  EdgeTimeSeries *one = edge_time_series_new (1);
  EdgeTimeSeries *none = edge_time_series_new (0);

  edge_time_series_append (one, 1, 1);
  edge_time_series_append (one, 2, 2);
  assert_values (one, 1, (double[]) { 2 });
  edge_time_series_append (none, 3, 3);
  assert_values (none, 1, (double[]) { 3 });

  g_assert_finalize_object (one);
  g_assert_finalize_object (none);
}

static void
test_changed (void)
{
  EdgeTimeSeries *series = edge_time_series_new (2);
  guint count = 0;

  g_signal_connect (series, "changed", G_CALLBACK (count_up), &count);
  edge_time_series_clear (series);
  g_assert_cmpuint (count, ==, 0);
  edge_time_series_append (series, 1, 1);
  edge_time_series_append_gap (series, 2);
  edge_time_series_append (series, 3, 1);
  g_assert_cmpuint (count, ==, 3);
  edge_time_series_clear (series);
  g_assert_cmpuint (count, ==, 4);
  g_assert_cmpuint (edge_time_series_get_length (series), ==, 0);
  edge_time_series_clear (series);
  g_assert_cmpuint (count, ==, 4);

  edge_time_series_append (series, 9, 9);
  assert_values (series, 1, (double[]) { 9 });

  g_assert_finalize_object (series);
}

static void
test_median (void)
{
  EdgeTimeSeries *series = edge_time_series_new (5);

  g_assert_true (isnan (edge_time_series_get_median (series)));
  edge_time_series_append_gap (series, 0);
  g_assert_true (isnan (edge_time_series_get_value (series, 0)));
  g_assert_true (isnan (edge_time_series_get_median (series)));

  edge_time_series_append (series, 1, 30);
  g_assert_cmpfloat (edge_time_series_get_median (series), ==, 30);
  edge_time_series_append (series, 2, 10);
  g_assert_cmpfloat (edge_time_series_get_median (series), ==, 20);
  edge_time_series_append (series, 3, 1000);
  g_assert_cmpfloat (edge_time_series_get_median (series), ==, 30);
  edge_time_series_append_gap (series, 4);
  g_assert_cmpfloat (edge_time_series_get_median (series), ==, 30);

  /* The first gap went, and with the next the 30; the 20 comes in. */
  edge_time_series_append (series, 5, -5);
  g_assert_cmpfloat (edge_time_series_get_median (series), ==, 20);
  edge_time_series_append (series, 6, 20);
  g_assert_cmpfloat (edge_time_series_get_median (series), ==, 15);

  g_assert_finalize_object (series);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time-series/evicts-oldest", test_evicts_oldest);
  g_test_add_func ("/time-series/capacity-one", test_capacity_one);
  g_test_add_func ("/time-series/changed", test_changed);
  g_test_add_func ("/time-series/median", test_median);

  return g_test_run ();
}
