/* edge-cli-commands.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-commands.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "cli/edge-cli-backup.h"
#include "cli/edge-cli-identity.h"
#include "cli/edge-cli-output.h"
#include "cli/edge-cli-text.h"
#include "cli/edge-cli-visit.h"
#include "identity/edge-words.h"
#include "node/edge-node-error.h"
#include "node/edge-state-dir.h"

static int
usage (EdgeCliOptions *options,
       const char     *message)
{
  edge_cli_output_error (options->json, "usage", message, NULL);
  return EDGE_CLI_EXIT_USAGE;
}

/* The answer is a text of JSON, printed as it came or put into words. */
static int
print_answer (EdgeCliOptions *options,
              GVariant       *reply)
{
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  const char *json;

  g_variant_get (reply, "(&s)", &json);
  if (options->json)
    {
      edge_cli_output_line (json);
      return 0;
    }

  node = json_from_string (json, &error);
  if (node == NULL)
    return edge_cli_output_gerror (FALSE, error);

  text = JSON_NODE_HOLDS_ARRAY (node) ? edge_cli_text_peers (json_node_get_array (node))
                                      : edge_cli_text_status (json_node_get_object (node));
  g_strchomp (text);
  edge_cli_output_line (text);
  return 0;
}

/**
 * edge_cli_commands_no_node:
 * @options: the command line
 * @error: why the node could not be asked, or what it refused
 *
 * Prints it, and how a node is started where none runs.
 *
 * Returns: the exit status
 */
int
edge_cli_commands_no_node (EdgeCliOptions *options,
                           const GError   *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED))
    return edge_cli_output_gerror (options->json, error);

  edge_cli_output_error (options->json, "no_node", error->message,
                         _("Start one with “edge-net-node run”, or open Edge-Net."));
  return EDGE_CLI_EXIT_NO_NODE;
}

static int
ask (EdgeCliOptions *options,
     const char     *method,
     GVariant       *parameters,
     gboolean        answers)
{
  g_autoptr(GVariant) sunk = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;

  reply = edge_cli_visit_call (options->state, method, sunk, answers ? "(s)" : "()", &error);
  if (reply == NULL)
    return edge_cli_commands_no_node (options, error);

  return answers ? print_answer (options, reply) : 0;
}

static int
pause_node (EdgeCliOptions *options)
{
  gint64 for_ms = 0;

  if (options->pause != NULL && !edge_cli_text_read_time (options->pause, &for_ms))
    return usage (options, _("--for takes a time as in 90s, 30m, 2h or 1d, of a year at most"));

  return ask (options, "Pause", g_variant_new ("(x)", for_ms), FALSE);
}

/**
 * edge_cli_commands_ask:
 * @options: the command line
 *
 * Does a command that talks to a running node.
 *
 * Returns: the exit status
 */
int
edge_cli_commands_ask (EdgeCliOptions *options)
{
  const char *command = edge_cli_options_command (options);
  char **words = options->words;

  for (guint i = 0; words[i] != NULL; i++)
    if (!g_utf8_validate (words[i], -1, NULL))
      return usage (options, _("What is on the command line is not UTF-8"));

  if (g_str_equal (command, "status"))
    return ask (options, "Status", NULL, TRUE);
  if (g_str_equal (command, "peers"))
    return ask (options, "Peers", NULL, TRUE);
  if (g_str_equal (command, "message"))
    return ask (options, "Message", g_variant_new ("(ss)", words[1], words[2]), FALSE);
  if (g_str_equal (command, "disconnect"))
    return ask (options, "Disconnect", g_variant_new ("(s)", words[1]), FALSE);
  if (g_str_equal (command, "pause"))
    return pause_node (options);
  if (g_str_equal (command, "resume"))
    return ask (options, "Resume", NULL, FALSE);

  g_assert (g_str_equal (command, "quit"));
  return ask (options, "Quit", NULL, FALSE);
}

static int
print_identity (EdgeCliOptions *options,
                const char     *id)
{
  g_auto(GStrv) words = edge_words_for_key (id);
  g_autofree char *joined = NULL;

  if (options->json)
    {
      JsonNode *node = json_node_new (JSON_NODE_OBJECT);
      JsonObject *object = json_object_new ();
      JsonArray *array = json_array_new ();

      for (guint i = 0; words[i] != NULL; i++)
        json_array_add_string_element (array, words[i]);
      json_object_set_string_member (object, "id", id);
      json_object_set_array_member (object, "words", array);
      json_node_take_object (node, object);
      edge_cli_output_node (node);
      return 0;
    }

  joined = g_strjoinv (" ", words);
  edge_cli_output_line (id);
  edge_cli_output_line (joined);
  return 0;
}

static int
print_running_identity (EdgeCliOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = edge_cli_visit_call (options->state, "Status", NULL, "(s)", &error);
  g_autoptr(JsonNode) node = NULL;
  const char *json;
  const char *id = NULL;

  if (reply == NULL)
    return edge_cli_commands_no_node (options, error);

  g_variant_get (reply, "(&s)", &json);
  node = json_from_string (json, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    id = json_object_get_string_member_with_default (json_node_get_object (node), "id", NULL);
  if (id != NULL)
    return print_identity (options, id);

  edge_cli_output_error (options->json, "no_key",
                         _("The node that runs has no key yet: it waits for the keyring"), NULL);
  return EDGE_CLI_EXIT_FAILED;
}

/**
 * edge_cli_commands_identity:
 * @options: the command line
 *
 * Does `identity`: asks the node that runs, or opens the folder.
 *
 * Returns: the exit status
 */
int
edge_cli_commands_identity (EdgeCliOptions *options)
{
  g_autoptr(EdgeStateDir) dir = NULL;
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;
  const char *word = options->words[1];

  if (word != NULL && g_str_equal (word, "backup") && options->words[2] != NULL && !options->replace)
    return edge_cli_backup_write (options);
  if (word != NULL && g_str_equal (word, "restore") && options->words[2] != NULL)
    return edge_cli_backup_restore (options);
  if (options->words[1] != NULL && options->words[2] != NULL)
    return usage (options, _("“identity” takes “show”, “claim”, “backup FILE” or “restore FILE”"));
  if (options->replace)
    return usage (options, _("--replace is for “identity restore FILE”"));
  if (word != NULL && g_str_equal (word, "claim"))
    return edge_cli_backup_claim (options);
  if (word != NULL && !g_str_equal (word, "show"))
    return usage (options, _("“identity” takes “show”, “claim”, “backup FILE” or “restore FILE”"));

  dir = edge_state_dir_open (options->state, &error);
  if (dir == NULL)
    {
      if (!g_error_matches (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_IN_USE))
        return edge_cli_output_gerror (options->json, error);
      return print_running_identity (options);
    }

  identity = edge_cli_identity_obtain (options, &error);
  if (identity == NULL)
    return edge_cli_output_gerror (options->json, error);

  return print_identity (options, edge_identity_get_id (identity));
}
