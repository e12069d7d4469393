/* edge-ledger-store.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-store-private.h"

#include "ledger/edge-ledger-error.h"

#define BUSY_TIMEOUT_MS 5000
#define BACK_UP_PAGES   512

/* Each step takes a file from one version to the next. */
static const char *const migrations[EDGE_LEDGER_STORE_VERSION] = {
  "CREATE TABLE events (place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, jws TEXT NOT NULL);"
  "CREATE TABLE checkpoints (n INTEGER PRIMARY KEY, body TEXT NOT NULL, certificate TEXT);"
  "CREATE TABLE notes (place INTEGER PRIMARY KEY, n INTEGER NOT NULL, jws TEXT NOT NULL UNIQUE);"
  "CREATE INDEX notes_n ON notes (n);"
  "CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);",
  /* What lets a ledger start at its last checkpoint. */
  "CREATE TABLE entries (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE turns (n INTEGER PRIMARY KEY, entry TEXT NOT NULL, path BLOB NOT NULL);"
  "CREATE TABLE bones (place INTEGER PRIMARY KEY, n INTEGER NOT NULL, id BLOB NOT NULL,"
  " author BLOB NOT NULL, prev BLOB, seq INTEGER NOT NULL, height INTEGER NOT NULL,"
  " time INTEGER NOT NULL, type INTEGER NOT NULL, verdict INTEGER NOT NULL);"
  "CREATE INDEX bones_n ON bones (n);",
  /* Ids come in no order, so an index over them dirties a page for each event that is
   * stored. The DAG knows all ids and keeps the place of each. */
  "CREATE TABLE texts (place INTEGER PRIMARY KEY, jws TEXT NOT NULL);"
  "INSERT INTO texts (place, jws) SELECT place, jws FROM events ORDER BY place;"
  "DROP TABLE events;"
  "ALTER TABLE texts RENAME TO events;",
};

gboolean
_edge_db_fail (sqlite3     *db,
               GError     **error,
               const char  *what)
{
  int code = db != NULL ? sqlite3_errcode (db) : SQLITE_NOMEM;
  gboolean corrupt = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;

  g_set_error (error, EDGE_LEDGER_ERROR,
               corrupt ? EDGE_LEDGER_ERROR_CORRUPT : EDGE_LEDGER_ERROR_STORE,
               "%s: %s", what, db != NULL ? sqlite3_errmsg (db) : "out of memory");
  return FALSE;
}

gboolean
_edge_db_run (sqlite3     *db,
              const char  *sql,
              GError     **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         _edge_db_fail (db, error, "The ledger's file can't be written");
}

