/* edge-policy-words.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "work/edge-policy-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static guint
percent (double share)
{
  return (guint) lround (share * 100);
}

/**
 * edge_policy_words_moment:
 * @moment: wall clock in ms
 * @now: local time
 *
 * Returns: (transfer full): the time of day, with the day before it unless it is today
 */
char *
edge_policy_words_moment (gint64     moment,
                          GDateTime *now)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (moment / 1000);
  g_autoptr(GDateTime) local = NULL;

  if (utc == NULL)
    return g_strdup ("–");

  local = g_date_time_to_timezone (utc, g_date_time_get_timezone (now));
  if (g_date_time_get_year (local) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    return g_date_time_format (local, "%H:%M");

  /* Translators: a weekday and the time of day, for g_date_time_format. */
  return g_date_time_format (local, _("%A %H:%M"));
}

/**
 * edge_policy_words_status:
 * @decision: the decision
 * @working: whether work of others runs now
 *
 * Returns: (transfer full): what happens, without the reason. It claims no work that does not
 *   run.
 */
char *
edge_policy_words_status (const EdgePolicyDecision *decision,
                          gboolean                  working)
{
  if (edge_policy_reason_is_pause (decision->reason))
    return g_strdup (_("Paused"));

  if (working)
    return g_strdup_printf (_("Contributing %u %%"), percent (decision->share));

  return g_strdup_printf (_("Ready to give %u %%"), percent (decision->share));
}

/**
 * edge_policy_words_reason:
 * @settings: what the person wants
 * @facts: what is so
 * @decision: what was decided from both
 * @now: local time
 *
 * Returns: (transfer full): why, in a few words that go after a colon
 */
char *
edge_policy_words_reason (const EdgePolicySettings *settings,
                          const EdgePolicyFacts    *facts,
                          const EdgePolicyDecision *decision,
                          GDateTime                *now)
{
  g_autofree char *moment = NULL;

  switch (decision->reason)
    {
    case EDGE_POLICY_REASON_HERE:
      return g_strdup (_("you are here"));
    case EDGE_POLICY_REASON_AWAY:
      return g_strdup (_("you are away"));
    case EDGE_POLICY_REASON_UNSEEN:
      return g_strdup (_("you may be here"));
    case EDGE_POLICY_REASON_MORE:
      return g_strdup (_("your schedule allows more in this hour"));
    case EDGE_POLICY_REASON_ASKED:
      moment = edge_policy_words_moment (settings->asked_until, now);
      return g_strdup_printf (_("you asked for it until %s"), moment);
    case EDGE_POLICY_REASON_PAUSED:
      if (settings->paused_until == EDGE_POLICY_FOREVER)
        return g_strdup (_("by you"));
      moment = edge_policy_words_moment (settings->paused_until, now);
      return g_strdup_printf (_("by you, until %s"), moment);
    case EDGE_POLICY_REASON_HEAT:
      if (isnan (facts->temperature))
        return g_strdup (_("too hot"));
      return g_strdup_printf (_("too hot, %.0f °C"), facts->temperature);
    case EDGE_POLICY_REASON_BATTERY:
      return g_strdup (_("on battery"));
    case EDGE_POLICY_REASON_POWER_SAVER:
      return g_strdup (_("in power saver mode"));
    case EDGE_POLICY_REASON_METERED:
      return g_strdup (_("on a metered network"));
    case EDGE_POLICY_REASON_SCHEDULE:
      return g_strdup (_("not in this hour"));
    case EDGE_POLICY_REASON_NOTHING_SET:
      if (facts->away == EDGE_KNOWN_YES)
        /* xgettext:no-c-format */
        return g_strdup (_("0 % is set for while you are away"));
      /* xgettext:no-c-format */
      return g_strdup (_("0 % is set for while you are here"));
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static char *
here_outlook (const EdgePolicySettings *settings)
{
  if (settings->share_away <= settings->share_here)
    return NULL;

  return g_strdup_printf (_("Goes to %u %% after %u minutes without a touch of keyboard or pointer."),
                          percent (settings->share_away),
                          EDGE_POLICY_AWAY_AFTER_MS / (60 * 1000));
}

static char *
away_outlook (const EdgePolicySettings *settings)
{
  if (settings->share_here >= settings->share_away)
    return NULL;

  if (settings->share_here == 0)
    return g_strdup (_("Stops as soon as you touch keyboard or pointer."));

  return g_strdup_printf (_("Drops to %u %% as soon as you touch keyboard or pointer."),
                          percent (settings->share_here));
}

/**
 * edge_policy_words_outlook:
 * @settings: what the person wants
 * @decision: what was decided
 * @now: local time
 *
 * Returns: (transfer full) (nullable): a sentence on what changes it next, %NULL when there is
 *   nothing to say
 */
char *
edge_policy_words_outlook (const EdgePolicySettings *settings,
                           const EdgePolicyDecision *decision,
                           GDateTime                *now)
{
  g_autofree char *moment = NULL;
  gint64 next;

  switch (decision->reason)
    {
    case EDGE_POLICY_REASON_HERE:
      return here_outlook (settings);
    case EDGE_POLICY_REASON_AWAY:
      return away_outlook (settings);
    case EDGE_POLICY_REASON_UNSEEN:
      return g_strdup (_("Nothing on this computer tells whether somebody uses it."));
    case EDGE_POLICY_REASON_MORE:
    case EDGE_POLICY_REASON_SCHEDULE:
      next = edge_policy_schedule_next (settings, now);
      if (next == 0)
        return decision->reason == EDGE_POLICY_REASON_MORE
               ? NULL
               : g_strdup (_("Your schedule has no hour that allows it."));
      moment = edge_policy_words_moment (next, now);
      return g_strdup_printf (decision->reason == EDGE_POLICY_REASON_MORE
                              ? _("Until %s.")
                              : _("Your schedule allows it again from %s."), moment);
    case EDGE_POLICY_REASON_ASKED:
      return g_strdup (_("Then it keeps to your settings again."));
    case EDGE_POLICY_REASON_PAUSED:
      if (settings->paused_until == EDGE_POLICY_FOREVER)
        return g_strdup (_("Goes on when you resume it."));
      moment = edge_policy_words_moment (settings->paused_until, now);
      return g_strdup_printf (_("Goes on by itself at %s."), moment);
    case EDGE_POLICY_REASON_HEAT:
      return g_strdup_printf (_("Goes on below %.0f °C."), EDGE_POLICY_COOL);
    case EDGE_POLICY_REASON_BATTERY:
      return g_strdup (_("Goes on when the power is back."));
    case EDGE_POLICY_REASON_POWER_SAVER:
      return g_strdup (_("Goes on when power saver mode ends."));
    case EDGE_POLICY_REASON_METERED:
      return g_strdup (_("Goes on with a network that is not metered."));
    case EDGE_POLICY_REASON_NOTHING_SET:
      /* xgettext:no-c-format */
      return g_strdup (_("Set a share above 0 % to contribute."));
    default:
      g_return_val_if_reached (NULL);
    }
}
