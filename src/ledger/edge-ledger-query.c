/* edge-ledger-query.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-private.h"

#include <string.h>

/* Events looked at, at most, to find out who built upon one. */
#define BUILDERS_SEARCH 2048

typedef struct
{
  guint n;
} MemberCount;

static void
count_member_cb (const EdgeAccount *account,
                 gpointer           user_data)
{
  if (account->member)
    ((MemberCount *) user_data)->n++;
}

static gboolean
is_member (EdgeLedger *self,
           guint32     author)
{
  const EdgeAccount *account =
    edge_state_get_account (edge_fold_get_state (self->fold),
                            &edge_dag_get_author (self->dag, author)->key);

  return account != NULL && account->member;
}

/* How many other members built on an event: breadth first, until there are enough. */
static guint
count_builders (EdgeLedger *self,
                guint32     index)
{
  g_autoptr(GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 mark = edge_dag_new_mark (self->dag);
  guint32 author = edge_dag_get_node (self->dag, index)->author;
  guint n = 0;

  g_array_append_val (seen, index);
  for (guint i = 0; i < seen->len && seen->len < BUILDERS_SEARCH; i++)
    {
      guint32 parent = g_array_index (seen, guint32, i);

      for (guint32 child = edge_dag_first_child (self->dag, parent); child != EDGE_DAG_NONE;
           child = edge_dag_next_child (self->dag, parent, child))
        {
          EdgeDagNode *node = edge_dag_get_node (self->dag, child);
          EdgeDagAuthor *builder = edge_dag_get_author (self->dag, node->author);

          if (node->mark_of == mark)
            continue;
          node->mark_of = mark;
          g_array_append_val (seen, child);
          if (node->author == author || builder->mark_of == mark)
            continue;
          builder->mark_of = mark;
          if (is_member (self, node->author) && ++n == EDGE_LEDGER_CONFIRMED)
            return n;
        }
    }
  return n;
}

static guint
needed_builders (EdgeLedger *self)
{
  MemberCount count = { 0 };

  edge_state_foreach_account (edge_fold_get_state (self->fold), count_member_cb, &count);
  return count.n <= 2 ? 1 : MIN (EDGE_LEDGER_CONFIRMED, count.n - 1);
}

static void
fill_entry (EdgeLedger      *self,
            guint32          index,
            guint            place,
            guint            needed,
            EdgeLedgerEntry *entry)
{
  const EdgeDagNode *node = edge_dag_get_node (self->dag, index);

  memset (entry, 0, sizeof *entry);
  entry->place = place;
  for (guint i = 0; i < EDGE_EVENT_MAX_PARENTS; i++)
    {
      if (node->refs[i] != EDGE_DAG_NONE)
        entry->parents[entry->n_parents++] = edge_dag_get_node (self->dag, node->refs[i])->id;
    }
  entry->id = node->id;
  entry->author = edge_dag_get_author (self->dag, node->author)->key;
  entry->time = node->time;
  entry->seq = node->seq;
  entry->height = node->height;
  entry->type = node->type;
  entry->verdict = node->verdict;
  entry->reason = node->reason;
  entry->checkpoint = node->set == EDGE_DAG_OPEN ? 0 : node->set;
  if (node->body != NULL)
    {
      entry->has_other = node->body->has_key;
      entry->other = node->body->key;
      entry->amount = node->type == EDGE_EVENT_JOIN ? 0 : node->body->amount;
    }
  entry->builders = entry->checkpoint != 0 ? EDGE_LEDGER_CONFIRMED : count_builders (self, index);
  entry->confirmed = node->verdict == EDGE_VERDICT_OK &&
                     (entry->checkpoint != 0 || entry->builders >= needed);
}

/**
 * edge_ledger_dup_account:
 * @self: a ledger
 * @key: any key
 *
 * Returns: (transfer full) (nullable): its account, as far as events are folded
 */
EdgeAccount *
edge_ledger_dup_account (EdgeLedger   *self,
                         const EdgeId *key)
{
  EdgeAccount *copy = NULL;
  const EdgeAccount *account;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      account = edge_state_get_account (edge_fold_get_state (self->fold), key);
      copy = account != NULL ? edge_account_copy (account) : NULL;
    }
  g_mutex_unlock (&self->lock);
  return copy;
}

