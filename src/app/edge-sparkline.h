/* edge-sparkline.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"
#include "base/edge-time-series.h"

G_BEGIN_DECLS

#define EDGE_TYPE_SPARKLINE (edge_sparkline_get_type ())

G_DECLARE_FINAL_TYPE (EdgeSparkline, edge_sparkline, EDGE, SPARKLINE, EdgeDrawing)

GtkWidget      *edge_sparkline_new         (void) G_GNUC_WARN_UNUSED_RESULT;

EdgeTimeSeries *edge_sparkline_get_series  (EdgeSparkline  *self);
void            edge_sparkline_set_series  (EdgeSparkline  *self,
                                            EdgeTimeSeries *series);
double          edge_sparkline_get_latency (EdgeSparkline  *self);
void            edge_sparkline_set_latency (EdgeSparkline  *self,
                                            double          latency);

G_END_DECLS
