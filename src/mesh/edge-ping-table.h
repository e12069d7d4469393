/* edge-ping-table.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EDGE_PING_TABLE_SIZE 4

/**
 * EdgePingTable:
 *
 * The pings under way. A pong counts only if it names one of them, so a peer
 * can't make up a round trip.
 */
typedef struct
{
  gint64 sent[EDGE_PING_TABLE_SIZE];
  guint  next;
} EdgePingTable;

gboolean edge_ping_table_sent   (EdgePingTable *self,
                                 gint64         now);
gint64   edge_ping_table_answer (EdgePingTable *self,
                                 gint64         sent,
                                 gint64         now);

G_END_DECLS
