/* test-parts.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/edge-json.h"
#include "node/edge-list-proxy.h"
#include "node/edge-message-log.h"
#include "node/edge-node-error.h"
#include "node/edge-node-report.h"
#include "node/edge-node-store.h"
#include "node/edge-node-words.h"
#include "node/edge-peer-summary.h"
#include "node/edge-relay-address.h"
#include "node/edge-state-dir.h"

#define KEY_A "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
#define KEY_B "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

typedef struct
{
  const char *typed;
  const char *url;
  const char *token;
} Address;

static const Address addresses[] =
{
  { "ws://127.0.0.1:8080/", "ws://127.0.0.1:8080/", NULL },
  { "ws://127.0.0.1:8080", "ws://127.0.0.1:8080/", NULL },
  { "wss://relay.example.org", "wss://relay.example.org/", NULL },
  { "wss://relay.example.org/a/b?c=d", "wss://relay.example.org/a/b?c=d", NULL },
  { "ws://[::1]:9000/", "ws://[::1]:9000/", NULL },
  { "wss://secret@relay.example.org/", "wss://relay.example.org/", "secret" },
  { "wss://two%20words@relay.example.org/", "wss://relay.example.org/", "two words" },
  { "wss://relay.example.org/#part", "wss://relay.example.org/", NULL },
  { " ws://127.0.0.1:8080/\n", "ws://127.0.0.1:8080/", NULL },
  { "", NULL, NULL },
  { "relay.example.org", NULL, NULL },
  { "relay.example.org:8080", NULL, NULL },
  { "https://relay.example.org/", NULL, NULL },
  { "ws://", NULL, NULL },
  { "ws:///path", NULL, NULL },
  { "ws://host:0/", NULL, NULL },
  { "ws://host:99999/", NULL, NULL },
  { "ws://ho st/", NULL, NULL },
};

static void
test_address (void)
{
  g_autofree char *longest = g_strnfill (EDGE_RELAY_ADDRESS_MAX + 1, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autofree char *url = NULL;
      g_autofree char *token = NULL;
      g_autoptr(GError) error = NULL;
      gboolean read = edge_relay_address_read (addresses[i].typed, &url, &token, &error);

      g_test_message ("%s", addresses[i].typed);
      if (addresses[i].url == NULL)
        {
          g_assert_false (read);
          g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_ADDRESS);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (read);
      g_assert_cmpstr (url, ==, addresses[i].url);
      g_assert_cmpstr (token, ==, addresses[i].token);
    }

  memcpy (longest, "ws://", 5);
  {
    g_autoptr(GError) error = NULL;
    char *url, *token;

    g_assert_false (edge_relay_address_read (longest, &url, &token, &error));
    g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_ADDRESS);
  }
}

static gboolean
parse (EdgeNodeStore *store,
       const char    *text)
{
  return edge_node_store_parse (store, text, strlen (text), NULL);
}

static void
test_store (void)
{
  g_autofree char *dir = g_dir_make_tmp ("edge-node-XXXXXX", NULL);
  g_autofree char *below = g_build_filename (dir, "made", "when", "missing", NULL);
  g_autofree char *file = g_build_filename (below, EDGE_NODE_STORE_FILE, NULL);
  g_autoptr(EdgeNodeStore) store = edge_node_store_new ();
  g_autoptr(EdgeNodeStore) again = edge_node_store_new ();
  g_autoptr(GError) error = NULL;
  struct stat about;

  /* Nothing there yet is no failure. */
  g_assert_true (edge_node_store_load (store, below, &error));
  g_assert_null (store->name);

  g_set_str (&store->name, "Zoë");
  g_set_str (&store->network, "garden");
  g_hash_table_add (store->blocked, g_strdup (KEY_A));
  g_assert_true (edge_node_store_note_key (store, KEY_A, KEY_B, TRUE));
  g_assert_false (edge_node_store_note_key (store, KEY_A, KEY_B, FALSE));
  g_assert_true (edge_node_store_set_settled (store, KEY_B, TRUE));
  g_assert_false (edge_node_store_set_settled (store, KEY_B, TRUE));
  g_hash_table_add (store->declined, g_strdup (KEY_A "/" KEY_B));
  g_assert_true (edge_node_store_save (store, below, &error));
  g_assert_no_error (error);
  g_assert_cmpint (stat (file, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);

  g_assert_true (edge_node_store_load (again, below, &error));
  g_assert_cmpstr (again->name, ==, "Zoë");
  g_assert_cmpstr (again->network, ==, "garden");
  g_assert_cmpuint (g_hash_table_size (again->blocked), ==, 1);
  g_assert_true (g_hash_table_contains (again->blocked, KEY_A));
  g_assert_cmpstr (again->key, ==, KEY_A);
  g_assert_true (again->made);
  g_assert_true (g_hash_table_contains (again->settled, KEY_B));

  /* A folder that was copied has a key that was: what was settled there is not here. */
  g_assert_true (edge_node_store_note_key (again, KEY_A, KEY_A, FALSE));
  g_assert_false (again->made);
  g_assert_cmpuint (g_hash_table_size (again->settled), ==, 0);
  g_assert_cmpuint (g_hash_table_size (again->declined), ==, 1);
  g_assert_true (g_hash_table_contains (again->declined, KEY_A "/" KEY_B));

  /* What can't be read changes nothing. */
  g_assert_false (parse (again, ""));
  g_assert_false (parse (again, "{}"));
  g_assert_false (parse (again, "{\"version\":2,\"name\":\"new\"}"));
  g_assert_false (parse (again, "{\"version\":1,\"name\":5}"));
  g_assert_false (parse (again, "{\"version\":1,\"blocked\":{}}"));
  g_assert_cmpstr (again->name, ==, "Zoë");

  /* What is no id is left out; what is not known is ignored. */
  g_assert_true (parse (again, "{\"version\":1,\"blocked\":[\"x\",5,null,\"" KEY_B "\"],\"more\":1}"));
  g_assert_null (again->name);
  g_assert_cmpuint (g_hash_table_size (again->blocked), ==, 1);
  g_assert_true (g_hash_table_contains (again->blocked, KEY_B));
  g_assert_cmpuint (g_hash_table_size (again->declined), ==, 0);
  g_assert_true (parse (again, "{\"version\":1,\"declined\":[\"x/y\",1,\"" KEY_A "/" KEY_A "/x\",\""
                        KEY_B "/" KEY_A "\"]}"));
  g_assert_cmpuint (g_hash_table_size (again->declined), ==, 1);
  g_assert_true (g_hash_table_contains (again->declined, KEY_B "/" KEY_A));

  g_remove (file);
  for (char *end = below + strlen (below); strlen (below) >= strlen (dir); )
    {
      g_rmdir (below);
      end = strrchr (below, '/');
      *end = '\0';
    }
}

