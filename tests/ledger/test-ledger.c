/* test-ledger.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ledger-world.h"
#include "ledger/edge-event-builder.h"
#include "ledger/edge-ledger.h"
#include "ledger/edge-ledger-store.h"

#define KILLS_QUICK 20
#define KILLS_SOAK  200

/* How long after an answer a kill comes at most: longer than a batch takes to be stored. */
#define KILL_WITHIN_US 20000

typedef struct
{
  char             *folder;
  char             *path;
  LedgerWorld      *world;
  EdgeLedger       *ledger;
  EdgeIngestResult *result;
  GError           *error;
  char             *id;
  gboolean          done;
  guint             n_changed;
  guint             n_accepted;
  guint64           n_saved;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = g_dir_make_tmp ("edge-ledger-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "net.sqlite", NULL);
  self->world = ledger_world_new (7, 8, 3, FALSE);
  ledger_world_grow (self->world, 300);
}

static void
remove_files (Fixture *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  remove_files (self);
  g_rmdir (self->folder);
  g_clear_error (&self->error);
  g_free (self->folder);
  g_free (self->path);
  ledger_world_free (self->world);
}

static void
wait_for (Fixture *self)
{
  while (!self->done)
    g_main_context_iteration (NULL, TRUE);
  self->done = FALSE;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;

  edge_ledger_open_finish (EDGE_LEDGER (source), result, &self->error);
  self->done = TRUE;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;

  edge_ledger_close_finish (EDGE_LEDGER (source), result, &self->error);
  self->done = TRUE;
}

static void
ingested_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *self = user_data;

  g_clear_pointer (&self->result, edge_ingest_result_free);
  self->result = edge_ledger_ingest_finish (EDGE_LEDGER (source), result, &self->error);
  self->done = TRUE;
}

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;

  g_clear_pointer (&self->id, g_free);
  self->id = edge_ledger_issue_finish (EDGE_LEDGER (source), result, &self->error);
  self->done = TRUE;
}

static void
changed_cb (Fixture *self)
{
  self->n_changed++;
}

static void
accepted_cb (Fixture           *self,
             const char *const *texts,
             guint64            origin)
{
  self->n_accepted += g_strv_length ((char **) texts);
}

static void
repaired_cb (Fixture *self,
             guint64  n_saved)
{
  self->n_saved = n_saved;
}

static void
open_ledger (Fixture *self)
{
  self->ledger = edge_ledger_new (self->path);
  g_signal_connect_swapped (self->ledger, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->ledger, "accepted", G_CALLBACK (accepted_cb), self);
  g_signal_connect_swapped (self->ledger, "repaired", G_CALLBACK (repaired_cb), self);
  edge_ledger_open_async (self->ledger, ledger_world_event (self->world, 0)->text, NULL,
                          opened_cb, self);
  wait_for (self);
  g_assert_no_error (self->error);
}

