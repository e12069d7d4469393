/* edge-ledger-folding.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-private.h"

/* Events folded before others get the lock. */
#define FOLD_SLICE 128

/* Entries of the state hashed before others get the lock, and how long they have for it:
 * a thread that waits needs a moment to wake. */
#define SETTLE_SLICE    64
#define SETTLE_PAUSE_US 50

static gboolean fold_cb (gpointer user_data);

static void
fold_later (EdgeLedger *self,
            guint       pause)
{
  self->folding = pause > 0 ? g_timeout_source_new (pause) : g_idle_source_new ();
  g_source_set_priority (self->folding, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->folding, fold_cb, self, NULL);
  g_source_attach (self->folding, self->context);
}

static gboolean
fold_cb (gpointer user_data)
{
  EdgeLedger *self = user_data;
  gint64 start;
  guint pause = 0;
  gboolean done;

  g_mutex_lock (&self->lock);
  start = g_get_monotonic_time ();
  done = self->fold == NULL || edge_fold_run (self->fold, FOLD_SLICE);
  if (done && self->fold != NULL)
    self->share.n_done = edge_fold_get_n_refolded (self->fold);
  else if (!done)
    pause = edge_fold_share_spend (&self->share, g_get_monotonic_time () - start, FOLD_SLICE,
                                   edge_fold_get_n_refolded (self->fold));
  if (done || pause > 0)
    g_clear_pointer (&self->folding, g_source_unref);
  if (pause > 0)
    fold_later (self, pause);
  g_mutex_unlock (&self->lock);

  if (done)
    _edge_ledger_tell (self);
  return done || pause > 0 ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* _edge_ledger_fold: brings the accounts up to the events in slices, so that nobody
 * waits long for the lock; what is folded again takes a fifth of the time. Only for
 * the ledger thread, without the lock. */
void
_edge_ledger_fold (EdgeLedger *self)
{
  if (self->folding == NULL)
    fold_later (self, 0);
}

/* _edge_ledger_settle: hashes what changed in the state, in slices, before a checkpoint
 * is made or closed; what that has left to do under the lock is little. Without the lock,
 * and not in a thread that draws. */
void
_edge_ledger_settle (EdgeLedger *self)
{
  gboolean done;

  do
    {
      g_mutex_lock (&self->lock);
      done = self->fold == NULL || edge_fold_settle (self->fold, SETTLE_SLICE);
      g_mutex_unlock (&self->lock);
      if (!done)
        g_usleep (SETTLE_PAUSE_US);
    }
  while (!done);
}
