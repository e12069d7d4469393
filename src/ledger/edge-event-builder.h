/* edge-event-builder.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event.h"

G_BEGIN_DECLS

/**
 * EdgeEventPlace:
 *
 * Where a new event goes: what it builds upon and what follows from that.
 */
typedef struct
{
  EdgeId   net;
  EdgeId   prev;
  EdgeId   parents[EDGE_EVENT_MAX_PARENTS];
  guint    n_parents;
  gboolean has_prev;
  guint64  seq;
  guint64  height;
  guint64  time;
} EdgeEventPlace;

char *edge_event_build            (EdgeIdentity          *identity,
                                   EdgeEventType          type,
                                   const EdgeEventPlace  *place,
                                   const char            *body) G_GNUC_WARN_UNUSED_RESULT;

char *edge_event_build_join       (guint64                work,
                                   const EdgeId          *inviter) G_GNUC_WARN_UNUSED_RESULT;
char *edge_event_build_key        (const char            *member,
                                   const EdgeId          *key) G_GNUC_WARN_UNUSED_RESULT;
char *edge_event_build_amount     (guint64                amount) G_GNUC_WARN_UNUSED_RESULT;
char *edge_event_build_transfer   (const EdgeId          *to,
                                   guint64                amount,
                                   const char            *memo) G_GNUC_WARN_UNUSED_RESULT;
char *edge_event_build_escrow     (const char            *kind,
                                   guint64                units,
                                   guint64                share,
                                   guint64                deadline,
                                   const EdgeId          *payload,
                                   const EdgeId          *workers,
                                   guint                  n_workers) G_GNUC_WARN_UNUSED_RESULT;
char *edge_event_build_results    (const EdgeId          *escrow,
                                   const EdgeResult      *results,
                                   guint                  n_results,
                                   gboolean               judged) G_GNUC_WARN_UNUSED_RESULT;
char *edge_event_build_uptime     (guint64                day,
                                   const EdgeMark        *marks) G_GNUC_WARN_UNUSED_RESULT;
char *edge_event_build_slash      (const char            *a,
                                   const char            *b) G_GNUC_WARN_UNUSED_RESULT;
char *edge_event_build_validators (const EdgeId          *keys,
                                   guint                  n_keys) G_GNUC_WARN_UNUSED_RESULT;

void  edge_event_sign_result      (EdgeIdentity          *worker,
                                   const EdgeId          *net,
                                   const EdgeId          *escrow,
                                   EdgeResult            *result);
void  edge_event_sign_mark        (EdgeIdentity          *witness,
                                   const EdgeId          *net,
                                   const EdgeId          *author,
                                   guint64                day,
                                   EdgeMark              *mark);

G_END_DECLS
