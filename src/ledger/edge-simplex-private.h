/* edge-simplex-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-simplex.h"

G_BEGIN_DECLS

/**
 * EdgeSimplexRound:
 *
 * What is known of one round, and what this validator signed in it.
 */
typedef struct
{
  guint64    number;
  GPtrArray *notes[EDGE_NOTE_N_KINDS];
  EdgeId     notarized_hash;
  gint64     could_since;
  gboolean   notarized;
  gboolean   nullified;
  gboolean   asked_to_make;
  gboolean   signed_kind[EDGE_NOTE_N_KINDS];
} EdgeSimplexRound;

struct _EdgeSimplex
{
  EdgeId      net;
  EdgeId      self_key;
  EdgeId      validators[EDGE_GENESIS_MAX_VALIDATORS];
  guint       n_validators;
  gboolean    is_validator;
  guint       time_scale;
  guint64     n;

  GHashTable *rounds;
  GHashTable *bodies;
  GHashTable *approved;
  GHashTable *asked;
  GHashTable *asked_again;
  GQueue      outputs;

  guint64     round;
  guint       n_open;
  gint64      started_at;
  gboolean    started;

  gboolean    final;
  gboolean    told_final;
  gboolean    told_conflict;
  EdgeId      final_hash;
  guint64     final_round;
};

EdgeSimplexRound *_edge_simplex_round        (EdgeSimplex       *self,
                                              guint64            number);
gboolean          _edge_simplex_is_quorum    (EdgeSimplex       *self,
                                              guint              signers);
GPtrArray        *_edge_simplex_quorum       (EdgeSimplex       *self,
                                              EdgeSimplexRound  *round,
                                              EdgeNoteKind       kind,
                                              const EdgeId      *hash) G_GNUC_WARN_UNUSED_RESULT;
void              _edge_simplex_emit         (EdgeSimplex       *self,
                                              EdgeSimplexAction  action,
                                              EdgeNote          *note,
                                              GPtrArray         *notes);
void              _edge_simplex_sign         (EdgeSimplex       *self,
                                              EdgeSimplexRound  *round,
                                              EdgeNoteKind       kind,
                                              const EdgeId      *hash);
void              _edge_simplex_act          (EdgeSimplex       *self,
                                              gint64             now);

G_END_DECLS
