/* edge-mesh-error.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-mesh-error.h"

G_DEFINE_QUARK (edge-mesh-error, edge_mesh_error)
