/* edge-cli-options.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/edge-base64.h"
#include "node/edge-state-dir.h"

/* A command, how many words it takes, and the options of its own. */
typedef struct
{
  const char *name;
  guint       min_words;
  guint       max_words;
  const char *options;
} Command;

static const Command commands[] =
{
  { "run", 0, 0, "relay network room listen name archive prune" },
  { "status", 0, 0, "" },
  { "peers", 0, 0, "" },
  { "message", 2, 2, "" },
  { "disconnect", 1, 1, "" },
  { "pause", 0, 0, "for" },
  { "resume", 0, 0, "" },
  { "quit", 0, 0, "" },
  { "identity", 0, 2, "passphrase-file replace" },
  { "invite", 0, 0, "direct qr revoke list new withdraw" },
  { "accept", 1, 1, "qr" },
  { "members", 0, 0, "waiting" },
  { "vouch", 1, 1, "" },
  { "decline", 1, 1, "" },
  { "validators", 1, 16, "" },
  { "network", 1, 2, "name param validator grant relay open" },
  { "balance", 0, 1, "" },
  { "transfer", 2, 3, "" },
  { "stake", 1, 1, "" },
  { "unstake", 1, 1, "" },
  { "ledger", 1, 2, "most network" },
};

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];

  return NULL;
}

