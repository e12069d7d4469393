/* test-mesh.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "mesh/edge-direct.h"
#include "mesh/edge-link-private.h"
#include "mesh/edge-mesh-private.h"
#include "mesh/edge-rtc-private.h"
#include "relay/edge-relay.h"
#include "signaling/edge-relay-client.h"

/* A real relay and real meshes in one process. */

#define LIMIT_SECONDS 60

typedef struct
{
  EdgeIdentity    *identity;
  EdgeMesh        *mesh;
  EdgeSignaling   *backend;
  GString         *heard;
} Node;

static EdgeRelay *relay;
static EdgeRoom *room;

#define wait_for(condition) \
  G_STMT_START { \
    gint64 limit_ = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, limit_); \
        g_main_context_iteration (NULL, TRUE); \
      } \
  } G_STMT_END

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
frame_cb (EdgeMesh   *mesh,
          EdgePeer   *peer,
          const char *type,
          JsonObject *frame,
          Node       *node)
{
  g_string_append_printf (node->heard, "%s:%s ", edge_peer_get_name (peer),
                          json_object_get_string_member (frame, "text"));
}

static void
bulk_cb (EdgeMesh *mesh,
         EdgePeer *peer,
         GBytes   *payload,
         Node     *node)
{
  g_string_append_printf (node->heard, "%" G_GSIZE_FORMAT " ", g_bytes_get_size (payload));
}

static void
node_make (Node       *node,
           const char *name)
{
  if (node->identity == NULL)
    node->identity = edge_identity_generate ();
  node->heard = g_string_new (NULL);
  node->mesh = edge_mesh_new (node->identity, room, name);
  g_signal_connect (node->mesh, "frame::message", G_CALLBACK (frame_cb), node);
  g_signal_connect (node->mesh, "bulk", G_CALLBACK (bulk_cb), node);
  edge_mesh_set_watched (node->mesh, TRUE);
  edge_mesh_start (node->mesh);
}

static void
node_start (Node       *node,
            const char *name)
{
  node_make (node, name);
  node->backend = EDGE_SIGNALING (edge_relay_client_new (edge_relay_get_url (relay), node->identity,
                                                         edge_room_get_relay_tag (room), NULL));
  edge_mesh_add_backend (node->mesh, node->backend);
  edge_signaling_start (node->backend);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  edge_mesh_stop_finish (EDGE_MESH (source), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static void
nodes_stop (Node  *nodes,
            guint  n)
{
  gboolean stopped[8] = { FALSE };

  for (guint i = 0; i < n; i++)
    edge_mesh_stop_async (nodes[i].mesh, NULL, stopped_cb, &stopped[i]);
  for (guint i = 0; i < n; i++)
    {
      wait_for (stopped[i]);
      if (nodes[i].backend != NULL)
        {
          edge_mesh_remove_backend (nodes[i].mesh, nodes[i].backend);
          edge_signaling_stop (nodes[i].backend);
        }
      g_signal_handlers_disconnect_by_data (nodes[i].mesh, &nodes[i]);
      g_clear_object (&nodes[i].backend);
      g_assert_finalize_object (g_steal_pointer (&nodes[i].mesh));
      g_string_free (nodes[i].heard, TRUE);
      nodes[i].heard = NULL;
    }
}

/* Vanishes as after kill -9: nothing is said to anyone. */
static void
node_vanish (Node *node)
{
  edge_mesh_remove_backend (node->mesh, node->backend);
  edge_signaling_stop (node->backend);
  g_signal_handlers_disconnect_by_data (node->mesh, node);
  g_clear_object (&node->backend);
  g_clear_object (&node->mesh);
  g_string_free (node->heard, TRUE);
  node->heard = NULL;
}

static EdgePeer *
peer_of (Node *node,
         Node *other)
{
  const char *id = edge_identity_get_id (other->identity);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (node->mesh)); i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (node->mesh), i);

      if (g_str_equal (edge_peer_get_id (peer), id))
        return peer;
    }
  return NULL;
}

static gboolean
sees (Node *node,
      Node *other)
{
  EdgePeer *peer = peer_of (node, other);

  return peer != NULL && edge_peer_get_state (peer) == EDGE_PEER_STATE_CONNECTED;
}

