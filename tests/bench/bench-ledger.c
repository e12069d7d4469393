/* bench-ledger.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <malloc.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ledger/edge-event-builder.h"
#include "ledger/edge-event-set.h"
#include "ledger/edge-ledger.h"

/* Measures the ledger and prints one JSON object.
 *
 *   bench-ledger EVENTS FOLD
 *
 * EVENTS transfers of 50 authors are checked and stored by an EdgeLedger, in batches
 * with up to two under way; the file is then opened again as after a crash. FOLD
 * events are folded from nothing, the last hundredth of them on top. The same
 * events are verified by libsodium alone before, between and after. */

#define AUTHORS    50
#define UNDER_WAY  2

/* What overtakes another batch waits for it, and of a link 256 events can wait. */
#define BATCH      128

#define START      G_GUINT64_CONSTANT (1767600000000)
#define MAX_VERIFY 20000

typedef struct
{
  GPtrArray  *texts;
  guint       next;
  guint       under_way;
  guint       n_new;
  gboolean    done;
} Feed;

typedef struct
{
  GPtrArray *events;
  guint      from;
  guint      to;
} Part;

static double
now (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* CPU time of all threads, which other programs on the machine change less. */
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
  fprintf (stderr, "bench-ledger: %s\n", what);
  exit (1);
}

static int
compare_grants (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  return edge_id_compare (&((const EdgeGrant *) a)->key, &((const EdgeGrant *) b)->key);
}

static char *
make_genesis (EdgeIdentity **authors)
{
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];

  edge_genesis_init (&genesis, "bench");
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  genesis.n_validators = 1;
  memcpy (genesis.validators[0].bytes, edge_identity_get_public_key (authors[0]), EDGE_ID_SIZE);
  for (guint i = 0; i < AUTHORS; i++)
    {
      memcpy (genesis.grants[i].key.bytes, edge_identity_get_public_key (authors[i]), EDGE_ID_SIZE);
      genesis.grants[i].amount = 10000 * EDGE_CREDIT;
    }
  genesis.n_grants = AUTHORS;
  g_sort_array (genesis.grants, AUTHORS, sizeof (EdgeGrant), compare_grants, NULL);
  edge_identity_copy_seed (authors[0], seed);
  return edge_genesis_sign (&genesis, START, seed);
}

/* The genesis first, then a join of each author, then transfers in turn. */
static GPtrArray *
make_events (guint n)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  EdgeIdentity *authors[AUTHORS];
  EdgeId last_of[AUTHORS];
  guint64 seq_of[AUTHORS] = { 0 };
  EdgeEventPlace place = { .n_parents = 1, .time = START };
  g_autoptr(EdgeEvent) genesis = NULL;
  char *text;

  for (guint i = 0; i < AUTHORS; i++)
    {
      guint8 seed[EDGE_IDENTITY_SEED_SIZE] = { (guint8) (i + 1) };

      authors[i] = edge_identity_new_from_seed (seed);
    }
  text = make_genesis (authors);
  g_ptr_array_add (texts, text);
  genesis = edge_event_parse (text, strlen (text), NULL);
  place.net = genesis->id;
  place.parents[0] = genesis->id;
  place.height = genesis->height;
  last_of[0] = genesis->id;
  seq_of[0] = genesis->seq + 1;

  for (guint i = 0; i < n; i++)
    {
      guint author = 1 + i % (AUTHORS - 1);
      g_autofree char *body = NULL;
      EdgeId to;
      EdgeJws jws;

      memcpy (to.bytes, edge_identity_get_public_key (authors[(author + 1) % AUTHORS]), EDGE_ID_SIZE);
      body = i < AUTHORS - 1 ? edge_event_build_join (0, NULL)
                             : edge_event_build_transfer (&to, 1000000, "bench");
      place.seq = seq_of[author];
      place.has_prev = seq_of[author] > 0;
      if (place.has_prev)
        place.prev = last_of[author];
      place.height++;
      place.time += 10;
      text = edge_event_build (authors[author],
                               i < AUTHORS - 1 ? EDGE_EVENT_JOIN : EDGE_EVENT_TRANSFER, &place, body);
      g_ptr_array_add (texts, text);
      if (!edge_jws_read (&jws, text, strlen (text), EDGE_EVENT_MAX_SIZE, NULL))
        fail ("an event made here is malformed");
      last_of[author] = jws.id;
      place.parents[0] = jws.id;
      seq_of[author]++;
      edge_jws_clear (&jws);
    }
  for (guint i = 0; i < AUTHORS; i++)
    g_object_unref (authors[i]);
  return g_steal_pointer (&texts);
}