static GOptionContext *
make_context (EdgeCliOptions *self)
{
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &self->state,
      N_("The node’s folder ($XDG_DATA_HOME/edge-net)"), N_("DIR") },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &self->key_file,
      N_("Keep the key in FILE, in the clear, instead of the keyring; made if absent"), N_("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_("Print JSON"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &self->help, N_("Print this and end"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Print the version and end"), NULL },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry run_entries[] = {
    { "relay", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->relays,
      N_("Find peers through the relay at URL; may be repeated"), N_("URL") },
    { "network", 0, 0, G_OPTION_ARG_STRING, &self->network,
      N_("Join this network; check-proof: the network’s id"), N_("ID or NAME") },
    { "room", 0, 0, G_OPTION_ARG_STRING, &self->room,
      N_("Join the open network NAME"), N_("NAME") },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &self->listen,
      N_("Run the built-in relay at this address; port 0 takes any free one"), N_("ADDR:PORT") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name,
      N_("What others read; at most 64 bytes"), N_("NAME") },
    { "archive", 0, 0, G_OPTION_ARG_NONE, &self->archive,
      N_("Keep all events in full from now on"), NULL },
    { "prune", 0, 0, G_OPTION_ARG_NONE, &self->prune,
      N_("Keep final events in short from now on, as a node does at first"), NULL },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry pause_entries[] = {
    { "for", 0, 0, G_OPTION_ARG_STRING, &self->pause,
      N_("How long, as in 90s, 30m, 2h or 1d"), N_("TIME") },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry invite_entries[] = {
    { "direct", 0, 0, G_OPTION_ARG_NONE, &self->direct,
      N_("Offer a direct link, which needs no server"), NULL },
    { "qr", 0, 0, G_OPTION_ARG_NONE, &self->qr, N_("Draw the QR code as well"), NULL },
    { "revoke", 0, 0, G_OPTION_ARG_NONE, &self->revoke,
      N_("Take back all invitations into the network"), NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &self->list,
      N_("List the invitations that count, and who came with them"), NULL },
    { "new", 0, 0, G_OPTION_ARG_NONE, &self->another,
      N_("Make another one than before, to be taken back alone"), NULL },
    { "withdraw", 0, 0, G_OPTION_ARG_STRING, &self->withdraw,
      N_("Take back one invitation, by the beginning of its ticket"), N_("TICKET") },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry identity_entries[] = {
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &self->passphrase_file,
      N_("backup, restore: Read the passphrase from the first line of FILE, not the terminal"),
      N_("FILE") },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &self->replace,
      N_("restore: Put aside the identity that is there, in a file under the same passphrase"), NULL },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry network_entries[] = {
    { "param", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->params,
      N_("create: Set a number of the genesis, nano and ms; may be repeated"), N_("K=V") },
    { "validator", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->validators,
      N_("create: Who closes the book instead of you; may be repeated"), N_("KEY") },
    { "grant", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->grants,
      N_("create: Credits to begin with; may be repeated"), N_("KEY=AMOUNT") },
    { "open", 0, 0, G_OPTION_ARG_STRING, &self->open,
      N_("join: The open network NAME"), N_("NAME") },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry members_entries[] = {
    { "waiting", 0, 0, G_OPTION_ARG_NONE, &self->waiting,
      N_("Only who waits to be a member"), NULL },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry ledger_entries[] = {
    { "most", 0, 0, G_OPTION_ARG_STRING, &self->most,
      N_("list: How many events, 1 to 1000 (100)"), N_("N") },
    G_OPTION_ENTRY_NULL
  };
  GOptionContext *context = g_option_context_new (_("COMMAND…"));
  GOptionGroup *run_group, *pause_group, *identity_group, *invite_group, *network_group,
               *members_group, *ledger_group;

  run_group = g_option_group_new ("run", _("Options of run:"), _("Options of run"), NULL,
                                 NULL);
  pause_group = g_option_group_new ("pause", _("Options of pause:"), _("Options of pause"), NULL,
                                   NULL);
  identity_group = g_option_group_new ("identity", _("Options of identity:"),
                                       _("Options of identity"), NULL, NULL);
  g_option_group_add_entries (identity_group, identity_entries);
  g_option_group_set_translation_domain (identity_group, GETTEXT_PACKAGE);
  invite_group = g_option_group_new ("invite", _("Options of invite:"), _("Options of invite"),
                                    NULL, NULL);
  g_option_group_add_entries (invite_group, invite_entries);
  g_option_group_set_translation_domain (invite_group, GETTEXT_PACKAGE);
  network_group = g_option_group_new ("network", _("Options of network:"), _("Options of network"),
                                      NULL, NULL);
  members_group = g_option_group_new ("members", _("Options of members:"), _("Options of members"),
                                      NULL, NULL);
  g_option_group_add_entries (members_group, members_entries);
  g_option_group_set_translation_domain (members_group, GETTEXT_PACKAGE);
  ledger_group = g_option_group_new ("ledger", _("Options of ledger:"), _("Options of ledger"), NULL,
                                     NULL);
  g_option_group_add_entries (network_group, network_entries);
  g_option_group_add_entries (ledger_group, ledger_entries);
  g_option_group_set_translation_domain (network_group, GETTEXT_PACKAGE);
  g_option_group_set_translation_domain (ledger_group, GETTEXT_PACKAGE);
  g_option_group_add_entries (run_group, run_entries);
  g_option_group_add_entries (pause_group, pause_entries);
  g_option_group_set_translation_domain (run_group, GETTEXT_PACKAGE);
  g_option_group_set_translation_domain (pause_group, GETTEXT_PACKAGE);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_group (context, run_group);
  g_option_context_add_group (context, pause_group);
  g_option_context_add_group (context, identity_group);
  g_option_context_add_group (context, invite_group);
  g_option_context_add_group (context, network_group);
  g_option_context_add_group (context, members_group);
  g_option_context_add_group (context, ledger_group);
  g_option_context_set_summary (context, _("A node of Edge-Net without a window, and the command line of one that runs.\n"
    "\n"
    "Commands:\n"
    "  run                 Run a node until it is told to quit\n"
    "  status              What the node does and why\n"
    "  peers               The peers it knows\n"
    "  message PEER TEXT   Send a text to a peer\n"
    "  disconnect PEER     End the link to a peer\n"
    "  pause               Give nothing; links stay\n"
    "  resume              End the pause\n"
    "  quit                Take leave and end the node\n"
    "  identity [show]     Who this node is; makes the key where there is none\n"
    "  identity backup FILE\n"
    "                      Write the key into a file that a passphrase opens\n"
    "  identity restore FILE\n"
    "                      Take the key of such a file, or of a picture of its QR code\n"
    "  identity claim      Say that the key is used here alone, and sign again\n"
    "  invite              Print a link that invites into the network\n"
    "  accept LINK         Take an invitation: a link, or a picture of its QR code\n"
    "  network create      Make a network; needs --name\n"
    "  network list        The networks known here\n"
    "  network show [ID]   The network joined, or another one\n"
    "  network switch ID   Join a network that is known here, by its id or name\n"
    "  network join FILE   Join the network of a network file, or of --open\n"
    "  network export [ID]\n"
    "                      Print the network file, which lets others in\n"
    "  members             Who joined the network\n"
    "  vouch KEY           Make somebody who waits a member\n"
    "  decline KEY         Say no to somebody who waits, for good\n"
    "  validators propose KEY…\n"
    "                      Say who shall close the book from now on\n"
    "  validators insist   Sign again though no peer has shown the last checkpoint\n"
    "  balance [KEY]       What a key has\n"
    "  transfer KEY AMOUNT [MEMO]\n"
    "                      Pay a key\n"
    "  stake AMOUNT        Move credits into the stake\n"
    "  unstake AMOUNT      Move credits out of the stake\n"
    "  ledger status       The ledger in numbers\n"
    "  ledger list [KEY]   The newest events, or those that concern a key\n"
    "  ledger show ID      One event, and what became of it\n"
    "  ledger verify       Compute everything again from what is stored\n"
    "  ledger export [FILE]\n"
    "                      Write all events and checkpoints\n"
    "  ledger import FILE  Take in the events of such a file\n"
    "  ledger fold FILE    Fold such a file; needs no network and reads no clock\n"
    "  ledger proof [KEY]  Print what proves to anybody what a key has\n"
    "  ledger check-proof FILE\n"
    "                      Check such a proof against --network; needs nothing else\n"
    "\n"
    "PEER is the beginning of a peer’s id, or its name. AMOUNT is credits, with at most\n"
    "9 decimals."));
  g_option_context_set_description (context, _("Exit status: 0 done, 1 failed or refused, 2 wrong usage, 3 no node runs, 4 no network.\n"
    "All of it is in edge-net-node(1)."));
  return context;
}

static gboolean
check_options (EdgeCliOptions  *self,
               const Command   *command,
               GError         **error)
{
  const struct
  {
    const char *name;
    gboolean    given;
  } own[] = {
    { "relay", self->relays != NULL },
    { "network", self->network != NULL },
    { "room", self->room != NULL },
    { "listen", self->listen != NULL },
    { "name", self->name != NULL },
    { "for", self->pause != NULL },
    { "direct", self->direct },
    { "qr", self->qr },
    { "revoke", self->revoke },
    { "list", self->list },
    { "new", self->another },
    { "withdraw", self->withdraw != NULL },
    { "archive", self->archive },
    { "prune", self->prune },
    { "param", self->params != NULL },
    { "validator", self->validators != NULL },
    { "grant", self->grants != NULL },
    { "open", self->open != NULL },
    { "waiting", self->waiting },
    { "most", self->most != NULL },
    { "passphrase-file", self->passphrase_file != NULL },
    { "replace", self->replace },
  };
  g_auto(GStrv) allowed = g_strsplit (command->options, " ", -1);

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (own[i].given && !g_strv_contains ((const char * const *) allowed, own[i].name))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                     _("“%s” takes no --%s"), command->name, own[i].name);
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_words (EdgeCliOptions  *self,
             GError         **error)
{
  guint n = g_strv_length (self->words);
  const Command *command;

  if (n == 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("A command is missing"));
      return FALSE;
    }

  command = find_command (self->words[0]);
  if (command == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("There is no command “%s”"),
                   self->words[0]);
      return FALSE;
    }
  if (n - 1 < command->min_words || n - 1 > command->max_words)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   n - 1 < command->min_words ? _("“%s” takes more than that")
                                              : _("“%s” takes less than that"), command->name);
      return FALSE;
    }

  return check_options (self, command, error);
}

