/* main.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-application.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <sys/resource.h>
#include <unistd.h>

/* A link takes some twenty descriptors, and GStreamer aborts when they run out. */
static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max)
    {
      limit.rlim_cur = limit.rlim_max;
      if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
        g_debug ("The limit of open files stays as it was");
    }
}

/* In the same process, with the same options. The name on the bus and the folder are free by
 * then: the first by what was sent, the second because its lock goes with this program. */
static void
start_again (char **argv)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  if (bus != NULL)
    g_dbus_connection_flush_sync (bus, NULL, NULL);
  execv ("/proc/self/exe", argv);
  g_printerr (_("edge-net: it could not be started again: %s\n"), g_strerror (errno));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(EdgeApplication) application = NULL;
  const char *localedir;
  int status;

  raise_descriptor_limit ();

  setlocale (LC_ALL, "");
  /* Where it runs from the tree, the translations are in the build. */
  localedir = g_getenv ("EDGE_NET_LOCALEDIR");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : EDGE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = edge_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  if (edge_application_wants_restart (application))
    start_again (argv);
  return status;
}
