/* edge-reason.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "work/edge-policy-decision.h"

G_BEGIN_DECLS

const char *edge_reason_describe  (EdgePolicyReason reason);
const char *edge_reason_icon_name (EdgePolicyReason reason);

G_END_DECLS
