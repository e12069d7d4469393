/* edge-event-set.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-dag.h"

G_BEGIN_DECLS

/**
 * EdgeEventSet:
 *
 * Takes events in any order and puts them into a DAG as what they build upon
 * arrives. It keeps all that wait, so it is for files, not for what peers send.
 */
typedef struct _EdgeEventSet EdgeEventSet;

EdgeEventSet *edge_event_set_new        (EdgeDag       *dag) G_GNUC_WARN_UNUSED_RESULT;
void          edge_event_set_free       (EdgeEventSet  *self);
void          edge_event_set_add        (EdgeEventSet  *self,
                                         EdgeEvent     *event,
                                         GArray        *added);
const char   *edge_event_set_get_fault  (EdgeEventSet  *self,
                                         const EdgeId  *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeEventSet, edge_event_set_free)

G_END_DECLS
