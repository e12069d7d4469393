/* edge-cli-network.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-network.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/edge-file.h"
#include "base/edge-json.h"
#include "cli/edge-cli-commands.h"
#include "cli/edge-cli-folder.h"
#include "cli/edge-cli-identity.h"
#include "cli/edge-cli-output.h"
#include "cli/edge-cli-text-ledger.h"
#include "cli/edge-cli-visit.h"
#include "ledger/edge-amount.h"
#include "node/edge-network-found.h"
#include "node/edge-network-report.h"
#include "node/edge-node-error.h"

static int
usage (EdgeCliOptions *options,
       const char     *message)
{
  edge_cli_output_error (options->json, "usage", message, NULL);
  return EDGE_CLI_EXIT_USAGE;
}

static int
print (EdgeCliOptions *options,
       JsonNode       *taken,
       char         *(*describe) (JsonNode *))
{
  g_autoptr(JsonNode) node = taken;
  g_autofree char *text = NULL;

  if (options->json)
    {
      edge_cli_output_node (g_steal_pointer (&node));
      return 0;
    }
  text = describe (node);
  edge_cli_output_line (g_strchomp (text));
  return 0;
}

static int
ask (EdgeCliOptions *options,
     const char     *method,
     const char     *argument,
     char         *(*describe) (JsonNode *))
{
  g_autoptr(GVariant) parameters = NULL;
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;
  const char *json;

  if (argument != NULL)
    parameters = g_variant_ref_sink (g_variant_new ("(s)", argument));
  reply = edge_cli_visit_call (options->state, method, parameters, "(s)", &error);
  if (reply == NULL)
    return edge_cli_commands_no_node (options, error);
  g_variant_get (reply, "(&s)", &json);
  if (describe == NULL)
    {
      edge_cli_output_line (json);
      return 0;
    }
  return print (options, json_from_string (json, NULL), describe);
}

/* What `network show` says, of the network that the folder is open for. */
static int
print_network (EdgeCliOptions    *options,
               EdgeCliFolder     *folder,
               const EdgeNetwork *network)
{
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;
  EdgeId key;

  g_clear_pointer (&folder->network, edge_network_free);
  folder->network = edge_network_copy (network);
  if (!edge_cli_folder_open_ledger (folder, options, &error))
    return edge_cli_output_gerror (options->json, error);
  /* Who can't say which key is ours can still look at the network. */
  identity = edge_cli_identity_obtain (options, NULL);
  if (identity != NULL)
    memcpy (key.bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
  return print (options, edge_network_report (network, folder->ledger,
                                                     identity != NULL ? &key : NULL, NULL),
                edge_cli_text_network);
}

static int
choose_and_print (EdgeCliOptions    *options,
                  EdgeCliFolder     *folder,
                  const EdgeNetwork *network)
{
  g_autoptr(GError) error = NULL;

  if (!edge_cli_folder_choose (folder, options, network, &error))
    return edge_cli_output_gerror (options->json, error);
  return print_network (options, folder, network);
}

/* K=V pairs as members; @amounts are credits and become nano as text. */
static JsonObject *
read_pairs (GStrv     pairs,
            gboolean  amounts)
{
  g_autoptr(JsonObject) object = json_object_new ();

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      const char *sign = strrchr (pairs[i], '=');
      g_autofree char *name = sign != NULL ? g_strndup (pairs[i], sign - pairs[i]) : NULL;
      guint64 value;

      if (name == NULL || name[0] == '\0' || json_object_has_member (object, name))
        return NULL;
      if (amounts)
        {
          char text[32];

          if (!edge_amount_parse (sign + 1, &value))
            return NULL;
          g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, value);
          json_object_set_string_member (object, name, text);
        }
      else
        {
          if (!g_ascii_string_to_unsigned (sign + 1, 10, 0, G_MAXINT64, &value, NULL))
            return NULL;
          json_object_set_int_member (object, name, (gint64) value);
        }
    }
  return g_steal_pointer (&object);
}

static void
set_list (JsonObject *wish,
          const char *member,
          GStrv       words)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);
  json_object_set_array_member (wish, member, array);
}

static int
create (EdgeCliOptions *options,
        EdgeCliFolder  *folder)
{
  g_autoptr(JsonObject) wish = json_object_new ();
  JsonObject *params = read_pairs (options->params, FALSE);
  JsonObject *grants = read_pairs (options->grants, TRUE);
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(EdgeNetwork) network = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *place = NULL;

  if (params != NULL)
    json_object_set_object_member (wish, "params", params);
  if (grants != NULL)
    json_object_set_object_member (wish, "grants", grants);
  if (options->name == NULL)
    return usage (options, _("“network create” takes --name"));
  if (params == NULL)
    return usage (options, _("--param takes a name and a whole number, as in fee=1000000"));
  if (grants == NULL)
    return usage (options, _("--grant takes a key and credits, as in KEY=100.5"));

  json_object_set_string_member (wish, "name", options->name);
  set_list (wish, "validators", options->validators);
  set_list (wish, "relays", options->relays);
  text = edge_json_print (wish);
  if (folder->dir == NULL)
    return ask (options, "NetworkCreate", text, edge_cli_text_network);

  identity = edge_cli_identity_obtain (options, &error);
  if (identity != NULL)
    network = edge_network_found (identity, text, strlen (text), &error);
  if (network == NULL)
    return edge_cli_output_gerror (options->json, error);

  /* Nobody has signed anything in it yet, wherever the key is from. */
  place = edge_state_dir_dup_place (options->state);
  edge_node_store_note_key (folder->store, edge_identity_get_id (identity), place,
                            edge_identity_is_new (identity));
  edge_node_store_set_settled (folder->store, network->id, TRUE);
  return choose_and_print (options, folder, network);
}

