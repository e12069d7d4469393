/* edge-book-export.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-books.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void edge_book_export (EdgeBooks *books,
                       GtkWidget *parent);

G_END_DECLS
