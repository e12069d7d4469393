/* edge-policy-facts.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EdgeKnown:
 * @EDGE_KNOWN_NOT: nothing on this computer tells
 * @EDGE_KNOWN_NO: it is not so
 * @EDGE_KNOWN_YES: it is so
 */
typedef enum
{
  EDGE_KNOWN_NOT = -1,
  EDGE_KNOWN_NO,
  EDGE_KNOWN_YES,
} EdgeKnown;

/**
 * EdgePolicyFacts:
 * @on_battery: whether it draws from a battery; a computer without one does not
 * @battery_level: charge, 0…1, NaN when unknown
 * @power_saver: whether the power saver mode is on
 * @metered: whether the network is paid by the byte
 * @away: whether nobody touched keyboard and pointer for a while
 * @away_since: wall clock in ms of the last touch, when @away
 * @temperature: of the hottest part, °C, NaN when unknown
 * @too_hot: whether it is too hot to add work to
 *
 * What is known about this computer at one moment.
 */
typedef struct
{
  EdgeKnown on_battery;
  double    battery_level;
  EdgeKnown power_saver;
  EdgeKnown metered;
  EdgeKnown away;
  gint64    away_since;
  double    temperature;
  gboolean  too_hot;
} EdgePolicyFacts;

/** EDGE_POLICY_AWAY_AFTER_MS: Without a touch for this long the person is away. */
#define EDGE_POLICY_AWAY_AFTER_MS (3 * 60 * 1000)

/** EDGE_POLICY_HOT: °C from which on it is too hot. */
#define EDGE_POLICY_HOT 90.0

/** EDGE_POLICY_COOL: °C below which it is cool again; the gap keeps fans from surging. */
#define EDGE_POLICY_COOL 80.0

void     edge_policy_facts_init  (EdgePolicyFacts       *self);
gboolean edge_policy_facts_equal (const EdgePolicyFacts *a,
                                  const EdgePolicyFacts *b);

G_END_DECLS
