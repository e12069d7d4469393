/* test-base64.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-base64.h"

#include <string.h>

static void
test_vectors (void)
{
  /* RFC 4648, section 10, without padding, and the two letters that differ from base64. */
  static const struct
  {
    const char *bytes;
    const char *text;
  } vectors[] = {
    { "", "" },
    { "f", "Zg" },
    { "fo", "Zm8" },
    { "foo", "Zm9v" },
    { "foob", "Zm9vYg" },
    { "fooba", "Zm9vYmE" },
    { "foobar", "Zm9vYmFy" },
    { "\xfb\xff\xfe", "-__-" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      gsize size = strlen (vectors[i].bytes);
      g_autofree char *text = edge_base64url_encode ((const guint8 *) vectors[i].bytes, size);
      gsize back_size = 999;
      g_autofree guint8 *back = edge_base64url_decode (vectors[i].text, -1, &back_size);

      g_assert_cmpstr (text, ==, vectors[i].text);
      g_assert_nonnull (back);
      g_assert_cmpmem (back, back_size, vectors[i].bytes, size);
    }
}

static void
test_round_trip (void)
{
  guint8 bytes[300];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = g_test_rand_int_range (0, 256);

  for (gsize size = 0; size <= sizeof bytes; size++)
    {
      g_autofree char *text = edge_base64url_encode (bytes, size);
      gsize back_size = 0;
      g_autofree guint8 *back = edge_base64url_decode (text, -1, &back_size);
      guint8 fixed[sizeof bytes + 1] = { 0 };

      g_assert_cmpuint (strlen (text), ==, (size * 4 + 2) / 3);
      g_assert_cmpmem (back, back_size, bytes, size);

      fixed[size] = 0x5a;
      g_assert_true (edge_base64url_decode_fixed (text, -1, fixed, size));
      g_assert_cmpmem (fixed, size, bytes, size);
      g_assert_cmpuint (fixed[size], ==, 0x5a);
      if (size > 0)
        g_assert_false (edge_base64url_decode_fixed (text, -1, fixed, size - 1));
      g_assert_false (edge_base64url_decode_fixed (text, strlen (text), fixed, size + 1));
    }
}

static void
test_one_spelling (void)
{
  /* Of all texts of two and three letters exactly those with spare bits zero are read. */
  static const char letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  guint two = 0;
  guint three = 0;

  for (guint a = 0; a < 64; a++)
    for (guint b = 0; b < 64; b++)
      {
        char text[] = { letters[a], letters[b], 0, 0 };
        gsize size;
        g_autofree guint8 *bytes = edge_base64url_decode (text, 2, &size);

        two += bytes != NULL;
        for (guint c = 0; c < 64; c++)
          {
            g_autofree guint8 *longer = NULL;

            text[2] = letters[c];
            longer = edge_base64url_decode (text, 3, &size);
            three += longer != NULL;
          }
      }

  g_assert_cmpuint (two, ==, 256);
  g_assert_cmpuint (three, ==, 65536);
}

static void
test_refused (void)
{
  static const char *texts[] = {
    "A", "AAAAA", "Zg==", "Zm8=", "Zm 9v", "Zm9v\n", " Zm9v", "Zm+v", "Zm/v", "Zh", "Zm9",
    "Zm9vYmF\x80", "Z\xc3\xa9v", "Zm9.", "Zm9v=",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gsize size = 0;
      guint8 *bytes = edge_base64url_decode (texts[i], -1, &size);

      g_test_message ("%s", texts[i]);
      g_assert_null (bytes);
    }
}

static void
test_length (void)
{
  gsize size = 0;
  g_autofree guint8 *part = edge_base64url_decode ("Zm9vYmFy", 4, &size);
  g_autofree guint8 *nul = NULL;

  g_assert_cmpmem (part, size, "foo", 3);
  nul = edge_base64url_decode ("Zm9\0", 4, &size);
  g_assert_null (nul);
}

static void
test_is_key (void)
{
  guint8 key[32] = { 0xff, 1, 2, 3 };
  g_autofree char *text = edge_base64url_encode (key, sizeof key);
  g_autofree char *longer = g_strconcat (text, "A", NULL);

  g_assert_cmpuint (strlen (text), ==, EDGE_KEY_TEXT_LENGTH);
  g_assert_true (edge_base64url_is_key (text));
  g_assert_false (edge_base64url_is_key (NULL));
  g_assert_false (edge_base64url_is_key (""));
  g_assert_false (edge_base64url_is_key (longer));

  /* 43 letters hold 258 bits; the last two must be zero. */
  text[EDGE_KEY_TEXT_LENGTH - 1] = 'B';
  g_assert_false (edge_base64url_is_key (text));
  text[EDGE_KEY_TEXT_LENGTH - 1] = 'E';
  g_assert_true (edge_base64url_is_key (text));
  text[EDGE_KEY_TEXT_LENGTH - 1] = '\0';
  g_assert_false (edge_base64url_is_key (text));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base64/vectors", test_vectors);
  g_test_add_func ("/base64/round-trip", test_round_trip);
  g_test_add_func ("/base64/one-spelling", test_one_spelling);
  g_test_add_func ("/base64/refused", test_refused);
  g_test_add_func ("/base64/length", test_length);
  g_test_add_func ("/base64/is-key", test_is_key);

  return g_test_run ();
}
