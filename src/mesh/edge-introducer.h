/* edge-introducer.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-mesh.h"

G_BEGIN_DECLS

#define EDGE_TYPE_INTRODUCER (edge_introducer_get_type ())

G_DECLARE_FINAL_TYPE (EdgeIntroducer, edge_introducer, EDGE, INTRODUCER, GObject)

EdgeIntroducer *edge_introducer_new   (EdgeMesh           *mesh,
                                       const char         *own_id) G_GNUC_WARN_UNUSED_RESULT;

void            edge_introducer_heard (EdgeIntroducer     *self,
                                       EdgePeer           *via,
                                       const char * const *ids);

G_END_DECLS
