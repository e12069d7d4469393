/* edge-node-service-network.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-service-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "node/edge-network-folder.h"
#include "node/edge-network-found.h"
#include "node/edge-network-report.h"
#include "node/edge-node-key.h"
#include "node/edge-node-report.h"

static void
answer_network (EdgeNodeService       *self,
                GDBusMethodInvocation *invocation,
                const EdgeNetwork     *network)
{
  const EdgeNetwork *joined = edge_node_get_network (self->node);
  EdgeBooks *books = edge_node_get_books (self->node);
  gboolean here = joined != NULL && g_str_equal (joined->id, network->id);
  g_autofree char *text = NULL;
  const char *id = edge_node_get_id (self->node);
  EdgeId key;

  text = edge_node_report_print (
    edge_network_report (network,
                                here && books != NULL ? edge_books_get_ledger (books) : NULL,
                                id != NULL && edge_id_parse (&key, id, -1) ? &key : NULL,
                                here ? books : NULL));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", text));
}

/* The one named, or the one joined. */
static EdgeNetwork *
find_network (EdgeNodeService  *self,
              const char       *wanted,
              GError          **error)
{
  const char *state = edge_node_get_state_dir (self->node);
  EdgeNetwork *last;

  if (wanted[0] != '\0' && state != NULL)
    return edge_network_folder_find (state, wanted, error);

  last = edge_node_dup_last_network (self->node);
  if (last == NULL)
    g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                         _("No network is joined"));
  return last;
}

static gboolean
can_join (EdgeNodeService  *self,
          GError          **error)
{
  if (edge_node_get_identity (self->node) != NULL)
    return TRUE;
  g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_BUSY,
                       _("The node that runs has no key yet: it waits for the keyring"));
  return FALSE;
}

static void
join_and_answer (EdgeNodeService       *self,
                 GDBusMethodInvocation *invocation,
                 EdgeNetwork           *network,
                 const GError          *error)
{
  if (network == NULL)
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return;
    }
  edge_node_join (self->node, network);
  answer_network (self, invocation, network);
}

static gboolean
list_cb (EdgeDbusEdgeNet1      *skeleton,
         GDBusMethodInvocation *invocation,
         EdgeNodeService       *self)
{
  const char *state = edge_node_get_state_dir (self->node);
  g_autoptr(EdgeNetwork) last = edge_node_dup_last_network (self->node);
  g_autoptr(GPtrArray) networks = NULL;
  g_autofree char *text = NULL;

  networks = state != NULL ? edge_network_folder_list (state) : g_ptr_array_new ();
  text = edge_node_report_print (edge_network_report_list (networks,
                                                              last != NULL ? last->id : NULL));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", text));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
show_cb (EdgeDbusEdgeNet1      *skeleton,
         GDBusMethodInvocation *invocation,
         const char            *wanted,
         EdgeNodeService       *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeNetwork) network = find_network (self, wanted, &error);

  if (network != NULL)
    answer_network (self, invocation, network);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
export_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           const char            *wanted,
           EdgeNodeService       *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeNetwork) network = find_network (self, wanted, &error);
  g_autofree char *text = NULL;

  if (network == NULL)
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  text = edge_network_to_text (network);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", text));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
switch_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           const char            *wanted,
           EdgeNodeService       *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeNetwork) network = NULL;

  if (can_join (self, &error))
    network = find_network (self, wanted, &error);
  join_and_answer (self, invocation, network, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
join_cb (EdgeDbusEdgeNet1      *skeleton,
         GDBusMethodInvocation *invocation,
         const char            *text,
         EdgeNodeService       *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeNetwork) network = NULL;

  if (can_join (self, &error))
    network = edge_network_parse (text, strlen (text), &error);
  join_and_answer (self, invocation, network, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
create_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           const char            *wish,
           EdgeNodeService       *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeNetwork) network = NULL;

  if (can_join (self, &error))
    network = edge_network_found (edge_node_get_identity (self->node), wish, strlen (wish), &error);
  if (network != NULL)
    edge_node_settle (self->node, network->id);
  join_and_answer (self, invocation, network, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* _edge_node_service_offer_network: takes the methods that concern networks. */
void
_edge_node_service_offer_network (EdgeNodeService *self)
{
  static const struct
  {
    const char *signal;
    GCallback   callback;
  } handlers[] = {
    { "handle-networks", G_CALLBACK (list_cb) },
    { "handle-network-show", G_CALLBACK (show_cb) },
    { "handle-network-export", G_CALLBACK (export_cb) },
    { "handle-network-switch", G_CALLBACK (switch_cb) },
    { "handle-network-join", G_CALLBACK (join_cb) },
    { "handle-network-create", G_CALLBACK (create_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->skeleton, handlers[i].signal, handlers[i].callback, self,
                             G_CONNECT_DEFAULT);
}
