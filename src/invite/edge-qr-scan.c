/* edge-qr-scan.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-scan.h"

#include <string.h>
#include <zbar.h>

#include "invite/edge-gray.h"

/* Text of a code at most: version 40 holds 2953 bytes, which may be escaped. */
#define MAX_TEXT 8192

/* Beyond this side, a code that fills a fair part of the picture is read at
 * half the size as well. */
#define LARGE_SIDE 1600
#define SMALL_SIDE 1000
#define TINY_SIDE  400
#define MIN_SIDE   21

enum
{
  WAY_STRETCHED,
  WAY_INVERTED,
  WAY_THRESHOLD,
  WAY_SHARPENED,
  WAY_HALVED,
  WAY_DOUBLED,
  WAY_QUADRUPLED,
  N_WAYS,
};

typedef struct
{
  zbar_image_scanner_t *scanner;
} Scanner;

static void
scanner_init (Scanner *self)
{
  self->scanner = zbar_image_scanner_create ();
  zbar_image_scanner_set_config (self->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (self->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
}

static void
scanner_clear (Scanner *self)
{
  g_clear_pointer (&self->scanner, zbar_image_scanner_destroy);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scanner, scanner_clear)

static char *
text_of (const zbar_symbol_t *symbol)
{
  const char *data = zbar_symbol_get_data (symbol);
  guint length = zbar_symbol_get_data_length (symbol);

  if (zbar_symbol_get_type (symbol) != ZBAR_QRCODE || data == NULL || length == 0 ||
      length > MAX_TEXT || memchr (data, '\0', length) != NULL ||
      !g_utf8_validate_len (data, length, NULL))
    return NULL;
  return g_strndup (data, length);
}

static char *
scan (Scanner        *self,
      const EdgeGray *gray)
{
  zbar_image_t *image = zbar_image_create ();
  const zbar_symbol_t *symbol;
  char *text = NULL;

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, gray->width, gray->height);
  zbar_image_set_data (image, gray->pixels, (unsigned long) gray->width * gray->height, NULL);

  if (zbar_scan_image (self->scanner, image) > 0)
    {
      for (symbol = zbar_image_first_symbol (image); symbol != NULL && text == NULL;
           symbol = zbar_symbol_next (symbol))
        text = text_of (symbol);
    }

  zbar_image_destroy (image);
  return text;
}

static guint
long_side (const EdgeGray *gray)
{
  return MAX (gray->width, gray->height);
}

/* The modules of an invitation's code that fills the picture. */
static guint
window_for (const EdgeGray *gray)
{
  return MAX (long_side (gray) / 16, 7) | 1;
}

static char *
scan_one_way (Scanner        *self,
              const EdgeGray *gray,
              guint           way)
{
  g_autoptr(EdgeGray) other = NULL;
  g_autoptr(EdgeGray) twice = NULL;

  switch (way)
    {
    case WAY_STRETCHED:
    case WAY_INVERTED:
      other = edge_gray_new (gray->pixels, gray->width, gray->height, gray->width);
      edge_gray_stretch (other);
      if (way == WAY_INVERTED)
        edge_gray_invert (other);
      break;
    case WAY_THRESHOLD:
      other = edge_gray_threshold (gray, window_for (gray));
      break;
    case WAY_SHARPENED:
      other = edge_gray_sharpen (gray, MAX (long_side (gray) / 64, 5) | 1);
      edge_gray_stretch (other);
      break;
    case WAY_HALVED:
      if (MIN (gray->width, gray->height) < 2 * MIN_SIDE)
        return NULL;
      other = edge_gray_halve (gray);
      edge_gray_stretch (other);
      break;
    case WAY_DOUBLED:
      if (long_side (gray) > SMALL_SIDE)
        return NULL;
      other = edge_gray_double (gray);
      edge_gray_stretch (other);
      break;
    case WAY_QUADRUPLED:
      if (long_side (gray) > TINY_SIDE)
        return NULL;
      twice = edge_gray_double (gray);
      other = edge_gray_double (twice);
      edge_gray_stretch (other);
      break;
    default:
      g_assert_not_reached ();
    }
  return scan (self, other);
}

static char *
scan_all_ways (Scanner        *self,
               const EdgeGray *gray)
{
  char *text = scan (self, gray);

  for (guint way = 0; way < N_WAYS && text == NULL; way++)
    text = scan_one_way (self, gray, way);
  return text;
}

static char *
scan_picture (Scanner  *self,
              EdgeGray *gray)
{
  g_autoptr(EdgeGray) work = NULL;
  g_autoptr(EdgeGray) light = NULL;
  char *text = NULL;

  /* A photograph is far larger than its code needs; all ways at a handy size
   * take less than one at full size, which is for a small code in a corner. */
  work = edge_gray_new (gray->pixels, gray->width, gray->height, gray->width);
  while (long_side (work) > LARGE_SIDE)
    {
      EdgeGray *half = edge_gray_halve (work);

      edge_gray_free (work);
      work = half;
    }

  text = scan_all_ways (self, work);
  if (text == NULL)
    {
      light = edge_gray_new (work->pixels, work->width, work->height, work->width);
      edge_gray_invert (light);
      text = scan_all_ways (self, light);
    }
  if (text == NULL && work->width != gray->width)
    text = scan_all_ways (self, gray);
  return text;
}

/**
 * edge_qr_scan:
 * @pixels: rows of grey pixels, one byte each
 * @width: pixels of a row
 * @height: rows
 * @stride: bytes from one row to the next
 * @effort: how hard to try
 * @turn: for %EDGE_QR_EFFORT_FRAME, the number of the frame: each tries one way more
 *
 * Looks for a QR code at any angle: as the picture is, with its contrast
 * stretched, inverted, evened out, sharpened, smaller and larger. Takes a few
 * milliseconds for a frame and up to seconds for a picture, so not in a main loop.
 *
 * Returns: (transfer full) (nullable): what the code says, valid UTF-8
 */
char *
edge_qr_scan (const guint8 *pixels,
              guint         width,
              guint         height,
              gsize         stride,
              EdgeQrEffort  effort,
              guint         turn)
{
  g_auto(Scanner) scanner = { 0 };
  g_autoptr(EdgeGray) gray = NULL;
  char *text;

  g_return_val_if_fail (pixels != NULL && stride >= width, NULL);

  if (MIN (width, height) < MIN_SIDE || MAX (width, height) > EDGE_QR_MAX_SIDE ||
      (gsize) width * height > EDGE_QR_MAX_PIXELS)
    return NULL;

  scanner_init (&scanner);
  gray = edge_gray_new (pixels, width, height, stride);
  if (effort == EDGE_QR_EFFORT_PICTURE)
    return scan_picture (&scanner, gray);

  text = scan (&scanner, gray);
  return text != NULL ? text : scan_one_way (&scanner, gray, turn % N_WAYS);
}
