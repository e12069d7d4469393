/* edge-tile.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_TILE (edge_tile_get_type ())

G_DECLARE_FINAL_TYPE (EdgeTile, edge_tile, EDGE, TILE, GtkButton)

G_END_DECLS
