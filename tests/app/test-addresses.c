/* test-addresses.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-address-group.h"

#include <string.h>

static void
test_relays (void)
{
  static const char *good[] = {
    "ws://127.0.0.1:8080/", "ws://127.0.0.1:1", "wss://relay.example.org/",
    "wss://relay.example.org", "WSS://relay.example.org/path", "ws://[::1]:9000/",
    "wss://token@relay.example.org/", "  wss://relay.example.org/  ",
  };
  static const char *bad[] = {
    "", "relay.example.org", "http://relay.example.org/", "https://relay.example.org/", "ws://",
    "ws:///path", "ws:relay.example.org", "stun:relay.example.org", "ws://two words/",
    "ws://host:0/", "ws://host:99999/", "ws://host:port/", "javascript:alert(1)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("good: “%s”", good[i]);
      g_assert_true (edge_address_is_relay (good[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("bad: “%s”", bad[i]);
      g_assert_false (edge_address_is_relay (bad[i]));
    }
}

static void
test_ice (void)
{
  static const char *good[] = {
    "stun:stun.example.org", "stun:stun.example.org:3478", "stuns:stun.example.org",
    "turn:turn.example.org?transport=udp", "turns:turn.example.org:5349",
    "turn:name:password@turn.example.org",
  };
  static const char *bad[] = {
    "", "stun.example.org", "stun:", "turn:", "http://stun.example.org", "stun: stun.example.org",
    "stun:stun.example.org\n", "STUN", "xstun:stun.example.org",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("good: “%s”", good[i]);
      g_assert_true (edge_address_is_ice (good[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("bad: “%s”", bad[i]);
      g_assert_false (edge_address_is_ice (bad[i]));
    }
}

static char *
address_of_length (const char *start,
                   gsize       length)
{
  char *address = g_strnfill (length, 'a');

  memcpy (address, start, strlen (start));
  return address;
}

static void
test_lengths (void)
{
  g_autofree char *relay = address_of_length ("wss://", EDGE_ADDRESS_GROUP_MAX_LENGTH + 1);
  g_autofree char *ice = address_of_length ("stun:", EDGE_ADDRESS_GROUP_MAX_LENGTH + 1);

  g_assert_false (edge_address_is_relay (relay));
  g_assert_false (edge_address_is_ice (ice));
  relay[64] = ice[64] = '\0';
  g_assert_true (edge_address_is_relay (relay));
  g_assert_true (edge_address_is_ice (ice));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/addresses/relays", test_relays);
  g_test_add_func ("/addresses/ice", test_ice);
  g_test_add_func ("/addresses/lengths", test_lengths);

  return g_test_run ();
}
