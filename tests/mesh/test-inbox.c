/* test-inbox.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-rtc-inbox.h"

typedef struct
{
  EdgeRtcInbox *inbox;
  guint         messages;
  guint         failures;
  guint         last;
  guint         cost;
  gboolean      close_now;
} Reader;

static void
take (EdgeRtcEvent *event,
      gpointer      user_data)
{
  Reader *reader = user_data;

  if (event->type == EDGE_RTC_EVENT_FAILED)
    {
      reader->failures++;
      return;
    }
  g_assert_cmpuint (event->number, >=, reader->last);
  reader->last = event->number;
  reader->messages++;
  if (reader->cost > 0)
    g_usleep (reader->cost);
  if (reader->close_now)
    {
      edge_rtc_inbox_close (reader->inbox);
      g_clear_pointer (&reader->inbox, edge_rtc_inbox_unref);
    }
}

static void
post (EdgeRtcInbox *inbox,
      guint         number,
      gsize         size)
{
  g_autofree guint8 *data = g_malloc0 (size);

  edge_rtc_inbox_post (inbox, &(EdgeRtcEvent) {
    .type = EDGE_RTC_EVENT_MESSAGE, .number = number, .bytes = g_bytes_new (data, size) });
}

static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
reader_clear (Reader *reader)
{
  edge_rtc_inbox_close (reader->inbox);
  edge_rtc_inbox_unref (reader->inbox);
}

static gpointer
post_many (gpointer inbox)
{
  for (guint i = 0; i < 5000; i++)
    {
      post (inbox, i, 16);
      if (i % 1000 == 0)
        g_thread_yield ();
    }
  edge_rtc_inbox_unref (inbox);
  return NULL;
}

static void
test_thread (void)
{
  Reader reader = { 0 };
  GThread *thread;

  reader.inbox = edge_rtc_inbox_new (take, &reader);
  thread = g_thread_new ("poster", post_many, edge_rtc_inbox_ref (reader.inbox));
  while (reader.messages < 5000)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_assert_cmpuint (reader.last, ==, 4999);
  reader_clear (&reader);
}

/* More than any window allows: said once, and nothing more is kept. */
static void
test_overflow_bytes (void)
{
  Reader reader = { 0 };

  reader.inbox = edge_rtc_inbox_new (take, &reader);
  for (guint i = 0; i < 400; i++)
    post (reader.inbox, i, 16384);
  drain ();
  g_assert_cmpuint (reader.failures, ==, 1);
  g_assert_cmpuint (reader.messages, >=, 256);
  g_assert_cmpuint (reader.messages, <, 260);
  reader_clear (&reader);
}

static void
test_overflow_count (void)
{
  Reader reader = { 0 };

  reader.inbox = edge_rtc_inbox_new (take, &reader);
  for (guint i = 0; i < 20000; i++)
    post (reader.inbox, i, 1);
  drain ();
  g_assert_cmpuint (reader.failures, ==, 1);
  g_assert_cmpuint (reader.messages, >=, 16384);
  g_assert_cmpuint (reader.messages, <, 16400);
  reader_clear (&reader);
}

/* What takes long is taken in slices, between which others get their turn. */
static void
test_slices (void)
{
  Reader reader = { .cost = 1000 };
  guint turns = 0;

  reader.inbox = edge_rtc_inbox_new (take, &reader);
  for (guint i = 0; i < 100; i++)
    post (reader.inbox, i, 1);
  while (reader.messages < 100)
    {
      g_main_context_iteration (NULL, FALSE);
      turns++;
    }
  g_assert_cmpuint (turns, >=, 10);
  drain ();
  reader_clear (&reader);
}

static void
test_close_inside (void)
{
  Reader reader = { .close_now = TRUE };
  EdgeRtcInbox *kept;

  reader.inbox = edge_rtc_inbox_new (take, &reader);
  kept = edge_rtc_inbox_ref (reader.inbox);
  for (guint i = 0; i < 10; i++)
    post (reader.inbox, i, 1);
  drain ();
  g_assert_cmpuint (reader.messages, ==, 1);
  post (kept, 11, 1);
  drain ();
  g_assert_cmpuint (reader.messages, ==, 1);
  edge_rtc_inbox_unref (kept);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mesh/inbox/thread", test_thread);
  g_test_add_func ("/mesh/inbox/overflow-bytes", test_overflow_bytes);
  g_test_add_func ("/mesh/inbox/overflow-count", test_overflow_count);
  g_test_add_func ("/mesh/inbox/slices", test_slices);
  g_test_add_func ("/mesh/inbox/close-inside", test_close_inside);
  return g_test_run ();
}
