/* edge-cli-backup.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-backup.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "cli/edge-cli-commands.h"
#include "cli/edge-cli-folder.h"
#include "cli/edge-cli-identity.h"
#include "cli/edge-cli-output.h"
#include "cli/edge-cli-visit.h"
#include "identity/edge-identity-swap.h"
#include "identity/edge-key-vault.h"
#include "identity/edge-words.h"
#include "node/edge-backup-reader.h"
#include "node/edge-node-error.h"
#include "node/edge-state-dir.h"

static int
fail (EdgeCliOptions *options,
      const GError   *error)
{
  g_autofree char *words = edge_backup_reader_words (error);
  g_autoptr(GError) worded = g_error_new_literal (error->domain, error->code, words);

  return edge_cli_output_gerror (options->json, worded);
}

static int
print (EdgeCliOptions *options,
       const char     *id,
       const char     *member,
       const char     *path)
{
  g_auto(GStrv) words = edge_words_for_key (id);
  g_autofree char *joined = g_strjoinv (" ", words);
  JsonObject *object;
  JsonArray *array;
  JsonNode *node;

  if (!options->json)
    {
      edge_cli_output_line (id);
      edge_cli_output_line (joined);
      return 0;
    }

  object = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);
  json_object_set_string_member (object, "id", id);
  json_object_set_array_member (object, "words", array);
  if (path != NULL)
    json_object_set_string_member (object, member, path);
  else
    json_object_set_null_member (object, member);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  edge_cli_output_node (node);
  return 0;
}

/* A node that runs may have been given another key than the one that is found here. */
static gboolean
is_of_running (EdgeCliOptions  *options,
               EdgeIdentity    *identity,
               GError         **error)
{
  g_autoptr(GVariant) reply = edge_cli_visit_call (options->state, "Status", NULL, "(s)", error);
  g_autoptr(JsonNode) node = NULL;
  const char *json;
  const char *id = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(&s)", &json);
  node = json_from_string (json, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    id = json_object_get_string_member_with_default (json_node_get_object (node), "id", NULL);
  if (g_strcmp0 (id, edge_identity_get_id (identity)) == 0)
    return TRUE;

  g_set_error_literal (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND,
                       _("The node that runs has another key; name its --key-file, or end it first"));
  return FALSE;
}

/**
 * edge_cli_backup_write:
 * @options: the command line
 *
 * Does `identity backup FILE`, beside a node that runs, too.
 *
 * Returns: the exit status
 */
int
edge_cli_backup_write (EdgeCliOptions *options)
{
  const char *path = options->words[2];
  g_autoptr(EdgeStateDir) dir = NULL;
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(EdgeCliSecret) passphrase = NULL;
  g_autoptr(GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      edge_cli_output_error (options->json, "failed", _("There is a file of this name already"),
                             _("It may be the only copy of another identity: choose another name."));
      return EDGE_CLI_EXIT_FAILED;
    }

  dir = edge_state_dir_open (options->state, &error);
  if (dir == NULL && !g_error_matches (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_IN_USE))
    return edge_cli_output_gerror (options->json, error);
  g_clear_error (&error);

  identity = edge_cli_identity_find (options, &error);
  if (identity == NULL || (dir == NULL && !is_of_running (options, identity, &error)))
    return edge_cli_output_gerror (options->json, error);

  passphrase = edge_cli_identity_read_passphrase (options, _("Passphrase for the backup: "), TRUE,
                                                  &error);
  if (passphrase == NULL || !edge_key_vault_save (identity, path, passphrase, &error))
    return edge_cli_output_gerror (options->json, error);

  edge_cli_output_note (_("Whoever has this file and its passphrase has your credits. Without the passphrase it opens nothing, and nobody can reset it."));
  return print (options, edge_identity_get_id (identity), "file", path);
}

typedef struct
{
  GMainLoop *loop;
  GBytes    *vault;
  char      *kept;
  gboolean   done;
  GError    *error;
} Wait;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Wait *wait = user_data;

  wait->vault = edge_backup_reader_read_finish (result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
swapped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Wait *wait = user_data;

  wait->done = edge_identity_swap_run_finish (result, &wait->kept, &wait->error);
  g_main_loop_quit (wait->loop);
}

static GBytes *
read_backup (const char  *path,
             GError     **error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  Wait wait = { .loop = loop };

  edge_backup_reader_read_async (file, NULL, read_cb, &wait);
  g_main_loop_run (loop);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return wait.vault;
}

static int
refuse_to_replace (EdgeCliOptions *options)
{
  edge_cli_output_error (options->json, "identity_exists",
                         _("There is another identity here, and with it what it owns"),
                         _("Keep it with “edge-net-node identity backup FILE” first. With --replace it is put aside, in a file under the passphrase of the backup that is restored."));
  return EDGE_CLI_EXIT_FAILED;
}

static int
swap (EdgeCliOptions *options,
      EdgeIdentity   *identity,
      EdgeIdentity   *old,
      const char     *passphrase)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *vault = g_build_filename (options->state, EDGE_CLI_VAULT_FILE, NULL);
  g_autofree char *kept = NULL;
  g_autofree char *note = NULL;
  g_autoptr(GError) error = NULL;
  EdgeIdentitySwap *swap = edge_identity_swap_new (identity, passphrase);
  Wait wait = { .loop = loop };

  edge_identity_swap_set_key_file (swap, options->key_file);
  edge_identity_swap_set_profile (swap, options->own_state ? options->state : NULL);
  if (edge_key_vault_exists (vault))
    edge_identity_swap_set_vault (swap, vault);
  if (old != NULL)
    edge_identity_swap_set_old (swap, old, options->state);
  edge_identity_swap_run_async (swap, NULL, swapped_cb, &wait);
  g_main_loop_run (loop);

  error = wait.error;
  kept = wait.kept;
  if (!wait.done)
    return edge_cli_output_gerror (options->json, error);
  edge_cli_identity_note (options, identity);

  if (kept != NULL)
    {
      note = g_strdup_printf (_("The identity that was here is in %s now, under the same passphrase."),
                              kept);
      edge_cli_output_note (note);
    }
  edge_cli_output_note (_("Use it on one computer at a time. Nothing is signed before peers have sent what it signed elsewhere."));
  return print (options, edge_identity_get_id (identity), "replaced", kept);
}

