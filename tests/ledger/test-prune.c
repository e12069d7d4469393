/* test-prune.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sqlite3.h>
#include <string.h>

#include "ledger-book.h"
#include "ledger/edge-ledger-private.h"
#include "ledger/edge-proof.h"

#define N_KEYS   8
#define N_WORLDS 12
#define KEEP     2

static LedgerBook *
open_book (LedgerWorld *world,
           gboolean     archive,
           guint        keep)
{
  LedgerBook *book = ledger_book_new ();

  book->pruned = !archive;
  book->keep = keep;
  ledger_book_open (book, ledger_world_event (world, 0)->text);
  return book;
}

/* The archive and the pruned ledger know the same events and say the same of each. */
static void
assert_same (LedgerBook *archive,
             LedgerBook *pruned)
{
  g_autoptr(GArray) all = NULL;
  g_autoptr(GArray) same = NULL;
  EdgeId roots[2];

  ledger_book_root (archive, &roots[0]);
  ledger_book_root (pruned, &roots[1]);
  g_assert_true (edge_id_equal (&roots[0], &roots[1]));
  all = edge_ledger_list (archive->ledger, NULL, 0, G_MAXUINT);
  same = edge_ledger_list (pruned->ledger, NULL, 0, G_MAXUINT);
  g_assert_cmpuint (all->len, ==, same->len);
  for (guint i = 0; i < all->len; i++)
    {
      const EdgeLedgerEntry *a = &g_array_index (all, EdgeLedgerEntry, i);
      const EdgeLedgerEntry *b = &g_array_index (same, EdgeLedgerEntry, i);

      g_assert_true (edge_id_equal (&a->id, &b->id));
      g_assert_true (edge_id_equal (&a->author, &b->author));
      g_assert_cmpuint (a->verdict, ==, b->verdict);
      g_assert_cmpuint (a->checkpoint, ==, b->checkpoint);
      g_assert_cmpuint (a->type, ==, b->type);
      g_assert_cmpuint (a->time, ==, b->time);
      g_assert_cmpuint (a->seq, ==, b->seq);
      g_assert_cmpuint (a->height, ==, b->height);
    }
}

static void
verify (LedgerBook *book)
{
  g_autoptr(GError) error = NULL;

  edge_ledger_verify (book->ledger, NULL, &error);
  g_assert_no_error (error);
}

/* One world, two ledgers: the same events and checkpoints in other orders, forks and
 * cheats among them, with restarts of the pruned one in between. */
static void
run_world (guint32 seed)
{
  g_autoptr(LedgerWorld) world = ledger_world_new (seed, N_KEYS, 3, seed % 3 == 0);
  g_autoptr(LedgerBook) archive = NULL;
  g_autoptr(LedgerBook) pruned = NULL;
  g_autoptr(GError) error = NULL;
  guint known = 1;
  guint n_closed = 0;

  archive = open_book (world, TRUE, 0);
  pruned = open_book (world, FALSE, seed % 2 == 0 ? KEEP : 0);
  for (guint round = 0; round < 6; round++)
    {
      EdgeCheckpoint checkpoint;
      g_autofree char *certificate = NULL;
      guint n_events;

      ledger_world_grow (world, 60);
      if (round == 3)
        ledger_world_heal (world);
      n_events = ledger_world_n_events (world);
      ledger_book_take (archive, world, known, n_events);
      ledger_book_take (pruned, world, known, n_events);
      known = n_events;
      assert_same (archive, pruned);

      /* Now and then all that is open is off or void. */
      if (edge_ledger_list_open_tips (archive->ledger, &checkpoint) == 0)
        continue;
      n_closed++;
      certificate = ledger_book_certify (archive, world, N_KEYS, &checkpoint);
      ledger_book_finish (archive, &checkpoint, certificate, &error);
      g_assert_no_error (error);
      ledger_book_finish (pruned, &checkpoint, certificate, &error);
      g_assert_no_error (error);
      assert_same (archive, pruned);
      verify (pruned);
      if (round % 2 == 1)
        {
          ledger_book_shut (pruned);
          ledger_book_open (pruned, NULL);
          assert_same (archive, pruned);
          verify (pruned);
        }
    }
  g_assert_cmpuint (edge_ledger_get_n_pruned (archive->ledger), ==, 0);
  g_assert_cmpuint (n_closed, >, pruned->keep);
  g_assert_cmpuint (edge_ledger_get_n_pruned (pruned->ledger), ==, n_closed - pruned->keep);

  /* Both prove the same. */
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autofree char *a = NULL;
      g_autofree char *b = NULL;
      EdgeId key;

      memcpy (key.bytes, edge_identity_get_public_key (ledger_world_identity (world, i)), EDGE_ID_SIZE);
      a = edge_ledger_dup_proof (archive->ledger, &key, &error);
      g_assert_no_error (error);
      b = edge_ledger_dup_proof (pruned->ledger, &key, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (a, ==, b);
    }
}

