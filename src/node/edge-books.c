/* edge-books.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-books-private.h"

#include <math.h>
#include <string.h>

#include "base/edge-clock.h"
#include "ledger/edge-ledger-two-books.h"
#include "node/edge-unlock.h"

/**
 * EdgeBooks:
 *
 * The ledger of the network that is joined as faces see it, and our account in it.
 *
 * Each change that the ledger tells of is read in a thread and then shown, all of
 * it at once. It reads no more often than the ledger tells, and not again before
 * the last reading is shown.
 */

/* Over how long arrivals are counted for the rate. */
#define RATE_WINDOW_US  (5 * G_USEC_PER_SEC)
#define RATE_FADE_MS    500
#define MS_PER_HOUR     3600000.0
#define MICRO           1000000.0

typedef struct
{
  gint64 at;
  guint  n_events;
} Arrival;

typedef enum
{
  PROP_READY = 1,
  PROP_N_EVENTS,
  PROP_N_FINAL,
  PROP_N_EXPECTED,
  PROP_RATE,
  PROP_REMAINING,
  PROP_N_IN_STEP,
  PROP_TIME,
  PROP_MULTIPLIER,
  PROP_CPU_HOURS,
  PROP_DECAY_CPU_HOURS,
  PROP_MAX_BONUS,
  PROP_FREE,
  PROP_LOCKED,
  PROP_OWN_STAKE,
  PROP_LEAVING,
  PROP_WELCOME,
  PROP_ESCROWED,
  PROP_EARNED,
  PROP_EARNED_TODAY,
  PROP_MEMBER,
  PROP_JOINED,
  PROP_JOIN_PROGRESS,
  PROP_UPTIME_HOURS,
  PROP_UPTIME_WAITING,
  PROP_UPTIME_DAY,
  PROP_TWO_BOOKS,
  PROP_ENTRIES,
  PROP_UNLOCKS,
  PROP_FINALITY,
} EdgeBooksProperty;

#define N_PROPERTIES (PROP_FINALITY + 1)

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (EdgeBooks, edge_books, G_TYPE_OBJECT)

static void
free_view (EdgeBooksView *view)
{
  g_clear_pointer (&view->account, edge_account_free);
  g_clear_pointer (&view->entries, g_array_unref);
  g_clear_pointer (&view->earnings, g_array_unref);
  g_free (view->two_books);
  g_free (view);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeBooksView, free_view)

static guint64
genesis_param (EdgeBooks        *self,
               EdgeGenesisParam  param)
{
  const EdgeGenesis *genesis = self->ledger != NULL ? edge_ledger_get_genesis (self->ledger) : NULL;

  return genesis != NULL ? genesis->params[param] : 0;
}

static guint64
account_amount (EdgeBooks         *self,
                EdgeBooksProperty  property)
{
  const EdgeAccount *account = self->view != NULL ? self->view->account : NULL;

  if (property == PROP_ESCROWED)
    return self->view != NULL ? self->view->escrowed : 0;
  if (account == NULL)
    return 0;
  if (property == PROP_FREE)
    return account->free;
  if (property == PROP_LOCKED)
    return edge_account_sum (account->lots);
  if (property == PROP_OWN_STAKE)
    return account->own;
  if (property == PROP_LEAVING)
    return edge_account_sum (account->leaving);
  if (property == PROP_WELCOME)
    return account->welcome;
  return account->earned;
}

