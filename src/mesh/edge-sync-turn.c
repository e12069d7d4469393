/* edge-sync-turn.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-sync"

#include "mesh/edge-sync-turn.h"

/*
 * What several peers hold comes from one of them at a time, so it comes once. What was asked for
 * can't be unasked: so the turn is kept as long as something comes, and changes hands after a
 * round, once nothing came for a while, or once little came and another waits. The more often one
 * of both lost a turn the longer that takes: if all are slow, the same is soon not asked for twice
 * any more. Whoever lost a turn gets one only where none of the others wants it.
 *
 * A peer may mean to keep the others from us, and come again under another name when it lost a
 * turn. So every turn has an end, and who has waited long goes first.
 */

/* Twice the time, as often as a place lost it, up to this. */
#define MAX_DOUBLINGS 3

struct _EdgeSyncTurn
{
  GPtrArray     *places;      /* those that waited longest first */
  EdgeSyncPlace *holder;
  guint          tick_ms;
  guint          tick_source; /* while somebody has the turn, and for a while after */
  guint          n_silent;    /* ticks since the holder gave a sign of life */
  guint          n_held;      /* ticks since the holder has it, or since there is none */
  guint          n_ticks;     /* of these since it was found not to be slow, without those it was busy */
  guint          n_new;       /* events it brought in these */
};

struct _EdgeSyncPlace
{
  EdgeSyncTurn      *turn;
  EdgeSyncPlaceFunc  func;
  gpointer           user_data;
  guint              n_lost;  /* turns; one less for each that went well */
  guint              n_waited;
  gboolean           waits;
  gboolean           is_busy; /* with what it brought */
};

/**
 * edge_sync_turn_new:
 * @tick_ms: how often whoever has the turn is looked at, %EDGE_SYNC_TURN_TICK_MS
 *
 * Returns: (transfer full): a turn that nobody has
 */
EdgeSyncTurn *
edge_sync_turn_new (guint tick_ms)
{
  EdgeSyncTurn *self = g_new0 (EdgeSyncTurn, 1);

  self->places = g_ptr_array_new ();
  self->tick_ms = tick_ms;
  return self;
}

/**
 * edge_sync_turn_free:
 * @self: (transfer full): a turn whose places have been left
 */
void
edge_sync_turn_free (EdgeSyncTurn *self)
{
  g_return_if_fail (self->places->len == 0);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_ptr_array_unref (self->places);
  g_free (self);
}

static gboolean
waited_long (const EdgeSyncPlace *place)
{
  return place->n_waited >= EDGE_SYNC_TURN_LONG_WAIT_TICKS;
}

static gboolean
goes_before (const EdgeSyncPlace *a,
             const EdgeSyncPlace *b)
{
  if (waited_long (a) || waited_long (b))
    return a->n_waited > b->n_waited;
  return a->n_lost < b->n_lost;
}

/* Whoever waits too long goes first; else whoever did best, and among those who waited longest. */
static EdgeSyncPlace *
get_next (EdgeSyncTurn *self)
{
  EdgeSyncPlace *next = NULL;

  for (guint i = 0; i < self->places->len; i++)
    {
      EdgeSyncPlace *place = self->places->pdata[i];

      if (place->waits && (next == NULL || goes_before (place, next)))
        next = place;
    }
  return next;
}

static gboolean tick_cb (gpointer user_data);

static void
set_holder (EdgeSyncTurn  *self,
            EdgeSyncPlace *place)
{
  self->holder = place;
  self->n_silent = 0;
  self->n_held = 0;
  self->n_ticks = 0;
  self->n_new = 0;
  g_clear_handle_id (&self->tick_source, g_source_remove);
  self->tick_source = g_timeout_add (self->tick_ms, tick_cb, self);
  if (place == NULL)
    return;
  place->waits = FALSE;
  place->n_waited = 0;
  g_ptr_array_remove (self->places, place);
  g_ptr_array_add (self->places, place);
}

static void
pass_on (EdgeSyncTurn *self)
{
  EdgeSyncPlace *next = get_next (self);

  if (next != NULL && next->n_lost > 0 && !waited_long (next))
    next = NULL;
  set_holder (self, next);
  if (next != NULL)
    next->func (TRUE, next->user_data);
}

static gboolean
is_slow (EdgeSyncTurn *self)
{
  return self->n_new < EDGE_SYNC_TURN_PER_TICK * self->n_ticks;
}

static gboolean
is_too_slow (EdgeSyncTurn *self)
{
  EdgeSyncPlace *next = get_next (self);
  guint n_lost;

  if (next == NULL)
    return FALSE;
  n_lost = next->n_lost < self->holder->n_lost ? 0 : next->n_lost;
  if (self->n_ticks < EDGE_SYNC_TURN_SLOW_TICKS << MIN (n_lost, MAX_DOUBLINGS))
    return FALSE;
  if (is_slow (self))
    return TRUE;
  self->n_ticks = 0;
  self->n_new = 0;
  return FALSE;
}

