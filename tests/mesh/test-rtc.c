/* test-rtc.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-rtc-setup.h"
#include "mesh/edge-rtc.h"

#define LIMIT_SECONDS 30

/* How many processes end, and among how many pairs of connections each. */
#define N_ENDS   12
#define N_ENDING 4

typedef struct
{
  EdgeRtc *a;
  EdgeRtc *b;
  guint    opened;
  guint    closed;
  char    *reason;
  GString *received;
  gboolean tamper;
} Pair;

static void
spin_until (gboolean (*done) (Pair *pair),
            Pair       *pair)
{
  gint64 limit = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC;

  while (!done (pair))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
}

static EdgeRtc *
other (Pair    *pair,
       EdgeRtc *rtc)
{
  return rtc == pair->a ? pair->b : pair->a;
}

static void
description_cb (EdgeRtc    *rtc,
                const char *sdp,
                Pair       *pair)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_strdup (sdp);

  if (pair->tamper)
    {
      char *digit = strstr (text, "a=fingerprint:sha-256 ") + strlen ("a=fingerprint:sha-256 ");

      *digit = *digit == '0' ? '1' : '0';
    }
  edge_rtc_set_remote_description (other (pair, rtc), text, &error);
  g_assert_no_error (error);
}

static void
candidate_cb (EdgeRtc    *rtc,
              guint       line,
              const char *candidate,
              Pair       *pair)
{
  g_assert_true (edge_rtc_add_candidate (other (pair, rtc), line, candidate));
}

static void
opened_cb (EdgeRtc *rtc,
           Pair    *pair)
{
  pair->opened++;
}

static void
closed_cb (EdgeRtc    *rtc,
           const char *reason,
           Pair       *pair)
{
  pair->closed++;
  g_set_str (&pair->reason, reason);
}

