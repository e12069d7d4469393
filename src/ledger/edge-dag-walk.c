/* edge-dag-walk.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-dag.h"

/**
 * edge_dag_compare:
 * @self: a DAG
 * @a: a node's number
 * @b: another
 *
 * Compares two places in the total order: checkpoint, then time, height and id.
 *
 * Returns: less than, equal to or greater than 0
 */
int
edge_dag_compare (EdgeDag *self,
                  guint32  a,
                  guint32  b)
{
  const EdgeDagNode *p = edge_dag_get_node (self, a);
  const EdgeDagNode *q = edge_dag_get_node (self, b);

  if (p->set != q->set)
    return p->set < q->set ? -1 : 1;
  if (p->time != q->time)
    return p->time < q->time ? -1 : 1;
  if (p->height != q->height)
    return p->height < q->height ? -1 : 1;
  return edge_id_compare (&p->id, &q->id);
}

/**
 * edge_dag_first_child:
 * @self: a DAG
 * @index: a node's number
 *
 * Returns: one of those that build on it, or %EDGE_DAG_NONE
 */
guint32
edge_dag_first_child (EdgeDag *self,
                      guint32  index)
{
  return edge_dag_get_node (self, index)->first_child;
}

/**
 * edge_dag_next_child:
 * @self: a DAG
 * @parent: a node's number
 * @child: one of those that build on it
 *
 * Returns: the next of them, or %EDGE_DAG_NONE
 */
guint32
edge_dag_next_child (EdgeDag *self,
                     guint32  parent,
                     guint32  child)
{
  const EdgeDagNode *node = edge_dag_get_node (self, child);

  for (guint i = 0; i < 3; i++)
    {
      if (node->refs[i] == parent)
        return node->next[i];
    }
  g_return_val_if_reached (EDGE_DAG_NONE);
}

/**
 * edge_dag_first_rival:
 * @self: a DAG
 * @index: a node's number
 *
 * Returns: the latest to come of those with the same `prev`, or of the joins of the
 *   same author; it may be @index itself
 */
guint32
edge_dag_first_rival (EdgeDag *self,
                      guint32  index)
{
  const EdgeDagNode *node = edge_dag_get_node (self, index);

  if (node->type == EDGE_EVENT_GENESIS)
    return index;
  if (node->refs[EDGE_DAG_PREV] == EDGE_DAG_NONE)
    return edge_dag_get_author (self, node->author)->first_join;
  return edge_dag_get_node (self, node->refs[EDGE_DAG_PREV])->first_after;
}

/**
 * edge_dag_next_rival:
 * @self: a DAG
 * @index: what edge_dag_first_rival() or this function gave
 *
 * Returns: the next of them, or %EDGE_DAG_NONE
 */
guint32
edge_dag_next_rival (EdgeDag *self,
                     guint32  index)
{
  return edge_dag_get_node (self, index)->next_rival;
}
