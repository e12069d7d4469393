/* edge-restore-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-restore-dialog.h"

#include "app/edge-credits.h"
#include "app/edge-dialog-fit.h"
#include "app/edge-scan-dialog.h"
#include "app/edge-seal.h"
#include "app/edge-words-grid.h"
#include "identity/edge-key-vault.h"
#include "node/edge-backup-reader.h"

#include <glib/gi18n.h>

/**
 * EdgeRestoreDialog:
 *
 * Puts another identity in the place of the one that is used: one from a
 * backup, or a new one. Shows whose it is and says what becomes of the one
 * that is there, before anything happens.
 */

#define MIN_PASSPHRASE 8

struct _EdgeRestoreDialog
{
  AdwDialog           parent_instance;

  GtkWidget          *navigation;
  GtkWidget          *explanation;
  GtkWidget          *passphrase_row;
  GtkWidget          *again_row;
  GtkWidget          *fault_label;
  GtkWidget          *open_button;
  GtkWidget          *ask_box;
  GtkWidget          *found_box;
  GtkWidget          *seal;
  GtkWidget          *words;
  GtkWidget          *consequence;
  GtkWidget          *confirm_list;
  GtkWidget          *confirm_row;
  GtkWidget          *use_button;

  EdgeNode           *node;
  EdgeIdentityLoader *loader;
  GBytes             *vault;
  EdgeIdentity       *identity;
  GCancellable       *cancellable;
};

G_DEFINE_FINAL_TYPE (EdgeRestoreDialog, edge_restore_dialog, ADW_TYPE_DIALOG)

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
show_fault (EdgeRestoreDialog *self,
            const char        *fault)
{
  gtk_label_set_label (GTK_LABEL (self->fault_label), fault != NULL ? fault : "");
  gtk_widget_set_visible (self->fault_label, fault != NULL);
  edge_dialog_fit (ADW_DIALOG (self), self->ask_box);
}

static void
changed_cb (EdgeRestoreDialog *self)
{
  const char *passphrase = get_text (self->passphrase_row);
  const char *again = get_text (self->again_row);
  glong length = g_utf8_strlen (passphrase, -1);
  gboolean good = length > 0;
  const char *fault = NULL;

  if (self->vault == NULL)
    {
      good = length >= MIN_PASSPHRASE && g_str_equal (passphrase, again);
      if (length > 0 && length < MIN_PASSPHRASE)
        fault = _("At least 8 characters. Four or five words that do not belong together are good.");
      else if (*again != '\0' && !g_str_has_prefix (passphrase, again))
        fault = _("The two are not the same.");
    }
  show_fault (self, fault);
  gtk_widget_set_sensitive (self->open_button, good);
}

/* A key that was in no network yet owns nothing and is known to nobody. */
static gboolean
is_used (EdgeRestoreDialog *self)
{
  g_autofree char *last = NULL;

  g_object_get (self->node, "last-network", &last, NULL);
  return last != NULL || edge_node_get_network (self->node) != NULL;
}

/* All that the identity of now has, in nano-credits; as long as that is not known it may be
 * something. */
