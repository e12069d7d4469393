/* edge-drawing.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-drawing.h"

#include <adwaita.h>
#include <math.h>

/**
 * EdgeDrawing:
 *
 * What all drawn widgets share: the colours of the style sheet, text and a few shapes.
 *
 * Colours are read from hidden labels with style classes of our own, because
 * a widget can only ask for the colour of a style node, not for a named one.
 * In high contrast fills use the accent's line colour, and faint lines get
 * stronger.
 */

#define WINDOW_FONT_POINTS 11.0
#define HALO_WIDTH         4.0
#define HALO_ALPHA         .85

typedef struct
{
  GtkWidget *inks[EDGE_N_INKS];
} EdgeDrawingPrivate;

static const char * const ink_classes[EDGE_N_INKS] = {
  [EDGE_INK_ACCENT] = "edge-accent",
  [EDGE_INK_ACCENT_BG] = "edge-accent-bg",
  [EDGE_INK_WARNING] = "edge-warning",
  [EDGE_INK_ERROR] = "edge-error",
  [EDGE_INK_CARD] = "edge-card",
  [EDGE_INK_WINDOW] = "edge-window",
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EdgeDrawing, edge_drawing, GTK_TYPE_WIDGET)

static void
edge_drawing_constructed (GObject *object)
{
  EdgeDrawing *self = EDGE_DRAWING (object);
  EdgeDrawingPrivate *priv = edge_drawing_get_instance_private (self);
  AdwStyleManager *style = adw_style_manager_get_default ();

  G_OBJECT_CLASS (edge_drawing_parent_class)->constructed (object);

  for (guint i = 0; i < EDGE_N_INKS; i++)
    {
      if (!(EDGE_DRAWING_GET_CLASS (self)->inks & EDGE_INK_MASK (i)))
        continue;
      priv->inks[i] = g_object_new (GTK_TYPE_LABEL, "visible", FALSE, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (priv->inks[i], ink_classes[i]);
      gtk_widget_set_parent (priv->inks[i], GTK_WIDGET (self));
    }

  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::accent-color-rgba", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
}

static void
edge_drawing_dispose (GObject *object)
{
  EdgeDrawingPrivate *priv = edge_drawing_get_instance_private (EDGE_DRAWING (object));

  for (guint i = 0; i < EDGE_N_INKS; i++)
    g_clear_pointer (&priv->inks[i], gtk_widget_unparent);

  G_OBJECT_CLASS (edge_drawing_parent_class)->dispose (object);
}

static void
edge_drawing_class_init (EdgeDrawingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = edge_drawing_constructed;
  object_class->dispose = edge_drawing_dispose;
}

static void
edge_drawing_init (EdgeDrawing *self)
{
}

static gboolean
is_high_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

/**
 * edge_drawing_get_ink:
 * @self: a drawing
 * @ink: one of the inks its class declared
 * @color: (out): the colour now
 */
void
edge_drawing_get_ink (EdgeDrawing *self,
                      EdgeInk      ink,
                      GdkRGBA     *color)
{
  EdgeDrawingPrivate *priv = edge_drawing_get_instance_private (self);

  g_return_if_fail (EDGE_IS_DRAWING (self));

  if (ink == EDGE_INK_ACCENT_BG && is_high_contrast () && priv->inks[EDGE_INK_ACCENT] != NULL)
    ink = EDGE_INK_ACCENT;
  g_return_if_fail (priv->inks[ink] != NULL);

  gtk_widget_get_color (priv->inks[ink], color);
}

/** edge_drawing_get_tint: The same with its alpha multiplied by @alpha. */
void
edge_drawing_get_tint (EdgeDrawing *self,
                       EdgeInk      ink,
                       double       alpha,
                       GdkRGBA     *color)
{
  edge_drawing_get_ink (self, ink, color);
  color->alpha *= alpha;
}

/**
 * edge_drawing_get_fg:
 * @self: a drawing
 * @alpha: how much of the text colour; faint ones are strengthened in high contrast
 * @color: (out): the colour
 */
void
edge_drawing_get_fg (EdgeDrawing *self,
                     double       alpha,
                     GdkRGBA     *color)
{
  g_return_if_fail (EDGE_IS_DRAWING (self));

  gtk_widget_get_color (GTK_WIDGET (self), color);
  if (alpha > .03 && alpha < .7 && is_high_contrast ())
    alpha = MIN (.85, alpha * 1.7 + .14);
  color->alpha *= alpha;
}

/**
 * edge_drawing_get_ground:
 * @self: a drawing that declared the inks of card and window
 * @on_card: whether it lies on a card
 * @color: (out): what is behind the drawing, opaque
 */
void
edge_drawing_get_ground (EdgeDrawing *self,
                         gboolean     on_card,
                         GdkRGBA     *color)
{
  GdkRGBA card;

  edge_drawing_get_ink (self, EDGE_INK_WINDOW, color);
  color->alpha = 1;
  if (!on_card)
    return;

  edge_drawing_get_ink (self, EDGE_INK_CARD, &card);
  color->red = color->red * (1 - card.alpha) + card.red * card.alpha;
  color->green = color->green * (1 - card.alpha) + card.green * card.alpha;
  color->blue = color->blue * (1 - card.alpha) + card.blue * card.alpha;
}

gboolean
edge_drawing_is_dark (EdgeDrawing *self)
{
  g_return_val_if_fail (EDGE_IS_DRAWING (self), FALSE);

  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

/**
 * edge_drawing_may_animate:
 * @self: a drawing
 *
 * Returns: whether it is seen and the person wants things to move
 */
gboolean
edge_drawing_may_animate (EdgeDrawing *self)
{
  g_return_val_if_fail (EDGE_IS_DRAWING (self), FALSE);

  return gtk_widget_get_mapped (GTK_WIDGET (self)) && adw_get_enable_animations (GTK_WIDGET (self));
}

static PangoLayout *
create_layout (EdgeDrawing *self,
               const char  *text,
               double       points,
               int          weight)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoContext *context = pango_layout_get_context (layout);
  g_autoptr(PangoFontDescription) font = NULL;
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  double scale = points / WINDOW_FONT_POINTS;

  font = pango_font_description_copy (pango_context_get_font_description (context));
  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, pango_font_description_get_size (font) * scale);
  else
    pango_font_description_set_size (font, pango_font_description_get_size (font) * scale);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

/**
 * edge_drawing_text:
 * @self: a drawing
 * @snapshot: where to
 * @text: one line of plain text
 * @x: where, by the style's xalign
 * @y: where, by the style's yalign
 * @style: how it looks
 */
void
edge_drawing_text (EdgeDrawing         *self,
                   GtkSnapshot         *snapshot,
                   const char          *text,
                   double               x,
                   double               y,
                   const EdgeTextStyle *style)
{
  g_autoptr(PangoLayout) layout = create_layout (self, text, style->points, style->weight);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round (x - width * style->xalign),
                                                          round (y - height * style->yalign)));
  if (style->halo != NULL)
    {
      GskPathBuilder *builder = gsk_path_builder_new ();
      g_autoptr(GskPath) outline = NULL;
      g_autoptr(GskStroke) stroke = gsk_stroke_new (HALO_WIDTH);
      GdkRGBA color = *style->halo;

      gsk_path_builder_add_layout (builder, layout);
      outline = gsk_path_builder_free_to_path (builder);
      gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
      color.alpha *= HALO_ALPHA;
      gtk_snapshot_append_stroke (snapshot, outline, stroke, &color);
    }
  gtk_snapshot_append_layout (snapshot, layout, &style->color);
  gtk_snapshot_restore (snapshot);
}

