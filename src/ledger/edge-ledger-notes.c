/* edge-ledger-notes.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-canon.h"
#include "ledger/edge-ledger-private.h"
#include "ledger/edge-ledger-two-books.h"

typedef struct
{
  guint64   n;
  char    **notes;
} Notes;

static void
free_notes (gpointer data)
{
  Notes *notes = data;

  g_strfreev (notes->notes);
  g_free (notes);
}

static gboolean
refuse_without_file (GTask *task)
{
  g_task_return_new_error (task, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                           "The ledger has no file open to keep notes in");
  return FALSE;
}

static void
keep_func (EdgeLedger *self,
           GTask      *task)
{
  Notes *notes = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (self->store == NULL && !refuse_without_file (task))
    return;
  if (edge_ledger_store_add_notes (self->store, notes->n, (const char *const *) notes->notes,
                                   &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * edge_ledger_keep_notes_async:
 * @self: a ledger that is open
 * @n: the checkpoint they are about
 * @notes: (array zero-terminated=1): notes as signed
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are on the disk
 * @user_data: for @callback
 *
 * Stores validators' notes. A validator sends its own only once this is done.
 */
void
edge_ledger_keep_notes_async (EdgeLedger          *self,
                              guint64              n,
                              const char *const   *notes,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Notes *data;

  g_return_if_fail (EDGE_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_ledger_keep_notes_async);
  data = g_new0 (Notes, 1);
  data->n = n;
  data->notes = g_strdupv ((char **) notes);
  g_task_set_task_data (task, data, free_notes);
  _edge_ledger_run (self, keep_func, task);
}

/**
 * edge_ledger_keep_notes_finish:
 * @self: a ledger
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: whether they are stored
 */
gboolean
edge_ledger_keep_notes_finish (EdgeLedger    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
collect_cb (guint64     number,
            const char *text,
            gsize       length,
            gpointer    user_data)
{
  g_autofree char *copy = g_strndup (text, length);

  g_strv_builder_add (user_data, copy);
  return TRUE;
}

static void
load_func (EdgeLedger *self,
           GTask      *task)
{
  Notes *notes = g_task_get_task_data (task);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GError) error = NULL;

  if (self->store == NULL && !refuse_without_file (task))
    return;
  if (edge_ledger_store_load_notes (self->store, notes->n, collect_cb, builder, &error))
    g_task_return_pointer (task, g_strv_builder_end (builder), (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * edge_ledger_load_notes_async:
 * @self: a ledger that is open
 * @n: a checkpoint's number
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are read
 * @user_data: for @callback
 *
 * Reads the notes that were stored about a checkpoint, to go on after a restart.
 */
void
edge_ledger_load_notes_async (EdgeLedger          *self,
                              guint64              n,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Notes *data;

  g_return_if_fail (EDGE_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_ledger_load_notes_async);
  data = g_new0 (Notes, 1);
  data->n = n;
  g_task_set_task_data (task, data, free_notes);
  _edge_ledger_run (self, load_func, task);
}

/**
 * edge_ledger_load_notes_finish:
 * @self: a ledger
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: (transfer full) (nullable): the notes, in the order they were stored
 */
GStrv
edge_ledger_load_notes_finish (EdgeLedger    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * edge_ledger_dup_certificate:
 * @self: a ledger
 * @n: a checkpoint's number
 *
 * Returns: (transfer full) (nullable): the notes that made it final, as they were
 *   given to edge_ledger_close_book_async()
 */
char *
edge_ledger_dup_certificate (EdgeLedger *self,
                             guint       n)
{
  char *text = NULL;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  g_mutex_lock (&self->lock);
  if (self->store != NULL)
    text = edge_ledger_store_dup_certificate (self->store, n);
  g_mutex_unlock (&self->lock);
  return text;
}

static EdgeNote *
read_note (const EdgeCanonNode *node)
{
  g_autofree char *text = edge_canon_dup_string (node, NULL);

  return text != NULL ? edge_note_read (text, strlen (text), NULL) : NULL;
}

/**
 * edge_ledger_get_leader:
 * @self: a ledger
 * @n: the number of the last final checkpoint
 * @leader: (out): key of the leader of its certificate's round
 *
 * The notes of a certificate are of the round in which it was decided; the proposal before
 * them may be of an earlier one, which another validator led.
 *
 * Returns: whether it is known
 */
gboolean
edge_ledger_get_leader (EdgeLedger *self,
                        guint       n,
                        EdgeId     *leader)
{
  g_autofree char *text = edge_ledger_dup_certificate (self, n);
  g_autofree EdgeCanonNode *root = NULL;
  g_autoptr(EdgeNote) proposal = NULL;
  g_autoptr(EdgeNote) final = NULL;
  EdgeId judges[EDGE_GENESIS_MAX_VALIDATORS];
  guint n_judges;

  if (text != NULL)
    root = edge_canon_read_loose (text, strlen (text), NULL);
  if (root == NULL || root->kind != EDGE_CANON_ARRAY || root->count < 1)
    return FALSE;
  proposal = read_note (edge_canon_first (root));
  final = read_note (root->count > 1 ? edge_canon_next (edge_canon_first (root))
                                     : edge_canon_first (root));
  if (proposal == NULL || final == NULL)
    return FALSE;

  /* A newcomer that took over a state has the certificate without the proposal. */
  if (proposal->kind == EDGE_NOTE_PROPOSE && proposal->round == final->round)
    {
      *leader = proposal->signer;
      return TRUE;
    }
  n_judges = edge_ledger_get_judges_of (self, n, judges);
  if (n_judges == 0)
    return FALSE;
  *leader = judges[(final->n + final->round) % n_judges];
  return TRUE;
}
