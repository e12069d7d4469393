/* edge-work.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-work.h"

#include <sodium.h>
#include <string.h>

#define WORK_PASSES    1
#define WORK_HASH_SIZE 32

/**
 * edge_work_hash:
 * @key: who joins
 * @net: the network
 * @work: the number tried
 * @kib: memory to use, in KiB
 * @hash: (out caller-allocates) (array fixed-size=32): the hash
 *
 * Computes Argon2id 1.3 of one try. Blocks for as long as that takes.
 */
void
edge_work_hash (const EdgeId *key,
                const EdgeId *net,
                guint64       work,
                guint         kib,
                guint8       *hash)
{
  char password[2 * EDGE_ID_SIZE + sizeof work];
  guint64 big_endian = GUINT64_TO_BE (work);

  memcpy (password, key->bytes, EDGE_ID_SIZE);
  memcpy (password + EDGE_ID_SIZE, net->bytes, EDGE_ID_SIZE);
  memcpy (password + 2 * EDGE_ID_SIZE, &big_endian, sizeof big_endian);

  /* The salt is the first crypto_pwhash_SALTBYTES (16) bytes of net. */
  if (crypto_pwhash (hash, WORK_HASH_SIZE, password, sizeof password, net->bytes, WORK_PASSES,
                     (gsize) kib * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
    g_error ("No memory for a proof of work of %u KiB", kib);
}

static gboolean
starts_with_zeros (const guint8 *hash,
                   guint         bits)
{
  for (guint i = 0; i < bits; i++)
    {
      if (hash[i / 8] >> (7 - i % 8) & 1)
        return FALSE;
    }
  return TRUE;
}

/**
 * edge_work_check:
 * @genesis: the network's rules
 * @key: who joins
 * @work: what the join holds
 *
 * Returns: whether the work was done
 */
gboolean
edge_work_check (const EdgeGenesis *genesis,
                 const EdgeId      *key,
                 guint64            work)
{
  guint8 hash[WORK_HASH_SIZE];

  if (genesis->params[EDGE_GENESIS_JOIN_BITS] == 0)
    return TRUE;

  edge_work_hash (key, &genesis->id, work, (guint) genesis->params[EDGE_GENESIS_JOIN_KIB], hash);
  return starts_with_zeros (hash, (guint) genesis->params[EDGE_GENESIS_JOIN_BITS]);
}

/**
 * edge_work_search:
 * @genesis: the network's rules
 * @key: who joins
 * @next: (inout): the number to try first; where to go on, or the one found
 * @tries: how many to try before returning
 * @cancellable: (nullable): to stop early
 *
 * Tries some numbers, so that a search can be shown, paused and taken up again.
 *
 * Returns: whether @next now holds a proof
 */
gboolean
edge_work_search (const EdgeGenesis *genesis,
                  const EdgeId      *key,
                  guint64           *next,
                  guint              tries,
                  GCancellable      *cancellable)
{
  for (guint i = 0; i < tries && !g_cancellable_is_cancelled (cancellable); i++)
    {
      if (edge_work_check (genesis, key, *next))
        return TRUE;
      (*next)++;
    }
  return FALSE;
}
