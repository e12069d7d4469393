/* edge-node-service.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-node-service"

#include "config.h"

#include "node/edge-node-service-private.h"

#include "node/edge-node-key.h"
#include "node/edge-node-report.h"
#include "node/edge-node-service-invite.h"

/**
 * EdgeNodeService:
 *
 * Offers a node over D-Bus as `org.edgenet.EdgeNet1`: on connections to a bus
 * that it is given, and to programs of the same person that come to a socket.
 */

#define MAX_VISITORS 32

enum
{
  QUIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeNodeService, edge_node_service, G_TYPE_OBJECT)

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
update_properties (EdgeNodeService *self)
{
  g_autofree char *name = NULL;
  g_autofree char *headline = NULL;
  g_autofree char *network_id = NULL;
  g_autofree char *network_name = NULL;
  guint n_connected, n_known;
  double share;

  g_object_get (self->node, "name", &name, "headline", &headline, "share", &share,
                "network-id", &network_id, "network-name", &network_name,
                "n-connected", &n_connected, "n-known", &n_known, NULL);
  g_object_set (self->skeleton,
                "version", EDGE_VERSION,
                "id", or_empty (edge_node_get_id (self->node)),
                "name", or_empty (name),
                "state", edge_node_state_to_string (edge_node_get_state (self->node)),
                "headline", or_empty (headline),
                "share", share,
                "network-id", or_empty (network_id),
                "network-name", or_empty (network_name),
                "peers-connected", n_connected,
                "peers-known", n_known,
                NULL);
}

static void
peer_changed_cb (EdgeNode        *node,
                 EdgePeer        *peer,
                 EdgeNodeService *self)
{
  g_autofree char *text = edge_node_report_print (edge_node_report_peer (node, peer));

  edge_dbus_edge_net1_emit_peer_changed (self->skeleton, text);
}

static void
message_cb (EdgeNode        *node,
            EdgeMessage     *message,
            EdgeNodeService *self)
{
  edge_dbus_edge_net1_emit_message_received (self->skeleton, edge_message_get_peer_id (message),
                                             edge_message_get_text (message));
}

static void
problem_cb (EdgeNode        *node,
            const char      *code,
            const char      *message,
            const char      *remedy,
            EdgeNodeService *self)
{
  edge_dbus_edge_net1_emit_problem (self->skeleton, code, message, remedy);
}

