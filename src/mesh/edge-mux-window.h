/* edge-mux-window.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EdgeMuxWindow:
 * @size: bytes that may be under way
 * @limited: whether the sender had to wait for it since the last acknowledgement
 * @least_delay: the shortest time to an acknowledgement, in microseconds; 0 before the first
 */
typedef struct
{
  gsize    size;
  gboolean limited;
  gint64   least_delay;
} EdgeMuxWindow;

void edge_mux_window_init         (EdgeMuxWindow *self);
void edge_mux_window_acknowledged (EdgeMuxWindow *self,
                                   gint64         delay);

G_END_DECLS
