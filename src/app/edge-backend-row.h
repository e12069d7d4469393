/* edge-backend-row.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "signaling/edge-signaling.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_BACKEND_ROW (edge_backend_row_get_type ())

G_DECLARE_FINAL_TYPE (EdgeBackendRow, edge_backend_row, EDGE, BACKEND_ROW, AdwActionRow)

GtkWidget     *edge_backend_row_new         (EdgeSignaling  *backend) G_GNUC_WARN_UNUSED_RESULT;

EdgeSignaling *edge_backend_row_get_backend (EdgeBackendRow *self);
void           edge_backend_row_set_backend (EdgeBackendRow *self,
                                            EdgeSignaling  *backend);

G_END_DECLS
