/* edge-ledger.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-private.h"

#include <string.h>

/**
 * EdgeLedger:
 *
 * One network's ledger: its file, its DAG and the accounts that follow.
 *
 * A thread of its own stores, orders and folds; a few more check signatures. All
 * calls are for the context that made the ledger; answers and signals come there.
 * What it tells of changes it tells at most ten times a second.
 */

#define CHECKERS     2
#define TELL_EACH_MS 100

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACCEPTED,
  SIGNAL_REPAIRED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeLedger, edge_ledger, G_TYPE_OBJECT)

typedef struct
{
  EdgeLedger     *ledger;
  EdgeLedgerFunc  func;
  GTask          *task;
} Call;

static void
free_call (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->task);
  g_object_unref (call->ledger);
  g_free (call);
}

static gboolean
call_cb (gpointer user_data)
{
  Call *call = user_data;

  call->func (call->ledger, call->task);
  return G_SOURCE_REMOVE;
}

static void
attach (GMainContext   *context,
        EdgeLedger     *self,
        EdgeLedgerFunc  func,
        GTask          *task)
{
  g_autoptr(GSource) source = g_idle_source_new ();
  Call *call = g_new0 (Call, 1);

  call->ledger = g_object_ref (self);
  call->func = func;
  call->task = task != NULL ? g_object_ref (task) : NULL;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, call_cb, call, free_call);
  g_source_attach (source, context);
}

/* _edge_ledger_run: calls a function in the ledger thread. */
void
_edge_ledger_run (EdgeLedger     *self,
                  EdgeLedgerFunc  func,
                  GTask          *task)
{
  attach (self->context, self, func, task);
}

static void
read_figures (EdgeLedger *self)
{
  const EdgeTotals *totals;
  guint n_order;

  if (self->fold == NULL)
    return;

  totals = edge_state_get_totals (edge_fold_get_state (self->fold));
  edge_fold_get_order (self->fold, &n_order);
  self->figures.time = totals->time;
  self->figures.minted = totals->minted;
  self->figures.burned = totals->burned;
  self->figures.cpu_ms = totals->cpu_ms;
  self->figures.multiplier = edge_fold_get_multiplier (self->fold);
  self->figures.n_events = n_order;
  self->figures.n_open = n_order - edge_fold_get_n_closed (self->fold);
  self->figures.n_behind = edge_fold_get_n_behind (self->fold);
  self->figures.n_held = edge_holding_pool_get_size (self->pool);
  self->figures.n_checkpoints = edge_fold_get_n_checkpoints (self->fold);
  self->figures.final_time = edge_fold_get_final_time (self->fold);
  self->figures.n_off = edge_fold_get_n_off (self->fold);
  self->figures.n_void = edge_fold_get_n_void (self->fold);
}

static gboolean
tell_cb (gpointer user_data)
{
  EdgeLedger *self = user_data;
  gboolean open;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->telling, g_source_unref);
  self->told_at = g_get_monotonic_time ();
  open = self->open;
  read_figures (self);
  g_mutex_unlock (&self->lock);

  if (open)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* _edge_ledger_tell: tells of a change, soon, and of many at once. Call it without the lock. */
void
_edge_ledger_tell (EdgeLedger *self)
{
  gint64 wait;

  g_mutex_lock (&self->lock);
  if (self->telling == NULL && self->open)
    {
      wait = TELL_EACH_MS - (g_get_monotonic_time () - self->told_at) / 1000;
      self->telling = g_timeout_source_new ((guint) CLAMP (wait, 0, TELL_EACH_MS));
      g_source_set_callback (self->telling, tell_cb, g_object_ref (self), g_object_unref);
      g_source_attach (self->telling, self->owner);
    }
  g_mutex_unlock (&self->lock);
}

static gpointer
thread_func (gpointer data)
{
  GMainLoop *loop = data;
  GMainContext *context = g_main_loop_get_context (loop);

  g_main_context_push_thread_default (context);
  g_main_loop_run (loop);
  g_main_context_pop_thread_default (context);
  g_main_loop_unref (loop);
  return NULL;
}

