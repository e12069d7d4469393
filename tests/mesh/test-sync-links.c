/* test-sync-links.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "mesh/edge-sync-frame.h"
#include "sync-world.h"

/* A newcomer with several links: what all peers hold comes about once, and none of them holds
 * up the others. */

#define N_OLD    4
#define NEWCOMER N_OLD

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Bytes that came to a node, of all its links. */
static guint64
bytes_in (SyncNode *node)
{
  guint64 bytes = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (node->mesh)); i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (node->mesh), i);

      bytes += edge_peer_get_bytes_in (peer);
    }
  return bytes;
}

/* Four that hold the same; then the newcomer, whose ledger is opened once it has all links. */
static void
begin_world (SyncWorld  *world,
             guint       n_events,
             SyncEvents *events)
{
  sync_make_events (world, n_events, 0, events);
  for (guint i = 0; i < N_OLD; i++)
    {
      sync_open_ledger (world, i);
      sync_feed (&world->nodes[i], events->both);
      sync_start_mesh (world, i);
    }
  wait_for (sync_all_in_step (world, N_OLD));
  wait_for (sync_all_hold (world, N_OLD, 1 + n_events));
  sync_open_ledger (world, NEWCOMER);
}

static void
test_newcomer (SyncWorld     *world,
               gconstpointer  data)
{
  const guint n = 20000;
  SyncNode *newcomer = &world->nodes[NEWCOMER];
  SyncEvents events;
  gint64 began;

  begin_world (world, n, &events);
  began = g_get_monotonic_time ();
  sync_start_mesh (world, NEWCOMER);
  wait_for (sync_count (newcomer) == 1 + n);
  g_test_message ("%u events over %u links in %.1f s: %" G_GUINT64_FORMAT " bytes came, %.2f copies of %"
                  G_GSIZE_FORMAT, n, N_OLD, (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC,
                  bytes_in (newcomer), (double) bytes_in (newcomer) / (double) events.bytes,
                  events.bytes);
  g_assert_cmpuint (2 * bytes_in (newcomer), <, 3 * events.bytes);
  wait_for (sync_all_in_step (world, N_OLD + 1));
  sync_assert_same (world, N_OLD + 1);
  sync_clear_events (&events);
}

/* Says that it holds much, each time that it hears something, and gives nothing. */
typedef struct
{
  SyncNode   *newcomer;
  guint       n_heard;
  guint       most;    /* after so many it says nothing more */
} Promise;

static void
promise (SyncNode *node,
         Promise  *promises)
{
  EdgeId any;
  g_autofree char *hash = NULL;
  g_autofree char *message = NULL;
  g_autoptr(GBytes) frame = NULL;

  edge_id_of_data (&any, &promises->n_heard, sizeof promises->n_heard);
  hash = edge_id_to_text (&any);
  message = g_strdup_printf ("{\"ranges\":[[\"h\",\"\",%u,\"%s\"]],\"want\":[]}", 1000000 + promises->n_heard,
                             hash);
  frame = edge_sync_frame_write_ranges (FALSE, 1000000, 0, message);
  edge_mesh_send_bulk (node->mesh, sync_peer_of (node, promises->newcomer), frame, NULL);
}

static void
hear_cb (EdgeMesh *mesh,
         EdgePeer *peer,
         GBytes   *payload,
         SyncNode *node)
{
  Promise *promises = g_object_get_data (G_OBJECT (mesh), "promise");

  if (!g_str_equal (edge_peer_get_id (peer), edge_identity_get_id (promises->newcomer->identity)))
    return;
  if (promises->n_heard++ < promises->most)
    promise (node, promises);
}

static void
test_promises (SyncWorld     *world,
               gconstpointer  data)
{
  const guint n = 10000;
  SyncNode *newcomer = &world->nodes[NEWCOMER];
  SyncNode *bad = &world->nodes[0];
  Promise promises = { newcomer, 0, GPOINTER_TO_UINT (data) };
  SyncEvents events;

  begin_world (world, n, &events);
  g_object_run_dispose (G_OBJECT (bad->sync));
  g_assert_finalize_object (g_steal_pointer (&bad->sync));
  g_object_set_data (G_OBJECT (bad->mesh), "promise", &promises);
  g_signal_connect (bad->mesh, "bulk", G_CALLBACK (hear_cb), bad);

  /* It is asked first: no other is linked. */
  for (guint i = 1; i < N_OLD; i++)
    sync_stop_mesh (&world->nodes[i]);
  sync_start_mesh (world, NEWCOMER);
  wait_for (edge_sync_get_n_linked (newcomer->sync) == 1);
  promise (bad, &promises);
  wait_for (promises.n_heard > promises.most);
  for (guint i = 1; i < N_OLD; i++)
    sync_start_mesh (world, i);
  wait_for (sync_count (newcomer) == 1 + n);
  wait_for (edge_sync_get_n_in_step (newcomer->sync) == N_OLD - 1);
  g_test_message ("%.2f copies came", (double) bytes_in (newcomer) / (double) events.bytes);
  g_assert_cmpuint (2 * bytes_in (newcomer), <, 3 * events.bytes);
  g_signal_handlers_disconnect_by_func (bad->mesh, hear_cb, bad);
  sync_clear_events (&events);
}

/* What came from one that keeps the turn is passed on to one that held the same before. */
static void
test_passed_on (SyncWorld     *world,
                gconstpointer  data)
{
  const guint n = 50;
  SyncNode *giver = &world->nodes[2];
  SyncNode *first;
  SyncNode *second;
  Promise promises = { NULL, 0, G_MAXUINT };
  g_autoptr(GBytes) frame = NULL;
  SyncEvents events;

  sync_make_events (world, n, 0, &events);
  for (guint i = 0; i < 3; i++)
    {
      sync_open_ledger (world, i);
      sync_start_mesh (world, i);
    }
  wait_for (sync_all_in_step (world, 3));
  first = &world->nodes[0];
  second = &world->nodes[1];
  if (!edge_mesh_offers_to (first->mesh, sync_peer_of (first, second)))
    {
      first = &world->nodes[1];
      second = &world->nodes[0];
    }

  g_object_run_dispose (G_OBJECT (giver->sync));
  g_assert_finalize_object (g_steal_pointer (&giver->sync));
  promises.newcomer = first;
  g_object_set_data (G_OBJECT (giver->mesh), "promise", &promises);
  g_signal_connect (giver->mesh, "bulk", G_CALLBACK (hear_cb), giver);
  promise (giver, &promises);
  wait_for (promises.n_heard > 1);

  frame = edge_sync_frame_write_events (events.both);
  edge_mesh_send_bulk (giver->mesh, sync_peer_of (giver, first), frame, NULL);
  wait_for (sync_count (first) == 1 + n);
  wait_for (sync_count (second) == 1 + n);
  g_signal_handlers_disconnect_by_func (giver->mesh, hear_cb, giver);
  sync_clear_events (&events);
}

/* One is held up in the middle of what it sends, and goes on once all is there from others. */
static void
test_stalled (SyncWorld     *world,
              gconstpointer  data)
{
  const guint n = 20000;
  SyncNode *newcomer = &world->nodes[NEWCOMER];
  SyncNode *first = &world->nodes[0];
  SyncEvents events;

  begin_world (world, n, &events);
  for (guint i = 1; i < N_OLD; i++)
    sync_stop_mesh (&world->nodes[i]);
  sync_start_mesh (world, NEWCOMER);
  wait_for (sync_count (newcomer) > 1);
  edge_mesh_hold_bulk (newcomer->mesh, sync_peer_of (newcomer, first), TRUE);
  g_assert_cmpuint (sync_count (newcomer), <, 1 + n);
  for (guint i = 1; i < N_OLD; i++)
    sync_start_mesh (world, i);
  wait_for (sync_count (newcomer) == 1 + n);
  edge_mesh_hold_bulk (newcomer->mesh, sync_peer_of (newcomer, first), FALSE);
  wait_for (sync_all_in_step (world, N_OLD + 1));
  g_test_message ("%.2f copies came", (double) bytes_in (newcomer) / (double) events.bytes);
  g_assert_cmpuint (2 * bytes_in (newcomer), <, 3 * events.bytes);
  sync_clear_events (&events);
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
  g_test_add ("/mesh/sync-links/newcomer", SyncWorld, NULL, sync_set_up, test_newcomer, sync_tear_down);
  g_test_add ("/mesh/sync-links/silent", SyncWorld, GUINT_TO_POINTER (1), sync_set_up, test_promises,
              sync_tear_down);
  g_test_add ("/mesh/sync-links/promises", SyncWorld, GUINT_TO_POINTER (200), sync_set_up, test_promises,
              sync_tear_down);
  g_test_add ("/mesh/sync-links/stalled", SyncWorld, NULL, sync_set_up, test_stalled, sync_tear_down);
  g_test_add ("/mesh/sync-links/passed-on", SyncWorld, NULL, sync_set_up, test_passed_on, sync_tear_down);
  status = g_test_run ();
  g_source_remove (turning);
  return status;
}
