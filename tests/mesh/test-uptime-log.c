/* test-uptime-log.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "mesh/edge-uptime-claims.h"
#include "mesh/edge-uptime-log.h"

#define MINUTE_MS G_GUINT64_CONSTANT (60000)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)
#define DAY       G_GUINT64_CONSTANT (20000)

static EdgeId
key (guint number)
{
  EdgeId id;

  edge_id_of_data (&id, &number, sizeof number);
  return id;
}

static void
test_hours (void)
{
  g_autoptr(EdgeUptimeLog) log = edge_uptime_log_new ();
  EdgeId a = key (1);
  EdgeId b = key (2);
  guint64 start = DAY * DAY_MS;

  /* An hour counts from 45 minutes on, wherever in it they lie. */
  g_assert_true (edge_uptime_log_add (log, &a, start, start + 20 * MINUTE_MS));
  g_assert_true (edge_uptime_log_add (log, &a, start + 30 * MINUTE_MS, start + 55 * MINUTE_MS - 1));
  g_assert_cmphex (edge_uptime_log_get_mask (log, &a, DAY), ==, 0);
  g_assert_true (edge_uptime_log_add (log, &a, start + 58 * MINUTE_MS, start + 58 * MINUTE_MS + 1));
  g_assert_cmphex (edge_uptime_log_get_mask (log, &a, DAY), ==, 1);

  /* What goes over the end of an hour, and of a day, is part of both. */
  g_assert_true (edge_uptime_log_add (log, &a, start + 22 * HOUR_MS + 15 * MINUTE_MS,
                                      start + 25 * HOUR_MS + 44 * MINUTE_MS));
  g_assert_cmphex (edge_uptime_log_get_mask (log, &a, DAY), ==, 1 | 1 << 22 | 1 << 23);
  g_assert_cmphex (edge_uptime_log_get_mask (log, &a, DAY + 1), ==, 1);
  g_assert_cmphex (edge_uptime_log_get_mask (log, &b, DAY), ==, 0);

  /* However long a span says it is, a day is the most. */
  g_assert_true (edge_uptime_log_add (log, &b, 0, start + DAY_MS));
  g_assert_cmphex (edge_uptime_log_get_mask (log, &b, DAY), ==, 0xffffff);
  g_assert_cmphex (edge_uptime_log_get_mask (log, &b, DAY - 1), ==, 0);
  g_assert_true (edge_uptime_log_add (log, &b, start + 5, start));

  edge_uptime_log_forget (log, DAY + 1);
  g_assert_cmphex (edge_uptime_log_get_mask (log, &b, DAY), ==, 0);
  g_assert_cmphex (edge_uptime_log_get_mask (log, &a, DAY + 1), ==, 1);
}

static void
test_bounds (void)
{
  g_autoptr(EdgeUptimeLog) log = edge_uptime_log_new ();
  g_autoptr(GArray) peers = NULL;

  for (guint i = 0; i < EDGE_UPTIME_LOG_MAX_DAY; i++)
    {
      EdgeId peer = key (i);

      g_assert_true (edge_uptime_log_add (log, &peer, DAY * DAY_MS, DAY * DAY_MS + HOUR_MS));
    }
  {
    EdgeId more = key (EDGE_UPTIME_LOG_MAX_DAY);
    EdgeId first = key (0);

    g_assert_false (edge_uptime_log_add (log, &more, DAY * DAY_MS, DAY * DAY_MS + HOUR_MS));
    g_assert_cmphex (edge_uptime_log_get_mask (log, &more, DAY), ==, 0);
    g_assert_true (edge_uptime_log_add (log, &first, DAY * DAY_MS + HOUR_MS, DAY * DAY_MS + 2 * HOUR_MS));
  }
  peers = edge_uptime_log_list_peers (log, DAY);
  g_assert_cmpuint (peers->len, ==, EDGE_UPTIME_LOG_MAX_DAY);
}

