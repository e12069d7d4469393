/* test-qr-scan.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-qr-scan.h"

#include <math.h>
#include <string.h>

#include "invite/edge-qr-matrix.h"

/* As long as the link of an offer with four candidates. */
#define LINK_LENGTH 391

typedef struct
{
  guint   side;
  guint8 *pixels;
} Picture;

static char *link_text;

static void
picture_clear (Picture *self)
{
  g_clear_pointer (&self->pixels, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static guint8
sample (EdgeQrMatrix *matrix,
        double        x,
        double        y)
{
  return edge_qr_matrix_is_dark (matrix, (int) floor (x), (int) floor (y)) ? 0 : 255;
}

/* Draws the code turned by an angle, each pixel the mean of sixteen samples,
 * as a camera's would be. */
static void
draw (Picture *self,
      double   module_size,
      double   degrees,
      guint    margin)
{
  g_autoptr(EdgeQrMatrix) matrix = edge_qr_matrix_new (link_text, NULL);
  double size = edge_qr_matrix_get_size (matrix);
  double a = degrees * G_PI / 180;
  double spread = fabs (cos (a)) + fabs (sin (a));
  double centre;

  self->side = (guint) ceil ((size + 8) * module_size * spread) + 2 * margin;
  self->pixels = g_malloc ((gsize) self->side * self->side);
  centre = self->side / 2.0;

  for (guint y = 0; y < self->side; y++)
    {
      for (guint x = 0; x < self->side; x++)
        {
          guint sum = 0;

          for (guint i = 0; i < 16; i++)
            {
              double dx = (x + (i % 4 + .5) / 4 - centre) / module_size;
              double dy = (y + (i / 4 + .5) / 4 - centre) / module_size;

              sum += sample (matrix, dx * cos (a) + dy * sin (a) + size / 2,
                             dy * cos (a) - dx * sin (a) + size / 2);
            }
          self->pixels[(gsize) y * self->side + x] = (guint8) (sum / 16);
        }
    }
}

/* Three box blurs come close to a Gaussian one. */
static void
blur (Picture *self,
      int      reach)
{
  int side = (int) self->side;
  g_autofree guint8 *line = g_malloc (self->side);

  for (guint pass = 0; pass < 6; pass++)
    {
      gsize step = pass % 2 == 0 ? 1 : self->side;
      gsize next = pass % 2 == 0 ? self->side : 1;

      for (int row = 0; row < side; row++)
        {
          guint8 *start = self->pixels + row * next;

          for (int i = 0; i < side; i++)
            {
              int sum = 0;

              for (int j = i - reach; j <= i + reach; j++)
                sum += start[CLAMP (j, 0, side - 1) * step];
              line[i] = (guint8) (sum / (2 * reach + 1));
            }
          for (int i = 0; i < side; i++)
            start[i * step] = line[i];
        }
    }
}

static void
map_range (Picture *self,
           guint    low,
           guint    high)
{
  for (gsize i = 0; i < (gsize) self->side * self->side; i++)
    self->pixels[i] = (guint8) (low + self->pixels[i] * (high - low) / 255);
}

static void
shade (Picture *self)
{
  for (guint y = 0; y < self->side; y++)
    {
      for (guint x = 0; x < self->side; x++)
        {
          guint8 *pixel = self->pixels + (gsize) y * self->side + x;

          *pixel = (guint8) (*pixel * (self->side + 4 * x) / (self->side * 5));
        }
    }
}

static void
add_noise (Picture *self,
           int      strength)
{
  for (gsize i = 0; i < (gsize) self->side * self->side; i++)
    self->pixels[i] = (guint8) CLAMP (self->pixels[i] + g_test_rand_int_range (-strength, strength + 1), 0, 255);
}

static gboolean
is_read (const Picture *self)
{
  g_autofree char *text = edge_qr_scan (self->pixels, self->side, self->side, self->side,
                                        EDGE_QR_EFFORT_PICTURE, 0);

  g_assert_true (text == NULL || g_str_equal (text, link_text));
  return text != NULL;
}

static void
test_scales (void)
{
  static const double scales[] = { 1.5, 2, 2.7, 3, 4.3, 8, 20 };

  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_auto(Picture) picture = { 0 };

      draw (&picture, scales[i], 0, 0);
      g_test_message ("%g pixels a module, %u in all", scales[i], picture.side);
      g_assert_true (is_read (&picture));
    }
}

static void
test_rotated (void)
{
  for (int degrees = 0; degrees < 360; degrees += 29)
    {
      g_auto(Picture) picture = { 0 };

      draw (&picture, 4, degrees, 30);
      g_test_message ("%d degrees", degrees);
      g_assert_true (is_read (&picture));
    }
}

static void
test_blurred (void)
{
  for (int reach = 1; reach <= 2; reach++)
    {
      g_auto(Picture) picture = { 0 };

      draw (&picture, 7, 0, 20);
      blur (&picture, reach);
      g_test_message ("blurred over %d pixels, three times", 2 * reach + 1);
      g_assert_true (is_read (&picture));
    }
}

static void
test_dark_and_faint (void)
{
  static const struct { guint low, high; } ranges[] =
  {
    { 0, 60 }, { 0, 25 }, { 100, 140 }, { 120, 132 }, { 230, 250 }, { 20, 28 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_auto(Picture) picture = { 0 };

      draw (&picture, 5, 0, 10);
      map_range (&picture, ranges[i].low, ranges[i].high);
      g_test_message ("grey from %u to %u", ranges[i].low, ranges[i].high);
      g_assert_true (is_read (&picture));
    }
}

static void
test_inverted (void)
{
  g_auto(Picture) picture = { 0 };

  draw (&picture, 5, 0, 10);
  map_range (&picture, 255, 0);
  g_assert_true (is_read (&picture));
}

static void
test_shaded (void)
{
  g_auto(Picture) picture = { 0 };

  draw (&picture, 5, 10, 10);
  shade (&picture);
  g_assert_true (is_read (&picture));
}

static void
test_noisy (void)
{
  g_auto(Picture) picture = { 0 };

  draw (&picture, 5, 0, 10);
  map_range (&picture, 60, 190);
  add_noise (&picture, 40);
  g_assert_true (is_read (&picture));
}

static void
test_all_at_once (void)
{
  g_auto(Picture) picture = { 0 };

  draw (&picture, 6, 17, 40);
  blur (&picture, 1);
  map_range (&picture, 30, 90);
  add_noise (&picture, 4);
  g_assert_true (is_read (&picture));
}

/* A camera's frames, one way each, find a dark and a light code within a turn of all ways. */
static void
test_frames (void)
{
  static const struct { guint low, high; } ranges[] = { { 0, 255 }, { 20, 50 }, { 255, 0 }, { 50, 20 } };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_auto(Picture) picture = { 0 };
      g_autofree char *text = NULL;

      draw (&picture, 4, 0, 10);
      map_range (&picture, ranges[i].low, ranges[i].high);
      for (guint turn = 0; turn < 8 && text == NULL; turn++)
        text = edge_qr_scan (picture.pixels, picture.side, picture.side, picture.side,
                             EDGE_QR_EFFORT_FRAME, turn);
      g_assert_cmpstr (text, ==, link_text);
    }
}

static void
test_nothing (void)
{
  static const struct { guint width, height; } sizes[] =
  {
    { 0, 0 }, { 1, 1 }, { 20, 300 }, { 21, 21 }, { 22, 43 }, { 640, 1 }, { 321, 200 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gsize n = (gsize) sizes[i].width * sizes[i].height;
      g_autofree guint8 *pixels = g_malloc0 (n + 1);

      for (guint round = 0; round < 3; round++)
        {
          g_assert_null (edge_qr_scan (pixels, sizes[i].width, sizes[i].height, sizes[i].width,
                                       EDGE_QR_EFFORT_PICTURE, 0));
          for (gsize j = 0; j < n; j++)
            pixels[j] = round == 0 ? 255 : (guint8) g_test_rand_int ();
        }
    }
}

/* Rows may be padded; what is in the padding is not looked at. */
static void
test_stride (void)
{
  g_auto(Picture) picture = { 0 };
  g_autofree guint8 *padded = NULL;
  g_autofree char *text = NULL;
  gsize stride;

  draw (&picture, 3, 0, 0);
  stride = picture.side + 13;
  padded = g_malloc (stride * picture.side);
  for (guint y = 0; y < picture.side; y++)
    {
      memcpy (padded + y * stride, picture.pixels + (gsize) y * picture.side, picture.side);
      memset (padded + y * stride + picture.side, y % 2 == 0 ? 0 : 255, 13);
    }
  text = edge_qr_scan (padded, picture.side, picture.side, stride, EDGE_QR_EFFORT_PICTURE, 0);
  g_assert_cmpstr (text, ==, link_text);
}

int
main (int   argc,
      char *argv[])
{
  GString *text = g_string_new ("edge-net:i/");
  int status;

  g_test_init (&argc, &argv, NULL);

  while (text->len < LINK_LENGTH)
    g_string_append_c (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[text->len * 37 % 61]);
  link_text = g_string_free_and_steal (text);

  g_test_add_func ("/qr-scan/scales", test_scales);
  g_test_add_func ("/qr-scan/rotated", test_rotated);
  g_test_add_func ("/qr-scan/blurred", test_blurred);
  g_test_add_func ("/qr-scan/dark-and-faint", test_dark_and_faint);
  g_test_add_func ("/qr-scan/inverted", test_inverted);
  g_test_add_func ("/qr-scan/shaded", test_shaded);
  g_test_add_func ("/qr-scan/noisy", test_noisy);
  g_test_add_func ("/qr-scan/all-at-once", test_all_at_once);
  g_test_add_func ("/qr-scan/frames", test_frames);
  g_test_add_func ("/qr-scan/nothing", test_nothing);
  g_test_add_func ("/qr-scan/stride", test_stride);
  status = g_test_run ();
  g_free (link_text);
  return status;
}
