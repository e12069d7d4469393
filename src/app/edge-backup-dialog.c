/* edge-backup-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-backup-dialog.h"

#include "app/edge-backup-page.h"
#include "app/edge-dialog-fit.h"
#include "app/edge-qr-view.h"
#include "app/edge-toast.h"
#include "identity/edge-key-text.h"
#include "identity/edge-key-vault.h"
#include "node/edge-backup-reader.h"

#include <glib/gi18n.h>

/**
 * EdgeBackupDialog:
 *
 * Makes a backup of the identity: asks for a passphrase, then offers it as a
 * file, as a page to print or keep as PDF, and as a code for another screen.
 */

#define MIN_PASSPHRASE 8

/* A dialog keeps the height of its first page; the code needs more. */
#define MADE_HEIGHT    652

struct _EdgeBackupDialog
{
  AdwDialog     parent_instance;

  GtkWidget    *toasts;
  GtkWidget    *navigation;
  GtkWidget    *passphrase_row;
  GtkWidget    *again_row;
  GtkWidget    *ask_box;
  GtkWidget    *fault_label;
  GtkWidget    *make_button;
  GtkWidget    *qr;
  GtkWidget    *file_row;

  EdgeNode     *node;
  GBytes       *vault;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (EdgeBackupDialog, edge_backup_dialog, ADW_TYPE_DIALOG)

static void
show_toast (EdgeBackupDialog *self,
            const char       *text)
{
  AdwToast *toast = edge_toast_new (text);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
changed_cb (EdgeBackupDialog *self)
{
  const char *passphrase = get_text (self->passphrase_row);
  const char *again = get_text (self->again_row);
  glong length = g_utf8_strlen (passphrase, -1);
  gboolean differs = !g_str_equal (passphrase, again);
  const char *fault = NULL;

  if (length > 0 && length < MIN_PASSPHRASE)
    fault = _("At least 8 characters. Four or five words that do not belong together are good.");
  else if (*again != '\0' && differs && !g_str_has_prefix (passphrase, again))
    fault = _("The two are not the same.");

  gtk_label_set_label (GTK_LABEL (self->fault_label), fault != NULL ? fault : "");
  gtk_widget_set_visible (self->fault_label, fault != NULL);
  edge_dialog_fit (ADW_DIALOG (self), self->ask_box);
  gtk_widget_set_sensitive (self->make_button, length >= MIN_PASSPHRASE && !differs);
}

static void
show_made (EdgeBackupDialog *self)
{
  g_autofree char *text = edge_key_text_write (self->vault);

  gtk_editable_set_text (GTK_EDITABLE (self->passphrase_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->again_row), "");
  edge_qr_view_set_text (EDGE_QR_VIEW (self->qr), text);
  adw_dialog_set_content_height (ADW_DIALOG (self), MADE_HEIGHT);
  adw_navigation_view_replace_with_tags (ADW_NAVIGATION_VIEW (self->navigation),
                                         (const char *[]) { "made" }, 1);
  gtk_widget_grab_focus (self->file_row);
}

static void
sealed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeBackupDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) vault = edge_key_vault_seal_finish (result, &error);
  g_autofree char *words = NULL;

  if (self->node == NULL)
    return;
  if (vault != NULL)
    {
      self->vault = g_steal_pointer (&vault);
      show_made (self);
      return;
    }

  words = edge_backup_reader_words (error);
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (self->navigation));
  gtk_label_set_label (GTK_LABEL (self->fault_label), words);
  gtk_widget_set_visible (self->fault_label, TRUE);
  edge_dialog_fit (ADW_DIALOG (self), self->ask_box);
}

static void
make_cb (EdgeBackupDialog *self)
{
  if (!gtk_widget_get_sensitive (self->make_button))
    return;

  adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (self->navigation), "busy");
  edge_key_vault_seal_async (edge_node_get_identity (self->node), get_text (self->passphrase_row),
                             self->cancellable, sealed_cb, g_object_ref (self));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(EdgeBackupDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    show_toast (self, _("Backup saved. Try it once: Restore shows whose it is before it does anything."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_toast (self, error->message);
}

static EdgeBackupPage *
make_page (EdgeBackupDialog *self)
{
  g_autofree char *text = edge_key_text_write (self->vault);
  g_autofree char *name = NULL;

  g_object_get (self->node, "name", &name, NULL);
  return edge_backup_page_new (edge_node_get_id (self->node), name, text);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeBackupDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autoptr(GBytes) content = NULL;

  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
          !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_toast (self, error->message);
      return;
    }

  if (g_object_get_data (source, "edge-pdf") != NULL)
    {
      g_autoptr(EdgeBackupPage) page = make_page (self);

      content = edge_backup_page_pdf (page, &error);
    }
  else
    content = g_bytes_ref (self->vault);
  if (content == NULL)
    {
      show_toast (self, error->message);
      return;
    }

  g_file_replace_contents_bytes_async (file, content, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       self->cancellable, written_cb, g_object_ref (self));
}

static void
ask_file (EdgeBackupDialog *self,
          gboolean          pdf)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, pdf ? _("Save the Page") : _("Save the Backup"));
  gtk_file_dialog_set_initial_name (dialog, pdf ? _("edge-net-identity.pdf")
                                                : _("edge-net-identity.backup"));
  if (pdf)
    g_object_set_data (G_OBJECT (dialog), "edge-pdf", GINT_TO_POINTER (1));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                        self->cancellable, chosen_cb, g_object_ref (self));
}

static void
save_file_cb (EdgeBackupDialog *self)
{
  ask_file (self, FALSE);
}

static void
save_page_cb (EdgeBackupDialog *self)
{
  ask_file (self, TRUE);
}

static void
print_cb (EdgeBackupDialog *self)
{
  g_autoptr(EdgeBackupPage) page = make_page (self);
  g_autoptr(GError) error = NULL;

  if (!edge_backup_page_print (page, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &error))
    {
      g_debug ("Not printed: %s", error->message);
      show_toast (self, _("It could not be printed. Save it as PDF and print that."));
    }
}

static void
edge_backup_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (EDGE_BACKUP_DIALOG (dialog)->cancellable);
}

static void
edge_backup_dialog_dispose (GObject *object)
{
  EdgeBackupDialog *self = EDGE_BACKUP_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_BACKUP_DIALOG);
  g_clear_object (&self->node);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->vault, g_bytes_unref);

  G_OBJECT_CLASS (edge_backup_dialog_parent_class)->dispose (object);
}

static void
edge_backup_dialog_class_init (EdgeBackupDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = edge_backup_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = edge_backup_dialog_closed;

  g_type_ensure (EDGE_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-backup-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeBackupDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, EdgeBackupDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, EdgeBackupDialog, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeBackupDialog, again_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeBackupDialog, ask_box);
  gtk_widget_class_bind_template_child (widget_class, EdgeBackupDialog, fault_label);
  gtk_widget_class_bind_template_child (widget_class, EdgeBackupDialog, make_button);
  gtk_widget_class_bind_template_child (widget_class, EdgeBackupDialog, qr);
  gtk_widget_class_bind_template_child (widget_class, EdgeBackupDialog, file_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
}

static void
edge_backup_dialog_init (EdgeBackupDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_backup_dialog_new:
 * @node: a node that has its identity
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_backup_dialog_new (EdgeNode *node)
{
  EdgeBackupDialog *self = g_object_new (EDGE_TYPE_BACKUP_DIALOG, NULL);

  self->node = g_object_ref (node);
  return ADW_DIALOG (self);
}
