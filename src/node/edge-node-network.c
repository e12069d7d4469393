/* edge-node-network.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-private.h"

#include <glib/gi18n-lib.h>

#include "node/edge-network-default.h"
#include "node/edge-node-words.h"

/* Who finds nobody for so long is told so. */
#define ALONE_AFTER_MS 10000

static const char *
network_name (EdgeNode *self)
{
  return self->network != NULL ? self->network->name : NULL;
}

static EdgeNodeState
find_state (EdgeNode *self)
{
  if (self->membership == NULL)
    return EDGE_NODE_STATE_NONE;
  if (edge_policy_get_reason (self->policy) == EDGE_POLICY_REASON_PAUSED)
    return EDGE_NODE_STATE_PAUSED;
  if (edge_peer_summary_get_n_connected (self->summary) == 0)
    return EDGE_NODE_STATE_JOINING;
  return EDGE_NODE_STATE_JOINED;
}

void
_edge_node_update_state (EdgeNode *self)
{
  guint n_connected = edge_peer_summary_get_n_connected (self->summary);
  EdgeNodeState state = find_state (self);
  g_autofree char *headline = NULL;
  g_autofree char *detail = NULL;
  const char *own_relay = NULL;

  if (self->membership != NULL)
    own_relay = edge_membership_get_own_relay (self->membership);
  if (self->key_state == EDGE_NODE_KEY_STATE_TWIN)
    headline = g_strdup (_("Stopped: your identity runs elsewhere, too"));
  else
    headline = edge_node_words_headline (state, network_name (self), self->alone, self->policy);
  detail = edge_node_words_detail (state, n_connected, self->alone, own_relay, self->policy);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      if (self->books != NULL)
        edge_books_set_paused (self->books, state == EDGE_NODE_STATE_PAUSED);
      _edge_node_notify (self, PROP_STATE);
    }
  if (g_set_str (&self->headline, headline))
    _edge_node_notify (self, PROP_HEADLINE);
  if (g_set_str (&self->detail, detail))
    _edge_node_notify (self, PROP_DETAIL);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
alone_cb (gpointer user_data)
{
  EdgeNode *self = user_data;
  g_autofree char *message = g_strdup_printf (_("No peer was found in %s yet"), network_name (self));
  g_autofree char *remedy = NULL;

  self->alone_source = 0;
  self->alone = TRUE;
  _edge_node_update_state (self);
  remedy = edge_node_words_remedy (edge_membership_get_own_relay (self->membership));
  _edge_node_emit_problem (self, "no_peers", message, remedy);
  return G_SOURCE_REMOVE;
}

static void
watch_loneliness (EdgeNode *self)
{
  self->alone = FALSE;
  g_clear_handle_id (&self->alone_source, g_source_remove);
  if (self->membership != NULL && edge_peer_summary_get_n_connected (self->summary) == 0)
    self->alone_source = g_timeout_add (ALONE_AFTER_MS, alone_cb, self);
}

void
_edge_node_count_peers (EdgeNode *self)
{
  gboolean lonely = edge_peer_summary_get_n_connected (self->summary) == 0;

  if (lonely != (self->alone_source != 0 || self->alone))
    watch_loneliness (self);
  _edge_node_update_state (self);
}

static void
problem_cb (EdgeMembership *membership,
            const char     *code,
            const char     *message,
            const char     *remedy,
            EdgeNode       *self)
{
  _edge_node_emit_problem (self, code, message, remedy);
}

static void
own_relay_changed_cb (EdgeMembership *membership,
                      GParamSpec     *pspec,
                      EdgeNode       *self)
{
  _edge_node_notify (self, PROP_OWN_RELAY);
  _edge_node_update_state (self);
}

const char *
_edge_node_get_network_id (EdgeNode *self)
{
  return self->network != NULL ? self->network->id : NULL;
}

/* Those the person set, and those that the network's founder names. */
void
_edge_node_apply_relays (EdgeNode *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) own = NULL;
  g_auto(GStrv) relays = NULL;

  if (self->membership == NULL)
    return;

  own = _edge_node_dup_relays (self);
  g_strv_builder_addv (builder, (const char **) own);
  for (guint i = 0; self->network->relays[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char * const *) own, self->network->relays[i]))
        g_strv_builder_add (builder, self->network->relays[i]);
    }
  relays = g_strv_builder_end (builder);
  edge_membership_set_relays (self->membership, (const char * const *) relays, self->listen);
}

