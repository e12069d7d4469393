/* edge-fold-close.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-fold-private.h"

#include <string.h>

#include "ledger/edge-fork.h"
#include "ledger/edge-ledger-error.h"
#include "ledger/edge-multiplier.h"

static gboolean
refuse (GError          **error,
        EdgeLedgerError   code,
        guint64           n,
        const char       *reason)
{
  g_set_error (error, EDGE_LEDGER_ERROR, code, "Checkpoint %" G_GUINT64_FORMAT ": %s", n, reason);
  return FALSE;
}

/* The tips and all their ancestors that are open, or NULL when the tips are no tips. */
static GArray *
collect (EdgeFold              *self,
         const EdgeCheckpoint  *checkpoint,
         GError               **error)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 mark = edge_dag_new_mark (self->dag);

  for (guint i = 0; i < checkpoint->n_tips; i++)
    {
      guint32 tip = edge_dag_find (self->dag, &checkpoint->tips[i]);
      EdgeDagNode *node;

      if (tip == EDGE_DAG_NONE)
        {
          refuse (error, EDGE_LEDGER_ERROR_MISSING, checkpoint->n, "its events are not all here");
          return NULL;
        }
      node = edge_dag_get_node (self->dag, tip);
      if (node->set != EDGE_DAG_OPEN)
        {
          refuse (error, EDGE_LEDGER_ERROR_CHECKPOINT, checkpoint->n,
                  "a tip is in an earlier checkpoint");
          return NULL;
        }
      node->mark_of = mark;
      node->mark = TRUE;
      g_array_append_val (found, tip);
    }

  for (guint i = 0; i < found->len; i++)
    {
      const EdgeDagNode *node = edge_dag_get_node (self->dag, g_array_index (found, guint32, i));

      for (guint r = 0; r < 3; r++)
        {
          EdgeDagNode *parent;

          if (node->refs[r] == EDGE_DAG_NONE)
            continue;
          parent = edge_dag_get_node (self->dag, node->refs[r]);
          if (parent->set != EDGE_DAG_OPEN)
            continue;
          if (parent->mark_of == mark)
            {
              if (!parent->mark)
                continue;
              refuse (error, EDGE_LEDGER_ERROR_CHECKPOINT, checkpoint->n,
                      "a tip is an ancestor of another");
              return NULL;
            }
          parent->mark_of = mark;
          parent->mark = FALSE;
          g_array_append_val (found, node->refs[r]);
        }
    }

  g_array_sort_with_data (found, _edge_fold_compare_nodes, self->dag);
  return g_steal_pointer (&found);
}

/* Puts the events of a set in front of what stays open. */
static void
divide (EdgeFold *self,
        GArray   *members,
        guint32   set)
{
  g_autoptr(GArray) rest = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < members->len; i++)
    edge_dag_get_node (self->dag, g_array_index (members, guint32, i))->set = set;
  for (guint i = self->n_closed; i < self->order->len; i++)
    {
      guint32 node = _edge_fold_order_at (self, i);

      if (edge_dag_get_node (self->dag, node)->set == EDGE_DAG_OPEN)
        g_array_append_val (rest, node);
    }

  g_array_set_size (self->order, self->n_closed);
  g_array_append_vals (self->order, members->data, members->len);
  g_array_append_vals (self->order, rest->data, rest->len);
}

/* Up to where a checkpoint's events stand in the open set as they would in it. */
static guint
find_common (EdgeFold *self,
             GArray   *members)
{
  guint n = 0;

  while (n < members->len &&
         g_array_index (members, guint32, n) == _edge_fold_order_at (self, self->n_closed + n))
    n++;
  return self->n_closed + n;
}

static void
undo_divide (EdgeFold *self,
             GArray   *members,
             guint     common)
{
  _edge_fold_roll_back (self, common);
  for (guint i = 0; i < members->len; i++)
    edge_dag_get_node (self->dag, g_array_index (members, guint32, i))->set = EDGE_DAG_OPEN;

  g_sort_array ((guint32 *) (gpointer) self->order->data + self->n_closed,
                self->order->len - self->n_closed, sizeof (guint32), _edge_fold_compare_nodes, self->dag);
  _edge_fold_settle_open (self);
}

/* Folds a checkpoint's events right after what is closed, and nothing else. The rules are
 * those of the open set, so what comes first in both and what no fork changes stays folded;
 * @common is up to where. */
