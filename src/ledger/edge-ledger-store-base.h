/* edge-ledger-store-base.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-dag.h"
#include "ledger/edge-fold.h"
#include "ledger/edge-ledger-store.h"

G_BEGIN_DECLS

/**
 * EdgeLedgerPage:
 * @n: the checkpoint's number
 * @checkpoint: its RFC 8785 form
 * @certificate: (nullable): the notes that make it final
 * @entries: (element-type utf8) (nullable): name, text, name, text, … of what it changed in
 *   the state; the text is empty where an entry is gone
 * @all_entries: whether these are all entries there are
 * @path: (nullable) (element-type EdgeId): the path of the entry `n` among them
 * @turns: (nullable) (element-type EdgeFoldTurn): what shows where others judge than before
 * @bones: (nullable) (element-type EdgeDagBone): its events, in order; of all checkpoints
 *   up to it if none were stored yet
 * @sets: (nullable) (element-type guint32): the checkpoint of each of @bones
 * @drop: (nullable) (element-type guint64): places of events whose text is not needed any more
 *
 * What is stored, all or nothing, when a checkpoint is closed.
 */
typedef struct
{
  guint64             n;
  const char         *checkpoint;
  const char         *certificate;
  GPtrArray          *entries;
  gboolean            all_entries;
  GArray             *path;
  GPtrArray          *turns;
  GArray             *bones;
  GArray             *sets;
  GArray             *drop;
} EdgeLedgerPage;

typedef gboolean (*EdgeLedgerStoreEntryFunc) (const char        *name,
                                              const char        *text,
                                              gsize              length,
                                              gpointer           user_data);
typedef gboolean (*EdgeLedgerStoreBoneFunc)  (const EdgeDagBone *bone,
                                              gpointer           user_data);
typedef gboolean (*EdgeLedgerStoreTurnFunc)  (EdgeFoldTurn      *turn,
                                              gpointer           user_data);

gboolean edge_ledger_store_add_page       (EdgeLedgerStore          *self,
                                           const EdgeLedgerPage     *page,
                                           GError                  **error);
gboolean edge_ledger_store_begin_base     (EdgeLedgerStore          *self,
                                           GError                  **error);
gboolean edge_ledger_store_end_base       (EdgeLedgerStore          *self,
                                           gboolean                  good,
                                           GError                  **error);
gboolean edge_ledger_store_put_page       (EdgeLedgerStore          *self,
                                           const EdgeLedgerPage     *page,
                                           GError                  **error);
gboolean edge_ledger_store_forget_base    (EdgeLedgerStore          *self,
                                           GError                  **error);

guint64  edge_ledger_store_count_bones    (EdgeLedgerStore          *self);
guint64  edge_ledger_store_get_entries_n  (EdgeLedgerStore          *self);
GArray  *edge_ledger_store_dup_path       (EdgeLedgerStore          *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean edge_ledger_store_load_entries   (EdgeLedgerStore          *self,
                                           EdgeLedgerStoreEntryFunc  func,
                                           gpointer                  user_data,
                                           GError                  **error);
gboolean edge_ledger_store_load_bones     (EdgeLedgerStore          *self,
                                           EdgeLedgerStoreBoneFunc   func,
                                           gpointer                  user_data,
                                           GError                  **error);
gboolean edge_ledger_store_load_turns     (EdgeLedgerStore          *self,
                                           EdgeLedgerStoreTurnFunc   func,
                                           gpointer                  user_data,
                                           GError                  **error);

guint64  edge_ledger_store_pin            (EdgeLedgerStore          *self,
                                           guint64                   n,
                                           gint64                    now);
EdgeFoldTurn *edge_ledger_store_dup_pinned_turn (EdgeLedgerStore     *self,
                                           guint64                   n) G_GNUC_WARN_UNUSED_RESULT;
gboolean edge_ledger_store_read_pinned    (EdgeLedgerStore          *self,
                                           const char               *after,
                                           gsize                     most,
                                           GPtrArray                *entries);

G_END_DECLS
