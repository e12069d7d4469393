/* edge-rtc-teardown.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-rtc-teardown.h"

#include <gio/gio.h>

/* Stopping joins webrtcbin's threads and takes milliseconds, so a worker does it. */

#define QUIET_TRIES 200
#define QUIET_USEC  1000

static int n_live;

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
tear_down_thread (GTask        *task,
                  gpointer      source,
                  gpointer      pipeline,
                  GCancellable *cancellable)
{
  for_each (pipeline, "sctpdec", quiet_cb);
  settle (pipeline);
  for_each (pipeline, "appsrc", stop_cb);

  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_task_return_boolean (task, TRUE);
}

static void
torn_down_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_atomic_int_dec_and_test (&n_live);
}

/* Counts a pipeline that is going to be torn down. */
void
edge_rtc_pipeline_began (void)
{
  g_atomic_int_inc (&n_live);
}

/**
 * edge_rtc_pipeline_tear_down:
 * @pipeline: (transfer full): a pipeline nobody holds any more
 *
 * Stops it in the background.
 */
void
edge_rtc_pipeline_tear_down (GstElement *pipeline)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, torn_down_cb, NULL);

  g_task_set_task_data (task, pipeline, gst_object_unref);
  g_task_run_in_thread (task, tear_down_thread);
}

/**
 * edge_rtc_pipeline_count:
 *
 * Returns: how many began and are not yet gone
 */
guint
edge_rtc_pipeline_count (void)
{
  return (guint) g_atomic_int_get (&n_live);
}
