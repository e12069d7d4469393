/* edge-clock.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_CLOCK_VARIABLE: Environment variable that gives a process another clock. */
#define EDGE_CLOCK_VARIABLE "EDGE_NET_CLOCK"

guint64 edge_clock_now  (void);
guint64 edge_clock_span (gint64 microseconds);
guint   edge_clock_find_scale (const char *variable);

G_END_DECLS
