/* edge-state-due.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-state-private.h"

/* A heap of what becomes free when. An account may stand in it too early, or
 * more than once, but never too late. */
static void
sift_up (GArray *due,
         guint   at)
{
  EdgeDue entry = g_array_index (due, EdgeDue, at);

  while (at > 0 && g_array_index (due, EdgeDue, (at - 1) / 2).end > entry.end)
    {
      g_array_index (due, EdgeDue, at) = g_array_index (due, EdgeDue, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  g_array_index (due, EdgeDue, at) = entry;
}

static void
pop_due (GArray *due)
{
  EdgeDue last = g_array_index (due, EdgeDue, due->len - 1);
  guint at = 0;

  g_array_set_size (due, due->len - 1);
  if (due->len == 0)
    return;

  for (;;)
    {
      guint child = 2 * at + 1;

      if (child >= due->len)
        break;
      if (child + 1 < due->len &&
          g_array_index (due, EdgeDue, child + 1).end < g_array_index (due, EdgeDue, child).end)
        child++;
      if (g_array_index (due, EdgeDue, child).end >= last.end)
        break;
      g_array_index (due, EdgeDue, at) = g_array_index (due, EdgeDue, child);
      at = child;
    }
  g_array_index (due, EdgeDue, at) = last;
}

/* _edge_state_expect: makes sure what an account holds becomes free in time. */
void
_edge_state_expect (EdgeState *self,
                    EdgeSlot  *slot)
{
  EdgeDue entry = { 0, slot };

  if (slot->kind != EDGE_SLOT_ACCOUNT || slot->value == NULL)
    return;
  entry.end = edge_account_next_end (slot->value);
  if (entry.end == 0 || (slot->queued != 0 && slot->queued <= entry.end))
    return;

  slot->queued = entry.end;
  g_array_append_val (self->due, entry);
  sift_up (self->due, self->due->len - 1);
}

/**
 * edge_state_expect:
 * @self: a state
 * @account: an account whose lots or leaving were added to
 *
 * Makes sure what it holds becomes free in time.
 */
void
edge_state_expect (EdgeState         *self,
                   const EdgeAccount *account)
{
  _edge_state_expect (self, g_hash_table_lookup (self->accounts, &account->key));
}

/**
 * edge_state_move_time:
 * @self: a state
 * @time: the network's new time, not less than the one before
 *
 * Frees, in every account, what is due by then.
 */
void
edge_state_move_time (EdgeState *self,
                      guint64    time)
{
  if (time == edge_state_get_totals (self)->time)
    return;

  edge_state_edit_totals (self)->time = time;
  while (self->due->len > 0 && g_array_index (self->due, EdgeDue, 0).end <= time)
    {
      EdgeDue entry = g_array_index (self->due, EdgeDue, 0);
      EdgeSlot *slot = entry.slot;
      guint64 end;

      pop_due (self->due);
      if (slot->queued == entry.end)
        slot->queued = 0;
      end = slot->value != NULL ? edge_account_next_end (slot->value) : 0;
      if (end != 0 && end <= time)
        {
          _edge_state_prepare (self, slot);
          edge_account_release (slot->value, time);
        }
      _edge_state_expect (self, slot);
    }
}