static gboolean
all_see_all (Node  *nodes,
             guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < n; j++)
        {
          if (i != j && !sees (&nodes[i], &nodes[j]))
            return FALSE;
        }
    }
  return TRUE;
}

static void
say (Node       *from,
     Node       *to,
     const char *text)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (frame, "type", "message");
  json_object_set_string_member (frame, "text", text);
  edge_mesh_send (from->mesh, peer_of (from, to), frame, &error);
  g_assert_no_error (error);
}

static void
relay_start (const char *listen)
{
  g_autoptr(EdgeRelayConfig) config = edge_relay_config_new ();
  g_autoptr(GError) error = NULL;

  g_set_str (&config->listen, listen);
  relay = edge_relay_new (config);
  edge_relay_start (relay, &error);
  g_assert_no_error (error);
}

static void
relay_stop (void)
{
  edge_relay_stop (relay);
  g_clear_object (&relay);
}

static void
test_two (void)
{
  Node nodes[2] = { 0 };
  g_autofree char *block = g_malloc0 (65536);
  g_autoptr(GBytes) bulk = g_bytes_new (block, 65536);
  g_autoptr(GError) error = NULL;
  EdgePeer *peer;

  relay_start ("127.0.0.1:0");
  node_start (&nodes[0], "Ada");
  node_start (&nodes[1], "Béla");
  wait_for (all_see_all (nodes, 2));

  peer = peer_of (&nodes[0], &nodes[1]);
  g_assert_cmpstr (edge_peer_get_name (peer), ==, "Béla");
  g_assert_true (edge_peer_get_verified (peer));
  g_assert_cmpint (edge_peer_get_path (peer), ==, EDGE_PEER_PATH_DIRECT);
  g_assert_cmpstr (edge_peer_get_found (peer), ==, "relay");
  g_assert_cmpstr (edge_peer_get_network (peer), ==, edge_room_get_network_id (room));
  g_assert_nonnull (strstr (edge_peer_get_route (peer), "127.0.0.1"));
  wait_for (!isnan (edge_peer_get_latency (peer)));
  g_assert_cmpfloat (edge_peer_get_latency (peer), >, 0);

  say (&nodes[0], &nodes[1], "hello");
  say (&nodes[1], &nodes[0], "szia");
  wait_for (strstr (nodes[1].heard->str, "Ada:hello") != NULL);
  wait_for (strstr (nodes[0].heard->str, "Béla:szia") != NULL);

  edge_mesh_send_bulk (nodes[0].mesh, peer, bulk, &error);
  g_assert_no_error (error);
  wait_for (strstr (nodes[1].heard->str, "65536 ") != NULL);

  /* Each tells the other whom it is linked to. */
  wait_for (peer_of (&nodes[0], &nodes[1]) != NULL);

  nodes_stop (&nodes[1], 1);
  wait_for (edge_peer_get_state (peer) == EDGE_PEER_STATE_CLOSED);
  g_assert_true (isnan (edge_peer_get_latency (peer)));
  nodes_stop (&nodes[0], 1);
  wait_for (edge_rtc_count () == 0);
  relay_stop ();
  g_object_unref (nodes[0].identity);
  g_object_unref (nodes[1].identity);
}

static void
test_eight (void)
{
  Node nodes[8] = { 0 };
  g_autofree char *address = NULL;
  const char *names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };

  relay_start ("127.0.0.1:0");
  for (guint i = 0; i < 8; i++)
    node_start (&nodes[i], names[i]);
  wait_for (all_see_all (nodes, 8));

  /* One vanishes without a word: all notice, and it finds back. */
  node_vanish (&nodes[3]);
  for (guint i = 0; i < 8; i++)
    {
      if (i != 3)
        wait_for (!sees (&nodes[i], &nodes[3]));
    }
  node_start (&nodes[3], "d");
  wait_for (all_see_all (nodes, 8));

  /* The relay goes: links stay and carry frames. */
  address = g_strdup (strstr (edge_relay_get_url (relay), "127.0.0.1"));
  g_strdelimit (address, "/", '\0');
  relay_stop ();
  wait_for (edge_signaling_get_state (nodes[0].backend) != EDGE_SIGNALING_STATE_UP);
  say (&nodes[0], &nodes[7], "still here");
  wait_for (strstr (nodes[7].heard->str, "a:still here") != NULL);
  g_assert_true (all_see_all (nodes, 8));

  relay_start (address);
  for (guint i = 0; i < 8; i++)
    wait_for (edge_signaling_get_state (nodes[i].backend) == EDGE_SIGNALING_STATE_UP);

  nodes_stop (nodes, 8);
  wait_for (edge_rtc_count () == 0);
  relay_stop ();
  for (guint i = 0; i < 8; i++)
    g_object_unref (nodes[i].identity);
}

