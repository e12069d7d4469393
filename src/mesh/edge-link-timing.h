/* edge-link-timing.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All in microseconds. */
#define EDGE_LINK_TICK          (G_USEC_PER_SEC / 2)
#define EDGE_LINK_STALE_AFTER   (2 * G_USEC_PER_SEC)
#define EDGE_LINK_STALE_SLACK   (G_USEC_PER_SEC)
#define EDGE_LINK_DEAD_AFTER    (4 * G_USEC_PER_SEC)
#define EDGE_LINK_OFFER_LOST    (G_USEC_PER_SEC / 2)
#define EDGE_LINK_DIRECT_LIMIT  (8 * G_USEC_PER_SEC)
#define EDGE_LINK_BY_HAND_LIMIT (10 * 60 * (gint64) G_USEC_PER_SEC)
#define EDGE_LINK_RELAYED_LIMIT (8 * G_USEC_PER_SEC)
#define EDGE_LINK_GIVE_UP_AFTER (30 * G_USEC_PER_SEC)

/**
 * EdgeLinkTiming:
 * @heard_at: when the live lane last brought anything
 * @pinged_at: when the last ping went out
 * @rated_at: when rates were last worked out
 * @down_since: when the link was last up, or began
 * @direct_until: when a direct lane on its way is given up
 * @relayed_until: when a relayed lane on its way is given up
 * @next_direct_at: when a direct lane is tried next
 * @next_relayed_at: when a relayed lane is tried next
 * @failures: direct lanes in a row that came to nothing
 *
 * When a link does what. Pure: time is passed in, but for the jitter nothing
 * is drawn.
 */
typedef struct
{
  gint64 heard_at;
  gint64 pinged_at;
  gint64 rated_at;
  gint64 down_since;
  gint64 direct_until;
  gint64 relayed_until;
  gint64 next_direct_at;
  gint64 next_relayed_at;
  guint  failures;
} EdgeLinkTiming;

void     edge_link_timing_init           (EdgeLinkTiming *self,
                                          gint64          now);
void     edge_link_timing_up             (EdgeLinkTiming *self,
                                          gboolean        direct,
                                          gint64          now);
void     edge_link_timing_lost           (EdgeLinkTiming *self,
                                          gint64          now);
void     edge_link_timing_renewed        (EdgeLinkTiming *self,
                                          gint64          now);
void     edge_link_timing_asked          (EdgeLinkTiming *self,
                                          gint64          now);
void     edge_link_timing_direct_began   (EdgeLinkTiming *self,
                                          gint64          now);
void     edge_link_timing_direct_failed  (EdgeLinkTiming *self,
                                          gboolean        up,
                                          gint64          now);
void     edge_link_timing_relayed_began  (EdgeLinkTiming *self,
                                          gint64          now);
void     edge_link_timing_relayed_failed (EdgeLinkTiming *self,
                                          gint64          now);

G_END_DECLS
