/* edge-earned-history.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-earned-history.h"

#include "app/edge-credits.h"

#include <glib/gi18n.h>

/* What was earned over time, as bars and rows show it. Days and months are those of UTC,
 * as the ledger's are. */

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define DAY_MS  (24 * HOUR_MS)

#define N_HOURS  24
#define N_DAYS   21
#define N_MONTHS 12
#define MOST_DAYS_OF_MONTHS 366

guint64
edge_earned_span_slot_ms (EdgeEarnedSpan span)
{
  return span == EDGE_EARNED_BY_HOUR ? HOUR_MS : DAY_MS;
}

/** edge_earned_span_n_raw: How many slots of the books a span is made from. */
guint
edge_earned_span_n_raw (EdgeEarnedSpan span)
{
  return span == EDGE_EARNED_BY_HOUR ? N_HOURS
         : span == EDGE_EARNED_BY_DAY ? N_DAYS : MOST_DAYS_OF_MONTHS;
}

static GArray *
sum_months (const guint64 *raw,
            guint          n_raw,
            gint64         last)
{
  GArray *slots = g_array_sized_new (FALSE, TRUE, sizeof (EdgeEarnedSlot), N_MONTHS);
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (last / 1000);
  g_autoptr(GDateTime) month = g_date_time_new_utc (g_date_time_get_year (now),
                                                    g_date_time_get_month (now), 1, 0, 0, 0);

  for (int i = N_MONTHS - 1; i >= 0; i--)
    {
      g_autoptr(GDateTime) start = g_date_time_add_months (month, -i);
      EdgeEarnedSlot slot = { g_date_time_to_unix (start) * 1000, 0 };

      g_array_append_val (slots, slot);
    }
  for (guint i = 0; i < n_raw; i++)
    {
      gint64 day = last - (gint64) (n_raw - 1 - i) * DAY_MS;

      for (guint k = slots->len; k-- > 0;)
        {
          EdgeEarnedSlot *slot = &g_array_index (slots, EdgeEarnedSlot, k);

          if (slot->start > day)
            continue;
          slot->amount += raw[i];
          break;
        }
    }
  return slots;
}

/**
 * edge_earned_slots:
 * @span: which
 * @raw: (array length=n_raw): what [method@Books.dup_history] gave for it
 * @n_raw: how many
 * @now: wall clock in ms, in the last slot
 *
 * Returns: (transfer full) (element-type EdgeEarnedSlot): the oldest first
 */
GArray *
edge_earned_slots (EdgeEarnedSpan  span,
                   const guint64  *raw,
                   guint           n_raw,
                   gint64          now)
{
  gint64 length = (gint64) edge_earned_span_slot_ms (span);
  gint64 last = now / length * length;
  GArray *slots;

  if (span == EDGE_EARNED_BY_MONTH)
    return sum_months (raw, n_raw, last);

  slots = g_array_sized_new (FALSE, TRUE, sizeof (EdgeEarnedSlot), n_raw);
  for (guint i = 0; i < n_raw; i++)
    {
      EdgeEarnedSlot slot = { last - (gint64) (n_raw - 1 - i) * length, raw[i] };

      g_array_append_val (slots, slot);
    }
  return slots;
}

/**
 * edge_earned_slot_label:
 * @span: which
 * @slot: one of its slots
 * @current: whether it is the one that runs
 *
 * Returns: (transfer full): when that was, in short
 */
char *
edge_earned_slot_label (EdgeEarnedSpan        span,
                        const EdgeEarnedSlot *slot,
                        gboolean              current)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (slot->start / 1000);

  if (span == EDGE_EARNED_BY_HOUR)
    {
      g_autoptr(GDateTime) local = g_date_time_to_local (time);

      return current ? g_strdup (C_("hour", "now")) : g_date_time_format (local, "%H:%M");
    }
  if (span == EDGE_EARNED_BY_DAY)
    /* Translators: day and short name of the month. */
    return current ? g_strdup (_("today")) : g_date_time_format (time, _("%-e %b"));

  return g_date_time_format (time, "%b");
}

/** edge_earned_dup_summary: The bars in one sentence, spoken for them. */
char *
edge_earned_dup_summary (EdgeEarnedSpan  span,
                         GArray         *slots)
{
  g_autofree char *all = NULL;
  g_autofree char *most = NULL;
  g_autofree char *when = NULL;
  guint64 total = 0;
  guint best = 0;

  for (guint i = 0; i < slots->len; i++)
    {
      total += g_array_index (slots, EdgeEarnedSlot, i).amount;
      if (g_array_index (slots, EdgeEarnedSlot, i).amount
          > g_array_index (slots, EdgeEarnedSlot, best).amount)
        best = i;
    }
  if (total == 0)
    return g_strdup (_("Nothing earned in this time"));

  all = edge_credits_format (total);
  most = edge_credits_format (g_array_index (slots, EdgeEarnedSlot, best).amount);
  when = edge_earned_slot_label (span, &g_array_index (slots, EdgeEarnedSlot, best),
                                 best + 1 == slots->len);
  /* Translators: credits earned: in all, the most in one bar, which bar that is. */
  return g_strdup_printf (_("%s credits in all, at most %s (%s)"), all, most, when);
}
