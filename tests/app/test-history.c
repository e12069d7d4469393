/* test-history.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-history.h"

#include <math.h>

/* Two real nodes with a link over loopback, looked at with a clock of the test's own. */

#define LIMIT_SECONDS 60
#define STEP_MS       2000
#define RING          300
#define NOW           G_GINT64_CONSTANT (1700000000000)

#define wait_for(condition)                                                     \
  G_STMT_START {                                                                \
    gint64 limit = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC;    \
    while (!(condition))                                                        \
      {                                                                         \
        g_assert_cmpint (g_get_monotonic_time (), <, limit);                    \
        if (!g_main_context_iteration (NULL, FALSE))                            \
          g_usleep (1000);                                                      \
      }                                                                         \
  } G_STMT_END

static EdgeNode *
start_node (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  EdgeNode *node = edge_node_new (NULL);

  edge_node_start (node, identity);
  return node;
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  gboolean *stopped = user_data;
  g_autoptr(GError) error = NULL;

  *stopped = edge_node_stop_finish (EDGE_NODE (source), result, &error);
  g_assert_no_error (error);
}

static void
end_node (EdgeNode *node)
{
  gboolean stopped = FALSE;

  edge_node_stop_async (node, NULL, stopped_cb, &stopped);
  wait_for (stopped);
  wait_for (G_OBJECT (node)->ref_count == 1);
  g_assert_finalize_object (node);
}

static double
figure_of (gpointer    object,
           const char *property)
{
  double figure;

  g_object_get (object, property, &figure, NULL);
  return figure;
}

static guint
count_of (gpointer    object,
          const char *property)
{
  guint count;

  g_object_get (object, property, &count, NULL);
  return count;
}

static char *
own_relay_of (EdgeNode *node)
{
  char *url;

  g_object_get (node, "own-relay", &url, NULL);
  return url;
}

static void
count_cb (EdgeHistory *history,
          guint       *count)
{
  (*count)++;
}

static void
test_spans (void)
{
  g_assert_cmpint (edge_history_span_length (EDGE_HISTORY_TEN_MINUTES), ==, 10 * 60 * 1000);
  g_assert_cmpint (edge_history_span_length (EDGE_HISTORY_HOUR), ==, 60 * 60 * 1000);
  g_assert_cmpint (edge_history_span_length (EDGE_HISTORY_DAY), ==, 24 * 60 * 60 * 1000);
}

static void
test_outside_a_network (void)
{
  EdgeNode *node = edge_node_new (NULL);
  EdgeHistory *history = edge_history_new (node);
  guint n_changed = 0, n_samples;

  g_signal_connect (history, "changed", G_CALLBACK (count_cb), &n_changed);
  edge_history_sample (history, NOW);
  g_assert_cmpuint (n_changed, ==, 0);
  for (EdgeHistorySpan span = 0; span < EDGE_HISTORY_N_SPANS; span++)
    {
      edge_history_get_samples (history, span, &n_samples);
      g_assert_cmpuint (n_samples, ==, 0);
    }
  g_assert_true (isnan (figure_of (history, "lowest-latency")));
  g_assert_cmpuint (edge_time_series_get_length (edge_history_get_latency_series (history)), ==, 0);

  g_assert_finalize_object (history);
  g_assert_finalize_object (node);
}

/* The last mean of a longer span is that of the samples it is made of. */
static void
assert_mean (EdgeHistory     *history,
             EdgeHistorySpan  span,
             guint            per_mean)
{
  const EdgeHistorySample *means, *samples;
  double latency = 0, peers = 0, share = 0;
  guint n_means, n_samples;

  means = edge_history_get_samples (history, span, &n_means);
  samples = edge_history_get_samples (history, EDGE_HISTORY_TEN_MINUTES, &n_samples);
  g_assert_cmpuint (n_means, ==, n_samples / per_mean);

  for (guint i = (n_means - 1) * per_mean; i < n_means * per_mean; i++)
    {
      latency += samples[i].latency / per_mean;
      peers += samples[i].peers / per_mean;
      share += samples[i].share / per_mean;
    }
  g_assert_cmpfloat_with_epsilon (means[n_means - 1].latency, latency, 1e-6);
  g_assert_cmpfloat_with_epsilon (means[n_means - 1].peers, peers, 1e-9);
  g_assert_cmpfloat_with_epsilon (means[n_means - 1].share, share, 1e-9);
  g_assert_cmpint (means[n_means - 1].time, ==, samples[n_means * per_mean - 1].time);
}

