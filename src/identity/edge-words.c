/* edge-words.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-words.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"

#define WORD_BITS  11
#define LIST_SIZE  (1 << WORD_BITS)

static const char *const list[LIST_SIZE] =
{
#include "identity/edge-words-english.inc"
};

static guint
word_index (const guint8 *digest,
            guint         word)
{
  guint index = 0;

  for (guint bit = word * WORD_BITS; bit < (word + 1) * WORD_BITS; bit++)
    index = index << 1 | (digest[bit / 8] >> (7 - bit % 8) & 1);

  return index;
}

/**
 * edge_words_for_key:
 * @key_text: a key or network id, 43 characters of base64url
 *
 * Says a key or id in words that two people can compare aloud: the first 132
 * bits of the SHA-256 of its 43 characters, eleven bits a word, of the English
 * list of BIP-39. They can't be turned back into the key.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): twelve words,
 *   or %NULL when @key_text is no key or id
 */
char **
edge_words_for_key (const char *key_text)
{
  guint8 digest[crypto_hash_sha256_BYTES];
  char **words;

  if (!edge_base64url_is_key (key_text))
    return NULL;

  crypto_hash_sha256 (digest, (const guint8 *) key_text, strlen (key_text));

  words = g_new0 (char *, EDGE_WORDS_COUNT + 1);
  for (guint i = 0; i < EDGE_WORDS_COUNT; i++)
    words[i] = g_strdup (list[word_index (digest, i)]);

  return words;
}
