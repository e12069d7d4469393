/* test-books.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "books-world.h"
#include "ledger/edge-event-builder.h"
#include "node/edge-book-entry.h"
#include "node/edge-node-error.h"

#define N_VOID 1000

static guint64
amount (BooksWorld *self,
        const char *property)
{
  guint64 value;

  g_object_get (self->books, property, &value, NULL);
  return value;
}

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  BooksWorld *self = user_data;

  self->id = edge_books_issue_finish (EDGE_BOOKS (source), result, &self->error);
  self->done = TRUE;
}

static void
assert_done (BooksWorld *self)
{
  wait_for (self->done);
  g_assert_no_error (self->error);
  g_assert_cmpuint (strlen (self->id), ==, 43);
  g_clear_pointer (&self->id, g_free);
  self->done = FALSE;
}

static void
assert_refused (BooksWorld *self)
{
  wait_for (self->done);
  g_assert_error (self->error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_REFUSED);
  g_assert_null (self->id);
  g_clear_error (&self->error);
  self->done = FALSE;
}

static void
test_account (BooksWorld    *self,
              gconstpointer  data)
{
  gboolean member, joined;
  double multiplier, progress;

  g_assert_false (books_is_ready (self));
  g_assert_cmpuint (amount (self, "free"), ==, 0);
  wait_for (books_is_ready (self));
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
test_issue (BooksWorld    *self,
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

  wait_for (books_is_ready (self));
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
test_refusals (BooksWorld    *self,
               gconstpointer  data)
{
  const char *other = edge_identity_get_id (self->other);
  const char *own = edge_identity_get_id (self->identity);
  g_autoptr(EdgeIdentity) stranger = edge_identity_generate ();
  g_autofree char *long_memo = g_strnfill (257, 'x');

  wait_for (books_is_ready (self));
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
ingested_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  BooksWorld *self = user_data;
  g_autoptr(EdgeIngestResult) ingested = NULL;

  ingested = edge_ledger_ingest_finish (EDGE_LEDGER (source), result, &self->error);
  g_assert_no_error (self->error);
  g_assert_cmpuint (ingested->n_new, ==, N_VOID);
  self->done = TRUE;
}

static EdgeEvent *
issue (BooksWorld *self)
{
  g_autofree char *text = NULL;
  EdgeId id;

  edge_books_stake_async (self->books, EDGE_CREDIT, NULL, issued_cb, self);
  wait_for (self->done);
  g_assert_true (edge_id_parse (&id, self->id, -1));
  text = edge_ledger_dup_event (self->ledger, &id);
  assert_done (self);
  return edge_event_parse (text, strlen (text), NULL);
}

/* A new event builds upon the newest that is good, past any number that have no effect. */
static void
test_place (BooksWorld    *self,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(EdgeEvent) good = NULL;
  g_autoptr(EdgeEvent) next = NULL;
  EdgeEventPlace place = { 0 };
  EdgeId other;

  wait_for (books_is_ready (self));
  good = issue (self);
  memcpy (other.bytes, edge_identity_get_public_key (self->other), EDGE_ID_SIZE);
  place = (EdgeEventPlace) { good->net, good->id, { good->id }, 1, TRUE, good->seq, good->height,
                             good->time };
  for (guint i = 0; i < N_VOID; i++)
    {
      g_autofree char *body = edge_event_build_transfer (&other, 5000 * EDGE_CREDIT, NULL);
      g_autoptr(EdgeEvent) event = NULL;
      char *text;

      place.seq++;
      place.height++;
      place.time++;
      text = edge_event_build (self->identity, EDGE_EVENT_TRANSFER, &place, body);
      g_ptr_array_add (texts, text);
      event = edge_event_parse (text, strlen (text), NULL);
      place.prev = event->id;
      place.parents[0] = event->id;
    }
  g_ptr_array_add (texts, NULL);
  edge_ledger_ingest_async (self->ledger, (const char * const *) texts->pdata, 1 | EDGE_LEDGER_ASKED,
                            NULL, ingested_cb, self);
  wait_for (self->done);
  self->done = FALSE;

  next = issue (self);
  g_assert_cmpuint (next->seq, ==, good->seq + N_VOID + 1);
  g_assert_cmpuint (next->n_parents, ==, 1);
  g_assert_true (edge_id_equal (&next->parents[0], &good->id));
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  BooksWorld *self = user_data;

  g_assert_true (edge_books_verify_finish (EDGE_BOOKS (source), result, &self->error));
  g_assert_no_error (self->error);
  self->done = TRUE;
}

static void
test_verify (BooksWorld    *self,
             gconstpointer  data)
{
  g_autoptr(GArray) history = NULL;

  wait_for (books_is_ready (self));
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
  g_test_add ("/node/books/account", BooksWorld, NULL, books_set_up, test_account, books_tear_down);
  g_test_add ("/node/books/issue", BooksWorld, NULL, books_set_up, test_issue, books_tear_down);
  g_test_add ("/node/books/place", BooksWorld, NULL, books_set_up, test_place, books_tear_down);
  g_test_add ("/node/books/refusals", BooksWorld, NULL, books_set_up, test_refusals, books_tear_down);
  g_test_add ("/node/books/verify", BooksWorld, NULL, books_set_up, test_verify, books_tear_down);
  return g_test_run ();
}
