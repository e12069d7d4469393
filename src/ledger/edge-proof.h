/* edge-proof.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event.h"
#include "ledger/edge-proof-step.h"

G_BEGIN_DECLS

/** EDGE_PROOF_VERSION: Version of the files this code reads and writes. */
#define EDGE_PROOF_VERSION 1

/** EDGE_PROOF_MAX_SIZE: Bytes of a proof, at most. */
#define EDGE_PROOF_MAX_SIZE (8 << 20)

/**
 * EdgeProof:
 * @genesis: the network's first event
 * @key: whose account it is about
 * @account: (nullable): the account, or %NULL: it is proven that there is none
 * @text: (nullable): the account's text in the state tree
 * @n_changes: how often the validators changed on the way
 * @last: the checkpoint it speaks of
 *
 * What a proof shows: an account as it was at a final checkpoint.
 */
typedef struct
{
  EdgeEvent     *genesis;
  EdgeId         key;
  EdgeAccount   *account;
  char          *text;
  guint          n_changes;
  EdgeProofStep  last;
} EdgeProof;

EdgeProof *edge_proof_check (const char    *text,
                             gsize          length,
                             const EdgeId  *net,
                             GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void       edge_proof_free  (EdgeProof     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeProof, edge_proof_free)

G_END_DECLS
