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

#define VAULT_FILE     "identity.vault"
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

static gboolean
read_passphrase (char  *passphrase,
                 gsize  size)
{
  struct termios before, silent;
  gboolean read;

  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, &before) != 0)
    return FALSE;

  silent = before;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  fputs (_("Passphrase of the identity: "), stderr);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  read = fgets (passphrase, (int) size, stdin) != NULL;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputc ('\n', stderr);

  if (read)
    passphrase[strcspn (passphrase, "\n")] = '\0';
  return read;
}

static EdgeIdentity *
open_vault (const char  *path,
            GError     **error)
{
  char passphrase[MAX_PASSPHRASE];
  EdgeIdentity *identity;

  if (!read_passphrase (passphrase, sizeof passphrase))
    {
      g_set_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE,
                   _("The identity is in %s under a passphrase; start this on a terminal to type it, "
                     "or use --key-file"), path);
      return NULL;
    }

  identity = edge_key_vault_load (path, passphrase, error);
  sodium_memzero (passphrase, sizeof passphrase);
  return identity;
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
  g_autofree char *vault = g_build_filename (options->state, VAULT_FILE, NULL);
  g_autoptr(GMainLoop) loop = NULL;
  Wait wait = { NULL };

  if (options->key_file == NULL && edge_key_vault_exists (vault))
    return open_vault (vault, error);

  /* Another folder is another node, with a key of its own. */
  loop = g_main_loop_new (NULL, FALSE);
  wait.loop = loop;
  edge_identity_obtain_async (options->own_state ? options->state : NULL, options->key_file, NULL,
                              obtained_cb, &wait);
  g_main_loop_run (loop);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return wait.identity;
}
