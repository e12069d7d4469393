/* edge-ledger-report.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "node/edge-books.h"

G_BEGIN_DECLS

/** EDGE_LEDGER_REPORT_MAX: Events in one answer to `ledger list`. */
#define EDGE_LEDGER_REPORT_MAX 1000

JsonNode *edge_ledger_report_status   (EdgeLedger        *ledger,
                                       EdgeBooks         *books) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *edge_ledger_report_checkpoint
                                      (EdgeLedger        *ledger) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *edge_ledger_report_balance  (EdgeLedger        *ledger,
                                       const EdgeId      *key) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *edge_ledger_report_list     (EdgeLedger        *ledger,
                                       const EdgeId      *key,
                                       guint              skip,
                                       guint              most) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *edge_ledger_report_event    (EdgeLedger        *ledger,
                                       const char        *id,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *edge_ledger_report_ingest   (EdgeIngestResult  *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