static void
test_list_proxy (void)
{
  EdgeListProxy *proxy = edge_list_proxy_new (EDGE_TYPE_PEER);
  GListModel *model = G_LIST_MODEL (proxy);
  g_autoptr(GListStore) first = g_list_store_new (EDGE_TYPE_PEER);
  g_autoptr(GListStore) second = g_list_store_new (EDGE_TYPE_PEER);
  g_autoptr(EdgePeer) a = edge_peer_new (KEY_A);
  g_autoptr(EdgePeer) b = edge_peer_new (KEY_B);
  EdgePeer *item;

  g_assert_true (g_list_model_get_item_type (model) == EDGE_TYPE_PEER);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_assert_null (g_list_model_get_item (model, 0));

  edge_list_proxy_set_source (proxy, G_LIST_MODEL (first));
  g_list_store_append (first, a);
  g_list_store_append (second, b);
  g_list_store_append (second, a);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);

  edge_list_proxy_set_source (proxy, G_LIST_MODEL (second));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  item = g_list_model_get_item (model, 0);
  g_assert_true (item == b);
  g_object_unref (item);

  /* The one that is shown no more moves nothing. */
  g_list_store_remove_all (first);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  edge_list_proxy_set_source (proxy, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  edge_list_proxy_set_source (proxy, G_LIST_MODEL (second));
  g_assert_finalize_object (proxy);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_summary (void)
{
  g_autoptr(GListStore) peers = g_list_store_new (EDGE_TYPE_PEER);
  g_autoptr(EdgePeer) a = edge_peer_new (KEY_A);
  g_autoptr(EdgePeer) b = edge_peer_new (KEY_B);
  EdgePeerSummary *summary;
  guint n_changed = 0, n_measured = 0, n_forgotten = 0, n_notified = 0;

  g_list_store_append (peers, a);
  summary = edge_peer_summary_new (G_LIST_MODEL (peers));
  g_signal_connect_swapped (summary, "peer-changed", G_CALLBACK (count_cb), &n_changed);
  g_signal_connect_swapped (summary, "peer-measured", G_CALLBACK (count_cb), &n_measured);
  g_signal_connect_swapped (summary, "peer-forgotten", G_CALLBACK (count_cb), &n_forgotten);
  g_signal_connect_swapped (summary, "notify::n-connected", G_CALLBACK (count_cb), &n_notified);
  g_assert_cmpuint (edge_peer_summary_get_n_known (summary), ==, 1);
  g_assert_cmpuint (edge_peer_summary_get_n_connected (summary), ==, 0);
  g_assert_true (isnan (edge_peer_summary_get_median_latency (summary)));

  edge_peer_set_state (a, EDGE_PEER_STATE_CONNECTED);
  edge_peer_set_state (a, EDGE_PEER_STATE_CONNECTED);
  g_assert_cmpuint (edge_peer_summary_get_n_connected (summary), ==, 1);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpuint (n_changed, ==, 1);

  edge_peer_add_round_trip (a, 10, 0);
  g_assert_cmpuint (n_measured, ==, 1);
  g_assert_cmpfloat (edge_peer_summary_get_median_latency (summary), ==, 10);

  edge_peer_add_round_trip (b, 30, 0);
  edge_peer_set_state (b, EDGE_PEER_STATE_CONNECTED);
  g_list_store_insert (peers, 0, b);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpuint (edge_peer_summary_get_n_connected (summary), ==, 2);
  g_assert_cmpfloat (edge_peer_summary_get_median_latency (summary), ==, 20);

  /* Only links count. */
  edge_peer_set_state (b, EDGE_PEER_STATE_STALE);
  g_assert_cmpfloat (edge_peer_summary_get_median_latency (summary), ==, 10);
  g_list_store_remove (peers, 1);
  g_assert_cmpuint (n_forgotten, ==, 1);
  g_assert_cmpuint (edge_peer_summary_get_n_known (summary), ==, 1);
  g_assert_cmpuint (edge_peer_summary_get_n_connected (summary), ==, 0);
  g_assert_true (isnan (edge_peer_summary_get_median_latency (summary)));

  /* Who is not in the list is not watched. */
  n_changed = 0;
  edge_peer_set_state (a, EDGE_PEER_STATE_CLOSED);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_finalize_object (summary);
}

static JsonObject *
frame_of (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonObject *frame = edge_json_parse (text, strlen (text), 65536, &error);

  g_assert_no_error (error);
  return frame;
}

static EdgeMessage *
take (EdgeMessageLog *log,
      const char     *text,
      gint64          now)
{
  g_autoptr(JsonObject) frame = frame_of (text);
  g_autoptr(GError) error = NULL;
  EdgeMessage *message = edge_message_log_take (log, KEY_A, frame, now, 1234, &error);

  g_assert_no_error (error);
  return message;
}

static void
assert_no_text (EdgeMessageLog *log,
                const char     *text)
{
  g_autoptr(JsonObject) frame = frame_of (text);
  g_autoptr(GError) error = NULL;

  g_assert_null (edge_message_log_take (log, KEY_A, frame, 0, 1234, &error));
  g_assert_error (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_MEMBER);
}

static void
test_message_log (void)
{
  EdgeMessageLog *log = edge_message_log_new ();
  EdgeMessage *message = take (log, "{\"type\":\"message\",\"text\":\"hello\"}", 0);
  g_autofree char *much = g_strnfill (EDGE_MESSAGE_MAX_TEXT + 1, 'x');
  g_autofree char *large = g_strdup_printf ("{\"text\":\"%s\"}", much);
  gint64 later = 10 * 60 * G_USEC_PER_SEC;
  guint n_taken = 0;

  g_assert_nonnull (message);
  g_assert_cmpstr (edge_message_get_text (message), ==, "hello");
  g_assert_cmpstr (edge_message_get_peer_id (message), ==, KEY_A);
  g_assert_cmpint (edge_message_get_time (message), ==, 1234);
  g_assert_false (edge_message_get_outgoing (message));

  assert_no_text (log, "{}");
  assert_no_text (log, "{\"text\":\"\"}");
  assert_no_text (log, "{\"text\":5}");
  assert_no_text (log, large);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, 1);

  /* As fast as people type, and no faster. */
  for (guint i = 0; i < 1000; i++)
    n_taken += take (log, "{\"text\":\"x\"}", 2 * later) != NULL;
  g_assert_cmpuint (n_taken, >=, 10);
  g_assert_cmpuint (n_taken, <=, 30);
  g_assert_nonnull (take (log, "{\"text\":\"x\"}", 3 * later));

  for (guint i = 0; i < 2 * EDGE_MESSAGE_LOG_MAX; i++)
    {
      g_autoptr(EdgeMessage) said = edge_message_new (KEY_B, "x", TRUE, i);

      edge_message_log_add (log, said);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (log)), ==, EDGE_MESSAGE_LOG_MAX);
  message = g_list_model_get_item (G_LIST_MODEL (log), EDGE_MESSAGE_LOG_MAX - 1);
  g_assert_cmpint (edge_message_get_time (message), ==, 2 * EDGE_MESSAGE_LOG_MAX - 1);
  g_object_unref (message);
  g_assert_finalize_object (log);
}

