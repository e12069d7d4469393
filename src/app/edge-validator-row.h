/* edge-validator-row.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "node/edge-closer.h"

G_BEGIN_DECLS

#define EDGE_TYPE_VALIDATOR_ROW (edge_validator_row_get_type ())

G_DECLARE_FINAL_TYPE (EdgeValidatorRow, edge_validator_row, EDGE, VALIDATOR_ROW, AdwActionRow)

GtkWidget *edge_validator_row_new    (EdgeCloser    *validator);
void       edge_validator_row_update (EdgeValidatorRow *self,
                                      gint64            now);

G_END_DECLS