static gboolean
status_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           EdgeNodeService       *self)
{
  g_autofree char *text = edge_node_report_print (edge_node_report_status (self->node));

  edge_dbus_edge_net1_complete_status (skeleton, invocation, text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
peers_cb (EdgeDbusEdgeNet1      *skeleton,
          GDBusMethodInvocation *invocation,
          EdgeNodeService       *self)
{
  g_autofree char *text = edge_node_report_print (edge_node_report_peers (self->node));

  edge_dbus_edge_net1_complete_peers (skeleton, invocation, text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static EdgePeer *
find_peer (EdgeNodeService  *self,
           const char       *prefix,
           GError          **error)
{
  if (edge_node_get_state (self->node) == EDGE_NODE_STATE_NONE)
    {
      g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                           "No network is joined");
      return NULL;
    }

  return edge_node_find_peer (self->node, prefix, error);
}

static gboolean
send_message_cb (EdgeDbusEdgeNet1      *skeleton,
                 GDBusMethodInvocation *invocation,
                 const char            *prefix,
                 const char            *text,
                 EdgeNodeService       *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgePeer) peer = find_peer (self, prefix, &error);

  if (peer == NULL || !edge_node_send_message (self->node, peer, text, &error))
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    edge_dbus_edge_net1_complete_message (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
disconnect_cb (EdgeDbusEdgeNet1      *skeleton,
               GDBusMethodInvocation *invocation,
               const char            *prefix,
               EdgeNodeService       *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgePeer) peer = find_peer (self, prefix, &error);

  if (peer == NULL)
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  edge_node_disconnect_peer (self->node, peer);
  edge_dbus_edge_net1_complete_disconnect (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
pause_cb (EdgeDbusEdgeNet1      *skeleton,
          GDBusMethodInvocation *invocation,
          gint64                 for_ms,
          EdgeNodeService       *self)
{
  if (for_ms < 0)
    {
      g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR,
                                                     G_DBUS_ERROR_INVALID_ARGS,
                                                     "A pause can't be shorter than nothing");
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  edge_node_pause (self->node, for_ms);
  edge_dbus_edge_net1_complete_pause (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
resume_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           EdgeNodeService       *self)
{
  edge_node_resume (self->node);
  edge_dbus_edge_net1_complete_resume (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
claim_cb (EdgeDbusEdgeNet1      *skeleton,
          GDBusMethodInvocation *invocation,
          EdgeNodeService       *self)
{
  edge_node_claim (self->node);
  edge_dbus_edge_net1_complete_claim_identity (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
quit_cb (EdgeDbusEdgeNet1      *skeleton,
         GDBusMethodInvocation *invocation,
         EdgeNodeService       *self)
{
  edge_dbus_edge_net1_complete_quit (skeleton, invocation);
  g_signal_emit (self, signals[QUIT], 0);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
closed_cb (GDBusConnection *connection,
           gboolean         vanished,
           GError          *error,
           EdgeNodeService *self)
{
  g_signal_handlers_disconnect_by_data (connection, self);
  g_dbus_interface_skeleton_unexport_from_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton),
                                                      connection);
  g_ptr_array_remove_fast (self->visitors, connection);
}

static gboolean
new_connection_cb (GDBusServer     *server,
                   GDBusConnection *connection,
                   EdgeNodeService *self)
{
  g_autoptr(GError) error = NULL;

  if (self->visitors->len >= MAX_VISITORS)
    {
      g_message ("More than %d programs talk to this node; one is sent away", MAX_VISITORS);
      return FALSE;
    }
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                         EDGE_NODE_SERVICE_PATH, &error))
    {
      g_message ("A program can't be served: %s", error->message);
      return FALSE;
    }

  g_ptr_array_add (self->visitors, g_object_ref (connection));
  g_signal_connect_object (connection, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_DEFAULT);
  return TRUE;
}

static void
edge_node_service_dispose (GObject *object)
{
  EdgeNodeService *self = EDGE_NODE_SERVICE (object);

  edge_node_service_stop (self);
  if (self->node != NULL)
    g_signal_handlers_disconnect_by_data (self->node, self);
  if (self->skeleton != NULL)
    g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->node);

  G_OBJECT_CLASS (edge_node_service_parent_class)->dispose (object);
}

static void
edge_node_service_finalize (GObject *object)
{
  EdgeNodeService *self = EDGE_NODE_SERVICE (object);

  g_clear_pointer (&self->visitors, g_ptr_array_unref);

  G_OBJECT_CLASS (edge_node_service_parent_class)->finalize (object);
}

static void
edge_node_service_class_init (EdgeNodeServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_node_service_dispose;
  object_class->finalize = edge_node_service_finalize;

  /**
   * EdgeNodeService::quit:
   *
   * Somebody asked the program to end.
   */
  signals[QUIT] = g_signal_new ("quit", EDGE_TYPE_NODE_SERVICE, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_node_service_init (EdgeNodeService *self)
{
  static const struct
  {
    const char *signal;
    GCallback   callback;
  } handlers[] = {
    { "handle-status", G_CALLBACK (status_cb) },
    { "handle-peers", G_CALLBACK (peers_cb) },
    { "handle-message", G_CALLBACK (send_message_cb) },
    { "handle-disconnect", G_CALLBACK (disconnect_cb) },
    { "handle-pause", G_CALLBACK (pause_cb) },
    { "handle-resume", G_CALLBACK (resume_cb) },
    { "handle-claim-identity", G_CALLBACK (claim_cb) },
    { "handle-quit", G_CALLBACK (quit_cb) },
  };

  self->visitors = g_ptr_array_new_with_free_func (g_object_unref);
  self->skeleton = edge_dbus_edge_net1_skeleton_new ();
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->skeleton, handlers[i].signal, handlers[i].callback, self,
                             G_CONNECT_DEFAULT);
  _edge_node_service_offer_ledger (self);
  _edge_node_service_offer_members (self);
  _edge_node_service_offer_network (self);
}

/**
 * edge_node_service_new:
 * @node: the node to offer
 *
 * Returns: (transfer full): a service that nobody reaches yet
 */
EdgeNodeService *
edge_node_service_new (EdgeNode *node)
{
  EdgeNodeService *self = g_object_new (EDGE_TYPE_NODE_SERVICE, NULL);

  self->node = g_object_ref (node);
  g_signal_connect_object (node, "notify", G_CALLBACK (update_properties), self,
                           G_CONNECT_SWAPPED);
  _edge_node_service_watch_members (self);
  g_signal_connect_object (node, "peer-changed", G_CALLBACK (peer_changed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "message", G_CALLBACK (message_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_DEFAULT);
  edge_node_service_invite_connect (self->skeleton, node);
  update_properties (self);
  return self;
}

/**
 * edge_node_service_export:
 * @self: a service
 * @connection: a connection to a bus
 * @error: return location for an error in the `G_IO_ERROR` domain
 *
 * Offers the node on a bus, at %EDGE_NODE_SERVICE_PATH.
 *
 * Returns: whether it is there
 */
gboolean
edge_node_service_export (EdgeNodeService  *self,
                          GDBusConnection  *connection,
                          GError          **error)
{
  g_return_val_if_fail (EDGE_IS_NODE_SERVICE (self), FALSE);

  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           EDGE_NODE_SERVICE_PATH, error);
}

/**
 * edge_node_service_listen:
 * @self: a service
 * @dir: (transfer full): the node's folder; closed when the service stops
 * @error: return location for an error in the `G_IO_ERROR` domain
 *
 * Offers the node on the socket in its folder, to programs of the same person alone.
 *
 * Returns: whether it listens
 */
gboolean
edge_node_service_listen (EdgeNodeService  *self,
                          EdgeStateDir     *dir,
                          GError          **error)
{
  g_autofree char *guid = g_dbus_generate_guid ();

  g_return_val_if_fail (EDGE_IS_NODE_SERVICE (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  self->dir = dir;
  self->server = g_dbus_server_new_sync (edge_state_dir_get_address (dir),
                                         G_DBUS_SERVER_FLAGS_AUTHENTICATION_REQUIRE_SAME_USER,
                                         guid, NULL, NULL, error);
  if (self->server == NULL)
    return FALSE;

  g_signal_connect_object (self->server, "new-connection", G_CALLBACK (new_connection_cb), self,
                           G_CONNECT_DEFAULT);
  g_dbus_server_start (self->server);
  return TRUE;
}

/**
 * edge_node_service_stop:
 * @self: a service
 *
 * Sends everybody away and gives the folder back.
 */
void
edge_node_service_stop (EdgeNodeService *self)
{
  g_return_if_fail (EDGE_IS_NODE_SERVICE (self));

  if (self->server != NULL)
    g_dbus_server_stop (self->server);
  g_clear_object (&self->server);

  for (guint i = 0; i < self->visitors->len; i++)
    {
      GDBusConnection *connection = g_ptr_array_index (self->visitors, i);

      g_signal_handlers_disconnect_by_data (connection, self);
      /* What waits to be sent goes first; a visitor that does not read holds up nobody. */
      g_dbus_connection_close (connection, NULL, NULL, NULL);
    }
  g_ptr_array_set_size (self->visitors, 0);
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_clear_pointer (&self->dir, edge_state_dir_close);
}
