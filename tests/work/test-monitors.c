/* test-monitors.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>

#include "work/edge-battery-monitor.h"
#include "work/edge-heat-monitor.h"
#include "work/edge-idle-monitor.h"

/* Against a real message bus, on which this program plays the desktop's services. */

#define LIMIT_SECONDS 30
#define THRESHOLD_MS  180000

static const char xml[] =
  "<node>"
  "  <interface name='org.freedesktop.UPower'>"
  "    <property name='OnBattery' type='b' access='read'/>"
  "  </interface>"
  "  <interface name='org.freedesktop.UPower.Device'>"
  "    <property name='IsPresent' type='b' access='read'/>"
  "    <property name='Percentage' type='d' access='read'/>"
  "  </interface>"
  "  <interface name='org.gnome.Mutter.IdleMonitor'>"
  "    <method name='GetIdletime'><arg type='t' direction='out'/></method>"
  "    <method name='AddIdleWatch'><arg type='t' direction='in'/><arg type='u' direction='out'/></method>"
  "    <method name='AddUserActiveWatch'><arg type='u' direction='out'/></method>"
  "  </interface>"
  "  <interface name='org.freedesktop.ScreenSaver'>"
  "    <method name='GetActive'><arg type='b' direction='out'/></method>"
  "  </interface>"
  "</node>";

typedef struct
{
  GTestDBus       *bus;
  GDBusConnection *ours;
  GDBusConnection *theirs;
  GDBusNodeInfo   *info;
  gboolean         on_battery;
  gboolean         present;
  double           percentage;
  guint64          idle_ms;
  guint64          threshold;
  guint            n_active_watches;
  gboolean         active;
} Fixture;

#define IDLE_WATCH   7
#define ACTIVE_WATCH 100

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr(GError) error = NULL;
  GDBusConnection *connection;

  connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                       G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                       NULL, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->ours = connect_to (fixture->bus);
  fixture->theirs = connect_to (fixture->bus);
  fixture->info = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  fixture->percentage = 71;
  fixture->present = TRUE;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_dbus_connection_close_sync (fixture->ours, NULL, NULL);
  g_dbus_connection_close_sync (fixture->theirs, NULL, NULL);
  g_clear_object (&fixture->ours);
  g_clear_object (&fixture->theirs);
  g_clear_pointer (&fixture->info, g_dbus_node_info_unref);
  g_test_dbus_down (fixture->bus);
  g_clear_object (&fixture->bus);
}

static void
method_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  Fixture *fixture = user_data;
  GVariant *reply = NULL;

  if (g_str_equal (method, "GetIdletime"))
    reply = g_variant_new ("(t)", fixture->idle_ms);
  else if (g_str_equal (method, "AddIdleWatch"))
    {
      g_variant_get (parameters, "(t)", &fixture->threshold);
      reply = g_variant_new ("(u)", IDLE_WATCH);
    }
  else if (g_str_equal (method, "AddUserActiveWatch"))
    reply = g_variant_new ("(u)", ACTIVE_WATCH + ++fixture->n_active_watches);
  else if (g_str_equal (method, "GetActive"))
    reply = g_variant_new ("(b)", fixture->active);
  else
    g_assert_not_reached ();

  g_dbus_method_invocation_return_value (invocation, reply);
}

static GVariant *
property_cb (GDBusConnection  *connection,
             const char       *sender,
             const char       *path,
             const char       *interface,
             const char       *property,
             GError          **error,
             gpointer          user_data)
{
  Fixture *fixture = user_data;

  if (g_str_equal (property, "OnBattery"))
    return g_variant_new_boolean (fixture->on_battery);
  if (g_str_equal (property, "IsPresent"))
    return g_variant_new_boolean (fixture->present);
  return g_variant_new_double (fixture->percentage);
}

static void
offer (Fixture    *fixture,
       const char *interface,
       const char *path)
{
  static const GDBusInterfaceVTable vtable = { method_cb, property_cb, NULL, { 0 } };
  g_autoptr(GError) error = NULL;

  g_dbus_connection_register_object (fixture->theirs, path,
                                     g_dbus_node_info_lookup_interface (fixture->info, interface),
                                     &vtable, fixture, NULL, &error);
  g_assert_no_error (error);
}

