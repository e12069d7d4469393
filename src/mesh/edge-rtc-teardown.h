/* edge-rtc-teardown.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

void  edge_rtc_pipeline_began     (GstElement *pipeline);
void  edge_rtc_pipeline_tear_down (GstElement *pipeline);
guint edge_rtc_pipeline_count     (void);

G_END_DECLS
