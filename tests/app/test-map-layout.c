/* test-map-layout.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-drawing.h"
#include "app/edge-map-layout.h"

#include <math.h>

static void
test_radius (void)
{
  double last = 0;

  g_assert_cmpfloat_with_epsilon (edge_map_radius (3), .2, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge_map_radius (.1), .2, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge_map_radius (30), .6, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge_map_radius (300), 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge_map_radius (100000), 1.06, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge_map_radius (NAN), 1, 1e-9);
  for (guint i = 0; i < EDGE_MAP_N_RINGS; i++)
    {
      g_assert_cmpfloat (edge_map_radius (edge_map_rings[i]), >, last);
      last = edge_map_radius (edge_map_rings[i]);
    }
}

static void
test_angles (void)
{
  /* Equal slots, the first half a slot right of straight up. */
  g_assert_cmpfloat_with_epsilon (edge_map_angle (0, 4), -G_PI_2 + G_PI / 4, 1e-9);
  for (guint i = 1; i < 7; i++)
    g_assert_cmpfloat_with_epsilon (edge_map_angle (i, 7) - edge_map_angle (i - 1, 7),
                                    2 * G_PI / 7, 1e-9);
  g_assert_true (isfinite (edge_map_angle (0, 0)));
}

static void
test_traffic (void)
{
  g_assert_cmpfloat (edge_map_traffic (0), ==, 0);
  g_assert_cmpfloat (edge_map_traffic (NAN), ==, 0);
  g_assert_cmpfloat (edge_map_traffic (100), ==, 0);
  g_assert_cmpfloat_with_epsilon (edge_map_traffic (10000), .5, 1e-9);
  g_assert_cmpfloat (edge_map_traffic (1e6), ==, 1);
  g_assert_cmpfloat (edge_map_traffic (1e12), ==, 1);
}

static void
test_ink (void)
{
  g_assert_cmpint (edge_map_latency_ink (NAN), ==, EDGE_INK_ACCENT);
  g_assert_cmpint (edge_map_latency_ink (149.9), ==, EDGE_INK_ACCENT);
  g_assert_cmpint (edge_map_latency_ink (150), ==, EDGE_INK_WARNING);
  g_assert_cmpint (edge_map_latency_ink (299), ==, EDGE_INK_WARNING);
  g_assert_cmpint (edge_map_latency_ink (300), ==, EDGE_INK_ERROR);
}

static void
test_places (void)
{
  EdgeMapFrame frame;

  edge_map_frame_init (&frame, EDGE_MAP_KIND_NORMAL, 820, 318, 12);
  g_assert_false (frame.narrow);
  g_assert_cmpfloat_with_epsilon (frame.rx, 820 / 2.0 - 64, 1e-9);
  g_assert_cmpfloat_with_epsilon (frame.ry, 318 / 2.0 - 30, 1e-9);

  for (guint n = 1; n <= 50; n++)
    for (guint i = 0; i < n; i++)
      {
        EdgeMapPoint near = edge_map_place (&frame, i, n, .5);
        EdgeMapPoint far = edge_map_place (&frame, i, n, 4000);
        double cross = (near.x - frame.cx) * (far.y - frame.cy) -
                       (near.y - frame.cy) * (far.x - frame.cx);

        /* Never over the middle, never off the map, and on one ray whatever the latency. */
        g_assert_cmpfloat (hypot (near.x - frame.cx, near.y - frame.cy), >=, frame.nearest - 1e-6);
        g_assert_cmpfloat (far.x, >, 0);
        g_assert_cmpfloat (far.x, <, 820);
        g_assert_cmpfloat (far.y, >, 0);
        g_assert_cmpfloat (far.y, <, 318);
        g_assert_cmpfloat_with_epsilon (cross / 1e4, 0, 1e-6);
      }
}

