/* fuzz-relay-frame.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-frame.h"

#define MAX_PAYLOAD 65536

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree guint8 *copy = size > 0 ? g_memdup2 (data, size) : g_malloc (1);
  gsize at = 0;

  while (at < size)
    {
      EdgeRelayFrame frame;
      gsize consumed;

      if (edge_relay_frame_decode (copy + at, size - at, MAX_PAYLOAD, &frame, &consumed) !=
          EDGE_RELAY_FRAME_WHOLE)
        break;

      g_assert_cmpuint (consumed, >=, 6);
      g_assert_cmpuint (consumed, <=, size - at);
      g_assert_cmpuint (frame.length, <=, MAX_PAYLOAD);
      g_assert_true (frame.payload + frame.length == copy + at + consumed);
      at += consumed;
    }
  return 0;
}
