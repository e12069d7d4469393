/* edge-policy-chips.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "work/edge-policy-chips.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "work/edge-policy-words.h"

#define MINUTE_MS (60 * (gint64) 1000)

static void
add (GPtrArray  *chips,
     const char *icon_name,
     const char *label,
     gboolean    deciding,
     gboolean    hindering)
{
  g_ptr_array_insert (chips, deciding ? 0 : -1,
                      edge_fact_new (icon_name, label, deciding, hindering));
}

static char *
away_label (gint64     since,
            GDateTime *now)
{
  gint64 minutes = (g_date_time_to_unix_usec (now) / 1000 - since) / MINUTE_MS;

  if (since <= 0 || minutes < 1)
    return g_strdup (_("You are away"));
  if (minutes < 60)
    return g_strdup_printf (_("Away for %d min"), (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (_("Away for %d h"), (int) (minutes / 60));
  return g_strdup_printf (_("Away for %d d"), (int) MIN (minutes / (24 * 60), 9999));
}

static void
add_presence (GPtrArray                *chips,
              const EdgePolicySettings *settings,
              const EdgePolicyFacts    *facts,
              const EdgePolicyDecision *decision,
              GDateTime                *now)
{
  gboolean deciding = decision->reason == EDGE_POLICY_REASON_AWAY ||
                      decision->reason == EDGE_POLICY_REASON_HERE ||
                      decision->reason == EDGE_POLICY_REASON_UNSEEN ||
                      decision->reason == EDGE_POLICY_REASON_NOTHING_SET;
  gboolean hindering = decision->reason == EDGE_POLICY_REASON_NOTHING_SET;
  g_autofree char *label = NULL;

  switch (facts->away)
    {
    case EDGE_KNOWN_YES:
      label = away_label (facts->away_since, now);
      add (chips, "edge-away-symbolic", label, deciding, hindering);
      break;
    case EDGE_KNOWN_NO:
      add (chips, "edge-here-symbolic", _("You are here"), deciding, hindering);
      break;
    case EDGE_KNOWN_NOT:
    default:
      if (deciding)
        add (chips, "edge-here-symbolic", _("You may be here"), deciding, hindering);
      break;
    }
}

static void
add_power (GPtrArray                *chips,
           const EdgePolicySettings *settings,
           const EdgePolicyFacts    *facts,
           const EdgePolicyDecision *decision)
{
  g_autofree char *icon = NULL;
  g_autofree char *label = NULL;
  gboolean hindering = settings->pause_on_battery;

  if (facts->on_battery == EDGE_KNOWN_NO)
    add (chips, "edge-plug-symbolic", _("On mains"), FALSE, FALSE);
  if (facts->on_battery != EDGE_KNOWN_YES)
    return;

  if (isnan (facts->battery_level))
    {
      icon = g_strdup ("battery-symbolic");
      label = g_strdup (_("On battery"));
    }
  else
    {
      icon = g_strdup_printf ("battery-level-%d-symbolic",
                              (int) CLAMP (lround (facts->battery_level * 10) * 10, 0, 100));
      label = g_strdup_printf (_("On battery, %.0f %%"), facts->battery_level * 100);
    }
  add (chips, icon, label, decision->reason == EDGE_POLICY_REASON_BATTERY, hindering);
}

static void
add_network (GPtrArray                *chips,
             const EdgePolicySettings *settings,
             const EdgePolicyFacts    *facts,
             const EdgePolicyDecision *decision)
{
  if (facts->metered == EDGE_KNOWN_NO)
    add (chips, "edge-unmetered-symbolic", _("Not metered"), FALSE, FALSE);
  else if (facts->metered == EDGE_KNOWN_YES)
    add (chips, "edge-unmetered-symbolic", _("Metered network"),
         decision->reason == EDGE_POLICY_REASON_METERED, settings->pause_on_metered);
}

static void
add_heat (GPtrArray                *chips,
          const EdgePolicyFacts    *facts,
          const EdgePolicyDecision *decision)
{
  g_autofree char *label = NULL;

  if (isnan (facts->temperature) && !facts->too_hot)
    return;

  label = isnan (facts->temperature) ? g_strdup (_("Too hot"))
                                     : g_strdup_printf (_("%.0f °C"), facts->temperature);
  add (chips, "edge-heat-symbolic", label,
       decision->reason == EDGE_POLICY_REASON_HEAT, facts->too_hot);
}

static gboolean
is_hindered_by_another (GPtrArray *chips)
{
  for (guint i = 0; i < chips->len; i++)
    {
      EdgeFact *fact = g_ptr_array_index (chips, i);

      if (edge_fact_get_hindering (fact) && !edge_fact_get_deciding (fact))
        return TRUE;
    }

  return FALSE;
}

/**
 * edge_policy_chips_new:
 * @settings: what the person wants
 * @facts: what is so
 * @decision: what was decided from both
 * @now: local time
 *
 * What is known, the deciding fact first. What nothing tells is left out.
 *
 * Returns: (transfer full) (element-type EdgeFact): the facts
 */
GPtrArray *
edge_policy_chips_new (const EdgePolicySettings *settings,
                       const EdgePolicyFacts    *facts,
                       const EdgePolicyDecision *decision,
                       GDateTime                *now)
{
  GPtrArray *chips = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *moment = NULL;
  g_autofree char *label = NULL;

  add_presence (chips, settings, facts, decision, now);
  add_power (chips, settings, facts, decision);
  add_network (chips, settings, facts, decision);
  if (facts->power_saver == EDGE_KNOWN_YES)
    add (chips, "edge-leaf-symbolic", _("Power saver"),
         decision->reason == EDGE_POLICY_REASON_POWER_SAVER, settings->pause_on_power_saver);
  else if (facts->power_saver == EDGE_KNOWN_NO)
    add (chips, "edge-leaf-symbolic", _("Power saver off"), FALSE, FALSE);
  add_heat (chips, facts, decision);

  if (decision->reason == EDGE_POLICY_REASON_SCHEDULE)
    add (chips, "preferences-system-time-symbolic", _("Not in this hour"), TRUE, TRUE);
  else if (decision->reason == EDGE_POLICY_REASON_MORE)
    add (chips, "preferences-system-time-symbolic", _("More in this hour"), TRUE, FALSE);
  else if (decision->reason == EDGE_POLICY_REASON_PAUSED)
    {
      if (settings->paused_until == EDGE_POLICY_FOREVER)
        label = g_strdup (_("Paused by you"));
      else
        {
          moment = edge_policy_words_moment (settings->paused_until, now);
          label = g_strdup_printf (_("Paused by you until %s"), moment);
        }
      add (chips, "media-playback-pause-symbolic", label, TRUE, TRUE);
    }
  else if (decision->reason == EDGE_POLICY_REASON_ASKED)
    {
      moment = edge_policy_words_moment (settings->asked_until, now);
      label = g_strdup_printf (_("Asked for until %s"), moment);
      add (chips, "media-playback-start-symbolic", label, TRUE, FALSE);
    }

  if (edge_policy_reason_is_pause (decision->reason) && !is_hindered_by_another (chips))
    g_ptr_array_insert (chips, 1, edge_fact_new ("object-select-symbolic",
                                                 _("Nothing else in the way"), FALSE, FALSE));

  return chips;
}
