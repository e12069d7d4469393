/* test-policy.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "work/edge-fact.h"
#include "work/edge-policy-change.h"
#include "work/edge-policy.h"

static GDateTime *
at (int hour,
    int minute)
{
  return g_date_time_new_utc (2026, 11, 18, hour, minute, 0);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  (*count)++;
}

static GListModel *
list_of (EdgePolicy *policy,
         const char *property)
{
  g_autoptr(GListModel) list = NULL;

  g_object_get (policy, property, &list, NULL);
  return list; /* the policy holds it */
}

static EdgePolicyFacts
known_facts (void)
{
  EdgePolicyFacts facts;

  edge_policy_facts_init (&facts);
  facts.on_battery = EDGE_KNOWN_NO;
  facts.metered = EDGE_KNOWN_NO;
  facts.away = EDGE_KNOWN_NO;
  facts.temperature = 61;
  return facts;
}

static void
test_defaults (void)
{
  EdgePolicy *policy = edge_policy_new ();
  g_autofree char *schedule = NULL;
  double away, here;
  gboolean battery, saver, metered, working;

  g_object_get (policy, "share-away", &away, "share-here", &here, "pause-on-battery", &battery,
                "pause-on-power-saver", &saver, "pause-on-metered", &metered,
                "schedule", &schedule, "working", &working, NULL);
  g_assert_cmpfloat (away, ==, 0.3);
  g_assert_cmpfloat (here, ==, 0.1);
  g_assert_true (battery && saver && metered);
  g_assert_cmpstr (schedule, ==, "");
  g_assert_false (working);

  /* Nothing is given before anything was decided. */
  g_assert_cmpfloat (edge_policy_get_share (policy), ==, 0);
  g_assert_null (edge_policy_get_headline (policy));
  g_assert_finalize_object (policy);
}

static void
stale_cb (EdgePolicy *policy,
          guint      *count)
{
  (*count)++;
}

static void
test_settings (void)
{
  EdgePolicy *policy = edge_policy_new ();
  g_autofree char *week = g_strnfill (EDGE_POLICY_HOURS, '2');
  g_autofree char *schedule = NULL;
  guint n_stale = 0;
  guint n_notified = 0;

  g_signal_connect (policy, "stale", G_CALLBACK (stale_cb), &n_stale);
  g_signal_connect (policy, "notify", G_CALLBACK (count_cb), &n_notified);

  g_object_set (policy, "share-away", 0.5, NULL);
  g_object_set (policy, "share-away", 0.5, NULL);
  g_object_set (policy, "pause-on-battery", FALSE, NULL);
  g_object_set (policy, "pause-on-battery", FALSE, NULL);
  g_object_set (policy, "schedule", week, NULL);
  g_object_set (policy, "schedule", week, NULL);
  g_object_set (policy, "working", TRUE, NULL);
  g_assert_cmpuint (n_stale, ==, 4);
  g_assert_cmpuint (n_notified, ==, 4);

  /* What makes no sense means always as set. */
  g_object_set (policy, "schedule", "every evening", NULL);
  g_object_get (policy, "schedule", &schedule, NULL);
  g_assert_cmpstr (schedule, ==, "");
  g_assert_cmpuint (n_stale, ==, 5);
  g_assert_finalize_object (policy);
}

static void
test_follows_facts (void)
{
  EdgePolicy *policy = edge_policy_new ();
  EdgePolicyFacts facts = known_facts ();
  g_autoptr(GDateTime) now = at (12, 0);
  guint n_share = 0;
  guint n_headline = 0;
  guint n_paused = 0;
  gboolean askable;

  edge_policy_set_facts (policy, &facts, now);
  g_signal_connect (policy, "notify::share", G_CALLBACK (count_cb), &n_share);
  g_signal_connect (policy, "notify::headline", G_CALLBACK (count_cb), &n_headline);
  g_signal_connect (policy, "notify::paused", G_CALLBACK (count_cb), &n_paused);
  g_assert_cmpstr (edge_policy_get_headline (policy), ==, "Ready to give 10 %: you are here");

  edge_policy_set_facts (policy, &facts, now);
  g_assert_cmpuint (n_share + n_headline + n_paused, ==, 0);

  facts.away = EDGE_KNOWN_YES;
  edge_policy_set_facts (policy, &facts, now);
  g_assert_cmpstr (edge_policy_get_headline (policy), ==, "Ready to give 30 %: you are away");
  g_assert_cmpuint (n_share, ==, 1);
  g_assert_cmpuint (n_headline, ==, 1);
  g_assert_cmpuint (n_paused, ==, 0);

  facts.on_battery = EDGE_KNOWN_YES;
  edge_policy_set_facts (policy, &facts, now);
  g_assert_cmpstr (edge_policy_get_headline (policy), ==, "Paused: on battery");
  g_assert_cmpfloat (edge_policy_get_share (policy), ==, 0);
  g_assert_cmpuint (n_paused, ==, 1);
  g_object_get (policy, "askable", &askable, NULL);
  g_assert_true (askable);

  g_object_set (policy, "working", TRUE, "pause-on-battery", FALSE, NULL);
  edge_policy_update (policy, now);
  g_assert_cmpstr (edge_policy_get_headline (policy), ==, "Contributing 30 %: you are away");
  g_assert_finalize_object (policy);
}

