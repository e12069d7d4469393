/* edge-token-table.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_TOKEN_TABLE_MAX: Keys that are remembered, at most. */
#define EDGE_TOKEN_TABLE_MAX 1024

/**
 * EdgeTokenTable:
 *
 * An #EdgeTokenBucket for each of many keys. It outlives what the key stands for, so whoever
 * goes and comes back finds no fuller bucket than it left.
 */
typedef struct _EdgeTokenTable EdgeTokenTable;

EdgeTokenTable *edge_token_table_new      (double          capacity,
                                           double          per_minute) G_GNUC_WARN_UNUSED_RESULT;
void            edge_token_table_free     (EdgeTokenTable *self);
gboolean        edge_token_table_take     (EdgeTokenTable *self,
                                           const char     *key,
                                           double          tokens,
                                           gint64          now);
guint           edge_token_table_wait     (EdgeTokenTable *self,
                                           const char     *key,
                                           double          tokens);
guint           edge_token_table_get_size (EdgeTokenTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeTokenTable, edge_token_table_free)

G_END_DECLS
