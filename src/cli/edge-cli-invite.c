/* edge-cli-invite.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-invite.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

#include "cli/edge-cli-commands.h"
#include "cli/edge-cli-output.h"
#include "cli/edge-cli-text.h"
#include "cli/edge-cli-visit.h"
#include "invite/edge-qr-picture.h"
#include "invite/edge-qr-render.h"
#include "node/edge-invite-words.h"

/* Candidates are gathered for 8 s at most, and the link of an answer has 20 s to come up. */
#define LIMIT_SECONDS 30

static int
fail (EdgeCliOptions *options,
      const GError   *error)
{
  g_autofree char *words = edge_invite_words_error (error, NULL);
  const char *code = edge_invite_words_code (error);

  if (code == NULL)
    return edge_cli_commands_no_node (options, error);

  /* What came from the node is in words already, and knows more. */
  edge_cli_output_error (options->json, code,
                         error->domain == EDGE_INVITATION_ERROR ? error->message : words, NULL);
  return EDGE_CLI_EXIT_FAILED;
}

static JsonObject *
ask (EdgeCliOptions  *options,
     const char      *method,
     GVariant        *parameters,
     char           **json,
     GError         **error)
{
  g_autoptr(GVariant) sunk = g_variant_ref_sink (parameters);
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(JsonNode) node = NULL;

  edge_invite_words_register ();
  reply = edge_cli_visit_call_long (options->state, method, sunk, "(s)", LIMIT_SECONDS, error);
  if (reply == NULL)
    return NULL;

  g_variant_get (reply, "(s)", json);
  node = json_from_string (*json, error);
  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("The node’s answer is not understood"));
      return NULL;
    }

  return json_node_dup_object (node);
}

static const char *
member (JsonObject *object,
        const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static void
print_link (EdgeCliOptions *options,
            const char     *link)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeQrMatrix) matrix = NULL;
  g_autofree char *drawn = NULL;

  if (options->qr)
    {
      matrix = edge_qr_matrix_new (link, &error);
      /* Colours make it readable on any background; a file has none. */
      drawn = matrix != NULL ? edge_qr_render_terminal (matrix, isatty (STDOUT_FILENO)) : NULL;
      if (drawn != NULL)
        edge_cli_output_line (g_strchomp (drawn));
      else
        edge_cli_output_note (error->message);
    }
  edge_cli_output_line (link);
}

static EdgeRelayReach
read_reach (const char *word)
{
  for (int reach = EDGE_RELAY_REACH_NONE; reach < EDGE_RELAY_REACH_ANYWHERE; reach++)
    if (g_strcmp0 (word, edge_relay_reach_to_string (reach)) == 0)
      return reach;

  return EDGE_RELAY_REACH_ANYWHERE;
}

static int
take_back (EdgeCliOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = edge_cli_visit_call (options->state, "RevokeInvitations", NULL, "(u)",
                                                   &error);
  g_autofree char *line = NULL;
  guint32 n;

  if (reply == NULL)
    return fail (options, error);

  g_variant_get (reply, "(u)", &n);
  line = options->json
         ? g_strdup_printf ("{\"revoked\":%u}", n)
         : g_strdup_printf (ngettext ("%u invitation taken back", "%u invitations taken back", n), n);
  edge_cli_output_line (line);
  return 0;
}

static int
withdraw (EdgeCliOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) parameters = g_variant_ref_sink (g_variant_new ("(s)", options->withdraw));
  g_autoptr(GVariant) reply = edge_cli_visit_call (options->state, "WithdrawInvitation", parameters,
                                                   "()", &error);

  if (reply == NULL)
    return fail (options, error);
  if (!options->json)
    edge_cli_output_note (_("Taken back. Whoever comes with it is a stranger from now on. Where the relay asks for a token, they still know that: change it there."));
  return 0;
}

static void
print_given (JsonObject *given)
{
  JsonArray *takers = json_object_get_array_member (given, "takers");
  g_autoptr(GDateTime) ends = NULL;
  g_autoptr(GString) line = g_string_new (member (given, "ticket"));
  g_autofree char *day = NULL;

  ends = g_date_time_new_from_unix_local (json_object_get_int_member (given, "expires") / 1000);
  day = g_date_time_format (ends, "%F %R");
  /* Translators: until when an invitation is good. */
  g_string_append_printf (line, _("  until %s"), day);
  for (guint i = 0; i < json_array_get_length (takers); i++)
    {
      JsonObject *taker = json_array_get_object_element (takers, i);
      const char *name = member (taker, "name") != NULL ? member (taker, "name")
                                                        : member (taker, "peer");
      g_autofree char *clean = edge_cli_text_clean (name);

      g_string_append_printf (line, "%s%s", i == 0 ? "  " : ", ", clean);
    }
  edge_cli_output_line (line->str);
}

