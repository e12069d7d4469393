/* edge-map-layout.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-map-layout.h"

#include "app/edge-drawing.h"

#include <math.h>

/* The geometry of the map, without a widget: distance from the middle is the
 * round trip on a logarithmic scale, the angle is the place in the order of
 * keys, so that a peer only ever moves towards the middle and away from it. */

#define TAU           (2 * G_PI)
#define NEAREST_MS    3.0
#define NEAREST       .2  /* of the outer ring, at NEAREST_MS and below */
#define FARTHEST      1.06
#define DECADES       100.0
#define GOOD_MS       150.0
#define SLOW_MS       300.0
#define QUIET_RATE    100.0     /* bytes a second that count as no traffic */
#define BUSY_RATE     1000000.0 /* bytes a second that make the widest link */
#define TOUCH_RADIUS  22.0
#define NAME_HEIGHT   28.0
#define NAME_GAP      8.0
#define SMALL_OVERLAP 40.0 /* square pixels for which a name does not change sides */

const double edge_map_rings[EDGE_MAP_N_RINGS] = { 10, 30, 100, 300 };

/**
 * edge_map_frame_init:
 * @frame: (out): where things are
 * @kind: what is shown
 * @width: of the widget
 * @height: of the widget
 * @n_nodes: how many nodes there are
 */
void
edge_map_frame_init (EdgeMapFrame *frame,
                     EdgeMapKind   kind,
                     double        width,
                     double        height,
                     guint         n_nodes)
{
  gboolean dots = n_nodes > EDGE_MAP_MAX_SEALS;
  gboolean narrow = kind == EDGE_MAP_KIND_COMPACT || kind == EDGE_MAP_KIND_WELCOME ||
                    width < EDGE_MAP_NARROW;

  g_return_if_fail (frame != NULL);

  *frame = (EdgeMapFrame) {
    .kind = kind,
    .narrow = narrow,
    .cx = width / 2,
    .cy = height / 2 + (narrow ? 0 : 2),
    .rx = MAX (width / 2 - (narrow ? 30 : 64), 20),
    .ry = MAX (height / 2 - (narrow ? 22 : 30), 20),
    .node_radius = dots ? 5 : narrow ? 13 : 16,
    .self_radius = narrow ? 19 : 22,
    .nearest = narrow ? 41 : 54,
  };

  if (kind == EDGE_MAP_KIND_ALONE)
    frame->rx = MIN (frame->rx, frame->ry * 2.1);
  else if (kind == EDGE_MAP_KIND_WELCOME)
    frame->nearest = 78;
  if (narrow && kind != EDGE_MAP_KIND_WELCOME)
    frame->rx = MIN (frame->rx, frame->ry * 1.4);
}

/**
 * edge_map_radius:
 * @milliseconds: a round trip, NaN if not known
 *
 * Returns: its distance from the middle, 1 on the ring of 300 ms
 */
double
edge_map_radius (double milliseconds)
{
  double r;

  if (isnan (milliseconds))
    return 1;

  r = NEAREST + (1 - NEAREST) * log (MAX (milliseconds, NEAREST_MS) / NEAREST_MS) / log (DECADES);
  return CLAMP (r, NEAREST, FARTHEST);
}

double
edge_map_angle (guint slot,
                guint n_slots)
{
  guint n = MAX (n_slots, 1);

  return -G_PI_2 + G_PI / n + TAU * slot / n;
}

/**
 * edge_map_traffic:
 * @bytes_per_second: in and out together
 *
 * Returns: 0 for a quiet link to 1 for a busy one, on a logarithmic scale
 */
double
edge_map_traffic (double bytes_per_second)
{
  if (isnan (bytes_per_second) || bytes_per_second <= QUIET_RATE)
    return 0;

  return MIN (1, log (bytes_per_second / QUIET_RATE) / log (BUSY_RATE / QUIET_RATE));
}

/**
 * edge_map_latency_ink:
 * @milliseconds: a round trip, NaN if not known
 *
 * Returns: the [enum@EdgeInk] for it
 */
