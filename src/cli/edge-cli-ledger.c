/* edge-cli-ledger.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-ledger.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/edge-file.h"
#include "cli/edge-cli-commands.h"
#include "cli/edge-cli-folder.h"
#include "cli/edge-cli-identity.h"
#include "cli/edge-cli-output.h"
#include "cli/edge-cli-proof.h"
#include "cli/edge-cli-text-ledger.h"
#include "cli/edge-cli-visit.h"
#include "ledger/edge-amount.h"
#include "ledger/edge-ledger-fold-file.h"
#include "ledger/edge-ledger-import.h"
#include "node/edge-ledger-report.h"
#include "node/edge-node-error.h"
#include "node/edge-node-report.h"

/* What takes long may take this long, in seconds. */
#define LONG_LIMIT 3600
#define LIST_MOST  100

typedef char *(*Describe) (JsonNode *answer);

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
       Describe        describe)
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

/* Asks the node that runs, and prints what it says. */
static int
ask (EdgeCliOptions *options,
     const char     *method,
     GVariant       *parameters,
     Describe        describe)
{
  g_autoptr(GVariant) sunk = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;
  const char *json;

  reply = edge_cli_visit_call_long (options->state, method, sunk, "(s)", LONG_LIMIT, &error);
  if (reply == NULL)
    return edge_cli_commands_no_node (options, error);
  g_variant_get (reply, "(&s)", &json);
  return print (options, json_from_string (json, NULL), describe);
}

static int
list_events (EdgeCliOptions *options,
             EdgeCliFolder  *folder)
{
  const char *text = options->words[2];
  guint64 most = LIST_MOST;
  EdgeId key;

  if (text != NULL && !edge_id_parse (&key, text, -1))
    return usage (options, _("A key is 43 letters, digits, - and _"));
  if (options->most != NULL &&
      !g_ascii_string_to_unsigned (options->most, 10, 1, EDGE_LEDGER_REPORT_MAX, &most, NULL))
    return usage (options, _("--most takes a number from 1 to 1000"));

  if (folder->ledger == NULL)
    return ask (options, "LedgerList",
                g_variant_new ("(suu)", text != NULL ? text : "", 0, (guint) most),
                edge_cli_text_entries);
  return print (options, edge_ledger_report_list (folder->ledger, text != NULL ? &key : NULL, 0,
                                                  (guint) most), edge_cli_text_entries);
}

static int
show_event (EdgeCliOptions *options,
            EdgeCliFolder  *folder)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  if (options->words[2] == NULL)
    return usage (options, _("“ledger show” takes the id of an event"));
  if (folder->ledger == NULL)
    return ask (options, "LedgerEvent", g_variant_new ("(s)", options->words[2]),
                edge_cli_text_entry);
  node = edge_ledger_report_event (folder->ledger, options->words[2], &error);
  if (node == NULL)
    return edge_cli_output_gerror (options->json, error);
  return print (options, node, edge_cli_text_entry);
}

static int
verify (EdgeCliOptions *options,
        EdgeCliFolder  *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;

  if (folder->ledger != NULL)
    edge_ledger_verify (folder->ledger, NULL, &error);
  else
    {
      reply = edge_cli_visit_call_long (options->state, "LedgerVerify", NULL, "()", LONG_LIMIT,
                                        &error);
      if (reply == NULL)
        return edge_cli_commands_no_node (options, error);
    }
  if (error != NULL)
    {
      edge_cli_output_error (options->json, "ledger", error->message, NULL);
      return EDGE_CLI_EXIT_FAILED;
    }
  edge_cli_output_line (options->json ? "{\"verified\":true}" : _("All is as it follows from what is stored."));
  return 0;
}

static int
copy_out (EdgeCliOptions *options,
          const char     *path)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    return edge_cli_output_gerror (options->json, error);
  fwrite (text, 1, length, stdout);
  return fflush (stdout) == 0 ? 0 : EDGE_CLI_EXIT_FAILED;
}

