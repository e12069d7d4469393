/* test-policy-decision.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "work/edge-policy-decision.h"
#include "work/edge-policy-words.h"

/* Wednesday, 18 November 2026, 14:30 in a zone of the test's own. */
#define ZONE "+01:00"

typedef struct
{
  const char      *name;
  EdgeKnown        on_battery;
  EdgeKnown        power_saver;
  EdgeKnown        metered;
  EdgeKnown        away;
  gboolean         too_hot;
  char             level;
  gint64           paused_for;
  gint64           asked_for;
  double           share_here;
  double           share;
  double           waiting;
  EdgePolicyReason reason;
} Row;

#define NOT EDGE_KNOWN_NOT
#define NO  EDGE_KNOWN_NO
#define YES EDGE_KNOWN_YES
#define R(reason) EDGE_POLICY_REASON_ ## reason

static const Row rows[] =
{
  /* battery, saver, metered, away, hot, hour, pause, asked, here */
  { "here", NO, NO, NO, NO, FALSE, '1', 0, 0, .1, .1, .1, R (HERE) },
  { "away", NO, NO, NO, YES, FALSE, '1', 0, 0, .1, .3, .3, R (AWAY) },
  { "unseen-is-here", NO, NO, NO, NOT, FALSE, '1', 0, 0, .1, .1, .1, R (UNSEEN) },
  { "nothing-known-runs", NOT, NOT, NOT, NOT, FALSE, '1', 0, 0, .1, .1, .1, R (UNSEEN) },
  { "more-here", NO, NO, NO, NO, FALSE, '2', 0, 0, .1, .5, .5, R (MORE) },
  { "more-away", NO, NO, NO, YES, FALSE, '2', 0, 0, .1, .5, .5, R (MORE) },
  { "battery", YES, NO, NO, YES, FALSE, '1', 0, 0, .1, 0, .3, R (BATTERY) },
  { "battery-before-saver", YES, YES, YES, YES, FALSE, '0', 0, 0, .1, 0, .3, R (BATTERY) },
  { "saver", NO, YES, NO, YES, FALSE, '1', 0, 0, .1, 0, .3, R (POWER_SAVER) },
  { "saver-before-metered", NO, YES, YES, YES, FALSE, '0', 0, 0, .1, 0, .3, R (POWER_SAVER) },
  { "metered", NO, NO, YES, NO, FALSE, '1', 0, 0, .1, 0, .1, R (METERED) },
  { "metered-before-schedule", NO, NO, YES, NO, FALSE, '0', 0, 0, .1, 0, .1, R (METERED) },
  { "schedule", NO, NO, NO, YES, FALSE, '0', 0, 0, .1, 0, .3, R (SCHEDULE) },
  { "battery-beats-more", YES, NO, NO, YES, FALSE, '2', 0, 0, .1, 0, .5, R (BATTERY) },
  { "heat", NO, NO, NO, YES, TRUE, '1', 0, 0, .1, 0, .3, R (HEAT) },
  { "heat-before-battery", YES, YES, YES, YES, TRUE, '0', 0, 0, .1, 0, .3, R (HEAT) },
  { "pause", NO, NO, NO, YES, FALSE, '1', 1000, 0, .1, 0, .3, R (PAUSED) },
  { "pause-before-heat", YES, YES, YES, YES, TRUE, '0', 1000, 0, .1, 0, .3, R (PAUSED) },
  { "pause-over", NO, NO, NO, YES, FALSE, '1', -1, 0, .1, .3, .3, R (AWAY) },
  { "pause-over-now", NO, NO, NO, YES, FALSE, '1', 0, 0, .1, .3, .3, R (AWAY) },
  { "asked-on-battery", YES, NO, NO, YES, FALSE, '1', 0, 1000, .1, .3, .3, R (ASKED) },
  { "asked-in-schedule", NO, NO, NO, NO, FALSE, '0', 0, 1000, .1, .1, .1, R (ASKED) },
  { "asked-for-nothing", NO, NO, NO, YES, FALSE, '1', 0, 1000, .1, .3, .3, R (AWAY) },
  { "asked-in-heat", YES, NO, NO, YES, TRUE, '1', 0, 1000, .1, 0, .3, R (HEAT) },
  { "asked-over", YES, NO, NO, YES, FALSE, '1', 0, -1, .1, 0, .3, R (BATTERY) },
  { "nothing-set", NO, NO, NO, NO, FALSE, '1', 0, 0, 0, 0, 0, R (NOTHING_SET) },
  { "nothing-set-unseen", NO, NO, NO, NOT, FALSE, '1', 0, 0, 0, 0, 0, R (NOTHING_SET) },
  { "nothing-set-but-away", NO, NO, NO, YES, FALSE, '1', 0, 0, 0, .3, .3, R (AWAY) },
  { "nothing-set-on-battery", YES, NO, NO, NO, FALSE, '1', 0, 0, 0, 0, 0, R (BATTERY) },
  { "too-much-is-capped", NO, NO, NO, NO, FALSE, '1', 0, 0, .9, .5, .5, R (HERE) },
};

