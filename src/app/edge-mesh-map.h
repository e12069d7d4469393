/* edge-mesh-map.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"

G_BEGIN_DECLS

#define EDGE_TYPE_MESH_MAP      (edge_mesh_map_get_type ())
#define EDGE_TYPE_MESH_MAP_MODE (edge_mesh_map_mode_get_type ())

/**
 * EdgeMeshMapMode:
 * @EDGE_MESH_MAP_NORMAL: on a card; drops names where there is no room for them
 * @EDGE_MESH_MAP_COMPACT: on a card, small, without names
 * @EDGE_MESH_MAP_WELCOME: an illustration around the app's icon, not of real peers
 * @EDGE_MESH_MAP_ALONE: on the window, nobody there yet
 */
typedef enum
{
  EDGE_MESH_MAP_NORMAL,
  EDGE_MESH_MAP_COMPACT,
  EDGE_MESH_MAP_WELCOME,
  EDGE_MESH_MAP_ALONE,
} EdgeMeshMapMode;

GType edge_mesh_map_mode_get_type (void) G_GNUC_CONST;

G_DECLARE_FINAL_TYPE (EdgeMeshMap, edge_mesh_map, EDGE, MESH_MAP, EdgeDrawing)

GtkWidget       *edge_mesh_map_new          (void) G_GNUC_WARN_UNUSED_RESULT;

GListModel      *edge_mesh_map_get_peers    (EdgeMeshMap     *self);
void             edge_mesh_map_set_peers    (EdgeMeshMap     *self,
                                             GListModel      *peers);
void             edge_mesh_map_set_own_id   (EdgeMeshMap     *self,
                                             const char      *own_id);
void             edge_mesh_map_set_mode     (EdgeMeshMap     *self,
                                             EdgeMeshMapMode  mode);
const char      *edge_mesh_map_get_selected (EdgeMeshMap     *self);
void             edge_mesh_map_set_selected (EdgeMeshMap     *self,
                                             const char      *peer_id);
char            *edge_mesh_map_dup_summary  (EdgeMeshMap     *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
