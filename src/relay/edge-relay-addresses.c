/* edge-relay-addresses.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-addresses.h"

#include <string.h>

/**
 * EdgeRelayAddresses:
 *
 * Counts what each address uses, so that one can't take it all.
 */

#define MAX_ADDRESSES 100000

/* Sockets of one address at most, for each WebSocket it may have: with TLS they stay. */
#define SOCKETS_A_CONNECTION 2

/* An address without connections is remembered until its bucket is full again. */
#define REMEMBERED_FOR (60 * G_USEC_PER_SEC)

struct _EdgeRelayAddresses
{
  GHashTable *table;
  guint       per_address;
  guint       requests_per_minute;
};

static void
address_free (gpointer data)
{
  EdgeRelayAddress *address = data;

  g_rc_box_release (address->sockets);
  g_free (address);
}

EdgeRelayAddresses *
edge_relay_addresses_new (guint per_address,
                          guint requests_per_minute)
{
  EdgeRelayAddresses *self = g_new0 (EdgeRelayAddresses, 1);

  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, address_free);
  self->per_address = per_address;
  self->requests_per_minute = requests_per_minute;
  return self;
}

void
edge_relay_addresses_free (EdgeRelayAddresses *self)
{
  g_hash_table_unref (self->table);
  g_free (self);
}

/**
 * edge_relay_addresses_key:
 * @address: a client's address
 *
 * One customer of a provider has a whole /64 of IPv6, so that counts as one
 * address; an IPv4 address mapped into IPv6 counts as what it is.
 *
 * Returns: (transfer full): what the address is counted under
 */
char *
edge_relay_addresses_key (GInetAddress *address)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *b = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return g_strdup_printf ("%u.%u.%u.%u", b[0], b[1], b[2], b[3]);
  if (memcmp (b, mapped, sizeof mapped) == 0)
    return g_strdup_printf ("%u.%u.%u.%u", b[12], b[13], b[14], b[15]);

  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]);
}

/**
 * edge_relay_addresses_lookup:
 * @self: the addresses
 * @key: of one of them
 * @now: monotonic time in microseconds
 *
 * Returns: (transfer none) (nullable): the address; %NULL when there are too many to count
 */
EdgeRelayAddress *
edge_relay_addresses_lookup (EdgeRelayAddresses *self,
                             const char         *key,
                             gint64              now)
{
  EdgeRelayAddress *address = g_hash_table_lookup (self->table, key);

  if (address == NULL)
    {
      if (g_hash_table_size (self->table) >= MAX_ADDRESSES)
        return NULL;

      address = g_new0 (EdgeRelayAddress, 1);
      address->sockets = g_rc_box_new0 (guint);
      edge_token_bucket_init (&address->requests, self->requests_per_minute,
                              self->requests_per_minute, now);
      g_hash_table_insert (self->table, g_strdup (key), address);
    }

  address->used_at = now;
  return address;
}

/* A count outlives the relay where a connection does. */
static void
count_out_cb (gpointer  data,
              GObject  *gone)
{
  guint *count = data;

  (*count)--;
  g_rc_box_release (count);
}

/**
 * edge_relay_addresses_count_in:
 * @socket: a socket
 * @count: a number from g_rc_box_new()
 *
 * Adds one to @count for as long as @socket lives.
 */
void
edge_relay_addresses_count_in (GSocket *socket,
                               guint   *count)
{
  (*count)++;
  g_object_weak_ref (G_OBJECT (socket), count_out_cb, g_rc_box_acquire (count));
}

/**
 * edge_relay_addresses_admit:
 * @self: the addresses
 * @socket: one that was accepted just now
 * @now: monotonic time in microseconds
 *
 * Returns: %FALSE when its address holds too many open that have not yet said what they want
 */
gboolean
edge_relay_addresses_admit (EdgeRelayAddresses *self,
                            GSocket            *socket,
                            gint64              now)
{
  g_autoptr(GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  g_autofree char *key = NULL;
  EdgeRelayAddress *address;

  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return FALSE;

  key = edge_relay_addresses_key (g_inet_socket_address_get_address (
                                    G_INET_SOCKET_ADDRESS (remote)));
  address = edge_relay_addresses_lookup (self, key, now);
  if (address == NULL || *address->sockets >= SOCKETS_A_CONNECTION * self->per_address)
    return FALSE;

  edge_relay_addresses_count_in (socket, address->sockets);
  return TRUE;
}

/** edge_relay_addresses_enter: counts a connection in; %FALSE when there are too many. */
gboolean
edge_relay_addresses_enter (EdgeRelayAddresses *self,
                            EdgeRelayAddress   *address)
{
  if (address->connections >= self->per_address)
    return FALSE;

  address->connections++;
  return TRUE;
}

void
edge_relay_addresses_leave (EdgeRelayAddresses *self,
                            EdgeRelayAddress   *address,
                            gint64              now)
{
  g_assert (address->connections > 0);

  address->connections--;
  address->used_at = now;
}

static gboolean
is_forgotten (gpointer key,
              gpointer value,
              gpointer user_data)
{
  EdgeRelayAddress *address = value;
  gint64 *now = user_data;

  return address->connections == 0 && *address->sockets == 0 &&
         *now - address->used_at >= REMEMBERED_FOR;
}

void
edge_relay_addresses_forget (EdgeRelayAddresses *self,
                             gint64              now)
{
  g_hash_table_foreach_remove (self->table, is_forgotten, &now);
}

guint
edge_relay_addresses_count (EdgeRelayAddresses *self)
{
  return g_hash_table_size (self->table);
}
