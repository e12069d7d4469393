/* edge-schedule-grid.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/edge-drawing.h"

G_BEGIN_DECLS

#define EDGE_TYPE_SCHEDULE_GRID (edge_schedule_grid_get_type ())

/** EDGE_SCHEDULE_HOURS: Hours of a week, the cells of the grid. */
#define EDGE_SCHEDULE_HOURS (7 * 24)

G_DECLARE_FINAL_TYPE (EdgeScheduleGrid, edge_schedule_grid, EDGE, SCHEDULE_GRID, EdgeDrawing)

const char *edge_schedule_grid_get_schedule (EdgeScheduleGrid *self);
void        edge_schedule_grid_set_schedule (EdgeScheduleGrid *self,
                                             const char       *schedule);

G_END_DECLS
