/* test-event-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-event-dialog.h"

#include <string.h>

#include "../node/books-world.h"
#include "app/edge-book-words.h"
#include "app/edge-transfer-dialog.h"
#include "ledger/edge-event-builder.h"

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  BooksWorld *self = user_data;

  self->id = edge_books_issue_finish (EDGE_BOOKS (source), result, &self->error);
  g_assert_no_error (self->error);
  self->done = TRUE;
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
  g_assert_cmpuint (ingested->n_new, ==, 1);
  self->done = TRUE;
}

/* The same key pays from the same place in its chain on another computer. */
static void
pay_elsewhere (BooksWorld *self,
               const char *id)
{
  g_autofree char *jws = NULL;
  g_autofree char *body = NULL;
  g_autofree char *rival = NULL;
  g_autoptr(EdgeEvent) event = NULL;
  const char *texts[2] = { NULL };
  EdgeEventPlace place = { 0 };
  EdgeId key;

  g_assert_true (edge_id_parse (&key, id, -1));
  jws = edge_ledger_dup_event (self->ledger, &key);
  event = edge_event_parse (jws, strlen (jws), NULL);
  place.net = event->net;
  place.prev = event->prev;
  place.has_prev = event->has_prev;
  place.n_parents = event->n_parents;
  memcpy (place.parents, event->parents, sizeof place.parents);
  place.seq = event->seq;
  place.height = event->height;
  place.time = event->time + 1;
  memcpy (key.bytes, edge_identity_get_public_key (self->other), EDGE_ID_SIZE);
  body = edge_event_build_transfer (&key, 7 * EDGE_CREDIT, "for the other boat");
  rival = edge_event_build (self->identity, EDGE_EVENT_TRANSFER, &place, body);
  texts[0] = rival;
  edge_ledger_ingest_async (self->ledger, texts, 1, NULL, ingested_cb, self);
  wait_for (self->done);
  self->done = FALSE;
}

static GObject *
find_payment (BooksWorld *self,
              gboolean    off)
{
  g_autoptr(GListModel) entries = NULL;

  g_object_get (self->books, "entries", &entries, NULL);
  for (guint i = 0; entries != NULL && i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr(GObject) entry = g_list_model_get_item (entries, i);
      g_auto(EdgeBookInfo) info = { 0 };

      edge_book_info_read (&info, entry);
      if (g_str_equal (info.type, "transfer") && (info.state == EDGE_BOOK_STATE_OFF) == off)
        return g_steal_pointer (&entry);
    }
  return NULL;
}

static GtkWidget *
find_widget (GtkWidget  *top,
             GType       type,
             const char *title)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (top, type) &&
      (title == NULL || g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (top)), title)))
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
text_of (GtkWidget  *dialog,
         const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (find_widget (dialog, ADW_TYPE_ENTRY_ROW, title)));
}

/* Of two payments from one place in the chain one has no effect: it can be sent anew. */
static void
test_send_anew (BooksWorld    *self,
                gconstpointer  data)
{
  const char *own = edge_identity_get_id (self->identity);
  GtkWindow *window = g_object_ref_sink (g_object_new (ADW_TYPE_WINDOW, NULL));
  g_autoptr(GObject) lost = NULL;
  g_autoptr(GObject) kept = NULL;
  g_auto(EdgeBookInfo) info = { 0 };
  GtkWidget *dialog, *row, *transfer;

  wait_for (books_is_ready (self));
  edge_books_transfer_async (self->books, edge_identity_get_id (self->other), 5 * EDGE_CREDIT,
                             "for the boat", NULL, issued_cb, self);
  wait_for (self->done);
  self->done = FALSE;
  pay_elsewhere (self, self->id);
  wait_for ((lost = find_payment (self, TRUE)) != NULL);
  kept = find_payment (self, FALSE);
  gtk_window_present (window);

  dialog = edge_event_dialog_new (G_OBJECT (self->books), NULL, own);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  edge_event_dialog_show_entry (EDGE_EVENT_DIALOG (dialog), kept);
  g_assert_null (find_widget (dialog, ADW_TYPE_BUTTON_ROW, NULL));
  adw_dialog_force_close (ADW_DIALOG (dialog));

  dialog = edge_event_dialog_new (G_OBJECT (self->books), NULL, own);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  edge_event_dialog_show_entry (EDGE_EVENT_DIALOG (dialog), lost);
  row = find_widget (dialog, ADW_TYPE_BUTTON_ROW, NULL);
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activated");

  wait_for ((transfer = find_widget (GTK_WIDGET (window), EDGE_TYPE_TRANSFER_DIALOG, NULL)) != NULL);
  edge_book_info_read (&info, lost);
  g_assert_cmpstr (text_of (transfer, "Key, 43 characters"), ==, edge_identity_get_id (self->other));
  g_assert_cmpstr (text_of (transfer, "Credits"), ==, info.amount == 5 * EDGE_CREDIT ? "5.00" : "7.00");
  g_assert_cmpstr (text_of (transfer, "Memo, which everybody can read (optional)"), ==,
                   info.amount == 5 * EDGE_CREDIT ? "for the boat" : "for the other boat");
  gtk_window_destroy (window);
  g_object_unref (window);
  g_free (self->id);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_test_add ("/app/event-dialog/send-anew", BooksWorld, NULL, books_set_up, test_send_anew,
              books_tear_down);
  return g_test_run ();
}
