/* gallery-books.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the pages need of books, without a ledger under them. */
#define GALLERY_TYPE_BOOKS (gallery_books_get_type ())
G_DECLARE_FINAL_TYPE (GalleryBooks, gallery_books, GALLERY, BOOKS, GObject)

typedef enum
{
  GALLERY_BOOKS_BEHIND,
  GALLERY_BOOKS_IN_STEP,
  GALLERY_BOOKS_OPEN,
  GALLERY_BOOKS_EMPTY,
} GalleryBooksState;

GObject *gallery_books_new         (GalleryBooksState   state,
                                    const char         *own_id,
                                    const char *const  *authors,
                                    guint               n_authors);
void     gallery_books_add_events  (GalleryBooks       *self,
                                    guint               n_events);
GArray  *gallery_books_dup_history (guint               n_slots);

G_END_DECLS
