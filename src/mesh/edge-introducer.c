/* edge-introducer.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-introducer"

#include "mesh/edge-introducer.h"

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "base/edge-token-table.h"
#include "signaling/edge-signaling.h"

/**
 * EdgeIntroducer:
 *
 * Peers introduce each other: whom our peers are linked to is reached through
 * them, with no server. A sealed envelope goes to a common neighbour, who
 * passes it on over one more link and learns nothing but who writes to whom.
 *
 * The frame: {"type": "introduce", "to": id, "from"?: id, "blob": text}. Who
 * passes it on puts in `from`; what already has one goes no further.
 */

#define MAX_TARGETS        2048
#define MAX_WAYS           4
#define FRAMES_BURST       240
#define FRAMES_PER_MINUTE  600

struct _EdgeIntroducer
{
  GObject          parent_instance;

  EdgeMesh        *mesh;        /* not owned: it owns us */
  char            *own_id;
  GHashTable      *ways;        /* target id to GPtrArray of EdgePeer */
  EdgeTokenTable  *buckets;     /* of each peer, over its links */
  gboolean         started;
};

typedef enum
{
  PROP_NAME = 1,
  PROP_URL,
  PROP_STATE,
  PROP_DETAIL,
  PROP_ICE_SERVERS,
} EdgeIntroducerProperty;

static void signaling_iface_init (EdgeSignalingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EdgeIntroducer, edge_introducer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EDGE_TYPE_SIGNALING, signaling_iface_init))

static gboolean
send_over (EdgeIntroducer *self,
           EdgePeer       *via,
           const char     *to,
           const char     *from,
           const char     *blob)
{
  g_autoptr(JsonObject) frame = json_object_new ();

  json_object_set_string_member (frame, "type", "introduce");
  json_object_set_string_member (frame, "to", to);
  if (from != NULL)
    json_object_set_string_member (frame, "from", from);
  json_object_set_string_member (frame, "blob", blob);
  return edge_mesh_send (self->mesh, via, frame, NULL);
}

/* Returns: whether @target could not be reached before, and now can */
static gboolean
add_way (EdgeIntroducer *self,
         const char     *target,
         EdgePeer       *via)
{
  GPtrArray *ways = g_hash_table_lookup (self->ways, target);
  gboolean is_new = ways == NULL;

  if (ways == NULL)
    {
      if (g_hash_table_size (self->ways) >= MAX_TARGETS)
        return FALSE;
      ways = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->ways, g_strdup (target), ways);
    }
  if (!g_ptr_array_find (ways, via, NULL) && ways->len < MAX_WAYS)
    g_ptr_array_add (ways, g_object_ref (via));
  return is_new;
}

static EdgePeer *
find_linked (EdgeIntroducer *self,
             const char     *id)
{
  GListModel *peers = G_LIST_MODEL (self->mesh);

  for (guint i = 0; i < g_list_model_get_n_items (peers); i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (peers, i);

      if (edge_peer_get_verified (peer) && g_str_equal (edge_peer_get_id (peer), id))
        return peer;
    }
  return NULL;
}

static void
introduce_cb (EdgeMesh       *mesh,
              EdgePeer       *peer,
              const char     *type,
              JsonObject     *frame,
              EdgeIntroducer *self)
{
  g_autoptr(GError) error = NULL;
  const char *to, *from, *blob;
  EdgePeer *next;

  if (!edge_json_require (frame, "blob", &error) ||
      !edge_json_read_string (frame, "to", EDGE_KEY_TEXT_LENGTH, &to, &error) ||
      !edge_json_read_string (frame, "from", EDGE_KEY_TEXT_LENGTH, &from, &error) ||
      !edge_json_read_string (frame, "blob", EDGE_SIGNALING_MAX_BLOB, &blob, &error))
    {
      edge_mesh_report_fault (mesh, peer, error->message);
      return;
    }
  if (!edge_base64url_is_key (to) || (from != NULL && !edge_base64url_is_key (from)))
    {
      edge_mesh_report_fault (mesh, peer, "an introduction names no keys");
      return;
    }
  if (!self->started || !edge_token_table_take (self->buckets, edge_peer_get_id (peer), 1, g_get_monotonic_time ()))
    return;

  if (g_str_equal (to, self->own_id))
    {
      if (from != NULL)
        {
          add_way (self, from, peer);
          edge_signaling_emit_received (EDGE_SIGNALING (self), from, blob);
        }
      return;
    }

  next = from == NULL ? find_linked (self, to) : NULL;
  if (next != NULL)
    send_over (self, next, to, edge_peer_get_id (peer), blob);
}

