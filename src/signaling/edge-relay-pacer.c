/* edge-relay-pacer.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-relay-pacer.h"

#include "base/edge-token-bucket.h"

/**
 * EdgeRelayPacer:
 *
 * Sends frames no faster than a relay takes them. Those that come too fast wait
 * in order, up to a bound.
 */

/* Share of the relay's rate that is used, so that its clock and ours may differ. */
#define RATE_SHARE 0.9

struct _EdgeRelayPacer
{
  EdgeRelayPacerSend send;
  gpointer           user_data;
  EdgeTokenBucket    bucket;
  GQueue             waiting;
  gint64             hold_until;
  guint              timeout_id;
};

typedef struct
{
  char   *text;
  double  tokens;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_free (waiting->text);
  g_free (waiting);
}

/**
 * edge_relay_pacer_new:
 * @send: what sends a frame; it may call edge_relay_pacer_clear()
 * @user_data: for @send
 *
 * Returns: (transfer full): a pacer, to be told the rate before it is used
 */
EdgeRelayPacer *
edge_relay_pacer_new (EdgeRelayPacerSend send,
                      gpointer           user_data)
{
  EdgeRelayPacer *self = g_new0 (EdgeRelayPacer, 1);

  self->send = send;
  self->user_data = user_data;
  g_queue_init (&self->waiting);
  return self;
}

void
edge_relay_pacer_free (EdgeRelayPacer *self)
{
  edge_relay_pacer_clear (self);
  g_free (self);
}

/** edge_relay_pacer_set_rate: takes over the frames a minute that the relay allows. */
void
edge_relay_pacer_set_rate (EdgeRelayPacer *self,
                           gint64          per_minute)
{
  double rate = per_minute * RATE_SHARE;

  edge_token_bucket_init (&self->bucket, MAX (rate / 2, 8), rate, g_get_monotonic_time ());
}

/** edge_relay_pacer_hold: sends nothing for a while, at the relay's word. */
void
edge_relay_pacer_hold (EdgeRelayPacer *self,
                       gint64          milliseconds)
{
  self->hold_until = g_get_monotonic_time () + milliseconds * 1000;
}

static gboolean
send_waiting_cb (gpointer user_data)
{
  EdgeRelayPacer *self = user_data;
  gint64 now = g_get_monotonic_time ();
  Waiting *first;

  self->timeout_id = 0;
  while ((first = g_queue_peek_head (&self->waiting)) != NULL)
    {
      guint wait;

      if (now >= self->hold_until && edge_token_bucket_take (&self->bucket, first->tokens, now))
        {
          g_queue_pop_head (&self->waiting);
          self->send (first->text, self->user_data);
          waiting_free (first);
          continue;
        }

      wait = edge_token_bucket_wait (&self->bucket, first->tokens);
      if (self->hold_until > now)
        wait = MAX (wait, (guint) ((self->hold_until - now) / 1000));
      self->timeout_id = g_timeout_add (MAX (wait, 1), send_waiting_cb, self);
      break;
    }

  return G_SOURCE_REMOVE;
}

/**
 * edge_relay_pacer_push:
 * @self: a pacer
 * @text: (transfer full): a frame
 * @tokens: how much of the rate it takes
 *
 * Returns: %FALSE when too many wait already; @text is freed then
 */
gboolean
edge_relay_pacer_push (EdgeRelayPacer *self,
                       char           *text,
                       gint64          tokens)
{
  Waiting *waiting;

  if (self->waiting.length >= EDGE_RELAY_PACER_MAX_WAITING)
    {
      g_free (text);
      return FALSE;
    }

  waiting = g_new0 (Waiting, 1);
  waiting->text = text;
  waiting->tokens = MIN ((double) tokens, self->bucket.capacity);
  g_queue_push_tail (&self->waiting, waiting);
  if (self->timeout_id == 0)
    send_waiting_cb (self);
  return TRUE;
}

/** edge_relay_pacer_clear: forgets what waits: the connection is gone. */
void
edge_relay_pacer_clear (EdgeRelayPacer *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) waiting_free);
  self->hold_until = 0;
}
