/* test-words.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-words.h"

static void
check (const char *key,
       const char *expected)
{
  g_auto(GStrv) words = edge_words_for_key (key);
  g_autofree char *text = NULL;

  g_assert_nonnull (words);
  g_assert_cmpuint (g_strv_length (words), ==, EDGE_WORDS_COUNT);
  text = g_strjoinv (" ", words);
  g_assert_cmpstr (text, ==, expected);
}

/* Expected words were computed with Python's hashlib and the published list. */
static void
test_vectors (void)
{
  check ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
         "audit adjust thumb hospital outer fossil "
         "river excess maid coin wear fantasy");
  check ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
         "tunnel crew outer wish seminar front "
         "wrong across lake visit mother denial");
  check ("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
         "toilet filter finish forest couple enlist "
         "odor unique desert panic ritual ranch");
}

static void
test_not_a_key (void)
{
  g_assert_null (edge_words_for_key (NULL));
  g_assert_null (edge_words_for_key (""));
  g_assert_null (edge_words_for_key ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
  g_assert_null (edge_words_for_key ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/vectors", test_vectors);
  g_test_add_func ("/words/not-a-key", test_not_a_key);
  return g_test_run ();
}
