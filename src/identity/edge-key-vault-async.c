/* edge-key-vault-async.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-key-vault.h"

#include <sodium.h>
#include <string.h>

/* The four calls on a worker thread. Argon2 can't be interrupted, so a
 * cancelled one runs to its end there and its result is thrown away. */

typedef struct
{
  EdgeIdentity *identity;
  GBytes       *vault;
  char         *path;
  char         *passphrase;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->identity);
  g_clear_pointer (&job->vault, g_bytes_unref);
  g_clear_pointer (&job->path, g_free);
  sodium_memzero (job->passphrase, strlen (job->passphrase));
  g_clear_pointer (&job->passphrase, g_free);
  g_free (job);
}

static void
run (EdgeIdentity        *identity,
     GBytes              *vault,
     const char          *path,
     const char          *passphrase,
     GTaskThreadFunc      func,
     gpointer             tag,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_set_object (&job->identity, identity);
  job->vault = vault != NULL ? g_bytes_ref (vault) : NULL;
  job->path = g_strdup (path);
  job->passphrase = g_strdup (passphrase);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, job_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, func);
}

static void
return_identity (GTask        *task,
                 EdgeIdentity *identity,
                 GError       *error)
{
  if (identity != NULL)
    g_task_return_pointer (task, identity, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
seal_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  GBytes *vault = edge_key_vault_seal (job->identity, job->passphrase, &error);

  if (vault != NULL)
    g_task_return_pointer (task, vault, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  EdgeIdentity *identity = edge_key_vault_open (job->vault, job->passphrase, &error);

  return_identity (task, identity, error);
}

static void
save_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;

  if (edge_key_vault_save (job->identity, job->path, job->passphrase, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  EdgeIdentity *identity = edge_key_vault_load (job->path, job->passphrase, &error);

  return_identity (task, identity, error);
}

/**
 * edge_key_vault_seal_async:
 * @identity: an identity
 * @passphrase: what opens the vault again
 * @cancellable: (nullable): to give up waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * Does edge_key_vault_seal() on a worker thread.
 */
void
edge_key_vault_seal_async (EdgeIdentity        *identity,
                           const char          *passphrase,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (EDGE_IS_IDENTITY (identity));
  g_return_if_fail (passphrase != NULL);

  run (identity, NULL, NULL, passphrase, seal_thread, edge_key_vault_seal_async,
       cancellable, callback, user_data);
}

/**
 * edge_key_vault_seal_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the vault
 */
GBytes *
edge_key_vault_seal_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_key_vault_seal_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * edge_key_vault_open_async:
 * @vault: a vault, not trusted
 * @passphrase: its passphrase
 * @cancellable: (nullable): to give up waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * Does edge_key_vault_open() on a worker thread.
 */
void
edge_key_vault_open_async (GBytes              *vault,
                           const char          *passphrase,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (vault != NULL);
  g_return_if_fail (passphrase != NULL);

  run (NULL, vault, NULL, passphrase, open_thread, edge_key_vault_open_async,
       cancellable, callback, user_data);
}

/**
 * edge_key_vault_open_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_key_vault_open_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_key_vault_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * edge_key_vault_save_async:
 * @identity: an identity
 * @path: (type filename): where to
 * @passphrase: what opens it again
 * @cancellable: (nullable): to give up waiting; the file may be written all the same
 * @callback: called when done
 * @user_data: for @callback
 *
 * Does edge_key_vault_save() on a worker thread.
 */
void
edge_key_vault_save_async (EdgeIdentity        *identity,
                           const char          *path,
                           const char          *passphrase,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (EDGE_IS_IDENTITY (identity));
  g_return_if_fail (path != NULL && passphrase != NULL);

  run (identity, NULL, path, passphrase, save_thread, edge_key_vault_save_async,
       cancellable, callback, user_data);
}

/**
 * edge_key_vault_save_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is on the disk
 */
gboolean
edge_key_vault_save_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_key_vault_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * edge_key_vault_load_async:
 * @path: (type filename): a file with a vault
 * @passphrase: its passphrase
 * @cancellable: (nullable): to give up waiting
 * @callback: called when done
 * @user_data: for @callback
 *
 * Does edge_key_vault_load() on a worker thread.
 */
void
edge_key_vault_load_async (const char          *path,
                           const char          *passphrase,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (path != NULL && passphrase != NULL);

  run (NULL, NULL, path, passphrase, load_thread, edge_key_vault_load_async,
       cancellable, callback, user_data);
}

/**
 * edge_key_vault_load_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_key_vault_load_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_key_vault_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
