/* edge-dag-view.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"

G_BEGIN_DECLS

#define EDGE_TYPE_DAG_VIEW (edge_dag_view_get_type ())

G_DECLARE_FINAL_TYPE (EdgeDagView, edge_dag_view, EDGE, DAG_VIEW, EdgeDrawing)

GtkWidget *edge_dag_view_new            (void) G_GNUC_WARN_UNUSED_RESULT;

void       edge_dag_view_set_entries    (EdgeDagView *self,
                                         GListModel  *entries);
void       edge_dag_view_set_people     (EdgeDagView *self,
                                         GListModel  *peers,
                                         const char  *own_id);
void       edge_dag_view_set_final_text (EdgeDagView *self,
                                         const char  *text);
void       edge_dag_view_queue_refresh  (EdgeDagView *self);

G_END_DECLS
