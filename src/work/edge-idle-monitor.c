/* edge-idle-monitor.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "work/edge-idle-monitor.h"

/**
 * EdgeIdleMonitor:
 *
 * Tells whether the person is away: from Mutter's idle monitor where there is
 * one, else from the screen saver, else it does not know.
 *
 * Both report by signal. Nothing is polled, and a touch is known at once.
 */

#define MUTTER          "org.gnome.Mutter.IdleMonitor"
#define MUTTER_PATH     "/org/gnome/Mutter/IdleMonitor/Core"
#define SAVER           "org.freedesktop.ScreenSaver"
#define SAVER_PATH      "/org/freedesktop/ScreenSaver"
#define CALL_TIMEOUT_MS 5000

struct _EdgeIdleMonitor
{
  GObject          parent_instance;

  GDBusConnection *session_bus;
  GCancellable    *cancellable;
  guint            threshold_ms;
  guint            mutter_watch;
  guint            saver_watch;
  guint            fired_subscription;
  guint            saver_subscription;
  guint32          idle_id;
  guint32          active_id;
  gboolean         has_mutter;
  gboolean         has_saver;
  EdgeKnown        away;
  gint64           away_since;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeIdleMonitor, edge_idle_monitor, G_TYPE_OBJECT)

static void
take (EdgeIdleMonitor *self,
      EdgeKnown        away,
      gint64           idle_ms)
{
  gint64 since = away == EDGE_KNOWN_YES ? g_get_real_time () / 1000 - idle_ms : 0;

  if (self->away == away)
    return;

  self->away = away;
  self->away_since = since;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
call (EdgeIdleMonitor     *self,
      const char          *name,
      const char          *path,
      const char          *method,
      GVariant            *parameters,
      const char          *reply_type,
      GAsyncReadyCallback  callback)
{
  g_dbus_connection_call (self->session_bus, name, path, name, method, parameters,
                          G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          CALL_TIMEOUT_MS, self->cancellable, callback, g_object_ref (self));
}

static GVariant *
finish (GObject      *source,
        GAsyncResult *result)
{
  g_autoptr(GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    g_debug ("The desktop does not tell about idle time: %s", error->message);

  return reply;
}

static void
idle_watch_added_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(EdgeIdleMonitor) self = user_data;
  g_autoptr(GVariant) reply = finish (source, result);

  if (reply != NULL)
    g_variant_get (reply, "(u)", &self->idle_id);
}

static void
active_watch_added_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr(EdgeIdleMonitor) self = user_data;
  g_autoptr(GVariant) reply = finish (source, result);

  if (reply != NULL)
    g_variant_get (reply, "(u)", &self->active_id);
}

static void
go_away (EdgeIdleMonitor *self,
         gint64           idle_ms)
{
  /* Watches for a touch fire once, so each absence gets its own. */
  call (self, MUTTER, MUTTER_PATH, "AddUserActiveWatch", NULL, "(u)", active_watch_added_cb);
  take (self, EDGE_KNOWN_YES, idle_ms);
}

static void
idle_time_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(EdgeIdleMonitor) self = user_data;
  g_autoptr(GVariant) reply = finish (source, result);
  guint64 idle_ms;

  if (reply == NULL || !self->has_mutter)
    return;

  g_variant_get (reply, "(t)", &idle_ms);
  if (idle_ms >= self->threshold_ms)
    go_away (self, MIN (idle_ms, G_MAXINT32));
  else
    take (self, EDGE_KNOWN_NO, 0);
}

static void
watch_fired_cb (GDBusConnection *connection,
                const char      *sender,
                const char      *path,
                const char      *interface,
                const char      *signal,
                GVariant        *parameters,
                gpointer         user_data)
{
  EdgeIdleMonitor *self = user_data;
  guint32 id;

  if (!self->has_mutter || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(u)")))
    return;

  g_variant_get (parameters, "(u)", &id);
  if (id == self->idle_id)
    go_away (self, self->threshold_ms);
  else if (id == self->active_id)
    take (self, EDGE_KNOWN_NO, 0);
}

static void
mutter_appeared_cb (GDBusConnection *connection,
                    const char      *name,
                    const char      *owner,
                    gpointer         user_data)
{
  EdgeIdleMonitor *self = user_data;

  self->has_mutter = TRUE;
  call (self, MUTTER, MUTTER_PATH, "AddIdleWatch",
        g_variant_new ("(t)", (guint64) self->threshold_ms), "(u)", idle_watch_added_cb);
  call (self, MUTTER, MUTTER_PATH, "GetIdletime", NULL, "(t)", idle_time_cb);
}

static void
saver_active_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(EdgeIdleMonitor) self = user_data;
  g_autoptr(GVariant) reply = finish (source, result);
  gboolean active;

  if (reply == NULL || self->has_mutter || !self->has_saver)
    return;

  g_variant_get (reply, "(b)", &active);
  take (self, active ? EDGE_KNOWN_YES : EDGE_KNOWN_NO, 0);
}

