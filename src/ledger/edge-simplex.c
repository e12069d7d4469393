/* edge-simplex.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-simplex-private.h"

#include <string.h>

/* Notes kept of one signer, round and kind, but for those of a bundle. */
#define KEPT_NOTES 2

static void
free_round (gpointer data)
{
  EdgeSimplexRound *round = data;

  for (guint kind = 0; kind < EDGE_NOTE_N_KINDS; kind++)
    g_ptr_array_unref (round->notes[kind]);
  g_free (round);
}

/**
 * edge_simplex_new:
 * @net: the network
 * @n: the checkpoint to agree on
 * @validators: (array length=n_validators): those of the state after the one before, sorted
 * @n_validators: how many
 * @self_key: (nullable): this validator, or %NULL to look on
 * @time_scale: by what the timers of rounds are divided; 1 but in tests
 *
 * Returns: (transfer full): an agreement that has not started
 */
EdgeSimplex *
edge_simplex_new (const EdgeId *net,
                  guint64       n,
                  const EdgeId *validators,
                  guint         n_validators,
                  const EdgeId *self_key,
                  guint         time_scale)
{
  EdgeSimplex *self = g_new0 (EdgeSimplex, 1);

  g_assert (n_validators <= EDGE_GENESIS_MAX_VALIDATORS && n_validators > 0 && time_scale > 0);

  self->net = *net;
  self->n = n;
  self->n_validators = n_validators;
  memcpy (self->validators, validators, n_validators * sizeof *validators);
  self->time_scale = time_scale;
  self->rounds = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_round);
  self->bodies = g_hash_table_new_full (edge_id_hash, edge_id_equal, NULL,
                                        (GDestroyNotify) edge_note_unref);
  self->approved = g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, NULL);
  self->asked = g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, NULL);
  self->asked_again = g_hash_table_new_full (edge_id_hash, edge_id_equal, g_free, NULL);
  g_queue_init (&self->outputs);
  if (self_key != NULL)
    {
      self->self_key = *self_key;
      for (guint i = 0; i < n_validators; i++)
        self->is_validator |= edge_id_equal (&validators[i], self_key);
    }
  return self;
}

/**
 * edge_simplex_output_free:
 * @output: (transfer full): an output
 *
 * Frees it.
 */
void
edge_simplex_output_free (EdgeSimplexOutput *output)
{
  g_clear_pointer (&output->note, edge_note_unref);
  g_clear_pointer (&output->notes, g_ptr_array_unref);
  g_free (output);
}

/**
 * edge_simplex_free:
 * @self: (transfer full): an agreement
 *
 * Frees it.
 */
void
edge_simplex_free (EdgeSimplex *self)
{
  g_hash_table_unref (self->bodies);
  g_hash_table_unref (self->approved);
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->asked_again);
  g_hash_table_unref (self->rounds);
  g_queue_clear_full (&self->outputs, (GDestroyNotify) edge_simplex_output_free);
  g_free (self);
}

/* _edge_simplex_round: a round, made if nothing was known of it. */
EdgeSimplexRound *
_edge_simplex_round (EdgeSimplex *self,
                     guint64      number)
{
  EdgeSimplexRound *round = g_hash_table_lookup (self->rounds, &number);

  if (round != NULL)
    return round;

  round = g_new0 (EdgeSimplexRound, 1);
  round->number = number;
  round->could_since = -1;
  for (guint kind = 0; kind < EDGE_NOTE_N_KINDS; kind++)
    round->notes[kind] = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
  g_hash_table_insert (self->rounds, &round->number, round);
  return round;
}

/* _edge_simplex_is_quorum: whether so many are more than two thirds. */
gboolean
_edge_simplex_is_quorum (EdgeSimplex *self,
                         guint        signers)
{
  return 3 * signers > 2 * self->n_validators;
}

/* _edge_simplex_quorum: the notes of more than two thirds for one hash, or NULL. */
GPtrArray *
_edge_simplex_quorum (EdgeSimplex      *self,
                      EdgeSimplexRound *round,
                      EdgeNoteKind      kind,
                      const EdgeId     *hash)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);

  for (guint i = 0; i < round->notes[kind]->len; i++)
    {
      EdgeNote *note = g_ptr_array_index (round->notes[kind], i);

      if (edge_id_equal (&note->hash, hash))
        g_ptr_array_add (found, edge_note_ref (note));
    }
  return _edge_simplex_is_quorum (self, found->len) ? g_steal_pointer (&found) : NULL;
}

