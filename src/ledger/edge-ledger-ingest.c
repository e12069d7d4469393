/* edge-ledger-ingest.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-private.h"

#include <string.h>

#include "base/edge-clock.h"
#include "ledger/edge-event-builder.h"

/* The clock can be set, and an event come that is due earlier, so no sleep is longer than this. */
#define MAX_SLEEP_MS 1000

/* A batch on its way: first its signatures are checked, then it is taken in. */
typedef struct
{
  char            **texts;
  guint64           origin;
  EdgeEvent        *genesis;
  GPtrArray        *events;
  EdgeIngestResult *result;
  gboolean          checked;
} Batch;

static gboolean
is_limited (guint64 origin)
{
  return origin != EDGE_LEDGER_OWN && (origin & EDGE_LEDGER_ASKED) == 0;
}

static EdgeIngestResult *
new_result (void)
{
  EdgeIngestResult *result = g_new0 (EdgeIngestResult, 1);

  result->missing = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  return result;
}

/**
 * edge_ingest_result_free:
 * @result: (transfer full): a result
 *
 * Frees it.
 */
void
edge_ingest_result_free (EdgeIngestResult *result)
{
  g_clear_pointer (&result->missing, g_array_unref);
  g_clear_pointer (&result->fault, g_free);
  g_free (result);
}

static void
free_batch (gpointer data)
{
  Batch *batch = data;

  g_strfreev (batch->texts);
  g_clear_pointer (&batch->genesis, edge_event_unref);
  g_clear_pointer (&batch->events, g_ptr_array_unref);
  g_clear_pointer (&batch->result, edge_ingest_result_free);
  g_free (batch);
}

/* _edge_ledger_fault: notes what is wrong with an event of a batch. */
void
_edge_ledger_fault (EdgeIngestResult *result,
                    const GError     *error)
{
  result->n_bad++;
  if (g_error_matches (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_WORK))
    result->n_bad_work++;
  if (result->fault == NULL)
    result->fault = g_strdup (error->message);
}

static gboolean
refuse_closed (GTask *task)
{
  g_task_return_new_error (task, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                           "The ledger is not open");
  return FALSE;
}

/* Whether all that an event builds upon is in the DAG. */
static gboolean
is_complete (EdgeLedger      *self,
             const EdgeEvent *event)
{
  for (guint i = 0; i < event->n_parents; i++)
    {
      if (edge_dag_find (self->dag, &event->parents[i]) == EDGE_DAG_NONE)
        return FALSE;
    }
  return !event->has_prev || edge_dag_find (self->dag, &event->prev) != EDGE_DAG_NONE;
}

/* What waits for others goes to the pool, which has bounds of its own. */
static gboolean
is_put_off (EdgeLedger      *self,
            const EdgeEvent *event,
            guint64          origin)
{
  return is_limited (origin) && edge_dag_find (self->dag, &event->id) == EDGE_DAG_NONE &&
         is_complete (self, event) && !_edge_ledger_has_room (self, event);
}

