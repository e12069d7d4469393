/* edge-genesis.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-id.h"

G_BEGIN_DECLS

#define EDGE_GENESIS_RULES          1
#define EDGE_GENESIS_MAX_NAME       64
#define EDGE_GENESIS_MAX_GRANTS     64
#define EDGE_GENESIS_MAX_VALIDATORS 15

/** EDGE_CREDIT: Nano-credits in a credit. */
#define EDGE_CREDIT G_GUINT64_CONSTANT (1000000000)

/** EDGE_AMOUNT_MAX: The most an amount in an event can be. */
#define EDGE_AMOUNT_MAX G_GUINT64_CONSTANT (1000000000000000)

/**
 * EdgeGenesisParam:
 *
 * The numbers a genesis sets, in the order of their names.
 */
typedef enum
{
  EDGE_GENESIS_DECAY_CPU_HOURS,
  EDGE_GENESIS_FEE,
  EDGE_GENESIS_JOIN_BITS,
  EDGE_GENESIS_JOIN_KIB,
  EDGE_GENESIS_MAX_BONUS,
  EDGE_GENESIS_MINT_CAP,
  EDGE_GENESIS_OPEN,
  EDGE_GENESIS_PAYOUT_LOCK,
  EDGE_GENESIS_REFERRAL_PERCENT,
  EDGE_GENESIS_RULES_VERSION,
  EDGE_GENESIS_SETTLE_WINDOW,
  EDGE_GENESIS_SLASH_FORK,
  EDGE_GENESIS_SLASH_WRONG,
  EDGE_GENESIS_STAKE,
  EDGE_GENESIS_UNSTAKE_DELAY,
  EDGE_GENESIS_UPTIME_PER_HOUR,
  EDGE_GENESIS_VOUCHERS,
  EDGE_GENESIS_WELCOME,
  EDGE_GENESIS_N_PARAMS,
} EdgeGenesisParam;

typedef struct
{
  const char *name;
  guint64     initial;
  guint64     min;
  guint64     max;
} EdgeGenesisParamInfo;

typedef struct
{
  EdgeId  key;
  guint64 amount;
} EdgeGrant;

/**
 * EdgeGenesis:
 *
 * What a network's first event sets. Amounts are nano, times milliseconds.
 * @id, @author and @time come from the event, the rest from its body.
 */
typedef struct
{
  EdgeId     id;
  EdgeId     author;
  guint64    time;
  char       name[EDGE_GENESIS_MAX_NAME + 1];
  guint64    params[EDGE_GENESIS_N_PARAMS];
  guint      n_grants;
  guint      n_validators;
  EdgeGrant  grants[EDGE_GENESIS_MAX_GRANTS];
  EdgeId     validators[EDGE_GENESIS_MAX_VALIDATORS];
} EdgeGenesis;

const EdgeGenesisParamInfo *edge_genesis_param_info  (EdgeGenesisParam    param);
gboolean                    edge_genesis_param_find  (const char         *name,
                                                      EdgeGenesisParam   *param);

void                        edge_genesis_init        (EdgeGenesis        *self,
                                                      const char         *name);
gboolean                    edge_genesis_check       (const EdgeGenesis  *self,
                                                      GError            **error);
void                        edge_genesis_write_body  (const EdgeGenesis  *self,
                                                      GString            *out);
char                       *edge_genesis_sign        (const EdgeGenesis  *self,
                                                      guint64             time,
                                                      const guint8       *seed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
