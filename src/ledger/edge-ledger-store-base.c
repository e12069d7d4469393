/* edge-ledger-store-base.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-store-base.h"

#include <string.h>

#include "ledger/edge-ledger-store-private.h"

static sqlite3_stmt *
prepare (EdgeLedgerStore  *self,
         const char       *sql,
         GError          **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    _edge_db_fail (self->db, error, "The ledger's file can't be written");
  return statement;
}

static gboolean
step (EdgeLedgerStore  *self,
      sqlite3_stmt     *statement,
      GError          **error)
{
  gboolean good = sqlite3_step (statement) == SQLITE_DONE ||
                  _edge_db_fail (self->db, error, "The ledger's file can't be written");

  sqlite3_reset (statement);
  return good;
}

static gboolean
put_path (EdgeLedgerStore  *self,
          GArray           *path,
          GError          **error)
{
  sqlite3_stmt *statement = prepare (self, "INSERT OR REPLACE INTO state (name, value)"
                                     " VALUES ('path', ?)", error);
  gboolean good;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_blob (statement, 1, path->data, (int) (path->len * EDGE_ID_SIZE), SQLITE_STATIC);
  good = step (self, statement, error);
  sqlite3_finalize (statement);
  return good;
}

static gboolean
put_entries (EdgeLedgerStore       *self,
             const EdgeLedgerPage  *page,
             GError               **error)
{
  sqlite3_stmt *set;
  sqlite3_stmt *remove;
  gboolean good;

  if (page->all_entries && !_edge_db_run (self->db, "DELETE FROM entries", error))
    return FALSE;
  set = prepare (self, "INSERT OR REPLACE INTO entries (name, text) VALUES (?, ?)", error);
  remove = prepare (self, "DELETE FROM entries WHERE name = ?", error);
  good = set != NULL && remove != NULL;
  for (guint i = 0; good && i + 1 < page->entries->len; i += 2)
    {
      const char *text = g_ptr_array_index (page->entries, i + 1);
      sqlite3_stmt *statement = text[0] != '\0' ? set : remove;

      sqlite3_bind_text (statement, 1, g_ptr_array_index (page->entries, i), -1, SQLITE_STATIC);
      if (statement == set)
        sqlite3_bind_text (statement, 2, text, -1, SQLITE_STATIC);
      good = step (self, statement, error);
    }
  sqlite3_finalize (set);
  sqlite3_finalize (remove);
  if (good)
    {
      g_autofree char *mark = g_strdup_printf ("INSERT OR REPLACE INTO state VALUES ('entries', '%"
                                               G_GUINT64_FORMAT "')", page->n);

      good = _edge_db_run (self->db, mark, error);
    }
  return good && (page->path == NULL || put_path (self, page->path, error));
}

static gboolean
put_bones (EdgeLedgerStore       *self,
           const EdgeLedgerPage  *page,
           GError               **error)
{
  sqlite3_stmt *statement = prepare (self, "INSERT INTO bones (n, id, author, prev, seq, height, time,"
                                     " type, verdict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  gboolean good = statement != NULL;

  for (guint i = 0; good && i < page->bones->len; i++)
    {
      const EdgeDagBone *bone = &g_array_index (page->bones, EdgeDagBone, i);

      sqlite3_bind_int64 (statement, 1, g_array_index (page->sets, guint32, i));
      sqlite3_bind_blob (statement, 2, bone->id.bytes, EDGE_ID_SIZE, SQLITE_STATIC);
      sqlite3_bind_blob (statement, 3, bone->author.bytes, EDGE_ID_SIZE, SQLITE_STATIC);
      if (bone->has_prev)
        sqlite3_bind_blob (statement, 4, bone->prev.bytes, EDGE_ID_SIZE, SQLITE_STATIC);
      else
        sqlite3_bind_null (statement, 4);
      sqlite3_bind_int64 (statement, 5, bone->seq);
      sqlite3_bind_int64 (statement, 6, bone->height);
      sqlite3_bind_int64 (statement, 7, (gint64) bone->time);
      sqlite3_bind_int64 (statement, 8, bone->type);
      sqlite3_bind_int64 (statement, 9, bone->verdict);
      good = step (self, statement, error);
    }
  sqlite3_finalize (statement);
  return good;
}

static gboolean
drop_events (EdgeLedgerStore       *self,
             const EdgeLedgerPage  *page,
             GError               **error)
{
  sqlite3_stmt *statement = prepare (self, "DELETE FROM events WHERE place = ?", error);
  gboolean good = statement != NULL;

  for (guint i = 0; good && i < page->drop->len; i++)
    {
      sqlite3_bind_int64 (statement, 1, (gint64) g_array_index (page->drop, guint64, i));
      good = step (self, statement, error);
    }
  sqlite3_finalize (statement);
  return good;
}

static gboolean
put_turns (EdgeLedgerStore       *self,
           const EdgeLedgerPage  *page,
           GError               **error)
{
  sqlite3_stmt *statement = prepare (self, "INSERT OR REPLACE INTO turns (n, entry, path)"
                                     " VALUES (?, ?, ?)", error);
  gboolean good = statement != NULL;

  for (guint i = 0; good && i < page->turns->len; i++)
    {
      const EdgeFoldTurn *turn = g_ptr_array_index (page->turns, i);

      sqlite3_bind_int64 (statement, 1, (gint64) turn->n);
      sqlite3_bind_text (statement, 2, turn->entry, -1, SQLITE_STATIC);
      sqlite3_bind_blob (statement, 3, turn->path->data, (int) (turn->path->len * EDGE_ID_SIZE),
                         SQLITE_STATIC);
      good = step (self, statement, error);
    }
  sqlite3_finalize (statement);
  return good;
}

/**
 * edge_ledger_store_put_page:
 * @self: a store, within edge_ledger_store_begin_base()
 * @page: what to store
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Stores what a page has.
 *
 * Returns: whether that could be written
 */
