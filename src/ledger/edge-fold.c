/* edge-fold.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-fold-private.h"

#include <string.h>

#include "ledger/edge-fork.h"
#include "ledger/edge-multiplier.h"

/* Events between the newest snapshots; older ones lie twice, four times … as far apart. */
#define SNAPSHOT_STEP 64

/* _edge_fold_order_at: the node at a place of the order. */
guint32
_edge_fold_order_at (EdgeFold *self,
                     guint     place)
{
  return g_array_index (self->order, guint32, place);
}

/* _edge_fold_has_validators: whether the book is ever closed. */
gboolean
_edge_fold_has_validators (EdgeFold *self)
{
  return self->genesis->n_validators > 0;
}

static void
note_member (EdgeFold     *self,
             const EdgeId *key)
{
  guint32 index = edge_dag_find_author (self->dag, key);

  if (index != EDGE_DAG_NONE)
    edge_dag_get_author (self->dag, index)->member = TRUE;
}

/* _edge_fold_note_member_cb: gives a member its say in forks. */
void
_edge_fold_note_member_cb (const EdgeAccount *account,
                           gpointer           user_data)
{
  if (account->member)
    note_member (user_data, &account->key);
}

/**
 * edge_fold_new:
 * @dag: a DAG; it and @genesis must outlive the fold
 * @genesis: the network's rules
 *
 * Returns: (transfer full): a fold of no events yet
 */
EdgeFold *
edge_fold_new (EdgeDag           *dag,
               const EdgeGenesis *genesis)
{
  EdgeFold *self = g_new0 (EdgeFold, 1);

  self->dag = dag;
  self->genesis = genesis;
  self->state = edge_state_new ();
  self->order = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->marks = g_array_new (FALSE, FALSE, sizeof (EdgeFoldMark));
  self->checkpoints = g_ptr_array_new_with_free_func (g_free);
  self->turns = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_fold_turn_free);
  self->earnings = g_array_new (FALSE, FALSE, sizeof (EdgeEarning));
  self->last_hash = genesis->id;
  self->n_judges = genesis->n_validators;
  memcpy (self->judges, genesis->validators, self->n_judges * sizeof *self->judges);
  self->multiplier = edge_multiplier (0, genesis->params[EDGE_GENESIS_DECAY_CPU_HOURS],
                                      genesis->params[EDGE_GENESIS_MAX_BONUS]);
  return self;
}

/**
 * edge_fold_free:
 * @self: (transfer full): a fold
 *
 * Frees it.
 */
void
edge_fold_free (EdgeFold *self)
{
  edge_state_free (self->state);
  g_array_unref (self->order);
  g_array_unref (self->marks);
  g_ptr_array_unref (self->checkpoints);
  g_ptr_array_unref (self->turns);
  g_array_unref (self->earnings);
  g_free (self);
}

/**
 * edge_fold_watch:
 * @self: a fold of no events, or of none after a checkpoint
 * @key: whose earnings to note
 *
 * Keeps a list of what one key earns from here on, and when.
 */
void
edge_fold_watch (EdgeFold     *self,
                 const EdgeId *key)
{
  g_return_if_fail (self->n_folded == self->n_closed);

  self->watched = *key;
  self->has_watched = TRUE;
}

/**
 * edge_fold_get_earnings:
 * @self: a fold
 *
 * Returns: (transfer none) (element-type EdgeEarning): what the watched key earned, in order
 */
GArray *
edge_fold_get_earnings (EdgeFold *self)
{
  return self->earnings;
}

static void
note_earning (EdgeFold *self)
{
  const EdgeAccount *account = edge_state_get_account (self->state, &self->watched);
  EdgeEarning earning = { 0 };
  guint64 before = 0;

  if (account == NULL)
    return;
  if (self->earnings->len > 0)
    before = g_array_index (self->earnings, EdgeEarning, self->earnings->len - 1).total;
  if (account->earned == before)
    return;

  earning.time = edge_state_get_totals (self->state)->time;
  earning.total = account->earned;
  earning.place = self->n_folded;
  g_array_append_val (self->earnings, earning);
}

static void
forget_earnings (EdgeFold *self)
{
  guint keep = self->earnings->len;

  while (keep > 0 && g_array_index (self->earnings, EdgeEarning, keep - 1).place >= self->n_folded)
    keep--;
  g_array_set_size (self->earnings, keep);
}

/* Three snapshots equally far apart: the middle one goes. So there are at most
 * two of each distance, and one is never further back than it is from the end. */
static void
thin_marks (EdgeFold *self)
{
  guint i = self->marks->len;

  while (i >= 3)
    {
      EdgeFoldMark *mark = &g_array_index (self->marks, EdgeFoldMark, i - 3);

      if (mark[0].level != mark[1].level || mark[1].level != mark[2].level)
        break;
      mark[0].level++;
      g_array_remove_index (self->marks, i - 2);
      edge_state_merge_mark (self->state, i - 2);
      i -= 2;
    }
}

