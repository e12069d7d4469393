/* edge-rules.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-rules-private.h"

#include <string.h>

#define LEAVING_STEP     G_GUINT64_CONSTANT (3600000)
#define ESCROW_MAX_DAYS  7
#define UPTIME_MAX_DAYS  7

static gboolean
grant (EdgeRuleContext *context,
       const EdgeId    *key)
{
  const EdgeGenesis *genesis = context->genesis;

  for (guint i = 0; i < genesis->n_grants; i++)
    {
      if (!edge_id_equal (&genesis->grants[i].key, key))
        continue;
      edge_state_edit_account (context->state, key)->free += genesis->grants[i].amount;
      edge_state_edit_totals (context->state)->minted += genesis->grants[i].amount;
      return TRUE;
    }
  return FALSE;
}

static void
found (EdgeRuleContext *context,
       const EdgeId    *key)
{
  if (edge_state_get_account (context->state, key) != NULL)
    return;
  edge_state_add_account (context->state, key);
  grant (context, key);
  _edge_rules_welcome (context, key);
}

static void
apply_genesis (EdgeRuleContext *context)
{
  const EdgeGenesis *genesis = context->genesis;
  EdgeTotals *totals = edge_state_edit_totals (context->state);
  EdgeAccount *author;

  totals->time = genesis->time;
  if (genesis->n_validators == 0)
    return;

  totals->n_validators = genesis->n_validators;
  memcpy (totals->validators, genesis->validators, genesis->n_validators * sizeof (EdgeId));
  found (context, &genesis->author);
  for (guint i = 0; i < genesis->n_validators; i++)
    found (context, &genesis->validators[i]);

  author = edge_state_edit_account (context->state, &genesis->author);
  author->head = genesis->id;
  author->has_head = TRUE;
  author->next = 1;
}

static EdgeReason
apply_join (EdgeRuleContext *context)
{
  const EdgeEventBody *body = context->step->body;
  gboolean has_inviter = body->has_key &&
                         edge_state_get_account (context->state, &body->key) != NULL;
  EdgeAccount *account = edge_state_edit_account (context->state, context->step->author);

  account->has_inviter = has_inviter;
  if (has_inviter)
    account->inviter = body->key;
  if (context->genesis->params[EDGE_GENESIS_OPEN] && !account->member)
    _edge_rules_welcome (context, context->step->author);
  return EDGE_REASON_NONE;
}

static EdgeReason
apply_vouch (EdgeRuleContext *context)
{
  const EdgeStep *step = context->step;
  const EdgeAccount *author = edge_state_get_account (context->state, step->author);
  const EdgeAccount *key = edge_state_get_account (context->state, &step->body->key);
  gboolean validator = edge_state_is_validator (context->state, step->author);

  if (key == NULL)
    return EDGE_REASON_NO_ACCOUNT;
  if (!validator && !author->member)
    return EDGE_REASON_NOT_A_MEMBER;
  if (!validator && author->vouched >= context->genesis->params[EDGE_GENESIS_VOUCHERS])
    return EDGE_REASON_NO_VOUCHERS;
  if (key->member)
    return EDGE_REASON_ALREADY_MEMBER;

  if (!validator)
    edge_state_edit_account (context->state, step->author)->vouched++;
  _edge_rules_welcome (context, &step->body->key);
  return EDGE_REASON_NONE;
}

/* Takes an amount and the fee, which burns. */
static gboolean
spend (EdgeRuleContext *context,
       guint64          amount)
{
  guint64 fee = context->genesis->params[EDGE_GENESIS_FEE];

  if (edge_state_get_account (context->state, context->step->author)->free < amount + fee)
    return FALSE;
  edge_state_edit_account (context->state, context->step->author)->free -= amount + fee;
  if (fee > 0)
    edge_state_edit_totals (context->state)->burned += fee;
  return TRUE;
}