static GArray *
fold_set (EdgeFold              *self,
          const EdgeCheckpoint  *checkpoint,
          guint                 *common,
          EdgeId                *state,
          GError               **error)
{
  g_autoptr(GArray) members = collect (self, checkpoint, error);
  guint32 changed;

  if (members == NULL)
    return NULL;

  *common = find_common (self, members);
  _edge_fold_roll_back (self, *common);
  divide (self, members, (guint32) checkpoint->n);
  changed = edge_fork_decide (self->dag, (const guint32 *) (gpointer) members->data, members->len,
                              (guint32) checkpoint->n, _edge_fold_has_validators (self));
  if (changed != EDGE_DAG_NONE)
    _edge_fold_roll_back (self, _edge_fold_find_place (self, changed, self->n_closed));
  edge_fold_run (self, self->n_closed + members->len - self->n_folded);
  edge_state_get_root (self->state, state);
  return g_steal_pointer (&members);
}

static gboolean
check_next (EdgeFold              *self,
            const EdgeCheckpoint  *checkpoint,
            GError               **error)
{
  if (!_edge_fold_has_validators (self))
    return refuse (error, EDGE_LEDGER_ERROR_CHECKPOINT, checkpoint->n,
                   "this network has no validators, so nothing is final");
  if (checkpoint->n != self->checkpoints->len + 1)
    return refuse (error, EDGE_LEDGER_ERROR_CHECKPOINT, checkpoint->n, "its n is not the next");
  if (!edge_id_equal (&checkpoint->prev, &self->last_hash))
    return refuse (error, EDGE_LEDGER_ERROR_CHECKPOINT, checkpoint->n,
                   "its prev is not the hash of the one before");
  return TRUE;
}

/**
 * edge_fold_try:
 * @self: a fold
 * @checkpoint: (inout): `tips` set by the caller; the rest is filled in
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Computes the checkpoint that would close the tips given, and closes nothing.
 *
 * Returns: whether these tips can be closed
 */
gboolean
edge_fold_try (EdgeFold        *self,
               EdgeCheckpoint  *checkpoint,
               GError         **error)
{
  g_autoptr(GArray) members = NULL;
  guint common;

  checkpoint->n = self->checkpoints->len + 1;
  checkpoint->prev = self->last_hash;
  if (!check_next (self, checkpoint, error))
    return FALSE;
  members = fold_set (self, checkpoint, &common, &checkpoint->state, error);
  if (members == NULL)
    return FALSE;

  checkpoint->count = members->len;
  undo_divide (self, members, common);
  return TRUE;
}

/**
 * edge_fold_turn_new:
 * @n: number of a checkpoint
 * @entry: text of the entry `n` of its state
 * @path: (element-type EdgeId): the path of that entry
 *
 * Returns: (transfer full): what shows who judges the next
 */
EdgeFoldTurn *
edge_fold_turn_new (guint64     n,
                    const char *entry,
                    GArray     *path)
{
  EdgeFoldTurn *self = g_new (EdgeFoldTurn, 1);

  self->n = n;
  self->entry = g_strdup (entry);
  self->path = g_array_ref (path);
  return self;
}

/**
 * edge_fold_turn_free:
 * @self: (transfer full): a turn
 *
 * Frees it.
 */
void
edge_fold_turn_free (EdgeFoldTurn *self)
{
  g_array_unref (self->path);
  g_free (self->entry);
  g_free (self);
}

/**
 * edge_fold_get_turns:
 * @self: a fold
 *
 * Returns: (transfer none) (element-type EdgeFoldTurn): checkpoints after which others
 *   judge than before, by number
 */
GPtrArray *
edge_fold_get_turns (EdgeFold *self)
{
  return self->turns;
}

static void
note_judges (EdgeFold              *self,
             const EdgeCheckpoint  *checkpoint)
{
  const EdgeTotals *totals = edge_state_get_totals (self->state);
  gboolean changed = totals->n_validators != self->n_judges ||
                     memcmp (totals->validators, self->judges,
                             self->n_judges * sizeof *self->judges) != 0;

  if (changed)
    {
      g_autofree char *entry = edge_state_totals_to_text (self->state);
      g_autoptr(GArray) path = edge_state_tree_get_path (edge_state_get_tree (self->state), "n");

      g_ptr_array_add (self->turns, edge_fold_turn_new (checkpoint->n, entry, path));
    }
}

