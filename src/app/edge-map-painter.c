/* edge-map-painter.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-map-painter.h"

#include "config.h"

#include "app/edge-seal.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define BOX_PLACE     .56 /* of the way to the peer: where a server sits on the link */
#define BOX           4.5
#define FRAME_TRAFFIC .45 /* from here on, frames are shown under way */
#define WELCOME_ICON  112

typedef struct
{
  EdgeDrawing        *drawing;
  GtkSnapshot        *snapshot;
  const EdgeMapScene *scene;
  GdkRGBA             ground;
  GdkRGBA             accent;
} Painter;

/* All that the picture depends on but for the frames under way. */
typedef struct
{
  EdgeMapFrame frame;
  EdgeSealBits me;
  GdkRGBA      fg;
  GdkRGBA      accent;
  GdkRGBA      warning;
  GdkRGBA      ground;
  GdkPaintable *icon;
  double       done;
  guint        serial;
  guint        font;
  int          selected;
  int          focused;
  int          hovered;
  gboolean     alone;
} CacheKey;

/* What stands still is kept as render nodes: the renderer then finds that only
 * the dots of frames under way differ, and draws no more than those. */
struct _EdgeMapCache
{
  CacheKey       key;
  GskRenderNode *below;
  GskRenderNode *above;
};

/* Directions and distances in ms of the places where peers will appear. */
static const struct
{
  double degrees;
  double milliseconds;
} ghosts[] = { { -150, 60 }, { -30, 34 }, { 12, 180 }, { 150, 110 }, { 75, 90 }, { -122, 240 } };

/** edge_map_node_clear: Frees what a node holds. */
void
edge_map_node_clear (EdgeMapNode *node)
{
  g_clear_pointer (&node->name, g_free);
  g_clear_pointer (&node->latency_text, g_free);
  g_clear_pointer (&node->neighbours, g_free);
}

/** edge_map_node_shows_frames: Whether so much passes that frames are shown under way. */
gboolean
edge_map_node_shows_frames (const EdgeMapNode *node)
{
  return node->traffic >= FRAME_TRAFFIC;
}

static double
node_radius (const Painter *p)
{
  return p->scene->frame.node_radius;
}

static void
paint_glow (const Painter *p)
{
  const EdgeMapFrame *frame = &p->scene->frame;
  double strength = edge_drawing_is_dark (p->drawing) ? .16 : .13;
  double rx = frame->rx * 1.05, ry = frame->ry * 1.05;
  GskColorStop stops[3] = { { 0, p->accent }, { .6, p->accent }, { 1, p->accent } };

  stops[0].color.alpha = strength;
  stops[1].color.alpha = strength * .32;
  stops[2].color.alpha = 0;
  gtk_snapshot_append_radial_gradient (p->snapshot,
                                       &GRAPHENE_RECT_INIT (frame->cx - rx, frame->cy - ry,
                                                            2 * rx, 2 * ry),
                                       &GRAPHENE_POINT_INIT (frame->cx, frame->cy),
                                       rx, ry, 0, 1, stops, 3);
}

static void
paint_rings (const Painter *p)
{
  const EdgeMapFrame *frame = &p->scene->frame;

  for (guint i = 0; i < EDGE_MAP_N_RINGS; i++)
    {
      GskPathBuilder *builder = gsk_path_builder_new ();
      double r = edge_map_radius (edge_map_rings[i]);
      GdkRGBA color;

      edge_path_ellipse (builder, frame->cx, frame->cy, frame->rx * r, frame->ry * r);
      edge_drawing_get_fg (p->drawing, i + 1 < EDGE_MAP_N_RINGS ? .13 : .09, &color);
      edge_snapshot_stroke (p->snapshot, builder, 1, GSK_LINE_CAP_BUTT, &color);
    }
}

