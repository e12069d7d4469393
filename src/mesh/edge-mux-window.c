/* edge-mux-window.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-mux-window.h"

#include "mesh/edge-mux.h"

/* Grows while bytes come back almost as fast as on an empty path, shrinks when
 * they queue, as TCP Vegas does (Brakmo and Peterson, 1995). What queues delays
 * control frames too: a few milliseconds keep both computers busy. */

#define STEP        (16 * 1024)
#define GROW_SLACK  2000
#define SHRINK_FROM 4000

void
edge_mux_window_init (EdgeMuxWindow *self)
{
  *self = (EdgeMuxWindow) { .size = EDGE_MUX_MIN_WINDOW };
}

/**
 * edge_mux_window_acknowledged:
 * @self: a window
 * @delay: microseconds from sending the newest acknowledged record to now
 */
void
edge_mux_window_acknowledged (EdgeMuxWindow *self,
                              gint64         delay)
{
  if (delay <= 0)
    return;
  if (self->least_delay == 0 || delay < self->least_delay)
    self->least_delay = delay;

  if (delay > 2 * self->least_delay + SHRINK_FROM)
    self->size = MAX (self->size - STEP, EDGE_MUX_MIN_WINDOW);
  else if (self->limited && delay < self->least_delay * 5 / 4 + GROW_SLACK)
    self->size = MIN (self->size + STEP, EDGE_MUX_MAX_WINDOW);
  self->limited = FALSE;
}
