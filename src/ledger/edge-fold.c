/* edge-fold.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-fold.h"

#include <string.h>

#include "ledger/edge-fork.h"
#include "ledger/edge-ledger-error.h"
#include "ledger/edge-multiplier.h"

/* Events between the newest snapshots; older ones lie twice, four times … as far apart. */
#define SNAPSHOT_STEP 64

/* A snapshot: how many events of the order lie before it, and to which power of
 * two of steps the one after it is away. */
typedef struct
{
  guint start;
  guint level;
} Mark;

struct _EdgeFold
{
  EdgeDag           *dag;
  const EdgeGenesis *genesis;
  EdgeState         *state;
  GArray            *order;
  GArray            *marks;
  GPtrArray         *checkpoints;
  EdgeId             last_hash;
  guint64            multiplier;
  guint              n_closed;
  guint              n_folded;
  guint              n_refolded;
  guint              n_verdicts[EDGE_VERDICT_VOID + 1];
};

static guint32
order_at (EdgeFold *self,
          guint     place)
{
  return g_array_index (self->order, guint32, place);
}

static gboolean
has_validators (EdgeFold *self)
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

static void
note_member_cb (const EdgeAccount *account,
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
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->checkpoints = g_ptr_array_new_with_free_func (g_free);
  self->last_hash = genesis->id;
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
  g_free (self);
}

/* Three snapshots equally far apart: the middle one goes. So there are at most
 * two of each distance, and one is never further back than it is from the end. */
