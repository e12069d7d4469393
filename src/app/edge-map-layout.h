/* edge-map-layout.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_MAP_MAX_SEALS: Above this many nodes they are dots without names. */
#define EDGE_MAP_MAX_SEALS 24

/** EDGE_MAP_NARROW: Below this width names are dropped. */
#define EDGE_MAP_NARROW 480

#define EDGE_MAP_N_RINGS 4

typedef enum
{
  EDGE_MAP_KIND_NORMAL,
  EDGE_MAP_KIND_COMPACT,
  EDGE_MAP_KIND_WELCOME,
  EDGE_MAP_KIND_ALONE,
} EdgeMapKind;

typedef struct
{
  double x;
  double y;
} EdgeMapPoint;

/**
 * EdgeMapName:
 * @x: where the text is aligned
 * @y: the middle of its two lines
 * @xalign: which part of the text is at x: 0 its left edge, .5 its middle, 1 its right edge
 *
 * Where the name of a node stands.
 */
typedef struct
{
  double x;
  double y;
  double xalign;
} EdgeMapName;

/**
 * EdgeMapFrame:
 * @kind: what is shown
 * @narrow: whether names are dropped
 * @cx: the middle
 * @cy: the middle
 * @rx: half the width of the ring of 300 ms
 * @ry: half its height
 * @node_radius: half the size of a node
 * @self_radius: half the size of the node in the middle
 * @nearest: how near a node may come to the middle
 *
 * Where things are on a map of a given size.
 */
typedef struct
{
  EdgeMapKind kind;
  gboolean    narrow;
  double      cx;
  double      cy;
  double      rx;
  double      ry;
  double      node_radius;
  double      self_radius;
  double      nearest;
} EdgeMapFrame;

extern const double edge_map_rings[EDGE_MAP_N_RINGS];

void         edge_map_frame_init     (EdgeMapFrame       *frame,
                                      EdgeMapKind         kind,
                                      double              width,
                                      double              height,
                                      guint               n_nodes);
double       edge_map_radius         (double              milliseconds);
double       edge_map_angle          (guint               slot,
                                      guint               n_slots);
double       edge_map_traffic        (double              bytes_per_second);
int          edge_map_latency_ink    (double              milliseconds);
EdgeMapPoint edge_map_place          (const EdgeMapFrame *frame,
                                      guint               slot,
                                      guint               n_slots,
                                      double              milliseconds);
double       edge_map_ring_angle     (const EdgeMapFrame *frame,
                                      const EdgeMapPoint *nodes,
                                      guint               n_nodes);
EdgeMapPoint edge_map_ring_point     (const EdgeMapFrame *frame,
                                      double              milliseconds,
                                      double              angle);
int          edge_map_find_node      (const EdgeMapFrame *frame,
                                      const EdgeMapPoint *nodes,
                                      guint               n_nodes,
                                      double              x,
                                      double              y);
void         edge_map_place_names    (const EdgeMapFrame *frame,
                                      const EdgeMapPoint *nodes,
                                      const double       *widths,
                                      guint               n_nodes,
                                      EdgeMapName        *names);

G_END_DECLS
