/* edge-token-bucket.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-token-bucket.h"

#include <math.h>

/**
 * edge_token_bucket_init:
 * @self: a bucket
 * @capacity: tokens it holds at most; it starts full
 * @per_minute: tokens that flow in each minute
 * @now: monotonic time in microseconds
 */
void
edge_token_bucket_init (EdgeTokenBucket *self,
                        double           capacity,
                        double           per_minute,
                        gint64           now)
{
  *self = (EdgeTokenBucket) { capacity, per_minute, capacity, now };
}

/**
 * edge_token_bucket_take:
 * @self: a bucket
 * @tokens: how many to take
 * @now: monotonic time in microseconds
 *
 * Returns: whether there were enough; if not, none is taken
 */
gboolean
edge_token_bucket_take (EdgeTokenBucket *self,
                        double           tokens,
                        gint64           now)
{
  if (now > self->refilled_at)
    {
      double flowed = (now - self->refilled_at) * self->per_minute / (60.0 * G_USEC_PER_SEC);

      self->tokens = MIN (self->capacity, self->tokens + flowed);
      self->refilled_at = now;
    }

  if (self->tokens < tokens)
    return FALSE;

  self->tokens -= tokens;
  return TRUE;
}

/**
 * edge_token_bucket_wait:
 * @self: a bucket
 * @tokens: how many are wanted
 *
 * Returns: milliseconds until @tokens are there, as of the last take
 */
guint
edge_token_bucket_wait (EdgeTokenBucket *self,
                        double           tokens)
{
  double missing = tokens - self->tokens;

  if (missing <= 0 || self->per_minute <= 0)
    return 0;
  return (guint) ceil (missing * 60000.0 / self->per_minute);
}