static void
ready_cb (EdgeDirect *direct,
          gboolean   *ready)
{
  *ready = TRUE;
}

/* Descriptions as an invitation carries them: with all candidates inside. */
static char *
whole_sdp (EdgeDirect *direct)
{
  GString *sdp = g_string_new (edge_direct_get_sdp (direct));
  g_auto(GStrv) candidates = edge_direct_dup_candidates (direct);

  g_assert_cmpuint (g_strv_length (candidates), >, 0);
  for (guint i = 0; candidates[i] != NULL; i++)
    g_string_append_printf (sdp, "a=%s\r\n", candidates[i]);
  return g_string_free_and_steal (sdp);
}

static void
link_by_hand (Node *a,
              Node *b)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeDirect) offer = edge_mesh_begin_direct (a->mesh, &error);
  g_autoptr(EdgeDirect) answer = NULL;
  g_autofree char *offered = NULL;
  g_autofree char *answered = NULL;
  gboolean ready = FALSE;

  g_assert_no_error (error);
  g_signal_connect (offer, "ready", G_CALLBACK (ready_cb), &ready);
  wait_for (ready);
  offered = whole_sdp (offer);

  answer = edge_mesh_answer_direct (b->mesh, edge_identity_get_id (a->identity), offered, &error);
  g_assert_no_error (error);
  ready = FALSE;
  g_signal_connect (answer, "ready", G_CALLBACK (ready_cb), &ready);
  wait_for (ready);
  answered = whole_sdp (answer);

  edge_direct_take_answer (offer, edge_identity_get_id (b->identity), answered, &error);
  g_assert_no_error (error);
  wait_for (sees (a, b) && sees (b, a));
}

static void
test_by_hand (void)
{
  Node nodes[3] = { 0 };
  EdgePeer *peer;

  node_make (&nodes[0], "a");
  node_make (&nodes[1], "b");
  node_make (&nodes[2], "c");

  link_by_hand (&nodes[0], &nodes[1]);
  g_assert_cmpstr (edge_peer_get_found (peer_of (&nodes[0], &nodes[1])), ==, "invitation");

  /* The third comes to the first alone, and is introduced to the second. */
  link_by_hand (&nodes[2], &nodes[0]);
  wait_for (all_see_all (nodes, 3));
  peer = peer_of (&nodes[2], &nodes[1]);
  g_assert_cmpstr (edge_peer_get_found (peer), ==, "peers");
  g_assert_cmpint (edge_peer_get_path (peer), ==, EDGE_PEER_PATH_DIRECT);

  nodes_stop (nodes, 3);
  wait_for (edge_rtc_count () == 0);
  for (guint i = 0; i < 3; i++)
    g_object_unref (nodes[i].identity);
}

static gboolean
has_failed (Node       *node,
            const char *peer_id)
{
  EdgeMeshEntry *entry = g_hash_table_lookup (node->mesh->by_id, peer_id);
  GstWebRTCPeerConnectionState state = GST_WEBRTC_PEER_CONNECTION_STATE_NEW;

  g_assert_nonnull (entry->link->direct);
  g_object_get (EDGE_RTC (edge_lane_get_transport (entry->link->direct))->webrtc,
                "connection-state", &state, NULL);
  return state == GST_WEBRTC_PEER_CONNECTION_STATE_FAILED;
}

/* The answer is carried so slowly that who made it has given up looking, and where it looked
 * nothing was let in. */
