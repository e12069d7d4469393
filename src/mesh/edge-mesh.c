/* edge-mesh.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-mesh"

#include "mesh/edge-mesh.h"

#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "mesh/edge-link-timing.h"
#include "mesh/edge-link.h"
#include "mesh/edge-rtc-setup.h"
#include "mesh/edge-rtc.h"
#include "signaling/edge-switchboard.h"

/**
 * EdgeMesh:
 *
 * The peers of one network and the links to some of them. A #GListModel of
 * #EdgePeer, each peer that is known.
 *
 * It aims at `degree` links and takes more when asked, up to
 * %EDGE_MESH_MAX_LINKS. Whom to link to follows from a hash of both keys, so
 * that two nodes rank each other alike and the graph of all choices is a
 * random one, which hangs together.
 */

#define PING_WATCHED      (G_USEC_PER_SEC)
#define PING_UNWATCHED    (2 * G_USEC_PER_SEC)
#define SAMPLE_INTERVAL   (10 * G_USEC_PER_SEC)
#define RETRY_AFTER       (5 * G_USEC_PER_SEC)
#define APART_AFTER       (60 * G_USEC_PER_SEC)
#define FORGET_AFTER      (60 * G_USEC_PER_SEC)
/* A peer that ends each link and asks for the next gets one a second. */
#define RELINK_AFTER      (G_USEC_PER_SEC)
#define MAX_ENTRIES       2048
#define MAX_SAMPLE        EDGE_MESH_MAX_LINKS
/* Leaving waits no longer than this for channels to close. */
#define STOP_LIMIT_MS     2000

typedef struct
{
  EdgePeer *peer;
  EdgeLink *link;
  guint64   rank;
  gint64    seen_at;
  gint64    retry_at;
  gint64    linked_at;
  gboolean  blocked;
} Entry;

struct _EdgeMesh
{
  GObject          parent_instance;

  EdgeSwitchboard *switchboard;
  char            *own_id;
  char            *name;
  GStrv            ice_servers;
  GPtrArray       *entries;
  GHashTable      *by_id;
  GHashTable      *blocked;
  gint64           sampled_at;
  guint            degree;
  guint            tick_source;
  guint            balance_source;
  gboolean         watched;
  gboolean         running;
  gboolean         sample_due;
};

typedef enum
{
  PROP_NAME = 1,
  PROP_DEGREE,
  PROP_WATCHED,
} EdgeMeshProperty;

static GParamSpec *properties[PROP_WATCHED + 1];

enum
{
  FRAME,
  BULK,
  LINK_UP,
  LINK_DOWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EdgeMesh, edge_mesh, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void ensure_balance (EdgeMesh *self);

static void
entry_free (Entry *entry)
{
  if (entry->link != NULL)
    g_signal_handlers_disconnect_matched (entry->link, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, entry);
  g_clear_object (&entry->link);
  g_object_unref (entry->peer);
  g_free (entry);
}

static GType
edge_mesh_get_item_type (GListModel *model)
{
  return EDGE_TYPE_PEER;
}

static guint
edge_mesh_get_n_items (GListModel *model)
{
  return EDGE_MESH (model)->entries->len;
}

static gpointer
edge_mesh_get_item (GListModel *model,
                    guint       position)
{
  EdgeMesh *self = EDGE_MESH (model);

  if (position >= self->entries->len)
    return NULL;
  return g_object_ref (((Entry *) self->entries->pdata[position])->peer);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = edge_mesh_get_item_type;
  iface->get_n_items = edge_mesh_get_n_items;
  iface->get_item = edge_mesh_get_item;
}

static guint64
rank_of (const char *a,
         const char *b)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  guint64 rank;

  g_checksum_update (sum, (const guchar *) (strcmp (a, b) < 0 ? a : b), -1);
  g_checksum_update (sum, (const guchar *) (strcmp (a, b) < 0 ? b : a), -1);
  g_checksum_get_digest (sum, digest, &size);
  memcpy (&rank, digest, sizeof rank);
  return rank;
}

