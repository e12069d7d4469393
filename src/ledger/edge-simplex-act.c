/* edge-simplex-act.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-simplex-private.h"

#include <string.h>

/* The latest round before @below in which something is known to be notarized. */
static EdgeSimplexRound *
latest_notarized (EdgeSimplex *self,
                  guint64      below)
{
  EdgeSimplexRound *latest = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->rounds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      EdgeSimplexRound *round = value;

      if (round->notarized && round->number < below &&
          (latest == NULL || round->number > latest->number))
        latest = round;
    }
  return latest;
}

static gboolean
all_nullified (EdgeSimplex *self,
               guint64      from,
               guint64      below)
{
  for (guint64 number = from; number < below; number++)
    {
      EdgeSimplexRound *round = g_hash_table_lookup (self->rounds, &number);

      if (round == NULL || !round->nullified)
        return FALSE;
    }
  return TRUE;
}

/* Whether a proposal follows from what was agreed in the rounds before. */
static gboolean
is_right (EdgeSimplex *self,
          EdgeNote    *note)
{
  g_autoptr(GPtrArray) quorum = NULL;
  EdgeSimplexRound *from;

  if (note->from == EDGE_NOTE_FRESH)
    return all_nullified (self, 0, note->round);

  from = g_hash_table_lookup (self->rounds, &note->from);
  if (from == NULL)
    return FALSE;
  quorum = _edge_simplex_quorum (self, from, EDGE_NOTE_NOTARIZE, &note->hash);
  return quorum != NULL && all_nullified (self, note->from + 1, note->round);
}

static gboolean
is_leader (EdgeSimplex *self)
{
  return edge_id_equal (&self->self_key,
                        &self->validators[(self->n + self->round) % self->n_validators]);
}

static gint64
scaled (EdgeSimplex *self,
        gint64       ms)
{
  return MAX (ms / self->time_scale, 1);
}

/* When a fresh checkpoint is due, by the events known here; -1 while there are none. */
static gint64
fresh_due (EdgeSimplex *self)
{
  if (self->n_open == 0)
    return -1;
  return self->started_at + scaled (self, self->n_open >= EDGE_SIMPLEX_MANY_EVENTS
                                            ? EDGE_SIMPLEX_SOON_MS : EDGE_SIMPLEX_LATE_MS);
}

static gboolean
could_propose (EdgeSimplex *self,
               gint64       now)
{
  gint64 due = fresh_due (self);

  return latest_notarized (self, self->round) != NULL || (due >= 0 && now >= due);
}

static gint64
round_timeout (EdgeSimplex *self)
{
  gint64 ms = EDGE_SIMPLEX_MAX_ROUND_MS;

  if (self->round < 8)
    ms = MIN (ms, (gint64) EDGE_SIMPLEX_ROUND_MS << self->round);
  return scaled (self, ms);
}

static void
propose_again (EdgeSimplex      *self,
               EdgeSimplexRound *round,
               EdgeSimplexRound *from)
{
  EdgeNote *body = g_hash_table_lookup (self->bodies, &from->notarized_hash);
  g_autoptr(EdgeNote) note = NULL;

  /* Somebody else who has it will have a turn. */
  if (body == NULL)
    return;

  note = edge_note_new (EDGE_NOTE_PROPOSE, &self->net, self->n, round->number);
  note->checkpoint = g_memdup2 (body->checkpoint, sizeof *body->checkpoint);
  note->hash = body->hash;
  note->from = from->number;
  round->signed_kind[EDGE_NOTE_PROPOSE] = TRUE;
  _edge_simplex_emit (self, EDGE_SIMPLEX_SIGN, note, NULL);
}

static void
lead (EdgeSimplex      *self,
      EdgeSimplexRound *round,
      gint64            now)
{
  EdgeSimplexRound *from = latest_notarized (self, self->round);
  gint64 due = fresh_due (self);

  if (round->signed_kind[EDGE_NOTE_PROPOSE])
    return;
  if (from != NULL)
    {
      propose_again (self, round, from);
      return;
    }
  if (due >= 0 && now >= due && !round->asked_to_make && all_nullified (self, 0, self->round))
    {
      round->asked_to_make = TRUE;
      _edge_simplex_emit (self, EDGE_SIMPLEX_MAKE, NULL, NULL);
    }
}

/* Notarizes the first proposal of the leader that is right and was found good here. What was
 * not good enough as a fresh one may be so once others notarized it. */
