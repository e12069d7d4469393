/* edge-ledger-banner.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-ledger-banner.h"

static void
problem_cb (AdwBanner  *banner,
            const char *code,
            const char *message,
            const char *remedy)
{
  g_autofree char *title = NULL;

  if (code == NULL || !g_str_has_prefix (code, "ledger"))
    return;

  title = g_strdup_printf ("%s %s", message, remedy != NULL ? remedy : "");
  adw_banner_set_title (banner, title);
  adw_banner_set_revealed (banner, TRUE);
}

/**
 * edge_ledger_banner_follow:
 * @banner: the banner of a page about the ledger
 * @node: an object with the properties of [class@Node]
 *
 * Shows on @banner when the ledger can't be opened or written; hiding it again is up to the page.
 */
void
edge_ledger_banner_follow (AdwBanner *banner,
                           GObject   *node)
{
  if (g_signal_lookup ("problem", G_OBJECT_TYPE (node)) != 0)
    g_signal_connect_object (node, "problem", G_CALLBACK (problem_cb), banner, G_CONNECT_SWAPPED);
}