/* Puts one event where it belongs, under the lock. */
static void
place_one (EdgeLedger       *self,
           EdgeEvent        *event,
           guint64           origin,
           guint64           now,
           EdgeIngestResult *result,
           GPtrArray        *accepted,
           GArray           *added)
{
  g_autoptr(GPtrArray) ready = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);

  g_ptr_array_add (ready, edge_event_ref (event));
  for (guint i = 0; i < ready->len; i++)
    {
      EdgeEvent *next = g_ptr_array_index (ready, i);
      g_autoptr(GError) error = NULL;
      gboolean astray = _edge_ledger_is_astray (self, next);
      guint32 index;

      if (is_put_off (self, next, origin))
        {
          result->n_put_off++;
          continue;
        }
      if (next->time > now + EDGE_LEDGER_MAX_AHEAD)
        {
          edge_holding_pool_add (self->pool, next, NULL, origin);
          result->n_held++;
          continue;
        }

      switch (edge_dag_add (self->dag, next, &index, &error))
        {
        case EDGE_DAG_ADDED:
          g_array_append_val (added, index);
          edge_local_limits_add (self->limits, &next->author, astray);
          g_ptr_array_add (accepted, edge_event_ref (next));
          if (self->kept != NULL)
            g_hash_table_replace (self->kept, &next->id, edge_event_ref (next));
          edge_range_index_add (self->index, next->time, &next->id);
          g_ptr_array_extend_and_steal (ready, edge_holding_pool_take_waiting (self->pool, &next->id));
          result->n_new++;
          break;
        case EDGE_DAG_KNOWN:
          result->n_known++;
          break;
        case EDGE_DAG_MISSING:
          for (guint p = 0; p < next->n_parents + next->has_prev; p++)
            {
              const EdgeId *id = p < next->n_parents ? &next->parents[p] : &next->prev;

              if (edge_dag_find (self->dag, id) != EDGE_DAG_NONE)
                continue;
              edge_holding_pool_add (self->pool, next, id, origin);
              g_array_append_vals (result->missing, id, 1);
            }
          result->n_held++;
          break;
        case EDGE_DAG_INVALID:
          _edge_ledger_fault (result, error);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static gboolean
wake_cb (gpointer user_data)
{
  EdgeLedger *self = user_data;
  g_autoptr(EdgeIngestResult) result = new_result ();
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->waking, g_source_unref);
  if (!_edge_ledger_take (self, nothing, EDGE_LEDGER_OWN, result, &error))
    g_message ("Events whose time came can't be stored: %s", error->message);
  if (result->n_new > 0)
    _edge_ledger_tell (self);
  return G_SOURCE_REMOVE;
}

/* Looks at events from clocks that are ahead again once their time has come. */
static void
wake_for_due (EdgeLedger *self,
              guint64     now)
{
  guint64 due;
  guint64 sleep = 0;

  if (self->waking != NULL || !edge_holding_pool_get_due (self->pool, &due))
    return;
  if (due > now + EDGE_LEDGER_MAX_AHEAD)
    sleep = MIN (due - now - EDGE_LEDGER_MAX_AHEAD, MAX_SLEEP_MS);
  self->waking = g_timeout_source_new ((guint) sleep);
  g_source_set_callback (self->waking, wake_cb, self, NULL);
  g_source_attach (self->waking, self->context);
}

/* An event the file has already, from a time when the DAG had no place for it, is not
 * stored again. With the lock. */
static void
find_stray (EdgeLedger *self,
            EdgeEvent  *event,
            guint32     index)
{
  EdgeEvent *stray = self->strays != NULL ? g_hash_table_lookup (self->strays, &event->id) : NULL;

  if (stray == NULL)
    return;
  event->place = stray->place;
  edge_dag_get_node (self->dag, index)->place = stray->place;
  g_hash_table_remove (self->strays, &event->id);
}

static gboolean
store_accepted (EdgeLedger  *self,
                GPtrArray   *accepted,
                GArray      *added,
                GError     **error)
{
  if (!edge_ledger_store_add_events (self->store, accepted, error))
    return FALSE;
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < added->len; i++)
    edge_dag_get_node (self->dag, g_array_index (added, guint32, i))->place =
      ((EdgeEvent *) g_ptr_array_index (accepted, i))->place;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* _edge_ledger_take: takes in events whose form is good, stores them, and tells of
 * them. For the ledger thread, without the lock. */
gboolean
_edge_ledger_take (EdgeLedger        *self,
                   GPtrArray         *events,
                   guint64            origin,
                   EdgeIngestResult  *result,
                   GError           **error)
{
  g_autoptr(GPtrArray) accepted = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  g_autoptr(GPtrArray) due = NULL;
  g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint64 now = edge_clock_now ();

  g_mutex_lock (&self->lock);
  due = edge_holding_pool_take_due (self->pool, now + EDGE_LEDGER_MAX_AHEAD);
  for (guint i = 0; i < due->len; i++)
    place_one (self, g_ptr_array_index (due, i), origin, now, result, accepted, added);
  for (guint i = 0; i < events->len; i++)
    place_one (self, g_ptr_array_index (events, i), origin, now, result, accepted, added);
  for (guint i = 0; i < accepted->len; i++)
    find_stray (self, g_ptr_array_index (accepted, i), g_array_index (added, guint32, i));
  edge_fold_add (self->fold, (const guint32 *) (gpointer) added->data, added->len);
  wake_for_due (self, now);
  g_mutex_unlock (&self->lock);

  if (accepted->len == 0)
    return TRUE;

  /* Nobody hears of an event before it is stored. */
  if (self->store != NULL && !store_accepted (self, accepted, added, error))
    return FALSE;
  _edge_ledger_announce (self, accepted, origin);
  _edge_ledger_fold (self);
  return TRUE;
}

static void
take_batch (EdgeLedger *self,
            GTask      *task)
{
  Batch *batch = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!self->open && !refuse_closed (task))
    return;
  if (!_edge_ledger_take (self, batch->events, batch->origin, batch->result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  _edge_ledger_tell (self);
  g_task_return_pointer (task, g_steal_pointer (&batch->result),
                         (GDestroyNotify) edge_ingest_result_free);
}

/* The next batch of an origin, if its signatures are checked. */
static GTask *
next_checked (EdgeLedger *self,
              guint64     origin)
{
  GTask *task = NULL;
  GQueue *queue;

  g_mutex_lock (&self->lock);
  queue = g_hash_table_lookup (self->batches, &origin);
  if (queue != NULL && ((Batch *) g_task_get_task_data (queue->head->data))->checked)
    task = g_queue_pop_head (queue);
  if (queue != NULL && queue->length == 0)
    g_hash_table_remove (self->batches, &origin);
  g_mutex_unlock (&self->lock);
  return task;
}

/* Two threads check signatures, so a batch may be ready before the one that came before it
 * on the same link. It waits, since it builds upon it. */
static void
take_func (EdgeLedger *self,
           GTask      *task)
{
  Batch *batch = g_task_get_task_data (task);
  guint64 origin = batch->origin;
  GTask *next;

  batch->checked = TRUE;
  while ((next = next_checked (self, origin)) != NULL)
    {
      take_batch (self, next);
      g_object_unref (next);
    }
}

/* Looks at an event before any signature is checked: what is known, or of an author who
 * signs too much, costs nothing more. */
static gboolean
is_wanted (EdgeLedger      *self,
           const EdgeEvent *event,
           Batch           *batch)
{
  gboolean wanted = TRUE;

  g_mutex_lock (&self->lock);
  if (self->dag != NULL && edge_dag_find (self->dag, &event->id) != EDGE_DAG_NONE)
    {
      batch->result->n_known++;
      wanted = FALSE;
    }
  else if (self->limits != NULL && is_limited (batch->origin) &&
           !edge_local_limits_may_check (self->limits, event, g_get_monotonic_time ()))
    {
      batch->result->n_put_off++;
      wanted = FALSE;
    }
  g_mutex_unlock (&self->lock);
  return wanted;
}

static void
note_checked (EdgeLedger      *self,
              const EdgeEvent *event)
{
  g_mutex_lock (&self->lock);
  if (self->limits != NULL)
    edge_local_limits_checked (self->limits, event, g_get_monotonic_time ());
  g_mutex_unlock (&self->lock);
}

static void
check_func (EdgeLedger *self,
            GTask      *task)
{
  Batch *batch = g_task_get_task_data (task);

  for (guint i = 0; batch->texts[i] != NULL; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(EdgeEvent) event = edge_event_parse (batch->texts[i], strlen (batch->texts[i]),
                                                     &error);

      if (event == NULL)
        _edge_ledger_fault (batch->result, error);
      else if (!is_wanted (self, event, batch))
        continue;
      else if (!edge_event_check (event, batch->genesis->body->genesis, EDGE_EVENT_CHECK_NONE,
                                  &error))
        _edge_ledger_fault (batch->result, error);
      else
        {
          if (is_limited (batch->origin))
            note_checked (self, event);
          g_ptr_array_add (batch->events, g_steal_pointer (&event));
        }
    }
  _edge_ledger_run (self, take_func, task);
}

static void
enqueue (EdgeLedger *self,
         GTask      *task,
         guint64     origin)
{
  GQueue *queue;

  g_mutex_lock (&self->lock);
  queue = g_hash_table_lookup (self->batches, &origin);
  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->batches, g_memdup2 (&origin, sizeof origin), queue);
    }
  g_queue_push_tail (queue, g_object_ref (task));
  g_mutex_unlock (&self->lock);
}

