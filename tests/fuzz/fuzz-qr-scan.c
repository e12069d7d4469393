/* fuzz-qr-scan.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-scan.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* The first byte is the width in squares; each bit after it is a square of
 * three by three pixels. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  guint width, height;
  g_autofree guint8 *pixels = NULL;
  g_autofree char *text = NULL;

  if (size < 2 || data[0] == 0)
    return 0;
  width = data[0];
  height = (guint) MIN ((size - 1) * 8 / width, 255);
  pixels = g_malloc0 ((gsize) width * height * 9 + 1);

  for (guint y = 0; y < height * 3; y++)
    {
      for (guint x = 0; x < width * 3; x++)
        {
          gsize bit = (gsize) (y / 3) * width + x / 3;

          if ((data[1 + bit / 8] >> bit % 8 & 1) != 0)
            pixels[(gsize) y * width * 3 + x] = 255;
        }
    }

  text = edge_qr_scan (pixels, width * 3, height * 3, width * 3, EDGE_QR_EFFORT_FRAME, data[1]);
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  return 0;
}