/**
 * edge_cli_backup_restore:
 * @options: the command line
 *
 * Does `identity restore FILE`.
 *
 * Returns: the exit status
 */
int
edge_cli_backup_restore (EdgeCliOptions *options)
{
  g_autoptr(EdgeStateDir) dir = NULL;
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(EdgeIdentity) old = NULL;
  g_autoptr(EdgeCliSecret) passphrase = NULL;
  g_autoptr(GBytes) vault = NULL;
  g_autoptr(GError) error = NULL;

  dir = edge_state_dir_open (options->state, &error);
  if (dir == NULL)
    return edge_cli_output_gerror (options->json, error);

  vault = read_backup (options->words[2], &error);
  if (vault == NULL)
    return fail (options, error);

  old = edge_cli_identity_find (options, &error);
  if (old == NULL && !g_error_matches (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND))
    return edge_cli_output_gerror (options->json, error);
  g_clear_error (&error);

  passphrase = edge_cli_identity_read_passphrase (options, _("Passphrase of the backup: "), FALSE,
                                                  &error);
  if (passphrase == NULL)
    return edge_cli_output_gerror (options->json, error);
  identity = edge_key_vault_open (vault, passphrase, &error);
  if (identity == NULL)
    return fail (options, error);

  if (old != NULL &&
      g_str_equal (edge_identity_get_id (old), edge_identity_get_id (identity)))
    {
      edge_cli_output_note (_("This identity is here already."));
      return print (options, edge_identity_get_id (identity), "replaced", NULL);
    }
  if (old != NULL && !options->replace)
    return refuse_to_replace (options);

  return swap (options, identity, old, passphrase);
}

/**
 * edge_cli_backup_claim:
 * @options: the command line
 *
 * Does `identity claim`: the node that runs is told that the key is used by it alone.
 *
 * Returns: the exit status
 */
int
edge_cli_backup_claim (EdgeCliOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = edge_cli_visit_call (options->state, "ClaimIdentity", NULL, "()",
                                                   &error);

  return reply != NULL ? 0 : edge_cli_commands_no_node (options, error);
}
