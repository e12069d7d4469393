/* test-fold-share.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-fold-share.h"

/* What is folded for the first time goes on without a pause. */
static void
test_first (void)
{
  EdgeFoldShare share = { 0 };

  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (edge_fold_share_spend (&share, 5000, 128, 0), ==, 0);
}

/* Whatever the slices take, folding again gets a fifth of the time, and what comes
 * after it is free of pauses again. */
static void
test_fifth (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);

  for (guint run = 0; run < 100; run++)
    {
      EdgeFoldShare share = { 0 };
      guint n_again = 128 * (guint) g_rand_int_range (rand, 100, 400);
      gint64 spent = 0;
      gint64 paused = 0;

      for (guint left = n_again; left > 0; left -= 128)
        {
          gint64 slice = g_rand_int_range (rand, 1, 20000);

          spent += slice;
          paused += (gint64) edge_fold_share_spend (&share, slice, 128, n_again) * 1000;
        }
      g_assert_cmpint (spent * 4, >=, paused);
      g_assert_cmpint (spent * 4, <, paused + 1000);
      g_assert_cmpuint (edge_fold_share_spend (&share, 20000, 128, n_again), ==, 0);
    }
}

/* A slice that is half new pays for the other half. */
static void
test_mixed (void)
{
  EdgeFoldShare share = { 0 };

  g_assert_cmpuint (edge_fold_share_spend (&share, 10000, 128, 64), ==, 20);
  g_assert_cmpuint (edge_fold_share_spend (&share, 10000, 128, 64), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/fold-share/first", test_first);
  g_test_add_func ("/ledger/fold-share/fifth", test_fifth);
  g_test_add_func ("/ledger/fold-share/mixed", test_mixed);
  return g_test_run ();
}