/**
 * edge_ledger_is_member:
 * @self: a ledger
 * @key: any key
 *
 * Returns: whether it is a member, as far as events are folded
 */
gboolean
edge_ledger_is_member (EdgeLedger   *self,
                       const EdgeId *key)
{
  const EdgeAccount *account = NULL;
  gboolean member;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    account = edge_state_get_account (edge_fold_get_state (self->fold), key);
  member = account != NULL && account->member;
  g_mutex_unlock (&self->lock);
  return member;
}

/**
 * edge_ledger_get_final:
 * @self: a ledger
 * @key: any key
 * @nano: (out): what was free at the last final checkpoint
 *
 * Returns: whether any checkpoint is final here
 */
gboolean
edge_ledger_get_final (EdgeLedger   *self,
                       const EdgeId *key,
                       guint64      *nano)
{
  const EdgeAccount *account;
  gboolean final;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  *nano = 0;
  g_mutex_lock (&self->lock);
  final = self->fold != NULL && edge_fold_get_n_checkpoints (self->fold) > 0;
  if (final)
    {
      account = edge_state_get_first_account (edge_fold_get_state (self->fold), key);
      *nano = account != NULL ? account->free : 0;
    }
  g_mutex_unlock (&self->lock);
  return final;
}

/**
 * edge_ledger_count_members:
 * @self: a ledger
 *
 * Returns: how many keys are members, as far as events are folded
 */
guint
edge_ledger_count_members (EdgeLedger *self)
{
  MemberCount count = { 0 };

  g_return_val_if_fail (EDGE_IS_LEDGER (self), 0);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    edge_state_foreach_account (edge_fold_get_state (self->fold), count_member_cb, &count);
  g_mutex_unlock (&self->lock);
  return count.n;
}

typedef struct
{
  const EdgeId *key;
  guint64       sum;
} EscrowSum;

static void
add_escrow_cb (const EdgeEscrow *escrow,
               gpointer          user_data)
{
  EscrowSum *sum = user_data;

  if (edge_id_equal (&escrow->payer, sum->key))
    sum->sum += escrow->share * (escrow->n_workers - escrow->n_done);
}

/**
 * edge_ledger_get_escrowed:
 * @self: a ledger
 * @key: any key
 *
 * Returns: nano that the key has set aside in open escrows
 */
guint64
edge_ledger_get_escrowed (EdgeLedger   *self,
                          const EdgeId *key)
{
  EscrowSum sum = { key, 0 };

  g_return_val_if_fail (EDGE_IS_LEDGER (self), 0);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    edge_state_foreach_escrow (edge_fold_get_state (self->fold), add_escrow_cb, &sum);
  g_mutex_unlock (&self->lock);
  return sum.sum;
}

/**
 * edge_ledger_dup_earnings:
 * @self: a ledger
 *
 * Returns: (transfer full) (element-type EdgeEarning): what the key of edge_ledger_watch()
 *   earned, in order
 */
GArray *
edge_ledger_dup_earnings (EdgeLedger *self)
{
  GArray *earnings = g_array_new (FALSE, FALSE, sizeof (EdgeEarning));

  g_return_val_if_fail (EDGE_IS_LEDGER (self), earnings);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      GArray *kept = edge_fold_get_earnings (self->fold);

      g_array_append_vals (earnings, kept->data, kept->len);
    }
  g_mutex_unlock (&self->lock);
  return earnings;
}

