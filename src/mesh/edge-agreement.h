/* edge-agreement.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger.h"
#include "mesh/edge-mesh.h"

G_BEGIN_DECLS

/** EDGE_AGREEMENT_FAST_START: Final events from which on a newcomer takes over the state of a
 * checkpoint instead of all of them. */
#define EDGE_AGREEMENT_FAST_START 4096

#define EDGE_TYPE_AGREEMENT (edge_agreement_get_type ())

G_DECLARE_FINAL_TYPE (EdgeAgreement, edge_agreement, EDGE, AGREEMENT, GObject)

EdgeAgreement *edge_agreement_new          (EdgeMesh      *mesh,
                                            EdgeLedger    *ledger,
                                            EdgeIdentity  *identity,
                                            guint          time_scale) G_GNUC_WARN_UNUSED_RESULT;

guint64        edge_agreement_get_n_final  (EdgeAgreement *self);
gboolean       edge_agreement_get_signs    (EdgeAgreement *self);
void           edge_agreement_insist       (EdgeAgreement *self);
const char    *edge_agreement_get_conflict (EdgeAgreement *self);

G_END_DECLS
