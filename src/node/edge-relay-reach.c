/* edge-relay-reach.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-relay-reach.h"

#include <gio/gio.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

/* Addresses of this computer that one relay is told with. */
#define MAX_EXPANDED 3

/**
 * edge_relay_reach_to_string:
 * @reach: who can reach an address
 *
 * Returns: the word for it in JSON
 */
const char *
edge_relay_reach_to_string (EdgeRelayReach reach)
{
  static const char * const words[] = { "none", "computer", "lan", "anywhere" };

  return words[reach];
}

static gboolean
is_unique_local (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

static gboolean
is_local_name (const char *host)
{
  return g_ascii_strcasecmp (host, "localhost") == 0 ||
         (strlen (host) > 10 && g_ascii_strcasecmp (host + strlen (host) - 10, ".localhost") == 0);
}

static gboolean
is_lan_name (const char *host)
{
  /* RFC 6762 and RFC 8375; a name without a dot is one of the local network, too. */
  return strchr (host, '.') == NULL || g_str_has_suffix (host, ".local") ||
         g_str_has_suffix (host, ".lan") || g_str_has_suffix (host, ".home.arpa");
}

/**
 * edge_relay_reach_of:
 * @url: address of a relay
 *
 * Judges by the address alone; a firewall may keep people out all the same.
 *
 * Returns: who can reach it
 */
EdgeRelayReach
edge_relay_reach_of (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr(GInetAddress) address = NULL;

  if (host == NULL || host[0] == '\0')
    return EDGE_RELAY_REACH_NONE;

  address = g_inet_address_new_from_string (host);
  if (address == NULL)
    return is_local_name (host) ? EDGE_RELAY_REACH_COMPUTER
           : is_lan_name (host) ? EDGE_RELAY_REACH_LAN : EDGE_RELAY_REACH_ANYWHERE;
  if (g_inet_address_get_is_any (address) || g_inet_address_get_is_multicast (address))
    return EDGE_RELAY_REACH_NONE;
  if (g_inet_address_get_is_loopback (address))
    return EDGE_RELAY_REACH_COMPUTER;
  if (g_inet_address_get_is_site_local (address) || g_inet_address_get_is_link_local (address) ||
      is_unique_local (address))
    return EDGE_RELAY_REACH_LAN;
  return EDGE_RELAY_REACH_ANYWHERE;
}

/**
 * edge_relay_reach_of_all:
 * @urls: (nullable) (array zero-terminated=1): addresses of relays
 *
 * Returns: who can reach one of them
 */
EdgeRelayReach
edge_relay_reach_of_all (const char * const *urls)
{
  EdgeRelayReach best = EDGE_RELAY_REACH_NONE;

  for (guint i = 0; urls != NULL && urls[i] != NULL; i++)
    best = MAX (best, edge_relay_reach_of (urls[i]));

  return best;
}

static gboolean
is_fit (const struct ifaddrs *entry,
        GSocketFamily         family)
{
  if (entry->ifa_addr == NULL || !(entry->ifa_flags & IFF_UP) || (entry->ifa_flags & IFF_LOOPBACK))
    return FALSE;
  if (entry->ifa_addr->sa_family == AF_INET)
    return TRUE;

  /* A socket on :: takes IPv4 as well; the other way round it does not. */
  return entry->ifa_addr->sa_family == AF_INET6 && family == G_SOCKET_FAMILY_IPV6 &&
         !IN6_IS_ADDR_LINKLOCAL (&((struct sockaddr_in6 *) entry->ifa_addr)->sin6_addr);
}

static char *
with_address (GUri                  *uri,
              const struct ifaddrs  *entry)
{
  g_autoptr(GInetAddress) address = NULL;
  g_autofree char *text = NULL;

  if (entry->ifa_addr->sa_family == AF_INET)
    address = g_inet_address_new_from_bytes
      ((const guint8 *) &((struct sockaddr_in *) entry->ifa_addr)->sin_addr, G_SOCKET_FAMILY_IPV4);
  else
    address = g_inet_address_new_from_bytes
      ((const guint8 *) &((struct sockaddr_in6 *) entry->ifa_addr)->sin6_addr,
       G_SOCKET_FAMILY_IPV6);
  text = g_inet_address_to_string (address);

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), g_uri_get_userinfo (uri), text,
                     g_uri_get_port (uri), g_uri_get_path (uri), g_uri_get_query (uri), NULL);
}

/**
 * edge_relay_reach_expand:
 * @url: address of the built-in relay
 *
 * Where it listens on all addresses of this computer, these in its place; itself otherwise.
 *
 * Returns: (transfer full): addresses that others can use
 */
GStrv
edge_relay_reach_expand (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GInetAddress) address = NULL;
  struct ifaddrs *entries = NULL;
  guint n = 0;

  if (uri != NULL && g_uri_get_host (uri) != NULL)
    address = g_inet_address_new_from_string (g_uri_get_host (uri));
  if (address == NULL || !g_inet_address_get_is_any (address))
    {
      g_strv_builder_add (builder, url);
      return g_strv_builder_end (builder);
    }

  if (getifaddrs (&entries) != 0)
    return g_strv_builder_end (builder);

  for (const struct ifaddrs *entry = entries; entry != NULL && n < MAX_EXPANDED;
       entry = entry->ifa_next)
    if (is_fit (entry, g_inet_address_get_family (address)))
      {
        g_strv_builder_take (builder, with_address (uri, entry));
        n++;
      }
  freeifaddrs (entries);
  return g_strv_builder_end (builder);
}