gboolean
edge_ledger_store_put_page (EdgeLedgerStore       *self,
                            const EdgeLedgerPage  *page,
                            GError               **error)
{
  return (page->checkpoint == NULL ||
          edge_ledger_store_add_checkpoint (self, page->n, page->checkpoint, page->certificate,
                                            error)) &&
         (page->entries == NULL || put_entries (self, page, error)) &&
         (page->turns == NULL || put_turns (self, page, error)) &&
         (page->bones == NULL || put_bones (self, page, error)) &&
         (page->drop == NULL || drop_events (self, page, error));
}

/**
 * edge_ledger_store_add_page:
 * @self: a store
 * @page: what to store
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Stores a final checkpoint and all that goes with it, or nothing.
 *
 * Returns: whether it is stored
 */
gboolean
edge_ledger_store_add_page (EdgeLedgerStore       *self,
                            const EdgeLedgerPage  *page,
                            GError               **error)
{
  return edge_ledger_store_begin_base (self, error) &&
         edge_ledger_store_end_base (self, edge_ledger_store_put_page (self, page, error), error);
}

/**
 * edge_ledger_store_begin_base:
 * @self: a store
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Begins to store several pages at once.
 *
 * Returns: whether that can be done
 */
gboolean
edge_ledger_store_begin_base (EdgeLedgerStore  *self,
                              GError          **error)
{
  return _edge_db_run (self->db, "BEGIN IMMEDIATE", error);
}

/**
 * edge_ledger_store_end_base:
 * @self: a store
 * @good: whether all went well; else nothing is kept
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Ends what edge_ledger_store_begin_base() began.
 *
 * Returns: whether it is stored
 */
gboolean
edge_ledger_store_end_base (EdgeLedgerStore  *self,
                            gboolean          good,
                            GError          **error)
{
  good = good && _edge_db_run (self->db, "COMMIT", error);
  if (!good)
    _edge_db_undo (self->db);
  return good;
}

/**
 * edge_ledger_store_forget_base:
 * @self: a store, within edge_ledger_store_begin_base()
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Forgets checkpoints, entries and bones.
 *
 * Returns: whether that could be written
 */
gboolean
edge_ledger_store_forget_base (EdgeLedgerStore  *self,
                               GError          **error)
{
  return _edge_db_run (self->db, "DELETE FROM checkpoints; DELETE FROM entries; DELETE FROM turns;"
                       "DELETE FROM bones; DELETE FROM state WHERE name IN ('entries', 'path')", error);
}

/**
 * edge_ledger_store_count_bones:
 * @self: a store
 *
 * Returns: how many final events it keeps in short; none as long as it keeps all in full
 */
guint64
edge_ledger_store_count_bones (EdgeLedgerStore *self)
{
  return (guint64) MAX (_edge_db_read_number (self->db, "SELECT count(*) FROM bones"), 0);
}

/**
 * edge_ledger_store_get_entries_n:
 * @self: a store
 *
 * Returns: the checkpoint whose state it keeps, 0 without one
 */
guint64
edge_ledger_store_get_entries_n (EdgeLedgerStore *self)
{
  gint64 n = _edge_db_read_number (self->db, "SELECT value FROM state WHERE name = 'entries'");

  return (guint64) MAX (n, 0);
}

/* _edge_db_read_path: ids that stand one after the other in a column. */
GArray *
_edge_db_read_path (sqlite3_stmt *statement,
                    int           column)
{
  GArray *path = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  guint n_path = (guint) sqlite3_column_bytes (statement, column) / EDGE_ID_SIZE;

  if (n_path > 0)
    g_array_append_vals (path, sqlite3_column_blob (statement, column), n_path);
  return path;
}

/**
 * edge_ledger_store_dup_path:
 * @self: a store
 *
 * Returns: (transfer full) (element-type EdgeId) (nullable): the path of the entry `n` among
 *   the entries it keeps
 */
GArray *
edge_ledger_store_dup_path (EdgeLedgerStore *self)
{
  sqlite3_stmt *statement = prepare (self, "SELECT value FROM state WHERE name = 'path'", NULL);
  GArray *path = NULL;

  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    path = _edge_db_read_path (statement, 0);
  sqlite3_finalize (statement);
  return path;
}