static GPtrArray *
parse_all (GPtrArray *texts)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);

  for (guint i = 0; i < texts->len; i++)
    {
      g_autoptr(GError) error = NULL;
      EdgeEvent *event = edge_event_parse (texts->pdata[i], strlen (texts->pdata[i]), &error);

      if (event == NULL)
        fail (error->message);
      g_ptr_array_add (events, event);
    }
  return events;
}

static gpointer
verify_part (gpointer data)
{
  Part *part = data;

  for (guint i = part->from; i < part->to; i++)
    {
      EdgeEvent *event = part->events->pdata[i];

      if (crypto_sign_verify_detached (event->signature, (const guint8 *) event->text,
                                       event->signed_length, event->author.bytes) != 0)
        fail ("libsodium refuses a signature");
    }
  return NULL;
}

static double
bare_rate (GPtrArray *events,
           guint      n_threads,
           double    *cpu_rate)
{
  guint n = MIN (events->len, MAX_VERIFY);
  Part parts[2] = { { events, 0, n / n_threads }, { events, n / 2, n } };
  double cpu = cpu_now ();
  double start = now ();
  GThread *other = n_threads == 2 ? g_thread_new ("verify", verify_part, &parts[1]) : NULL;

  verify_part (&parts[0]);
  if (other != NULL)
    g_thread_join (other);
  *cpu_rate = n / (cpu_now () - cpu);
  return n / (now () - start);
}

static void feed_more (EdgeLedger *ledger, Feed *feed);

static void
ingested_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Feed *feed = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeIngestResult) ingested = NULL;

  ingested = edge_ledger_ingest_finish (EDGE_LEDGER (source), result, &error);
  if (ingested == NULL || ingested->n_bad > 0)
    fail (ingested == NULL ? error->message : ingested->fault);
  feed->n_new += ingested->n_new;
  feed->under_way--;
  feed_more (EDGE_LEDGER (source), feed);
}

static void
feed_more (EdgeLedger *ledger,
           Feed       *feed)
{
  while (feed->under_way < UNDER_WAY && feed->next < feed->texts->len)
    {
      char *batch[BATCH + 1] = { NULL };
      guint n = MIN (BATCH, feed->texts->len - feed->next);

      memcpy (batch, feed->texts->pdata + feed->next, n * sizeof (char *));
      feed->next += n;
      feed->under_way++;
      edge_ledger_ingest_async (ledger, (const char *const *) batch, 5, NULL, ingested_cb, feed);
    }
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  gboolean *done = user_data;
  g_autoptr(GError) error = NULL;

  if (!edge_ledger_open_finish (EDGE_LEDGER (source), result, &error))
    fail (error->message);
  *done = TRUE;
}

static EdgeLedger *
open_ledger (const char *path,
             const char *genesis)
{
  EdgeLedger *ledger = edge_ledger_new (path);
  gboolean done = FALSE;

  edge_ledger_open_async (ledger, genesis, NULL, opened_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  return ledger;
}

static void
drop_ledger (EdgeLedger *ledger)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (ledger);
}

/* Returns events a second, verified and stored; then waits until they are folded. */
static double
store_all (EdgeLedger *ledger,
           GPtrArray  *texts,
           double     *cpu_rate,
           double     *folded_rate)
{
  Feed feed = { .texts = texts, .next = 1 };
  EdgeLedgerFigures figures;
  double cpu = cpu_now ();
  double start = now ();
  double rate;

  feed_more (ledger, &feed);
  while (feed.n_new + 1 < texts->len)
    g_main_context_iteration (NULL, TRUE);
  rate = feed.n_new / (now () - start);
  *cpu_rate = feed.n_new / (cpu_now () - cpu);
  edge_ledger_get_figures (ledger, &figures);
  while (figures.n_behind > 0 || figures.n_events < texts->len)
    {
      g_main_context_iteration (NULL, TRUE);
      edge_ledger_get_figures (ledger, &figures);
    }
  *folded_rate = feed.n_new / (now () - start);
  if (figures.n_void > 0)
    fprintf (stderr, "bench-ledger: %u events are void\n", figures.n_void);
  return rate;
}