static void
ask_saver (EdgeIdleMonitor *self)
{
  if (self->has_saver)
    call (self, SAVER, SAVER_PATH, "GetActive", NULL, "(b)", saver_active_cb);
  else
    take (self, EDGE_KNOWN_NOT, 0);
}

static void
mutter_vanished_cb (GDBusConnection *connection,
                    const char      *name,
                    gpointer         user_data)
{
  EdgeIdleMonitor *self = user_data;

  self->has_mutter = FALSE;
  self->idle_id = 0;
  self->active_id = 0;
  ask_saver (self);
}

static void
saver_appeared_cb (GDBusConnection *connection,
                   const char      *name,
                   const char      *owner,
                   gpointer         user_data)
{
  EdgeIdleMonitor *self = user_data;

  self->has_saver = TRUE;
  if (!self->has_mutter)
    ask_saver (self);
}

static void
saver_vanished_cb (GDBusConnection *connection,
                   const char      *name,
                   gpointer         user_data)
{
  EdgeIdleMonitor *self = user_data;

  self->has_saver = FALSE;
  if (!self->has_mutter)
    ask_saver (self);
}

static void
saver_changed_cb (GDBusConnection *connection,
                  const char      *sender,
                  const char      *path,
                  const char      *interface,
                  const char      *signal,
                  GVariant        *parameters,
                  gpointer         user_data)
{
  EdgeIdleMonitor *self = user_data;
  gboolean active;

  if (self->has_mutter || !self->has_saver ||
      !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (parameters, "(b)", &active);
  take (self, active ? EDGE_KNOWN_YES : EDGE_KNOWN_NO, 0);
}

static void
edge_idle_monitor_dispose (GObject *object)
{
  EdgeIdleMonitor *self = EDGE_IDLE_MONITOR (object);

  edge_idle_monitor_stop (self);
  g_clear_object (&self->session_bus);

  G_OBJECT_CLASS (edge_idle_monitor_parent_class)->dispose (object);
}

static void
edge_idle_monitor_class_init (EdgeIdleMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = edge_idle_monitor_dispose;

  signals[CHANGED] = g_signal_new ("changed", EDGE_TYPE_IDLE_MONITOR, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_idle_monitor_init (EdgeIdleMonitor *self)
{
  self->away = EDGE_KNOWN_NOT;
}

/**
 * edge_idle_monitor_new:
 * @session_bus: (nullable): the bus the desktop is on
 * @threshold_ms: without a touch for this long the person is away
 *
 * Returns: (transfer full): a monitor that knows nothing before it is started
 */
EdgeIdleMonitor *
edge_idle_monitor_new (GDBusConnection *session_bus,
                       guint            threshold_ms)
{
  EdgeIdleMonitor *self = g_object_new (EDGE_TYPE_IDLE_MONITOR, NULL);

  g_set_object (&self->session_bus, session_bus);
  self->threshold_ms = threshold_ms;
  return self;
}

EdgeKnown
edge_idle_monitor_get_away (EdgeIdleMonitor *self)
{
  g_return_val_if_fail (EDGE_IS_IDLE_MONITOR (self), EDGE_KNOWN_NOT);

  return self->away;
}

/**
 * edge_idle_monitor_get_away_since:
 * @self: a monitor
 *
 * Returns: wall clock in ms of the last touch, 0 unless the person is away
 */
gint64
edge_idle_monitor_get_away_since (EdgeIdleMonitor *self)
{
  g_return_val_if_fail (EDGE_IS_IDLE_MONITOR (self), 0);

  return self->away_since;
}

void
edge_idle_monitor_start (EdgeIdleMonitor *self)
{
  g_return_if_fail (EDGE_IS_IDLE_MONITOR (self));

  if (self->cancellable != NULL || self->session_bus == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  self->fired_subscription =
    g_dbus_connection_signal_subscribe (self->session_bus, MUTTER, MUTTER, "WatchFired",
                                        MUTTER_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                        watch_fired_cb, self, NULL);
  self->saver_subscription =
    g_dbus_connection_signal_subscribe (self->session_bus, SAVER, SAVER, "ActiveChanged",
                                        NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                        saver_changed_cb, self, NULL);
  self->mutter_watch = g_bus_watch_name_on_connection (self->session_bus, MUTTER,
                                                       G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                       mutter_appeared_cb, mutter_vanished_cb,
                                                       self, NULL);
  self->saver_watch = g_bus_watch_name_on_connection (self->session_bus, SAVER,
                                                      G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                      saver_appeared_cb, saver_vanished_cb,
                                                      self, NULL);
}

void
edge_idle_monitor_stop (EdgeIdleMonitor *self)
{
  g_return_if_fail (EDGE_IS_IDLE_MONITOR (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->mutter_watch, g_bus_unwatch_name);
  g_clear_handle_id (&self->saver_watch, g_bus_unwatch_name);
  g_dbus_connection_signal_unsubscribe (self->session_bus, self->fired_subscription);
  g_dbus_connection_signal_unsubscribe (self->session_bus, self->saver_subscription);
}