static EdgeReason
apply_transfer (EdgeRuleContext *context)
{
  const EdgeEventBody *body = context->step->body;

  if (edge_state_get_account (context->state, &body->key) == NULL)
    return EDGE_REASON_NO_ACCOUNT;
  if (!spend (context, body->amount))
    return EDGE_REASON_FUNDS;
  edge_state_edit_account (context->state, &body->key)->free += body->amount;
  return EDGE_REASON_NONE;
}

static EdgeReason
apply_stake (EdgeRuleContext *context)
{
  guint64 amount = context->step->body->amount;
  EdgeAccount *account;

  if (edge_state_get_account (context->state, context->step->author)->free < amount)
    return EDGE_REASON_FUNDS;
  account = edge_state_edit_account (context->state, context->step->author);
  account->free -= amount;
  account->own += amount;
  return EDGE_REASON_NONE;
}

static EdgeReason
apply_unstake (EdgeRuleContext *context)
{
  guint64 amount = context->step->body->amount;
  EdgeAccount *account;

  if (edge_state_get_account (context->state, context->step->author)->own < amount)
    return EDGE_REASON_FUNDS;
  account = edge_state_edit_account (context->state, context->step->author);
  account->own -= amount;
  edge_account_add_timed (account, &account->leaving, amount, context->now,
                          context->genesis->params[EDGE_GENESIS_UNSTAKE_DELAY], LEAVING_STEP);
  edge_state_expect (context->state, account);
  return EDGE_REASON_NONE;
}

static EdgeReason
apply_escrow (EdgeRuleContext *context)
{
  const EdgeEventBody *body = context->step->body;
  EdgeEscrow *escrow;

  if (body->time <= context->now || body->time > context->now + ESCROW_MAX_DAYS * EDGE_DAY_MS)
    return EDGE_REASON_DEADLINE;
  if (!spend (context, body->amount * body->n_items))
    return EDGE_REASON_FUNDS;

  escrow = edge_state_add_escrow (context->state, context->step->id);
  escrow->payer = *context->step->author;
  escrow->share = body->amount;
  escrow->deadline = body->time;
  escrow->n_workers = body->n_items;
  memcpy (escrow->workers, body->keys, body->n_items * sizeof (EdgeId));
  return EDGE_REASON_NONE;
}

static EdgeReason
apply_uptime (EdgeRuleContext *context)
{
  const EdgeEventBody *body = context->step->body;
  const EdgeAccount *author = edge_state_get_account (context->state, context->step->author);
  guint64 today = context->now / EDGE_DAY_MS;
  guint hours;

  for (guint i = 0; i < EDGE_BODY_MARKS; i++)
    {
      if (edge_state_get_account (context->state, &body->marks[i].key) == NULL)
        return EDGE_REASON_NO_ACCOUNT;
      if (!_edge_rules_member (context, &body->marks[i].key))
        return EDGE_REASON_NOT_A_MEMBER;
    }
  if (!author->member)
    return EDGE_REASON_NOT_A_MEMBER;
  if (body->time <= author->up || body->time >= today || body->time + UPTIME_MAX_DAYS < today)
    return EDGE_REASON_DAY;

  edge_state_edit_account (context->state, context->step->author)->up = body->time;
  hours = (guint) __builtin_popcount (body->marks[0].mask & body->marks[1].mask);
  _edge_rules_mint (context, context->step->author,
                    hours * context->genesis->params[EDGE_GENESIS_UPTIME_PER_HOUR]);
  return EDGE_REASON_NONE;
}

static EdgeReason
apply_slash (EdgeRuleContext *context)
{
  const EdgeEventBody *body = context->step->body;
  const EdgeAccount *account = edge_state_get_account (context->state, &body->key);
  guint64 burned;

  if (account == NULL)
    return EDGE_REASON_NO_ACCOUNT;
  if (edge_account_has_fork (account, &body->prev))
    return EDGE_REASON_NOTHING_TO_DO;
  burned = _edge_rules_share (context, &body->key,
                              context->genesis->params[EDGE_GENESIS_SLASH_FORK]);
  if (burned == 0)
    return EDGE_REASON_NOTHING_TO_DO;

  edge_account_add_fork (edge_state_edit_account (context->state, &body->key), &body->prev);
  _edge_rules_burn (context, &body->key, burned);
  return EDGE_REASON_NONE;
}

