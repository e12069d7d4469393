/* edge-dag-painter.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-dag-model.h"
#include "app/edge-drawing.h"

G_BEGIN_DECLS

/**
 * EdgeDagFrame:
 * @width: of the widget
 * @height: of the widget
 * @step: pixels from column to column
 * @first: the leftmost column that is seen
 * @last: the newest column
 * @compact: whether texts are short
 * @rtl: whether the newest is on the left
 *
 * Where columns and lanes are on the widget.
 */
typedef struct
{
  double   width;
  double   height;
  double   step;
  gint64   first;
  gint64   last;
  gboolean compact;
  gboolean rtl;
} EdgeDagFrame;

void   edge_dag_frame_init    (EdgeDagFrame       *self,
                               EdgeDagModel       *model,
                               double              width,
                               double              height,
                               gboolean            rtl);
double edge_dag_frame_get_x   (const EdgeDagFrame *self,
                               double              column);
double edge_dag_frame_get_y   (const EdgeDagFrame *self,
                               double              lane);
guint  edge_dag_frame_columns (double              width);

void   edge_dag_paint         (EdgeDrawing        *drawing,
                               GtkSnapshot        *snapshot,
                               EdgeDagModel       *model,
                               const EdgeDagFrame *frame);
void   edge_dag_paint_final   (EdgeDrawing        *drawing,
                               GtkSnapshot        *snapshot,
                               const EdgeDagFrame *frame,
                               double              boundary,
                               const char         *text);

G_END_DECLS