static void
close_ledger (Fixture *self)
{
  edge_ledger_close_async (self->ledger, NULL, closed_cb, self);
  wait_for (self);
  g_assert_no_error (self->error);
  g_clear_pointer (&self->result, edge_ingest_result_free);
  g_clear_pointer (&self->id, g_free);

  /* Sources of the owner's context may still hold it for a moment. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->ledger);
}

static void
ingest (Fixture *self,
        guint    from,
        guint    to)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) texts = NULL;

  for (guint i = from; i < to; i++)
    g_strv_builder_add (builder, ledger_world_event (self->world, i)->text);
  texts = g_strv_builder_end (builder);
  edge_ledger_ingest_async (self->ledger, (const char *const *) texts, 5, NULL, ingested_cb, self);
  wait_for (self);
  g_assert_no_error (self->error);
}

static void
wait_folded (Fixture *self)
{
  EdgeLedgerFigures figures;

  for (;;)
    {
      edge_ledger_get_figures (self->ledger, &figures);
      if (figures.n_behind == 0 && figures.n_events == ledger_world_n_events (self->world))
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
assert_book (Fixture *self)
{
  guint n = ledger_world_n_events (self->world);
  g_autoptr(GArray) list = edge_ledger_list (self->ledger, NULL, 0, n + 10);
  EdgeLedgerFigures figures;

  edge_ledger_get_figures (self->ledger, &figures);
  g_assert_cmpuint (figures.n_events, ==, n);
  g_assert_cmpuint (list->len, ==, n);
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpint (g_array_index (list, EdgeLedgerEntry, i).verdict, !=, EDGE_VERDICT_NONE);
}

/* In batches, backwards: what came early waits for what it builds upon. */
static void
test_ingest (Fixture       *self,
             gconstpointer  data)
{
  guint n = ledger_world_n_events (self->world);
  g_autofree char *stored = NULL;
  EdgeId key;
  g_autoptr(EdgeAccount) account = NULL;

  open_ledger (self);
  ingest (self, 200, n);
  g_assert_cmpuint (self->result->n_held, ==, n - 200);
  g_assert_cmpuint (self->result->missing->len, >, 0);
  g_assert_cmpuint (self->result->n_new, ==, 0);
  ingest (self, 100, 200);
  ingest (self, 0, 100);
  g_assert_cmpuint (self->result->n_known, ==, 1);
  g_assert_cmpuint (self->result->n_bad, ==, 0);
  wait_folded (self);
  assert_book (self);
  g_assert_cmpuint (self->n_accepted, ==, n - 1);
  g_assert_cmpuint (self->n_changed, <, 20);

  stored = edge_ledger_dup_event (self->ledger, &ledger_world_event (self->world, n - 1)->id);
  g_assert_cmpstr (stored, ==, ledger_world_event (self->world, n - 1)->text);
  memcpy (key.bytes, edge_identity_get_public_key (ledger_world_identity (self->world, 0)), 32);
  account = edge_ledger_dup_account (self->ledger, &key);
  g_assert_nonnull (account);
  close_ledger (self);

  open_ledger (self);
  wait_folded (self);
  assert_book (self);
  close_ledger (self);
}

static void
test_refuses (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *forged = g_strdup (ledger_world_event (self->world, 1)->text);
  const char *texts[] = { "no event", forged, NULL };
  char *last = forged + strlen (forged) - 10;

  *last = *last == 'A' ? 'B' : 'A';
  open_ledger (self);
  edge_ledger_ingest_async (self->ledger, texts, 5, NULL, ingested_cb, self);
  wait_for (self);
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->result->n_bad, ==, 2);
  g_assert_nonnull (self->result->fault);

  /* The event itself is not condemned by a copy with a bad signature. */
  ingest (self, 1, 2);
  g_assert_cmpuint (self->result->n_new, ==, 1);
  close_ledger (self);
}

static void
test_issue (Fixture       *self,
            gconstpointer  data)
{
  EdgeIdentity *founder = ledger_world_identity (self->world, 0);
  EdgeIdentity *newcomer = ledger_world_identity (self->world, 5);
  g_autofree char *join = edge_event_build_join (0, NULL);
  g_autofree char *transfer = NULL;
  EdgeLedgerEntry entry;
  EdgeCheckpoint checkpoint = { .n_tips = 1 };
  EdgeId to;
  EdgeId id;

  open_ledger (self);
  memcpy (to.bytes, edge_identity_get_public_key (newcomer), 32);
  transfer = edge_event_build_transfer (&to, EDGE_CREDIT, "hello");

  edge_ledger_issue_async (self->ledger, newcomer, EDGE_EVENT_TRANSFER, transfer, NULL, issued_cb,
                           self);
  wait_for (self);
  g_assert_error (self->error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED);
  g_clear_error (&self->error);

  edge_ledger_issue_async (self->ledger, newcomer, EDGE_EVENT_JOIN, join, NULL, issued_cb, self);
  wait_for (self);
  g_assert_no_error (self->error);
  edge_ledger_issue_async (self->ledger, founder, EDGE_EVENT_TRANSFER, transfer, NULL, issued_cb,
                           self);
  wait_for (self);
  g_assert_no_error (self->error);

  g_assert_true (edge_id_parse (&id, self->id, -1));
  checkpoint.tips[0] = id;
  g_assert_true (edge_ledger_try_checkpoint (self->ledger, &checkpoint, &self->error));
  g_assert_true (edge_ledger_get_entry (self->ledger, &id, &entry));
  g_assert_cmpint (entry.verdict, ==, EDGE_VERDICT_OK);
  g_assert_cmpuint (entry.amount, ==, EDGE_CREDIT);
  g_assert_false (entry.confirmed);
  g_assert_cmpuint (checkpoint.count, ==, 3);
  close_ledger (self);
}

static void
closed_book_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Fixture *self = user_data;

  edge_ledger_close_book_finish (EDGE_LEDGER (source), result, &self->error);
  self->done = TRUE;
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *self = user_data;

  edge_ledger_keep_notes_finish (EDGE_LEDGER (source), result, &self->error);
  self->done = TRUE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;
  g_auto(GStrv) notes = edge_ledger_load_notes_finish (EDGE_LEDGER (source), result, &self->error);

  g_clear_pointer (&self->id, g_free);
  self->id = notes != NULL ? g_strjoinv (" ", notes) : NULL;
  self->done = TRUE;
}

