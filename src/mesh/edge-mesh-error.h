/* edge-mesh-error.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EDGE_MESH_ERROR (edge_mesh_error_quark ())

/**
 * EdgeMeshError:
 * @EDGE_MESH_ERROR_NOT_LINKED: there is no verified link to the peer
 * @EDGE_MESH_ERROR_BUSY: too much waits to be sent to the peer already
 * @EDGE_MESH_ERROR_TOO_LARGE: the frame is over 64 KiB
 * @EDGE_MESH_ERROR_UNAVAILABLE: a GStreamer element that links need is missing
 */
typedef enum
{
  EDGE_MESH_ERROR_NOT_LINKED,
  EDGE_MESH_ERROR_BUSY,
  EDGE_MESH_ERROR_TOO_LARGE,
  EDGE_MESH_ERROR_UNAVAILABLE,
} EdgeMeshError;

GQuark edge_mesh_error_quark (void) G_GNUC_CONST;

G_END_DECLS
