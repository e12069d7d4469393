/* edge-ledger-import.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-import.h"

#include "base/edge-file.h"
#include "ledger/edge-canon.h"
#include "ledger/edge-event.h"
#include "ledger/edge-ledger-fold-file.h"

/* Fewer than the ledger keeps of one origin while they wait for others. */
#define BATCH      128

/** EDGE_LEDGER_FILE: The origin of what comes from a file. */
#define EDGE_LEDGER_FILE G_MAXUINT64

typedef struct
{
  GPtrArray        *texts;
  EdgeIngestResult *result;
  guint             next;
} Import;

/* An event of the file, and where it belongs among the others. */
typedef struct
{
  char   *text;
  guint64 time;
  guint64 height;
} Line;

static void
import_free (Import *import)
{
  g_clear_pointer (&import->texts, g_ptr_array_unref);
  g_clear_pointer (&import->result, edge_ingest_result_free);
  g_free (import);
}

static void give_batch (GTask *task);

/* The total order, as the file has it or not: what an event builds upon comes before it, so
 * one pass lets in all that can be. What is no event comes first. */
static int
compare_lines (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const Line *one = a;
  const Line *other = b;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;
  return one->height < other->height ? -1 : one->height > other->height;
}

static void
read_line (Line                *line,
           const EdgeCanonNode *node)
{
  g_autoptr(EdgeEvent) event = NULL;
  gsize size;

  line->text = edge_canon_dup_string (node, &size);
  if (line->text == NULL)
    {
      line->text = g_strdup ("");
      return;
    }
  event = edge_event_parse (line->text, size, NULL);
  if (event != NULL)
    {
      line->time = event->time;
      line->height = event->height;
    }
}

static gboolean
read_texts (GPtrArray    *texts,
            const char   *json,
            gsize         length,
            GError      **error)
{
  g_autofree EdgeCanonNode *root = edge_canon_read_loose (json, length, error);
  g_autofree Line *lines = NULL;
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

  lines = g_new0 (Line, events->count);
  node = events + 1;
  for (gsize i = 0; i < events->count; i++, node = edge_canon_next (node))
    read_line (&lines[i], node);
  g_sort_array (lines, events->count, sizeof (Line), compare_lines, NULL);
  for (gsize i = 0; i < events->count; i++)
    g_ptr_array_add (texts, lines[i].text);
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
            EdgeIngestResult *part)
{
  sum->n_new += part->n_new;
  sum->n_held += part->n_held;
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
  add_result (import->result, part);
  if (import->next < import->texts->len)
    {
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
 * Takes in the events of a file, in any order; it may be a stranger's. Its checkpoints do not
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
