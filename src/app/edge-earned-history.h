/* edge-earned-history.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EdgeEarnedSpan:
 * @EDGE_EARNED_BY_HOUR: a slot an hour, a day of them
 * @EDGE_EARNED_BY_DAY: a slot a day, three weeks of them
 * @EDGE_EARNED_BY_MONTH: a slot a month of the calendar, a year of them
 */
typedef enum
{
  EDGE_EARNED_BY_HOUR,
  EDGE_EARNED_BY_DAY,
  EDGE_EARNED_BY_MONTH,
} EdgeEarnedSpan;

/**
 * EdgeEarnedSlot:
 * @start: when it begins, wall clock in ms
 * @amount: nano-credits
 */
typedef struct
{
  gint64  start;
  guint64 amount;
} EdgeEarnedSlot;

guint64  edge_earned_span_slot_ms (EdgeEarnedSpan        span);
guint    edge_earned_span_n_raw   (EdgeEarnedSpan        span);

GArray  *edge_earned_slots        (EdgeEarnedSpan        span,
                                   const guint64        *raw,
                                   guint                 n_raw,
                                   gint64                now) G_GNUC_WARN_UNUSED_RESULT;
char    *edge_earned_slot_label   (EdgeEarnedSpan        span,
                                   const EdgeEarnedSlot *slot,
                                   gboolean              current) G_GNUC_WARN_UNUSED_RESULT;
char    *edge_earned_dup_summary  (EdgeEarnedSpan        span,
                                   GArray               *slots) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
