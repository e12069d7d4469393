/* edge-uptime-claims.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-event-body.h"

G_BEGIN_DECLS

/** EDGE_UPTIME_CLAIMS_MARKS: Marks kept of one day. */
#define EDGE_UPTIME_CLAIMS_MARKS 64

/**
 * EdgeUptimeClaims:
 *
 * What witnesses signed of our last days and is not in the ledger yet.
 */
typedef struct _EdgeUptimeClaims EdgeUptimeClaims;

EdgeUptimeClaims *edge_uptime_claims_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void              edge_uptime_claims_free   (EdgeUptimeClaims *self);

void              edge_uptime_claims_add    (EdgeUptimeClaims *self,
                                             guint64           day,
                                             const EdgeMark   *mark);
gboolean          edge_uptime_claims_has    (EdgeUptimeClaims *self,
                                             guint64           day,
                                             const EdgeId     *witness);
void              edge_uptime_claims_forget (EdgeUptimeClaims *self,
                                             guint64           before);
guint             edge_uptime_claims_pair   (EdgeUptimeClaims *self,
                                             guint64           day,
                                             EdgeMark         *pair);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeUptimeClaims, edge_uptime_claims_free)

G_END_DECLS
