/* test-peer.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-peer.h"

#include <math.h>

#include "mesh/edge-link-timing.h"
#include "mesh/edge-ping-table.h"

#define SECOND G_USEC_PER_SEC

static void
notify_cb (EdgePeer   *peer,
           GParamSpec *pspec,
           GString    *log)
{
  g_string_append_printf (log, "%s ", pspec->name);
}

/* Each is said twice, and heard once. */
#define twice(log, expected, call) \
  G_STMT_START { \
    g_string_truncate (log, 0); \
    call; \
    call; \
    g_assert_cmpstr ((log)->str, ==, expected); \
  } G_STMT_END

static void
test_notify (void)
{
  const char * const ids[] = { "a", "b", NULL };
  EdgePeer *peer = edge_peer_new ("id");
  g_autoptr(GString) log = g_string_new (NULL);
  g_auto(GStrv) neighbours = NULL;

  g_signal_connect (peer, "notify", G_CALLBACK (notify_cb), log);
  twice (log, "name ", edge_peer_set_name (peer, "Ada"));
  twice (log, "state ", edge_peer_set_state (peer, EDGE_PEER_STATE_CONNECTED));
  twice (log, "path ", edge_peer_set_path (peer, EDGE_PEER_PATH_RELAYED));
  twice (log, "found ", edge_peer_set_found (peer, "relay"));
  twice (log, "network ", edge_peer_set_network (peer, "n"));
  twice (log, "route ", edge_peer_set_route (peer, "host ↔ host"));
  twice (log, "verified ", edge_peer_set_verified (peer, 2));
  twice (log, "since ", edge_peer_set_since (peer, 5));
  twice (log, "neighbours ", edge_peer_set_neighbours (peer, ids));
  twice (log, "in-rate out-rate ", edge_peer_set_rates (peer, 1, 2));
  twice (log, "out-rate ", edge_peer_set_rates (peer, 1, 3));
  twice (log, "", edge_peer_forget_latency (peer));
  twice (log, "name ", edge_peer_set_name (peer, NULL));

  g_assert_cmpstr (edge_peer_get_id (peer), ==, "id");
  g_assert_cmpint (edge_peer_get_state (peer), ==, EDGE_PEER_STATE_CONNECTED);
  g_assert_cmpint (edge_peer_get_verified (peer), ==, TRUE);
  neighbours = edge_peer_dup_neighbours (peer);
  g_assert_cmpstrv (neighbours, ids);
  g_assert_finalize_object (peer);
}

/* RFC 6298, section 2. */
static void
test_latency (void)
{
  EdgePeer *peer = edge_peer_new ("id");
  EdgeTimeSeries *series = edge_peer_get_latency_series (peer);

  g_assert_true (isnan (edge_peer_get_latency (peer)));
  g_assert_true (isnan (edge_peer_get_jitter (peer)));
  edge_peer_add_round_trip (peer, 80, 1);
  g_assert_cmpfloat_with_epsilon (edge_peer_get_latency (peer), 80, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge_peer_get_jitter (peer), 40, 1e-9);
  edge_peer_add_round_trip (peer, 160, 2);
  g_assert_cmpfloat_with_epsilon (edge_peer_get_latency (peer), 90, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge_peer_get_jitter (peer), 50, 1e-9);
  edge_peer_add_loss (peer, 3);
  g_assert_cmpuint (edge_time_series_get_length (series), ==, 3);
  g_assert_true (isnan (edge_time_series_get_value (series, 2)));
  edge_peer_forget_latency (peer);
  g_assert_true (isnan (edge_peer_get_latency (peer)));
  for (guint i = 0; i < 500; i++)
    edge_peer_add_round_trip (peer, i, 10 + i);
  g_assert_cmpuint (edge_time_series_get_length (series), ==, EDGE_PEER_LATENCY_SAMPLES);
  g_assert_finalize_object (peer);
}

static void
test_words (void)
{
  g_assert_cmpstr (edge_peer_state_to_string (EDGE_PEER_STATE_VERIFYING), ==, "verifying");
  g_assert_cmpstr (edge_peer_state_to_string (99), ==, "unknown");
  g_assert_cmpstr (edge_peer_path_to_string (EDGE_PEER_PATH_TURN), ==, "turn");
  g_assert_null (edge_peer_path_to_string (EDGE_PEER_PATH_NONE));
}

