/* edge-map-motion.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"
#include "app/edge-map-model.h"

G_BEGIN_DECLS

#define EDGE_TYPE_MAP_MOTION (edge_map_motion_get_type ())

G_DECLARE_FINAL_TYPE (EdgeMapMotion, edge_map_motion, EDGE, MAP_MOTION, GObject)

EdgeMapMotion      *edge_map_motion_new        (EdgeDrawing   *drawing,
                                                EdgeMapModel  *model) G_GNUC_WARN_UNUSED_RESULT;

const EdgeMapFrame *edge_map_motion_get_frame  (EdgeMapMotion *self);
const EdgeMapPoint *edge_map_motion_get_points (EdgeMapMotion *self,
                                                guint         *n_points);
double              edge_map_motion_get_done   (EdgeMapMotion *self);
double              edge_map_motion_get_phase  (EdgeMapMotion *self);
void                edge_map_motion_place      (EdgeMapMotion *self,
                                                EdgeMapKind    kind);
void                edge_map_motion_refresh    (EdgeMapMotion *self,
                                                EdgeMapKind    kind);
void                edge_map_motion_update     (EdgeMapMotion *self);
void                edge_map_motion_stop       (EdgeMapMotion *self);

G_END_DECLS