/* The node writes to a file of its folder when the text is wanted on standard output. */
static int
export_running (EdgeCliOptions *options,
                const char     *given)
{
  g_autofree char *path = NULL;
  g_autoptr(GVariant) parameters = NULL;
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;
  int status = 0;

  path = given != NULL ? g_canonicalize_filename (given, NULL)
                       : g_strdup_printf ("%s/export-%d.json", options->state, (int) getpid ());
  parameters = g_variant_ref_sink (g_variant_new ("(s)", path));
  reply = edge_cli_visit_call_long (options->state, "LedgerExport", parameters, "()", LONG_LIMIT,
                                    &error);
  if (reply == NULL)
    return edge_cli_commands_no_node (options, error);
  if (given == NULL)
    {
      status = copy_out (options, path);
      g_unlink (path);
    }
  return status;
}

static int
export_events (EdgeCliOptions *options,
               EdgeCliFolder  *folder)
{
  const char *path = options->words[2];
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (folder->ledger == NULL)
    return export_running (options, path);

  text = edge_ledger_export (folder->ledger, &error);
  if (text == NULL)
    return edge_cli_output_gerror (options->json, error);
  if (path == NULL)
    {
      fputs (text, stdout);
      return fflush (stdout) == 0 ? 0 : EDGE_CLI_EXIT_FAILED;
    }
  if (!g_file_set_contents (path, text, -1, &error))
    return edge_cli_output_gerror (options->json, error);
  return 0;
}

typedef struct
{
  GMainLoop        *loop;
  EdgeIngestResult *result;
  GError           *error;
} Import;

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Import *import = user_data;

  import->result = edge_ledger_import_finish (EDGE_LEDGER (source), result, &import->error);
  g_main_loop_quit (import->loop);
}

static int
import_events (EdgeCliOptions *options,
               EdgeCliFolder  *folder)
{
  g_autofree char *path = NULL;
  g_autoptr(GMainLoop) loop = NULL;
  g_autoptr(EdgeIngestResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Import import = { NULL };

  if (options->words[2] == NULL)
    return usage (options, _("“ledger import” takes a file"));
  path = g_canonicalize_filename (options->words[2], NULL);
  if (folder->ledger == NULL)
    return ask (options, "LedgerImport", g_variant_new ("(s)", path), edge_cli_text_import);

  loop = g_main_loop_new (NULL, FALSE);
  import.loop = loop;
  edge_ledger_import_async (folder->ledger, path, NULL, imported_cb, &import);
  g_main_loop_run (loop);
  result = import.result;
  error = import.error;
  if (result == NULL)
    return edge_cli_output_gerror (options->json, error);
  return print (options, edge_ledger_report_ingest (result), edge_cli_text_import);
}

/* It needs neither folder nor node, and prints JSON in any case. */
static int
fold_file (EdgeCliOptions *options)
{
  g_autoptr(GBytes) file = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (options->words[2] == NULL)
    return usage (options, _("“ledger fold” takes a file"));
  file = edge_file_load (options->words[2], &error);
  if (file != NULL)
    text = edge_ledger_fold_file (g_bytes_get_data (file, NULL), g_bytes_get_size (file), &error);
  if (text == NULL)
    return edge_cli_output_gerror (options->json, error);
  edge_cli_output_line (text);
  return 0;
}

static int
show_status (EdgeCliOptions *options,
             EdgeCliFolder  *folder)
{
  if (folder->ledger == NULL)
    return ask (options, "LedgerStatus", NULL, edge_cli_text_ledger);
  return print (options, edge_ledger_report_status (folder->ledger, NULL), edge_cli_text_ledger);
}

/**
 * edge_cli_ledger_do:
 * @options: the command line
 *
 * Does `ledger`: asks the node that runs, or opens the folder.
 *
 * Returns: the exit status
 */
int
edge_cli_ledger_do (EdgeCliOptions *options)
{
  static const struct
  {
    const char *word;
    int (*func) (EdgeCliOptions *options, EdgeCliFolder *folder);
    guint max_words;
  } parts[] = {
    { "status", show_status, 2 },
    { "list", list_events, 3 },
    { "show", show_event, 3 },
    { "verify", verify, 2 },
    { "export", export_events, 3 },
    { "import", import_events, 3 },
  };
  g_auto(EdgeCliFolder) folder = { NULL };
  g_autoptr(GError) error = NULL;
  const char *word = options->words[1];

  if (options->network != NULL && !g_str_equal (word, "check-proof"))
    return usage (options, _("Only “ledger check-proof” takes --network"));
  if (g_str_equal (word, "fold"))
    return fold_file (options);
  if (g_str_equal (word, "proof"))
    return edge_cli_proof_make (options);
  if (g_str_equal (word, "check-proof"))
    return edge_cli_proof_check (options);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!g_str_equal (word, parts[i].word))
        continue;
      if (g_strv_length (options->words) > parts[i].max_words)
        return usage (options, _("This takes less than that"));
      if (!edge_cli_folder_open (&folder, options, &error) ||
          (folder.dir != NULL && !edge_cli_folder_open_ledger (&folder, options, &error)))
        return edge_cli_output_gerror (options->json, error);
      return parts[i].func (options, &folder);
    }
  return usage (options, _("“ledger” takes status, list, show, verify, export, import, fold, proof "
                           "or check-proof"));
}