/* None of those that do well wanted it. */
static void
end_grace (EdgeSyncTurn *self)
{
  EdgeSyncPlace *next = get_next (self);

  if (next == NULL)
    return;
  set_holder (self, next);
  next->func (TRUE, next->user_data);
}

static gboolean
tick_cb (gpointer user_data)
{
  EdgeSyncTurn *self = user_data;
  EdgeSyncPlace *loser = self->holder;
  gboolean ends;

  for (guint i = 0; i < self->places->len; i++)
    {
      EdgeSyncPlace *place = self->places->pdata[i];

      place->n_waited += place->waits;
    }
  self->n_held++;
  if (loser == NULL && self->n_held < EDGE_SYNC_TURN_GRACE_TICKS)
    return G_SOURCE_CONTINUE;
  if (loser == NULL)
    {
      self->tick_source = 0;
      end_grace (self);
      return G_SOURCE_REMOVE;
    }

  if (!loser->is_busy)
    {
      self->n_silent++;
      self->n_ticks++;
    }
  ends = self->n_held >= EDGE_SYNC_TURN_MOST_TICKS && get_next (self) != NULL;
  if (!ends && self->n_silent < EDGE_SYNC_TURN_SILENT_TICKS && !is_too_slow (self))
    return G_SOURCE_CONTINUE;

  g_debug ("A peer lost its turn after %u ticks: silent for %u, %u new events in %u", self->n_held,
           self->n_silent, self->n_new, self->n_ticks);
  self->tick_source = 0;
  if (!ends || is_slow (self))
    loser->n_lost++;
  pass_on (self);
  loser->func (FALSE, loser->user_data);
  return G_SOURCE_REMOVE;
}

/**
 * edge_sync_turn_join:
 * @self: a turn
 * @func: called when the turn is given to the place, and when it is lost
 * @user_data: for @func
 *
 * Returns: (transfer full): a place; left with edge_sync_place_leave()
 */
EdgeSyncPlace *
edge_sync_turn_join (EdgeSyncTurn      *self,
                     EdgeSyncPlaceFunc  func,
                     gpointer           user_data)
{
  EdgeSyncPlace *place = g_new0 (EdgeSyncPlace, 1);

  *place = (EdgeSyncPlace) { self, func, user_data, 0, FALSE, FALSE };
  g_ptr_array_add (self->places, place);
  return place;
}

/**
 * edge_sync_place_may_ask:
 * @self: a place
 *
 * Returns: whether it has the turn or can take it
 */
gboolean
edge_sync_place_may_ask (EdgeSyncPlace *self)
{
  EdgeSyncTurn *turn = self->turn;

  return turn->holder == self ||
         (turn->holder == NULL && (self->n_lost == 0 || turn->tick_source == 0));
}

/**
 * edge_sync_place_take:
 * @self: a place that may ask
 *
 * Takes the turn.
 */
void
edge_sync_place_take (EdgeSyncPlace *self)
{
  g_return_if_fail (edge_sync_place_may_ask (self));

  if (self->turn->holder == NULL)
    set_holder (self->turn, self);
}

/**
 * edge_sync_place_wait:
 * @self: a place
 *
 * Has the turn given to it once it may have it, as it may not yet.
 */
void
edge_sync_place_wait (EdgeSyncPlace *self)
{
  if (self->waits || self->turn->holder == self)
    return;
  self->waits = TRUE;
  self->n_waited = 0;
}

/**
 * edge_sync_place_note:
 * @self: a place
 * @n_new: how many events it brought
 *
 * Takes note of a sign of life.
 */
void
edge_sync_place_note (EdgeSyncPlace *self,
                      guint          n_new)
{
  if (self->turn->holder != self)
    return;
  self->turn->n_silent = 0;
  self->turn->n_new += n_new;
}

/**
 * edge_sync_place_set_busy:
 * @self: a place
 * @is_busy: whether what it brought is still being stored
 *
 * Meanwhile it is not silent, whatever comes.
 */
void
edge_sync_place_set_busy (EdgeSyncPlace *self,
                          gboolean       is_busy)
{
  self->is_busy = is_busy;
}

/**
 * edge_sync_place_end:
 * @self: a place
 *
 * Passes the turn on, if this place has it.
 */
void
edge_sync_place_end (EdgeSyncPlace *self)
{
  if (self->turn->holder != self)
    return;
  if (self->n_lost > 0 && self->turn->n_new > 0 && !is_slow (self->turn))
    self->n_lost--;
  pass_on (self->turn);
}

/**
 * edge_sync_place_leave:
 * @self: (transfer full): a place
 *
 * Passes the turn on, and frees the place.
 */
void
edge_sync_place_leave (EdgeSyncPlace *self)
{
  EdgeSyncTurn *turn = self->turn;

  self->waits = FALSE;
  g_ptr_array_remove (turn->places, self);
  if (turn->holder == self)
    pass_on (turn);
  g_free (self);
}
