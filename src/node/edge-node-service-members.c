/* edge-node-service-members.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-service-private.h"

#include <glib/gi18n-lib.h>

#include "node/edge-ledger-report.h"
#include "node/edge-members-report.h"
#include "node/edge-node-members.h"
#include "node/edge-node-report.h"

static gboolean
list_cb (EdgeDbusEdgeNet1      *skeleton,
         GDBusMethodInvocation *invocation,
         gboolean               waiting,
         EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);
  g_autofree char *text = NULL;

  if (books == NULL)
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  text = edge_node_report_print (edge_members_report (edge_books_get_ledger (books),
                                                      edge_node_get_members (self->node), waiting));
  edge_dbus_edge_net1_complete_members (skeleton, invocation, text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
vouched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_node_vouch_finish (EDGE_NODE (source), result, &error);

  if (id != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", id));
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
}

static gboolean
vouch_cb (EdgeDbusEdgeNet1      *skeleton,
          GDBusMethodInvocation *invocation,
          const char            *key,
          EdgeNodeService       *self)
{
  if (_edge_node_service_find_books (self, invocation) != NULL)
    edge_node_vouch_async (self->node, key, NULL, vouched_cb, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
decline_cb (EdgeDbusEdgeNet1      *skeleton,
            GDBusMethodInvocation *invocation,
            const char            *key,
            EdgeNodeService       *self)
{
  g_autoptr(GError) error = NULL;

  if (_edge_node_service_find_books (self, invocation) == NULL)
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  if (edge_node_decline (self->node, key, &error))
    edge_dbus_edge_net1_complete_decline (skeleton, invocation);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
proposed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_books_issue_finish (EDGE_BOOKS (source), result, &error);

  if (id != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", id));
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
}

static gboolean
propose_cb (EdgeDbusEdgeNet1      *skeleton,
            GDBusMethodInvocation *invocation,
            const char * const    *keys,
            EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);

  if (books != NULL)
    edge_books_propose_validators_async (books, keys, NULL, proposed_cb, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
insist_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);

  if (books == NULL)
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  if (edge_books_get_agreement (books) != NULL)
    edge_agreement_insist (edge_books_get_agreement (books));
  edge_dbus_edge_net1_complete_insist (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
closed_cb (EdgeNode        *node,
           guint64          n,
           EdgeNodeService *self)
{
  EdgeBooks *books = edge_node_get_books (node);
  g_autofree char *text = NULL;

  if (books == NULL)
    return;
  text = edge_node_report_print (edge_ledger_report_checkpoint (edge_books_get_ledger (books)));
  edge_dbus_edge_net1_emit_book_closed (self->skeleton, text);
}

/* _edge_node_service_offer_members: takes the methods that concern members and validators. */
void
_edge_node_service_offer_members (EdgeNodeService *self)
{
  static const struct
  {
    const char *signal;
    GCallback   callback;
  } handlers[] = {
    { "handle-members", G_CALLBACK (list_cb) },
    { "handle-vouch", G_CALLBACK (vouch_cb) },
    { "handle-decline", G_CALLBACK (decline_cb) },
    { "handle-propose-validators", G_CALLBACK (propose_cb) },
    { "handle-insist", G_CALLBACK (insist_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->skeleton, handlers[i].signal, handlers[i].callback, self,
                             G_CONNECT_DEFAULT);
}

/* _edge_node_service_watch_members: tells visitors of checkpoints. */
void
_edge_node_service_watch_members (EdgeNodeService *self)
{
  g_signal_connect_object (self->node, "book-closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_DEFAULT);
}
