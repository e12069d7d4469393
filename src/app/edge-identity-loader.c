/* edge-identity-loader.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-identity-loader.h"

#include "identity/edge-identity-store.h"
#include "identity/edge-identity-swap.h"
#include "identity/edge-key-vault.h"

#include <glib/gi18n.h>
#include <sodium.h>

/**
 * EdgeIdentityLoader:
 *
 * Gets the identity at the start and asks the person where that is needed.
 *
 * It lies in the system keyring, unless the person once chose an encrypted
 * file instead, for a computer without a keyring.
 */

#define MIN_PASSPHRASE 8

struct _EdgeIdentityLoader
{
  GObject    parent_instance;

  char      *profile;
  char      *key_file;
  char      *vault_path;
  GSettings *settings;
};

/* What one run of the loader stands on; the data of its task. */
typedef struct
{
  GtkWidget *parent;
  GtkWidget *passphrase;
  GtkWidget *again;
  GtkWidget *fault;
  gboolean   making;
} Run;

/* What the thread that derives the key from the passphrase works on. */
typedef struct
{
  char     *path;
  char     *passphrase;
  gboolean  making;
} VaultJob;

G_DEFINE_FINAL_TYPE (EdgeIdentityLoader, edge_identity_loader, G_TYPE_OBJECT)

static void try_keyring    (GTask      *task);
static void ask_passphrase (GTask      *task,
                            gboolean    making,
                            const char *complaint);

static void
run_free (Run *run)
{
  g_clear_object (&run->parent);
  g_free (run);
}

static void
vault_job_free (VaultJob *job)
{
  g_free (job->path);
  if (job->passphrase != NULL)
    sodium_memzero (job->passphrase, strlen (job->passphrase));
  g_free (job->passphrase);
  g_free (job);
}

static void
return_identity (GTask        *task,
                 EdgeIdentity *identity)
{
  g_task_return_pointer (task, g_object_ref (identity), g_object_unref);
}

static void
return_given_up (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The person gave up");
}

static void
vault_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  VaultJob *job = task_data;
  g_autoptr(EdgeIdentity) identity = NULL;
  GError *error = NULL;

  if (job->making)
    {
      identity = edge_identity_generate ();
      if (!edge_key_vault_save (identity, job->path, job->passphrase, &error))
        g_clear_object (&identity);
    }
  else
    {
      identity = edge_key_vault_load (job->path, job->passphrase, &error);
    }

  if (identity != NULL)
    g_task_return_pointer (task, g_steal_pointer (&identity), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
vault_done_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  EdgeIdentityLoader *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;

  identity = g_task_propagate_pointer (G_TASK (result), &error);
  if (identity != NULL)
    {
      g_settings_set_string (self->settings, "key-place", "file");
      return_identity (task, identity);
      return;
    }

  g_debug ("Key file: %s", error->message);
  if (g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE))
    ask_passphrase (task, run->making, _("That is not the passphrase of this file."));
  else if (g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED) ||
           g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_DAMAGED))
    ask_passphrase (task, run->making, _("The key file is damaged. Put back a copy of it, then try again."));
  else
    ask_passphrase (task, run->making,
                    _("The key file cannot be read or written. See that there is room and that the folder is yours."));
}

static void
passphrase_response_cb (AdwAlertDialog *dialog,
                        const char     *response,
                        gpointer        user_data)
{
  GTask *task = user_data;
  EdgeIdentityLoader *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  g_autoptr(GTask) job_task = NULL;
  VaultJob *job;

  if (g_str_equal (response, "keyring"))
    {
      try_keyring (task);
      return;
    }

  if (!g_str_equal (response, "open"))
    {
      return_given_up (task);
      return;
    }

  job = g_new0 (VaultJob, 1);
  job->path = g_strdup (self->vault_path);
  job->passphrase = g_strdup (gtk_editable_get_text (GTK_EDITABLE (run->passphrase)));
  job->making = run->making;

  job_task = g_task_new (self, NULL, vault_done_cb, g_object_ref (task));
  g_task_set_task_data (job_task, job, (GDestroyNotify) vault_job_free);
  g_task_run_in_thread (job_task, vault_thread);
}

static void
show_fault (Run        *run,
            const char *fault)
{
  gtk_label_set_label (GTK_LABEL (run->fault), fault != NULL ? fault : "");
  gtk_widget_set_visible (run->fault, fault != NULL);
}

