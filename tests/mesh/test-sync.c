/* test-sync.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "mesh/edge-sync-frame.h"
#include "sync-world.h"

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
is_soak (void)
{
  return g_strcmp0 (g_getenv ("EDGE_NET_SOAK"), "1") == 0;
}

static void
test_diverged (SyncWorld         *world,
               gconstpointer  data)
{
  sync_open_ledger (world, 0);
  sync_open_ledger (world, 1);
  sync_grow (&world->nodes[0], &world->nodes[1], 300);
  sync_grow (&world->nodes[1], &world->nodes[0], 200);

  sync_start_mesh (world, 0);
  sync_start_mesh (world, 1);
  /* The genesis, 300 and a join with 200. */
  wait_for (sync_all_hold (world, 2, 1 + 300 + 201));
  wait_for (sync_all_in_step (world, 2));
  sync_assert_same (world, 2);
  g_assert_cmpuint (edge_sync_get_expected (world->nodes[0].sync), ==, 502);
  g_assert_cmpuint (edge_sync_get_n_linked (world->nodes[0].sync), ==, 1);
}

static void
test_newcomer (SyncWorld         *world,
               gconstpointer  data)
{
  sync_open_ledger (world, 0);
  sync_grow (&world->nodes[0], &world->nodes[1], 500);
  sync_start_mesh (world, 0);

  sync_open_ledger (world, 1);
  sync_start_mesh (world, 1);
  wait_for (sync_all_hold (world, 2, 501));
  wait_for (sync_all_in_step (world, 2));
  sync_assert_same (world, 2);

  /* A third, whose ledger is opened only after it is linked. */
  sync_open_ledger (world, 2);
  sync_start_mesh (world, 2);
  g_object_run_dispose (G_OBJECT (world->nodes[2].sync));
  g_clear_object (&world->nodes[2].sync);
  wait_for (edge_sync_get_n_linked (world->nodes[0].sync) == 2 &&
            edge_sync_get_n_linked (world->nodes[1].sync) == 2);
  g_assert_cmpuint (sync_count (&world->nodes[2]), ==, 1);
  world->nodes[2].sync = edge_sync_new (world->nodes[2].mesh, world->nodes[2].ledger,
                                        world->network_id);
  wait_for (sync_all_hold (world, 3, 501));
  wait_for (sync_all_in_step (world, 3));
}

static gboolean
all_settled (SyncWorld *world,
             guint      n_links)
{
  for (guint i = 0; i < SYNC_MAX_NODES; i++)
    {
      EdgeSync *sync = world->nodes[i].sync;

      if (edge_sync_get_n_linked (sync) < n_links ||
          edge_sync_get_n_in_step (sync) < edge_sync_get_n_linked (sync))
        return FALSE;
    }
  return TRUE;
}

/* Twenty nodes of few links each, so that it goes on from one to the next. */
static void
test_push (SyncWorld     *world,
           gconstpointer  data)
{
  gint64 began;

  world->degree = 4;
  for (guint i = 0; i < SYNC_MAX_NODES; i++)
    {
      sync_open_ledger (world, i);
      sync_start_mesh (world, i);
    }
  wait_for (all_settled (world, 2));

  began = g_get_monotonic_time ();
  sync_grow (&world->nodes[0], &world->nodes[1], 1);
  wait_for (sync_all_hold (world, SYNC_MAX_NODES, 2));
  g_test_message ("a push reached all %d in %.3f s", SYNC_MAX_NODES,
                  (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);

  for (guint i = 1; i < 8; i++)
    sync_grow (&world->nodes[i], &world->nodes[0], 2);
  wait_for (sync_all_hold (world, SYNC_MAX_NODES, 2 + 7 * 3));
  sync_assert_same (world, SYNC_MAX_NODES);
}

/* An event signed by somebody else than it names. */
static char *
forge (SyncNode *node)
{
  g_autoptr(GArray) list = edge_ledger_list (node->ledger, NULL, 0, 1);
  g_autofree char *text = edge_ledger_dup_event (node->ledger,
                                                 &g_array_index (list, EdgeLedgerEntry, 0).id);
  char *signature = strrchr (text, '.') + 1;

  signature[0] = signature[0] == 'A' ? 'B' : 'A';
  return g_steal_pointer (&text);
}

static void
test_hostile (SyncWorld         *world,
              gconstpointer  data)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autofree char *forged = NULL;
  g_autoptr(GBytes) noise = g_bytes_new_static ("{\"type\":\"qdag_sync_request\",\"ranges\":{\"ranges\":7}}", 51);

  for (guint i = 0; i < 3; i++)
    sync_open_ledger (world, i);
  sync_grow (&world->nodes[2], &world->nodes[0], 1);
  for (guint i = 0; i < 3; i++)
    sync_start_mesh (world, i);
  wait_for (sync_all_in_step (world, 3));

  /* The third turns: nothing of what it sends is kept, and the others go on. */
  forged = forge (&world->nodes[2]);
  json_object_set_string_member (frame, "type", "qdag_contribution");
  json_object_set_string_member (frame, "contribution", forged);
  for (guint i = 0; i < 20; i++)
    {
      EdgePeer *first = sync_peer_of (&world->nodes[2], &world->nodes[0]);

      if (first == NULL || edge_peer_get_state (first) != EDGE_PEER_STATE_CONNECTED)
        break;
      edge_mesh_send (world->nodes[2].mesh, first, frame, NULL);
      edge_mesh_send_bulk (world->nodes[2].mesh, first, noise, NULL);
      g_main_context_iteration (NULL, FALSE);
    }
  wait_for (edge_sync_get_n_linked (world->nodes[0].sync) == 1);

  sync_grow (&world->nodes[0], &world->nodes[1], 50);
  wait_for (sync_all_hold (world, 2, 1 + 2 + 50));
  g_assert_cmpuint (edge_sync_get_n_in_step (world->nodes[1].sync), >=, 1);
  sync_assert_same (world, 2);
}