static void
paint_ring_names (const Painter *p)
{
  const EdgeMapFrame *frame = &p->scene->frame;
  double angle = edge_map_ring_angle (frame, p->scene->points, p->scene->n_nodes);
  EdgeTextStyle style = { 7.4, 500, .5, .5, .halo = &p->ground };

  if (frame->kind == EDGE_MAP_KIND_WELCOME)
    return;

  edge_drawing_get_fg (p->drawing, .62, &style.color);
  for (guint i = frame->narrow ? 1 : 0; i < EDGE_MAP_N_RINGS; i++)
    {
      EdgeMapPoint at = edge_map_ring_point (frame, edge_map_rings[i], angle);
      g_autofree char *text = NULL;

      /* Translators: name of a ring of the map: round trips of that many milliseconds */
      text = g_strdup_printf (_("%d ms"), (int) edge_map_rings[i]);
      edge_drawing_text (p->drawing, p->snapshot, text, at.x, at.y, &style);
    }
}

static void
paint_ghosts (const Painter *p)
{
  const EdgeMapFrame *frame = &p->scene->frame;
  double radius = frame->narrow ? 9 : 13;
  GdkRGBA color;

  edge_drawing_get_fg (p->drawing, .34, &color);
  for (guint i = 0; i < G_N_ELEMENTS (ghosts); i++)
    {
      EdgeMapPoint at = edge_map_ring_point (frame, ghosts[i].milliseconds,
                                             ghosts[i].degrees * G_PI / 180);
      GskPathBuilder *builder = gsk_path_builder_new ();

      edge_snapshot_disc (p->snapshot, at.x, at.y, radius, &p->ground);
      gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (at.x, at.y), radius);
      edge_snapshot_dash (p->snapshot, builder, 1.4, GSK_LINE_CAP_BUTT, 3, 3.4, &color);
    }
}

/* Links among peers bend away from the middle, so that they don't pass for ours. */
static void
paint_neighbour_links (const Painter *p)
{
  const EdgeMapScene *scene = p->scene;
  GskPathBuilder *builder = gsk_path_builder_new ();
  const double bend = .18, reach = .6;
  GdkRGBA color;

  for (guint i = 0; i < scene->n_nodes; i++)
    for (guint k = 0; k < scene->nodes[i].n_neighbours; k++)
      {
        EdgeMapPoint a = scene->points[i];
        EdgeMapPoint b = scene->points[scene->nodes[i].neighbours[k]];
        double mx = (a.x + b.x) / 2, my = (a.y + b.y) / 2;
        double ox = (mx - scene->frame.cx) * bend, oy = (my - scene->frame.cy) * bend;

        gsk_path_builder_move_to (builder, a.x, a.y);
        gsk_path_builder_cubic_to (builder,
                                   a.x + (mx - a.x) * reach + ox, a.y + (my - a.y) * reach + oy,
                                   b.x + (mx - b.x) * reach + ox, b.y + (my - b.y) * reach + oy,
                                   b.x, b.y);
      }
  edge_drawing_get_fg (p->drawing, .10, &color);
  edge_snapshot_stroke (p->snapshot, builder, 1, GSK_LINE_CAP_BUTT, &color);
}

static void
paint_frame_dot (const Painter *p,
                 EdgeMapPoint   to,
                 double         place,
                 double         width,
                 const GdkRGBA *color)
{
  const EdgeMapFrame *frame = &p->scene->frame;
  double x = frame->cx + (to.x - frame->cx) * place;
  double y = frame->cy + (to.y - frame->cy) * place;

  edge_snapshot_disc (p->snapshot, x, y, width * 1.15 + .6, &p->ground);
  edge_snapshot_disc (p->snapshot, x, y, width * .9, color);
}

/* Two dots, each going the way its frames go; between the seals, not under them. */
static void
paint_frame_dots (const Painter     *p,
                  const EdgeMapNode *node,
                  EdgeMapPoint       at,
                  double             width,
                  const GdkRGBA     *color)
{
  const EdgeMapFrame *frame = &p->scene->frame;
  double length = hypot (at.x - frame->cx, at.y - frame->cy);
  double first = (frame->self_radius + 7) / MAX (length, 1);
  double last = 1 - (frame->node_radius + 4) / MAX (length, 1);
  gboolean in[2] = { FALSE, TRUE };

  if (last <= first)
    return;
  if (p->scene->phase < 0)
    {
      paint_frame_dot (p, at, .45, width, color);
      paint_frame_dot (p, at, .72, width, color);
      return;
    }

  in[0] = node->traffic_in > node->traffic_out + .15;
  in[1] = node->traffic_in > node->traffic_out - .15;
  for (guint i = 0; i < 2; i++)
    {
      double way = fmod (p->scene->phase + i * .5, 1);

      if (in[i])
        way = 1 - way;
      paint_frame_dot (p, at, first + (last - first) * way, width, color);
    }
}