/**
 * edge_ledger_ingest_async:
 * @self: a ledger
 * @texts: (array zero-terminated=1): events as they came, not yet trusted
 * @origin: the link they came by, a number that is not %EDGE_LEDGER_OWN; with the bit
 *   %EDGE_LEDGER_ASKED what was asked for, which is under no limit
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are stored, or refused
 * @user_data: for @callback
 *
 * Takes in what a peer sent, after all that came by the same link before. It answers
 * once all that is new is on the disk.
 */
void
edge_ledger_ingest_async (EdgeLedger          *self,
                          const char *const   *texts,
                          guint64              origin,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Batch *batch;

  g_return_if_fail (EDGE_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_ledger_ingest_async);
  g_mutex_lock (&self->lock);
  if (!self->open)
    {
      g_mutex_unlock (&self->lock);
      refuse_closed (task);
      return;
    }
  batch = g_new0 (Batch, 1);
  batch->genesis = edge_event_ref (self->genesis);
  g_mutex_unlock (&self->lock);

  batch->texts = g_strdupv ((char **) texts);
  batch->origin = origin;
  batch->events = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  batch->result = new_result ();
  g_task_set_task_data (task, batch, free_batch);
  enqueue (self, task, origin);
  _edge_ledger_check (self, check_func, task);
}

/**
 * edge_ledger_ingest_finish:
 * @self: a ledger
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: (transfer full) (nullable): what became of the events
 */
EdgeIngestResult *
edge_ledger_ingest_finish (EdgeLedger    *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * edge_ledger_drop_origin:
 * @self: a ledger
 * @origin: a link that is gone
 *
 * Forgets events of that link that still wait for others.
 */
void
edge_ledger_drop_origin (EdgeLedger *self,
                         guint64     origin)
{
  g_return_if_fail (EDGE_IS_LEDGER (self));

  g_mutex_lock (&self->lock);
  if (self->pool != NULL)
    edge_holding_pool_drop_origin (self->pool, origin);
  g_mutex_unlock (&self->lock);
}