static void
passphrase_changed_cb (GtkWidget      *row,
                       AdwAlertDialog *dialog)
{
  GTask *task = g_object_get_data (G_OBJECT (dialog), "edge-task");
  Run *run = g_task_get_task_data (task);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (run->passphrase));
  const char *again = run->making ? gtk_editable_get_text (GTK_EDITABLE (run->again)) : text;
  gboolean enough = run->making ? g_utf8_strlen (text, -1) >= MIN_PASSPHRASE : *text != '\0';

  /* What is half typed is not held against anybody. */
  if (*again != '\0' && !enough)
    show_fault (run, _("The passphrase is too short."));
  else if (*again != '\0' && !g_str_equal (text, again))
    show_fault (run, _("The two are not the same."));
  else
    show_fault (run, NULL);
  adw_alert_dialog_set_response_enabled (dialog, "open", enough && g_str_equal (text, again));
}

static GtkWidget *
add_passphrase_row (GtkWidget  *list,
                    AdwDialog  *dialog,
                    const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect (row, "changed", G_CALLBACK (passphrase_changed_cb), dialog);
  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return row;
}

static void
ask_passphrase (GTask      *task,
                gboolean    making,
                const char *complaint)
{
  Run *run = g_task_get_task_data (task);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *list = gtk_list_box_new ();
  AdwDialog *dialog;

  if (making)
    dialog = adw_alert_dialog_new (_("Keep the Key in a File"),
                                   _("Your key is written to a file that only this passphrase opens, at least 8 characters long. Without the passphrase the key is lost: nobody can reset it."));
  else
    dialog = adw_alert_dialog_new (_("Passphrase of Your Key"),
                                   _("Your identity is in a file that your passphrase opens."));

  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "quit", _("_Quit"));
  if (making)
    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "keyring", _("_Back"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "open",
                                 making ? _("_Keep in File") : _("_Open"));
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "open",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "open");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "quit");
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "open", FALSE);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  g_object_set_data_full (G_OBJECT (dialog), "edge-task", g_object_ref (task), g_object_unref);
  run->making = making;
  run->fault = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (run->fault), TRUE);
  gtk_widget_add_css_class (run->fault, "error");
  gtk_widget_add_css_class (run->fault, "caption");
  run->passphrase = add_passphrase_row (list, dialog, _("Passphrase"));
  run->again = making ? add_passphrase_row (list, dialog, _("The Same Again")) : NULL;
  show_fault (run, complaint);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), run->fault);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), box);

  g_signal_connect_data (dialog, "response", G_CALLBACK (passphrase_response_cb),
                         g_object_ref (task), (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  adw_dialog_present (dialog, run->parent);
}

static void
keyring_response_cb (AdwAlertDialog *dialog,
                     const char     *response,
                     gpointer        user_data)
{
  GTask *task = user_data;

  if (g_str_equal (response, "retry"))
    try_keyring (task);
  else if (g_str_equal (response, "file"))
    ask_passphrase (task, TRUE, NULL);
  else
    return_given_up (task);
}

static void
explain_keyring (GTask        *task,
                 const GError *error)
{
  Run *run = g_task_get_task_data (task);
  AdwDialog *dialog;

  if (g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_LOCKED))
    dialog = adw_alert_dialog_new (_("The Keyring Is Locked"),
                                   _("Edge-Net keeps the key that is your identity in the keyring of this computer, which was not unlocked. Try again and give the password of the keyring, often the one you log in with."));
  else if (g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NO_KEYRING))
    dialog = adw_alert_dialog_new (_("No Keyring Answers"),
                                   _("Edge-Net keeps the key that is your identity in the keyring of this computer, but none runs. Start one, such as GNOME Keyring or KWallet, and try again. Or keep the key in a file that a passphrase opens."));
  else if (g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED))
    dialog = adw_alert_dialog_new (_("The Key Is Damaged"),
                                   _("What the keyring holds for Edge-Net is no key. Look for the entry “Edge-Net identity” in the program that manages your passwords, put a copy back or delete it, and try again."));
  else
    dialog = adw_alert_dialog_new (_("The Key Cannot Be Read"), error->message);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "quit", _("_Quit"),
                                  "file", _("Use a _File…"),
                                  "retry", _("_Try Again"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "retry",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "retry");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "quit");
  g_signal_connect_data (dialog, "response", G_CALLBACK (keyring_response_cb),
                         g_object_ref (task), (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  adw_dialog_present (dialog, run->parent);
}

static void
obtained_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  EdgeIdentityLoader *self = g_task_get_source_object (task);
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;

  identity = edge_identity_obtain_finish (result, NULL, &error);
  if (identity != NULL)
    return_identity (task, identity);
  else if (self->key_file != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    explain_keyring (task, error);
}

static void
try_keyring (GTask *task)
{
  EdgeIdentityLoader *self = g_task_get_source_object (task);

  edge_identity_obtain_async (self->profile, self->key_file, g_task_get_cancellable (task),
                              obtained_cb, g_object_ref (task));
}

static void
edge_identity_loader_finalize (GObject *object)
{
  EdgeIdentityLoader *self = EDGE_IDENTITY_LOADER (object);

  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->vault_path, g_free);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (edge_identity_loader_parent_class)->finalize (object);
}