double
edge_drawing_text_width (EdgeDrawing *self,
                         const char  *text,
                         double       points,
                         int          weight)
{
  g_autoptr(PangoLayout) layout = create_layout (self, text, points, weight);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

void
edge_path_arc (GskPathBuilder *builder,
               double          cx,
               double          cy,
               double          radius,
               double          start,
               double          end)
{
  /* An SVG arc can't go all the way round, so it goes in two halves. */
  double middle = (start + end) / 2;

  gsk_path_builder_move_to (builder, cx + radius * cos (start), cy + radius * sin (start));
  gsk_path_builder_svg_arc_to (builder, radius, radius, 0, FALSE, end > start,
                               cx + radius * cos (middle), cy + radius * sin (middle));
  gsk_path_builder_svg_arc_to (builder, radius, radius, 0, FALSE, end > start,
                               cx + radius * cos (end), cy + radius * sin (end));
}

void
edge_path_ellipse (GskPathBuilder *builder,
                   double          cx,
                   double          cy,
                   double          rx,
                   double          ry)
{
  gsk_path_builder_move_to (builder, cx + rx, cy);
  gsk_path_builder_conic_to (builder, cx + rx, cy + ry, cx, cy + ry, M_SQRT1_2);
  gsk_path_builder_conic_to (builder, cx - rx, cy + ry, cx - rx, cy, M_SQRT1_2);
  gsk_path_builder_conic_to (builder, cx - rx, cy - ry, cx, cy - ry, M_SQRT1_2);
  gsk_path_builder_conic_to (builder, cx + rx, cy - ry, cx + rx, cy, M_SQRT1_2);
  gsk_path_builder_close (builder);
}

/**
 * edge_snapshot_fill:
 * @snapshot: where to
 * @builder: (transfer full): what to fill
 * @color: with which colour
 */
void
edge_snapshot_fill (GtkSnapshot    *snapshot,
                    GskPathBuilder *builder,
                    const GdkRGBA  *color)
{
  g_autoptr(GskPath) path = gsk_path_builder_free_to_path (builder);

  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
}

/**
 * edge_snapshot_stroke:
 * @snapshot: where to
 * @builder: (transfer full): what to stroke
 * @width: of the line
 * @cap: its ends
 * @color: its colour
 */
void
edge_snapshot_stroke (GtkSnapshot    *snapshot,
                      GskPathBuilder *builder,
                      double          width,
                      GskLineCap      cap,
                      const GdkRGBA  *color)
{
  edge_snapshot_dash (snapshot, builder, width, cap, 0, 0, color);
}

/**
 * edge_snapshot_dash:
 * @snapshot: where to
 * @builder: (transfer full): what to stroke
 * @width: of the line
 * @cap: the ends of each dash
 * @on: length of a dash; 0 with @off 0 for a solid line
 * @off: length of a gap
 * @color: its colour
 */
void
edge_snapshot_dash (GtkSnapshot    *snapshot,
                    GskPathBuilder *builder,
                    double          width,
                    GskLineCap      cap,
                    float           on,
                    float           off,
                    const GdkRGBA  *color)
{
  g_autoptr(GskPath) path = gsk_path_builder_free_to_path (builder);
  g_autoptr(GskStroke) stroke = gsk_stroke_new (width);

  gsk_stroke_set_line_cap (stroke, cap);
  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  if (off > 0)
    gsk_stroke_set_dash (stroke, (float[]) { on, off }, 2);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
}

void
edge_snapshot_disc (GtkSnapshot   *snapshot,
                    double         cx,
                    double         cy,
                    double         radius,
                    const GdkRGBA *color)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (cx - radius, cy - radius, 2 * radius, 2 * radius);
  GskRoundedRect circle;

  /* A rounded clip over a plain colour costs the renderer less than a path. */
  gsk_rounded_rect_init_from_rect (&circle, &bounds, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

void
edge_snapshot_ring (GtkSnapshot   *snapshot,
                    double         cx,
                    double         cy,
                    double         radius,
                    double         width,
                    const GdkRGBA *color)
{
  GskPathBuilder *builder = gsk_path_builder_new ();

  gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (cx, cy), radius);
  edge_snapshot_stroke (snapshot, builder, width, GSK_LINE_CAP_BUTT, color);
}
