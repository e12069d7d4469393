/* edge-proof-step.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-checkpoint.h"
#include "ledger/edge-state-read.h"

G_BEGIN_DECLS

/**
 * EdgeProofStep:
 * @hash: hash of @checkpoint
 * @time: the network's time in its state
 * @n_signers: how many validators signed it
 * @validators: who judges the next
 *
 * A checkpoint, the certificate that makes it final, and the entry `n` of its state
 * with the path to the root: all it takes to go from those who judge it to those
 * who judge the next.
 */
typedef struct
{
  EdgeCheckpoint checkpoint;
  EdgeId         hash;
  guint64        time;
  guint          n_signers;
  guint          n_validators;
  EdgeId         validators[EDGE_GENESIS_MAX_VALIDATORS];
} EdgeProofStep;

/** EDGE_PROOF_MAX_PATH: Roots in a path; places have this many bits. */
#define EDGE_PROOF_MAX_PATH 256

gboolean edge_proof_step_read       (EdgeProofStep         *self,
                                     const EdgeCanonNode   *node,
                                     const EdgeId          *net,
                                     const EdgeId          *judges,
                                     guint                  n_judges,
                                     GError               **error);
gboolean edge_proof_step_write      (GString               *out,
                                     const EdgeCheckpoint  *checkpoint,
                                     const char            *certificate,
                                     const char            *entry,
                                     GArray                *path,
                                     const EdgeId          *place,
                                     GError               **error);

gboolean edge_proof_read_path       (const EdgeCanonNode   *node,
                                     EdgeId                *path,
                                     guint                 *n_path,
                                     GError               **error);
void     edge_proof_write_path      (GString               *out,
                                     GArray                *path);
gboolean edge_proof_is_judge        (const EdgeId          *judges,
                                     guint                  n_judges,
                                     const EdgeId          *key);

G_END_DECLS