static void
edge_ledger_finalize (GObject *object)
{
  EdgeLedger *self = EDGE_LEDGER (object);

  /* Without a close before, the file is as after a crash. */
  g_main_loop_quit (self->loop);
  g_main_context_wakeup (self->context);
  if (self->thread != g_thread_self ())
    g_thread_join (self->thread);
  else
    g_thread_unref (self->thread);
  _edge_ledger_unload (self);
  g_thread_pool_free (self->checkers, FALSE, TRUE);
  g_clear_pointer (&self->batches, g_hash_table_unref);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_main_context_unref (self->owner);
  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (edge_ledger_parent_class)->finalize (object);
}

static gboolean
nothing_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

static void
check_func (gpointer data,
            gpointer user_data)
{
  Call *call = data;

  g_autoptr(GSource) source = g_idle_source_new ();

  call->func (call->ledger, call->task);

  /* The last reference must not go here, since finalizing waits for this thread. */
  g_source_set_callback (source, nothing_cb, call, free_call);
  g_source_attach (source, call->ledger->context);
}

static void
edge_ledger_class_init (EdgeLedgerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = edge_ledger_finalize;

  /**
   * EdgeLedger::changed:
   *
   * Events, accounts or checkpoints changed; at most ten times a second.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", EDGE_TYPE_LEDGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * EdgeLedger::accepted:
   * @self: the ledger
   * @texts: (type GStrv): events that entered the DAG, as they came
   * @origin: the link they came by, or %EDGE_LEDGER_OWN
   *
   * Events to be passed on to others; they are stored already.
   */
  signals[SIGNAL_ACCEPTED] =
    g_signal_new ("accepted", EDGE_TYPE_LEDGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRV, G_TYPE_UINT64);

  /**
   * EdgeLedger::repaired:
   * @self: the ledger
   * @n_saved: events that could be read
   *
   * The file was damaged and has been written anew; peers bring what is lost.
   */
  signals[SIGNAL_REPAIRED] =
    g_signal_new ("repaired", EDGE_TYPE_LEDGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
edge_ledger_init (EdgeLedger *self)
{
  g_mutex_init (&self->lock);
  self->owner = g_main_context_ref_thread_default ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->batches = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                         (GDestroyNotify) g_queue_free);
  self->checkers = g_thread_pool_new (check_func, NULL, CHECKERS, FALSE, NULL);
  self->thread = g_thread_new ("ledger", thread_func, g_main_loop_ref (self->loop));
}

/**
 * edge_ledger_new:
 * @path: (nullable): the network's file, or %NULL to keep nothing
 *
 * Returns: (transfer full): a ledger that is not open yet
 */
EdgeLedger *
edge_ledger_new (const char *path)
{
  EdgeLedger *self = g_object_new (EDGE_TYPE_LEDGER, NULL);

  self->archive = TRUE;

  self->path = g_strdup (path);
  return self;
}

/**
 * edge_ledger_get_path:
 * @self: a ledger
 *
 * Returns: (transfer none) (nullable): the network's file
 */
const char *
edge_ledger_get_path (EdgeLedger *self)
{
  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  return self->path;
}

/**
 * edge_ledger_watch:
 * @self: a ledger that is not open yet
 * @key: a key
 *
 * Has a list kept of what this key earns.
 */
void
edge_ledger_watch (EdgeLedger   *self,
                   const EdgeId *key)
{
  g_return_if_fail (EDGE_IS_LEDGER (self));
  g_return_if_fail (!self->open);

  self->watched = *key;
  self->has_watched = TRUE;
}

/* What is to be told in the owner's context, with all it needs. */
typedef struct
{
  EdgeLedger *ledger;
  char      **texts;
  guint64     number;
  guint       signal;
} News;

static void
free_news (gpointer data)
{
  News *news = data;

  g_strfreev (news->texts);
  g_object_unref (news->ledger);
  g_free (news);
}

static gboolean
news_cb (gpointer user_data)
{
  News *news = user_data;

  if (news->signal == SIGNAL_ACCEPTED)
    g_signal_emit (news->ledger, signals[SIGNAL_ACCEPTED], 0, news->texts, news->number);
  else
    g_signal_emit (news->ledger, signals[SIGNAL_REPAIRED], 0, news->number);
  return G_SOURCE_REMOVE;
}

/* _edge_ledger_announce: says in the owner's context that events were accepted. */
void
_edge_ledger_announce (EdgeLedger *self,
                       GPtrArray  *events,
                       guint64     origin)
{
  News *news = g_new0 (News, 1);

  news->ledger = g_object_ref (self);
  news->signal = SIGNAL_ACCEPTED;
  news->number = origin;
  news->texts = g_new0 (char *, events->len + 1);
  for (guint i = 0; i < events->len; i++)
    news->texts[i] = g_strdup (((EdgeEvent *) g_ptr_array_index (events, i))->text);
  g_main_context_invoke_full (self->owner, G_PRIORITY_DEFAULT, news_cb, news, free_news);
}

/* _edge_ledger_repaired: says in the owner's context that the file was written anew. */
void
_edge_ledger_repaired (EdgeLedger *self,
                       guint64     n_saved)
{
  News *news = g_new0 (News, 1);

  news->ledger = g_object_ref (self);
  news->signal = SIGNAL_REPAIRED;
  news->number = n_saved;
  g_main_context_invoke_full (self->owner, G_PRIORITY_DEFAULT, news_cb, news, free_news);
}

/* _edge_ledger_check: calls a function in one of the threads that check signatures. */
void
_edge_ledger_check (EdgeLedger     *self,
                    EdgeLedgerFunc  func,
                    GTask          *task)
{
  Call *call = g_new0 (Call, 1);

  call->ledger = g_object_ref (self);
  call->func = func;
  call->task = task != NULL ? g_object_ref (task) : NULL;
  g_thread_pool_push (self->checkers, call, NULL);
}

static void
open_func (EdgeLedger *self,
           GTask      *task)
{
  g_autoptr(GError) error = NULL;

  if (self->open)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!_edge_ledger_load (self, g_task_get_task_data (task), &error))
    {
      _edge_ledger_unload (self);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_mutex_lock (&self->lock);
  self->open = TRUE;
  read_figures (self);
  g_mutex_unlock (&self->lock);
  _edge_ledger_tell (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * edge_ledger_open_async:
 * @self: a ledger
 * @genesis: (nullable): the genesis event; needed when the file does not hold it yet
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Opens the file and folds what it holds. A damaged file is repaired.
 */
void
edge_ledger_open_async (EdgeLedger          *self,
                        const char          *genesis,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (EDGE_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_ledger_open_async);
  g_task_set_task_data (task, g_strdup (genesis), g_free);
  _edge_ledger_run (self, open_func, task);
}

/**
 * edge_ledger_open_finish:
 * @self: a ledger
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: whether the ledger is open
 */
gboolean
edge_ledger_open_finish (EdgeLedger    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
close_func (EdgeLedger *self,
            GTask      *task)
{
  g_autoptr(GError) error = NULL;
  gboolean good = TRUE;

  /* Whoever closes hears of no change any more. */
  g_mutex_lock (&self->lock);
  self->open = FALSE;
  if (self->telling != NULL)
    {
      g_source_destroy (self->telling);
      g_clear_pointer (&self->telling, g_source_unref);
    }
  g_mutex_unlock (&self->lock);
  if (self->store != NULL)
    good = edge_ledger_store_close (self->store, &error);
  _edge_ledger_unload (self);

  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * edge_ledger_close_async:
 * @self: a ledger
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Closes the file in order, after what was asked for before.
 */
void
edge_ledger_close_async (EdgeLedger          *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (EDGE_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_ledger_close_async);
  _edge_ledger_run (self, close_func, task);
}

/**
 * edge_ledger_close_finish:
 * @self: a ledger
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: whether it was closed in order
 */
gboolean
edge_ledger_close_finish (EdgeLedger    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * edge_ledger_get_figures:
 * @self: a ledger
 * @figures: (out): as of the last #EdgeLedger::changed
 *
 * Lends the numbers that faces show.
 */
void
edge_ledger_get_figures (EdgeLedger        *self,
                         EdgeLedgerFigures *figures)
{
  g_return_if_fail (EDGE_IS_LEDGER (self));

  g_mutex_lock (&self->lock);
  *figures = self->figures;
  g_mutex_unlock (&self->lock);
}

/**
 * edge_ledger_get_genesis:
 * @self: a ledger that is open
 *
 * Returns: (transfer none) (nullable): the network's rules, while it is open
 */
const EdgeGenesis *
edge_ledger_get_genesis (EdgeLedger *self)
{
  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  return self->genesis != NULL ? self->genesis->body->genesis : NULL;
}
