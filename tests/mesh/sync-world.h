/* sync-world.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event-builder.h"
#include "mesh/edge-sync.h"
#include "relay/edge-relay.h"
#include "signaling/edge-relay-client.h"

G_BEGIN_DECLS

/* A real relay, real meshes and real ledgers in one process. */

#define SYNC_LIMIT_SECONDS 120
#define SYNC_MAX_NODES     20

typedef struct
{
  EdgeIdentity  *identity;
  EdgeMesh      *mesh;
  EdgeSignaling *backend;
  EdgeLedger    *ledger;
  EdgeSync      *sync;
  char          *path;
  gboolean       stopping;
  gboolean       stopped;
} SyncNode;

typedef struct
{
  SyncNode       nodes[SYNC_MAX_NODES];
  char      *folder;
  char      *genesis;
  char      *network_id;
  EdgeRoom  *room;
  EdgeRelay *relay;
  guint      degree;      /* links a node aims at; 0 for the usual number */
} SyncWorld;

/* Events of two partitions: what both have, and what only one of them has. */
typedef struct
{
  GPtrArray *both;
  GPtrArray *first;
  GPtrArray *second;
  gsize      bytes;       /* of all of them */
} SyncEvents;

#define wait_for(condition) \
  G_STMT_START { \
    gint64 limit_ = g_get_monotonic_time () + SYNC_LIMIT_SECONDS * G_USEC_PER_SEC; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, limit_); \
        g_main_context_iteration (NULL, TRUE); \
      } \
  } G_STMT_END

void      sync_set_up      (SyncWorld     *world,
                            gconstpointer  data);
void      sync_tear_down   (SyncWorld     *world,
                            gconstpointer  data);
void      sync_open_ledger (SyncWorld     *world,
                            guint          number);
void      sync_make_events (SyncWorld     *world,
                            guint          n_both,
                            guint          n_each,
                            SyncEvents    *events);
void      sync_clear_events (SyncEvents   *events);
void      sync_feed        (SyncNode      *node,
                            GPtrArray     *texts);
void      sync_start_mesh  (SyncWorld     *world,
                            guint          number);
void      sync_stop_mesh   (SyncNode      *node);

void      sync_key_of      (SyncNode      *node,
                            EdgeId        *key);
void      sync_grow        (SyncNode      *node,
                            SyncNode      *other,
                            guint          n_transfers);
guint     sync_count       (SyncNode      *node);
gboolean  sync_all_hold    (SyncWorld     *world,
                            guint          n_nodes,
                            guint          n_events);
gboolean  sync_all_in_step (SyncWorld     *world,
                            guint          n_nodes);
void      sync_assert_same (SyncWorld     *world,
                            guint          n_nodes);
EdgePeer *sync_peer_of     (SyncNode      *node,
                            SyncNode      *other);

G_END_DECLS
