/* edge-policy.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "work/edge-policy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "work/edge-policy-change.h"
#include "work/edge-policy-chips.h"
#include "work/edge-policy-words.h"

/**
 * EdgePolicy:
 *
 * How much of this computer may be used now, and why, in words.
 *
 * It takes settings, facts and the time and decides; it has no clock, watches
 * nothing and runs nothing. The reason is the headline of the window.
 */

struct _EdgePolicy
{
  GObject             parent_instance;

  EdgePolicySettings  settings;
  EdgePolicyFacts     facts;
  EdgePolicyDecision  decision;
  GListStore         *chips;
  GListStore         *changes;
  char               *headline;
  char               *status_text;
  char               *reason_text;
  char               *outlook;
  gboolean            working;
};

typedef enum
{
  PROP_SHARE_AWAY = 1,
  PROP_SHARE_HERE,
  PROP_PAUSE_ON_BATTERY,
  PROP_PAUSE_ON_POWER_SAVER,
  PROP_PAUSE_ON_METERED,
  PROP_SCHEDULE,
  PROP_WORKING,
  PROP_SHARE,
  PROP_WAITING_SHARE,
  PROP_REASON,
  PROP_PAUSED,
  PROP_ASKABLE,
  PROP_PAUSED_UNTIL,
  PROP_ASKED_UNTIL,
  PROP_HEADLINE,
  PROP_STATUS_TEXT,
  PROP_REASON_TEXT,
  PROP_OUTLOOK,
  PROP_FACTS,
  PROP_CHANGES,
} EdgePolicyProperty;

enum
{
  STALE,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_CHANGES + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgePolicy, edge_policy, G_TYPE_OBJECT)

static void
notify (EdgePolicy         *self,
        EdgePolicyProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
facts_are_same (EdgePolicy *self,
                GPtrArray  *chips)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->chips)) != chips->len)
    return FALSE;

  for (guint i = 0; i < chips->len; i++)
    {
      g_autoptr(EdgeFact) fact = g_list_model_get_item (G_LIST_MODEL (self->chips), i);

      if (!edge_fact_equal (fact, g_ptr_array_index (chips, i)))
        return FALSE;
    }

  return TRUE;
}

static void
set_text (EdgePolicy         *self,
          char              **field,
          char               *text,
          EdgePolicyProperty  property)
{
  if (g_set_str (field, text))
    notify (self, property);
  g_free (text);
}

static void
put_into_words (EdgePolicy *self,
                GDateTime  *now)
{
  g_autoptr(GPtrArray) chips = NULL;

  set_text (self, &self->status_text,
            edge_policy_words_status (&self->decision, self->working), PROP_STATUS_TEXT);
  set_text (self, &self->reason_text,
            edge_policy_words_reason (&self->settings, &self->facts, &self->decision, now),
            PROP_REASON_TEXT);
  set_text (self, &self->outlook,
            edge_policy_words_outlook (&self->settings, &self->decision, now), PROP_OUTLOOK);
  /* Translators: what happens, and why: "Paused: on battery". */
  set_text (self, &self->headline,
            g_strdup_printf (_("%1$s: %2$s"), self->status_text, self->reason_text),
            PROP_HEADLINE);

  chips = edge_policy_chips_new (&self->settings, &self->facts, &self->decision, now);
  if (!facts_are_same (self, chips))
    g_list_store_splice (self->chips, 0, g_list_model_get_n_items (G_LIST_MODEL (self->chips)),
                         chips->pdata, chips->len);
}

static void
log_change (EdgePolicy *self,
            GDateTime  *now)
{
  g_autoptr(EdgePolicyChange) change =
    edge_policy_change_new (g_date_time_to_unix_usec (now) / 1000, self->decision.share,
                            self->decision.reason, self->headline);

  g_list_store_insert (self->changes, 0, change);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->changes)) > EDGE_POLICY_MAX_CHANGES)
    g_list_store_remove (self->changes, EDGE_POLICY_MAX_CHANGES);
}

static void
forget_what_is_over (EdgePolicy *self,
                     gint64      now)
{
  if (self->settings.paused_until != 0 && self->settings.paused_until <= now)
    {
      self->settings.paused_until = 0;
      notify (self, PROP_PAUSED_UNTIL);
    }
  if (self->settings.asked_until != 0 && self->settings.asked_until <= now)
    {
      self->settings.asked_until = 0;
      notify (self, PROP_ASKED_UNTIL);
    }
}