static Entry *
ensure_entry (EdgeMesh   *self,
              const char *peer_id)
{
  Entry *entry = g_hash_table_lookup (self->by_id, peer_id);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->peer = edge_peer_new (peer_id);
      entry->rank = rank_of (self->own_id, peer_id);
      entry->blocked = g_hash_table_contains (self->blocked, peer_id);
      g_hash_table_insert (self->by_id, (char *) edge_peer_get_id (entry->peer), entry);
      g_ptr_array_add (self->entries, entry);
      g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1, 0, 1);
    }
  entry->seen_at = g_get_monotonic_time ();
  return entry;
}

static void
forget_entry (EdgeMesh *self,
              guint     position)
{
  Entry *entry = self->entries->pdata[position];

  g_hash_table_remove (self->by_id, edge_peer_get_id (entry->peer));
  g_ptr_array_remove_index (self->entries, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static guint
count_links (EdgeMesh *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    n += ((Entry *) self->entries->pdata[i])->link != NULL;
  return n;
}

static EdgeMesh *
mesh_of (EdgeLink *link)
{
  return g_object_get_data (G_OBJECT (link), "edge-mesh");
}

static void
take_sample (Entry      *entry,
             JsonObject *frame)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) ids = NULL;
  JsonArray *array;

  if (!edge_json_read_array (frame, "peers", MAX_SAMPLE, &array, NULL) || array == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          edge_base64url_is_key (json_node_get_string (node)))
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  ids = g_strv_builder_end (builder);
  edge_peer_set_neighbours (entry->peer, (const char * const *) ids);
}

static void
frame_cb (EdgeLink   *link,
          const char *type,
          JsonObject *frame,
          Entry      *entry)
{
  if (g_str_equal (type, "peers"))
    take_sample (entry, frame);
  else
    g_signal_emit (mesh_of (link), signals[FRAME], g_quark_try_string (type), entry->peer, type, frame);
}

static void
bulk_cb (EdgeLink *link,
         GBytes   *payload,
         Entry    *entry)
{
  g_signal_emit (mesh_of (link), signals[BULK], 0, entry->peer, payload);
}

static void
up_cb (EdgeLink *link,
       Entry    *entry)
{
  EdgeMesh *self = mesh_of (link);

  self->sample_due = TRUE;
  g_signal_emit (self, signals[LINK_UP], 0, entry->peer);
}

static void
down_cb (EdgeLink *link,
         Entry    *entry)
{
  EdgeMesh *self = mesh_of (link);

  self->sample_due = TRUE;
  edge_peer_set_neighbours (entry->peer, NULL);
  g_signal_emit (self, signals[LINK_DOWN], 0, entry->peer);
}

static void
over_cb (EdgeLink   *link,
         gboolean    left,
         const char *reason,
         Entry      *entry)
{
  EdgeMesh *self = mesh_of (link);
  gint64 now = g_get_monotonic_time ();

  g_signal_handlers_disconnect_matched (link, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, entry);
  g_clear_object (&entry->link);
  entry->retry_at = left ? G_MAXINT64 : now + RETRY_AFTER;
  entry->seen_at = now;
  ensure_balance (self);
}

static gboolean
may_link (Entry *entry)
{
  return entry->link == NULL && !entry->blocked &&
         (entry->linked_at == 0 || g_get_monotonic_time () - entry->linked_at >= RELINK_AFTER);
}

static void
make_link (EdgeMesh *self,
           Entry    *entry)
{
  entry->linked_at = g_get_monotonic_time ();
  entry->link = edge_link_new (entry->peer, self->switchboard);
  g_object_set_data (G_OBJECT (entry->link), "edge-mesh", self);
  edge_link_set_name (entry->link, self->name);
  edge_link_set_ice_servers (entry->link, (const char * const *) self->ice_servers);
  g_signal_connect (entry->link, "frame", G_CALLBACK (frame_cb), entry);
  g_signal_connect (entry->link, "bulk", G_CALLBACK (bulk_cb), entry);
  g_signal_connect (entry->link, "up", G_CALLBACK (up_cb), entry);
  g_signal_connect (entry->link, "down", G_CALLBACK (down_cb), entry);
  g_signal_connect (entry->link, "over", G_CALLBACK (over_cb), entry);
}

static int
compare_ranks (gconstpointer a,
               gconstpointer b)
{
  const Entry *x = *(Entry * const *) a;
  const Entry *y = *(Entry * const *) b;

  return (x->rank > y->rank) - (x->rank < y->rank);
}

