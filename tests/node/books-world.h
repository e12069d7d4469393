/* books-world.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-books.h"

G_BEGIN_DECLS

/* A real ledger in a file, without links: of a network whose founder, with 1 000 credits, we are
 * and whose validator is another. */

typedef struct
{
  EdgeIdentity *identity;
  EdgeIdentity *other;
  EdgeLedger   *ledger;
  EdgeBooks    *books;
  char         *folder;
  char         *path;
  gboolean      done;
  char         *id;
  GError       *error;
} BooksWorld;

#define wait_for(condition) \
  G_STMT_START { \
    gint64 limit_ = g_get_monotonic_time () + 30 * G_USEC_PER_SEC; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, limit_); \
        g_main_context_iteration (NULL, TRUE); \
      } \
  } G_STMT_END

void     books_set_up    (BooksWorld    *self,
                          gconstpointer  data);
void     books_tear_down (BooksWorld    *self,
                          gconstpointer  data);
gboolean books_is_ready  (BooksWorld    *self);

G_END_DECLS
