/* edge-state-read.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-canon.h"
#include "ledger/edge-state.h"

G_BEGIN_DECLS

EdgeAccount *edge_account_read  (const EdgeId         *key,
                                 const EdgeCanonNode  *node,
                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeEscrow  *edge_escrow_read   (const EdgeId         *id,
                                 const EdgeCanonNode  *node,
                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     edge_totals_read   (EdgeTotals           *self,
                                 const EdgeCanonNode  *node,
                                 GError              **error);
void         edge_totals_clear  (EdgeTotals           *self);

gboolean     edge_state_put_entry (EdgeState          *self,
                                   const char         *name,
                                   const char         *text,
                                   gsize               length,
                                   GError            **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeTotals, edge_totals_clear)

G_END_DECLS
