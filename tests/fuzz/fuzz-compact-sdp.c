/* fuzz-compact-sdp.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-compact-sdp.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

/* What was unpacked can be packed again. */
static void
check (const guint8 *data,
       gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = NULL;
  g_autofree char *sdp = edge_compact_sdp_unpack (data, size, &error);

  g_assert_true ((sdp == NULL) == (error != NULL));
  if (sdp == NULL)
    return;

  packed = edge_compact_sdp_pack (sdp, NULL, EDGE_COMPACT_SDP_MAX_CANDIDATES, size + 256, NULL);
  g_assert_nonnull (packed);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) packed = NULL;

  check (data, size);

  packed = edge_compact_sdp_pack (text, NULL, 4, 300, &error);
  g_assert_true ((packed == NULL) == (error != NULL));
  if (packed != NULL)
    {
      g_autofree char *sdp = edge_compact_sdp_unpack (g_bytes_get_data (packed, NULL),
                                                      g_bytes_get_size (packed), NULL);

      g_assert_nonnull (sdp);
      g_assert_cmpuint (g_bytes_get_size (packed), <=, 300);
    }
  return 0;
}
