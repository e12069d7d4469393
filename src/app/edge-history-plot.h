/* edge-history-plot.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"
#include "app/edge-history.h"

G_BEGIN_DECLS

#define EDGE_TYPE_HISTORY_PLOT (edge_history_plot_get_type ())

G_DECLARE_FINAL_TYPE (EdgeHistoryPlot, edge_history_plot, EDGE, HISTORY_PLOT, EdgeDrawing)

G_END_DECLS
