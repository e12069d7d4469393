/* edge-countdown-ring.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"

G_BEGIN_DECLS

#define EDGE_TYPE_COUNTDOWN_RING (edge_countdown_ring_get_type ())

G_DECLARE_FINAL_TYPE (EdgeCountdownRing, edge_countdown_ring, EDGE, COUNTDOWN_RING, EdgeDrawing)

GtkWidget *edge_countdown_ring_new      (void) G_GNUC_WARN_UNUSED_RESULT;

void       edge_countdown_ring_set_part (EdgeCountdownRing *self,
                                         double             part);

G_END_DECLS
