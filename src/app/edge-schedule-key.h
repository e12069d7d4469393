/* edge-schedule-key.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"

G_BEGIN_DECLS

#define EDGE_TYPE_SCHEDULE_KEY (edge_schedule_key_get_type ())

/** EDGE_SCHEDULE_LEVELS: What an hour may be set to: not at all, as set, up to half. */
#define EDGE_SCHEDULE_LEVELS 3

G_DECLARE_FINAL_TYPE (EdgeScheduleKey, edge_schedule_key, EDGE, SCHEDULE_KEY, EdgeDrawing)

void edge_schedule_key_paint (EdgeDrawing           *drawing,
                              GtkSnapshot           *snapshot,
                              const graphene_rect_t *bounds,
                              guint                  level);

G_END_DECLS