static double
link_width (const EdgeMapNode *node)
{
  return 1.6 + 2.2 * node->traffic;
}

static void
paint_link (const Painter *p,
            guint          index)
{
  const EdgeMapFrame *frame = &p->scene->frame;
  const EdgeMapNode *node = &p->scene->nodes[index];
  EdgeMapPoint at = p->scene->points[index];
  GskPathBuilder *builder = NULL;
  double width = link_width (node);
  double x = frame->cx + (at.x - frame->cx) * BOX_PLACE;
  double y = frame->cy + (at.y - frame->cy) * BOX_PLACE;
  graphene_rect_t box = GRAPHENE_RECT_INIT (x - BOX, y - BOX, 2 * BOX, 2 * BOX);
  gboolean relayed = node->path == EDGE_PEER_PATH_RELAYED;
  GdkRGBA color;

  if (node->path == EDGE_PEER_PATH_NONE)
    return;
  if (p->scene->n_nodes > EDGE_MAP_MAX_SEALS)
    width = 1 + .8 * node->traffic;

  edge_drawing_get_ink (p->drawing, edge_map_latency_ink (node->latency), &color);
  if (!node->linked)
    color.alpha *= .35;
  else if (!relayed)
    color.alpha *= .92;

  builder = gsk_path_builder_new ();
  gsk_path_builder_move_to (builder, frame->cx, frame->cy);
  gsk_path_builder_line_to (builder, at.x, at.y);
  if (node->path == EDGE_PEER_PATH_DIRECT)
    edge_snapshot_stroke (p->snapshot, builder, width, GSK_LINE_CAP_ROUND, &color);
  else if (relayed)
    edge_snapshot_dash (p->snapshot, builder, width, GSK_LINE_CAP_ROUND, .01, width * 2.6, &color);
  else
    edge_snapshot_dash (p->snapshot, builder, width, GSK_LINE_CAP_BUTT, 7, 5, &color);

  if (p->scene->n_nodes > EDGE_MAP_MAX_SEALS)
    return;

  if (node->path == EDGE_PEER_PATH_DIRECT)
    return;

  gtk_snapshot_append_color (p->snapshot, relayed ? &color : &p->ground, &box);
  if (!relayed)
    {
      builder = gsk_path_builder_new ();
      gsk_path_builder_add_rect (builder, &box);
      edge_snapshot_stroke (p->snapshot, builder, 1.6, GSK_LINE_CAP_BUTT, &color);
    }
}

static double
name_width (const Painter     *p,
            const EdgeMapNode *node)
{
  return MAX (edge_drawing_text_width (p->drawing, node->name, 8.2, 500),
              edge_drawing_text_width (p->drawing, node->latency_text, 7.8, 400));
}

static void
paint_name (const Painter     *p,
            const EdgeMapNode *node,
            const EdgeMapName *place)
{
  EdgeTextStyle style = { 8.2, 500, place->xalign, .5, .halo = &p->ground };
  int ink = edge_map_latency_ink (node->latency);

  edge_drawing_get_fg (p->drawing, .95, &style.color);
  edge_drawing_text (p->drawing, p->snapshot, node->name, place->x, place->y - 7, &style);

  style.points = 7.8;
  style.weight = 400;
  if (ink == EDGE_INK_ACCENT)
    edge_drawing_get_fg (p->drawing, .66, &style.color);
  else
    edge_drawing_get_ink (p->drawing, ink, &style.color);
  edge_drawing_text (p->drawing, p->snapshot, node->latency_text, place->x, place->y + 7, &style);
}

static void
paint_names (const Painter *p)
{
  const EdgeMapScene *scene = p->scene;
  g_autofree double *widths = g_new (double, scene->n_nodes + 1);
  g_autofree EdgeMapName *names = g_new (EdgeMapName, scene->n_nodes + 1);

  for (guint i = 0; i < scene->n_nodes; i++)
    widths[i] = name_width (p, &scene->nodes[i]);
  edge_map_place_names (&scene->frame, scene->points, widths, scene->n_nodes, names);
  for (guint i = 0; i < scene->n_nodes; i++)
    paint_name (p, &scene->nodes[i], &names[i]);
}

