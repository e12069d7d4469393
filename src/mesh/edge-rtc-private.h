/* edge-rtc-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-rtc-inbox.h"
#include "mesh/edge-rtc.h"
#include "mesh/edge-sdp.h"

#define GST_USE_UNSTABLE_API
#include <gst/webrtc/webrtc.h>

G_BEGIN_DECLS

/* What the two files of EdgeRtc share: edge-rtc.c has the object and its life,
 * edge-rtc-negotiation.c offer, answer, candidates and certificates. */

struct _EdgeRtc
{
  GObject               parent_instance;

  GstElement           *pipeline;
  GstElement           *webrtc;
  EdgeRtcInbox         *inbox;
  GStrv                 ice_servers;
  char                 *left;       /* address of ours that is not made use of */
  GstWebRTCDataChannel *channels[EDGE_N_CHANNELS];
  GQueue                early;      /* messages before the certificate was checked */
  gsize                 early_bytes;
  guint8                expected[EDGE_SDP_FINGERPRINT_SIZE];
  char                 *local_binding;
  char                 *remote_binding;
  guint                 close_source;
  gboolean              offerer;
  gboolean              patient;
  gboolean              has_remote;
  gboolean              gathered;
  gboolean              open;
  gboolean              over;       /* closed, or told so */
};

typedef enum
{
  EDGE_RTC_SIGNAL_LOCAL_DESCRIPTION,
  EDGE_RTC_SIGNAL_LOCAL_CANDIDATE,
  EDGE_RTC_SIGNAL_GATHERED,
  EDGE_RTC_N_SIGNALS
} EdgeRtcSignal;

extern guint              edge_rtc_signals[EDGE_RTC_N_SIGNALS];
extern const char * const _edge_rtc_labels[EDGE_N_CHANNELS];
void     _edge_rtc_end                (EdgeRtc      *self,
                                       const char   *reason);
void     _edge_rtc_described          (EdgeRtc      *self,
                                       GstStructure *reply);
gboolean _edge_rtc_check_certificates (EdgeRtc      *self);

G_END_DECLS
