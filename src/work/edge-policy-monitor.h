/* edge-policy-monitor.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "work/edge-policy.h"

G_BEGIN_DECLS

#define EDGE_TYPE_POLICY_MONITOR (edge_policy_monitor_get_type ())

G_DECLARE_FINAL_TYPE (EdgePolicyMonitor, edge_policy_monitor, EDGE, POLICY_MONITOR, GObject)

EdgePolicyMonitor *edge_policy_monitor_new   (EdgePolicy        *policy) G_GNUC_WARN_UNUSED_RESULT;

void               edge_policy_monitor_start (EdgePolicyMonitor *self);
void               edge_policy_monitor_stop  (EdgePolicyMonitor *self);

G_END_DECLS
