/* edge-node-service-invite.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-service-invite.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/edge-base64.h"
#include "identity/edge-words.h"
#include "node/edge-invite-words.h"
#include "node/edge-node-given.h"
#include "node/edge-node-report.h"

/* Longer texts hold no invitation. */
#define MAX_TEXT (16 * 1024)

static const char *
kind_word (EdgeInvitationKind kind)
{
  switch (kind)
    {
    case EDGE_INVITATION_KIND_OFFER:
      return "offer";
    case EDGE_INVITATION_KIND_ANSWER:
      return "answer";
    case EDGE_INVITATION_KIND_NETWORK:
    default:
      return "network";
    }
}

static char *
print (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return edge_node_report_print (g_steal_pointer (&node));
}

static char *
describe (EdgeInvitation *invitation,
          const char     *answer)
{
  JsonObject *object = json_object_new ();
  JsonArray *relays = json_array_new ();
  JsonArray *words = json_array_new ();
  const char * const *addresses = edge_invitation_get_addresses (invitation);
  g_auto(GStrv) spoken = edge_words_for_key (edge_invitation_get_inviter (invitation));
  g_autofree char *link = edge_invitation_to_link (invitation);
  g_autofree char *ticket = NULL;

  ticket = edge_base64url_encode (edge_invitation_get_ticket (invitation),
                                  EDGE_INVITATION_TICKET_SIZE);
  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    json_array_add_string_element (relays, addresses[i]);
  for (guint i = 0; spoken[i] != NULL; i++)
    json_array_add_string_element (words, spoken[i]);

  json_object_set_string_member (object, "kind",
                                 kind_word (edge_invitation_get_kind (invitation)));
  json_object_set_string_member (object, "link", link);
  json_object_set_string_member (object, "network", edge_invitation_get_network_id (invitation));
  edge_node_report_string (object, "network_name", edge_invitation_get_network_name (invitation));
  json_object_set_string_member (object, "inviter", edge_invitation_get_inviter (invitation));
  edge_node_report_string (object, "inviter_name", edge_invitation_get_inviter_name (invitation));
  json_object_set_array_member (object, "words", words);
  json_object_set_int_member (object, "expires", edge_invitation_get_expires (invitation));
  json_object_set_string_member (object, "ticket", ticket);
  json_object_set_array_member (object, "relays", relays);
  if (edge_invitation_get_kind (invitation) == EDGE_INVITATION_KIND_NETWORK)
    json_object_set_string_member (object, "reach",
                                   edge_relay_reach_to_string (edge_relay_reach_of_all (addresses)));
  else
    json_object_set_null_member (object, "reach");
  edge_node_report_string (object, "answer", answer);
  return print (object);
}

/* Says in words what is wrong. */
static void
refuse (GDBusMethodInvocation *invocation,
        const GError          *error,
        EdgeInvitation        *invitation)
{
  g_autofree char *words = edge_invite_words_error (error, invitation);
  g_autoptr(GError) worded = g_error_new_literal (error->domain, error->code, words);

  g_dbus_method_invocation_return_gerror (invocation, worded);
}

static void
direct_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeInvitation) invitation = NULL;
  g_autofree char *text = NULL;

  invitation = edge_node_invite_direct_finish (EDGE_NODE (source), result, &error);
  if (invitation == NULL)
    {
      refuse (invocation, error, NULL);
      return;
    }

  text = describe (invitation, NULL);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", text));
}

