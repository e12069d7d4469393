/* edge-path-chip.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-peer.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EDGE_TYPE_PATH_CHIP (edge_path_chip_get_type ())

G_DECLARE_FINAL_TYPE (EdgePathChip, edge_path_chip, EDGE, PATH_CHIP, GtkWidget)

GtkWidget *edge_path_chip_new      (EdgePeer     *peer) G_GNUC_WARN_UNUSED_RESULT;

EdgePeer  *edge_path_chip_get_peer (EdgePathChip *self);
void       edge_path_chip_set_peer (EdgePathChip *self,
                                   EdgePeer     *peer);

G_END_DECLS
