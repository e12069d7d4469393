/* edge-book-words.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-book-entry.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EdgeBookInfo:
 *
 * The properties of an [class@BookEntry] at one time.
 */
typedef struct
{
  char          *id;
  char          *author;
  char          *other;
  char          *type;
  char          *reason;
  GStrv          parents;
  guint64        time;
  guint64        amount;
  guint64        seq;
  guint64        height;
  guint64        place;
  guint          builders;
  guint          checkpoint;
  EdgeBookState  state;
  gboolean       mine;
} EdgeBookInfo;

/**
 * EdgeBookGroup:
 * @EDGE_BOOK_GROUP_ALL: every event
 * @EDGE_BOOK_GROUP_PAYMENTS: transfers and stake
 * @EDGE_BOOK_GROUP_WORK: escrows and what closes them
 * @EDGE_BOOK_GROUP_MEMBERS: joining, vouching, presence, validators
 * @EDGE_BOOK_GROUP_YOURS: signed by us or naming us
 */
typedef enum
{
  EDGE_BOOK_GROUP_ALL,
  EDGE_BOOK_GROUP_PAYMENTS,
  EDGE_BOOK_GROUP_WORK,
  EDGE_BOOK_GROUP_MEMBERS,
  EDGE_BOOK_GROUP_YOURS,
} EdgeBookGroup;

void         edge_book_info_read         (EdgeBookInfo       *self,
                                          gpointer            entry);
void         edge_book_info_clear        (EdgeBookInfo       *self);

const char  *edge_book_state_describe    (EdgeBookState       state);
const char  *edge_book_type_describe     (const char         *type);
EdgeBookGroup edge_book_type_get_group   (const char         *type);
gboolean     edge_book_info_in_group     (const EdgeBookInfo *self,
                                          EdgeBookGroup       group,
                                          const char         *own_id);
char        *edge_book_dup_name          (GListModel         *peers,
                                          const char         *own_id,
                                          const char         *id) G_GNUC_WARN_UNUSED_RESULT;
char        *edge_book_info_dup_text     (const EdgeBookInfo *self,
                                          GListModel         *peers,
                                          const char         *own_id) G_GNUC_WARN_UNUSED_RESULT;
guint        edge_book_confirms          (guint               n_members);
char        *edge_book_info_dup_weight   (const EdgeBookInfo *self,
                                          guint               confirms) G_GNUC_WARN_UNUSED_RESULT;
char        *edge_book_info_dup_meaning  (const EdgeBookInfo *self,
                                          guint               confirms,
                                          gboolean            open) G_GNUC_WARN_UNUSED_RESULT;
char        *edge_book_info_dup_spoken   (const EdgeBookInfo *self,
                                          GListModel         *peers,
                                          const char         *own_id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeBookInfo, edge_book_info_clear)

G_END_DECLS