/* _edge_simplex_emit: asks something of the host. */
void
_edge_simplex_emit (EdgeSimplex       *self,
                    EdgeSimplexAction  action,
                    EdgeNote          *note,
                    GPtrArray         *notes)
{
  EdgeSimplexOutput *output = g_new0 (EdgeSimplexOutput, 1);

  output->action = action;
  output->note = note != NULL ? edge_note_ref (note) : NULL;
  output->notes = notes != NULL ? g_ptr_array_ref (notes) : NULL;
  g_queue_push_tail (&self->outputs, output);
}

/* _edge_simplex_sign: asks for a note, and remembers that it was asked for. */
void
_edge_simplex_sign (EdgeSimplex      *self,
                    EdgeSimplexRound *round,
                    EdgeNoteKind      kind,
                    const EdgeId     *hash)
{
  g_autoptr(EdgeNote) note = edge_note_new (kind, &self->net, self->n, round->number);

  if (hash != NULL)
    note->hash = *hash;
  round->signed_kind[kind] = TRUE;
  _edge_simplex_emit (self, EDGE_SIMPLEX_SIGN, note, NULL);
}

/* A round that was notarized is one this validator may help to make final, unless
 * it said before that the round shall count for nothing. */
static void
support (EdgeSimplex      *self,
         EdgeSimplexRound *round)
{
  if (self->started && self->is_validator && !self->final && round->notarized &&
      !round->signed_kind[EDGE_NOTE_NULLIFY] && !round->signed_kind[EDGE_NOTE_FINALIZE])
    _edge_simplex_sign (self, round, EDGE_NOTE_FINALIZE, &round->notarized_hash);
}

static void
leave (EdgeSimplex      *self,
       EdgeSimplexRound *round,
       GPtrArray        *why)
{
  if (round->number < self->round)
    return;
  self->round = round->number + 1;
  if (self->started)
    _edge_simplex_emit (self, EDGE_SIMPLEX_PASS_ON, NULL, why);
}

static void
tell_final (EdgeSimplex *self)
{
  EdgeNote *body;
  g_autoptr(GPtrArray) certificate = NULL;

  if (!self->final || self->told_final || !self->started)
    return;
  body = g_hash_table_lookup (self->bodies, &self->final_hash);
  if (body == NULL)
    return;

  certificate = _edge_simplex_quorum (self, _edge_simplex_round (self, self->final_round),
                                      EDGE_NOTE_FINALIZE, &self->final_hash);
  self->told_final = TRUE;
  _edge_simplex_emit (self, EDGE_SIMPLEX_FINAL, body, certificate);
}

static void
note_final (EdgeSimplex      *self,
            EdgeSimplexRound *round,
            const EdgeId     *hash,
            GPtrArray        *certificate)
{
  if (!self->final)
    {
      self->final = TRUE;
      self->final_hash = *hash;
      self->final_round = round->number;
      return;
    }
  if (edge_id_equal (&self->final_hash, hash) || self->told_conflict)
    return;
  self->told_conflict = TRUE;
  _edge_simplex_emit (self, EDGE_SIMPLEX_CONFLICT, NULL, certificate);
}

static void
weigh (EdgeSimplex      *self,
       EdgeSimplexRound *round,
       EdgeNote         *note)
{
  g_autoptr(GPtrArray) quorum = NULL;

  if (note->kind == EDGE_NOTE_PROPOSE)
    return;
  quorum = _edge_simplex_quorum (self, round, note->kind, &note->hash);
  if (quorum == NULL)
    return;

  if (note->kind == EDGE_NOTE_NOTARIZE && !round->notarized)
    {
      round->notarized = TRUE;
      round->notarized_hash = note->hash;
      support (self, round);
      leave (self, round, quorum);
    }
  else if (note->kind == EDGE_NOTE_NULLIFY && !round->nullified)
    {
      round->nullified = TRUE;
      leave (self, round, quorum);
    }
  else if (note->kind == EDGE_NOTE_FINALIZE)
    {
      note_final (self, round, &note->hash, quorum);
    }
}

static gboolean
is_by_validator (EdgeSimplex    *self,
                 const EdgeNote *note)
{
  for (guint i = 0; i < self->n_validators; i++)
    {
      if (edge_id_equal (&self->validators[i], &note->signer))
        return TRUE;
    }
  return FALSE;
}

