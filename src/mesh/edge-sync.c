/* edge-sync.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-sync"

#include "mesh/edge-sync.h"

#include <string.h>

#include "base/edge-json.h"
#include "base/edge-token-bucket.h"
#include "mesh/edge-mux.h"

/**
 * EdgeSync:
 *
 * Brings the ledger into step with every linked peer of the same network.
 *
 * When a link comes up, and now and then after, the side with the smaller key
 * begins a reconciliation: both compare fingerprints of ranges and split those
 * that differ, so that what goes over the wire grows with the difference. Each
 * answer follows from the message and the ledger alone; the next is made only
 * when the events that came with the last are stored. All of it travels on the
 * bulk stream, in order; new events are pushed to every peer on the control
 * stream as soon as they are stored.
 */

/* Bytes of events in one frame, and how much may wait at a slow peer. */
#define FRAME_BYTES      (40 * 1024)
#define MAX_WAITING      (512 * 1024)
#define PUMP_MS          20
#define BATCH_MS         10
#define MAX_BATCH        2048
#define AGAIN_SECONDS    30
/* A reconciliation of a million events is over in some thirty messages. */
#define ANSWERS_BURST    200
#define ANSWERS_PER_MINUTE 600
#define MAX_GIVES        65536

typedef struct
{
  EdgeSync        *sync;        /* not owned */
  EdgePeer        *peer;
  guint64          origin;
  GQueue           gives;       /* EdgeId: events to be sent */
  char            *reply;       /* what follows them */
  GPtrArray       *batch;       /* events that came and are not yet handed to the ledger */
  char            *message;     /* what is to be answered once they are stored */
  EdgeTokenBucket  answers;
  guint64          count;       /* events the peer says it has */
  guint            pump_source;
  guint            batch_source;
  guint            n_ingesting;
  gboolean         in_step;
} Session;

struct _EdgeSync
{
  GObject       parent_instance;

  EdgeMesh     *mesh;
  EdgeLedger   *ledger;
  char         *network_id;
  GHashTable   *sessions;       /* EdgePeer to Session */
  GCancellable *cancellable;
  guint64       last_origin;
  guint         again_source;
};

typedef enum
{
  PROP_N_IN_STEP = 1,
  PROP_N_LINKED,
  PROP_EXPECTED,
} EdgeSyncProperty;

static GParamSpec *properties[PROP_EXPECTED + 1];

G_DEFINE_FINAL_TYPE (EdgeSync, edge_sync, G_TYPE_OBJECT)

static void hand_over (Session *session);

static void
session_free (Session *session)
{
  g_clear_handle_id (&session->pump_source, g_source_remove);
  g_clear_handle_id (&session->batch_source, g_source_remove);
  g_queue_clear_full (&session->gives, g_free);
  g_ptr_array_unref (session->batch);
  g_free (session->reply);
  g_free (session->message);
  g_object_unref (session->peer);
  g_free (session);
}

static void
set_in_step (Session  *session,
             gboolean  in_step)
{
  if (session->in_step == in_step)
    return;
  session->in_step = in_step;
  edge_peer_set_in_step (session->peer, in_step);
  g_object_notify_by_pspec (G_OBJECT (session->sync), properties[PROP_N_IN_STEP]);
}

static gboolean
send_object (Session    *session,
             JsonObject *frame)
{
  char *text = edge_json_print (frame);
  g_autoptr(GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr(GError) error = NULL;

  if (edge_mesh_send_bulk (session->sync->mesh, session->peer, bytes, &error))
    return TRUE;
  g_debug ("A sync frame was not sent: %s", error->message);
  return FALSE;
}

static void
send_ranges (Session    *session,
             const char *type,
             const char *message)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  EdgeLedgerFigures figures;
  JsonNode *node = json_from_string (message, NULL);

  g_return_if_fail (node != NULL);

  edge_ledger_get_figures (session->sync->ledger, &figures);
  json_object_set_string_member (frame, "type", type);
  json_object_set_int_member (frame, "count", figures.n_events);
  json_object_set_member (frame, "ranges", node);
  send_object (session, frame);
}

