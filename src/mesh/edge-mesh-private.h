/* edge-mesh-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/edge-token-bucket.h"
#include "mesh/edge-introducer.h"
#include "mesh/edge-link.h"
#include "mesh/edge-mesh.h"
#include "signaling/edge-switchboard.h"

G_BEGIN_DECLS

/* What the files of EdgeMesh share: edge-mesh.c has the object and what it is
 * told, edge-mesh-links.c the peers it hears of and the links to them,
 * edge-mesh-peer.c what is said to one of them. */

typedef struct
{
  EdgePeer        *peer;
  EdgeLink        *link;
  guint64          rank;
  gint64           seen_at;
  gint64           retry_at;
  gint64           linked_at;
  EdgeTokenBucket  samples;     /* of its neighbours, that are read */
  gboolean         blocked;
} EdgeMeshEntry;

struct _EdgeMesh
{
  GObject          parent_instance;

  EdgeSwitchboard *switchboard;
  EdgeIntroducer  *introducer;
  char            *own_id;
  char            *name;
  GStrv            ice_servers;
  GPtrArray       *entries;
  GHashTable      *by_id;
  GHashTable      *blocked;
  gint64           sampled_at;
  gint64           addresses_at;
  GStrv            addresses;   /* of this computer, when it was last looked */
  guint            degree;
  guint            tick_source;
  guint            balance_source;
  gboolean         watched;
  gboolean         running;
  gboolean         sample_due;
};

typedef enum
{
  EDGE_MESH_SIGNAL_FRAME,
  EDGE_MESH_SIGNAL_BULK,
  EDGE_MESH_SIGNAL_LINK_UP,
  EDGE_MESH_SIGNAL_LINK_DOWN,
  EDGE_MESH_SIGNAL_TWIN,
  EDGE_MESH_N_SIGNALS
} EdgeMeshSignal;

extern guint edge_mesh_signals[EDGE_MESH_N_SIGNALS];

void     _edge_mesh_entry_free     (EdgeMeshEntry *entry);
void     _edge_mesh_watch          (EdgeMesh      *self);
EdgeLink *_edge_mesh_ensure_link   (EdgeMesh      *self,
                                    const char    *peer_id,
                                    const char    *found);
void     _edge_mesh_ensure_balance (EdgeMesh      *self);
gboolean _edge_mesh_tick_cb        (gpointer       user_data);

G_END_DECLS
