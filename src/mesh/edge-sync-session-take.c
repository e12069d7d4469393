/* edge-sync-session-take.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-sync"

#include "mesh/edge-sync-session-private.h"

#include "base/edge-json.h"
#include "mesh/edge-mux.h"
#include "mesh/edge-sync-frame.h"

#define BATCH_MS  10
#define MAX_BATCH EDGE_SYNC_FRAME_MAX_EVENTS
/* Events on their way to the ledger from which the peer is held up, until half of them are
 * there; and from which what it pushes is left to a later round. */
#define HOLD_FROM 4096
#define DROP_FROM 16384
#define ASK_MOST  400
/* How long after a round was begun one of the peer's can cross it, besides what a message takes. */
#define CROSSING_MS 300
/* How a message begins that asks by `want` alone. */
#define ASKS_ONLY "{\"ranges\":[],"

static void hand_over (EdgeSyncSession *self);

/* Something the events build upon did not come. A round that is on brings it; and what misses
 * something though it was asked for itself misses more than is worth to be asked for one by one,
 * from the newest back. */
static void
ask_for (EdgeSyncSession *self,
         GArray          *missing,
         gboolean         asked)
{
  g_autoptr(GString) message = g_string_new (ASKS_ONLY "\"want\":[");

  if (!_edge_sync_session_spend (self, self->shared->asks))
    return;
  if (_edge_sync_session_is_in_round (self))
    {
      self->missed |= !asked;
      return;
    }
  if (!edge_sync_place_may_ask (self->place))
    {
      edge_sync_place_wait (self->place);
      return;
    }
  if (asked)
    {
      edge_sync_session_begin (self);
      return;
    }
  for (guint i = 0; i < missing->len && i < ASK_MOST; i++)
    {
      g_autofree char *id = edge_id_to_text (&g_array_index (missing, EdgeId, i));

      g_string_append_printf (message, "%s\"%s\"", i > 0 ? "," : "", id);
    }
  g_string_append (message, "]}");
  _edge_sync_session_send_ranges (self, TRUE, message->str);
}

/* What comes faster than it can be checked waits at the peer. */
static void
hold_or_not (EdgeSyncSession *self)
{
  gboolean held = self->n_on_way >= (self->held ? HOLD_FROM / 2 : HOLD_FROM);

  if (self->held == held)
    return;
  self->held = held;
  edge_mesh_hold_bulk (self->mesh, self->peer, held);
}

/* The peer holds what we do not want yet. It comes with a round, a while later. */
static void
put_off (EdgeSyncSession *self)
{
  _edge_sync_session_set_in_step (self, FALSE);
  self->puts_off = TRUE;
  self->retry_ms = EDGE_SYNC_RETRY_LAST_MS;
  if (self->begin_source == 0)
    _edge_sync_session_retry (self);
}

static void
take_ingested (EdgeSyncSession  *self,
               EdgeIngestResult *result,
               gboolean          catch_up)
{
  if (catch_up)
    edge_sync_place_note (self->place, result->n_new);
  if (result->n_bad_work > 0)
    {
      edge_mesh_disconnect (self->mesh, self->peer);
      return;
    }
  if (result->n_bad > 0)
    edge_mesh_report_fault (self->mesh, self->peer, result->fault);
  if (_edge_sync_session_is_closed (self))
    return;
  if (result->missing != NULL && result->missing->len > 0)
    ask_for (self, result->missing, catch_up);
  if (result->n_put_off > 0)
    put_off (self);
  if (catch_up)
    self->n_wanted -= MIN (self->n_wanted, result->n_new + result->n_known + result->n_held);
  if (catch_up && result->n_new > 0)
    {
      self->progress = TRUE;
      self->brought = TRUE;
      self->func (self, TRUE, self->user_data);
    }
  hand_over (self);
  _edge_sync_session_end_round (self);
}

typedef struct
{
  EdgeSyncSession *session;
  guint            n_events;
  gboolean         catch_up;
} Ingest;

static void
ingested_cb (GObject      *source,
             GAsyncResult *async_result,
             gpointer      user_data)
{
  g_autofree Ingest *ingest = user_data;
  EdgeSyncSession *self = ingest->session;
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeIngestResult) result = NULL;

  result = edge_ledger_ingest_finish (EDGE_LEDGER (source), async_result, &error);
  self->n_ingesting--;
  self->n_on_way -= ingest->n_events;
  if (!_edge_sync_session_is_closed (self))
    {
      edge_sync_place_set_busy (self->place, self->n_ingesting > 0);
      hold_or_not (self);
      if (result != NULL)
        take_ingested (self, result, ingest->catch_up);
      else
        {
          g_message ("Events of a peer were not stored: %s", error->message);
          hand_over (self);
          _edge_sync_session_end_round (self);
        }
    }
  g_rc_box_release_full (self, _edge_sync_session_free);
}

static gboolean
pace_cb (gpointer user_data)
{
  EdgeSyncSession *self = user_data;

  self->pace_source = 0;
  _edge_sync_session_take_turn (self);
  return G_SOURCE_REMOVE;
}

/* Answers once nothing is on its way any more, neither to the ledger nor to the peer, and not
 * too often: who waits for an answer asks no more than is answered. */
void
_edge_sync_session_take_turn (EdgeSyncSession *self)
{
  if (self->message == NULL || self->n_ingesting > 0 || self->batch->len > 0 ||
      self->pump_source != 0 || self->pace_source != 0)
    return;
  if (_edge_sync_session_spend (self, self->shared->answers))
    _edge_sync_session_answer (self);
  else
    self->pace_source = g_timeout_add (edge_token_table_wait (self->shared->answers,
                                                              edge_peer_get_id (self->peer), 1),
                                       pace_cb, self);
}

