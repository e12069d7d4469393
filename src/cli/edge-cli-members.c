/* edge-cli-members.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-members.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/edge-base64.h"
#include "cli/edge-cli-commands.h"
#include "cli/edge-cli-output.h"
#include "cli/edge-cli-text-ledger.h"
#include "cli/edge-cli-visit.h"

static int
usage (EdgeCliOptions *options,
       const char     *message)
{
  edge_cli_output_error (options->json, "usage", message, NULL);
  return EDGE_CLI_EXIT_USAGE;
}

/**
 * edge_cli_members_list:
 * @options: the command line
 *
 * Does `members`.
 *
 * Returns: the exit status
 */
int
edge_cli_members_list (EdgeCliOptions *options)
{
  g_autoptr(GVariant) parameters = g_variant_ref_sink (g_variant_new ("(b)", options->waiting));
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  const char *json;

  reply = edge_cli_visit_call (options->state, "Members", parameters, "(s)", &error);
  if (reply == NULL)
    return edge_cli_commands_no_node (options, error);
  g_variant_get (reply, "(&s)", &json);
  if (options->json)
    {
      edge_cli_output_line (json);
      return 0;
    }
  node = json_from_string (json, &error);
  if (node == NULL)
    return edge_cli_output_gerror (FALSE, error);
  text = edge_cli_text_members (node);
  edge_cli_output_line (g_strchomp (text));
  return 0;
}

/* Prints the id of the event that did it. */
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

static int
ask (EdgeCliOptions *options,
     const char     *method,
     GVariant       *parameters)
{
  g_autoptr(GVariant) sunk = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = edge_cli_visit_call (options->state, method, sunk, "()", &error);
  return reply != NULL ? 0 : edge_cli_commands_no_node (options, error);
}

/**
 * edge_cli_members_answer:
 * @options: the command line
 *
 * Does `vouch` and `decline`.
 *
 * Returns: the exit status
 */
int
edge_cli_members_answer (EdgeCliOptions *options)
{
  const char *key = options->words[1];

  if (!edge_base64url_is_key (key))
    return usage (options, _("A key is 43 letters, digits, - and _"));
  if (g_str_equal (options->words[0], "vouch"))
    return issue (options, "Vouch", g_variant_new ("(s)", key));
  return ask (options, "Decline", g_variant_new ("(s)", key));
}

/**
 * edge_cli_members_validators:
 * @options: the command line
 *
 * Does `validators`.
 *
 * Returns: the exit status
 */
int
edge_cli_members_validators (EdgeCliOptions *options)
{
  char **keys = options->words + 2;

  if (g_str_equal (options->words[1], "insist") && keys[0] == NULL)
    return ask (options, "Insist", NULL);
  if (!g_str_equal (options->words[1], "propose") || keys[0] == NULL)
    return usage (options, _("“validators” takes “propose” and the keys of all of them, or “insist”"));
  for (guint i = 0; keys[i] != NULL; i++)
    {
      if (!edge_base64url_is_key (keys[i]))
        return usage (options, _("A key is 43 letters, digits, - and _"));
    }
  return issue (options, "ProposeValidators", g_variant_new ("(^as)", keys));
}
