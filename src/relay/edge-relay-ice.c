/* edge-relay-ice.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-ice.h"

#include <string.h>

/* Servers as `RTCIceServer` of WebRTC writes them, with the time-limited
 * credentials of coturn's REST scheme (`use-auth-secret`): the name is the time
 * at which it ends and a user, the password its HMAC-SHA-1. */

/**
 * edge_relay_ice_credential:
 * @secret: coturn's `static-auth-secret`
 * @username: `TIME:USER`
 *
 * Returns: (transfer full): the password in base64
 */
char *
edge_relay_ice_credential (const char *secret,
                           const char *username)
{
  g_autoptr(GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, (const guchar *) secret, strlen (secret));
  guint8 digest[20];
  gsize size = sizeof digest;

  g_hmac_update (hmac, (const guchar *) username, -1);
  g_hmac_get_digest (hmac, digest, &size);
  return g_base64_encode (digest, size);
}

static void
append_urls (GString     *out,
             const GStrv  urls)
{
  g_string_append (out, "{\"urls\":[");
  for (guint i = 0; urls[i] != NULL; i++)
    g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", urls[i]);
  g_string_append_c (out, ']');
}

/**
 * edge_relay_ice_append_array:
 * @out: where to write a JSON array
 * @config: has the URLs and the secret
 * @user: for whom; visible ASCII without quote and backslash
 * @unix_time: now, in seconds
 */
void
edge_relay_ice_append_array (GString               *out,
                             const EdgeRelayConfig *config,
                             const char            *user,
                             gint64                 unix_time)
{
  g_string_append_c (out, '[');

  if (config->stun_urls != NULL)
    {
      append_urls (out, config->stun_urls);
      g_string_append_c (out, '}');
    }

  if (config->turn_urls != NULL && config->turn_secret != NULL)
    {
      g_autofree char *username = g_strdup_printf ("%" G_GINT64_FORMAT ":%s",
                                                   unix_time + config->turn_ttl, user);
      g_autofree char *credential = edge_relay_ice_credential (config->turn_secret, username);

      if (config->stun_urls != NULL)
        g_string_append_c (out, ',');
      append_urls (out, config->turn_urls);
      g_string_append_printf (out, ",\"username\":\"%s\",\"credential\":\"%s\"}",
                              username, credential);
    }

  g_string_append_c (out, ']');
}
