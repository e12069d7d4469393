/* edge-map-model.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-map-painter.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_MAP_MODEL (edge_map_model_get_type ())

/** EDGE_MAP_MAX_NODES: Peers drawn at most. */
#define EDGE_MAP_MAX_NODES 200

G_DECLARE_FINAL_TYPE (EdgeMapModel, edge_map_model, EDGE, MAP_MODEL, GObject)

EdgeMapModel *edge_map_model_new              (void) G_GNUC_WARN_UNUSED_RESULT;

GListModel   *edge_map_model_get_peers        (EdgeMapModel *self);
void          edge_map_model_set_peers        (EdgeMapModel *self,
                                               GListModel   *peers);
void          edge_map_model_set_illustration (EdgeMapModel *self);

guint         edge_map_model_get_serial       (EdgeMapModel *self);
guint         edge_map_model_get_length       (EdgeMapModel *self);
EdgeMapNode  *edge_map_model_get_nodes        (EdgeMapModel *self);
const char   *edge_map_model_get_id           (EdgeMapModel *self,
                                               guint         index);
EdgePeer     *edge_map_model_get_peer         (EdgeMapModel *self,
                                               guint         index);
int           edge_map_model_find             (EdgeMapModel *self,
                                               const char   *peer_id);
void          edge_map_model_refresh          (EdgeMapModel *self);
char         *edge_map_model_dup_text         (EdgeMapModel *self,
                                               guint         index) G_GNUC_WARN_UNUSED_RESULT;
char         *edge_map_model_dup_summary      (EdgeMapModel *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
