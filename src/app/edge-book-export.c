/* edge-book-export.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-book-export.h"

#include "app/edge-toast.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

/* Saves what the ledger says of our account as CSV, where the person chooses. */

typedef struct
{
  EdgeBooks *books;
  GtkWidget *parent;
} Export;

static void
export_free (Export *export)
{
  g_clear_object (&export->books);
  g_clear_object (&export->parent);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
say (GtkWidget  *parent,
     const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (parent, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = edge_toast_new (text);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (toast));
  g_object_unref (toast);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Export) export = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    text = g_strdup_printf (_("Saved as %s"), name);
  else
    text = g_strdup_printf (_("Not saved: %s. Choose another folder."), error->message);
  say (export->parent, text);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Export) export = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr(GBytes) bytes = NULL;
  char *csv;

  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        say (export->parent, _("No file dialog could be opened"));
      return;
    }

  csv = edge_books_export_csv (export->books);
  bytes = g_bytes_new_take (csv, strlen (csv));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE,
                                       G_FILE_CREATE_REPLACE_DESTINATION, NULL, written_cb,
                                       g_steal_pointer (&export));
}

/**
 * edge_book_export:
 * @books: the ledger
 * @parent: where the dialog belongs, and the toast after it
 */
void
edge_book_export (EdgeBooks *books,
                  GtkWidget *parent)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr(GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  Export *export = g_new0 (Export, 1);

  g_return_if_fail (EDGE_IS_BOOKS (books));

  export->books = g_object_ref (books);
  export->parent = g_object_ref (parent);
  gtk_file_filter_set_name (filter, _("Tables (CSV)"));
  gtk_file_filter_add_suffix (filter, "csv");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _("Export Your Entries"));
  gtk_file_dialog_set_initial_name (dialog, _("edge-net-entries.csv"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (parent)), NULL, chosen_cb, export);
}
