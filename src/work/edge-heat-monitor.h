/* edge-heat-monitor.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_HEAT_MONITOR (edge_heat_monitor_get_type ())

G_DECLARE_FINAL_TYPE (EdgeHeatMonitor, edge_heat_monitor, EDGE, HEAT_MONITOR, GObject)

EdgeHeatMonitor *edge_heat_monitor_new             (const char      *sysfs) G_GNUC_WARN_UNUSED_RESULT;

double           edge_heat_monitor_get_temperature (EdgeHeatMonitor *self);
gboolean         edge_heat_monitor_get_too_hot     (EdgeHeatMonitor *self);
void             edge_heat_monitor_start           (EdgeHeatMonitor *self,
                                                    guint            interval_ms);
void             edge_heat_monitor_stop            (EdgeHeatMonitor *self);

G_END_DECLS