static gboolean
balance_cb (gpointer user_data)
{
  EdgeMesh *self = user_data;
  g_autoptr(GPtrArray) free_entries = g_ptr_array_new ();
  gint64 now = g_get_monotonic_time ();
  guint n = count_links (self);

  self->balance_source = 0;
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (may_link (entry) && now >= entry->retry_at &&
          edge_switchboard_is_present (self->switchboard, edge_peer_get_id (entry->peer)))
        g_ptr_array_add (free_entries, entry);
    }

  g_ptr_array_sort (free_entries, compare_ranks);
  for (guint i = 0; n < self->degree && i < free_entries->len; i++, n++)
    {
      Entry *entry = free_entries->pdata[i];

      make_link (self, entry);
      edge_link_start (entry->link, now);
    }
  return G_SOURCE_REMOVE;
}

static void
ensure_balance (EdgeMesh *self)
{
  if (self->running && self->balance_source == 0)
    self->balance_source = g_idle_add_full (G_PRIORITY_DEFAULT, balance_cb, self, NULL);
}

static void
send_samples (EdgeMesh *self,
              gint64    now)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->link != NULL && edge_link_is_up (entry->link))
        json_array_add_string_element (ids, edge_peer_get_id (entry->peer));
    }
  json_object_set_string_member (frame, "type", "peers");
  json_object_set_array_member (frame, "peers", ids);

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->link != NULL && edge_link_is_up (entry->link))
        edge_link_send (entry->link, frame, NULL);
    }
  self->sampled_at = now;
  self->sample_due = FALSE;
}

static gboolean
tick_cb (gpointer user_data)
{
  EdgeMesh *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 interval = self->watched ? PING_WATCHED : PING_UNWATCHED;

  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->link != NULL)
        edge_link_tick (entry->link, interval, now);
    }

  for (guint i = self->entries->len; i-- > 0;)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->link == NULL && now - entry->seen_at > FORGET_AFTER &&
          !edge_switchboard_is_present (self->switchboard, edge_peer_get_id (entry->peer)))
        forget_entry (self, i);
    }

  if (self->sample_due || now - self->sampled_at > SAMPLE_INTERVAL)
    send_samples (self, now);
  ensure_balance (self);
  return G_SOURCE_CONTINUE;
}

static void
peer_found_cb (EdgeSwitchboard *switchboard,
               const char      *peer_id,
               const char      *backend,
               EdgeMesh        *self)
{
  Entry *entry = ensure_entry (self, peer_id);

  if (edge_peer_get_found (entry->peer) == NULL)
    edge_peer_set_found (entry->peer, backend);
  if (entry->link == NULL)
    {
      edge_peer_set_state (entry->peer, EDGE_PEER_STATE_NEW);
      entry->retry_at = 0;
    }
  ensure_balance (self);
}

static void
peer_left_cb (EdgeSwitchboard *switchboard,
              const char      *peer_id,
              EdgeMesh        *self)
{
  Entry *entry = g_hash_table_lookup (self->by_id, peer_id);
  guint position;

  if (entry == NULL)
    return;
  entry->seen_at = g_get_monotonic_time ();
  if (entry->link != NULL)
    {
      edge_link_probe (entry->link, entry->seen_at);
      return;
    }
  edge_peer_set_state (entry->peer, EDGE_PEER_STATE_CLOSED);
  if (self->entries->len > MAX_ENTRIES && g_ptr_array_find (self->entries, entry, &position))
    forget_entry (self, position);
}

static void
hello_cb (EdgeSwitchboard *switchboard,
          const char      *peer_id,
          gboolean         fresh,
          gboolean         wanted,
          EdgeMesh        *self)
{
  Entry *entry = ensure_entry (self, peer_id);

  if (!self->running || entry->blocked)
    return;
  if (wanted)
    edge_switchboard_say_hello (switchboard, peer_id, FALSE);
  if (wanted && may_link (entry) && count_links (self) < EDGE_MESH_MAX_LINKS)
    {
      make_link (self, entry);
      edge_peer_set_state (entry->peer, EDGE_PEER_STATE_CONNECTING);
    }
  if (entry->link != NULL)
    edge_link_take_hello (entry->link, fresh, wanted, g_get_monotonic_time ());
}

