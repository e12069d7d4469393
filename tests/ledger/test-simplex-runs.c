/* test-simplex-runs.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-simplex.h"

/* The sanitizers look at memory, for which fewer runs do, ten times as slow. */
#ifdef __SANITIZE_ADDRESS__
#define RUNS_QUICK 400
#else
#define RUNS_QUICK   10000
#endif
#define RUNS_SOAK    100000
#define MAX_NODES    7
#define CALM_AT      400000
#define END_AT       40000000
#define SYNC_EACH    5000
#define MAX_STEPS    200000

/*
 * A made-up network of validators. Until CALM_AT messages are lost, late and out of
 * order, computers stop and start again from what they stored, and fewer than a
 * third lie; after it messages flow.
 */
typedef struct
{
  EdgeSimplex *machine;
  GPtrArray   *stored;
  GPtrArray   *can_check;
  gboolean     liar;
  gboolean     asleep;
  gboolean     has_final;
  EdgeId       final_hash;
} Node;

typedef struct
{
  gint64     at;
  guint      to;
  GPtrArray *notes;
} Message;

/* What happened in all schedules together, so that the test can tell that it did. */
typedef enum
{
  MET_LOSS,            /* a message was lost */
  MET_DELAY,           /* one came more than ten seconds late */
  MET_SILENCE,         /* a validator missed one asleep */
  MET_RESTART,         /* one started again with notes of its own in a round it was in */
  MET_TWO_NOTES,       /* a liar said two things in a round, each to some */
  MET_LATE_NOTE,       /* a note of a round that was over */
  MET_HIDDEN_PROPOSAL, /* a proposal that fewer than a quorum ever got from its leader */
  MET_WITHHELD_BODY,   /* a proposal that could not be checked when it came */
  MET_NULLIFIED,       /* a round that was given up */
  MET_AGAIN,           /* a checkpoint proposed again in a later round */
  N_MET,
} Met;

static const char *const met_names[N_MET] = {
  "loss", "delay", "silence", "restart", "two notes for a round", "late note",
  "proposal others lack", "withheld body", "round given up", "proposed again",
};

static guint64 met[N_MET];
static guint64 runs_of_size[8];

typedef struct
{
  GRand  *rand;
  EdgeId  net;
  EdgeId  keys[MAX_NODES];
  Node    nodes[MAX_NODES];
  guint   k;
  guint   n_open;
  gint64  now;
  GQueue  messages;
  guint   n_made;
} Sim;

static guint
chance (Sim   *self,
        guint  below)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) below);
}

static void
free_message (gpointer data)
{
  Message *message = data;

  g_ptr_array_unref (message->notes);
  g_free (message);
}

static void
post (Sim       *self,
      guint      to,
      GPtrArray *notes)
{
  Message *message;
  gboolean calm = self->now >= CALM_AT;

  if (!calm && chance (self, 4) == 0)
    {
      met[MET_LOSS]++;
      return;
    }
  message = g_new0 (Message, 1);
  message->to = to;
  message->at = self->now + (calm ? 20 + chance (self, 60) : chance (self, 30000));
  met[MET_DELAY] += message->at - self->now > 10000;
  message->notes = g_ptr_array_ref (notes);
  g_queue_push_tail (&self->messages, message);
}

static void
broadcast (Sim       *self,
           guint      from,
           GPtrArray *notes)
{
  for (guint to = 0; to < self->k; to++)
    {
      if (to != from)
        post (self, to, notes);
    }
}

static void
random_checkpoint (Sim            *self,
                   EdgeCheckpoint *checkpoint)
{
  memset (checkpoint, 0, sizeof *checkpoint);
  checkpoint->n = 5;
  checkpoint->count = ++self->n_made;
  checkpoint->n_tips = 1;
  edge_id_of_data (&checkpoint->tips[0], &self->n_made, sizeof self->n_made);
}

/* An honest validator says one thing a round, and never helps what it left for nothing. */
static void
assert_consistent (Node     *node,
                   EdgeNote *note)
{
  for (guint i = 0; i < node->stored->len; i++)
    {
      EdgeNote *other = g_ptr_array_index (node->stored, i);

      if (!edge_id_equal (&other->signer, &note->signer) || other->round != note->round)
        continue;
      g_assert_true (other->kind != note->kind);
      g_assert_false (other->kind == EDGE_NOTE_NULLIFY && note->kind == EDGE_NOTE_FINALIZE);
      g_assert_false (other->kind == EDGE_NOTE_FINALIZE && note->kind == EDGE_NOTE_NULLIFY);
    }
}

