/* edge-ledger-closing.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-ledger-private.h"

/**
 * edge_ledger_get_judges:
 * @self: a ledger
 * @n_closed: (out): the number of the last final checkpoint, 0 without one
 * @last: (out): its hash, or the id of the genesis
 * @judges: (out): room for %EDGE_GENESIS_MAX_VALIDATORS keys
 *
 * Returns: how many validators judge the next checkpoint; 0 where nothing is ever final
 */
guint
edge_ledger_get_judges (EdgeLedger *self,
                        guint64    *n_closed,
                        EdgeId     *last,
                        EdgeId     *judges)
{
  guint n = 0;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), 0);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      const EdgeId *keys = edge_fold_get_judges (self->fold, &n);

      memcpy (judges, keys, n * sizeof *judges);
      *n_closed = edge_fold_get_n_checkpoints (self->fold);
      *last = self->genesis->id;
      if (*n_closed > 0)
        edge_checkpoint_hash (edge_fold_get_checkpoint (self->fold, (guint) *n_closed), last);
    }
  g_mutex_unlock (&self->lock);
  return n;
}

/**
 * edge_ledger_get_last:
 * @self: a ledger
 * @checkpoint: (out): the last final checkpoint
 * @time: (out): T of its state
 *
 * Returns: whether any is final here
 */
gboolean
edge_ledger_get_last (EdgeLedger     *self,
                      EdgeCheckpoint *checkpoint,
                      guint64        *time)
{
  guint n = 0;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    n = edge_fold_get_n_checkpoints (self->fold);
  if (n > 0)
    {
      *checkpoint = *edge_fold_get_checkpoint (self->fold, n);
      *time = edge_fold_get_final_time (self->fold);
    }
  g_mutex_unlock (&self->lock);
  return n > 0;
}

/* Whether a node can be a tip: it is good and no tip found before builds upon it,
 * directly or through others, good or not. What it builds upon can be none then. */
static gboolean
take_tip (EdgeLedger *self,
          guint32     index,
          guint32     mark)
{
  const EdgeDagNode *node = edge_dag_get_node (self->dag, index);
  gboolean below = node->mark_of == mark;

  if (!below && node->verdict != EDGE_VERDICT_OK)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (node->refs); i++)
    {
      if (node->refs[i] != EDGE_DAG_NONE)
        edge_dag_get_node (self->dag, node->refs[i])->mark_of = mark;
    }
  return !below;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  return edge_id_compare (a, b);
}

/**
 * edge_ledger_list_open_tips:
 * @self: a ledger
 * @checkpoint: (out): gets `tips` to close, the newest first found, sorted
 *
 * Tips a next checkpoint can have: good events that are in no checkpoint, none of
 * which builds upon another.
 *
 * Returns: how many events are open, 0 if there is no such tip
 */
guint
edge_ledger_list_open_tips (EdgeLedger     *self,
                            EdgeCheckpoint *checkpoint)
{
  guint n_open = 0;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), 0);

  memset (checkpoint, 0, sizeof *checkpoint);
  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      guint n_closed = edge_fold_get_n_closed (self->fold);
      guint n_order;
      const guint32 *order = edge_fold_get_order (self->fold, &n_order);
      guint32 mark = edge_dag_new_mark (self->dag);

      for (guint i = n_order; i > n_closed && checkpoint->n_tips < EDGE_CHECKPOINT_MAX_TIPS; i--)
        {
          if (take_tip (self, order[i - 1], mark))
            checkpoint->tips[checkpoint->n_tips++] = edge_dag_get_node (self->dag, order[i - 1])->id;
        }
      n_open = checkpoint->n_tips > 0 ? n_order - n_closed : 0;
    }
  g_mutex_unlock (&self->lock);

  g_sort_array (checkpoint->tips, checkpoint->n_tips, sizeof *checkpoint->tips, compare_ids, NULL);
  return n_open;
}

/**
 * edge_ledger_dup_closed:
 * @self: a ledger
 * @n: the number of a final checkpoint
 * @skip: how many of its events to pass over
 * @most: bytes of events after which no other is added
 *
 * Lists events of a checkpoint, those that others build upon first.
 *
 * Returns: (transfer full): events as they came; empty after the last
 */
GStrv
edge_ledger_dup_closed (EdgeLedger *self,
                        guint64     n,
                        guint       skip,
                        gsize       most)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  gsize size = 0;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL && n >= 1 && n <= edge_fold_get_n_checkpoints (self->fold))
    {
      guint n_order;
      const guint32 *order = edge_fold_get_order (self->fold, &n_order);
      guint64 first = 0;
      guint64 count = edge_fold_get_checkpoint (self->fold, (guint) n)->count;

      for (guint i = 1; i < n; i++)
        first += edge_fold_get_checkpoint (self->fold, i)->count;
      for (guint64 i = first + skip; i < first + count && ids->len < 256; i++)
        g_array_append_vals (ids, &edge_dag_get_node (self->dag, order[i])->id, 1);
    }
  g_mutex_unlock (&self->lock);

  for (guint i = 0; i < ids->len && size < most; i++)
    {
      g_autofree char *text = edge_ledger_dup_event (self, &g_array_index (ids, EdgeId, i));

      if (text == NULL)
        break;
      size += strlen (text);
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}
