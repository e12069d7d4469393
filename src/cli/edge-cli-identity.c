/* edge-cli-identity.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-identity.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "identity/edge-identity-store.h"
#include "identity/edge-key-vault.h"
#include "node/edge-node-store.h"
#include "node/edge-state-dir.h"

#define MAX_PASSPHRASE 1024

typedef struct
{
  GMainLoop    *loop;
  EdgeIdentity *identity;
  GError       *error;
} Wait;

static void
obtained_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Wait *wait = user_data;

  wait->identity = edge_identity_obtain_finish (result, NULL, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Wait *wait = user_data;

  wait->identity = edge_identity_find_finish (result, &wait->error);
  g_main_loop_quit (wait->loop);
}

void
edge_cli_identity_wipe_free (char *passphrase)
{
  if (passphrase == NULL)
    return;
  sodium_memzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}

/* One line without its end; the buffer of stdio is ours, to be wiped. */
static char *
read_line (FILE *stream)
{
  char buffer[MAX_PASSPHRASE + 2];
  char line[MAX_PASSPHRASE + 2];
  char *passphrase = NULL;

  setvbuf (stream, buffer, _IOFBF, sizeof buffer);
  if (fgets (line, sizeof line, stream) != NULL)
    {
      line[strcspn (line, "\r\n")] = '\0';
      passphrase = g_strdup (line);
    }
  setvbuf (stream, NULL, _IONBF, 0);
  sodium_memzero (line, sizeof line);
  sodium_memzero (buffer, sizeof buffer);
  return passphrase;
}

static char *
read_from_terminal (const char *prompt)
{
  struct termios before, silent;
  char line[MAX_PASSPHRASE + 2];
  char *passphrase = NULL;

  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, &before) != 0)
    return NULL;

  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  fputs (prompt, stderr);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  if (fgets (line, sizeof line, stdin) != NULL)
    {
      line[strcspn (line, "\n")] = '\0';
      passphrase = g_strdup (line);
    }
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputc ('\n', stderr);
  sodium_memzero (line, sizeof line);
  return passphrase;
}

static char *
read_from_file (const char  *path,
                GError     **error)
{
  FILE *stream = fopen (path, "re");
  char *passphrase = NULL;

  if (stream != NULL)
    {
      passphrase = read_line (stream);
      fclose (stream);
    }
  if (passphrase == NULL)
    g_set_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE,
                 _("No passphrase can be read from %s"), path);
  return passphrase;
}

static gboolean
fail_passphrase (GError     **error,
                 const char  *message)
{
  g_set_error_literal (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE, message);
  return FALSE;
}

static gboolean
check_new (EdgeCliOptions  *options,
           const char      *passphrase,
           GError         **error)
{
  g_autoptr(EdgeCliSecret) again = NULL;

  if (!g_utf8_validate (passphrase, -1, NULL) ||
      g_utf8_strlen (passphrase, -1) < EDGE_CLI_MIN_PASSPHRASE)
    return fail_passphrase (error, _("The passphrase must be UTF-8 of at least 8 characters"));
  if (options->passphrase_file != NULL)
    return TRUE;

  again = read_from_terminal (_("The same again: "));
  return g_strcmp0 (passphrase, again) == 0 ||
         fail_passphrase (error, _("That was not the same"));
}

/**
 * edge_cli_identity_read_passphrase:
 * @options: the command line
 * @prompt: what to ask on the terminal
 * @is_new: whether the person chooses it now, and so types it twice
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` domain
 *
 * Reads a passphrase from the file that was named, or from the terminal without showing it.
 *
 * Returns: (transfer full) (nullable): the passphrase, to be freed with
 *   edge_cli_identity_wipe_free()
 */
char *
edge_cli_identity_read_passphrase (EdgeCliOptions  *options,
                                   const char      *prompt,
                                   gboolean         is_new,
                                   GError         **error)
{
  g_autoptr(EdgeCliSecret) passphrase = NULL;

  if (options->passphrase_file != NULL)
    passphrase = read_from_file (options->passphrase_file, error);
  else
    {
      passphrase = read_from_terminal (prompt);
      if (passphrase == NULL)
        fail_passphrase (error, _("A passphrase is needed; start this on a terminal to type it"));
    }
  if (passphrase == NULL || (is_new && !check_new (options, passphrase, error)))
    return NULL;

  return g_steal_pointer (&passphrase);
}

