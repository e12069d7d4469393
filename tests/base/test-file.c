/* test-file.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
assert_holds (const char *path,
              const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = edge_file_load (path, &error);
  gsize size;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  g_assert_cmpmem (data, size, expected, strlen (expected));
}

static void
test_plain (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp (NULL, &error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  path = g_build_filename (dir, "plain", NULL);
  g_assert_true (g_file_set_contents (path, "what is in it", -1, NULL));
  assert_holds (path, "what is in it");
  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  assert_holds (path, "");

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* As `ledger fold /dev/stdin` at the end of a pipe. */
static void
test_pipe (void)
{
  g_autofree char *path = NULL;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "through a pipe", 14), ==, 14);
  g_assert_cmpint (close (ends[1]), ==, 0);
  path = g_strdup_printf ("/dev/fd/%d", ends[0]);
  assert_holds (path, "through a pipe");
  g_assert_cmpint (close (ends[0]), ==, 0);
}

static void
test_none (void)
{
  static const char *const paths[] = { "/", "/nowhere/at/all" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = edge_file_load (paths[i], &error);

      g_assert_null (bytes);
      g_assert_nonnull (error);
      g_assert_true (error->domain == G_FILE_ERROR);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/file/plain", test_plain);
  g_test_add_func ("/base/file/pipe", test_pipe);
  g_test_add_func ("/base/file/none", test_none);
  return g_test_run ();
}