/**
 * edge_ledger_dup_event:
 * @self: a ledger
 * @id: an event's id
 *
 * Returns: (transfer full) (nullable): the event as it came
 */
char *
edge_ledger_dup_event (EdgeLedger   *self,
                       const EdgeId *id)
{
  char *text = NULL;
  EdgeEvent *kept = NULL;
  guint32 index = EDGE_DAG_NONE;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  g_mutex_lock (&self->lock);
  if (self->kept != NULL)
    kept = g_hash_table_lookup (self->kept, id);
  else if (self->store != NULL && self->dag != NULL)
    index = edge_dag_find (self->dag, id);
  if (index != EDGE_DAG_NONE)
    text = edge_ledger_store_dup_event (self->store, edge_dag_get_node (self->dag, index)->place);
  if (kept != NULL)
    text = g_strdup (kept->text);
  g_mutex_unlock (&self->lock);
  return text;
}

/* From the end, since it is mostly the newest that somebody looks at. */
static guint
find_place (EdgeLedger *self,
            guint32     index)
{
  guint n_order;
  const guint32 *order = edge_fold_get_order (self->fold, &n_order);

  while (n_order > 0 && order[n_order - 1] != index)
    n_order--;
  return n_order > 0 ? n_order - 1 : 0;
}

/**
 * edge_ledger_get_entry:
 * @self: a ledger
 * @id: an event's id
 * @entry: (out): what the ledger knows of it
 *
 * Returns: whether the event is in the DAG
 */
gboolean
edge_ledger_get_entry (EdgeLedger      *self,
                       const EdgeId    *id,
                       EdgeLedgerEntry *entry)
{
  guint32 index = EDGE_DAG_NONE;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  g_mutex_lock (&self->lock);
  if (self->dag != NULL)
    index = edge_dag_find (self->dag, id);
  if (index != EDGE_DAG_NONE)
    fill_entry (self, index, find_place (self, index), needed_builders (self), entry);
  g_mutex_unlock (&self->lock);
  return index != EDGE_DAG_NONE;
}

/* _edge_ledger_concerns: whether an event is by a key, or names it. Of one that is kept
 * in short only the author is known. With the lock. */
gboolean
_edge_ledger_concerns (EdgeLedger   *self,
                       guint32       index,
                       const EdgeId *key)
{
  const EdgeDagNode *node = edge_dag_get_node (self->dag, index);

  if (key == NULL || edge_id_equal (&edge_dag_get_author (self->dag, node->author)->key, key))
    return TRUE;
  if (node->body == NULL)
    return FALSE;
  if (node->body->has_key && edge_id_equal (&node->body->key, key))
    return TRUE;
  if (node->type != EDGE_EVENT_RECEIPT && node->type != EDGE_EVENT_SETTLE)
    return FALSE;
  for (guint i = 0; i < node->body->n_items; i++)
    {
      if (edge_id_equal (&node->body->results[i].key, key))
        return TRUE;
    }
  return FALSE;
}

/**
 * edge_ledger_list:
 * @self: a ledger
 * @key: (nullable): whom the events must concern, or %NULL for all
 * @skip: how many of them to leave out, from the newest
 * @most: how many to list
 *
 * Returns: (transfer full) (element-type EdgeLedgerEntry): events in order, the newest first
 */
GArray *
edge_ledger_list (EdgeLedger   *self,
                  const EdgeId *key,
                  guint         skip,
                  guint         most)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (EdgeLedgerEntry));
  const guint32 *order;
  guint n_order;
  guint needed;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), list);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      order = edge_fold_get_order (self->fold, &n_order);
      needed = needed_builders (self);
      for (guint i = n_order; i > 0 && list->len < most; i--)
        {
          EdgeLedgerEntry entry;

          if (!_edge_ledger_concerns (self, order[i - 1], key))
            continue;
          if (skip > 0)
            {
              skip--;
              continue;
            }
          fill_entry (self, order[i - 1], i - 1, needed, &entry);
          g_array_append_val (list, entry);
        }
    }
  g_mutex_unlock (&self->lock);
  return list;
}

