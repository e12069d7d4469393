/* edge-relay-address.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-relay-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "node/edge-node-error.h"

/**
 * edge_relay_address_read:
 * @typed: what a person typed: `ws://HOST:PORT/` or `wss://HOST/`, with `TOKEN@` before the
 *   host where the relay asks for its room token
 * @url: (out): the address without the token, fit to be shown
 * @token: (out) (nullable): the token
 * @error: return location for an error in the `EDGE_NODE_ERROR` domain
 *
 * Reads the address of a relay.
 *
 * Returns: whether it makes sense
 */
gboolean
edge_relay_address_read (const char  *typed,
                         char       **url,
                         char       **token,
                         GError     **error)
{
  g_autofree char *address = g_strstrip (g_strdup (typed));
  g_autoptr(GUri) uri = NULL;
  const char *scheme;

  if (strlen (typed) > EDGE_RELAY_ADDRESS_MAX)
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_ADDRESS,
                   _("The address of a relay has at most %d characters"), EDGE_RELAY_ADDRESS_MAX);
      return FALSE;
    }

  /* GUri takes spaces as part of a host. */
  if (strpbrk (address, " \t\r\n") == NULL)
    uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  if ((!g_str_equal (scheme, "ws") && !g_str_equal (scheme, "wss")) ||
      g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' ||
      g_uri_get_port (uri) == 0)
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_ADDRESS,
                   _("“%s” is no address of a relay; one begins with ws:// or wss:// and "
                     "a host, as in wss://relay.example.org/"), address);
      return FALSE;
    }

  *token = g_strdup (g_uri_get_userinfo (uri));
  *url = g_uri_join (G_URI_FLAGS_NONE, scheme, NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                     g_uri_get_path (uri)[0] != '\0' ? g_uri_get_path (uri) : "/",
                     g_uri_get_query (uri), NULL);
  return TRUE;
}
