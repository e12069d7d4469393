/* edge-genesis.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-genesis.h"

#include <string.h>

#include "identity/edge-identity.h"
#include "ledger/edge-canon-writer.h"
#include "ledger/edge-jws.h"
#include "ledger/edge-ledger-error.h"

#define DAY G_GUINT64_CONSTANT (86400000)

static const EdgeGenesisParamInfo params[EDGE_GENESIS_N_PARAMS] = {
  [EDGE_GENESIS_DECAY_CPU_HOURS] = { "decay_cpu_hours", 1000000, 1, 1000000000 },
  [EDGE_GENESIS_FEE] = { "fee", EDGE_CREDIT / 1000, 0, 1000 * EDGE_CREDIT },
  [EDGE_GENESIS_JOIN_BITS] = { "join_bits", 10, 0, 32 },
  [EDGE_GENESIS_JOIN_KIB] = { "join_kib", 8192, 8, 65536 },
  [EDGE_GENESIS_MAX_BONUS] = { "max_bonus", 10, 1, 100 },
  [EDGE_GENESIS_MINT_CAP] = { "mint_cap", 1000 * EDGE_CREDIT, 0, EDGE_AMOUNT_MAX },
  [EDGE_GENESIS_OPEN] = { "open", 0, 0, 1 },
  [EDGE_GENESIS_PAYOUT_LOCK] = { "payout_lock", 3600000, 0, 30 * DAY },
  [EDGE_GENESIS_REFERRAL_PERCENT] = { "referral_percent", 10, 0, 100 },
  [EDGE_GENESIS_RULES_VERSION] = { "rules", EDGE_GENESIS_RULES, EDGE_GENESIS_RULES, EDGE_GENESIS_RULES },
  [EDGE_GENESIS_SETTLE_WINDOW] = { "settle_window", DAY, 0, 30 * DAY },
  [EDGE_GENESIS_SLASH_FORK] = { "slash_fork", 10, 0, 100 },
  [EDGE_GENESIS_SLASH_WRONG] = { "slash_wrong", 10, 0, 100 },
  [EDGE_GENESIS_STAKE] = { "stake", 50 * EDGE_CREDIT, 0, EDGE_AMOUNT_MAX },
  [EDGE_GENESIS_UNSTAKE_DELAY] = { "unstake_delay", 7 * DAY, 0, 90 * DAY },
  [EDGE_GENESIS_UPTIME_PER_HOUR] = { "uptime_per_hour", EDGE_CREDIT / 10, 0, 1000 * EDGE_CREDIT },
  [EDGE_GENESIS_VOUCHERS] = { "vouchers", 0, 0, 1000 },
  [EDGE_GENESIS_WELCOME] = { "welcome", 100 * EDGE_CREDIT, 0, EDGE_AMOUNT_MAX },
};

/**
 * edge_genesis_param_info:
 * @param: a parameter
 *
 * Returns: (transfer none): its name, default and bounds
 */
const EdgeGenesisParamInfo *
edge_genesis_param_info (EdgeGenesisParam param)
{
  g_return_val_if_fail (param < EDGE_GENESIS_N_PARAMS, NULL);

  return &params[param];
}

/**
 * edge_genesis_param_find:
 * @name: any text
 * @param: (out): the parameter of that name
 *
 * Returns: whether there is one
 */