static void
edge_books_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  EdgeBooks *self = EDGE_BOOKS (object);
  static const EdgeLedgerFigures none = { 0 };
  const EdgeLedgerFigures *figures = self->view != NULL ? &self->view->figures : &none;
  const EdgeAccount *account = self->view != NULL ? self->view->account : NULL;

  switch ((EdgeBooksProperty) property_id)
    {
    case PROP_READY:
      g_value_set_boolean (value, self->view != NULL);
      break;
    case PROP_N_EVENTS:
      g_value_set_uint64 (value, figures->n_events);
      break;
    case PROP_N_FINAL:
      g_value_set_uint64 (value, figures->n_events - figures->n_open);
      break;
    case PROP_N_EXPECTED:
      g_value_set_uint64 (value, MAX (figures->n_events,
                                      self->sync != NULL ? edge_sync_get_expected (self->sync) : 0));
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_REMAINING:
      g_value_set_int64 (value, _edge_books_remaining (self));
      break;
    case PROP_N_IN_STEP:
      g_value_set_uint (value, self->sync != NULL ? edge_sync_get_n_in_step (self->sync) : 0);
      break;
    case PROP_TIME:
      g_value_set_uint64 (value, figures->time);
      break;
    case PROP_MULTIPLIER:
      g_value_set_double (value, self->view != NULL ? (double) figures->multiplier / MICRO : 1);
      break;
    case PROP_CPU_HOURS:
      g_value_set_double (value, (double) figures->cpu_ms / MS_PER_HOUR);
      break;
    case PROP_DECAY_CPU_HOURS:
      g_value_set_uint64 (value, genesis_param (self, EDGE_GENESIS_DECAY_CPU_HOURS));
      break;
    case PROP_MAX_BONUS:
      g_value_set_uint64 (value, genesis_param (self, EDGE_GENESIS_MAX_BONUS));
      break;
    case PROP_FREE:
    case PROP_LOCKED:
    case PROP_OWN_STAKE:
    case PROP_LEAVING:
    case PROP_WELCOME:
    case PROP_ESCROWED:
    case PROP_EARNED:
      g_value_set_uint64 (value, account_amount (self, (EdgeBooksProperty) property_id));
      break;
    case PROP_EARNED_TODAY:
      g_value_set_uint64 (value, _edge_books_earned_today (self));
      break;
    case PROP_MEMBER:
      g_value_set_boolean (value, account != NULL && account->member);
      break;
    case PROP_JOINED:
      g_value_set_boolean (value, account != NULL && account->has_head);
      break;
    case PROP_JOIN_PROGRESS:
      g_value_set_double (value, self->joiner != NULL ? edge_joiner_get_progress (self->joiner)
                                                      : NAN);
      break;
    case PROP_UPTIME_HOURS:
      g_value_set_uint (value, self->uptime != NULL ? edge_uptime_get_hours (self->uptime) : 0);
      break;
    case PROP_UPTIME_WAITING:
      g_value_set_uint (value, self->uptime != NULL ? edge_uptime_get_waiting (self->uptime) : 0);
      break;
    case PROP_UPTIME_DAY:
      g_value_set_uint64 (value, account != NULL ? account->up * EDGE_DAY_MS : 0);
      break;
    case PROP_ENTRIES:
      g_value_set_object (value, self->entries);
      break;
    case PROP_UNLOCKS:
      g_value_set_object (value, self->unlocks);
      break;
    case PROP_TWO_BOOKS:
      g_value_set_string (value, self->view != NULL ? self->view->two_books : NULL);
      break;
    case PROP_FINALITY:
      g_value_set_object (value, self->finality);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* Tells of what another value has now than @before, which holds them by property. */
static void
tell_changes (EdgeBooks *self,
              GValue    *before)
{
  for (guint i = PROP_READY; i < PROP_ENTRIES; i++)
    {
      g_auto(GValue) now = G_VALUE_INIT;

      g_value_init (&now, properties[i]->value_type);
      edge_books_get_property (G_OBJECT (self), i, &now, properties[i]);
      if (g_param_values_cmp (properties[i], &before[i], &now) != 0)
        g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
      g_value_unset (&before[i]);
    }
}

static void
note_values (EdgeBooks *self,
             GValue    *values)
{
  for (guint i = PROP_READY; i < PROP_ENTRIES; i++)
    {
      g_value_init (&values[i], properties[i]->value_type);
      edge_books_get_property (G_OBJECT (self), i, &values[i], properties[i]);
    }
}

static gboolean fade_cb (gpointer user_data);

static void
count_arrivals (EdgeBooks *self)
{
  gint64 now = g_get_monotonic_time ();
  Arrival *oldest;
  Arrival *newest;

  while ((oldest = g_queue_peek_head (&self->arrivals)) != NULL && now - oldest->at > RATE_WINDOW_US)
    {
      self->n_before = oldest->n_events;
      g_free (g_queue_pop_head (&self->arrivals));
    }

  newest = g_queue_peek_tail (&self->arrivals);
  self->rate = 0;
  if (newest != NULL && newest->n_events > self->n_before)
    self->rate = (double) (newest->n_events - self->n_before) * G_USEC_PER_SEC /
                 (double) CLAMP (now - self->opened_at, G_USEC_PER_SEC, RATE_WINDOW_US);
  if (self->rate > 0 && self->rate_source == 0)
    self->rate_source = g_timeout_add (RATE_FADE_MS, fade_cb, self);
}

/* While nothing arrives the rate goes down to none. */
static gboolean
fade_cb (gpointer user_data)
{
  EdgeBooks *self = user_data;
  GValue before[N_PROPERTIES] = { G_VALUE_INIT };

  self->rate_source = 0;
  note_values (self, before);
  count_arrivals (self);
  tell_changes (self, before);
  return G_SOURCE_REMOVE;
}

static void
note_arrival (EdgeBooks *self,
              guint      n_events)
{
  Arrival *arrival = g_new (Arrival, 1);

  /* What the file held did not arrive just now. */
  if (self->opened_at == 0)
    {
      self->opened_at = g_get_monotonic_time ();
      self->n_before = n_events;
    }
  arrival->at = g_get_monotonic_time ();
  arrival->n_events = n_events;
  g_queue_push_tail (&self->arrivals, arrival);
  count_arrivals (self);
}

static void
read_func (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  EdgeBooksView *view = g_new0 (EdgeBooksView, 1);
  EdgeLedger *ledger = g_object_get_data (G_OBJECT (task), "ledger");
  const EdgeId *key = task_data;

  view->entries = edge_ledger_list (ledger, NULL, 0, EDGE_BOOKS_ENTRIES);
  view->account = edge_ledger_dup_account (ledger, key);
  view->escrowed = edge_ledger_get_escrowed (ledger, key);
  view->earnings = edge_ledger_dup_earnings (ledger);
  view->two_books = edge_ledger_dup_two_books (ledger);
  edge_ledger_get_figures (ledger, &view->figures);
  g_task_return_pointer (task, view, (GDestroyNotify) free_view);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EdgeBooks *self = EDGE_BOOKS (source);
  g_autoptr(EdgeBooksView) view = g_task_propagate_pointer (G_TASK (result), NULL);
  GValue before[N_PROPERTIES] = { G_VALUE_INIT };

  self->reading = FALSE;
  if (view == NULL || self->ledger == NULL)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  note_values (self, before);
  g_clear_pointer (&self->view, free_view);
  self->view = g_steal_pointer (&view);
  note_arrival (self, self->view->figures.n_events);
  _edge_books_show_entries (self);
  _edge_books_show_unlocks (self);
  tell_changes (self, before);
  /* States of events may be others, which no figure tells. */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTRIES]);
  g_object_thaw_notify (G_OBJECT (self));

  if (self->joiner != NULL)
    edge_joiner_update (self->joiner, self->view->account != NULL && self->view->account->has_head);
  _edge_books_settle (self);
  if (self->stale)
    _edge_books_read (self);
}