int
edge_map_latency_ink (double milliseconds)
{
  if (isnan (milliseconds) || milliseconds < GOOD_MS)
    return EDGE_INK_ACCENT;

  return milliseconds < SLOW_MS ? EDGE_INK_WARNING : EDGE_INK_ERROR;
}

/**
 * edge_map_place:
 * @frame: a map
 * @slot: place in the order of keys
 * @n_slots: how many nodes there are
 * @milliseconds: its round trip
 *
 * Returns: where the node is, never so near that it covers the middle
 */
EdgeMapPoint
edge_map_place (const EdgeMapFrame *frame,
                guint               slot,
                guint               n_slots,
                double              milliseconds)
{
  double angle = edge_map_angle (slot, n_slots);
  double r = edge_map_radius (milliseconds);
  double dx = frame->rx * r * cos (angle);
  double dy = frame->ry * r * sin (angle);
  double distance = hypot (dx, dy);

  if (distance > 0 && distance < frame->nearest)
    {
      dx *= frame->nearest / distance;
      dy *= frame->nearest / distance;
    }

  return (EdgeMapPoint) { frame->cx + dx, frame->cy + dy };
}

EdgeMapPoint
edge_map_ring_point (const EdgeMapFrame *frame,
                     double              milliseconds,
                     double              angle)
{
  double r = edge_map_radius (milliseconds);

  return (EdgeMapPoint) { frame->cx + frame->rx * r * cos (angle),
                          frame->cy + frame->ry * r * sin (angle) };
}

/* How far labels of the rings at @angle keep from nodes and from each other. */
static double
rate_ring_angle (const EdgeMapFrame *frame,
                 const EdgeMapPoint *nodes,
                 guint               n_nodes,
                 double              angle)
{
  EdgeMapPoint labels[EDGE_MAP_N_RINGS];
  guint first = frame->narrow ? 1 : 0;
  double nearest = 99;
  double rating;

  for (guint i = first; i < EDGE_MAP_N_RINGS; i++)
    labels[i] = edge_map_ring_point (frame, edge_map_rings[i], angle);

  for (guint i = first; i < EDGE_MAP_N_RINGS; i++)
    for (guint k = 0; k < n_nodes; k++)
      nearest = MIN (nearest, hypot ((nodes[k].x - labels[i].x) * .62, nodes[k].y - labels[i].y));

  rating = MIN (nearest, 40);
  for (guint i = first; i + 1 < EDGE_MAP_N_RINGS; i++)
    if (fabs (labels[i].x - labels[i + 1].x) < 46 && fabs (labels[i].y - labels[i + 1].y) < 14)
      return rating - 100;

  return rating;
}

/**
 * edge_map_ring_angle:
 * @frame: a map
 * @nodes: (array length=n_nodes): where nodes are, in the order of their slots
 * @n_nodes: how many
 *
 * Returns: the boundary between two slots on which the names of the rings are
 *   farthest from nodes; straight up when that is as good
 */
double
edge_map_ring_angle (const EdgeMapFrame *frame,
                     const EdgeMapPoint *nodes,
                     guint               n_nodes)
{
  const double upright_bonus = 6;
  double best_angle = -G_PI_2;
  double best = rate_ring_angle (frame, nodes, n_nodes, best_angle) + upright_bonus;

  for (guint i = 1; i < n_nodes; i++)
    {
      double angle = -G_PI_2 + TAU * i / n_nodes;
      double rating = rate_ring_angle (frame, nodes, n_nodes, angle);

      if (rating > best)
        {
          best = rating;
          best_angle = angle;
        }
    }

  return best_angle;
}

/**
 * edge_map_find_node:
 * @frame: a map
 * @nodes: (array length=n_nodes): where nodes are
 * @n_nodes: how many
 * @x: a point
 * @y: a point
 *
 * Returns: the index of the node at the point, large enough for a finger; -1 if none
 */
