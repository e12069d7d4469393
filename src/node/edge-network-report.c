/* edge-network-report.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-network-report.h"

#include <string.h>

#include "identity/edge-words.h"
#include "ledger/edge-ledger-members.h"
#include "node/edge-finality.h"
#include "node/edge-ledger-report.h"
#include "node/edge-node-report.h"
#include "node/edge-closer.h"

/* The JSON of the commands about networks, described in edge-net-node(1). */

static JsonArray *
report_words (const char *id)
{
  g_auto(GStrv) words = edge_words_for_key (id);
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);
  return array;
}

static const char *
find_standing (EdgeLedger   *ledger,
               const EdgeId *key)
{
  g_autoptr(EdgeAccount) account = NULL;

  if (ledger != NULL && key != NULL)
    account = edge_ledger_dup_account (ledger, key);
  if (account == NULL || (!account->member && !account->has_head))
    return "none";
  return account->member ? "member" : "waiting";
}

static JsonObject *
report_key (const EdgeId *key)
{
  JsonObject *object = json_object_new ();
  g_autofree char *id = edge_id_to_text (key);

  json_object_set_string_member (object, "key", id);
  json_object_set_null_member (object, "name");
  json_object_set_boolean_member (object, "awake", FALSE);
  json_object_set_null_member (object, "since");
  return object;
}

/* Without a node that runs nobody is seen awake. */
static JsonArray *
report_keys (const EdgeNetwork *network,
             EdgeLedger        *ledger)
{
  JsonArray *array = json_array_new ();
  EdgeId keys[EDGE_GENESIS_MAX_VALIDATORS];
  guint n = network->rules.n_validators;

  memcpy (keys, network->rules.validators, sizeof keys);
  if (ledger != NULL)
    n = edge_ledger_get_validators (ledger, keys);
  for (guint i = 0; i < n; i++)
    json_array_add_object_element (array, report_key (&keys[i]));
  return array;
}

static JsonArray *
report_validators (GListModel *validators)
{
  JsonArray *array = json_array_new ();
  guint n = g_list_model_get_n_items (validators);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeCloser) validator = g_list_model_get_item (validators, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "key", edge_closer_get_id (validator));
      edge_node_report_string (object, "name", edge_closer_get_name (validator));
      json_object_set_boolean_member (object, "awake", edge_closer_get_awake (validator));
      if (edge_closer_get_since (validator) > 0)
        json_object_set_int_member (object, "since", edge_closer_get_since (validator));
      else
        json_object_set_null_member (object, "since");
      json_array_add_object_element (array, object);
    }
  return array;
}

/* Which other list each validator wants. */
static JsonArray *
report_proposals (EdgeLedger *ledger)
{
  JsonArray *array = json_array_new ();
  g_autoptr(GArray) proposals = edge_ledger_dup_proposals (ledger);

  for (guint i = 0; i < proposals->len; i++)
    {
      const EdgeProposal *proposal = &g_array_index (proposals, EdgeProposal, i);
      g_autofree char *by = edge_id_to_text (&proposal->key);
      JsonObject *object = json_object_new ();
      JsonArray *keys = json_array_new ();

      for (guint k = 0; k < proposal->n_keys; k++)
        {
          g_autofree char *key = edge_id_to_text (&proposal->keys[k]);

          json_array_add_string_element (keys, key);
        }
      json_object_set_string_member (object, "key", by);
      json_object_set_array_member (object, "validators", keys);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
report_params (const EdgeGenesis *genesis)
{
  JsonObject *params = json_object_new ();

  for (guint i = 0; i < EDGE_GENESIS_N_PARAMS; i++)
    json_object_set_int_member (params, edge_genesis_param_info (i)->name,
                                (gint64) genesis->params[i]);
  return params;
}

/* Two certificates for one checkpoint, where validators lied. */
static JsonNode *
report_conflict (EdgeBooks *books)
{
  EdgeAgreement *agreement = books != NULL ? edge_books_get_agreement (books) : NULL;
  const char *text = agreement != NULL ? edge_agreement_get_conflict (agreement) : NULL;

  return text != NULL ? json_from_string (text, NULL) : json_node_new (JSON_NODE_NULL);
}

/**
 * edge_network_report:
 * @network: a network
 * @ledger: (nullable): its ledger, if it is open
 * @key: (nullable): our key
 * @books: (nullable): its books, when a node runs in it
 *
 * Returns: (transfer full): the answer to `network show`
 */
JsonNode *
edge_network_report (const EdgeNetwork *network,
                     EdgeLedger        *ledger,
                     const EdgeId      *key,
                     EdgeBooks         *books)
{
  JsonObject *object = json_object_new ();
  JsonArray *relays = json_array_new ();
  g_autoptr(EdgeFinality) finality = NULL;
  g_autoptr(GListModel) validators = NULL;
  JsonNode *node;

  if (books != NULL)
    g_object_get (books, "finality", &finality, NULL);
  if (finality != NULL)
    g_object_get (finality, "validators", &validators, NULL);
  json_object_set_string_member (object, "id", network->id);
  json_object_set_string_member (object, "name", network->name);
  json_object_set_array_member (object, "words", report_words (network->id));
  json_object_set_string_member (object, "kind", edge_network_get_kind (network));
  json_object_set_object_member (object, "params", report_params (&network->rules));
  if (network->open)
    json_object_set_null_member (object, "founder");
  else
    {
      g_autofree char *founder = edge_id_to_text (&network->rules.author);

      json_object_set_string_member (object, "founder", founder);
    }
  if (ledger != NULL)
    json_object_set_int_member (object, "members", edge_ledger_count_members (ledger));
  else
    json_object_set_null_member (object, "members");
  json_object_set_string_member (object, "you", find_standing (ledger, key));
  json_object_set_array_member (object, "validators",
                                validators != NULL && g_list_model_get_n_items (validators) > 0
                                  ? report_validators (validators)
                                  : report_keys (network, ledger));
  if (ledger != NULL)
    json_object_set_array_member (object, "proposals", report_proposals (ledger));
  else
    json_object_set_null_member (object, "proposals");
  if (ledger != NULL)
    json_object_set_member (object, "checkpoint", edge_ledger_report_checkpoint (ledger));
  else
    json_object_set_null_member (object, "checkpoint");
  json_object_set_member (object, "conflict", report_conflict (books));
  for (guint i = 0; network->relays[i] != NULL; i++)
    json_array_add_string_element (relays, network->relays[i]);
  json_object_set_array_member (object, "relays", relays);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

/**
 * edge_network_report_list:
 * @networks: (element-type EdgeNetwork): the networks known
 * @chosen: (nullable): id of the one joined, or joined last
 *
 * Returns: (transfer full): the answer to `network list`
 */
JsonNode *
edge_network_report_list (GPtrArray  *networks,
                          const char *chosen)
{
  JsonArray *array = json_array_new ();
  JsonNode *node;

  for (guint i = 0; i < networks->len; i++)
    {
      const EdgeNetwork *network = networks->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", network->id);
      json_object_set_string_member (object, "name", network->name);
      json_object_set_string_member (object, "kind", edge_network_get_kind (network));
      json_object_set_boolean_member (object, "current", g_strcmp0 (chosen, network->id) == 0);
      json_array_add_object_element (array, object);
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return node;
}
