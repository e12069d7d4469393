/* edge-relay-trouble.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-relay-trouble.h"

static const EdgeRelayTrouble troubles[] = {
  { "replaced",
    "Another program with your identity has taken this connection over. Close it, then try again.",
    TRUE },
  { "token",
    "This relay asks for a token. Get it, or an invitation, from whoever hosts it.",
    TRUE },
  { "signature",
    "The relay did not accept the proof of your identity. Restart Edge-Net; if that does not help, "
    "tell whoever hosts the relay.",
    TRUE },
  { "full",
    "The relay is full. It is tried again by itself; another relay may have room.",
    FALSE },
  { "draining",
    "The relay is being restarted. It is tried again by itself.",
    FALSE },
  { "idle",
    "The relay heard nothing from this computer for too long, perhaps because it slept. It is "
    "tried again by itself.",
    FALSE },
};

/**
 * edge_relay_trouble_find:
 * @code: from an `error` frame
 * @message: (nullable): from the same
 *
 * Returns: (transfer none) (nullable): the trouble that ends a connection, or %NULL when the
 *   error is about a single frame
 */
const EdgeRelayTrouble *
edge_relay_trouble_find (const char *code,
                         const char *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (g_str_equal (code, troubles[i].code))
      return &troubles[i];

  return g_strcmp0 (message, "replaced") == 0 ? &troubles[0] : NULL;
}

/**
 * edge_relay_trouble_is_twin:
 * @detail: (nullable): why a relay will not have us
 *
 * Returns: whether that is because another program came with our key
 */
gboolean
edge_relay_trouble_is_twin (const char *detail)
{
  return g_strcmp0 (detail, troubles[0].detail) == 0;
}

/**
 * edge_relay_trouble_describe:
 * @error: why no connection was made
 * @status: HTTP status of the answer, 0 when there was none
 *
 * Returns: (transfer full): the same in plain words, with a remedy
 */
char *
edge_relay_trouble_describe (const GError *error,
                             guint         status)
{
  switch (status)
    {
    case 0:
      break;
    case 401:
    case 403:
      return g_strdup ("The relay does not let this computer in. Ask whoever hosts it.");
    case 429:
      return g_strdup ("The relay has too many connections from your address. It is tried again "
                       "by itself.");
    case 503:
      return g_strdup ("The relay is being restarted. It is tried again by itself.");
    default:
      return g_strdup (EDGE_RELAY_TROUBLE_FOREIGN);
    }

  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup ("The relay's name can't be found. Check the address for a slip, and whether "
                     "you are online.");
  if (error->domain == G_TLS_ERROR)
    return g_strdup_printf ("The relay's certificate is not trusted (%s). Check the address; if it "
                            "is right, tell whoever hosts the relay.", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup ("Nobody answers at the relay's address: it may not be running. Check the "
                     "address; it is tried again by itself.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return g_strdup ("The relay can't be reached from this network. Check that you are online; it "
                     "is tried again by itself.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_strdup (EDGE_RELAY_TROUBLE_TIMEOUT);

  return g_strdup_printf ("No connection to the relay: %s. It is tried again by itself.",
                          error->message);
}
