/* edge-policy-facts.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work/edge-policy-facts.h"

#include <math.h>

static gboolean
same_double (double a,
             double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/**
 * edge_policy_facts_init:
 * @self: (out caller-allocates): room for facts
 *
 * Begins with nothing known.
 */
void
edge_policy_facts_init (EdgePolicyFacts *self)
{
  *self = (EdgePolicyFacts) {
    .on_battery = EDGE_KNOWN_NOT,
    .battery_level = NAN,
    .power_saver = EDGE_KNOWN_NOT,
    .metered = EDGE_KNOWN_NOT,
    .away = EDGE_KNOWN_NOT,
    .temperature = NAN,
  };
}

gboolean
edge_policy_facts_equal (const EdgePolicyFacts *a,
                         const EdgePolicyFacts *b)
{
  return a->on_battery == b->on_battery &&
         same_double (a->battery_level, b->battery_level) &&
         a->power_saver == b->power_saver &&
         a->metered == b->metered &&
         a->away == b->away &&
         a->away_since == b->away_since &&
         same_double (a->temperature, b->temperature) &&
         a->too_hot == b->too_hot;
}
