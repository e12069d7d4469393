/* edge-ledger-prune.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-private.h"

#include <string.h>

#include "ledger/edge-ledger-store-base.h"

/**
 * edge_ledger_set_archive:
 * @self: a ledger
 * @archive: whether to keep the text of all events
 * @keep: of how many checkpoints, the last ones, the text of events is kept in any case
 *
 * Chooses what is kept. Without this all is. What concerns the key of
 * edge_ledger_watch() is kept always. What is open already goes by it from the next
 * checkpoint on, and what it lacks of an archive stays away until it is opened again.
 */
void
edge_ledger_set_archive (EdgeLedger *self,
                         gboolean    archive,
                         guint       keep)
{
  g_return_if_fail (EDGE_IS_LEDGER (self));

  g_mutex_lock (&self->lock);
  self->archive = archive;
  self->keep = keep;
  g_mutex_unlock (&self->lock);
}

/**
 * edge_ledger_keeps_all:
 * @self: a ledger
 *
 * Returns: whether it keeps the text of all events it gets
 */
gboolean
edge_ledger_keeps_all (EdgeLedger *self)
{
  gboolean archive;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  g_mutex_lock (&self->lock);
  archive = self->archive;
  g_mutex_unlock (&self->lock);
  return archive;
}

/**
 * edge_ledger_is_archive:
 * @self: a ledger
 *
 * Returns: whether it holds the text of all events, and keeps it
 */
gboolean
edge_ledger_is_archive (EdgeLedger *self)
{
  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  return edge_ledger_keeps_all (self) && edge_ledger_get_n_pruned (self) == 0;
}

/**
 * edge_ledger_get_n_pruned:
 * @self: a ledger
 *
 * Returns: up to which checkpoint events are kept in short only; 0 if all are kept in full
 */
guint
edge_ledger_get_n_pruned (EdgeLedger *self)
{
  guint n;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), 0);

  g_mutex_lock (&self->lock);
  n = self->n_pruned;
  g_mutex_unlock (&self->lock);
  return n;
}

static void
collect_entry_cb (const char *name,
                  const char *text,
                  gpointer    user_data)
{
  g_ptr_array_add (user_data, g_strdup (name));
  g_ptr_array_add (user_data, g_strdup (text != NULL ? text : ""));
}

/* _edge_ledger_list_entries: all entries of a state, in no order, as pages hold them. */
GPtrArray *
_edge_ledger_list_entries (EdgeState *state)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_free);

  edge_state_foreach_entry (state, FALSE, collect_entry_cb, entries);
  return entries;
}

/* _edge_ledger_close: closes a checkpoint and notes on the page what the file needs of
 * it. With the lock. */
gboolean
_edge_ledger_close (EdgeLedger            *self,
                    const EdgeCheckpoint  *checkpoint,
                    EdgeLedgerPage        *page,
                    GError               **error)
{
  guint64 n_stored = self->store != NULL ? edge_ledger_store_get_entries_n (self->store) : 0;
  gboolean good;

  if (self->store != NULL)
    {
      page->entries = g_ptr_array_new_with_free_func (g_free);
      page->all_entries = n_stored + 1 != checkpoint->n;
      if (!page->all_entries)
        edge_fold_set_keeper (self->fold, collect_entry_cb, page->entries);
    }
  good = edge_fold_close (self->fold, checkpoint, error);
  edge_fold_set_keeper (self->fold, NULL, NULL);
  if (!good || self->store == NULL)
    return good;

  if (page->all_entries)
    edge_state_foreach_entry (edge_fold_get_state (self->fold), FALSE, collect_entry_cb,
                              page->entries);
  page->n = checkpoint->n;
  page->path = edge_state_tree_get_path (edge_state_get_tree (edge_fold_get_state (self->fold)), "n");
  return TRUE;
}

/* Whether an event is of the person whose node this is. */
static gboolean
is_own (EdgeLedger *self,
        guint32     index)
{
  return self->has_watched && _edge_ledger_concerns (self, index, &self->watched);
}

/* _edge_ledger_prune: after a checkpoint is closed, notes on the page which events
 * are kept in short from now on, and forgets their bodies. With the lock. */
void
_edge_ledger_prune (EdgeLedger     *self,
                    EdgeLedgerPage *page)
{
  guint n_order;
  const guint32 *order = edge_fold_get_order (self->fold, &n_order);
  guint n_closed = edge_fold_get_n_closed (self->fold);
  GPtrArray *turns = edge_fold_get_turns (self->fold);
  guint from = n_closed;

  /* Without any yet, those of all checkpoints are noted. */
  if (turns->len > 0 && (page->all_entries || !self->has_bones || ((const EdgeFoldTurn *)
                                              g_ptr_array_index (turns, turns->len - 1))->n == page->n))
    page->turns = turns;
  if (self->store == NULL || (!self->has_bones && (self->archive || page->n <= self->keep)))
    return;

  /* The first time all that is final goes into bones, later what became so now. */
  while (from > 0 && (!self->has_bones || edge_dag_get_node (self->dag, order[from - 1])->set == page->n))
    from--;
  page->bones = g_array_new (FALSE, FALSE, sizeof (EdgeDagBone));
  page->sets = g_array_new (FALSE, FALSE, sizeof (guint32));
  page->drop = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = from; i < n_closed; i++)
    {
      EdgeDagBone bone;

      edge_dag_get_bone (self->dag, order[i], &bone);
      g_array_append_val (page->bones, bone);
      g_array_append_val (page->sets, edge_dag_get_node (self->dag, order[i])->set);
    }
  self->has_bones = TRUE;
  if (self->archive || page->n <= self->keep)
    return;

  for (guint i = 0; i < n_closed; i++)
    {
      const EdgeDagNode *node = edge_dag_get_node (self->dag, order[i]);

      if (node->set <= self->n_pruned || node->type == EDGE_EVENT_GENESIS)
        continue;
      if (node->set + self->keep > page->n)
        break;
      if (node->body == NULL || is_own (self, order[i]))
        continue;
      g_array_append_val (page->drop, node->place);
      edge_dag_drop_body (self->dag, order[i]);
    }
  self->n_pruned = (guint) page->n - self->keep;
}

/* _edge_ledger_page_clear: frees what a page holds. */
void
_edge_ledger_page_clear (EdgeLedgerPage *page)
{
  g_clear_pointer (&page->entries, g_ptr_array_unref);
  g_clear_pointer (&page->path, g_array_unref);
  g_clear_pointer (&page->bones, g_array_unref);
  g_clear_pointer (&page->sets, g_array_unref);
  g_clear_pointer (&page->drop, g_array_unref);
}
