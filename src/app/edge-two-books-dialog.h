/* edge-two-books-dialog.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

char      *edge_two_books_dup        (GObject    *books) G_GNUC_WARN_UNUSED_RESULT;
char      *edge_two_books_describe   (const char *json) G_GNUC_WARN_UNUSED_RESULT;
AdwDialog *edge_two_books_dialog_new (const char *json,
                                      GListModel *peers,
                                      const char *own_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
