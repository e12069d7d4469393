/* edge-sync-session.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-sync"

#include "mesh/edge-sync-session-private.h"

#include <string.h>

#include "mesh/edge-sync-frame.h"

/* Bytes of events in one frame, and how much may wait at a slow peer. */
#define FRAME_BYTES        (40 * 1024)
#define MAX_WAITING        (512 * 1024)
#define PUMP_MS            20
#define MAX_GIVES          65536
/* Where all that differs is in one place a round is over in some ten messages, and brings as much
 * as a message may; where it is spread, a message brings some ten events. */
#define MESSAGES_BURST      400
#define MESSAGES_PER_MINUTE 1200
/* Our answers are fewer than the messages that may come, and so are those of the peer, which
 * waits for them: however much two lack, neither says too much. */
#define ANSWERS_BURST       300
#define ANSWERS_PER_MINUTE  1000
#define ASKS_BURST          64
#define ASKS_PER_MINUTE     60
/* Nothing is left to say: all events that were to come have come. */
#define NOTHING            "{\"ranges\":[],\"want\":[]}"
/* A round that left a difference and brought nothing is begun again ever later. */
#define SOON_MS            20
#define RETRY_FIRST_MS     500
/* How the message begins of one that holds no open events: it asks for all. */
#define HOLDS_NOTHING      "{\"ranges\":[[\"h\",\"\",0,"

/**
 * edge_sync_shared_init:
 * @self: (out caller-allocates): what sessions share
 */
void
edge_sync_shared_init (EdgeSyncShared *self)
{
  self->turn = edge_sync_turn_new (EDGE_SYNC_TURN_TICK_MS);
  self->messages = edge_token_table_new (MESSAGES_BURST, MESSAGES_PER_MINUTE);
  self->answers = edge_token_table_new (ANSWERS_BURST, ANSWERS_PER_MINUTE);
  self->asks = edge_token_table_new (ASKS_BURST, ASKS_PER_MINUTE);
}

/**
 * edge_sync_shared_clear:
 * @self: what sessions shared that are closed
 */
void
edge_sync_shared_clear (EdgeSyncShared *self)
{
  g_clear_pointer (&self->turn, edge_sync_turn_free);
  g_clear_pointer (&self->messages, edge_token_table_free);
  g_clear_pointer (&self->answers, edge_token_table_free);
  g_clear_pointer (&self->asks, edge_token_table_free);
}

gboolean
_edge_sync_session_spend (EdgeSyncSession *self,
                          EdgeTokenTable  *table)
{
  return edge_token_table_take (table, edge_peer_get_id (self->peer), 1, g_get_monotonic_time ());
}

void
_edge_sync_session_free (gpointer data)
{
  EdgeSyncSession *self = data;

  g_queue_clear_full (&self->gives, g_free);
  g_array_unref (self->later);
  g_ptr_array_unref (self->batch);
  g_free (self->reply);
  g_free (self->message);
  g_object_unref (self->cancellable);
  g_object_unref (self->peer);
  g_object_unref (self->ledger);
  g_clear_object (&self->mesh);
}

gboolean
_edge_sync_session_is_closed (EdgeSyncSession *self)
{
  return self->func == NULL;
}

void
_edge_sync_session_set_in_step (EdgeSyncSession *self,
                                gboolean         in_step)
{
  if (_edge_sync_session_is_closed (self))
    return;
  if (in_step)
    {
      self->retry_ms = RETRY_FIRST_MS;
      self->n_wanted = 0;
    }
  if (self->in_step == in_step)
    return;
  self->in_step = in_step;
  edge_peer_set_in_step (self->peer, in_step);
  self->func (self, in_step && self->brought, self->user_data);
  if (in_step)
    self->brought = FALSE;
}

static gboolean
send_bytes (EdgeSyncSession *self,
            GBytes          *taken)
{
  g_autoptr(GBytes) bytes = taken;
  g_autoptr(GError) error = NULL;

  if (edge_mesh_send_bulk (self->mesh, self->peer, bytes, &error))
    return TRUE;
  g_debug ("A sync frame was not sent: %s", error->message);
  return FALSE;
}

void
_edge_sync_session_send_ranges (EdgeSyncSession *self,
                                gboolean         is_request,
                                const char      *message)
{
  EdgeLedgerFigures figures;

  edge_ledger_get_figures (self->ledger, &figures);
  send_bytes (self, edge_sync_frame_write_ranges (is_request, figures.n_events,
                                                  figures.n_checkpoints, message));
}

