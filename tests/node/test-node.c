/* test-node.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "node/edge-node-store.h"
#include "node/edge-node.h"
#include "signaling/edge-signaling.h"

/* Real nodes in one process, with real links over loopback. */

#define LIMIT_SECONDS 60

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

static EdgeNode *
start_node (const char *state_dir)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  EdgeNode *node = edge_node_new (state_dir);

  edge_node_start (node, identity);
  return node;
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  gboolean *stopped = user_data;
  g_autoptr(GError) error = NULL;

  *stopped = edge_node_stop_finish (EDGE_NODE (source), result, &error);
  g_assert_no_error (error);
}

static void
end_node (EdgeNode *node)
{
  gboolean stopped = FALSE;

  edge_node_stop_async (node, NULL, stopped_cb, &stopped);
  wait_for (stopped);
  g_assert_cmpint (edge_node_get_state (node), ==, EDGE_NODE_STATE_NONE);
  /* What was under way when it was stopped lets go of it in its own time. */
  wait_for (G_OBJECT (node)->ref_count == 1);
  g_assert_finalize_object (node);
}

static char *
text_of (EdgeNode   *node,
         const char *property)
{
  char *text;

  g_object_get (node, property, &text, NULL);
  return text;
}

static void
assert_text (EdgeNode   *node,
             const char *property,
             const char *expected)
{
  g_autofree char *text = text_of (node, property);

  g_assert_cmpstr (text, ==, expected);
}

static guint
count_of (EdgeNode   *node,
          const char *property)
{
  guint count;

  g_object_get (node, property, &count, NULL);
  return count;
}

static guint
length_of (EdgeNode   *node,
           const char *property)
{
  g_autoptr(GListModel) list = NULL;

  g_object_get (node, property, &list, NULL);
  return g_list_model_get_n_items (list);
}

static void
problem_cb (EdgeNode   *node,
            const char *code,
            const char *message,
            const char *remedy,
            char      **last)
{
  g_assert_cmpstr (message, !=, "");
  g_assert_cmpstr (remedy, !=, "");
  g_set_str (last, code);
}

static void
test_defaults (void)
{
  EdgeNode *node = edge_node_new (NULL);
  double median, share;
  gint64 started_at;
  guint degree;

  g_object_get (node, "median-latency", &median, "started-at", &started_at, "degree", &degree,
                "share", &share, NULL);
  g_assert_true (isnan (median));
  g_assert_cmpint (started_at, ==, 0);
  g_assert_cmpint (edge_node_get_uptime (node), ==, 0);
  g_assert_cmpuint (degree, ==, 8);
  g_assert_cmpfloat (share, ==, 0.1);
  g_assert_null (edge_node_get_id (node));
  g_assert_cmpint (edge_node_get_state (node), ==, EDGE_NODE_STATE_NONE);
  assert_text (node, "name", NULL);
  assert_text (node, "headline", "Not in a network");
  assert_text (node, "network-id", NULL);
  assert_text (node, "network-kind", NULL);
  assert_text (node, "own-relay", NULL);
  assert_text (node, "last-network", NULL);
  g_assert_cmpuint (length_of (node, "peers"), ==, 0);
  g_assert_cmpuint (length_of (node, "backends"), ==, 0);
  g_assert_cmpuint (length_of (node, "messages"), ==, 0);
  g_assert_finalize_object (node);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  (*count)++;
}

static void
test_setters (void)
{
  static const char * const relays[] = { "ws://127.0.0.1:1/", NULL };
  EdgeNode *node = edge_node_new (NULL);
  g_auto(GStrv) read = NULL;
  guint n_notified = 0;

  g_signal_connect (node, "notify", G_CALLBACK (count_cb), &n_notified);
  for (guint i = 0; i < 2; i++)
    g_object_set (node, "relays", relays, "stun-servers", relays, "listen", "127.0.0.1:0",
                  "degree", 3, "watched", TRUE, "name", "Zoë", NULL);
  g_assert_cmpuint (n_notified, ==, 6);
  g_object_set (node, "relays", NULL, NULL);
  g_object_get (node, "relays", &read, NULL);
  g_assert_cmpuint (g_strv_length (read), ==, 0);
  g_assert_finalize_object (node);
}

