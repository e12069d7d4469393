/* fuzz-signal-body.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "mesh/edge-sdp.h"
#include "mesh/edge-signal-body.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeSignalBody) body = edge_signal_body_parse (bytes, &error);

  g_assert_true ((body == NULL) == (error != NULL));
  if (body != NULL)
    {
      g_autoptr(GBytes) printed = edge_signal_body_print (body);
      g_autoptr(EdgeSignalBody) again = NULL;

      g_assert_true (body->sdp == NULL || strlen (body->sdp) <= EDGE_SDP_MAX_SIZE);
      g_assert_true (body->candidates == NULL || g_strv_length (body->candidates) <= EDGE_SIGNAL_MAX_CANDIDATES);
      again = edge_signal_body_parse (printed, NULL);
      /* Escapes may make what is printed longer than what came. */
      if (again != NULL)
        {
          g_assert_cmpuint (again->attempt, ==, body->attempt);
          g_assert_cmpstr (again->sdp, ==, body->sdp);
        }
    }
  return 0;
}
