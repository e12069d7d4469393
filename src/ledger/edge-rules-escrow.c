/* edge-rules-escrow.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-rules-private.h"
#include "ledger/edge-signed-text.h"

#define SLASH_MAX_SHARES 10

/* Finds the place each result opens. None may be the payer's, and all must have accounts. */
static EdgeReason
open_places (EdgeRuleContext  *context,
             const EdgeEscrow *escrow,
             int              *places)
{
  const EdgeEventBody *body = context->step->body;

  for (guint i = 0; i < body->n_items; i++)
    {
      const EdgeResult *result = &body->results[i];
      EdgeId hash;

      if (edge_state_get_account (context->state, &result->key) == NULL)
        return EDGE_REASON_NO_ACCOUNT;
      if (edge_id_equal (&result->key, &escrow->payer))
        return EDGE_REASON_NOT_A_WORKER;
      if (result->pay > escrow->share)
        return EDGE_REASON_PAY;

      edge_assign_hash (&escrow->payer, &result->key, &result->salt, &hash);
      places[i] = edge_escrow_find (escrow, &hash);
      if (places[i] < 0)
        return EDGE_REASON_NOT_A_WORKER;
    }
  return EDGE_REASON_NONE;
}

static void
finish (EdgeRuleContext *context,
        const EdgeId    *id,
        int              place,
        EdgeEscrowDone   done)
{
  EdgeEscrow *escrow = edge_state_edit_escrow (context->state, id);

  escrow->done[place] = done;
  escrow->n_done++;
}

static void
close_if_done (EdgeRuleContext *context,
               const EdgeId    *id)
{
  const EdgeEscrow *escrow = edge_state_get_escrow (context->state, id);

  if (escrow->n_done == escrow->n_workers)
    edge_state_close_escrow (context->state, id);
}

static void
judge_wrong (EdgeRuleContext   *context,
             const EdgeResult  *result,
             guint64            share,
             const EdgeId      *agreed)
{
  guint64 percent = context->genesis->params[EDGE_GENESIS_SLASH_WRONG];
  guint64 burned;

  edge_state_edit_totals (context->state)->burned += share;
  if (agreed == NULL || edge_id_equal (agreed, &result->result))
    return;

  edge_state_edit_account (context->state, &result->key)->wrong++;
  burned = _edge_rules_share (context, &result->key, percent);
  _edge_rules_burn (context, &result->key, MIN (burned, SLASH_MAX_SHARES * share));
}

/* The one result all ok entries have, when payer and all listed are members. */
static const EdgeId *
agreed_result (EdgeRuleContext *context,
               const EdgeId    *payer)
{
  const EdgeEventBody *body = context->step->body;
  const EdgeId *agreed = NULL;

  if (!_edge_rules_member (context, payer))
    return NULL;
  for (guint i = 0; i < body->n_items; i++)
    {
      const EdgeResult *result = &body->results[i];

      if (!_edge_rules_member (context, &result->key))
        return NULL;
      if (!result->ok)
        continue;
      if (agreed != NULL && !edge_id_equal (agreed, &result->result))
        return NULL;
      agreed = &result->result;
    }
  return agreed;
}