static void
remove_state (const char *dir)
{
  g_autofree char *file = g_build_filename (dir, EDGE_NODE_STORE_FILE, NULL);

  g_autofree char *networks = g_build_filename (dir, "networks", NULL);
  g_autoptr(GDir) there = g_dir_open (networks, 0, NULL);
  const char *name;

  /* What a ledger that was closed in order leaves: its file, and what it takes to join. */
  while (there != NULL && (name = g_dir_read_name (there)) != NULL)
    {
      g_autofree char *path = g_build_filename (networks, name, NULL);

      g_assert_true (g_str_has_suffix (name, ".sqlite") || g_str_has_suffix (name, ".json"));
      g_remove (path);
    }
  g_rmdir (networks);
  g_remove (file);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_name (void)
{
  g_autofree char *dir = g_dir_make_tmp ("edge-node-XXXXXX", NULL);
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autofree char *made = NULL;
  g_autofree char *longest = g_strnfill (100, 'x');
  g_autofree char *cut = g_strnfill (EDGE_NODE_MAX_NAME, 'x');
  EdgeNode *node = edge_node_new (dir);

  edge_node_start (node, identity);
  made = text_of (node, "name");
  g_assert_nonnull (strchr (made, ' '));

  g_object_set (node, "name", "  Zoë’s\tdesk\n", NULL);
  assert_text (node, "name", "Zoë’sdesk");
  g_object_set (node, "name", longest, NULL);
  assert_text (node, "name", cut);
  /* A character is not cut in two. */
  memcpy (longest + 62, "€€€", 9);
  longest[71] = '\0';
  g_object_set (node, "name", longest, NULL);
  cut[62] = '\0';
  assert_text (node, "name", cut);
  g_object_set (node, "name", "\xff", NULL);
  assert_text (node, "name", made);
  g_object_set (node, "name", "Ada", NULL);
  end_node (node);

  /* A name that was chosen is kept, the one made from the key is not. */
  node = edge_node_new (dir);
  assert_text (node, "name", "Ada");
  edge_node_start (node, identity);
  assert_text (node, "name", "Ada");
  g_object_set (node, "name", "", NULL);
  assert_text (node, "name", made);
  end_node (node);
  node = edge_node_new (dir);
  assert_text (node, "name", NULL);
  g_assert_finalize_object (node);
  remove_state (dir);
}

static void
test_join_alone (void)
{
  g_autofree char *dir = g_dir_make_tmp ("edge-node-XXXXXX", NULL);
  g_autofree char *relay = NULL;
  g_autofree char *id = NULL;
  g_autofree char *problem = NULL;
  EdgeNode *node = start_node (dir);

  g_signal_connect (node, "problem", G_CALLBACK (problem_cb), &problem);
  edge_node_join_open (node, "  garden ");
  g_assert_null (problem);
  g_assert_cmpint (edge_node_get_state (node), ==, EDGE_NODE_STATE_JOINING);
  assert_text (node, "network-name", "garden");
  assert_text (node, "network-kind", "open");
  assert_text (node, "headline", "Looking for peers in garden");
  relay = text_of (node, "own-relay");
  g_assert_true (g_str_has_prefix (relay, "ws://127.0.0.1:"));
  g_assert_cmpuint (length_of (node, "backends"), ==, 1);

  edge_node_pause (node, 0);
  g_assert_cmpint (edge_node_get_state (node), ==, EDGE_NODE_STATE_PAUSED);
  assert_text (node, "headline", "Paused: by you");
  edge_node_resume (node);
  g_assert_cmpint (edge_node_get_state (node), ==, EDGE_NODE_STATE_JOINING);

  /* The same again changes nothing; what is no name is refused and changes nothing. */
  id = text_of (node, "network-id");
  edge_node_join_open (node, "garden");
  assert_text (node, "own-relay", relay);
  edge_node_join_open (node, "");
  g_assert_cmpstr (problem, ==, "bad_network");
  assert_text (node, "network-id", id);

  edge_node_leave (node);
  g_assert_cmpint (edge_node_get_state (node), ==, EDGE_NODE_STATE_NONE);
  assert_text (node, "network-id", NULL);
  assert_text (node, "own-relay", NULL);
  g_assert_cmpuint (length_of (node, "backends"), ==, 0);
  assert_text (node, "last-network", "garden");
  end_node (node);

  node = edge_node_new (dir);
  assert_text (node, "last-network", "garden");
  g_assert_finalize_object (node);
  remove_state (dir);
}

static void
test_bad_listen (void)
{
  g_autofree char *problem = NULL;
  EdgeNode *node = start_node (NULL);

  g_signal_connect (node, "problem", G_CALLBACK (problem_cb), &problem);
  g_object_set (node, "listen", "192.0.2.1:1", NULL);
  edge_node_join_open (node, "garden");
  g_assert_cmpstr (problem, ==, "listen");
  assert_text (node, "own-relay", NULL);

  /* Corrected, it works at once. */
  g_object_set (node, "listen", "127.0.0.1:0", NULL);
  g_assert_cmpuint (length_of (node, "backends"), ==, 1);
  end_node (node);
}

static void
test_bad_relay (void)
{
  static const char * const relays[] = { "http://127.0.0.1/", "ws://127.0.0.1:1/", NULL };
  g_autofree char *problem = NULL;
  EdgeNode *node = start_node (NULL);

  g_signal_connect (node, "problem", G_CALLBACK (problem_cb), &problem);
  g_object_set (node, "relays", relays, NULL);
  edge_node_join_open (node, "garden");
  g_assert_cmpstr (problem, ==, "bad_relay");
  g_assert_cmpuint (length_of (node, "backends"), ==, 1);
  assert_text (node, "own-relay", NULL);

  /* Nobody answers at port 1. */
  wait_for (g_strcmp0 (problem, "relay_unreachable") == 0);
  end_node (node);
}

static void
set_relay (EdgeNode   *node,
           const char *url)
{
  const char * const relays[] = { url, NULL };

  g_object_set (node, "relays", relays, NULL);
}

typedef struct
{
  EdgeNode *a;
  EdgeNode *b;
} Pair;

static Pair
link_pair (void)
{
  Pair pair = { start_node (NULL), start_node (NULL) };
  g_autofree char *relay = NULL;

  g_object_set (pair.a, "name", "Ada", NULL);
  g_object_set (pair.b, "name", "Bo", NULL);
  edge_node_join_open (pair.a, "garden");
  relay = text_of (pair.a, "own-relay");
  set_relay (pair.b, relay);
  edge_node_join_open (pair.b, "garden");
  wait_for (count_of (pair.a, "n-connected") == 1 && count_of (pair.b, "n-connected") == 1);
  return pair;
}

static void
keep_message_cb (EdgeNode    *node,
                 EdgeMessage *message,
                 char       **last)
{
  g_set_str (last, edge_message_get_text (message));
}

static void
test_link (void)
{
  Pair pair = link_pair ();
  g_autoptr(EdgePeer) b = edge_node_find_peer (pair.a, "Bo", NULL);
  g_autoptr(EdgePeer) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *heard = NULL;
  double median;

  g_assert_nonnull (b);
  g_assert_cmpstr (edge_peer_get_id (b), ==, edge_node_get_id (pair.b));
  g_assert_cmpint (edge_node_get_state (pair.a), ==, EDGE_NODE_STATE_JOINED);
  wait_for ((g_object_get (pair.a, "median-latency", &median, NULL), !isnan (median)));

  prefix = g_strndup (edge_peer_get_id (b), 10);
  again = edge_node_find_peer (pair.a, prefix, NULL);
  g_assert_true (again == b);
  g_assert_null (edge_node_find_peer (pair.a, "Cy", &error));
  g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_PEER);
  g_clear_error (&error);
  g_assert_null (edge_node_find_peer (pair.a, "", &error));
  g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_PEER);
  g_clear_error (&error);

  g_signal_connect (pair.b, "message", G_CALLBACK (keep_message_cb), &heard);
  g_assert_true (edge_node_send_message (pair.a, b, "hello", &error));
  g_assert_no_error (error);
  wait_for (heard != NULL);
  g_assert_cmpstr (heard, ==, "hello");
  g_assert_cmpuint (length_of (pair.a, "messages"), ==, 1);
  g_assert_cmpuint (length_of (pair.b, "messages"), ==, 1);
  g_assert_false (edge_node_send_message (pair.a, b, "", &error));
  g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_TEXT);
  g_clear_error (&error);

  /* Whoever leaves says so, and is told to have left. */
  edge_node_leave (pair.b);
  wait_for (count_of (pair.a, "n-connected") == 0);
  g_assert_cmpint (edge_node_get_state (pair.a), ==, EDGE_NODE_STATE_JOINING);
  g_assert_false (edge_node_send_message (pair.a, b, "hello", &error));
  g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NOT_LINKED);
  g_clear_error (&error);
  g_assert_false (edge_node_send_message (pair.b, b, "hello", &error));
  g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK);

  end_node (pair.b);
  end_node (pair.a);
}