/* What is final stays so over a restart, and leaves the set that is reconciled. */
static void
test_close_book (Fixture       *self,
                 gconstpointer  data)
{
  static const char *const notes[] = { "first", "second", NULL };
  EdgeCheckpoint checkpoint = { .n_tips = 1 };
  EdgeCheckpoint again;
  EdgeLedgerFigures figures;
  g_autofree char *certificate = NULL;

  open_ledger (self);
  ingest (self, 1, ledger_world_n_events (self->world));
  wait_folded (self);
  checkpoint.tips[0] = ledger_world_event (self->world, 200)->id;
  g_assert_true (edge_ledger_try_checkpoint (self->ledger, &checkpoint, &self->error));
  again = checkpoint;
  again.count++;
  edge_ledger_close_book_async (self->ledger, &again, NULL, NULL, closed_book_cb, self);
  wait_for (self);
  g_assert_error (self->error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CHECKPOINT);
  g_clear_error (&self->error);
  edge_ledger_close_book_async (self->ledger, &checkpoint, "notes", NULL, closed_book_cb, self);
  wait_for (self);
  g_assert_no_error (self->error);
  edge_ledger_keep_notes_async (self->ledger, 2, notes, NULL, kept_cb, self);
  wait_for (self);
  g_assert_no_error (self->error);
  close_ledger (self);

  open_ledger (self);
  wait_folded (self);
  edge_ledger_get_figures (self->ledger, &figures);
  g_assert_cmpuint (figures.n_checkpoints, ==, 1);
  g_assert_cmpuint (figures.n_open, ==, figures.n_events - checkpoint.count);
  g_assert_true (edge_ledger_get_checkpoint (self->ledger, 1, &again));
  g_assert_cmpmem (&again, sizeof again, &checkpoint, sizeof checkpoint);
  certificate = edge_ledger_dup_certificate (self->ledger, 1);
  g_assert_cmpstr (certificate, ==, "notes");
  edge_ledger_load_notes_async (self->ledger, 2, NULL, loaded_cb, self);
  wait_for (self);
  g_assert_cmpstr (self->id, ==, "first second");
  close_ledger (self);
}

static void
damage (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpuint (length, >, 65536);
  memset (content + length / 2, 0xa5, 8192);
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
}

static void
test_repair (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *copy = g_strconcat (self->path, ".copy", NULL);
  g_autoptr(EdgeLedgerStore) store = NULL;

  open_ledger (self);
  ingest (self, 1, ledger_world_n_events (self->world));
  wait_folded (self);
  close_ledger (self);

  g_assert_true (edge_ledger_store_verify (self->path, &error));
  store = edge_ledger_store_open (self->path, &error);
  g_assert_no_error (error);
  g_assert_true (edge_ledger_store_was_clean (store));
  g_assert_true (edge_ledger_store_back_up (store, copy, &error));
  g_assert_cmpuint (edge_ledger_store_count_events (store), ==,
                    ledger_world_n_events (self->world));
  /* Not closed, as after a crash. */
  g_clear_pointer (&store, edge_ledger_store_free);
  g_assert_true (edge_ledger_store_verify (copy, &error));

  damage (self->path);
  g_assert_false (edge_ledger_store_verify (self->path, &error));
  g_assert_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CORRUPT);

  /* Found while opening, or in the background after it. */
  open_ledger (self);
  while (self->n_saved == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_saved, >, 10);
  g_clear_error (&error);
  g_assert_true (edge_ledger_store_verify (self->path, &error));
  for (guint i = 0; i < ledger_world_n_events (self->world); i++)
    {
      EdgeEvent *event = ledger_world_event (self->world, i);
      g_autofree char *text = edge_ledger_dup_event (self->ledger, &event->id);

      g_assert_true (text == NULL || g_str_equal (text, event->text));
    }
  ingest (self, 1, ledger_world_n_events (self->world));
  wait_folded (self);
  assert_book (self);
  close_ledger (self);
}

/* In a process of its own: stores events and says which ones it acknowledged. */
static int
feed (const char *path)
{
  Fixture self = { .path = (char *) path };

  self.world = ledger_world_new (7, 8, 3, FALSE);
  ledger_world_grow (self.world, 300);
  open_ledger (&self);
  for (guint i = 1; i + 3 < ledger_world_n_events (self.world); i += 3)
    {
      ingest (&self, i, i + 3);
      g_print ("%u\n", i + 2);
      fflush (stdout);
    }
  return pause ();
}

