/* test-sync.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "ledger/edge-event-builder.h"
#include "mesh/edge-sync.h"
#include "relay/edge-relay.h"
#include "signaling/edge-relay-client.h"

/* A real relay, real meshes and real ledgers in one process. */

#define LIMIT_SECONDS 60
#define MAX_NODES     8

typedef struct
{
  EdgeIdentity  *identity;
  EdgeMesh      *mesh;
  EdgeSignaling *backend;
  EdgeLedger    *ledger;
  EdgeSync      *sync;
  char          *path;
} Node;

typedef struct
{
  Node       nodes[MAX_NODES];
  char      *folder;
  char      *genesis;
  char      *network_id;
  EdgeRoom  *room;
  EdgeRelay *relay;
} World;

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

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return edge_id_compare (a, b);
}

static void
key_of (Node   *node,
        EdgeId *key)
{
  memcpy (key->bytes, edge_identity_get_public_key (node->identity), EDGE_ID_SIZE);
}

/* All of them are validators with a grant, so that each has an account from the start. */
static void
make_genesis (World *world)
{
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  EdgeId id;

  edge_genesis_init (&genesis, "test");
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  for (guint i = 0; i < MAX_NODES; i++)
    {
      world->nodes[i].identity = edge_identity_generate ();
      key_of (&world->nodes[i], &genesis.validators[i]);
    }
  genesis.n_validators = genesis.n_grants = MAX_NODES;
  qsort (genesis.validators, MAX_NODES, sizeof (EdgeId), compare_ids);
  for (guint i = 0; i < MAX_NODES; i++)
    genesis.grants[i] = (EdgeGrant) { genesis.validators[i], 1000 * EDGE_CREDIT };
  g_assert_true (edge_genesis_check (&genesis, NULL));

  edge_identity_copy_seed (world->nodes[0].identity, seed);
  world->genesis = edge_genesis_sign (&genesis, (guint64) (g_get_real_time () / 1000) - 60000, seed);
  edge_id_of_data (&id, world->genesis, (gsize) (strrchr (world->genesis, '.') - world->genesis));
  world->network_id = edge_id_to_text (&id);
}

