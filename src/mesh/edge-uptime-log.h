/* edge-uptime-log.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-id.h"

G_BEGIN_DECLS

#define EDGE_UPTIME_HOURS 24

/** EDGE_UPTIME_HOUR_MS: So much of an hour must be measured for it to count: three quarters. */
#define EDGE_UPTIME_HOUR_MS (45 * 60 * 1000)

/** EDGE_UPTIME_LOG_MAX: Peers and days that are kept at most. */
#define EDGE_UPTIME_LOG_MAX 4096

/** EDGE_UPTIME_LOG_MAX_DAY: Peers of one day. */
#define EDGE_UPTIME_LOG_MAX_DAY 512

/**
 * EdgeUptimeLog:
 *
 * For how much of each hour of the last days we measured which peer.
 */
typedef struct _EdgeUptimeLog EdgeUptimeLog;

EdgeUptimeLog *edge_uptime_log_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void           edge_uptime_log_free       (EdgeUptimeLog  *self);

gboolean       edge_uptime_log_add        (EdgeUptimeLog  *self,
                                           const EdgeId   *peer,
                                           guint64         from,
                                           guint64         to);
void           edge_uptime_log_forget     (EdgeUptimeLog  *self,
                                           guint64         before);
guint32        edge_uptime_log_get_mask   (EdgeUptimeLog  *self,
                                           const EdgeId   *peer,
                                           guint64         day);
GArray        *edge_uptime_log_list_peers (EdgeUptimeLog  *self,
                                           guint64         day) G_GNUC_WARN_UNUSED_RESULT;

char          *edge_uptime_log_print      (EdgeUptimeLog  *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean       edge_uptime_log_parse      (EdgeUptimeLog  *self,
                                           const char     *text,
                                           gsize           length,
                                           GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeUptimeLog, edge_uptime_log_free)

G_END_DECLS
