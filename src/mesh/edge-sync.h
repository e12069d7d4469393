/* edge-sync.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger.h"
#include "mesh/edge-mesh.h"

G_BEGIN_DECLS

#define EDGE_TYPE_SYNC (edge_sync_get_type ())

G_DECLARE_FINAL_TYPE (EdgeSync, edge_sync, EDGE, SYNC, GObject)

EdgeSync *edge_sync_new                 (EdgeMesh   *mesh,
                                         EdgeLedger *ledger,
                                         const char *network_id) G_GNUC_WARN_UNUSED_RESULT;

guint     edge_sync_get_n_in_step       (EdgeSync   *self);
guint     edge_sync_get_n_linked        (EdgeSync   *self);
guint64   edge_sync_get_expected        (EdgeSync   *self);

G_END_DECLS
