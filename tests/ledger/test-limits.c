/* test-limits.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-event-builder.h"
#include "ledger/edge-ledger.h"
#include "ledger/edge-local-limits.h"

/* A link that pushes, and the same link with what was asked for. */
#define PUSHED     4
#define ASKED      (PUSHED | EDGE_LEDGER_ASKED)

#define START      G_GUINT64_CONSTANT (1767600000000)
#define SECOND_US  G_USEC_PER_SEC

/* Who signs one event after the other. */
typedef struct
{
  EdgeIdentity *identity;
  EdgeId        key;
  EdgeId        head;
  guint64       seq;
  gboolean      joined;
} Author;

typedef struct
{
  EdgeLedger       *ledger;
  EdgeIngestResult *result;
  char             *genesis;
  EdgeId            net;
  Author            member;
  Author            stranger;
  guint64           height;
  guint             n_done;
} Fixture;

static void
author_init (Author *self)
{
  *self = (Author) { .identity = edge_identity_generate () };
  memcpy (self->key.bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  edge_ledger_open_finish (EDGE_LEDGER (source), result, &error);
  g_assert_no_error (error);
  ((Fixture *) user_data)->n_done++;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  edge_ledger_close_finish (EDGE_LEDGER (source), result, NULL);
  ((Fixture *) user_data)->n_done++;
}

static void
ingested_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *self = user_data;
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->result, edge_ingest_result_free);
  self->result = edge_ledger_ingest_finish (EDGE_LEDGER (source), result, &error);
  g_assert_no_error (error);
  self->n_done++;
}

static void
wait_for (Fixture *self,
          guint    n)
{
  while (self->n_done < n)
    g_main_context_iteration (NULL, TRUE);
  self->n_done = 0;
}

static void
open_with (Fixture    *self,
           const char *genesis)
{
  self->ledger = edge_ledger_new (NULL);
  edge_ledger_open_async (self->ledger, genesis, NULL, opened_cb, self);
  wait_for (self, 1);
}

static void
close_ledger (Fixture *self)
{
  edge_ledger_close_async (self->ledger, NULL, closed_cb, self);
  wait_for (self, 1);
  g_clear_pointer (&self->result, edge_ingest_result_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->ledger);
}

/* A founder with a grant, who is a member, and a stranger. */
static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];

  author_init (&self->member);
  author_init (&self->stranger);
  edge_genesis_init (&genesis, "limits");
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  genesis.n_validators = 1;
  genesis.validators[0] = self->member.key;
  genesis.n_grants = 1;
  genesis.grants[0] = (EdgeGrant) { self->member.key, 1000 * EDGE_CREDIT };
  edge_identity_copy_seed (self->member.identity, seed);
  self->genesis = edge_genesis_sign (&genesis, START, seed);
  edge_id_of_data (&self->net, self->genesis, (gsize) (strrchr (self->genesis, '.') - self->genesis));
  self->member.head = self->net;
  self->member.seq = 1;
  self->member.joined = TRUE;
  open_with (self, self->genesis);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  close_ledger (self);
  g_clear_object (&self->member.identity);
  g_clear_object (&self->stranger.identity);
  g_free (self->genesis);
}

/* The next event of an author: a join first, then payments to the other one.
 * @after, if there is one, is its second parent. */
static char *
sign_next (Fixture      *self,
           Author       *author,
           guint64       amount,
           const EdgeId *after)
{
  Author *other = author == &self->member ? &self->stranger : &self->member;
  EdgeEventPlace place = { .net = self->net, .n_parents = 1 };
  g_autofree char *body = NULL;
  char *text;

  place.height = ++self->height;
  place.time = START + self->height;
  place.parents[0] = author->joined ? author->head : self->net;
  if (after != NULL)
    {
      gboolean first = edge_id_compare (after, &place.parents[0]) < 0;

      place.parents[1] = first ? place.parents[0] : *after;
      place.parents[0] = first ? *after : place.parents[0];
      place.n_parents = 2;
    }
  place.has_prev = author->joined;
  place.prev = author->head;
  place.seq = author->seq;
  body = author->joined ? edge_event_build_transfer (&other->key, amount, NULL)
                        : edge_event_build_join (0, NULL);
  text = edge_event_build (author->identity, author->joined ? EDGE_EVENT_TRANSFER : EDGE_EVENT_JOIN,
                           &place, body);
  author->joined = TRUE;
  author->seq++;
  edge_id_of_data (&author->head, text, (gsize) (strrchr (text, '.') - text));
  return text;
}