static void
test_among_peers (void)
{
  EdgeNode *ours = start_node ();
  EdgeNode *theirs = start_node ();
  g_autofree char *url = NULL;
  const char *relays[] = { NULL, NULL };
  const EdgeHistorySample *samples;
  EdgeHistory *history;
  gint64 now = NOW;
  guint n_changed = 0, n_samples;

  edge_node_join_open (ours, "history");
  wait_for ((url = own_relay_of (ours)) != NULL);
  relays[0] = url;
  g_object_set (theirs, "relays", relays, NULL);
  edge_node_join_open (theirs, "history");
  wait_for (!isnan (figure_of (ours, "median-latency")));

  /* From here until the peer leaves the main context does not run: what is sampled stands still. */
  history = edge_history_new (ours);
  g_signal_connect (history, "changed", G_CALLBACK (count_cb), &n_changed);
  for (guint i = 0; i < 144; i++)
    edge_history_sample (history, now += STEP_MS);

  g_assert_cmpuint (n_changed, ==, 144);
  samples = edge_history_get_samples (history, EDGE_HISTORY_TEN_MINUTES, &n_samples);
  g_assert_cmpuint (n_samples, ==, 144);
  g_assert_cmpint (samples[0].time, ==, NOW + STEP_MS);
  g_assert_cmpfloat (samples[0].latency, ==, figure_of (ours, "median-latency"));
  g_assert_cmpfloat (samples[0].peers, ==, 1);
  g_assert_cmpfloat (samples[0].share, ==, figure_of (ours, "share"));
  assert_mean (history, EDGE_HISTORY_HOUR, 6);
  assert_mean (history, EDGE_HISTORY_DAY, 144);
  g_assert_cmpuint (count_of (history, "n-direct") + count_of (history, "n-turn")
                    + count_of (history, "n-relayed"), ==, 1);
  g_assert_cmpfloat (figure_of (history, "lowest-latency"), ==,
                     figure_of (history, "highest-latency"));

  /* A full ring loses its oldest. */
  while (n_changed < RING + 7)
    edge_history_sample (history, now += STEP_MS);
  samples = edge_history_get_samples (history, EDGE_HISTORY_TEN_MINUTES, &n_samples);
  g_assert_cmpuint (n_samples, ==, RING);
  g_assert_cmpint (samples[0].time, ==, NOW + 8 * STEP_MS);
  g_assert_cmpint (samples[RING - 1].time, ==, now);

  /* Without peers there is no round trip, and none is made up. */
  end_node (theirs);
  wait_for (count_of (ours, "n-connected") == 0);
  edge_history_sample (history, now += STEP_MS);
  samples = edge_history_get_samples (history, EDGE_HISTORY_TEN_MINUTES, &n_samples);
  g_assert_true (isnan (samples[n_samples - 1].latency));
  g_assert_cmpfloat (samples[n_samples - 1].peers, ==, 0);
  g_assert_true (isnan (figure_of (history, "lowest-latency")));
  g_assert_cmpuint (count_of (history, "n-direct"), ==, 0);

  g_assert_finalize_object (history);
  end_node (ours);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/spans", test_spans);
  g_test_add_func ("/history/outside-a-network", test_outside_a_network);
  g_test_add_func ("/history/among-peers", test_among_peers);

  return g_test_run ();
}
