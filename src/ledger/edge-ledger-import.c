/* edge-ledger-import.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-import.h"

#include <string.h>

#include "base/edge-file.h"
#include "ledger/edge-canon.h"
#include "ledger/edge-ledger-fold-file.h"

/* Fewer than the ledger keeps of one origin while they wait for others. */
#define BATCH      128
/* Each pass over a file in the wrong order lets in at least what waited for the last. */
#define MAX_PASSES 64

/** EDGE_LEDGER_FILE: The origin of what comes from a file. */
#define EDGE_LEDGER_FILE G_MAXUINT64

typedef struct
{
  GPtrArray        *texts;
  EdgeIngestResult *result;
  guint             next;
  guint             n_passes;
  guint             n_new_before;
} Import;

static void
import_free (Import *import)
{
  g_clear_pointer (&import->texts, g_ptr_array_unref);
  g_clear_pointer (&import->result, edge_ingest_result_free);
  g_free (import);
}

static void give_batch (GTask *task);

static gboolean
read_texts (GPtrArray    *texts,
            const char   *json,
            gsize         length,
            GError      **error)
{
  g_autofree EdgeCanonNode *root = edge_canon_read_loose (json, length, error);
  const EdgeCanonNode *events;
  const EdgeCanonNode *node;

  if (root == NULL)
    return FALSE;
  events = edge_canon_member (root, "events");
  if (events == NULL || events->kind != EDGE_CANON_ARRAY)
    {
      g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED,
                           "The file holds no list of events");
      return FALSE;
    }

  node = events + 1;
  for (gsize i = 0; i < events->count; i++, node = edge_canon_next (node))
    {
      gsize size;
      char *text = edge_canon_dup_string (node, &size);

      g_ptr_array_add (texts, text != NULL ? text : g_strdup (""));
    }
  return TRUE;
}

static void
read_func (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  const char *path = task_data;
  g_autoptr(GBytes) file = NULL;
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;

  file = edge_file_load (path, &error);
  if (file != NULL && g_bytes_get_size (file) > EDGE_LEDGER_FOLD_MAX_FILE)
    g_set_error_literal (&error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED,
                         "The file is too long");
  if (error == NULL)
    read_texts (texts, g_bytes_get_data (file, NULL), g_bytes_get_size (file), &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&texts), (GDestroyNotify) g_ptr_array_unref);
}

static void
add_result (EdgeIngestResult *sum,
            EdgeIngestResult *part,
            gboolean          first)
{
  sum->n_new += part->n_new;
  sum->n_held += part->n_held;
  /* Later passes meet again what earlier ones took in or refused. */
  if (!first)
    return;
  sum->n_known += part->n_known;
  sum->n_bad += part->n_bad;
  sum->n_bad_work += part->n_bad_work;
  if (sum->fault == NULL)
    sum->fault = g_steal_pointer (&part->fault);
}

static void
given_cb (GObject      *source,
          GAsyncResult *async_result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  g_autoptr(EdgeIngestResult) part = NULL;
  GError *error = NULL;

  part = edge_ledger_ingest_finish (EDGE_LEDGER (source), async_result, &error);
  if (part == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  add_result (import->result, part, import->n_passes == 0);
  if (import->next < import->texts->len)
    {
      give_batch (task);
      return;
    }

  import->n_passes++;
  if (import->result->n_held > 0 && import->result->n_new > import->n_new_before &&
      import->n_passes < MAX_PASSES)
    {
      import->n_new_before = import->result->n_new;
      import->result->n_held = 0;
      import->next = 0;
      give_batch (task);
      return;
    }
  edge_ledger_drop_origin (EDGE_LEDGER (source), EDGE_LEDGER_FILE);
  g_task_return_pointer (task, g_steal_pointer (&import->result),
                         (GDestroyNotify) edge_ingest_result_free);
}

static void
give_batch (GTask *task)
{
  Import *import = g_task_get_task_data (task);
  g_autofree const char **texts = g_new0 (const char *, BATCH + 1);
  guint n = 0;

  while (n < BATCH && import->next < import->texts->len)
    texts[n++] = import->texts->pdata[import->next++];
  edge_ledger_ingest_async (g_task_get_source_object (task), texts, EDGE_LEDGER_FILE,
                            g_task_get_cancellable (task), given_cb, g_object_ref (task));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *texts = g_task_propagate_pointer (G_TASK (result), &error);
  Import *import;

  if (texts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  import = g_new0 (Import, 1);
  import->texts = texts;
  import->result = g_new0 (EdgeIngestResult, 1);
  import->result->missing = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  g_task_set_task_data (task, import, (GDestroyNotify) import_free);
  if (texts->len > 0)
    give_batch (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&import->result),
                           (GDestroyNotify) edge_ingest_result_free);
}

/**
 * edge_ledger_import_async:
 * @self: an open ledger
 * @path: a file as edge_ledger_export() makes it
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Takes in the events of a file, which may be a stranger's. Its checkpoints do not
 * count: nothing in it says who signed them.
 */
void
edge_ledger_import_async (EdgeLedger          *self,
                          const char          *path,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) reading = NULL;

  g_return_if_fail (EDGE_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_ledger_import_async);
  reading = g_task_new (self, cancellable, read_cb, g_object_ref (task));
  g_task_set_source_tag (reading, read_func);
  g_task_set_task_data (reading, g_strdup (path), g_free);
  g_task_run_in_thread (reading, read_func);
}

/**
 * edge_ledger_import_finish:
 * @self: a ledger
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR` or `G_FILE_ERROR`
 *
 * Returns: (transfer full) (nullable): what became of the events
 */
EdgeIngestResult *
edge_ledger_import_finish (EdgeLedger    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