void
_edge_db_undo (sqlite3 *db)
{
  if (!sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
}

gint64
_edge_db_read_number (sqlite3    *db,
                      const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 value = -1;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

static gboolean
migrate (sqlite3  *db,
         GError  **error)
{
  gint64 version = _edge_db_read_number (db, "PRAGMA user_version");

  if (version < 0)
    return _edge_db_fail (db, error, "The ledger's file can't be read");
  if (version > EDGE_LEDGER_STORE_VERSION)
    {
      g_set_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_STORE,
                   "The ledger's file was written by a newer version of this program");
      return FALSE;
    }

  for (; version < EDGE_LEDGER_STORE_VERSION; version++)
    {
      g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", (int) version + 1);

      if (!_edge_db_run (db, "BEGIN IMMEDIATE", error))
        return FALSE;
      if (!_edge_db_run (db, migrations[version], error) || !_edge_db_run (db, mark, error) ||
          !_edge_db_run (db, "COMMIT", error))
        {
          _edge_db_undo (db);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
set_clean (sqlite3  *db,
           gboolean  clean,
           GError  **error)
{
  return _edge_db_run (db, clean ? "INSERT OR REPLACE INTO state VALUES ('clean', '1')"
                        : "INSERT OR REPLACE INTO state VALUES ('clean', '0')", error);
}

/* Events are looked up through a connection of their own, so that nobody who looks
 * waits for the disk to take what is being written. */
static gboolean
prepare (EdgeLedgerStore  *self,
         const char       *path,
         GError          **error)
{
  if (sqlite3_open_v2 (path, &self->reader, SQLITE_OPEN_READONLY | SQLITE_OPEN_FULLMUTEX,
                       NULL) != SQLITE_OK)
    return _edge_db_fail (self->reader, error, "The ledger's file can't be opened");
  sqlite3_busy_timeout (self->reader, BUSY_TIMEOUT_MS);
  return (sqlite3_prepare_v3 (self->db, "INSERT OR IGNORE INTO events (place, jws) VALUES (?, ?)", -1,
                              SQLITE_PREPARE_PERSISTENT, &self->insert_event, NULL) == SQLITE_OK &&
          sqlite3_prepare_v3 (self->reader, "SELECT jws FROM events WHERE place = ?", -1,
                              SQLITE_PREPARE_PERSISTENT, &self->find_event, NULL) == SQLITE_OK) ||
         _edge_db_fail (self->db, error, "The ledger's file can't be read");
}

/**
 * edge_ledger_store_open:
 * @path: the file, made if it is not there
 * @error: return location for an `EDGE_LEDGER_ERROR`; %EDGE_LEDGER_ERROR_CORRUPT
 *   calls for edge_ledger_store_repair()
 *
 * Opens a network's file and brings it to the present version.
 *
 * Returns: (transfer full) (nullable): the store
 */
EdgeLedgerStore *
edge_ledger_store_open (const char  *path,
                        GError     **error)
{
  g_autoptr(EdgeLedgerStore) self = g_new0 (EdgeLedgerStore, 1);
  gboolean fresh;

  if (sqlite3_open_v2 (path, &self->db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
                       NULL) != SQLITE_OK)
    {
      _edge_db_fail (self->db, error, "The ledger's file can't be opened");
      return NULL;
    }

  self->path = g_strdup (path);
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  if (!_edge_db_run (self->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                      "PRAGMA trusted_schema = OFF;", error))
    return NULL;
  fresh = _edge_db_read_number (self->db, "PRAGMA user_version") == 0;
  if (!migrate (self->db, error))
    return NULL;
  self->was_clean = fresh ||
                    _edge_db_read_number (self->db, "SELECT value FROM state WHERE name = 'clean'") == 1;
  if (!set_clean (self->db, FALSE, error) || !prepare (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * edge_ledger_store_close:
 * @self: a store
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Writes back what is in the log and notes that all is in order. After this
 * only edge_ledger_store_free() may be called.
 *
 * Returns: whether that could be written
 */
gboolean
edge_ledger_store_close (EdgeLedgerStore  *self,
                         GError          **error)
{
  g_clear_pointer (&self->find_event, sqlite3_finalize);
  g_clear_pointer (&self->reader, sqlite3_close);
  g_clear_pointer (&self->pinned, sqlite3_close);
  return set_clean (self->db, TRUE, error) &&
         _edge_db_run (self->db, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}

/**
 * edge_ledger_store_free:
 * @self: (transfer full): a store
 *
 * Frees it. Without edge_ledger_store_close() before, the next start checks the file.
 */
void
edge_ledger_store_free (EdgeLedgerStore *self)
{
  sqlite3_finalize (self->insert_event);
  sqlite3_finalize (self->find_event);
  sqlite3_close (self->pinned);
  sqlite3_close (self->reader);
  sqlite3_close (self->db);
  g_free (self->path);
  g_free (self);
}

/**
 * edge_ledger_store_was_clean:
 * @self: a store
 *
 * Returns: whether it was closed in order last time
 */
gboolean
edge_ledger_store_was_clean (EdgeLedgerStore *self)
{
  return self->was_clean;
}

/**
 * edge_ledger_store_count_events:
 * @self: a store
 *
 * Returns: how many events it holds
 */
guint64
edge_ledger_store_count_events (EdgeLedgerStore *self)
{
  gint64 count = _edge_db_read_number (self->db, "SELECT count(*) FROM events");

  return (guint64) MAX (count, 0);
}

/* What has no place gets the next one; only what is stored has one. */
static gboolean
write_events (EdgeLedgerStore  *self,
              GPtrArray        *events,
              gboolean          placed,
              GError          **error)
{
  g_autofree guint64 *places = g_new0 (guint64, events->len);
  gboolean good = TRUE;

  if (!_edge_db_run (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; good && i < events->len; i++)
    {
      EdgeEvent *event = g_ptr_array_index (events, i);

      places[i] = event->place;
      if (places[i] != 0 && !placed)
        continue;
      if (places[i] != 0)
        sqlite3_bind_int64 (self->insert_event, 1, (gint64) places[i]);
      sqlite3_bind_text (self->insert_event, 2, event->text, (int) event->length, SQLITE_STATIC);
      good = sqlite3_step (self->insert_event) == SQLITE_DONE ||
             _edge_db_fail (self->db, error, "The ledger's file can't be written");
      sqlite3_reset (self->insert_event);
      sqlite3_clear_bindings (self->insert_event);
      if (places[i] == 0)
        places[i] = (guint64) sqlite3_last_insert_rowid (self->db);
    }

  good = good && _edge_db_run (self->db, "COMMIT", error);
  if (!good)
    _edge_db_undo (self->db);
  for (guint i = 0; good && i < events->len; i++)
    ((EdgeEvent *) g_ptr_array_index (events, i))->place = places[i];
  return good;
}

/**
 * edge_ledger_store_add_events:
 * @self: a store
 * @events: (element-type EdgeEvent): events that entered the DAG, in that order
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Stores all of them or none, but for those that have a place already, and gives each
 * its place.
 *
 * Returns: whether they are stored
 */
gboolean
edge_ledger_store_add_events (EdgeLedgerStore  *self,
                              GPtrArray        *events,
                              GError          **error)
{
  return write_events (self, events, FALSE, error);
}

/**
 * edge_ledger_store_put_events:
 * @self: a store
 * @events: (element-type EdgeEvent): events with the places they had
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Stores all of them or none at their places, but for those whose place is taken.
 *
 * Returns: whether they are stored
 */
gboolean
edge_ledger_store_put_events (EdgeLedgerStore  *self,
                              GPtrArray        *events,
                              GError          **error)
{
  return write_events (self, events, TRUE, error);
}

static gboolean
load (sqlite3              *db,
      const char           *sql,
      guint64               value,
      EdgeLedgerStoreFunc   func,
      gpointer              user_data,
      GError              **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean good;
  int code = SQLITE_DONE;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    return _edge_db_fail (db, error, "The ledger's file can't be read");

  if (sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, (gint64) value);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (statement, 1);

      if (text != NULL &&
          !func ((guint64) sqlite3_column_int64 (statement, 0), text,
                 (gsize) sqlite3_column_bytes (statement, 1), user_data))
        {
          code = SQLITE_DONE;
          break;
        }
    }
  good = code == SQLITE_DONE || _edge_db_fail (db, error, "The ledger's file can't be read");
  sqlite3_finalize (statement);
  return good;
}

/**
 * edge_ledger_store_load_events:
 * @self: a store
 * @func: (scope call): called for each event; it returns whether to go on
 * @user_data: for @func
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads all events in the order in which they entered the DAG.
 *
 * Returns: whether they could be read
 */
gboolean
edge_ledger_store_load_events (EdgeLedgerStore      *self,
                               EdgeLedgerStoreFunc   func,
                               gpointer              user_data,
                               GError              **error)
{
  return load (self->db, "SELECT place, jws FROM events ORDER BY place", 0, func, user_data, error);
}

/**
 * edge_ledger_store_dup_event:
 * @self: a store
 * @place: an event's place
 *
 * Returns: (transfer full) (nullable): the event as it came
 */
char *
edge_ledger_store_dup_event (EdgeLedgerStore *self,
                             guint64          place)
{
  char *text = NULL;

  sqlite3_bind_int64 (self->find_event, 1, (gint64) place);
  if (sqlite3_step (self->find_event) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (self->find_event, 0));
  sqlite3_reset (self->find_event);
  return text;
}

static gboolean
insert (EdgeLedgerStore  *self,
        const char       *sql,
        guint64           n,
        const char       *first,
        const char       *second,
        GError          **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean good;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) != SQLITE_OK)
    return _edge_db_fail (self->db, error, "The ledger's file can't be written");

  sqlite3_bind_int64 (statement, 1, (gint64) n);
  if (first != NULL)
    sqlite3_bind_text (statement, 2, first, -1, SQLITE_STATIC);
  if (second != NULL)
    sqlite3_bind_text (statement, 3, second, -1, SQLITE_STATIC);
  good = sqlite3_step (statement) == SQLITE_DONE ||
         _edge_db_fail (self->db, error, "The ledger's file can't be written");
  sqlite3_finalize (statement);
  return good;
}

/**
 * edge_ledger_store_add_checkpoint:
 * @self: a store
 * @n: its number
 * @checkpoint: its RFC 8785 form
 * @certificate: (nullable): the notes that make it final
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Stores a final checkpoint; the first one of a number stays.
 *
 * Returns: whether it is stored
 */
gboolean
edge_ledger_store_add_checkpoint (EdgeLedgerStore  *self,
                                  guint64           n,
                                  const char       *checkpoint,
                                  const char       *certificate,
                                  GError          **error)
{
  return insert (self, "INSERT OR IGNORE INTO checkpoints (n, body, certificate) VALUES (?, ?, ?)",
                 n, checkpoint, certificate, error);
}

/**
 * edge_ledger_store_load_checkpoints:
 * @self: a store
 * @func: (scope call): called for each checkpoint; it returns whether to go on
 * @user_data: for @func
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads all checkpoints by their number.
 *
 * Returns: whether they could be read
 */
gboolean
edge_ledger_store_load_checkpoints (EdgeLedgerStore      *self,
                                    EdgeLedgerStoreFunc   func,
                                    gpointer              user_data,
                                    GError              **error)
{
  return load (self->db, "SELECT n, body FROM checkpoints ORDER BY n", 0, func, user_data, error);
}

static gboolean
keep_first (guint64     number,
            const char *text,
            gsize       length,
            gpointer    user_data)
{
  char **kept = user_data;

  *kept = g_strndup (text, length);
  return FALSE;
}

/**
 * edge_ledger_store_dup_certificate:
 * @self: a store
 * @n: a checkpoint's number
 *
 * Returns: (transfer full) (nullable): its certificate
 */
char *
edge_ledger_store_dup_certificate (EdgeLedgerStore *self,
                                   guint64          n)
{
  char *text = NULL;

  load (self->reader, "SELECT n, certificate FROM checkpoints WHERE n = ?", n, keep_first, &text, NULL);
  return text;
}

/**
 * edge_ledger_store_add_notes:
 * @self: a store
 * @n: the checkpoint they are about
 * @notes: (array zero-terminated=1): notes as signed
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Stores notes, all or none; once this returns they may be sent.
 *
 * Returns: whether they are stored
 */
gboolean
edge_ledger_store_add_notes (EdgeLedgerStore    *self,
                             guint64             n,
                             const char *const  *notes,
                             GError            **error)
{
  gboolean good = TRUE;

  if (!_edge_db_run (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; good && notes[i] != NULL; i++)
    good = insert (self, "INSERT OR IGNORE INTO notes (n, jws) VALUES (?, ?)", n, notes[i], NULL,
                   error);
  good = good && _edge_db_run (self->db, "COMMIT", error);
  if (!good)
    _edge_db_undo (self->db);
  return good;
}

/**
 * edge_ledger_store_load_notes:
 * @self: a store
 * @n: a checkpoint's number
 * @func: (scope call): called for each note; it returns whether to go on
 * @user_data: for @func
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads the notes about a checkpoint in the order they were stored.
 *
 * Returns: whether they could be read
 */
gboolean
edge_ledger_store_load_notes (EdgeLedgerStore      *self,
                              guint64               n,
                              EdgeLedgerStoreFunc   func,
                              gpointer              user_data,
                              GError              **error)
{
  return load (self->db, "SELECT place, jws FROM notes WHERE n = ? ORDER BY place", n, func, user_data, error);
}

/**
 * edge_ledger_store_drop_notes:
 * @self: a store
 * @below: a checkpoint's number
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Forgets notes about earlier checkpoints, whose certificates are stored with them.
 *
 * Returns: whether that could be written
 */
gboolean
edge_ledger_store_drop_notes (EdgeLedgerStore  *self,
                              guint64           below,
                              GError          **error)
{
  return insert (self, "DELETE FROM notes WHERE n < ?", below, NULL, NULL, error);
}

/**
 * edge_ledger_store_back_up:
 * @self: a store
 * @path: where to write a copy
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Copies the file as it is now, while it may be in use.
 *
 * Returns: whether the copy is whole
 */
gboolean
edge_ledger_store_back_up (EdgeLedgerStore  *self,
                           const char       *path,
                           GError          **error)
{
  sqlite3 *copy = NULL;
  sqlite3_backup *backup = NULL;
  int code = SQLITE_ERROR;
  gboolean good;

  if (sqlite3_open_v2 (path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK)
    backup = sqlite3_backup_init (copy, "main", self->db, "main");
  if (backup != NULL)
    {
      do
        code = sqlite3_backup_step (backup, BACK_UP_PAGES);
      while (code == SQLITE_OK);
      sqlite3_backup_finish (backup);
    }

  good = code == SQLITE_DONE ? set_clean (copy, TRUE, error)
                             : _edge_db_fail (copy, error, "The copy of the ledger can't be written");
  sqlite3_close (copy);
  return good;
}
