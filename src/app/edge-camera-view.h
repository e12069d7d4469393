/* edge-camera-view.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_CAMERA_VIEW (edge_camera_view_get_type ())

G_DECLARE_FINAL_TYPE (EdgeCameraView, edge_camera_view, EDGE, CAMERA_VIEW, GtkWidget)

void edge_camera_view_show_frame (EdgeCameraView *self,
                                  GBytes         *pixels,
                                  guint           width,
                                  guint           height);
void edge_camera_view_set_found  (EdgeCameraView *self,
                                  gboolean        found);
void edge_camera_view_clear      (EdgeCameraView *self);

G_END_DECLS