static void
edge_identity_loader_class_init (EdgeIdentityLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = edge_identity_loader_finalize;
}

static void
edge_identity_loader_init (EdgeIdentityLoader *self)
{
}

/**
 * edge_identity_loader_new:
 * @profile: (nullable): whose identity in the keyring
 * @key_file: (nullable) (type filename): the operator's key file, which is used instead of both
 * @vault_path: (type filename): where the file under a passphrase is, or would be
 * @settings: remembers in `key-place` what the person chose
 *
 * Returns: (transfer full): a loader
 */
EdgeIdentityLoader *
edge_identity_loader_new (const char *profile,
                          const char *key_file,
                          const char *vault_path,
                          GSettings  *settings)
{
  EdgeIdentityLoader *self = g_object_new (EDGE_TYPE_IDENTITY_LOADER, NULL);

  self->profile = g_strdup (profile);
  self->key_file = g_strdup (key_file);
  self->vault_path = g_strdup (vault_path);
  self->settings = g_object_ref (settings);

  return self;
}

/**
 * edge_identity_loader_load_async:
 * @self: a loader
 * @parent: (nullable): what dialogs are shown over
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Gets the identity, or makes one where there is none. Dialogs explain a
 * keyring that is locked or absent and let the person try again.
 */
void
edge_identity_loader_load_async (EdgeIdentityLoader  *self,
                                 GtkWidget           *parent,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *place = g_settings_get_string (self->settings, "key-place");
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, edge_identity_loader_load_async);
  run->parent = parent != NULL ? g_object_ref (parent) : NULL;
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);

  if (self->key_file == NULL && g_str_equal (place, "file")
      && edge_key_vault_exists (self->vault_path))
    ask_passphrase (task, FALSE, NULL);
  else
    try_keyring (task);
}

/**
 * edge_identity_loader_load_finish:
 * @self: a loader
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED when the person gave up, or one of `EDGE_IDENTITY_ERROR`
 *   about the operator's key file
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_identity_loader_load_finish (EdgeIdentityLoader  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
swapped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (edge_identity_swap_run_finish (result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * edge_identity_loader_swap_async:
 * @self: a loader
 * @identity: the identity that comes
 * @old: (nullable): the one that goes, which is left in a file beside the others
 * @passphrase: what seals the files that are written
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Puts an identity where the one of now is kept. It is used from the next start on.
 */
void
edge_identity_loader_swap_async (EdgeIdentityLoader  *self,
                                 EdgeIdentity        *identity,
                                 EdgeIdentity        *old,
                                 const char          *passphrase,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *place = g_settings_get_string (self->settings, "key-place");
  g_autofree char *folder = edge_identity_loader_dup_folder (self);
  EdgeIdentitySwap *swap = edge_identity_swap_new (identity, passphrase);

  g_task_set_source_tag (task, edge_identity_loader_swap_async);
  edge_identity_swap_set_key_file (swap, self->key_file);
  edge_identity_swap_set_profile (swap, self->profile);
  if (g_str_equal (place, "file") && edge_key_vault_exists (self->vault_path))
    edge_identity_swap_set_vault (swap, self->vault_path);
  if (old != NULL)
    edge_identity_swap_set_old (swap, old, folder);
  edge_identity_swap_run_async (swap, cancellable, swapped_cb, g_object_ref (task));
}

gboolean
edge_identity_loader_swap_finish (EdgeIdentityLoader  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * edge_identity_loader_dup_folder:
 * @self: a loader
 *
 * Returns: (transfer full) (type filename): where an identity that goes is left
 */
char *
edge_identity_loader_dup_folder (EdgeIdentityLoader *self)
{
  g_return_val_if_fail (EDGE_IS_IDENTITY_LOADER (self), NULL);

  return g_path_get_dirname (self->vault_path);
}
