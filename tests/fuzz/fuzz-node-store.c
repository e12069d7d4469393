/* fuzz-node-store.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/edge-base64.h"
#include "node/edge-node-store.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            size_t        size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(EdgeNodeStore) store = edge_node_store_new ();
  g_autoptr(GError) error = NULL;
  gboolean read = edge_node_store_parse (store, (const char *) data, size, &error);
  GHashTableIter iter;
  gpointer id;

  g_assert_true (read == (error == NULL));
  if (!read)
    g_assert_true (store->name == NULL && store->network == NULL);
  g_assert_true (store->name == NULL || strlen (store->name) <= 64);
  g_assert_cmpuint (g_hash_table_size (store->blocked), <=, EDGE_NODE_STORE_MAX_BLOCKED);
  g_hash_table_iter_init (&iter, store->blocked);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (edge_base64url_is_key (id));
  g_assert_cmpuint (g_hash_table_size (store->declined), <=, EDGE_NODE_STORE_MAX_DECLINED);
  g_hash_table_iter_init (&iter, store->declined);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_cmpuint (strlen (id), ==, 87);
  return 0;
}