static gboolean
invite_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           gboolean               direct,
           EdgeNode              *node)
{
  g_autoptr(EdgeInvitation) invitation = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (direct)
    {
      edge_node_invite_direct_async (node, NULL, direct_made_cb, invocation);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  invitation = edge_node_invite_network (node, &error);
  if (invitation == NULL)
    {
      refuse (invocation, error, NULL);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  text = describe (invitation, NULL);
  edge_dbus_edge_net1_complete_invite (skeleton, invocation, text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

typedef struct
{
  GDBusMethodInvocation *invocation;
  EdgeInvitation        *invitation;
} Acceptance;

static void
accepted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Acceptance *acceptance = user_data;
  g_autoptr(EdgeInvitation) invitation = g_steal_pointer (&acceptance->invitation);
  GDBusMethodInvocation *invocation = acceptance->invocation;
  g_autoptr(EdgeInvitation) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *link = NULL;
  g_autofree char *text = NULL;

  g_free (acceptance);
  if (!edge_node_accept_finish (EDGE_NODE (source), result, &answer, &error))
    {
      refuse (invocation, error, invitation);
      return;
    }

  link = answer != NULL ? edge_invitation_to_link (answer) : NULL;
  text = describe (invitation, link);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", text));
}

static gboolean
accept_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           const char            *text,
           EdgeNode              *node)
{
  g_autoptr(EdgeInvitation) invitation = NULL;
  g_autoptr(GError) error = NULL;
  Acceptance *acceptance;

  if (strlen (text) <= MAX_TEXT)
    invitation = edge_invitation_new_from_text (text, &error);
  else
    g_set_error_literal (&error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_MALFORMED,
                         "The text is too long");
  if (invitation != NULL && edge_node_get_id (node) == NULL)
    g_set_error_literal (&error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_JOIN,
                         _("The node has no key yet: it waits for the keyring"));
  if (error != NULL)
    {
      refuse (invocation, error, invitation);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  acceptance = g_new0 (Acceptance, 1);
  acceptance->invocation = invocation;
  acceptance->invitation = g_object_ref (invitation);
  edge_node_accept_async (node, invitation, NULL, accepted_cb, acceptance);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
revoke_cb (EdgeDbusEdgeNet1      *skeleton,
           GDBusMethodInvocation *invocation,
           EdgeNode              *node)
{
  edge_dbus_edge_net1_complete_revoke_invitations (skeleton, invocation,
                                                   edge_node_revoke_invitations (node));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
another_cb (EdgeDbusEdgeNet1      *skeleton,
            GDBusMethodInvocation *invocation,
            EdgeNode              *node)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeInvitation) invitation = edge_node_invite_another (node, &error);
  g_autofree char *text = NULL;

  if (invitation == NULL)
    {
      refuse (invocation, error, NULL);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }

  text = describe (invitation, NULL);
  edge_dbus_edge_net1_complete_invite_another (skeleton, invocation, text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static JsonObject *
report_given (EdgeNode        *node,
              const EdgeGiven *given)
{
  JsonObject *object = json_object_new ();
  JsonArray *takers = json_array_new ();

  for (guint i = 0; given->takers[i] != NULL; i++)
    {
      g_autoptr(EdgePeer) peer = edge_node_find_peer (node, given->takers[i], NULL);
      JsonObject *taker = json_object_new ();

      json_object_set_string_member (taker, "peer", given->takers[i]);
      edge_node_report_string (taker, "name", peer != NULL ? edge_peer_get_name (peer) : NULL);
      json_array_add_object_element (takers, taker);
    }

  json_object_set_string_member (object, "ticket", given->ticket);
  json_object_set_string_member (object, "kind", given->direct ? "offer" : "network");
  if (given->made > 0)
    json_object_set_int_member (object, "made", given->made);
  else
    json_object_set_null_member (object, "made");
  json_object_set_int_member (object, "expires", given->expires);
  json_object_set_array_member (object, "takers", takers);
  return object;
}

static gboolean
list_cb (EdgeDbusEdgeNet1      *skeleton,
         GDBusMethodInvocation *invocation,
         EdgeNode              *node)
{
  g_autoptr(GPtrArray) list = edge_node_list_invitations (node);
  JsonArray *array = json_array_new ();
  JsonNode *json = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (array, report_given (node, list->pdata[i]));
  json_node_take_array (json, array);
  text = edge_node_report_print (json);
  edge_dbus_edge_net1_complete_invitations (skeleton, invocation, text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
withdraw_cb (EdgeDbusEdgeNet1      *skeleton,
             GDBusMethodInvocation *invocation,
             const char            *ticket,
             EdgeNode              *node)
{
  g_autoptr(GError) error = NULL;

  if (edge_node_withdraw_invitation (node, ticket, &error))
    edge_dbus_edge_net1_complete_withdraw_invitation (skeleton, invocation);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
taken_cb (EdgeNode         *node,
          EdgePeer         *peer,
          EdgeDbusEdgeNet1 *skeleton)
{
  g_autofree char *text = edge_node_report_print (edge_node_report_peer (node, peer));

  edge_dbus_edge_net1_emit_invitation_taken (skeleton, text);
}

/**
 * edge_node_service_invite_connect:
 * @skeleton: what is offered over D-Bus
 * @node: the node behind it
 *
 * Serves the methods for invitations.
 */
void
edge_node_service_invite_connect (EdgeDbusEdgeNet1 *skeleton,
                                  EdgeNode         *node)
{
  edge_invite_words_register ();
  g_signal_connect_object (skeleton, "handle-invite", G_CALLBACK (invite_cb), node,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (skeleton, "handle-accept", G_CALLBACK (accept_cb), node,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (skeleton, "handle-invite-another", G_CALLBACK (another_cb), node,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (skeleton, "handle-invitations", G_CALLBACK (list_cb), node,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (skeleton, "handle-withdraw-invitation", G_CALLBACK (withdraw_cb), node,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (skeleton, "handle-revoke-invitations", G_CALLBACK (revoke_cb), node,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "invitation-taken", G_CALLBACK (taken_cb), skeleton,
                           G_CONNECT_DEFAULT);
}
