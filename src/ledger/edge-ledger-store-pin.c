/* edge-ledger-store-pin.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-store-base.h"

#include <string.h>

#include "ledger/edge-ledger-store-private.h"

/* How long the entries of one checkpoint stay readable after somebody last read of
 * them, while later ones are closed, in microseconds. */
#define PIN_US (10 * 60 * G_USEC_PER_SEC)

/**
 * edge_ledger_store_pin:
 * @self: a store
 * @n: a checkpoint, or 0 for any
 * @now: monotonic time, in microseconds
 *
 * Holds on to the entries of one checkpoint, so that they can be read page by page
 * while later ones are closed.
 *
 * Returns: the checkpoint whose entries can be read now, 0 if not those of @n
 */
guint64
edge_ledger_store_pin (EdgeLedgerStore *self,
                       guint64          n,
                       gint64           now)
{
  static const char ask[] = "SELECT value FROM state WHERE name = 'entries'";
  gint64 held = self->pinned != NULL ? _edge_db_read_number (self->pinned, ask) : -1;

  if (held > 0 && (held == (gint64) n || (n == 0 && now - self->pinned_at < PIN_US)))
    {
      self->pinned_at = now;
      return (guint64) held;
    }
  if (held > 0 && n != 0 && now - self->pinned_at < PIN_US)
    return 0;

  /* The transaction begins with the first read and lasts until the connection ends. */
  g_clear_pointer (&self->pinned, sqlite3_close);
  if (sqlite3_open_v2 (self->path, &self->pinned, SQLITE_OPEN_READONLY | SQLITE_OPEN_FULLMUTEX,
                       NULL) != SQLITE_OK ||
      sqlite3_exec (self->pinned, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
    return 0;
  self->pinned_at = now;
  held = _edge_db_read_number (self->pinned, ask);
  return held > 0 && (n == 0 || held == (gint64) n) ? (guint64) held : 0;
}

/**
 * edge_ledger_store_dup_pinned_turn:
 * @self: a store that edge_ledger_store_pin() pinned
 * @n: the checkpoint that is pinned
 *
 * Returns: (transfer full) (nullable): what shows who judges after it
 */
EdgeFoldTurn *
edge_ledger_store_dup_pinned_turn (EdgeLedgerStore *self,
                                   guint64          n)
{
  sqlite3_stmt *statement = NULL;
  EdgeFoldTurn *turn = NULL;

  if (sqlite3_prepare_v2 (self->pinned, "SELECT text, value FROM entries, state"
                          " WHERE entries.name = 'n' AND state.name = 'path'",
                          -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    {
      g_autoptr(GArray) path = _edge_db_read_path (statement, 1);

      turn = edge_fold_turn_new (n, (const char *) sqlite3_column_text (statement, 0), path);
    }
  sqlite3_finalize (statement);
  return turn;
}

/**
 * edge_ledger_store_read_pinned:
 * @self: a store that edge_ledger_store_pin() pinned
 * @after: the name after which to go on, "" from the start
 * @most: bytes after which no other entry is added
 * @entries: (element-type utf8): gets name, text, name, text, …
 *
 * Returns: whether these were the last
 */
gboolean
edge_ledger_store_read_pinned (EdgeLedgerStore *self,
                               const char      *after,
                               gsize            most,
                               GPtrArray       *entries)
{
  sqlite3_stmt *statement = NULL;
  gsize size = 0;
  int code = SQLITE_DONE;

  if (sqlite3_prepare_v2 (self->pinned, "SELECT name, text FROM entries WHERE name > ? ORDER BY name",
                          -1, &statement, NULL) != SQLITE_OK)
    return TRUE;
  sqlite3_bind_text (statement, 1, after, -1, SQLITE_STATIC);
  while (size < most && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (statement, 0);
      const char *text = (const char *) sqlite3_column_text (statement, 1);

      size += strlen (name) + strlen (text);
      g_ptr_array_add (entries, g_strdup (name));
      g_ptr_array_add (entries, g_strdup (text));
    }
  sqlite3_finalize (statement);
  return code != SQLITE_ROW;
}
