/* edge-local-addresses.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-local-addresses.h"

#include <gio/gio.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

static char *
to_text (const struct sockaddr *address)
{
  g_autoptr(GInetAddress) made = NULL;

  if (address->sa_family == AF_INET)
    made = g_inet_address_new_from_bytes
      ((const guint8 *) &((const struct sockaddr_in *) address)->sin_addr, G_SOCKET_FAMILY_IPV4);
  else
    made = g_inet_address_new_from_bytes
      ((const guint8 *) &((const struct sockaddr_in6 *) address)->sin6_addr, G_SOCKET_FAMILY_IPV6);

  if (g_inet_address_get_is_loopback (made) || g_inet_address_get_is_link_local (made))
    return NULL;
  return g_inet_address_to_string (made);
}

/**
 * edge_local_addresses_dup:
 *
 * Returns: (transfer full): the addresses of this computer by which another one may reach it
 */
GStrv
edge_local_addresses_dup (void)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  struct ifaddrs *entries = NULL;

  if (getifaddrs (&entries) != 0)
    return g_strv_builder_end (builder);

  for (const struct ifaddrs *entry = entries; entry != NULL; entry = entry->ifa_next)
    {
      char *text = NULL;

      if (entry->ifa_addr != NULL && (entry->ifa_flags & IFF_RUNNING) != 0 &&
          (entry->ifa_addr->sa_family == AF_INET || entry->ifa_addr->sa_family == AF_INET6))
        text = to_text (entry->ifa_addr);
      if (text != NULL)
        g_strv_builder_take (builder, text);
    }
  freeifaddrs (entries);
  return g_strv_builder_end (builder);
}

/**
 * edge_local_addresses_gained:
 * @before: addresses
 * @now: addresses, later
 *
 * Returns: whether there are new ones
 */
gboolean
edge_local_addresses_gained (const char * const *before,
                             const char * const *now)
{
  for (guint i = 0; now[i] != NULL; i++)
    if (!g_strv_contains (before, now[i]))
      return TRUE;
  return FALSE;
}
