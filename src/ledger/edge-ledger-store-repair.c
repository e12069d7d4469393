/* edge-ledger-store-repair.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "ledger/edge-ledger-error.h"
#include "ledger/edge-ledger-store.h"

#define SAVE_BATCH 1000

static gboolean
refuse (GError          **error,
        EdgeLedgerError   code,
        const char       *what,
        const char       *why)
{
  g_set_error (error, EDGE_LEDGER_ERROR, code, "%s: %s", what, why);
  return FALSE;
}

/**
 * edge_ledger_store_verify:
 * @path: a network's file
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Checks the file's structure. It reads through a connection of its own, so any
 * thread may call it while the file is in use.
 *
 * Returns: whether nothing is wrong with it
 */
gboolean
edge_ledger_store_verify (const char  *path,
                          GError     **error)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean good;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (db, "PRAGMA integrity_check(1)", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *answer = (const char *) sqlite3_column_text (statement, 0);

      good = g_strcmp0 (answer, "ok") == 0 ||
             refuse (error, EDGE_LEDGER_ERROR_CORRUPT, "The ledger's file is damaged", answer);
    }
  else
    {
      good = refuse (error, EDGE_LEDGER_ERROR_CORRUPT, "The ledger's file can't be read",
                     db != NULL ? sqlite3_errmsg (db) : "out of memory");
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return good;
}

static gboolean
save_events_by (sqlite3         *db,
                const char      *sql,
                EdgeLedgerStore *into)
{
  g_autoptr(GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  sqlite3_stmt *statement = NULL;
  int code = SQLITE_ERROR;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK)
    {
      while ((code = sqlite3_step (statement)) == SQLITE_ROW)
        {
          const char *text = (const char *) sqlite3_column_text (statement, 1);
          EdgeEvent *event = NULL;

          if (text != NULL)
            event = edge_event_parse (text, (gsize) sqlite3_column_bytes (statement, 1), NULL);
          if (event == NULL)
            continue;
          event->place = (guint64) sqlite3_column_int64 (statement, 0);
          g_ptr_array_add (batch, event);
          if (batch->len < SAVE_BATCH)
            continue;
          edge_ledger_store_put_events (into, batch, NULL);
          g_ptr_array_set_size (batch, 0);
        }
    }
  edge_ledger_store_put_events (into, batch, NULL);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

static void
save_checkpoints (sqlite3         *db,
                  EdgeLedgerStore *into)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT n, body, certificate FROM checkpoints ORDER BY n", -1,
                          &statement, NULL) == SQLITE_OK)
    {
      while (sqlite3_step (statement) == SQLITE_ROW)
        edge_ledger_store_add_checkpoint (into, (guint64) sqlite3_column_int64 (statement, 0),
                                          (const char *) sqlite3_column_text (statement, 1),
                                          (const char *) sqlite3_column_text (statement, 2), NULL);
    }
  sqlite3_finalize (statement);
}

static void
save_notes (sqlite3         *db,
            EdgeLedgerStore *into)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT n, jws FROM notes ORDER BY place", -1, &statement,
                          NULL) == SQLITE_OK)
    {
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          const char *notes[] = { (const char *) sqlite3_column_text (statement, 1), NULL };

          edge_ledger_store_add_notes (into, (guint64) sqlite3_column_int64 (statement, 0), notes,
                                       NULL);
        }
    }
  sqlite3_finalize (statement);
}

static void
remove_log (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_remove (wal);
  g_remove (shm);
}

/**
 * edge_ledger_store_repair:
 * @path: a file that edge_ledger_store_open() or edge_ledger_store_verify() found damaged
 * @n_saved: (out): how many events could be read
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Writes what can still be read to a new file and puts that in place; the
 * damaged one stays beside it, as PATH.damaged. Events keep their places. Peers bring
 * what is lost, and the next start folds anew.
 *
 * Returns: whether a file that can be opened is in place
 */
gboolean
edge_ledger_store_repair (const char  *path,
                          guint64     *n_saved,
                          GError     **error)
{
  g_autofree char *fresh = g_strconcat (path, ".repaired", NULL);
  g_autofree char *damaged = g_strconcat (path, ".damaged", NULL);
  g_autoptr(EdgeLedgerStore) into = NULL;
  sqlite3 *db = NULL;

  *n_saved = 0;
  g_remove (fresh);
  remove_log (fresh);
  into = edge_ledger_store_open (fresh, error);
  if (into == NULL)
    return FALSE;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    {
      /* From the front, and where that ends early from the back. What is met twice goes to
       * the same place, and the first place stays free if the genesis is lost. */
      if (!save_events_by (db, "SELECT place, jws FROM events ORDER BY place", into))
        save_events_by (db, "SELECT place, jws FROM events ORDER BY place DESC", into);
      save_checkpoints (db, into);
      save_notes (db, into);
    }
  sqlite3_close (db);
  *n_saved = edge_ledger_store_count_events (into);
  if (!edge_ledger_store_close (into, error))
    return FALSE;
  g_clear_pointer (&into, edge_ledger_store_free);

  remove_log (damaged);
  if (g_rename (path, damaged) != 0)
    return refuse (error, EDGE_LEDGER_ERROR_STORE, "The damaged ledger can't be put aside",
                   g_strerror (errno));
  remove_log (path);
  if (g_rename (fresh, path) != 0)
    return refuse (error, EDGE_LEDGER_ERROR_STORE, "The repaired ledger can't be put in place",
                   g_strerror (errno));
  return TRUE;
}
