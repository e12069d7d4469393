/* edge-account.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-account.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"

/**
 * edge_account_new:
 * @key: whose account
 *
 * Returns: (transfer full): an account without credits
 */
EdgeAccount *
edge_account_new (const EdgeId *key)
{
  EdgeAccount *self = g_new0 (EdgeAccount, 1);

  self->key = *key;
  return self;
}

static GArray *
copy_array (GArray *array)
{
  GArray *copy;

  if (array == NULL || array->len == 0)
    return NULL;

  copy = g_array_sized_new (FALSE, FALSE, g_array_get_element_size (array), array->len);
  return g_array_append_vals (copy, array->data, array->len);
}

/**
 * edge_account_copy:
 * @self: an account
 *
 * Returns: (transfer full): a copy
 */
EdgeAccount *
edge_account_copy (const EdgeAccount *self)
{
  EdgeAccount *copy = g_memdup2 (self, sizeof *self);

  copy->lots = copy_array (self->lots);
  copy->leaving = copy_array (self->leaving);
  copy->forks = copy_array (self->forks);
  return copy;
}

/**
 * edge_account_free:
 * @self: (transfer full): an account
 *
 * Frees it.
 */
void
edge_account_free (EdgeAccount *self)
{
  g_clear_pointer (&self->lots, g_array_unref);
  g_clear_pointer (&self->leaving, g_array_unref);
  g_clear_pointer (&self->forks, g_array_unref);
  g_free (self);
}

/**
 * edge_account_sum:
 * @timed: (nullable) (element-type EdgeTimed): lots or leaving
 *
 * Returns: the sum of their amounts
 */
guint64
edge_account_sum (GArray *timed)
{
  guint64 sum = 0;

  for (guint i = 0; timed != NULL && i < timed->len; i++)
    sum += g_array_index (timed, EdgeTimed, i).amount;
  return sum;
}

/**
 * edge_account_stake:
 * @self: an account
 *
 * Returns: the stake, all three parts
 */
guint64
edge_account_stake (const EdgeAccount *self)
{
  return self->own + edge_account_sum (self->leaving) + self->welcome;
}

/**
 * edge_account_next_end:
 * @self: an account
 *
 * Returns: when the next amount becomes free, or 0 when none waits
 */
guint64
edge_account_next_end (const EdgeAccount *self)
{
  guint64 end = 0;

  if (self->lots != NULL && self->lots->len > 0)
    end = g_array_index (self->lots, EdgeTimed, 0).end;
  if (self->leaving != NULL && self->leaving->len > 0)
    {
      guint64 other = g_array_index (self->leaving, EdgeTimed, 0).end;

      end = end == 0 ? other : MIN (end, other);
    }
  return end;
}

static gboolean
find_fork (const EdgeAccount *self,
           const EdgeId      *prev,
           guint             *place)
{
  for (*place = 0; self->forks != NULL && *place < self->forks->len; (*place)++)
    {
      int order = edge_id_compare (&g_array_index (self->forks, EdgeId, *place), prev);

      if (order >= 0)
        return order == 0;
    }
  return FALSE;
}

/**
 * edge_account_has_fork:
 * @self: an account
 * @prev: an event of its own
 *
 * Returns: whether the fork after @prev was punished already
 */
gboolean
edge_account_has_fork (const EdgeAccount *self,
                       const EdgeId      *prev)
{
  guint place;

  return find_fork (self, prev, &place);
}

/**
 * edge_account_add_fork:
 * @self: an account
 * @prev: an event of its own
 *
 * Notes that the fork after @prev was punished.
 */
void
edge_account_add_fork (EdgeAccount  *self,
                       const EdgeId *prev)
{
  guint place;

  if (find_fork (self, prev, &place))
    return;
  if (self->forks == NULL)
    self->forks = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  g_array_insert_vals (self->forks, place, prev, 1);
}

/**
 * edge_account_add_timed:
 * @self: an account
 * @timed: (inout): its lots or leaving
 * @amount: nano
 * @now: the network's time
 * @delay: milliseconds until it is free
 * @least_step: ends are rounded up to a multiple of this or @delay / 64, what is more
 *
 * Sets an amount aside until its time comes, or frees it at once when that is past.
 */
void
edge_account_add_timed (EdgeAccount *self,
                        GArray     **timed,
                        guint64      amount,
                        guint64      now,
                        guint64      delay,
                        guint64      least_step)
{
  guint64 step = MAX (least_step, delay / 64);
  EdgeTimed entry = { (now + delay + step - 1) / step * step, amount };
  guint place = 0;

  if (amount == 0)
    return;
  if (entry.end <= now)
    {
      self->free += amount;
      return;
    }

  if (*timed == NULL)
    *timed = g_array_new (FALSE, FALSE, sizeof (EdgeTimed));
  while (place < (*timed)->len && g_array_index (*timed, EdgeTimed, place).end < entry.end)
    place++;
  if (place < (*timed)->len && g_array_index (*timed, EdgeTimed, place).end == entry.end)
    g_array_index (*timed, EdgeTimed, place).amount += amount;
  else
    g_array_insert_vals (*timed, place, &entry, 1);
}

static void
release_due (EdgeAccount *self,
             GArray      *timed,
             guint64      now)
{
  guint due = 0;

  while (timed != NULL && due < timed->len && g_array_index (timed, EdgeTimed, due).end <= now)
    self->free += g_array_index (timed, EdgeTimed, due++).amount;
  if (due > 0)
    g_array_remove_range (timed, 0, due);
}

