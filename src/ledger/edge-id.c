/* edge-id.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-id.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"

static const char alphabet[] =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * edge_id_parse:
 * @self: (out caller-allocates): room for the id
 * @text: 43 characters of base64url
 * @length: their number, or -1 when @text ends with a NUL
 *
 * Returns: whether @text is the one spelling of 32 bytes
 */
gboolean
edge_id_parse (EdgeId     *self,
               const char *text,
               gssize      length)
{
  return edge_base64url_decode_fixed (text, length, self->bytes, EDGE_ID_SIZE);
}

/**
 * edge_id_write:
 * @self: an id
 * @text: (out caller-allocates): room for %EDGE_ID_TEXT_SIZE characters
 *
 * Writes the 43 characters and a NUL.
 */
void
edge_id_write (const EdgeId *self,
               char         *text)
{
  const guint8 *b = self->bytes;

  for (guint i = 0; i < 30; i += 3, b += 3)
    {
      guint32 v = (guint32) b[0] << 16 | (guint32) b[1] << 8 | b[2];

      *text++ = alphabet[v >> 18];
      *text++ = alphabet[v >> 12 & 63];
      *text++ = alphabet[v >> 6 & 63];
      *text++ = alphabet[v & 63];
    }

  *text++ = alphabet[b[0] >> 2];
  *text++ = alphabet[(b[0] & 3) << 4 | b[1] >> 4];
  *text++ = alphabet[(b[1] & 15) << 2];
  *text = '\0';
}

/**
 * edge_id_to_text:
 * @self: an id
 *
 * Returns: (transfer full): its 43 characters
 */
char *
edge_id_to_text (const EdgeId *self)
{
  char *text = g_malloc (EDGE_ID_TEXT_SIZE);

  edge_id_write (self, text);
  return text;
}

/* The six bits of the character at @index; past the end the bits are zero, as
 * the spare ones of the text are. */
static guint
sextet (const EdgeId *self,
        guint         index)
{
  guint bit = index * 6;
  guint byte = bit / 8;
  guint v = (guint) self->bytes[byte] << 8;

  if (byte + 1 < EDGE_ID_SIZE)
    v |= self->bytes[byte + 1];
  return v >> (10 - bit % 8) & 63;
}

/**
 * edge_id_compare:
 * @a: an id
 * @b: another
 *
 * Returns: less than, equal to or greater than 0, as the texts compare in ASCII
 */
int
edge_id_compare (const EdgeId *a,
                 const EdgeId *b)
{
  guint i = 0;
  guint first;

  while (i < EDGE_ID_SIZE && a->bytes[i] == b->bytes[i])
    i++;
  if (i == EDGE_ID_SIZE)
    return 0;

  first = i * 8 / 6;
  while (sextet (a, first) == sextet (b, first))
    first++;
  return (int) alphabet[sextet (a, first)] - (int) alphabet[sextet (b, first)];
}

/**
 * edge_id_is_zero:
 * @self: an id
 *
 * Returns: whether all bytes are zero, which stands for none
 */
gboolean
edge_id_is_zero (const EdgeId *self)
{
  static const EdgeId zero;

  return memcmp (self, &zero, sizeof zero) == 0;
}

/**
 * edge_id_of_data:
 * @self: (out caller-allocates): room for the hash
 * @data: bytes
 * @size: how many
 *
 * Takes the SHA-256 of @data.
 */
void
edge_id_of_data (EdgeId     *self,
                 const void *data,
                 gsize       size)
{
  crypto_hash_sha256 (self->bytes, data, size);
}

/**
 * edge_id_hash:
 * @id: an id
 *
 * Ids can be ground to share some bits, so the bits taken depend on a secret
 * of this process.
 *
 * Returns: a hash for tables
 */
guint
edge_id_hash (gconstpointer id)
{
  static guint64 secret[2];
  static gsize ready;
  guint64 word[4];

  if (g_once_init_enter (&ready))
    {
      randombytes_buf (secret, sizeof secret);
      g_once_init_leave (&ready, 1);
    }

  memcpy (word, id, sizeof word);
  word[0] = (word[0] ^ secret[0]) * ((word[1] ^ secret[1]) | 1);
  word[2] = (word[2] ^ secret[1]) * ((word[3] ^ secret[0]) | 1);
  word[0] ^= word[2] << 32 | word[2] >> 32;
  return (guint) (word[0] >> 32 ^ word[0]);
}

/**
 * edge_id_equal:
 * @a: an id
 * @b: another
 *
 * Returns: whether they are the same
 */
gboolean
edge_id_equal (gconstpointer a,
               gconstpointer b)
{
  return memcmp (a, b, EDGE_ID_SIZE) == 0;
}
