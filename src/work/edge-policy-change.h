/* edge-policy-change.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "work/edge-policy-decision.h"

G_BEGIN_DECLS

#define EDGE_TYPE_POLICY_CHANGE (edge_policy_change_get_type ())

G_DECLARE_FINAL_TYPE (EdgePolicyChange, edge_policy_change, EDGE, POLICY_CHANGE, GObject)

EdgePolicyChange *edge_policy_change_new        (gint64            time,
                                                 double            share,
                                                 EdgePolicyReason  reason,
                                                 const char       *text) G_GNUC_WARN_UNUSED_RESULT;

gint64            edge_policy_change_get_time   (EdgePolicyChange *self);
double            edge_policy_change_get_share  (EdgePolicyChange *self);
EdgePolicyReason  edge_policy_change_get_reason (EdgePolicyChange *self);
const char       *edge_policy_change_get_text   (EdgePolicyChange *self);

G_END_DECLS
