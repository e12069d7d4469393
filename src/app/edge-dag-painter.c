/* edge-dag-painter.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-dag-painter.h"

#include "app/edge-event-sign.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>

/* The drawing of the DAG, without what moves or is pointed at. */

#define LEFT          22.0
#define RIGHT         26.0
#define TOP           34.0
#define BOTTOM        26.0
#define MOST_STEP     54.0
#define COMPACT_BELOW 500.0
#define LABEL_EACH    5

guint
edge_dag_frame_columns (double width)
{
  return edge_dag_columns_for (width - LEFT - RIGHT);
}

/**
 * edge_dag_frame_init:
 * @self: a frame
 * @model: what is drawn
 * @width: of the widget
 * @height: of the widget
 * @rtl: whether the newest is on the left
 */
void
edge_dag_frame_init (EdgeDagFrame *self,
                     EdgeDagModel *model,
                     double        width,
                     double        height,
                     gboolean      rtl)
{
  gint64 columns = edge_dag_frame_columns (width);

  self->width = width;
  self->height = height;
  self->compact = width < COMPACT_BELOW;
  self->rtl = rtl;
  self->last = edge_dag_model_get_last (model);
  self->first = MAX (edge_dag_model_get_first (model), self->last - columns + 1);
  self->step = (width - LEFT - RIGHT) / MAX (1, columns - 1);
  /* While there are few they stand wider apart. */
  if (self->last - self->first + 1 < columns)
    self->step = MIN (MOST_STEP, (width - LEFT - RIGHT) / MAX (1, self->last - self->first));
}

/* The newest is always at the end, so that what comes pushes the rest on. */
static double
place_column (const EdgeDagFrame *self,
              double              column)
{
  return self->width - RIGHT - (self->last - column) * self->step;
}

double
edge_dag_frame_get_x (const EdgeDagFrame *self,
                      double              column)
{
  double x = place_column (self, column);

  return self->rtl ? self->width - x : x;
}

double
edge_dag_frame_get_y (const EdgeDagFrame *self,
                      double              lane)
{
  return TOP + (self->height - TOP - BOTTOM) * (lane + .85) / 4.7;
}

/**
 * edge_dag_paint_final:
 * @drawing: a drawing with all inks
 * @snapshot: where to
 * @frame: where it is
 * @boundary: where the final part ends, between two columns
 * @text: (nullable): what closed it last
 *
 * Shades what is final, up to a dashed line.
 */
