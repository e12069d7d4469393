/* test-room.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-room.h"

#include "vectors.h"

static void
assert_hex (JsonObject   *vector,
            const char   *member,
            const guint8 *data)
{
  g_autoptr(GBytes) expected = vectors_hex (vector, member);

  g_assert_cmpmem (data, EDGE_ROOM_KEY_SIZE, g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
}

static void
test_vectors (void)
{
  g_autoptr(JsonNode) node = vectors_load ("room.json");
  JsonArray *cases = json_node_get_array (node);

  g_assert_cmpuint (json_array_get_length (cases), ==, 2);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *vector = json_array_get_object_element (cases, i);
      const char *network = vectors_text (vector, "network");
      g_autoptr(GBytes) secret = vectors_hex (vector, "secret");
      g_autoptr(EdgeRoom) room = json_object_has_member (vector, "open_name")
        ? edge_room_new_open (network, vectors_text (vector, "open_name"))
        : edge_room_new (network, g_bytes_get_data (secret, NULL));

      g_assert_cmpmem (edge_room_get_secret (room), EDGE_ROOM_SECRET_SIZE,
                       g_bytes_get_data (secret, NULL), g_bytes_get_size (secret));
      g_assert_cmpstr (edge_room_get_network_id (room), ==, network);
      assert_hex (vector, "topic", edge_room_get_topic_key (room));
      assert_hex (vector, "seal", edge_room_get_seal_key (room));
      assert_hex (vector, "inbox", edge_room_get_inbox_key (room));
      g_assert_cmpstr (edge_room_get_relay_tag (room), ==, vectors_text (vector, "relay_tag"));
    }
}

/* Neither the name nor the network shows in what a relay is told. */
static void
test_apart (void)
{
  const char *networks[] = { "9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws",
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
  const char *names[] = { "edge-net", "edge-net2" };
  g_autoptr(GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 2; i++)
    {
      for (guint j = 0; j < 2; j++)
        {
          g_autoptr(EdgeRoom) room = edge_room_new_open (networks[i], names[j]);

          g_assert_cmpuint (strlen (edge_room_get_relay_tag (room)), ==, 43);
          g_assert_null (strstr (edge_room_get_relay_tag (room), names[j]));
          g_assert_true (g_hash_table_add (tags, g_strdup (edge_room_get_relay_tag (room))));
        }
    }
}

/* A secret that is learned later makes the same room. */
static void
test_learned (void)
{
  static const guint8 none[EDGE_ROOM_SECRET_SIZE] = { 1 };
  const char *network = "9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws";
  g_autoptr(EdgeRoom) known = edge_room_new_open (network, "edge-net");
  g_autoptr(EdgeRoom) room = edge_room_new (network, none);

  g_assert_cmpstr (edge_room_get_relay_tag (room), !=, edge_room_get_relay_tag (known));
  edge_room_set_secret (room, edge_room_get_secret (known));
  g_assert_cmpstr (edge_room_get_relay_tag (room), ==, edge_room_get_relay_tag (known));
  g_assert_cmpmem (edge_room_get_seal_key (room), EDGE_ROOM_KEY_SIZE,
                   edge_room_get_seal_key (known), EDGE_ROOM_KEY_SIZE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signaling/room/vectors", test_vectors);
  g_test_add_func ("/signaling/room/apart", test_apart);
  g_test_add_func ("/signaling/room/learned", test_learned);
  return g_test_run ();
}
