/* bench-link.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include "base/edge-json.h"
#include "mesh/edge-mesh.h"
#include "relay/edge-relay.h"
#include "signaling/edge-relay-client.h"

/* Measures links between two processes: this one, with a relay in it, and a
 * peer it starts. Prints one line of JSON; tests/bench/run.py sets it beside
 * other implementations.
 *
 *     bench-link '{"connections": 5, "roundTrips": 2000, "messages": 60000, "bulkBytes": 100663296}' [WORD…]
 *
 * WORDs go before the command of the peer; "listen" says where the relay is to
 * be reached. What has an amount of 0 is left out.
 */

#define NETWORK       "9g4wIlYwnWH9xfXGa1wr1GR7LSbWVReK3polGaOFxws"
#define LIMIT_SECONDS 170
#define ATTEMPT_LIMIT (10 * G_USEC_PER_SEC)
#define MESSAGE_SIZE  1024
#define MESSAGE_AHEAD (1024 * 1024)
#define CHUNK_SIZE    16384
#define BULK_AHEAD    (2 * 1024 * 1024)

typedef struct
{
  EdgeIdentity  *identity;
  EdgeMesh      *mesh;
  EdgeSignaling *backend;
  EdgePeer      *peer;
  gint64         expected;
  gint64         received;
  gint64         echoed_at;
  gboolean       done;
} Node;

static gint64 started_at;

static void
turn (void)
{
  if (g_get_monotonic_time () - started_at > LIMIT_SECONDS * G_USEC_PER_SEC)
    g_error ("Nothing comes any more");
  g_main_context_iteration (NULL, TRUE);
}

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Seconds of CPU this process has used, in all its threads. */
static double
cpu_seconds (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return spent.tv_sec + spent.tv_nsec / 1e9;
}

static void
send_frame (Node       *node,
            const char *type,
            gint64      value)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (frame, "type", type);
  json_object_set_int_member (frame, "value", value);
  if (!edge_mesh_send (node->mesh, node->peer, frame, &error))
    g_error ("%s", error->message);
}

static void
frame_cb (EdgeMesh   *mesh,
          EdgePeer   *peer,
          const char *type,
          JsonObject *frame,
          Node       *node)
{
  gint64 value = json_object_get_int_member_with_default (frame, "value", 0);

  if (g_str_equal (type, "echo"))
    send_frame (node, "echoed", value);
  else if (g_str_equal (type, "echoed"))
    node->echoed_at = g_get_monotonic_time ();
  else if (g_str_equal (type, "expect"))
    {
      node->expected = value;
      node->received = 0;
      send_frame (node, "expecting", value);
    }
  else if (g_str_equal (type, "expecting"))
    node->expected = value;
  else if (g_str_equal (type, "done"))
    node->done = TRUE;
}

static void
bulk_cb (EdgeMesh *mesh,
         EdgePeer *peer,
         GBytes   *payload,
         Node     *node)
{
  node->received += g_bytes_get_size (payload);
  if (node->received == node->expected)
    send_frame (node, "done", node->received);
}

static void
link_up_cb (EdgeMesh *mesh,
            EdgePeer *peer,
            Node     *node)
{
  g_set_object (&node->peer, peer);
}

static void
link_down_cb (EdgeMesh *mesh,
              EdgePeer *peer,
              Node     *node)
{
  g_clear_object (&node->peer);
}

static void
node_start (Node       *node,
            const char *url)
{
  guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 0 };
  g_autoptr(EdgeRoom) room = edge_room_new (NETWORK, secret);

  *node = (Node) { 0 };
  node->identity = edge_identity_generate ();
  node->mesh = edge_mesh_new (node->identity, room, "bench");
  node->backend = EDGE_SIGNALING (edge_relay_client_new (url, node->identity,
                                                         edge_room_get_relay_tag (room), NULL));
  g_signal_connect (node->mesh, "frame", G_CALLBACK (frame_cb), node);
  g_signal_connect (node->mesh, "bulk", G_CALLBACK (bulk_cb), node);
  g_signal_connect (node->mesh, "link-up", G_CALLBACK (link_up_cb), node);
  g_signal_connect (node->mesh, "link-down", G_CALLBACK (link_down_cb), node);
  edge_mesh_add_backend (node->mesh, node->backend);
  edge_mesh_start (node->mesh);
  edge_signaling_start (node->backend);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
node_stop (Node *node)
{
  gboolean stopped = FALSE;

  edge_mesh_stop_async (node->mesh, NULL, stopped_cb, &stopped);
  while (!stopped)
    turn ();
  edge_signaling_stop (node->backend);
  g_signal_handlers_disconnect_by_data (node->mesh, node);
  g_clear_object (&node->peer);
  g_clear_object (&node->mesh);
  g_clear_object (&node->backend);
  g_clear_object (&node->identity);
}

