/* edge-battery-monitor.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work/edge-battery-monitor.h"

#include <math.h>

/**
 * EdgeBatteryMonitor:
 *
 * Tells whether the computer draws from a battery: from UPower where the
 * system bus has it, from the kernel otherwise.
 *
 * A computer without a battery is on mains, and the battery of a mouse is none.
 */

#define UPOWER          "org.freedesktop.UPower"
#define UPOWER_PATH     "/org/freedesktop/UPower"
#define UPOWER_DISPLAY  "/org/freedesktop/UPower/devices/DisplayDevice"
#define UPOWER_DEVICE   "org.freedesktop.UPower.Device"
#define CALL_TIMEOUT_MS 5000
#define KERNEL_EVERY_MS 1000
#define MAX_SUPPLIES    32
#define MAX_TEXT        64

struct _EdgeBatteryMonitor
{
  GObject          parent_instance;

  GDBusConnection *system_bus;
  char            *sysfs;
  GCancellable    *cancellable;
  GDBusProxy      *upower;
  GDBusProxy      *display;
  guint            name_watch;
  guint            kernel_source;
  EdgeKnown        on_battery;
  double           level;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeBatteryMonitor, edge_battery_monitor, G_TYPE_OBJECT)

static void
take (EdgeBatteryMonitor *self,
      EdgeKnown           on_battery,
      double              level)
{
  level = round (level * 100) / 100;
  if (self->on_battery == on_battery &&
      (self->level == level || (isnan (self->level) && isnan (level))))
    return;

  self->on_battery = on_battery;
  self->level = level;
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
read_text (const char *sysfs,
           const char *supply,
           const char *file)
{
  g_autofree char *path = g_build_filename (sysfs, "class", "power_supply", supply, file, NULL);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL) || length > MAX_TEXT)
    return NULL;

  return g_strdup (g_strchomp (text));
}

static gboolean
kernel_due_cb (gpointer user_data)
{
  EdgeBatteryMonitor *self = user_data;
  g_autofree char *path = g_build_filename (self->sysfs, "class", "power_supply", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  gboolean mains_online = FALSE, discharging = FALSE;
  double level = NAN;
  const char *name;

  for (guint n = 0; dir != NULL && n < MAX_SUPPLIES && (name = g_dir_read_name (dir)); n++)
    {
      g_autofree char *type = read_text (self->sysfs, name, "type");
      g_autofree char *scope = read_text (self->sysfs, name, "scope");
      g_autofree char *online = read_text (self->sysfs, name, "online");
      g_autofree char *status = read_text (self->sysfs, name, "status");
      g_autofree char *capacity = read_text (self->sysfs, name, "capacity");
      gint64 percent;

      if (type == NULL || g_strcmp0 (scope, "Device") == 0)
        continue;
      if (g_str_equal (type, "Battery"))
        {
          discharging |= g_strcmp0 (status, "Discharging") == 0;
          if (capacity != NULL && g_ascii_string_to_signed (capacity, 10, 0, 100, &percent, NULL))
            level = fmax (level, percent / 100.0);
        }
      else if (g_strcmp0 (online, "1") == 0)
        mains_online = TRUE;
    }

  if (dir == NULL)
    take (self, EDGE_KNOWN_NOT, NAN);
  else
    take (self, discharging && !mains_online ? EDGE_KNOWN_YES : EDGE_KNOWN_NO, level);
  return G_SOURCE_CONTINUE;
}

static void
watch_kernel (EdgeBatteryMonitor *self)
{
  if (self->kernel_source != 0)
    return;

  self->kernel_source = g_timeout_add (KERNEL_EVERY_MS, kernel_due_cb, self);
  kernel_due_cb (self);
  /* A computer without power supplies to watch needs no watching. */
  if (self->on_battery == EDGE_KNOWN_NOT)
    g_clear_handle_id (&self->kernel_source, g_source_remove);
}

static void
read_upower (EdgeBatteryMonitor *self)
{
  g_autoptr(GVariant) on_battery = NULL;
  g_autoptr(GVariant) present = NULL;
  g_autoptr(GVariant) percentage = NULL;
  double level = NAN;

  if (self->upower == NULL)
    return;

  on_battery = g_dbus_proxy_get_cached_property (self->upower, "OnBattery");
  if (self->display != NULL)
    {
      present = g_dbus_proxy_get_cached_property (self->display, "IsPresent");
      percentage = g_dbus_proxy_get_cached_property (self->display, "Percentage");
    }
  if (present != NULL && g_variant_is_of_type (present, G_VARIANT_TYPE_BOOLEAN) &&
      g_variant_get_boolean (present) && percentage != NULL &&
      g_variant_is_of_type (percentage, G_VARIANT_TYPE_DOUBLE))
    level = CLAMP (g_variant_get_double (percentage) / 100, 0, 1);

  if (on_battery == NULL || !g_variant_is_of_type (on_battery, G_VARIANT_TYPE_BOOLEAN))
    take (self, EDGE_KNOWN_NOT, level);
  else
    take (self, g_variant_get_boolean (on_battery) ? EDGE_KNOWN_YES : EDGE_KNOWN_NO, level);
}

static void
properties_changed_cb (GDBusProxy         *proxy,
                       GVariant           *changed,
                       GStrv               invalidated,
                       EdgeBatteryMonitor *self)
{
  read_upower (self);
}

static void
take_proxy (EdgeBatteryMonitor *self,
            GDBusProxy        **field,
            GAsyncResult       *result)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusProxy) proxy = g_dbus_proxy_new_finish (result, &error);

  if (proxy == NULL)
    {
      g_debug ("UPower does not answer: %s", error->message);
      return;
    }

  g_set_object (field, proxy);
  g_dbus_proxy_set_default_timeout (proxy, CALL_TIMEOUT_MS);
  g_signal_connect_object (proxy, "g-properties-changed", G_CALLBACK (properties_changed_cb),
                           self, G_CONNECT_DEFAULT);
  read_upower (self);
}

