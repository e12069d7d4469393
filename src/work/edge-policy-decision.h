/* edge-policy-decision.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "work/edge-policy-facts.h"

G_BEGIN_DECLS

#define EDGE_TYPE_POLICY_REASON (edge_policy_reason_get_type ())

/** EDGE_POLICY_MAX_SHARE: Never more than this share of the CPU. */
#define EDGE_POLICY_MAX_SHARE 0.5

/** EDGE_POLICY_HOURS: Digits of a schedule, one for each hour of the week. */
#define EDGE_POLICY_HOURS (7 * 24)

/** EDGE_POLICY_FOREVER: End of a pause that only the person ends. */
#define EDGE_POLICY_FOREVER G_MAXINT64

/**
 * EdgePolicyReason:
 * @EDGE_POLICY_REASON_HERE: runs at the share for while the person is here
 * @EDGE_POLICY_REASON_AWAY: runs at the share for while the person is away
 * @EDGE_POLICY_REASON_UNSEEN: runs as if the person were here, for nothing tells
 * @EDGE_POLICY_REASON_MORE: the schedule allows the most in this hour
 * @EDGE_POLICY_REASON_ASKED: runs in spite of what is in the way, as the person asked
 * @EDGE_POLICY_REASON_PAUSED: the person paused it
 * @EDGE_POLICY_REASON_HEAT: too hot
 * @EDGE_POLICY_REASON_BATTERY: on battery
 * @EDGE_POLICY_REASON_POWER_SAVER: in power saver mode
 * @EDGE_POLICY_REASON_METERED: on a metered network
 * @EDGE_POLICY_REASON_SCHEDULE: not in this hour
 * @EDGE_POLICY_REASON_NOTHING_SET: the share that holds now is set to nothing
 */
typedef enum
{
  EDGE_POLICY_REASON_HERE,
  EDGE_POLICY_REASON_AWAY,
  EDGE_POLICY_REASON_UNSEEN,
  EDGE_POLICY_REASON_MORE,
  EDGE_POLICY_REASON_ASKED,
  EDGE_POLICY_REASON_PAUSED,
  EDGE_POLICY_REASON_HEAT,
  EDGE_POLICY_REASON_BATTERY,
  EDGE_POLICY_REASON_POWER_SAVER,
  EDGE_POLICY_REASON_METERED,
  EDGE_POLICY_REASON_SCHEDULE,
  EDGE_POLICY_REASON_NOTHING_SET,
} EdgePolicyReason;

/**
 * EdgePolicySettings:
 * @share_away: share of the CPU while the person is away, 0…0.5
 * @share_here: the same while the person is here
 * @pause_on_battery: give nothing on battery
 * @pause_on_power_saver: give nothing in power saver mode
 * @pause_on_metered: give nothing on a metered network
 * @schedule: a digit for each hour of the week from Monday 00:00: `0` nothing, `1` as set,
 *   `2` the most; empty for always as set
 * @paused_until: wall clock in ms, 0 when the person did not pause it
 * @asked_until: wall clock in ms until which the person wants it to run all the same
 */
typedef struct
{
  double   share_away;
  double   share_here;
  gboolean pause_on_battery;
  gboolean pause_on_power_saver;
  gboolean pause_on_metered;
  char     schedule[EDGE_POLICY_HOURS + 1];
  gint64   paused_until;
  gint64   asked_until;
} EdgePolicySettings;

/**
 * EdgePolicyDecision:
 * @share: share of the CPU that may be used now, 0…0.5
 * @waiting_share: what it would be with nothing in the way
 * @reason: why
 * @next: wall clock in ms of the moment after which to ask again at the latest, 0 when no
 *   clock changes the answer
 */
typedef struct
{
  double           share;
  double           waiting_share;
  EdgePolicyReason reason;
  gint64           next;
} EdgePolicyDecision;

GType       edge_policy_reason_get_type     (void) G_GNUC_CONST;
const char *edge_policy_reason_to_string    (EdgePolicyReason          reason);
gboolean    edge_policy_reason_is_pause     (EdgePolicyReason          reason);
gboolean    edge_policy_reason_is_askable   (EdgePolicyReason          reason);

gboolean    edge_policy_schedule_is_valid   (const char               *schedule);
void        edge_policy_settings_init       (EdgePolicySettings       *self);
void        edge_policy_decide              (const EdgePolicySettings *settings,
                                             const EdgePolicyFacts    *facts,
                                             GDateTime                *now,
                                             EdgePolicyDecision       *decision);
gint64      edge_policy_schedule_next       (const EdgePolicySettings *settings,
                                             GDateTime                *now);

G_END_DECLS