/* Stands before a key that begins with a dash while options are read. */
#define KEY_MARK "\001"

static gboolean
takes_value (const char *argument)
{
  static const char *const flags[] = { "--", "--json", "--help", "--version", "--direct", "--qr",
                                       "--revoke", NULL };

  return g_str_has_prefix (argument, "--") && strchr (argument, '=') == NULL &&
         !g_strv_contains (flags, argument);
}

/* One key in 64 begins with a dash, and nobody who pastes it thinks of "--". */
static GStrv
mark_keys (GStrv arguments)
{
  GStrv marked = g_strdupv (arguments);

  for (guint i = 1; arguments[0] != NULL && arguments[i] != NULL; i++)
    {
      if (arguments[i][0] != '-' || !edge_base64url_is_key (arguments[i]) ||
          takes_value (arguments[i - 1]))
        continue;
      g_free (marked[i]);
      marked[i] = g_strconcat (KEY_MARK, arguments[i], NULL);
    }
  return marked;
}

/**
 * edge_cli_options_parse:
 * @self: (out caller-allocates): options, all zero
 * @arguments: the command line, the program first
 * @error: return location for an error in the `G_OPTION_ERROR` domain
 *
 * Reads the command line. Options may stand before or after the command. A whole key
 * or id is never an option, even where it begins with a dash.
 *
 * Returns: whether it makes sense
 */
