/* edge-path-glyph.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-peer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PATH_GLYPH (edge_path_glyph_get_type ())

G_DECLARE_FINAL_TYPE (EdgePathGlyph, edge_path_glyph, EDGE, PATH_GLYPH, GtkWidget)

GtkWidget    *edge_path_glyph_new      (EdgePeerPath   path) G_GNUC_WARN_UNUSED_RESULT;

EdgePeerPath  edge_path_glyph_get_path (EdgePathGlyph *self);
void          edge_path_glyph_set_path (EdgePathGlyph *self,
                                        EdgePeerPath   path);

G_END_DECLS
