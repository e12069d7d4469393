/* edge-token-bucket.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EdgeTokenBucket:
 *
 * Limits a rate: @capacity at once, refilled evenly over a minute. Time is
 * passed in, so it needs no clock of its own.
 */
typedef struct
{
  double capacity;
  double per_minute;
  double tokens;
  gint64 refilled_at;
} EdgeTokenBucket;

void     edge_token_bucket_init (EdgeTokenBucket *self,
                                 double           capacity,
                                 double           per_minute,
                                 gint64           now);
gboolean edge_token_bucket_take (EdgeTokenBucket *self,
                                 double           tokens,
                                 gint64           now);
guint    edge_token_bucket_wait (EdgeTokenBucket *self,
                                 double           tokens);

G_END_DECLS
