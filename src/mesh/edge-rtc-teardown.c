/* edge-rtc-teardown.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-rtc-teardown.h"

#include <stdlib.h>

/* Stopping joins webrtcbin's threads and takes milliseconds, so a worker does it. */

#define N_WORKERS   8
#define QUIET_TRIES 200
#define QUIET_USEC  1000

/* How long the end of the process waits for them. */
#define END_SECONDS 5

static GMutex lock;
static GCond gone;
static GPtrArray *live;
static guint n_stopping;

static GstPadProbeReturn
drop_cb (GstPad          *pad,
         GstPadProbeInfo *info,
         gpointer         user_data)
{
  return GST_PAD_PROBE_DROP;
}

/* sctpdec aborts the process when data for a new stream comes while its
 * association is being closed, so nothing comes in any more by then: what
 * arrives is dropped, and what is being handled is waited for. */
static void
quiet_cb (const GValue *item,
          gpointer      user_data)
{
  g_autoptr(GstPad) pad = gst_element_get_static_pad (g_value_get_object (item), "sink");

  if (pad == NULL)
    return;
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, drop_cb, NULL, NULL);
  for (guint i = 0; i < QUIET_TRIES; i++)
    {
      if (GST_PAD_STREAM_TRYLOCK (pad))
        {
          GST_PAD_STREAM_UNLOCK (pad);
          return;
        }
      g_usleep (QUIET_USEC);
    }
}

/* What the peer's closing of a channel has started in webrtcbin's own thread
 * must be over before the association goes. Its tasks run in order, so the
 * answer to a question comes behind them. */
static void
settle (GstElement *pipeline)
{
  GList *child = GST_BIN_CHILDREN (pipeline);
  g_autoptr(GstPromise) promise = gst_promise_new ();

  if (child == NULL)
    return;
  g_signal_emit_by_name (child->data, "get-stats", NULL, promise);
  gst_promise_wait (promise);
}

/* sctpenc closes its socket without a look at the threads that send, and one
 * that is in usrsctp then crashes: they are ended first. Flushing wakes those
 * that wait in sctpenc for room which never comes. */
static void
stop_cb (const GValue *item,
         gpointer      user_data)
{
  GstElement *source = g_value_get_object (item);

  gst_element_send_event (source, gst_event_new_flush_start ());
  gst_element_set_state (source, GST_STATE_NULL);
}

static void
for_each (GstElement                 *pipeline,
          const char                 *factory,
          GstIteratorForeachFunction  func)
{
  GstIterator *elements = gst_bin_iterate_all_by_element_factory_name (GST_BIN (pipeline), factory);

  while (gst_iterator_foreach (elements, func, NULL) == GST_ITERATOR_RESYNC)
    gst_iterator_resync (elements);
  gst_iterator_free (elements);
}

static void
tear_down_thread (gpointer pipeline,
                  gpointer user_data)
{
  for_each (pipeline, "sctpdec", quiet_cb);
  settle (pipeline);
  for_each (pipeline, "appsrc", stop_cb);

  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);

  g_mutex_lock (&lock);
  n_stopping--;
  g_cond_broadcast (&gone);
  g_mutex_unlock (&lock);
  /* Who waits there for the count sees it change. */
  g_main_context_wakeup (NULL);
}

static GThreadPool *
get_workers (void)
{
  static GThreadPool *workers;

  if (g_once_init_enter_pointer (&workers))
    g_once_init_leave_pointer (&workers, g_thread_pool_new (tear_down_thread, NULL, N_WORKERS, FALSE, NULL));
  return workers;
}

/* Libraries put away what is theirs when the process ends. The threads of a link are still in GnuTLS
 * then, which frees the state of its random numbers once for the process and once for the thread. So
 * those threads are ended first, and none of GLib's pool, which ran some of them, goes after that. */
static void
at_exit (void)
{
  gint64 limit = g_get_monotonic_time () + END_SECONDS * G_USEC_PER_SEC;

  g_thread_pool_set_max_unused_threads (-1);
  g_thread_pool_set_max_idle_time (0);

  g_mutex_lock (&lock);
  while (live->len > 0)
    {
      GstElement *pipeline = g_ptr_array_steal_index_fast (live, live->len - 1);

      n_stopping++;
      g_thread_pool_push (get_workers (), gst_object_ref (pipeline), NULL);
    }
  while (n_stopping > 0)
    {
      if (!g_cond_wait_until (&gone, &lock, limit))
        break;
    }
  g_mutex_unlock (&lock);
}

static gpointer
prepare (gpointer user_data)
{
  live = g_ptr_array_new ();
  atexit (at_exit);
  return NULL;
}

/**
 * edge_rtc_pipeline_began:
 * @pipeline: a pipeline that is going to be torn down
 *
 * Counts it from here on. Where the process ends before, it is torn down then.
 */
void
edge_rtc_pipeline_began (GstElement *pipeline)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, prepare, NULL);
  g_mutex_lock (&lock);
  g_ptr_array_add (live, pipeline);
  g_mutex_unlock (&lock);
}

/**
 * edge_rtc_pipeline_tear_down:
 * @pipeline: (transfer full): a pipeline that began, and nobody holds any more
 *
 * Stops it in the background.
 */
void
edge_rtc_pipeline_tear_down (GstElement *pipeline)
{
  gboolean began;

  g_mutex_lock (&lock);
  began = g_ptr_array_remove_fast (live, pipeline);
  if (began)
    n_stopping++;
  g_mutex_unlock (&lock);

  if (began)
    g_thread_pool_push (get_workers (), pipeline, NULL);
  else
    gst_object_unref (pipeline);
}

/**
 * edge_rtc_pipeline_count:
 *
 * Returns: how many began and are not yet gone
 */
guint
edge_rtc_pipeline_count (void)
{
  guint n;

  g_mutex_lock (&lock);
  n = (live != NULL ? live->len : 0) + n_stopping;
  g_mutex_unlock (&lock);
  return n;
}
