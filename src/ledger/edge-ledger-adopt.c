/* edge-ledger-adopt.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-private.h"

#include <string.h>

#include "ledger/edge-ledger-serve.h"

/* What the ledger had before, as far as the new one does not hold it. */
typedef struct
{
  EdgeLedger *ledger;
  GPtrArray  *events;
} Carry;

static gboolean
carry_cb (guint64     number,
          const char *text,
          gsize       length,
          gpointer    user_data)
{
  Carry *carry = user_data;
  g_autoptr(EdgeEvent) event = edge_event_parse (text, length, NULL);

  if (event != NULL && edge_event_check (event, carry->ledger->genesis->body->genesis,
                                         EDGE_EVENT_CHECK_SKIP_SIGNATURES, NULL))
    {
      event->place = number;
      g_ptr_array_add (carry->events, g_steal_pointer (&event));
    }
  return TRUE;
}

/* The certificate of a step is a list of notes, which is how the file keeps it. */
static char *
read_certificate (const char *step,
                  guint64    *n)
{
  g_autofree EdgeCanonNode *root = edge_canon_read (step, strlen (step), NULL);
  const EdgeCanonNode *list = root != NULL ? edge_canon_member (root, "certificate") : NULL;
  const EdgeCanonNode *checkpoint = root != NULL ? edge_canon_member (root, "checkpoint") : NULL;

  if (list == NULL || checkpoint == NULL ||
      !edge_canon_get_integer (edge_canon_member (checkpoint, "n"), 1, G_MAXUINT32, n))
    return NULL;
  return g_strndup (list->text, list->text_length);
}

static gboolean
put_checkpoints (EdgeLedger      *self,
                 EdgeFold        *fold,
                 EdgeLedgerBase  *base,
                 GError         **error)
{
  GPtrArray *steps = edge_ledger_base_get_steps (base);
  guint n_checkpoints = edge_fold_get_n_checkpoints (fold);
  guint next = 0;

  for (guint n = 1; n <= n_checkpoints; n++)
    {
      g_autofree char *text = edge_checkpoint_to_text (edge_fold_get_checkpoint (fold, n));
      g_autofree char *certificate = NULL;
      EdgeLedgerPage page = { .n = n, .checkpoint = text };
      guint64 step_n = 0;

      if (next < steps->len)
        certificate = read_certificate (g_ptr_array_index (steps, next), &step_n);
      if (step_n == n)
        {
          page.certificate = certificate;
          next++;
        }
      if (!edge_ledger_store_put_page (self->store, &page, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_base (EdgeLedger      *self,
          EdgeDag         *dag,
          EdgeFold        *fold,
          EdgeLedgerBase  *base,
          GError         **error)
{
  g_auto(EdgeLedgerPage) page = { 0 };
  guint n_order;
  const guint32 *order = edge_fold_get_order (fold, &n_order);
  EdgeState *state = edge_fold_get_state (fold);

  if (!edge_ledger_store_forget_base (self->store, error) ||
      !put_checkpoints (self, fold, base, error))
    return FALSE;
  page.n = edge_fold_get_n_checkpoints (fold);
  page.all_entries = TRUE;
  page.entries = _edge_ledger_list_entries (state);
  page.path = edge_state_tree_get_path (edge_state_get_tree (state), "n");
  page.turns = edge_fold_get_turns (fold);
  page.bones = g_array_sized_new (FALSE, FALSE, sizeof (EdgeDagBone), n_order);
  page.sets = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_order);
  for (guint i = 0; i < n_order; i++)
    {
      EdgeDagBone bone;

      edge_dag_get_bone (dag, order[i], &bone);
      g_array_append_val (page.bones, bone);
      g_array_append_val (page.sets, edge_dag_get_node (dag, order[i])->set);
    }
  return edge_ledger_store_put_page (self->store, &page, error);
}

/* Takes the place of what was there. With the lock. */
static void
install (EdgeLedger *self,
         EdgeDag    *dag,
         EdgeFold   *fold,
         GPtrArray  *events)
{
  g_autoptr(EdgeEventSet) set = edge_event_set_new (dag);
  g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GPtrArray) strays = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);

  g_clear_pointer (&self->fold, edge_fold_free);
  g_clear_pointer (&self->dag, edge_dag_free);
  g_clear_pointer (&self->pool, edge_holding_pool_free);
  g_clear_pointer (&self->index, edge_range_index_free);
  self->dag = dag;
  self->fold = fold;
  self->pool = edge_holding_pool_new ();
  self->index = edge_range_index_new ();
  self->has_bones = TRUE;
  self->share = (EdgeFoldShare) { 0 };
  if (self->has_watched)
    edge_fold_watch (fold, &self->watched);

  for (guint i = 0; i < events->len; i++)
    _edge_ledger_put_stored (dag, g_ptr_array_index (events, i), set, added, strays);
  _edge_ledger_keep_strays (self, strays);
  for (guint i = 0; i < added->len; i++)
    {
      const EdgeDagNode *node = edge_dag_get_node (dag, g_array_index (added, guint32, i));

      edge_range_index_add (self->index, node->time, &node->id);
    }
  edge_fold_add (fold, (const guint32 *) (gpointer) added->data, added->len);
  self->n_pruned = _edge_ledger_count_pruned (fold, dag);
  _edge_ledger_count_open (self);
}

static gboolean
adopt (EdgeLedger      *self,
       EdgeLedgerBase  *base,
       GError         **error)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  Carry carry = { self, events };
  g_autoptr(EdgeFold) fold = NULL;
  g_autoptr(EdgeDag) dag = NULL;

  if (!self->open || self->store == NULL ||
      edge_ledger_base_get_n (base) <= edge_fold_get_n_checkpoints (self->fold))
    {
      g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                           "The ledger goes further already");
      return FALSE;
    }
  if (!edge_ledger_base_finish (base, &dag, &fold, error) ||
      !edge_ledger_store_load_events (self->store, carry_cb, &carry, error) ||
      !edge_ledger_store_begin_base (self->store, error) ||
      !edge_ledger_store_end_base (self->store, put_base (self, dag, fold, base, error), error))
    {
      g_clear_pointer (&fold, edge_fold_free);
      return FALSE;
    }

  g_mutex_lock (&self->lock);
  install (self, g_steal_pointer (&dag), g_steal_pointer (&fold), events);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static void
adopt_func (EdgeLedger *self,
            GTask      *task)
{
  g_autoptr(GError) error = NULL;

  if (!adopt (self, g_task_get_task_data (task), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  _edge_ledger_fold (self);
  _edge_ledger_tell (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * edge_ledger_adopt_async:
 * @self: a ledger that is open, with a file
 * @base: (transfer full): all parts of a base that goes further than the ledger
 * @cancellable: (nullable): a cancellable
 * @callback: called when that is stored
 * @user_data: for @callback
 *
 * Goes on from a final checkpoint, whose certificates the base has held its parts
 * against. Events that are not final there stay.
 */
void
edge_ledger_adopt_async (EdgeLedger          *self,
                         EdgeLedgerBase      *base,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (EDGE_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_ledger_adopt_async);
  g_task_set_task_data (task, base, (GDestroyNotify) edge_ledger_base_free);
  _edge_ledger_run (self, adopt_func, task);
}

/**
 * edge_ledger_adopt_finish:
 * @self: a ledger
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: whether the ledger goes on from there
 */
gboolean
edge_ledger_adopt_finish (EdgeLedger    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