static GDateTime *
make_now (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (ZONE);

  return g_date_time_new (zone, 2026, 11, 18, 14, 30, 0);
}

static void
fill (const Row          *row,
      gint64              now,
      EdgePolicySettings *settings,
      EdgePolicyFacts    *facts)
{
  edge_policy_settings_init (settings);
  settings->share_here = row->share_here;
  memset (settings->schedule, '1', EDGE_POLICY_HOURS);
  settings->schedule[2 * 24 + 14] = row->level;
  settings->paused_until = row->paused_for != 0 ? now + row->paused_for : 0;
  settings->asked_until = row->asked_for != 0 ? now + row->asked_for : 0;

  edge_policy_facts_init (facts);
  facts->on_battery = row->on_battery;
  facts->power_saver = row->power_saver;
  facts->metered = row->metered;
  facts->away = row->away;
  facts->too_hot = row->too_hot;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr(GDateTime) now = make_now ();
  EdgePolicySettings settings;
  EdgePolicyFacts facts;
  EdgePolicyDecision decision;

  fill (row, g_date_time_to_unix_usec (now) / 1000, &settings, &facts);
  edge_policy_decide (&settings, &facts, now, &decision);

  g_assert_cmpstr (edge_policy_reason_to_string (decision.reason), ==,
                   edge_policy_reason_to_string (row->reason));
  g_assert_cmpfloat (decision.share, ==, row->share);
  g_assert_cmpfloat (decision.waiting_share, ==, row->waiting);
  g_assert_cmpint (edge_policy_reason_is_pause (decision.reason), ==, decision.share == 0);
}

static void
test_switches (void)
{
  g_autoptr(GDateTime) now = make_now ();
  EdgePolicySettings settings;
  EdgePolicyFacts facts;
  EdgePolicyDecision decision;

  edge_policy_settings_init (&settings);
  edge_policy_facts_init (&facts);
  facts.on_battery = facts.power_saver = facts.metered = EDGE_KNOWN_YES;
  facts.away = EDGE_KNOWN_NO;

  settings.pause_on_battery = FALSE;
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.reason, ==, EDGE_POLICY_REASON_POWER_SAVER);
  settings.pause_on_power_saver = FALSE;
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.reason, ==, EDGE_POLICY_REASON_METERED);
  settings.pause_on_metered = FALSE;
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.reason, ==, EDGE_POLICY_REASON_HERE);
}

static gint64
ms_of (const char *text)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (ZONE);
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, zone);

  return g_date_time_to_unix_usec (time) / 1000;
}

