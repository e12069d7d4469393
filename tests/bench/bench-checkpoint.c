/* bench-checkpoint.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ledger/edge-event-builder.h"
#include "ledger/edge-ledger-serve.h"
#include "ledger/edge-note.h"
#include "ledger/edge-proof.h"

/* Measures what checkpoints cost and what they save, and prints one JSON object.
 *
 *   bench-checkpoint ACCOUNTS CHANGED EVENTS
 *
 * ACCOUNTS keys join, and the founder pays them in turn until there are EVENTS events;
 * checkpoints of 1 024 close those. Then it pays CHANGED of them, and a last one closes that;
 * a key that joined before those payments is left out of it at first, which is the worst a
 * proposal can do: all is folded again. Meanwhile a face asks for figures and an account each
 * millisecond, and how long it waited is told.
 * A newcomer takes over the state of the last, another takes in all events. SHA-256 of
 * 65 bytes by libsodium alone, which is what a tree is made of, is measured beside. */

#define START     G_GUINT64_CONSTANT (1767600000000)
#define BATCH     128
#define A_CHECKPOINT 1024
#define PAGE      (32 * 1024)
#define HASHES    200000
#define PROOFS    200
#define TRIES     9

typedef struct
{
  EdgeIdentity *founder;
  EdgeId        net;
  EdgeId       *keys;
  guint         n_keys;
  GPtrArray    *texts;
  EdgeEventPlace place;
  EdgeId        own;
  guint64       own_seq;
} World;

static double
now (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static double
cpu_now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static void
fail (const char *what)
{
  fprintf (stderr, "bench-checkpoint: %s\n", what);
  exit (1);
}

static void
found (World *world)
{
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE] = { 7 };
  g_autoptr(EdgeEvent) event = NULL;
  char *text;

  world->founder = edge_identity_new_from_seed (seed);
  edge_genesis_init (&genesis, "bench");
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  genesis.n_validators = 1;
  memcpy (genesis.validators[0].bytes, edge_identity_get_public_key (world->founder), EDGE_ID_SIZE);
  genesis.grants[0].key = genesis.validators[0];
  genesis.grants[0].amount = EDGE_AMOUNT_MAX;
  genesis.n_grants = 1;
  text = edge_genesis_sign (&genesis, START, seed);
  event = edge_event_parse (text, strlen (text), NULL);
  world->net = event->id;
  world->own = event->id;
  world->own_seq = 1;
  world->place = (EdgeEventPlace) { .net = event->id, .n_parents = 1, .time = START };
  world->place.parents[0] = event->id;
  world->texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (world->texts, text);
}

static void
add (World         *world,
     EdgeIdentity  *author,
     EdgeEventType  type,
     const char    *body)
{
  EdgeJws jws;
  char *text;

  world->place.height++;
  world->place.time += 10;
  text = edge_event_build (author, type, &world->place, body);
  g_ptr_array_add (world->texts, text);
  if (!edge_jws_read (&jws, text, strlen (text), EDGE_EVENT_MAX_SIZE, NULL))
    fail ("an event made here is malformed");
  world->place.parents[0] = jws.id;
  edge_jws_clear (&jws);
}