static void
test_same_verdicts (void)
{
  for (guint32 seed = 1; seed <= N_WORLDS; seed++)
    run_world (seed);
}

/* A pruned ledger of three checkpoints, whose bodies but those of the last are gone. */
static LedgerBook *
make_pruned (LedgerWorld *world)
{
  LedgerBook *book = open_book (world, FALSE, 1);
  guint known = 1;

  for (guint round = 0; round < 3; round++)
    {
      ledger_world_grow (world, 50);
      ledger_book_take (book, world, known, ledger_world_n_events (world));
      known = ledger_world_n_events (world);
      g_free (ledger_book_close (book, world, N_KEYS));
    }
  return book;
}

static void
test_says_what_is_missing (void)
{
  g_autoptr(LedgerWorld) world = ledger_world_new (5, N_KEYS, 3, FALSE);
  g_autoptr(LedgerBook) book = make_pruned (world);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto(GStrv) first = edge_ledger_dup_closed (book->ledger, 1, 1, 1 << 20);
  g_auto(GStrv) last = edge_ledger_dup_closed (book->ledger, 3, 0, 1 << 20);
  EdgeLedgerFigures figures;

  edge_ledger_get_figures (book->ledger, &figures);
  g_assert_cmpuint (edge_ledger_get_n_pruned (book->ledger), ==, 2);
  g_assert_cmpuint (g_strv_length (first), ==, 0);
  g_assert_cmpuint (g_strv_length (last), >, 0);
  text = edge_ledger_export (book->ledger, &error);
  g_assert_null (text);
  g_assert_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MISSING);
}

/* Chosen anew while it is open: it goes by that from the next checkpoint on, and opens again. */
static void
test_chosen_anew (void)
{
  g_autoptr(LedgerWorld) world = ledger_world_new (7, N_KEYS, 3, FALSE);
  g_autoptr(LedgerBook) book = open_book (world, TRUE, 1);
  guint known = 1;
  guint n_pruned[] = { 0, 0, 2, 3, 3, 3 };

  for (guint round = 0; round < G_N_ELEMENTS (n_pruned); round++)
    {
      if (round == 2 || round == 4)
        edge_ledger_set_archive (book->ledger, round == 4, 1);
      ledger_world_grow (world, 50);
      ledger_book_take (book, world, known, ledger_world_n_events (world));
      known = ledger_world_n_events (world);
      g_free (ledger_book_close (book, world, N_KEYS));
      g_assert_cmpuint (edge_ledger_get_n_pruned (book->ledger), ==, n_pruned[round]);
      g_assert_cmpint (edge_ledger_is_archive (book->ledger), ==, round < 2);
      verify (book);
    }

  ledger_book_shut (book);
  ledger_book_open (book, NULL);
  g_assert_cmpuint (edge_ledger_get_n_pruned (book->ledger), ==, 3);
  verify (book);
}

static void
tamper (LedgerBook *book,
        const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (book->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
}

/* What is kept is held against root and certificates. */
static void
test_verify_finds (void)
{
  static const char *const changes[] = {
    "UPDATE entries SET text = replace (text, '\"free\":\"', '\"free\":\"1')",
    "DELETE FROM entries WHERE name = (SELECT max (name) FROM entries WHERE name < 'n')",
    "UPDATE checkpoints SET body = replace (body, '\"count\":', '\"count\":1') WHERE n = 2",
    "UPDATE checkpoints SET certificate = NULL WHERE n = 3",
    "UPDATE checkpoints SET certificate = (SELECT certificate FROM checkpoints WHERE n = 2) WHERE n = 3",
    "DELETE FROM bones WHERE place = (SELECT max (place) FROM bones)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr(LedgerWorld) world = ledger_world_new (5, N_KEYS, 3, FALSE);
      g_autoptr(LedgerBook) book = make_pruned (world);
      g_autoptr(GError) error = NULL;

      verify (book);
      tamper (book, changes[i]);
      g_assert_false (edge_ledger_verify (book->ledger, NULL, &error));
      g_assert_nonnull (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/prune/same-verdicts", test_same_verdicts);
  g_test_add_func ("/ledger/prune/says-what-is-missing", test_says_what_is_missing);
  g_test_add_func ("/ledger/prune/chosen-anew", test_chosen_anew);
  g_test_add_func ("/ledger/prune/verify-finds", test_verify_finds);
  return g_test_run ();
}