static void
test_next (void)
{
  g_autoptr(GDateTime) now = make_now ();
  gint64 now_ms = g_date_time_to_unix_usec (now) / 1000;
  EdgePolicySettings settings;
  EdgePolicyFacts facts;
  EdgePolicyDecision decision;

  edge_policy_settings_init (&settings);
  edge_policy_facts_init (&facts);

  /* Always as set: no clock changes anything. */
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.next, ==, 0);
  g_assert_cmpint (edge_policy_schedule_next (&settings, now), ==, 0);

  /* Not on Wednesdays: it goes on at midnight. */
  memset (settings.schedule, '1', EDGE_POLICY_HOURS);
  memset (settings.schedule + 2 * 24, '0', 24);
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.reason, ==, EDGE_POLICY_REASON_SCHEDULE);
  g_assert_cmpint (decision.next, ==, ms_of ("2026-11-19T00:00:00"));

  /* The pause ends before that, or after. */
  settings.paused_until = now_ms + 1000;
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.next, ==, now_ms + 1000);
  settings.paused_until = ms_of ("2026-11-20T00:00:00");
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.next, ==, ms_of ("2026-11-19T00:00:00"));

  /* Only this very hour of the week: round the week. */
  settings.paused_until = 0;
  memset (settings.schedule, '0', EDGE_POLICY_HOURS);
  settings.schedule[2 * 24 + 14] = '1';
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.next, ==, ms_of ("2026-11-18T15:00:00"));
  settings.schedule[2 * 24 + 14] = '0';
  settings.schedule[2 * 24 + 13] = '1';
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.next, ==, ms_of ("2026-11-25T13:00:00"));

  /* A pause for ever ends by no clock. */
  settings.schedule[0] = '\0';
  settings.paused_until = EDGE_POLICY_FOREVER;
  edge_policy_decide (&settings, &facts, now, &decision);
  g_assert_cmpint (decision.next, ==, 0);
}

/* On 25 October 2026 the clocks of Berlin go from 3:00 back to 2:00. */
static void
test_clocks_change (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr(GDateTime) now = NULL;
  g_autoptr(GDateTime) monday = NULL;
  EdgePolicySettings settings;

  if (zone == NULL)
    {
      g_test_skip ("No time zone data");
      return;
    }

  now = g_date_time_new (zone, 2026, 10, 25, 1, 30, 0);
  monday = g_date_time_new (zone, 2026, 10, 26, 0, 0, 0);
  edge_policy_settings_init (&settings);
  memset (settings.schedule, '0', EDGE_POLICY_HOURS);
  memset (settings.schedule, '1', 24);
  g_assert_cmpint (edge_policy_schedule_next (&settings, now), ==,
                   g_date_time_to_unix_usec (monday) / 1000);
}

static void
test_schedule_is_valid (void)
{
  g_autofree char *week = g_strnfill (EDGE_POLICY_HOURS, '2');
  g_autofree char *longer = g_strnfill (EDGE_POLICY_HOURS + 1, '1');

  g_assert_true (edge_policy_schedule_is_valid (""));
  g_assert_true (edge_policy_schedule_is_valid (week));
  g_assert_false (edge_policy_schedule_is_valid (NULL));
  g_assert_false (edge_policy_schedule_is_valid ("1"));
  g_assert_false (edge_policy_schedule_is_valid (longer));
  week[77] = '3';
  g_assert_false (edge_policy_schedule_is_valid (week));
}

typedef struct
{
  const char *row;
  const char *status;
  const char *working;
  const char *reason;
  const char *outlook;
} Words;

static const Words words[] =
{
  { "here", "Ready to give 10 %", "Contributing 10 %", "you are here",
    "Goes to 30 % after 3 minutes without a touch of keyboard or pointer." },
  { "away", "Ready to give 30 %", "Contributing 30 %", "you are away",
    "Drops to 10 % as soon as you touch keyboard or pointer." },
  { "unseen-is-here", "Ready to give 10 %", "Contributing 10 %", "you may be here",
    "Nothing on this computer tells whether somebody uses it." },
  { "more-here", "Ready to give 50 %", "Contributing 50 %",
    "your schedule allows more in this hour", "Until 15:00." },
  { "battery", "Paused", "Paused", "on battery", "Goes on when the power is back." },
  { "saver", "Paused", "Paused", "in power saver mode", "Goes on when power saver mode ends." },
  { "metered", "Paused", "Paused", "on a metered network",
    "Goes on with a network that is not metered." },
  { "schedule", "Paused", "Paused", "not in this hour",
    "Your schedule allows it again from 15:00." },
  { "heat", "Paused", "Paused", "too hot", "Goes on below 80 °C." },
  { "pause", "Paused", "Paused", "by you, until 14:30", "Goes on by itself at 14:30." },
  { "asked-on-battery", "Ready to give 30 %", "Contributing 30 %",
    "you asked for it until 14:30", "Then it keeps to your settings again." },
  { "nothing-set", "Paused", "Paused", "0 % is set for while you are here",
    "Set a share above 0 % to contribute." },
  { "nothing-set-but-away", "Ready to give 30 %", "Contributing 30 %", "you are away",
    "Stops as soon as you touch keyboard or pointer." },
};

