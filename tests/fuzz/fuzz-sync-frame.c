/* fuzz-sync-frame.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-mux.h"
#include "mesh/edge-sync-frame.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* A frame about the ledger, and what is written again of its ranges. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(GBytes) payload = g_bytes_new (data, size);
  g_auto(EdgeSyncFrame) frame = { 0 };
  g_auto(EdgeSyncFrame) again = { 0 };
  g_autoptr(GBytes) written = NULL;

  if (!edge_sync_frame_read (&frame, payload, NULL))
    return 0;
  if (frame.events != NULL)
    g_assert_cmpuint (frame.events->len, <=, EDGE_SYNC_FRAME_MAX_EVENTS);
  if (frame.ranges == NULL)
    return 0;
  written = edge_sync_frame_write_ranges (frame.is_request, frame.count, frame.n, frame.ranges);
  if (g_bytes_get_size (written) > EDGE_MUX_MAX_FRAME)
    return 0;
  g_assert_true (edge_sync_frame_read (&again, written, NULL));
  g_assert_cmpint (again.is_request, ==, frame.is_request);
  g_assert_cmpuint (again.count, ==, frame.count);
  g_assert_cmpuint (again.n, ==, frame.n);
  g_assert_cmpstr (again.ranges, ==, frame.ranges);
  return 0;
}