static void
feed (Fixture   *self,
      GPtrArray *texts,
      guint      from,
      guint      to,
      guint64    origin)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;

  for (guint i = from; i < to; i++)
    g_strv_builder_add (builder, texts->pdata[i]);
  list = g_strv_builder_end (builder);
  edge_ledger_ingest_async (self->ledger, (const char *const *) list, origin, NULL, ingested_cb, self);
}

static void
feed_and_wait (Fixture   *self,
               GPtrArray *texts,
               guint      from,
               guint      to,
               guint64    origin)
{
  feed (self, texts, from, to, origin);
  wait_for (self, 1);
}

static void
test_open_of_a_stranger (Fixture       *self,
                         gconstpointer  data)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func (g_free);
  EdgeId last;

  for (guint i = 0; i < 2 * EDGE_LIMIT_POOR; i++)
    g_ptr_array_add (texts, sign_next (self, &self->stranger, EDGE_CREDIT, NULL));
  last = self->stranger.head;

  /* What follows one that was put off waits, and counts for nothing. */
  feed_and_wait (self, texts, 0, texts->len, PUSHED);
  g_assert_cmpuint (self->result->n_new, ==, EDGE_LIMIT_POOR);
  g_assert_cmpuint (self->result->n_put_off, ==, 1);
  g_assert_cmpuint (self->result->n_bad, ==, 0);
  feed_and_wait (self, texts, EDGE_LIMIT_POOR, EDGE_LIMIT_POOR + 1, PUSHED);
  g_assert_cmpuint (self->result->n_new, ==, 0);

  /* A member is under no such limit, and what it builds upon is asked for and taken. */
  g_ptr_array_add (own, sign_next (self, &self->member, EDGE_CREDIT, &last));
  feed_and_wait (self, own, 0, 1, PUSHED);
  g_assert_cmpuint (self->result->n_held, ==, 1);
  feed_and_wait (self, texts, EDGE_LIMIT_POOR, texts->len, ASKED);
  g_assert_cmpuint (self->result->n_put_off, ==, 0);
  g_assert_cmpuint (self->result->n_new, >=, EDGE_LIMIT_POOR);
  {
    EdgeLedgerEntry entry;

    g_assert_true (edge_ledger_get_entry (self->ledger, &self->member.head, &entry));
  }
}

static void
test_open_of_one_who_pays (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (texts, sign_next (self, &self->stranger, 0, NULL));
  feed_and_wait (self, texts, 0, 1, PUSHED);
  g_ptr_array_add (own, sign_next (self, &self->member, 100 * EDGE_CREDIT, &self->stranger.head));
  feed_and_wait (self, own, 0, 1, PUSHED);
  for (;;)
    {
      EdgeLedgerFigures figures;

      edge_ledger_get_figures (self->ledger, &figures);
      if (figures.n_behind == 0 && figures.n_events == 3)
        break;
      g_main_context_iteration (NULL, TRUE);
    }
  for (guint i = 0; i < 3 * EDGE_LIMIT_POOR; i++)
    g_ptr_array_add (texts, sign_next (self, &self->stranger, 1, i == 0 ? &self->member.head : NULL));
  feed_and_wait (self, texts, 1, texts->len, PUSHED);
  g_assert_cmpuint (self->result->n_new, ==, 3 * EDGE_LIMIT_POOR);
  g_assert_cmpuint (self->result->n_put_off, ==, 0);
}

static void
test_forks (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 3 * EDGE_LIMIT_LOST; i++)
    {
      self->member.head = self->net;
      self->member.seq = 1;
      self->height = 0;
      g_ptr_array_add (texts, sign_next (self, &self->member, 1 + i, NULL));
    }
  feed_and_wait (self, texts, 0, texts->len, PUSHED);
  g_assert_cmpuint (self->result->n_new, ==, 1 + EDGE_LIMIT_LOST);
  g_assert_cmpuint (self->result->n_put_off, ==, 2 * EDGE_LIMIT_LOST - 1);
  feed_and_wait (self, texts, 0, texts->len, ASKED);
  g_assert_cmpuint (self->result->n_new, ==, 2 * EDGE_LIMIT_LOST - 1);
}

