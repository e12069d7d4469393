/* edge-heat-monitor.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work/edge-heat-monitor.h"

#include <math.h>

#include "work/edge-policy-facts.h"

/**
 * EdgeHeatMonitor:
 *
 * Reads how hot this computer is, where the kernel tells.
 *
 * A sensor may take its time to answer, so it is read in a thread.
 */

#define MAX_ZONES     64
#define MAX_TEXT      32
#define COLDEST       -40.0
#define HOTTEST       150.0

struct _EdgeHeatMonitor
{
  GObject       parent_instance;

  char         *sysfs;
  GCancellable *reading;
  guint         source;
  double        temperature;
  gboolean      too_hot;
};

typedef enum
{
  PROP_TEMPERATURE = 1,
  PROP_TOO_HOT,
} EdgeHeatMonitorProperty;

static GParamSpec *properties[PROP_TOO_HOT + 1];

G_DEFINE_FINAL_TYPE (EdgeHeatMonitor, edge_heat_monitor, G_TYPE_OBJECT)

static double
read_zone (const char *sysfs,
           const char *zone)
{
  g_autofree char *path = g_build_filename (sysfs, "class", "thermal", zone, "temp", NULL);
  g_autofree char *text = NULL;
  gint64 millidegrees;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL) || length > MAX_TEXT ||
      !g_ascii_string_to_signed (g_strchomp (text), 10, -1000000, 1000000, &millidegrees, NULL))
    return NAN;

  /* Sensors that are not there answer 0 or absurd numbers. */
  if (millidegrees == 0 || millidegrees / 1000.0 < COLDEST || millidegrees / 1000.0 > HOTTEST)
    return NAN;

  return millidegrees / 1000.0;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const char *sysfs = task_data;
  g_autofree char *path = g_build_filename (sysfs, "class", "thermal", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  double *hottest = g_new (double, 1);
  const char *name;
  guint n = 0;

  *hottest = NAN;
  while (dir != NULL && n < MAX_ZONES && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "thermal_zone"))
      {
        double temperature = read_zone (sysfs, name);

        n++;
        if (isnan (*hottest) || temperature > *hottest)
          *hottest = temperature;
      }

  g_task_return_pointer (task, hottest, g_free);
}

static void
take (EdgeHeatMonitor *self,
      double           temperature)
{
  gboolean too_hot = temperature >= (self->too_hot ? EDGE_POLICY_COOL : EDGE_POLICY_HOT);

  /* Tenths would change with each reading and say nothing. */
  temperature = round (temperature);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->temperature != temperature && !(isnan (temperature) && isnan (self->temperature)))
    {
      self->temperature = temperature;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEMPERATURE]);
    }
  if (self->too_hot != too_hot)
    {
      self->too_hot = too_hot;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOO_HOT]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EdgeHeatMonitor *self = EDGE_HEAT_MONITOR (source);
  g_autofree double *temperature = g_task_propagate_pointer (G_TASK (result), NULL);

  if (g_task_get_cancellable (G_TASK (result)) == self->reading)
    g_clear_object (&self->reading);
  if (temperature != NULL)
    take (self, *temperature);
}

static gboolean
read_due_cb (gpointer user_data)
{
  EdgeHeatMonitor *self = user_data;
  g_autoptr(GTask) task = NULL;

  if (self->reading != NULL)
    return G_SOURCE_CONTINUE;

  self->reading = g_cancellable_new ();
  task = g_task_new (self, self->reading, read_cb, NULL);
  g_task_set_source_tag (task, read_due_cb);
  g_task_set_task_data (task, g_strdup (self->sysfs), g_free);
  g_task_run_in_thread (task, read_thread);
  return G_SOURCE_CONTINUE;
}

static void
edge_heat_monitor_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgeHeatMonitor *self = EDGE_HEAT_MONITOR (object);

  switch ((EdgeHeatMonitorProperty) property_id)
    {
    case PROP_TEMPERATURE:
      g_value_set_double (value, self->temperature);
      break;
    case PROP_TOO_HOT:
      g_value_set_boolean (value, self->too_hot);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_heat_monitor_dispose (GObject *object)
{
  edge_heat_monitor_stop (EDGE_HEAT_MONITOR (object));

  G_OBJECT_CLASS (edge_heat_monitor_parent_class)->dispose (object);
}

static void
edge_heat_monitor_finalize (GObject *object)
{
  EdgeHeatMonitor *self = EDGE_HEAT_MONITOR (object);

  g_clear_pointer (&self->sysfs, g_free);

  G_OBJECT_CLASS (edge_heat_monitor_parent_class)->finalize (object);
}

static void
edge_heat_monitor_class_init (EdgeHeatMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_heat_monitor_get_property;
  object_class->dispose = edge_heat_monitor_dispose;
  object_class->finalize = edge_heat_monitor_finalize;

  /**
   * EdgeHeatMonitor:temperature:
   *
   * Of the hottest part, in whole °C; NaN when nothing tells.
   */
  properties[PROP_TEMPERATURE] = g_param_spec_double ("temperature", NULL, NULL,
                                                      -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_TOO_HOT] = g_param_spec_boolean ("too-hot", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_heat_monitor_init (EdgeHeatMonitor *self)
{
  self->temperature = NAN;
}

/**
 * edge_heat_monitor_new:
 * @sysfs: where the kernel's devices are, `/sys`
 *
 * Returns: (transfer full): a monitor that reads nothing before it is started
 */
EdgeHeatMonitor *
edge_heat_monitor_new (const char *sysfs)
{
  EdgeHeatMonitor *self = g_object_new (EDGE_TYPE_HEAT_MONITOR, NULL);

  self->sysfs = g_strdup (sysfs);
  return self;
}

double
edge_heat_monitor_get_temperature (EdgeHeatMonitor *self)
{
  g_return_val_if_fail (EDGE_IS_HEAT_MONITOR (self), NAN);

  return self->temperature;
}

gboolean
edge_heat_monitor_get_too_hot (EdgeHeatMonitor *self)
{
  g_return_val_if_fail (EDGE_IS_HEAT_MONITOR (self), FALSE);

  return self->too_hot;
}

/**
 * edge_heat_monitor_start:
 * @self: a monitor
 * @interval_ms: between two readings; the first is at once
 */
void
edge_heat_monitor_start (EdgeHeatMonitor *self,
                         guint            interval_ms)
{
  g_return_if_fail (EDGE_IS_HEAT_MONITOR (self));

  if (self->source != 0)
    return;
  self->source = g_timeout_add (interval_ms, read_due_cb, self);
  read_due_cb (self);
}

void
edge_heat_monitor_stop (EdgeHeatMonitor *self)
{
  g_return_if_fail (EDGE_IS_HEAT_MONITOR (self));

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}