/* _edge_books_read: reads what the ledger has now, or once more after the reading under way. */
void
_edge_books_read (EdgeBooks *self)
{
  g_autoptr(GTask) task = NULL;

  self->stale = self->reading;
  if (self->reading || self->ledger == NULL)
    return;

  self->reading = TRUE;
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_source_tag (task, _edge_books_read);
  g_task_set_task_data (task, g_memdup2 (&self->key, sizeof self->key), g_free);
  g_object_set_data_full (G_OBJECT (task), "ledger", g_object_ref (self->ledger), g_object_unref);
  g_task_run_in_thread (task, read_func);
}

static void
sync_changed_cb (EdgeBooks *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_IN_STEP]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_EXPECTED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMAINING]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
join_progress_cb (EdgeBooks *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOIN_PROGRESS]);
}

static void
uptime_changed_cb (EdgeBooks *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPTIME_HOURS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPTIME_WAITING]);
}

static void
edge_books_dispose (GObject *object)
{
  EdgeBooks *self = EDGE_BOOKS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->rate_source, g_source_remove);
  if (self->sync != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->sync, self);
      g_object_run_dispose (G_OBJECT (self->sync));
    }
  if (self->finality != NULL)
    g_object_run_dispose (G_OBJECT (self->finality));
  if (self->agreement != NULL)
    g_object_run_dispose (G_OBJECT (self->agreement));
  if (self->joiner != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->joiner, self);
      g_object_run_dispose (G_OBJECT (self->joiner));
    }
  if (self->uptime != NULL)
    g_object_run_dispose (G_OBJECT (self->uptime));
  if (self->ledger != NULL)
    g_signal_handlers_disconnect_by_data (self->ledger, self);
  g_clear_object (&self->uptime);
  g_clear_object (&self->sync);
  g_clear_object (&self->agreement);
  g_clear_object (&self->joiner);
  g_clear_object (&self->ledger);
  _edge_books_settle (self);

  G_OBJECT_CLASS (edge_books_parent_class)->dispose (object);
}

