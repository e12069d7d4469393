/* edge-chip.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_CHIP (edge_chip_get_type ())

G_DECLARE_FINAL_TYPE (EdgeChip, edge_chip, EDGE, CHIP, GtkWidget)

GtkWidget  *edge_chip_new           (const char *label) G_GNUC_WARN_UNUSED_RESULT;

const char *edge_chip_get_label     (EdgeChip   *self);
void        edge_chip_set_label     (EdgeChip   *self,
                                     const char *label);
const char *edge_chip_get_icon_name (EdgeChip   *self);
void        edge_chip_set_icon_name (EdgeChip   *self,
                                     const char *icon_name);

G_END_DECLS
