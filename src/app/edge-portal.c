/* edge-portal.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-portal.h"

#include <libportal-gtk4/portal-gtk4.h>

/* What the desktop does for an app on request, with the person's leave. */

#define BUS_NAME    "org.freedesktop.portal.Desktop"
#define OBJECT_PATH "/org/freedesktop/portal/desktop"
#define FIND_MS     3000

typedef struct
{
  char *interface;
  char *property;
} Query;

static void
query_free (Query *query)
{
  g_free (query->interface);
  g_free (query->property);
  g_free (query);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GVariant) value = NULL;
  GError *error = NULL;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_variant_get (reply, "(v)", &value);
  g_task_return_pointer (task, g_steal_pointer (&value), (GDestroyNotify) g_variant_unref);
}

static void
bus_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Query *query = g_task_get_task_data (task);
  g_autoptr(GDBusConnection) bus = NULL;
  GError *error = NULL;

  bus = g_bus_get_finish (result, &error);
  if (bus == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_dbus_connection_call (bus, BUS_NAME, OBJECT_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", query->interface, query->property),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, FIND_MS,
                          g_task_get_cancellable (task), found_cb, g_object_ref (task));
}

/**
 * edge_portal_find_async:
 * @interface: of a portal
 * @property: a property of it
 * @cancellable: (nullable): to wait no longer
 * @callback: called with the answer, after three seconds at most
 * @user_data: for @callback
 *
 * Asks whether the desktop has a portal.
 */
void
edge_portal_find_async (const char          *interface,
                        const char          *property,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Query *query = g_new0 (Query, 1);

  g_task_set_source_tag (task, edge_portal_find_async);
  query->interface = g_strdup (interface);
  query->property = g_strdup (property);
  g_task_set_task_data (task, query, (GDestroyNotify) query_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, g_object_ref (task));
}

GVariant *
edge_portal_find_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static XdpPortal *
make_portal (GTask *task)
{
  GError *error = NULL;
  XdpPortal *portal = xdp_portal_initable_new (&error);

  if (portal == NULL)
    g_task_return_error (task, error);
  return portal;
}

static XdpParent *
find_parent (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? xdp_parent_new_gtk (GTK_WINDOW (root)) : NULL;
}

static void
camera_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  int fd;

  if (!xdp_portal_access_camera_finish (XDP_PORTAL (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  fd = xdp_portal_open_pipewire_remote_for_camera (XDP_PORTAL (source));
  if (fd < 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "PipeWire can't be reached");
  else
    g_task_return_int (task, fd);
}

/**
 * edge_portal_open_camera_async:
 * @widget: where it is asked for
 * @cancellable: (nullable): to wait no longer
 * @callback: called when the person has decided
 * @user_data: for @callback
 *
 * Asks for the camera.
 */
void
edge_portal_open_camera_async (GtkWidget           *widget,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(XdpPortal) portal = make_portal (task);
  XdpParent *parent;

  g_task_set_source_tag (task, edge_portal_open_camera_async);
  if (portal == NULL)
    return;

  parent = find_parent (widget);
  xdp_portal_access_camera (portal, parent, XDP_CAMERA_FLAG_NONE, cancellable, camera_cb,
                            g_object_ref (task));
  g_clear_pointer (&parent, xdp_parent_free);
}

/**
 * edge_portal_open_camera_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): a connection to PipeWire that shows the camera alone, -1 on error
 */
int
edge_portal_open_camera_finish (GAsyncResult  *result,
                                GError       **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
mail_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (xdp_portal_compose_email_finish (XDP_PORTAL (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * edge_portal_send_mail_async:
 * @widget: where it is asked for
 * @subject: the mail's subject
 * @body: its text
 * @cancellable: (nullable): to wait no longer
 * @callback: called when a mail program has it
 * @user_data: for @callback
 *
 * Opens a mail to be addressed and sent by the person.
 */
void
edge_portal_send_mail_async (GtkWidget           *widget,
                             const char          *subject,
                             const char          *body,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(XdpPortal) portal = make_portal (task);
  XdpParent *parent;

  g_task_set_source_tag (task, edge_portal_send_mail_async);
  if (portal == NULL)
    return;

  parent = find_parent (widget);
  xdp_portal_compose_email (portal, parent, NULL, NULL, NULL, subject, body, NULL,
                            XDP_EMAIL_FLAG_NONE, cancellable, mail_cb, g_object_ref (task));
  g_clear_pointer (&parent, xdp_parent_free);
}

gboolean
edge_portal_send_mail_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
background_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  gboolean granted = xdp_portal_request_background_finish (XDP_PORTAL (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, granted);
}

/**
 * edge_portal_request_background_async:
 * @widget: (nullable): where it is asked for
 * @reason: why, for the person
 * @at_login: whether to be started at login as well
 * @callback: called when the desktop has answered
 * @user_data: for @callback
 *
 * Asks to run without a window. What started the app at login before goes when
 * @at_login is not set.
 */
void
edge_portal_request_background_async (GtkWidget           *widget,
                                      const char          *reason,
                                      gboolean             at_login,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr(XdpPortal) portal = make_portal (task);
  g_autoptr(GPtrArray) command = g_ptr_array_new ();
  g_autofree char *text = g_strdup (reason);
  XdpParent *parent;

  g_task_set_source_tag (task, edge_portal_request_background_async);
  if (portal == NULL)
    return;

  g_ptr_array_add (command, (gpointer) "edge-net");
  g_ptr_array_add (command, (gpointer) "--background");
  parent = widget != NULL ? find_parent (widget) : NULL;
  xdp_portal_request_background (portal, parent, text, command,
                                 at_login ? XDP_BACKGROUND_FLAG_AUTOSTART
                                          : XDP_BACKGROUND_FLAG_NONE,
                                 NULL, background_cb, g_object_ref (task));
  g_clear_pointer (&parent, xdp_parent_free);
}

/**
 * edge_portal_request_background_finish:
 * @result: what the callback was given
 * @error: return location for an error; %G_IO_ERROR_CANCELLED when the person said no
 *
 * Returns: whether what was asked for is granted, the start at login if that was asked for
 */
gboolean
edge_portal_request_background_finish (GAsyncResult  *result,
                                       GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
status_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (xdp_portal_set_background_status_finish (XDP_PORTAL (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * edge_portal_set_status_async:
 * @status: one line of less than 96 characters
 * @cancellable: (nullable): to wait no longer
 * @callback: called when the desktop has it
 * @user_data: for @callback
 *
 * Tells the desktop what the app does without a window.
 */
void
edge_portal_set_status_async (const char          *status,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(XdpPortal) portal = make_portal (task);

  g_task_set_source_tag (task, edge_portal_set_status_async);
  if (portal != NULL)
    xdp_portal_set_background_status (portal, status, cancellable, status_cb, g_object_ref (task));
}

gboolean
edge_portal_set_status_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
