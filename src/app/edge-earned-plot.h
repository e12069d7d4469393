/* edge-earned-plot.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"
#include "app/edge-earned-history.h"

G_BEGIN_DECLS

#define EDGE_TYPE_EARNED_PLOT (edge_earned_plot_get_type ())

G_DECLARE_FINAL_TYPE (EdgeEarnedPlot, edge_earned_plot, EDGE, EARNED_PLOT, EdgeDrawing)

GtkWidget *edge_earned_plot_new       (void) G_GNUC_WARN_UNUSED_RESULT;

void       edge_earned_plot_set_slots (EdgeEarnedPlot *self,
                                       EdgeEarnedSpan  span,
                                       GArray         *slots);

G_END_DECLS