static gboolean
give_some (EdgeSyncSession *self)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func (g_free);
  gsize size = 0;

  while (size < FRAME_BYTES && !g_queue_is_empty (&self->gives))
    {
      g_autofree EdgeId *id = g_queue_pop_head (&self->gives);
      char *text = edge_ledger_dup_event (self->ledger, id);

      if (text == NULL)
        continue;
      size += strlen (text) + 3;
      g_ptr_array_add (events, text);
    }
  return events->len == 0 || send_bytes (self, edge_sync_frame_write_events (events));
}

static gboolean
pump (EdgeSyncSession *self)
{
  while (!g_queue_is_empty (&self->gives))
    {
      if (edge_mesh_get_waiting (self->mesh, self->peer) > MAX_WAITING)
        return G_SOURCE_CONTINUE;
      if (!give_some (self))
        g_queue_clear_full (&self->gives, g_free);
    }

  if (self->reply != NULL)
    {
      _edge_sync_session_send_ranges (self, FALSE, self->reply);
      self->awaits = !self->reply_is_last;
      g_clear_pointer (&self->reply, g_free);
    }
  return G_SOURCE_REMOVE;
}

static gboolean
pump_later_cb (gpointer user_data)
{
  EdgeSyncSession *self = user_data;

  if (pump (self) == G_SOURCE_CONTINUE)
    return G_SOURCE_CONTINUE;
  self->pump_source = 0;
  /* Only now what the peer said meanwhile can be answered: it lacked what was on its way. */
  if (self->message != NULL)
    _edge_sync_session_take_turn (self);
  else
    _edge_sync_session_end_round (self);
  return G_SOURCE_REMOVE;
}

static void
start_pump (EdgeSyncSession *self)
{
  if (self->pump_source == 0 && pump (self) == G_SOURCE_CONTINUE)
    self->pump_source = g_timeout_add (PUMP_MS, pump_later_cb, self);
}

static gboolean
is_busy (EdgeSyncSession *self)
{
  return self->message != NULL || self->reply != NULL || self->n_ingesting > 0 ||
         self->batch->len > 0 || !g_queue_is_empty (&self->gives);
}

gboolean
_edge_sync_session_is_in_round (EdgeSyncSession *self)
{
  return self->awaits || is_busy (self);
}

static gboolean
begin_cb (gpointer user_data)
{
  EdgeSyncSession *self = user_data;

  self->begin_source = 0;
  edge_sync_session_begin (self);
  return G_SOURCE_REMOVE;
}

/* Both see that a round is over. The one whose offer made the link is quicker to begin
 * the next, so that they seldom begin at once; it does no harm when they do. */
static guint
delay_of (EdgeSyncSession *self,
          guint            ms)
{
  if (edge_mesh_offers_to (self->mesh, self->peer))
    return ms;
  return ms * 2 + 100;
}

static void
schedule_begin (EdgeSyncSession *self,
                guint            ms)
{
  g_clear_handle_id (&self->begin_source, g_source_remove);
  ms = delay_of (self, ms);
  self->begin_at = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  self->begin_source = g_timeout_add (ms, begin_cb, self);
}

void
_edge_sync_session_retry (EdgeSyncSession *self)
{
  schedule_begin (self, self->retry_ms);
  self->retry_ms = MIN (self->retry_ms * 2, EDGE_SYNC_RETRY_LAST_MS);
}

/* A message holds no more than so much; as long as rounds bring something, the next
 * begins at once. What differs and does not come is not asked for all the time. Whoever
 * begins before the other's word came is sent again what is on its way. */
void
_edge_sync_session_end_round (EdgeSyncSession *self)
{
  if (_edge_sync_session_is_closed (self) || is_busy (self))
    return;
  if (!self->awaits)
    edge_sync_place_end (self->place);
  if (self->in_step)
    return;
  if (self->progress)
    {
      self->progress = FALSE;
      self->retry_ms = RETRY_FIRST_MS;
      schedule_begin (self, self->awaits ? RETRY_FIRST_MS : SOON_MS);
    }
  else if (self->begin_source == 0)
    _edge_sync_session_retry (self);
}

static void
queue_gives (EdgeSyncSession *self,
             GArray          *ids)
{
  for (guint i = 0; i < ids->len && g_queue_get_length (&self->gives) < MAX_GIVES; i++)
    g_queue_push_tail (&self->gives, g_memdup2 (&g_array_index (ids, EdgeId, i), sizeof (EdgeId)));
}

static gboolean
read_message (EdgeSyncSession     *self,
              const char          *message,
              GArray              *later,
              gboolean             may_ask,
              EdgeReconcileResult *result)
{
  g_autoptr(GError) error = NULL;

  if (edge_ledger_answer_sync (self->ledger, message, strlen (message), later, may_ask, result,
                               &error))
    return TRUE;
  edge_mesh_report_fault (self->mesh, self->peer, error->message);
  return FALSE;
}