/* The one name that is shown where there is no room for all. */
static void
paint_single_name (const Painter *p,
                   guint          index)
{
  const EdgeMapNode *node = &p->scene->nodes[index];
  double width = name_width (p, node);
  EdgeMapName name;

  edge_map_place_names (&p->scene->frame, &p->scene->points[index], &width, 1, &name);
  paint_name (p, node, &name);
}

static void
paint_node (const Painter *p,
            guint          index)
{
  const EdgeMapScene *scene = p->scene;
  const EdgeMapNode *node = &scene->nodes[index];
  EdgeMapPoint at = scene->points[index];
  double r = node_radius (p);
  GdkRGBA color;

  edge_snapshot_disc (p->snapshot, at.x, at.y, r + (r > 10 ? 3 : 1.5), &p->ground);
  if ((int) index == scene->selected)
    edge_snapshot_ring (p->snapshot, at.x, at.y, r + 4, 2, &p->accent);
  if ((int) index == scene->focused)
    {
      GskPathBuilder *builder = gsk_path_builder_new ();

      edge_drawing_get_fg (p->drawing, .85, &color);
      gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (at.x, at.y), r + 7);
      edge_snapshot_dash (p->snapshot, builder, 1.6, GSK_LINE_CAP_BUTT, 4, 3, &color);
    }
  else if ((int) index == scene->hovered && (int) index != scene->selected)
    {
      edge_drawing_get_fg (p->drawing, .3, &color);
      edge_snapshot_ring (p->snapshot, at.x, at.y, r + 4, 2, &color);
    }

  if (!node->linked)
    gtk_snapshot_push_opacity (p->snapshot, .45);
  if (r > 10)
    edge_seal_paint (p->snapshot, &node->bits, at.x, at.y, r);
  else
    {
      double rgb[3];

      edge_seal_bits_get_rgb (&node->bits, rgb);
      edge_snapshot_disc (p->snapshot, at.x, at.y, r,
                          &(GdkRGBA) { rgb[0], rgb[1], rgb[2], 1 });
    }
  if (!node->linked)
    gtk_snapshot_pop (p->snapshot);
}

static void
paint_me (const Painter *p)
{
  const EdgeMapFrame *frame = &p->scene->frame;
  GskPathBuilder *builder = NULL;
  double r = frame->self_radius;
  GdkRGBA color;

  if (p->scene->icon != NULL)
    {
      double size = MIN (WELCOME_ICON, frame->ry * 1.25);

      gtk_snapshot_save (p->snapshot);
      gtk_snapshot_translate (p->snapshot, &GRAPHENE_POINT_INIT (round (frame->cx - size / 2),
                                                                 round (frame->cy - size / 2)));
      gdk_paintable_snapshot (p->scene->icon, p->snapshot, size, size);
      gtk_snapshot_restore (p->snapshot);
      return;
    }

  edge_snapshot_disc (p->snapshot, frame->cx, frame->cy, r + 6, &p->ground);
  builder = gsk_path_builder_new ();
  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (frame->cx, frame->cy), r + 4.5);
  if (p->scene->alone)
    {
      EdgeTextStyle style = { 8.2, 600, .5, .5, .halo = &p->ground };

      edge_drawing_get_fg (p->drawing, .35, &color);
      edge_snapshot_dash (p->snapshot, builder, 2.5, GSK_LINE_CAP_BUTT, 3, 4, &color);
      edge_drawing_get_fg (p->drawing, .95, &style.color);
      /* Translators: under the person's own node in the middle of the map */
      edge_drawing_text (p->drawing, p->snapshot, _("You"), frame->cx, frame->cy + r + 17, &style);
    }
  else
    edge_snapshot_stroke (p->snapshot, builder, 2.5, GSK_LINE_CAP_BUTT, &p->accent);
  edge_seal_paint (p->snapshot, &p->scene->me, frame->cx, frame->cy, r);
}

