/* test-default-network.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "node/edge-network-default.h"
#include "node/edge-network-found.h"

static void
test_open (void)
{
  g_autoptr(EdgeNetwork) network = edge_network_new_built_in ("");
  g_autoptr(EdgeNetwork) named = edge_network_new_open ("edge-net");

  g_assert_cmpstr (network->id, ==, named->id);
  g_assert_true (network->open);
}

/* What `network export` writes is what a publisher names at build time. */
static void
test_founded (void)
{
  static const char wish[] = "{\"name\":\"Co-op \\\"4\\\"\",\"relays\":[\"wss://relay.example.org/\"]}";
  g_autoptr(EdgeIdentity) founder = edge_identity_generate ();
  g_autoptr(EdgeNetwork) made = NULL;
  g_autoptr(EdgeNetwork) network = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *file = NULL;

  made = edge_network_found (founder, wish, strlen (wish), &error);
  g_assert_no_error (error);
  file = edge_network_to_text (made);
  network = edge_network_new_built_in (file);
  g_assert_cmpstr (network->id, ==, made->id);
  g_assert_cmpstr (network->name, ==, "Co-op \"4\"");
  g_assert_cmpstr (network->relays[0], ==, "wss://relay.example.org/");
  g_assert_cmpmem (network->room_secret, sizeof network->room_secret,
                   made->room_secret, sizeof made->room_secret);
}

/* A publisher who names what is no network file is told so at the first start. */
static void
test_nonsense (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr(EdgeNetwork) network = edge_network_new_built_in ("{\"edge_net\":1}");

      g_assert_null (network);
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*The network that was built in is none*");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/node/default-network/open", test_open);
  g_test_add_func ("/node/default-network/founded", test_founded);
  g_test_add_func ("/node/default-network/nonsense", test_nonsense);
  return g_test_run ();
}