/* What a peer holds open that is not as far in the book as we are is final here in part. It soon
 * is there as well. */
static gboolean
is_behind (EdgeSyncSession *self)
{
  EdgeLedgerFigures figures;

  edge_ledger_get_figures (self->ledger, &figures);
  return self->message_n < figures.n_checkpoints;
}

void
_edge_sync_session_answer (EdgeSyncSession *self)
{
  g_autofree char *message = g_steal_pointer (&self->message);
  g_autofree char *own = edge_ledger_begin_sync (self->ledger);
  g_auto(EdgeReconcileResult) result = { 0 };
  gboolean in_turn = edge_sync_place_may_ask (self->place);
  gboolean may_ask = in_turn && !is_behind (self);
  gboolean same;

  if (own == NULL)
    return;
  if (self->message_is_request)
    g_array_set_size (self->later, 0);
  if (!read_message (self, message, self->later, may_ask, &result))
    return;
  if (result.lacks && may_ask)
    edge_sync_place_take (self->place);
  else if (result.lacks && !in_turn)
    edge_sync_place_wait (self->place);

  same = g_str_equal (own, message);
  queue_gives (self, result.give);
  self->n_wanted += result.want->len;
  g_clear_pointer (&self->reply, g_free);
  /* Only who compared all and found it equal is in step; the other is told by the same words. */
  if (!same)
    self->reply = result.reply != NULL || g_str_equal (message, NOTHING)
                    ? g_steal_pointer (&result.reply)
                    : g_strdup (NOTHING);
  else if (self->message_is_request)
    self->reply = g_steal_pointer (&own);
  self->reply_is_last = same || g_strcmp0 (self->reply, NOTHING) == 0;
  _edge_sync_session_set_in_step (self, same);
  start_pump (self);
  _edge_sync_session_end_round (self);
  /* The round may have begun before the peer had what it pushed. */
  if (same && self->missed)
    edge_sync_session_begin_soon (self);
}

/* Gives what a peer asks for because of an event that came: that is no part of a round. */
void
_edge_sync_session_give (EdgeSyncSession *self,
                         const char      *message)
{
  g_autoptr(GArray) none = edge_reconcile_later_new ();
  g_auto(EdgeReconcileResult) result = { 0 };

  if (!read_message (self, message, none, FALSE, &result))
    return;
  queue_gives (self, result.give);
  start_pump (self);
}

/**
 * edge_sync_session_push:
 * @self: a session
 * @frame: a `qdag_contribution`
 *
 * Passes an event on. What a slow peer misses now, the next reconciliation brings.
 */
void
edge_sync_session_push (EdgeSyncSession *self,
                        JsonObject      *frame)
{
  if (edge_mesh_send (self->mesh, self->peer, frame, NULL))
    return;
  _edge_sync_session_set_in_step (self, FALSE);
  _edge_sync_session_end_round (self);
}

/**
 * edge_sync_session_begin:
 * @self: a session
 *
 * Begins a round of reconciliation, unless one is under way. While another session asks for what
 * it lacks, much of which this peer may have too, the round waits until that has its turn no more.
 * With a peer that held the same it does not: such a round gives it what came since, and asks for
 * nothing.
 */
void
edge_sync_session_begin (EdgeSyncSession *self)
{
  g_autofree char *message = edge_ledger_begin_sync (self->ledger);
  gboolean asks_all = message != NULL && g_str_has_prefix (message, HOLDS_NOTHING);

  if (message == NULL || is_busy (self))
    return;
  if (!edge_sync_place_may_ask (self->place) && (!self->in_step || asks_all))
    {
      if (!self->in_step)
        edge_sync_place_wait (self->place);
      return;
    }
  if (asks_all)
    edge_sync_place_take (self->place);
  self->asked_at = g_get_monotonic_time ();
  self->n_wanted = 0;
  self->missed = FALSE;
  self->puts_off = FALSE;
  g_array_set_size (self->later, 0);
  self->awaits = TRUE;
  _edge_sync_session_send_ranges (self, TRUE, message);
  /* Who is still opening its ledger hears nothing. */
  if (!self->in_step && self->begin_source == 0)
    _edge_sync_session_retry (self);
}

static void
turn_cb (gboolean is_given,
         gpointer user_data)
{
  EdgeSyncSession *self = user_data;

  if (is_given)
    {
      g_clear_handle_id (&self->begin_source, g_source_remove);
      edge_sync_session_begin (self);
      if (self->awaits)
        return;
      /* Busy with what it gives, or not open: later, and no turn is lost by that. */
      edge_sync_place_end (self->place);
      if (!self->in_step)
        edge_sync_place_wait (self->place);
      return;
    }
  self->awaits = FALSE;
  if (!self->in_step && self->begin_source == 0)
    _edge_sync_session_retry (self);
}

