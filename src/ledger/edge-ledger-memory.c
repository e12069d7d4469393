/* edge-ledger-memory.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-memory.h"

#include "ledger/edge-ledger-private.h"

struct _EdgeLedgerMemory
{
  GHashTable *known;
  GHashTable *winners;
};

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, g_free);
}

/**
 * edge_ledger_memory_new:
 *
 * Returns: (transfer full): a memory of nothing
 */
EdgeLedgerMemory *
edge_ledger_memory_new (void)
{
  EdgeLedgerMemory *self = g_new0 (EdgeLedgerMemory, 1);

  self->known = new_table ();
  self->winners = new_table ();
  return self;
}

/**
 * edge_ledger_memory_free:
 * @self: (transfer full): a memory
 *
 * Frees it.
 */
void
edge_ledger_memory_free (EdgeLedgerMemory *self)
{
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->winners);
  g_free (self);
}

/* What was there before keeps the time since when it is. */
static void
keep (GHashTable   *now_table,
      GHashTable   *before,
      const EdgeId *id,
      gint64        now)
{
  gint64 *since = g_hash_table_lookup (before, id);

  g_hash_table_insert (now_table, g_memdup2 (id, sizeof *id),
                       g_memdup2 (since != NULL ? since : &now, sizeof now));
}

/**
 * edge_ledger_memory_look:
 * @self: a memory
 * @ledger: a ledger
 * @now: the monotonic clock, in milliseconds
 *
 * Looks at the open set: what came, what is gone, and which side of each fork is ahead.
 */
void
edge_ledger_memory_look (EdgeLedgerMemory *self,
                         EdgeLedger       *ledger,
                         gint64            now)
{
  g_autoptr(GHashTable) known = new_table ();
  g_autoptr(GHashTable) winners = new_table ();

  g_return_if_fail (EDGE_IS_LEDGER (ledger));

  g_mutex_lock (&ledger->lock);
  if (ledger->fold != NULL)
    {
      guint n_order;
      const guint32 *order = edge_fold_get_order (ledger->fold, &n_order);
      guint first = edge_fold_get_n_closed (ledger->fold);

      for (guint i = first; i < n_order && i < first + EDGE_LEDGER_MEMORY_MAX; i++)
        {
          const EdgeDagNode *node = edge_dag_get_node (ledger->dag, order[i]);

          /* What is void does nothing, in a checkpoint or out of it. */
          if (node->verdict != EDGE_VERDICT_OK)
            continue;
          keep (known, self->known, &node->id, now);
          if (node->forked)
            keep (winners, self->winners, &node->id, now);
        }
    }
  g_mutex_unlock (&ledger->lock);

  g_hash_table_unref (self->known);
  g_hash_table_unref (self->winners);
  self->known = g_steal_pointer (&known);
  self->winners = g_steal_pointer (&winners);
}

static GArray *
list_since (GHashTable *table,
            gint64      before)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  GHashTableIter iter;
  gpointer id, since;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &id, &since))
    {
      if (*(gint64 *) since <= before)
        g_array_append_vals (ids, id, 1);
    }
  return ids;
}

/**
 * edge_ledger_memory_list_known:
 * @self: a memory
 * @before: a time
 *
 * Returns: (transfer full) (element-type EdgeId): good events that were open then and since
 */
GArray *
edge_ledger_memory_list_known (EdgeLedgerMemory *self,
                               gint64            before)
{
  return list_since (self->known, before);
}

/**
 * edge_ledger_memory_list_winners:
 * @self: a memory
 * @before: a time
 *
 * Returns: (transfer full) (element-type EdgeId): events that were ahead of their rivals then
 *   and since
 */
GArray *
edge_ledger_memory_list_winners (EdgeLedgerMemory *self,
                                 gint64            before)
{
  return list_since (self->winners, before);
}

/* Marks what a checkpoint would hold; FALSE if not all of it is here. */
static gboolean
mark_held (EdgeLedger           *ledger,
           const EdgeCheckpoint *checkpoint,
           guint32               mark)
{
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < checkpoint->n_tips; i++)
    {
      guint32 index = edge_dag_find (ledger->dag, &checkpoint->tips[i]);

      if (index == EDGE_DAG_NONE)
        return FALSE;
      g_array_append_val (stack, index);
    }
  while (stack->len > 0)
    {
      EdgeDagNode *node = edge_dag_get_node (ledger->dag, g_array_index (stack, guint32, stack->len - 1));

      g_array_set_size (stack, stack->len - 1);
      if (node->mark_of == mark || node->set != EDGE_DAG_OPEN)
        continue;
      node->mark_of = mark;
      for (guint i = 0; i < G_N_ELEMENTS (node->refs); i++)
        {
          if (node->refs[i] != EDGE_DAG_NONE)
            g_array_append_val (stack, node->refs[i]);
        }
    }
  return TRUE;
}

static gboolean
is_held (EdgeLedger *ledger,
         guint32     index,
         guint32     mark)
{
  return index == EDGE_DAG_NONE || edge_dag_get_node (ledger->dag, index)->set != EDGE_DAG_OPEN ||
         edge_dag_get_node (ledger->dag, index)->mark_of == mark;
}

static gboolean
has_rival (EdgeLedger *ledger,
           guint32     index,
           guint32     mark)
{
  for (guint32 rival = edge_dag_first_rival (ledger->dag, index); rival != EDGE_DAG_NONE;
       rival = edge_dag_next_rival (ledger->dag, rival))
    {
      if (rival != index && edge_dag_get_node (ledger->dag, rival)->mark_of == mark)
        return TRUE;
    }
  return FALSE;
}

static gboolean
judge (EdgeLedger           *ledger,
       const EdgeCheckpoint *checkpoint,
       GArray               *known,
       GArray               *winners)
{
  guint32 mark = edge_dag_new_mark (ledger->dag);

  /* Whether it is all there is not asked here. */
  if (!mark_held (ledger, checkpoint, mark))
    return TRUE;
  for (guint i = 0; i < known->len && checkpoint->n_tips < EDGE_CHECKPOINT_MAX_TIPS; i++)
    {
      if (!is_held (ledger, edge_dag_find (ledger->dag, &g_array_index (known, EdgeId, i)), mark))
        return FALSE;
    }
  for (guint i = 0; i < winners->len; i++)
    {
      guint32 index = edge_dag_find (ledger->dag, &g_array_index (winners, EdgeId, i));

      if (!is_held (ledger, index, mark) && has_rival (ledger, index, mark))
        return FALSE;
    }
  return TRUE;
}

/**
 * edge_ledger_is_fair:
 * @ledger: a ledger
 * @checkpoint: a fresh checkpoint that somebody proposed
 * @known: (element-type EdgeId): events known long, from edge_ledger_memory_list_known()
 * @winners: (element-type EdgeId): events ahead of their rivals for long, from
 *   edge_ledger_memory_list_winners()
 *
 * Returns: whether it leaves out none of the former, if it had room for it, and takes no rival
 *   of one of the latter without it
 */
gboolean
edge_ledger_is_fair (EdgeLedger           *ledger,
                     const EdgeCheckpoint *checkpoint,
                     GArray               *known,
                     GArray               *winners)
{
  gboolean fair = TRUE;

  g_return_val_if_fail (EDGE_IS_LEDGER (ledger), FALSE);

  g_mutex_lock (&ledger->lock);
  if (ledger->fold != NULL)
    fair = judge (ledger, checkpoint, known, winners);
  g_mutex_unlock (&ledger->lock);
  return fair;
}
