/* edge-qr-render.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-render.h"

#include <string.h>

#define MAX_MODULE_SIZE 64

static guint
full_size (EdgeQrMatrix *matrix)
{
  return edge_qr_matrix_get_size (matrix) + 2 * EDGE_QR_QUIET_ZONE;
}

/**
 * edge_qr_render_svg:
 * @matrix: a code
 * @module_size: pixels of a module at its natural size
 *
 * Draws the code, quiet zone and white ground included. Runs of dark modules
 * are one rectangle each, so that no seam shows at any scale.
 *
 * Returns: (transfer full): an SVG document
 */
char *
edge_qr_render_svg (EdgeQrMatrix *matrix,
                    guint         module_size)
{
  GString *svg = g_string_new (NULL);
  int size = (int) edge_qr_matrix_get_size (matrix);
  guint full = full_size (matrix);

  module_size = CLAMP (module_size, 1, MAX_MODULE_SIZE);
  g_string_append_printf (svg,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
                          "viewBox=\"0 0 %u %u\" shape-rendering=\"crispEdges\">\n"
                          "<rect width=\"%u\" height=\"%u\" fill=\"#fff\"/>\n"
                          "<path fill=\"#000\" d=\"",
                          full * module_size, full * module_size, full, full, full, full);

  for (int y = 0; y < size; y++)
    {
      for (int x = 0; x < size; x++)
        {
          int start = x;

          while (edge_qr_matrix_is_dark (matrix, x, y))
            x++;
          if (x > start)
            g_string_append_printf (svg, "M%d %dh%dv1h-%dz", start + EDGE_QR_QUIET_ZONE,
                                    y + EDGE_QR_QUIET_ZONE, x - start, x - start);
        }
    }

  g_string_append (svg, "\"/>\n</svg>\n");
  return g_string_free_and_steal (svg);
}

/* ISO 3309, as PNG's annex D has it. */
static guint32
crc32_of (const guint8 *data,
          gsize         size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
    }
  return ~crc;
}

static void
put_u32 (GByteArray *out,
         guint32     value)
{
  value = GUINT32_TO_BE (value);
  g_byte_array_append (out, (const guint8 *) &value, sizeof value);
}

static void
put_chunk (GByteArray   *out,
           const char   *type,
           const guint8 *data,
           gsize         size)
{
  guint start;

  put_u32 (out, (guint32) size);
  start = out->len;
  g_byte_array_append (out, (const guint8 *) type, 4);
  g_byte_array_append (out, data, (guint) size);
  put_u32 (out, crc32_of (out->data + start, out->len - start));
}

static GBytes *
make_rows (EdgeQrMatrix *matrix,
           guint         module_size)
{
  guint side = full_size (matrix) * module_size;
  gsize row_size = 1 + (side + 7) / 8;
  g_autofree guint8 *row = g_malloc (row_size);
  GByteArray *rows = g_byte_array_sized_new ((guint) (row_size * side));

  for (guint y = 0; y < side; y++)
    {
      int module_y = (int) (y / module_size) - EDGE_QR_QUIET_ZONE;

      /* Filter 0, then a bit for each pixel, 1 is white. */
      memset (row, 0xff, row_size);
      row[0] = 0;
      for (guint x = 0; x < side; x++)
        {
          int module_x = (int) (x / module_size) - EDGE_QR_QUIET_ZONE;

          if (edge_qr_matrix_is_dark (matrix, module_x, module_y))
            row[1 + x / 8] &= (guint8) ~(0x80 >> x % 8);
        }
      g_byte_array_append (rows, row, (guint) row_size);
    }
  return g_byte_array_free_to_bytes (rows);
}

/**
 * edge_qr_render_png:
 * @matrix: a code
 * @module_size: pixels of a module
 *
 * Draws the code, quiet zone and white ground included, one bit a pixel.
 *
 * Returns: (transfer full): a PNG file
 */
GBytes *
edge_qr_render_png (EdgeQrMatrix *matrix,
                    guint         module_size)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 format[] = { 1, 0, 0, 0, 0 };
  g_autoptr(GByteArray) head = g_byte_array_new ();
  g_autoptr(GBytes) rows = NULL;
  g_autoptr(GBytes) packed = NULL;
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  GByteArray *png = g_byte_array_new ();
  guint side;

  module_size = CLAMP (module_size, 1, MAX_MODULE_SIZE);
  side = full_size (matrix) * module_size;
  rows = make_rows (matrix, module_size);
  packed = g_converter_convert_bytes (G_CONVERTER (compressor), rows, NULL);
  g_assert (packed != NULL);

  put_u32 (head, side);
  put_u32 (head, side);
  g_byte_array_append (head, format, sizeof format);

  g_byte_array_append (png, signature, sizeof signature);
  put_chunk (png, "IHDR", head->data, head->len);
  put_chunk (png, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  put_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}

/**
 * edge_qr_render_terminal:
 * @matrix: a code
 * @colors: whether the terminal understands colours; without them the light
 *   modules are drawn, for a terminal with a dark ground
 *
 * Draws two rows of modules in a line of half blocks.
 *
 * Returns: (transfer full): lines of UTF-8
 */
char *
edge_qr_render_terminal (EdgeQrMatrix *matrix,
                         gboolean      colors)
{
  /* Upper half light, lower half light: neither, lower, upper, both. */
  static const char *const blocks[] = { " ", "▄", "▀", "█" };
  GString *text = g_string_new (NULL);
  int size = (int) edge_qr_matrix_get_size (matrix);

  for (int y = -EDGE_QR_QUIET_ZONE; y < size + EDGE_QR_QUIET_ZONE; y += 2)
    {
      if (colors)
        g_string_append (text, "\033[38;2;255;255;255;48;2;0;0;0m");
      for (int x = -EDGE_QR_QUIET_ZONE; x < size + EDGE_QR_QUIET_ZONE; x++)
        {
          gboolean upper = !edge_qr_matrix_is_dark (matrix, x, y);
          gboolean lower = !edge_qr_matrix_is_dark (matrix, x, y + 1);

          g_string_append (text, blocks[(upper ? 2 : 0) + (lower ? 1 : 0)]);
        }
      g_string_append (text, colors ? "\033[0m\n" : "\n");
    }
  return g_string_free_and_steal (text);
}
