/* edge-node-policy.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-private.h"

/**
 * edge_node_pause:
 * @self: a node
 * @for_ms: how long, in ms; 0 until edge_node_resume()
 *
 * Gives nothing. Links stay.
 */
void
edge_node_pause (EdgeNode *self,
                 gint64    for_ms)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  g_return_if_fail (EDGE_IS_NODE (self));

  edge_policy_pause (self->policy, for_ms, now);
}

void
edge_node_resume (EdgeNode *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  g_return_if_fail (EDGE_IS_NODE (self));

  edge_policy_resume (self->policy, now);
}

/**
 * edge_node_ask:
 * @self: a node
 * @for_ms: how long, in ms; 0 takes the wish back
 *
 * Runs in spite of battery, power saver, metered network and schedule ("Run for an Hour").
 */
void
edge_node_ask (EdgeNode *self,
               gint64    for_ms)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  g_return_if_fail (EDGE_IS_NODE (self));

  edge_policy_ask (self->policy, for_ms, now);
}
