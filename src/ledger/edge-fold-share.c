/* edge-fold-share.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-fold-share.h"

/* After one part of the time for folding again, four for all else. */
#define OTHERS 4

/* No pause is longer: what is behind must catch up. */
#define MAX_PAUSE_MS 200

/**
 * edge_fold_share_spend:
 * @self: a share, all zero at first
 * @spent_us: how long the last slice took
 * @n_folded: events it folded
 * @n_again: events that have had to be folded again since the ledger was opened
 *
 * Notes a slice of folding. Events that are folded for the first time cost no pause.
 *
 * Returns: milliseconds to wait before the next slice
 */
guint
edge_fold_share_spend (EdgeFoldShare *self,
                       gint64         spent_us,
                       guint          n_folded,
                       guint          n_again)
{
  guint left = n_again - self->n_done;
  guint again = MIN (n_folded, left);
  guint pause;

  if (again == 0)
    return 0;
  self->n_done += again;
  self->owed_us += spent_us * OTHERS * again / n_folded;
  pause = (guint) MIN (self->owed_us / 1000, MAX_PAUSE_MS);
  self->owed_us = pause == MAX_PAUSE_MS ? 0 : self->owed_us - (gint64) pause * 1000;
  return pause;
}
