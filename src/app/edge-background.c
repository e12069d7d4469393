/* edge-background.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-background.h"

#include "app/edge-portal.h"

#include <glib/gi18n.h>

/**
 * EdgeBackground:
 *
 * Keeps the app running without its window, and has the desktop agree to it.
 *
 * What the person wants is in the settings `run-in-background` and
 * `start-at-login`. The Background portal is asked whenever they change; what
 * it refuses is taken back. Without it the app is just held; the file that
 * would start it at login is the portal's alone to write.
 */

typedef enum
{
  PORTAL_UNKNOWN,
  PORTAL_MISSING,
  PORTAL_THERE,
} PortalState;

struct _EdgeBackground
{
  GObject       parent_instance;

  GApplication *application;
  EdgeNode     *node;
  GSettings    *settings;
  GCancellable *cancellable;

  PortalState   portal;
  gboolean      hidden;
  gboolean      keep_refused;
  gboolean      login_refused;
  gboolean      own_change;

  gboolean      asking;
  gboolean      ask_again;

  char         *status;
  gboolean      telling;
};

typedef enum
{
  PROP_HIDDEN = 1,
  PROP_CAN_LOGIN,
  PROP_KEEP_NOTE,
  PROP_LOGIN_NOTE,
} EdgeBackgroundProperty;

static GParamSpec *properties[PROP_LOGIN_NOTE + 1];

G_DEFINE_FINAL_TYPE (EdgeBackground, edge_background, G_TYPE_OBJECT)

static void tell_status (EdgeBackground *self);

static void
notify_notes (EdgeBackground *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_LOGIN]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEEP_NOTE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOGIN_NOTE]);
}

static const char *
get_keep_note (EdgeBackground *self)
{
  if (self->keep_refused)
    return _("The desktop does not allow it. Its settings have a switch for that, under Apps.");
  if (self->portal == PORTAL_MISSING)
    return _("To see the window again, start Edge-Net once more. This desktop has no list of apps in the background.");

  return _("The desktop lists it among the apps in the background, with what it does now.");
}

static const char *
get_login_note (EdgeBackground *self)
{
  if (self->portal == PORTAL_MISSING)
    return _("This desktop lacks the Background portal, by which an app asks for that: xdg-desktop-portal with the part for this desktop.");
  if (self->login_refused)
    return _("The desktop does not allow it. Its settings have a switch for that, under Apps.");

  return _("Without a window, in the network it was in last.");
}

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(EdgeBackground) self = user_data;
  g_autoptr(GError) error = NULL;

  /* Outside of a sandbox the portal shows no status. */
  if (!edge_portal_set_status_finish (result, &error))
    g_debug ("The desktop does not show what happens: %s", error->message);

  self->telling = FALSE;
  tell_status (self);
}

/* One call at a time, so that the newest is the last to arrive. */
static void
tell_status (EdgeBackground *self)
{
  g_autofree char *headline = NULL;
  g_autofree char *status = NULL;

  if (!self->hidden || self->telling || self->portal == PORTAL_MISSING)
    return;

  g_object_get (self->node, "headline", &headline, NULL);
  status = edge_background_shorten_status (headline != NULL ? headline : "");
  if (!g_set_str (&self->status, status))
    return;

  self->telling = TRUE;
  edge_portal_set_status_async (status, self->cancellable, told_cb, g_object_ref (self));
}

static void ask_for_wishes (EdgeBackground *self);

static void
set_wish (EdgeBackground *self,
          const char     *key,
          gboolean        wish)
{
  self->own_change = TRUE;
  g_settings_set_boolean (self->settings, key, wish);
  self->own_change = FALSE;
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  EdgeBackground *self = g_task_get_source_object (task);
  gboolean at_login = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autoptr(GError) error = NULL;
  gboolean granted = edge_portal_request_background_finish (result, &error);
  gboolean refused = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                     g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED);

  self->asking = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }

  self->portal = error == NULL || refused ? PORTAL_THERE : PORTAL_MISSING;
  if (self->portal == PORTAL_MISSING)
    g_debug ("No Background portal: %s", error->message);

  /* Who asks for the start at login is answered about that. */
  self->keep_refused = refused || (error == NULL && !granted && !at_login);
  self->login_refused = at_login && (refused || (error == NULL && !granted));
  if (self->keep_refused)
    set_wish (self, "run-in-background", FALSE);
  if (self->login_refused || self->portal == PORTAL_MISSING)
    set_wish (self, "start-at-login", FALSE);
  notify_notes (self);

  g_task_return_boolean (task, !self->keep_refused);
  if (self->ask_again)
    {
      self->ask_again = FALSE;
      ask_for_wishes (self);
    }
  tell_status (self);
}

static void
ask (EdgeBackground *self,
     GtkWidget      *parent,
     GTask          *task)
{
  gboolean at_login = g_settings_get_boolean (self->settings, "start-at-login");

  g_task_set_task_data (task, GINT_TO_POINTER (at_login), NULL);
  self->asking = TRUE;
  edge_portal_request_background_async (parent,
                                        _("To stay linked and go on giving what you set while its window is closed."),
                                        at_login, asked_cb, g_object_ref (task));
}

/**
 * edge_background_allow_async:
 * @self: how the app runs without its window
 * @parent: (nullable): where the desktop puts its question, if it has one
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Notes that the person wants the app to run on without its window, and asks the desktop.
 */
void
edge_background_allow_async (EdgeBackground      *self,
                             GtkWidget           *parent,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (EDGE_IS_BACKGROUND (self));

  g_task_set_source_tag (task, edge_background_allow_async);
  set_wish (self, "run-in-background", TRUE);
  ask (self, parent, task);
}

