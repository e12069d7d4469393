/* edge-policy-monitor.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work/edge-policy-monitor.h"

#include "work/edge-battery-monitor.h"
#include "work/edge-heat-monitor.h"
#include "work/edge-idle-monitor.h"

/**
 * EdgePolicyMonitor:
 *
 * Feeds an [class@EdgePolicy] with facts about this computer and with the time.
 */

#define SYSFS         "/sys"
#define HEAT_EVERY_MS 10000
#define TICK_MS       60000

struct _EdgePolicyMonitor
{
  GObject               parent_instance;

  EdgePolicy           *policy;
  EdgeBatteryMonitor   *battery;
  EdgeIdleMonitor      *idle;
  EdgeHeatMonitor      *heat;
  GNetworkMonitor      *network;
  GPowerProfileMonitor *power_profile;
  GCancellable         *cancellable;
  guint                 tick_source;
  gboolean              tells_metered;
  gboolean              saw_power_saver;
};

G_DEFINE_FINAL_TYPE (EdgePolicyMonitor, edge_policy_monitor, G_TYPE_OBJECT)

static gboolean tick_cb (gpointer user_data);

static void
schedule_tick (EdgePolicyMonitor *self)
{
  gint64 now = g_get_real_time () / 1000;
  gint64 next = edge_policy_get_next (self->policy);
  gint64 wait = TICK_MS;

  if (next > 0)
    wait = CLAMP (next - now, 0, TICK_MS);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  /* The wall clock and the one of timeouts drift apart; a tick too early would only ask again. */
  self->tick_source = g_timeout_add ((guint) wait + 1, tick_cb, self);
}

static void
collect (EdgePolicyMonitor *self,
         EdgePolicyFacts   *facts)
{
  edge_policy_facts_init (facts);

  if (self->battery != NULL)
    {
      facts->on_battery = edge_battery_monitor_get_on_battery (self->battery);
      facts->battery_level = edge_battery_monitor_get_level (self->battery);
    }
  if (self->idle != NULL)
    {
      facts->away = edge_idle_monitor_get_away (self->idle);
      facts->away_since = edge_idle_monitor_get_away_since (self->idle);
    }

  if (g_network_monitor_get_network_metered (self->network))
    facts->metered = EDGE_KNOWN_YES;
  else if (self->tells_metered)
    facts->metered = EDGE_KNOWN_NO;

  /* Without a service that knows, the monitor says no as well. */
  if (g_power_profile_monitor_get_power_saver_enabled (self->power_profile))
    {
      facts->power_saver = EDGE_KNOWN_YES;
      self->saw_power_saver = TRUE;
    }
  else if (self->saw_power_saver)
    facts->power_saver = EDGE_KNOWN_NO;

  facts->temperature = edge_heat_monitor_get_temperature (self->heat);
  facts->too_hot = edge_heat_monitor_get_too_hot (self->heat);
}

static void
update (EdgePolicyMonitor *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  EdgePolicyFacts facts;

  if (self->cancellable == NULL)
    {
      edge_policy_update (self->policy, now);
      return;
    }

  collect (self, &facts);
  edge_policy_set_facts (self->policy, &facts, now);
  schedule_tick (self);
}

/* Somebody set the end of a pause; this is who has to wake up for it. */
static void
ends_changed_cb (EdgePolicyMonitor *self)
{
  if (self->cancellable != NULL)
    schedule_tick (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  EdgePolicyMonitor *self = user_data;

  self->tick_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
system_bus_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(EdgePolicyMonitor) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bus == NULL)
    g_debug ("No system bus: %s", error->message);
  else
    g_dbus_connection_set_exit_on_close (bus, FALSE);

  self->battery = edge_battery_monitor_new (bus, SYSFS);
  g_signal_connect_object (self->battery, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  edge_battery_monitor_start (self->battery);
  update (self);
}

static void
session_bus_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(EdgePolicyMonitor) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      g_debug ("No session bus: %s", error->message);
      return;
    }

  /* A node outlives the desktop it was started in. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  self->idle = edge_idle_monitor_new (bus, EDGE_POLICY_AWAY_AFTER_MS);
  g_signal_connect_object (self->idle, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  edge_idle_monitor_start (self->idle);
}

static void
edge_policy_monitor_dispose (GObject *object)
{
  EdgePolicyMonitor *self = EDGE_POLICY_MONITOR (object);

  edge_policy_monitor_stop (self);
  if (self->policy != NULL)
    g_signal_handlers_disconnect_by_data (self->policy, self);
  g_clear_object (&self->policy);
  g_clear_object (&self->heat);
  g_clear_object (&self->power_profile);
  g_clear_object (&self->network);

  G_OBJECT_CLASS (edge_policy_monitor_parent_class)->dispose (object);
}

static void
edge_policy_monitor_class_init (EdgePolicyMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = edge_policy_monitor_dispose;
}

static void
edge_policy_monitor_init (EdgePolicyMonitor *self)
{
}

/**
 * edge_policy_monitor_new:
 * @policy: the policy to feed
 *
 * Returns: (transfer full): a monitor that watches nothing before it is started
 */
EdgePolicyMonitor *
edge_policy_monitor_new (EdgePolicy *policy)
{
  EdgePolicyMonitor *self = g_object_new (EDGE_TYPE_POLICY_MONITOR, NULL);

  self->policy = g_object_ref (policy);
  g_signal_connect_object (policy, "stale", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (policy, "notify::paused-until", G_CALLBACK (ends_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (policy, "notify::asked-until", G_CALLBACK (ends_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * edge_policy_monitor_start:
 * @self: a monitor
 *
 * Begins to watch. What is not known yet comes as it is learnt.
 */
void
edge_policy_monitor_start (EdgePolicyMonitor *self)
{
  const char *kind;

  g_return_if_fail (EDGE_IS_POLICY_MONITOR (self));

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  self->network = g_object_ref (g_network_monitor_get_default ());
  self->power_profile = g_power_profile_monitor_dup_default ();
  self->heat = edge_heat_monitor_new (SYSFS);

  /* The monitors that read the kernel's routes alone always say "not metered". */
  kind = G_OBJECT_TYPE_NAME (self->network);
  self->tells_metered = g_str_equal (kind, "GNetworkMonitorNM") ||
                        g_str_equal (kind, "GNetworkMonitorPortal");

  g_signal_connect_object (self->network, "notify::network-metered", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->power_profile, "notify::power-saver-enabled",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->heat, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  edge_heat_monitor_start (self->heat, HEAT_EVERY_MS);

  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, system_bus_cb, g_object_ref (self));
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, session_bus_cb, g_object_ref (self));
  update (self);
}

void
edge_policy_monitor_stop (EdgePolicyMonitor *self)
{
  g_return_if_fail (EDGE_IS_POLICY_MONITOR (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->network, self);
  g_signal_handlers_disconnect_by_data (self->power_profile, self);
  edge_heat_monitor_stop (self->heat);
  g_signal_handlers_disconnect_by_data (self->heat, self);
  g_clear_object (&self->network);
  g_clear_object (&self->power_profile);
  g_clear_object (&self->heat);
  if (self->battery != NULL)
    edge_battery_monitor_stop (self->battery);
  if (self->idle != NULL)
    edge_idle_monitor_stop (self->idle);
  g_clear_object (&self->battery);
  g_clear_object (&self->idle);
}