static void
edge_books_finalize (GObject *object)
{
  EdgeBooks *self = EDGE_BOOKS (object);

  g_queue_clear_full (&self->arrivals, g_free);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->view, free_view);
  g_clear_pointer (&self->unsettled, g_ptr_array_unref);
  g_clear_object (&self->entries);
  g_clear_object (&self->unlocks);
  g_clear_object (&self->finality);
  g_clear_object (&self->identity);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (edge_books_parent_class)->finalize (object);
}

static void
install_amount (EdgeBooksProperty  property,
                const char        *name,
                GParamFlags        flags)
{
  properties[property] = g_param_spec_uint64 (name, NULL, NULL, 0, G_MAXUINT64, 0, flags);
}

static void
edge_books_class_init (EdgeBooksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_books_get_property;
  object_class->dispose = edge_books_dispose;
  object_class->finalize = edge_books_finalize;

  /* Described in edge-books.h. */
  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, flags);
  install_amount (PROP_N_EVENTS, "n-events", flags);
  install_amount (PROP_N_FINAL, "n-final", flags);
  install_amount (PROP_N_EXPECTED, "n-expected", flags);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_REMAINING] = g_param_spec_int64 ("remaining", NULL, NULL,
                                                   -1, G_MAXINT64, -1, flags);
  properties[PROP_N_IN_STEP] = g_param_spec_uint ("n-in-step", NULL, NULL,
                                                  0, G_MAXUINT, 0, flags);
  install_amount (PROP_TIME, "time", flags);
  properties[PROP_MULTIPLIER] = g_param_spec_double ("multiplier", NULL, NULL,
                                                     0, G_MAXDOUBLE, 1, flags);
  properties[PROP_CPU_HOURS] = g_param_spec_double ("cpu-hours", NULL, NULL,
                                                    0, G_MAXDOUBLE, 0, flags);
  install_amount (PROP_DECAY_CPU_HOURS, "decay-cpu-hours", flags);
  install_amount (PROP_MAX_BONUS, "max-bonus", flags);
  install_amount (PROP_FREE, "free", flags);
  install_amount (PROP_LOCKED, "locked", flags);
  install_amount (PROP_OWN_STAKE, "own-stake", flags);
  install_amount (PROP_LEAVING, "leaving", flags);
  install_amount (PROP_WELCOME, "welcome", flags);
  install_amount (PROP_ESCROWED, "escrowed", flags);
  install_amount (PROP_EARNED, "earned", flags);
  install_amount (PROP_EARNED_TODAY, "earned-today", flags);
  properties[PROP_MEMBER] = g_param_spec_boolean ("member", NULL, NULL, FALSE, flags);
  properties[PROP_JOINED] = g_param_spec_boolean ("joined", NULL, NULL, FALSE, flags);
  properties[PROP_JOIN_PROGRESS] = g_param_spec_double ("join-progress", NULL, NULL,
                                                        -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_UPTIME_HOURS] = g_param_spec_uint ("uptime-hours", NULL, NULL, 0, 24, 0, flags);
  properties[PROP_UPTIME_WAITING] = g_param_spec_uint ("uptime-waiting", NULL, NULL,
                                                       0, 7, 0, flags);
  install_amount (PROP_UPTIME_DAY, "uptime-day", flags);
  properties[PROP_ENTRIES] = g_param_spec_object ("entries", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_UNLOCKS] = g_param_spec_object ("unlocks", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_TWO_BOOKS] = g_param_spec_string ("two-books", NULL, NULL, NULL, flags);
  properties[PROP_FINALITY] = g_param_spec_object ("finality", NULL, NULL, EDGE_TYPE_FINALITY, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_books_init (EdgeBooks *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_list_store_new (EDGE_TYPE_BOOK_ENTRY);
  self->unlocks = g_list_store_new (EDGE_TYPE_UNLOCK);
  self->by_id = g_hash_table_new (edge_id_hash, edge_id_equal);
  self->unsettled = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->arrivals);
}

