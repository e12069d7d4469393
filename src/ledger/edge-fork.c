/* edge-fork.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-fork.h"

/* Stands for a node that descends from more than one branch. */
#define SEVERAL G_MAXUINT32

typedef struct
{
  EdgeDag       *dag;
  const guint32 *order;
  guint          n_order;
  guint32        set;
  guint32        forkers;
  gboolean       members_only;
  guint32        first_changed;
} Decision;

/* An author that contradicts itself in this set, or with an earlier one, has no
 * say in anybody's fork. */
static void
find_forkers (Decision *self)
{
  self->forkers = edge_dag_new_mark (self->dag);
  for (guint i = 0; i < self->n_order; i++)
    {
      EdgeDagNode *node = edge_dag_get_node (self->dag, self->order[i]);
      EdgeDagAuthor *author;

      if (!node->forked)
        continue;
      author = edge_dag_get_author (self->dag, node->author);
      for (guint32 rival = edge_dag_first_rival (self->dag, self->order[i]);
           rival != EDGE_DAG_NONE && author->mark != self->forkers;
           rival = edge_dag_next_rival (self->dag, rival))
        {
          if (rival != self->order[i] && edge_dag_get_node (self->dag, rival)->set <= self->set)
            author->mark = self->forkers;
        }
    }
}

static void
set_lost (Decision *self,
          guint32   index,
          gboolean  lost)
{
  EdgeDagNode *node = edge_dag_get_node (self->dag, index);

  if (node->lost == lost)
    return;
  node->lost = lost;
  if (self->first_changed == EDGE_DAG_NONE ||
      edge_dag_compare (self->dag, index, self->first_changed) < 0)
    self->first_changed = index;
}

/* Which branch a node descends from: 0 for none, its number from 1, or several. */
static guint32
branch_below (Decision          *self,
              const EdgeDagNode *node,
              guint32            fork)
{
  guint32 branch = 0;

  for (guint i = 0; i < 3; i++)
    {
      const EdgeDagNode *parent;

      if (node->refs[i] == EDGE_DAG_NONE)
        continue;
      parent = edge_dag_get_node (self->dag, node->refs[i]);
      if (parent->mark_of != fork || parent->set != self->set || parent->mark == branch)
        continue;
      branch = branch == 0 ? parent->mark : SEVERAL;
    }
  return branch;
}

static guint
heaviest (Decision      *self,
          const guint32 *branches,
          guint          n_branches,
          guint          start)
{
  g_autofree guint *weights = g_new0 (guint, n_branches);
  guint32 fork = edge_dag_new_mark (self->dag);
  guint32 fork_author = edge_dag_get_node (self->dag, branches[0])->author;
  guint next = 0;
  guint best = 0;

  for (guint i = start; i < self->n_order; i++)
    {
      EdgeDagNode *node = edge_dag_get_node (self->dag, self->order[i]);
      guint32 branch = branch_below (self, node, fork);
      EdgeDagAuthor *author;

      if (next < n_branches && self->order[i] == branches[next])
        {
          next++;
          branch = branch == 0 ? next : SEVERAL;
        }
      if (branch == 0)
        continue;

      node->mark_of = fork;
      node->mark = branch;
      author = edge_dag_get_author (self->dag, node->author);
      if (node->author == fork_author || author->mark_of == fork)
        continue;

      /* An author speaks once, with its first event that builds on any branch. */
      author->mark_of = fork;
      if (branch != SEVERAL && author->mark != self->forkers &&
          (!self->members_only || author->member))
        weights[branch - 1]++;
    }

  for (guint i = 1; i < n_branches; i++)
    {
      if (weights[i] > weights[best])
        best = i;
    }
  return best;
}

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      dag)
{
  return edge_dag_compare (dag, *(const guint32 *) a, *(const guint32 *) b);
}

/* Settles the fork that the node at @place is a branch of, the first of its set. */
static void
decide_fork (Decision *self,
             guint     place)
{
  g_autoptr(GArray) branches = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean settled_before = FALSE;
  guint best = 0;

  for (guint32 rival = edge_dag_first_rival (self->dag, self->order[place]);
       rival != EDGE_DAG_NONE;
       rival = edge_dag_next_rival (self->dag, rival))
    {
      guint32 set = edge_dag_get_node (self->dag, rival)->set;

      if (set < self->set)
        settled_before = TRUE;
      else if (set == self->set)
        g_array_append_val (branches, rival);
    }

  if (!settled_before && branches->len > 1)
    {
      g_array_sort_with_data (branches, compare_places, self->dag);
      best = heaviest (self, (const guint32 *) (gpointer) branches->data, branches->len, place);
    }
  for (guint i = 0; i < branches->len; i++)
    set_lost (self, g_array_index (branches, guint32, i), settled_before || i != best);
}

/**
 * edge_fork_decide:
 * @dag: a DAG
 * @order: (array length=n_order): the events of one checkpoint or of the open set, in order
 * @n_order: how many
 * @set: the number of that checkpoint, or %EDGE_DAG_OPEN
 * @members_only: whether only authors marked as members have a say
 *
 * Settles all forks with a branch among these events: sets `lost` in each node.
 * Earlier checkpoints must be settled, later ones still open.
 *
 * Returns: the first in order whose `lost` changed, or %EDGE_DAG_NONE
 */
guint32
edge_fork_decide (EdgeDag       *dag,
                  const guint32 *order,
                  guint          n_order,
                  guint32        set,
                  gboolean       members_only)
{
  Decision self = { dag, order, n_order, set, 0, members_only, EDGE_DAG_NONE };
  g_autoptr(GHashTable) done = NULL;

  for (guint i = 0; i < n_order; i++)
    {
      EdgeDagNode *node = edge_dag_get_node (dag, order[i]);
      gsize group;

      if (!node->forked)
        continue;
      if (done == NULL)
        {
          done = g_hash_table_new (NULL, NULL);
          find_forkers (&self);
        }
      group = node->refs[EDGE_DAG_PREV] != EDGE_DAG_NONE ? (gsize) node->refs[EDGE_DAG_PREV] << 1
                                                        : (gsize) node->author << 1 | 1;
      if (g_hash_table_add (done, GSIZE_TO_POINTER (group)))
        decide_fork (&self, i);
    }
  return self.first_changed;
}
