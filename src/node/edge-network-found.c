/* edge-network-found.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-network-found.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "base/edge-clock.h"
#include "base/edge-json.h"
#include "ledger/edge-open-genesis.h"
#include "node/edge-node-error.h"

#define MAX_TYPED_NAME 1024
#define MAX_AMOUNT     20

static gboolean G_GNUC_PRINTF (2, 3)
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (EDGE_NODE_ERROR, EDGE_NODE_ERROR_NETWORK_FILE,
                                                format, arguments));
  va_end (arguments);
  return FALSE;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return edge_id_compare (a, b);
}

static int
compare_grants (gconstpointer a,
                gconstpointer b)
{
  return edge_id_compare (&((const EdgeGrant *) a)->key, &((const EdgeGrant *) b)->key);
}

static gboolean
read_params (EdgeGenesis  *genesis,
             JsonObject   *params,
             GError      **error)
{
  g_autoptr(GList) names = params != NULL ? json_object_get_members (params) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autoptr(GError) local = NULL;
      EdgeGenesisParam param;
      gint64 value;

      if (!edge_genesis_param_find (l->data, &param) || param == EDGE_GENESIS_RULES_VERSION)
        return refuse (error, _("There is no parameter “%s”"), (const char *) l->data);
      if (!edge_json_read_int (params, l->data, 0, G_MAXINT64, &value, &local))
        return refuse (error, _("The parameter “%s” is not a whole number"),
                       (const char *) l->data);
      genesis->params[param] = (guint64) value;
    }
  return TRUE;
}

static gboolean
read_validators (EdgeGenesis   *genesis,
                 JsonArray     *validators,
                 EdgeIdentity  *founder,
                 GError       **error)
{
  guint n = validators != NULL ? json_array_get_length (validators) : 0;

  if (n == 0)
    {
      memcpy (genesis->validators[0].bytes, edge_identity_get_public_key (founder), EDGE_ID_SIZE);
      genesis->n_validators = 1;
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (validators, i);
      const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (text == NULL || !edge_id_parse (&genesis->validators[i], text, -1))
        return refuse (error, _("“%s” is no key"), text != NULL ? text : "");
    }
  genesis->n_validators = n;
  qsort (genesis->validators, n, sizeof *genesis->validators, compare_keys);
  return TRUE;
}

static gboolean
read_grants (EdgeGenesis  *genesis,
             JsonObject   *grants,
             GError      **error)
{
  g_autoptr(GList) keys = grants != NULL ? json_object_get_members (grants) : NULL;

  if (g_list_length (keys) > EDGE_GENESIS_MAX_GRANTS)
    return refuse (error, _("A network has at most %d grants"), EDGE_GENESIS_MAX_GRANTS);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      EdgeGrant *grant = &genesis->grants[genesis->n_grants++];
      g_autoptr(GError) local = NULL;
      const char *amount = NULL;

      if (!edge_id_parse (&grant->key, l->data, -1))
        return refuse (error, _("“%s” is no key"), (const char *) l->data);
      if (!edge_json_read_string (grants, l->data, MAX_AMOUNT, &amount, &local) || amount == NULL ||
          !g_ascii_string_to_unsigned (amount, 10, 1, EDGE_AMOUNT_MAX, &grant->amount, NULL))
        return refuse (error, _("The grant to %s is not between 0.000000001 and 1000000 credits"),
                       (const char *) l->data);
    }
  qsort (genesis->grants, genesis->n_grants, sizeof *genesis->grants, compare_grants);
  return TRUE;
}

static gboolean
read_relays (JsonArray  *relays,
             GStrv      *urls,
             GError    **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; relays != NULL && i < json_array_get_length (relays); i++)
    {
      JsonNode *node = json_array_get_element (relays, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_string (node) == NULL)
        return refuse (error, _("The address of a relay makes no sense"));
      g_strv_builder_add (builder, json_node_get_string (node));
    }
  *urls = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * edge_network_found:
 * @founder: who makes the network and signs its genesis
 * @wish: (array length=length): a JSON object: `name`; `params`, numbers by their names;
 *   `validators`, keys; `grants`, nano as text by key; `relays`; all but `name` may be absent
 * @length: its bytes
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Makes a network. Its time is now, its validator the founder when none is named.
 *
 * Returns: (transfer full) (nullable): the network
 */
EdgeNetwork *
edge_network_found (EdgeIdentity  *founder,
                    const char    *wish,
                    gsize          length,
                    GError       **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(JsonObject) object = edge_json_parse (wish, length, EDGE_NETWORK_MAX_FILE, &local);
  g_auto(GStrv) urls = NULL;
  g_autofree char *name = NULL;
  g_autofree char *jws = NULL;
  const char *typed = NULL;
  JsonArray *validators = NULL;
  JsonArray *relays = NULL;
  JsonObject *params = NULL;
  JsonObject *grants = NULL;
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  guint8 secret[EDGE_ROOM_SECRET_SIZE];

  if (object == NULL ||
      !edge_json_require (object, "name", &local) ||
      !edge_json_read_string (object, "name", MAX_TYPED_NAME, &typed, &local) ||
      !edge_json_read_object (object, "params", &params, &local) ||
      !edge_json_read_array (object, "validators", EDGE_GENESIS_MAX_VALIDATORS, &validators, &local) ||
      !edge_json_read_object (object, "grants", &grants, &local) ||
      !edge_json_read_array (object, "relays", EDGE_NETWORK_MAX_RELAYS, &relays, &local))
    {
      refuse (error, _("A network can’t be made so: %s"), local->message);
      return NULL;
    }

  name = edge_open_genesis_name (typed);
  if (name == NULL)
    {
      refuse (error, "%s", _("The name of a network has 1 to 64 bytes of UTF-8 and no control "
                             "characters"));
      return NULL;
    }
  edge_genesis_init (&genesis, name);
  if (!read_params (&genesis, params, error) ||
      !read_validators (&genesis, validators, founder, error) ||
      !read_grants (&genesis, grants, error) ||
      !read_relays (relays, &urls, error))
    return NULL;
  if (!edge_genesis_check (&genesis, &local))
    {
      refuse (error, _("A network can’t be made so: %s"), local->message);
      return NULL;
    }

  edge_identity_copy_seed (founder, seed);
  jws = edge_genesis_sign (&genesis, edge_clock_now (), seed);
  sodium_memzero (seed, sizeof seed);
  randombytes_buf (secret, sizeof secret);
  return edge_network_new_founded (jws, secret, (const char * const *) urls, error);
}