static void
judge (EdgeSimplex      *self,
       EdgeSimplexRound *round)
{
  GPtrArray *proposals = round->notes[EDGE_NOTE_PROPOSE];

  for (guint i = 0; i < proposals->len && !round->signed_kind[EDGE_NOTE_NOTARIZE]; i++)
    {
      EdgeNote *note = g_ptr_array_index (proposals, i);

      if (!is_right (self, note))
        continue;
      if (g_hash_table_contains (self->approved, &note->hash))
        _edge_simplex_sign (self, round, EDGE_NOTE_NOTARIZE, &note->hash);
      else if (g_hash_table_add (note->from == EDGE_NOTE_FRESH ? self->asked : self->asked_again,
                                 g_memdup2 (&note->hash, sizeof note->hash)))
        _edge_simplex_emit (self, EDGE_SIMPLEX_CHECK, note, NULL);
    }
}

/* _edge_simplex_act: does what is this validator's to do in the present round. */
void
_edge_simplex_act (EdgeSimplex *self,
                   gint64       now)
{
  EdgeSimplexRound *round = _edge_simplex_round (self, self->round);

  if (!self->started || !self->is_validator || self->final)
    return;

  if (is_leader (self))
    lead (self, round, now);
  judge (self, round);

  if (round->could_since < 0 && could_propose (self, now))
    round->could_since = now;
  if (round->could_since >= 0 && now - round->could_since >= round_timeout (self) &&
      !round->signed_kind[EDGE_NOTE_NULLIFY] && !round->signed_kind[EDGE_NOTE_FINALIZE])
    _edge_simplex_sign (self, round, EDGE_NOTE_NULLIFY, NULL);
}

/**
 * edge_simplex_set_open:
 * @self: an agreement
 * @n_events: events a fresh checkpoint would take
 * @now: the monotonic clock, in milliseconds
 *
 * Says how much there is to close.
 */
void
edge_simplex_set_open (EdgeSimplex *self,
                       guint        n_events,
                       gint64       now)
{
  self->n_open = n_events;
  _edge_simplex_act (self, now);
}

/**
 * edge_simplex_offer:
 * @self: an agreement
 * @checkpoint: what %EDGE_SIMPLEX_MAKE asked for
 * @now: the monotonic clock, in milliseconds
 *
 * Proposes a fresh checkpoint, if it is still this validator's to propose.
 */
void
edge_simplex_offer (EdgeSimplex          *self,
                    const EdgeCheckpoint *checkpoint,
                    gint64                now)
{
  EdgeSimplexRound *round = _edge_simplex_round (self, self->round);
  g_autoptr(EdgeNote) note = NULL;

  if (self->final || !is_leader (self) || round->signed_kind[EDGE_NOTE_PROPOSE] ||
      !all_nullified (self, 0, self->round) || latest_notarized (self, self->round) != NULL)
    return;

  note = edge_note_new (EDGE_NOTE_PROPOSE, &self->net, self->n, round->number);
  note->checkpoint = g_memdup2 (checkpoint, sizeof *checkpoint);
  edge_checkpoint_hash (checkpoint, &note->hash);
  round->signed_kind[EDGE_NOTE_PROPOSE] = TRUE;
  _edge_simplex_emit (self, EDGE_SIMPLEX_SIGN, note, NULL);
}

/**
 * edge_simplex_approve:
 * @self: an agreement
 * @hash: of a checkpoint that %EDGE_SIMPLEX_CHECK asked about
 * @now: the monotonic clock, in milliseconds
 *
 * Says that all that checkpoint says is so, and that its events are stored here.
 */
void
edge_simplex_approve (EdgeSimplex  *self,
                      const EdgeId *hash,
                      gint64        now)
{
  g_hash_table_add (self->approved, g_memdup2 (hash, sizeof *hash));
  _edge_simplex_act (self, now);
}

/**
 * edge_simplex_tick:
 * @self: an agreement
 * @now: the monotonic clock, in milliseconds
 *
 * Lets time pass; due at edge_simplex_get_deadline().
 */
void
edge_simplex_tick (EdgeSimplex *self,
                   gint64       now)
{
  _edge_simplex_act (self, now);
}

/**
 * edge_simplex_get_deadline:
 * @self: an agreement
 *
 * Returns: when edge_simplex_tick() is due, or -1 when only a note can change anything
 */
gint64
edge_simplex_get_deadline (EdgeSimplex *self)
{
  EdgeSimplexRound *round = _edge_simplex_round (self, self->round);

  if (!self->started || !self->is_validator || self->final ||
      round->signed_kind[EDGE_NOTE_NULLIFY] || round->signed_kind[EDGE_NOTE_FINALIZE])
    return -1;
  if (round->could_since >= 0)
    return round->could_since + round_timeout (self);
  return fresh_due (self);
}
