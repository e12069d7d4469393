/* ledger-world.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger-world.h"

#include <string.h>

#include "ledger/edge-event-builder.h"
#include "ledger/edge-signed-text.h"

#define START G_GUINT64_CONSTANT (1767600000000)
#define DAY   G_GUINT64_CONSTANT (86400000)

typedef struct
{
  EdgeIdentity *identity;
  EdgeId        key;
  GArray       *own;
} Person;

typedef struct
{
  guint  event;
  guint  payer;
  guint  n_workers;
  guint  workers[9];
  EdgeId salts[9];
} Job;

struct _LedgerWorld
{
  GRand     *rand;
  GPtrArray *people;
  GPtrArray *events;
  GArray    *seen[2];
  GArray    *jobs;
  EdgeEvent *genesis;
  guint64    clock;
};

static void
free_person (gpointer data)
{
  Person *person = data;

  g_object_unref (person->identity);
  g_array_unref (person->own);
  g_free (person);
}

static guint
chance (LedgerWorld *self,
        guint        below)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) below);
}

static void
random_id (LedgerWorld *self,
           EdgeId      *id)
{
  for (guint i = 0; i < EDGE_ID_SIZE; i++)
    id->bytes[i] = (guint8) chance (self, 256);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  return edge_id_compare (a, b);
}

LedgerWorld *
ledger_world_new (guint32  seed,
                  guint    n_keys,
                  guint    n_validators,
                  gboolean open)
{
  LedgerWorld *self = g_new0 (LedgerWorld, 1);
  EdgeGenesis genesis;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  guint8 secret[EDGE_IDENTITY_SEED_SIZE] = { 0 };
  guint index = 0;

  self->rand = g_rand_new_with_seed (seed);
  self->people = g_ptr_array_new_with_free_func (free_person);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  self->seen[0] = g_array_new (FALSE, FALSE, sizeof (guint));
  self->seen[1] = g_array_new (FALSE, FALSE, sizeof (guint));
  self->jobs = g_array_new (FALSE, FALSE, sizeof (Job));
  self->clock = START;

  for (guint i = 0; i < n_keys; i++)
    {
      Person *person = g_new0 (Person, 1);

      secret[0] = (guint8) (i + 1);
      person->identity = edge_identity_new_from_seed (secret);
      memcpy (person->key.bytes, edge_identity_get_public_key (person->identity), EDGE_ID_SIZE);
      person->own = g_array_new (FALSE, FALSE, sizeof (guint));
      g_ptr_array_add (self->people, person);
    }

  edge_genesis_init (&genesis, "world");
  genesis.params[EDGE_GENESIS_OPEN] = open;
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  genesis.params[EDGE_GENESIS_VOUCHERS] = 2;
  genesis.params[EDGE_GENESIS_PAYOUT_LOCK] = chance (self, 2) ? 3600000 : 0;
  genesis.params[EDGE_GENESIS_UNSTAKE_DELAY] = 3600000 * chance (self, 30);
  genesis.params[EDGE_GENESIS_DECAY_CPU_HOURS] = 1;
  genesis.params[EDGE_GENESIS_MINT_CAP] = chance (self, 200) * EDGE_CREDIT;
  genesis.params[EDGE_GENESIS_SETTLE_WINDOW] = chance (self, 3) * 1800000;
  genesis.n_validators = n_validators;
  for (guint i = 0; i < n_validators; i++)
    genesis.validators[i] = ((Person *) g_ptr_array_index (self->people, i))->key;
  g_sort_array (genesis.validators, n_validators, sizeof (EdgeId), compare_ids, NULL);
  if (n_validators > 0)
    {
      for (guint i = 0; i < n_keys && i < 6; i++)
        {
          genesis.grants[i].key = ((Person *) g_ptr_array_index (self->people, i))->key;
          genesis.grants[i].amount = (1 + chance (self, 300)) * EDGE_CREDIT;
          genesis.n_grants++;
        }
      g_sort_array (genesis.grants, genesis.n_grants, sizeof (EdgeGrant), compare_ids, NULL);
    }

  secret[0] = n_validators > 0 ? 1 : 255;
  text = edge_genesis_sign (&genesis, START, secret);
  self->genesis = edge_event_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->events, edge_event_ref (self->genesis));
  for (guint i = 0; i < 2; i++)
    g_array_append_val (self->seen[i], index);
  if (n_validators > 0)
    g_array_append_val (((Person *) g_ptr_array_index (self->people, 0))->own, index);
  return self;
}

void
ledger_world_free (LedgerWorld *self)
{
  g_rand_free (self->rand);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->events);
  g_array_unref (self->seen[0]);
  g_array_unref (self->seen[1]);
  g_array_unref (self->jobs);
  edge_event_unref (self->genesis);
  g_free (self);
}

const EdgeGenesis *
ledger_world_genesis (LedgerWorld *self)
{
  return self->genesis->body->genesis;
}

guint
ledger_world_n_events (LedgerWorld *self)
{
  return self->events->len;
}

EdgeEvent *
ledger_world_event (LedgerWorld *self,
                    guint        index)
{
  return g_ptr_array_index (self->events, index);
}

EdgeIdentity *
ledger_world_identity (LedgerWorld *self,
                       guint        index)
{
  return ((Person *) g_ptr_array_index (self->people, index))->identity;
}

static guint
pick_seen (LedgerWorld *self,
           guint        side)
{
  GArray *seen = self->seen[side];
  guint recent = MIN (seen->len, 6);

  if (chance (self, 8) == 0)
    return g_array_index (seen, guint, chance (self, seen->len));
  return g_array_index (seen, guint, seen->len - 1 - chance (self, recent));
}

static void
build_upon (EdgeEventPlace *place,
            EdgeEvent      *event)
{
  place->height = MAX (place->height, event->height + 1);
  place->time = MAX (place->time, event->time);
}

static Person *
person_at (LedgerWorld *self,
           guint        index)
{
  return g_ptr_array_index (self->people, index);
}

static char *
escrow_body (LedgerWorld *self,
             guint        payer)
{
  EdgeId hashes[3];
  EdgeId payload;
  Job job = { self->events->len, payer, 1 + chance (self, 3) };
  guint64 share = (1 + chance (self, 20)) * EDGE_CREDIT;

  for (guint i = 0; i < job.n_workers; i++)
    {
      job.workers[i] = (payer + 1 + i) % self->people->len;
      random_id (self, &job.salts[i]);
      edge_assign_hash (&person_at (self, payer)->key, &person_at (self, job.workers[i])->key,
                        &job.salts[i], &hashes[i]);
    }
  g_sort_array (hashes, job.n_workers, sizeof (EdgeId), compare_ids, NULL);
  random_id (self, &payload);
  g_array_append_val (self->jobs, job);
  return edge_event_build_escrow ("work", 1, share, self->clock + 600000 * chance (self, 12),
                                  &payload, hashes, job.n_workers);
}

static char *
results_body (LedgerWorld   *self,
              EdgeEventType *type)
{
  const Job *job;
  EdgeResult results[3] = { 0 };
  EdgeEvent *escrow;
  EdgeId agreed;
  guint n;

  if (self->jobs->len == 0)
    return NULL;
  job = &g_array_index (self->jobs, Job, chance (self, self->jobs->len));
  escrow = ledger_world_event (self, job->event);
  if (escrow->type != EDGE_EVENT_ESCROW)
    return NULL;
  if (chance (self, 5) == 0)
    {
      *type = EDGE_EVENT_REFUND;
      return edge_event_build_key ("escrow", &escrow->id);
    }

  *type = chance (self, 3) == 0 ? EDGE_EVENT_SETTLE : EDGE_EVENT_RECEIPT;
  random_id (self, &agreed);
  n = 1 + chance (self, job->n_workers);
  for (guint i = 0; i < n; i++)
    {
      results[i].salt = job->salts[i];
      results[i].result = agreed;
      if (chance (self, 4) == 0)
        random_id (self, &results[i].result);
      results[i].cpu_ms = chance (self, 4000000);
      results[i].pay = chance (self, 9) == 0 ? escrow->body->amount + 1 : EDGE_CREDIT;
      results[i].ok = chance (self, 4) != 0;
      edge_event_sign_result (person_at (self, job->workers[i])->identity,
                              &self->genesis->id, &escrow->id, &results[i]);
    }
  g_sort_array (results, n, sizeof (EdgeResult), compare_ids, NULL);
  return edge_event_build_results (&escrow->id, results, n, *type == EDGE_EVENT_RECEIPT);
}

static char *
uptime_body (LedgerWorld *self,
             guint        author)
{
  EdgeMark marks[EDGE_BODY_MARKS];
  guint64 today = self->clock / DAY;
  guint64 day = today - chance (self, 3);

  if (self->people->len < 3)
    return NULL;
  for (guint i = 0; i < EDGE_BODY_MARKS; i++)
    {
      marks[i].mask = (guint32) chance (self, 1 << 24);
      edge_event_sign_mark (person_at (self, (author + 1 + i) % self->people->len)->identity,
                            &self->genesis->id, &person_at (self, author)->key, day, &marks[i]);
    }
  if (edge_id_compare (&marks[0].key, &marks[1].key) > 0)
    {
      EdgeMark swap = marks[0];

      marks[0] = marks[1];
      marks[1] = swap;
    }
  return edge_event_build_uptime (day, marks);
}

static char *
slash_body (LedgerWorld *self)
{
  guint start = chance (self, self->events->len);

  for (guint k = 0; k < self->events->len; k++)
    {
      EdgeEvent *a = ledger_world_event (self, (start + k) % self->events->len);

      if (a->type != EDGE_EVENT_TRANSFER && a->type != EDGE_EVENT_ESCROW)
        continue;
      for (guint i = 0; i < self->events->len; i++)
        {
          EdgeEvent *b = ledger_world_event (self, i);

          if (b == a || !b->has_prev || b->type == EDGE_EVENT_SLASH ||
              !edge_id_equal (&a->prev, &b->prev) || edge_id_equal (&a->id, &b->id))
            continue;
          return edge_id_compare (&a->id, &b->id) < 0 ? edge_event_build_slash (a->text, b->text)
                                                      : edge_event_build_slash (b->text, a->text);
        }
    }
  return NULL;
}

static char *
pick_body (LedgerWorld   *self,
           guint          author,
           EdgeEventType *type)
{
  const Person *other = person_at (self, (author + 1 + chance (self, self->people->len - 1)) %
                                         self->people->len);
  EdgeId keys[4];
  guint n;

  *type = EDGE_EVENT_VOUCH + chance (self, EDGE_EVENT_N_TYPES - EDGE_EVENT_VOUCH);
  if (chance (self, 3) == 0)
    *type = EDGE_EVENT_TRANSFER;

  switch (*type)
    {
    case EDGE_EVENT_VOUCH:
      return edge_event_build_key ("key", &other->key);
    case EDGE_EVENT_STAKE:
    case EDGE_EVENT_UNSTAKE:
      return edge_event_build_amount ((1 + chance (self, 80)) * EDGE_CREDIT);
    case EDGE_EVENT_ESCROW:
      return escrow_body (self, author);
    case EDGE_EVENT_RECEIPT:
    case EDGE_EVENT_SETTLE:
    case EDGE_EVENT_REFUND:
      return results_body (self, type);
    case EDGE_EVENT_UPTIME:
      return uptime_body (self, author);
    case EDGE_EVENT_SLASH:
      return slash_body (self);
    case EDGE_EVENT_VALIDATORS:
      n = 1 + chance (self, MIN (3, self->people->len));
      for (guint i = 0; i < n; i++)
        keys[i] = person_at (self, i)->key;
      g_sort_array (keys, n, sizeof (EdgeId), compare_ids, NULL);
      return edge_event_build_validators (keys, n);
    case EDGE_EVENT_GENESIS:
    case EDGE_EVENT_JOIN:
    case EDGE_EVENT_TRANSFER:
    case EDGE_EVENT_N_TYPES:
    default:
      *type = EDGE_EVENT_TRANSFER;
      return edge_event_build_transfer (&other->key, (1 + chance (self, 120)) * EDGE_CREDIT,
                                        chance (self, 2) ? "for \"you\"" : NULL);
    }
}

static void
add_one (LedgerWorld *self)
{
  guint author = chance (self, self->people->len);
  guint side = author % 2;
  Person *person = person_at (self, author);
  EdgeEventPlace place = { .net = self->genesis->id };
  EdgeEventType type = EDGE_EVENT_JOIN;
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  EdgeEvent *event;
  guint index = self->events->len;

  if (person->own->len == 0 || (chance (self, 40) == 0 && author > 0))
    {
      const EdgeId *inviter = author > 0 && chance (self, 2) ? &person_at (self, author - 1)->key
                                                             : NULL;

      if (author == 0 && ledger_world_genesis (self)->n_validators > 0)
        return;
      body = edge_event_build_join (chance (self, 1000), inviter);
    }
  else
    {
      /* Mostly after the last event of its own; sometimes a fork. */
      guint last = person->own->len - 1;
      EdgeEvent *prev;

      if (chance (self, 12) == 0)
        last = chance (self, person->own->len);
      prev = ledger_world_event (self, g_array_index (person->own, guint, last));
      body = pick_body (self, author, &type);
      if (body == NULL)
        return;
      place.has_prev = TRUE;
      place.prev = prev->id;
      place.seq = prev->seq + 1;
      build_upon (&place, prev);
    }

  place.n_parents = 1 + chance (self, 2);
  for (guint i = 0; i < place.n_parents; i++)
    {
      EdgeEvent *parent = ledger_world_event (self, pick_seen (self, side));

      place.parents[i] = parent->id;
      build_upon (&place, parent);
    }
  if (place.n_parents == 2)
    {
      int order = edge_id_compare (&place.parents[0], &place.parents[1]);
      EdgeId swap = place.parents[0];

      if (order == 0)
        place.n_parents = 1;
      else if (order > 0)
        {
          place.parents[0] = place.parents[1];
          place.parents[1] = swap;
        }
    }

  /* Clocks go differently, and some events are held back or dated early. */
  self->clock += chance (self, 8) == 0 ? chance (self, 20000000) : chance (self, 3000);
  if (chance (self, 3) != 0)
    {
      guint64 time = self->clock - chance (self, 5000);

      place.time = MAX (place.time, time);
    }

  text = edge_event_build (person->identity, type, &place, body);
  event = edge_event_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  if (!edge_event_check (event, ledger_world_genesis (self),
                         chance (self, 20) == 0 ? EDGE_EVENT_CHECK_NONE
                                                : EDGE_EVENT_CHECK_SKIP_SIGNATURES, &error))
    {
      /* The genesis key and seldom else: what may not be signed is not part of the world. */
      edge_event_unref (event);
      return;
    }

  g_ptr_array_add (self->events, event);
  g_array_append_val (person->own, index);
  g_array_append_val (self->seen[side], index);
  if (chance (self, 30) == 0)
    ledger_world_heal (self);
}

void
ledger_world_grow (LedgerWorld *self,
                   guint        n_events)
{
  guint goal = self->events->len + n_events;

  while (self->events->len < goal)
    add_one (self);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  return (int) *(const guint *) a - (int) *(const guint *) b;
}

/* Both partitions hear of all there is. */
void
ledger_world_heal (LedgerWorld *self)
{
  for (guint side = 0; side < 2; side++)
    {
      g_array_set_size (self->seen[side], 0);
      for (guint i = 0; i < self->events->len; i++)
        g_array_append_val (self->seen[side], i);
      g_array_sort (self->seen[side], compare_numbers);
    }
}