/* A proposal of what was agreed on already is taken however many its leader made. */
static gboolean
is_agreed (EdgeSimplex      *self,
           EdgeSimplexRound *round,
           EdgeNote         *note)
{
  if (note->kind != EDGE_NOTE_PROPOSE || g_hash_table_contains (self->bodies, &note->hash))
    return FALSE;
  return (self->final && edge_id_equal (&self->final_hash, &note->hash)) ||
         (round->notarized && edge_id_equal (&round->notarized_hash, &note->hash));
}

static gboolean
keep (EdgeSimplex *self,
      EdgeNote    *note,
      gboolean     in_bundle)
{
  EdgeSimplexRound *round;
  guint kept = 0;

  if (note->n != self->n || !edge_id_equal (&note->net, &self->net) ||
      !is_by_validator (self, note) || note->round > self->round + EDGE_SIMPLEX_ROUNDS_AHEAD)
    return FALSE;
  if (note->kind == EDGE_NOTE_PROPOSE &&
      !edge_id_equal (&note->signer,
                      &self->validators[(self->n + note->round) % self->n_validators]))
    return FALSE;

  round = _edge_simplex_round (self, note->round);
  for (guint i = 0; i < round->notes[note->kind]->len; i++)
    {
      EdgeNote *other = g_ptr_array_index (round->notes[note->kind], i);

      if (!edge_id_equal (&other->signer, &note->signer))
        continue;
      if (edge_id_equal (&other->hash, &note->hash) && other->from == note->from)
        return FALSE;
      kept++;
    }
  if (kept >= KEPT_NOTES && !in_bundle && !is_agreed (self, round, note))
    return FALSE;

  g_ptr_array_add (round->notes[note->kind], edge_note_ref (note));
  if (note->kind == EDGE_NOTE_PROPOSE)
    g_hash_table_replace (self->bodies, &note->hash, edge_note_ref (note));
  if (self->is_validator && edge_id_equal (&note->signer, &self->self_key))
    round->signed_kind[note->kind] = TRUE;
  return TRUE;
}

/**
 * edge_simplex_restore:
 * @self: an agreement that has not started
 * @note: a note that was stored, its own or another's
 *
 * Takes up what was known before a restart; call it for each note, then
 * edge_simplex_start().
 */
void
edge_simplex_restore (EdgeSimplex *self,
                      EdgeNote    *note)
{
  g_return_if_fail (!self->started);

  if (keep (self, note, TRUE))
    weigh (self, _edge_simplex_round (self, note->round), note);
}

/**
 * edge_simplex_start:
 * @self: an agreement
 * @now: the monotonic clock, in milliseconds, when the checkpoint before was final
 *   here or this computer started
 *
 * Begins, or goes on after a restart.
 */
void
edge_simplex_start (EdgeSimplex *self,
                    gint64       now)
{
  GHashTableIter iter;
  gpointer round;

  self->started = TRUE;
  self->started_at = now;
  g_hash_table_iter_init (&iter, self->rounds);
  while (g_hash_table_iter_next (&iter, NULL, &round))
    support (self, round);
  tell_final (self);
  _edge_simplex_act (self, now);
}

/**
 * edge_simplex_receive:
 * @self: an agreement that has started
 * @note: a note whose signature is good, its own too
 * @now: the monotonic clock, in milliseconds
 *
 * Takes in a note. What follows comes out of edge_simplex_pop().
 *
 * Returns: whether it was new and is worth passing on
 */
gboolean
edge_simplex_receive (EdgeSimplex *self,
                      EdgeNote    *note,
                      gint64       now)
{
  if (!keep (self, note, FALSE))
    return FALSE;

  weigh (self, _edge_simplex_round (self, note->round), note);
  tell_final (self);
  _edge_simplex_act (self, now);
  return TRUE;
}

/* Whether notes are by more than two thirds and all say the same. */
static gboolean
is_whole (EdgeSimplex *self,
          GPtrArray   *notes)
{
  g_autoptr(GHashTable) signers = g_hash_table_new (edge_id_hash, edge_id_equal);
  EdgeNote *first = g_ptr_array_index (notes, 0);

  for (guint i = 0; i < notes->len; i++)
    {
      EdgeNote *note = g_ptr_array_index (notes, i);

      if (note->kind != first->kind || note->round != first->round ||
          note->kind == EDGE_NOTE_PROPOSE || !edge_id_equal (&note->hash, &first->hash) ||
          !is_by_validator (self, note) || !g_hash_table_add (signers, &note->signer))
        return FALSE;
    }
  return _edge_simplex_is_quorum (self, notes->len);
}