static void
propose (EdgeTotals          *totals,
         const EdgeId        *author,
         const EdgeEventBody *body)
{
  guint place = 0;

  while (place < totals->n_proposals &&
         edge_id_compare (&totals->proposals[place].key, author) < 0)
    place++;

  if (place == totals->n_proposals || !edge_id_equal (&totals->proposals[place].key, author))
    {
      totals->proposals = g_renew (EdgeProposal, totals->proposals, totals->n_proposals + 1);
      memmove (&totals->proposals[place + 1], &totals->proposals[place],
               (totals->n_proposals - place) * sizeof (EdgeProposal));
      totals->n_proposals++;
      totals->proposals[place].key = *author;
    }
  totals->proposals[place].n_keys = body->n_items;
  memcpy (totals->proposals[place].keys, body->keys, body->n_items * sizeof (EdgeId));
}

static EdgeReason
apply_validators (EdgeRuleContext *context)
{
  const EdgeEventBody *body = context->step->body;
  EdgeTotals *totals;
  guint same = 0;

  for (guint i = 0; i < body->n_items; i++)
    {
      if (edge_state_get_account (context->state, &body->keys[i]) == NULL)
        return EDGE_REASON_NO_ACCOUNT;
      if (!_edge_rules_member (context, &body->keys[i]))
        return EDGE_REASON_NOT_A_MEMBER;
    }
  if (!edge_state_is_validator (context->state, context->step->author))
    return EDGE_REASON_NOT_A_VALIDATOR;

  totals = edge_state_edit_totals (context->state);
  propose (totals, context->step->author, body);
  for (guint i = 0; i < totals->n_proposals; i++)
    {
      const EdgeProposal *proposal = &totals->proposals[i];

      same += proposal->n_keys == body->n_items &&
              memcmp (proposal->keys, body->keys, body->n_items * sizeof (EdgeId)) == 0;
    }
  if (3 * same <= 2 * totals->n_validators)
    return EDGE_REASON_NONE;

  totals->n_validators = body->n_items;
  memcpy (totals->validators, body->keys, body->n_items * sizeof (EdgeId));
  totals->n_proposals = 0;
  g_clear_pointer (&totals->proposals, g_free);
  return EDGE_REASON_NONE;
}

typedef EdgeReason (*ApplyFunc) (EdgeRuleContext *context);

static const ApplyFunc apply[EDGE_EVENT_N_TYPES] = {
  [EDGE_EVENT_JOIN] = apply_join,
  [EDGE_EVENT_VOUCH] = apply_vouch,
  [EDGE_EVENT_TRANSFER] = apply_transfer,
  [EDGE_EVENT_STAKE] = apply_stake,
  [EDGE_EVENT_UNSTAKE] = apply_unstake,
  [EDGE_EVENT_ESCROW] = apply_escrow,
  [EDGE_EVENT_RECEIPT] = _edge_rules_receipt,
  [EDGE_EVENT_SETTLE] = _edge_rules_settle,
  [EDGE_EVENT_REFUND] = _edge_rules_refund,
  [EDGE_EVENT_UPTIME] = apply_uptime,
  [EDGE_EVENT_SLASH] = apply_slash,
  [EDGE_EVENT_VALIDATORS] = apply_validators,
};

static gboolean
follows_head (const EdgeAccount *account,
              const EdgeStep    *step)
{
  gboolean has_head = account != NULL && account->has_head;

  if (step->prev == NULL)
    return !has_head;
  return has_head && edge_id_equal (&account->head, step->prev);
}

