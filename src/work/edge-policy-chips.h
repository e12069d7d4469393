/* edge-policy-chips.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "work/edge-fact.h"
#include "work/edge-policy-decision.h"

G_BEGIN_DECLS

GPtrArray *edge_policy_chips_new (const EdgePolicySettings *settings,
                                  const EdgePolicyFacts    *facts,
                                  const EdgePolicyDecision *decision,
                                  GDateTime                *now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
