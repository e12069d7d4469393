/* edge-seal.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-seal.h"

#include "config.h"

#include "app/edge-drawing.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * EdgeSeal:
 *
 * The picture of a key: the same key always has the same one.
 *
 * It makes a difference jump to the eye; comparing is done by the words of the
 * key. From 80 pixels on its edge shows 32 bits more.
 */

#define EDGE_RADIUS   40 /* From this radius on there is room for the notched edge. */
#define DEFAULT_SIZE  34
#define TAU           (2 * G_PI)

struct _EdgeSeal
{
  GtkWidget     parent_instance;

  char         *key;
  EdgeSealBits  bits;
  int           size;
};

typedef enum
{
  PROP_KEY = 1,
  PROP_SIZE,
} EdgeSealProperty;

static GParamSpec *properties[PROP_SIZE + 1];

G_DEFINE_FINAL_TYPE (EdgeSeal, edge_seal, GTK_TYPE_WIDGET)

static const GdkRGBA white = { 1, 1, 1, 1 };

static void
paint_coin (GtkSnapshot        *snapshot,
            const EdgeSealBits *bits,
            double              r)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (-r, -r, 2 * r, 2 * r);
  GskRoundedRect circle;
  GskColorStop stops[2] = { { 0, { 0, 0, 0, 1 } }, { 1, { 0, 0, 0, 1 } } };
  double rgb[3];

  edge_seal_bits_get_rgb (bits, rgb);
  stops[1].color = (GdkRGBA) { rgb[0], rgb[1], rgb[2], 1 };
  stops[0].color = (GdkRGBA) { MIN (1, rgb[0] * .82 + .2), MIN (1, rgb[1] * .82 + .2),
                               MIN (1, rgb[2] * .82 + .2), 1 };

  gsk_rounded_rect_init_from_rect (&circle, &bounds, r);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_linear_gradient (snapshot, &bounds, &GRAPHENE_POINT_INIT (0, -r),
                                       &GRAPHENE_POINT_INIT (0, r), stops, 2);
  gtk_snapshot_pop (snapshot);
}

static void
paint_notches (GtkSnapshot        *snapshot,
               const EdgeSealBits *bits,
               double              r)
{
  const double gap = .028;

  for (guint on = 0; on < 2; on++)
    {
      GskPathBuilder *builder = gsk_path_builder_new ();
      GdkRGBA color = { 1, 1, 1, on ? .95 : .20 };

      for (guint i = 0; i < 32; i++)
        if ((bits->notches >> i & 1) == on)
          edge_path_arc (builder, 0, 0, r * .885, -G_PI_2 + TAU * i / 32 + gap,
                         -G_PI_2 + TAU * (i + 1) / 32 - gap);
      edge_snapshot_stroke (snapshot, builder, r * .085, GSK_LINE_CAP_BUTT, &color);
    }
}

static void
paint_spokes (GtkSnapshot        *snapshot,
              const EdgeSealBits *bits,
              double              r)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  GdkRGBA color = { 1, 1, 1, .5 };

  for (guint i = 0; i < bits->fold; i++)
    {
      double a = TAU * i / bits->fold;

      gsk_path_builder_move_to (builder, r * .2 * cos (a), r * .2 * sin (a));
      gsk_path_builder_line_to (builder, r * .6 * cos (a), r * .6 * sin (a));
    }
  edge_snapshot_stroke (snapshot, builder, r * .10, GSK_LINE_CAP_BUTT, &color);
}

/* One path for all petals, each given in the frame of its own spoke. */
static void
paint_petals (GtkSnapshot        *snapshot,
              const EdgeSealBits *bits,
              double              r)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  double d = r * .60;
  double s = r * (bits->fold < 5 ? .19 : bits->fold == 5 ? .165 : .15);

  for (guint i = 0; i < bits->fold; i++)
    {
      double a = TAU * i / bits->fold;
      double c = cos (a), n = sin (a);
      double half = G_PI / bits->fold * .58;

      switch (bits->petal)
        {
        case EDGE_SEAL_PETAL_DOT:
          gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (d * c, d * n), s);
          break;
        case EDGE_SEAL_PETAL_BAR:
          gsk_path_builder_move_to (builder, (d - s * .75) * c, (d - s * .75) * n);
          gsk_path_builder_line_to (builder, (d + s * .75) * c, (d + s * .75) * n);
          break;
        case EDGE_SEAL_PETAL_ARC:
          edge_path_arc (builder, 0, 0, d + s * .2, a - half, a + half);
          break;
        case EDGE_SEAL_PETAL_KITE:
          gsk_path_builder_move_to (builder, (d + s * 1.35) * c, (d + s * 1.35) * n);
          gsk_path_builder_line_to (builder, d * c - s * .95 * n, d * n + s * .95 * c);
          gsk_path_builder_line_to (builder, (d - s * 1.35) * c, (d - s * 1.35) * n);
          gsk_path_builder_line_to (builder, d * c + s * .95 * n, d * n - s * .95 * c);
          gsk_path_builder_close (builder);
          break;
        case EDGE_SEAL_PETAL_RING:
          gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (d * c, d * n), s * .85);
          break;
        default:
          g_assert_not_reached ();
        }
    }

  if (bits->petal == EDGE_SEAL_PETAL_BAR)
    edge_snapshot_stroke (snapshot, builder, s * 1.35, GSK_LINE_CAP_ROUND, &white);
  else if (bits->petal == EDGE_SEAL_PETAL_ARC)
    edge_snapshot_stroke (snapshot, builder, s, GSK_LINE_CAP_ROUND, &white);
  else if (bits->petal == EDGE_SEAL_PETAL_RING)
    edge_snapshot_stroke (snapshot, builder, s * .62, GSK_LINE_CAP_BUTT, &white);
  else
    edge_snapshot_fill (snapshot, builder, &white);
}

