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
first_greatest (const guint *weights,
                guint        n_weights)
{
  guint best = 0;

  for (guint i = 1; i < n_weights; i++)
    {
      if (weights[i] > weights[best])
        best = i;
    }
  return best;
}

/* For a few forks: walks the set once for each. */
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

  return first_greatest (weights, n_branches);
}

static int
compare_places (gconstpointer a,
                gconstpointer b,
                gpointer      dag)
{
  return edge_dag_compare (dag, *(const guint32 *) a, *(const guint32 *) b);
}

/* A fork with more than one branch in the set and none before it. */
typedef struct
{
  GArray *branches;
  guint  *weights;
  guint   place;
  guint32 speaker;
  guint32 event;
  guint32 word;
} Contest;

/* Where a branch stands: the number of its contest and its own, from 0. */
typedef struct
{
  guint32 contest;
  guint32 branch;
} Stand;

static void
clear_contest (gpointer data)
{
  Contest *contest = data;

  g_array_unref (contest->branches);
  g_free (contest->weights);
}

static void
crown (Decision      *self,
       const Contest *contest,
       guint          best)
{
  for (guint i = 0; i < contest->branches->len; i++)
    set_lost (self, g_array_index (contest->branches, guint32, i), i != best);
}

/* Notes the fork that the node at @place is a branch of, the first of its set. */
static void
note_fork (Decision *self,
           GArray   *contests,
           guint     place)
{
  g_autoptr(GArray) branches = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean settled_before = FALSE;
  Contest contest = { .place = place };

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

  if (settled_before || branches->len == 1)
    {
      for (guint i = 0; i < branches->len; i++)
        set_lost (self, g_array_index (branches, guint32, i), settled_before);
      return;
    }

  g_array_sort_with_data (branches, compare_places, self->dag);
  contest.branches = g_steal_pointer (&branches);
  g_array_append_val (contests, contest);
}

static gboolean
may_speak (Decision            *self,
           const EdgeDagAuthor *author)
{
  return author->mark != self->forkers && (!self->members_only || author->member);
}

/* The events of those who have a say, by author and then in order. */
static GArray *
list_words (Decision *self,
            guint     from,
            guint    *n_speakers)
{
  g_autofree guint *ends = g_new0 (guint, edge_dag_get_n_authors (self->dag) + 1);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint total = 0;

  *n_speakers = 0;
  for (guint i = from; i < self->n_order; i++)
    ends[edge_dag_get_node (self->dag, self->order[i])->author]++;
  for (guint a = 0; a < edge_dag_get_n_authors (self->dag); a++)
    {
      if (!may_speak (self, edge_dag_get_author (self->dag, a)))
        ends[a] = 0;
      *n_speakers += ends[a] > 0;
      total += ends[a];
      ends[a] = total - ends[a];
    }

  g_array_set_size (list, total);
  for (guint i = from; i < self->n_order; i++)
    {
      guint32 author = edge_dag_get_node (self->dag, self->order[i])->author;

      if (may_speak (self, edge_dag_get_author (self->dag, author)))
        g_array_index (list, guint32, ends[author]++) = self->order[i];
    }
  return list;
}

/* The branch that an event saw: whether it is the first its author saw of that fork. */
static void
see (GArray  *contests,
     Stand   *stand,
     guint32  speaker,
     guint32  event,
     GArray  *spoken)
{
  Contest *contest = &g_array_index (contests, Contest, stand->contest);

  if (contest->speaker != speaker)
    {
      contest->speaker = speaker;
      contest->event = event;
      contest->word = stand->branch;
      g_array_append_val (spoken, stand->contest);
    }
  else if (contest->event == event)
    contest->word = SEVERAL;
}

/* Each author's events in order, and what each of them descends from that none before
 * it did. So each author looks at an event once, however many forks there are. */
