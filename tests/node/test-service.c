/* test-service.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "edge-net1.h"
#include "node/edge-node-service.h"

/* Over a real message bus and a real socket. */

#define LIMIT_SECONDS 30
#define NAME          "org.edgenet.EdgeNet"

#define wait_for(condition)                                                     \
  G_STMT_START {                                                                \
    gint64 limit = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC;    \
    while (!(condition))                                                        \
      {                                                                         \
        g_assert_cmpint (g_get_monotonic_time (), <, limit);                    \
        if (!g_main_context_iteration (NULL, FALSE))                            \
          g_usleep (1000);                                                      \
      }                                                                         \
  } G_STMT_END

typedef struct
{
  char            *dir;
  EdgeNode        *node;
  EdgeNodeService *service;
  GTestDBus       *bus;
  GDBusConnection *bus_connection;
  char            *address;
} Fixture;

static GDBusConnection *
connect_to_bus (GTestDBus *bus)
{
  g_autoptr(GError) error = NULL;
  GDBusConnection *connection;

  connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                       NULL, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(GError) error = NULL;
  EdgeStateDir *dir;

  fixture->dir = g_dir_make_tmp ("edge-node-XXXXXX", NULL);
  fixture->node = edge_node_new (NULL);
  fixture->service = edge_node_service_new (fixture->node);
  dir = edge_state_dir_open (fixture->dir, &error);
  g_assert_no_error (error);
  fixture->address = g_strdup (edge_state_dir_get_address (dir));
  g_assert_true (edge_node_service_listen (fixture->service, dir, &error));
  g_assert_no_error (error);
  edge_node_start (fixture->node, identity);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *socket = g_build_filename (fixture->dir, "bus", NULL);
  g_autofree char *lock = g_build_filename (fixture->dir, "lock", NULL);

  edge_node_service_stop (fixture->service);
  wait_for (G_OBJECT (fixture->service)->ref_count == 1);
  g_assert_finalize_object (fixture->service);
  g_assert_false (g_file_test (socket, G_FILE_TEST_EXISTS));
  wait_for (G_OBJECT (fixture->node)->ref_count == 1);
  g_assert_finalize_object (fixture->node);
  g_remove (lock);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_clear_pointer (&fixture->dir, g_free);
  g_clear_pointer (&fixture->address, g_free);
}

typedef struct
{
  GVariant *reply;
  GError   *error;
  gboolean  done;
} Call;

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *call = user_data;

  call->reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &call->error);
  call->done = TRUE;
}

static GVariant *
try_call (GDBusConnection  *connection,
          const char       *name,
          const char       *method,
          GVariant         *parameters,
          GError          **error)
{
  Call call = { NULL };

  g_dbus_connection_call (connection, name, EDGE_NODE_SERVICE_PATH, "org.edgenet.EdgeNet1", method,
                          parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb, &call);
  wait_for (call.done);
  if (call.error != NULL)
    g_propagate_error (error, call.error);
  return call.reply;
}

static void
do_call (GDBusConnection *connection,
         const char      *name,
         const char      *method,
         GVariant        *parameters)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = try_call (connection, name, method, parameters, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_type_string (reply), ==, "()");
}

static JsonNode *
ask (GDBusConnection *connection,
     const char      *name,
     const char      *method)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = try_call (connection, name, method, NULL, &error);
  JsonNode *node;
  const char *text;

  g_assert_no_error (error);
  g_variant_get (reply, "(&s)", &text);
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  return node;
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GDBusConnection **connection = user_data;
  g_autoptr(GError) error = NULL;

  *connection = g_dbus_connection_new_for_address_finish (result, &error);
  g_assert_no_error (error);
}

static GDBusConnection *
visit (Fixture *fixture)
{
  GDBusConnection *connection = NULL;

  g_dbus_connection_new_for_address (fixture->address,
                                     G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL, NULL,
                                     connected_cb, &connection);
  wait_for (connection != NULL);
  return connection;
}

