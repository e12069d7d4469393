/* edge-node-service-ledger.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-service-private.h"

#include <glib/gi18n-lib.h>

#include "ledger/edge-ledger-import.h"
#include "node/edge-ledger-report.h"
#include "node/edge-node-report.h"

/* A method's answer that comes later. */
typedef struct
{
  EdgeNodeService       *service;
  GDBusMethodInvocation *invocation;
} Wait;

/* Takes over the invocation, as answering it would. */
static Wait *
wait_new (EdgeNodeService       *self,
          GDBusMethodInvocation *invocation)
{
  Wait *wait = g_new (Wait, 1);

  wait->service = g_object_ref (self);
  wait->invocation = invocation;
  return wait;
}

static void
wait_free (Wait *wait)
{
  g_object_unref (wait->service);
  g_clear_object (&wait->invocation);
  g_free (wait);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wait, wait_free)

static void
answer_text (GDBusMethodInvocation *invocation,
             JsonNode              *node)
{
  g_autofree char *text = edge_node_report_print (node);

  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", text));
}

/* _edge_node_service_find_books: the books, or an error to the one who asked. */
EdgeBooks *
_edge_node_service_find_books (EdgeNodeService       *self,
                               GDBusMethodInvocation *invocation)
{
  EdgeBooks *books = edge_node_get_books (self->node);

  if (books != NULL)
    return books;
  if (edge_node_get_network (self->node) == NULL)
    g_dbus_method_invocation_return_error_literal (invocation, EDGE_NODE_ERROR,
                                                   EDGE_NODE_ERROR_NO_NETWORK,
                                                   _("No network is joined"));
  else
    g_dbus_method_invocation_return_error_literal (invocation, EDGE_NODE_ERROR,
                                                   EDGE_NODE_ERROR_OPENING,
                                                   _("The ledger is being opened; try again soon"));
  return NULL;
}

static gboolean
read_key (EdgeNodeService       *self,
          const char            *text,
          EdgeId                *key,
          GDBusMethodInvocation *invocation)
{
  const char *wanted = text[0] != '\0' ? text : edge_node_get_id (self->node);

  if (edge_id_parse (key, wanted, -1))
    return TRUE;
  g_dbus_method_invocation_return_error_literal (invocation, EDGE_NODE_ERROR,
                                                 EDGE_NODE_ERROR_REFUSED,
                                                 _("A key is 43 letters, digits, - and _"));
  return FALSE;
}

static gboolean
status_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);

  if (books != NULL)
    answer_text (invocation, edge_ledger_report_status (edge_books_get_ledger (books), books));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
list_cb (EdgeDbusEdgeNet1      *skeleton,
         GDBusMethodInvocation *invocation,
         const char            *text,
         guint                  skip,
         guint                  most,
         EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);
  EdgeId key;

  if (books == NULL || (text[0] != '\0' && !read_key (self, text, &key, invocation)))
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  answer_text (invocation, edge_ledger_report_list (edge_books_get_ledger (books),
                                                    text[0] != '\0' ? &key : NULL, skip, most));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
event_cb (EdgeDbusEdgeNet1      *skeleton,
          GDBusMethodInvocation *invocation,
          const char            *id,
          EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  if (books == NULL)
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  node = edge_ledger_report_event (edge_books_get_ledger (books), id, &error);
  if (node != NULL)
    answer_text (invocation, node);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
balance_cb (EdgeDbusEdgeNet1      *skeleton,
            GDBusMethodInvocation *invocation,
            const char            *text,
            EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);
  EdgeId key;

  if (books != NULL && read_key (self, text, &key, invocation))
    answer_text (invocation, edge_ledger_report_balance (edge_books_get_ledger (books), &key));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Wait) wait = user_data;
  g_autoptr(GError) error = NULL;

  if (edge_books_verify_finish (EDGE_BOOKS (source), result, &error))
    g_dbus_method_invocation_return_value (g_steal_pointer (&wait->invocation), NULL);
  else
    g_dbus_method_invocation_return_gerror (g_steal_pointer (&wait->invocation), error);
}