static void run_outputs (Sim   *self,
                         guint  index);

static void
store (Node     *node,
       EdgeNote *note)
{
  g_ptr_array_add (node->stored, edge_note_ref (note));
}

static void
sign (Sim      *self,
      guint     index,
      EdgeNote *note)
{
  Node *node = &self->nodes[index];
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);

  note->signer = self->keys[index];
  met[MET_NULLIFIED] += note->kind == EDGE_NOTE_NULLIFY;
  met[MET_AGAIN] += note->kind == EDGE_NOTE_PROPOSE && note->from != EDGE_NOTE_FRESH;
  assert_consistent (node, note);
  store (node, note);
  g_ptr_array_add (notes, edge_note_ref (note));
  edge_simplex_receive (node->machine, note, self->now);
  broadcast (self, index, notes);
}

/* Some checkpoints some nodes can check only later: bodies are withheld, or on their way. */
static gboolean
can_check (Sim      *self,
           guint     index,
           EdgeNote *note)
{
  guint first = note->hash.bytes[index] % 4;

  return self->now >= CALM_AT || first != 0;
}

static void
handle (Sim               *self,
        guint              index,
        EdgeSimplexOutput *output)
{
  Node *node = &self->nodes[index];
  EdgeCheckpoint checkpoint;

  switch (output->action)
    {
    case EDGE_SIMPLEX_SIGN:
      sign (self, index, output->note);
      break;
    case EDGE_SIMPLEX_MAKE:
      random_checkpoint (self, &checkpoint);
      edge_simplex_offer (node->machine, &checkpoint, self->now);
      break;
    case EDGE_SIMPLEX_CHECK:
      if (can_check (self, index, output->note))
        edge_simplex_approve (node->machine, &output->note->hash, self->now);
      else
        {
          met[MET_WITHHELD_BODY]++;
          g_ptr_array_add (node->can_check, edge_note_ref (output->note));
        }
      break;
    case EDGE_SIMPLEX_PASS_ON:
      broadcast (self, index, output->notes);
      break;
    case EDGE_SIMPLEX_FINAL:
      g_assert_cmpuint (3 * output->notes->len, >, 2 * self->k);
      node->has_final = TRUE;
      node->final_hash = output->note->hash;
      break;
    case EDGE_SIMPLEX_CONFLICT:
    default:
      g_assert_not_reached ();
    }
}

static void
run_outputs (Sim   *self,
             guint  index)
{
  EdgeSimplexOutput *output;

  while ((output = edge_simplex_pop (self->nodes[index].machine)) != NULL)
    {
      handle (self, index, output);
      edge_simplex_output_free (output);
    }
}

static void
start (Sim   *self,
       guint  index)
{
  Node *node = &self->nodes[index];

  node->machine = edge_simplex_new (&self->net, 5, self->keys, self->k, &self->keys[index], 1);
  for (guint i = 0; i < node->stored->len; i++)
    edge_simplex_restore (node->machine, g_ptr_array_index (node->stored, i));
  edge_simplex_start (node->machine, self->now);
  edge_simplex_set_open (node->machine, self->n_open, self->now);
  run_outputs (self, index);
}

static void
restart (Sim   *self,
         guint  index)
{
  Node *node = &self->nodes[index];

  for (guint i = 0; i < node->stored->len; i++)
    {
      EdgeNote *note = g_ptr_array_index (node->stored, i);

      if (edge_id_equal (&note->signer, &self->keys[index]) &&
          note->round == edge_simplex_get_round (node->machine))
        {
          met[MET_RESTART]++;
          break;
        }
    }
  /* What is final is stored by the host; here it must come out the same again. */
  edge_simplex_free (node->machine);
  g_ptr_array_set_size (node->can_check, 0);
  start (self, index);
}

/* A liar's notes are stored to see what else it said. */
static void
count_lie (Sim      *self,
           guint     index,
           EdgeNote *note)
{
  Node *node = &self->nodes[index];

  for (guint i = 0; i < node->stored->len; i++)
    {
      EdgeNote *other = g_ptr_array_index (node->stored, i);

      if (other->round == note->round && other->kind == note->kind &&
          !edge_id_equal (&other->hash, &note->hash))
        {
          met[MET_TWO_NOTES]++;
          break;
        }
    }
  store (node, note);
}

/* Two proposals in a round, notes for whatever was heard of, both to nullify and to
 * finalize; each to some only. */
