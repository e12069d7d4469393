/* edge-ledger-import.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger.h"

G_BEGIN_DECLS

void              edge_ledger_import_async  (EdgeLedger           *self,
                                             const char           *path,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
EdgeIngestResult *edge_ledger_import_finish (EdgeLedger           *self,
                                             GAsyncResult         *result,
                                             GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