static void
check_status (EdgeNode   *node,
              JsonNode   *answer,
              const char *state)
{
  JsonObject *status = json_node_get_object (answer);
  JsonObject *network = NULL;
  JsonObject *peers = json_object_get_object_member (status, "peers");
  JsonArray *relays = json_object_get_array_member (status, "relays");
  g_autofree char *headline = NULL;

  g_object_get (node, "headline", &headline, NULL);
  g_assert_cmpstr (json_object_get_string_member (status, "id"), ==, edge_node_get_id (node));
  g_assert_cmpstr (json_object_get_string_member (status, "state"), ==, state);
  g_assert_cmpstr (json_object_get_string_member (status, "headline"), ==, headline);
  g_assert_cmpint (json_object_get_int_member (peers, "connected"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (peers, "known"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (status, "uptime_ms"), >=, 0);
  g_assert_true (json_object_has_member (status, "version"));
  g_assert_true (json_object_has_member (status, "share"));

  if (g_str_equal (state, "none"))
    {
      g_assert_true (json_object_get_null_member (status, "network"));
      g_assert_cmpuint (json_array_get_length (relays), ==, 0);
      return;
    }
  network = json_object_get_object_member (status, "network");
  g_assert_cmpstr (json_object_get_string_member (network, "name"), ==, "garden");
  g_assert_cmpstr (json_object_get_string_member (network, "kind"), ==, "open");
  g_assert_cmpuint (strlen (json_object_get_string_member (network, "id")), ==, 43);
  g_assert_cmpuint (json_array_get_length (relays), ==, 1);
}

static void
check_answers (Fixture         *fixture,
               GDBusConnection *connection,
               const char      *name)
{
  g_autoptr(JsonNode) before = ask (connection, name, "Status");
  g_autoptr(JsonNode) after = NULL;
  g_autoptr(JsonNode) paused = NULL;
  g_autoptr(JsonNode) peers = NULL;

  check_status (fixture->node, before, "none");
  edge_node_join_open (fixture->node, "garden");
  after = ask (connection, name, "Status");
  check_status (fixture->node, after, "joining");

  do_call (connection, name, "Pause", g_variant_new ("(x)", (gint64) 60000));
  paused = ask (connection, name, "Status");
  check_status (fixture->node, paused, "paused");
  do_call (connection, name, "Resume", NULL);
  g_assert_cmpint (edge_node_get_state (fixture->node), ==, EDGE_NODE_STATE_JOINING);

  peers = ask (connection, name, "Peers");
  g_assert_cmpuint (json_array_get_length (json_node_get_array (peers)), ==, 0);
}

static void
check_refusals (Fixture         *fixture,
                GDBusConnection *connection,
                const char      *name)
{
  struct
  {
    const char *method;
    GVariant   *parameters;
    GQuark      domain;
    int         code;
  } refused[] = {
    { "Message", g_variant_new ("(ss)", "x", "y"), EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_PEER },
    { "Disconnect", g_variant_new ("(s)", "x"), EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_PEER },
    { "Pause", g_variant_new ("(x)", (gint64) -1), G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS },
    { "Message", g_variant_new ("(s)", "x"), G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS },
    { "Earn", NULL, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (try_call (connection, name, refused[i].method, refused[i].parameters, &error));
      g_assert_error (error, refused[i].domain, refused[i].code);
    }

  edge_node_leave (fixture->node);
  {
    g_autoptr(GError) error = NULL;

    g_assert_null (try_call (connection, name, "Message", g_variant_new ("(ss)", "x", "y"), &error));
    g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK);
  }
}

static void
test_socket (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GDBusConnection) connection = visit (fixture);

  check_answers (fixture, connection, NULL);
  check_refusals (fixture, connection, NULL);
}

static void
quit_cb (EdgeNodeService *service,
         gboolean        *asked)
{
  *asked = TRUE;
}

static void
test_quit (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDBusConnection) connection = visit (fixture);
  gboolean asked = FALSE;

  g_signal_connect (fixture->service, "quit", G_CALLBACK (quit_cb), &asked);
  do_call (connection, NULL, "Quit", NULL);
  g_assert_true (asked);

  /* Who stays on the line learns that the node went. */
  edge_node_service_stop (fixture->service);
  wait_for (g_dbus_connection_is_closed (connection));
}