/**
 * edge_sync_session_begin_soon:
 * @self: a session
 *
 * Begins a round in a moment, one for all that leads to it until then.
 */
void
edge_sync_session_begin_soon (EdgeSyncSession *self)
{
  if (self->begin_source == 0)
    schedule_begin (self, RETRY_FIRST_MS);
}

/**
 * edge_sync_session_begin_early:
 * @self: a session
 *
 * Begins a round in a moment even if one is to begin much later: what earlier rounds did not
 * bring has come from elsewhere. Not where we want no more of the peer for a while.
 */
void
edge_sync_session_begin_early (EdgeSyncSession *self)
{
  gint64 latest = g_get_monotonic_time () +
                  delay_of (self, RETRY_FIRST_MS) * G_TIME_SPAN_MILLISECOND;

  if (self->begin_source != 0 && (self->puts_off || self->begin_at <= latest))
    return;
  self->retry_ms = RETRY_FIRST_MS;
  schedule_begin (self, RETRY_FIRST_MS);
}

/**
 * edge_sync_session_is_origin:
 * @self: a session
 * @origin: where events came from
 *
 * Returns: whether they came from this peer
 */
gboolean
edge_sync_session_is_origin (EdgeSyncSession *self,
                             guint64          origin)
{
  return origin >= self->origin && origin - self->origin < EDGE_SYNC_ORIGINS;
}

/**
 * edge_sync_is_catch_up:
 * @origin: where events came from
 *
 * Returns: whether a reconciliation brought them, so that others have them already
 */
gboolean
edge_sync_is_catch_up (guint64 origin)
{
  return (origin & EDGE_LEDGER_ASKED) != 0;
}

gboolean
edge_sync_session_get_in_step (EdgeSyncSession *self)
{
  return self->in_step;
}

/**
 * edge_sync_session_get_count:
 * @self: a session
 *
 * Returns: how many events the peer said it has
 */
guint64
edge_sync_session_get_count (EdgeSyncSession *self)
{
  return self->count;
}

/**
 * edge_sync_session_get_wanted:
 * @self: a session
 *
 * Returns: how many events the peer is known to have that are on their way
 */
guint64
edge_sync_session_get_wanted (EdgeSyncSession *self)
{
  return self->n_wanted;
}

/**
 * edge_sync_session_new:
 * @mesh: the links
 * @ledger: an open ledger
 * @peer: a linked peer of the same network
 * @shared: what all sessions of @ledger share; outlives the session's link
 * @origin: the first of %EDGE_SYNC_ORIGINS numbers that nobody else uses; a multiple of that
 * @func: called when something changed
 * @user_data: for @func
 *
 * Returns: (transfer full): a session that waits
 */
EdgeSyncSession *
edge_sync_session_new (EdgeMesh            *mesh,
                       EdgeLedger          *ledger,
                       EdgePeer            *peer,
                       EdgeSyncShared      *shared,
                       guint64              origin,
                       EdgeSyncSessionFunc  func,
                       gpointer             user_data)
{
  EdgeSyncSession *self = g_rc_box_new0 (EdgeSyncSession);

  self->mesh = g_object_ref (mesh);
  self->ledger = g_object_ref (ledger);
  self->peer = g_object_ref (peer);
  self->origin = origin;
  self->func = func;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->place = edge_sync_turn_join (shared->turn, turn_cb, self);
  self->shared = shared;
  self->batch = g_ptr_array_new_with_free_func (g_free);
  self->retry_ms = RETRY_FIRST_MS;
  self->later = edge_reconcile_later_new ();
  g_queue_init (&self->gives);
  return self;
}

/**
 * edge_sync_session_close:
 * @self: (transfer full): a session whose link is gone
 *
 * Ends it.
 */
void
edge_sync_session_close (EdgeSyncSession *self)
{
  self->func = NULL;
  g_clear_pointer (&self->place, edge_sync_place_leave);
  if (self->held)
    edge_mesh_hold_bulk (self->mesh, self->peer, FALSE);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pump_source, g_source_remove);
  g_clear_handle_id (&self->pace_source, g_source_remove);
  g_clear_handle_id (&self->batch_source, g_source_remove);
  g_clear_handle_id (&self->begin_source, g_source_remove);
  edge_peer_set_in_step (self->peer, FALSE);
  for (guint i = 0; i < EDGE_SYNC_ORIGINS; i++)
    edge_ledger_drop_origin (self->ledger, self->origin + i);
  /* What the ledger is still at keeps the session, and should not keep the links. */
  g_clear_object (&self->mesh);
  g_rc_box_release_full (self, _edge_sync_session_free);
}