static void
upower_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(EdgeBatteryMonitor) self = user_data;

  take_proxy (self, &self->upower, result);
}

static void
display_ready_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(EdgeBatteryMonitor) self = user_data;

  take_proxy (self, &self->display, result);
}

static void
name_appeared_cb (GDBusConnection *connection,
                  const char      *name,
                  const char      *owner,
                  gpointer         user_data)
{
  EdgeBatteryMonitor *self = user_data;

  g_clear_handle_id (&self->kernel_source, g_source_remove);
  g_dbus_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, NULL, UPOWER, UPOWER_PATH, UPOWER,
                    self->cancellable, upower_ready_cb, g_object_ref (self));
  g_dbus_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, NULL, UPOWER, UPOWER_DISPLAY,
                    UPOWER_DEVICE, self->cancellable, display_ready_cb, g_object_ref (self));
}

static void
drop_proxies (EdgeBatteryMonitor *self)
{
  if (self->upower != NULL)
    g_signal_handlers_disconnect_by_data (self->upower, self);
  if (self->display != NULL)
    g_signal_handlers_disconnect_by_data (self->display, self);
  g_clear_object (&self->upower);
  g_clear_object (&self->display);
}

static void
name_vanished_cb (GDBusConnection *connection,
                  const char      *name,
                  gpointer         user_data)
{
  EdgeBatteryMonitor *self = user_data;

  drop_proxies (self);
  watch_kernel (self);
}

static void
edge_battery_monitor_dispose (GObject *object)
{
  EdgeBatteryMonitor *self = EDGE_BATTERY_MONITOR (object);

  edge_battery_monitor_stop (self);
  g_clear_object (&self->system_bus);

  G_OBJECT_CLASS (edge_battery_monitor_parent_class)->dispose (object);
}

static void
edge_battery_monitor_finalize (GObject *object)
{
  EdgeBatteryMonitor *self = EDGE_BATTERY_MONITOR (object);

  g_clear_pointer (&self->sysfs, g_free);

  G_OBJECT_CLASS (edge_battery_monitor_parent_class)->finalize (object);
}

static void
edge_battery_monitor_class_init (EdgeBatteryMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_battery_monitor_dispose;
  object_class->finalize = edge_battery_monitor_finalize;

  signals[CHANGED] = g_signal_new ("changed", EDGE_TYPE_BATTERY_MONITOR, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_battery_monitor_init (EdgeBatteryMonitor *self)
{
  self->on_battery = EDGE_KNOWN_NOT;
  self->level = NAN;
}

/**
 * edge_battery_monitor_new:
 * @system_bus: (nullable): the bus UPower is on
 * @sysfs: where the kernel's devices are, `/sys`
 *
 * Returns: (transfer full): a monitor that knows nothing before it is started
 */
EdgeBatteryMonitor *
edge_battery_monitor_new (GDBusConnection *system_bus,
                          const char      *sysfs)
{
  EdgeBatteryMonitor *self = g_object_new (EDGE_TYPE_BATTERY_MONITOR, NULL);

  g_set_object (&self->system_bus, system_bus);
  self->sysfs = g_strdup (sysfs);
  return self;
}

EdgeKnown
edge_battery_monitor_get_on_battery (EdgeBatteryMonitor *self)
{
  g_return_val_if_fail (EDGE_IS_BATTERY_MONITOR (self), EDGE_KNOWN_NOT);

  return self->on_battery;
}

/**
 * edge_battery_monitor_get_level:
 * @self: a monitor
 *
 * Returns: charge of the battery, 0…1, NaN without one
 */
double
edge_battery_monitor_get_level (EdgeBatteryMonitor *self)
{
  g_return_val_if_fail (EDGE_IS_BATTERY_MONITOR (self), NAN);

  return self->level;
}

void
edge_battery_monitor_start (EdgeBatteryMonitor *self)
{
  g_return_if_fail (EDGE_IS_BATTERY_MONITOR (self));

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  if (self->system_bus != NULL)
    self->name_watch = g_bus_watch_name_on_connection (self->system_bus, UPOWER,
                                                       G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                                       name_appeared_cb, name_vanished_cb,
                                                       self, NULL);
  else
    watch_kernel (self);
}

void
edge_battery_monitor_stop (EdgeBatteryMonitor *self)
{
  g_return_if_fail (EDGE_IS_BATTERY_MONITOR (self));

  g_clear_handle_id (&self->name_watch, g_bus_unwatch_name);
  g_clear_handle_id (&self->kernel_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_proxies (self);
}
