/* edge-policy-decision.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work/edge-policy-decision.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (EdgePolicyReason, edge_policy_reason,
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_HERE, "here"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_AWAY, "away"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_UNSEEN, "unseen"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_MORE, "more"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_ASKED, "asked"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_HEAT, "heat"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_BATTERY, "battery"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_POWER_SAVER, "power-saver"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_METERED, "metered"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_SCHEDULE, "schedule"),
                    G_DEFINE_ENUM_VALUE (EDGE_POLICY_REASON_NOTHING_SET, "nothing-set"))

#define HOUR_MS (60 * 60 * (gint64) 1000)

const char *
edge_policy_reason_to_string (EdgePolicyReason reason)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (EDGE_TYPE_POLICY_REASON);
  GEnumValue *value = g_enum_get_value (klass, reason);

  return value != NULL ? value->value_nick : "unknown";
}

/**
 * edge_policy_reason_is_pause:
 * @reason: a reason
 *
 * Returns: whether nothing is given for this reason
 */
gboolean
edge_policy_reason_is_pause (EdgePolicyReason reason)
{
  return reason >= EDGE_POLICY_REASON_PAUSED;
}

/**
 * edge_policy_reason_is_askable:
 * @reason: a reason
 *
 * Returns: whether the person may ask to run all the same for a while. Heat is no matter of
 *   taste, and a share of nothing is changed by its setting.
 */
gboolean
edge_policy_reason_is_askable (EdgePolicyReason reason)
{
  return reason == EDGE_POLICY_REASON_BATTERY ||
         reason == EDGE_POLICY_REASON_POWER_SAVER ||
         reason == EDGE_POLICY_REASON_METERED ||
         reason == EDGE_POLICY_REASON_SCHEDULE;
}

/**
 * edge_policy_schedule_is_valid:
 * @schedule: (nullable): what may be a schedule
 *
 * Returns: whether it is empty or has 168 of the digits 0, 1 and 2
 */
gboolean
edge_policy_schedule_is_valid (const char *schedule)
{
  size_t length;

  if (schedule == NULL)
    return FALSE;

  length = strnlen (schedule, EDGE_POLICY_HOURS + 1);
  return length == 0 ||
         (length == EDGE_POLICY_HOURS && strspn (schedule, "012") == EDGE_POLICY_HOURS);
}

/**
 * edge_policy_settings_init:
 * @self: (out caller-allocates): room for settings
 *
 * Begins with the preset "Balanced".
 */
void
edge_policy_settings_init (EdgePolicySettings *self)
{
  *self = (EdgePolicySettings) {
    .share_away = 0.3,
    .share_here = 0.1,
    .pause_on_battery = TRUE,
    .pause_on_power_saver = TRUE,
    .pause_on_metered = TRUE,
  };
}

static int
hour_of_week (GDateTime *now)
{
  return (g_date_time_get_day_of_week (now) - 1) * 24 + g_date_time_get_hour (now);
}

static char
scheduled_at (const EdgePolicySettings *settings,
              int                       hour)
{
  return settings->schedule[0] != '\0' ? settings->schedule[hour % EDGE_POLICY_HOURS] : '1';
}

static gint64
to_ms (GDateTime *time)
{
  return g_date_time_to_unix_usec (time) / 1000;
}

/**
 * edge_policy_schedule_next:
 * @settings: settings
 * @now: local time
 *
 * Returns: wall clock in ms of the next hour for which the schedule says something else than
 *   now, 0 when there is none
 */
gint64
edge_policy_schedule_next (const EdgePolicySettings *settings,
                           GDateTime                *now)
{
  char level = scheduled_at (settings, hour_of_week (now));
  gint64 start = to_ms (now);

  /* Steps over real hours and asks the calendar for each, so that a change of
   * the clocks in the week ahead moves nothing. */
  start -= g_date_time_get_minute (now) * 60 * (gint64) 1000 + start % (60 * 1000);
  for (int i = 1; i <= EDGE_POLICY_HOURS + 1; i++)
    {
      g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc ((start + i * HOUR_MS) / 1000);
      g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, g_date_time_get_timezone (now));

      if (scheduled_at (settings, hour_of_week (local)) != level)
        return start + i * HOUR_MS;
    }

  return 0;
}