static gboolean
read_own_key (EdgeCliOptions  *options,
              EdgeId          *key,
              GError         **error)
{
  g_autoptr(EdgeIdentity) identity = edge_cli_identity_obtain (options, error);

  if (identity == NULL)
    return FALSE;
  memcpy (key->bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
  return TRUE;
}

/**
 * edge_cli_ledger_balance:
 * @options: the command line
 *
 * Does `balance`: asks the node that runs, or opens the folder.
 *
 * Returns: the exit status
 */
int
edge_cli_ledger_balance (EdgeCliOptions *options)
{
  g_auto(EdgeCliFolder) folder = { NULL };
  g_autoptr(GError) error = NULL;
  const char *text = options->words[1];
  EdgeId key;

  if (text != NULL && !edge_id_parse (&key, text, -1))
    return usage (options, _("A key is 43 letters, digits, - and _"));
  if (!edge_cli_folder_open (&folder, options, &error))
    return edge_cli_output_gerror (options->json, error);
  if (folder.dir == NULL)
    return ask (options, "Balance", g_variant_new ("(s)", text != NULL ? text : ""),
                edge_cli_text_balance);

  if (!edge_cli_folder_open_ledger (&folder, options, &error) ||
      (text == NULL && !read_own_key (options, &key, &error)))
    return edge_cli_output_gerror (options->json, error);
  return print (options, edge_ledger_report_balance (folder.ledger, &key), edge_cli_text_balance);
}

static int
issue (EdgeCliOptions *options,
       const char     *method,
       GVariant       *parameters)
{
  g_autoptr(GVariant) sunk = g_variant_ref_sink (parameters);
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;
  const char *id;

  reply = edge_cli_visit_call (options->state, method, sunk, "(s)", &error);
  if (reply == NULL)
    return edge_cli_commands_no_node (options, error);

  g_variant_get (reply, "(&s)", &id);
  edge_cli_output_id (options->json, id);
  return 0;
}

/**
 * edge_cli_ledger_transfer:
 * @options: the command line
 *
 * Does `transfer`.
 *
 * Returns: the exit status
 */
int
edge_cli_ledger_transfer (EdgeCliOptions *options)
{
  const char *memo = options->words[3] != NULL ? options->words[3] : "";
  guint64 amount;
  EdgeId key;

  if (!edge_id_parse (&key, options->words[1], -1))
    return usage (options, _("A key is 43 letters, digits, - and _"));
  if (!edge_amount_parse (options->words[2], &amount))
    return usage (options, _("An amount is credits with at most 9 decimals, as in 1.5"));
  if (!g_utf8_validate (memo, -1, NULL))
    return usage (options, _("What is on the command line is not UTF-8"));
  return issue (options, "Transfer", g_variant_new ("(sts)", options->words[1], amount, memo));
}

/**
 * edge_cli_ledger_stake:
 * @options: the command line
 *
 * Does `stake` and `unstake`.
 *
 * Returns: the exit status
 */
int
edge_cli_ledger_stake (EdgeCliOptions *options)
{
  guint64 amount;

  if (!edge_amount_parse (options->words[1], &amount))
    return usage (options, _("An amount is credits with at most 9 decimals, as in 1.5"));
  return issue (options, g_str_equal (options->words[0], "stake") ? "Stake" : "Unstake",
                g_variant_new ("(t)", amount));
}