/**
 * edge_books_new:
 * @ledger: an open ledger that watches the key of @identity
 * @identity: whose account it is
 * @mesh: (nullable): the links to bring it into step over, %NULL to work alone
 *
 * Returns: (transfer full): books that follow @ledger; run g_object_run_dispose() on them
 *   before the ledger is closed
 */
EdgeBooks *
edge_books_new (EdgeLedger   *ledger,
                EdgeIdentity *identity,
                EdgeMesh     *mesh)
{
  EdgeBooks *self;

  g_return_val_if_fail (EDGE_IS_LEDGER (ledger), NULL);
  g_return_val_if_fail (EDGE_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (edge_ledger_get_genesis (ledger) != NULL, NULL);

  self = g_object_new (EDGE_TYPE_BOOKS, NULL);
  self->ledger = g_object_ref (ledger);
  self->identity = g_object_ref (identity);
  memcpy (self->key.bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
  g_signal_connect_object (ledger, "changed", G_CALLBACK (_edge_books_read), self,
                           G_CONNECT_SWAPPED);
  self->finality = edge_finality_new (ledger, &self->key, (GListModel *) mesh);
  if (self->agreement != NULL)
    g_signal_connect_object (self->agreement, "heard", G_CALLBACK (edge_finality_hear),
                             self->finality, G_CONNECT_SWAPPED);
  if (mesh != NULL)
    {
      g_autofree char *network_id = edge_id_to_text (&edge_ledger_get_genesis (ledger)->id);

      self->sync = edge_sync_new (mesh, ledger, network_id);
      if (edge_ledger_get_genesis (ledger)->n_validators > 0)
        self->agreement = edge_agreement_new (mesh, ledger, identity,
                                              edge_clock_find_scale ("EDGE_NET_ROUND_SCALE"));
      self->joiner = edge_joiner_new (ledger, identity, self->sync);
      g_signal_connect_object (self->sync, "notify", G_CALLBACK (sync_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->joiner, "notify::progress", G_CALLBACK (join_progress_cb),
                               self, G_CONNECT_SWAPPED);
      _edge_books_start_uptime (self, mesh);
      g_signal_connect_object (self->uptime, "notify", G_CALLBACK (uptime_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  _edge_books_read (self);
  return self;
}

/**
 * edge_books_set_paused:
 * @self: books
 * @paused: whether the person wants nothing to be done for now
 *
 * The proof of work of joining waits while paused. Everything else goes on.
 */
void
edge_books_set_paused (EdgeBooks *self,
                       gboolean   paused)
{
  g_return_if_fail (EDGE_IS_BOOKS (self));

  if (self->joiner != NULL)
    edge_joiner_set_paused (self->joiner, paused);
}

/**
 * edge_books_get_ledger:
 * @self: books
 *
 * Returns: (transfer none) (nullable): the ledger, until they are disposed of
 */
EdgeLedger *
edge_books_get_ledger (EdgeBooks *self)
{
  g_return_val_if_fail (EDGE_IS_BOOKS (self), NULL);

  return self->ledger;
}
