/* edge-sync-turn.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_SYNC_TURN_TICK_MS: How often whoever has the turn is looked at. */
#define EDGE_SYNC_TURN_TICK_MS 250

/** EDGE_SYNC_TURN_SILENT_TICKS: After how many without a sign of life a turn is lost. */
#define EDGE_SYNC_TURN_SILENT_TICKS 8

/** EDGE_SYNC_TURN_SLOW_TICKS: After how many a turn is lost that brought too little, at first. */
#define EDGE_SYNC_TURN_SLOW_TICKS 16

/** EDGE_SYNC_TURN_PER_TICK: New events in a tick that are not too little. */
#define EDGE_SYNC_TURN_PER_TICK 32

/** EDGE_SYNC_TURN_MOST_TICKS: After how many a turn ends in any case, once another waits. */
#define EDGE_SYNC_TURN_MOST_TICKS 240

/** EDGE_SYNC_TURN_LONG_WAIT_TICKS: After how many of waiting a place goes first, whatever it lost. */
#define EDGE_SYNC_TURN_LONG_WAIT_TICKS 120

/** EDGE_SYNC_TURN_GRACE_TICKS: For how many only those can take a free turn that never lost one. */
#define EDGE_SYNC_TURN_GRACE_TICKS 4

/**
 * EdgeSyncTurn:
 *
 * Says which of several sessions may ask for events.
 */
typedef struct _EdgeSyncTurn EdgeSyncTurn;

/**
 * EdgeSyncPlace:
 *
 * One of those who take turns.
 */
typedef struct _EdgeSyncPlace EdgeSyncPlace;

/**
 * EdgeSyncPlaceFunc:
 * @is_given: whether the turn was given to one who waited for it; otherwise it was lost
 * @user_data: what was given with the function
 */
typedef void (*EdgeSyncPlaceFunc) (gboolean is_given,
                                   gpointer user_data);

EdgeSyncTurn  *edge_sync_turn_new       (guint              tick_ms) G_GNUC_WARN_UNUSED_RESULT;
void           edge_sync_turn_free      (EdgeSyncTurn      *self);
EdgeSyncPlace *edge_sync_turn_join      (EdgeSyncTurn      *self,
                                         EdgeSyncPlaceFunc  func,
                                         gpointer           user_data) G_GNUC_WARN_UNUSED_RESULT;

gboolean       edge_sync_place_may_ask  (EdgeSyncPlace     *self);
void           edge_sync_place_take     (EdgeSyncPlace     *self);
void           edge_sync_place_wait     (EdgeSyncPlace     *self);
void           edge_sync_place_note     (EdgeSyncPlace     *self,
                                         guint              n_new);
void           edge_sync_place_set_busy (EdgeSyncPlace     *self,
                                         gboolean           is_busy);
void           edge_sync_place_end      (EdgeSyncPlace     *self);
void           edge_sync_place_leave    (EdgeSyncPlace     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeSyncTurn, edge_sync_turn_free)

G_END_DECLS