static void
call_bus (Fixture    *fixture,
          const char *method,
          GVariant   *parameters)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = NULL;

  reply = g_dbus_connection_call_sync (fixture->theirs, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                                       parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
own (Fixture    *fixture,
     const char *name)
{
  call_bus (fixture, "RequestName", g_variant_new ("(su)", name, 0));
}

static void
disown (Fixture    *fixture,
        const char *name)
{
  call_bus (fixture, "ReleaseName", g_variant_new ("(s)", name));
}

static void
emit (Fixture    *fixture,
      const char *path,
      const char *interface,
      const char *signal,
      GVariant   *parameters)
{
  g_autoptr(GError) error = NULL;

  g_dbus_connection_emit_signal (fixture->theirs, NULL, path, interface, signal, parameters, &error);
  g_assert_no_error (error);
}

#define wait_for(condition)                                                     \
  G_STMT_START {                                                                \
    gint64 limit = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC;    \
    while (!(condition))                                                        \
      {                                                                         \
        g_main_context_iteration (NULL, FALSE);                                 \
        g_assert_cmpint (g_get_monotonic_time (), <, limit);                    \
        g_usleep (1000);                                                        \
      }                                                                         \
  } G_STMT_END

static void
test_upower (Fixture       *fixture,
             gconstpointer  data)
{
  EdgeBatteryMonitor *monitor = edge_battery_monitor_new (fixture->ours, "/nowhere");
  GVariantBuilder changed;

  offer (fixture, "org.freedesktop.UPower", "/org/freedesktop/UPower");
  offer (fixture, "org.freedesktop.UPower.Device",
         "/org/freedesktop/UPower/devices/DisplayDevice");
  own (fixture, "org.freedesktop.UPower");

  g_assert_cmpint (edge_battery_monitor_get_on_battery (monitor), ==, EDGE_KNOWN_NOT);
  edge_battery_monitor_start (monitor);
  wait_for (edge_battery_monitor_get_on_battery (monitor) == EDGE_KNOWN_NO &&
            !isnan (edge_battery_monitor_get_level (monitor)));
  g_assert_cmpfloat (edge_battery_monitor_get_level (monitor), ==, 0.71);

  g_variant_builder_init (&changed, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&changed, "{sv}", "OnBattery", g_variant_new_boolean (TRUE));
  emit (fixture, "/org/freedesktop/UPower", "org.freedesktop.DBus.Properties",
        "PropertiesChanged", g_variant_new ("(sa{sv}as)", "org.freedesktop.UPower", &changed, NULL));
  wait_for (edge_battery_monitor_get_on_battery (monitor) == EDGE_KNOWN_YES);

  /* The service ends: what it said holds no more. */
  disown (fixture, "org.freedesktop.UPower");
  wait_for (edge_battery_monitor_get_on_battery (monitor) == EDGE_KNOWN_NOT);
  edge_battery_monitor_stop (monitor);
  wait_for (G_OBJECT (monitor)->ref_count == 1);
  g_assert_finalize_object (monitor);
}

static void
write_supply (const char *sysfs,
              const char *supply,
              const char *file,
              const char *text)
{
  g_autofree char *dir = g_build_filename (sysfs, "class", "power_supply", supply, NULL);
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
assert_kernel (const char *sysfs,
               EdgeKnown   on_battery,
               double      level)
{
  EdgeBatteryMonitor *monitor = edge_battery_monitor_new (NULL, sysfs);

  edge_battery_monitor_start (monitor);
  g_assert_cmpint (edge_battery_monitor_get_on_battery (monitor), ==, on_battery);
  if (isnan (level))
    g_assert_true (isnan (edge_battery_monitor_get_level (monitor)));
  else
    g_assert_cmpfloat (edge_battery_monitor_get_level (monitor), ==, level);
  g_assert_finalize_object (monitor);
}

static void
test_kernel_battery (void)
{
  g_autofree char *sysfs = g_dir_make_tmp ("edge-sys-XXXXXX", NULL);
  g_autofree char *dir = g_build_filename (sysfs, "class", "power_supply", NULL);

  assert_kernel (sysfs, EDGE_KNOWN_NOT, NAN);

  /* A desktop: no battery at all. Then only that of a mouse. */
  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  assert_kernel (sysfs, EDGE_KNOWN_NO, NAN);
  write_supply (sysfs, "hid-mouse", "type", "Battery\n");
  write_supply (sysfs, "hid-mouse", "scope", "Device\n");
  write_supply (sysfs, "hid-mouse", "status", "Discharging\n");
  write_supply (sysfs, "hid-mouse", "capacity", "5\n");
  assert_kernel (sysfs, EDGE_KNOWN_NO, NAN);

  write_supply (sysfs, "BAT0", "type", "Battery\n");
  write_supply (sysfs, "BAT0", "status", "Discharging\n");
  write_supply (sysfs, "BAT0", "capacity", "42\n");
  assert_kernel (sysfs, EDGE_KNOWN_YES, 0.42);

  /* A laptop that discharges although it is plugged in is not on battery. */
  write_supply (sysfs, "AC", "type", "Mains\n");
  write_supply (sysfs, "AC", "online", "1\n");
  assert_kernel (sysfs, EDGE_KNOWN_NO, 0.42);
  write_supply (sysfs, "AC", "online", "0\n");
  assert_kernel (sysfs, EDGE_KNOWN_YES, 0.42);

  write_supply (sysfs, "BAT0", "capacity", "much\n");
  assert_kernel (sysfs, EDGE_KNOWN_YES, NAN);
  remove_tree (sysfs);
}

static void
test_mutter (Fixture       *fixture,
             gconstpointer  data)
{
  EdgeIdleMonitor *monitor = edge_idle_monitor_new (fixture->ours, THRESHOLD_MS);
  const char *path = "/org/gnome/Mutter/IdleMonitor/Core";
  const char *name = "org.gnome.Mutter.IdleMonitor";
  gint64 before = g_get_real_time () / 1000;

  offer (fixture, name, path);
  own (fixture, name);
  edge_idle_monitor_start (monitor);
  wait_for (edge_idle_monitor_get_away (monitor) == EDGE_KNOWN_NO && fixture->threshold != 0);
  g_assert_cmpuint (fixture->threshold, ==, THRESHOLD_MS);
  g_assert_cmpint (edge_idle_monitor_get_away_since (monitor), ==, 0);

  /* Twice, for a watch for a touch fires once. */
  for (guint i = 1; i <= 2; i++)
    {
      emit (fixture, path, name, "WatchFired", g_variant_new ("(u)", IDLE_WATCH));
      wait_for (edge_idle_monitor_get_away (monitor) == EDGE_KNOWN_YES);
      g_assert_cmpint (edge_idle_monitor_get_away_since (monitor), >=, before - THRESHOLD_MS);
      g_assert_cmpint (edge_idle_monitor_get_away_since (monitor), <=,
                       g_get_real_time () / 1000 - THRESHOLD_MS);
      wait_for (fixture->n_active_watches == i);

      /* The answer with the watch's number may still be on its way. */
      emit (fixture, path, name, "WatchFired", g_variant_new ("(u)", 55));
      do
        {
          emit (fixture, path, name, "WatchFired", g_variant_new ("(u)", ACTIVE_WATCH + i));
          g_main_context_iteration (NULL, FALSE);
        }
      while (edge_idle_monitor_get_away (monitor) != EDGE_KNOWN_NO);
    }

  disown (fixture, name);
  wait_for (edge_idle_monitor_get_away (monitor) == EDGE_KNOWN_NOT);
  edge_idle_monitor_stop (monitor);
  wait_for (G_OBJECT (monitor)->ref_count == 1);
  g_assert_finalize_object (monitor);
}

static void
test_mutter_already_away (Fixture       *fixture,
                          gconstpointer  data)
{
  EdgeIdleMonitor *monitor = edge_idle_monitor_new (fixture->ours, THRESHOLD_MS);

  fixture->idle_ms = 10 * THRESHOLD_MS;
  offer (fixture, "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core");
  own (fixture, "org.gnome.Mutter.IdleMonitor");
  edge_idle_monitor_start (monitor);
  wait_for (edge_idle_monitor_get_away (monitor) == EDGE_KNOWN_YES);
  g_assert_cmpint (edge_idle_monitor_get_away_since (monitor), <=,
                   g_get_real_time () / 1000 - 10 * THRESHOLD_MS);
  edge_idle_monitor_stop (monitor);
  wait_for (G_OBJECT (monitor)->ref_count == 1);
  g_assert_finalize_object (monitor);
}

static void
test_screen_saver (Fixture       *fixture,
                   gconstpointer  data)
{
  EdgeIdleMonitor *monitor = edge_idle_monitor_new (fixture->ours, THRESHOLD_MS);
  const char *name = "org.freedesktop.ScreenSaver";
  const char *path = "/org/freedesktop/ScreenSaver";

  offer (fixture, name, path);
  own (fixture, name);
  edge_idle_monitor_start (monitor);
  wait_for (edge_idle_monitor_get_away (monitor) == EDGE_KNOWN_NO);
  emit (fixture, path, name, "ActiveChanged", g_variant_new ("(b)", TRUE));
  wait_for (edge_idle_monitor_get_away (monitor) == EDGE_KNOWN_YES);
  emit (fixture, path, name, "ActiveChanged", g_variant_new ("(s)", "of another shape"));
  emit (fixture, path, name, "ActiveChanged", g_variant_new ("(b)", FALSE));
  wait_for (edge_idle_monitor_get_away (monitor) == EDGE_KNOWN_NO);
  edge_idle_monitor_stop (monitor);
  wait_for (G_OBJECT (monitor)->ref_count == 1);
  g_assert_finalize_object (monitor);
}

static void
test_no_desktop (Fixture       *fixture,
                 gconstpointer  data)
{
  EdgeIdleMonitor *monitor = edge_idle_monitor_new (NULL, THRESHOLD_MS);

  edge_idle_monitor_start (monitor);
  g_assert_cmpint (edge_idle_monitor_get_away (monitor), ==, EDGE_KNOWN_NOT);
  g_assert_finalize_object (monitor);
}

static void
write_zone (const char *sysfs,
            const char *zone,
            const char *text)
{
  g_autofree char *dir = g_build_filename (sysfs, "class", "thermal", zone, NULL);
  g_autofree char *path = g_build_filename (dir, "temp", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_heat (void)
{
  g_autofree char *sysfs = g_dir_make_tmp ("edge-sys-XXXXXX", NULL);
  EdgeHeatMonitor *monitor = edge_heat_monitor_new (sysfs);

  write_zone (sysfs, "thermal_zone0", "61499\n");
  write_zone (sysfs, "thermal_zone1", "0\n");
  write_zone (sysfs, "thermal_zone2", "999999\n");
  write_zone (sysfs, "thermal_zone3", "cold\n");
  write_zone (sysfs, "cooling_device0", "95000\n");
  g_assert_true (isnan (edge_heat_monitor_get_temperature (monitor)));

  edge_heat_monitor_start (monitor, 5);
  wait_for (edge_heat_monitor_get_temperature (monitor) == 61);
  g_assert_false (edge_heat_monitor_get_too_hot (monitor));

  /* It is too hot from 90 °C on and cool again below 80 °C only. */
  write_zone (sysfs, "thermal_zone1", "89000\n");
  wait_for (edge_heat_monitor_get_temperature (monitor) == 89);
  g_assert_false (edge_heat_monitor_get_too_hot (monitor));
  write_zone (sysfs, "thermal_zone1", "90000\n");
  wait_for (edge_heat_monitor_get_too_hot (monitor));
  write_zone (sysfs, "thermal_zone1", "81000\n");
  wait_for (edge_heat_monitor_get_temperature (monitor) == 81);
  g_assert_true (edge_heat_monitor_get_too_hot (monitor));
  write_zone (sysfs, "thermal_zone1", "79000\n");
  wait_for (!edge_heat_monitor_get_too_hot (monitor));

  edge_heat_monitor_stop (monitor);
  wait_for (G_OBJECT (monitor)->ref_count == 1);
  g_assert_finalize_object (monitor);
  remove_tree (sysfs);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/work/battery/upower", Fixture, NULL, set_up, test_upower, tear_down);
  g_test_add_func ("/work/battery/kernel", test_kernel_battery);
  g_test_add ("/work/idle/mutter", Fixture, NULL, set_up, test_mutter, tear_down);
  g_test_add ("/work/idle/mutter-already-away", Fixture, NULL, set_up, test_mutter_already_away,
              tear_down);
  g_test_add ("/work/idle/screen-saver", Fixture, NULL, set_up, test_screen_saver, tear_down);
  g_test_add ("/work/idle/no-desktop", Fixture, NULL, set_up, test_no_desktop, tear_down);
  g_test_add_func ("/work/heat", test_heat);
  return g_test_run ();
}
