/* edge-file.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-file.h"

/**
 * edge_file_load:
 * @path: a file, or what gives bytes once as a pipe or `/dev/stdin` does
 * @error: return location for a #GError
 *
 * A plain file is mapped, so that one of some gigabytes costs no memory of
 * its own; all else is read to its end.
 *
 * Returns: (transfer full) (nullable): what is in it
 */
GBytes *
edge_file_load (const char  *path,
                GError     **error)
{
  g_autoptr(GMappedFile) file = NULL;
  char *text;
  gsize length;

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      file = g_mapped_file_new (path, FALSE, error);
      return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
    }
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  return g_bytes_new_take (text, length);
}