static void
join (World *world,
      guint  index)
{
  guint8 seed[EDGE_IDENTITY_SEED_SIZE] = { 1 };
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autofree char *body = edge_event_build_join (0, NULL);

  memcpy (seed + 1, &index, sizeof index);
  identity = edge_identity_new_from_seed (seed);
  if (index < world->n_keys)
    memcpy (world->keys[index].bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
  world->place.has_prev = FALSE;
  world->place.seq = 0;
  add (world, identity, EDGE_EVENT_JOIN, body);
}

/* An event on which nothing builds. Returns its id. */
static EdgeId
stray (World *world)
{
  EdgeEventPlace place = world->place;
  EdgeId id;

  join (world, world->n_keys);
  id = world->place.parents[0];
  place.time = world->place.time;
  world->place = place;
  return id;
}

static void
pay (World *world,
     guint  index)
{
  g_autofree char *body = edge_event_build_transfer (&world->keys[index], 1000000, "bench");

  world->place.has_prev = TRUE;
  world->place.prev = world->own;
  world->place.seq = world->own_seq++;
  add (world, world->founder, EDGE_EVENT_TRANSFER, body);
  world->own = world->place.parents[0];
}

static void
keep_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static EdgeLedger *
open_ledger (const char *path,
             const char *genesis)
{
  EdgeLedger *ledger = edge_ledger_new (path);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  edge_ledger_open_async (ledger, genesis, NULL, keep_cb, &result);
  wait_for (&result);
  if (!edge_ledger_open_finish (ledger, result, &error))
    fail (error->message);
  return ledger;
}

static void
settle (EdgeLedger *ledger,
        guint       n_events)
{
  EdgeLedgerFigures figures;

  edge_ledger_get_figures (ledger, &figures);
  while (figures.n_behind > 0 || figures.n_events < n_events)
    {
      g_main_context_iteration (NULL, TRUE);
      edge_ledger_get_figures (ledger, &figures);
    }
}

static void
ingest (EdgeLedger *ledger,
        World      *world,
        guint       from,
        guint       to)
{
  while (from < to)
    {
      char *batch[BATCH + 1] = { NULL };
      guint n = MIN (BATCH, to - from);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(EdgeIngestResult) ingested = NULL;

      memcpy (batch, world->texts->pdata + from, n * sizeof (char *));
      edge_ledger_ingest_async (ledger, (const char *const *) batch, G_MAXUINT64, NULL, keep_cb, &result);
      wait_for (&result);
      ingested = edge_ledger_ingest_finish (ledger, result, NULL);
      if (ingested == NULL || ingested->n_new != n)
        fail ("events were not taken in");
      from += n;
    }
  settle (ledger, to);
}

static char *
certify (World                *world,
         const EdgeCheckpoint *checkpoint)
{
  g_autoptr(EdgeNote) note = edge_note_new (EDGE_NOTE_FINALIZE, &world->net, checkpoint->n, 0);

  edge_checkpoint_hash (checkpoint, &note->hash);
  edge_note_sign (note, world->founder);
  return g_strdup_printf ("[\"%s\"]", note->text);
}

static void
close_book (EdgeLedger           *ledger,
            const EdgeCheckpoint *checkpoint,
            const char           *certificate)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  edge_ledger_close_book_async (ledger, checkpoint, certificate, NULL, keep_cb, &result);
  wait_for (&result);
  if (!edge_ledger_close_book_finish (ledger, result, &error))
    fail (error->message);
}

static void
measure_hash (void)
{
  guint8 data[65] = { 1 };
  double start = cpu_now ();

  for (guint i = 0; i < HASHES; i++)
    crypto_hash_sha256 (data, data, sizeof data);
  printf ("\"hash_us\": %.3f", (cpu_now () - start) * 1e6 / HASHES);
}

static void
measure_tree (World *world,
              guint  n_accounts,
              guint  n_changed)
{
  g_autoptr(EdgeStateTree) tree = edge_state_tree_new ();
  char text[512];
  EdgeId root;
  double start;

  memset (text, 'x', sizeof text);
  for (guint i = 0; i < n_accounts; i++)
    {
      char name[1 + EDGE_ID_TEXT_SIZE] = "a";

      edge_id_write (&world->keys[i], name + 1);
      edge_state_tree_set (tree, name, text, sizeof text);
    }
  edge_state_tree_get_root (tree, &root);
  text[0] = 'y';
  start = cpu_now ();
  for (guint i = 0; i < n_changed; i++)
    {
      char name[1 + EDGE_ID_TEXT_SIZE] = "a";

      edge_id_write (&world->keys[i], name + 1);
      edge_state_tree_set (tree, name, text, sizeof text);
    }
  edge_state_tree_get_root (tree, &root);
  printf (", \"tree_us\": %.2f", (cpu_now () - start) * 1e6 / n_changed);
}

/* What a window asks of the ledger each millisecond, on the main loop. */
typedef struct
{
  EdgeLedger *ledger;
  EdgeId      key;
  double      last;
  double      gap;
  double      call;
} Face;

static gboolean
look_cb (gpointer user_data)
{
  Face *face = user_data;
  double start = now ();
  EdgeLedgerFigures figures;
  EdgeCheckpoint last;
  guint64 time;

  if (face->last > 0)
    face->gap = MAX (face->gap, start - face->last);
  g_autoptr(EdgeAccount) account = edge_ledger_dup_account (face->ledger, &face->key);

  edge_ledger_get_figures (face->ledger, &figures);
  edge_ledger_get_last (face->ledger, &last, &time);
  if (account == NULL)
    fail ("an account is not there");
  face->last = now ();
  face->call = MAX (face->call, face->last - start);
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  EdgeLedger     *ledger;
  EdgeCheckpoint *checkpoint;
} Try;