static void
test_file (void)
{
  g_autoptr(EdgeUptimeLog) log = edge_uptime_log_new ();
  g_autoptr(EdgeUptimeLog) again = edge_uptime_log_new ();
  g_autoptr(EdgeUptimeLog) broken = edge_uptime_log_new ();
  static const char *const bad[] = {
    "{}", "[]", "{\"version\":2,\"measured\":[]}", "{\"version\":1,\"measured\":7}",
  };
  static const char *const odd =
    "{\"version\":1,\"measured\":[7,{},{\"peer\":\"x\",\"day\":1,\"hours\":[]},"
    "{\"peer\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"day\":20000,"
    "\"hours\":[3600001,-1,\"x\",null,2700000]}]}";
  g_autofree char *text = NULL;
  g_autofree char *same = NULL;
  g_autoptr(GError) error = NULL;
  EdgeId a = key (1);
  EdgeId zero = { { 0 } };

  edge_uptime_log_add (log, &a, DAY * DAY_MS, DAY * DAY_MS + 90 * MINUTE_MS);
  edge_uptime_log_add (log, &a, (DAY + 1) * DAY_MS, (DAY + 1) * DAY_MS + 50 * MINUTE_MS);
  text = edge_uptime_log_print (log);
  edge_uptime_log_parse (again, text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmphex (edge_uptime_log_get_mask (again, &a, DAY), ==, 1);
  g_assert_cmphex (edge_uptime_log_get_mask (again, &a, DAY + 1), ==, 1);
  /* What an hour lacked when it was written can still be measured. */
  edge_uptime_log_add (again, &a, DAY * DAY_MS + 100 * MINUTE_MS, DAY * DAY_MS + 116 * MINUTE_MS);
  g_assert_cmphex (edge_uptime_log_get_mask (again, &a, DAY), ==, 3);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (edge_uptime_log_parse (broken, bad[i], strlen (bad[i]), &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  edge_uptime_log_parse (broken, odd, strlen (odd), &error);
  g_assert_no_error (error);
  g_assert_cmphex (edge_uptime_log_get_mask (broken, &zero, DAY), ==, 1 | 1 << 4);
}

static EdgeMark
mark (guint   witness,
      guint32 mask)
{
  EdgeMark made = { key (witness), mask, { 0 } };

  return made;
}

static void
test_claims (void)
{
  g_autoptr(EdgeUptimeClaims) claims = edge_uptime_claims_new ();
  static const guint32 masks[] = { 0x0f, 0xf0, 0x1e, 0x800000 };
  EdgeMark pair[EDGE_BODY_MARKS];
  EdgeId first = key (0);

  g_assert_cmpuint (edge_uptime_claims_pair (claims, DAY, pair), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      EdgeMark made = mark (i, masks[i]);

      edge_uptime_claims_add (claims, DAY, &made);
    }
  /* Of all pairs that with most hours in both. */
  g_assert_cmpuint (edge_uptime_claims_pair (claims, DAY, pair), ==, 3);
  g_assert_cmphex (pair[0].mask & pair[1].mask, ==, 0x0e);
  g_assert_cmpint (edge_id_compare (&pair[0].key, &pair[1].key), <, 0);
  g_assert_cmpuint (edge_uptime_claims_pair (claims, DAY + 1, pair), ==, 0);
  g_assert_true (edge_uptime_claims_has (claims, DAY, &first));

  /* A witness has one mark a day. */
  {
    EdgeMark better = mark (0, 0xffffff);

    edge_uptime_claims_add (claims, DAY, &better);
    g_assert_cmpuint (edge_uptime_claims_pair (claims, DAY, pair), ==, 4);
  }
  for (guint i = 10; i < 10 + 2 * EDGE_UPTIME_CLAIMS_MARKS; i++)
    {
      EdgeMark more = mark (i, 0xff);

      edge_uptime_claims_add (claims, DAY + 1, &more);
    }
  {
    EdgeId last = key (10 + 2 * EDGE_UPTIME_CLAIMS_MARKS - 1);

    g_assert_false (edge_uptime_claims_has (claims, DAY + 1, &last));
  }
  edge_uptime_claims_forget (claims, DAY + 1);
  g_assert_cmpuint (edge_uptime_claims_pair (claims, DAY, pair), ==, 0);
  g_assert_cmpuint (edge_uptime_claims_pair (claims, DAY + 1, pair), ==, 8);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mesh/uptime/hours", test_hours);
  g_test_add_func ("/mesh/uptime/bounds", test_bounds);
  g_test_add_func ("/mesh/uptime/file", test_file);
  g_test_add_func ("/mesh/uptime/claims", test_claims);
  return g_test_run ();
}