static void
weigh_by_author (Decision *self,
                 GArray   *contests,
                 GArray   *words)
{
  guint from = g_array_index (contests, Contest, 0).place;
  guint64 first = edge_dag_get_node (self->dag, self->order[from])->time;
  g_autoptr(GHashTable) stands = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GArray) spoken = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 author = EDGE_DAG_NONE;
  guint32 speaker = 0;

  for (guint32 c = 0; c < contests->len; c++)
    {
      Contest *contest = &g_array_index (contests, Contest, c);

      contest->weights = g_new0 (guint, contest->branches->len);
      for (guint32 b = 0; b < contest->branches->len; b++)
        {
          Stand stand = { c, b };

          g_hash_table_insert (stands,
                               GUINT_TO_POINTER (g_array_index (contest->branches, guint32, b)),
                               g_memdup2 (&stand, sizeof stand));
        }
    }

  for (guint i = 0; i < words->len; i++)
    {
      guint32 event = g_array_index (words, guint32, i);
      guint32 index = event;

      if (edge_dag_get_node (self->dag, event)->author != author)
        {
          author = edge_dag_get_node (self->dag, event)->author;
          speaker = edge_dag_new_mark (self->dag);
        }

      g_array_set_size (spoken, 0);
      for (;;)
        {
          EdgeDagNode *node = edge_dag_get_node (self->dag, index);

          for (guint r = 0; r < 3; r++)
            {
              EdgeDagNode *parent;

              if (node->refs[r] == EDGE_DAG_NONE)
                continue;
              parent = edge_dag_get_node (self->dag, node->refs[r]);
              if (parent->set != self->set || parent->time < first || parent->mark_of == speaker)
                continue;
              parent->mark_of = speaker;
              g_array_append_val (stack, node->refs[r]);
              if (parent->forked)
                {
                  Stand *stand = g_hash_table_lookup (stands, GUINT_TO_POINTER (node->refs[r]));

                  if (stand != NULL)
                    see (contests, stand, speaker, event, spoken);
                }
            }
          if (stack->len == 0)
            break;
          index = g_array_index (stack, guint32, stack->len - 1);
          g_array_set_size (stack, stack->len - 1);
        }

      for (guint s = 0; s < spoken->len; s++)
        {
          Contest *contest = &g_array_index (contests, Contest, g_array_index (spoken, guint32, s));

          if (contest->word != SEVERAL)
            contest->weights[contest->word]++;
        }
    }
}

static void
settle_contests (Decision *self,
                 GArray   *contests)
{
  guint n_speakers;
  g_autoptr(GArray) words = list_words (self, g_array_index (contests, Contest, 0).place, &n_speakers);
  gboolean by_author = contests->len > n_speakers;

  if (by_author)
    weigh_by_author (self, contests, words);
  for (guint i = 0; i < contests->len; i++)
    {
      const Contest *contest = &g_array_index (contests, Contest, i);
      const guint32 *branches = (const guint32 *) (gpointer) contest->branches->data;

      crown (self, contest,
             by_author ? first_greatest (contest->weights, contest->branches->len)
                       : heaviest (self, branches, contest->branches->len, contest->place));
    }
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
  g_autoptr(GArray) contests = NULL;

  if (!edge_dag_has_forks (dag))
    return EDGE_DAG_NONE;
  for (guint i = 0; i < n_order; i++)
    {
      EdgeDagNode *node = edge_dag_get_node (dag, order[i]);
      gsize group;

      if (!node->forked)
        continue;
      if (done == NULL)
        {
          done = g_hash_table_new (NULL, NULL);
          contests = g_array_new (FALSE, FALSE, sizeof (Contest));
          g_array_set_clear_func (contests, clear_contest);
          find_forkers (&self);
        }
      group = node->refs[EDGE_DAG_PREV] != EDGE_DAG_NONE ? (gsize) node->refs[EDGE_DAG_PREV] << 1
                                                        : (gsize) node->author << 1 | 1;
      if (g_hash_table_add (done, GSIZE_TO_POINTER (group)))
        note_fork (&self, contests, i);
    }
  if (contests != NULL && contests->len > 0)
    settle_contests (&self, contests);
  return self.first_changed;
}
