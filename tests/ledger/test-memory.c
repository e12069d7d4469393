/* test-memory.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "ledger-world.h"
#include "ledger/edge-ledger-memory.h"

#define LIMIT_SECONDS 60

static LedgerWorld *world;
static EdgeLedger *ledger;

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  gint64 limit = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC;

  while (*result == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, TRUE);
    }
  return *result;
}

static void
open_ledger (const char *path,
             guint32     seed)
{
  g_autoptr(GAsyncResult) opened = NULL;
  g_autoptr(GAsyncResult) ingested = NULL;
  g_autoptr(EdgeIngestResult) ingest = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) texts = NULL;
  g_autoptr(GError) error = NULL;
  EdgeLedgerFigures figures;

  world = ledger_world_new (seed, 8, 3, FALSE);
  ledger_world_grow (world, 300);
  ledger = edge_ledger_new (path);
  edge_ledger_open_async (ledger, ledger_world_event (world, 0)->text, NULL, done_cb, &opened);
  edge_ledger_open_finish (ledger, wait_for (&opened), &error);
  g_assert_no_error (error);
  for (guint i = 1; i < ledger_world_n_events (world); i++)
    g_strv_builder_add (builder, ledger_world_event (world, i)->text);
  texts = g_strv_builder_end (builder);
  edge_ledger_ingest_async (ledger, (const char *const *) texts, 5, NULL, done_cb, &ingested);
  ingest = edge_ledger_ingest_finish (ledger, wait_for (&ingested), &error);
  g_assert_no_error (error);
  edge_ledger_get_figures (ledger, &figures);
  while (figures.n_behind > 0 || figures.n_events < ledger_world_n_events (world))
    {
      g_main_context_iteration (NULL, TRUE);
      edge_ledger_get_figures (ledger, &figures);
    }
}

static void
close_ledger (void)
{
  g_autoptr(GAsyncResult) closed = NULL;

  edge_ledger_close_async (ledger, NULL, done_cb, &closed);
  edge_ledger_close_finish (ledger, wait_for (&closed), NULL);
  g_clear_object (&closed);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&ledger);
  g_clear_pointer (&world, ledger_world_free);
}

static EdgeEvent *
find_event (const EdgeId *id)
{
  for (guint i = 0; i < ledger_world_n_events (world); i++)
    {
      if (edge_id_equal (&ledger_world_event (world, i)->id, id))
        return ledger_world_event (world, i);
    }
  g_assert_not_reached ();
}

/* Another event after the same one of the same author. */
static EdgeEvent *
find_rival (const EdgeId *id)
{
  EdgeEvent *event = find_event (id);

  for (guint i = 1; i < ledger_world_n_events (world); i++)
    {
      EdgeEvent *other = ledger_world_event (world, i);

      if (other != event && edge_id_equal (&other->author, &event->author) &&
          other->has_prev == event->has_prev &&
          (!event->has_prev || edge_id_equal (&other->prev, &event->prev)))
        return other;
    }
  return NULL;
}

static gboolean
is_fair (const EdgeId *tip,
         GArray       *known,
         GArray       *winners)
{
  EdgeCheckpoint checkpoint = { .n = 1, .n_tips = 1 };

  checkpoint.tips[0] = *tip;
  return edge_ledger_is_fair (ledger, &checkpoint, known, winners);
}

/* How many rivals could be taken without who was ahead of them. */
static guint
judge (guint32 seed)
{
  g_autofree char *folder = g_dir_make_tmp ("edge-memory-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "net.sqlite", NULL);
  g_autoptr(EdgeLedgerMemory) memory = edge_ledger_memory_new ();
  g_autoptr(GArray) none = NULL;
  g_autoptr(GArray) known = NULL;
  g_autoptr(GArray) winners = NULL;
  EdgeCheckpoint checkpoint;
  guint n_forks = 0;

  open_ledger (path, seed);
  edge_ledger_memory_look (memory, ledger, 1000);
  edge_ledger_memory_look (memory, ledger, 2000);
  none = edge_ledger_memory_list_known (memory, 999);
  g_assert_cmpuint (none->len, ==, 0);
  known = edge_ledger_memory_list_known (memory, 1000);
  winners = edge_ledger_memory_list_winners (memory, 1000);
  g_assert_cmpuint (known->len, >, 10);

  /* All that can be taken is fair; the beginning alone leaves out what is known. */
  g_assert_cmpuint (edge_ledger_list_open_tips (ledger, &checkpoint), >, 0);
  g_assert_cmpuint (checkpoint.n_tips, <, EDGE_CHECKPOINT_MAX_TIPS);
  g_assert_true (edge_ledger_is_fair (ledger, &checkpoint, known, winners));
  g_assert_false (is_fair (&ledger_world_event (world, 1)->id, known, none));
  g_assert_true (is_fair (&ledger_world_event (world, 1)->id, none, none));

  /* Who takes the other side of a fork alone is not fair to who was ahead. */
  for (guint i = 0; i < winners->len; i++)
    {
      const EdgeId *winner = &g_array_index (winners, EdgeId, i);
      EdgeEvent *rival = find_rival (winner);
      g_autoptr(GArray) one = g_array_new (FALSE, FALSE, sizeof (EdgeId));

      g_assert_nonnull (rival);
      g_array_append_vals (one, winner, 1);
      g_assert_true (is_fair (winner, none, one));
      n_forks += !is_fair (&rival->id, none, one);
    }

  /* What is not known at all is another's to judge. */
  g_assert_true (is_fair (&(EdgeId) { { 1 } }, known, winners));
  close_ledger ();

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return n_forks;
}

static void
test_memory (void)
{
  guint n_forks = 0;

  for (guint32 seed = 1; seed <= 10; seed++)
    n_forks += judge (seed);
  g_test_message ("%u rivals", n_forks);
  g_assert_cmpuint (n_forks, >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/memory", test_memory);
  return g_test_run ();
}