/* Two rounds that cross would have the same events sent twice, so that of the smaller id goes on,
 * and the peer answers it. Where it is long begun, the peer has not heard of it: its ledger was
 * not open yet. */
static gboolean
is_crossing (EdgeSyncSession *self)
{
  double latency = MAX (edge_peer_get_latency (self->peer), 0.0);

  return self->asked_at != 0 && edge_mesh_offers_to (self->mesh, self->peer) &&
         g_get_monotonic_time () - self->asked_at <
           (CROSSING_MS + (gint64) latency) * G_TIME_SPAN_MILLISECOND;
}

/* Stores what came. */
static void
hand_over (EdgeSyncSession *self)
{
  Ingest *ingest;
  guint64 origin = self->origin | (self->batch_is_catch_up ? EDGE_LEDGER_ASKED : 0);
  guint n_events = self->batch->len;

  g_clear_handle_id (&self->batch_source, g_source_remove);
  if (self->batch->len == 0)
    {
      _edge_sync_session_take_turn (self);
      return;
    }

  g_ptr_array_add (self->batch, NULL);
  ingest = g_new (Ingest, 1);
  *ingest = (Ingest) { g_rc_box_acquire (self), n_events, self->batch_is_catch_up };
  self->n_ingesting++;
  edge_sync_place_set_busy (self->place, TRUE);
  self->n_on_way += n_events;
  hold_or_not (self);
  edge_ledger_ingest_async (self->ledger, (const char * const *) self->batch->pdata, origin,
                            self->cancellable, ingested_cb, ingest);
  g_ptr_array_set_size (self->batch, 0);
}

static gboolean
batch_cb (gpointer user_data)
{
  EdgeSyncSession *self = user_data;

  self->batch_source = 0;
  hand_over (self);
  return G_SOURCE_REMOVE;
}

static void
take_event (EdgeSyncSession *self,
            const char      *text,
            gboolean         catch_up)
{
  if (!catch_up && self->n_on_way >= DROP_FROM)
    {
      put_off (self);
      return;
    }
  if (self->batch->len > 0 && self->batch_is_catch_up != catch_up)
    hand_over (self);
  self->batch_is_catch_up = catch_up;
  g_ptr_array_add (self->batch, g_strdup (text));
  if (self->batch->len >= MAX_BATCH)
    hand_over (self);
  else if (self->batch_source == 0)
    self->batch_source = g_timeout_add (BATCH_MS, batch_cb, self);
}

static void
read_bulk (EdgeSyncSession *self,
           GBytes          *payload)
{
  g_auto(EdgeSyncFrame) frame = { 0 };
  g_autoptr(GError) error = NULL;

  if (!edge_sync_frame_read (&frame, payload, &error))
    {
      edge_mesh_report_fault (self->mesh, self->peer, error->message);
      return;
    }
  if (frame.events != NULL && frame.events->len > 0)
    edge_sync_place_note (self->place, 0);
  for (guint i = 0; frame.events != NULL && i < frame.events->len; i++)
    take_event (self, frame.events->pdata[i], TRUE);

  if (frame.has_count && self->count != frame.count)
    {
      self->count = frame.count;
      self->func (self, FALSE, self->user_data);
    }
  if (frame.ranges == NULL)
    return;
  if (!_edge_sync_session_spend (self, self->shared->messages))
    {
      edge_mesh_report_fault (self->mesh, self->peer, "too many sync requests");
      return;
    }

  if (frame.is_request && g_str_has_prefix (frame.ranges, ASKS_ONLY))
    {
      _edge_sync_session_give (self, frame.ranges);
      return;
    }

  edge_sync_place_note (self->place, 0);
  if (frame.is_request && is_crossing (self))
    {
      if (self->begin_source == 0)
        _edge_sync_session_retry (self);
      return;
    }

  /* The newest question is the one to answer. */
  self->asked_at = 0;
  self->awaits = FALSE;
  g_free (self->message);
  self->message = g_steal_pointer (&frame.ranges);
  self->message_is_request = frame.is_request;
  self->message_n = frame.has_n ? frame.n : G_MAXUINT64;
  g_clear_handle_id (&self->begin_source, g_source_remove);
  if (self->batch_source == 0)
    hand_over (self);
}

/**
 * edge_sync_session_take_bulk:
 * @self: a session
 * @payload: what came on the bulk stream; a stranger's
 *
 * Takes a message of a reconciliation, and events.
 */
void
edge_sync_session_take_bulk (EdgeSyncSession *self,
                             GBytes          *payload)
{
  /* A fault that is reported may end the link, and with it the session. */
  g_rc_box_acquire (self);
  read_bulk (self, payload);
  g_rc_box_release_full (self, _edge_sync_session_free);
}

/**
 * edge_sync_session_take_push:
 * @self: a session
 * @frame: a `qdag_contribution`; a stranger's
 *
 * Takes an event that is new to the peer.
 */
void
edge_sync_session_take_push (EdgeSyncSession *self,
                             JsonObject      *frame)
{
  g_autoptr(GError) error = NULL;
  const char *text;

  if (!edge_json_require (frame, "contribution", &error) ||
      !edge_json_read_string (frame, "contribution", EDGE_MUX_MAX_FRAME, &text, &error))
    edge_mesh_report_fault (self->mesh, self->peer, error->message);
  else
    take_event (self, text, FALSE);
}