static void
signal_cb (EdgeSwitchboard *switchboard,
           const char      *peer_id,
           int              kind,
           GBytes          *body,
           EdgeMesh        *self)
{
  Entry *entry = ensure_entry (self, peer_id);

  if (!self->running || entry->blocked)
    return;
  if (entry->link == NULL)
    {
      if ((kind != EDGE_SIGNAL_OFFER && kind != EDGE_SIGNAL_DATA) || !may_link (entry) ||
          count_links (self) >= EDGE_MESH_MAX_LINKS)
        return;
      make_link (self, entry);
    }
  edge_link_take_signal (entry->link, kind, body, g_get_monotonic_time ());
}

static void
edge_mesh_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgeMesh *self = EDGE_MESH (object);

  switch ((EdgeMeshProperty) property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_DEGREE:
      g_value_set_uint (value, self->degree);
      break;
    case PROP_WATCHED:
      g_value_set_boolean (value, self->watched);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_mesh_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  EdgeMesh *self = EDGE_MESH (object);

  switch ((EdgeMeshProperty) property_id)
    {
    case PROP_NAME:
      edge_mesh_set_name (self, g_value_get_string (value));
      break;
    case PROP_DEGREE:
      edge_mesh_set_degree (self, g_value_get_uint (value));
      break;
    case PROP_WATCHED:
      edge_mesh_set_watched (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_mesh_dispose (GObject *object)
{
  EdgeMesh *self = EDGE_MESH (object);

  self->running = FALSE;
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->balance_source, g_source_remove);
  if (self->switchboard != NULL)
    g_signal_handlers_disconnect_by_data (self->switchboard, self);
  g_hash_table_remove_all (self->by_id);
  g_ptr_array_set_size (self->entries, 0);
  g_clear_object (&self->switchboard);

  G_OBJECT_CLASS (edge_mesh_parent_class)->dispose (object);
}

static void
edge_mesh_finalize (GObject *object)
{
  EdgeMesh *self = EDGE_MESH (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->blocked, g_hash_table_unref);
  g_clear_pointer (&self->ice_servers, g_strfreev);
  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (edge_mesh_parent_class)->finalize (object);
}

static void
edge_mesh_class_init (EdgeMeshClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_mesh_get_property;
  object_class->set_property = edge_mesh_set_property;
  object_class->dispose = edge_mesh_dispose;
  object_class->finalize = edge_mesh_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_DEGREE] = g_param_spec_uint ("degree", NULL, NULL, 1, EDGE_MESH_MAX_LINKS,
                                               EDGE_MESH_DEFAULT_DEGREE, flags);
  /**
   * EdgeMesh:watched:
   *
   * Whether someone looks or works: links are pinged each second, else each two.
   */
  properties[PROP_WATCHED] = g_param_spec_boolean ("watched", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgeMesh::frame:
   * @self: a mesh
   * @peer: who sent it
   * @type: the frame's type
   * @frame: the frame; its content is a stranger's
   *
   * A frame the mesh does not handle itself. Detailed by type.
   */
  signals[FRAME] = g_signal_new ("frame", G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 3, EDGE_TYPE_PEER, G_TYPE_STRING, JSON_TYPE_OBJECT);
  /**
   * EdgeMesh::bulk:
   * @self: a mesh
   * @peer: who sent it
   * @payload: the payload; a stranger's
   */
  signals[BULK] = g_signal_new ("bulk", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, EDGE_TYPE_PEER, G_TYPE_BYTES);
  /**
   * EdgeMesh::link-up:
   * @self: a mesh
   * @peer: to whom frames pass now
   */
  signals[LINK_UP] = g_signal_new ("link-up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
  /**
   * EdgeMesh::link-down:
   * @self: a mesh
   * @peer: to whom frames pass no more
   */
  signals[LINK_DOWN] = g_signal_new ("link-down", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
}

static void
edge_mesh_init (EdgeMesh *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->blocked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->degree = EDGE_MESH_DEFAULT_DEGREE;
}

/**
 * edge_mesh_check_system:
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * Starts what links are made of and looks whether all of it is there.
 *
 * Returns: whether links can be made
 */
gboolean
edge_mesh_check_system (GError **error)
{
  return edge_rtc_check_plugins (error);
}

/**
 * edge_mesh_new:
 * @identity: who we are
 * @room: where the members of the network meet
 * @name: (nullable): what we call ourselves, at most 64 bytes
 *
 * Returns: (transfer full): a mesh not yet started
 */
EdgeMesh *
edge_mesh_new (EdgeIdentity *identity,
               EdgeRoom     *room,
               const char   *name)
{
  EdgeMesh *self = g_object_new (EDGE_TYPE_MESH, NULL);

  self->own_id = g_strdup (edge_identity_get_id (identity));
  self->name = g_strdup (name);
  self->switchboard = edge_switchboard_new (identity, room);
  g_signal_connect (self->switchboard, "peer-found", G_CALLBACK (peer_found_cb), self);
  g_signal_connect (self->switchboard, "peer-left", G_CALLBACK (peer_left_cb), self);
  g_signal_connect (self->switchboard, "hello", G_CALLBACK (hello_cb), self);
  g_signal_connect (self->switchboard, "signal", G_CALLBACK (signal_cb), self);
  return self;
}

/**
 * edge_mesh_set_name:
 * @self: a mesh
 * @name: (nullable): what peers are told from their next link on
 */
void
edge_mesh_set_name (EdgeMesh   *self,
                    const char *name)
{
  g_return_if_fail (EDGE_IS_MESH (self));

  if (!g_set_str (&self->name, name))
    return;
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->link != NULL)
        edge_link_set_name (entry->link, name);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

guint
edge_mesh_get_degree (EdgeMesh *self)
{
  g_return_val_if_fail (EDGE_IS_MESH (self), 0);

  return self->degree;
}

/**
 * edge_mesh_set_degree:
 * @self: a mesh
 * @degree: links to aim at; what is there already stays
 */
void
edge_mesh_set_degree (EdgeMesh *self,
                      guint     degree)
{
  g_return_if_fail (EDGE_IS_MESH (self));

  degree = CLAMP (degree, 1, EDGE_MESH_MAX_LINKS);
  if (self->degree == degree)
    return;
  self->degree = degree;
  ensure_balance (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEGREE]);
}

gboolean
edge_mesh_get_watched (EdgeMesh *self)
{
  g_return_val_if_fail (EDGE_IS_MESH (self), FALSE);

  return self->watched;
}

void
edge_mesh_set_watched (EdgeMesh *self,
                       gboolean  watched)
{
  g_return_if_fail (EDGE_IS_MESH (self));

  if (self->watched == !!watched)
    return;
  self->watched = !!watched;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WATCHED]);
}

/**
 * edge_mesh_set_ice_servers:
 * @self: a mesh
 * @uris: (nullable): stun: and turn: URIs for connections made from now on
 */
void
edge_mesh_set_ice_servers (EdgeMesh           *self,
                           const char * const *uris)
{
  g_return_if_fail (EDGE_IS_MESH (self));

  g_strfreev (self->ice_servers);
  self->ice_servers = g_strdupv ((char **) uris);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (entry->link != NULL)
        edge_link_set_ice_servers (entry->link, uris);
    }
}

