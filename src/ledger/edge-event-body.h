/* edge-event-body.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "ledger/edge-canon.h"
#include "ledger/edge-genesis.h"

G_BEGIN_DECLS

#define EDGE_BODY_MAX_MEMO    256
#define EDGE_BODY_MAX_KIND    32
#define EDGE_BODY_MAX_WORKERS 9
#define EDGE_BODY_MAX_CPU_MS  G_GUINT64_CONSTANT (1000000000000)
#define EDGE_BODY_MARKS       2
#define EDGE_BODY_MAX_MASK    ((1u << 24) - 1)

/**
 * EdgeEventType:
 *
 * What an event does; the words are its nicknames.
 */
typedef enum
{
  EDGE_EVENT_GENESIS,
  EDGE_EVENT_JOIN,
  EDGE_EVENT_VOUCH,
  EDGE_EVENT_TRANSFER,
  EDGE_EVENT_STAKE,
  EDGE_EVENT_UNSTAKE,
  EDGE_EVENT_ESCROW,
  EDGE_EVENT_RECEIPT,
  EDGE_EVENT_SETTLE,
  EDGE_EVENT_REFUND,
  EDGE_EVENT_UPTIME,
  EDGE_EVENT_SLASH,
  EDGE_EVENT_VALIDATORS,
  EDGE_EVENT_N_TYPES,
} EdgeEventType;

/**
 * EdgeResult:
 *
 * One worker's result in a receipt or settle.
 */
typedef struct
{
  EdgeId  key;
  EdgeId  salt;
  EdgeId  result;
  guint64 cpu_ms;
  guint64 pay;
  guint8  signature[EDGE_IDENTITY_SIGNATURE_SIZE];
  guint8  ok;
} EdgeResult;

/**
 * EdgeMark:
 *
 * What one witness saw of a day: a bit an hour.
 */
typedef struct
{
  EdgeId  key;
  guint32 mask;
  guint8  signature[EDGE_IDENTITY_SIGNATURE_SIZE];
} EdgeMark;

typedef struct _EdgeEventBody EdgeEventBody;

/**
 * EdgeEventBody:
 * @type: which members below count
 * @n_items: how many entries the list has
 * @has_key: whether @key is set; only a join's may be unset
 * @key: join: inviter; vouch: key; transfer: to; receipt, settle, refund: escrow;
 *   slash: the author of both
 * @prev: slash: the event both follow
 * @amount: transfer, stake, unstake: amount; escrow: share; join: work
 * @time: escrow: deadline; uptime: day
 *
 * What an event says beyond its place in the DAG. Immutable and reference counted.
 */
struct _EdgeEventBody
{
  EdgeEventType  type;
  guint          n_items;
  gboolean       has_key;
  EdgeId         key;
  EdgeId         prev;
  guint64        amount;
  guint64        time;
  union
  {
    EdgeGenesis *genesis;
    EdgeId      *keys;
    EdgeResult  *results;
    EdgeMark    *marks;
    char       **texts;
  };
};

const char    *edge_event_type_to_string   (EdgeEventType         type);
gboolean       edge_event_type_from_string (const char           *text,
                                            EdgeEventType        *type);

EdgeEventBody *edge_event_body_parse       (EdgeEventType         type,
                                            const EdgeCanonNode  *node,
                                            const EdgeId         *author,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeEventBody *edge_event_body_ref         (EdgeEventBody        *self);
void           edge_event_body_unref       (EdgeEventBody        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeEventBody, edge_event_body_unref)

G_END_DECLS