/* Leaves a node with its links alone, so that the test says what there is to say. */
static void
silence (SyncNode *node)
{
  g_object_run_dispose (G_OBJECT (node->sync));
  g_assert_finalize_object (g_steal_pointer (&node->sync));
}

typedef struct
{
  SyncNode *from;
  guint     n;
  gint64    last;
  gint64    interval;
  gboolean  asks;      /* whether the last asks by `want` alone */
} Heard;

static void
hear_cb (EdgeMesh *mesh,
         EdgePeer *peer,
         GBytes   *payload,
         Heard    *heard)
{
  gint64 now = g_get_monotonic_time ();
  const char *text;
  gsize size;

  if (!g_str_equal (edge_peer_get_id (peer), edge_identity_get_id (heard->from->identity)))
    return;
  heard->n++;
  heard->interval = now - heard->last;
  heard->last = now;
  text = g_bytes_get_data (payload, &size);
  heard->asks = g_strstr_len (text, (gssize) size, "\"ranges\":[],\"want\":[\"") != NULL;
}

/* Two in step of which the second asks by hand. Returns: a request that finds no difference */
static GBytes *
begin_to_ask (SyncWorld *world,
              Heard     *heard)
{
  g_autofree char *message = NULL;

  for (guint i = 0; i < 2; i++)
    {
      sync_open_ledger (world, i);
      sync_start_mesh (world, i);
    }
  wait_for (sync_all_in_step (world, 2));
  silence (&world->nodes[1]);
  g_signal_connect (world->nodes[1].mesh, "bulk", G_CALLBACK (hear_cb), heard);
  message = edge_ledger_begin_sync (world->nodes[0].ledger);
  return edge_sync_frame_write_ranges (TRUE, 1, 0, message);
}

/* However often somebody asks who waits for each answer, it is no fault; not to wait is one. */
static void
test_pace (SyncWorld     *world,
           gconstpointer  data)
{
  const guint n = 350;
  SyncNode *asker = &world->nodes[1];
  SyncNode *other = &world->nodes[0];
  g_autoptr(GBytes) request = NULL;
  Heard heard = { other };

  request = begin_to_ask (world, &heard);
  for (guint i = 1; i <= n; i++)
    {
      g_assert_true (edge_mesh_send_bulk (asker->mesh, sync_peer_of (asker, other), request, NULL));
      wait_for (heard.n >= i);
    }
  g_assert_cmpuint (edge_sync_get_n_linked (other->sync), ==, 1);

  for (guint i = 0; i < 2 * n; i++)
    g_assert_true (edge_mesh_send_bulk (asker->mesh, sync_peer_of (asker, other), request, NULL));
  wait_for (edge_sync_get_n_linked (other->sync) == 0);
  g_signal_handlers_disconnect_by_func (asker->mesh, hear_cb, &heard);

  /* Who comes back has no more than was left: of so many none was a fault before. */
  sync_stop_mesh (asker);
  sync_start_mesh (world, 1);
  silence (asker);
  wait_for (edge_sync_get_n_linked (other->sync) == 1 && sync_peer_of (asker, other) != NULL &&
            edge_peer_get_state (sync_peer_of (asker, other)) == EDGE_PEER_STATE_CONNECTED);
  for (guint i = 0; i < n; i++)
    edge_mesh_send_bulk (asker->mesh, sync_peer_of (asker, other), request, NULL);
  wait_for (edge_sync_get_n_linked (other->sync) == 0);
}

