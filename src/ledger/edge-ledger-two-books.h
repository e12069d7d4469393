/* edge-ledger-two-books.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger.h"
#include "ledger/edge-note.h"

G_BEGIN_DECLS

/**
 * EdgeTwoBooks:
 * @EDGE_TWO_BOOKS_CERTIFICATES: validators made two checkpoints of one number final
 * @EDGE_TWO_BOOKS_STATE: a checkpoint that is final does not follow from its events here
 *
 * Why a ledger closes no book any more.
 */
typedef enum
{
  EDGE_TWO_BOOKS_CERTIFICATES,
  EDGE_TWO_BOOKS_STATE,
} EdgeTwoBooks;

guint     edge_ledger_get_judges_of     (EdgeLedger   *self,
                                         guint64       n,
                                         EdgeId       *judges);
gboolean  edge_ledger_is_other_book     (EdgeLedger   *self,
                                         GPtrArray    *notes);
void      edge_ledger_keep_two_books    (EdgeLedger   *self,
                                         EdgeTwoBooks  why,
                                         const EdgeCheckpoint *ours,
                                         const char   *our_notes,
                                         GPtrArray    *notes);
char     *edge_ledger_dup_two_books     (EdgeLedger   *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
