/* edge-event-set.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-event-set.h"

struct _EdgeEventSet
{
  EdgeDag    *dag;
  GHashTable *waiting;
  GHashTable *faults;
};

static void
free_waiting (gpointer data)
{
  g_ptr_array_unref (data);
}

/**
 * edge_event_set_new:
 * @dag: a DAG that outlives the set
 *
 * Returns: (transfer full): a set of no events
 */
EdgeEventSet *
edge_event_set_new (EdgeDag *dag)
{
  EdgeEventSet *self = g_new0 (EdgeEventSet, 1);

  self->dag = dag;
  self->waiting = g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, free_waiting);
  self->faults = g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, g_free);
  return self;
}

/**
 * edge_event_set_free:
 * @self: (transfer full): a set
 *
 * Frees it and what still waits.
 */
void
edge_event_set_free (EdgeEventSet *self)
{
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->faults);
  g_free (self);
}

static const EdgeId *
missing_of (EdgeEventSet *self,
            EdgeEvent    *event)
{
  for (guint i = 0; i < event->n_parents; i++)
    {
      if (edge_dag_find (self->dag, &event->parents[i]) == EDGE_DAG_NONE)
        return &event->parents[i];
    }
  return &event->prev;
}

static void
wait_for (EdgeEventSet *self,
          const EdgeId *missing,
          EdgeEvent    *event)
{
  GPtrArray *list = g_hash_table_lookup (self->waiting, missing);

  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
      g_hash_table_insert (self->waiting, g_memdup2 (missing, sizeof *missing), list);
    }
  g_ptr_array_add (list, edge_event_ref (event));
}

/**
 * edge_event_set_add:
 * @self: a set
 * @event: an event whose form is good
 * @added: (element-type guint32): the nodes that entered the DAG are appended here
 *
 * Adds an event, and those that waited for it.
 */
void
edge_event_set_add (EdgeEventSet *self,
                    EdgeEvent    *event,
                    GArray       *added)
{
  g_autoptr(GPtrArray) ready = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);

  g_ptr_array_add (ready, edge_event_ref (event));
  while (ready->len > 0)
    {
      g_autoptr(EdgeEvent) next = g_ptr_array_steal_index_fast (ready, ready->len - 1);
      g_autoptr(GError) error = NULL;
      gpointer key;
      gpointer list;
      guint32 index;

      switch (edge_dag_add (self->dag, next, &index, &error))
        {
        case EDGE_DAG_KNOWN:
          break;
        case EDGE_DAG_MISSING:
          wait_for (self, missing_of (self, next), next);
          break;
        case EDGE_DAG_INVALID:
          g_hash_table_replace (self->faults, g_memdup2 (&next->id, sizeof next->id),
                                g_strdup (error->message));
          break;
        case EDGE_DAG_ADDED:
          g_array_append_val (added, index);
          if (g_hash_table_steal_extended (self->waiting, &next->id, &key, &list))
            {
              g_free (key);
              g_ptr_array_extend_and_steal (ready, list);
            }
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

/**
 * edge_event_set_get_fault:
 * @self: a set
 * @id: an event's id
 *
 * Returns: (transfer none) (nullable): why it does not fit what it builds upon
 */
const char *
edge_event_set_get_fault (EdgeEventSet *self,
                          const EdgeId *id)
{
  return g_hash_table_lookup (self->faults, id);
}