typedef struct
{
  SyncNode *from;
  guint     n_requests;
  guint     n_responses;
  gboolean  same;      /* the last response says that both hold the same */
  char     *message;   /* that says so */
} Round;

static void
hear_round_cb (EdgeMesh *mesh,
               EdgePeer *peer,
               GBytes   *payload,
               Round    *round)
{
  g_auto(EdgeSyncFrame) frame = { 0 };

  if (!g_str_equal (edge_peer_get_id (peer), edge_identity_get_id (round->from->identity)))
    return;
  g_assert_true (edge_sync_frame_read (&frame, payload, NULL));
  if (frame.is_request)
    round->n_requests++;
  else
    round->n_responses++;
  round->same = !frame.is_request && g_strcmp0 (frame.ranges, round->message) == 0;
}

/* The one of smaller id, which begins, and one that says only what the test says. */
static void
set_up_round (SyncWorld *world,
              Round     *round,
              SyncNode **other)
{
  guint small = strcmp (edge_identity_get_id (world->nodes[0].identity),
                        edge_identity_get_id (world->nodes[1].identity)) < 0 ? 0 : 1;

  round->from = &world->nodes[small];
  *other = &world->nodes[1 - small];
  sync_open_ledger (world, 0);
  sync_open_ledger (world, 1);
  round->message = edge_ledger_begin_sync ((*other)->ledger);
  sync_start_mesh (world, 1 - small);
  silence (*other);
  g_signal_connect ((*other)->mesh, "bulk", G_CALLBACK (hear_round_cb), round);
  sync_start_mesh (world, small);
}

static void
say (SyncNode *from,
     Round    *round,
     gboolean  is_request)
{
  g_autoptr(GBytes) frame = edge_sync_frame_write_ranges (is_request, 1, 0, round->message);

  g_assert_true (edge_mesh_send_bulk (from->mesh, sync_peer_of (from, round->from), frame, NULL));
}

static void
tear_down_round (SyncNode *other,
                 Round    *round)
{
  g_signal_handlers_disconnect_by_func (other->mesh, hear_round_cb, round);
  g_free (round->message);
}

/* Of two rounds that cross that of the smaller id goes on, and the other gets no answer. */
static void
test_crossing (SyncWorld     *world,
               gconstpointer  data)
{
  Round round = { 0 };
  SyncNode *other;

  set_up_round (world, &round, &other);
  wait_for (round.n_requests == 1);
  say (other, &round, TRUE);
  say (other, &round, FALSE);
  wait_for (edge_sync_get_n_in_step (round.from->sync) == 1);
  say (other, &round, TRUE);
  wait_for (round.n_responses > 0);
  g_assert_true (round.same);
  /* Bulk comes in order: an answer to the first would be here by now. */
  say (other, &round, TRUE);
  wait_for (round.n_responses > 1);
  g_assert_cmpuint (round.n_responses, ==, 2);
  tear_down_round (other, &round);
}

/* Who says nothing to it for a while did not hear it, as its ledger was not open: what it asks
 * then is answered. */
static void
test_unheard (SyncWorld     *world,
              gconstpointer  data)
{
  Round round = { 0 };
  SyncNode *other;

  set_up_round (world, &round, &other);
  wait_for (round.n_requests >= 3);
  while (round.n_responses == 0)
    {
      guint n_requests = round.n_requests;
      gint64 heard_at = g_get_monotonic_time ();

      wait_for (g_get_monotonic_time () - heard_at > 600 * G_TIME_SPAN_MILLISECOND);
      if (round.n_requests > n_requests)
        continue;
      say (other, &round, TRUE);
      wait_for (round.n_responses > 0 || round.n_requests > n_requests);
    }
  g_assert_true (round.same);
  tear_down_round (other, &round);
}

