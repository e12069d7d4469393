/* edge-time-series.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-time-series.h"

#include <math.h>
#include <stdlib.h>

/**
 * EdgeTimeSeries:
 *
 * The newest measurements of one figure, for a plot.
 *
 * A gap is a moment at which the figure could not be measured; its value is
 * NaN. The oldest sample makes room for the newest. Emits
 * [signal@EdgeTimeSeries::changed] after each change.
 */

typedef struct
{
  gint64 time;
  double value;
} Sample;

struct _EdgeTimeSeries
{
  GObject parent_instance;

  Sample *samples;
  guint   capacity;
  guint   first;
  guint   length;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeTimeSeries, edge_time_series, G_TYPE_OBJECT)

static void
edge_time_series_finalize (GObject *object)
{
  EdgeTimeSeries *self = EDGE_TIME_SERIES (object);

  g_clear_pointer (&self->samples, g_free);

  G_OBJECT_CLASS (edge_time_series_parent_class)->finalize (object);
}

static void
edge_time_series_class_init (EdgeTimeSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = edge_time_series_finalize;

  /**
   * EdgeTimeSeries::changed:
   * @self: a series
   *
   * A sample came or all went.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_time_series_init (EdgeTimeSeries *self)
{
}

/**
 * edge_time_series_new:
 * @capacity: how many samples to keep
 *
 * Returns: (transfer full): an empty series
 */
EdgeTimeSeries *
edge_time_series_new (guint capacity)
{
  EdgeTimeSeries *self = g_object_new (EDGE_TYPE_TIME_SERIES, NULL);

  self->capacity = MAX (capacity, 1);
  self->samples = g_new0 (Sample, self->capacity);
  return self;
}

/**
 * edge_time_series_append:
 * @self: a series
 * @time: monotonic time in microseconds
 * @value: what was measured
 *
 * Adds a sample; the oldest goes when the series is full.
 */
void
edge_time_series_append (EdgeTimeSeries *self,
                         gint64          time,
                         double          value)
{
  guint at;

  g_return_if_fail (EDGE_IS_TIME_SERIES (self));

  at = (self->first + self->length) % self->capacity;
  self->samples[at] = (Sample) { time, value };
  if (self->length < self->capacity)
    self->length++;
  else
    self->first = (self->first + 1) % self->capacity;

  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * edge_time_series_append_gap:
 * @self: a series
 * @time: monotonic time in microseconds
 *
 * Notes that nothing could be measured at @time.
 */
void
edge_time_series_append_gap (EdgeTimeSeries *self,
                             gint64          time)
{
  edge_time_series_append (self, time, NAN);
}

void
edge_time_series_clear (EdgeTimeSeries *self)
{
  g_return_if_fail (EDGE_IS_TIME_SERIES (self));

  if (self->length == 0)
    return;
  self->first = self->length = 0;
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
edge_time_series_get_length (EdgeTimeSeries *self)
{
  g_return_val_if_fail (EDGE_IS_TIME_SERIES (self), 0);

  return self->length;
}

gint64
edge_time_series_get_time (EdgeTimeSeries *self,
                           guint           index)
{
  g_return_val_if_fail (EDGE_IS_TIME_SERIES (self) && index < self->length, 0);

  return self->samples[(self->first + index) % self->capacity].time;
}

/**
 * edge_time_series_get_value:
 * @self: a series
 * @index: 0 for the oldest sample
 *
 * Returns: the value, NaN for a gap
 */
double
edge_time_series_get_value (EdgeTimeSeries *self,
                            guint           index)
{
  g_return_val_if_fail (EDGE_IS_TIME_SERIES (self) && index < self->length, NAN);

  return self->samples[(self->first + index) % self->capacity].value;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/**
 * edge_time_series_get_median:
 * @self: a series
 *
 * Returns: the median of all values but gaps, NaN when there is none
 */
double
edge_time_series_get_median (EdgeTimeSeries *self)
{
  g_autofree double *values = NULL;
  guint n = 0;

  g_return_val_if_fail (EDGE_IS_TIME_SERIES (self), NAN);

  values = g_new (double, self->length + 1);
  for (guint i = 0; i < self->length; i++)
    {
      double v = edge_time_series_get_value (self, i);

      if (!isnan (v))
        values[n++] = v;
    }
  if (n == 0)
    return NAN;

  qsort (values, n, sizeof *values, compare_doubles);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}