static double
used_bytes (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd);
}

/* Folds all but the last hundredth from nothing, then those on top. */
static void
fold_all (GPtrArray *texts)
{
  double before = used_bytes ();
  g_autoptr(EdgeDag) dag = edge_dag_new ();
  g_autoptr(EdgeEventSet) set = edge_event_set_new (dag);
  g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(EdgeEvent) genesis = edge_event_parse (texts->pdata[0], strlen (texts->pdata[0]), NULL);
  g_autoptr(EdgeFold) fold = NULL;
  guint late = texts->len / 100;
  double start;
  double whole;

  if (!edge_event_check (genesis, genesis->body->genesis, EDGE_EVENT_CHECK_NONE, NULL))
    fail ("the genesis is bad");
  edge_event_set_add (set, genesis, added);
  for (guint i = 1; i < texts->len; i++)
    {
      g_autoptr(EdgeEvent) event = edge_event_parse (texts->pdata[i], strlen (texts->pdata[i]), NULL);

      if (!edge_event_check (event, genesis->body->genesis, EDGE_EVENT_CHECK_SKIP_SIGNATURES, NULL))
        fail ("an event is bad");
      edge_event_set_add (set, event, added);
    }
  fold = edge_fold_new (dag, genesis->body->genesis);

  start = now ();
  edge_fold_add (fold, (const guint32 *) (gpointer) added->data, added->len - late);
  edge_fold_run (fold, G_MAXUINT);
  whole = now () - start;
  start = now ();
  edge_fold_add (fold, (const guint32 *) (gpointer) added->data + added->len - late, late);
  edge_fold_run (fold, G_MAXUINT);
  printf ("{\"fold_events\":%u,\"fold_s\":%.3f,\"fold_late\":%u,\"fold_late_s\":%.3f"
          ",\"bytes_per_100000\":%.0f",
          added->len - late, whole, late, now () - start,
          (used_bytes () - before) * 100000 / added->len);
}

#define SPAN (1 << 30)

static void
add_random (GRand          *rand,
            EdgeRangeIndex *a,
            EdgeRangeIndex *b,
            GHashTable     *times,
            gint32          since)
{
  guint64 time = START + (guint64) g_rand_int_range (rand, since, SPAN);
  EdgeId id;

  for (guint i = 0; i < EDGE_ID_SIZE; i++)
    id.bytes[i] = (guint8) g_rand_int_range (rand, 0, 256);
  if (a != NULL)
    edge_range_index_add (a, time, &id);
  if (b != NULL)
    edge_range_index_add (b, time, &id);
  if (times != NULL)
    g_hash_table_insert (times, g_memdup2 (&id, sizeof id), g_memdup2 (&time, sizeof time));
}

static void
add_known (EdgeRangeIndex *index,
           GHashTable     *times,
           GArray         *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      const EdgeId *id = &g_array_index (ids, EdgeId, i);

      edge_range_index_add (index, *(const guint64 *) g_hash_table_lookup (times, id), id);
    }
}

static gboolean
are_same (EdgeRangeIndex *a,
          EdgeRangeIndex *b)
{
  g_autofree char *first = edge_reconcile_begin (a);
  g_autofree char *second = edge_reconcile_begin (b);

  return g_str_equal (first, second);
}

/* Two sets of n with d differences, half on each side, anywhere in time or in the last
 * hundredth of it, until they are the same: exchanges, their messages and bytes. Events
 * that are sent are no part of the bytes: they travel once each. */
