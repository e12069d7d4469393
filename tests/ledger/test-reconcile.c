/* test-reconcile.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-reconcile.h"

#define EVENT_BYTES 800
#define NOTHING     "{\"ranges\":[],\"want\":[]}"

typedef struct
{
  EdgeRangeIndex *index;
  GHashTable     *times;
  GArray         *later;
  guint64         newest;
  gboolean        in_order;     /* what comes is to be newer than all it has */
  gboolean        only_gives;
  GRand          *whims;        /* by which only_gives changes with each message, if any */
} Peer;

static void
peer_init (Peer *self)
{
  self->index = edge_range_index_new ();
  self->times = g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, g_free);
  self->later = edge_reconcile_later_new ();
}

static void
peer_clear (Peer *self)
{
  g_array_unref (self->later);
  edge_range_index_free (self->index);
  g_hash_table_unref (self->times);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Peer, peer_clear)

static void
peer_add (Peer         *self,
          guint64       time,
          const EdgeId *id)
{
  if (!edge_range_index_add (self->index, time, id))
    return;
  if (self->in_order)
    g_assert_cmpuint (time, >, self->newest);
  self->newest = MAX (self->newest, time);
  g_hash_table_insert (self->times, g_memdup2 (id, sizeof *id), g_memdup2 (&time, sizeof time));
}

static void
peer_take (Peer   *self,
           Peer   *from,
           GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      const EdgeId *id = &g_array_index (ids, EdgeId, i);
      const guint64 *time = g_hash_table_lookup (from->times, id);

      if (time != NULL)
        peer_add (self, *time, id);
    }
}

static void
make_event (GRand   *rand,
            guint64 *time,
            EdgeId  *id)
{
  *time = 1767600000000 + g_rand_int_range (rand, 0, 1 << 30);
  for (guint i = 0; i < EDGE_ID_SIZE; i++)
    id->bytes[i] = (guint8) g_rand_int_range (rand, 0, 256);
}

static gboolean
same (Peer *a,
      Peer *b)
{
  EdgeRangePrefix all = { 0 };
  EdgeId x;
  EdgeId y;

  return edge_range_index_fingerprint (a->index, &all, &x) ==
         edge_range_index_fingerprint (b->index, &all, &y) && edge_id_equal (&x, &y);
}

/* Talks until nothing is left to say. Returns the bytes of messages. */
static gsize
run_round (Peer *a,
           Peer *b)
{
  g_autofree char *message = edge_reconcile_begin (a->index);
  Peer *speaker = a;
  gsize bytes = 0;
  guint messages = 0;

  g_array_set_size (a->later, 0);
  g_array_set_size (b->later, 0);
  while (message != NULL)
    {
      Peer *listener = speaker == a ? b : a;
      g_auto(EdgeReconcileResult) result = { 0 };
      g_autoptr(GError) error = NULL;

      if (listener->whims != NULL)
        listener->only_gives = g_rand_boolean (listener->whims);
      bytes += strlen (message);
      g_assert_cmpuint (strlen (message), <=, EDGE_RECONCILE_MAX_MESSAGE);
      g_assert_true (edge_reconcile_answer (listener->index, message, strlen (message),
                                            listener->later, !listener->only_gives, &result, &error));
      g_assert_no_error (error);
      peer_take (speaker, listener, result.give);
      /* So the other knows that all came, and gives what waited for that. */
      if (result.reply == NULL && !g_str_equal (message, NOTHING))
        result.reply = g_strdup (NOTHING);
      g_free (message);
      message = g_steal_pointer (&result.reply);
      speaker = listener;
      g_assert_cmpuint (++messages, <, 200);
    }
  return bytes;
}

static void
reconcile (guint n_common,
           guint n_a,
           guint n_b,
           guint max_rounds)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (n_common + 7 * n_a + 13 * n_b);
  g_auto(Peer) a = { 0 };
  g_auto(Peer) b = { 0 };
  gsize bytes = 0;
  guint rounds = 0;

  peer_init (&a);
  peer_init (&b);
  for (guint i = 0; i < n_common + n_a + n_b; i++)
    {
      guint64 time;
      EdgeId id;

      make_event (rand, &time, &id);
      if (i < n_common + n_a)
        peer_add (&a, time, &id);
      if (i < n_common || i >= n_common + n_a)
        peer_add (&b, time, &id);
    }

  while (!same (&a, &b))
    {
      bytes += run_round (&a, &b);
      g_assert_cmpuint (++rounds, <=, max_rounds);
    }
  g_assert_cmpuint (edge_range_index_get_size (a.index), ==, n_common + n_a + n_b);
  g_test_message ("%u common, %u and %u apart: %u rounds, %" G_GSIZE_FORMAT " bytes",
                  n_common, n_a, n_b, rounds, bytes);

  /* Less than a tenth of a full copy, where most is common. */
  if (n_common > 20 * (n_a + n_b))
    g_assert_cmpuint (bytes, <, (gsize) n_common * EVENT_BYTES / 10);
}

