/* edge-books-figures.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-books-private.h"

#include <string.h>

#include "base/edge-clock.h"

static guint64
earned_before (GArray  *earnings,
               guint64  time)
{
  for (guint i = earnings->len; i > 0; i--)
    {
      const EdgeEarning *earning = &g_array_index (earnings, EdgeEarning, i - 1);

      if (earning->time < time)
        return earning->total;
    }
  return 0;
}

/* _edge_books_earned_today: what was earned since midnight, UTC. */
guint64
_edge_books_earned_today (EdgeBooks *self)
{
  guint64 now = edge_clock_now ();
  guint64 day;

  if (self->view == NULL || self->view->earnings->len == 0)
    return 0;
  now = MAX (now, self->view->figures.time);
  day = now - now % EDGE_DAY_MS;
  return g_array_index (self->view->earnings, EdgeEarning, self->view->earnings->len - 1).total -
         earned_before (self->view->earnings, day);
}

/* _edge_books_remaining: milliseconds until we hold what peers hold, -1 when that is not known. */
gint64
_edge_books_remaining (EdgeBooks *self)
{
  guint64 expected = self->sync != NULL ? edge_sync_get_expected (self->sync) : 0;

  if (self->view == NULL)
    return -1;
  if (expected <= self->view->figures.n_events)
    return 0;
  if (self->rate <= 0)
    return -1;
  return (gint64) ((double) (expected - self->view->figures.n_events) / self->rate * 1000);
}

/* _edge_books_start_uptime: has it measured how long peers are there. */
void
_edge_books_start_uptime (EdgeBooks *self,
                          EdgeMesh  *mesh)
{
  const char *file = edge_ledger_get_path (self->ledger);
  g_autofree char *path = NULL;

  /* Beside the ledger, NETWORK.uptime for NETWORK.sqlite. */
  if (file != NULL)
    {
      const char *dot = strrchr (file, '.');
      g_autofree char *stem = g_strndup (file, dot != NULL ? (gsize) (dot - file) : strlen (file));

      path = g_strconcat (stem, ".uptime", NULL);
    }
  self->uptime = edge_uptime_new (mesh, self->ledger, self->identity, path);
}