gboolean
edge_cli_options_parse (EdgeCliOptions  *self,
                        GStrv            arguments,
                        GError         **error)
{
  g_autoptr(GOptionContext) context = make_context (self);
  g_auto(GStrv) rest = mark_keys (arguments);

  if (!g_option_context_parse_strv (context, &rest, error))
    return FALSE;

  self->own_state = self->state != NULL;
  if (self->own_state)
    {
      g_autofree char *given = g_steal_pointer (&self->state);

      self->state = g_canonicalize_filename (given, NULL);
    }
  else
    self->state = edge_state_dir_dup_default ();

  /* What stands behind "--" is no option; the dashes themselves say nothing more. */
  {
    g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
    gboolean dashes = FALSE;

    for (guint i = 1; rest[0] != NULL && rest[i] != NULL; i++)
      if (!dashes && g_str_equal (rest[i], "--"))
        dashes = TRUE;
      else
        g_strv_builder_add (words, rest[i] + strspn (rest[i], KEY_MARK));
    self->words = g_strv_builder_end (words);
  }

  return self->help || self->version || check_words (self, error);
}

void
edge_cli_options_clear (EdgeCliOptions *self)
{
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->relays, g_strfreev);
  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->room, g_free);
  g_clear_pointer (&self->listen, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->pause, g_free);
  g_clear_pointer (&self->open, g_free);
  g_clear_pointer (&self->most, g_free);
  g_clear_pointer (&self->passphrase_file, g_free);
  g_clear_pointer (&self->withdraw, g_free);
  g_clear_pointer (&self->params, g_strfreev);
  g_clear_pointer (&self->validators, g_strfreev);
  g_clear_pointer (&self->grants, g_strfreev);
  g_clear_pointer (&self->words, g_strfreev);
}

const char *
edge_cli_options_command (EdgeCliOptions *self)
{
  return self->words[0];
}

char *
edge_cli_options_help (void)
{
  g_auto(EdgeCliOptions) none = { NULL };
  g_autoptr(GOptionContext) context = make_context (&none);

  return g_option_context_get_help (context, FALSE, NULL);
}
