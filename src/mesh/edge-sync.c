/* edge-sync.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-sync.h"

#include "base/edge-clock.h"
#include "mesh/edge-sync-session.h"

/**
 * EdgeSync:
 *
 * Brings the ledger into step with every linked peer of the same network.
 *
 * When a link comes up, and now and then after, one side begins a reconciliation:
 * both compare fingerprints of ranges and split those that differ, so that what
 * goes over the wire grows with the difference. Each answer follows from the
 * message and the ledger alone; the next is made only when the events that came
 * with the last are stored. All of it travels on the bulk stream, in order; new
 * events are pushed to every peer on the control stream as soon as they are stored.
 */

#define AGAIN_SECONDS 30
/* How far the clocks of most peers may be off ours. */
#define CLOCK_LIMIT_US (300 * G_USEC_PER_SEC)

struct _EdgeSync
{
  GObject     parent_instance;

  EdgeMesh   *mesh;
  EdgeLedger *ledger;
  char       *network_id;
  GHashTable *sessions;       /* EdgePeer to EdgeSyncSession */
  EdgeSyncShared shared;      /* by the sessions */
  guint64     last_origin;
  guint       again_source;
};

typedef enum
{
  PROP_N_IN_STEP = 1,
  PROP_N_LINKED,
  PROP_EXPECTED,
} EdgeSyncProperty;

static GParamSpec *properties[PROP_EXPECTED + 1];

G_DEFINE_FINAL_TYPE (EdgeSync, edge_sync, G_TYPE_OBJECT)

static void
bulk_cb (EdgeMesh *mesh,
         EdgePeer *peer,
         GBytes   *payload,
         EdgeSync *self)
{
  EdgeSyncSession *session = g_hash_table_lookup (self->sessions, peer);

  if (session != NULL)
    edge_sync_session_take_bulk (session, payload);
}

static void
contribution_cb (EdgeMesh   *mesh,
                 EdgePeer   *peer,
                 const char *type,
                 JsonObject *frame,
                 EdgeSync   *self)
{
  EdgeSyncSession *session = g_hash_table_lookup (self->sessions, peer);

  if (session != NULL)
    edge_sync_session_take_push (session, frame);
}

/* What is stored goes on to all but the one it came from. What a reconciliation
 * brought is old, and the others mostly have it. */
static void
accepted_cb (EdgeLedger         *ledger,
             const char * const *texts,
             guint64             origin,
             EdgeSync           *self)
{
  for (guint i = 0; texts[i] != NULL && !edge_sync_is_catch_up (origin); i++)
    {
      g_autoptr(JsonObject) frame = json_object_new ();
      GHashTableIter iter;
      EdgeSyncSession *session;

      json_object_set_string_member (frame, "type", "qdag_contribution");
      json_object_set_string_member (frame, "contribution", texts[i]);
      g_hash_table_iter_init (&iter, self->sessions);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
        {
          if (!edge_sync_session_is_origin (session, origin))
            edge_sync_session_push (session, frame);
        }
    }
}

static void
session_changed_cb (EdgeSyncSession *changed,
                    gboolean         caught_up,
                    gpointer         user_data)
{
  EdgeSync *self = user_data;
  GHashTableIter iter;
  EdgeSyncSession *session;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_IN_STEP]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPECTED]);
  if (!caught_up)
    return;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    {
      if (session == changed)
        continue;
      /* In the middle of it the others hold much of what is on its way here. */
      if (edge_sync_session_get_in_step (changed))
        edge_sync_session_begin_early (session);
      else
        edge_sync_session_begin_soon (session);
    }
}

static EdgeSyncSession *
add_session (EdgeSync *self,
             EdgePeer *peer)
{
  EdgeSyncSession *session;

  self->last_origin += EDGE_SYNC_ORIGINS;
  session = edge_sync_session_new (self->mesh, self->ledger, peer, &self->shared, self->last_origin,
                                   session_changed_cb, self);
  g_hash_table_replace (self->sessions, g_object_ref (peer), session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_LINKED]);
  return session;
}

static gboolean
is_ours (EdgeSync *self,
         EdgePeer *peer)
{
  return g_strcmp0 (edge_peer_get_network (peer), self->network_id) == 0;
}