/**
 * edge_ledger_get_validators:
 * @self: a ledger
 * @validators: (out): room for %EDGE_GENESIS_MAX_VALIDATORS keys
 *
 * Returns: how many validators there are, as far as events are folded
 */
guint
edge_ledger_get_validators (EdgeLedger *self,
                            EdgeId     *validators)
{
  guint n = 0;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), 0);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      const EdgeTotals *totals = edge_state_get_totals (edge_fold_get_state (self->fold));

      n = totals->n_validators;
      memcpy (validators, totals->validators, n * sizeof (EdgeId));
    }
  g_mutex_unlock (&self->lock);
  return n;
}

/**
 * edge_ledger_try_checkpoint:
 * @self: a ledger
 * @checkpoint: (inout): `tips` set by the caller; the rest is filled in
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Computes the checkpoint that would close the tips given. It folds the open set
 * under the lock, so it is for other threads than one that draws.
 *
 * Returns: whether these tips can be closed
 */
gboolean
edge_ledger_try_checkpoint (EdgeLedger      *self,
                            EdgeCheckpoint  *checkpoint,
                            GError         **error)
{
  gboolean good = FALSE;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  _edge_ledger_settle (self);
  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      good = edge_fold_try (self->fold, checkpoint, error);
      edge_fold_run (self->fold, G_MAXUINT);
      self->share.n_done = edge_fold_get_n_refolded (self->fold);
    }
  else
    {
      g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                           "The ledger is not open");
    }
  g_mutex_unlock (&self->lock);
  return good;
}

/**
 * edge_ledger_get_checkpoint:
 * @self: a ledger
 * @n: from 1
 * @checkpoint: (out): the checkpoint
 *
 * Returns: whether it is final here
 */
gboolean
edge_ledger_get_checkpoint (EdgeLedger     *self,
                            guint           n,
                            EdgeCheckpoint *checkpoint)
{
  gboolean found;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  g_mutex_lock (&self->lock);
  found = self->fold != NULL && n >= 1 && n <= edge_fold_get_n_checkpoints (self->fold);
  if (found)
    *checkpoint = *edge_fold_get_checkpoint (self->fold, n);
  g_mutex_unlock (&self->lock);
  return found;
}

/**
 * edge_ledger_begin_sync:
 * @self: a ledger
 *
 * Returns: (transfer full) (nullable): the message that opens a round of reconciliation
 */
char *
edge_ledger_begin_sync (EdgeLedger *self)
{
  char *message = NULL;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  g_mutex_lock (&self->lock);
  if (self->index != NULL)
    message = edge_reconcile_begin (self->index);
  g_mutex_unlock (&self->lock);
  return message;
}

/**
 * edge_ledger_answer_sync:
 * @self: a ledger
 * @message: (array length=length): what a peer sent, not yet trusted
 * @length: its bytes
 * @later: (inout) (element-type EdgeRangePrefix): from edge_reconcile_later_new(), one for all
 *   messages of a round
 * @may_ask: whether what we lack may be asked for
 * @result: (out caller-allocates): what to answer, to send and to expect
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Answers a message of a round of reconciliation.
 *
 * Returns: whether it was well-formed
 */
gboolean
edge_ledger_answer_sync (EdgeLedger           *self,
                         const char           *message,
                         gsize                 length,
                         GArray               *later,
                         gboolean              may_ask,
                         EdgeReconcileResult  *result,
                         GError              **error)
{
  gboolean good = FALSE;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  memset (result, 0, sizeof *result);
  g_mutex_lock (&self->lock);
  if (self->index != NULL)
    good = edge_reconcile_answer (self->index, message, length, later, may_ask, result, error);
  else
    g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                         "The ledger is not open");
  g_mutex_unlock (&self->lock);
  return good;
}