static void
test_pings (void)
{
  EdgePingTable table = { 0 };

  g_assert_false (edge_ping_table_sent (&table, 100));
  g_assert_cmpint (edge_ping_table_answer (&table, 100, 150), ==, 50);
  /* Once, and only what was asked. */
  g_assert_cmpint (edge_ping_table_answer (&table, 100, 160), ==, -1);
  g_assert_cmpint (edge_ping_table_answer (&table, 99, 160), ==, -1);
  g_assert_cmpint (edge_ping_table_answer (&table, 0, 160), ==, -1);
  g_assert_cmpint (edge_ping_table_answer (&table, -5, 160), ==, -1);

  for (guint i = 0; i < EDGE_PING_TABLE_SIZE; i++)
    g_assert_false (edge_ping_table_sent (&table, 200 + i));
  /* Out of order is well; what fell out is lost. */
  g_assert_cmpint (edge_ping_table_answer (&table, 202, 300), ==, 98);
  g_assert_true (edge_ping_table_sent (&table, 400));
  g_assert_cmpint (edge_ping_table_answer (&table, 200, 500), ==, -1);
  g_assert_cmpint (edge_ping_table_answer (&table, 201, 500), ==, 299);
}

static void
test_timing (void)
{
  EdgeLinkTiming timing;
  gint64 now = 1000 * SECOND;

  edge_link_timing_init (&timing, now);
  g_assert_cmpint (timing.next_direct_at, ==, now);
  g_assert_cmpint (timing.next_relayed_at, ==, now + 8 * SECOND);
  edge_link_timing_direct_began (&timing, now);
  g_assert_cmpint (timing.direct_until, ==, now + 8 * SECOND);

  /* Without a lane: the relay at once, and direct with a growing, jittered, bounded backoff. */
  for (guint i = 0; i < 40; i++)
    {
      gint64 base = MIN ((SECOND / 2) << MIN (i, 10), 30 * SECOND);

      edge_link_timing_direct_failed (&timing, FALSE, now);
      g_assert_cmpint (timing.next_direct_at, >=, now + base / 2);
      g_assert_cmpint (timing.next_direct_at, <, now + base);
      g_assert_cmpint (timing.next_relayed_at, ==, now);
    }

  /* A relayed lane serves: direct at leisure, at most a minute apart. */
  edge_link_timing_up (&timing, FALSE, now);
  g_assert_cmpint (timing.heard_at, ==, now);
  g_assert_cmpint (timing.next_direct_at, >=, now + 30 * SECOND);
  g_assert_cmpint (timing.next_direct_at, <, now + 60 * SECOND);
  edge_link_timing_init (&timing, now);
  edge_link_timing_up (&timing, FALSE, now);
  g_assert_cmpint (timing.next_direct_at, >=, now + 5 * SECOND / 2);
  g_assert_cmpint (timing.next_direct_at, <, now + 5 * SECOND);
  edge_link_timing_direct_failed (&timing, TRUE, now);
  g_assert_cmpint (timing.next_direct_at, >=, now + 5 * SECOND / 2);
  g_assert_cmpint (timing.next_relayed_at, ==, now + 8 * SECOND);

  /* A lost lane: the first try is now, whatever was before. */
  edge_link_timing_lost (&timing, now + SECOND);
  g_assert_cmpint (timing.next_direct_at, ==, now + SECOND);
  g_assert_cmpint (timing.down_since, ==, now + SECOND);
  g_assert_cmpuint (timing.failures, ==, 0);

  edge_link_timing_asked (&timing, now);
  g_assert_cmpint (timing.next_direct_at, >=, now + SECOND + SECOND / 4);
  g_assert_cmpint (timing.next_direct_at, <, now + 2 * SECOND);
  edge_link_timing_renewed (&timing, now);
  g_assert_cmpuint (timing.failures, ==, 0);
  edge_link_timing_relayed_began (&timing, now);
  g_assert_cmpint (timing.relayed_until, ==, now + 8 * SECOND);
  edge_link_timing_relayed_failed (&timing, now);
  g_assert_cmpint (timing.next_relayed_at, >=, now + SECOND);
  edge_link_timing_up (&timing, TRUE, now);
  g_assert_cmpuint (timing.failures, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mesh/peer/notify", test_notify);
  g_test_add_func ("/mesh/peer/latency", test_latency);
  g_test_add_func ("/mesh/peer/words", test_words);
  g_test_add_func ("/mesh/ping-table", test_pings);
  g_test_add_func ("/mesh/link-timing", test_timing);
  return g_test_run ();
}
