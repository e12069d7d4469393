/* edge-open-genesis.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-open-genesis.h"

#include <sodium.h>
#include <string.h>

#include "ledger/edge-genesis.h"
#include "ledger/edge-jws.h"

static const char seed_label[] = "edge-net open network\n";

static gboolean
has_control (const char *text)
{
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    {
      if (*p < 0x20 || *p == 0x7f)
        return TRUE;
    }
  return FALSE;
}

/**
 * edge_open_genesis_name:
 * @typed: what a person typed
 *
 * Brings a name to the one form in which it names a network: NFC, without
 * spaces at either end, 1 to 64 bytes, no control characters.
 *
 * Returns: (transfer full) (nullable): the name, or %NULL when it can't be one
 */
char *
edge_open_genesis_name (const char *typed)
{
  g_autofree char *name = NULL;
  const char *start;
  gsize length;

  g_return_val_if_fail (typed != NULL, NULL);

  if (!g_utf8_validate (typed, -1, NULL))
    return NULL;

  name = g_utf8_normalize (typed, -1, G_NORMALIZE_NFC);
  start = name + strspn (name, " ");
  length = strlen (start);
  while (length > 0 && start[length - 1] == ' ')
    length--;

  if (length == 0 || length > EDGE_GENESIS_MAX_NAME || has_control (start))
    return NULL;
  return g_strndup (start, length);
}

/**
 * edge_open_genesis:
 * @name: the name of an open network, as a person types it
 *
 * Makes the genesis event that follows from a name alone, so that all who type
 * the same name are in the same network.
 *
 * Returns: (transfer full) (nullable): a compact JWS, or %NULL when @name can't name a network
 */
char *
edge_open_genesis (const char *name)
{
  g_autofree char *exact = edge_open_genesis_name (name);
  g_autofree char *seeded = NULL;
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];

  if (exact == NULL)
    return NULL;

  edge_genesis_init (&genesis, exact);
  genesis.params[EDGE_GENESIS_OPEN] = 1;
  genesis.params[EDGE_GENESIS_MAX_BONUS] = 1;
  genesis.params[EDGE_GENESIS_REFERRAL_PERCENT] = 0;

  seeded = g_strconcat (seed_label, exact, NULL);
  crypto_hash_sha256 (seed, (const guint8 *) seeded, strlen (seeded));
  return edge_genesis_sign (&genesis, EDGE_OPEN_GENESIS_TIME, seed);
}

/**
 * edge_open_genesis_id:
 * @name: the name of an open network, as a person types it
 *
 * Returns: (transfer full) (nullable): the network's id, 43 characters, or %NULL when
 *   @name can't name a network
 */
char *
edge_open_genesis_id (const char *name)
{
  g_autofree char *jws = edge_open_genesis (name);
  EdgeId id;

  if (jws == NULL)
    return NULL;

  edge_id_of_data (&id, jws, (gsize) (strrchr (jws, '.') - jws));
  return edge_id_to_text (&id);
}