static int
list (EdgeCliOptions *options,
      EdgeCliFolder  *folder)
{
  g_autoptr(GPtrArray) networks = NULL;

  if (folder->dir == NULL)
    return ask (options, "Networks", NULL, edge_cli_text_networks);
  networks = edge_network_folder_list (options->state);
  return print (options,
                edge_network_report_list (networks,
                                             folder->network != NULL ? folder->network->id : NULL),
                edge_cli_text_networks);
}

/* The one named, or the one joined last. */
static EdgeNetwork *
find_network (EdgeCliOptions  *options,
              EdgeCliFolder   *folder,
              GError         **error)
{
  if (options->words[2] != NULL)
    return edge_network_folder_find (options->state, options->words[2], error);
  if (folder->network != NULL)
    return edge_network_copy (folder->network);
  g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                       _("No network was joined yet"));
  return NULL;
}

static int
show (EdgeCliOptions *options,
      EdgeCliFolder  *folder)
{
  g_autoptr(EdgeNetwork) network = NULL;
  g_autoptr(GError) error = NULL;

  if (folder->dir == NULL)
    return ask (options, "NetworkShow", options->words[2] != NULL ? options->words[2] : "",
                edge_cli_text_network);
  network = find_network (options, folder, &error);
  if (network == NULL)
    return edge_cli_output_gerror (options->json, error);
  return print_network (options, folder, network);
}

static int
export_network (EdgeCliOptions *options,
                EdgeCliFolder  *folder)
{
  g_autoptr(EdgeNetwork) network = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (folder->dir == NULL)
    return ask (options, "NetworkExport", options->words[2] != NULL ? options->words[2] : "", NULL);
  network = find_network (options, folder, &error);
  if (network == NULL)
    return edge_cli_output_gerror (options->json, error);
  text = edge_network_to_text (network);
  edge_cli_output_line (text);
  return 0;
}

static int
switch_network (EdgeCliOptions *options,
                EdgeCliFolder  *folder)
{
  g_autoptr(EdgeNetwork) network = NULL;
  g_autoptr(GError) error = NULL;

  if (options->words[2] == NULL)
    return usage (options, _("“network switch” takes the id or name of a network"));
  if (folder->dir == NULL)
    return ask (options, "NetworkSwitch", options->words[2], edge_cli_text_network);
  network = find_network (options, folder, &error);
  if (network == NULL)
    return edge_cli_output_gerror (options->json, error);
  return choose_and_print (options, folder, network);
}

static EdgeNetwork *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr(GBytes) file = edge_file_load (path, error);

  if (file == NULL)
    return NULL;
  return edge_network_parse (g_bytes_get_data (file, NULL), g_bytes_get_size (file), error);
}

static int
join (EdgeCliOptions *options,
      EdgeCliFolder  *folder)
{
  g_autoptr(EdgeNetwork) network = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if ((options->words[2] != NULL) == (options->open != NULL))
    return usage (options, _("“network join” takes a network file, or --open and a name"));
  if (options->open != NULL)
    {
      network = edge_network_new_open (options->open);
      if (network == NULL)
        return usage (options, _("The name of a network has 1 to 64 bytes of UTF-8 and no control "
                                 "characters"));
    }
  else
    network = read_file (options->words[2], &error);
  if (network == NULL)
    return edge_cli_output_gerror (options->json, error);

  text = edge_network_to_text (network);
  if (folder->dir == NULL)
    return ask (options, "NetworkJoin", text, edge_cli_text_network);
  return choose_and_print (options, folder, network);
}

/**
 * edge_cli_network_do:
 * @options: the command line
 *
 * Does `network`: asks the node that runs, or works on the folder.
 *
 * Returns: the exit status
 */
int
edge_cli_network_do (EdgeCliOptions *options)
{
  static const struct
  {
    const char *word;
    int (*func) (EdgeCliOptions *options, EdgeCliFolder *folder);
    guint max_words;
  } parts[] = {
    { "create", create, 2 },
    { "list", list, 2 },
    { "show", show, 3 },
    { "switch", switch_network, 3 },
    { "join", join, 3 },
    { "export", export_network, 3 },
  };
  g_auto(EdgeCliFolder) folder = { NULL };
  g_autoptr(GError) error = NULL;
  const char *word = options->words[1];

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!g_str_equal (word, parts[i].word))
        continue;
      if (g_strv_length (options->words) > parts[i].max_words)
        return usage (options, _("This takes less than that"));
      if (parts[i].func != create &&
          (options->params != NULL || options->grants != NULL || options->validators != NULL ||
           options->name != NULL || options->relays != NULL))
        return usage (options, _("These options are for “network create”"));
      if (parts[i].func != join && options->open != NULL)
        return usage (options, _("--open is for “network join”"));
      if (!edge_cli_folder_open (&folder, options, &error))
        return edge_cli_output_gerror (options->json, error);
      return parts[i].func (options, &folder);
    }
  return usage (options, _("“network” takes create, list, show, switch, join or export"));
}
