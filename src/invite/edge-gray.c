/* edge-gray.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-gray.h"

#include <string.h>

/* Of a hundred pixels so many may be burnt out on either side when contrast is stretched. */
#define CLIP_PERCENT 1

/* How far sharpening goes: twice the difference to the surroundings. */
#define SHARPEN 2

static EdgeGray *
allocate (guint width,
          guint height)
{
  EdgeGray *self = g_new0 (EdgeGray, 1);

  self->width = width;
  self->height = height;
  self->pixels = g_malloc ((gsize) width * height);
  return self;
}

/**
 * edge_gray_new:
 * @pixels: rows of grey pixels
 * @width: pixels of a row
 * @height: rows
 * @stride: bytes from one row to the next
 *
 * Returns: (transfer full): a copy
 */
EdgeGray *
edge_gray_new (const guint8 *pixels,
               guint         width,
               guint         height,
               gsize         stride)
{
  EdgeGray *self = allocate (width, height);

  for (guint y = 0; y < height; y++)
    memcpy (self->pixels + (gsize) y * width, pixels + y * stride, width);
  return self;
}

/**
 * edge_gray_free:
 * @self: (transfer full): a picture
 *
 * Frees it.
 */
void
edge_gray_free (EdgeGray *self)
{
  g_free (self->pixels);
  g_free (self);
}

/**
 * edge_gray_halve:
 * @self: a picture of at least two pixels on a side
 *
 * Returns: (transfer full): it at half its size, each pixel the mean of four
 */
EdgeGray *
edge_gray_halve (const EdgeGray *self)
{
  EdgeGray *half = allocate (self->width / 2, self->height / 2);

  for (guint y = 0; y < half->height; y++)
    {
      const guint8 *upper = self->pixels + (gsize) 2 * y * self->width;
      const guint8 *lower = upper + self->width;
      guint8 *out = half->pixels + (gsize) y * half->width;

      for (guint x = 0; x < half->width; x++)
        out[x] = (guint8) ((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
    }
  return half;
}

/**
 * edge_gray_double:
 * @self: a picture
 *
 * Returns: (transfer full): it at twice its size, interpolated
 */
EdgeGray *
edge_gray_double (const EdgeGray *self)
{
  EdgeGray *twice = allocate (self->width * 2, self->height * 2);

  for (guint y = 0; y < twice->height; y++)
    {
      guint y0 = y / 2;
      guint y1 = y % 2 == 0 ? y0 - (y0 > 0) : MIN (y0 + 1, self->height - 1);
      const guint8 *near = self->pixels + (gsize) y0 * self->width;
      const guint8 *far = self->pixels + (gsize) y1 * self->width;
      guint8 *out = twice->pixels + (gsize) y * twice->width;

      for (guint x = 0; x < twice->width; x++)
        {
          guint x0 = x / 2;
          guint x1 = x % 2 == 0 ? x0 - (x0 > 0) : MIN (x0 + 1, self->width - 1);

          out[x] = (guint8) ((9 * near[x0] + 3 * near[x1] + 3 * far[x0] + far[x1] + 8) / 16);
        }
    }
  return twice;
}

/* Sums of all pixels above and left of each, so that the mean of any window
 * takes four look-ups. 32 bits are enough: sums wrap, their differences do not. */
static guint32 *
integrate (const EdgeGray *self)
{
  gsize stride = (gsize) self->width + 1;
  guint32 *sums = g_new0 (guint32, stride * (self->height + 1));

  for (guint y = 0; y < self->height; y++)
    {
      const guint8 *row = self->pixels + (gsize) y * self->width;
      guint32 run = 0;

      for (guint x = 0; x < self->width; x++)
        {
          run += row[x];
          sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + run;
        }
    }
  return sums;
}

static guint
mean_at (const EdgeGray *self,
         const guint32  *sums,
         guint           x,
         guint           y,
         guint           reach)
{
  gsize stride = (gsize) self->width + 1;
  guint left = x > reach ? x - reach : 0;
  guint top = y > reach ? y - reach : 0;
  guint right = MIN (x + reach + 1, self->width);
  guint bottom = MIN (y + reach + 1, self->height);
  guint32 sum = sums[bottom * stride + right] - sums[top * stride + right] -
                sums[bottom * stride + left] + sums[top * stride + left];

  return sum / ((right - left) * (bottom - top));
}

/**
 * edge_gray_threshold:
 * @self: a picture
 * @window: side of the surroundings, in pixels
 *
 * Returns: (transfer full): black where a pixel is darker than its
 *   surroundings, else white; evens out shadow and glare
 */
EdgeGray *
edge_gray_threshold (const EdgeGray *self,
                     guint           window)
{
  EdgeGray *out = allocate (self->width, self->height);
  g_autofree guint32 *sums = integrate (self);

  for (guint y = 0; y < self->height; y++)
    {
      for (guint x = 0; x < self->width; x++)
        {
          gsize at = (gsize) y * self->width + x;

          out->pixels[at] = self->pixels[at] < mean_at (self, sums, x, y, window / 2) ? 0 : 255;
        }
    }
  return out;
}

/**
 * edge_gray_sharpen:
 * @self: a picture
 * @window: side of the surroundings, in pixels
 *
 * Returns: (transfer full): each pixel's difference to its surroundings made larger
 */
EdgeGray *
edge_gray_sharpen (const EdgeGray *self,
                   guint           window)
{
  EdgeGray *out = allocate (self->width, self->height);
  g_autofree guint32 *sums = integrate (self);

  for (guint y = 0; y < self->height; y++)
    {
      for (guint x = 0; x < self->width; x++)
        {
          gsize at = (gsize) y * self->width + x;
          int pixel = self->pixels[at];
          int mean = (int) mean_at (self, sums, x, y, window / 2);

          out->pixels[at] = (guint8) CLAMP (pixel + SHARPEN * (pixel - mean), 0, 255);
        }
    }
  return out;
}

/**
 * edge_gray_stretch:
 * @self: a picture
 *
 * Stretches its contrast to the full range.
 */
void
edge_gray_stretch (EdgeGray *self)
{
  gsize n = (gsize) self->width * self->height;
  gsize clip = n * CLIP_PERCENT / 100;
  gsize counts[256] = { 0 };
  guint8 table[256];
  gsize seen = 0;
  int low = 0;
  int high = 255;

  for (gsize i = 0; i < n; i++)
    counts[self->pixels[i]]++;

  while (low < 255 && (seen += counts[low]) <= clip)
    low++;
  seen = 0;
  while (high > low && (seen += counts[high]) <= clip)
    high--;
  if (high <= low)
    return;

  for (int i = 0; i < 256; i++)
    table[i] = (guint8) CLAMP ((i - low) * 255 / (high - low), 0, 255);
  for (gsize i = 0; i < n; i++)
    self->pixels[i] = table[self->pixels[i]];
}

/**
 * edge_gray_invert:
 * @self: a picture
 *
 * Turns light to dark and dark to light.
 */
void
edge_gray_invert (EdgeGray *self)
{
  gsize n = (gsize) self->width * self->height;

  for (gsize i = 0; i < n; i++)
    self->pixels[i] = (guint8) ~self->pixels[i];
}