static void
test_frames (void)
{
  EdgeMapFrame frame;

  edge_map_frame_init (&frame, EDGE_MAP_KIND_NORMAL, 336, 252, 3);
  g_assert_true (frame.narrow);
  g_assert_cmpfloat (frame.rx, <=, frame.ry * 1.4 + 1e-9);
  edge_map_frame_init (&frame, EDGE_MAP_KIND_NORMAL, 820, 318, EDGE_MAP_MAX_SEALS);
  g_assert_cmpfloat (frame.node_radius, ==, 16);
  edge_map_frame_init (&frame, EDGE_MAP_KIND_NORMAL, 820, 318, EDGE_MAP_MAX_SEALS + 1);
  g_assert_cmpfloat (frame.node_radius, ==, 5);
  edge_map_frame_init (&frame, EDGE_MAP_KIND_ALONE, 820, 230, 0);
  g_assert_cmpfloat_with_epsilon (frame.rx, frame.ry * 2.1, 1e-9);
  /* A size nothing fits in gives no nonsense. */
  edge_map_frame_init (&frame, EDGE_MAP_KIND_NORMAL, 0, 0, 5);
  g_assert_cmpfloat (frame.rx, >, 0);
  g_assert_cmpfloat (frame.ry, >, 0);
}

static void
test_ring_angle (void)
{
  EdgeMapFrame frame;
  EdgeMapPoint nodes[4];

  edge_map_frame_init (&frame, EDGE_MAP_KIND_NORMAL, 820, 318, 4);
  for (guint i = 0; i < 4; i++)
    nodes[i] = edge_map_place (&frame, i, 4, 40);
  /* Straight up is a boundary of slots and free. */
  g_assert_cmpfloat_with_epsilon (edge_map_ring_angle (&frame, nodes, 4), -G_PI_2, 1e-9);
  g_assert_cmpfloat_with_epsilon (edge_map_ring_angle (&frame, nodes, 0), -G_PI_2, 1e-9);

  /* A node in the way up sends the names elsewhere. */
  nodes[0] = edge_map_ring_point (&frame, 30, -G_PI_2);
  g_assert_cmpfloat (fabs (edge_map_ring_angle (&frame, nodes, 4) + G_PI_2), >, .1);
}

static void
test_find (void)
{
  EdgeMapFrame frame;
  EdgeMapPoint nodes[] = { { 100, 100 }, { 130, 100 }, { 400, 200 } };

  edge_map_frame_init (&frame, EDGE_MAP_KIND_NORMAL, 820, 318, 3);
  g_assert_cmpint (edge_map_find_node (&frame, nodes, 3, 101, 99), ==, 0);
  g_assert_cmpint (edge_map_find_node (&frame, nodes, 3, 117, 100), ==, 1);
  g_assert_cmpint (edge_map_find_node (&frame, nodes, 3, 415, 210), ==, 2);
  g_assert_cmpint (edge_map_find_node (&frame, nodes, 3, 600, 10), ==, -1);
  g_assert_cmpint (edge_map_find_node (&frame, nodes, 0, 100, 100), ==, -1);
}

static void
test_names (void)
{
  EdgeMapFrame frame;
  EdgeMapPoint nodes[] = { { 470, 120 }, { 530, 126 }, { 200, 150 }, { 815, 150 } };
  double widths[] = { 60, 70, 60, 60 };
  EdgeMapName names[4];

  edge_map_frame_init (&frame, EDGE_MAP_KIND_NORMAL, 820, 318, 4);
  edge_map_place_names (&frame, nodes, widths, 4, names);

  /* The one beside its neighbour moves off it, the free ones stand outwards. */
  g_assert_cmpfloat (names[0].xalign, ==, .5);
  g_assert_cmpfloat (names[0].y, <, nodes[0].y);
  g_assert_cmpfloat (names[1].xalign, ==, 0);
  g_assert_cmpfloat (names[1].x, >, nodes[1].x);
  g_assert_cmpfloat (names[2].xalign, ==, 1);
  g_assert_cmpfloat (names[2].x, <, nodes[2].x);
  /* No name leaves the map. */
  g_assert_cmpfloat (names[3].x + widths[3] * (1 - names[3].xalign), <=, 820);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-layout/radius", test_radius);
  g_test_add_func ("/map-layout/angles", test_angles);
  g_test_add_func ("/map-layout/traffic", test_traffic);
  g_test_add_func ("/map-layout/ink", test_ink);
  g_test_add_func ("/map-layout/places", test_places);
  g_test_add_func ("/map-layout/frames", test_frames);
  g_test_add_func ("/map-layout/ring-angle", test_ring_angle);
  g_test_add_func ("/map-layout/find", test_find);
  g_test_add_func ("/map-layout/names", test_names);
  return g_test_run ();
}