static void
test_pause (void)
{
  EdgePolicy *policy = edge_policy_new ();
  EdgePolicyFacts facts = known_facts ();
  g_autoptr(GDateTime) noon = at (12, 0);
  g_autoptr(GDateTime) soon = at (12, 59);
  g_autoptr(GDateTime) one = at (13, 0);
  gint64 hour = 60 * 60 * 1000;
  gint64 until;

  edge_policy_set_facts (policy, &facts, noon);
  edge_policy_pause (policy, hour, noon);
  g_object_get (policy, "paused-until", &until, NULL);
  g_assert_cmpint (until, ==, g_date_time_to_unix_usec (one) / 1000);
  g_assert_cmpint (edge_policy_get_next (policy), ==, until);
  g_assert_cmpstr (edge_policy_get_headline (policy), ==, "Paused: by you, until 13:00");

  edge_policy_update (policy, soon);
  g_assert_cmpint (edge_policy_get_reason (policy), ==, EDGE_POLICY_REASON_PAUSED);
  edge_policy_update (policy, one);
  g_assert_cmpint (edge_policy_get_reason (policy), ==, EDGE_POLICY_REASON_HERE);
  g_object_get (policy, "paused-until", &until, NULL);
  g_assert_cmpint (until, ==, 0);

  edge_policy_pause (policy, 0, one);
  g_object_get (policy, "paused-until", &until, NULL);
  g_assert_cmpint (until, ==, EDGE_POLICY_FOREVER);
  edge_policy_resume (policy, one);
  g_assert_cmpint (edge_policy_get_reason (policy), ==, EDGE_POLICY_REASON_HERE);

  /* So long that it would overflow is for ever. */
  edge_policy_pause (policy, G_MAXINT64 - 1, one);
  g_object_get (policy, "paused-until", &until, NULL);
  g_assert_cmpint (until, ==, EDGE_POLICY_FOREVER);
  g_assert_finalize_object (policy);
}

static void
test_ask (void)
{
  EdgePolicy *policy = edge_policy_new ();
  EdgePolicyFacts facts = known_facts ();
  g_autoptr(GDateTime) noon = at (12, 0);
  g_autoptr(GDateTime) one = at (13, 0);

  facts.on_battery = EDGE_KNOWN_YES;
  edge_policy_set_facts (policy, &facts, noon);
  edge_policy_ask (policy, 60 * 60 * 1000, noon);
  g_assert_cmpstr (edge_policy_get_headline (policy), ==,
                   "Ready to give 10 %: you asked for it until 13:00");
  edge_policy_update (policy, one);
  g_assert_cmpint (edge_policy_get_reason (policy), ==, EDGE_POLICY_REASON_BATTERY);

  /* To ask ends a pause; to pause takes the wish back. */
  edge_policy_pause (policy, 0, noon);
  edge_policy_ask (policy, 60 * 60 * 1000, noon);
  g_assert_cmpint (edge_policy_get_reason (policy), ==, EDGE_POLICY_REASON_ASKED);
  edge_policy_pause (policy, 0, noon);
  edge_policy_resume (policy, noon);
  g_assert_cmpint (edge_policy_get_reason (policy), ==, EDGE_POLICY_REASON_BATTERY);
  edge_policy_ask (policy, 60 * 60 * 1000, noon);
  edge_policy_ask (policy, 0, noon);
  g_assert_cmpint (edge_policy_get_reason (policy), ==, EDGE_POLICY_REASON_BATTERY);
  g_assert_finalize_object (policy);
}

