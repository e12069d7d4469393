/* edge-policy-words.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "work/edge-policy-decision.h"

G_BEGIN_DECLS

char *edge_policy_words_status  (const EdgePolicyDecision *decision,
                                 gboolean                  working) G_GNUC_WARN_UNUSED_RESULT;
char *edge_policy_words_reason  (const EdgePolicySettings *settings,
                                 const EdgePolicyFacts    *facts,
                                 const EdgePolicyDecision *decision,
                                 GDateTime                *now) G_GNUC_WARN_UNUSED_RESULT;
char *edge_policy_words_outlook (const EdgePolicySettings *settings,
                                 const EdgePolicyDecision *decision,
                                 GDateTime                *now) G_GNUC_WARN_UNUSED_RESULT;
char *edge_policy_words_moment  (gint64                    moment,
                                 GDateTime                *now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