static void
set_stale (EdgePolicy         *self,
           EdgePolicyProperty  property)
{
  notify (self, property);
  g_signal_emit (self, signals[STALE], 0);
}

static void
edge_policy_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  EdgePolicy *self = EDGE_POLICY (object);

  switch ((EdgePolicyProperty) property_id)
    {
    case PROP_SHARE_AWAY:
      g_value_set_double (value, self->settings.share_away);
      break;
    case PROP_SHARE_HERE:
      g_value_set_double (value, self->settings.share_here);
      break;
    case PROP_PAUSE_ON_BATTERY:
      g_value_set_boolean (value, self->settings.pause_on_battery);
      break;
    case PROP_PAUSE_ON_POWER_SAVER:
      g_value_set_boolean (value, self->settings.pause_on_power_saver);
      break;
    case PROP_PAUSE_ON_METERED:
      g_value_set_boolean (value, self->settings.pause_on_metered);
      break;
    case PROP_SCHEDULE:
      g_value_set_string (value, self->settings.schedule);
      break;
    case PROP_WORKING:
      g_value_set_boolean (value, self->working);
      break;
    case PROP_SHARE:
      g_value_set_double (value, self->decision.share);
      break;
    case PROP_WAITING_SHARE:
      g_value_set_double (value, self->decision.waiting_share);
      break;
    case PROP_REASON:
      g_value_set_enum (value, self->decision.reason);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, edge_policy_reason_is_pause (self->decision.reason));
      break;
    case PROP_ASKABLE:
      g_value_set_boolean (value, edge_policy_reason_is_askable (self->decision.reason));
      break;
    case PROP_PAUSED_UNTIL:
      g_value_set_int64 (value, self->settings.paused_until);
      break;
    case PROP_ASKED_UNTIL:
      g_value_set_int64 (value, self->settings.asked_until);
      break;
    case PROP_HEADLINE:
      g_value_set_string (value, self->headline);
      break;
    case PROP_STATUS_TEXT:
      g_value_set_string (value, self->status_text);
      break;
    case PROP_REASON_TEXT:
      g_value_set_string (value, self->reason_text);
      break;
    case PROP_OUTLOOK:
      g_value_set_string (value, self->outlook);
      break;
    case PROP_FACTS:
      g_value_set_object (value, self->chips);
      break;
    case PROP_CHANGES:
      g_value_set_object (value, self->changes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
take_double (EdgePolicy         *self,
             double             *field,
             double              value,
             EdgePolicyProperty  property)
{
  if (*field == value)
    return;
  *field = value;
  set_stale (self, property);
}

static void
take_boolean (EdgePolicy         *self,
              gboolean           *field,
              gboolean            value,
              EdgePolicyProperty  property)
{
  if (*field == value)
    return;
  *field = value;
  set_stale (self, property);
}

static void
take_schedule (EdgePolicy *self,
               const char *schedule)
{
  /* A setting written by hand may be anything; always as set is what no schedule means. */
  if (!edge_policy_schedule_is_valid (schedule))
    schedule = "";
  if (g_str_equal (self->settings.schedule, schedule))
    return;

  g_strlcpy (self->settings.schedule, schedule, sizeof self->settings.schedule);
  set_stale (self, PROP_SCHEDULE);
}

static void
edge_policy_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  EdgePolicy *self = EDGE_POLICY (object);
  EdgePolicyProperty property = property_id;

  switch (property_id)
    {
    case PROP_SHARE_AWAY:
      take_double (self, &self->settings.share_away, g_value_get_double (value), property);
      break;
    case PROP_SHARE_HERE:
      take_double (self, &self->settings.share_here, g_value_get_double (value), property);
      break;
    case PROP_PAUSE_ON_BATTERY:
      take_boolean (self, &self->settings.pause_on_battery, g_value_get_boolean (value), property);
      break;
    case PROP_PAUSE_ON_POWER_SAVER:
      take_boolean (self, &self->settings.pause_on_power_saver, g_value_get_boolean (value),
                    property);
      break;
    case PROP_PAUSE_ON_METERED:
      take_boolean (self, &self->settings.pause_on_metered, g_value_get_boolean (value), property);
      break;
    case PROP_SCHEDULE:
      take_schedule (self, g_value_get_string (value));
      break;
    case PROP_WORKING:
      take_boolean (self, &self->working, g_value_get_boolean (value), property);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_policy_finalize (GObject *object)
{
  EdgePolicy *self = EDGE_POLICY (object);

  g_clear_object (&self->chips);
  g_clear_object (&self->changes);
  g_clear_pointer (&self->headline, g_free);
  g_clear_pointer (&self->status_text, g_free);
  g_clear_pointer (&self->reason_text, g_free);
  g_clear_pointer (&self->outlook, g_free);

  G_OBJECT_CLASS (edge_policy_parent_class)->finalize (object);
}

static void
edge_policy_class_init (EdgePolicyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags rw = r | G_PARAM_WRITABLE;

  object_class->get_property = edge_policy_get_property;
  object_class->set_property = edge_policy_set_property;
  object_class->finalize = edge_policy_finalize;

  properties[PROP_SHARE_AWAY] = g_param_spec_double ("share-away", NULL, NULL,
                                                     0, EDGE_POLICY_MAX_SHARE, 0.3, rw);
  properties[PROP_SHARE_HERE] = g_param_spec_double ("share-here", NULL, NULL,
                                                     0, EDGE_POLICY_MAX_SHARE, 0.1, rw);
  properties[PROP_PAUSE_ON_BATTERY] = g_param_spec_boolean ("pause-on-battery", NULL, NULL,
                                                            TRUE, rw);
  properties[PROP_PAUSE_ON_POWER_SAVER] = g_param_spec_boolean ("pause-on-power-saver", NULL, NULL,
                                                                TRUE, rw);
  properties[PROP_PAUSE_ON_METERED] = g_param_spec_boolean ("pause-on-metered", NULL, NULL,
                                                            TRUE, rw);
  properties[PROP_SCHEDULE] = g_param_spec_string ("schedule", NULL, NULL, "", rw);
  properties[PROP_WORKING] = g_param_spec_boolean ("working", NULL, NULL, FALSE, rw);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 0, r);
  properties[PROP_WAITING_SHARE] = g_param_spec_double ("waiting-share", NULL, NULL, 0, 1, 0, r);
  properties[PROP_REASON] = g_param_spec_enum ("reason", NULL, NULL, EDGE_TYPE_POLICY_REASON,
                                               EDGE_POLICY_REASON_HERE, r);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, r);
  properties[PROP_ASKABLE] = g_param_spec_boolean ("askable", NULL, NULL, FALSE, r);
  properties[PROP_PAUSED_UNTIL] = g_param_spec_int64 ("paused-until", NULL, NULL,
                                                      0, G_MAXINT64, 0, r);
  properties[PROP_ASKED_UNTIL] = g_param_spec_int64 ("asked-until", NULL, NULL,
                                                     0, G_MAXINT64, 0, r);
  properties[PROP_HEADLINE] = g_param_spec_string ("headline", NULL, NULL, NULL, r);
  properties[PROP_STATUS_TEXT] = g_param_spec_string ("status-text", NULL, NULL, NULL, r);
  properties[PROP_REASON_TEXT] = g_param_spec_string ("reason-text", NULL, NULL, NULL, r);
  properties[PROP_OUTLOOK] = g_param_spec_string ("outlook", NULL, NULL, NULL, r);
  properties[PROP_FACTS] = g_param_spec_object ("facts", NULL, NULL, G_TYPE_LIST_MODEL, r);
  properties[PROP_CHANGES] = g_param_spec_object ("changes", NULL, NULL, G_TYPE_LIST_MODEL, r);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgePolicy::stale:
   *
   * A setting changed and the decision may not hold any more.
   */
  signals[STALE] = g_signal_new ("stale", EDGE_TYPE_POLICY, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_policy_init (EdgePolicy *self)
{
  edge_policy_facts_init (&self->facts);
  edge_policy_settings_init (&self->settings);
  self->chips = g_list_store_new (EDGE_TYPE_FACT);
  self->changes = g_list_store_new (EDGE_TYPE_POLICY_CHANGE);
}

/**
 * edge_policy_new:
 *
 * Returns: (transfer full): a policy that gives nothing before its first edge_policy_update()
 */
EdgePolicy *
edge_policy_new (void)
{
  return g_object_new (EDGE_TYPE_POLICY, NULL);
}

double
edge_policy_get_share (EdgePolicy *self)
{
  g_return_val_if_fail (EDGE_IS_POLICY (self), 0);

  return self->decision.share;
}

EdgePolicyReason
edge_policy_get_reason (EdgePolicy *self)
{
  g_return_val_if_fail (EDGE_IS_POLICY (self), EDGE_POLICY_REASON_HERE);

  return self->decision.reason;
}

/**
 * edge_policy_get_headline:
 * @self: a policy
 *
 * Returns: (transfer none) (nullable): what happens and why; %NULL before the first update
 */
const char *
edge_policy_get_headline (EdgePolicy *self)
{
  g_return_val_if_fail (EDGE_IS_POLICY (self), NULL);

  return self->headline;
}

/**
 * edge_policy_get_next:
 * @self: a policy
 *
 * Returns: wall clock in ms of the moment to call edge_policy_update() at the latest, 0 when
 *   no clock changes the answer
 */
gint64
edge_policy_get_next (EdgePolicy *self)
{
  g_return_val_if_fail (EDGE_IS_POLICY (self), 0);

  return self->decision.next;
}

void
edge_policy_set_facts (EdgePolicy            *self,
                       const EdgePolicyFacts *facts,
                       GDateTime             *now)
{
  g_return_if_fail (EDGE_IS_POLICY (self));
  g_return_if_fail (facts != NULL);

  self->facts = *facts;
  edge_policy_update (self, now);
}

/**
 * edge_policy_update:
 * @self: a policy
 * @now: local time
 *
 * Decides anew.
 */
void
edge_policy_update (EdgePolicy *self,
                    GDateTime  *now)
{
  EdgePolicyDecision before;
  gboolean first;

  g_return_if_fail (EDGE_IS_POLICY (self));
  g_return_if_fail (now != NULL);

  first = self->headline == NULL;
  before = self->decision;

  g_object_freeze_notify (G_OBJECT (self));
  forget_what_is_over (self, g_date_time_to_unix_usec (now) / 1000);
  edge_policy_decide (&self->settings, &self->facts, now, &self->decision);
  put_into_words (self, now);

  if (before.share != self->decision.share)
    notify (self, PROP_SHARE);
  if (before.waiting_share != self->decision.waiting_share)
    notify (self, PROP_WAITING_SHARE);
  if (before.reason != self->decision.reason)
    {
      notify (self, PROP_REASON);
      if (edge_policy_reason_is_pause (before.reason) !=
          edge_policy_reason_is_pause (self->decision.reason))
        notify (self, PROP_PAUSED);
      if (edge_policy_reason_is_askable (before.reason) !=
          edge_policy_reason_is_askable (self->decision.reason))
        notify (self, PROP_ASKABLE);
    }

  if (first || before.share != self->decision.share || before.reason != self->decision.reason)
    log_change (self, now);
  g_object_thaw_notify (G_OBJECT (self));
}

static gint64
end_of (gint64     for_ms,
        GDateTime *now)
{
  gint64 now_ms = g_date_time_to_unix_usec (now) / 1000;

  return for_ms <= 0 || for_ms >= EDGE_POLICY_FOREVER - now_ms ? EDGE_POLICY_FOREVER
                                                               : now_ms + for_ms;
}

static void
set_ends (EdgePolicy *self,
          gint64      paused_until,
          gint64      asked_until,
          GDateTime  *now)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->settings.paused_until != paused_until)
    {
      self->settings.paused_until = paused_until;
      notify (self, PROP_PAUSED_UNTIL);
    }
  if (self->settings.asked_until != asked_until)
    {
      self->settings.asked_until = asked_until;
      notify (self, PROP_ASKED_UNTIL);
    }
  edge_policy_update (self, now);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * edge_policy_pause:
 * @self: a policy
 * @for_ms: how long, in ms; 0 until edge_policy_resume()
 * @now: local time
 */
void
edge_policy_pause (EdgePolicy *self,
                   gint64      for_ms,
                   GDateTime  *now)
{
  g_return_if_fail (EDGE_IS_POLICY (self));

  set_ends (self, end_of (for_ms, now), 0, now);
}

/**
 * edge_policy_resume:
 * @self: a policy
 * @now: local time
 *
 * Ends the person's pause. What else is in the way stays in the way.
 */
void
edge_policy_resume (EdgePolicy *self,
                    GDateTime  *now)
{
  g_return_if_fail (EDGE_IS_POLICY (self));

  set_ends (self, 0, self->settings.asked_until, now);
}

/**
 * edge_policy_ask:
 * @self: a policy
 * @for_ms: how long, in ms; 0 takes the wish back
 * @now: local time
 *
 * Runs in spite of battery, power saver, metered network and schedule, as the person asks.
 */
void
edge_policy_ask (EdgePolicy *self,
                 gint64      for_ms,
                 GDateTime  *now)
{
  g_return_if_fail (EDGE_IS_POLICY (self));

  set_ends (self, 0, for_ms > 0 ? end_of (for_ms, now) : 0, now);
}

