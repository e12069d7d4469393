/* edge-battery-monitor.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "work/edge-policy-facts.h"

G_BEGIN_DECLS

#define EDGE_TYPE_BATTERY_MONITOR (edge_battery_monitor_get_type ())

G_DECLARE_FINAL_TYPE (EdgeBatteryMonitor, edge_battery_monitor, EDGE, BATTERY_MONITOR, GObject)

EdgeBatteryMonitor *edge_battery_monitor_new            (GDBusConnection    *system_bus,
                                                         const char         *sysfs) G_GNUC_WARN_UNUSED_RESULT;

EdgeKnown           edge_battery_monitor_get_on_battery (EdgeBatteryMonitor *self);
double              edge_battery_monitor_get_level      (EdgeBatteryMonitor *self);
void                edge_battery_monitor_start          (EdgeBatteryMonitor *self);
void                edge_battery_monitor_stop           (EdgeBatteryMonitor *self);

G_END_DECLS