static void
sync_all (guint    n,
          guint    d,
          gboolean recent,
          gboolean first)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (d);
  g_autoptr(EdgeRangeIndex) a = edge_range_index_new ();
  g_autoptr(EdgeRangeIndex) b = edge_range_index_new ();
  g_autoptr(GHashTable) times = g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, g_free);
  gsize bytes = 0;
  guint messages = 0;
  guint rounds = 0;

  for (guint i = 0; i < n - d; i++)
    add_random (rand, a, b, NULL, 0);
  for (guint i = 0; i < d; i++)
    add_random (rand, i % 2 == 0 ? a : NULL, i % 2 == 0 ? NULL : b, times, recent ? SPAN - SPAN / 100 : 0);

  for (; !are_same (a, b); rounds++)
    {
      EdgeRangeIndex *listener = b;
      g_autoptr(GArray) later_a = edge_reconcile_later_new ();
      g_autoptr(GArray) later_b = edge_reconcile_later_new ();
      g_autofree char *message = edge_reconcile_begin (a);

      while (message != NULL)
        {
          g_auto(EdgeReconcileResult) result = { 0 };
          EdgeRangeIndex *other = listener == a ? b : a;

          bytes += strlen (message);
          messages++;
          if (!edge_reconcile_answer (listener, message, strlen (message),
                                      listener == a ? later_a : later_b, TRUE, &result, NULL))
            fail ("a message is refused");
          /* What is sent arrives before the answer, as it does on a link. */
          add_known (other, times, result.give);
          g_free (message);
          message = g_steal_pointer (&result.reply);
          listener = other;
        }
    }
  printf ("%s{\"difference\":%u,\"recent\":%s,\"bytes\":%" G_GSIZE_FORMAT ",\"messages\":%u,\"rounds\":%u}",
          first ? "" : ",", d, recent ? "true" : "false", bytes, messages, rounds);
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  guint n_fold = argc > 2 ? (guint) atoi (argv[2]) : n;
  g_autofree char *folder = g_dir_make_tmp ("bench-ledger-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "net.sqlite", NULL);
  g_autoptr(GPtrArray) texts = NULL;
  g_autoptr(GPtrArray) events = NULL;
  EdgeLedger *ledger;
  double one;
  double two;
  double stored;
  double folded;
  double bare_cpu;
  double other_cpu;
  double stored_cpu;
  double start;

  if (n < AUTHORS || n_fold < AUTHORS || sodium_init () < 0)
    fail ("Usage: bench-ledger EVENTS FOLD");
  /* First of all, so that no other thread's memory is in its figures. */
  texts = make_events (n_fold);
  fold_all (texts);
  g_ptr_array_unref (texts);
  texts = make_events (n);
  events = parse_all (texts);

  one = bare_rate (events, 1, &bare_cpu);
  two = bare_rate (events, 2, &other_cpu);
  ledger = open_ledger (path, texts->pdata[0]);
  stored = store_all (ledger, texts, &stored_cpu, &folded);
  one = (one + bare_rate (events, 1, &bare_cpu)) / 2;
  two = (two + bare_rate (events, 2, &other_cpu)) / 2;
  /* Not closed: the file is as after a crash. */
  drop_ledger (ledger);

  start = now ();
  ledger = open_ledger (path, NULL);
  printf (",\"events\":%u,\"bare_one\":%.0f,\"bare_all\":%.0f,\"stored\":%.0f,\"folded\":%.0f"
          ",\"start_s\":%.3f,\"bare_cpu\":%.0f,\"stored_cpu\":%.0f", n, one, two, stored, folded,
          now () - start, bare_cpu, stored_cpu);
  drop_ledger (ledger);
  g_clear_pointer (&events, g_ptr_array_unref);

  printf (",\"sync\":[");
  for (guint d = 1; d <= n / 10; d *= 10)
    {
      sync_all (n, d, FALSE, d == 1);
      sync_all (n, d, TRUE, FALSE);
    }
  printf ("]}\n");

  for (guint i = 0; i < 3; i++)
    {
      static const char *const ends[] = { "", "-wal", "-shm" };
      g_autofree char *file = g_strconcat (path, ends[i], NULL);

      g_remove (file);
    }
  g_rmdir (folder);
  return 0;
}
