/* edge-dag-model.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-book-words.h"
#include "app/edge-dag-layout.h"

G_BEGIN_DECLS

/**
 * EdgeDagModel:
 *
 * The newest events of a list, placed for the drawing.
 */
typedef struct _EdgeDagModel EdgeDagModel;

EdgeDagModel       *edge_dag_model_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void                edge_dag_model_free          (EdgeDagModel *self);

void                edge_dag_model_update        (EdgeDagModel *self,
                                                  GListModel   *entries,
                                                  guint         n_columns);
guint               edge_dag_model_get_length    (EdgeDagModel *self);
const EdgeDagItem  *edge_dag_model_get_item      (EdgeDagModel *self,
                                                  guint         index);
const EdgeBookInfo *edge_dag_model_get_info      (EdgeDagModel *self,
                                                  guint         index);
int                 edge_dag_model_find          (EdgeDagModel *self,
                                                  const char   *id);
guint               edge_dag_model_count_hidden  (EdgeDagModel *self,
                                                  gint64        column);
gint64              edge_dag_model_get_first     (EdgeDagModel *self);
gint64              edge_dag_model_get_last      (EdgeDagModel *self);
gboolean            edge_dag_model_get_boundary  (EdgeDagModel *self,
                                                  double       *column);
char               *edge_dag_model_dup_summary   (EdgeDagModel *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeDagModel, edge_dag_model_free)

G_END_DECLS
