/* test-book-charts.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-balance-bar.h"
#include "app/edge-book-figures.h"
#include "app/edge-curve.h"
#include "app/edge-earned-history.h"
#include "ledger/edge-multiplier.h"

#include <math.h>

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define DAY_MS  (24 * HOUR_MS)

/* The curve for the eye is that of the ledger. */
static void
test_curve_value (void)
{
  for (guint64 hours = 0; hours <= 10000000; hours += 12345)
    {
      double exact = edge_multiplier (hours * (guint64) HOUR_MS, 1000000, 10) / 1e6;

      g_assert_cmpfloat_with_epsilon (edge_curve_value (hours, 1e6, 10), exact, 2e-6);
    }
  g_assert_cmpfloat (edge_curve_value (5, 0, 10), ==, 1);
  g_assert_cmpfloat (edge_curve_value (-5, 10, 4), ==, 4);
}

static void
test_curve_span (void)
{
  g_assert_cmpfloat (edge_curve_span (0, 1e6, 4), ==, 4e6);
  g_assert_cmpfloat (edge_curve_span (412880, 1e6, 2), ==, 2e6);
  g_assert_cmpfloat (edge_curve_span (3.9e6, 1e6, 4), ==, 6e6);
  g_assert_cmpfloat (edge_curve_span (100, 0, 4), ==, 4);
  for (double hours = 0; hours < 2e7; hours += 1e5)
    g_assert_cmpfloat (edge_curve_span (hours, 1e6, 4), >, hours);
}

static void
test_curve_words (void)
{
  static const struct { double hours; const char *text; } rows[] = {
    { 0, "0" }, { 500, "500" }, { 20000, "20 k" }, { 1e6, "1 M" }, { 2.5e6, "2.5 M" },
  };
  g_autofree char *value = edge_curve_format_value (6.956);
  g_autofree char *most = edge_curve_format_value (10);
  g_autofree char *unknown = edge_curve_format_value (NAN);
  g_autofree char *never = edge_curve_format_value (0);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = edge_curve_format_hours (rows[i].hours);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
  g_assert_cmpstr (value, ==, "×6.96");
  g_assert_cmpstr (most, ==, "×10.0");
  g_assert_cmpstr (unknown, ==, "–");
  g_assert_cmpstr (never, ==, "–");
}

static void
test_balance (void)
{
  static const guint64 rows[][EDGE_BALANCE_N_PARTS] = {
    { 1284600000000, 231300000000, 150000000000, 280000000000 },
    { 1, 0, 0, G_MAXINT64 },
    { 1, 1, 1, G_MAXINT64 },
    { 0, 5, 0, 0 },
  };
  double starts[EDGE_BALANCE_N_PARTS], widths[EDGE_BALANCE_N_PARTS];
  const guint64 nothing[EDGE_BALANCE_N_PARTS] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double end = 0;

      edge_balance_bar_layout (rows[i], 400, starts, widths);
      for (guint k = 0; k < EDGE_BALANCE_N_PARTS; k++)
        {
          if (rows[i][k] == 0)
            {
              g_assert_cmpfloat (widths[k], ==, 0);
              continue;
            }
          g_assert_cmpfloat (widths[k], >=, 4);
          g_assert_cmpfloat_with_epsilon (starts[k], end > 0 ? end + 3 : 0, 1e-6);
          end = starts[k] + widths[k];
        }
      g_assert_cmpfloat_with_epsilon (end, 400, 1e-6);
    }

  edge_balance_bar_layout (nothing, 400, starts, widths);
  for (guint k = 0; k < EDGE_BALANCE_N_PARTS; k++)
    g_assert_cmpfloat (widths[k], ==, 0);
}