static int
list_given (EdgeCliOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = edge_cli_visit_call (options->state, "Invitations", NULL, "(s)", &error);
  g_autoptr(JsonNode) node = NULL;
  const char *json;

  if (reply == NULL)
    return fail (options, error);
  g_variant_get (reply, "(&s)", &json);
  if (options->json)
    {
      edge_cli_output_line (json);
      return 0;
    }

  node = json_from_string (json, NULL);
  for (guint i = 0; node != NULL && i < json_array_get_length (json_node_get_array (node)); i++)
    print_given (json_array_get_object_element (json_node_get_array (node), i));
  return 0;
}

/* Those that do something else than make an invitation go with nothing else. */
static gboolean
makes_sense (EdgeCliOptions *options)
{
  guint n_other = options->revoke + options->list + (options->withdraw != NULL);
  guint n_making = options->direct + options->another;

  return n_other + n_making <= 1 && !(n_other > 0 && options->qr);
}

/**
 * edge_cli_invite:
 * @options: the command line
 *
 * Does `invite`: prints a link, and with `--qr` its code before that.
 *
 * Returns: the exit status
 */
int
edge_cli_invite (EdgeCliOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) invitation = NULL;
  g_autofree char *json = NULL;
  const char *note = NULL;

  if (!makes_sense (options))
    {
      edge_cli_output_error (options->json, "usage",
                             _("--revoke, --list and --withdraw go with nothing else, --new not with --direct"),
                             NULL);
      return EDGE_CLI_EXIT_USAGE;
    }
  if (options->revoke)
    return take_back (options);
  if (options->list)
    return list_given (options);
  if (options->withdraw != NULL)
    return withdraw (options);

  if (options->another)
    invitation = ask (options, "InviteAnother", g_variant_new ("()"), &json, &error);
  else
    invitation = ask (options, "Invite", g_variant_new ("(b)", options->direct), &json, &error);
  if (invitation == NULL)
    return fail (options, error);

  if (options->json)
    {
      edge_cli_output_line (json);
      return 0;
    }

  print_link (options, member (invitation, "link"));
  if (options->direct)
    note = _("Good for five minutes. Take the link that comes back with “edge-net-node accept LINK”.");
  else
    note = edge_invite_words_reach (read_reach (member (invitation, "reach")));
  if (note != NULL)
    edge_cli_output_note (note);
  return 0;
}

typedef struct
{
  GMainLoop *loop;
  char      *text;
  GError    *error;
} Picture;

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Picture *picture = user_data;

  picture->text = edge_qr_picture_read_finish (result, &picture->error);
  g_main_loop_quit (picture->loop);
}

static char *
read_picture (const char  *path,
              GError     **error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  Picture picture = { loop, NULL, NULL };

  edge_qr_picture_read_async (file, NULL, picture_read_cb, &picture);
  g_main_loop_run (loop);
  if (picture.error != NULL)
    g_propagate_error (error, picture.error);
  return picture.text;
}

static void
print_taken (JsonObject *invitation)
{
  JsonArray *words = json_object_get_array_member (invitation, "words");
  g_autofree char *name = edge_cli_text_clean (member (invitation, "inviter_name") != NULL
                                               ? member (invitation, "inviter_name") : "");
  g_autofree char *network = edge_cli_text_clean (member (invitation, "network_name") != NULL
                                                  ? member (invitation, "network_name") : "");
  g_autoptr(GString) spoken = g_string_new (NULL);
  g_autofree char *line = NULL;

  for (guint i = 0; words != NULL && i < json_array_get_length (words); i++)
    g_string_append_printf (spoken, "%s%s", i > 0 ? " " : "",
                            json_array_get_string_element (words, i));

  if (name[0] != '\0')
    line = g_strdup_printf (_("In the network %1$s now, invited by %2$s (%3$s)"), network, name,
                            spoken->str);
  else
    line = g_strdup_printf (_("In the network %1$s now, invited by %2$s"), network, spoken->str);
  edge_cli_output_line (line);
}

/**
 * edge_cli_accept:
 * @options: the command line
 *
 * Does `accept`: takes a link or a picture of one.
 *
 * Returns: the exit status
 */
int
edge_cli_accept (EdgeCliOptions *options)
{
  const char *given = options->words[1];
  g_autofree char *read = NULL;
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) invitation = NULL;
  const char *kind;

  if (g_file_test (given, G_FILE_TEST_IS_REGULAR))
    {
      read = read_picture (given, &error);
      if (read == NULL)
        return fail (options, error);
      given = read;
    }
  if (!g_utf8_validate (given, -1, NULL))
    {
      edge_cli_output_error (options->json, "usage", _("What is on the command line is not UTF-8"),
                             NULL);
      return EDGE_CLI_EXIT_USAGE;
    }

  invitation = ask (options, "Accept", g_variant_new ("(s)", given), &json, &error);
  if (invitation == NULL)
    return fail (options, error);

  kind = member (invitation, "kind");
  if (options->json)
    edge_cli_output_line (json);
  else if (g_strcmp0 (kind, "network") == 0)
    print_taken (invitation);
  else if (member (invitation, "answer") != NULL)
    {
      print_link (options, member (invitation, "answer"));
      edge_cli_output_note (_("Bring this back to who invited you, within five minutes."));
    }
  else
    edge_cli_output_line (_("Linked"));
  return 0;
}
