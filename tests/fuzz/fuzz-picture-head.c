/* fuzz-picture-head.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-picture-head.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  EdgePictureHead head;

  if (edge_picture_head_read (&head, data, size))
    {
      g_assert_cmpuint (head.width, >, 0);
      g_assert_cmpuint (head.height, >, 0);
    }
  return 0;
}
