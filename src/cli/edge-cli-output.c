/* edge-cli-output.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-output.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "base/edge-json.h"
#include "cli/edge-cli-options.h"
#include "identity/edge-identity.h"
#include "node/edge-node-error.h"
#include "node/edge-node-report.h"

/**
 * edge_cli_output_line:
 * @text: a line
 *
 * Prints it at once, also into a pipe.
 */
void
edge_cli_output_line (const char *text)
{
  fputs (text, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

/**
 * edge_cli_output_node:
 * @node: (transfer full): JSON
 *
 * Prints it as one line.
 */
void
edge_cli_output_node (JsonNode *node)
{
  g_autofree char *text = edge_node_report_print (node);

  edge_cli_output_line (text);
}

/**
 * edge_cli_output_id:
 * @json: whether for a program
 * @id: of an event that was issued
 *
 * Prints it.
 */
void
edge_cli_output_id (gboolean    json,
                    const char *id)
{
  JsonObject *object;
  JsonNode *node;

  if (!json)
    {
      edge_cli_output_line (id);
      return;
    }
  object = json_object_new ();
  node = json_node_new (JSON_NODE_OBJECT);
  json_object_set_string_member (object, "id", id);
  json_node_take_object (node, object);
  edge_cli_output_node (node);
}

/**
 * edge_cli_output_note:
 * @text: a remark for the person
 *
 * Prints it beside the output, which may go into a pipe.
 */
void
edge_cli_output_note (const char *text)
{
  fprintf (stderr, "%s\n", text);
}

/**
 * edge_cli_output_error:
 * @json: whether for a program
 * @code: a word for programs
 * @message: what is wrong
 * @remedy: (nullable): what to do about it
 *
 * Prints why something failed.
 */
void
edge_cli_output_error (gboolean    json,
                       const char *code,
                       const char *message,
                       const char *remedy)
{
  g_autoptr(JsonObject) object = NULL;
  g_autofree char *text = NULL;

  if (!json)
    {
      fprintf (stderr, "edge-net-node: %s\n", message);
      if (remedy != NULL)
        fprintf (stderr, "%s\n", remedy);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "code", code);
  json_object_set_string_member (object, "message", message);
  if (remedy != NULL)
    json_object_set_string_member (object, "remedy", remedy);
  else
    json_object_set_null_member (object, "remedy");
  text = edge_json_print (object);
  fprintf (stderr, "%s\n", text);
}

static const char *
find_code (const GError  *error,
           const char   **remedy,
           int           *status)
{
  static const char * const node_codes[] = {
    "no_network", "no_peer", "ambiguous", "bad_text", "not_linked", "busy", "bad_relay",
    "state_dir", "in_use", "refused", "network_file", "no_event", "own_invitation",
    "no_path", "no_join", "opening", "no_invitation",
  };
  static const char * const identity_codes[] = {
    "key_malformed", "passphrase", "keyring_locked", "no_keyring", "no_key", "key_unsafe",
    "backup_damaged", "backup_newer",
  };

  *remedy = NULL;
  *status = EDGE_CLI_EXIT_FAILED;

  if (error->domain == EDGE_NODE_ERROR && error->code < (int) G_N_ELEMENTS (node_codes))
    {
      if (error->code == EDGE_NODE_ERROR_NO_NETWORK)
        *status = EDGE_CLI_EXIT_NO_NETWORK;
      else if (error->code == EDGE_NODE_ERROR_ADDRESS)
        *status = EDGE_CLI_EXIT_USAGE;
      else if (error->code == EDGE_NODE_ERROR_NO_PEER)
        *remedy = _("“edge-net-node peers” lists those that are known.");
      else if (error->code == EDGE_NODE_ERROR_NOT_LINKED)
        *remedy = _("Try again when “edge-net-node peers” shows it as connected.");
      return node_codes[error->code];
    }

  if (error->domain == EDGE_IDENTITY_ERROR && error->code < (int) G_N_ELEMENTS (identity_codes))
    {
      if (error->code == EDGE_IDENTITY_ERROR_NO_KEYRING)
        *remedy = _("On a server, keep the key in a file with --key-file FILE.");
      else if (error->code == EDGE_IDENTITY_ERROR_LOCKED)
        *remedy = _("Unlock the keyring, or keep the key in a file with --key-file FILE.");
      return identity_codes[error->code];
    }

  return "failed";
}

/**
 * edge_cli_output_gerror:
 * @json: whether for a program
 * @error: what went wrong
 *
 * Prints why something failed.
 *
 * Returns: the exit status that goes with it
 */
int
edge_cli_output_gerror (gboolean      json,
                        const GError *error)
{
  const char *remedy;
  int status;
  const char *code = find_code (error, &remedy, &status);

  edge_cli_output_error (json, code, error->message, remedy);
  return status;
}
