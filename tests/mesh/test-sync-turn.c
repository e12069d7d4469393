/* test-sync-turn.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-sync-turn.h"

#define TICK_MS  2
#define N_PLACES 3

typedef struct
{
  EdgeSyncPlace *place;
  guint          n_given;
  guint          n_lost;
} Asker;

typedef struct
{
  EdgeSyncTurn *turn;
  Asker         askers[N_PLACES];
} Fixture;

static void
turn_cb (gboolean is_given,
         gpointer user_data)
{
  Asker *asker = user_data;

  if (is_given)
    asker->n_given++;
  else
    asker->n_lost++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->turn = edge_sync_turn_new (TICK_MS);
  for (guint i = 0; i < N_PLACES; i++)
    fixture->askers[i].place = edge_sync_turn_join (fixture->turn, turn_cb, &fixture->askers[i]);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < N_PLACES; i++)
    g_clear_pointer (&fixture->askers[i].place, edge_sync_place_leave);
  g_clear_pointer (&fixture->turn, edge_sync_turn_free);
}

/* How many ticks there were until somebody else lost or was given the turn. */
static guint
turn_until (guint *count,
            guint  value)
{
  gint64 began = g_get_monotonic_time ();

  while (*count < value)
    g_main_context_iteration (NULL, TRUE);
  return (guint) ((g_get_monotonic_time () - began) / (TICK_MS * G_TIME_SPAN_MILLISECOND));
}

static void
test_in_turn (Fixture       *fixture,
              gconstpointer  data)
{
  Asker *askers = fixture->askers;

  for (guint i = 0; i < N_PLACES; i++)
    g_assert_true (edge_sync_place_may_ask (askers[i].place));
  edge_sync_place_take (askers[0].place);
  g_assert_true (edge_sync_place_may_ask (askers[0].place));
  g_assert_false (edge_sync_place_may_ask (askers[1].place));
  edge_sync_place_wait (askers[2].place);
  edge_sync_place_wait (askers[1].place);

  /* Who had it last is behind those that wait. */
  edge_sync_place_end (askers[0].place);
  g_assert_cmpuint (askers[1].n_given, ==, 1);
  edge_sync_place_wait (askers[0].place);
  edge_sync_place_end (askers[2].place);
  g_assert_cmpuint (askers[2].n_given, ==, 0);
  edge_sync_place_end (askers[1].place);
  g_assert_cmpuint (askers[2].n_given, ==, 1);
  g_clear_pointer (&askers[2].place, edge_sync_place_leave);
  g_assert_cmpuint (askers[0].n_given, ==, 1);
  edge_sync_place_end (askers[0].place);
  g_assert_true (edge_sync_place_may_ask (askers[1].place));
}

/* Who says nothing loses it, even if nobody waits, and has to let others go first. */
static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  Asker *askers = fixture->askers;

  edge_sync_place_take (askers[0].place);
  edge_sync_place_wait (askers[1].place);
  g_assert_cmpuint (turn_until (&askers[0].n_lost, 1), >=, EDGE_SYNC_TURN_SILENT_TICKS - 1);
  g_assert_cmpuint (askers[1].n_given, ==, 1);

  edge_sync_place_wait (askers[0].place);
  edge_sync_place_wait (askers[2].place);
  edge_sync_place_end (askers[1].place);
  g_assert_cmpuint (askers[2].n_given, ==, 1);
  edge_sync_place_end (askers[2].place);
  g_assert_cmpuint (askers[0].n_given, ==, 0);
  g_assert_false (edge_sync_place_may_ask (askers[0].place));
  g_assert_true (edge_sync_place_may_ask (askers[1].place));
  turn_until (&askers[0].n_given, 1);

  /* While what came is being stored it is not silent, nor slow; its turn has an end all the same. */
  edge_sync_place_set_busy (askers[0].place, TRUE);
  edge_sync_place_wait (askers[1].place);
  g_assert_cmpuint (turn_until (&askers[0].n_lost, 2), >=, EDGE_SYNC_TURN_MOST_TICKS - 1);
  g_assert_cmpuint (askers[1].n_given, ==, 2);
  turn_until (&askers[1].n_lost, 1);
  turn_until (&askers[0].n_given, 1);
}

typedef struct
{
  Asker *asker;
  guint  n_new;
} Drip;

static gboolean
drip_cb (gpointer user_data)
{
  Drip *drip = user_data;

  edge_sync_place_note (drip->asker->place, drip->n_new);
  return G_SOURCE_CONTINUE;
}