static void
test_message_frame (void)
{
  g_autofree char *most = g_strnfill (EDGE_MESSAGE_MAX_TEXT, 'x');
  g_autofree char *more = g_strnfill (EDGE_MESSAGE_MAX_TEXT + 1, 'x');
  const char * const bad[] = { "", more, "\xff\xfe" };
  g_autoptr(JsonObject) frame = edge_message_log_make_frame (most, NULL);

  g_assert_cmpstr (json_object_get_string_member (frame, "type"), ==, "message");
  g_assert_cmpstr (json_object_get_string_member (frame, "text"), ==, most);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (edge_message_log_make_frame (bad[i], &error));
      g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_TEXT);
    }
}

static void
test_state_dir (void)
{
  g_autofree char *dir = g_dir_make_tmp ("edge-node-XXXXXX", NULL);
  g_autofree char *state = g_build_filename (dir, "state", NULL);
  g_autofree char *lock = g_build_filename (state, "lock", NULL);
  g_autofree char *other = g_build_filename (dir, "other", NULL);
  g_autofree char *letter = g_build_filename (other, "letter", NULL);
  g_autoptr(GError) error = NULL;
  EdgeStateDir *held, *again;
  struct stat about;

  held = edge_state_dir_open (state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stat (state, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0700);
  g_assert_true (g_str_has_prefix (edge_state_dir_get_address (held), "unix:path="));

  again = edge_state_dir_open (state, &error);
  g_assert_null (again);
  g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_IN_USE);
  g_clear_error (&error);
  edge_state_dir_close (held);

  /* One of ours that others may enter is closed to them; another person's things stay theirs. */
  g_assert_cmpint (chmod (state, 0755), ==, 0);
  held = edge_state_dir_open (state, &error);
  g_assert_no_error (error);
  g_assert_cmpint (stat (state, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0700);
  edge_state_dir_close (held);

  g_assert_cmpint (g_mkdir (other, 0755), ==, 0);
  g_assert_cmpint (chmod (other, 0755), ==, 0);
  g_assert_true (g_file_set_contents (letter, "dear", -1, NULL));
  g_assert_null (edge_state_dir_open (other, &error));
  g_assert_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_STATE_DIR);
  g_assert_cmpint (stat (other, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0755);

  g_remove (letter);
  g_rmdir (other);
  g_remove (lock);
  g_rmdir (state);
  g_rmdir (dir);
}

static void
test_long_path (void)
{
  g_autofree char *dir = g_dir_make_tmp ("edge-node-XXXXXX", NULL);
  g_autofree char *part = g_strnfill (120, 'd');
  g_autofree char *longer = g_build_filename (dir, part, NULL);
  g_autofree char *lock = g_build_filename (longer, "lock", NULL);
  g_autofree char *address = NULL;
  g_autoptr(EdgeStateDir) held = edge_state_dir_open (longer, NULL);
  int fd;

  g_assert_nonnull (held);
  address = edge_state_dir_dup_address (longer, &fd);
  g_assert_cmpint (fd, >=, 0);
  g_assert_true (g_str_has_prefix (address, "unix:path=/proc/self/fd/"));
  close (fd);
  g_remove (lock);
  g_rmdir (longer);
  g_rmdir (dir);
}

static void
test_words (void)
{
  g_autoptr(EdgePolicy) policy = edge_policy_new ();
  g_autoptr(GDateTime) now = g_date_time_new_utc (2026, 11, 18, 12, 0, 0);
  EdgePolicyFacts facts;
  struct
  {
    EdgeNodeState state;
    guint         n_connected;
    gboolean      alone;
    const char   *own_relay;
    const char   *headline;
    const char   *detail;
  } rows[] = {
    { EDGE_NODE_STATE_NONE, 0, FALSE, NULL, "Not in a network", NULL },
    { EDGE_NODE_STATE_JOINING, 0, FALSE, NULL, "Looking for peers in garden", NULL },
    { EDGE_NODE_STATE_JOINING, 0, TRUE, "ws://127.0.0.1:5/", "Nobody found in garden yet",
      "Set a relay that others use, or have them use yours: ws://127.0.0.1:5/" },
    { EDGE_NODE_STATE_JOINING, 0, TRUE, NULL, "Nobody found in garden yet",
      "It goes on looking. See that others use the same relay and network." },
    { EDGE_NODE_STATE_JOINED, 1, FALSE, NULL, "Ready to give 10 %: you are here",
      "1 peer linked. Goes to 30 % after 3 minutes without a touch of keyboard or pointer." },
    { EDGE_NODE_STATE_JOINED, 3, FALSE, NULL, "Ready to give 10 %: you are here",
      "3 peers linked. Goes to 30 % after 3 minutes without a touch of keyboard or pointer." },
  };

  edge_policy_facts_init (&facts);
  facts.away = EDGE_KNOWN_NO;
  edge_policy_set_facts (policy, &facts, now);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *headline = edge_node_words_headline (rows[i].state, "garden", rows[i].alone,
                                                            policy);
      g_autofree char *detail = edge_node_words_detail (rows[i].state, rows[i].n_connected,
                                                        rows[i].alone, rows[i].own_relay, policy);

      g_assert_cmpstr (headline, ==, rows[i].headline);
      g_assert_cmpstr (detail, ==, rows[i].detail);
    }
}

