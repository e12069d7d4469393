/* edge-network-report.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "node/edge-books.h"
#include "node/edge-network.h"

G_BEGIN_DECLS

JsonNode *edge_network_report      (const EdgeNetwork *network,
                                    EdgeLedger        *ledger,
                                    const EdgeId      *key,
                                    EdgeBooks         *books) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *edge_network_report_list (GPtrArray         *networks,
                                    const char        *chosen) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