/**
 * edge_background_allow_finish:
 * @self: how the app runs without its window
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the app may run on without its window
 */
gboolean
edge_background_allow_finish (EdgeBackground  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
ask_for_wishes (EdgeBackground *self)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, ask_for_wishes);
  ask (self, NULL, task);
}

static void
wish_changed_cb (EdgeBackground *self)
{
  if (self->own_change)
    return;

  if (self->asking)
    self->ask_again = TRUE;
  else
    ask_for_wishes (self);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(EdgeBackground) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) version = edge_portal_find_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->portal = version != NULL ? PORTAL_THERE : PORTAL_MISSING;
  notify_notes (self);
  tell_status (self);
}

static void
edge_background_dispose (GObject *object)
{
  EdgeBackground *self = EDGE_BACKGROUND (object);

  g_cancellable_cancel (self->cancellable);
  edge_background_set_hidden (self, FALSE);
  if (self->node != NULL)
    g_signal_handlers_disconnect_by_data (self->node, self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->node);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->application);

  G_OBJECT_CLASS (edge_background_parent_class)->dispose (object);
}

static void
edge_background_finalize (GObject *object)
{
  g_clear_pointer (&EDGE_BACKGROUND (object)->status, g_free);

  G_OBJECT_CLASS (edge_background_parent_class)->finalize (object);
}

static void
edge_background_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgeBackground *self = EDGE_BACKGROUND (object);

  switch ((EdgeBackgroundProperty) property_id)
    {
    case PROP_HIDDEN:
      g_value_set_boolean (value, self->hidden);
      break;
    case PROP_CAN_LOGIN:
      g_value_set_boolean (value, self->portal == PORTAL_THERE);
      break;
    case PROP_KEEP_NOTE:
      g_value_set_string (value, get_keep_note (self));
      break;
    case PROP_LOGIN_NOTE:
      g_value_set_string (value, get_login_note (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_background_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EdgeBackground *self = EDGE_BACKGROUND (object);

  switch ((EdgeBackgroundProperty) property_id)
    {
    case PROP_HIDDEN:
      edge_background_set_hidden (self, g_value_get_boolean (value));
      break;
    case PROP_CAN_LOGIN:
    case PROP_KEEP_NOTE:
    case PROP_LOGIN_NOTE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_background_class_init (EdgeBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = edge_background_dispose;
  object_class->finalize = edge_background_finalize;
  object_class->get_property = edge_background_get_property;
  object_class->set_property = edge_background_set_property;

  properties[PROP_HIDDEN] = g_param_spec_boolean ("hidden", NULL, NULL, FALSE, rw);
  properties[PROP_CAN_LOGIN] = g_param_spec_boolean ("can-login", NULL, NULL, FALSE, r);
  properties[PROP_KEEP_NOTE] = g_param_spec_string ("keep-note", NULL, NULL, NULL, r);
  properties[PROP_LOGIN_NOTE] = g_param_spec_string ("login-note", NULL, NULL, NULL, r);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_background_init (EdgeBackground *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * edge_background_new:
 * @application: what is held
 * @node: whose headline is the status
 * @settings: the settings of the app
 *
 * Returns: (transfer full): how the app runs without its window
 */
EdgeBackground *
edge_background_new (GApplication *application,
                     EdgeNode     *node,
                     GSettings    *settings)
{
  EdgeBackground *self = g_object_new (EDGE_TYPE_BACKGROUND, NULL);

  g_set_weak_pointer (&self->application, application);
  self->node = g_object_ref (node);
  self->settings = g_object_ref (settings);
  g_signal_connect_swapped (node, "notify::headline", G_CALLBACK (tell_status), self);
  g_signal_connect_swapped (settings, "changed::run-in-background", G_CALLBACK (wish_changed_cb),
                            self);
  g_signal_connect_swapped (settings, "changed::start-at-login", G_CALLBACK (wish_changed_cb),
                            self);
  edge_portal_find_async ("org.freedesktop.portal.Background", "version", self->cancellable,
                          found_cb, g_object_ref (self));

  return self;
}

GSettings *
edge_background_get_settings (EdgeBackground *self)
{
  g_return_val_if_fail (EDGE_IS_BACKGROUND (self), NULL);

  return self->settings;
}

gboolean
edge_background_get_hidden (EdgeBackground *self)
{
  g_return_val_if_fail (EDGE_IS_BACKGROUND (self), FALSE);

  return self->hidden;
}

/**
 * edge_background_set_hidden:
 * @self: how the app runs without its window
 * @hidden: whether it has none now
 *
 * Holds the application while it has no window.
 */
void
edge_background_set_hidden (EdgeBackground *self,
                            gboolean        hidden)
{
  g_return_if_fail (EDGE_IS_BACKGROUND (self));

  if (self->hidden == hidden)
    return;

  self->hidden = hidden;
  if (hidden)
    {
      g_application_hold (self->application);
      g_clear_pointer (&self->status, g_free);
      tell_status (self);
    }
  else if (self->application != NULL)
    {
      g_application_release (self->application);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIDDEN]);
}

/**
 * edge_background_shorten_status:
 * @headline: a sentence
 *
 * Returns: (transfer full): it in one line, short enough for the portal
 */
char *
edge_background_shorten_status (const char *headline)
{
  g_autofree char *line = g_strdup (headline);
  g_autofree char *cut = NULL;

  g_strdelimit (line, "\n\r\t", ' ');
  if (g_utf8_strlen (line, -1) <= EDGE_BACKGROUND_MAX_STATUS)
    return g_steal_pointer (&line);

  cut = g_utf8_substring (line, 0, EDGE_BACKGROUND_MAX_STATUS - 1);
  return g_strconcat (g_strchomp (cut), "…", NULL);
}
