/* ledger-book.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger-world.h"
#include "ledger/edge-ledger.h"

G_BEGIN_DECLS

/*
 * A real ledger in a folder of its own, whose calls are waited for, and validators
 * of a world that close its book.
 */
typedef struct
{
  char       *folder;
  char       *path;
  EdgeLedger *ledger;
  gboolean    pruned;
  guint       keep;
} LedgerBook;

LedgerBook       *ledger_book_new       (void);
void              ledger_book_free      (LedgerBook   *self);
void              ledger_book_open      (LedgerBook   *self,
                                         const char   *genesis);
void              ledger_book_shut      (LedgerBook   *self);
void              ledger_book_take      (LedgerBook   *self,
                                         LedgerWorld  *world,
                                         guint         from,
                                         guint         to);
EdgeIngestResult *ledger_book_ingest    (LedgerBook   *self,
                                         const char *const *texts);
char             *ledger_book_issue     (LedgerBook   *self,
                                         EdgeIdentity *identity,
                                         EdgeEventType type,
                                         const char   *body);
char             *ledger_book_close     (LedgerBook   *self,
                                         LedgerWorld  *world,
                                         guint         n_keys);
char             *ledger_book_certify   (LedgerBook   *self,
                                         LedgerWorld  *world,
                                         guint         n_keys,
                                         EdgeCheckpoint *checkpoint);
gboolean          ledger_book_finish    (LedgerBook   *self,
                                         const EdgeCheckpoint *checkpoint,
                                         const char   *certificate,
                                         GError      **error);
void              ledger_book_root      (LedgerBook   *self,
                                         EdgeId       *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LedgerBook, ledger_book_free)

G_END_DECLS
