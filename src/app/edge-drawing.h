/* edge-drawing.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_DRAWING (edge_drawing_get_type ())

/**
 * EdgeInk:
 * @EDGE_INK_ACCENT: lines and text in the accent colour
 * @EDGE_INK_ACCENT_BG: fills in the accent colour; the same as for lines in high contrast
 * @EDGE_INK_WARNING: worth a look
 * @EDGE_INK_ERROR: something failed
 * @EDGE_INK_CARD: the ground of a card
 * @EDGE_INK_WINDOW: the ground of the window
 *
 * The named colours of the style sheet a drawing may use.
 */
typedef enum
{
  EDGE_INK_ACCENT,
  EDGE_INK_ACCENT_BG,
  EDGE_INK_WARNING,
  EDGE_INK_ERROR,
  EDGE_INK_CARD,
  EDGE_INK_WINDOW,
} EdgeInk;

#define EDGE_N_INKS (EDGE_INK_WINDOW + 1)

/** EDGE_INK_MASK: The bit of an ink in [struct@EdgeDrawingClass].inks. */
#define EDGE_INK_MASK(ink) (1u << (ink))

G_DECLARE_DERIVABLE_TYPE (EdgeDrawing, edge_drawing, EDGE, DRAWING, GtkWidget)

/**
 * EdgeDrawingClass:
 * @inks: which inks the drawing uses, as a mask; set in class_init
 */
struct _EdgeDrawingClass
{
  GtkWidgetClass parent_class;

  guint          inks;
};

/**
 * EdgeTextStyle:
 * @points: size in points where the font of the window has 11
 * @weight: 100…900
 * @xalign: which part of the text sits on x: 0 its left edge, 1 its right edge
 * @yalign: which part of the text sits on y: 0 its top, 1 its bottom
 * @color: colour of the text
 * @halo: (nullable): colour of a soft edge around it, so that it reads over lines
 */
typedef struct
{
  double         points;
  int            weight;
  double         xalign;
  double         yalign;
  GdkRGBA        color;
  const GdkRGBA *halo;
} EdgeTextStyle;

void     edge_drawing_get_ink     (EdgeDrawing          *self,
                                   EdgeInk               ink,
                                   GdkRGBA              *color);
void     edge_drawing_get_tint    (EdgeDrawing          *self,
                                   EdgeInk               ink,
                                   double                alpha,
                                   GdkRGBA              *color);
void     edge_drawing_get_fg      (EdgeDrawing          *self,
                                   double                alpha,
                                   GdkRGBA              *color);
void     edge_drawing_get_ground  (EdgeDrawing          *self,
                                   gboolean              on_card,
                                   GdkRGBA              *color);
gboolean edge_drawing_is_dark     (EdgeDrawing          *self);
gboolean edge_drawing_may_animate (EdgeDrawing          *self);
void     edge_drawing_text        (EdgeDrawing          *self,
                                   GtkSnapshot          *snapshot,
                                   const char           *text,
                                   double                x,
                                   double                y,
                                   const EdgeTextStyle  *style);
double   edge_drawing_text_width  (EdgeDrawing          *self,
                                   const char           *text,
                                   double                points,
                                   int                   weight);

/* Shapes that GskPathBuilder lacks; each starts a new contour. Angles are in
 * radians, clockwise from three o'clock. */
void     edge_path_arc            (GskPathBuilder       *builder,
                                   double                cx,
                                   double                cy,
                                   double                radius,
                                   double                start,
                                   double                end);
void     edge_path_ellipse        (GskPathBuilder       *builder,
                                   double                cx,
                                   double                cy,
                                   double                rx,
                                   double                ry);

void     edge_snapshot_fill       (GtkSnapshot          *snapshot,
                                   GskPathBuilder       *builder,
                                   const GdkRGBA        *color);
void     edge_snapshot_stroke     (GtkSnapshot          *snapshot,
                                   GskPathBuilder       *builder,
                                   double                width,
                                   GskLineCap            cap,
                                   const GdkRGBA        *color);
void     edge_snapshot_dash       (GtkSnapshot          *snapshot,
                                   GskPathBuilder       *builder,
                                   double                width,
                                   GskLineCap            cap,
                                   float                 on,
                                   float                 off,
                                   const GdkRGBA        *color);
void     edge_snapshot_disc       (GtkSnapshot          *snapshot,
                                   double                cx,
                                   double                cy,
                                   double                radius,
                                   const GdkRGBA        *color);
void     edge_snapshot_ring       (GtkSnapshot          *snapshot,
                                   double                cx,
                                   double                cy,
                                   double                radius,
                                   double                width,
                                   const GdkRGBA        *color);

G_END_DECLS