static guint64
count_property (EdgeRestoreDialog *self)
{
  EdgeBooks *books = edge_node_get_books (self->node);
  guint64 parts[6] = { 0 };
  guint64 sum = 0;
  gboolean ready = FALSE;

  if (!is_used (self))
    return 0;
  if (books != NULL)
    g_object_get (books, "ready", &ready, NULL);
  if (!ready)
    return EDGE_CREDITS_UNKNOWN;
  g_object_get (books, "free", &parts[0], "locked", &parts[1], "own-stake", &parts[2],
                "leaving", &parts[3], "welcome", &parts[4], "escrowed", &parts[5], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    sum += parts[i];
  return sum;
}

static char *
describe_consequence (EdgeRestoreDialog *self)
{
  guint64 property = count_property (self);
  g_autofree char *credits = edge_credits_format_exact (property);
  g_autofree char *folder = edge_identity_loader_dup_folder (self->loader);

  if (!is_used (self))
    return g_strdup (_("Edge-Net starts again with it. Join your network then: it knows this identity. Use it on one computer at a time."));
  if (property == 0)
    return g_strdup_printf (_("Edge-Net starts again with it. The identity that is here now is put aside: it stays in a file in %s, locked with the same passphrase, and can be restored."),
                            folder);
  /* Translators: an amount of credits, then a folder. */
  return g_strdup_printf (_("Edge-Net starts again with it. The identity that is here now owns %1$s credits. It is put aside with them: it stays in a file in %2$s, locked with the same passphrase, and can be restored."),
                          credits, folder);
}

static void
confirm_changed_cb (EdgeRestoreDialog *self)
{
  gtk_widget_set_sensitive (self->use_button,
                            !gtk_widget_get_visible (self->confirm_list) ||
                            adw_switch_row_get_active (ADW_SWITCH_ROW (self->confirm_row)));
}

static void
show_found (EdgeRestoreDialog *self)
{
  const char *key = edge_identity_get_id (self->identity);
  g_autofree char *text = describe_consequence (self);

  edge_seal_set_key (EDGE_SEAL (self->seal), key);
  edge_words_grid_set_key (EDGE_WORDS_GRID (self->words), key);
  gtk_label_set_label (GTK_LABEL (self->consequence), text);
  gtk_widget_set_visible (self->confirm_list, count_property (self) > 0);
  confirm_changed_cb (self);
  adw_navigation_view_replace_with_tags (ADW_NAVIGATION_VIEW (self->navigation),
                                         (const char *[]) { "found" }, 1);
  edge_dialog_fit (ADW_DIALOG (self), self->found_box);
}

static void
show_error (EdgeRestoreDialog *self,
            const GError      *error)
{
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  words = edge_backup_reader_words (error);
  adw_navigation_view_replace_with_tags (ADW_NAVIGATION_VIEW (self->navigation),
                                         (const char *[]) { "ask" }, 1);
  show_fault (self, words);
  gtk_widget_grab_focus (self->passphrase_row);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeRestoreDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  g_clear_object (&self->identity);
  self->identity = edge_key_vault_open_finish (result, &error);
  if (self->node == NULL)
    return;
  if (self->identity == NULL)
    show_error (self, error);
  else if (g_strcmp0 (edge_identity_get_id (self->identity), edge_node_get_id (self->node)) == 0)
    adw_navigation_view_replace_with_tags (ADW_NAVIGATION_VIEW (self->navigation),
                                           (const char *[]) { "same" }, 1);
  else
    show_found (self);
}

static void
open_cb (EdgeRestoreDialog *self)
{
  if (!gtk_widget_get_sensitive (self->open_button))
    return;

  if (self->vault == NULL)
    {
      self->identity = edge_identity_generate ();
      show_found (self);
      return;
    }
  adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (self->navigation), "busy");
  edge_key_vault_open_async (self->vault, get_text (self->passphrase_row), self->cancellable,
                             opened_cb, g_object_ref (self));
}

static void
swapped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(EdgeRestoreDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!edge_identity_loader_swap_finish (EDGE_IDENTITY_LOADER (source), result, &error))
    {
      if (self->node != NULL)
        show_error (self, error);
      return;
    }
  if (self->node != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.restart", NULL);
}

static void
use_cb (EdgeRestoreDialog *self)
{
  EdgeIdentity *old = is_used (self) ? edge_node_get_identity (self->node) : NULL;

  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (self->navigation), "busy");
  edge_identity_loader_swap_async (self->loader, self->identity, old,
                                   get_text (self->passphrase_row), NULL, swapped_cb,
                                   g_object_ref (self));
}

static void
edge_restore_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (EDGE_RESTORE_DIALOG (dialog)->cancellable);
}