static void
test_block (void)
{
  Pair pair = link_pair ();
  const char *b = edge_node_get_id (pair.b);
  g_auto(GStrv) blocked = NULL;

  edge_node_set_blocked (pair.a, b, TRUE);
  wait_for (count_of (pair.a, "n-connected") == 0 && count_of (pair.b, "n-connected") == 0);
  g_object_get (pair.a, "blocked", &blocked, NULL);
  g_assert_cmpuint (g_strv_length (blocked), ==, 1);
  g_assert_cmpstr (blocked[0], ==, b);

  edge_node_set_blocked (pair.a, b, FALSE);
  wait_for (count_of (pair.a, "n-connected") == 1 && count_of (pair.b, "n-connected") == 1);
  end_node (pair.a);
  end_node (pair.b);
}

static void
test_relays_change (void)
{
  Pair pair = link_pair ();
  g_autofree char *relay = text_of (pair.a, "own-relay");
  EdgeNode *c = start_node (NULL);
  g_autofree char *third = NULL;

  /* Without the relay that brought them together they stay linked … */
  edge_node_join_open (c, "garden");
  third = text_of (c, "own-relay");
  set_relay (pair.a, third);
  assert_text (pair.a, "own-relay", NULL);
  wait_for (count_of (pair.a, "n-connected") == 2 && count_of (c, "n-connected") == 1);
  g_assert_cmpuint (count_of (pair.b, "n-connected"), ==, 1);

  /* … and with the new one all meet. */
  set_relay (pair.b, third);
  wait_for (count_of (pair.a, "n-connected") == 2 && count_of (pair.b, "n-connected") == 2 &&
            count_of (c, "n-connected") == 2);
  end_node (pair.a);
  end_node (pair.b);
  end_node (c);
}

