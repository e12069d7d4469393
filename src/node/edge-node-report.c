/* edge-node-report.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-report.h"

#include <math.h>

#include "node/edge-node-key.h"
#include "signaling/edge-signaling.h"

/* The JSON of the command line and of D-Bus, described in edge-net-node(1). */

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static void print_node (GString  *text,
                        JsonNode *node);

static void
print_string (GString    *text,
              const char *value)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *printed = NULL;

  json_node_set_string (node, value);
  printed = json_to_string (node, FALSE);
  g_string_append (text, printed);
}

/* The fewest digits that are read back as the same number. */
static void
print_double (GString *text,
              double   value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  if (g_ascii_strtod (digits, NULL) != value)
    g_ascii_dtostr (digits, sizeof digits, value);
  g_string_append (text, digits);
}

static void
print_object (GString    *text,
              JsonObject *object)
{
  g_autoptr(GList) names = json_object_get_members (object);

  g_string_append_c (text, '{');
  for (GList *l = names; l != NULL; l = l->next)
    {
      print_string (text, l->data);
      g_string_append_c (text, ':');
      print_node (text, json_object_get_member (object, l->data));
      if (l->next != NULL)
        g_string_append_c (text, ',');
    }
  g_string_append_c (text, '}');
}

static void
print_node (GString  *text,
            JsonNode *node)
{
  JsonArray *array;
  g_autofree char *printed = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    print_object (text, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      array = json_node_get_array (node);
      g_string_append_c (text, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (i > 0)
            g_string_append_c (text, ',');
          print_node (text, json_array_get_element (array, i));
        }
      g_string_append_c (text, ']');
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    print_double (text, json_node_get_double (node));
  else
    {
      printed = json_to_string (node, FALSE);
      g_string_append (text, printed);
    }
}

/**
 * edge_node_report_print:
 * @node: (transfer full): JSON
 *
 * Returns: (transfer full): its text on one line, numbers with no more digits than they have
 */
char *
edge_node_report_print (JsonNode *node)
{
  g_autoptr(JsonNode) taken = node;
  GString *text = g_string_new (NULL);

  print_node (text, taken);
  return g_string_free_and_steal (text);
}

/**
 * edge_node_report_string:
 * @object: where to put it
 * @member: by what name
 * @value: (nullable): a text; %NULL is not known and becomes null
 */
void
edge_node_report_string (JsonObject *object,
                         const char *member,
                         const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

/**
 * edge_node_report_ms:
 * @object: where to put it
 * @member: by what name
 * @milliseconds: a duration, rounded to microseconds; NaN is not known and becomes null
 */
void
edge_node_report_ms (JsonObject *object,
                     const char *member,
                     double      milliseconds)
{
  if (isnan (milliseconds))
    json_object_set_null_member (object, member);
  else
    json_object_set_double_member (object, member, round (milliseconds * 1000) / 1000);
}

/**
 * edge_node_report_relays:
 * @node: a node
 *
 * Returns: (transfer full): addresses of the relays in use
 */
GStrv
edge_node_report_relays (EdgeNode *node)
{
  g_autoptr(GListModel) backends = NULL;
  g_autoptr(GStrvBuilder) urls = g_strv_builder_new ();

  g_object_get (node, "backends", &backends, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (backends); i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (backends, i);

      if (edge_signaling_get_url (backend) != NULL)
        g_strv_builder_add (urls, edge_signaling_get_url (backend));
    }

  return g_strv_builder_end (urls);
}

static JsonArray *
list_relays (EdgeNode *node)
{
  g_autoptr(GListModel) backends = NULL;
  JsonArray *relays = json_array_new ();

  g_object_get (node, "backends", &backends, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (backends); i++)
    {
      g_autoptr(EdgeSignaling) backend = g_list_model_get_item (backends, i);
      EdgeSignalingState state = edge_signaling_get_state (backend);
      JsonObject *relay = json_object_new ();

      edge_node_report_string (relay, "url", edge_signaling_get_url (backend));
      json_object_set_string_member (relay, "state", edge_signaling_state_to_string (state));
      json_array_add_object_element (relays, relay);
    }

  return relays;
}

static void
add_network (JsonObject *status,
             EdgeNode   *node)
{
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *kind = NULL;
  JsonObject *network;

  g_object_get (node, "network-id", &id, "network-name", &name, "network-kind", &kind, NULL);
  if (id == NULL)
    {
      json_object_set_null_member (status, "network");
      return;
    }

  network = json_object_new ();
  edge_node_report_string (network, "id", id);
  edge_node_report_string (network, "name", name);
  edge_node_report_string (network, "kind", kind);
  json_object_set_object_member (status, "network", network);
}

/**
 * edge_node_report_status:
 * @node: a node
 *
 * Returns: (transfer full): the answer to `status`
 */
JsonNode *
edge_node_report_status (EdgeNode *node)
{
  JsonObject *status = json_object_new ();
  JsonObject *peers = json_object_new ();
  EdgeNodeState state = edge_node_get_state (node);
  g_autofree char *name = NULL;
  g_autofree char *headline = NULL;
  guint n_connected, n_known;
  double share;

  g_object_get (node, "name", &name, "headline", &headline, "share", &share,
                "n-connected", &n_connected, "n-known", &n_known, NULL);

  edge_node_report_string (status, "id", edge_node_get_id (node));
  json_object_set_string_member (status, "key",
                                 edge_node_key_state_to_string (edge_node_get_key_state (node)));
  edge_node_report_string (status, "name", name);
  json_object_set_string_member (status, "version", EDGE_VERSION);
  json_object_set_string_member (status, "state", edge_node_state_to_string (state));
  edge_node_report_string (status, "headline", headline);
  json_object_set_double_member (status, "share", share);
  add_network (status, node);
  json_object_set_int_member (peers, "connected", n_connected);
  json_object_set_int_member (peers, "known", n_known);
  json_object_set_object_member (status, "peers", peers);
  json_object_set_array_member (status, "relays", list_relays (node));
  json_object_set_int_member (status, "uptime_ms", edge_node_get_uptime (node));
  return take_object (status);
}

/* Whether it is a member is unknown before the ledger is open, and of who is in another network. */
static void
set_network (JsonObject *object,
             EdgeNode   *node,
             EdgePeer   *peer)
{
  EdgeBooks *books = node != NULL ? edge_node_get_books (node) : NULL;
  const EdgeNetwork *network = node != NULL ? edge_node_get_network (node) : NULL;
  const char *claimed = edge_peer_get_network (peer);
  gboolean same = network != NULL && g_strcmp0 (claimed, network->id) == 0;
  g_autoptr(EdgeAccount) account = NULL;
  EdgeId key;

  edge_node_report_string (object, "network", claimed);
  if (network != NULL && claimed != NULL)
    json_object_set_boolean_member (object, "same_network", same);
  else
    json_object_set_null_member (object, "same_network");
  if (books == NULL || !same || !edge_id_parse (&key, edge_peer_get_id (peer), -1))
    {
      json_object_set_null_member (object, "member");
      return;
    }
  account = edge_ledger_dup_account (edge_books_get_ledger (books), &key);
  json_object_set_boolean_member (object, "member", account != NULL && account->member);
}

/**
 * edge_node_report_peer:
 * @node: (nullable): the node that knows it, and who its members are
 * @peer: a peer
 *
 * Returns: (transfer full): one of the answer to `peers`
 */
JsonNode *
edge_node_report_peer (EdgeNode *node,
                       EdgePeer *peer)
{
  JsonObject *object = json_object_new ();
  gboolean linked = edge_peer_get_since (peer) > 0;

  json_object_set_string_member (object, "peer", edge_peer_get_id (peer));
  edge_node_report_string (object, "name", edge_peer_get_name (peer));
  json_object_set_string_member (object, "state",
                                 edge_peer_state_to_string (edge_peer_get_state (peer)));
  edge_node_report_string (object, "path", edge_peer_path_to_string (edge_peer_get_path (peer)));
  edge_node_report_string (object, "route", edge_peer_get_route (peer));
  edge_node_report_string (object, "found", edge_peer_get_found (peer));
  edge_node_report_ms (object, "latency_ms", edge_peer_get_latency (peer));
  edge_node_report_ms (object, "jitter_ms", edge_peer_get_jitter (peer));
  if (linked)
    {
      json_object_set_int_member (object, "in_bps", llround (edge_peer_get_in_rate (peer) * 8));
      json_object_set_int_member (object, "out_bps", llround (edge_peer_get_out_rate (peer) * 8));
      json_object_set_int_member (object, "in_bytes", (gint64) edge_peer_get_bytes_in (peer));
      json_object_set_int_member (object, "out_bytes", (gint64) edge_peer_get_bytes_out (peer));
      json_object_set_int_member (object, "since", edge_peer_get_since (peer));
    }
  else
    {
      json_object_set_null_member (object, "in_bps");
      json_object_set_null_member (object, "out_bps");
      json_object_set_null_member (object, "in_bytes");
      json_object_set_null_member (object, "out_bytes");
      json_object_set_null_member (object, "since");
    }
  json_object_set_boolean_member (object, "verified", edge_peer_get_verified (peer));
  set_network (object, node, peer);
  if (linked)
    json_object_set_boolean_member (object, "in_step", edge_peer_get_in_step (peer));
  else
    json_object_set_null_member (object, "in_step");
  return take_object (object);
}

/**
 * edge_node_report_peers:
 * @node: a node
 *
 * Returns: (transfer full): the answer to `peers`
 */
JsonNode *
edge_node_report_peers (EdgeNode *node)
{
  g_autoptr(GListModel) peers = NULL;
  JsonArray *array = json_array_new ();
  JsonNode *result = json_node_new (JSON_NODE_ARRAY);

  g_object_get (node, "peers", &peers, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (peers); i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (peers, i);

      json_array_add_element (array, edge_node_report_peer (node, peer));
    }

  json_node_take_array (result, array);
  return result;
}