void
edge_dag_paint_final (EdgeDrawing        *drawing,
                      GtkSnapshot        *snapshot,
                      const EdgeDagFrame *frame,
                      double              boundary,
                      const char         *text)
{
  EdgeTextStyle style = { .points = 7.8, .weight = 600, .xalign = frame->rtl ? 0 : 1, .yalign = .5 };
  EdgeTextStyle side = { .points = 7.8, .weight = 400, .xalign = frame->rtl ? 1 : 0, .yalign = .5 };
  double height = frame->height - BOTTOM + 4;
  GskColorStop stops[2] = { { .offset = 0 }, { .offset = 1 } };
  GskPathBuilder *builder;
  const char *label = frame->compact ? _("Final") : _("Final up to here");
  double x, before, after, label_width, text_width;
  double far = frame->rtl ? frame->width * 2 : -frame->width;
  double gap = frame->rtl ? -8 : 8;
  GdkRGBA color;

  if (boundary < (double) frame->first)
    return;

  x = round (edge_dag_frame_get_x (frame, boundary));
  edge_drawing_get_fg (drawing, .02, &stops[0].color);
  edge_drawing_get_fg (drawing, .07, &stops[1].color);
  gtk_snapshot_append_linear_gradient (snapshot,
                                       &GRAPHENE_RECT_INIT (MIN (far, x), 0, fabs (x - far),
                                                            height),
                                       &GRAPHENE_POINT_INIT (frame->rtl ? frame->width : 0, 0),
                                       &GRAPHENE_POINT_INIT (x, 0), stops, 2);

  builder = gsk_path_builder_new ();
  gsk_path_builder_move_to (builder, x + .5, 8);
  gsk_path_builder_line_to (builder, x + .5, height);
  edge_drawing_get_fg (drawing, .45, &color);
  edge_snapshot_dash (snapshot, builder, 1, GSK_LINE_CAP_BUTT, 4, 3, &color);

  edge_drawing_get_fg (drawing, .8, &style.color);
  edge_drawing_get_fg (drawing, .6, &side.color);
  before = (frame->rtl ? frame->width - x : x) - 12;
  after = frame->width - before - 24;
  label_width = edge_drawing_text_width (drawing, label, style.points, style.weight);
  text_width = text != NULL ? edge_drawing_text_width (drawing, text, side.points, side.weight) : 0;
  if (label_width <= before)
    edge_drawing_text (drawing, snapshot, label, x - gap, 15, &style);
  else
    {
      /* Near the edge there is room on the other side of the line alone. */
      style.xalign = 1 - style.xalign;
      edge_drawing_text (drawing, snapshot, label, x + gap, 15, &style);
      if (text != NULL && !frame->compact && label_width + text_width + 12 <= after)
        edge_drawing_text (drawing, snapshot, text,
                           x + gap + (frame->rtl ? -1 : 1) * (label_width + 12), 15, &side);
      return;
    }
  if (text == NULL || frame->compact)
    return;
  if (text_width <= after)
    edge_drawing_text (drawing, snapshot, text, x + gap, 15, &side);
  else if (text_width <= before)
    {
      side.xalign = 1 - side.xalign;
      edge_drawing_text (drawing, snapshot, text, x - gap, 29, &side);
    }
}

static void
paint_edge (EdgeDrawing        *drawing,
            GtkSnapshot        *snapshot,
            EdgeDagModel       *model,
            const EdgeDagFrame *frame,
            guint               child,
            guint               parent)
{
  const EdgeDagItem *from = edge_dag_model_get_item (model, parent);
  const EdgeDagItem *to = edge_dag_model_get_item (model, child);
  EdgeBookState state = edge_dag_model_get_info (model, child)->state;
  GskPathBuilder *builder = gsk_path_builder_new ();
  double x1 = edge_dag_frame_get_x (frame, from->column);
  double x2 = edge_dag_frame_get_x (frame, to->column);
  double y1 = edge_dag_frame_get_y (frame, from->lane);
  double y2 = edge_dag_frame_get_y (frame, to->lane);
  double bend = frame->step * (frame->rtl ? -.5 : .5);
  float on = 0, off = 0;
  GdkRGBA color;

  gsk_path_builder_move_to (builder, x1, y1);
  gsk_path_builder_cubic_to (builder, x1 + bend, y1, x2 - bend, y2, x2, y2);
  if (from->without_effect || to->without_effect)
    {
      gboolean off_only = state == EDGE_BOOK_STATE_OFF;

      if (off_only)
        edge_drawing_get_fg (drawing, .35, &color);
      else
        edge_drawing_get_tint (drawing, EDGE_INK_ERROR, .55, &color);
      on = off = 3;
    }
  else if (state == EDGE_BOOK_STATE_FINAL)
    {
      edge_drawing_get_fg (drawing, .22, &color);
    }
  else if (state == EDGE_BOOK_STATE_CONFIRMED)
    {
      edge_drawing_get_tint (drawing, EDGE_INK_ACCENT, .55, &color);
    }
  else
    {
      edge_drawing_get_tint (drawing, EDGE_INK_ACCENT, .45, &color);
      on = 2;
      off = 3;
    }
  edge_snapshot_dash (snapshot, builder, 1.4, GSK_LINE_CAP_BUTT, on, off, &color);
}