static void
assert_chips (EdgePolicy *policy,
              const char *expected)
{
  GListModel *facts = list_of (policy, "facts");
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (facts); i++)
    {
      g_autoptr(EdgeFact) fact = g_list_model_get_item (facts, i);

      g_assert_nonnull (edge_fact_get_icon_name (fact));
      g_string_append_printf (text, "%s%s%s%s", i > 0 ? " | " : "",
                              edge_fact_get_deciding (fact) ? "*" : "",
                              edge_fact_get_hindering (fact) ? "!" : "",
                              edge_fact_get_label (fact));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_chips (void)
{
  EdgePolicy *policy = edge_policy_new ();
  EdgePolicyFacts facts = known_facts ();
  g_autoptr(GDateTime) now = at (12, 42);
  g_autoptr(GDateTime) noon = at (12, 0);

  edge_policy_set_facts (policy, &facts, now);
  assert_chips (policy, "*You are here | On mains | Not metered | 61 °C");

  facts.away = EDGE_KNOWN_YES;
  facts.away_since = g_date_time_to_unix_usec (noon) / 1000;
  facts.power_saver = EDGE_KNOWN_NO;
  edge_policy_set_facts (policy, &facts, now);
  assert_chips (policy, "*Away for 42 min | On mains | Not metered | Power saver off | 61 °C");

  facts.on_battery = EDGE_KNOWN_YES;
  facts.battery_level = 0.71;
  facts.power_saver = EDGE_KNOWN_NOT;
  facts.temperature = NAN;
  edge_policy_set_facts (policy, &facts, now);
  assert_chips (policy, "*!On battery, 71 % | Nothing else in the way | Away for 42 min | "
                        "Not metered");

  facts.metered = EDGE_KNOWN_YES;
  edge_policy_set_facts (policy, &facts, now);
  assert_chips (policy, "*!On battery, 71 % | Away for 42 min | !Metered network");

  edge_policy_pause (policy, 0, now);
  assert_chips (policy, "*!Paused by you | Away for 42 min | !On battery, 71 % | "
                        "!Metered network");
  edge_policy_resume (policy, now);
  edge_policy_ask (policy, 60000, now);
  assert_chips (policy, "*Asked for until 12:43 | Away for 42 min | !On battery, 71 % | "
                        "!Metered network");

  /* What nothing tells is not there at all. */
  edge_policy_ask (policy, 0, now);
  edge_policy_facts_init (&facts);
  edge_policy_set_facts (policy, &facts, now);
  assert_chips (policy, "*You may be here");
  g_assert_finalize_object (policy);
}

static void
items_changed_cb (GListModel *list,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *count)
{
  (*count)++;
}

static void
test_chips_stay (void)
{
  EdgePolicy *policy = edge_policy_new ();
  EdgePolicyFacts facts = known_facts ();
  g_autoptr(GDateTime) now = at (12, 0);
  guint n_changed = 0;

  edge_policy_set_facts (policy, &facts, now);
  g_signal_connect (list_of (policy, "facts"), "items-changed", G_CALLBACK (items_changed_cb),
                    &n_changed);
  edge_policy_set_facts (policy, &facts, now);
  g_assert_cmpuint (n_changed, ==, 0);
  facts.temperature = 62;
  edge_policy_set_facts (policy, &facts, now);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_finalize_object (policy);
}

static void
test_log (void)
{
  EdgePolicy *policy = edge_policy_new ();
  EdgePolicyFacts facts = known_facts ();
  GListModel *changes = list_of (policy, "changes");
  g_autoptr(GDateTime) now = at (12, 0);
  g_autoptr(EdgePolicyChange) newest = NULL;
  g_autoptr(EdgePolicyChange) oldest = NULL;

  edge_policy_set_facts (policy, &facts, now);
  edge_policy_set_facts (policy, &facts, now);
  facts.temperature = 70;
  edge_policy_set_facts (policy, &facts, now);
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, 1);

  facts.on_battery = EDGE_KNOWN_YES;
  edge_policy_set_facts (policy, &facts, now);
  newest = g_list_model_get_item (changes, 0);
  oldest = g_list_model_get_item (changes, 1);
  g_assert_cmpint (edge_policy_change_get_reason (newest), ==, EDGE_POLICY_REASON_BATTERY);
  g_assert_cmpfloat (edge_policy_change_get_share (newest), ==, 0);
  g_assert_cmpstr (edge_policy_change_get_text (newest), ==, "Paused: on battery");
  g_assert_cmpint (edge_policy_change_get_time (newest), ==, g_date_time_to_unix_usec (now) / 1000);
  g_assert_cmpint (edge_policy_change_get_reason (oldest), ==, EDGE_POLICY_REASON_HERE);

  for (guint i = 0; i < 3 * EDGE_POLICY_MAX_CHANGES; i++)
    {
      facts.on_battery = i % 2 == 0 ? EDGE_KNOWN_NO : EDGE_KNOWN_YES;
      edge_policy_set_facts (policy, &facts, now);
    }
  g_assert_cmpuint (g_list_model_get_n_items (changes), ==, EDGE_POLICY_MAX_CHANGES);
  g_assert_finalize_object (policy);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/work/policy/defaults", test_defaults);
  g_test_add_func ("/work/policy/settings", test_settings);
  g_test_add_func ("/work/policy/follows-facts", test_follows_facts);
  g_test_add_func ("/work/policy/pause", test_pause);
  g_test_add_func ("/work/policy/ask", test_ask);
  g_test_add_func ("/work/policy/chips", test_chips);
  g_test_add_func ("/work/policy/chips-stay", test_chips_stay);
  g_test_add_func ("/work/policy/log", test_log);
  return g_test_run ();
}