static void
paint_below (const Painter *p)
{
  if (!p->scene->alone)
    paint_glow (p);
  paint_rings (p);
  if (p->scene->alone)
    paint_ghosts (p);
  paint_neighbour_links (p);
  for (guint i = 0; i < p->scene->n_nodes; i++)
    paint_link (p, i);
}

static void
paint_dots (const Painter *p)
{
  if (p->scene->n_nodes > EDGE_MAP_MAX_SEALS)
    return;

  for (guint i = 0; i < p->scene->n_nodes; i++)
    {
      const EdgeMapNode *node = &p->scene->nodes[i];
      GdkRGBA color;

      if (!node->linked || !edge_map_node_shows_frames (node))
        continue;
      edge_drawing_get_ink (p->drawing, edge_map_latency_ink (node->latency), &color);
      paint_frame_dots (p, node, p->scene->points[i], link_width (node), &color);
    }
}

static void
paint_above (const Painter *p)
{
  const EdgeMapScene *scene = p->scene;
  gboolean named = scene->n_nodes <= EDGE_MAP_MAX_SEALS && !scene->frame.narrow;

  paint_ring_names (p);
  for (guint i = 0; i < scene->n_nodes; i++)
    paint_node (p, i);
  if (named)
    paint_names (p);
  paint_me (p);
  if (named || scene->frame.kind == EDGE_MAP_KIND_WELCOME)
    return;

  if (scene->hovered >= 0)
    paint_single_name (p, scene->hovered);
  if (scene->focused >= 0 && scene->focused != scene->hovered)
    paint_single_name (p, scene->focused);
}

EdgeMapCache *
edge_map_cache_new (void)
{
  return g_new0 (EdgeMapCache, 1);
}

static void
clear_cache (EdgeMapCache *cache)
{
  g_clear_pointer (&cache->below, gsk_render_node_unref);
  g_clear_pointer (&cache->above, gsk_render_node_unref);
}

void
edge_map_cache_free (EdgeMapCache *cache)
{
  clear_cache (cache);
  g_free (cache);
}

static void
fill_cache (Painter      *p,
            EdgeMapCache *cache)
{
  g_autoptr(GtkSnapshot) below = gtk_snapshot_new ();
  g_autoptr(GtkSnapshot) above = gtk_snapshot_new ();

  clear_cache (cache);
  p->snapshot = below;
  paint_below (p);
  p->snapshot = above;
  paint_above (p);
  cache->below = gtk_snapshot_to_node (below);
  cache->above = gtk_snapshot_to_node (above);
}

/**
 * edge_map_paint:
 * @drawing: whose colours and font to use
 * @snapshot: where to
 * @scene: what is shown
 * @cache: what stood still the last time
 */
void
edge_map_paint (EdgeDrawing        *drawing,
                GtkSnapshot        *snapshot,
                const EdgeMapScene *scene,
                EdgeMapCache       *cache)
{
  Painter p = { drawing, NULL, scene };
  CacheKey key;

  edge_drawing_get_ground (drawing, scene->on_card, &p.ground);
  edge_drawing_get_ink (drawing, EDGE_INK_ACCENT, &p.accent);

  /* Padding is compared too. */
  memset (&key, 0, sizeof key);
  key.frame = scene->frame;
  key.me = scene->me;
  edge_drawing_get_fg (drawing, .13, &key.fg);
  edge_drawing_get_ink (drawing, EDGE_INK_WARNING, &key.warning);
  key.accent = p.accent;
  key.ground = p.ground;
  key.icon = scene->icon;
  key.done = scene->done;
  key.serial = scene->serial;
  key.font = pango_context_get_serial (gtk_widget_get_pango_context (GTK_WIDGET (drawing)));
  key.selected = scene->selected;
  key.focused = scene->focused;
  key.hovered = scene->hovered;
  key.alone = scene->alone;
  if (cache->above == NULL || memcmp (&key, &cache->key, sizeof key) != 0)
    {
      fill_cache (&p, cache);
      cache->key = key;
    }

  p.snapshot = snapshot;
  if (cache->below != NULL)
    gtk_snapshot_append_node (snapshot, cache->below);
  paint_dots (&p);
  if (cache->above != NULL)
    gtk_snapshot_append_node (snapshot, cache->above);
}