static gint64
earlier (gint64 a,
         gint64 b)
{
  if (a == 0 || a == EDGE_POLICY_FOREVER)
    return b == EDGE_POLICY_FOREVER ? 0 : b;
  if (b == 0 || b == EDGE_POLICY_FOREVER)
    return a;
  return MIN (a, b);
}

/* What the person's settings say of this moment, with nothing in the way. */
static double
open_share (const EdgePolicySettings *settings,
            const EdgePolicyFacts    *facts,
            char                      level,
            EdgePolicyReason         *reason)
{
  if (level == '2')
    {
      *reason = EDGE_POLICY_REASON_MORE;
      return EDGE_POLICY_MAX_SHARE;
    }

  switch (facts->away)
    {
    case EDGE_KNOWN_YES:
      *reason = EDGE_POLICY_REASON_AWAY;
      return CLAMP (settings->share_away, 0, EDGE_POLICY_MAX_SHARE);
    case EDGE_KNOWN_NO:
      *reason = EDGE_POLICY_REASON_HERE;
      break;
    case EDGE_KNOWN_NOT:
    default:
      *reason = EDGE_POLICY_REASON_UNSEEN;
      break;
    }
  return CLAMP (settings->share_here, 0, EDGE_POLICY_MAX_SHARE);
}

/* The first thing that is in the way and that the person may set aside. */
static gboolean
find_obstacle (const EdgePolicySettings *settings,
               const EdgePolicyFacts    *facts,
               char                      level,
               EdgePolicyReason         *reason)
{
  if (settings->pause_on_battery && facts->on_battery == EDGE_KNOWN_YES)
    *reason = EDGE_POLICY_REASON_BATTERY;
  else if (settings->pause_on_power_saver && facts->power_saver == EDGE_KNOWN_YES)
    *reason = EDGE_POLICY_REASON_POWER_SAVER;
  else if (settings->pause_on_metered && facts->metered == EDGE_KNOWN_YES)
    *reason = EDGE_POLICY_REASON_METERED;
  else if (level == '0')
    *reason = EDGE_POLICY_REASON_SCHEDULE;
  else
    return FALSE;

  return TRUE;
}

/**
 * edge_policy_decide:
 * @settings: what the person wants
 * @facts: what is so
 * @now: local time
 * @decision: (out caller-allocates): the answer
 *
 * Decides how much of the CPU may be used. What is not known never pauses: a computer
 * without a battery is not on battery.
 */
void
edge_policy_decide (const EdgePolicySettings *settings,
                    const EdgePolicyFacts    *facts,
                    GDateTime                *now,
                    EdgePolicyDecision       *decision)
{
  gint64 now_ms = to_ms (now);
  char level = scheduled_at (settings, hour_of_week (now));
  gboolean asked = settings->asked_until > now_ms;
  EdgePolicyReason obstacle;

  *decision = (EdgePolicyDecision) { .next = edge_policy_schedule_next (settings, now) };
  decision->share = open_share (settings, facts, level, &decision->reason);
  decision->waiting_share = decision->share;

  if (settings->paused_until > now_ms)
    {
      decision->reason = EDGE_POLICY_REASON_PAUSED;
      decision->next = earlier (decision->next, settings->paused_until);
    }
  else if (facts->too_hot)
    decision->reason = EDGE_POLICY_REASON_HEAT;
  else if (find_obstacle (settings, facts, level, &obstacle))
    {
      decision->reason = asked ? EDGE_POLICY_REASON_ASKED : obstacle;
      if (asked)
        decision->next = earlier (decision->next, settings->asked_until);
    }

  /* Nothing set explains nothing given only where nothing else does. */
  if (decision->share == 0 && !edge_policy_reason_is_pause (decision->reason))
    decision->reason = EDGE_POLICY_REASON_NOTHING_SET;

  if (edge_policy_reason_is_pause (decision->reason))
    decision->share = 0;
}
