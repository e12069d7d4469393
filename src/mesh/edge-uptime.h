/* edge-uptime.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger.h"
#include "mesh/edge-mesh.h"

G_BEGIN_DECLS

#define EDGE_TYPE_UPTIME (edge_uptime_get_type ())

G_DECLARE_FINAL_TYPE (EdgeUptime, edge_uptime, EDGE, UPTIME, GObject)

EdgeUptime *edge_uptime_new            (EdgeMesh     *mesh,
                                        EdgeLedger   *ledger,
                                        EdgeIdentity *identity,
                                        const char   *path) G_GNUC_WARN_UNUSED_RESULT;

guint       edge_uptime_get_hours      (EdgeUptime   *self);
guint       edge_uptime_get_waiting    (EdgeUptime   *self);

G_END_DECLS
