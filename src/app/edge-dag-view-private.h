/* edge-dag-view-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-dag-painter.h"
#include "app/edge-dag-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _EdgeDagView
{
  EdgeDrawing    parent_instance;

  EdgeDagModel  *model;
  GListModel    *entries;
  GListModel    *peers;
  char          *own_id;
  char          *focused;
  char          *hovered;
  char          *final_text;
  AdwAnimation  *slide;
  AdwAnimation  *advance;
  GskRenderNode *kept;
  EdgeDagFrame   frame;
  double         boundary;
  gint64         refreshed;
  guint          refresh_source;
  gboolean       has_final;
};

double _edge_dag_view_get_offset (EdgeDagView *self);
void   _edge_dag_view_take_input (EdgeDagView *self);

G_END_DECLS
