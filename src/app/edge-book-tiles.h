/* edge-book-tiles.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_BOOK_TILES (edge_book_tiles_get_type ())

G_DECLARE_FINAL_TYPE (EdgeBookTiles, edge_book_tiles, EDGE, BOOK_TILES, GObject)

EdgeBookTiles *edge_book_tiles_new   (GObject   *node,
                                      GtkWidget *earned_tile,
                                      GtkWidget *ledger_tile,
                                      GtkWidget *multiplier_card) G_GNUC_WARN_UNUSED_RESULT;
void           edge_book_tiles_place (GtkWidget *grid,
                                      int        columns);

G_END_DECLS