static gboolean
verify_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);

  if (books != NULL)
    edge_books_verify_async (books, NULL, verified_cb, wait_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
export_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           const char            *path,
           EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (books == NULL)
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  text = edge_ledger_export (edge_books_get_ledger (books), &error);
  if (text != NULL && g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                                0600, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
proof_cb (EdgeDbusEdgeNet1      *skeleton,
          GDBusMethodInvocation *invocation,
          const char            *text,
          EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);
  g_autofree char *proof = NULL;
  g_autoptr(GError) error = NULL;
  EdgeId key;

  if (books == NULL || !read_key (self, text, &key, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  proof = edge_ledger_dup_proof (edge_books_get_ledger (books), &key, &error);
  if (proof != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", proof));
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Wait) wait = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeIngestResult) ingest = edge_ledger_import_finish (EDGE_LEDGER (source), result, &error);

  if (ingest != NULL)
    answer_text (g_steal_pointer (&wait->invocation), edge_ledger_report_ingest (ingest));
  else
    g_dbus_method_invocation_return_gerror (g_steal_pointer (&wait->invocation), error);
}

static gboolean
import_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           const char            *path,
           EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);

  if (books != NULL)
    edge_ledger_import_async (edge_books_get_ledger (books), path, NULL, imported_cb,
                              wait_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Wait) wait = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_books_issue_finish (EDGE_BOOKS (source), result, &error);

  if (id != NULL)
    g_dbus_method_invocation_return_value (g_steal_pointer (&wait->invocation),
                                           g_variant_new ("(s)", id));
  else
    g_dbus_method_invocation_return_gerror (g_steal_pointer (&wait->invocation), error);
}

static gboolean
transfer_cb (EdgeDbusEdgeNet1      *skeleton,
             GDBusMethodInvocation *invocation,
             const char            *to,
             guint64                amount,
             const char            *memo,
             EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);

  if (books != NULL)
    edge_books_transfer_async (books, to, amount, memo, NULL, issued_cb,
                               wait_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
stake_cb (EdgeDbusEdgeNet1      *skeleton,
          GDBusMethodInvocation *invocation,
          guint64                amount,
          EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);

  if (books != NULL)
    edge_books_stake_async (books, amount, NULL, issued_cb, wait_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
unstake_cb (EdgeDbusEdgeNet1      *skeleton,
            GDBusMethodInvocation *invocation,
            guint64                amount,
            EdgeNodeService       *self)
{
  EdgeBooks *books = _edge_node_service_find_books (self, invocation);

  if (books != NULL)
    edge_books_unstake_async (books, amount, NULL, issued_cb, wait_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* _edge_node_service_offer_ledger: takes the methods that concern the ledger. */
void
_edge_node_service_offer_ledger (EdgeNodeService *self)
{
  static const struct
  {
    const char *signal;
    GCallback   callback;
  } handlers[] = {
    { "handle-ledger-status", G_CALLBACK (status_cb) },
    { "handle-ledger-list", G_CALLBACK (list_cb) },
    { "handle-ledger-event", G_CALLBACK (event_cb) },
    { "handle-ledger-verify", G_CALLBACK (verify_cb) },
    { "handle-ledger-proof", G_CALLBACK (proof_cb) },
    { "handle-ledger-export", G_CALLBACK (export_cb) },
    { "handle-ledger-import", G_CALLBACK (import_cb) },
    { "handle-balance", G_CALLBACK (balance_cb) },
    { "handle-transfer", G_CALLBACK (transfer_cb) },
    { "handle-stake", G_CALLBACK (stake_cb) },
    { "handle-unstake", G_CALLBACK (unstake_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->skeleton, handlers[i].signal, handlers[i].callback, self,
                             G_CONNECT_DEFAULT);
}