static void
lie (Sim   *self,
     guint  index)
{
  guint about = chance (self, self->k);
  guint64 round = edge_simplex_get_round (self->nodes[about].machine);
  g_autoptr(GPtrArray) heard = edge_simplex_list_notes (self->nodes[about].machine);
  g_autoptr(EdgeNote) note = edge_note_new (chance (self, EDGE_NOTE_N_KINDS), &self->net, 5, round);
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
  guint n_told = 0;

  note->signer = self->keys[index];
  if (note->kind == EDGE_NOTE_PROPOSE)
    {
      note->checkpoint = g_new0 (EdgeCheckpoint, 1);
      random_checkpoint (self, note->checkpoint);
      if (round > 0 && chance (self, 2))
        note->from = chance (self, (guint) round);
      edge_checkpoint_hash (note->checkpoint, &note->hash);
    }
  else if (note->kind != EDGE_NOTE_NULLIFY)
    {
      if (heard->len == 0)
        return;
      note->hash = ((EdgeNote *) g_ptr_array_index (heard, chance (self, heard->len)))->hash;
    }
  count_lie (self, index, note);
  g_ptr_array_add (notes, edge_note_ref (note));
  for (guint to = 0; to < self->k; to++)
    {
      if (to != index && chance (self, 2))
        {
          post (self, to, notes);
          n_told++;
        }
    }
  met[MET_HIDDEN_PROPOSAL] += note->kind == EDGE_NOTE_PROPOSE && n_told > 0 &&
                              3 * n_told <= 2 * self->k &&
                              edge_id_equal (&self->keys[index], &self->keys[(5 + round) % self->k]);
}

static void
deliver (Sim     *self,
         Message *message)
{
  Node *node = &self->nodes[message->to];

  if (node->liar)
    return;
  if (node->asleep)
    {
      met[MET_SILENCE]++;
      return;
    }
  met[MET_LATE_NOTE] += ((EdgeNote *) g_ptr_array_index (message->notes, 0))->round <
                        edge_simplex_get_round (node->machine);
  for (guint i = 0; i < message->notes->len; i++)
    {
      EdgeNote *note = g_ptr_array_index (message->notes, i);

      /* Others' notes may be lost at a restart; proposals are kept with the vote. */
      if (note->kind == EDGE_NOTE_PROPOSE || chance (self, 2))
        {
          gboolean own = edge_id_equal (&note->signer, &self->keys[message->to]);

          if (!own)
            store (node, note);
        }
    }
  if (message->notes->len == 1)
    edge_simplex_receive (node->machine, g_ptr_array_index (message->notes, 0), self->now);
  else
    edge_simplex_receive_bundle (node->machine, message->notes, self->now);
  run_outputs (self, message->to);
}

static void
check_later (Sim   *self,
             guint  index)
{
  Node *node = &self->nodes[index];

  for (guint i = node->can_check->len; i > 0; i--)
    {
      EdgeNote *note = g_ptr_array_index (node->can_check, i - 1);

      if (!can_check (self, index, note))
        continue;
      edge_simplex_approve (node->machine, &note->hash, self->now);
      g_ptr_array_remove_index (node->can_check, i - 1);
    }
  run_outputs (self, index);
}

static gboolean
all_final (Sim *self)
{
  for (guint i = 0; i < self->k; i++)
    {
      if (!self->nodes[i].liar && !self->nodes[i].has_final)
        return FALSE;
    }
  return TRUE;
}

static void
assert_one_book (Sim *self)
{
  const EdgeId *final = NULL;

  for (guint i = 0; i < self->k; i++)
    {
      if (self->nodes[i].liar || !self->nodes[i].has_final)
        continue;
      if (final != NULL)
        g_assert_true (edge_id_equal (final, &self->nodes[i].final_hash));
      final = &self->nodes[i].final_hash;
    }
}

static void
step (Sim *self)
{
  guint n = self->messages.length;

  self->now += 1 + chance (self, self->now < CALM_AT ? 2000 : 50);
  for (guint i = 0; i < n; i++)
    {
      Message *message = g_queue_pop_head (&self->messages);

      if (message->at > self->now)
        {
          g_queue_push_tail (&self->messages, message);
          continue;
        }
      deliver (self, message);
      free_message (message);
    }

  for (guint i = 0; i < self->k; i++)
    {
      Node *node = &self->nodes[i];
      gint64 deadline;

      if (node->liar)
        {
          if (self->now < CALM_AT + 100000 && chance (self, 3) == 0)
            lie (self, i);
          continue;
        }
      if (self->now < CALM_AT && chance (self, 100) == 0)
        restart (self, i);
      node->asleep = self->now < CALM_AT && (node->asleep ? chance (self, 20) != 0
                                                          : chance (self, 150) == 0);
      deadline = edge_simplex_get_deadline (node->machine);
      if (!node->asleep && deadline >= 0 && deadline <= self->now)
        edge_simplex_tick (node->machine, self->now);
      check_later (self, i);
    }
}

