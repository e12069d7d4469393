/* test-map-model.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-map-model.h"
#include "app/edge-peer-sorter.h"

#include <math.h>

/* The store keeps the peer. */
static EdgePeer *
add_peer (GListStore    *store,
          const char    *id,
          const char    *name,
          EdgePeerState  state,
          EdgePeerPath   path,
          double         latency)
{
  g_autoptr(EdgePeer) peer = edge_peer_new (id);

  edge_peer_set_name (peer, name);
  edge_peer_set_state (peer, state);
  edge_peer_set_path (peer, path);
  if (!isnan (latency))
    edge_peer_add_round_trip (peer, latency, 1);
  g_list_store_append (store, peer);
  return peer;
}

static void
count_cb (EdgeMapModel *model,
          guint        *count)
{
  (*count)++;
}

static void
test_nodes (void)
{
  g_autoptr(GListStore) store = g_list_store_new (EDGE_TYPE_PEER);
  g_autoptr(EdgeMapModel) model = edge_map_model_new ();
  EdgePeer *b = add_peer (store, "b", "Bo", EDGE_PEER_STATE_CONNECTED, EDGE_PEER_PATH_DIRECT, 20);
  EdgePeer *a = add_peer (store, "a", "Al", EDGE_PEER_STATE_CONNECTED, EDGE_PEER_PATH_TURN, 90);
  guint count = 0;
  g_autofree char *summary = NULL;

  add_peer (store, "c", NULL, EDGE_PEER_STATE_NEW, EDGE_PEER_PATH_NONE, NAN);
  add_peer (store, "d", NULL, EDGE_PEER_STATE_CONNECTING, EDGE_PEER_PATH_NONE, NAN);
  g_signal_connect (model, "outdated", G_CALLBACK (count_cb), &count);
  edge_map_model_set_peers (model, G_LIST_MODEL (store));
  g_assert_cmpuint (count, ==, 1);

  /* In the order of keys, without those only heard of. */
  edge_map_model_refresh (model);
  g_assert_cmpuint (edge_map_model_get_length (model), ==, 3);
  g_assert_cmpstr (edge_map_model_get_id (model, 0), ==, "a");
  g_assert_cmpstr (edge_map_model_get_id (model, 2), ==, "d");
  g_assert_true (edge_map_model_get_peer (model, 1) == b);
  g_assert_cmpint (edge_map_model_find (model, "b"), ==, 1);
  g_assert_cmpint (edge_map_model_find (model, "c"), ==, -1);
  g_assert_cmpint (edge_map_model_find (model, NULL), ==, -1);
  g_assert_false (edge_map_model_get_nodes (model)[2].linked);

  summary = edge_map_model_dup_summary (model);
  g_assert_cmpstr (summary, ==, "2 peers linked: 1 direct, 1 through TURN, 0 relayed. "
                                "Nearest: Bo, 20 ms. Farthest: Al, 90 ms. 1 more is being linked.");

  /* Many changes before a refresh are told once. */
  edge_peer_set_name (a, "Alma");
  edge_peer_set_state (a, EDGE_PEER_STATE_STALE);
  edge_peer_set_name (b, "Bob");
  g_assert_cmpuint (count, ==, 2);

  edge_map_model_refresh (model);
  g_list_store_remove_all (store);
  g_assert_cmpuint (count, ==, 3);
  edge_map_model_refresh (model);
  g_assert_cmpuint (edge_map_model_get_length (model), ==, 0);
}

static void
test_neighbours (void)
{
  g_autoptr(GListStore) store = g_list_store_new (EDGE_TYPE_PEER);
  g_autoptr(EdgeMapModel) model = edge_map_model_new ();
  EdgePeer *a = add_peer (store, "a", "A", EDGE_PEER_STATE_CONNECTED, EDGE_PEER_PATH_DIRECT, 1);
  EdgePeer *b = add_peer (store, "b", "B", EDGE_PEER_STATE_CONNECTED, EDGE_PEER_PATH_DIRECT, 1);
  EdgeMapNode *nodes = NULL;

  /* Both name the link, one also names itself and a stranger. */
  edge_peer_set_neighbours (a, (const char *[]) { "b", "a", "stranger", NULL });
  edge_peer_set_neighbours (b, (const char *[]) { "a", NULL });
  edge_map_model_set_peers (model, G_LIST_MODEL (store));
  edge_map_model_refresh (model);

  nodes = edge_map_model_get_nodes (model);
  g_assert_cmpuint (nodes[0].n_neighbours, ==, 1);
  g_assert_cmpuint (nodes[0].neighbours[0], ==, 1);
  g_assert_cmpuint (nodes[1].n_neighbours, ==, 0);
}

