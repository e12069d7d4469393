/* edge-cli-proof.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-proof.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/edge-file.h"
#include "cli/edge-cli-commands.h"
#include "cli/edge-cli-folder.h"
#include "cli/edge-cli-identity.h"
#include "cli/edge-cli-output.h"
#include "cli/edge-cli-visit.h"
#include "ledger/edge-amount.h"
#include "ledger/edge-proof.h"

/* Folding again what is open may take this long, in seconds. */
#define LIMIT 600

static int
usage (EdgeCliOptions *options,
       const char     *message)
{
  edge_cli_output_error (options->json, "usage", message, NULL);
  return EDGE_CLI_EXIT_USAGE;
}

/* Its last byte counts, so nothing is added. */
static int
put (const char *text)
{
  fputs (text, stdout);
  return fflush (stdout) == 0 ? 0 : EDGE_CLI_EXIT_FAILED;
}

static int
ask (EdgeCliOptions *options,
     const char     *key)
{
  g_autoptr(GVariant) parameters = g_variant_ref_sink (g_variant_new ("(s)", key));
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;
  const char *text;

  reply = edge_cli_visit_call_long (options->state, "LedgerProof", parameters, "(s)", LIMIT, &error);
  if (reply == NULL)
    return edge_cli_commands_no_node (options, error);
  g_variant_get (reply, "(&s)", &text);
  return put (text);
}

/**
 * edge_cli_proof_make:
 * @options: the command line
 *
 * Does `ledger proof`: asks the node that runs, or opens the folder. It prints the
 * proof as it is to be kept, whether JSON was asked for or not.
 *
 * Returns: the exit status
 */
int
edge_cli_proof_make (EdgeCliOptions *options)
{
  g_auto(EdgeCliFolder) folder = { NULL };
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *proof = NULL;
  const char *text = options->words[2];
  EdgeId key;

  if (text != NULL && !edge_id_parse (&key, text, -1))
    return usage (options, _("A key is 43 letters, digits, - and _"));
  if (!edge_cli_folder_open (&folder, options, &error))
    return edge_cli_output_gerror (options->json, error);
  if (folder.dir == NULL)
    return ask (options, text != NULL ? text : "");

  if (!edge_cli_folder_open_ledger (&folder, options, &error))
    return edge_cli_output_gerror (options->json, error);
  if (text == NULL)
    {
      identity = edge_cli_identity_obtain (options, &error);
      if (identity == NULL)
        return edge_cli_output_gerror (options->json, error);
      memcpy (key.bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
    }
  proof = edge_ledger_dup_proof (folder.ledger, &key, &error);
  if (proof == NULL)
    return edge_cli_output_gerror (options->json, error);
  return put (proof);
}

static void
set_id (JsonObject   *object,
        const char   *member,
        const EdgeId *id)
{
  char text[EDGE_ID_TEXT_SIZE];

  edge_id_write (id, text);
  json_object_set_string_member (object, member, text);
}

static JsonNode *
report (const EdgeProof *proof)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *checkpoint = json_object_new ();
  JsonArray *validators = json_array_new ();

  set_id (object, "network", &proof->genesis->id);
  json_object_set_string_member (object, "name", proof->genesis->body->genesis->name);
  set_id (object, "key", &proof->key);
  if (proof->text != NULL)
    json_object_set_member (object, "account", json_from_string (proof->text, NULL));
  else
    json_object_set_null_member (object, "account");
  json_object_set_int_member (checkpoint, "n", (gint64) proof->last.checkpoint.n);
  set_id (checkpoint, "hash", &proof->last.hash);
  json_object_set_int_member (checkpoint, "time", (gint64) proof->last.time);
  json_object_set_int_member (checkpoint, "count", (gint64) proof->last.checkpoint.count);
  set_id (checkpoint, "state", &proof->last.checkpoint.state);
  json_object_set_object_member (object, "checkpoint", checkpoint);
  json_object_set_int_member (object, "signers", proof->last.n_signers);
  json_object_set_int_member (object, "changes", proof->n_changes);
  for (guint i = 0; i < proof->last.n_validators; i++)
    {
      char text[EDGE_ID_TEXT_SIZE];

      edge_id_write (&proof->last.validators[i], text);
      json_array_add_string_element (validators, text);
    }
  json_object_set_array_member (object, "validators", validators);
  json_node_take_object (node, object);
  return node;
}

static char *
describe (const EdgeProof *proof)
{
  g_autofree char *key = edge_id_to_text (&proof->key);
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc ((gint64) (proof->last.time / 1000));
  g_autofree char *when = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%SZ")
                                       : g_strdup ("–");
  g_autofree char *available = NULL;
  g_autofree char *staked = NULL;
  g_autofree char *locked = NULL;

  if (proof->account == NULL)
    return g_strdup_printf (_("The proof holds: %1$s had no account in “%2$s” at checkpoint "
                              "%3$u, %4$s."),
                            key, proof->genesis->body->genesis->name,
                            (guint) proof->last.checkpoint.n, when);
  available = edge_amount_to_text (proof->account->free);
  locked = edge_amount_to_text (edge_account_sum (proof->account->lots));
  staked = edge_amount_to_text (edge_account_stake (proof->account));
  return g_strdup_printf (_("The proof holds: %1$s had %2$s available, %3$s locked and %4$s staked "
                            "in “%5$s” at checkpoint %6$u, %7$s."),
                          key, available, locked, staked, proof->genesis->body->genesis->name,
                          (guint) proof->last.checkpoint.n, when);
}

/**
 * edge_cli_proof_check:
 * @options: the command line
 *
 * Does `ledger check-proof`, which needs neither folder nor node nor connection.
 *
 * Returns: the exit status
 */
int
edge_cli_proof_check (EdgeCliOptions *options)
{
  g_autoptr(GBytes) file = NULL;
  g_autoptr(EdgeProof) proof = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  EdgeId net;

  if (options->words[2] == NULL)
    return usage (options, _("“ledger check-proof” takes a file"));
  if (options->network == NULL || !edge_id_parse (&net, options->network, -1))
    return usage (options, _("“ledger check-proof” needs --network and the id of the network"));
  file = edge_file_load (options->words[2], &error);
  if (file == NULL)
    return edge_cli_output_gerror (options->json, error);
  proof = edge_proof_check (g_bytes_get_data (file, NULL), g_bytes_get_size (file), &net, &error);
  if (proof == NULL)
    {
      text = g_strdup_printf (_("The proof does not hold: %s"), error->message);
      edge_cli_output_error (options->json, "proof", text, NULL);
      return EDGE_CLI_EXIT_FAILED;
    }
  if (options->json)
    {
      edge_cli_output_node (report (proof));
      return 0;
    }
  text = describe (proof);
  edge_cli_output_line (text);
  return 0;
}
