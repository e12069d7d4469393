/* edge-book-figures.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-book-figures.h"

#include "app/edge-format.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

/**
 * edge_book_figures_read:
 * @self: (out): the figures; those of a ledger that is not open are all 0
 * @books: (nullable): an object with the properties of [class@Books]
 *
 * Returns: whether the ledger is open and folded
 */
gboolean
edge_book_figures_read (EdgeBookFigures *self,
                        GObject         *books)
{
  memset (self, 0, sizeof *self);
  self->join_progress = NAN;
  self->remaining = -1;
  if (books == NULL)
    return FALSE;

  g_object_get (books,
                "ready", &self->ready,
                "n-events", &self->n_events,
                "n-final", &self->n_final,
                "n-expected", &self->n_expected,
                "rate", &self->rate,
                "remaining", &self->remaining,
                "n-in-step", &self->n_in_step,
                "time", &self->time,
                "multiplier", &self->multiplier,
                "cpu-hours", &self->cpu_hours,
                "decay-cpu-hours", &self->decay_cpu_hours,
                "max-bonus", &self->max_bonus,
                "free", &self->free,
                "locked", &self->locked,
                "own-stake", &self->own_stake,
                "leaving", &self->leaving,
                "welcome", &self->welcome,
                "escrowed", &self->escrowed,
                "earned", &self->earned,
                "earned-today", &self->earned_today,
                "member", &self->member,
                "joined", &self->joined,
                "join-progress", &self->join_progress,
                "uptime-hours", &self->uptime_hours,
                "uptime-waiting", &self->uptime_waiting,
                "uptime-day", &self->uptime_day,
                NULL);
  return self->ready;
}

gboolean
edge_book_figures_is_in_step (const EdgeBookFigures *self)
{
  return self->n_expected <= self->n_events;
}

/** edge_book_figures_get_progress: How much of what peers have is here, 0…1. */
double
edge_book_figures_get_progress (const EdgeBookFigures *self)
{
  if (edge_book_figures_is_in_step (self))
    return 1;

  return (double) self->n_events / (double) self->n_expected;
}

guint64
edge_book_figures_get_staked (const EdgeBookFigures *self)
{
  return self->own_stake + self->leaving + self->welcome;
}

char *
edge_book_figures_dup_headline (const EdgeBookFigures *self,
                                guint                  n_connected)
{
  if (!self->ready)
    return g_strdup (_("Reading the ledger"));
  if (!edge_book_figures_is_in_step (self))
    {
      /* Never "100 %" while something is missing. */
      double part = MIN (.99, floor (edge_book_figures_get_progress (self) * 100) / 100);
      g_autofree char *share = edge_format_share (part);

      return g_strdup_printf (_("Catching up: %s"), share);
    }
  if (n_connected == 0)
    return g_strdup (_("On your own"));

  return g_strdup (_("In step"));
}

char *
edge_book_figures_dup_sentence (const EdgeBookFigures *self,
                                guint                  n_connected)
{
  g_autofree char *events = NULL;

  if (!self->ready)
    return g_strdup (_("Every event is checked once before anything is shown."));

  if (!edge_book_figures_is_in_step (self))
    {
      events = g_strdup_printf (_("%'" PRIu64 " of %'" PRIu64 " events"),
                                self->n_events, self->n_expected);
      if (self->remaining >= 0)
        {
          g_autofree char *left = edge_format_duration (self->remaining);

          /* Translators: events so far, and how long it takes until all are there. */
          return g_strdup_printf (_("%s · about %s left"), events, left);
        }
      return g_steal_pointer (&events);
    }

  events = edge_format_events (self->n_events);
  if (n_connected == 0)
    return g_strdup_printf (_("%s · no peer is linked to compare with"), events);

  return g_strdup_printf (_("%s, the same as your peers hold"), events);
}