static void
test_words (gconstpointer data)
{
  const Words *expected = data;
  g_autoptr(GDateTime) now = make_now ();
  g_autofree char *status = NULL;
  g_autofree char *working = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *outlook = NULL;
  EdgePolicySettings settings;
  EdgePolicyFacts facts;
  EdgePolicyDecision decision;
  const Row *row = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, expected->row))
      row = &rows[i];
  g_assert_nonnull (row);

  fill (row, g_date_time_to_unix_usec (now) / 1000, &settings, &facts);
  edge_policy_decide (&settings, &facts, now, &decision);
  status = edge_policy_words_status (&decision, FALSE);
  working = edge_policy_words_status (&decision, TRUE);
  reason = edge_policy_words_reason (&settings, &facts, &decision, now);
  outlook = edge_policy_words_outlook (&settings, &decision, now);
  g_assert_cmpstr (status, ==, expected->status);
  g_assert_cmpstr (working, ==, expected->working);
  g_assert_cmpstr (reason, ==, expected->reason);
  g_assert_cmpstr (outlook, ==, expected->outlook);
}

static void
test_moments (void)
{
  g_autoptr(GDateTime) now = make_now ();
  g_autofree char *today = edge_policy_words_moment (ms_of ("2026-11-18T23:59:00"), now);
  g_autofree char *tomorrow = edge_policy_words_moment (ms_of ("2026-11-19T07:00:00"), now);
  g_autofree char *never = edge_policy_words_moment (G_MAXINT64, now);

  g_assert_cmpstr (today, ==, "23:59");
  g_assert_cmpstr (tomorrow, ==, "Thursday 07:00");
  g_assert_cmpstr (never, ==, "–");
}

static void
test_pause_for_ever (void)
{
  g_autoptr(GDateTime) now = make_now ();
  g_autofree char *reason = NULL;
  g_autofree char *outlook = NULL;
  EdgePolicySettings settings;
  EdgePolicyFacts facts;
  EdgePolicyDecision decision;

  edge_policy_settings_init (&settings);
  edge_policy_facts_init (&facts);
  settings.paused_until = EDGE_POLICY_FOREVER;
  edge_policy_decide (&settings, &facts, now, &decision);
  reason = edge_policy_words_reason (&settings, &facts, &decision, now);
  outlook = edge_policy_words_outlook (&settings, &decision, now);
  g_assert_cmpstr (reason, ==, "by you");
  g_assert_cmpstr (outlook, ==, "Goes on when you resume it.");

  facts.too_hot = TRUE;
  facts.temperature = 93.4;
  settings.paused_until = 0;
  edge_policy_decide (&settings, &facts, now, &decision);
  g_free (reason);
  reason = edge_policy_words_reason (&settings, &facts, &decision, now);
  g_assert_cmpstr (reason, ==, "too hot, 93 °C");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/work/policy/decide/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_strconcat ("/work/policy/words/", words[i].row, NULL);

      g_test_add_data_func (path, &words[i], test_words);
    }
  g_test_add_func ("/work/policy/decide/switches", test_switches);
  g_test_add_func ("/work/policy/decide/next", test_next);
  g_test_add_func ("/work/policy/decide/clocks-change", test_clocks_change);
  g_test_add_func ("/work/policy/schedule-is-valid", test_schedule_is_valid);
  g_test_add_func ("/work/policy/words/moments", test_moments);
  g_test_add_func ("/work/policy/words/pause-for-ever", test_pause_for_ever);
  return g_test_run ();
}
