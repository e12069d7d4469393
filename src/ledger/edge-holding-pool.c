/* edge-holding-pool.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-holding-pool.h"

/* Waits under the id it lacks, or under its own when it waits for its time. */
typedef struct
{
  EdgeEvent *event;
  EdgeId     missing;
  guint64    origin;
  GList      link;
  gboolean   for_time;
} Entry;

struct _EdgeHoldingPool
{
  GHashTable *by_event;
  GHashTable *by_missing;
  GHashTable *by_origin;
};

static void
free_list (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  edge_event_unref (entry->event);
  g_free (entry);
}

/**
 * edge_holding_pool_new:
 *
 * Returns: (transfer full): a pool of no events
 */
EdgeHoldingPool *
edge_holding_pool_new (void)
{
  EdgeHoldingPool *self = g_new0 (EdgeHoldingPool, 1);

  self->by_event = g_hash_table_new_full (edge_id_hash, edge_id_equal, NULL, free_entry);
  self->by_missing = g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, free_list);
  self->by_origin = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

/**
 * edge_holding_pool_free:
 * @self: (transfer full): a pool
 *
 * Frees it and all that waits.
 */
void
edge_holding_pool_free (EdgeHoldingPool *self)
{
  g_hash_table_unref (self->by_missing);
  g_hash_table_unref (self->by_origin);
  g_hash_table_unref (self->by_event);
  g_free (self);
}

/**
 * edge_holding_pool_get_size:
 * @self: a pool
 *
 * Returns: how many events wait
 */
guint
edge_holding_pool_get_size (EdgeHoldingPool *self)
{
  return g_hash_table_size (self->by_event);
}

static void
drop (EdgeHoldingPool *self,
      Entry           *entry)
{
  GQueue *queue = g_hash_table_lookup (self->by_origin, &entry->origin);
  GPtrArray *list = g_hash_table_lookup (self->by_missing, &entry->missing);

  g_queue_unlink (queue, &entry->link);
  if (queue->length == 0)
    g_hash_table_remove (self->by_origin, &entry->origin);
  g_ptr_array_remove_fast (list, entry);
  if (list->len == 0)
    g_hash_table_remove (self->by_missing, &entry->missing);
  g_hash_table_remove (self->by_event, &entry->event->id);
}

static GQueue *
fullest (EdgeHoldingPool *self)
{
  GHashTableIter iter;
  gpointer queue;
  GQueue *most = NULL;

  g_hash_table_iter_init (&iter, self->by_origin);
  while (g_hash_table_iter_next (&iter, NULL, &queue))
    {
      if (most == NULL || ((GQueue *) queue)->length > most->length)
        most = queue;
    }
  return most;
}

static GQueue *
queue_of (EdgeHoldingPool *self,
          guint64          origin)
{
  GQueue *queue = g_hash_table_lookup (self->by_origin, &origin);

  if (queue == NULL)
    {
      queue = g_new0 (GQueue, 1);
      g_hash_table_insert (self->by_origin, g_memdup2 (&origin, sizeof origin), queue);
    }
  return queue;
}

/**
 * edge_holding_pool_add:
 * @self: a pool
 * @event: an event whose form is good
 * @missing: (nullable): what it lacks, or %NULL when its time is to come
 * @origin: the link it came by
 *
 * Keeps an event for later; another may have to go for it.
 *
 * Returns: whether it was not in the pool before
 */
gboolean
edge_holding_pool_add (EdgeHoldingPool *self,
                       EdgeEvent       *event,
                       const EdgeId    *missing,
                       guint64          origin)
{
  GQueue *queue = g_hash_table_lookup (self->by_origin, &origin);
  GPtrArray *list;
  Entry *entry;

  if (g_hash_table_contains (self->by_event, &event->id))
    return FALSE;

  if (queue != NULL && queue->length >= EDGE_HOLDING_POOL_MAX_ORIGIN)
    drop (self, queue->head->data);
  else if (edge_holding_pool_get_size (self) >= EDGE_HOLDING_POOL_MAX)
    drop (self, fullest (self)->head->data);

  entry = g_new0 (Entry, 1);
  entry->event = edge_event_ref (event);
  entry->missing = missing != NULL ? *missing : event->id;
  entry->for_time = missing == NULL;
  entry->origin = origin;
  entry->link.data = entry;
  g_queue_push_tail_link (queue_of (self, origin), &entry->link);

  list = g_hash_table_lookup (self->by_missing, &entry->missing);
  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (self->by_missing, g_memdup2 (&entry->missing, sizeof (EdgeId)), list);
    }
  g_ptr_array_add (list, entry);
  g_hash_table_insert (self->by_event, &entry->event->id, entry);
  return TRUE;
}

static GPtrArray *
take_all (EdgeHoldingPool *self,
          GPtrArray       *entries)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      g_ptr_array_add (events, edge_event_ref (entry->event));
      drop (self, entry);
    }
  return events;
}

/**
 * edge_holding_pool_take_waiting:
 * @self: a pool
 * @arrived: what is there now
 *
 * Returns: (transfer full) (element-type EdgeEvent): the events that waited for it
 */
GPtrArray *
edge_holding_pool_take_waiting (EdgeHoldingPool *self,
                                const EdgeId    *arrived)
{
  GPtrArray *list = g_hash_table_lookup (self->by_missing, arrived);
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      Entry *entry = g_ptr_array_index (list, i);

      if (!entry->for_time)
        g_ptr_array_add (entries, entry);
    }
  return take_all (self, entries);
}

/**
 * edge_holding_pool_take_due:
 * @self: a pool
 * @time: the latest time that is taken now
 *
 * Returns: (transfer full) (element-type EdgeEvent): the events whose time has come
 */
GPtrArray *
edge_holding_pool_take_due (EdgeHoldingPool *self,
                            guint64          time)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_event);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->for_time && entry->event->time <= time)
        g_ptr_array_add (entries, entry);
    }
  return take_all (self, entries);
}

/**
 * edge_holding_pool_get_due:
 * @self: a pool
 * @time: (out): the earliest time of an event that waits for its time, in milliseconds
 *
 * Returns: whether any event waits for its time
 */
gboolean
edge_holding_pool_get_due (EdgeHoldingPool *self,
                           guint64         *time)
{
  GHashTableIter iter;
  gpointer value;

  *time = G_MAXUINT64;
  g_hash_table_iter_init (&iter, self->by_event);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (entry->for_time)
        *time = MIN (*time, entry->event->time);
    }
  return *time != G_MAXUINT64;
}

/**
 * edge_holding_pool_drop_origin:
 * @self: a pool
 * @origin: a link that is gone
 *
 * Forgets what came by it.
 */
void
edge_holding_pool_drop_origin (EdgeHoldingPool *self,
                               guint64          origin)
{
  GQueue *queue;

  while ((queue = g_hash_table_lookup (self->by_origin, &origin)) != NULL)
    drop (self, queue->head->data);
}
