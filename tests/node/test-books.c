/* test-books.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "node/edge-book-entry.h"
#include "node/edge-books.h"
#include "node/edge-node-error.h"

/* A real ledger in a file, without links. */

typedef struct
{
  EdgeIdentity *identity;
  EdgeIdentity *other;
  EdgeLedger   *ledger;
  EdgeBooks    *books;
  char         *folder;
  char         *path;
  gboolean      done;
  char         *id;
  GError       *error;
} Fixture;

#define wait_for(condition) \
  G_STMT_START { \
    gint64 limit_ = g_get_monotonic_time () + 30 * G_USEC_PER_SEC; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, limit_); \
        g_main_context_iteration (NULL, TRUE); \
      } \
  } G_STMT_END

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;

  edge_ledger_open_finish (EDGE_LEDGER (source), result, &self->error);
  g_assert_no_error (self->error);
  self->done = TRUE;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;

  edge_ledger_close_finish (EDGE_LEDGER (source), result, &self->error);
  g_assert_no_error (self->error);
  self->done = TRUE;
}

static guint64
amount (Fixture    *self,
        const char *property)
{
  guint64 value;

  g_object_get (self->books, property, &value, NULL);
  return value;
}

static char *
make_genesis (Fixture *self)
{
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];

  edge_genesis_init (&genesis, "test");
  genesis.n_validators = 1;
  genesis.n_grants = 1;
  memcpy (genesis.validators[0].bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
  genesis.grants[0] = (EdgeGrant) { genesis.validators[0], 1000 * EDGE_CREDIT };
  memcpy (genesis.validators[0].bytes, edge_identity_get_public_key (self->other), EDGE_ID_SIZE);
  edge_identity_copy_seed (self->identity, seed);
  return edge_genesis_sign (&genesis, (guint64) (g_get_real_time () / 1000) - 1000, seed);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autofree char *genesis = NULL;
  EdgeId key;

  self->identity = edge_identity_generate ();
  self->other = edge_identity_generate ();
  self->folder = g_dir_make_tmp ("edge-books-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "net.sqlite", NULL);
  genesis = make_genesis (self);
  memcpy (key.bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
  self->ledger = edge_ledger_new (self->path);
  edge_ledger_watch (self->ledger, &key);
  edge_ledger_open_async (self->ledger, genesis, NULL, opened_cb, self);
  wait_for (self->done);
  self->done = FALSE;
  self->books = edge_books_new (self->ledger, self->identity, NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_object_run_dispose (G_OBJECT (self->books));
  g_clear_object (&self->books);
  edge_ledger_close_async (self->ledger, NULL, closed_cb, self);
  wait_for (self->done);
  g_clear_object (&self->ledger);
  g_assert_cmpint (g_remove (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_clear_object (&self->identity);
  g_clear_object (&self->other);
  g_free (self->folder);
  g_free (self->path);
}

static gboolean
is_ready (Fixture *self)
{
  gboolean ready;

  g_object_get (self->books, "ready", &ready, NULL);
  return ready;
}

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;

  self->id = edge_books_issue_finish (EDGE_BOOKS (source), result, &self->error);
  self->done = TRUE;
}

static void
assert_done (Fixture *self)
{
  wait_for (self->done);
  g_assert_no_error (self->error);
  g_assert_cmpuint (strlen (self->id), ==, 43);
  g_clear_pointer (&self->id, g_free);
  self->done = FALSE;
}

static void
assert_refused (Fixture *self)
{
  wait_for (self->done);
  g_assert_error (self->error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_REFUSED);
  g_assert_null (self->id);
  g_clear_error (&self->error);
  self->done = FALSE;
}

static void
test_account (Fixture       *self,
              gconstpointer  data)
{
  gboolean member, joined;
  double multiplier, progress;

  g_assert_false (is_ready (self));
  g_assert_cmpuint (amount (self, "free"), ==, 0);
  wait_for (is_ready (self));
  g_object_get (self->books, "member", &member, "joined", &joined, "multiplier", &multiplier,
                "join-progress", &progress, NULL);
  g_assert_true (member);
  g_assert_true (joined);
  g_assert_cmpfloat (multiplier, ==, 10);
  g_assert_true (isnan (progress));
  g_assert_cmpuint (amount (self, "free"), ==, 1000 * EDGE_CREDIT);
  g_assert_cmpuint (amount (self, "welcome"), ==, 100 * EDGE_CREDIT);
  g_assert_cmpuint (amount (self, "n-events"), ==, 1);
  g_assert_cmpuint (amount (self, "max-bonus"), ==, 10);
  g_assert_cmpuint (amount (self, "earned"), ==, 0);
}

static void
test_issue (Fixture       *self,
            gconstpointer  data)
{
  const char *other = edge_identity_get_id (self->other);
  g_autoptr(GListModel) entries = NULL;
  g_autoptr(GListModel) unlocks = NULL;
  g_autoptr(EdgeBookEntry) newest = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *type = NULL;
  guint64 fee = EDGE_CREDIT / 1000;
  guint64 when, what;

  wait_for (is_ready (self));
  edge_books_transfer_async (self->books, other, 5 * EDGE_CREDIT, "hello", NULL, issued_cb, self);
  assert_done (self);
  edge_books_stake_async (self->books, 60 * EDGE_CREDIT, NULL, issued_cb, self);
  assert_done (self);
  edge_books_unstake_async (self->books, 20 * EDGE_CREDIT, NULL, issued_cb, self);
  assert_done (self);
  wait_for (amount (self, "n-events") == 4);

  g_assert_cmpuint (amount (self, "free"), ==, 935 * EDGE_CREDIT - fee);
  g_assert_cmpuint (amount (self, "own-stake"), ==, 40 * EDGE_CREDIT);
  g_assert_cmpuint (amount (self, "leaving"), ==, 20 * EDGE_CREDIT);

  g_object_get (self->books, "entries", &entries, "unlocks", &unlocks, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (entries), ==, 4);
  newest = g_list_model_get_item (entries, 0);
  g_object_get (newest, "type", &type, "amount", &what, "place", &when, NULL);
  g_assert_cmpstr (type, ==, "unstake");
  g_assert_cmpuint (what, ==, 20 * EDGE_CREDIT);
  g_assert_cmpuint (when, ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (unlocks), ==, 1);

  csv = edge_books_export_csv (self->books);
  g_assert_nonnull (strstr (csv, ",transfer,5,"));
  g_assert_nonnull (strstr (csv, other));
}

static void
test_refusals (Fixture       *self,
               gconstpointer  data)
{
  const char *other = edge_identity_get_id (self->other);
  const char *own = edge_identity_get_id (self->identity);
  g_autoptr(EdgeIdentity) stranger = edge_identity_generate ();
  g_autofree char *long_memo = g_strnfill (257, 'x');

  wait_for (is_ready (self));
  edge_books_transfer_async (self->books, other, 1000 * EDGE_CREDIT, NULL, NULL, issued_cb, self);
  assert_refused (self);
  edge_books_transfer_async (self->books, other, 0, NULL, NULL, issued_cb, self);
  assert_refused (self);
  edge_books_transfer_async (self->books, own, 1, NULL, NULL, issued_cb, self);
  assert_refused (self);
  edge_books_transfer_async (self->books, "nobody", 1, NULL, NULL, issued_cb, self);
  assert_refused (self);
  edge_books_transfer_async (self->books, edge_identity_get_id (stranger), 1, NULL, NULL, issued_cb,
                             self);
  assert_refused (self);
  edge_books_transfer_async (self->books, other, 1, long_memo, NULL, issued_cb, self);
  assert_refused (self);
  edge_books_transfer_async (self->books, other, 1, "a\nb", NULL, issued_cb, self);
  assert_refused (self);
  edge_books_stake_async (self->books, 1001 * EDGE_CREDIT, NULL, issued_cb, self);
  assert_refused (self);
  edge_books_unstake_async (self->books, 1, NULL, issued_cb, self);
  assert_refused (self);
  g_assert_cmpuint (amount (self, "n-events"), ==, 1);
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *self = user_data;

  g_assert_true (edge_books_verify_finish (EDGE_BOOKS (source), result, &self->error));
  g_assert_no_error (self->error);
  self->done = TRUE;
}

static void
test_verify (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(GArray) history = NULL;

  wait_for (is_ready (self));
  edge_books_stake_async (self->books, EDGE_CREDIT, NULL, issued_cb, self);
  assert_done (self);
  edge_books_verify_async (self->books, NULL, verified_cb, self);
  wait_for (self->done);
  self->done = FALSE;

  history = edge_books_dup_history (self->books, 3600000, 24);
  g_assert_cmpuint (history->len, ==, 24);
  for (guint i = 0; i < history->len; i++)
    g_assert_cmpuint (g_array_index (history, guint64, i), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/node/books/account", Fixture, NULL, set_up, test_account, tear_down);
  g_test_add ("/node/books/issue", Fixture, NULL, set_up, test_issue, tear_down);
  g_test_add ("/node/books/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  g_test_add ("/node/books/verify", Fixture, NULL, set_up, test_verify, tear_down);
  return g_test_run ();
}