static void
test_sizes (void)
{
  reconcile (0, 0, 0, 0);
  reconcile (0, 1, 0, 1);
  reconcile (0, 0, 3, 2);
  reconcile (10, 5, 5, 2);
  reconcile (100, 30, 0, 3);
  reconcile (100, 0, 30, 3);
  reconcile (0, 3000, 2000, 40);
  reconcile (10, 20000, 3, 40);
  reconcile (10, 3, 20000, 40);
  reconcile (20000, 1, 0, 1);
  reconcile (20000, 10, 10, 2);
  reconcile (20000, 100, 100, 12);
  reconcile (50000, 250, 250, 30);
}

/* One lacks the last part. What it is sent can be used at once, as all that is older came before,
 * in so few rounds that each but the last brings as much as a message may. */
static void
test_tail (void)
{
  const guint n = 20000;
  const guint n_had[] = { 1, 2, 31, 40, 7777, 15000, 19990 };
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);
  g_autofree guint64 *times = g_new (guint64, n);
  g_autofree EdgeId *ids = g_new (EdgeId, n);

  for (guint i = 0; i < n; i++)
    {
      make_event (rand, &times[i], &ids[i]);
      times[i] = 1767600000000 + i * 40;
    }
  for (guint run = 0; run < 2 * G_N_ELEMENTS (n_had); run++)
    {
      g_auto(Peer) a = { 0 };
      g_auto(Peer) b = { 0 };
      guint had = n_had[run / 2];
      guint rounds = 0;

      peer_init (&a);
      peer_init (&b);
      for (guint i = 0; i < n; i++)
        peer_add (&a, times[i], &ids[i]);
      for (guint i = 0; i < had; i++)
        peer_add (&b, times[i], &ids[i]);
      b.in_order = TRUE;
      for (; !same (&a, &b); rounds++)
        run_round (run % 2 == 0 ? &a : &b, run % 2 == 0 ? &b : &a);
      g_assert_cmpuint (rounds, <=, (n - had) / EDGE_RECONCILE_MAX_IDS + 1);
    }
}

/* Who may not ask is sent nothing, and gives what the other lacks: all of it, where it does not
 * lack so much itself that this fills each message. Once it may, it is sent the rest. */
static void
test_only_gives (void)
{
  static const guint sizes[][3] = {
    { 0, 1, 1 }, { 1, 0, 3000 }, { 1, 3000, 0 }, { 10, 30, 30 }, { 0, 400, 300 }, { 20000, 1, 1 },
    { 20000, 100, 100 }, { 10, 3, 5000 }, { 10, 5000, 3 },
  };

  for (guint k = 0; k < 2 * G_N_ELEMENTS (sizes); k++)
    {
      const guint *n = sizes[k / 2];
      g_autoptr(GRand) rand = g_rand_new_with_seed (k);
      g_auto(Peer) asker = { 0 };
      g_auto(Peer) giver = { 0 };
      guint64 before;
      guint rounds = 0;

      peer_init (&asker);
      peer_init (&giver);
      for (guint i = 0; i < n[0] + n[1] + n[2]; i++)
        {
          guint64 time;
          EdgeId id;

          make_event (rand, &time, &id);
          if (i < n[0] + n[1])
            peer_add (&asker, time, &id);
          if (i < n[0] || i >= n[0] + n[1])
            peer_add (&giver, time, &id);
        }
      before = edge_range_index_get_size (giver.index);
      giver.only_gives = TRUE;
      while (edge_range_index_get_size (asker.index) < n[0] + n[1] + n[2] && rounds++ < 20)
        {
          run_round (k % 2 == 0 ? &asker : &giver, k % 2 == 0 ? &giver : &asker);
          g_assert_cmpuint (edge_range_index_get_size (giver.index), ==, before);
        }
      if (n[1] <= 30)
        g_assert_cmpuint (edge_range_index_get_size (asker.index), ==, n[0] + n[1] + n[2]);
      giver.only_gives = FALSE;
      for (rounds = 0; !same (&asker, &giver); rounds++)
        run_round (&giver, &asker);
      g_assert_cmpuint (rounds, <=, 20);
    }
}