/**
 * edge_mesh_add_backend:
 * @self: a mesh
 * @backend: one more way to find peers; its owner starts and stops it
 */
void
edge_mesh_add_backend (EdgeMesh      *self,
                       EdgeSignaling *backend)
{
  g_return_if_fail (EDGE_IS_MESH (self));

  edge_switchboard_add_backend (self->switchboard, backend);
}

void
edge_mesh_remove_backend (EdgeMesh      *self,
                          EdgeSignaling *backend)
{
  g_return_if_fail (EDGE_IS_MESH (self));

  edge_switchboard_remove_backend (self->switchboard, backend);
}

/**
 * edge_mesh_start:
 * @self: a mesh
 *
 * Begins to link to the peers that backends find.
 */
void
edge_mesh_start (EdgeMesh *self)
{
  g_return_if_fail (EDGE_IS_MESH (self));

  if (self->running)
    return;
  self->running = TRUE;
  self->tick_source = g_timeout_add (EDGE_LINK_TICK / 1000, tick_cb, self);
  ensure_balance (self);
}

typedef struct
{
  gint64 limit;
} Stop;

static gboolean
stop_poll_cb (gpointer user_data)
{
  GTask *task = user_data;
  Stop *stop = g_task_get_task_data (task);

  if (edge_rtc_count () > 0 && g_get_monotonic_time () < stop->limit)
    return G_SOURCE_CONTINUE;
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * edge_mesh_stop_async:
 * @self: a mesh
 * @cancellable: (nullable): a cancellable
 * @callback: called when all links are gone, after two seconds at most
 * @user_data: for @callback
 *
 * Takes leave of all peers and closes every link.
 */
void
edge_mesh_stop_async (EdgeMesh            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Stop *stop;

  g_return_if_fail (EDGE_IS_MESH (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_mesh_stop_async);

  self->running = FALSE;
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->balance_source, g_source_remove);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];
      g_autoptr(EdgeLink) link = g_steal_pointer (&entry->link);

      if (link == NULL)
        continue;
      edge_link_close (link, "leaving");
      g_signal_handlers_disconnect_matched (link, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, entry);
    }

  stop = g_new0 (Stop, 1);
  stop->limit = g_get_monotonic_time () + STOP_LIMIT_MS * 1000;
  g_task_set_task_data (task, stop, g_free);
  g_timeout_add_full (G_PRIORITY_DEFAULT, 10, stop_poll_cb, g_steal_pointer (&task), g_object_unref);
}

