/* edge-uptime-frame.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "ledger/edge-event-body.h"

G_BEGIN_DECLS

#define EDGE_UPTIME_REQUEST "uptime_request"
#define EDGE_UPTIME_MARK    "uptime_mark"

JsonObject *edge_uptime_frame_request      (guint64         day) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *edge_uptime_frame_mark         (guint64         day,
                                            const EdgeMark *mark) G_GNUC_WARN_UNUSED_RESULT;

gboolean    edge_uptime_frame_read_request (JsonObject     *frame,
                                            guint64        *day,
                                            GError        **error);
gboolean    edge_uptime_frame_read_mark    (JsonObject     *frame,
                                            guint64        *day,
                                            EdgeMark       *mark,
                                            GError        **error);

G_END_DECLS
