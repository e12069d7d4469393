/* edge-run-events.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

G_BEGIN_DECLS

#define EDGE_TYPE_RUN_EVENTS (edge_run_events_get_type ())

G_DECLARE_FINAL_TYPE (EdgeRunEvents, edge_run_events, EDGE, RUN_EVENTS, GObject)

EdgeRunEvents *edge_run_events_new   (EdgeNode      *node,
                                      gboolean       json,
                                      gint64         started_at) G_GNUC_WARN_UNUSED_RESULT;

void           edge_run_events_ready (EdgeRunEvents *self,
                                      const char    *state);

G_END_DECLS
