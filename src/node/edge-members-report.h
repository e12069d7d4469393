/* edge-members-report.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "node/edge-members.h"

G_BEGIN_DECLS

JsonNode *edge_members_report (EdgeLedger  *ledger,
                               EdgeMembers *members,
                               gboolean     waiting) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
