/* edge-idle-monitor.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "work/edge-policy-facts.h"

G_BEGIN_DECLS

#define EDGE_TYPE_IDLE_MONITOR (edge_idle_monitor_get_type ())

G_DECLARE_FINAL_TYPE (EdgeIdleMonitor, edge_idle_monitor, EDGE, IDLE_MONITOR, GObject)

EdgeIdleMonitor *edge_idle_monitor_new            (GDBusConnection *session_bus,
                                                   guint            threshold_ms) G_GNUC_WARN_UNUSED_RESULT;

EdgeKnown        edge_idle_monitor_get_away       (EdgeIdleMonitor *self);
gint64           edge_idle_monitor_get_away_since (EdgeIdleMonitor *self);
void             edge_idle_monitor_start          (EdgeIdleMonitor *self);
void             edge_idle_monitor_stop           (EdgeIdleMonitor *self);

G_END_DECLS
