/* edge-plot.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"
#include "base/edge-time-series.h"

G_BEGIN_DECLS

#define EDGE_TYPE_PLOT (edge_plot_get_type ())

G_DECLARE_FINAL_TYPE (EdgePlot, edge_plot, EDGE, PLOT, EdgeDrawing)

GtkWidget      *edge_plot_new        (void) G_GNUC_WARN_UNUSED_RESULT;

EdgeTimeSeries *edge_plot_get_series (EdgePlot       *self);
void            edge_plot_set_series (EdgePlot       *self,
                                      EdgeTimeSeries *series);

double          edge_plot_round_top  (double          value);

G_END_DECLS