static void
test_signatures (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(EdgeLocalLimits) limits = edge_local_limits_new ();
  g_autofree char *text = sign_next (self, &self->member, 1, NULL);
  g_autofree char *other = sign_next (self, &self->stranger, 1, NULL);
  g_autoptr(EdgeEvent) event = edge_event_parse (text, strlen (text), NULL);
  g_autoptr(EdgeEvent) apart = edge_event_parse (other, strlen (other), NULL);
  gint64 now = g_get_monotonic_time ();

  /* A forged one that names an author uses up nothing of what the author may sign. */
  for (guint i = 0; i < 10 * EDGE_LIMIT_SIGNATURES; i++)
    g_assert_true (edge_local_limits_may_check (limits, event, now));
  for (guint i = 0; i < EDGE_LIMIT_SIGNATURES; i++)
    {
      g_assert_true (edge_local_limits_may_check (limits, event, now));
      edge_local_limits_checked (limits, event, now);
    }
  now = MAX (now, g_get_monotonic_time ());
  while (edge_local_limits_may_check (limits, event, now))
    edge_local_limits_checked (limits, event, now);
  g_assert_true (edge_local_limits_may_check (limits, apart, now));

  /* Twenty a second come back. */
  now += 10 * SECOND_US;
  for (guint i = 0; i < 190; i++)
    {
      g_assert_true (edge_local_limits_may_check (limits, event, now));
      edge_local_limits_checked (limits, event, now);
    }
  for (guint i = 0; i < 20; i++)
    edge_local_limits_checked (limits, event, now);
  g_assert_false (edge_local_limits_may_check (limits, event, now));
}

static void
test_signatures_of_a_ledger (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint most = EDGE_LIMIT_SIGNATURES + 200;

  for (guint i = 0; i < most; i++)
    g_ptr_array_add (texts, sign_next (self, &self->member, 1, NULL));
  feed_and_wait (self, texts, 0, most, PUSHED);
  /* How many more than the limit got in depends on how long it took. */
  g_assert_cmpuint (self->result->n_new, >=, EDGE_LIMIT_SIGNATURES);
  g_assert_cmpuint (self->result->n_bad, ==, 0);
  g_assert_cmpuint (self->result->n_new + self->result->n_held + self->result->n_put_off, ==, most);
  feed_and_wait (self, texts, 0, most, ASKED);
  g_assert_cmpuint (self->result->n_put_off, ==, 0);
  for (guint i = 0; i < most; i++)
    {
      g_autoptr(EdgeEvent) event = edge_event_parse (texts->pdata[i], strlen (texts->pdata[i]), NULL);
      g_autofree char *there = edge_ledger_dup_event (self->ledger, &event->id);

      g_assert_cmpstr (there, ==, texts->pdata[i]);
    }
}

/* Two threads check signatures, and more batches are under way than the pool has room for:
 * none overtakes another of its link. */
static void
test_batches_in_order (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  guint n = 40;
  guint size = 100;

  for (guint i = 0; i < n * size; i++)
    g_ptr_array_add (texts, sign_next (self, &self->member, 1, NULL));
  for (guint i = 0; i < n; i++)
    {
      /* Some long, some short, so that the second thread often is the first to be done. */
      guint from = i * size;
      guint cut = i % 2 == 0 ? size - 1 : 1;

      feed (self, texts, from, from + cut, ASKED);
      feed (self, texts, from + cut, from + size, ASKED);
    }
  while (self->n_done < 2 * n)
    {
      guint before = self->n_done;

      g_main_context_iteration (NULL, TRUE);
      if (self->n_done != before)
        g_assert_cmpuint (self->result->n_held, ==, 0);
    }
  self->n_done = 0;
  {
    EdgeLedgerEntry entry;

    g_assert_true (edge_ledger_get_entry (self->ledger, &self->member.head, &entry));
    g_assert_cmpuint (entry.seq, ==, n * size);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/limits/stranger", Fixture, NULL, set_up, test_open_of_a_stranger, tear_down);
  g_test_add ("/ledger/limits/payer", Fixture, NULL, set_up, test_open_of_one_who_pays, tear_down);
  g_test_add ("/ledger/limits/forks", Fixture, NULL, set_up, test_forks, tear_down);
  g_test_add ("/ledger/limits/signatures", Fixture, NULL, set_up, test_signatures, tear_down);
  g_test_add ("/ledger/limits/ledger", Fixture, NULL, set_up, test_signatures_of_a_ledger, tear_down);
  g_test_add ("/ledger/limits/order", Fixture, NULL, set_up, test_batches_in_order, tear_down);
  return g_test_run ();
}