/* Kills a feeding process some time after some of its answers. Returns the last
 * event it acknowledged; what it said just before the kill counts too. */
static guint
feed_and_kill (Fixture *self,
               GRand   *rand)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) child = NULL;
  g_autoptr(GDataInputStream) lines = NULL;
  guint stop = (guint) g_rand_int_range (rand, 0, 40);
  guint acknowledged = 0;
  guint n_lines = 0;
  char *line;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_get_prgname (), "--feed",
                            self->path, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (;;)
    {
      if (n_lines == stop)
        {
          g_usleep ((gulong) g_rand_int_range (rand, 0, KILL_WITHIN_US));
          g_subprocess_send_signal (child, SIGKILL);
        }
      line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_assert_no_error (error);
      if (line == NULL)
        break;
      acknowledged = MAX (acknowledged, (guint) g_ascii_strtoull (line, NULL, 10));
      n_lines++;
      g_free (line);
    }
  g_assert_cmpuint (n_lines, >=, stop);
  g_subprocess_wait (child, NULL, NULL);
  return acknowledged;
}

static void
test_kill (Fixture       *self,
           gconstpointer  data)
{
  guint kills = g_strcmp0 (g_getenv ("EDGE_NET_SOAK"), "1") == 0 ? KILLS_SOAK : KILLS_QUICK;
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);
  guint n_events = ledger_world_n_events (self->world);
  guint acknowledged = 0;
  guint most = 0;

  for (guint k = 0; k < kills; k++)
    {
      g_autoptr(GError) error = NULL;

      acknowledged = MAX (acknowledged, feed_and_kill (self, rand));
      most = MAX (most, acknowledged);

      /* It opens by itself, without repair, and the accounts are those that follow. */
      open_ledger (self);
      for (guint i = 0; i <= acknowledged; i++)
        {
          EdgeEvent *event = ledger_world_event (self->world, i);
          g_autofree char *text = edge_ledger_dup_event (self->ledger, &event->id);

          g_assert_cmpstr (text, ==, event->text);
        }
      g_assert_true (edge_ledger_verify (self->ledger, NULL, &error));
      g_assert_no_error (error);
      close_ledger (self);
      g_assert_cmpuint (self->n_saved, ==, 0);

      if (acknowledged + 4 >= n_events)
        {
          remove_files (self);
          acknowledged = 0;
        }
    }
  g_assert_cmpuint (most, >, 0);

  open_ledger (self);
  ingest (self, 1, n_events);
  wait_folded (self);
  assert_book (self);
  close_ledger (self);
}

/* Comes from a clock that is ahead; nothing else arrives that would wake the ledger. */
static void
test_future (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autofree char *join = edge_event_build_join (0, NULL);
  g_autofree char *text = NULL;
  const char *texts[] = { NULL, NULL };
  EdgeEvent *genesis = ledger_world_event (self->world, 0);
  EdgeEventPlace place = { .net = genesis->id, .n_parents = 1, .height = genesis->height + 1 };

  open_ledger (self);
  place.parents[0] = genesis->id;
  place.time = (guint64) (g_get_real_time () / 1000) + EDGE_LEDGER_MAX_AHEAD + 1500;
  text = edge_event_build (identity, EDGE_EVENT_JOIN, &place, join);
  texts[0] = text;
  edge_ledger_ingest_async (self->ledger, texts, 5, NULL, ingested_cb, self);
  wait_for (self);
  g_assert_no_error (self->error);
  g_assert_cmpstr (self->result->fault, ==, NULL);
  g_assert_cmpuint (self->result->n_held, ==, 1);
  while (self->n_accepted == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_accepted, ==, 1);
  close_ledger (self);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--feed"))
    return feed (argv[2]);

  g_set_prgname (argv[0]);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/ledger/ingest", Fixture, NULL, set_up, test_ingest, tear_down);
  g_test_add ("/ledger/ledger/refuses", Fixture, NULL, set_up, test_refuses, tear_down);
  g_test_add ("/ledger/ledger/issue", Fixture, NULL, set_up, test_issue, tear_down);
  g_test_add ("/ledger/ledger/close-book", Fixture, NULL, set_up, test_close_book, tear_down);
  g_test_add ("/ledger/ledger/repair", Fixture, NULL, set_up, test_repair, tear_down);
  g_test_add ("/ledger/ledger/kill", Fixture, NULL, set_up, test_kill, tear_down);
  g_test_add ("/ledger/ledger/future", Fixture, NULL, set_up, test_future, tear_down);
  return g_test_run ();
}
