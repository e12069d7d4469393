/* test-qr-matrix.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-matrix.h"

#include <stdio.h>
#include <string.h>

#include "invite/edge-qr-render.h"
#include "invite/edge-qr-scan.h"

#define TEXT "edge-net:i/AQHk5wQeaZXvnjLtUWgXTZ0h2qkLmBbLhhPmJ3DYCPmNgg"

static void
test_finder (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (TEXT, &error);
  int size;

  g_assert_no_error (error);
  size = (int) edge_qr_matrix_get_size (matrix);
  g_assert_cmpint (size, ==, 17 + 4 * (int) edge_qr_matrix_get_version (matrix));

  /* Three finder patterns, and nothing outside. */
  g_assert_true (edge_qr_matrix_is_dark (matrix, 0, 0));
  g_assert_false (edge_qr_matrix_is_dark (matrix, 1, 1));
  g_assert_true (edge_qr_matrix_is_dark (matrix, 3, 3));
  g_assert_true (edge_qr_matrix_is_dark (matrix, size - 1, 0));
  g_assert_true (edge_qr_matrix_is_dark (matrix, 0, size - 1));
  g_assert_false (edge_qr_matrix_is_dark (matrix, -1, 0));
  g_assert_false (edge_qr_matrix_is_dark (matrix, 0, size));
}

/* The strongest level that costs no larger code: 17 bytes fill version 1 at L,
 * 7 bytes leave it room for H. */
static void
test_level (void)
{
  static const struct { const char *text; guint version; char level; } cases[] =
  {
    { "12345678901234567", 1, 'L' },
    { "12345678901234", 1, 'M' },
    { "1234567", 1, 'H' },
    { "123456789012345678", 2, 'Q' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (cases[i].text, NULL);

      g_assert_cmpuint (edge_qr_matrix_get_version (matrix), ==, cases[i].version);
      g_assert_cmpint (edge_qr_matrix_get_level (matrix), ==, cases[i].level);
    }
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (3000, 'x');
  g_autoptr(GError) error = NULL;

  g_assert_null (edge_qr_matrix_new (text, &error));
  g_assert_error (error, EDGE_QR_MATRIX_ERROR, EDGE_QR_MATRIX_ERROR_TOO_LONG);
  g_clear_error (&error);
  g_assert_null (edge_qr_matrix_new ("", &error));
  g_assert_error (error, EDGE_QR_MATRIX_ERROR, EDGE_QR_MATRIX_ERROR_TOO_LONG);
}

/* The blocks of the terminal, turned back into pixels, say what went in. */
static void
test_terminal (void)
{
  g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (TEXT, NULL);
  guint side = edge_qr_matrix_get_size (matrix) + 2 * EDGE_QR_QUIET_ZONE;
  guint scale = 4;
  g_autofree char *plain = edge_qr_render_terminal (matrix, FALSE);
  g_autofree char *colored = edge_qr_render_terminal (matrix, TRUE);
  g_auto(GStrv) lines = g_strsplit (plain, "\n", -1);
  g_autofree guint8 *pixels = g_malloc ((gsize) side * scale * (side + 1) * scale);
  g_autofree char *read = NULL;

  g_assert_cmpuint (g_strv_length (lines), ==, (side + 1) / 2 + 1);
  for (guint y = 0; y < side; y++)
    {
      const char *p = lines[y / 2];

      g_assert_cmpint (g_utf8_strlen (p, -1), ==, side);
      for (guint x = 0; x < side; x++, p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);
          gboolean light = c == 0x2588 || c == (y % 2 == 0 ? 0x2580 : 0x2584);

          for (guint i = 0; i < scale * scale; i++)
            pixels[((gsize) y * scale + i / scale) * side * scale + x * scale + i % scale] = light ? 255 : 0;
        }
    }

  read = edge_qr_scan (pixels, side * scale, side * scale, side * scale, EDGE_QR_EFFORT_PICTURE, 0);
  g_assert_cmpstr (read, ==, TEXT);
  g_assert_nonnull (strstr (colored, "\033[0m\n"));
}

/* The SVG's path is rectangles of whole modules: drawn by hand they give the code back. */
static void
test_svg (void)
{
  g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (TEXT, NULL);
  int size = (int) edge_qr_matrix_get_size (matrix);
  g_autofree char *svg = edge_qr_render_svg (matrix, 8);
  g_autofree char *expected = g_strdup_printf ("width=\"%d\"", (size + 8) * 8);
  g_autofree guint8 *drawn = g_malloc0 ((gsize) size * size);
  const char *p = strstr (svg, " d=\"");

  g_assert_nonnull (strstr (svg, expected));
  g_assert_nonnull (p);
  for (p += 4; *p == 'M';)
    {
      int x, y, width, back, used;

      g_assert_cmpint (sscanf (p, "M%d %dh%dv1h-%dz%n", &x, &y, &width, &back, &used), ==, 4);
      g_assert_cmpint (width, ==, back);
      for (int i = 0; i < width; i++)
        drawn[(y - EDGE_QR_QUIET_ZONE) * size + x - EDGE_QR_QUIET_ZONE + i] = 1;
      p += used;
    }
  g_assert_cmpint (*p, ==, '"');

  for (int y = 0; y < size; y++)
    {
      for (int x = 0; x < size; x++)
        g_assert_cmpint (drawn[y * size + x], ==, edge_qr_matrix_is_dark (matrix, x, y));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr-matrix/finder", test_finder);
  g_test_add_func ("/qr-matrix/level", test_level);
  g_test_add_func ("/qr-matrix/too-long", test_too_long);
  g_test_add_func ("/qr-matrix/terminal", test_terminal);
  g_test_add_func ("/qr-matrix/svg", test_svg);
  return g_test_run ();
}
