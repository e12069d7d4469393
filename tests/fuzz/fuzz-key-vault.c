/* fuzz-key-vault.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-key-vault.h"

#include <sodium.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

#define AT_PASSES      10
#define AT_MEMORY      14
#define MAX_FUZZED_KIB (16 * 1024)

static void
try_open (const guint8 *data,
          gsize         size)
{
  g_autoptr(GBytes) vault = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeIdentity) identity = edge_key_vault_open (vault, "pass", &error);

  g_assert_true ((identity == NULL) == (error != NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  guint8 copy[EDGE_KEY_VAULT_SIZE];
  guint8 digest[crypto_hash_sha256_BYTES];
  guint32 passes, memory;

  g_type_ensure (EDGE_TYPE_IDENTITY);
  if (sodium_init () < 0)
    return 0;
  if (size != EDGE_KEY_VAULT_SIZE)
    {
      try_open (data, size);
      return 0;
    }

  /* With a good checksum, to get past it. What is within the bounds but takes
   * long to derive is left to the unit test. */
  memcpy (copy, data, size);
  memcpy (&passes, copy + AT_PASSES, sizeof passes);
  memcpy (&memory, copy + AT_MEMORY, sizeof memory);
  passes = GUINT32_FROM_BE (passes);
  memory = GUINT32_FROM_BE (memory);
  crypto_hash_sha256 (digest, copy, EDGE_KEY_VAULT_SIZE - 4);
  memcpy (copy + EDGE_KEY_VAULT_SIZE - 4, digest, 4);
  if (passes * (guint64) memory <= MAX_FUZZED_KIB || passes > 8 || memory > 512 * 1024)
    try_open (copy, size);
  return 0;
}
