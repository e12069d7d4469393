/* edge-curve.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"

G_BEGIN_DECLS

#define EDGE_TYPE_CURVE (edge_curve_get_type ())

G_DECLARE_FINAL_TYPE (EdgeCurve, edge_curve, EDGE, CURVE, EdgeDrawing)

GtkWidget *edge_curve_new          (void) G_GNUC_WARN_UNUSED_RESULT;

void       edge_curve_set_figures  (EdgeCurve *self,
                                    double     multiplier,
                                    double     cpu_hours,
                                    guint64    decay_cpu_hours,
                                    guint64    max_bonus);

double     edge_curve_value        (double     cpu_hours,
                                    double     decay_cpu_hours,
                                    double     max_bonus);
double     edge_curve_span         (double     cpu_hours,
                                    double     decay_cpu_hours,
                                    guint      least_decays);
char      *edge_curve_format_hours (double     cpu_hours) G_GNUC_WARN_UNUSED_RESULT;
char      *edge_curve_format_value (double     multiplier) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
