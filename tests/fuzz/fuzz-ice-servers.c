/* fuzz-ice-servers.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-ice-servers.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_auto(GStrv) uris = edge_ice_servers_from_json ((const char *) data, size);

  g_assert_cmpuint (g_strv_length (uris), <=, EDGE_ICE_SERVERS_MAX);
  for (guint i = 0; uris[i] != NULL; i++)
    {
      g_assert_true (g_str_is_ascii (uris[i]));
      g_assert_true (g_str_has_prefix (uris[i], "stun://") ||
                     g_str_has_prefix (uris[i], "turn://") ||
                     g_str_has_prefix (uris[i], "turns://"));
    }
  return 0;
}
