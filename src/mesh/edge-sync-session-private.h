/* edge-sync-session-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-sync-session.h"
#include "mesh/edge-sync-turn.h"

G_BEGIN_DECLS

/* What the two files of a session share: edge-sync-session.c begins, answers and gives,
 * edge-sync-session-take.c takes what comes. */

/** EDGE_SYNC_RETRY_LAST_MS: How long at most until a round that brought nothing is tried again. */
#define EDGE_SYNC_RETRY_LAST_MS 30000

struct _EdgeSyncSession
{
  EdgeMesh            *mesh;
  EdgeLedger          *ledger;
  EdgePeer            *peer;
  EdgeSyncSessionFunc  func;
  gpointer             user_data;
  GCancellable        *cancellable;
  EdgeSyncShared      *shared;      /* as long as the session is not closed */
  EdgeSyncPlace       *place;       /* among those who may ask */
  guint64              origin;
  guint64              count;       /* events the peer says it has */
  GArray              *later;       /* of edge_ledger_answer_sync(), of this round */
  GQueue               gives;       /* EdgeId: events to be sent */
  GPtrArray           *batch;       /* events that came and are not yet handed to the ledger */
  char                *reply;       /* what follows the gives */
  char                *message;     /* what is to be answered once the batch is stored */
  guint                pump_source;
  guint                pace_source;
  guint                batch_source;
  guint                begin_source;
  guint                retry_ms;
  gint64               begin_at;    /* when begin_source is due */
  gint64               asked_at;    /* when a round was begun to which the peer said nothing; or 0 */
  guint                n_ingesting;
  guint                n_wanted;    /* events asked for in this round and not here yet */
  guint                n_on_way;    /* events in the batches the ledger has */
  guint64              message_n;   /* the peer's last final checkpoint when it said that */
  gboolean             message_is_request;
  gboolean             reply_is_last;  /* the peer says nothing to it */
  gboolean             batch_is_catch_up;
  gboolean             progress;    /* this round brought events */
  gboolean             brought;     /* a round has, since last we were in step */
  gboolean             missed;      /* an event that was pushed lacks something, and a round was on */
  gboolean             puts_off;    /* what the peer holds is not wanted yet */
  gboolean             awaits;      /* the peer's word on what we sent last is to come */
  gboolean             in_step;
  gboolean             held;
};

gboolean _edge_sync_session_spend       (EdgeSyncSession *self,
                                         EdgeTokenTable  *table);
void     _edge_sync_session_free        (gpointer         data);
gboolean _edge_sync_session_is_closed   (EdgeSyncSession *self);
gboolean _edge_sync_session_is_in_round (EdgeSyncSession *self);
void     _edge_sync_session_set_in_step (EdgeSyncSession *self,
                                         gboolean         in_step);
void     _edge_sync_session_send_ranges (EdgeSyncSession *self,
                                         gboolean         is_request,
                                         const char      *message);
void     _edge_sync_session_retry       (EdgeSyncSession *self);
void     _edge_sync_session_end_round   (EdgeSyncSession *self);
void     _edge_sync_session_answer      (EdgeSyncSession *self);
void     _edge_sync_session_give        (EdgeSyncSession *self,
                                         const char      *message);
void     _edge_sync_session_take_turn   (EdgeSyncSession *self);

G_END_DECLS
