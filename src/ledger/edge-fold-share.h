/* edge-fold-share.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EdgeFoldShare:
 * @n_done: events folded again so far, of those that had to be
 * @owed_us: how long to do something else before the next slice
 *
 * Keeps folding again to a fifth of the time, whatever order events come in.
 */
typedef struct
{
  guint  n_done;
  gint64 owed_us;
} EdgeFoldShare;

guint edge_fold_share_spend (EdgeFoldShare *self,
                             gint64         spent_us,
                             guint          n_folded,
                             guint          n_again);

G_END_DECLS