/**
 * edge_simplex_receive_bundle:
 * @self: an agreement that has started
 * @notes: (element-type EdgeNote): notes whose signatures are good, that came together
 * @now: the monotonic clock, in milliseconds
 *
 * Takes in notes that came together. When they end a round by themselves they
 * are all kept, whatever else their signers said.
 *
 * Returns: how many were new
 */
guint
edge_simplex_receive_bundle (EdgeSimplex *self,
                             GPtrArray   *notes,
                             gint64       now)
{
  gboolean whole = notes->len > 0 && is_whole (self, notes);
  guint n_new = 0;

  for (guint i = 0; i < notes->len; i++)
    {
      EdgeNote *note = g_ptr_array_index (notes, i);

      if (!keep (self, note, whole))
        continue;
      weigh (self, _edge_simplex_round (self, note->round), note);
      n_new++;
    }
  tell_final (self);
  _edge_simplex_act (self, now);
  return n_new;
}

/**
 * edge_simplex_pop:
 * @self: an agreement
 *
 * Returns: (transfer full) (nullable): the next thing to do
 */
EdgeSimplexOutput *
edge_simplex_pop (EdgeSimplex *self)
{
  return g_queue_pop_head (&self->outputs);
}

/**
 * edge_simplex_get_round:
 * @self: an agreement
 *
 * Returns: the round it is in
 */
guint64
edge_simplex_get_round (EdgeSimplex *self)
{
  return self->round;
}

/**
 * edge_simplex_is_final:
 * @self: an agreement
 * @hash: (out): the hash of what is final
 *
 * Returns: whether more than two thirds finalized it, though its checkpoint may not be here yet
 */
gboolean
edge_simplex_is_final (EdgeSimplex *self,
                       EdgeId      *hash)
{
  if (self->final)
    *hash = self->final_hash;
  return self->final;
}

/**
 * edge_simplex_list_notes:
 * @self: an agreement
 *
 * Returns: (transfer full) (element-type EdgeNote): all notes kept, to look at or to store
 */
GPtrArray *
edge_simplex_list_notes (EdgeSimplex *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->rounds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      EdgeSimplexRound *round = value;

      for (guint kind = 0; kind < EDGE_NOTE_N_KINDS; kind++)
        {
          for (guint i = 0; i < round->notes[kind]->len; i++)
            g_ptr_array_add (list, edge_note_ref (g_ptr_array_index (round->notes[kind], i)));
        }
    }
  return list;
}

static void
add_bundles (EdgeSimplex      *self,
             EdgeSimplexRound *round,
             EdgeNoteKind      kind,
             GPtrArray        *bundles)
{
  g_autoptr(GHashTable) done = g_hash_table_new (edge_id_hash, edge_id_equal);

  for (guint i = 0; i < round->notes[kind]->len; i++)
    {
      EdgeNote *note = g_ptr_array_index (round->notes[kind], i);
      GPtrArray *bundle = NULL;

      if (kind != EDGE_NOTE_PROPOSE)
        {
          if (g_hash_table_contains (done, &note->hash))
            continue;
          bundle = _edge_simplex_quorum (self, round, kind, &note->hash);
        }
      if (bundle != NULL)
        {
          g_hash_table_add (done, &note->hash);
        }
      else
        {
          bundle = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
          g_ptr_array_add (bundle, edge_note_ref (note));
        }
      g_ptr_array_add (bundles, bundle);
    }
}

/**
 * edge_simplex_list_bundles:
 * @self: an agreement
 *
 * What a peer that may have missed some is to be sent: each bundle in one message,
 * since notes that ended a round must arrive together to count whatever else their
 * signers said.
 *
 * Returns: (transfer full) (element-type GPtrArray): lists of notes
 */
GPtrArray *
edge_simplex_list_bundles (EdgeSimplex *self)
{
  GPtrArray *bundles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer round;

  g_hash_table_iter_init (&iter, self->rounds);
  while (g_hash_table_iter_next (&iter, NULL, &round))
    {
      for (guint kind = 0; kind < EDGE_NOTE_N_KINDS; kind++)
        add_bundles (self, round, kind, bundles);
    }
  return bundles;
}
