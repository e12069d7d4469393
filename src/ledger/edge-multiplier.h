/* edge-multiplier.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_MULTIPLIER_ONE: A multiplier of 1, in micro. */
#define EDGE_MULTIPLIER_ONE G_GUINT64_CONSTANT (1000000)

#define EDGE_MULTIPLIER_N_CONSTANTS 32

guint64 edge_multiplier_constant (guint   index);
guint64 edge_multiplier          (guint64 cpu_ms,
                                  guint64 decay_cpu_hours,
                                  guint64 max_bonus);

G_END_DECLS