static gboolean
give_some (Session *session)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  JsonArray *events = json_array_new ();
  gsize size = 0;

  while (size < FRAME_BYTES && !g_queue_is_empty (&session->gives))
    {
      g_autofree EdgeId *id = g_queue_pop_head (&session->gives);
      g_autofree char *text = edge_ledger_dup_event (session->sync->ledger, id);

      if (text == NULL)
        continue;
      size += strlen (text) + 3;
      json_array_add_string_element (events, text);
    }

  json_object_set_string_member (frame, "type", "qdag_sync_response");
  json_object_set_array_member (frame, "contributions", events);
  return json_array_get_length (events) == 0 || send_object (session, frame);
}

static gboolean
pump_cb (gpointer user_data)
{
  Session *session = user_data;

  while (!g_queue_is_empty (&session->gives))
    {
      if (edge_mesh_get_waiting (session->sync->mesh, session->peer) > MAX_WAITING)
        return G_SOURCE_CONTINUE;
      if (!give_some (session))
        break;
    }

  if (session->reply != NULL)
    {
      send_ranges (session, "qdag_sync_response", session->reply);
      g_clear_pointer (&session->reply, g_free);
    }
  session->pump_source = 0;
  return G_SOURCE_REMOVE;
}

static void
begin (Session *session)
{
  g_autofree char *message = edge_ledger_begin_sync (session->sync->ledger);

  if (session->message == NULL && session->reply == NULL && g_queue_is_empty (&session->gives))
    send_ranges (session, "qdag_sync_request", message);
}

static void
answer (Session *session)
{
  g_autofree char *message = g_steal_pointer (&session->message);
  g_auto(EdgeReconcileResult) result = { 0 };
  g_autoptr(GError) error = NULL;

  if (!edge_token_bucket_take (&session->answers, 1, g_get_monotonic_time ()))
    {
      edge_mesh_report_fault (session->sync->mesh, session->peer, "too many sync requests");
      return;
    }
  if (!edge_ledger_answer_sync (session->sync->ledger, message, strlen (message), &result, &error))
    {
      edge_mesh_report_fault (session->sync->mesh, session->peer, error->message);
      return;
    }

  for (guint i = 0; result.give != NULL && i < result.give->len; i++)
    {
      if (g_queue_get_length (&session->gives) >= MAX_GIVES)
        break;
      g_queue_push_tail (&session->gives, g_memdup2 (&g_array_index (result.give, EdgeId, i), sizeof (EdgeId)));
    }
  g_set_str (&session->reply, result.reply);
  set_in_step (session, result.reply == NULL && g_queue_is_empty (&session->gives) &&
                        (result.want == NULL || result.want->len == 0));
  if (session->pump_source == 0 && pump_cb (session) == G_SOURCE_CONTINUE)
    session->pump_source = g_timeout_add (PUMP_MS, pump_cb, session);
}

static void
ask_for (Session *session,
         GArray  *missing)
{
  GString *message = g_string_new ("{\"ranges\":[],\"want\":[");
  g_autofree char *text = NULL;

  for (guint i = 0; i < missing->len && i < 400; i++)
    {
      g_autofree char *id = edge_id_to_text (&g_array_index (missing, EdgeId, i));

      g_string_append_printf (message, "%s\"%s\"", i > 0 ? "," : "", id);
    }
  g_string_append (message, "]}");
  text = g_string_free_and_steal (message);
  send_ranges (session, "qdag_sync_request", text);
}

typedef struct
{
  EdgeSync *sync;
  EdgePeer *peer;
  guint64   origin;
} Ingest;

