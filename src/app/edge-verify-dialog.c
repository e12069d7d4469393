/* edge-verify-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-verify-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <inttypes.h>

/* Checks every stored event again and says what came of it. Can be stopped. */

typedef struct
{
  AdwAlertDialog *dialog;
  GCancellable   *cancellable;
  GtkWidget      *spinner;
  guint64         n_events;
} Verification;

static void
verification_free (Verification *self)
{
  g_clear_object (&self->dialog);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->spinner);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Verification, verification_free)

static void
response_cb (GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Verification) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean good = edge_books_verify_finish (EDGE_BOOKS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_visible (self->spinner, FALSE);
  adw_alert_dialog_set_response_label (self->dialog, "close", _("_Close"));
  if (good)
    {
      adw_alert_dialog_set_heading (self->dialog, _("Everything Holds"));
      text = g_strdup_printf (ngettext (
                                "%'" PRIu64 " event read, its signature checked, "
                                "and every balance computed anew: the same as before.",
                                "%'" PRIu64 " events read, their signatures checked, "
                                "and every balance computed anew: the same as before.",
                                self->n_events), self->n_events);
    }
  else
    {
      adw_alert_dialog_set_heading (self->dialog, _("Something Is Wrong"));
      text = g_strdup_printf (_("%s\n\nWhat is stored on this computer differs from what was "
                                "written. Start the app again: it repairs the ledger from its "
                                "events, and from your peers where some are missing."),
                              error->message);
    }
  adw_alert_dialog_set_body (self->dialog, text);
}

/**
 * edge_verify_dialog_present:
 * @books: the ledger
 * @parent: where the dialog belongs
 */
void
edge_verify_dialog_present (EdgeBooks *books,
                            GtkWidget *parent)
{
  Verification *self = g_new0 (Verification, 1);
  g_autofree char *text = NULL;

  g_return_if_fail (EDGE_IS_BOOKS (books));

  g_object_get (books, "n-events", &self->n_events, NULL);
  text = g_strdup_printf (ngettext ("Reading %'" PRIu64 " event from the disk.",
                                    "Reading %'" PRIu64 " events from the disk.",
                                    self->n_events), self->n_events);
  self->cancellable = g_cancellable_new ();
  self->dialog = g_object_ref_sink (ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Checking"), text)));
  self->spinner = g_object_ref_sink (adw_spinner_new ());
  gtk_widget_set_size_request (self->spinner, 32, 32);
  adw_alert_dialog_set_extra_child (self->dialog, self->spinner);
  adw_alert_dialog_add_response (self->dialog, "close", _("_Stop"));
  adw_alert_dialog_set_close_response (self->dialog, "close");
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (response_cb), self->cancellable,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (self->dialog), parent);
  edge_books_verify_async (books, self->cancellable, verified_cb, self);
}