static void
paint_core (GtkSnapshot        *snapshot,
            const EdgeSealBits *bits,
            double              r)
{
  GskPathBuilder *builder = NULL;
  double c = r * .22;
  guint corners = bits->core == EDGE_SEAL_CORE_STAR ? 2 * bits->fold : bits->fold;

  if (bits->core == EDGE_SEAL_CORE_DOT)
    {
      edge_snapshot_disc (snapshot, 0, 0, c, &white);
      return;
    }
  if (bits->core == EDGE_SEAL_CORE_RING)
    {
      edge_snapshot_ring (snapshot, 0, 0, c * .9, c * .62, &white);
      return;
    }

  builder = gsk_path_builder_new ();
  for (guint i = 0; i < corners; i++)
    {
      double a = TAU * i / corners;
      double length = c * 1.25;

      if (bits->core == EDGE_SEAL_CORE_STAR)
        length = c * (i % 2 == 0 ? 1.45 : .66);
      else
        a += G_PI / bits->fold;

      if (i == 0)
        gsk_path_builder_move_to (builder, length * cos (a), length * sin (a));
      else
        gsk_path_builder_line_to (builder, length * cos (a), length * sin (a));
    }
  gsk_path_builder_close (builder);
  edge_snapshot_fill (snapshot, builder, &white);
}

/**
 * edge_seal_paint:
 * @snapshot: where to
 * @bits: what the picture is made of
 * @cx: its middle
 * @cy: its middle
 * @radius: half its size
 *
 * Draws a seal into another drawing.
 */
void
edge_seal_paint (GtkSnapshot        *snapshot,
                 const EdgeSealBits *bits,
                 double              cx,
                 double              cy,
                 double              radius)
{
  double inner = radius;
  double turn = -90;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (cx, cy));
  paint_coin (snapshot, bits, radius);
  if (radius >= EDGE_RADIUS)
    {
      paint_notches (snapshot, bits, radius);
      inner = radius * .82;
    }

  if (bits->half_turn)
    turn += 180.0 / bits->fold;
  gtk_snapshot_rotate (snapshot, turn);
  if (bits->spokes)
    paint_spokes (snapshot, bits, inner);
  paint_petals (snapshot, bits, inner);
  paint_core (snapshot, bits, inner);
  gtk_snapshot_restore (snapshot);
}

static void
edge_seal_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  *minimum = *natural = EDGE_SEAL (widget)->size;
}

static void
edge_seal_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  EdgeSeal *self = EDGE_SEAL (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);

  if (self->key != NULL && MIN (width, height) > 0)
    edge_seal_paint (snapshot, &self->bits, width / 2, height / 2, MIN (width, height) / 2);
}

static void
edge_seal_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgeSeal *self = EDGE_SEAL (object);

  switch ((EdgeSealProperty) property_id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_seal_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  EdgeSeal *self = EDGE_SEAL (object);

  switch ((EdgeSealProperty) property_id)
    {
    case PROP_KEY:
      edge_seal_set_key (self, g_value_get_string (value));
      break;
    case PROP_SIZE:
      edge_seal_set_size (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_seal_finalize (GObject *object)
{
  EdgeSeal *self = EDGE_SEAL (object);

  g_clear_pointer (&self->key, g_free);

  G_OBJECT_CLASS (edge_seal_parent_class)->finalize (object);
}

static void
edge_seal_class_init (EdgeSealClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_seal_get_property;
  object_class->set_property = edge_seal_set_property;
  object_class->finalize = edge_seal_finalize;
  widget_class->measure = edge_seal_measure;
  widget_class->snapshot = edge_seal_snapshot;

  /**
   * EdgeSeal:key:
   *
   * The key as text, 43 characters; %NULL draws nothing.
   */
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 1024, DEFAULT_SIZE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "seal");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
edge_seal_init (EdgeSeal *self)
{
  self->size = DEFAULT_SIZE;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
edge_seal_new (const char *key,
               int         size)
{
  return g_object_new (EDGE_TYPE_SEAL, "key", key, "size", size, NULL);
}

const char *
edge_seal_get_key (EdgeSeal *self)
{
  g_return_val_if_fail (EDGE_IS_SEAL (self), NULL);

  return self->key;
}

void
edge_seal_set_key (EdgeSeal   *self,
                   const char *key)
{
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (EDGE_IS_SEAL (self));

  if (!g_set_str (&self->key, key))
    return;

  edge_seal_bits_from_key (&self->bits, key);
  words = edge_seal_bits_to_words (&self->bits);
  /* Translators: what a screen reader says of the picture of a key; %s is the picture in words */
  label = g_strdup_printf (_("Seal, %s"), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  key != NULL ? label : _("No key yet"), -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY]);
}

int
edge_seal_get_size (EdgeSeal *self)
{
  g_return_val_if_fail (EDGE_IS_SEAL (self), 0);

  return self->size;
}

void
edge_seal_set_size (EdgeSeal *self,
                    int       size)
{
  g_return_if_fail (EDGE_IS_SEAL (self));

  if (self->size == size)
    return;
  self->size = size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}
