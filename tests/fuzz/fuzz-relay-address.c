/* fuzz-relay-address.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-relay-address.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *typed = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autofree char *url = NULL;
  g_autofree char *token = NULL;
  g_autofree char *again = NULL;
  g_autofree char *no_token = NULL;

  /* What a person types is text; other bytes do not get here. */
  if (!g_utf8_validate (typed, -1, NULL) ||
      !edge_relay_address_read (typed, &url, &token, NULL))
    return 0;

  g_assert_true (g_str_has_prefix (url, "ws://") || g_str_has_prefix (url, "wss://"));
  g_assert_true (g_utf8_validate (url, -1, NULL));
  if (edge_relay_address_read (url, &again, &no_token, NULL))
    {
      g_assert_cmpstr (again, ==, url);
      g_assert_null (no_token);
    }
  return 0;
}