static void
set_up (World         *world,
        gconstpointer  data)
{
  static const guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1, 2, 3 };
  g_autoptr(EdgeRelayConfig) config = edge_relay_config_new ();
  g_autoptr(GError) error = NULL;

  world->folder = g_dir_make_tmp ("edge-sync-XXXXXX", NULL);
  make_genesis (world);
  world->room = edge_room_new (world->network_id, secret);
  g_set_str (&config->listen, "127.0.0.1:0");
  world->relay = edge_relay_new (config);
  edge_relay_start (world->relay, &error);
  g_assert_no_error (error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  edge_ledger_open_finish (EDGE_LEDGER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
open_ledger (World *world,
             guint  number)
{
  Node *node = &world->nodes[number];
  g_autofree char *name = g_strdup_printf ("%u.sqlite", number);
  gboolean open = FALSE;

  node->path = g_build_filename (world->folder, name, NULL);
  node->ledger = edge_ledger_new (node->path);
  edge_ledger_open_async (node->ledger, world->genesis, NULL, opened_cb, &open);
  wait_for (open);
}

static void
start_mesh (World *world,
            guint  number)
{
  Node *node = &world->nodes[number];

  node->mesh = edge_mesh_new (node->identity, world->room, NULL);
  edge_mesh_set_watched (node->mesh, TRUE);
  node->sync = edge_sync_new (node->mesh, node->ledger, world->network_id);
  edge_mesh_start (node->mesh);
  node->backend = EDGE_SIGNALING (edge_relay_client_new (edge_relay_get_url (world->relay), node->identity,
                                                         edge_room_get_relay_tag (world->room), NULL));
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
stop_mesh (Node *node)
{
  gboolean stopped = FALSE;

  if (node->mesh == NULL)
    return;
  if (node->sync != NULL)
    g_object_run_dispose (G_OBJECT (node->sync));
  if (node->sync != NULL)
    g_assert_finalize_object (g_steal_pointer (&node->sync));
  edge_mesh_stop_async (node->mesh, NULL, stopped_cb, &stopped);
  wait_for (stopped);
  edge_mesh_remove_backend (node->mesh, node->backend);
  edge_signaling_stop (node->backend);
  g_clear_object (&node->backend);
  g_assert_finalize_object (g_steal_pointer (&node->mesh));
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  edge_ledger_close_finish (EDGE_LEDGER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
tear_down (World         *world,
           gconstpointer  data)
{
  for (guint i = 0; i < MAX_NODES; i++)
    {
      Node *node = &world->nodes[i];
      gboolean closed = FALSE;

      stop_mesh (node);
      if (node->ledger != NULL)
        {
          edge_ledger_close_async (node->ledger, NULL, closed_cb, &closed);
          wait_for (closed);
          g_clear_object (&node->ledger);
          g_assert_cmpint (g_remove (node->path), ==, 0);
        }
      g_free (node->path);
      g_clear_object (&node->identity);
    }
  g_assert_cmpint (g_rmdir (world->folder), ==, 0);
  edge_relay_stop (world->relay);
  g_clear_object (&world->relay);
  edge_room_unref (world->room);
  g_free (world->folder);
  g_free (world->genesis);
  g_free (world->network_id);
}

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  char **id = user_data;

  *id = edge_ledger_issue_finish (EDGE_LEDGER (source), result, &error);
  g_assert_no_error (error);
}

static char *
issue (Node          *node,
       EdgeEventType  type,
       char          *taken)
{
  g_autofree char *body = taken;
  char *id = NULL;

  edge_ledger_issue_async (node->ledger, node->identity, type, body, NULL, issued_cb, &id);
  wait_for (id != NULL);
  return id;
}

/* Joins where the key needs it, then pays another one a number of times. */
static void
grow (Node  *node,
      Node  *other,
      guint  n_transfers)
{
  g_autoptr(EdgeAccount) account = NULL;
  EdgeId key;
  EdgeId to;

  key_of (node, &key);
  key_of (other, &to);
  account = edge_ledger_dup_account (node->ledger, &key);
  if (!account->has_head)
    g_free (issue (node, EDGE_EVENT_JOIN, edge_event_build_join (0, NULL)));
  for (guint i = 0; i < n_transfers; i++)
    g_free (issue (node, EDGE_EVENT_TRANSFER, edge_event_build_transfer (&to, EDGE_CREDIT, NULL)));
}

static guint
count (Node *node)
{
  EdgeLedgerFigures figures;

  edge_ledger_get_figures (node->ledger, &figures);
  return figures.n_behind == 0 ? figures.n_events : 0;
}

static gboolean
all_hold (World *world,
          guint  n_nodes,
          guint  n_events)
{
  for (guint i = 0; i < n_nodes; i++)
    {
      if (count (&world->nodes[i]) != n_events)
        return FALSE;
    }
  return TRUE;
}

static gboolean
all_in_step (World *world,
             guint  n_nodes)
{
  for (guint i = 0; i < n_nodes; i++)
    {
      if (edge_sync_get_n_in_step (world->nodes[i].sync) < n_nodes - 1)
        return FALSE;
    }
  return TRUE;
}

/* The same events make the same balances. */
static void
assert_same (World *world,
             guint  n_nodes)
{
  for (guint owner = 0; owner < MAX_NODES; owner++)
    {
      g_autofree char *first = NULL;
      EdgeId key;

      key_of (&world->nodes[owner], &key);
      for (guint i = 0; i < n_nodes; i++)
        {
          g_autoptr(EdgeAccount) account = edge_ledger_dup_account (world->nodes[i].ledger, &key);
          g_autofree char *text = edge_account_to_text (account);

          if (first == NULL)
            first = g_steal_pointer (&text);
          else
            g_assert_cmpstr (first, ==, text);
        }
    }
}

static void
test_diverged (World         *world,
               gconstpointer  data)
{
  open_ledger (world, 0);
  open_ledger (world, 1);
  grow (&world->nodes[0], &world->nodes[1], 300);
  grow (&world->nodes[1], &world->nodes[0], 200);

  start_mesh (world, 0);
  start_mesh (world, 1);
  /* The genesis, 300 and a join with 200. */
  wait_for (all_hold (world, 2, 1 + 300 + 201));
  wait_for (all_in_step (world, 2));
  assert_same (world, 2);
  g_assert_cmpuint (edge_sync_get_expected (world->nodes[0].sync), ==, 502);
  g_assert_cmpuint (edge_sync_get_n_linked (world->nodes[0].sync), ==, 1);
}

static void
test_newcomer (World         *world,
               gconstpointer  data)
{
  open_ledger (world, 0);
  grow (&world->nodes[0], &world->nodes[1], 500);
  start_mesh (world, 0);

  open_ledger (world, 1);
  start_mesh (world, 1);
  wait_for (all_hold (world, 2, 501));
  wait_for (all_in_step (world, 2));
  assert_same (world, 2);

  /* A third, whose ledger is opened only after it is linked. */
  open_ledger (world, 2);
  start_mesh (world, 2);
  g_object_run_dispose (G_OBJECT (world->nodes[2].sync));
  g_clear_object (&world->nodes[2].sync);
  wait_for (edge_sync_get_n_linked (world->nodes[0].sync) == 2 &&
            edge_sync_get_n_linked (world->nodes[1].sync) == 2);
  g_assert_cmpuint (count (&world->nodes[2]), ==, 1);
  world->nodes[2].sync = edge_sync_new (world->nodes[2].mesh, world->nodes[2].ledger,
                                        world->network_id);
  wait_for (all_hold (world, 3, 501));
  wait_for (all_in_step (world, 3));
}

static void
test_push (World         *world,
           gconstpointer  data)
{
  gint64 began;

  for (guint i = 0; i < MAX_NODES; i++)
    {
      open_ledger (world, i);
      start_mesh (world, i);
    }
  wait_for (all_in_step (world, MAX_NODES));

  began = g_get_monotonic_time ();
  grow (&world->nodes[0], &world->nodes[1], 1);
  wait_for (all_hold (world, MAX_NODES, 2));
  g_test_message ("a push reached all %d in %.3f s", MAX_NODES,
                  (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  g_assert_true (all_in_step (world, MAX_NODES));

  for (guint i = 1; i < MAX_NODES; i++)
    grow (&world->nodes[i], &world->nodes[0], 2);
  wait_for (all_hold (world, MAX_NODES, 2 + (MAX_NODES - 1) * 3));
  assert_same (world, MAX_NODES);
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

/* An event signed by somebody else than it names. */
static char *
forge (Node *node)
{
  g_autoptr(GArray) list = edge_ledger_list (node->ledger, NULL, 0, 1);
  g_autofree char *text = edge_ledger_dup_event (node->ledger,
                                                 &g_array_index (list, EdgeLedgerEntry, 0).id);
  char *signature = strrchr (text, '.') + 1;

  signature[0] = signature[0] == 'A' ? 'B' : 'A';
  return g_steal_pointer (&text);
}

static void
test_hostile (World         *world,
              gconstpointer  data)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autofree char *forged = NULL;
  g_autoptr(GBytes) noise = g_bytes_new_static ("{\"type\":\"qdag_sync_request\",\"ranges\":{\"ranges\":7}}", 51);

  for (guint i = 0; i < 3; i++)
    open_ledger (world, i);
  grow (&world->nodes[2], &world->nodes[0], 1);
  for (guint i = 0; i < 3; i++)
    start_mesh (world, i);
  wait_for (all_in_step (world, 3));

  /* The third turns: nothing of what it sends is kept, and the others go on. */
  forged = forge (&world->nodes[2]);
  json_object_set_string_member (frame, "type", "qdag_contribution");
  json_object_set_string_member (frame, "contribution", forged);
  for (guint i = 0; i < 20; i++)
    {
      EdgePeer *first = peer_of (&world->nodes[2], &world->nodes[0]);

      if (first == NULL || edge_peer_get_state (first) != EDGE_PEER_STATE_CONNECTED)
        break;
      edge_mesh_send (world->nodes[2].mesh, first, frame, NULL);
      edge_mesh_send_bulk (world->nodes[2].mesh, first, noise, NULL);
      g_main_context_iteration (NULL, FALSE);
    }
  wait_for (edge_sync_get_n_linked (world->nodes[0].sync) == 1);

  grow (&world->nodes[0], &world->nodes[1], 50);
  wait_for (all_hold (world, 2, 1 + 2 + 50));
  g_assert_cmpuint (edge_sync_get_n_in_step (world->nodes[1].sync), >=, 1);
  assert_same (world, 2);
}

static void
test_cut (World         *world,
          gconstpointer  data)
{
  open_ledger (world, 0);
  open_ledger (world, 1);
  grow (&world->nodes[0], &world->nodes[1], 600);
  start_mesh (world, 0);
  start_mesh (world, 1);

  /* Cut in the middle, if it was not over at once. */
  wait_for (count (&world->nodes[1]) > 1);
  stop_mesh (&world->nodes[1]);
  grow (&world->nodes[0], &world->nodes[1], 20);
  grow (&world->nodes[1], &world->nodes[0], 10);

  start_mesh (world, 1);
  wait_for (all_hold (world, 2, 1 + 620 + 11));
  wait_for (all_in_step (world, 2));
  assert_same (world, 2);
}

int
main (int    argc,
      char **argv)
{
  int status;
  guint turning;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (edge_mesh_check_system (NULL));
  turning = g_timeout_add (20, keep_turning, NULL);
  g_test_add ("/mesh/sync/diverged", World, NULL, set_up, test_diverged, tear_down);
  g_test_add ("/mesh/sync/newcomer", World, NULL, set_up, test_newcomer, tear_down);
  g_test_add ("/mesh/sync/push", World, NULL, set_up, test_push, tear_down);
  g_test_add ("/mesh/sync/hostile", World, NULL, set_up, test_hostile, tear_down);
  g_test_add ("/mesh/sync/cut", World, NULL, set_up, test_cut, tear_down);
  status = g_test_run ();
  g_source_remove (turning);
  return status;
}
