/* edge-identity-store.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-identity-store.h"

#include "identity/edge-key-file.h"
#include "identity/edge-keyring.h"

typedef struct
{
  char         *profile;
  char         *key_file;
  EdgeIdentity *fresh;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->profile, g_free);
  g_clear_pointer (&job->key_file, g_free);
  g_clear_object (&job->fresh);
  g_free (job);
}

static void
key_file_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  EdgeIdentity *identity = edge_key_file_load_or_make (job->key_file, &error);

  if (identity != NULL)
    g_task_return_pointer (task, identity, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  if (edge_keyring_save_finish (result, &error))
    g_task_return_pointer (task, g_object_ref (job->fresh), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(EdgeIdentity) identity = NULL;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  identity = edge_keyring_load_finish (result, &error);
  if (identity != NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&identity), g_object_unref);
      return;
    }

  if (!g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  job->fresh = edge_identity_generate ();
  edge_keyring_save_async (job->fresh, job->profile, g_task_get_cancellable (task),
                           saved_cb, g_object_ref (task));
}

/**
 * edge_identity_obtain_async:
 * @profile: (nullable): whose identity in the keyring, or %NULL for the usual one
 * @key_file: (nullable) (type filename): the operator's key file instead of the keyring
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Loads the identity from the system keyring, or from @key_file, and makes and
 * saves one where there is none. It never falls back to a file by itself: the
 * caller asks the person on %EDGE_IDENTITY_ERROR_LOCKED or
 * %EDGE_IDENTITY_ERROR_NO_KEYRING, and looks for an encrypted file that the
 * person once chose (edge_key_vault_exists()) before it calls this.
 */
void
edge_identity_obtain_async (const char          *profile,
                            const char          *key_file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->profile = g_strdup (profile);
  job->key_file = g_strdup (key_file);
  g_task_set_source_tag (task, edge_identity_obtain_async);
  g_task_set_task_data (task, job, job_free);

  if (key_file != NULL)
    g_task_run_in_thread (task, key_file_thread);
  else
    edge_keyring_load_async (profile, cancellable, loaded_cb, g_object_ref (task));
}

/**
 * edge_identity_obtain_finish:
 * @result: what the callback was given
 * @made: (out) (optional): whether the keyring held none, so that this one is new
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_IO_ERROR` domain
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_identity_obtain_finish (GAsyncResult  *result,
                             gboolean      *made,
                             GError       **error)
{
  Job *job;

  g_return_val_if_fail (g_async_result_is_tagged (result, edge_identity_obtain_async), NULL);

  job = g_task_get_task_data (G_TASK (result));
  if (made != NULL)
    *made = job->fresh != NULL;

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_key_file_thread (GTask        *task,
                      gpointer      source,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  GError *error = NULL;
  EdgeIdentity *identity = edge_key_file_load (task_data, &error);

  if (identity != NULL)
    g_task_return_pointer (task, identity, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  EdgeIdentity *identity = edge_keyring_load_finish (result, &error);

  if (identity != NULL)
    g_task_return_pointer (task, identity, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * edge_identity_find_async:
 * @profile: (nullable): whose identity in the keyring, or %NULL for the usual one
 * @key_file: (nullable) (type filename): the operator's key file instead of the keyring
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * As edge_identity_obtain_async(), but makes none: %EDGE_IDENTITY_ERROR_NOT_FOUND then.
 */
void
edge_identity_find_async (const char          *profile,
                          const char          *key_file,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, edge_identity_find_async);
  if (key_file != NULL)
    {
      g_task_set_task_data (task, g_strdup (key_file), g_free);
      g_task_run_in_thread (task, load_key_file_thread);
      return;
    }
  edge_keyring_load_async (profile, cancellable, found_cb, g_steal_pointer (&task));
}

/**
 * edge_identity_find_finish:
 * @result: what the callback was given
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_IO_ERROR` domain
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_identity_find_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_identity_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
