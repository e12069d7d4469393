/* edge-path-glyph.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-path-glyph.h"

#include "app/edge-drawing.h"

/**
 * EdgePathGlyph:
 *
 * The sign of a path, the same that links have on the map, in the colour of the text.
 *
 * A line is direct, dashes with a hollow box go through a TURN server, dots
 * with a full box through the relay. No link is a faint line with a gap.
 */

#define WIDTH  22
#define HEIGHT 10
#define BOX    2.6

struct _EdgePathGlyph
{
  GtkWidget    parent_instance;

  EdgePeerPath path;
};

typedef enum
{
  PROP_PATH = 1,
} EdgePathGlyphProperty;

static GParamSpec *properties[PROP_PATH + 1];

G_DEFINE_FINAL_TYPE (EdgePathGlyph, edge_path_glyph, GTK_TYPE_WIDGET)

static void
edge_path_glyph_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
add_line (GskPathBuilder *builder,
          double          from,
          double          to,
          double          y)
{
  gsk_path_builder_move_to (builder, from, y);
  gsk_path_builder_line_to (builder, to, y);
}

static void
edge_path_glyph_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  EdgePathGlyph *self = EDGE_PATH_GLYPH (widget);
  GskPathBuilder *builder = gsk_path_builder_new ();
  double width = gtk_widget_get_width (widget);
  double y = gtk_widget_get_height (widget) / 2.0;
  double middle = width / 2;
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  switch (self->path)
    {
    case EDGE_PEER_PATH_DIRECT:
      add_line (builder, 2, width - 2, y);
      edge_snapshot_stroke (snapshot, builder, 2, GSK_LINE_CAP_ROUND, &color);
      return;
    case EDGE_PEER_PATH_TURN:
      add_line (builder, 2, middle - BOX, y);
      add_line (builder, width - 2, middle + BOX, y);
      edge_snapshot_dash (snapshot, builder, 2, GSK_LINE_CAP_BUTT, 3.4, 2.2, &color);
      builder = gsk_path_builder_new ();
      gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (middle - BOX, y - BOX,
                                                               2 * BOX, 2 * BOX));
      edge_snapshot_stroke (snapshot, builder, 1.4, GSK_LINE_CAP_BUTT, &color);
      return;
    case EDGE_PEER_PATH_RELAYED:
      add_line (builder, 2, width - 2, y);
      edge_snapshot_dash (snapshot, builder, 2, GSK_LINE_CAP_ROUND, .01, 3.6, &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (middle - BOX, y - BOX, 2 * BOX, 2 * BOX));
      return;
    case EDGE_PEER_PATH_NONE:
    default:
      color.alpha *= .45;
      add_line (builder, 2, middle - 4, y);
      add_line (builder, middle + 4, width - 2, y);
      edge_snapshot_stroke (snapshot, builder, 2, GSK_LINE_CAP_ROUND, &color);
      return;
    }
}

static void
edge_path_glyph_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgePathGlyph *self = EDGE_PATH_GLYPH (object);

  switch ((EdgePathGlyphProperty) property_id)
    {
    case PROP_PATH:
      g_value_set_enum (value, self->path);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_path_glyph_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EdgePathGlyph *self = EDGE_PATH_GLYPH (object);

  switch ((EdgePathGlyphProperty) property_id)
    {
    case PROP_PATH:
      edge_path_glyph_set_path (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_path_glyph_class_init (EdgePathGlyphClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = edge_path_glyph_get_property;
  object_class->set_property = edge_path_glyph_set_property;
  widget_class->measure = edge_path_glyph_measure;
  widget_class->snapshot = edge_path_glyph_snapshot;

  properties[PROP_PATH] = g_param_spec_enum ("path", NULL, NULL, EDGE_TYPE_PEER_PATH,
                                             EDGE_PEER_PATH_NONE,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                             G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "pathglyph");
  /* The word beside it says the same. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
edge_path_glyph_init (EdgePathGlyph *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
edge_path_glyph_new (EdgePeerPath path)
{
  return g_object_new (EDGE_TYPE_PATH_GLYPH, "path", path, NULL);
}

EdgePeerPath
edge_path_glyph_get_path (EdgePathGlyph *self)
{
  g_return_val_if_fail (EDGE_IS_PATH_GLYPH (self), EDGE_PEER_PATH_NONE);

  return self->path;
}

void
edge_path_glyph_set_path (EdgePathGlyph *self,
                          EdgePeerPath   path)
{
  g_return_if_fail (EDGE_IS_PATH_GLYPH (self));

  if (self->path == path)
    return;
  self->path = path;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
}