static void
edge_restore_dialog_dispose (GObject *object)
{
  EdgeRestoreDialog *self = EDGE_RESTORE_DIALOG (object);

  g_clear_object (&self->node);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_RESTORE_DIALOG);
  g_clear_object (&self->loader);
  g_clear_object (&self->identity);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->vault, g_bytes_unref);

  G_OBJECT_CLASS (edge_restore_dialog_parent_class)->dispose (object);
}

static void
edge_restore_dialog_class_init (EdgeRestoreDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = edge_restore_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = edge_restore_dialog_closed;

  g_type_ensure (EDGE_TYPE_SEAL);
  g_type_ensure (EDGE_TYPE_WORDS_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-restore-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, again_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, fault_label);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, ask_box);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, found_box);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, seal);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, words);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, consequence);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, confirm_list);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, confirm_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeRestoreDialog, use_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
}

static void
edge_restore_dialog_init (EdgeRestoreDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
explain_new (EdgeRestoreDialog *self)
{
  g_autofree char *credits = edge_credits_format_exact (count_property (self));
  g_autofree char *text = NULL;

  /* Translators: %s is an amount of credits. */
  text = g_strdup_printf (_("A new identity begins with nothing. Your %s credits, your stake, your memberships and what others know you by stay with the old one, and the new one can never reach them.\n\nThe old one is put aside in a file on this computer. Choose the passphrase that opens it again."),
                          credits);
  adw_dialog_set_title (ADW_DIALOG (self), _("New Identity"));
  gtk_label_set_label (GTK_LABEL (self->explanation), text);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->passphrase_row),
                                 _("Passphrase for the Old Identity"));
  gtk_widget_set_visible (self->again_row, TRUE);
}

/**
 * edge_restore_dialog_new:
 * @node: a node that has its identity
 * @loader: where identities are kept
 * @vault: (nullable): the backup to restore, or %NULL for a new identity
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_restore_dialog_new (EdgeNode           *node,
                         EdgeIdentityLoader *loader,
                         GBytes             *vault)
{
  EdgeRestoreDialog *self = g_object_new (EDGE_TYPE_RESTORE_DIALOG, NULL);

  self->node = g_object_ref (node);
  self->loader = g_object_ref (loader);
  self->vault = vault != NULL ? g_bytes_ref (vault) : NULL;
  if (vault == NULL)
    explain_new (self);
  return ADW_DIALOG (self);
}

typedef struct
{
  EdgeNode           *node;
  EdgeIdentityLoader *loader;
  GtkWidget          *parent;
} Scan;

static void
scan_free (gpointer  data,
           GClosure *closure)
{
  Scan *scan = data;

  g_clear_object (&scan->node);
  g_clear_object (&scan->loader);
  g_clear_object (&scan->parent);
  g_free (scan);
}

static void
found_backup_cb (EdgeScanDialog *dialog,
                 GBytes         *vault,
                 Scan           *scan)
{
  adw_dialog_present (edge_restore_dialog_new (scan->node, scan->loader, vault), scan->parent);
}

/**
 * edge_restore_dialog_scan:
 * @node: a node that has its identity
 * @loader: where identities are kept
 * @parent: over which the dialogs open
 *
 * Lets the person show a backup, as a file, text or picture, and restores it.
 */
void
edge_restore_dialog_scan (EdgeNode           *node,
                          EdgeIdentityLoader *loader,
                          GtkWidget          *parent)
{
  AdwDialog *dialog = edge_scan_dialog_new_for_backup (node);
  Scan *scan = g_new0 (Scan, 1);

  scan->node = g_object_ref (node);
  scan->loader = g_object_ref (loader);
  scan->parent = g_object_ref (parent);
  g_signal_connect_data (dialog, "found-backup", G_CALLBACK (found_backup_cb), scan, scan_free, 0);
  adw_dialog_present (dialog, parent);
}