static void
test_bound (void)
{
  g_autoptr(GListStore) store = g_list_store_new (EDGE_TYPE_PEER);
  EdgeMapModel *model = edge_map_model_new ();

  for (guint i = 0; i < EDGE_MAP_MAX_NODES + 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("peer %u", i);

      add_peer (store, id, NULL, EDGE_PEER_STATE_CONNECTED, EDGE_PEER_PATH_DIRECT, 10);
    }
  edge_map_model_set_peers (model, G_LIST_MODEL (store));
  edge_map_model_refresh (model);
  g_assert_cmpuint (edge_map_model_get_length (model), ==, EDGE_MAP_MAX_NODES);
  g_assert_finalize_object (model);
}

static void
test_sorter (void)
{
  g_autoptr(GListStore) store = g_list_store_new (EDGE_TYPE_PEER);
  g_autoptr(GtkSorter) latency = edge_peer_sorter_new (EDGE_PEER_ORDER_LATENCY);
  g_autoptr(GtkSorter) name = edge_peer_sorter_new (EDGE_PEER_ORDER_NAME);
  EdgePeer *far = add_peer (store, "1", "Ada", EDGE_PEER_STATE_CONNECTED,
                            EDGE_PEER_PATH_DIRECT, 90);
  EdgePeer *near = add_peer (store, "2", "Zoe", EDGE_PEER_STATE_CONNECTED,
                             EDGE_PEER_PATH_DIRECT, 3);
  EdgePeer *fresh = add_peer (store, "3", "Bo", EDGE_PEER_STATE_CONNECTED,
                              EDGE_PEER_PATH_DIRECT, NAN);
  EdgePeer *known = add_peer (store, "4", NULL, EDGE_PEER_STATE_NEW, EDGE_PEER_PATH_NONE, NAN);

  g_assert_cmpint (gtk_sorter_compare (latency, near, far), ==, GTK_ORDERING_SMALLER);
  g_assert_cmpint (gtk_sorter_compare (latency, far, fresh), ==, GTK_ORDERING_SMALLER);
  g_assert_cmpint (gtk_sorter_compare (latency, fresh, known), ==, GTK_ORDERING_SMALLER);
  g_assert_cmpint (gtk_sorter_compare (name, far, near), ==, GTK_ORDERING_SMALLER);
  g_assert_cmpint (gtk_sorter_compare (name, known, near), ==, GTK_ORDERING_LARGER);
  g_assert_cmpint (gtk_sorter_compare (name, near, near), ==, GTK_ORDERING_EQUAL);
}

static void
test_search (void)
{
  g_autoptr(GListStore) store = g_list_store_new (EDGE_TYPE_PEER);
  EdgePeer *peer = add_peer (store, "aBcdefgh", "Größe", EDGE_PEER_STATE_CONNECTED,
                             EDGE_PEER_PATH_RELAYED, 3);
  const struct
  {
    const char *text;
    gboolean    matches;
  } cases[] = {
    { "", TRUE }, { "  ", TRUE }, { "grÖ", TRUE }, { "relayed", TRUE }, { "RELAY", TRUE },
    { "abcd", TRUE }, { "bcde", FALSE }, { "tracker", FALSE },
  };

  edge_peer_set_found (peer, "relay");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = edge_peer_fold_search (cases[i].text);

      g_assert_cmpint (edge_peer_matches (peer, folded), ==, cases[i].matches);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map-model/nodes", test_nodes);
  g_test_add_func ("/map-model/neighbours", test_neighbours);
  g_test_add_func ("/map-model/bound", test_bound);
  g_test_add_func ("/peer-sorter/order", test_sorter);
  g_test_add_func ("/peer-sorter/search", test_search);
  return g_test_run ();
}
