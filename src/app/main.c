/* main.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-application.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sys/resource.h>

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

int
main (int   argc,
      char *argv[])
{
  g_autoptr(EdgeApplication) application = NULL;

  raise_descriptor_limit ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, EDGE_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = edge_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