/* _edge_rules_receipt: the payer says who did the work. */
EdgeReason
_edge_rules_receipt (EdgeRuleContext *context)
{
  const EdgeEventBody *body = context->step->body;
  const EdgeEscrow *escrow = edge_state_get_escrow (context->state, &body->key);
  int places[EDGE_BODY_MAX_WORKERS];
  const EdgeId *agreed;
  EdgeReason reason;
  guint64 share;
  guint n_ok = 0;

  if (escrow == NULL)
    return EDGE_REASON_NO_ESCROW;
  if (!edge_id_equal (&escrow->payer, context->step->author))
    return EDGE_REASON_NOT_THE_PAYER;
  reason = open_places (context, escrow, places);
  if (reason != EDGE_REASON_NONE)
    return reason;

  for (guint i = 0; i < body->n_items; i++)
    {
      if (escrow->done[places[i]] != EDGE_ESCROW_OPEN)
        return EDGE_REASON_NOTHING_TO_DO;
      n_ok += body->results[i].ok;
    }
  if (n_ok < body->n_items && escrow->n_workers > 1 && 2 * n_ok <= escrow->n_workers)
    return EDGE_REASON_NO_MAJORITY;

  share = escrow->share;
  agreed = agreed_result (context, context->step->author);
  for (guint i = 0; i < body->n_items; i++)
    {
      if (!body->results[i].ok)
        continue;
      _edge_rules_pay (context, context->step->author, share, &body->results[i]);
      finish (context, &body->key, places[i], EDGE_ESCROW_PAID);
    }
  for (guint i = 0; i < body->n_items; i++)
    {
      if (body->results[i].ok)
        continue;
      judge_wrong (context, &body->results[i], share, agreed);
      finish (context, &body->key, places[i], EDGE_ESCROW_WRONG);
    }
  close_if_done (context, &body->key);
  return EDGE_REASON_NONE;
}

/* _edge_rules_settle: those who agree are paid when the payer kept silent. */
EdgeReason
_edge_rules_settle (EdgeRuleContext *context)
{
  const EdgeEventBody *body = context->step->body;
  const EdgeEscrow *escrow = edge_state_get_escrow (context->state, &body->key);
  int places[EDGE_BODY_MAX_WORKERS];
  EdgeReason reason;
  EdgeId payer;
  guint64 share;
  guint n_new = 0;

  if (escrow == NULL)
    return EDGE_REASON_NO_ESCROW;
  if (context->now < escrow->deadline ||
      context->now >= escrow->deadline + context->genesis->params[EDGE_GENESIS_SETTLE_WINDOW])
    return EDGE_REASON_DEADLINE;
  if (2 * body->n_items <= escrow->n_workers)
    return EDGE_REASON_NO_MAJORITY;
  reason = open_places (context, escrow, places);
  if (reason != EDGE_REASON_NONE)
    return reason;

  for (guint i = 0; i < body->n_items; i++)
    {
      if (!edge_id_equal (&body->results[i].result, &body->results[0].result) ||
          body->results[i].pay != body->results[0].pay)
        return EDGE_REASON_RESULTS_DIFFER;
      if (escrow->done[places[i]] == EDGE_ESCROW_WRONG)
        return EDGE_REASON_NOT_A_WORKER;
      n_new += escrow->done[places[i]] == EDGE_ESCROW_OPEN;
    }
  if (n_new == 0)
    return EDGE_REASON_NOTHING_TO_DO;

  payer = escrow->payer;
  share = escrow->share;
  for (guint i = 0; i < body->n_items; i++)
    {
      escrow = edge_state_get_escrow (context->state, &body->key);
      if (escrow->done[places[i]] != EDGE_ESCROW_OPEN)
        continue;
      _edge_rules_pay (context, &payer, share, &body->results[i]);
      finish (context, &body->key, places[i], EDGE_ESCROW_PAID);
    }
  close_if_done (context, &body->key);
  return EDGE_REASON_NONE;
}

/* _edge_rules_refund: what nobody claimed in time returns. */
EdgeReason
_edge_rules_refund (EdgeRuleContext *context)
{
  const EdgeId *id = &context->step->body->key;
  const EdgeEscrow *escrow = edge_state_get_escrow (context->state, id);
  guint64 rest;

  if (escrow == NULL)
    return EDGE_REASON_NO_ESCROW;
  if (context->now < escrow->deadline + context->genesis->params[EDGE_GENESIS_SETTLE_WINDOW])
    return EDGE_REASON_DEADLINE;

  rest = escrow->share * (escrow->n_workers - escrow->n_done);
  edge_state_edit_account (context->state, &escrow->payer)->free += rest;
  edge_state_close_escrow (context->state, id);
  return EDGE_REASON_NONE;
}
