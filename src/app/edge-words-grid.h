/* edge-words-grid.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_WORDS_GRID (edge_words_grid_get_type ())

G_DECLARE_FINAL_TYPE (EdgeWordsGrid, edge_words_grid, EDGE, WORDS_GRID, GtkWidget)

GtkWidget  *edge_words_grid_new     (void) G_GNUC_WARN_UNUSED_RESULT;
const char *edge_words_grid_get_key (EdgeWordsGrid *self);
void        edge_words_grid_set_key (EdgeWordsGrid *self,
                                     const char    *key);

G_END_DECLS