/* @via says no more that it reaches anyone but @kept. */
static void
lose_ways (EdgeIntroducer     *self,
           EdgePeer           *via,
           const char * const *kept)
{
  g_autoptr(GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  const char *target;
  GPtrArray *ways;

  g_hash_table_iter_init (&iter, self->ways);
  while (g_hash_table_iter_next (&iter, (gpointer *) &target, (gpointer *) &ways))
    {
      if ((kept == NULL || !g_strv_contains (kept, target)) &&
          g_ptr_array_remove (ways, via) && ways->len == 0)
        {
          g_ptr_array_add (lost, g_strdup (target));
          g_hash_table_iter_remove (&iter);
        }
    }
  for (guint i = 0; i < lost->len; i++)
    edge_signaling_emit_peer_left (EDGE_SIGNALING (self), lost->pdata[i]);
}

static void
link_down_cb (EdgeMesh       *mesh,
              EdgePeer       *peer,
              EdgeIntroducer *self)
{
  lose_ways (self, peer, NULL);
  if (g_hash_table_size (self->ways) == 0)
    g_object_notify (G_OBJECT (self), "state");
}

static void
edge_introducer_start (EdgeSignaling *signaling)
{
  EDGE_INTRODUCER (signaling)->started = TRUE;
}

static void
edge_introducer_stop (EdgeSignaling *signaling)
{
  EdgeIntroducer *self = EDGE_INTRODUCER (signaling);

  self->started = FALSE;
  g_hash_table_remove_all (self->ways);
}

static gboolean
edge_introducer_send (EdgeSignaling  *signaling,
                      const char     *peer_id,
                      EdgeSignalKind  kind,
                      const char     *blob)
{
  EdgeIntroducer *self = EDGE_INTRODUCER (signaling);
  GPtrArray *ways = peer_id != NULL ? g_hash_table_lookup (self->ways, peer_id) : NULL;

  for (guint i = 0; self->started && ways != NULL && i < ways->len; i++)
    {
      if (send_over (self, ways->pdata[i], peer_id, NULL, blob))
        return TRUE;
    }
  return FALSE;
}

static gboolean
edge_introducer_carries_data (EdgeSignaling *signaling)
{
  return FALSE;
}

static void
signaling_iface_init (EdgeSignalingInterface *iface)
{
  iface->start = edge_introducer_start;
  iface->stop = edge_introducer_stop;
  iface->send = edge_introducer_send;
  iface->carries_data = edge_introducer_carries_data;
}

static void
edge_introducer_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgeIntroducer *self = EDGE_INTRODUCER (object);

  switch ((EdgeIntroducerProperty) property_id)
    {
    case PROP_NAME:
      g_value_set_static_string (value, "peers");
      break;
    case PROP_STATE:
      g_value_set_enum (value, !self->started ? EDGE_SIGNALING_STATE_STOPPED
                               : g_hash_table_size (self->ways) > 0 ? EDGE_SIGNALING_STATE_UP
                               : EDGE_SIGNALING_STATE_WAITING);
      break;
    case PROP_URL:
    case PROP_DETAIL:
    case PROP_ICE_SERVERS:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_introducer_dispose (GObject *object)
{
  EdgeIntroducer *self = EDGE_INTRODUCER (object);

  if (self->mesh != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->mesh, self);
      g_clear_weak_pointer (&self->mesh);
    }

  G_OBJECT_CLASS (edge_introducer_parent_class)->dispose (object);
}

static void
edge_introducer_finalize (GObject *object)
{
  EdgeIntroducer *self = EDGE_INTRODUCER (object);

  g_clear_pointer (&self->ways, g_hash_table_unref);
  g_clear_pointer (&self->buckets, edge_token_table_free);
  g_clear_pointer (&self->own_id, g_free);

  G_OBJECT_CLASS (edge_introducer_parent_class)->finalize (object);
}

static void
edge_introducer_class_init (EdgeIntroducerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = edge_introducer_get_property;
  object_class->dispose = edge_introducer_dispose;
  object_class->finalize = edge_introducer_finalize;

  g_object_class_override_property (object_class, PROP_NAME, "name");
  g_object_class_override_property (object_class, PROP_URL, "url");
  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_DETAIL, "detail");
  g_object_class_override_property (object_class, PROP_ICE_SERVERS, "ice-servers");
}

static void
edge_introducer_init (EdgeIntroducer *self)
{
  self->ways = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) g_ptr_array_unref);
  self->buckets = edge_token_table_new (FRAMES_BURST, FRAMES_PER_MINUTE);
}

/**
 * edge_introducer_new:
 * @mesh: the links it works over; not kept alive
 * @own_id: our node id
 *
 * Returns: (transfer full): a backend named "peers"
 */
EdgeIntroducer *
edge_introducer_new (EdgeMesh   *mesh,
                     const char *own_id)
{
  EdgeIntroducer *self = g_object_new (EDGE_TYPE_INTRODUCER, NULL);

  g_set_weak_pointer (&self->mesh, mesh);
  self->own_id = g_strdup (own_id);
  g_signal_connect (mesh, "frame::introduce", G_CALLBACK (introduce_cb), self);
  g_signal_connect (mesh, "link-down", G_CALLBACK (link_down_cb), self);
  return self;
}

/**
 * edge_introducer_heard:
 * @self: an introducer
 * @via: a linked peer
 * @ids: whom it says it is linked to
 *
 * Notes whom @via could introduce us to, instead of whom it named before.
 */
void
edge_introducer_heard (EdgeIntroducer     *self,
                       EdgePeer           *via,
                       const char * const *ids)
{
  gboolean was_up = g_hash_table_size (self->ways) > 0;

  g_return_if_fail (EDGE_IS_INTRODUCER (self));

  if (!self->started || ids == NULL)
    return;
  lose_ways (self, via, ids);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (!g_str_equal (ids[i], self->own_id) && add_way (self, ids[i], via))
        edge_signaling_emit_peer_found (EDGE_SIGNALING (self), ids[i]);
    }
  if (was_up != (g_hash_table_size (self->ways) > 0))
    g_object_notify (G_OBJECT (self), "state");
}
