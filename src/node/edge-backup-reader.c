/* edge-backup-reader.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-backup-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "identity/edge-key-text.h"
#include "identity/edge-key-vault.h"
#include "invite/edge-qr-picture.h"
#include "node/edge-invite-words.h"

/* A backup of an identity as people have it: the file, a text file with what the printed page
 * says, or a picture of the page's QR code. Whatever it is, it is a vault in the end. */

/* Of a text with a backup in it; a vault is shorter, a picture is read by who knows pictures. */
#define MAX_TEXT 4096

static void
take (GTask  *task,
      GBytes *vault,
      GError *error)
{
  if (vault != NULL && !edge_key_vault_check (vault, &error))
    g_clear_pointer (&vault, g_bytes_unref);
  if (vault != NULL)
    g_task_return_pointer (task, vault, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *text = edge_qr_picture_read_finish (result, &error);
  GBytes *vault = NULL;

  if (text != NULL)
    vault = edge_key_text_read (text, &error);
  take (task, vault, error);
}

static void
head_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(GFileInputStream) stream = NULL;
  g_autofree char *head = g_malloc (MAX_TEXT + 1);
  GError *error = NULL;
  gsize size = 0;

  stream = g_file_read (task_data, cancellable, &error);
  if (stream != NULL &&
      g_input_stream_read_all (G_INPUT_STREAM (stream), head, MAX_TEXT, &size, cancellable, &error))
    g_task_return_pointer (task, g_bytes_new (head, size), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
head_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GBytes) head = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;
  gsize size;
  const char *data;

  head = g_task_propagate_pointer (G_TASK (result), &error);
  if (head == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_bytes_get_data (head, &size);
  if (size >= strlen ("edge-key") && memcmp (data, "edge-key", strlen ("edge-key")) == 0)
    {
      take (task, g_bytes_ref (head), NULL);
      return;
    }

  text = g_utf8_make_valid (data, (gssize) size);
  if (g_utf8_validate_len (data, size, NULL) && edge_key_text_is_one (text))
    {
      GBytes *vault = edge_key_text_read (text, &error);

      take (task, vault, error);
      return;
    }

  edge_qr_picture_read_async (g_task_get_task_data (task), g_task_get_cancellable (task),
                              scanned_cb, g_object_ref (task));
}

/**
 * edge_backup_reader_read_async:
 * @file: a file that may be a backup, not trusted
 * @cancellable: (nullable): to give up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads a backup from a file, a text or a picture of its QR code.
 */
void
edge_backup_reader_read_async (GFile               *file,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GTask) reading = NULL;

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, edge_backup_reader_read_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  reading = g_task_new (NULL, cancellable, head_read_cb, g_object_ref (task));
  g_task_set_task_data (reading, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (reading, head_thread);
}

/**
 * edge_backup_reader_read_finish:
 * @result: what the callback was given
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR`, `EDGE_QR_READER_ERROR` or
 *   `G_IO_ERROR` domain
 *
 * Returns: (transfer full) (nullable): a whole vault, which its passphrase opens
 */
GBytes *
edge_backup_reader_read_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, edge_backup_reader_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * edge_backup_reader_read_text:
 * @text: what was pasted or scanned, not trusted
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` domain
 *
 * Returns: (transfer full) (nullable): a whole vault, which its passphrase opens
 */
GBytes *
edge_backup_reader_read_text (const char  *text,
                              GError     **error)
{
  g_autoptr(GBytes) vault = edge_key_text_read (text, error);

  if (vault == NULL || !edge_key_vault_check (vault, error))
    return NULL;
  return g_steal_pointer (&vault);
}

/**
 * edge_backup_reader_words:
 * @error: why a backup can't be read, opened or written
 *
 * Returns: (transfer full): what is wrong and what to do about it, translated
 */
char *
edge_backup_reader_words (const GError *error)
{
  if (g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE))
    return g_strdup (_("This is not the passphrase of this backup. Look for capital letters, and try again."));
  if (g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_DAMAGED))
    return g_strdup (_("This backup is damaged: it was cut off or changed. Take another copy of it, or the QR code of the printed page."));
  if (g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NEWER))
    return g_strdup (_("This backup was made by a newer Edge-Net. Update this one, then restore it again."));
  if (g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED))
    return g_strdup (_("This is no backup of an identity."));
  if (g_error_matches (error, EDGE_QR_READER_ERROR, EDGE_QR_READER_ERROR_NO_PICTURE))
    return g_strdup (_("This is no backup of an identity, nor a picture of one."));
  if (error->domain == EDGE_QR_READER_ERROR)
    return edge_invite_words_error (error, NULL);
  return g_strdup (error->message);
}
