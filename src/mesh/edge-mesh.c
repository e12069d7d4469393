/* edge-mesh.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-mesh"

#include "mesh/edge-mesh-private.h"

#include <string.h>

#include "mesh/edge-link-timing.h"
#include "mesh/edge-rtc-setup.h"
#include "mesh/edge-rtc.h"

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

/* Leaving waits no longer than this for channels to close. */
#define STOP_LIMIT_MS     2000

typedef enum
{
  PROP_NAME = 1,
  PROP_DEGREE,
  PROP_WATCHED,
} EdgeMeshProperty;

static GParamSpec *properties[PROP_WATCHED + 1];

static void list_model_iface_init (GListModelInterface *iface);

guint edge_mesh_signals[EDGE_MESH_N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (EdgeMesh, edge_mesh, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

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
  return g_object_ref (((EdgeMeshEntry *) self->entries->pdata[position])->peer);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = edge_mesh_get_item_type;
  iface->get_n_items = edge_mesh_get_n_items;
  iface->get_item = edge_mesh_get_item;
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
  if (self->introducer != NULL)
    edge_switchboard_remove_backend (self->switchboard, EDGE_SIGNALING (self->introducer));
  g_clear_object (&self->introducer);
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
  g_clear_pointer (&self->addresses, g_strfreev);
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
  edge_mesh_signals[EDGE_MESH_SIGNAL_FRAME] = g_signal_new ("frame", G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 3, EDGE_TYPE_PEER, G_TYPE_STRING, JSON_TYPE_OBJECT);
  /**
   * EdgeMesh::bulk:
   * @self: a mesh
   * @peer: who sent it
   * @payload: the payload; a stranger's
   */
  edge_mesh_signals[EDGE_MESH_SIGNAL_BULK] = g_signal_new ("bulk", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, EDGE_TYPE_PEER, G_TYPE_BYTES);
  /**
   * EdgeMesh::link-up:
   * @self: a mesh
   * @peer: to whom frames pass now
   */
  edge_mesh_signals[EDGE_MESH_SIGNAL_LINK_UP] = g_signal_new ("link-up", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
  /**
   * EdgeMesh::link-down:
   * @self: a mesh
   * @peer: to whom frames pass no more
   */
  edge_mesh_signals[EDGE_MESH_SIGNAL_LINK_DOWN] = g_signal_new ("link-down", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
  /**
   * EdgeMesh::twin:
   * @self: a mesh
   *
   * Another program in the network says hello with our key.
   */
  edge_mesh_signals[EDGE_MESH_SIGNAL_TWIN] = g_signal_new ("twin", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_mesh_init (EdgeMesh *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) _edge_mesh_entry_free);
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
  _edge_mesh_watch (self);
  self->introducer = edge_introducer_new (self, self->own_id);
  edge_switchboard_add_backend (self->switchboard, EDGE_SIGNALING (self->introducer));
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
      EdgeMeshEntry *entry = self->entries->pdata[i];

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
  _edge_mesh_ensure_balance (self);
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
      EdgeMeshEntry *entry = self->entries->pdata[i];

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
  edge_signaling_start (EDGE_SIGNALING (self->introducer));
  self->tick_source = g_timeout_add (EDGE_LINK_TICK / 1000, _edge_mesh_tick_cb, self);
  _edge_mesh_ensure_balance (self);
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
      EdgeMeshEntry *entry = self->entries->pdata[i];
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