static EdgeIdentity *
open_vault (EdgeCliOptions  *options,
            const char      *path,
            GError         **error)
{
  g_autoptr(EdgeCliSecret) passphrase = NULL;

  if (options->passphrase_file == NULL && !isatty (STDIN_FILENO))
    {
      g_set_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE,
                   _("The identity is in %s under a passphrase; start this on a terminal to type it, "
                     "or use --key-file"), path);
      return NULL;
    }

  passphrase = edge_cli_identity_read_passphrase (options, _("Passphrase of the identity: "), FALSE,
                                                  error);
  return passphrase != NULL ? edge_key_vault_load (path, passphrase, error) : NULL;
}

/**
 * edge_cli_identity_obtain:
 * @options: the command line
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_IO_ERROR` domain
 *
 * Gets the identity: from the key file that was named, from the encrypted file that the person
 * once chose, or from the keyring. Makes one where there is none.
 *
 * Returns: (transfer full): the identity
 */
EdgeIdentity *
edge_cli_identity_obtain (EdgeCliOptions  *options,
                          GError         **error)
{
  g_autofree char *vault = g_build_filename (options->state, EDGE_CLI_VAULT_FILE, NULL);
  g_autoptr(GMainLoop) loop = NULL;
  Wait wait = { NULL };

  if (options->key_file == NULL && edge_key_vault_exists (vault))
    return open_vault (options, vault, error);

  /* Another folder is another node, with a key of its own. */
  loop = g_main_loop_new (NULL, FALSE);
  wait.loop = loop;
  edge_identity_obtain_async (options->own_state ? options->state : NULL, options->key_file, NULL,
                              obtained_cb, &wait);
  g_main_loop_run (loop);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  else if (edge_identity_is_new (wait.identity))
    edge_cli_identity_note (options, wait.identity);
  return wait.identity;
}

/**
 * edge_cli_identity_note:
 * @options: the command line
 * @identity: whose folder this is from now on
 *
 * Remembers whether the key was made here. A folder that can't be written holds the key to be
 * one from elsewhere, which is the safe side.
 */
void
edge_cli_identity_note (EdgeCliOptions *options,
                        EdgeIdentity   *identity)
{
  g_autoptr(EdgeNodeStore) store = edge_node_store_new ();
  g_autofree char *place = edge_state_dir_dup_place (options->state);
  g_autoptr(GError) error = NULL;

  if (!edge_node_store_load (store, options->state, &error) ||
      (edge_node_store_note_key (store, edge_identity_get_id (identity), place,
                                 edge_identity_is_new (identity)) &&
       !edge_node_store_save (store, options->state, &error)))
    g_message ("%s in %s is not kept: %s", EDGE_NODE_STORE_FILE, options->state, error->message);
}

/**
 * edge_cli_identity_find:
 * @options: the command line
 * @error: return location for an error in the `EDGE_IDENTITY_ERROR` or `G_IO_ERROR` domain
 *
 * As edge_cli_identity_obtain(), but makes none.
 *
 * Returns: (transfer full) (nullable): the identity
 */
EdgeIdentity *
edge_cli_identity_find (EdgeCliOptions  *options,
                        GError         **error)
{
  g_autofree char *vault = g_build_filename (options->state, EDGE_CLI_VAULT_FILE, NULL);
  g_autoptr(GMainLoop) loop = NULL;
  Wait wait = { NULL };

  if (options->key_file == NULL && edge_key_vault_exists (vault))
    return open_vault (options, vault, error);

  loop = g_main_loop_new (NULL, FALSE);
  wait.loop = loop;
  edge_identity_find_async (options->own_state ? options->state : NULL, options->key_file, NULL,
                            found_cb, &wait);
  g_main_loop_run (loop);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return wait.identity;
}
