/* test-store.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sqlite3.h>
#include <string.h>

#include "ledger/edge-ledger-store.h"
#include "ledger-book.h"

#define N_EVENTS 200

typedef struct
{
  LedgerWorld *world;
  LedgerBook  *book;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->world = ledger_world_new (11, 6, 3, FALSE);
  ledger_world_grow (self->world, N_EVENTS);
  self->book = ledger_book_new ();
  ledger_book_open (self->book, ledger_world_event (self->world, 0)->text);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_pointer (&self->book, ledger_book_free);
  g_clear_pointer (&self->world, ledger_world_free);
}

static void
change_file (Fixture    *self,
             const char *sql)
{
  g_autofree char *fault = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (self->book->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &fault);
  g_assert_cmpstr (fault, ==, NULL);
  sqlite3_close (db);
}

static guint64
count_rows (Fixture *self)
{
  g_autoptr(EdgeLedgerStore) store = edge_ledger_store_open (self->book->path, NULL);

  g_assert_nonnull (store);
  return edge_ledger_store_count_events (store);
}

static void
assert_whole (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < ledger_world_n_events (self->world); i++)
    {
      EdgeEvent *event = ledger_world_event (self->world, i);
      g_autofree char *text = edge_ledger_dup_event (self->book->ledger, &event->id);

      g_assert_cmpstr (text, ==, event->text);
    }
  edge_ledger_verify (self->book->ledger, NULL, &error);
  g_assert_no_error (error);
}

/* A file of the version that kept an index over ids is read, and written anew without. */
static void
test_index_of_ids (Fixture       *self,
                   gconstpointer  data)
{
  guint n_events = ledger_world_n_events (self->world);

  ledger_book_take (self->book, self->world, 1, n_events);
  ledger_book_shut (self->book);
  change_file (self, "ALTER TABLE events RENAME TO texts;"
               "CREATE TABLE events (place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
               " jws TEXT NOT NULL);"
               "INSERT INTO events SELECT place + 7, randomblob (32), jws FROM texts;"
               "DROP TABLE texts;"
               "PRAGMA user_version = 2");
  ledger_book_open (self->book, NULL);
  assert_whole (self);
  ledger_book_shut (self->book);
  g_assert_cmpuint (count_rows (self), ==, n_events);
}

/* What the file has but can't be in the DAG yet is not stored again when it comes again. */
static void
test_stray (Fixture       *self,
            gconstpointer  data)
{
  guint n_events = ledger_world_n_events (self->world);
  guint n_fewer = 0;
  EdgeLedgerFigures figures;

  ledger_book_take (self->book, self->world, 1, n_events);
  ledger_book_shut (self->book);
  change_file (self, "DELETE FROM events WHERE place = 20");

  ledger_book_open (self->book, NULL);
  edge_ledger_get_figures (self->book->ledger, &figures);
  n_fewer = n_events - figures.n_events;
  g_assert_cmpuint (n_fewer, >, 1);
  ledger_book_take (self->book, self->world, 1, n_events);
  assert_whole (self);
  ledger_book_shut (self->book);
  g_assert_cmpuint (count_rows (self), ==, n_events);

  ledger_book_open (self->book, NULL);
  assert_whole (self);
}

/* Damages what nobody reads on opening, so that it is found in the background. */
#define DAMAGE "PRAGMA writable_schema = ON;" \
               "DELETE FROM sqlite_master WHERE name = 'notes_n';" \
               "UPDATE state SET value = '0' WHERE name = 'clean'"