/* Sets of any size, of events all over the time or close together, of peers that may ask now and
 * may not then, even in the middle of a round: what comes is only what the other has, and once
 * both may ask they are the same. */
static void
test_random (void)
{
  guint n_runs = g_strcmp0 (g_getenv ("EDGE_NET_SOAK"), "1") == 0 ? 10000 : 100;

  for (guint run = 0; run < n_runs; run++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (run);
      g_auto(Peer) a = { 0 };
      g_auto(Peer) b = { 0 };
      guint n = (guint) g_rand_int_range (rand, 0, 1 << g_rand_int_range (rand, 1, 11));
      guint shift = (guint) g_rand_int_range (rand, 0, 20);
      guint n_apart = (guint) g_rand_int_range (rand, 2, 40);
      guint rounds = 0;

      peer_init (&a);
      peer_init (&b);
      for (guint i = 0; i < n; i++)
        {
          guint64 time;
          EdgeId id;
          guint whose = (guint) g_rand_int_range (rand, 0, (gint) n_apart);

          make_event (rand, &time, &id);
          time = time >> shift << shift;
          if (whose != 0)
            peer_add (&a, time, &id);
          if (whose != 1)
            peer_add (&b, time, &id);
        }
      a.whims = b.whims = rand;
      for (guint i = 0; i < 4; i++)
        run_round (i % 2 == 0 ? &a : &b, i % 2 == 0 ? &b : &a);
      a.whims = b.whims = NULL;
      a.only_gives = b.only_gives = FALSE;
      for (; !same (&a, &b); rounds++)
        {
          g_assert_cmpuint (rounds, <, 20);
          run_round (&a, &b);
        }
      g_assert_cmpuint (edge_range_index_get_size (a.index), ==, n);
    }
}

/* The fingerprint depends on the set alone, not on how it came about. */
static void
test_canonical (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (4);

  for (guint run = 0; run < 50; run++)
    {
      g_auto(Peer) a = { 0 };
      g_auto(Peer) b = { 0 };
      guint64 times[300];
      EdgeId ids[300];

      peer_init (&a);
      peer_init (&b);
      for (guint i = 0; i < 300; i++)
        {
          make_event (rand, &times[i], &ids[i]);
          if (i % 3 == 0)
            times[i] = 1767600000000;
          peer_add (&a, times[i], &ids[i]);
        }
      for (guint i = 200; i < 300; i++)
        {
          g_assert_true (edge_range_index_remove (a.index, times[i], &ids[i]));
          g_assert_false (edge_range_index_remove (a.index, times[i], &ids[i]));
        }
      for (guint i = 200; i > 0; i--)
        {
          g_assert_false (same (&a, &b));
          peer_add (&b, times[i - 1], &ids[i - 1]);
        }
      g_assert_true (same (&a, &b));
      g_assert_false (edge_range_index_add (a.index, times[0], &ids[0]));
    }
}

static void
test_hostile (void)
{
  static const char *const bad[] = {
    "", "{}", "[]", "{\"ranges\":[],\"want\":{}}", "{\"ranges\":[[]],\"want\":[]}",
    "{\"ranges\":[[\"h\",\"\",1,\"short\"]],\"want\":[]}",
    "{\"ranges\":[[\"h\",\"xyz\",1,\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]],\"want\":[]}",
    "{\"ranges\":[[\"e\",\"\",0]],\"want\":[]}",
    "{\"ranges\":[[\"e\",\"\",65536]],\"want\":[]}",
    "{\"ranges\":[[\"l\",\"\",[1]]],\"want\":[]}",
    "{\"ranges\":[[\"q\",\"\",1]],\"want\":[]}",
    "{\"ranges\":[],\"want\":[\"AA\"]}",
  };
  g_auto(Peer) peer = { 0 };

  peer_init (&peer);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto(EdgeReconcileResult) result = { 0 };
      g_autoptr(GError) error = NULL;

      g_assert_false (edge_reconcile_answer (peer.index, bad[i], strlen (bad[i]), peer.later,
                                             i % 2 == 0, &result, &error));
      g_assert_nonnull (error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/reconcile/sizes", test_sizes);
  g_test_add_func ("/ledger/reconcile/tail", test_tail);
  g_test_add_func ("/ledger/reconcile/only-gives", test_only_gives);
  g_test_add_func ("/ledger/reconcile/random", test_random);
  g_test_add_func ("/ledger/reconcile/canonical", test_canonical);
  g_test_add_func ("/ledger/reconcile/hostile", test_hostile);
  return g_test_run ();
}
