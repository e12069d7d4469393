/* edge-time-series.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EDGE_TYPE_TIME_SERIES (edge_time_series_get_type ())

G_DECLARE_FINAL_TYPE (EdgeTimeSeries, edge_time_series, EDGE, TIME_SERIES, GObject)

EdgeTimeSeries *edge_time_series_new        (guint           capacity) G_GNUC_WARN_UNUSED_RESULT;

void            edge_time_series_append     (EdgeTimeSeries *self,
                                             gint64          time,
                                             double          value);
void            edge_time_series_append_gap (EdgeTimeSeries *self,
                                             gint64          time);
void            edge_time_series_clear      (EdgeTimeSeries *self);

guint           edge_time_series_get_length (EdgeTimeSeries *self);
gint64          edge_time_series_get_time   (EdgeTimeSeries *self,
                                             guint           index);
double          edge_time_series_get_value  (EdgeTimeSeries *self,
                                             guint           index);
double          edge_time_series_get_median (EdgeTimeSeries *self);

G_END_DECLS