static void
open_and_repair (Fixture *self)
{
  g_autofree char *damaged = g_strconcat (self->book->path, ".damaged", NULL);

  ledger_book_open (self->book, ledger_world_event (self->world, 0)->text);
  while (!g_file_test (damaged, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);
}

/* Nor is it where the file is made anew meanwhile. */
static void
test_stray_repaired (Fixture       *self,
                     gconstpointer  data)
{
  guint n_events = ledger_world_n_events (self->world);

  ledger_book_take (self->book, self->world, 1, n_events);
  ledger_book_shut (self->book);
  change_file (self, "DELETE FROM events WHERE place = 20;" DAMAGE);

  open_and_repair (self);
  ledger_book_take (self->book, self->world, 1, n_events);
  assert_whole (self);
  ledger_book_shut (self->book);
  g_assert_cmpuint (count_rows (self), ==, n_events);
}

/* A file made anew may lack the genesis, which is known. */
static void
test_lost_genesis (Fixture       *self,
                   gconstpointer  data)
{
  guint n_events = ledger_world_n_events (self->world);

  ledger_book_take (self->book, self->world, 1, n_events);
  ledger_book_shut (self->book);
  change_file (self, "DELETE FROM events WHERE place = 1");

  ledger_book_open (self->book, ledger_world_event (self->world, 0)->text);
  assert_whole (self);
  ledger_book_shut (self->book);
  change_file (self, "DELETE FROM events WHERE place = 1;" DAMAGE);

  open_and_repair (self);
  assert_whole (self);
  ledger_book_shut (self->book);
  ledger_book_open (self->book, NULL);
  assert_whole (self);
  ledger_book_shut (self->book);
  g_assert_cmpuint (count_rows (self), ==, n_events);
}

static gboolean
check_place_cb (guint64     number,
                const char *text,
                gsize       length,
                gpointer    user_data)
{
  Fixture *self = user_data;

  g_assert_cmpstr (text, ==, ledger_world_event (self->world, (guint) number - 1)->text);
  return TRUE;
}

/* What is saved of a damaged file stays in its order, though read from both ends. */
static void
test_places_saved (Fixture       *self,
                   gconstpointer  data)
{
  guint n_events = ledger_world_n_events (self->world);
  g_autoptr(EdgeLedgerStore) store = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *content = NULL;
  gsize length;
  guint64 n_saved;

  ledger_book_take (self->book, self->world, 1, n_events);
  ledger_book_shut (self->book);
  g_assert_true (g_file_get_contents (self->book->path, &content, &length, NULL));
  memset (content + length / 2, 0xa5, 8192);
  g_assert_true (g_file_set_contents (self->book->path, content, (gssize) length, NULL));

  g_assert_true (edge_ledger_store_repair (self->book->path, &n_saved, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_saved, >, n_events / 2);
  g_assert_cmpuint (n_saved, <, n_events);
  store = edge_ledger_store_open (self->book->path, &error);
  g_assert_no_error (error);
  g_assert_true (edge_ledger_store_load_events (store, check_place_cb, self, &error));
  g_assert_no_error (error);
}

/* What was not stored has no place, and gets one when it is stored later. */
static void
test_not_stored (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  g_autoptr(EdgeLedgerStore) store = NULL;
  g_autoptr(GError) error = NULL;

  ledger_book_shut (self->book);
  change_file (self, "CREATE TRIGGER full BEFORE INSERT ON events"
               " WHEN (SELECT count (*) FROM events) = 3"
               " BEGIN SELECT RAISE (ABORT, 'full'); END");
  for (guint i = 1; i < 5; i++)
    g_ptr_array_add (events, edge_event_ref (ledger_world_event (self->world, i)));

  store = edge_ledger_store_open (self->book->path, &error);
  g_assert_no_error (error);
  g_assert_false (edge_ledger_store_add_events (store, events, &error));
  g_assert_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_STORE);
  for (guint i = 0; i < events->len; i++)
    g_assert_cmpuint (((EdgeEvent *) events->pdata[i])->place, ==, 0);
  g_assert_cmpuint (edge_ledger_store_count_events (store), ==, 1);
  g_clear_error (&error);

  change_file (self, "DROP TRIGGER full");
  g_assert_true (edge_ledger_store_add_events (store, events, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++)
    g_assert_cmpuint (((EdgeEvent *) events->pdata[i])->place, ==, i + 2);
  g_assert_true (edge_ledger_store_load_events (store, check_place_cb, self, &error));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/store/index-of-ids", Fixture, NULL, set_up, test_index_of_ids, tear_down);
  g_test_add ("/ledger/store/stray", Fixture, NULL, set_up, test_stray, tear_down);
  g_test_add ("/ledger/store/stray-repaired", Fixture, NULL, set_up, test_stray_repaired, tear_down);
  g_test_add ("/ledger/store/lost-genesis", Fixture, NULL, set_up, test_lost_genesis, tear_down);
  g_test_add ("/ledger/store/places-saved", Fixture, NULL, set_up, test_places_saved, tear_down);
  g_test_add ("/ledger/store/not-stored", Fixture, NULL, set_up, test_not_stored, tear_down);
  return g_test_run ();
}
