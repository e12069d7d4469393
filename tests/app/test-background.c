/* test-background.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-background.h"

static void
test_status_is_one_short_line (void)
{
  g_autofree char *kept = edge_background_shorten_status ("Paused: on battery");
  g_autofree char *joined = edge_background_shorten_status ("Ready\nto\tgive");
  g_autofree char *empty = edge_background_shorten_status ("");

  g_assert_cmpstr (kept, ==, "Paused: on battery");
  g_assert_cmpstr (joined, ==, "Ready to give");
  g_assert_cmpstr (empty, ==, "");
}

/* Characters, not bytes: the portal counts those. */
static void
test_status_is_cut_by_characters (void)
{
  for (guint length = EDGE_BACKGROUND_MAX_STATUS - 1; length < EDGE_BACKGROUND_MAX_STATUS + 2; length++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *status = NULL;

      for (guint i = 0; i < length; i++)
        g_string_append (text, "ü");
      status = edge_background_shorten_status (text->str);
      g_assert_true (g_utf8_validate (status, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (status, -1), ==, MIN (length, EDGE_BACKGROUND_MAX_STATUS));
      g_assert_cmpint (g_str_has_suffix (status, "…"), ==, length > EDGE_BACKGROUND_MAX_STATUS);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/background/status/one-short-line", test_status_is_one_short_line);
  g_test_add_func ("/background/status/cut-by-characters", test_status_is_cut_by_characters);

  return g_test_run ();
}
