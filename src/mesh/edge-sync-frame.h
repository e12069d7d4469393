/* edge-sync-frame.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_SYNC_FRAME_MAX_EVENTS: Events in one frame, at most. */
#define EDGE_SYNC_FRAME_MAX_EVENTS 2048

/**
 * EdgeSyncFrame:
 * @is_request: whether it is a `qdag_sync_request`; else a `qdag_sync_response`
 * @has_count: whether @count was in it
 * @count: how many events the sender has
 * @has_n: whether @n was in it
 * @n: the last checkpoint that is final for the sender, 0 before the first
 * @ranges: (nullable): a message of edge_reconcile_answer(), as text
 * @events: (nullable) (element-type utf8): events, as they were signed
 *
 * A frame of the bulk stream that is about the ledger.
 */
typedef struct
{
  gboolean   is_request;
  gboolean   has_count;
  guint64    count;
  gboolean   has_n;
  guint64    n;
  char      *ranges;
  GPtrArray *events;
} EdgeSyncFrame;

gboolean  edge_sync_frame_read         (EdgeSyncFrame  *self,
                                        GBytes         *payload,
                                        GError        **error);
void      edge_sync_frame_clear        (EdgeSyncFrame  *self);

GBytes   *edge_sync_frame_write_ranges (gboolean        is_request,
                                        guint64         count,
                                        guint64         n,
                                        const char     *ranges) G_GNUC_WARN_UNUSED_RESULT;
GBytes   *edge_sync_frame_write_events (GPtrArray      *events) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeSyncFrame, edge_sync_frame_clear)

G_END_DECLS