/* Once both said that they hold the same no round is on: what a push builds upon is asked for. */
static void
test_missing (SyncWorld     *world,
              gconstpointer  data)
{
  SyncNode *asker = &world->nodes[1];
  SyncNode *other = &world->nodes[0];
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autoptr(GBytes) request = NULL;
  Heard heard = { other };
  SyncEvents events;

  sync_make_events (world, 2, 0, &events);
  request = begin_to_ask (world, &heard);
  g_assert_true (edge_mesh_send_bulk (asker->mesh, sync_peer_of (asker, other), request, NULL));
  wait_for (heard.n > 0);

  json_object_set_string_member (frame, "type", "qdag_contribution");
  json_object_set_string_member (frame, "contribution", events.both->pdata[1]);
  heard.n = 0;
  g_assert_true (edge_mesh_send (asker->mesh, sync_peer_of (asker, other), frame, NULL));
  wait_for (heard.n > 0);
  g_assert_true (heard.asks);
  g_signal_handlers_disconnect_by_func (asker->mesh, hear_cb, &heard);
  sync_clear_events (&events);
}

/* Who does not answer is asked ever less; but once another brought what was missing, all are
 * asked soon. */
static void
test_early (SyncWorld     *world,
            gconstpointer  data)
{
  SyncNode *node = &world->nodes[0];
  SyncNode *mute = &world->nodes[1];
  Heard heard = { node };
  gint64 interval;
  gint64 began;
  guint n;

  for (guint i = 0; i < 3; i++)
    sync_open_ledger (world, i);
  sync_grow (&world->nodes[2], node, 5);
  sync_start_mesh (world, 1);
  silence (mute);
  g_signal_connect (mute->mesh, "bulk", G_CALLBACK (hear_cb), &heard);
  sync_start_mesh (world, 0);
  wait_for (heard.n >= 4);

  sync_start_mesh (world, 2);
  wait_for (edge_sync_get_n_in_step (node->sync) == 1);
  n = heard.n;
  interval = heard.interval;
  began = g_get_monotonic_time ();
  wait_for (heard.n > n);
  g_assert_cmpint (g_get_monotonic_time () - began, <, interval);
  g_signal_handlers_disconnect_by_func (mute->mesh, hear_cb, &heard);
}

static guint64
bytes_between (SyncNode *a,
               SyncNode *b)
{
  EdgePeer *peer = sync_peer_of (a, b);

  return edge_peer_get_bytes_in (peer) + edge_peer_get_bytes_out (peer);
}

/* Two partitions of many events of which one in a hundred differs. */
static void
test_partitions (SyncWorld     *world,
                 gconstpointer  data)
{
  guint n = is_soak () ? 50000 : 5000;
  guint n_each = n / 200;
  SyncEvents events;
  guint64 moved;

  sync_make_events (world, n - n_each, n_each, &events);
  for (guint i = 0; i < 2; i++)
    {
      sync_open_ledger (world, i);
      sync_feed (&world->nodes[i], events.both);
      sync_feed (&world->nodes[i], i == 0 ? events.first : events.second);
    }
  sync_start_mesh (world, 0);
  sync_start_mesh (world, 1);
  wait_for (sync_all_hold (world, 2, 1 + n + n_each));
  wait_for (sync_all_in_step (world, 2));
  sync_assert_same (world, 2);

  moved = bytes_between (&world->nodes[0], &world->nodes[1]);
  g_test_message ("%u events of %u differ: %" G_GUINT64_FORMAT " bytes both ways, %.1f %% of a full copy",
                  2 * n_each, n, moved, 100.0 * (double) moved / (double) events.bytes);
  g_assert_cmpuint (moved * 10, <, events.bytes);
  sync_clear_events (&events);
}

/* A link that is cut in the middle, twice; each time it goes on with what is not there yet. */
static void
test_cut (SyncWorld     *world,
          gconstpointer  data)
{
  SyncEvents events;
  guint n = 20000;
  guint had = 1;

  sync_make_events (world, n, 0, &events);
  sync_open_ledger (world, 0);
  sync_open_ledger (world, 1);
  sync_feed (&world->nodes[0], events.both);
  sync_start_mesh (world, 0);
  for (guint cut = 0; cut < 2; cut++)
    {
      sync_start_mesh (world, 1);
      wait_for (sync_count (&world->nodes[1]) > had);
      sync_stop_mesh (&world->nodes[1]);
      g_assert_cmpuint (sync_count (&world->nodes[1]), <, 1 + n);
      had = sync_count (&world->nodes[1]);
    }
  sync_grow (&world->nodes[0], &world->nodes[1], 20);
  sync_grow (&world->nodes[1], &world->nodes[0], 10);

  sync_start_mesh (world, 1);
  wait_for (sync_all_hold (world, 2, 1 + n + 20 + 11));
  wait_for (sync_all_in_step (world, 2));
  sync_assert_same (world, 2);
  /* What came before the cuts is not sent again, nor anything twice. */
  g_test_message ("%" G_GUINT64_FORMAT " bytes for what was left of %" G_GSIZE_FORMAT,
                  bytes_between (&world->nodes[1], &world->nodes[0]), events.bytes);
  g_assert_cmpuint (bytes_between (&world->nodes[1], &world->nodes[0]), <, events.bytes);
  sync_clear_events (&events);
}

