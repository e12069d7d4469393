/* edge-rules.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event-body.h"
#include "ledger/edge-state.h"

G_BEGIN_DECLS

/** EDGE_DAY_MS: Milliseconds of a day of the ledger. */
#define EDGE_DAY_MS G_GUINT64_CONSTANT (86400000)

/**
 * EdgeVerdict:
 * @EDGE_VERDICT_NONE: not judged yet
 * @EDGE_VERDICT_OK: on its author's chain, and done
 * @EDGE_VERDICT_OFF: not on its author's accepted chain; no effect at all
 * @EDGE_VERDICT_VOID: on the chain, but breaks a rule at its place
 */
typedef enum
{
  EDGE_VERDICT_NONE,
  EDGE_VERDICT_OK,
  EDGE_VERDICT_OFF,
  EDGE_VERDICT_VOID,
} EdgeVerdict;

/**
 * EdgeReason:
 *
 * Why an event is off or void.
 */
typedef enum
{
  EDGE_REASON_NONE,
  EDGE_REASON_LOST_FORK,
  EDGE_REASON_NOT_AFTER_HEAD,
  EDGE_REASON_NO_ACCOUNT,
  EDGE_REASON_FUNDS,
  EDGE_REASON_NOT_A_VALIDATOR,
  EDGE_REASON_NO_VOUCHERS,
  EDGE_REASON_ALREADY_MEMBER,
  EDGE_REASON_NOT_A_MEMBER,
  EDGE_REASON_DEADLINE,
  EDGE_REASON_NO_ESCROW,
  EDGE_REASON_NOT_THE_PAYER,
  EDGE_REASON_NOT_A_WORKER,
  EDGE_REASON_PAY,
  EDGE_REASON_NO_MAJORITY,
  EDGE_REASON_RESULTS_DIFFER,
  EDGE_REASON_NOTHING_TO_DO,
  EDGE_REASON_DAY,
  EDGE_REASON_N_REASONS,
} EdgeReason;

/**
 * EdgeStep:
 *
 * An event at its place in the order. @prev is %NULL at `seq` 0.
 */
typedef struct
{
  const EdgeId        *id;
  const EdgeId        *author;
  const EdgeId        *prev;
  const EdgeEventBody *body;
  guint64              seq;
  guint64              time;
  gboolean             lost_fork;
} EdgeStep;

EdgeVerdict  edge_rules_apply       (EdgeState          *state,
                                     const EdgeGenesis  *genesis,
                                     guint64             multiplier,
                                     const EdgeStep     *step,
                                     EdgeReason         *reason);

const char  *edge_verdict_to_string (EdgeVerdict         verdict);
const char  *edge_reason_to_string  (EdgeReason          reason);

G_END_DECLS