/* Links bring along what a peer may have missed. */
static void
sync_all (Sim *self)
{
  for (guint i = 0; i < self->k; i++)
    {
      g_autoptr(GPtrArray) bundles = NULL;

      if (self->nodes[i].liar || self->nodes[i].asleep)
        continue;
      bundles = edge_simplex_list_bundles (self->nodes[i].machine);
      for (guint k = 0; k < bundles->len; k++)
        broadcast (self, i, g_ptr_array_index (bundles, k));
    }
}

/* When nothing is under way, time goes on to what is due next. */
static void
skip_idle (Sim *self)
{
  gint64 next = G_MAXINT64;

  if (self->messages.length > 0 || self->now < CALM_AT)
    return;
  for (guint i = 0; i < self->k; i++)
    {
      gint64 deadline = self->nodes[i].liar ? -1
                                            : edge_simplex_get_deadline (self->nodes[i].machine);

      if (deadline >= 0)
        next = MIN (next, deadline);
    }
  if (next != G_MAXINT64 && next > self->now)
    self->now = next;
}

static void
run (guint32 seed,
     guint  *rounds)
{
  static const guint sizes[] = { 1, 2, 3, 4, 7 };
  Sim self = { .rand = g_rand_new_with_seed (seed), .k = sizes[seed % G_N_ELEMENTS (sizes)] };
  guint liars = chance (&self, (self.k - 1) / 3 + 1);
  gint64 synced = 0;
  guint steps = 0;

  runs_of_size[self.k]++;
  self.n_open = chance (&self, 2) ? 300 : 1;
  edge_id_of_data (&self.net, &seed, sizeof seed);
  for (guint i = 0; i < self.k; i++)
    {
      edge_id_of_data (&self.keys[i], &i, sizeof i);
      self.nodes[i].stored = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
      self.nodes[i].can_check = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
    }
  while (liars > 0)
    {
      guint pick = chance (&self, self.k);

      liars -= !self.nodes[pick].liar;
      self.nodes[pick].liar = TRUE;
    }
  for (guint i = 0; i < self.k; i++)
    start (&self, i);

  while (!all_final (&self))
    {
      step (&self);
      assert_one_book (&self);
      if (self.now - synced > SYNC_EACH)
        {
          if (self.now >= CALM_AT || chance (&self, 10) == 0)
            sync_all (&self);
          synced = self.now;
        }
      skip_idle (&self);
      if (++steps > MAX_STEPS || self.now > END_AT)
        g_error ("seed %u: no decision by %" G_GINT64_FORMAT, seed, self.now);
    }
  for (guint i = 0; i < self.k; i++)
    *rounds = MAX (*rounds, (guint) edge_simplex_get_round (self.nodes[i].machine));

  for (guint i = 0; i < self.k; i++)
    {
      edge_simplex_free (self.nodes[i].machine);
      g_ptr_array_unref (self.nodes[i].stored);
      g_ptr_array_unref (self.nodes[i].can_check);
    }
  g_queue_clear_full (&self.messages, free_message);
  g_rand_free (self.rand);
}

static void
test_schedules (void)
{
  guint runs = g_strcmp0 (g_getenv ("EDGE_NET_SOAK"), "1") == 0 ? RUNS_SOAK : RUNS_QUICK;
  guint rounds = 0;

  for (guint32 seed = 0; seed < runs; seed++)
    run (seed, &rounds);
  g_test_message ("%u schedules, up to round %u", runs, rounds);
  g_assert_cmpuint (rounds, >, 3);
  for (guint i = 0; i < N_MET; i++)
    {
      g_test_message ("%s: %" G_GUINT64_FORMAT, met_names[i], met[i]);
      g_assert_cmpuint (met[i], >, runs / 10);
    }
  for (guint i = 0; i < G_N_ELEMENTS (runs_of_size); i++)
    g_assert_cmpuint (runs_of_size[i], ==, strchr ("\1\2\3\4\7", (char) i) != NULL && i > 0 ? runs / 5 : 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/simplex/schedules", test_schedules);
  return g_test_run ();
}
