/* edge-ledger-store.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event.h"

G_BEGIN_DECLS

/** EDGE_LEDGER_STORE_VERSION: Version of the tables this code writes. */
#define EDGE_LEDGER_STORE_VERSION 3

/**
 * EdgeLedgerStore:
 *
 * The file of one network: events as they came, final checkpoints with their
 * certificates, and validators' notes. All but edge_ledger_store_verify() is for
 * one thread.
 *
 * What a call stored is there after the process is killed, and after a power cut.
 */
typedef struct _EdgeLedgerStore EdgeLedgerStore;

/**
 * EdgeLedgerStoreFunc:
 * @number: an event's place, a checkpoint's number, or the order in which a note came
 * @text: what is stored
 * @length: its length in bytes
 * @user_data: what was given with it
 *
 * Returns: whether to go on
 */
typedef gboolean (*EdgeLedgerStoreFunc) (guint64     number,
                                         const char *text,
                                         gsize       length,
                                         gpointer    user_data);

EdgeLedgerStore *edge_ledger_store_open             (const char           *path,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         edge_ledger_store_close            (EdgeLedgerStore      *self,
                                                     GError              **error);
void             edge_ledger_store_free             (EdgeLedgerStore      *self);

gboolean         edge_ledger_store_was_clean        (EdgeLedgerStore      *self);
guint64          edge_ledger_store_count_events     (EdgeLedgerStore      *self);

gboolean         edge_ledger_store_set_text         (EdgeLedgerStore      *self,
                                                     const char           *name,
                                                     const char           *text,
                                                     GError              **error);
char            *edge_ledger_store_dup_text         (EdgeLedgerStore      *self,
                                                     const char           *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean         edge_ledger_store_add_events       (EdgeLedgerStore      *self,
                                                     GPtrArray            *events,
                                                     GError              **error);
gboolean         edge_ledger_store_put_events       (EdgeLedgerStore      *self,
                                                     GPtrArray            *events,
                                                     GError              **error);
gboolean         edge_ledger_store_load_events      (EdgeLedgerStore      *self,
                                                     EdgeLedgerStoreFunc   func,
                                                     gpointer              user_data,
                                                     GError              **error);
char            *edge_ledger_store_dup_event        (EdgeLedgerStore      *self,
                                                     guint64               place) G_GNUC_WARN_UNUSED_RESULT;

gboolean         edge_ledger_store_add_checkpoint   (EdgeLedgerStore      *self,
                                                     guint64               n,
                                                     const char           *checkpoint,
                                                     const char           *certificate,
                                                     GError              **error);
gboolean         edge_ledger_store_load_checkpoints (EdgeLedgerStore      *self,
                                                     EdgeLedgerStoreFunc   func,
                                                     gpointer              user_data,
                                                     GError              **error);
char            *edge_ledger_store_dup_certificate  (EdgeLedgerStore      *self,
                                                     guint64               n) G_GNUC_WARN_UNUSED_RESULT;

gboolean         edge_ledger_store_add_notes        (EdgeLedgerStore      *self,
                                                     guint64               n,
                                                     const char *const    *notes,
                                                     GError              **error);
gboolean         edge_ledger_store_load_notes       (EdgeLedgerStore      *self,
                                                     guint64               n,
                                                     EdgeLedgerStoreFunc   func,
                                                     gpointer              user_data,
                                                     GError              **error);
gboolean         edge_ledger_store_drop_notes       (EdgeLedgerStore      *self,
                                                     guint64               below,
                                                     GError              **error);

gboolean         edge_ledger_store_back_up          (EdgeLedgerStore      *self,
                                                     const char           *path,
                                                     GError              **error);
gboolean         edge_ledger_store_verify           (const char           *path,
                                                     GError              **error);
gboolean         edge_ledger_store_repair           (const char           *path,
                                                     guint64              *n_saved,
                                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeLedgerStore, edge_ledger_store_free)

G_END_DECLS
