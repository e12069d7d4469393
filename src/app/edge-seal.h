/* edge-seal.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-seal-bits.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_SEAL (edge_seal_get_type ())

G_DECLARE_FINAL_TYPE (EdgeSeal, edge_seal, EDGE, SEAL, GtkWidget)

GtkWidget  *edge_seal_new      (const char         *key,
                                int                 size) G_GNUC_WARN_UNUSED_RESULT;

const char *edge_seal_get_key  (EdgeSeal           *self);
void        edge_seal_set_key  (EdgeSeal           *self,
                                const char         *key);
int         edge_seal_get_size (EdgeSeal           *self);
void        edge_seal_set_size (EdgeSeal           *self,
                                int                 size);

void        edge_seal_paint    (GtkSnapshot        *snapshot,
                                const EdgeSealBits *bits,
                                double              cx,
                                double              cy,
                                double              radius);

G_END_DECLS
