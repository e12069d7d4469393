/* test-token-bucket.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-token-bucket.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START  (1000 * SECOND)

static void
test_burst (void)
{
  EdgeTokenBucket bucket;

  edge_token_bucket_init (&bucket, 3, 60, START);
  for (int i = 0; i < 3; i++)
    g_assert_true (edge_token_bucket_take (&bucket, 1, START));
  g_assert_false (edge_token_bucket_take (&bucket, 1, START));
}

static void
test_refill (void)
{
  EdgeTokenBucket bucket;

  edge_token_bucket_init (&bucket, 3, 60, START);
  g_assert_true (edge_token_bucket_take (&bucket, 3, START));
  g_assert_false (edge_token_bucket_take (&bucket, 1, START + SECOND / 2));
  g_assert_true (edge_token_bucket_take (&bucket, 1, START + SECOND));

  /* Years later it holds its capacity and no more. */
  g_assert_false (edge_token_bucket_take (&bucket, 3.5, START + G_GINT64_CONSTANT (100000000) * SECOND));
  g_assert_true (edge_token_bucket_take (&bucket, 3, START + G_GINT64_CONSTANT (100000000) * SECOND));
}

static void
test_refusal_costs_nothing (void)
{
  EdgeTokenBucket bucket;

  edge_token_bucket_init (&bucket, 10, 60, START);
  g_assert_true (edge_token_bucket_take (&bucket, 5, START));
  for (int i = 0; i < 100; i++)
    g_assert_false (edge_token_bucket_take (&bucket, 6, START));
  g_assert_true (edge_token_bucket_take (&bucket, 5, START));
}

static void
test_rate_holds (void)
{
  EdgeTokenBucket bucket;
  guint taken = 0;

  /* Asked a thousand times a second for a minute, it gives its capacity and its flow. */
  edge_token_bucket_init (&bucket, 100, 6000, START);
  for (gint64 ms = 0; ms <= 60000; ms++)
    taken += edge_token_bucket_take (&bucket, 1, START + ms * 1000);
  g_assert_cmpuint (taken, >=, 6099);
  g_assert_cmpuint (taken, <=, 6100);
}

static void
test_clock_going_back (void)
{
  EdgeTokenBucket bucket;

  edge_token_bucket_init (&bucket, 2, 60, START);
  g_assert_true (edge_token_bucket_take (&bucket, 2, START));
  g_assert_false (edge_token_bucket_take (&bucket, 1, START - 3600 * SECOND));
  g_assert_false (edge_token_bucket_take (&bucket, 1, START));
  g_assert_true (edge_token_bucket_take (&bucket, 1, START + SECOND));
}

static void
test_wait (void)
{
  EdgeTokenBucket bucket;
  guint wait;

  edge_token_bucket_init (&bucket, 2, 60, START);
  g_assert_cmpuint (edge_token_bucket_wait (&bucket, 2), ==, 0);
  g_assert_true (edge_token_bucket_take (&bucket, 2, START));
  g_assert_cmpuint (edge_token_bucket_wait (&bucket, 1), ==, 1000);
  wait = edge_token_bucket_wait (&bucket, 1.5);
  g_assert_cmpuint (wait, ==, 1500);

  /* After the wait it told, there is enough. */
  g_assert_false (edge_token_bucket_take (&bucket, 1.5, START + (wait - 1) * 1000));
  g_assert_true (edge_token_bucket_take (&bucket, 1.5, START + wait * 1000));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/token-bucket/burst", test_burst);
  g_test_add_func ("/token-bucket/refill", test_refill);
  g_test_add_func ("/token-bucket/refusal-costs-nothing", test_refusal_costs_nothing);
  g_test_add_func ("/token-bucket/rate-holds", test_rate_holds);
  g_test_add_func ("/token-bucket/clock-going-back", test_clock_going_back);
  g_test_add_func ("/token-bucket/wait", test_wait);

  return g_test_run ();
}