static void
test_history (void)
{
  const guint64 raw[] = { 1, 2, 3 };
  gint64 now = 20000 * DAY_MS + 5 * HOUR_MS + 17;
  g_autoptr(GArray) hours = edge_earned_slots (EDGE_EARNED_BY_HOUR, raw, 3, now);
  g_autoptr(GArray) days = edge_earned_slots (EDGE_EARNED_BY_DAY, raw, 3, now);
  g_autofree char *today = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *summary = edge_earned_dup_summary (EDGE_EARNED_BY_DAY, days);
  const guint64 zero = 0;
  g_autoptr(GArray) none = edge_earned_slots (EDGE_EARNED_BY_DAY, &zero, 1, now);

  g_assert_cmpuint (hours->len, ==, 3);
  g_assert_cmpint (g_array_index (hours, EdgeEarnedSlot, 2).start, ==, 20000 * DAY_MS + 5 * HOUR_MS);
  g_assert_cmpint (g_array_index (hours, EdgeEarnedSlot, 0).start, ==, 20000 * DAY_MS + 3 * HOUR_MS);
  g_assert_cmpint (g_array_index (days, EdgeEarnedSlot, 2).start, ==, 20000 * DAY_MS);
  g_assert_cmpuint (g_array_index (days, EdgeEarnedSlot, 1).amount, ==, 2);
  today = edge_earned_slot_label (EDGE_EARNED_BY_DAY, &g_array_index (days, EdgeEarnedSlot, 2), TRUE);
  g_assert_cmpstr (today, ==, "today");
  g_assert_nonnull (strstr (summary, "(today)"));
  nothing = edge_earned_dup_summary (EDGE_EARNED_BY_DAY, none);
  g_assert_nonnull (strstr (nothing, "Nothing"));
}

/* Months of the calendar, whatever their length, and no day is lost. */
static void
test_months (void)
{
  g_autoptr(GDateTime) march = g_date_time_new_utc (2028, 3, 1, 12, 0, 0);
  guint64 raw[366];
  g_autoptr(GArray) months = NULL;
  guint64 total = 0;

  for (guint i = 0; i < G_N_ELEMENTS (raw); i++)
    raw[i] = 1;
  months = edge_earned_slots (EDGE_EARNED_BY_MONTH, raw, G_N_ELEMENTS (raw),
                              g_date_time_to_unix (march) * 1000);
  g_assert_cmpuint (months->len, ==, 12);
  for (guint i = 0; i < months->len; i++)
    total += g_array_index (months, EdgeEarnedSlot, i).amount;
  g_assert_cmpuint (g_array_index (months, EdgeEarnedSlot, 11).amount, ==, 1);
  g_assert_cmpuint (g_array_index (months, EdgeEarnedSlot, 10).amount, ==, 29);
  g_assert_cmpuint (g_array_index (months, EdgeEarnedSlot, 9).amount, ==, 31);
  g_assert_cmpuint (g_array_index (months, EdgeEarnedSlot, 0).amount, ==, 30);
  /* 1 March 2028 back to 1 April 2027. */
  g_assert_cmpuint (total, ==, 336);
}

static void
test_progress (void)
{
  EdgeBookFigures figures = { .ready = TRUE, .n_events = 99999, .n_expected = 100000,
                              .remaining = -1 };
  g_autofree char *behind = edge_book_figures_dup_headline (&figures, 3);
  g_autofree char *in_step = NULL;
  g_autofree char *alone = NULL;

  g_assert_false (edge_book_figures_is_in_step (&figures));
  g_assert_nonnull (strstr (behind, "99"));
  figures.n_expected = 5;
  g_assert_true (edge_book_figures_is_in_step (&figures));
  g_assert_cmpfloat (edge_book_figures_get_progress (&figures), ==, 1);
  in_step = edge_book_figures_dup_headline (&figures, 3);
  alone = edge_book_figures_dup_headline (&figures, 0);
  g_assert_cmpstr (in_step, ==, "In step");
  g_assert_cmpstr (alone, ==, "On your own");
  g_assert_false (edge_book_figures_read (&figures, NULL));
  g_assert_cmpuint (figures.n_events, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book-charts/curve-value", test_curve_value);
  g_test_add_func ("/book-charts/curve-span", test_curve_span);
  g_test_add_func ("/book-charts/curve-words", test_curve_words);
  g_test_add_func ("/book-charts/balance", test_balance);
  g_test_add_func ("/book-charts/history", test_history);
  g_test_add_func ("/book-charts/months", test_months);
  g_test_add_func ("/book-charts/progress", test_progress);
  return g_test_run ();
}
