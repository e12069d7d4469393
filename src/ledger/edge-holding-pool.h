/* edge-holding-pool.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event.h"

G_BEGIN_DECLS

/** EDGE_HOLDING_POOL_MAX: Events that wait at most, from all links. */
#define EDGE_HOLDING_POOL_MAX 4096

/** EDGE_HOLDING_POOL_MAX_ORIGIN: Events that wait at most from one link. */
#define EDGE_HOLDING_POOL_MAX_ORIGIN 256

/**
 * EdgeHoldingPool:
 *
 * Events that wait for what they build upon, or for their time. It is bounded:
 * the oldest of the link that has most goes first.
 */
typedef struct _EdgeHoldingPool EdgeHoldingPool;

EdgeHoldingPool *edge_holding_pool_new          (void) G_GNUC_WARN_UNUSED_RESULT;
void             edge_holding_pool_free         (EdgeHoldingPool  *self);

guint            edge_holding_pool_get_size     (EdgeHoldingPool  *self);
gboolean         edge_holding_pool_add          (EdgeHoldingPool  *self,
                                                 EdgeEvent        *event,
                                                 const EdgeId     *missing,
                                                 guint64           origin);
GPtrArray       *edge_holding_pool_take_waiting (EdgeHoldingPool  *self,
                                                 const EdgeId     *arrived) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray       *edge_holding_pool_take_due     (EdgeHoldingPool  *self,
                                                 guint64           time) G_GNUC_WARN_UNUSED_RESULT;
gboolean         edge_holding_pool_get_due      (EdgeHoldingPool  *self,
                                                 guint64          *time);
void             edge_holding_pool_drop_origin  (EdgeHoldingPool  *self,
                                                 guint64           origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeHoldingPool, edge_holding_pool_free)

G_END_DECLS