/* What most peers would not take from us before its time is not signed. */
static void
judge_clock (EdgeSync *self)
{
  gint64 most = (gint64) edge_clock_span (CLOCK_LIMIT_US);
  guint n_off = 0;
  GHashTableIter iter;
  gpointer peer;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, &peer, NULL))
    n_off += ABS (edge_mesh_get_clock_ahead (self->mesh, peer)) > most;
  edge_ledger_set_clock_off (self->ledger, 2 * n_off > g_hash_table_size (self->sessions));
}

static void
link_up_cb (EdgeMesh *mesh,
            EdgePeer *peer,
            EdgeSync *self)
{
  EdgeSyncSession *session;

  if (!is_ours (self, peer))
    return;
  session = add_session (self, peer);
  judge_clock (self);
  if (edge_mesh_offers_to (mesh, peer))
    edge_sync_session_begin (session);
  else
    edge_sync_session_begin_soon (session);
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

      if (edge_peer_get_state (peer) == EDGE_PEER_STATE_CONNECTED && is_ours (self, peer))
        edge_sync_session_begin (add_session (self, peer));
    }
}

static void
link_down_cb (EdgeMesh *mesh,
              EdgePeer *peer,
              EdgeSync *self)
{
  if (!g_hash_table_remove (self->sessions, peer))
    return;
  judge_clock (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_LINKED]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_IN_STEP]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPECTED]);
}

static gboolean
again_cb (gpointer user_data)
{
  EdgeSync *self = user_data;
  GHashTableIter iter;
  EdgePeer *peer;
  EdgeSyncSession *session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, (gpointer *) &peer, (gpointer *) &session))
    {
      if (edge_mesh_offers_to (self->mesh, peer))
        edge_sync_session_begin (session);
    }
  judge_clock (self);
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

  g_clear_handle_id (&self->again_source, g_source_remove);
  if (self->mesh != NULL)
    g_signal_handlers_disconnect_by_data (self->mesh, self);
  if (self->ledger != NULL)
    g_signal_handlers_disconnect_by_data (self->ledger, self);
  g_hash_table_remove_all (self->sessions);
  g_clear_object (&self->mesh);
  g_clear_object (&self->ledger);

  G_OBJECT_CLASS (edge_sync_parent_class)->dispose (object);
}

static void
edge_sync_finalize (GObject *object)
{
  EdgeSync *self = EDGE_SYNC (object);

  g_clear_pointer (&self->sessions, g_hash_table_unref);
  edge_sync_shared_clear (&self->shared);
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
   * The most events a linked peer says it has, or we have once what is on its way is here.
   */
  properties[PROP_EXPECTED] = g_param_spec_uint64 ("expected", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_sync_init (EdgeSync *self)
{
  edge_sync_shared_init (&self->shared);
  self->sessions = g_hash_table_new_full (NULL, NULL, g_object_unref,
                                          (GDestroyNotify) edge_sync_session_close);
}

/**
 * edge_sync_new:
 * @mesh: the links
 * @ledger: an open ledger
 * @network_id: the network both are of
 *
 * Returns: (transfer full): a sync that works until it is disposed of
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

/**
 * edge_sync_get_n_in_step:
 * @self: a sync
 *
 * Returns: how many linked peers hold the same events as we do
 */
guint
edge_sync_get_n_in_step (EdgeSync *self)
{
  GHashTableIter iter;
  EdgeSyncSession *session;
  guint n = 0;

  g_return_val_if_fail (EDGE_IS_SYNC (self), 0);

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    n += edge_sync_session_get_in_step (session) ? 1 : 0;
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

  return g_hash_table_size (self->sessions);
}

/**
 * edge_sync_get_expected:
 * @self: a sync
 *
 * Returns: how many events there are, by the most that anyone linked has, and by what was
 *   found to be missing
 */
guint64
edge_sync_get_expected (EdgeSync *self)
{
  GHashTableIter iter;
  EdgeSyncSession *session;
  EdgeLedgerFigures figures = { 0 };
  guint64 expected;

  g_return_val_if_fail (EDGE_IS_SYNC (self), 0);

  if (self->ledger != NULL)
    edge_ledger_get_figures (self->ledger, &figures);
  expected = figures.n_events;
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    {
      expected = MAX (expected, edge_sync_session_get_count (session));
      expected = MAX (expected, figures.n_events + edge_sync_session_get_wanted (session));
    }
  return expected;
}