static void
ingested_cb (GObject      *source,
             GAsyncResult *async_result,
             gpointer      user_data)
{
  g_autofree Ingest *ingest = user_data;
  g_autoptr(EdgeSync) sync = g_steal_pointer (&ingest->sync);
  g_autoptr(EdgePeer) peer = g_steal_pointer (&ingest->peer);
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeIngestResult) result = edge_ledger_ingest_finish (EDGE_LEDGER (source), async_result, &error);
  Session *session = sync->sessions != NULL ? g_hash_table_lookup (sync->sessions, peer) : NULL;

  if (session == NULL || session->origin != ingest->origin)
    return;
  session->n_ingesting--;
  if (result == NULL)
    {
      g_message ("Events of a peer were not stored: %s", error->message);
      return;
    }

  if (result->n_bad_work > 0)
    {
      edge_mesh_disconnect (sync->mesh, peer);
      return;
    }
  if (result->n_bad > 0)
    edge_mesh_report_fault (sync->mesh, peer, result->fault);
  if (result->missing != NULL && result->missing->len > 0)
    ask_for (session, result->missing);
  hand_over (session);
}

/* Stores what came; answers when nothing is on its way to the ledger any more. */
static void
hand_over (Session *session)
{
  EdgeSync *self = session->sync;
  Ingest *ingest;

  if (session->batch->len == 0)
    {
      if (session->message != NULL && session->n_ingesting == 0)
        answer (session);
      return;
    }

  g_ptr_array_add (session->batch, NULL);
  ingest = g_new (Ingest, 1);
  *ingest = (Ingest) { g_object_ref (self), g_object_ref (session->peer), session->origin };
  session->n_ingesting++;
  edge_ledger_ingest_async (self->ledger, (const char * const *) session->batch->pdata,
                            session->origin, self->cancellable, ingested_cb, ingest);
  g_ptr_array_set_size (session->batch, 0);
}

static gboolean
batch_cb (gpointer user_data)
{
  Session *session = user_data;

  session->batch_source = 0;
  hand_over (session);
  return G_SOURCE_REMOVE;
}

static void
take_event (Session    *session,
            const char *text)
{
  g_ptr_array_add (session->batch, g_strdup (text));
  if (session->batch->len >= MAX_BATCH)
    {
      g_clear_handle_id (&session->batch_source, g_source_remove);
      hand_over (session);
    }
  else if (session->batch_source == 0)
    session->batch_source = g_timeout_add (BATCH_MS, batch_cb, session);
}

static gboolean
take_contributions (Session    *session,
                    JsonArray  *events,
                    GError    **error)
{
  for (guint i = 0; events != NULL && i < json_array_get_length (events); i++)
    {
      JsonNode *node = json_array_get_element (events, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        {
          g_set_error_literal (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_MEMBER,
                               "A contribution is not a text");
          return FALSE;
        }
      take_event (session, json_node_get_string (node));
    }
  return TRUE;
}

static void
bulk_cb (EdgeMesh *mesh,
         EdgePeer *peer,
         GBytes   *payload,
         EdgeSync *self)
{
  Session *session = g_hash_table_lookup (self->sessions, peer);
  g_autoptr(JsonObject) frame = NULL;
  g_autoptr(GError) error = NULL;
  const char *type;
  JsonObject *ranges;
  JsonArray *events;
  gint64 count = -1;
  gsize size;
  const char *text = g_bytes_get_data (payload, &size);

  if (session == NULL)
    return;
  frame = edge_json_parse (text, size, EDGE_MUX_MAX_FRAME, &error);
  if (frame == NULL ||
      !edge_json_read_string (frame, "type", 64, &type, &error) ||
      !edge_json_read_int (frame, "count", 0, G_MAXINT64, &count, &error) ||
      !edge_json_read_object (frame, "ranges", &ranges, &error) ||
      !edge_json_read_array (frame, "contributions", MAX_BATCH, &events, &error) ||
      !take_contributions (session, events, &error))
    {
      edge_mesh_report_fault (mesh, peer, error->message);
      return;
    }
  if (g_strcmp0 (type, "qdag_sync_request") != 0 && g_strcmp0 (type, "qdag_sync_response") != 0)
    return;

  if (count >= 0 && session->count != (guint64) count)
    {
      session->count = count;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPECTED]);
    }
  if (ranges != NULL)
    {
      /* The newest question is the one to answer. */
      g_free (session->message);
      session->message = edge_json_print (ranges);
      if (session->batch_source == 0)
        hand_over (session);
    }
}