static void
message_cb (EdgeRtc *rtc,
            guint    channel,
            GBytes  *bytes,
            Pair    *pair)
{
  g_string_append_len (pair->received, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_string_append_printf (pair->received, "/%u ", channel);
}

static void
pair_init (Pair *pair)
{
  EdgeRtc **ends[] = { &pair->a, &pair->b };
  g_autoptr(GError) error = NULL;

  pair->received = g_string_new (NULL);
  for (guint i = 0; i < 2; i++)
    {
      *ends[i] = edge_rtc_new (i == 0, NULL);
      g_signal_connect (*ends[i], "local-description", G_CALLBACK (description_cb), pair);
      g_signal_connect (*ends[i], "local-candidate", G_CALLBACK (candidate_cb), pair);
      g_signal_connect (*ends[i], "opened", G_CALLBACK (opened_cb), pair);
      g_signal_connect (*ends[i], "closed", G_CALLBACK (closed_cb), pair);
      g_signal_connect (*ends[i], "message", G_CALLBACK (message_cb), pair);
    }
  edge_rtc_start (pair->b, &error);
  g_assert_no_error (error);
  edge_rtc_start (pair->a, &error);
  g_assert_no_error (error);
}

static gboolean
both_open (Pair *pair)
{
  return pair->opened == 2;
}

static gboolean
one_closed (Pair *pair)
{
  return pair->closed > 0;
}

static gboolean
all_gone (Pair *pair)
{
  return edge_rtc_count () == 0;
}

static void
pair_clear (Pair *pair)
{
  EdgeRtc *ends[] = { g_steal_pointer (&pair->a), g_steal_pointer (&pair->b) };

  for (guint i = 0; i < 2; i++)
    {
      g_signal_handlers_disconnect_by_data (ends[i], pair);
      edge_transport_close (EDGE_TRANSPORT (ends[i]), FALSE);
      g_assert_finalize_object (ends[i]);
    }
  spin_until (all_gone, pair);
  g_string_free (pair->received, TRUE);
  g_free (pair->reason);
}

static gboolean
got_both (Pair *pair)
{
  return strstr (pair->received->str, "hello/0") != NULL &&
         strstr (pair->received->str, "bulk/1") != NULL;
}

static void
test_connect (void)
{
  Pair pair = { 0 };
  g_autoptr(GBytes) hello = g_bytes_new_static ("hello", 5);
  g_autoptr(GBytes) bulk = g_bytes_new_static ("bulk", 4);
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  g_autofree char *route = NULL;
  gboolean through_turn;

  pair_init (&pair);
  spin_until (both_open, &pair);
  g_assert_true (edge_transport_send (EDGE_TRANSPORT (pair.a), EDGE_CHANNEL_CONTROL, hello));
  g_assert_true (edge_transport_send (EDGE_TRANSPORT (pair.b), EDGE_CHANNEL_BULK, bulk));
  spin_until (got_both, &pair);

  here = edge_transport_dup_binding (EDGE_TRANSPORT (pair.a), FALSE);
  there = edge_transport_dup_binding (EDGE_TRANSPORT (pair.b), TRUE);
  g_assert_cmpuint (strlen (here), ==, 43);
  g_assert_cmpstr (here, ==, there);

  route = edge_rtc_dup_route (pair.a, &through_turn);
  g_assert_false (through_turn);
  g_assert_nonnull (strstr (route, "127.0.0.1:"));
  pair_clear (&pair);
}

static void
test_swapped_fingerprint (void)
{
  Pair pair = { .tamper = TRUE };

  pair_init (&pair);
  spin_until (one_closed, &pair);
  g_assert_nonnull (strstr (pair.reason, "certificate"));
  g_assert_cmpuint (pair.opened, ==, 0);
  pair_clear (&pair);
}

static gboolean
got_hello (Pair *pair)
{
  return strstr (pair->received->str, "hello/0") != NULL;
}

static gboolean
one_left (Pair *pair)
{
  return edge_rtc_count () == 1;
}

static void
test_graceful_close (void)
{
  Pair pair = { 0 };
  g_autoptr(GBytes) hello = g_bytes_new_static ("hello", 5);

  pair_init (&pair);
  spin_until (both_open, &pair);
  edge_transport_send (EDGE_TRANSPORT (pair.a), EDGE_CHANNEL_CONTROL, hello);
  edge_transport_close (EDGE_TRANSPORT (pair.a), TRUE);
  g_assert_false (edge_transport_send (EDGE_TRANSPORT (pair.a), EDGE_CHANNEL_CONTROL, hello));
  spin_until (got_hello, &pair);
  spin_until (one_left, &pair);
  pair_clear (&pair);
}

/* Ends the process while the threads of links run, or while some of them are being ended. */
static void
end_now (gboolean closed)
{
  Pair pairs[N_ENDING] = { 0 };
  guint left = closed ? (guint) g_random_int_range (1, 2 * N_ENDING) : G_MAXUINT;

  for (guint i = 0; i < N_ENDING; i++)
    pair_init (&pairs[i]);
  for (guint i = 0; i < N_ENDING; i++)
    spin_until (both_open, &pairs[i]);
  for (guint i = 0; closed && i < N_ENDING; i++)
    {
      edge_transport_close (EDGE_TRANSPORT (pairs[i].a), FALSE);
      edge_transport_close (EDGE_TRANSPORT (pairs[i].b), i % 2 == 0);
    }
  while (edge_rtc_count () > left)
    g_main_context_iteration (NULL, FALSE);
  exit (EXIT_SUCCESS);
}

static void
test_end (gconstpointer closed)
{
  if (g_test_subprocess ())
    end_now (closed != NULL);

  for (guint i = 0; i < N_ENDS; i++)
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  edge_rtc_check_plugins (&error);
  g_assert_no_error (error);

  g_test_add_func ("/mesh/rtc/connect", test_connect);
  g_test_add_func ("/mesh/rtc/swapped-fingerprint", test_swapped_fingerprint);
  g_test_add_func ("/mesh/rtc/graceful-close", test_graceful_close);
  g_test_add_data_func ("/mesh/rtc/end/live", NULL, test_end);
  g_test_add_data_func ("/mesh/rtc/end/closed", GINT_TO_POINTER (TRUE), test_end);
  return g_test_run ();
}
