/* edge-ledger-limits.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-clock.h"
#include "ledger/edge-ledger-private.h"

/* Where nothing is ever closed, what is open is counted by the day. */
static gboolean
counts_days (EdgeLedger *self)
{
  return self->genesis->body->genesis->n_validators == 0;
}

static gboolean
is_poor (EdgeLedger   *self,
         const EdgeId *author)
{
  const EdgeAccount *account = edge_state_get_account (edge_fold_get_state (self->fold), author);

  return account == NULL ||
         (!account->member && account->free < self->genesis->body->genesis->params[EDGE_GENESIS_FEE]);
}

/* _edge_ledger_is_astray: whether an event that is not in the DAG yet is the rival of one
 * there, or follows one that is off. Under the lock. */
gboolean
_edge_ledger_is_astray (EdgeLedger      *self,
                        const EdgeEvent *event)
{
  guint32 index;

  if (!event->has_prev)
    {
      index = edge_dag_find_author (self->dag, &event->author);
      return index != EDGE_DAG_NONE &&
             edge_dag_get_author (self->dag, index)->first_join != EDGE_DAG_NONE;
    }
  index = edge_dag_find (self->dag, &event->prev);
  return index != EDGE_DAG_NONE &&
         (edge_dag_get_node (self->dag, index)->first_after != EDGE_DAG_NONE ||
          edge_dag_get_node (self->dag, index)->verdict == EDGE_VERDICT_OFF);
}

/* _edge_ledger_count_open: counts what is open of each author. Under the lock. */
void
_edge_ledger_count_open (EdgeLedger *self)
{
  guint n_order;
  const guint32 *order = edge_fold_get_order (self->fold, &n_order);

  self->limits_day = edge_clock_now () / EDGE_DAY_MS;
  edge_local_limits_forget (self->limits);
  for (guint i = edge_fold_get_n_closed (self->fold); i < n_order; i++)
    {
      const EdgeDagNode *node = edge_dag_get_node (self->dag, order[i]);

      if (!counts_days (self) || node->time / EDGE_DAY_MS == self->limits_day)
        edge_local_limits_add (self->limits, &edge_dag_get_author (self->dag, node->author)->key,
                               node->verdict == EDGE_VERDICT_OFF);
    }
}

/* _edge_ledger_has_room: whether a pushed event may enter the DAG now. Under the lock. */
gboolean
_edge_ledger_has_room (EdgeLedger      *self,
                       const EdgeEvent *event)
{
  if (counts_days (self) && self->limits_day != edge_clock_now () / EDGE_DAY_MS)
    _edge_ledger_count_open (self);
  return edge_local_limits_has_room (self->limits, &event->author, is_poor (self, &event->author),
                                     _edge_ledger_is_astray (self, event));
}
