/* edge-rtc.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-transport.h"

G_BEGIN_DECLS

#define EDGE_TYPE_RTC (edge_rtc_get_type ())

G_DECLARE_FINAL_TYPE (EdgeRtc, edge_rtc, EDGE, RTC, GObject)

guint     edge_rtc_count                  (void);

EdgeRtc  *edge_rtc_new                    (gboolean             offerer,
                                           const char * const  *ice_servers) G_GNUC_WARN_UNUSED_RESULT;

void      edge_rtc_leave_address_of       (EdgeRtc             *self,
                                           EdgeRtc             *other);
void      edge_rtc_set_patient            (EdgeRtc             *self);
gboolean  edge_rtc_start                  (EdgeRtc             *self,
                                           GError             **error);
gboolean  edge_rtc_set_remote_description (EdgeRtc             *self,
                                           const char          *sdp,
                                           GError             **error);
gboolean  edge_rtc_add_candidate          (EdgeRtc             *self,
                                           guint                media_line,
                                           const char          *candidate);

gboolean  edge_rtc_is_open                (EdgeRtc             *self);
char     *edge_rtc_dup_route              (EdgeRtc             *self,
                                           gboolean            *through_turn);

G_END_DECLS