void
_edge_node_apply_stun (EdgeNode *self)
{
  if (self->membership != NULL)
    edge_membership_set_stun_servers (self->membership, (const char * const *) self->stun_servers);
}

/* The mesh's own settings, those that a running link takes as well. */
void
_edge_node_apply_settings (EdgeNode *self)
{
  EdgeMesh *mesh;

  if (self->membership == NULL)
    return;

  mesh = edge_membership_get_mesh (self->membership);
  edge_mesh_set_name (mesh, self->name);
  edge_mesh_set_degree (mesh, self->degree);
  edge_mesh_set_watched (mesh, self->watched);
}

static void
set_network (EdgeNode          *self,
             EdgeMembership    *membership,
             const EdgeNetwork *network)
{
  EdgeMesh *mesh = membership != NULL ? edge_membership_get_mesh (membership) : NULL;

  g_object_freeze_notify (G_OBJECT (self));
  self->membership = membership;
  g_clear_pointer (&self->network, edge_network_free);
  self->network = network != NULL ? edge_network_copy (network) : NULL;
  _edge_node_notify (self, PROP_NETWORK_ID);
  _edge_node_notify (self, PROP_NETWORK_NAME);
  _edge_node_notify (self, PROP_NETWORK_KIND);
  _edge_node_notify (self, PROP_OWN_RELAY);
  edge_list_proxy_set_source (self->peers, (GListModel *) mesh);
  edge_list_proxy_set_source (self->backends, membership != NULL
                                              ? edge_membership_get_backends (membership) : NULL);
  watch_loneliness (self);
  _edge_node_update_state (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * edge_node_get_network:
 * @self: a node
 *
 * Returns: (transfer none) (nullable): the network it is in
 */
const EdgeNetwork *
edge_node_get_network (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  return self->network;
}

/**
 * edge_node_get_state_dir:
 * @self: a node
 *
 * Returns: (transfer none) (nullable): its folder
 */
const char *
edge_node_get_state_dir (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  return self->state_dir;
}

/**
 * edge_node_get_identity:
 * @self: a node
 *
 * Returns: (transfer none) (nullable): who it is, once it is started
 */
EdgeIdentity *
edge_node_get_identity (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  return self->identity;
}

/* So that the next start joins it again. */
static void
remember (EdgeNode          *self,
          const EdgeNetwork *network)
{
  g_autoptr(GError) error = NULL;
  gboolean renamed;

  if (self->state_dir != NULL && !edge_network_folder_save (self->state_dir, network, &error))
    _edge_node_emit_problem (self, "save", error->message,
                   _("Make room on the disk, and see that the folder belongs to you."));

  renamed = g_set_str (&self->store->network, network->name);
  if (g_set_str (&self->store->chosen, network->id) || renamed)
    _edge_node_save (self);
  if (renamed)
    _edge_node_notify (self, PROP_LAST_NETWORK);
}

/* Leaves the network it is in for another, by a membership that may have links already. */
void
_edge_node_enter (EdgeNode          *self,
                  EdgeMembership    *membership,
                  const EdgeNetwork *network)
{
  EdgeMesh *mesh = edge_membership_get_mesh (membership);

  /* Between two networks nobody is told that there is none. */
  g_object_freeze_notify (G_OBJECT (self));
  edge_node_leave (self);
  _edge_node_release_key (self);
  g_signal_connect_object (membership, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (membership, "notify::own-relay", G_CALLBACK (own_relay_changed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (membership, "twin", G_CALLBACK (_edge_node_meet_twin), self,
                           G_CONNECT_SWAPPED);
  _edge_node_watch_peers (self, mesh);

  set_network (self, membership, network);
  g_object_thaw_notify (G_OBJECT (self));
  _edge_node_apply_settings (self);
  _edge_node_apply_stun (self);
  _edge_node_apply_relays (self);
  _edge_node_open_ledger (self);
  edge_membership_start (membership);
  remember (self, network);
}

/**
 * edge_node_join:
 * @self: a node
 * @network: a network
 *
 * Leaves the network it is in, if any, and looks for peers of this one. What is kept of
 * other networks stays.
 */
void
edge_node_join (EdgeNode          *self,
                const EdgeNetwork *network)
{
  g_autoptr(EdgeRoom) room = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (self->identity != NULL && self->stopping == NULL);
  g_return_if_fail (network != NULL);

  if (self->network != NULL && g_str_equal (network->id, self->network->id))
    return;
  if (!edge_mesh_check_system (&error))
    {
      _edge_node_emit_problem (self, "unavailable", error->message,
                     _("Install the missing package and start again."));
      return;
    }

  room = edge_network_make_room (network);
  _edge_node_enter (self, edge_membership_new (self->identity, room, self->name), network);
}

/**
 * edge_node_join_open:
 * @self: a node
 * @network_name: name of an open network
 *
 * As edge_node_join(), for the open network of a name.
 */
void
edge_node_join_open (EdgeNode   *self,
                     const char *network_name)
{
  g_autoptr(EdgeNetwork) network = NULL;

  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (network_name != NULL);

  network = edge_network_new_open (network_name);
  if (network != NULL)
    edge_node_join (self, network);
  else
    _edge_node_emit_problem (self, "bad_network", _("This can’t be the name of a network"),
                             _("Choose 1 to 64 bytes without control characters."));
}

/**
 * edge_node_join_default:
 * @self: a node
 *
 * As edge_node_join(), for the network that is joined when nobody says which.
 */
void
edge_node_join_default (EdgeNode *self)
{
  g_autoptr(EdgeNetwork) network = NULL;

  g_return_if_fail (EDGE_IS_NODE (self));

  network = edge_network_new_default ();
  edge_node_join (self, network);
}

/**
 * edge_node_dup_last_network:
 * @self: a node
 *
 * Returns: (transfer full) (nullable): the network that was joined last, also before this start
 */
EdgeNetwork *
edge_node_dup_last_network (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  if (self->network != NULL)
    return edge_network_copy (self->network);
  if (self->store->chosen != NULL && self->state_dir != NULL)
    return edge_network_folder_find (self->state_dir, self->store->chosen, NULL);
  return self->store->network != NULL ? edge_network_new_open (self->store->network) : NULL;
}

/**
 * edge_node_join_last:
 * @self: a node
 *
 * Joins the network that was joined last, if there is one.
 *
 * Returns: whether there is one
 */
gboolean
edge_node_join_last (EdgeNode *self)
{
  g_autoptr(EdgeNetwork) network = edge_node_dup_last_network (self);

  if (network != NULL)
    edge_node_join (self, network);
  return network != NULL;
}

/* Ends the stop that was asked for once nothing runs any more. */
void
_edge_node_finish_leave (EdgeNode *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->stopping == NULL || self->n_leaving > 0 || self->n_closing > 0)
    return;

  edge_policy_monitor_stop (self->monitor);
  task = g_steal_pointer (&self->stopping);
  g_task_return_boolean (task, TRUE);
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(EdgeNode) self = user_data;

  edge_membership_stop_finish (EDGE_MEMBERSHIP (source), result, NULL);
  self->n_leaving--;
  _edge_node_finish_leave (self);
}

/* Ends it in the background; the node's own end waits for that. */
void
_edge_node_stop_membership (EdgeNode       *self,
                            EdgeMembership *membership)
{
  self->n_leaving++;
  edge_membership_stop_async (membership, left_cb, g_object_ref (self));
}

/**
 * edge_node_leave:
 * @self: a node
 *
 * Takes leave of the network.
 */
void
edge_node_leave (EdgeNode *self)
{
  g_autoptr(EdgeMembership) membership = NULL;

  g_return_if_fail (EDGE_IS_NODE (self));

  _edge_node_end_directs (self);
  if (self->membership == NULL)
    return;

  _edge_node_close_ledger (self);
  membership = self->membership;
  g_signal_handlers_disconnect_by_data (membership, self);
  g_signal_handlers_disconnect_by_data (edge_membership_get_mesh (membership), self);
  set_network (self, NULL, NULL);
  _edge_node_stop_membership (self, membership);
}

/**
 * edge_node_stop_async:
 * @self: a node
 * @cancellable: (nullable): to wait no longer
 * @callback: called when nothing runs any more
 * @user_data: for @callback
 *
 * Takes leave of the network and ends. It can't be started again.
 */
void
edge_node_stop_async (EdgeNode            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (self->stopping == NULL);

  self->stopping = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->stopping, edge_node_stop_async);
  edge_node_leave (self);
  _edge_node_finish_leave (self);
}

gboolean
edge_node_stop_finish (EdgeNode      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