G_NORETURN static void
be_the_peer (const char *url)
{
  Node node;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  node_start (&node, url);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static JsonObject *
percentiles (GArray *values)
{
  JsonObject *object = json_object_new ();

  g_array_sort (values, compare);
  json_object_set_int_member (object, "p50", g_array_index (values, gint64, values->len / 2));
  json_object_set_int_member (object, "p99", g_array_index (values, gint64, values->len * 99 / 100));
  return object;
}

static gint64
round_trip (Node *node)
{
  gint64 sent_at = g_get_monotonic_time ();

  node->echoed_at = 0;
  send_frame (node, "echo", 1);
  while (node->echoed_at == 0)
    turn ();
  return node->echoed_at - sent_at;
}

static JsonObject *
measure_round_trips (Node   *node,
                     gint64  n)
{
  g_autoptr(GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 0; i < n; i++)
    {
      gint64 value = round_trip (node);

      g_array_append_val (values, value);
    }
  return percentiles (values);
}

/* Returns: microseconds until the peer has all. With @round_trips a control
 * frame is sent and awaited all the while. */
static gint64
send_all (Node    *node,
          gsize    size,
          gint64   total,
          gsize    ahead,
          GArray  *round_trips)
{
  g_autofree guint8 *block = g_malloc0 (size);
  g_autoptr(GBytes) payload = g_bytes_new (block, size);
  gint64 began, sent = 0, echo_sent_at = 0;

  /* Payloads may overtake a control frame, so the answer is awaited. */
  node->expected = 0;
  node->done = FALSE;
  send_frame (node, "expect", total);
  while (node->expected == 0)
    turn ();
  began = g_get_monotonic_time ();
  while (!node->done)
    {
      while (sent < total && edge_mesh_get_waiting (node->mesh, node->peer) < ahead)
        {
          g_autoptr(GError) error = NULL;

          if (!edge_mesh_send_bulk (node->mesh, node->peer, payload, &error))
            g_error ("%s", error->message);
          sent += size;
        }
      if (round_trips != NULL && (echo_sent_at == 0 || node->echoed_at > 0))
        {
          if (echo_sent_at != 0)
            {
              gint64 value = node->echoed_at - echo_sent_at;

              g_array_append_val (round_trips, value);
            }
          node->echoed_at = 0;
          echo_sent_at = g_get_monotonic_time ();
          send_frame (node, "echo", 1);
        }
      turn ();
    }
  return g_get_monotonic_time () - began;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) amounts = NULL;
  g_autoptr(JsonObject) out = json_object_new ();
  g_autoptr(EdgeRelayConfig) config = edge_relay_config_new ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(GSubprocess) child = NULL;
  g_autoptr(GArray) round_trips = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GStrvBuilder) words = g_strv_builder_new ();
  g_auto(GStrv) command = NULL;
  g_autofree char *text = NULL;
  JsonArray *connect = json_array_new ();
  gint64 messages, bulk, took;
  double spent;
  Node node;

  if (!edge_mesh_check_system (&error))
    g_error ("%s", error->message);
  if (argc == 3 && g_str_equal (argv[1], "--peer"))
    be_the_peer (argv[2]);
  if (argc < 2 || (amounts = edge_json_parse (argv[1], strlen (argv[1]), 4096, NULL)) == NULL)
    {
      g_printerr ("Usage: bench-link AMOUNTS-AS-JSON\n");
      return 2;
    }

  started_at = g_get_monotonic_time ();
  g_timeout_add (50, keep_turning, NULL);
  g_set_str (&config->listen,
             json_object_get_string_member_with_default (amounts, "listen", "127.0.0.1:0"));
  config->frames_before_auth = config->frames_after_auth = 1000000;
  config->requests_per_minute = 1000000;
  relay = edge_relay_new (config);
  if (!edge_relay_start (relay, &error))
    g_error ("%s", error->message);
  for (int i = 2; i < argc; i++)
    g_strv_builder_add (words, argv[i]);
  g_strv_builder_add_many (words, argv[0], "--peer", edge_relay_get_url (relay), NULL);
  command = g_strv_builder_end (words);
  child = g_subprocess_newv ((const char * const *) command, G_SUBPROCESS_FLAGS_NONE, &error);
  if (child == NULL)
    g_error ("%s", error->message);
  while (edge_relay_get_n_members (relay) == 0)
    turn ();

  for (gint64 i = 0; i < json_object_get_int_member (amounts, "connections"); i++)
    {
      gint64 began = g_get_monotonic_time ();

      if (i > 0)
        node_stop (&node);
      began = g_get_monotonic_time ();
      node_start (&node, edge_relay_get_url (relay));
      while (node.peer == NULL && g_get_monotonic_time () - began < ATTEMPT_LIMIT)
        turn ();
      if (node.peer != NULL)
        json_array_add_double_element (connect, (g_get_monotonic_time () - began) / 1000.0);
    }
  json_object_set_array_member (out, "connect_ms", connect);

  if (json_object_get_int_member (amounts, "roundTrips") > 0)
    json_object_set_object_member (out, "rtt_us",
      measure_round_trips (&node, json_object_get_int_member (amounts, "roundTrips")));

  spent = cpu_seconds ();
  messages = json_object_get_int_member (amounts, "messages");
  if (messages > 0)
    {
      took = send_all (&node, MESSAGE_SIZE, messages * MESSAGE_SIZE, MESSAGE_AHEAD, NULL);
      json_object_set_double_member (out, "messages_per_s", messages * 1e6 / took);
    }

  bulk = json_object_get_int_member (amounts, "bulkBytes");
  if (bulk > 0)
    {
      took = send_all (&node, CHUNK_SIZE, bulk, BULK_AHEAD, NULL);
      json_object_set_double_member (out, "bulk_mb_per_s", bulk / (double) took);
      json_object_set_double_member (out, "sender_cpu_s", cpu_seconds () - spent);
      send_all (&node, CHUNK_SIZE, bulk, BULK_AHEAD, round_trips);
      json_object_set_object_member (out, "bulk_rtt_us", percentiles (round_trips));
    }

  node_stop (&node);
  g_subprocess_force_exit (child);
  text = edge_json_print (out);
  g_print ("%s\n", text);
  return 0;
}
