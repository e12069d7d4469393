/* test-import.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger-book.h"
#include "ledger/edge-ledger-import.h"

#include <glib/gstdio.h>

#define LIMIT_SECONDS 120
/* More than wait for others at once. */
#define N_EVENTS      1500

static void
keep_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static EdgeIngestResult *
import_text (LedgerBook  *book,
             const char  *text,
             GError     **error)
{
  g_autofree char *path = g_build_filename (book->folder, "import.json", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  gint64 limit = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC;
  EdgeIngestResult *ingest;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  edge_ledger_import_async (book->ledger, path, NULL, keep_cb, &result);
  while (result == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, TRUE);
    }
  ingest = edge_ledger_import_finish (book->ledger, result, error);
  g_assert_cmpint (g_remove (path), ==, 0);
  return ingest;
}

/* The last event first, and each of them twice: one pass lets all in. */
static void
test_backwards (void)
{
  g_autoptr(LedgerBook) book = ledger_book_new ();
  g_autoptr(LedgerWorld) world = ledger_world_new (4, 8, 1, FALSE);
  g_autoptr(GString) text = g_string_new ("{\"events\":[17,\"no event\"");
  g_autoptr(EdgeIngestResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint n;

  ledger_world_grow (world, N_EVENTS);
  n = ledger_world_n_events (world);
  for (guint i = 2 * n; i > 0; i--)
    g_string_append_printf (text, ",\"%s\"", ledger_world_event (world, (i - 1) % n)->text);
  g_string_append (text, "]}");

  ledger_book_open (book, ledger_world_event (world, 0)->text);
  result = import_text (book, text->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_new, ==, n - 1);
  g_assert_cmpuint (result->n_known, ==, n + 1);
  g_assert_cmpuint (result->n_held, ==, 0);
  g_assert_cmpuint (result->n_bad, ==, 2);
  g_assert_nonnull (result->fault);
  ledger_book_shut (book);
}

/* What builds upon an event that is not in the file stays out. */
static void
test_gap (void)
{
  g_autoptr(LedgerBook) book = ledger_book_new ();
  g_autoptr(LedgerWorld) world = ledger_world_new (5, 4, 1, FALSE);
  g_autoptr(GString) text = g_string_new ("{\"events\":[");
  g_autoptr(EdgeIngestResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint n;

  ledger_world_grow (world, 50);
  n = ledger_world_n_events (world);
  for (guint i = 2; i < n; i++)
    g_string_append_printf (text, "%s\"%s\"", i > 2 ? "," : "", ledger_world_event (world, i)->text);
  g_string_append (text, "]}");

  ledger_book_open (book, ledger_world_event (world, 0)->text);
  result = import_text (book, text->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_held, >, 0);
  g_assert_cmpuint (result->n_new + result->n_held, ==, n - 2);
  g_assert_cmpuint (result->n_bad, ==, 0);
  ledger_book_shut (book);
}

static void
test_not_a_file (void)
{
  static const char *const texts[] = { "", "[]", "{}", "{\"events\":{}}", "{\"events\":[" };
  g_autoptr(LedgerBook) book = ledger_book_new ();
  g_autoptr(LedgerWorld) world = ledger_world_new (6, 2, 1, FALSE);

  ledger_book_open (book, ledger_world_event (world, 0)->text);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(EdgeIngestResult) result = import_text (book, texts[i], &error);

      g_assert_null (result);
      g_assert_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED);
    }
  ledger_book_shut (book);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ledger/import/backwards", test_backwards);
  g_test_add_func ("/ledger/import/gap", test_gap);
  g_test_add_func ("/ledger/import/not-a-file", test_not_a_file);
  return g_test_run ();
}
