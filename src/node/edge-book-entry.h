/* edge-book-entry.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "ledger/edge-ledger.h"

G_BEGIN_DECLS

#define EDGE_TYPE_BOOK_ENTRY (edge_book_entry_get_type ())
#define EDGE_TYPE_BOOK_STATE (edge_book_state_get_type ())

/**
 * EdgeBookState:
 * @EDGE_BOOK_STATE_PENDING: known; nobody built on it yet, or too few
 * @EDGE_BOOK_STATE_CONFIRMED: enough members built on it
 * @EDGE_BOOK_STATE_FINAL: in a final checkpoint
 * @EDGE_BOOK_STATE_OFF: not on its author's accepted chain; no effect
 * @EDGE_BOOK_STATE_VOID: breaks a rule at its place; no effect
 */
typedef enum
{
  EDGE_BOOK_STATE_PENDING,
  EDGE_BOOK_STATE_CONFIRMED,
  EDGE_BOOK_STATE_FINAL,
  EDGE_BOOK_STATE_OFF,
  EDGE_BOOK_STATE_VOID,
} EdgeBookState;

GType         edge_book_state_get_type  (void) G_GNUC_CONST;
EdgeBookState edge_book_state_of        (const EdgeLedgerEntry *entry);
const char   *edge_book_state_to_string (EdgeBookState          state);

G_DECLARE_FINAL_TYPE (EdgeBookEntry, edge_book_entry, EDGE, BOOK_ENTRY, GObject)

/*
 * One event, for lists. Properties, read-only with notify: id, author, other
 * (string, may be NULL), type (string), time, amount, seq, height (uint64),
 * builders (uint), state (EdgeBookState), reason (string, NULL unless off or
 * void), mine (boolean), place (uint64: its place in the total order), parents (GStrv),
 * checkpoint (uint: which one holds it, 0 while it is open).
 */

EdgeBookEntry         *edge_book_entry_new       (const EdgeLedgerEntry *entry,
                                                  gboolean               mine) G_GNUC_WARN_UNUSED_RESULT;
const EdgeLedgerEntry *edge_book_entry_get_entry (EdgeBookEntry         *self);
void                   edge_book_entry_update    (EdgeBookEntry         *self,
                                                  const EdgeLedgerEntry *entry);

G_END_DECLS
