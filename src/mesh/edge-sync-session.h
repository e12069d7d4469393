/* edge-sync-session.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/edge-token-table.h"
#include "ledger/edge-ledger.h"
#include "mesh/edge-mesh.h"
#include "mesh/edge-sync-turn.h"

G_BEGIN_DECLS

/**
 * EdgeSyncSession:
 *
 * Keeps the ledger in step with one linked peer.
 */
typedef struct _EdgeSyncSession EdgeSyncSession;

/**
 * EdgeSyncShared:
 * @turn: who may ask for events
 * @messages: that may come of a peer
 * @answers: that we give; fewer, so that who waits for them is in bounds
 * @asks: for what an event builds upon
 *
 * What all sessions of a ledger share, and what outlives the links of a peer.
 */
typedef struct
{
  EdgeSyncTurn   *turn;
  EdgeTokenTable *messages;
  EdgeTokenTable *answers;
  EdgeTokenTable *asks;
} EdgeSyncShared;

/**
 * EdgeSyncSessionFunc:
 * @session: a session
 * @caught_up: whether events came that the peer had before; otherwise what it knows changed
 * @user_data: what was given with the function
 */
typedef void (*EdgeSyncSessionFunc) (EdgeSyncSession *session,
                                     gboolean         caught_up,
                                     gpointer         user_data);

void             edge_sync_shared_init         (EdgeSyncShared      *self);
void             edge_sync_shared_clear        (EdgeSyncShared      *self);

EdgeSyncSession *edge_sync_session_new         (EdgeMesh            *mesh,
                                                EdgeLedger          *ledger,
                                                EdgePeer            *peer,
                                                EdgeSyncShared      *shared,
                                                guint64              origin,
                                                EdgeSyncSessionFunc  func,
                                                gpointer             user_data) G_GNUC_WARN_UNUSED_RESULT;
void             edge_sync_session_close       (EdgeSyncSession     *self);

void             edge_sync_session_begin       (EdgeSyncSession     *self);
void             edge_sync_session_begin_soon  (EdgeSyncSession     *self);
void             edge_sync_session_begin_early (EdgeSyncSession     *self);
void             edge_sync_session_take_bulk   (EdgeSyncSession     *self,
                                                GBytes              *payload);
void             edge_sync_session_take_push   (EdgeSyncSession     *self,
                                                JsonObject          *frame);
void             edge_sync_session_push        (EdgeSyncSession     *self,
                                                JsonObject          *frame);

gboolean         edge_sync_session_is_origin   (EdgeSyncSession     *self,
                                                guint64              origin);
gboolean         edge_sync_session_get_in_step (EdgeSyncSession     *self);
guint64          edge_sync_session_get_count   (EdgeSyncSession     *self);
guint64          edge_sync_session_get_wanted  (EdgeSyncSession     *self);

gboolean         edge_sync_is_catch_up         (guint64              origin);

/** EDGE_SYNC_ORIGINS: How many origins of the ledger a session uses, from the one given. */
#define EDGE_SYNC_ORIGINS 2

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeSyncSession, edge_sync_session_close)

G_END_DECLS
