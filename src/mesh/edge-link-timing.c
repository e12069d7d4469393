/* edge-link-timing.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-link-timing.h"

#define FIRST_BACKOFF     (G_USEC_PER_SEC / 2)
#define LONGEST_BACKOFF   (30 * G_USEC_PER_SEC)
/* While a relayed lane serves, a direct one is looked for at leisure. */
#define UPGRADE_BACKOFF   (5 * G_USEC_PER_SEC)
#define LONGEST_UPGRADE   (60 * G_USEC_PER_SEC)

static gint64
backoff (guint  failures,
         gint64 first,
         gint64 longest)
{
  gint64 base = first << MIN (failures, 10);

  base = MIN (base, longest);
  return base / 2 + (gint64) g_random_int_range (0, (gint32) MAX (base / 2, 1));
}

void
edge_link_timing_init (EdgeLinkTiming *self,
                       gint64          now)
{
  *self = (EdgeLinkTiming) {
    .down_since = now,
    .rated_at = now,
    .next_direct_at = now,
    .next_relayed_at = now + EDGE_LINK_DIRECT_LIMIT,
  };
}

void
edge_link_timing_up (EdgeLinkTiming *self,
                     gboolean        direct,
                     gint64          now)
{
  self->heard_at = now;
  self->rated_at = now;
  if (direct)
    self->failures = 0;
  else
    self->next_direct_at = now + backoff (self->failures, UPGRADE_BACKOFF, LONGEST_UPGRADE);
}

/**
 * edge_link_timing_lost:
 * @self: a link's timing
 * @now: monotonic time in microseconds
 *
 * The live lane died: the next try is now.
 */
void
edge_link_timing_lost (EdgeLinkTiming *self,
                       gint64          now)
{
  self->down_since = now;
  self->failures = 0;
  self->next_direct_at = now;
  self->next_relayed_at = now + EDGE_LINK_DIRECT_LIMIT;
}

/**
 * edge_link_timing_renewed:
 * @self: a link's timing
 * @now: monotonic time in microseconds
 *
 * The peer started anew: earlier failures say nothing.
 */
void
edge_link_timing_renewed (EdgeLinkTiming *self,
                          gint64          now)
{
  self->failures = 0;
  self->next_direct_at = now + FIRST_BACKOFF;
  self->next_relayed_at = now + EDGE_LINK_DIRECT_LIMIT;
}

/**
 * edge_link_timing_asked:
 * @self: a link's timing
 * @now: monotonic time in microseconds
 *
 * The other side was asked for an offer; it is asked again later.
 */
void
edge_link_timing_asked (EdgeLinkTiming *self,
                        gint64          now)
{
  self->next_direct_at = now + G_USEC_PER_SEC + backoff (self->failures, FIRST_BACKOFF, LONGEST_BACKOFF);
  self->failures++;
}

void
edge_link_timing_direct_began (EdgeLinkTiming *self,
                               gint64          now)
{
  self->direct_until = now + EDGE_LINK_DIRECT_LIMIT;
}

void
edge_link_timing_direct_failed (EdgeLinkTiming *self,
                                gboolean        up,
                                gint64          now)
{
  self->next_direct_at = now + (up ? backoff (self->failures, UPGRADE_BACKOFF, LONGEST_UPGRADE)
                                   : backoff (self->failures, FIRST_BACKOFF, LONGEST_BACKOFF));
  self->failures++;
  if (!up)
    self->next_relayed_at = MIN (self->next_relayed_at, now);
}

void
edge_link_timing_relayed_began (EdgeLinkTiming *self,
                                gint64          now)
{
  self->relayed_until = now + EDGE_LINK_RELAYED_LIMIT;
}

void
edge_link_timing_relayed_failed (EdgeLinkTiming *self,
                                 gint64          now)
{
  self->next_relayed_at = now + backoff (self->failures, 2 * G_USEC_PER_SEC, LONGEST_BACKOFF);
}
