/* edge-simplex.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-genesis.h"
#include "ledger/edge-note.h"

G_BEGIN_DECLS

#define EDGE_SIMPLEX_ROUND_MS     20000
#define EDGE_SIMPLEX_MAX_ROUND_MS 3600000
#define EDGE_SIMPLEX_SOON_MS      10000
#define EDGE_SIMPLEX_LATE_MS      30000
#define EDGE_SIMPLEX_MANY_EVENTS  256
#define EDGE_SIMPLEX_ROUNDS_AHEAD 64

/**
 * EdgeSimplexAction:
 * @EDGE_SIMPLEX_SIGN: sign the note, store it, hand it to edge_simplex_receive(), send it
 * @EDGE_SIMPLEX_MAKE: make a fresh checkpoint and call edge_simplex_offer()
 * @EDGE_SIMPLEX_CHECK: check the note's checkpoint against what is here and call
 *   edge_simplex_approve() if all of it is so; it may take until events arrive
 * @EDGE_SIMPLEX_PASS_ON: send on the notes that ended a round, as one bundle
 * @EDGE_SIMPLEX_FINAL: the note's checkpoint is final, by the notes
 * @EDGE_SIMPLEX_CONFLICT: two certificates for one checkpoint: stop, and show both
 */
typedef enum
{
  EDGE_SIMPLEX_SIGN,
  EDGE_SIMPLEX_MAKE,
  EDGE_SIMPLEX_CHECK,
  EDGE_SIMPLEX_PASS_ON,
  EDGE_SIMPLEX_FINAL,
  EDGE_SIMPLEX_CONFLICT,
} EdgeSimplexAction;

/**
 * EdgeSimplexOutput:
 * @note: (nullable): what to sign, or the proposal to check or that is final
 * @notes: (nullable) (element-type EdgeNote): what to send on, or the certificate
 *
 * What the machine asks of its host. Handled in order.
 */
typedef struct
{
  EdgeSimplexAction  action;
  EdgeNote          *note;
  GPtrArray         *notes;
} EdgeSimplexOutput;

/**
 * EdgeSimplex:
 *
 * The agreement of validators on one checkpoint (Simplex Consensus, Chan and
 * Pass, 2023): notes and times in, notes and wishes out. It has no clock, no
 * socket and no disk.
 */
typedef struct _EdgeSimplex EdgeSimplex;

EdgeSimplex       *edge_simplex_new          (const EdgeId      *net,
                                              guint64            n,
                                              const EdgeId      *validators,
                                              guint              n_validators,
                                              const EdgeId      *self_key,
                                              guint              time_scale) G_GNUC_WARN_UNUSED_RESULT;
void               edge_simplex_free         (EdgeSimplex       *self);
void               edge_simplex_output_free  (EdgeSimplexOutput *output);

void               edge_simplex_restore      (EdgeSimplex       *self,
                                              EdgeNote          *note);
void               edge_simplex_start        (EdgeSimplex       *self,
                                              gint64             now);
gboolean           edge_simplex_receive      (EdgeSimplex       *self,
                                              EdgeNote          *note,
                                              gint64             now);
guint              edge_simplex_receive_bundle (EdgeSimplex     *self,
                                              GPtrArray         *notes,
                                              gint64             now);
void               edge_simplex_set_open     (EdgeSimplex       *self,
                                              guint              n_events,
                                              gint64             now);
void               edge_simplex_offer        (EdgeSimplex       *self,
                                              const EdgeCheckpoint *checkpoint,
                                              gint64             now);
void               edge_simplex_approve      (EdgeSimplex       *self,
                                              const EdgeId      *hash,
                                              gint64             now);
void               edge_simplex_tick         (EdgeSimplex       *self,
                                              gint64             now);
gint64             edge_simplex_get_deadline (EdgeSimplex       *self);

EdgeSimplexOutput *edge_simplex_pop          (EdgeSimplex       *self) G_GNUC_WARN_UNUSED_RESULT;
guint64            edge_simplex_get_round    (EdgeSimplex       *self);
gboolean           edge_simplex_is_final     (EdgeSimplex       *self,
                                              EdgeId            *hash);
GPtrArray         *edge_simplex_list_notes   (EdgeSimplex       *self) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray         *edge_simplex_list_bundles (EdgeSimplex       *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeSimplex, edge_simplex_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeSimplexOutput, edge_simplex_output_free)

G_END_DECLS
