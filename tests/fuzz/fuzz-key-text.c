/* fuzz-key-text.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-key-text.h"
#include "identity/edge-key-vault.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *text = g_strndup (data != NULL ? (const char *) data : "", size);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) vault = edge_key_text_read (text, &error);
  g_autoptr(GBytes) again = NULL;
  g_autofree char *written = NULL;

  g_assert_true ((vault == NULL) == (error != NULL));
  if (vault == NULL)
    return 0;

  g_assert_true (edge_key_text_is_one (text));
  edge_key_vault_check (vault, NULL);
  written = edge_key_text_write (vault);
  again = edge_key_text_read (written, NULL);
  g_assert_true (again != NULL && g_bytes_equal (vault, again));
  return 0;
}