/* One that takes nothing of what it asked for: the other is served all the same. */
static void
test_slow (SyncWorld     *world,
           gconstpointer  data)
{
  SyncEvents events;
  guint n = 5000;
  EdgePeer *giver;

  sync_make_events (world, n, 0, &events);
  for (guint i = 0; i < 3; i++)
    sync_open_ledger (world, i);
  sync_start_mesh (world, 0);
  sync_start_mesh (world, 2);
  wait_for (sync_all_in_step (world, 1) && edge_sync_get_n_linked (world->nodes[2].sync) == 1);
  giver = sync_peer_of (&world->nodes[2], &world->nodes[0]);
  edge_mesh_hold_bulk (world->nodes[2].mesh, giver, TRUE);
  sync_feed (&world->nodes[0], events.both);

  sync_start_mesh (world, 1);
  wait_for (sync_count (&world->nodes[1]) == 1 + n);
  g_assert_cmpuint (sync_count (&world->nodes[2]), <, 1 + n);
  sync_grow (&world->nodes[0], &world->nodes[1], 5);
  wait_for (sync_count (&world->nodes[1]) == 1 + n + 5);
  sync_clear_events (&events);
}

/* What is told of the progress is so at every moment. */
static void
test_progress (SyncWorld     *world,
               gconstpointer  data)
{
  SyncEvents events;
  guint n = 5000;
  guint most = 0;
  guint n_looks = 0;

  sync_make_events (world, n, 0, &events);
  sync_open_ledger (world, 0);
  sync_open_ledger (world, 1);
  sync_feed (&world->nodes[0], events.both);
  /* The ledger tells of it a moment after the last was taken. */
  wait_for (sync_count (&world->nodes[0]) == 1 + n);
  sync_start_mesh (world, 0);
  sync_start_mesh (world, 1);
  while (sync_count (&world->nodes[1]) < 1 + n)
    {
      EdgeLedgerFigures figures;

      edge_ledger_get_figures (world->nodes[1].ledger, &figures);
      g_assert_cmpuint (figures.n_events, >=, most);
      most = figures.n_events;
      if (most > 1)
        {
          g_assert_cmpuint (edge_sync_get_expected (world->nodes[1].sync), ==, 1 + n);
          n_looks++;
        }
      g_assert_cmpuint (edge_sync_get_expected (world->nodes[0].sync), ==, 1 + n);
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (n_looks, >, 0);
  wait_for (sync_all_in_step (world, 2));
  g_assert_cmpuint (edge_sync_get_expected (world->nodes[1].sync), ==, 1 + n);
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
  g_test_add ("/mesh/sync/diverged", SyncWorld, NULL, sync_set_up, test_diverged, sync_tear_down);
  g_test_add ("/mesh/sync/newcomer", SyncWorld, NULL, sync_set_up, test_newcomer, sync_tear_down);
  g_test_add ("/mesh/sync/push", SyncWorld, NULL, sync_set_up, test_push, sync_tear_down);
  g_test_add ("/mesh/sync/hostile", SyncWorld, NULL, sync_set_up, test_hostile, sync_tear_down);
  g_test_add ("/mesh/sync/pace", SyncWorld, NULL, sync_set_up, test_pace, sync_tear_down);
  g_test_add ("/mesh/sync/crossing", SyncWorld, NULL, sync_set_up, test_crossing, sync_tear_down);
  g_test_add ("/mesh/sync/unheard", SyncWorld, NULL, sync_set_up, test_unheard, sync_tear_down);
  g_test_add ("/mesh/sync/missing", SyncWorld, NULL, sync_set_up, test_missing, sync_tear_down);
  g_test_add ("/mesh/sync/early", SyncWorld, NULL, sync_set_up, test_early, sync_tear_down);
  g_test_add ("/mesh/sync/partitions", SyncWorld, NULL, sync_set_up, test_partitions, sync_tear_down);
  g_test_add ("/mesh/sync/slow", SyncWorld, NULL, sync_set_up, test_slow, sync_tear_down);
  g_test_add ("/mesh/sync/progress", SyncWorld, NULL, sync_set_up, test_progress, sync_tear_down);
  g_test_add ("/mesh/sync/cut", SyncWorld, NULL, sync_set_up, test_cut, sync_tear_down);
  status = g_test_run ();
  g_source_remove (turning);
  return status;
}