static void
link_event (EdgeRuleContext *context)
{
  const EdgeStep *step = context->step;
  EdgeAccount *account;

  edge_state_move_time (context->state, context->now);
  if (edge_state_get_account (context->state, step->author) == NULL)
    {
      edge_state_add_account (context->state, step->author);
      grant (context, step->author);
    }

  account = edge_state_edit_account (context->state, step->author);
  account->head = *step->id;
  account->has_head = TRUE;
  account->next = step->seq + 1;
}

/**
 * edge_rules_apply:
 * @state: the state before the event; after, the one that follows
 * @genesis: the network's rules
 * @multiplier: what work pays in this checkpoint or open set, in micro
 * @step: the next event in the order
 * @reason: (out): why it is off or void
 *
 * Folds one event.
 *
 * Returns: the verdict on it
 */
EdgeVerdict
edge_rules_apply (EdgeState         *state,
                  const EdgeGenesis *genesis,
                  guint64            multiplier,
                  const EdgeStep    *step,
                  EdgeReason        *reason)
{
  EdgeRuleContext context = { state, genesis, step, multiplier, 0 };

  *reason = EDGE_REASON_NONE;
  if (step->body->type == EDGE_EVENT_GENESIS)
    {
      context.now = step->time;
      apply_genesis (&context);
      return EDGE_VERDICT_OK;
    }

  if (step->lost_fork)
    *reason = EDGE_REASON_LOST_FORK;
  else if (!follows_head (edge_state_get_account (state, step->author), step))
    *reason = EDGE_REASON_NOT_AFTER_HEAD;
  if (*reason != EDGE_REASON_NONE)
    return EDGE_VERDICT_OFF;

  context.now = MAX (edge_state_get_totals (state)->time, step->time);
  link_event (&context);
  *reason = apply[step->body->type] (&context);
  return *reason == EDGE_REASON_NONE ? EDGE_VERDICT_OK : EDGE_VERDICT_VOID;
}

/**
 * edge_verdict_to_string:
 * @verdict: a verdict
 *
 * Returns: (transfer none): its word
 */
const char *
edge_verdict_to_string (EdgeVerdict verdict)
{
  static const char *const words[] = { "none", "ok", "off", "void" };

  return words[verdict];
}

/**
 * edge_reason_to_string:
 * @reason: a reason
 *
 * Returns: (transfer none): a sentence in English, for logs and the command line
 */
const char *
edge_reason_to_string (EdgeReason reason)
{
  static const char *const sentences[EDGE_REASON_N_REASONS] = {
    [EDGE_REASON_NONE] = "",
    [EDGE_REASON_LOST_FORK] = "another event of its author took its place",
    [EDGE_REASON_NOT_AFTER_HEAD] = "what it follows is not on its author's chain",
    [EDGE_REASON_NO_ACCOUNT] = "it names a key without an account",
    [EDGE_REASON_FUNDS] = "not enough credits",
    [EDGE_REASON_NOT_A_VALIDATOR] = "its author is not a validator",
    [EDGE_REASON_NO_VOUCHERS] = "its author has no vouchers left",
    [EDGE_REASON_ALREADY_MEMBER] = "the key is a member already",
    [EDGE_REASON_NOT_A_MEMBER] = "one of its keys is not a member",
    [EDGE_REASON_DEADLINE] = "not in the time allowed for it",
    [EDGE_REASON_NO_ESCROW] = "there is no such escrow open",
    [EDGE_REASON_NOT_THE_PAYER] = "its author does not pay this escrow",
    [EDGE_REASON_NOT_A_WORKER] = "a key listed has no place in this escrow",
    [EDGE_REASON_PAY] = "it asks more than the share",
    [EDGE_REASON_NO_MAJORITY] = "too few of the workers agree",
    [EDGE_REASON_RESULTS_DIFFER] = "the results or what they ask differ",
    [EDGE_REASON_NOTHING_TO_DO] = "it would change nothing",
    [EDGE_REASON_DAY] = "the day is paid already, not over, or too long ago",
  };

  return sentences[reason];
}