static void
test_made_name (void)
{
  g_autofree char *a = edge_node_words_name (KEY_A);
  g_autofree char *b = edge_node_words_name (KEY_B);

  g_assert_cmpstr (a, ==, "Tunnel Crew");
  g_assert_cmpstr (b, ==, "Toilet Filter");
}

static void
test_report_peer (void)
{
  g_autoptr(EdgePeer) peer = edge_peer_new (KEY_A);
  g_autofree char *before = edge_node_report_print (edge_node_report_peer (NULL, peer));
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==,
                   "{\"peer\":\"" KEY_A "\",\"name\":null,\"state\":\"new\",\"path\":null,"
                   "\"route\":null,\"found\":null,\"latency_ms\":null,\"jitter_ms\":null,\"in_bps\":null,"
                   "\"out_bps\":null,\"in_bytes\":null,\"out_bytes\":null,\"since\":null,\"verified\":false,\"network\":null,"
                   "\"same_network\":null,\"member\":null,\"in_step\":null}");

  edge_peer_set_name (peer, "\"\n");
  edge_peer_set_state (peer, EDGE_PEER_STATE_CONNECTED);
  edge_peer_set_path (peer, EDGE_PEER_PATH_RELAYED);
  edge_peer_set_found (peer, "relay");
  edge_peer_set_network (peer, KEY_B);
  edge_peer_set_since (peer, 1795260798314);
  edge_peer_set_verified (peer, TRUE);
  edge_peer_set_rates (peer, 1000, 0.1);
  edge_peer_add_bytes (peer, 10, 4);
  edge_peer_add_bytes (peer, 7, 0);
  edge_peer_add_round_trip (peer, 0.9271, 0);
  after = edge_node_report_print (edge_node_report_peer (NULL, peer));
  g_assert_cmpstr (after, ==,
                   "{\"peer\":\"" KEY_A "\",\"name\":\"\\\"\\n\",\"state\":\"connected\","
                   "\"path\":\"relayed\",\"route\":null,\"found\":\"relay\",\"latency_ms\":0.927,"
                   "\"jitter_ms\":0.464,\"in_bps\":8000,\"out_bps\":1,"
                   "\"in_bytes\":17,\"out_bytes\":4,\"since\":1795260798314,"
                   "\"verified\":true,\"network\":\"" KEY_B "\",\"same_network\":null,\"member\":null,\"in_step\":false}");
}

static void
test_print (void)
{
  const char *text = "{\"a\":[1,0.3,-2.5e-07,1e+300,\"x\\u0001é\",null,true,{}],\"b\":{\"c\":[]}}";
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);
  g_autofree char *printed = NULL;

  g_assert_no_error (error);
  printed = edge_node_report_print (node);
  g_assert_cmpstr (printed, ==, text);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/node/relay-address", test_address);
  g_test_add_func ("/node/store", test_store);
  g_test_add_func ("/node/list-proxy", test_list_proxy);
  g_test_add_func ("/node/peer-summary", test_summary);
  g_test_add_func ("/node/message-log", test_message_log);
  g_test_add_func ("/node/message-frame", test_message_frame);
  g_test_add_func ("/node/state-dir", test_state_dir);
  g_test_add_func ("/node/state-dir/long-path", test_long_path);
  g_test_add_func ("/node/words", test_words);
  g_test_add_func ("/node/words/name", test_made_name);
  g_test_add_func ("/node/report/peer", test_report_peer);
  g_test_add_func ("/node/report/print", test_print);
  return g_test_run ();
}