static void
try_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Try *try = task_data;
  GError *error = NULL;

  if (edge_ledger_try_checkpoint (try->ledger, try->checkpoint, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* As the node does it: a thread makes the checkpoint, and the loop goes on. */
static void
try_checkpoint (EdgeLedger     *ledger,
                EdgeCheckpoint *checkpoint)
{
  Try try = { ledger, checkpoint };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GTask) task = g_task_new (ledger, NULL, keep_cb, &result);

  g_task_set_task_data (task, &try, NULL);
  g_task_run_in_thread (task, try_thread);
  wait_for (&result);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    fail (error->message);
}

typedef struct
{
  double cpu;
  double start;
  double figures[4][TRIES];
  Face  *face;
  guint  n;
} Span;

static void
begin (Span *span)
{
  span->face->gap = span->face->call = span->face->last = 0;
  span->cpu = cpu_now ();
  span->start = now ();
}

static void
end (Span *span)
{
  span->figures[0][span->n] = now () - span->start;
  span->figures[1][span->n] = cpu_now () - span->cpu;
  span->figures[2][span->n] = span->face->gap;
  span->figures[3][span->n] = span->face->call;
  span->n++;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

/* The median of all tries, and of what a face felt the most as well. */
static void
tell (Span       *span,
      const char *name)
{
  static const char *const words[] = { "ms", "cpu_ms", "gap_ms", "wait_ms" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      qsort (span->figures[i], span->n, sizeof (double), compare_doubles);
      printf (", \"%s_%s\": %.2f", name, words[i], span->figures[i][span->n / 2] * 1e3);
      if (i >= 2)
        printf (", \"%s_most_%s\": %.2f", name, words[i], span->figures[i][span->n - 1] * 1e3);
    }
}

static void
leave_out (EdgeCheckpoint *checkpoint,
           const EdgeId   *id)
{
  guint n = 0;

  for (guint i = 0; i < checkpoint->n_tips; i++)
    {
      if (!edge_id_equal (&checkpoint->tips[i], id))
        checkpoint->tips[n++] = checkpoint->tips[i];
    }
  checkpoint->n_tips = n;
}

static void
measure_close (EdgeLedger   *ledger,
               World        *world,
               const EdgeId *stray)
{
  EdgeCheckpoint checkpoint;
  EdgeCheckpoint part;
  g_autofree char *certificate = NULL;
  Face face = { ledger, world->keys[0], 0, 0, 0 };
  guint look = g_timeout_add (1, look_cb, &face);
  Span parts = { .face = &face };
  Span checks = { .face = &face };
  Span closing = { .face = &face };

  if (edge_ledger_list_open_tips (ledger, &checkpoint) == 0)
    fail ("nothing is open");
  part = checkpoint;
  leave_out (&part, stray);
  for (guint i = 0; i < TRIES; i++)
    {
      begin (&parts);
      try_checkpoint (ledger, &part);
      end (&parts);
      begin (&checks);
      try_checkpoint (ledger, &checkpoint);
      end (&checks);
    }
  tell (&parts, "part");
  tell (&checks, "check");
  if (part.count + 1 != checkpoint.count)
    fail ("nothing was left out");
  certificate = certify (world, &checkpoint);
  begin (&closing);
  close_book (ledger, &checkpoint, certificate);
  end (&closing);
  tell (&closing, "close");
  printf (", \"closed\": %" G_GUINT64_FORMAT, checkpoint.count);
  g_source_remove (look);
}

static void
measure_proof (EdgeLedger *ledger,
               World      *world,
               guint       n_accounts)
{
  double made = 0;
  double checked = 0;
  gsize size = 0;

  for (guint i = 0; i < PROOFS; i++)
    {
      g_autoptr(GError) error = NULL;
      double start = cpu_now ();
      g_autofree char *text = edge_ledger_dup_proof (ledger, &world->keys[i % n_accounts], &error);
      g_autoptr(EdgeProof) proof = NULL;

      if (text == NULL)
        fail (error->message);
      made += cpu_now () - start;
      start = cpu_now ();
      proof = edge_proof_check (text, strlen (text), &world->net, &error);
      if (proof == NULL)
        fail (error->message);
      checked += cpu_now () - start;
      size = MAX (size, strlen (text));
    }
  printf (", \"proof_bytes\": %" G_GSIZE_FORMAT ", \"proof_make_ms\": %.3f, \"proof_check_ms\": %.3f", size,
          made * 1e3 / PROOFS, checked * 1e3 / PROOFS);
}

/* Page by page, as over a link but without one. */
static void
measure_newcomer (EdgeLedger *ledger,
                  World      *world,
                  const char *path)
{
  EdgeLedger *newcomer = open_ledger (path, world->texts->pdata[0]);
  EdgeLedgerBase *base = edge_ledger_begin_base (newcomer);
  guint64 n = edge_ledger_pin_state (ledger, 0);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  double cpu = cpu_now ();
  double start = now ();
  gsize bytes = 0;

  for (guint part = 0; part < EDGE_LEDGER_N_PARTS; part++)
    {
      g_autofree char *from = g_strdup ("");

      while (from != NULL)
        {
          char *next;
          g_autoptr(GPtrArray) items = edge_ledger_dup_part (ledger, n, part, from, PAGE, &next);

          for (guint i = 0; i < items->len; i++)
            bytes += strlen (items->pdata[i]) + 3;
          if (!edge_ledger_base_take_part (base, part, items, next == NULL, &error))
            fail (error->message);
          g_free (from);
          from = next;
        }
    }
  edge_ledger_adopt_async (newcomer, base, NULL, keep_cb, &result);
  wait_for (&result);
  if (!edge_ledger_adopt_finish (newcomer, result, &error))
    fail (error->message);
  printf (", \"fast_s\": %.2f, \"fast_cpu_s\": %.2f, \"fast_bytes\": %" G_GSIZE_FORMAT, now () - start,
          cpu_now () - cpu, bytes);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (newcomer);
}

static void
measure_full (EdgeLedger *ledger,
              World      *world,
              const char *path)
{
  EdgeLedger *newcomer = open_ledger (path, world->texts->pdata[0]);
  double cpu = cpu_now ();
  double start = now ();
  gsize bytes = 0;
  EdgeCheckpoint checkpoint;
  guint closed = 0;

  for (guint n = 1; edge_ledger_get_checkpoint (ledger, n, &checkpoint); n++)
    {
      g_autofree char *certificate = edge_ledger_dup_certificate (ledger, n);

      ingest (newcomer, world, MAX (closed, 1), closed + (guint) checkpoint.count);
      closed += (guint) checkpoint.count;
      close_book (newcomer, &checkpoint, certificate);
    }
  for (guint i = 0; i < world->texts->len; i++)
    bytes += strlen (world->texts->pdata[i]) + 3;
  printf (", \"full_s\": %.2f, \"full_cpu_s\": %.2f, \"full_bytes\": %" G_GSIZE_FORMAT, now () - start,
          cpu_now () - cpu, bytes);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (newcomer);
}

int
main (int   argc,
      char *argv[])
{
  World world = { NULL };
  guint n_accounts = argc > 3 ? (guint) atoi (argv[1]) : 0;
  guint n_changed = argc > 3 ? (guint) atoi (argv[2]) : 0;
  guint n_events = argc > 3 ? (guint) atoi (argv[3]) : 0;
  g_autofree char *folder = g_dir_make_tmp ("bench-checkpoint-XXXXXX", NULL);
  static const char *const names[] = { "a.sqlite", "b.sqlite", "c.sqlite" };
  g_autofree char *paths[3] = { NULL };
  EdgeCheckpoint checkpoint;
  EdgeLedger *ledger;
  EdgeId left_out;
  guint before;

  if (n_changed < 3 || n_accounts < n_changed || n_events < n_accounts || sodium_init () < 0)
    fail ("usage: bench-checkpoint ACCOUNTS CHANGED EVENTS");
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    paths[i] = g_build_filename (folder, names[i], NULL);
  world.keys = g_new0 (EdgeId, n_accounts);
  world.n_keys = n_accounts;
  found (&world);
  for (guint i = 0; i < n_accounts; i++)
    join (&world, i);
  for (guint i = 0; i < n_events - n_accounts; i++)
    pay (&world, i % n_accounts);

  ledger = open_ledger (paths[0], world.texts->pdata[0]);
  for (before = 1; before < world.texts->len; before += A_CHECKPOINT)
    {
      g_autofree char *certificate = NULL;

      ingest (ledger, &world, before, MIN (before + A_CHECKPOINT, world.texts->len));
      edge_ledger_list_open_tips (ledger, &checkpoint);
      if (!edge_ledger_try_checkpoint (ledger, &checkpoint, NULL))
        fail ("no checkpoint can be made");
      certificate = certify (&world, &checkpoint);
      close_book (ledger, &checkpoint, certificate);
    }
  before = world.texts->len;
  left_out = stray (&world);
  for (guint i = 0; i < n_changed - 2; i++)
    pay (&world, i);
  ingest (ledger, &world, before, world.texts->len);

  printf ("{\"accounts\": %u, \"changed\": %u, \"events\": %u, ", n_accounts, n_changed, world.texts->len);
  measure_hash ();
  measure_tree (&world, n_accounts, n_changed);
  measure_close (ledger, &world, &left_out);
  measure_proof (ledger, &world, n_accounts);
  measure_newcomer (ledger, &world, paths[1]);
  measure_full (ledger, &world, paths[2]);
  printf ("}\n");

  g_object_unref (ledger);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      static const char *const tails[] = { "", "-wal", "-shm" };

      for (guint t = 0; t < G_N_ELEMENTS (tails); t++)
        {
          g_autofree char *path = g_strconcat (paths[i], tails[t], NULL);

          g_unlink (path);
        }
    }
  g_rmdir (folder);
  g_ptr_array_unref (world.texts);
  g_free (world.keys);
  g_object_unref (world.founder);
  return 0;
}