/* Who brings little loses it to one who may do better, and later to one who did as badly. */
static void
test_slow (Fixture       *fixture,
           gconstpointer  data)
{
  Asker *askers = fixture->askers;
  Drip slow = { &askers[0], 1 };
  Drip other = { &askers[1], 1 };
  guint sources[2];
  guint first;
  guint second;

  sources[0] = g_timeout_add (TICK_MS, drip_cb, &slow);
  sources[1] = g_timeout_add (TICK_MS, drip_cb, &other);
  edge_sync_place_take (askers[0].place);
  edge_sync_place_wait (askers[1].place);
  first = turn_until (&askers[0].n_lost, 1);
  g_assert_cmpuint (first, >=, EDGE_SYNC_TURN_SLOW_TICKS - 1);
  g_assert_cmpuint (askers[1].n_given, ==, 1);
  edge_sync_place_wait (askers[2].place);
  turn_until (&askers[1].n_lost, 1);
  g_assert_cmpuint (askers[2].n_given, ==, 1);

  /* Now both did so once. */
  edge_sync_place_wait (askers[0].place);
  edge_sync_place_end (askers[2].place);
  turn_until (&askers[0].n_given, 1);
  edge_sync_place_wait (askers[1].place);
  second = turn_until (&askers[0].n_lost, 2);
  g_assert_cmpuint (second, >=, 2 * EDGE_SYNC_TURN_SLOW_TICKS - 1);
  turn_until (&askers[1].n_given, 2);
  g_source_remove (sources[0]);
  g_source_remove (sources[1]);
}

/* Who brings much keeps it, however long. */
static void
test_fast (Fixture       *fixture,
           gconstpointer  data)
{
  Asker *askers = fixture->askers;
  Drip fast = { &askers[0], 64 * EDGE_SYNC_TURN_PER_TICK };
  guint source;
  gint64 began = g_get_monotonic_time ();

  source = g_timeout_add (TICK_MS, drip_cb, &fast);
  edge_sync_place_take (askers[0].place);
  edge_sync_place_wait (askers[1].place);
  while (g_get_monotonic_time () - began <
         4 * EDGE_SYNC_TURN_SLOW_TICKS * TICK_MS * G_TIME_SPAN_MILLISECOND)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (askers[0].n_lost, ==, 0);
  g_assert_cmpuint (askers[1].n_given, ==, 0);
  g_source_remove (source);
}

/* Who means harm brings as much as is asked for, of its own, for ever; or comes anew each time
 * it lost. Those who lost a turn honestly get one all the same. */
static void
test_harm (Fixture       *fixture,
           gconstpointer  data)
{
  Asker *askers = fixture->askers;
  Drip hostile = { &askers[0], 64 * EDGE_SYNC_TURN_PER_TICK };
  guint source;

  edge_sync_place_take (askers[1].place);
  turn_until (&askers[1].n_lost, 1);

  source = g_timeout_add (TICK_MS, drip_cb, &hostile);
  edge_sync_place_take (askers[0].place);
  edge_sync_place_wait (askers[1].place);
  turn_until (&askers[1].n_given, 1);
  g_assert_cmpuint (askers[0].n_lost, ==, 1);
  g_source_remove (source);
  edge_sync_place_end (askers[1].place);

  edge_sync_place_take (askers[2].place);
  edge_sync_place_wait (askers[1].place);
  while (askers[1].n_given == 1)
    {
      turn_until (&askers[2].n_lost, askers[2].n_lost + 1);
      edge_sync_place_leave (askers[2].place);
      askers[2].place = edge_sync_turn_join (fixture->turn, turn_cb, &askers[2]);
      if (edge_sync_place_may_ask (askers[2].place))
        edge_sync_place_take (askers[2].place);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/mesh/sync-turn/in-turn", Fixture, NULL, set_up, test_in_turn, tear_down);
  g_test_add ("/mesh/sync-turn/silent", Fixture, NULL, set_up, test_silent, tear_down);
  g_test_add ("/mesh/sync-turn/slow", Fixture, NULL, set_up, test_slow, tear_down);
  g_test_add ("/mesh/sync-turn/fast", Fixture, NULL, set_up, test_fast, tear_down);
  g_test_add ("/mesh/sync-turn/harm", Fixture, NULL, set_up, test_harm, tear_down);
  return g_test_run ();
}