static void
test_visitors (Fixture       *fixture,
               gconstpointer  data)
{
  GDBusConnection *connections[8];

  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    connections[i] = visit (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      g_autoptr(JsonNode) answer = ask (connections[i], NULL, "Peers");

      g_assert_nonnull (answer);
      g_dbus_connection_close_sync (connections[i], NULL, NULL);
      g_object_unref (connections[i]);
    }

  /* After they left there is room for as many again. */
  for (guint i = 0; i < 64; i++)
    {
      g_autoptr(GDBusConnection) connection = visit (fixture);
      g_autoptr(JsonNode) answer = ask (connection, NULL, "Peers");

      g_assert_nonnull (answer);
      g_dbus_connection_close_sync (connection, NULL, NULL);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static void
proxy_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  EdgeDbusEdgeNet1 **proxy = user_data;
  g_autoptr(GError) error = NULL;

  *proxy = edge_dbus_edge_net1_proxy_new_finish (result, &error);
  g_assert_no_error (error);
}

static void
keep_problem_cb (EdgeDbusEdgeNet1 *proxy,
                 const char       *code,
                 const char       *message,
                 const char       *remedy,
                 char            **last)
{
  g_set_str (last, code);
}

static void
test_bus (Fixture       *fixture,
          gconstpointer  data)
{
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr(GDBusConnection) theirs = NULL;
  g_autoptr(GDBusConnection) ours = NULL;
  g_autoptr(EdgeDbusEdgeNet1) proxy = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *problem = NULL;
  guint owned;

  g_test_dbus_up (bus);
  ours = connect_to_bus (bus);
  theirs = connect_to_bus (bus);
  g_assert_true (edge_node_service_export (fixture->service, ours, &error));
  g_assert_no_error (error);
  owned = g_bus_own_name_on_connection (ours, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL,
                                        NULL);
  edge_dbus_edge_net1_proxy_new (theirs, G_DBUS_PROXY_FLAGS_NONE, NAME, EDGE_NODE_SERVICE_PATH, NULL,
                                 proxy_ready_cb, &proxy);
  wait_for (proxy != NULL);
  wait_for (edge_dbus_edge_net1_get_id (proxy) != NULL);

  g_assert_cmpstr (edge_dbus_edge_net1_get_id (proxy), ==, edge_node_get_id (fixture->node));
  g_assert_cmpstr (edge_dbus_edge_net1_get_state (proxy), ==, "none");
  g_assert_cmpstr (edge_dbus_edge_net1_get_network_name (proxy), ==, "");
  g_assert_cmpfloat (edge_dbus_edge_net1_get_share (proxy), >, 0);

  check_answers (fixture, theirs, NAME);
  wait_for (g_strcmp0 (edge_dbus_edge_net1_get_state (proxy), "joining") == 0);
  wait_for (g_strcmp0 (edge_dbus_edge_net1_get_network_name (proxy), "garden") == 0);

  g_signal_connect (proxy, "problem", G_CALLBACK (keep_problem_cb), &problem);
  edge_node_join_open (fixture->node, "");
  wait_for (g_strcmp0 (problem, "bad_network") == 0);
  check_refusals (fixture, theirs, NAME);

  g_bus_unown_name (owned);
  edge_node_service_stop (fixture->service);
  g_dbus_connection_close_sync (ours, NULL, NULL);
  g_dbus_connection_close_sync (theirs, NULL, NULL);
  g_test_dbus_down (bus);
  g_object_unref (bus);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/node/service/socket", Fixture, NULL, set_up, test_socket, tear_down);
  g_test_add ("/node/service/quit", Fixture, NULL, set_up, test_quit, tear_down);
  g_test_add ("/node/service/visitors", Fixture, NULL, set_up, test_visitors, tear_down);
  g_test_add ("/node/service/bus", Fixture, NULL, set_up, test_bus, tear_down);
  return g_test_run ();
}