static void
contribution_cb (EdgeMesh   *mesh,
                 EdgePeer   *peer,
                 const char *type,
                 JsonObject *frame,
                 EdgeSync   *self)
{
  Session *session = g_hash_table_lookup (self->sessions, peer);
  g_autoptr(GError) error = NULL;
  const char *text;

  if (session == NULL)
    return;
  if (!edge_json_require (frame, "contribution", &error) ||
      !edge_json_read_string (frame, "contribution", EDGE_MUX_MAX_FRAME, &text, &error))
    edge_mesh_report_fault (mesh, peer, error->message);
  else
    take_event (session, text);
}

/* What is stored goes on to all but the one it came from. */
static void
accepted_cb (EdgeLedger         *ledger,
             const char * const *texts,
             guint64             origin,
             EdgeSync           *self)
{
  GHashTableIter iter;
  Session *session;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autoptr(JsonObject) frame = json_object_new ();

      json_object_set_string_member (frame, "type", "qdag_contribution");
      json_object_set_string_member (frame, "contribution", texts[i]);
      g_hash_table_iter_init (&iter, self->sessions);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
        {
          /* What a slow peer misses now, the next reconciliation brings. */
          if (session->origin != origin &&
              !edge_mesh_send (self->mesh, session->peer, frame, NULL))
            set_in_step (session, FALSE);
        }
    }
}

static Session *
add_session (EdgeSync *self,
             EdgePeer *peer)
{
  Session *session = g_new0 (Session, 1);

  session->sync = self;
  session->peer = g_object_ref (peer);
  session->origin = ++self->last_origin;
  session->batch = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&session->gives);
  edge_token_bucket_init (&session->answers, ANSWERS_BURST, ANSWERS_PER_MINUTE, g_get_monotonic_time ());
  g_hash_table_replace (self->sessions, session->peer, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_LINKED]);
  return session;
}

static void
link_up_cb (EdgeMesh *mesh,
            EdgePeer *peer,
            EdgeSync *self)
{
  Session *session;

  if (g_strcmp0 (edge_peer_get_network (peer), self->network_id) != 0)
    return;

  session = add_session (self, peer);
  if (edge_mesh_offers_to (mesh, peer))
    begin (session);
}

/* Links that are older than the ledger is open. What such a peer asked at first
 * nobody heard, so it is we who ask. */
static void
adopt_links (EdgeSync *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->mesh));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (self->mesh), i);

      if (edge_peer_get_state (peer) == EDGE_PEER_STATE_CONNECTED &&
          g_strcmp0 (edge_peer_get_network (peer), self->network_id) == 0)
        begin (add_session (self, peer));
    }
}

static void
link_down_cb (EdgeMesh *mesh,
              EdgePeer *peer,
              EdgeSync *self)
{
  Session *session = g_hash_table_lookup (self->sessions, peer);

  if (session == NULL)
    return;
  set_in_step (session, FALSE);
  edge_ledger_drop_origin (self->ledger, session->origin);
  g_hash_table_remove (self->sessions, peer);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_LINKED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPECTED]);
}

static gboolean
again_cb (gpointer user_data)
{
  EdgeSync *self = user_data;
  GHashTableIter iter;
  Session *session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    {
      if (edge_mesh_offers_to (self->mesh, session->peer))
        begin (session);
    }
  return G_SOURCE_CONTINUE;
}

