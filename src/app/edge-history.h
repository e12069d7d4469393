/* edge-history.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/edge-time-series.h"
#include "node/edge-node.h"
#include "work/edge-policy-decision.h"

G_BEGIN_DECLS

#define EDGE_TYPE_HISTORY (edge_history_get_type ())

/**
 * EdgeHistorySpan:
 * @EDGE_HISTORY_TEN_MINUTES: a sample each two seconds
 * @EDGE_HISTORY_HOUR: a sample each twelve seconds
 * @EDGE_HISTORY_DAY: a sample each 288 seconds
 */
typedef enum
{
  EDGE_HISTORY_TEN_MINUTES,
  EDGE_HISTORY_HOUR,
  EDGE_HISTORY_DAY,
} EdgeHistorySpan;

#define EDGE_HISTORY_N_SPANS (EDGE_HISTORY_DAY + 1)

/**
 * EdgeHistorySample:
 * @time: end of the sample, wall clock in milliseconds
 * @latency: mean of the median round trips in milliseconds; NaN when nobody was linked
 * @peers: mean number of links
 * @share: mean share of the CPU that was allowed, 0 to 1
 * @reason: why this share, at the end of the sample
 */
typedef struct
{
  gint64           time;
  double           latency;
  double           peers;
  double           share;
  EdgePolicyReason reason;
} EdgeHistorySample;

G_DECLARE_FINAL_TYPE (EdgeHistory, edge_history, EDGE, HISTORY, GObject)

EdgeHistory             *edge_history_new              (EdgeNode        *node) G_GNUC_WARN_UNUSED_RESULT;

gint64                   edge_history_span_length      (EdgeHistorySpan  span) G_GNUC_CONST;
const EdgeHistorySample *edge_history_get_samples      (EdgeHistory     *self,
                                                        EdgeHistorySpan  span,
                                                        guint           *n_samples);
EdgeTimeSeries          *edge_history_get_latency_series  (EdgeHistory     *self);

void                     edge_history_sample           (EdgeHistory     *self,
                                                        gint64           now);

G_END_DECLS
