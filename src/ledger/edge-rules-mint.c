/* edge-rules-mint.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-rules-private.h"

#define LOT_STEP G_GUINT64_CONSTANT (60000)

/* _edge_rules_member: whether a key has an account that is a member. */
gboolean
_edge_rules_member (EdgeRuleContext *context,
                    const EdgeId    *key)
{
  const EdgeAccount *account = edge_state_get_account (context->state, key);

  return account != NULL && account->member;
}

/* _edge_rules_left: what is left of a key's cap on minting this day. */
guint64
_edge_rules_left (EdgeRuleContext *context,
                  const EdgeId    *key)
{
  const EdgeAccount *account = edge_state_get_account (context->state, key);
  guint64 cap = context->genesis->params[EDGE_GENESIS_MINT_CAP];
  guint64 minted = account->day == context->now / EDGE_DAY_MS ? account->minted : 0;

  return cap - MIN (cap, minted);
}

/* _edge_rules_welcome: makes a key a member, with the stake that never leaves. */
void
_edge_rules_welcome (EdgeRuleContext *context,
                     const EdgeId    *key)
{
  EdgeAccount *account = edge_state_edit_account (context->state, key);
  EdgeTotals *totals = edge_state_edit_totals (context->state);
  guint64 left = EDGE_MINT_MAX - MIN (EDGE_MINT_MAX, totals->minted);
  guint64 amount = MIN (context->genesis->params[EDGE_GENESIS_WELCOME], left);

  account->member = TRUE;
  account->welcome += amount;
  totals->minted += amount;
}

/* _edge_rules_earn: puts an amount into a key's lots. */
void
_edge_rules_earn (EdgeRuleContext *context,
                  const EdgeId    *key,
                  guint64          amount)
{
  EdgeAccount *account = edge_state_edit_account (context->state, key);

  account->earned += amount;
  edge_account_add_timed (account, &account->lots, amount, context->now,
                          context->genesis->params[EDGE_GENESIS_PAYOUT_LOCK], LOT_STEP);
  edge_state_expect (context->state, account);
}

/* _edge_rules_mint: mints within the day's cap and the cap of all. */
void
_edge_rules_mint (EdgeRuleContext *context,
                  const EdgeId    *key,
                  guint64          amount)
{
  guint64 minted = edge_state_get_totals (context->state)->minted;
  guint64 left = EDGE_MINT_MAX - MIN (EDGE_MINT_MAX, minted);
  guint64 today = context->now / EDGE_DAY_MS;
  EdgeAccount *account;

  amount = MIN (amount, _edge_rules_left (context, key));
  amount = MIN (amount, left);
  if (amount == 0)
    return;

  account = edge_state_edit_account (context->state, key);
  account->minted = (account->day == today ? account->minted : 0) + amount;
  account->day = today;
  edge_state_edit_totals (context->state)->minted += amount;
  _edge_rules_earn (context, key, amount);
}

/* _edge_rules_share: a percentage of a key's stake. */
guint64
_edge_rules_share (EdgeRuleContext *context,
                   const EdgeId    *key,
                   guint64          percent)
{
  const EdgeAccount *account = edge_state_get_account (context->state, key);

  return (guint64) ((unsigned __int128) edge_account_stake (account) * percent / 100);
}

/* _edge_rules_burn: burns from a key's stake. */
void
_edge_rules_burn (EdgeRuleContext *context,
                  const EdgeId    *key,
                  guint64          amount)
{
  if (amount == 0)
    return;
  edge_account_burn (edge_state_edit_account (context->state, key), amount);
  edge_state_edit_totals (context->state)->burned += amount;
}

static gboolean
invited (const EdgeAccount *account,
         const EdgeId      *inviter)
{
  return account->has_inviter && edge_id_equal (&account->inviter, inviter);
}

/* What members earn beside the pay, for work done for other members. */
static void
reward (EdgeRuleContext  *context,
        const EdgeResult *result)
{
  const guint64 *params = context->genesis->params;
  EdgeAccount *worker = edge_state_edit_account (context->state, &result->key);
  EdgeTotals *totals = edge_state_edit_totals (context->state);
  guint64 counted = MIN (result->pay, _edge_rules_left (context, &result->key));
  guint64 cpu_ms = MIN (result->cpu_ms, counted * 9 / 2500);
  unsigned __int128 bonus;

  worker->good++;
  totals->cpu_ms += MIN (cpu_ms, EDGE_MINT_MAX - totals->cpu_ms);

  bonus = (unsigned __int128) result->pay * (context->multiplier - 1000000) / 1000000;
  _edge_rules_mint (context, &result->key, (guint64) bonus);
  if (worker->has_inviter && _edge_rules_member (context, &worker->inviter))
    _edge_rules_mint (context, &worker->inviter,
                      (guint64) ((unsigned __int128) result->pay *
                                 params[EDGE_GENESIS_REFERRAL_PERCENT] / 100));
}

/* _edge_rules_pay: pays a worker out of a share that was set aside. */
void
_edge_rules_pay (EdgeRuleContext  *context,
                 const EdgeId     *payer,
                 guint64           share,
                 const EdgeResult *result)
{
  const EdgeAccount *from;
  const EdgeAccount *worker;

  edge_state_edit_account (context->state, payer)->free += share - result->pay;
  _edge_rules_earn (context, &result->key, result->pay);

  from = edge_state_get_account (context->state, payer);
  worker = edge_state_get_account (context->state, &result->key);
  if (from->member && worker->member &&
      edge_account_stake (worker) >= context->genesis->params[EDGE_GENESIS_STAKE] &&
      !invited (from, &worker->key) && !invited (worker, &from->key))
    reward (context, result);
}
