/* edge-ledger-store-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "ledger/edge-ledger-store.h"

G_BEGIN_DECLS

struct _EdgeLedgerStore
{
  sqlite3      *db;
  sqlite3      *reader;
  sqlite3      *pinned;
  gint64        pinned_at;
  sqlite3_stmt *insert_event;
  sqlite3_stmt *find_event;
  char         *path;
  gboolean      was_clean;
};

gboolean _edge_db_fail        (sqlite3     *db,
                               GError     **error,
                               const char  *what);
gboolean _edge_db_run         (sqlite3     *db,
                               const char  *sql,
                               GError     **error);
void     _edge_db_undo        (sqlite3     *db);
GArray  *_edge_db_read_path   (sqlite3_stmt *statement,
                               int          column);
gint64   _edge_db_read_number (sqlite3     *db,
                               const char  *sql);

G_END_DECLS
