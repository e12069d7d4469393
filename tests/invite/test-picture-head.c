/* test-picture-head.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-picture-head.h"

#include <string.h>

static void
test_png (void)
{
  const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                         0, 0, 1, 2, 0, 0, 3, 4, 8, 6, 0, 0, 0 };
  EdgePictureHead head;

  g_assert_true (edge_picture_head_read (&head, png, sizeof png));
  g_assert_cmpint (head.format, ==, EDGE_PICTURE_PNG);
  g_assert_cmpuint (head.width, ==, 258);
  g_assert_cmpuint (head.height, ==, 772);
  g_assert_true (head.may_be_clear);
  for (gsize cut = 0; cut < sizeof png; cut++)
    g_assert_false (edge_picture_head_read (&head, png, cut));
}

static void
test_jpeg (void)
{
  const guint8 jpeg[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 17, 8, 1, 2, 3, 4, 3 };
  EdgePictureHead head;

  g_assert_true (edge_picture_head_read (&head, jpeg, sizeof jpeg));
  g_assert_cmpint (head.format, ==, EDGE_PICTURE_JPEG);
  g_assert_cmpuint (head.height, ==, 258);
  g_assert_cmpuint (head.width, ==, 772);
  g_assert_false (head.may_be_clear);
  for (gsize cut = 0; cut < sizeof jpeg - 1; cut++)
    g_assert_false (edge_picture_head_read (&head, jpeg, cut));
}

static void
test_webp (void)
{
  guint8 webp[30] = { 'R', 'I', 'F', 'F', 0, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8', 'X',
                      10, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 3, 3, 0 };
  EdgePictureHead head;

  g_assert_true (edge_picture_head_read (&head, webp, sizeof webp));
  g_assert_cmpuint (head.width, ==, 258);
  g_assert_cmpuint (head.height, ==, 772);

  /* Lossless: 0x2f, then 14 bits of each side less one. */
  webp[15] = 'L';
  webp[20] = 0x2f;
  webp[21] = 0x01;
  webp[22] = 0xc1;
  webp[23] = 0xc0;
  webp[24] = 0x00;
  g_assert_true (edge_picture_head_read (&head, webp, sizeof webp));
  g_assert_cmpuint (head.width, ==, 258);
  g_assert_cmpuint (head.height, ==, 772);

  webp[15] = 'Q';
  g_assert_false (edge_picture_head_read (&head, webp, sizeof webp));
}

static void
test_others (void)
{
  static const char *const texts[] = { "", "GIF89a..................................",
                                       "<svg xmlns='http://www.w3.org/2000/svg'/>     " };
  EdgePictureHead head;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (edge_picture_head_read (&head, (const guint8 *) texts[i], strlen (texts[i])));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-head/png", test_png);
  g_test_add_func ("/picture-head/jpeg", test_jpeg);
  g_test_add_func ("/picture-head/webp", test_webp);
  g_test_add_func ("/picture-head/others", test_others);
  return g_test_run ();
}
