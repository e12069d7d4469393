/* edge-rtc-inbox.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-rtc-inbox.h"

/**
 * EdgeRtcInbox:
 *
 * The one way from GStreamer's threads into ours. Callbacks of webrtcbin hold
 * its lock, so they only copy what they were given in here and leave; one
 * wake-up of the main context takes everything that has gathered.
 */

/* A peer that keeps to its credit window never has half of this under way. */
#define MAX_BYTES  (4 * 1024 * 1024)
#define MAX_EVENTS 16384
/* What has gathered is taken in slices, so that a peer that floods us does not
 * keep the main loop from everything else. */
#define SLICE_USEC (8 * 1000)

struct _EdgeRtcInbox
{
  gatomicrefcount   ref_count;

  GMutex            mutex;
  GQueue            events;
  gsize             bytes;
  gboolean          closed;
  gboolean          overflown;

  GSource          *source;
  EdgeRtcInboxFunc  func;
  gpointer          user_data;
};

typedef struct
{
  GSource       source;
  EdgeRtcInbox *inbox;
} WakeSource;

static void
event_free (EdgeRtcEvent *event)
{
  g_free (event->text);
  g_clear_object (&event->object);
  g_clear_pointer (&event->bytes, g_bytes_unref);
  g_clear_pointer (&event->reply, gst_structure_free);
  g_free (event);
}

static EdgeRtcEvent *
take (EdgeRtcInbox *self)
{
  EdgeRtcEvent *event;

  g_mutex_lock (&self->mutex);
  event = g_queue_pop_head (&self->events);
  if (event != NULL && event->bytes != NULL)
    self->bytes -= g_bytes_get_size (event->bytes);
  g_mutex_unlock (&self->mutex);
  return event;
}

static gboolean
wake_dispatch (GSource     *source,
               GSourceFunc  callback,
               gpointer     user_data)
{
  EdgeRtcInbox *self = ((WakeSource *) source)->inbox;
  gint64 limit = g_get_monotonic_time () + SLICE_USEC;
  EdgeRtcEvent *event;

  g_source_set_ready_time (source, -1);

  /* Handling an event may close the inbox and drop the last other reference. */
  edge_rtc_inbox_ref (self);
  while ((event = take (self)) != NULL)
    {
      if (!g_atomic_int_get (&self->closed))
        self->func (event, self->user_data);
      event_free (event);
      if (g_get_monotonic_time () >= limit)
        {
          g_source_set_ready_time (source, 0);
          break;
        }
    }
  edge_rtc_inbox_unref (self);

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs wake_funcs = { .dispatch = wake_dispatch };

/**
 * edge_rtc_inbox_new:
 * @func: takes each event, in the thread-default main context of the caller
 * @user_data: for @func
 *
 * Returns: (transfer full): an open inbox
 */
EdgeRtcInbox *
edge_rtc_inbox_new (EdgeRtcInboxFunc func,
                    gpointer         user_data)
{
  EdgeRtcInbox *self = g_new0 (EdgeRtcInbox, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->events);
  self->func = func;
  self->user_data = user_data;
  self->source = g_source_new (&wake_funcs, sizeof (WakeSource));
  ((WakeSource *) self->source)->inbox = self;
  g_source_set_static_name (self->source, "edge-rtc-inbox");
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

EdgeRtcInbox *
edge_rtc_inbox_ref (EdgeRtcInbox *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
edge_rtc_inbox_unref (EdgeRtcInbox *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_queue_clear_full (&self->events, (GDestroyNotify) event_free);
  g_mutex_clear (&self->mutex);
  g_source_unref (self->source);
  g_free (self);
}

/**
 * edge_rtc_inbox_close:
 * @self: an inbox
 *
 * Lets nothing more in or out. GStreamer's threads may still hold references.
 */
void
edge_rtc_inbox_close (EdgeRtcInbox *self)
{
  g_mutex_lock (&self->mutex);
  g_atomic_int_set (&self->closed, TRUE);
  g_mutex_unlock (&self->mutex);
  g_source_destroy (self->source);
}

/**
 * edge_rtc_inbox_post:
 * @self: an inbox
 * @event: what happened; its members pass to the inbox
 *
 * May be called in any thread. A peer that sends more than its window allows
 * overflows the inbox; that is posted once as a failure.
 */
void
edge_rtc_inbox_post (EdgeRtcInbox *self,
                     EdgeRtcEvent *event)
{
  EdgeRtcEvent *copy = g_memdup2 (event, sizeof *event);
  gboolean wake = FALSE;

  g_mutex_lock (&self->mutex);
  if (self->bytes > MAX_BYTES || g_queue_get_length (&self->events) > MAX_EVENTS)
    {
      event_free (copy);
      copy = NULL;
      if (!self->overflown)
        {
          self->overflown = TRUE;
          copy = g_new0 (EdgeRtcEvent, 1);
          copy->type = EDGE_RTC_EVENT_FAILED;
          copy->text = g_strdup ("the peer sent more than its window allows");
        }
    }
  if (copy != NULL && self->closed)
    g_clear_pointer (&copy, event_free);
  if (copy != NULL)
    {
      self->bytes += copy->bytes != NULL ? g_bytes_get_size (copy->bytes) : 0;
      wake = g_queue_is_empty (&self->events);
      g_queue_push_tail (&self->events, copy);
    }
  if (wake)
    g_source_set_ready_time (self->source, 0);
  g_mutex_unlock (&self->mutex);
}
