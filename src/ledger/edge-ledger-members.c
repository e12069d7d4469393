/* edge-ledger-members.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-members.h"

#include <string.h>

#include "ledger/edge-ledger-private.h"

typedef struct
{
  EdgeLedger *ledger;
  GArray     *list;
  gboolean    waiting;
} Listing;

/* Founder and validators are there from the genesis on, whenever they join. */
static guint64
known_since (EdgeLedger        *self,
             const EdgeAccount *account)
{
  guint32 author = edge_dag_find_author (self->dag, &account->key);
  guint32 join = author != EDGE_DAG_NONE ? edge_dag_get_author (self->dag, author)->first_join
                                         : EDGE_DAG_NONE;

  if (join == EDGE_DAG_NONE)
    return self->genesis->time;
  return edge_dag_get_node (self->dag, join)->time;
}

static void
add_account_cb (const EdgeAccount *account,
                gpointer           user_data)
{
  Listing *listing = user_data;
  EdgeLedger *self = listing->ledger;
  EdgeLedgerMember entry = { 0 };

  if (account->member ? listing->waiting : !account->has_head)
    return;

  entry.key = account->key;
  entry.inviter = account->inviter;
  entry.has_inviter = account->has_inviter;
  entry.member = account->member;
  entry.vouched = account->vouched;
  entry.validator = edge_state_is_validator (edge_fold_get_state (self->fold), &account->key);
  entry.since = known_since (self, account);
  g_array_append_val (listing->list, entry);
}

static int
compare_members (gconstpointer a,
                 gconstpointer b)
{
  const EdgeLedgerMember *first = a;
  const EdgeLedgerMember *second = b;

  if (first->since != second->since)
    return first->since < second->since ? -1 : 1;
  return edge_id_compare (&first->key, &second->key);
}

/**
 * edge_ledger_list_members:
 * @self: a ledger
 * @waiting: whether to leave out those that are members
 * @most: how many to list
 *
 * Lists the keys that joined, as far as events are folded.
 *
 * Returns: (transfer full) (element-type EdgeLedgerMember): those known longest first
 */
GArray *
edge_ledger_list_members (EdgeLedger *self,
                          gboolean    waiting,
                          guint       most)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (EdgeLedgerMember));
  Listing listing = { self, list, waiting };

  g_return_val_if_fail (EDGE_IS_LEDGER (self), list);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    edge_state_foreach_account (edge_fold_get_state (self->fold), add_account_cb, &listing);
  g_mutex_unlock (&self->lock);

  g_array_sort (list, compare_members);
  if (list->len > most)
    g_array_set_size (list, most);
  return list;
}

/**
 * edge_ledger_dup_proposals:
 * @self: a ledger
 *
 * Returns: (transfer full) (element-type EdgeProposal): which list each validator wants, by
 *   its key, as far as events are folded; whoever proposed nothing is not in it
 */
GArray *
edge_ledger_dup_proposals (EdgeLedger *self)
{
  GArray *list = g_array_new (FALSE, TRUE, sizeof (EdgeProposal));

  g_return_val_if_fail (EDGE_IS_LEDGER (self), list);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      const EdgeTotals *totals = edge_state_get_totals (edge_fold_get_state (self->fold));

      for (guint i = 0; i < totals->n_proposals; i++)
        {
          const EdgeProposal *from = &totals->proposals[i];
          EdgeProposal *to;

          g_array_set_size (list, i + 1);
          to = &g_array_index (list, EdgeProposal, i);
          to->key = from->key;
          to->n_keys = from->n_keys;
          memcpy (to->keys, from->keys, from->n_keys * sizeof *from->keys);
        }
    }
  g_mutex_unlock (&self->lock);
  return list;
}