/**
 * edge_ledger_store_load_entries:
 * @self: a store
 * @func: (scope call): called for each entry; it returns whether to go on
 * @user_data: for @func
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads the entries of the state by name.
 *
 * Returns: whether they could be read
 */
gboolean
edge_ledger_store_load_entries (EdgeLedgerStore           *self,
                                EdgeLedgerStoreEntryFunc   func,
                                gpointer                   user_data,
                                GError                   **error)
{
  sqlite3_stmt *statement = prepare (self, "SELECT name, text FROM entries ORDER BY name", error);
  int code = SQLITE_DONE;
  gboolean good;

  if (statement == NULL)
    return FALSE;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *name = (const char *) sqlite3_column_text (statement, 0);
      const char *text = (const char *) sqlite3_column_text (statement, 1);

      if (!func (name, text, (gsize) sqlite3_column_bytes (statement, 1), user_data))
        {
          code = SQLITE_DONE;
          break;
        }
    }
  good = code == SQLITE_DONE || _edge_db_fail (self->db, error, "The ledger's file can't be read");
  sqlite3_finalize (statement);
  return good;
}

static gboolean
read_id (sqlite3_stmt *statement,
         int           column,
         EdgeId       *id)
{
  if (sqlite3_column_bytes (statement, column) != EDGE_ID_SIZE)
    return FALSE;
  memcpy (id->bytes, sqlite3_column_blob (statement, column), EDGE_ID_SIZE);
  return TRUE;
}

/**
 * edge_ledger_store_load_bones:
 * @self: a store
 * @func: (scope call): called for each final event; it returns whether to go on
 * @user_data: for @func
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads what is kept of final events, in order.
 *
 * Returns: whether they could be read
 */
gboolean
edge_ledger_store_load_bones (EdgeLedgerStore          *self,
                              EdgeLedgerStoreBoneFunc   func,
                              gpointer                  user_data,
                              GError                  **error)
{
  sqlite3_stmt *statement = prepare (self, "SELECT id, author, prev, seq, height, time, type, verdict"
                                     " FROM bones ORDER BY place", error);
  int code = SQLITE_DONE;
  gboolean good;

  if (statement == NULL)
    return FALSE;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      EdgeDagBone bone = { 0 };

      bone.has_prev = read_id (statement, 2, &bone.prev);
      bone.seq = (guint32) sqlite3_column_int64 (statement, 3);
      bone.height = (guint32) sqlite3_column_int64 (statement, 4);
      bone.time = (guint64) sqlite3_column_int64 (statement, 5);
      bone.type = (guint8) sqlite3_column_int64 (statement, 6);
      bone.verdict = (guint8) sqlite3_column_int64 (statement, 7);
      if (!read_id (statement, 0, &bone.id) || !read_id (statement, 1, &bone.author) ||
          !func (&bone, user_data))
        {
          code = SQLITE_DONE;
          break;
        }
    }
  good = code == SQLITE_DONE || _edge_db_fail (self->db, error, "The ledger's file can't be read");
  sqlite3_finalize (statement);
  return good;
}

/**
 * edge_ledger_store_load_turns:
 * @self: a store
 * @func: (scope call): called for each, which it takes over; it returns whether to go on
 * @user_data: for @func
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads by number what shows who judges after the checkpoints where that changed.
 *
 * Returns: whether they could be read
 */
gboolean
edge_ledger_store_load_turns (EdgeLedgerStore          *self,
                              EdgeLedgerStoreTurnFunc   func,
                              gpointer                  user_data,
                              GError                  **error)
{
  sqlite3_stmt *statement = prepare (self, "SELECT n, entry, path FROM turns ORDER BY n", error);
  int code = SQLITE_DONE;
  gboolean good;

  if (statement == NULL)
    return FALSE;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_autoptr(GArray) path = _edge_db_read_path (statement, 2);

      if (!func (edge_fold_turn_new ((guint64) sqlite3_column_int64 (statement, 0),
                                     (const char *) sqlite3_column_text (statement, 1), path),
                 user_data))
        {
          code = SQLITE_DONE;
          break;
        }
    }
  good = code == SQLITE_DONE || _edge_db_fail (self->db, error, "The ledger's file can't be read");
  sqlite3_finalize (statement);
  return good;
}

/**
 * edge_ledger_store_set_text:
 * @self: a store
 * @name: what it is called
 * @text: any text
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Keeps a text.
 *
 * Returns: whether it is stored
 */
gboolean
edge_ledger_store_set_text (EdgeLedgerStore  *self,
                            const char       *name,
                            const char       *text,
                            GError          **error)
{
  sqlite3_stmt *statement = prepare (self, "INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)",
                                     error);
  gboolean good;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, text, -1, SQLITE_STATIC);
  good = step (self, statement, error);
  sqlite3_finalize (statement);
  return good;
}

/**
 * edge_ledger_store_dup_text:
 * @self: a store
 * @name: what edge_ledger_store_set_text() called it
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
edge_ledger_store_dup_text (EdgeLedgerStore *self,
                            const char      *name)
{
  sqlite3_stmt *statement = prepare (self, "SELECT value FROM state WHERE name = ?", NULL);
  char *text = NULL;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return text;
}
