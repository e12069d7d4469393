/* test-seal-bits.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-seal-bits.h"

static void
test_known (void)
{
  EdgeSealBits bits;
  g_autofree char *words = NULL;

  /* SHA-256 of "abc" begins ba 78 16 bf 8f 01 cf ea 41 41. */
  edge_seal_bits_from_key (&bits, "abc");
  g_assert_cmpuint (bits.hue, ==, 0xba % 10);
  g_assert_cmpuint (bits.fold, ==, 3 + 0x78 % 4);
  g_assert_cmpuint (bits.core, ==, 0x16 % 4);
  g_assert_cmpuint (bits.petal, ==, 0xbf % 5);
  g_assert_cmpint (bits.half_turn, ==, 0x8f % 2);
  g_assert_cmpint (bits.spokes, ==, 0x01 % 2);
  g_assert_cmphex (bits.notches, ==, 0xcfea4141);

  words = edge_seal_bits_to_words (&bits);
  g_assert_cmpstr (words, ==, "violet: three bars around a tile");
}

static void
test_same (void)
{
  EdgeSealBits a, b, c;

  edge_seal_bits_from_key (&a, "a key");
  edge_seal_bits_from_key (&b, "a key");
  edge_seal_bits_from_key (&c, "another key");
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
  g_assert_cmphex (a.notches, !=, c.notches);
}

static void
test_bounds (void)
{
  guint seen[EDGE_SEAL_N_HUES] = { 0 };

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *key = g_strdup_printf ("key %u", i);
      g_autofree char *words = NULL;
      EdgeSealBits bits;
      double rgb[3];

      edge_seal_bits_from_key (&bits, key);
      g_assert_cmpuint (bits.hue, <, EDGE_SEAL_N_HUES);
      g_assert_cmpuint (bits.fold, >=, 3);
      g_assert_cmpuint (bits.fold, <=, EDGE_SEAL_MAX_FOLD);
      g_assert_cmpuint (bits.core, <=, EDGE_SEAL_CORE_STAR);
      g_assert_cmpuint (bits.petal, <=, EDGE_SEAL_PETAL_RING);
      seen[bits.hue]++;

      words = edge_seal_bits_to_words (&bits);
      g_assert_nonnull (words);
      edge_seal_bits_get_rgb (&bits, rgb);
      for (guint k = 0; k < 3; k++)
        {
          g_assert_cmpfloat (rgb[k], >=, 0);
          g_assert_cmpfloat (rgb[k], <=, 1);
        }
    }
  for (guint i = 0; i < EDGE_SEAL_N_HUES; i++)
    g_assert_cmpuint (seen[i], >, 0);
}

static void
test_none (void)
{
  EdgeSealBits none, empty;

  edge_seal_bits_from_key (&none, NULL);
  edge_seal_bits_from_key (&empty, "");
  g_assert_cmpmem (&none, sizeof none, &empty, sizeof empty);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/seal-bits/known", test_known);
  g_test_add_func ("/seal-bits/same", test_same);
  g_test_add_func ("/seal-bits/bounds", test_bounds);
  g_test_add_func ("/seal-bits/none", test_none);
  return g_test_run ();
}
