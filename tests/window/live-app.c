/* live-app.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdio.h>
#include <time.h>

#include "app/edge-application.h"

/* The app as it is, but for this: it draws without a pause, and prints each second a line
 * of JSON of its frames: how far apart they were and how long the main thread worked
 * for each, all in microseconds. */

typedef struct
{
  GArray *apart;
  GArray *worked;
  gint64  last;
  gint64  last_work;
  gint64  printed;
} Frames;

static gint64
thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
print_list (const char *name,
            GArray     *list)
{
  printf ("\"%s\":[", name);
  for (guint i = 0; i < list->len; i++)
    printf ("%s%u", i > 0 ? "," : "", g_array_index (list, guint, i));
  printf ("]");
  g_array_set_size (list, 0);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Frames *frames = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 work = thread_time ();
  guint apart = (guint) (now - frames->last);
  guint worked = (guint) (work - frames->last_work);

  if (frames->last > 0)
    {
      g_array_append_val (frames->apart, apart);
      g_array_append_val (frames->worked, worked);
    }
  frames->last = now;
  frames->last_work = work;
  if (now - frames->printed >= G_USEC_PER_SEC)
    {
      printf ("{\"frames\":%u,", frames->apart->len);
      print_list ("apart", frames->apart);
      printf (",");
      print_list ("worked", frames->worked);
      printf ("}\n");
      fflush (stdout);
      frames->printed = now;
      /* What printing took is no part of the next frame. */
      frames->last_work = thread_time ();
    }
  return G_SOURCE_CONTINUE;
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Frames         *frames)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (window), tick_cb, frames, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(EdgeApplication) application = edge_application_new ();
  Frames frames = { g_array_new (FALSE, FALSE, sizeof (guint)), g_array_new (FALSE, FALSE, sizeof (guint)) };
  int status;

  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &frames);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  g_array_unref (frames.apart);
  g_array_unref (frames.worked);
  return status;
}
