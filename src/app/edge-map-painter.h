/* edge-map-painter.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"
#include "app/edge-map-layout.h"
#include "app/edge-seal-bits.h"
#include "mesh/edge-peer.h"

G_BEGIN_DECLS

/**
 * EdgeMapNode:
 * @name: what stands beside it
 * @latency_text: its round trip in words
 * @bits: its seal
 * @latency: its round trip in ms, NaN if not known
 * @traffic_in: 0…1, see edge_map_traffic()
 * @traffic_out: the same for what is sent
 * @traffic: the same for both together
 * @path: what the link runs over
 * @linked: whether there is a link now
 * @angle: where on the map
 * @neighbours: (array length=n_neighbours): indices above its own of nodes it is linked to
 * @n_neighbours: how many
 *
 * One peer on the map.
 */
typedef struct
{
  char         *name;
  char         *latency_text;
  EdgeSealBits  bits;
  double        latency;
  double        traffic_in;
  double        traffic_out;
  double        traffic;
  EdgePeerPath  path;
  gboolean      linked;
  double        angle;
  guint        *neighbours;
  guint         n_neighbours;
} EdgeMapNode;

/**
 * EdgeMapScene:
 * @frame: where things are
 * @nodes: (array length=n_nodes): in the order of keys
 * @points: (array length=n_nodes): where each node is drawn now
 * @n_nodes: how many
 * @me: the seal in the middle
 * @icon: (nullable): shown in the middle instead
 * @selected: index of the node with a ring, -1 for none
 * @focused: index of the node the keyboard is on, -1 for none
 * @hovered: index of the node under the pointer, -1 for none
 * @serial: another number when the nodes are others
 * @done: 0…1, how far nodes have come on a move
 * @phase: 0…1, how far frames are on their way; negative when they stand
 * @on_card: whether the map lies on a card
 * @alone: whether nobody is there
 *
 * Everything a picture of the map depends on.
 */
typedef struct
{
  EdgeMapFrame         frame;
  EdgeMapNode         *nodes;
  const EdgeMapPoint  *points;
  guint                n_nodes;
  EdgeSealBits         me;
  GdkPaintable        *icon;
  int                  selected;
  int                  focused;
  int                  hovered;
  guint                serial;
  double               done;
  double               phase;
  gboolean             on_card;
  gboolean             alone;
} EdgeMapScene;

typedef struct _EdgeMapCache EdgeMapCache;

EdgeMapCache *edge_map_cache_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void          edge_map_cache_free   (EdgeMapCache       *cache);

void     edge_map_node_clear        (EdgeMapNode        *node);
gboolean edge_map_node_shows_frames (const EdgeMapNode  *node);
void     edge_map_paint             (EdgeDrawing        *drawing,
                                     GtkSnapshot        *snapshot,
                                     const EdgeMapScene *scene,
                                     EdgeMapCache       *cache);

G_END_DECLS