static void
thin_marks (EdgeFold *self)
{
  guint i = self->marks->len;

  while (i >= 3)
    {
      Mark *mark = &g_array_index (self->marks, Mark, i - 3);

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
  Mark mark = { self->n_folded, 0 };

  if (self->marks->len > 0 &&
      self->n_folded - g_array_index (self->marks, Mark, self->marks->len - 1).start < SNAPSHOT_STEP)
    return;
  thin_marks (self);
  g_array_append_val (self->marks, mark);
  edge_state_mark (self->state);
}

/* Goes back to the latest snapshot at or before @place. */
static void
roll_back (EdgeFold *self,
           guint     place)
{
  guint keep = self->marks->len;

  if (place >= self->n_folded)
    return;
  while (g_array_index (self->marks, Mark, keep - 1).start > place)
    keep--;

  self->n_refolded += self->n_folded - g_array_index (self->marks, Mark, keep - 1).start;
  self->n_folded = g_array_index (self->marks, Mark, keep - 1).start;
  g_array_set_size (self->marks, keep - 1);
  edge_state_roll_back (self->state, keep - 1);
}

static void
fold_one (EdgeFold *self)
{
  EdgeDagNode *node = edge_dag_get_node (self->dag, order_at (self, self->n_folded));
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
  self->n_folded++;
}

static int
compare_nodes (gconstpointer a,
               gconstpointer b,
               gpointer      dag)
{
  return edge_dag_compare (dag, *(const guint32 *) a, *(const guint32 *) b);
}

static guint
find_place (EdgeFold *self,
            guint32   node,
            guint     from)
{
  guint low = from;
  guint high = self->order->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (edge_dag_compare (self->dag, order_at (self, middle), node) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Settles the forks of the open set and goes back as far as that changed any. */
static void
settle_open (EdgeFold *self)
{
  guint32 changed = edge_fork_decide (self->dag,
                                      (const guint32 *) (gpointer) self->order->data + self->n_closed,
                                      self->order->len - self->n_closed,
                                      EDGE_DAG_OPEN, has_validators (self));

  if (changed != EDGE_DAG_NONE)
    roll_back (self, find_place (self, changed, self->n_closed));
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
      if (edge_id_equal (&author->key, &self->genesis->author) && has_validators (self))
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
  g_sort_array (added, n_nodes, sizeof *added, compare_nodes, self->dag);
  roll_back (self, find_place (self, added[0], self->n_closed));

  /* Merged from the end, so that what stays in place is not touched. */
  read = self->order->len;
  g_array_set_size (self->order, self->order->len + n_nodes);
  for (write = self->order->len; left > 0; write--)
    {
      if (read > self->n_closed &&
          edge_dag_compare (self->dag, order_at (self, read - 1), added[left - 1]) > 0)
        g_array_index (self->order, guint32, write - 1) = order_at (self, --read);
      else
        g_array_index (self->order, guint32, write - 1) = added[--left];
    }
  settle_open (self);
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

  g_array_sort_with_data (found, compare_nodes, self->dag);
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
      guint32 node = order_at (self, i);

      if (edge_dag_get_node (self->dag, node)->set == EDGE_DAG_OPEN)
        g_array_append_val (rest, node);
    }

  g_array_set_size (self->order, self->n_closed);
  g_array_append_vals (self->order, members->data, members->len);
  g_array_append_vals (self->order, rest->data, rest->len);
}

static void
undo_divide (EdgeFold *self,
             GArray   *members)
{
  roll_back (self, self->n_closed);
  for (guint i = 0; i < members->len; i++)
    edge_dag_get_node (self->dag, g_array_index (members, guint32, i))->set = EDGE_DAG_OPEN;

  g_sort_array ((guint32 *) (gpointer) self->order->data + self->n_closed,
                self->order->len - self->n_closed, sizeof (guint32), compare_nodes, self->dag);
  settle_open (self);
}

/* Folds a checkpoint's events right after what is closed, and nothing else. */
static GArray *
fold_set (EdgeFold              *self,
          const EdgeCheckpoint  *checkpoint,
          EdgeId                *state,
          GError               **error)
{
  g_autoptr(GArray) members = collect (self, checkpoint, error);

  if (members == NULL)
    return NULL;

  roll_back (self, self->n_closed);
  divide (self, members, (guint32) checkpoint->n);
  edge_fork_decide (self->dag, (const guint32 *) (gpointer) members->data, members->len,
                    (guint32) checkpoint->n, has_validators (self));
  edge_fold_run (self, members->len);
  edge_state_get_root (self->state, state);
  return g_steal_pointer (&members);
}

static gboolean
check_next (EdgeFold              *self,
            const EdgeCheckpoint  *checkpoint,
            GError               **error)
{
  if (!has_validators (self))
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

  checkpoint->n = self->checkpoints->len + 1;
  checkpoint->prev = self->last_hash;
  if (!check_next (self, checkpoint, error))
    return FALSE;
  members = fold_set (self, checkpoint, &checkpoint->state, error);
  if (members == NULL)
    return FALSE;

  checkpoint->count = members->len;
  undo_divide (self, members);
  return TRUE;
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
  EdgeId state;

  if (!check_next (self, checkpoint, error))
    return FALSE;
  members = fold_set (self, checkpoint, &state, error);
  if (members == NULL)
    return FALSE;

  if (members->len != checkpoint->count)
    fault = "its count is not that of its events";
  else if (!edge_id_equal (&state, &checkpoint->state))
    fault = "its state is not what follows from its events";
  if (fault != NULL)
    {
      undo_divide (self, members);
      return refuse (error, EDGE_LEDGER_ERROR_CHECKPOINT, checkpoint->n, fault);
    }

  self->n_closed += members->len;
  g_array_set_size (self->marks, 0);
  edge_state_forget_marks (self->state, note_member_cb, self);
  g_ptr_array_add (self->checkpoints, g_memdup2 (checkpoint, sizeof *checkpoint));
  edge_checkpoint_hash (checkpoint, &self->last_hash);
  self->multiplier = edge_multiplier (edge_state_get_totals (self->state)->cpu_ms,
                                      self->genesis->params[EDGE_GENESIS_DECAY_CPU_HOURS],
                                      self->genesis->params[EDGE_GENESIS_MAX_BONUS]);
  settle_open (self);
  return TRUE;
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
