/* edge-seal-bits.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-seal-bits.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DIGEST_SIZE 32

static const struct
{
  const char *name;
  guint32     rgb;
} hues[EDGE_SEAL_N_HUES] = {
  { N_("blue"), 0x1c71d8 },
  { N_("green"), 0x1a7f5a },
  { N_("teal"), 0x0f7f8f },
  { N_("ochre"), 0x9a6700 },
  { N_("orange"), 0xb84a00 },
  { N_("red"), 0xa51d2d },
  { N_("violet"), 0x813d9c },
  { N_("brown"), 0x7a5a3a },
  { N_("slate"), 0x4a5a78 },
  { N_("pink"), 0xb0246e },
};

/**
 * edge_seal_bits_from_key:
 * @bits: (out): what the picture is made of
 * @key: (nullable): a key as text
 *
 * Derives the picture from SHA-256 of the text.
 */
void
edge_seal_bits_from_key (EdgeSealBits *bits,
                         const char   *key)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 b[DIGEST_SIZE];
  gsize size = sizeof b;

  g_return_if_fail (bits != NULL);

  if (key != NULL)
    g_checksum_update (checksum, (const guint8 *) key, strlen (key));
  g_checksum_get_digest (checksum, b, &size);

  bits->hue = b[0] % EDGE_SEAL_N_HUES;
  bits->fold = 3 + b[1] % 4;
  bits->core = b[2] % 4;
  bits->petal = b[3] % 5;
  bits->half_turn = b[4] % 2;
  bits->spokes = b[5] % 2;
  bits->notches = (guint32) b[6] << 24 | (guint32) b[7] << 16 | (guint32) b[8] << 8 | b[9];
}

/**
 * edge_seal_bits_to_words:
 * @bits: what a picture is made of
 *
 * Returns: (transfer full): the picture in words, such as "violet: four bars around a star"
 */
char *
edge_seal_bits_to_words (const EdgeSealBits *bits)
{
  static const char * const petals[4][5] = {
    { N_("three dots"), N_("three bars"), N_("three arcs"), N_("three kites"), N_("three rings") },
    { N_("four dots"), N_("four bars"), N_("four arcs"), N_("four kites"), N_("four rings") },
    { N_("five dots"), N_("five bars"), N_("five arcs"), N_("five kites"), N_("five rings") },
    { N_("six dots"), N_("six bars"), N_("six arcs"), N_("six kites"), N_("six rings") },
  };
  static const char * const cores[4] = {
    N_("around a dot"), N_("around a ring"), N_("around a tile"), N_("around a star")
  };

  g_return_val_if_fail (bits != NULL, NULL);

  /* Translators: a picture in words: colour, what is around, what is in the
   * middle; "violet: four bars around a star" */
  return g_strdup_printf (_("%s: %s %s"), _(hues[bits->hue].name),
                          _(petals[bits->fold - 3][bits->petal]), _(cores[bits->core]));
}

/**
 * edge_seal_bits_get_rgb:
 * @bits: what a picture is made of
 * @rgb: (out) (array fixed-size=3): red, green and blue, 0…1
 */
void
edge_seal_bits_get_rgb (const EdgeSealBits *bits,
                        double             *rgb)
{
  guint32 v;

  g_return_if_fail (bits != NULL && bits->hue < EDGE_SEAL_N_HUES);

  v = hues[bits->hue].rgb;
  rgb[0] = (v >> 16 & 0xff) / 255.0;
  rgb[1] = (v >> 8 & 0xff) / 255.0;
  rgb[2] = (v & 0xff) / 255.0;
}