/* What follows from the state after a checkpoint, for the events after it. */
static void
stand_at (EdgeFold              *self,
          const EdgeCheckpoint  *checkpoint)
{
  const EdgeTotals *totals = edge_state_get_totals (self->state);

  edge_checkpoint_hash (checkpoint, &self->last_hash);
  self->final_time = totals->time;
  self->n_judges = totals->n_validators;
  memcpy (self->judges, totals->validators, self->n_judges * sizeof *self->judges);
  self->multiplier = edge_multiplier (totals->cpu_ms,
                                      self->genesis->params[EDGE_GENESIS_DECAY_CPU_HOURS],
                                      self->genesis->params[EDGE_GENESIS_MAX_BONUS]);
}

/**
 * edge_fold_new_at:
 * @dag: a DAG that holds the events of all checkpoints, in order, and no others; it and
 *   @genesis must outlive the fold
 * @genesis: the network's rules
 * @state: (transfer full): the state after the last checkpoint
 * @checkpoints: (element-type EdgeCheckpoint): all checkpoints
 * @turns: (element-type EdgeFoldTurn): those after which others judge than before
 *
 * Returns: (transfer full): a fold that goes on from a checkpoint
 */
EdgeFold *
edge_fold_new_at (EdgeDag           *dag,
                  const EdgeGenesis *genesis,
                  EdgeState         *state,
                  GPtrArray         *checkpoints,
                  GPtrArray         *turns)
{
  EdgeFold *self = edge_fold_new (dag, genesis);

  edge_state_free (self->state);
  self->state = state;
  for (guint32 i = 0; i < edge_dag_get_size (dag); i++)
    {
      g_array_append_val (self->order, i);
      self->n_verdicts[edge_dag_get_node (dag, i)->verdict]++;
    }
  self->n_closed = self->order->len;
  self->n_folded = self->order->len;
  for (guint i = 0; i < checkpoints->len; i++)
    g_ptr_array_add (self->checkpoints, g_memdup2 (g_ptr_array_index (checkpoints, i),
                                                   sizeof (EdgeCheckpoint)));
  for (guint i = 0; i < turns->len; i++)
    {
      const EdgeFoldTurn *turn = g_ptr_array_index (turns, i);

      g_ptr_array_add (self->turns, edge_fold_turn_new (turn->n, turn->entry, turn->path));
    }
  edge_state_foreach_account (state, _edge_fold_note_member_cb, self);
  stand_at (self, g_ptr_array_index (checkpoints, checkpoints->len - 1));
  return self;
}

/**
 * edge_fold_set_keeper:
 * @self: a fold
 * @func: (nullable): called for each entry of the state that a checkpoint changed, when
 *   it is closed
 * @user_data: for @func
 *
 * Has somebody keep the entries of the last checkpoint.
 */
void
edge_fold_set_keeper (EdgeFold           *self,
                      EdgeStateEntryFunc  func,
                      gpointer            user_data)
{
  self->keeper = func;
  self->keeper_data = user_data;
}

/**
 * edge_fold_close:
 * @self: a fold
 * @checkpoint: the next checkpoint
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Closes the book up to a checkpoint, if all it says is so. Whether enough
 * validators signed it is for the caller to know.
 *
 * Returns: whether it is closed now
 */
gboolean
edge_fold_close (EdgeFold              *self,
                 const EdgeCheckpoint  *checkpoint,
                 GError               **error)
{
  g_autoptr(GArray) members = NULL;
  const char *fault = NULL;
  guint common;
  EdgeId state;

  if (!check_next (self, checkpoint, error))
    return FALSE;
  members = fold_set (self, checkpoint, &common, &state, error);
  if (members == NULL)
    return FALSE;

  if (members->len != checkpoint->count)
    fault = "its count is not that of its events";
  else if (!edge_id_equal (&state, &checkpoint->state))
    fault = "its state is not what follows from its events";
  if (fault != NULL)
    {
      undo_divide (self, members, common);
      return refuse (error, EDGE_LEDGER_ERROR_CHECKPOINT, checkpoint->n, fault);
    }

  self->n_closed += members->len;
  if (self->keeper != NULL)
    edge_state_foreach_entry (self->state, TRUE, self->keeper, self->keeper_data);
  g_array_set_size (self->marks, 0);
  edge_state_forget_marks (self->state, _edge_fold_note_member_cb, self);
  g_ptr_array_add (self->checkpoints, g_memdup2 (checkpoint, sizeof *checkpoint));
  note_judges (self, checkpoint);
  stand_at (self, checkpoint);
  _edge_fold_settle_open (self);
  return TRUE;
}
