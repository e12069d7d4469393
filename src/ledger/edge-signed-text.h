/* edge-signed-text.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-id.h"

G_BEGIN_DECLS

char *edge_signed_text_result (const EdgeId *net,
                               const EdgeId *escrow,
                               const EdgeId *result,
                               guint64       cpu_ms,
                               guint64       pay) G_GNUC_WARN_UNUSED_RESULT;
char *edge_signed_text_uptime (const EdgeId *net,
                               const EdgeId *author,
                               guint64       day,
                               guint32       mask) G_GNUC_WARN_UNUSED_RESULT;
void  edge_assign_hash        (const EdgeId *payer,
                               const EdgeId *worker,
                               const EdgeId *salt,
                               EdgeId       *hash);

G_END_DECLS
