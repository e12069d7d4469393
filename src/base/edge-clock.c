/* edge-clock.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-clock.h"

/* From 1970 to the year 9999, so that no sum overflows. */
#define MAX_TIME  G_GUINT64_CONSTANT (253402300799999)
#define MAX_SPEED 86400

typedef struct
{
  guint64 from;    /* real time from which it runs otherwise, milliseconds */
  guint64 begins;  /* what it shows then */
  guint64 speed;
} Clock;

/* FROM:BEGINS:SPEED; anything else is as if it were not set. */
static gboolean
read_clock (Clock      *clock,
            const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 4);

  return g_strv_length (parts) == 3 &&
         g_ascii_string_to_unsigned (parts[0], 10, 0, MAX_TIME, &clock->from, NULL) &&
         g_ascii_string_to_unsigned (parts[1], 10, 0, MAX_TIME, &clock->begins, NULL) &&
         g_ascii_string_to_unsigned (parts[2], 10, 1, MAX_SPEED, &clock->speed, NULL);
}

static const Clock *
get_clock (void)
{
  static Clock clock;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      const char *text = g_getenv (EDGE_CLOCK_VARIABLE);

      if (text == NULL || !read_clock (&clock, text))
        clock = (Clock) { 0, 0, 1 };
      g_once_init_leave (&once, 1);
    }
  return &clock;
}

/**
 * edge_clock_now:
 *
 * The wall clock of all that the ledger's rules see. The variable EDGE_NET_CLOCK,
 * FROM:BEGINS:SPEED, makes it show BEGINS at the real time FROM and run SPEED times
 * as fast, so that a test of real nodes sees a day pass in a minute.
 *
 * Returns: milliseconds since the epoch
 */
guint64
edge_clock_now (void)
{
  const Clock *clock = get_clock ();
  guint64 real = (guint64) (g_get_real_time () / 1000);

  return real < clock->from ? clock->begins : clock->begins + (real - clock->from) * clock->speed;
}

/**
 * edge_clock_span:
 * @microseconds: a span of g_get_monotonic_time()
 *
 * Returns: how many milliseconds edge_clock_now() goes on in it
 */
guint64
edge_clock_span (gint64 microseconds)
{
  return (guint64) MAX (microseconds, 0) * get_clock ()->speed / 1000;
}

/**
 * edge_clock_find_scale:
 * @variable: name of an environment variable
 *
 * Tests of whole programs do not wait for minutes: such a variable says by what some
 * waits are divided, 1 to 1 000.
 *
 * Returns: that, or 1
 */
guint
edge_clock_find_scale (const char *variable)
{
  const char *text = g_getenv (variable);
  guint64 scale = 1;

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 1, 1000, &scale, NULL);
  return (guint) scale;
}
