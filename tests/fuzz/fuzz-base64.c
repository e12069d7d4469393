/* fuzz-base64.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-base64.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = edge_base64url_encode (data, size);
  gsize back_size = 0;
  g_autofree guint8 *back = edge_base64url_decode (text, -1, &back_size);
  g_autofree guint8 *bytes = NULL;

  g_assert_cmpmem (back, back_size, data, size);

  /* What is accepted has one spelling. */
  bytes = edge_base64url_decode ((const char *) data, size, &back_size);
  if (bytes != NULL)
    {
      g_autofree char *again = edge_base64url_encode (bytes, back_size);

      g_assert_cmpmem (again, strlen (again), data, size);
    }
  return 0;
}