static void
take_mark (EdgeFold *self)
{
  EdgeFoldMark mark = { self->n_folded, 0 };

  if (self->marks->len > 0 &&
      self->n_folded - g_array_index (self->marks, EdgeFoldMark, self->marks->len - 1).start < SNAPSHOT_STEP)
    return;
  thin_marks (self);
  g_array_append_val (self->marks, mark);
  edge_state_mark (self->state);
}

/* _edge_fold_roll_back: goes back to the latest snapshot at or before @place. */
void
_edge_fold_roll_back (EdgeFold *self,
                      guint     place)
{
  guint keep = self->marks->len;

  if (place >= self->n_folded)
    return;
  while (g_array_index (self->marks, EdgeFoldMark, keep - 1).start > place)
    keep--;

  self->n_refolded += self->n_folded - g_array_index (self->marks, EdgeFoldMark, keep - 1).start;
  self->n_folded = g_array_index (self->marks, EdgeFoldMark, keep - 1).start;
  g_array_set_size (self->marks, keep - 1);
  edge_state_roll_back (self->state, keep - 1);
  forget_earnings (self);
}

static void
fold_one (EdgeFold *self)
{
  EdgeDagNode *node = edge_dag_get_node (self->dag, _edge_fold_order_at (self, self->n_folded));
  guint32 prev = node->refs[EDGE_DAG_PREV];
  EdgeStep step = {
    .id = &node->id,
    .author = &edge_dag_get_author (self->dag, node->author)->key,
    .prev = prev != EDGE_DAG_NONE ? &edge_dag_get_node (self->dag, prev)->id : NULL,
    .body = node->body,
    .seq = node->seq,
    .time = node->time,
    .lost_fork = node->lost,
  };
  EdgeReason reason;

  take_mark (self);
  if (node->verdict != EDGE_VERDICT_NONE)
    self->n_verdicts[node->verdict]--;
  node->verdict = edge_rules_apply (self->state, self->genesis, self->multiplier, &step, &reason);
  node->reason = reason;
  self->n_verdicts[node->verdict]++;
  if (self->has_watched)
    note_earning (self);
  self->n_folded++;
}

/* _edge_fold_compare_nodes: the total order, for sorting. */
int
_edge_fold_compare_nodes (gconstpointer a,
                          gconstpointer b,
                          gpointer      dag)
{
  return edge_dag_compare (dag, *(const guint32 *) a, *(const guint32 *) b);
}

