/* edge-range-prefix.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-canon.h"
#include "ledger/edge-range-index.h"

G_BEGIN_DECLS

/* How an #EdgeRangePrefix is written in messages, and how two of them lie to each other. */

void     edge_range_prefix_write     (const EdgeRangePrefix *self,
                                      GString               *out);
gboolean edge_range_prefix_read      (EdgeRangePrefix       *self,
                                      const EdgeCanonNode   *node);
gint     edge_range_prefix_compare   (gconstpointer          a,
                                      gconstpointer          b);
gboolean edge_range_prefix_is_inside (const EdgeRangePrefix *inner,
                                      const EdgeRangePrefix *outer);

G_END_DECLS
