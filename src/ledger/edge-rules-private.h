/* edge-rules-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-rules.h"

G_BEGIN_DECLS

/**
 * EdgeRuleContext:
 *
 * What a rule may look at and change.
 */
typedef struct
{
  EdgeState         *state;
  const EdgeGenesis *genesis;
  const EdgeStep    *step;
  guint64            multiplier;
  guint64            now;
} EdgeRuleContext;

EdgeReason _edge_rules_receipt (EdgeRuleContext *context);
EdgeReason _edge_rules_settle  (EdgeRuleContext *context);
EdgeReason _edge_rules_refund  (EdgeRuleContext *context);

gboolean   _edge_rules_member  (EdgeRuleContext *context,
                                const EdgeId    *key);
guint64    _edge_rules_left    (EdgeRuleContext *context,
                                const EdgeId    *key);
void       _edge_rules_welcome (EdgeRuleContext *context,
                                const EdgeId    *key);
void       _edge_rules_mint    (EdgeRuleContext *context,
                                const EdgeId    *key,
                                guint64          amount);
guint64    _edge_rules_share   (EdgeRuleContext *context,
                                const EdgeId    *key,
                                guint64          percent);
void       _edge_rules_burn    (EdgeRuleContext *context,
                                const EdgeId    *key,
                                guint64          amount);
void       _edge_rules_earn    (EdgeRuleContext *context,
                                const EdgeId    *key,
                                guint64          amount);
void       _edge_rules_pay     (EdgeRuleContext *context,
                                const EdgeId    *payer,
                                guint64          share,
                                const EdgeResult *result);

G_END_DECLS
