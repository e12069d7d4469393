/* edge-ping-table.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-ping-table.h"

/**
 * edge_ping_table_sent:
 * @self: a table
 * @now: monotonic time in microseconds, which the ping carries
 *
 * Returns: whether the ping that falls out for it was never answered
 */
gboolean
edge_ping_table_sent (EdgePingTable *self,
                      gint64         now)
{
  gboolean lost = self->sent[self->next] != 0;

  self->sent[self->next] = now;
  self->next = (self->next + 1) % EDGE_PING_TABLE_SIZE;
  return lost;
}

/**
 * edge_ping_table_answer:
 * @self: a table
 * @sent: the time a pong carries
 * @now: monotonic time in microseconds
 *
 * Returns: the round trip in microseconds, -1 when @sent is no ping under way
 */
gint64
edge_ping_table_answer (EdgePingTable *self,
                        gint64         sent,
                        gint64         now)
{
  for (guint i = 0; sent > 0 && i < EDGE_PING_TABLE_SIZE; i++)
    {
      if (self->sent[i] == sent)
        {
          self->sent[i] = 0;
          return now - sent;
        }
    }
  return -1;
}