static void
paint_events (EdgeDrawing        *drawing,
              GtkSnapshot        *snapshot,
              EdgeDagModel       *model,
              const EdgeDagFrame *frame)
{
  double radius = frame->compact ? 4.4 : 5.2;
  GdkRGBA ground;

  edge_drawing_get_ground (drawing, TRUE, &ground);
  for (guint i = 0; i < edge_dag_model_get_length (model); i++)
    {
      const EdgeDagItem *item = edge_dag_model_get_item (model, i);
      const EdgeBookInfo *info = edge_dag_model_get_info (model, i);
      double x = edge_dag_frame_get_x (frame, item->column);
      double y = edge_dag_frame_get_y (frame, item->lane);

      if (item->hidden || item->column < frame->first - 1)
        continue;
      edge_snapshot_disc (snapshot, x, y, radius + 2, &ground);
      if (item->final)
        {
          GdkRGBA shade;

          edge_drawing_get_fg (drawing, .05, &shade);
          edge_snapshot_disc (snapshot, x, y, radius + 2, &shade);
        }
      edge_event_sign_paint (drawing, snapshot, info->state, info->mine, item->tip, x, y, radius);
    }
}

/* Labels stay with their columns while these slide. */
static void
paint_labels (EdgeDrawing        *drawing,
              GtkSnapshot        *snapshot,
              EdgeDagModel       *model,
              const EdgeDagFrame *frame)
{
  EdgeTextStyle style = { .points = 7.6, .weight = 400, .xalign = .5, .yalign = .5 };
  double free_from = -G_MAXDOUBLE;
  gint64 done = G_MININT64;

  edge_drawing_get_fg (drawing, .6, &style.color);
  for (guint i = 0; i < edge_dag_model_get_length (model); i++)
    {
      const EdgeDagItem *item = edge_dag_model_get_item (model, i);
      g_autofree char *text = NULL;
      double middle, half;
      guint n_hidden;

      if (item->column == done || item->column < frame->first)
        continue;
      done = item->column;
      middle = place_column (frame, item->column);
      n_hidden = edge_dag_model_count_hidden (model, item->column);
      if (n_hidden > 0)
        {
          g_autofree char *more = g_strdup_printf ("+%u", n_hidden);

          edge_drawing_text (drawing, snapshot, more, edge_dag_frame_get_x (frame, item->column),
                             edge_dag_frame_get_y (frame, EDGE_DAG_LANES - 1) + 17, &style);
        }
      if (done % LABEL_EACH != 0 && done != frame->first)
        continue;

      text = free_from < 0 && !frame->compact
             /* Translators: how many events are below this one at least. */
             ? g_strdup_printf (_("height %'" PRIu64),
                                edge_dag_model_get_info (model, i)->height)
             : g_strdup_printf ("%'" PRIu64, edge_dag_model_get_info (model, i)->height);
      half = edge_drawing_text_width (drawing, text, style.points, style.weight) / 2;
      middle = MAX (middle, half + 10);
      if (middle - half < free_from || middle + half > frame->width - 4)
        continue;
      free_from = middle + half + 16;
      edge_drawing_text (drawing, snapshot, text, frame->rtl ? frame->width - middle : middle,
                         frame->height - 10, &style);
    }
}

/**
 * edge_dag_paint:
 * @drawing: a drawing with all inks
 * @snapshot: where to
 * @model: what
 * @frame: where it is
 */
void
edge_dag_paint (EdgeDrawing        *drawing,
                GtkSnapshot        *snapshot,
                EdgeDagModel       *model,
                const EdgeDagFrame *frame)
{
  for (guint i = 0; i < edge_dag_model_get_length (model); i++)
    {
      const EdgeDagItem *item = edge_dag_model_get_item (model, i);

      if (item->hidden || item->column < frame->first)
        continue;
      for (guint k = 0; k < EDGE_DAG_PARENTS; k++)
        {
          if (item->above[k] >= 0 && !edge_dag_model_get_item (model, item->above[k])->hidden)
            paint_edge (drawing, snapshot, model, frame, i, item->above[k]);
        }
    }
  paint_events (drawing, snapshot, model, frame);
  paint_labels (drawing, snapshot, model, frame);
}