static void
test_switch_network (void)
{
  Pair pair = link_pair ();

  edge_node_join_open (pair.b, "meadow");
  wait_for (count_of (pair.a, "n-connected") == 0);
  assert_text (pair.b, "network-name", "meadow");
  g_assert_cmpuint (length_of (pair.b, "peers"), ==, 0);
  edge_node_join_open (pair.a, "meadow");
  /* The relay of a's old network went with it. */
  g_object_set (pair.b, "relays", (const char * const []) { NULL }, NULL);
  {
    g_autofree char *relay = text_of (pair.b, "own-relay");

    set_relay (pair.a, relay);
  }
  wait_for (count_of (pair.a, "n-connected") == 1 && count_of (pair.b, "n-connected") == 1);
  end_node (pair.a);
  end_node (pair.b);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/node/node/defaults", test_defaults);
  g_test_add_func ("/node/node/setters", test_setters);
  g_test_add_func ("/node/node/name", test_name);
  g_test_add_func ("/node/node/join-alone", test_join_alone);
  g_test_add_func ("/node/node/bad-listen", test_bad_listen);
  g_test_add_func ("/node/node/bad-relay", test_bad_relay);
  g_test_add_func ("/node/node/link", test_link);
  g_test_add_func ("/node/node/block", test_block);
  g_test_add_func ("/node/node/relays-change", test_relays_change);
  g_test_add_func ("/node/node/switch-network", test_switch_network);
  return g_test_run ();
}