int
edge_map_find_node (const EdgeMapFrame *frame,
                    const EdgeMapPoint *nodes,
                    guint               n_nodes,
                    double              x,
                    double              y)
{
  double nearest = n_nodes > EDGE_MAP_MAX_SEALS ? TOUCH_RADIUS / 2 : TOUCH_RADIUS;
  int found = -1;

  for (guint i = 0; i < n_nodes; i++)
    {
      double distance = hypot (nodes[i].x - x, nodes[i].y - y);

      if (distance <= nearest)
        {
          nearest = distance;
          found = i;
        }
    }

  return found;
}

typedef struct
{
  double left;
  double top;
  double right;
  double bottom;
} Box;

static double
overlap (const Box *a,
         const Box *b)
{
  double width = MIN (a->right, b->right) - MAX (a->left, b->left);
  double height = MIN (a->bottom, b->bottom) - MAX (a->top, b->top);

  return width > 0 && height > 0 ? width * height : 0;
}

static Box
box_around (double x,
            double y,
            double width,
            double height)
{
  return (Box) { x - width / 2, y - height / 2, x + width / 2, y + height / 2 };
}

static Box
box_of_name (const EdgeMapName *name,
             double             width)
{
  return box_around (name->x + width * (.5 - name->xalign), name->y, width, NAME_HEIGHT);
}

/* How much of a name would lie over nodes, earlier names and the margin. */
static double
rate_name (const EdgeMapFrame *frame,
           const EdgeMapPoint *nodes,
           guint               n_nodes,
           const Box          *taken,
           guint               index,
           const Box          *box)
{
  double node_size = 2 * frame->node_radius + 6;
  double self_size = 2 * frame->self_radius + 12;
  Box middle = box_around (frame->cx, frame->cy, self_size, self_size);
  Box map = { 4, 4, 2 * frame->cx - 4, 2 * frame->cy - 4 };
  double area = (box->right - box->left) * (box->bottom - box->top);
  double rating = overlap (box, &middle) + area - overlap (box, &map);

  for (guint i = 0; i < n_nodes; i++)
    {
      Box node = box_around (nodes[i].x, nodes[i].y, node_size, node_size);

      if (i != index)
        rating += overlap (box, &node);
      if (i < index)
        rating += overlap (box, &taken[i]);
    }

  return rating;
}

/**
 * edge_map_place_names:
 * @frame: a map
 * @nodes: (array length=n_nodes): where nodes are
 * @widths: (array length=n_nodes): how wide the name of each is
 * @n_nodes: how many
 * @names: (out caller-allocates) (array length=n_nodes): where the names stand
 *
 * Puts each name on the side away from the middle, or where it covers less.
 */
void
edge_map_place_names (const EdgeMapFrame *frame,
                      const EdgeMapPoint *nodes,
                      const double       *widths,
                      guint               n_nodes,
                      EdgeMapName        *names)
{
  g_autofree Box *taken = g_new0 (Box, MAX (n_nodes, 1));
  double aside = frame->node_radius + NAME_GAP;
  double over = frame->node_radius + 4 + NAME_HEIGHT / 2;

  for (guint i = 0; i < n_nodes; i++)
    {
      EdgeMapPoint at = nodes[i];
      double side = at.x >= frame->cx ? 1 : -1;
      double vertical = at.y >= frame->cy ? 1 : -1;
      const EdgeMapName places[] = {
        { at.x + side * aside, at.y - .5, side > 0 ? 0 : 1 },
        { at.x, at.y + vertical * over, .5 },
        { at.x - side * aside, at.y - .5, side > 0 ? 1 : 0 },
        { at.x, at.y - vertical * over, .5 },
      };
      double best = G_MAXDOUBLE;

      for (guint k = 0; k < G_N_ELEMENTS (places) && best > SMALL_OVERLAP; k++)
        {
          Box box = box_of_name (&places[k], widths[i]);
          double rating = rate_name (frame, nodes, n_nodes, taken, i, &box);

          if (rating >= best)
            continue;
          best = rating;
          names[i] = places[k];
          taken[i] = box;
        }
    }
}