/* _edge_fold_find_place: where a node stands in the order, or would, from a place on. */
guint
_edge_fold_find_place (EdgeFold *self,
                       guint32   node,
                       guint     from)
{
  guint low = from;
  guint high = self->order->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (edge_dag_compare (self->dag, _edge_fold_order_at (self, middle), node) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* _edge_fold_settle_open: settles the forks of the open set and goes back as far as
 * that changed any. */
void
_edge_fold_settle_open (EdgeFold *self)
{
  guint32 changed = edge_fork_decide (self->dag,
                                      (const guint32 *) (gpointer) self->order->data + self->n_closed,
                                      self->order->len - self->n_closed,
                                      EDGE_DAG_OPEN, _edge_fold_has_validators (self));

  if (changed != EDGE_DAG_NONE)
    _edge_fold_roll_back (self, _edge_fold_find_place (self, changed, self->n_closed));
}

static void
note_new_members (EdgeFold      *self,
                  const guint32 *nodes,
                  guint          n_nodes)
{
  /* Founders and validators are members from genesis on, before they sign anything. */
  for (guint i = 0; i < n_nodes; i++)
    {
      EdgeDagNode *node = edge_dag_get_node (self->dag, nodes[i]);
      EdgeDagAuthor *author = edge_dag_get_author (self->dag, node->author);

      for (guint v = 0; !author->member && v < self->genesis->n_validators; v++)
        author->member = edge_id_equal (&author->key, &self->genesis->validators[v]);
      if (edge_id_equal (&author->key, &self->genesis->author) && _edge_fold_has_validators (self))
        author->member = TRUE;
    }
}

/**
 * edge_fold_add:
 * @self: a fold
 * @nodes: (array length=n_nodes): nodes that were added to the DAG since the last call
 * @n_nodes: how many
 *
 * Puts events in their place. edge_fold_run() then brings the state up to them.
 */
void
edge_fold_add (EdgeFold      *self,
               const guint32 *nodes,
               guint          n_nodes)
{
  g_autofree guint32 *added = g_memdup2 (nodes, n_nodes * sizeof *nodes);
  guint write;
  guint read;
  guint left = n_nodes;

  if (n_nodes == 0)
    return;

  note_new_members (self, nodes, n_nodes);
  g_sort_array (added, n_nodes, sizeof *added, _edge_fold_compare_nodes, self->dag);
  _edge_fold_roll_back (self, _edge_fold_find_place (self, added[0], self->n_closed));

  /* Merged from the end, so that what stays in place is not touched. */
  read = self->order->len;
  g_array_set_size (self->order, self->order->len + n_nodes);
  for (write = self->order->len; left > 0; write--)
    {
      if (read > self->n_closed &&
          edge_dag_compare (self->dag, _edge_fold_order_at (self, read - 1), added[left - 1]) > 0)
        g_array_index (self->order, guint32, write - 1) = _edge_fold_order_at (self, --read);
      else
        g_array_index (self->order, guint32, write - 1) = added[--left];
    }
  _edge_fold_settle_open (self);
}

/**
 * edge_fold_settle:
 * @self: a fold
 * @max_entries: how many entries of the state to hash at most
 *
 * Brings the state tree up to the events folded so far, or nearer to it, so that a checkpoint
 * made next has less to do.
 *
 * Returns: whether it is there
 */
gboolean
edge_fold_settle (EdgeFold *self,
                  guint     max_entries)
{
  return edge_state_settle (self->state, max_entries);
}

/**
 * edge_fold_run:
 * @self: a fold
 * @max_steps: how many events to fold at most
 *
 * Brings the state up to the events that were added, or nearer to it.
 *
 * Returns: whether it is there
 */
gboolean
edge_fold_run (EdgeFold *self,
               guint     max_steps)
{
  while (self->n_folded < self->order->len && max_steps-- > 0)
    fold_one (self);
  return self->n_folded == self->order->len;
}

/**
 * edge_fold_get_state:
 * @self: a fold
 *
 * Returns: (transfer none): the state after the events folded so far
 */
EdgeState *
edge_fold_get_state (EdgeFold *self)
{
  return self->state;
}

/**
 * edge_fold_get_multiplier:
 * @self: a fold
 *
 * Returns: what an event of the open set gets, in micro
 */
guint64
edge_fold_get_multiplier (EdgeFold *self)
{
  return self->multiplier;
}

/**
 * edge_fold_get_order:
 * @self: a fold
 * @n_order: (out): how many
 *
 * Returns: (transfer none) (array length=n_order): all events in order
 */
const guint32 *
edge_fold_get_order (EdgeFold *self,
                     guint    *n_order)
{
  *n_order = self->order->len;
  return (const guint32 *) (gpointer) self->order->data;
}

/**
 * edge_fold_get_n_closed:
 * @self: a fold
 *
 * Returns: how many events checkpoints hold; they come first in the order
 */
guint
edge_fold_get_n_closed (EdgeFold *self)
{
  return self->n_closed;
}

/**
 * edge_fold_get_n_behind:
 * @self: a fold
 *
 * Returns: how many events the state is behind
 */
guint
edge_fold_get_n_behind (EdgeFold *self)
{
  return self->order->len - self->n_folded;
}

/**
 * edge_fold_get_n_refolded:
 * @self: a fold
 *
 * Returns: how many events were folded again because others sorted before them
 */
guint
edge_fold_get_n_refolded (EdgeFold *self)
{
  return self->n_refolded;
}

/**
 * edge_fold_get_n_off:
 * @self: a fold
 *
 * Returns: how many events are not on their author's chain
 */
guint
edge_fold_get_n_off (EdgeFold *self)
{
  return self->n_verdicts[EDGE_VERDICT_OFF];
}

/**
 * edge_fold_get_n_void:
 * @self: a fold
 *
 * Returns: how many events break a rule at their place
 */
guint
edge_fold_get_n_void (EdgeFold *self)
{
  return self->n_verdicts[EDGE_VERDICT_VOID];
}

/**
 * edge_fold_get_n_checkpoints:
 * @self: a fold
 *
 * Returns: how many checkpoints are closed
 */
guint
edge_fold_get_n_checkpoints (EdgeFold *self)
{
  return self->checkpoints->len;
}

/**
 * edge_fold_get_checkpoint:
 * @self: a fold
 * @n: from 1
 *
 * Returns: (transfer none): the checkpoint
 */
const EdgeCheckpoint *
edge_fold_get_checkpoint (EdgeFold *self,
                          guint     n)
{
  g_return_val_if_fail (n >= 1 && n <= self->checkpoints->len, NULL);

  return g_ptr_array_index (self->checkpoints, n - 1);
}

/**
 * edge_fold_get_final_time:
 * @self: a fold
 *
 * Returns: the network's time at the last checkpoint, 0 when there is none
 */
guint64
edge_fold_get_final_time (EdgeFold *self)
{
  return self->final_time;
}

/**
 * edge_fold_get_last_hash:
 * @self: a fold
 * @hash: (out): hash of the last checkpoint, or the genesis id
 *
 * Says what the next checkpoint must follow.
 */
void
edge_fold_get_last_hash (EdgeFold *self,
                         EdgeId   *hash)
{
  *hash = self->last_hash;
}

/**
 * edge_fold_get_judges:
 * @self: a fold
 * @n_judges: (out): how many
 *
 * Returns: (transfer none): the validators of the state after the last checkpoint,
 *   who judge the next
 */
const EdgeId *
edge_fold_get_judges (EdgeFold *self,
                      guint    *n_judges)
{
  *n_judges = self->n_judges;
  return self->judges;
}
