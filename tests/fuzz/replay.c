/* replay.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* Stands in for libFuzzer in ordinary builds: feeds each file of the corpus
 * folders to the target once, cut at every length for short ones. */
int
main (int    argc,
      char **argv)
{
  guint n = 0;

  for (int i = 1; i < argc; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GDir) dir = g_dir_open (argv[i], 0, &error);
      const char *name;

      g_assert_no_error (error);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (argv[i], name, NULL);
          g_autofree char *data = NULL;
          gsize size;

          if (!g_file_get_contents (path, &data, &size, &error))
            g_error ("%s", error->message);
          for (gsize cut = size > 4096 ? size : 0; cut <= size; cut++)
            {
              /* An allocation of the exact size lets ASan see a read past the end. */
              g_autofree guint8 *exact = g_memdup2 (data, cut);

              LLVMFuzzerTestOneInput (exact, cut);
              n++;
            }
        }
    }

  g_print ("%u inputs\n", n);
  return n > 0 ? 0 : 1;
}