static void
edge_sync_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgeSync *self = EDGE_SYNC (object);

  switch ((EdgeSyncProperty) property_id)
    {
    case PROP_N_IN_STEP:
      g_value_set_uint (value, edge_sync_get_n_in_step (self));
      break;
    case PROP_N_LINKED:
      g_value_set_uint (value, edge_sync_get_n_linked (self));
      break;
    case PROP_EXPECTED:
      g_value_set_uint64 (value, edge_sync_get_expected (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_sync_dispose (GObject *object)
{
  EdgeSync *self = EDGE_SYNC (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->again_source, g_source_remove);
  if (self->mesh != NULL)
    g_signal_handlers_disconnect_by_data (self->mesh, self);
  if (self->ledger != NULL)
    g_signal_handlers_disconnect_by_data (self->ledger, self);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_object (&self->mesh);
  g_clear_object (&self->ledger);

  G_OBJECT_CLASS (edge_sync_parent_class)->dispose (object);
}

static void
edge_sync_finalize (GObject *object)
{
  EdgeSync *self = EDGE_SYNC (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->network_id, g_free);

  G_OBJECT_CLASS (edge_sync_parent_class)->finalize (object);
}

static void
edge_sync_class_init (EdgeSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_sync_get_property;
  object_class->dispose = edge_sync_dispose;
  object_class->finalize = edge_sync_finalize;

  /**
   * EdgeSync:n-in-step:
   *
   * Linked peers that hold the same events as we do.
   */
  properties[PROP_N_IN_STEP] = g_param_spec_uint ("n-in-step", NULL, NULL, 0, G_MAXUINT, 0, flags);
  /**
   * EdgeSync:n-linked:
   *
   * Linked peers of this network.
   */
  properties[PROP_N_LINKED] = g_param_spec_uint ("n-linked", NULL, NULL, 0, G_MAXUINT, 0, flags);
  /**
   * EdgeSync:expected:
   *
   * The most events a linked peer says it has, or we have.
   */
  properties[PROP_EXPECTED] = g_param_spec_uint64 ("expected", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_sync_init (EdgeSync *self)
{
  self->sessions = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) session_free);
  self->cancellable = g_cancellable_new ();
}

/**
 * edge_sync_new:
 * @mesh: the links
 * @ledger: an open ledger
 * @network_id: the network both are of
 *
 * Returns: (transfer full): a sync that works as long as it lives
 */
EdgeSync *
edge_sync_new (EdgeMesh   *mesh,
               EdgeLedger *ledger,
               const char *network_id)
{
  EdgeSync *self = g_object_new (EDGE_TYPE_SYNC, NULL);

  self->mesh = g_object_ref (mesh);
  self->ledger = g_object_ref (ledger);
  self->network_id = g_strdup (network_id);
  g_signal_connect (mesh, "link-up", G_CALLBACK (link_up_cb), self);
  g_signal_connect (mesh, "link-down", G_CALLBACK (link_down_cb), self);
  g_signal_connect (mesh, "bulk", G_CALLBACK (bulk_cb), self);
  g_signal_connect (mesh, "frame::qdag_contribution", G_CALLBACK (contribution_cb), self);
  g_signal_connect (ledger, "accepted", G_CALLBACK (accepted_cb), self);
  self->again_source = g_timeout_add_seconds (AGAIN_SECONDS, again_cb, self);
  adopt_links (self);
  return self;
}

guint
edge_sync_get_n_in_step (EdgeSync *self)
{
  GHashTableIter iter;
  Session *session;
  guint n = 0;

  g_return_val_if_fail (EDGE_IS_SYNC (self), 0);

  if (self->sessions == NULL)
    return 0;
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    n += session->in_step;
  return n;
}

/**
 * edge_sync_get_n_linked:
 * @self: a sync
 *
 * Returns: how many peers of this network are linked
 */
guint
edge_sync_get_n_linked (EdgeSync *self)
{
  g_return_val_if_fail (EDGE_IS_SYNC (self), 0);

  return self->sessions != NULL ? g_hash_table_size (self->sessions) : 0;
}

/**
 * edge_sync_get_expected:
 * @self: a sync
 *
 * Returns: how many events there are, by the most that anyone linked has
 */
guint64
edge_sync_get_expected (EdgeSync *self)
{
  GHashTableIter iter;
  Session *session;
  EdgeLedgerFigures figures;
  guint64 expected;

  g_return_val_if_fail (EDGE_IS_SYNC (self), 0);

  if (self->ledger == NULL)
    return 0;
  edge_ledger_get_figures (self->ledger, &figures);
  expected = figures.n_events;
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    expected = MAX (expected, session->count);
  return expected;
}
