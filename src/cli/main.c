/* main.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <sys/resource.h>

#include "cli/edge-cli-commands.h"
#include "cli/edge-cli-invite.h"
#include "cli/edge-cli-ledger.h"
#include "cli/edge-cli-members.h"
#include "cli/edge-cli-network.h"
#include "cli/edge-cli-options.h"
#include "cli/edge-cli-output.h"
#include "cli/edge-run.h"

/* edge-net-node: see data/edge-net-node.1. */

/* Each link takes a dozen descriptors, and libnice ends the program when it gets none. */
static void
raise_open_files (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max)
    {
      files.rlim_cur = files.rlim_max;
      setrlimit (RLIMIT_NOFILE, &files);
    }
}

int
main (int    argc,
      char **argv)
{
  gint64 started_at = g_get_monotonic_time ();
  const char *localedir;
  g_auto(EdgeCliOptions) options = { NULL };
  g_auto(GStrv) arguments = g_strdupv (argv);
  g_autoptr(GError) error = NULL;

  raise_open_files ();
  signal (SIGPIPE, SIG_IGN);
  setlocale (LC_ALL, "");
  /* Where it runs from the tree, the translations are in the build. */
  localedir = g_getenv ("EDGE_NET_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : EDGE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("edge-net-node");

  if (!edge_cli_options_parse (&options, arguments, &error))
    {
      /* An option that makes no sense takes those before it with it. */
      edge_cli_output_error (g_strv_contains ((const char * const *) arguments, "--json"), "usage", error->message,
                             _("Try “edge-net-node --help”."));
      return EDGE_CLI_EXIT_USAGE;
    }
  if (options.help)
    {
      g_autofree char *help = edge_cli_options_help ();

      g_print ("%s", help);
      return 0;
    }
  if (options.version)
    {
      g_print ("edge-net-node " EDGE_VERSION "\n");
      return 0;
    }

  if (g_str_equal (edge_cli_options_command (&options), "run"))
    return edge_run (&options, started_at);
  if (g_str_equal (edge_cli_options_command (&options), "identity"))
    return edge_cli_commands_identity (&options);
  if (g_str_equal (edge_cli_options_command (&options), "invite"))
    return edge_cli_invite (&options);
  if (g_str_equal (edge_cli_options_command (&options), "accept"))
    return edge_cli_accept (&options);
  if (g_str_equal (edge_cli_options_command (&options), "network"))
    return edge_cli_network_do (&options);
  if (g_str_equal (edge_cli_options_command (&options), "members"))
    return edge_cli_members_list (&options);
  if (g_str_equal (edge_cli_options_command (&options), "vouch") ||
      g_str_equal (edge_cli_options_command (&options), "decline"))
    return edge_cli_members_answer (&options);
  if (g_str_equal (edge_cli_options_command (&options), "validators"))
    return edge_cli_members_validators (&options);
  if (g_str_equal (edge_cli_options_command (&options), "ledger"))
    return edge_cli_ledger_do (&options);
  if (g_str_equal (edge_cli_options_command (&options), "balance"))
    return edge_cli_ledger_balance (&options);
  if (g_str_equal (edge_cli_options_command (&options), "transfer"))
    return edge_cli_ledger_transfer (&options);
  if (g_str_equal (edge_cli_options_command (&options), "stake") ||
      g_str_equal (edge_cli_options_command (&options), "unstake"))
    return edge_cli_ledger_stake (&options);
  return edge_cli_commands_ask (&options);
}