gboolean
edge_genesis_param_find (const char       *name,
                         EdgeGenesisParam *param)
{
  for (guint i = 0; i < EDGE_GENESIS_N_PARAMS; i++)
    {
      if (strcmp (params[i].name, name) == 0)
        {
          *param = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * edge_genesis_init:
 * @self: (out caller-allocates): room for a genesis
 * @name: the network's name, 1 to 64 bytes
 *
 * Sets the defaults: no grants and no validators.
 */
void
edge_genesis_init (EdgeGenesis *self,
                   const char  *name)
{
  memset (self, 0, sizeof *self);
  g_strlcpy (self->name, name, sizeof self->name);
  for (guint i = 0; i < EDGE_GENESIS_N_PARAMS; i++)
    self->params[i] = params[i].initial;
}

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED, reason);
  return FALSE;
}

/**
 * edge_genesis_check:
 * @self: a genesis
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Checks what a body says against the rules: bounds, order, and who closes the book.
 *
 * Returns: whether a network can start so
 */
gboolean
edge_genesis_check (const EdgeGenesis  *self,
                    GError            **error)
{
  if (self->name[0] == '\0')
    return refuse (error, "the name is empty");

  for (guint i = 0; i < EDGE_GENESIS_N_PARAMS; i++)
    {
      if (self->params[i] >= params[i].min && self->params[i] <= params[i].max)
        continue;
      g_set_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED,
                   "%s is not between %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT,
                   params[i].name, params[i].min, params[i].max);
      return FALSE;
    }

  for (guint i = 0; i < self->n_grants; i++)
    {
      if (self->grants[i].amount < 1 || self->grants[i].amount > EDGE_AMOUNT_MAX)
        return refuse (error, "a grant is out of bounds");
      if (i > 0 && edge_id_compare (&self->grants[i - 1].key, &self->grants[i].key) >= 0)
        return refuse (error, "grants are not sorted");
    }

  for (guint i = 1; i < self->n_validators; i++)
    {
      if (edge_id_compare (&self->validators[i - 1], &self->validators[i]) >= 0)
        return refuse (error, "validators are not sorted");
    }

  if (self->n_validators == 0 &&
      (self->params[EDGE_GENESIS_OPEN] == 0 || self->n_grants > 0))
    return refuse (error, "without validators a network is open and grants nothing");

  return TRUE;
}

/**
 * edge_genesis_write_body:
 * @self: a genesis
 * @out: where to write
 *
 * Writes the body in RFC 8785 form.
 */
void
edge_genesis_write_body (const EdgeGenesis *self,
                         GString           *out)
{
  EdgeGenesisParam next = 0;
  /* The members that are no numbers, among those that are. */
  static const char *const others[] = { "grants", "name", "validators", NULL };

  edge_canon_begin_object (out);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      while (next < EDGE_GENESIS_N_PARAMS &&
             (others[i] == NULL || strcmp (params[next].name, others[i]) < 0))
        {
          edge_canon_name (out, params[next].name);
          edge_canon_integer (out, self->params[next]);
          next++;
        }

      if (others[i] == NULL)
        break;
      edge_canon_name (out, others[i]);
      if (i == 0)
        {
          edge_canon_begin_array (out);
          for (guint g = 0; g < self->n_grants; g++)
            {
              edge_canon_begin_object (out);
              edge_canon_name (out, "amount");
              edge_canon_integer (out, self->grants[g].amount);
              edge_canon_name (out, "key");
              edge_canon_id (out, &self->grants[g].key);
              edge_canon_end_object (out);
            }
          edge_canon_end_array (out);
        }
      else if (i == 1)
        {
          edge_canon_string (out, self->name, -1);
        }
      else
        {
          edge_canon_begin_array (out);
          for (guint v = 0; v < self->n_validators; v++)
            edge_canon_id (out, &self->validators[v]);
          edge_canon_end_array (out);
        }
    }
  edge_canon_end_object (out);
}

/**
 * edge_genesis_sign:
 * @self: a genesis that edge_genesis_check() takes
 * @time: its time, in milliseconds since the epoch
 * @seed: (array fixed-size=32): the seed of the key that signs
 *
 * Returns: (transfer full): the genesis event as a compact JWS
 */
char *
edge_genesis_sign (const EdgeGenesis *self,
                   guint64            time,
                   const guint8      *seed)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_new_from_seed (seed);
  g_autoptr(GString) payload = g_string_new (NULL);

  edge_canon_begin_object (payload);
  edge_canon_name (payload, "body");
  edge_genesis_write_body (self, payload);
  edge_canon_name (payload, "height");
  edge_canon_integer (payload, 0);
  edge_canon_name (payload, "seq");
  edge_canon_integer (payload, 0);
  edge_canon_name (payload, "time");
  edge_canon_integer (payload, time);
  edge_canon_name (payload, "type");
  edge_canon_string (payload, "genesis", -1);
  edge_canon_end_object (payload);

  return edge_jws_sign (identity, payload->str, payload->len);
}