/**
 * edge_account_release:
 * @self: an account
 * @now: the network's time
 *
 * Frees what is due.
 */
void
edge_account_release (EdgeAccount *self,
                      guint64      now)
{
  release_due (self, self->lots, now);
  release_due (self, self->leaving, now);
}

/**
 * edge_account_burn:
 * @self: an account
 * @amount: nano, at most its stake
 *
 * Takes from the stake: own, then leaving from the latest end, then welcome.
 */
void
edge_account_burn (EdgeAccount *self,
                   guint64      amount)
{
  guint64 part = MIN (amount, self->own);

  self->own -= part;
  amount -= part;

  while (amount > 0 && self->leaving != NULL && self->leaving->len > 0)
    {
      EdgeTimed *last = &g_array_index (self->leaving, EdgeTimed, self->leaving->len - 1);

      part = MIN (amount, last->amount);
      last->amount -= part;
      amount -= part;
      if (last->amount == 0)
        g_array_set_size (self->leaving, self->leaving->len - 1);
    }

  g_assert (amount <= self->welcome);
  self->welcome -= amount;
}

static void
write_timed (GString    *out,
             const char *name,
             GArray     *timed)
{
  edge_canon_name (out, name);
  edge_canon_begin_array (out);
  for (guint i = 0; timed != NULL && i < timed->len; i++)
    {
      const EdgeTimed *entry = &g_array_index (timed, EdgeTimed, i);

      edge_canon_begin_array (out);
      edge_canon_integer (out, entry->end);
      edge_canon_amount (out, entry->amount);
      edge_canon_end_array (out);
    }
  edge_canon_end_array (out);
}

static void
write_number (GString    *out,
              const char *name,
              guint64     value)
{
  edge_canon_name (out, name);
  edge_canon_integer (out, value);
}

static void
write_amount (GString    *out,
              const char *name,
              guint64     value)
{
  edge_canon_name (out, name);
  edge_canon_amount (out, value);
}

/**
 * edge_account_write:
 * @self: an account
 * @out: where to write
 *
 * Writes the text that stands for the account in the state tree.
 */
void
edge_account_write (const EdgeAccount *self,
                    GString           *out)
{
  edge_canon_begin_object (out);
  write_number (out, "day", self->day);
  edge_canon_name (out, "forks");
  edge_canon_begin_array (out);
  for (guint i = 0; self->forks != NULL && i < self->forks->len; i++)
    edge_canon_id (out, &g_array_index (self->forks, EdgeId, i));
  edge_canon_end_array (out);
  write_amount (out, "free", self->free);
  write_number (out, "good", self->good);
  edge_canon_name (out, "head");
  edge_canon_id (out, self->has_head ? &self->head : NULL);
  edge_canon_name (out, "inviter");
  edge_canon_id (out, self->has_inviter ? &self->inviter : NULL);
  write_timed (out, "leaving", self->leaving);
  write_timed (out, "lots", self->lots);
  write_number (out, "member", self->member);
  write_amount (out, "minted", self->minted);
  write_number (out, "next", self->next);
  write_amount (out, "own", self->own);
  write_number (out, "up", self->up);
  write_number (out, "vouched", self->vouched);
  write_amount (out, "welcome", self->welcome);
  write_number (out, "wrong", self->wrong);
  edge_canon_end_object (out);
}

/**
 * edge_account_to_text:
 * @self: an account
 *
 * Returns: (transfer full): its text in the state tree
 */
char *
edge_account_to_text (const EdgeAccount *self)
{
  GString *out = g_string_sized_new (512);

  edge_account_write (self, out);
  return g_string_free_and_steal (out);
}

/**
 * edge_escrow_copy:
 * @self: an escrow
 *
 * Returns: (transfer full): a copy; free with g_free()
 */
EdgeEscrow *
edge_escrow_copy (const EdgeEscrow *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * edge_escrow_find:
 * @self: an escrow
 * @worker_hash: what may be a worker's hash
 *
 * Returns: its place among the workers, or -1
 */
int
edge_escrow_find (const EdgeEscrow *self,
                  const EdgeId     *worker_hash)
{
  for (guint i = 0; i < self->n_workers; i++)
    {
      if (edge_id_equal (&self->workers[i], worker_hash))
        return (int) i;
    }
  return -1;
}

/**
 * edge_escrow_write:
 * @self: an escrow
 * @out: where to write
 *
 * Writes the text that stands for the escrow in the state tree.
 */
void
edge_escrow_write (const EdgeEscrow *self,
                   GString          *out)
{
  edge_canon_begin_object (out);
  write_number (out, "deadline", self->deadline);
  edge_canon_name (out, "done");
  edge_canon_begin_object (out);
  for (guint i = 0; i < self->n_workers; i++)
    {
      char name[EDGE_ID_TEXT_SIZE];

      if (self->done[i] == EDGE_ESCROW_OPEN)
        continue;
      edge_id_write (&self->workers[i], name);
      write_number (out, name, self->done[i] == EDGE_ESCROW_PAID);
    }
  edge_canon_end_object (out);
  edge_canon_name (out, "payer");
  edge_canon_id (out, &self->payer);
  write_amount (out, "share", self->share);
  edge_canon_name (out, "workers");
  edge_canon_begin_array (out);
  for (guint i = 0; i < self->n_workers; i++)
    edge_canon_id (out, &self->workers[i]);
  edge_canon_end_array (out);
  edge_canon_end_object (out);
}
