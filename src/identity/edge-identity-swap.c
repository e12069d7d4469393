/* edge-identity-swap.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-identity-swap.h"

#include <sodium.h>
#include <string.h>

#include "identity/edge-key-file.h"
#include "identity/edge-key-vault.h"
#include "identity/edge-keyring.h"

/* Of the key that goes, in the name of the file that keeps it. */
#define NAME_LENGTH 8

struct _EdgeIdentitySwap
{
  EdgeIdentity *identity;
  EdgeIdentity *old;
  char         *passphrase;
  char         *profile;
  char         *key_file;
  char         *vault;
  char         *kept;
};

/**
 * edge_identity_swap_new:
 * @identity: the identity that comes
 * @passphrase: what seals the files that are written
 *
 * Returns: (transfer full): a swap
 */
EdgeIdentitySwap *
edge_identity_swap_new (EdgeIdentity *identity,
                        const char   *passphrase)
{
  EdgeIdentitySwap *self = g_new0 (EdgeIdentitySwap, 1);

  self->identity = g_object_ref (identity);
  self->passphrase = g_strdup (passphrase);
  return self;
}

void
edge_identity_swap_free (EdgeIdentitySwap *self)
{
  sodium_memzero (self->passphrase, strlen (self->passphrase));
  g_clear_pointer (&self->passphrase, g_free);
  g_clear_object (&self->identity);
  g_clear_object (&self->old);
  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->vault, g_free);
  g_clear_pointer (&self->kept, g_free);
  g_free (self);
}

void
edge_identity_swap_set_profile (EdgeIdentitySwap *self,
                                const char       *profile)
{
  g_set_str (&self->profile, profile);
}

void
edge_identity_swap_set_key_file (EdgeIdentitySwap *self,
                                 const char       *key_file)
{
  g_set_str (&self->key_file, key_file);
}

/**
 * edge_identity_swap_set_vault:
 * @self: a swap
 * @vault: (nullable) (type filename): the file under a passphrase, which is written instead of the
 *   keyring
 */
void
edge_identity_swap_set_vault (EdgeIdentitySwap *self,
                              const char       *vault)
{
  g_set_str (&self->vault, vault);
}

/**
 * edge_identity_swap_set_old:
 * @self: a swap
 * @old: the identity that goes
 * @folder: (type filename): where a file with it is left, so that nothing is lost by mistake
 */
void
edge_identity_swap_set_old (EdgeIdentitySwap *self,
                            EdgeIdentity     *old,
                            const char       *folder)
{
  g_autofree char *name = g_strdup_printf ("replaced-%.*s.vault", NAME_LENGTH,
                                           edge_identity_get_id (old));

  g_set_object (&self->old, old);
  g_free (self->kept);
  self->kept = g_build_filename (folder, name, NULL);
}

/* The old one is safe before anything is written in its place. */
static gboolean
write_files (EdgeIdentitySwap  *self,
             GError           **error)
{
  if (self->old != NULL &&
      !edge_key_vault_save (self->old, self->kept, self->passphrase, error))
    return FALSE;
  if (self->key_file != NULL)
    return edge_key_file_save (self->identity, self->key_file, error);
  if (self->vault != NULL)
    return edge_key_vault_save (self->identity, self->vault, self->passphrase, error);
  return TRUE;
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (write_files (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (edge_keyring_save_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  EdgeIdentitySwap *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (self->key_file != NULL || self->vault != NULL)
    g_task_return_boolean (task, TRUE);
  else
    edge_keyring_save_async (self->identity, self->profile, g_task_get_cancellable (task),
                             saved_cb, g_object_ref (task));
}

/**
 * edge_identity_swap_run_async:
 * @self: (transfer full): a swap
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Does it. A node that runs goes on with the old identity until it is started again.
 */
void
edge_identity_swap_run_async (EdgeIdentitySwap    *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GTask) writing = NULL;

  g_task_set_source_tag (task, edge_identity_swap_run_async);
  g_task_set_task_data (task, self, (GDestroyNotify) edge_identity_swap_free);
  writing = g_task_new (NULL, cancellable, written_cb, g_object_ref (task));
  g_task_set_task_data (writing, self, NULL);
  g_task_run_in_thread (writing, write_thread);
}

/**
 * edge_identity_swap_run_finish:
 * @result: what the callback was given
 * @kept: (out) (optional) (nullable) (type filename): the file that the old identity is in now
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR`, `G_FILE_ERROR` or
 *   `G_IO_ERROR` domain
 *
 * Returns: whether the identity is in its place
 */
gboolean
edge_identity_swap_run_finish (GAsyncResult  *result,
                               char         **kept,
                               GError       **error)
{
  EdgeIdentitySwap *self;

  g_return_val_if_fail (g_async_result_is_tagged (result, edge_identity_swap_run_async), FALSE);

  self = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (kept != NULL)
    *kept = g_strdup (self->kept);
  return TRUE;
}
