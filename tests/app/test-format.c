/* test-format.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-format.h"
#include "app/edge-plot.h"

#include <math.h>

#define NBSP "\u00a0"
#define HAIR "\u200a"

static void
assert_taken (char       *text,
              const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_ms (void)
{
  assert_taken (edge_format_ms (NAN), "–");
  assert_taken (edge_format_ms (-1), "–");
  assert_taken (edge_format_ms (INFINITY), "–");
  assert_taken (edge_format_ms (0), "<" HAIR "1 ms");
  assert_taken (edge_format_ms (.4), "<" HAIR "1 ms");
  assert_taken (edge_format_ms (.97), "1 ms");
  assert_taken (edge_format_ms (33.6), "34 ms");
  assert_taken (edge_format_ms_figure (246.2), "246");
}

static void
test_number (void)
{
  assert_taken (edge_format_number (NAN), "–");
  assert_taken (edge_format_number (0), "0");
  assert_taken (edge_format_number (3), "3");
  assert_taken (edge_format_number (3.14), "3.1");
  assert_taken (edge_format_number (9.96), "10");
  assert_taken (edge_format_number (41.6), "42");
}

static void
test_rate (void)
{
  assert_taken (edge_format_rate (NAN), "–");
  assert_taken (edge_format_rate_unit (NAN), "");
  assert_taken (edge_format_rate (0), "0" NBSP "B/s");
  assert_taken (edge_format_rate (999), "999" NBSP "B/s");
  assert_taken (edge_format_rate (999.7), "1.0" NBSP "KB/s");
  assert_taken (edge_format_rate (1500), "1.5" NBSP "KB/s");
  assert_taken (edge_format_rate (140000), "140" NBSP "KB/s");
  assert_taken (edge_format_rate (2.5e6), "2.5" NBSP "MB/s");
  assert_taken (edge_format_rate (3e9), "3" NBSP "GB/s");
  assert_taken (edge_format_kilo_rate (NAN), "–");
  assert_taken (edge_format_kilo_rate (0), "0");
  assert_taken (edge_format_kilo_rate (20), "<" HAIR "0.1");
  assert_taken (edge_format_kilo_rate (310), "0.3");
  assert_taken (edge_format_kilo_rate (96000), "96");
}

static void
test_share (void)
{
  assert_taken (edge_format_share (NAN), "–");
  assert_taken (edge_format_share (0), "0" NBSP "%");
  assert_taken (edge_format_share (.304), "30" NBSP "%");
  assert_taken (edge_format_share (1), "100" NBSP "%");
}

static void
test_duration (void)
{
  assert_taken (edge_format_duration (-1), "–");
  assert_taken (edge_format_duration (0), "0 s");
  assert_taken (edge_format_duration (59999), "59 s");
  assert_taken (edge_format_duration (60000), "1 min");
  assert_taken (edge_format_duration (3600000 * 3 + 60000 * 12), "3 h 12 min");
  assert_taken (edge_format_duration (G_GINT64_CONSTANT (86400000) * 6 + 3600000 * 4), "6 d 4 h");
  assert_taken (edge_format_ago (0, 1000), "–");
  assert_taken (edge_format_ago (5000, 5400), "now");
  assert_taken (edge_format_ago (5000, 4000), "now");
  assert_taken (edge_format_ago (5000, 185000), "3 min ago");
  assert_taken (edge_format_exact_time (0), "");
}

static void
test_peers_line (void)
{
  assert_taken (edge_format_peers_line (1, NAN), "1 linked");
  assert_taken (edge_format_peers_line (12, 34.2), "12 linked · median 34 ms");
}

static void
test_words (void)
{
  assert_taken (edge_format_found ("lan"), "found on the local network");
  assert_taken (edge_format_found (NULL), "–");
  assert_taken (edge_format_path (EDGE_PEER_PATH_TURN, EDGE_PEER_STATE_CONNECTED), "TURN");
  /* What is under way matters more than the path the link had. */
  assert_taken (edge_format_path (EDGE_PEER_PATH_TURN, EDGE_PEER_STATE_STALE), "Reconnecting");
  assert_taken (edge_format_path (EDGE_PEER_PATH_NONE, EDGE_PEER_STATE_CONNECTED), "–");
  assert_taken (edge_format_peer_name ("Noor", "abcdefghijkl"), "Noor");
  assert_taken (edge_format_peer_name (NULL, "abcdefghijkl"), "abcdefgh…");
  assert_taken (edge_format_peer_name ("", NULL), "–");
}

static void
test_route (void)
{
  const char *route = "host 192.0.2.1:4000 ↔ srflx 2001:db8::1:5000";

  assert_taken (edge_format_route_end (route, FALSE), "192.0.2.1:4000");
  assert_taken (edge_format_route_end (route, TRUE), "2001:db8::1:5000");
  assert_taken (edge_format_route_kind (route, FALSE), "address of the computer itself");
  assert_taken (edge_format_route_kind (route, TRUE), "address as a STUN server sees it");
  assert_taken (edge_format_route_end (NULL, FALSE), "–");
  assert_taken (edge_format_route_end ("nonsense", TRUE), "–");
  assert_taken (edge_format_route_kind ("a ↔ b", TRUE), "");
}

static void
test_series (void)
{
  g_autoptr(EdgeTimeSeries) series = edge_time_series_new (8);

  assert_taken (edge_format_series_summary (NULL), "no round trip measured yet");
  assert_taken (edge_format_series_summary (series), "no round trip measured yet");
  edge_time_series_append (series, 1, 20);
  edge_time_series_append (series, 2, 41);
  edge_time_series_append_gap (series, 3);
  edge_time_series_append (series, 4, 22);
  assert_taken (edge_format_series_summary (series), "median 22 ms · worst 41 ms · 1 of 4 lost");
}

static void
test_plot_top (void)
{
  g_assert_cmpfloat (edge_plot_round_top (0), ==, 20);
  g_assert_cmpfloat (edge_plot_round_top (NAN), ==, 20);
  g_assert_cmpfloat (edge_plot_round_top (20), ==, 20);
  g_assert_cmpfloat (edge_plot_round_top (21), ==, 30);
  g_assert_cmpfloat (edge_plot_round_top (46), ==, 60);
  g_assert_cmpfloat (edge_plot_round_top (99), ==, 100);
  g_assert_cmpfloat (edge_plot_round_top (101), ==, 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/ms", test_ms);
  g_test_add_func ("/format/number", test_number);
  g_test_add_func ("/format/rate", test_rate);
  g_test_add_func ("/format/share", test_share);
  g_test_add_func ("/format/duration", test_duration);
  g_test_add_func ("/format/peers-line", test_peers_line);
  g_test_add_func ("/format/words", test_words);
  g_test_add_func ("/format/route", test_route);
  g_test_add_func ("/format/series", test_series);
  g_test_add_func ("/format/plot-top", test_plot_top);
  return g_test_run ();
}
