/* edge-direct.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-mesh.h"

G_BEGIN_DECLS

#define EDGE_TYPE_DIRECT (edge_direct_get_type ())

G_DECLARE_FINAL_TYPE (EdgeDirect, edge_direct, EDGE, DIRECT, GObject)

EdgeDirect *edge_mesh_begin_direct     (EdgeMesh    *mesh,
                                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeDirect *edge_mesh_answer_direct    (EdgeMesh    *mesh,
                                        const char  *peer_id,
                                        const char  *sdp,
                                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;

const char *edge_direct_get_sdp        (EdgeDirect  *self);
GStrv       edge_direct_dup_candidates (EdgeDirect  *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean    edge_direct_take_answer    (EdgeDirect  *self,
                                        const char  *peer_id,
                                        const char  *sdp,
                                        GError     **error);
void        edge_direct_cancel         (EdgeDirect  *self);

G_END_DECLS
