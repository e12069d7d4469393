/* fuzz-proof.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-proof.h"
#include "ledger/edge-state-read.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* What is read of an account or of totals is written back as it was. */
static void
read_entry (const char *text,
            gsize       size)
{
  g_autofree EdgeCanonNode *root = edge_canon_read (text, size, NULL);
  g_autoptr(EdgeAccount) account = NULL;
  g_autofree EdgeEscrow *escrow = NULL;
  g_auto(EdgeTotals) totals = { 0 };
  EdgeId key = { { 1 } };

  if (root == NULL)
    return;
  account = edge_account_read (&key, root, NULL);
  if (account != NULL)
    {
      g_autofree char *again = edge_account_to_text (account);

      g_assert_cmpmem (again, strlen (again), text, size);
    }
  escrow = edge_escrow_read (&key, root, NULL);
  edge_totals_read (&totals, root, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  g_autofree EdgeCanonNode *root = NULL;
  g_autoptr(EdgeEvent) genesis = NULL;
  g_autoptr(EdgeProof) proof = NULL;
  const EdgeCanonNode *node;
  EdgeId net = { { 0 } };

  read_entry (text, size);

  /* The network it claims to be of, so that the reader gets past the genesis. */
  if (size > 0)
    root = edge_canon_read (text, size - 1, NULL);
  node = root != NULL ? edge_canon_member (root, "genesis") : NULL;
  if (node != NULL && node->kind == EDGE_CANON_STRING)
    genesis = edge_event_parse (node->text, node->text_length, NULL);
  if (genesis != NULL)
    net = genesis->id;
  proof = edge_proof_check (text, size, &net, NULL);
  if (proof != NULL)
    g_assert_cmpuint (proof->last.n_signers, >, 0);
  return 0;
}