static void
test_carried_slowly (void)
{
  Node nodes[2] = { 0 };
  g_autoptr(GRegex) port = g_regex_new ("(127\\.0\\.0\\.1) \\d+ typ", 0, 0, NULL);
  g_autoptr(EdgeDirect) offer = NULL;
  g_autoptr(EdgeDirect) answer = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *offered = NULL;
  g_autofree char *shut = NULL;
  g_autofree char *answered = NULL;
  gboolean ready = FALSE;

  node_make (&nodes[0], "a");
  node_make (&nodes[1], "b");
  offer = edge_mesh_begin_direct (nodes[0].mesh, &error);
  g_assert_no_error (error);
  g_signal_connect (offer, "ready", G_CALLBACK (ready_cb), &ready);
  wait_for (ready);
  offered = whole_sdp (offer);
  shut = g_regex_replace (port, offered, -1, 0, "\\1 9 typ", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shut, !=, offered);

  ready = FALSE;
  answer = edge_mesh_answer_direct (nodes[1].mesh, edge_identity_get_id (nodes[0].identity), shut, &error);
  g_assert_no_error (error);
  g_signal_connect (answer, "ready", G_CALLBACK (ready_cb), &ready);
  wait_for (ready);
  answered = whole_sdp (answer);
  wait_for (has_failed (&nodes[1], edge_identity_get_id (nodes[0].identity)));

  edge_direct_take_answer (offer, edge_identity_get_id (nodes[1].identity), answered, &error);
  g_assert_no_error (error);
  wait_for (sees (&nodes[0], &nodes[1]) && sees (&nodes[1], &nodes[0]));

  nodes_stop (nodes, 2);
  wait_for (edge_rtc_count () == 0);
  for (guint i = 0; i < 2; i++)
    g_object_unref (nodes[i].identity);
}

static void
send_sample (Node      *from,
             Node      *to,
             JsonArray *ids)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (frame, "type", "peers");
  json_object_set_array_member (frame, "peers", ids);
  edge_mesh_send (from->mesh, peer_of (from, to), frame, &error);
  g_assert_no_error (error);
}

static JsonArray *
invent_peers (guint n)
{
  JsonArray *ids = json_array_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgeIdentity) identity = edge_identity_generate ();

      json_array_add_string_element (ids, edge_identity_get_id (identity));
    }
  return ids;
}

/* Who names ever new neighbours is heard now and then; each list replaces the one before. */
static void
test_invented (void)
{
  Node nodes[2] = { 0 };
  JsonArray *wrong;
  EdgePeer *peer;
  guint most = 0;

  node_make (&nodes[0], "a");
  node_make (&nodes[1], "b");
  link_by_hand (&nodes[0], &nodes[1]);
  peer = peer_of (&nodes[0], &nodes[1]);

  for (guint i = 0; i < 100; i++)
    send_sample (&nodes[1], &nodes[0], invent_peers (50));
  say (&nodes[1], &nodes[0], "done");
  while (strstr (nodes[0].heard->str, "b:done") == NULL)
    {
      most = MAX (most, g_list_model_get_n_items (G_LIST_MODEL (nodes[0].mesh)));
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (most, >, 50);
  g_assert_cmpuint (most, <, 50 * 50);

  wrong = json_array_new ();
  json_array_add_int_element (wrong, 7);
  send_sample (&nodes[1], &nodes[0], wrong);
  send_sample (&nodes[1], &nodes[0], invent_peers (51));
  wait_for (sees (&nodes[0], &nodes[1]));
  wrong = json_array_new ();
  json_array_add_string_element (wrong, "no key");
  send_sample (&nodes[1], &nodes[0], wrong);
  wait_for (edge_peer_get_state (peer) == EDGE_PEER_STATE_CLOSED);

  nodes_stop (nodes, 2);
  wait_for (edge_rtc_count () == 0);
  for (guint i = 0; i < 2; i++)
    g_object_unref (nodes[i].identity);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1, 2, 3 };

  g_test_init (&argc, &argv, NULL);
  edge_mesh_check_system (&error);
  g_assert_no_error (error);
  g_timeout_add (20, keep_turning, NULL);
  room = edge_room_new ("9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws", secret);

  g_test_add_func ("/mesh/two", test_two);
  g_test_add_func ("/mesh/eight", test_eight);
  g_test_add_func ("/mesh/by-hand", test_by_hand);
  g_test_add_func ("/mesh/carried-slowly", test_carried_slowly);
  g_test_add_func ("/mesh/invented", test_invented);
  return g_test_run ();
}