gboolean
edge_mesh_stop_finish (EdgeMesh      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static EdgeLink *
link_to (EdgeMesh  *self,
         EdgePeer  *peer,
         GError   **error)
{
  Entry *entry = g_hash_table_lookup (self->by_id, edge_peer_get_id (peer));

  if (entry != NULL && entry->link != NULL && edge_link_is_up (entry->link))
    return entry->link;

  g_set_error (error, EDGE_MESH_ERROR, EDGE_MESH_ERROR_NOT_LINKED,
               "There is no link to %s now",
               edge_peer_get_name (peer) != NULL ? edge_peer_get_name (peer) : edge_peer_get_id (peer));
  return NULL;
}

/**
 * edge_mesh_send:
 * @self: a mesh
 * @peer: to whom
 * @frame: a frame with its type; at most 64 KiB as text
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * Returns: whether it was queued
 */
gboolean
edge_mesh_send (EdgeMesh    *self,
                EdgePeer    *peer,
                JsonObject  *frame,
                GError     **error)
{
  EdgeLink *link;

  g_return_val_if_fail (EDGE_IS_MESH (self), FALSE);

  link = link_to (self, peer, error);
  return link != NULL && edge_link_send (link, frame, error);
}

/**
 * edge_mesh_send_bulk:
 * @self: a mesh
 * @peer: to whom
 * @payload: 1 to 65536 bytes
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * Returns: whether it was queued
 */
gboolean
edge_mesh_send_bulk (EdgeMesh  *self,
                     EdgePeer  *peer,
                     GBytes    *payload,
                     GError   **error)
{
  EdgeLink *link;

  g_return_val_if_fail (EDGE_IS_MESH (self), FALSE);

  link = link_to (self, peer, error);
  return link != NULL && edge_link_send_bulk (link, payload, error);
}

/**
 * edge_mesh_disconnect:
 * @self: a mesh
 * @peer: from whom
 *
 * Ends the link. The peer stays known; it or we may link again later.
 */
void
edge_mesh_disconnect (EdgeMesh *self,
                      EdgePeer *peer)
{
  Entry *entry;

  g_return_if_fail (EDGE_IS_MESH (self));

  entry = g_hash_table_lookup (self->by_id, edge_peer_get_id (peer));
  if (entry == NULL || entry->link == NULL)
    return;
  edge_link_close (entry->link, "disconnect");
  entry->retry_at = g_get_monotonic_time () + APART_AFTER;
}

/**
 * edge_mesh_set_blocked:
 * @self: a mesh
 * @peer_id: whom
 * @blocked: whether nothing of this peer is taken any more
 */
void
edge_mesh_set_blocked (EdgeMesh   *self,
                       const char *peer_id,
                       gboolean    blocked)
{
  Entry *entry;

  g_return_if_fail (EDGE_IS_MESH (self));

  if (blocked)
    g_hash_table_add (self->blocked, g_strdup (peer_id));
  else
    g_hash_table_remove (self->blocked, peer_id);

  entry = g_hash_table_lookup (self->by_id, peer_id);
  if (entry == NULL)
    return;
  entry->blocked = blocked;
  if (blocked && entry->link != NULL)
    edge_link_close (entry->link, "blocked");
  entry->retry_at = 0;
  ensure_balance (self);
}
