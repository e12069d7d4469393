/* edge-application-notices.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-application-private.h"

#include "app/edge-format.h"
#include "app/edge-window-private.h"
#include "node/edge-node-members.h"

#include <glib/gi18n.h>

/* What the person is told while the window is not looked at. */

/* Who has an invitation is let in by itself within this time, and nobody needs to be asked. */
#define WAITING_SECONDS 8

/* Where nobody shows notifications the window's own words have to do. */
void
edge_application_notify (EdgeApplication *self,
                         const char      *id,
                         GNotification   *notification)
{
  if (self->has_notifier || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    g_application_send_notification (G_APPLICATION (self), id, notification);
}

static void
notifier_appeared_cb (GDBusConnection *connection,
                      const char      *name,
                      const char      *owner,
                      gpointer         user_data)
{
  EDGE_APPLICATION (user_data)->has_notifier = TRUE;
}

static void
notifier_vanished_cb (GDBusConnection *connection,
                      const char      *name,
                      gpointer         user_data)
{
  EDGE_APPLICATION (user_data)->has_notifier = FALSE;
}

static void
message_cb (EdgeApplication *self,
            EdgeMessage     *message)
{
  g_autoptr(GNotification) notification = NULL;
  g_autoptr(EdgePeer) peer = NULL;
  g_autofree char *line = NULL;
  const char *peer_id = edge_message_get_peer_id (message);
  const char *text = edge_message_get_text (message);

  peer = edge_node_find_peer (self->node, peer_id, NULL);
  if (peer == NULL)
    return;

  if (self->window != NULL && gtk_window_is_active (GTK_WINDOW (self->window)))
    {
      edge_window_show_message (self->window, peer, text);
      return;
    }

  line = edge_window_shorten_message (text);
  notification = g_notification_new (edge_peer_get_name (peer) ? edge_peer_get_name (peer) : peer_id);
  g_notification_set_body (notification, line);
  g_notification_add_button_with_target (notification, _("Reply"), "app.message-peer", "s", peer_id);
  g_notification_set_default_action_and_target (notification, "app.message-peer", "s", peer_id);
  edge_application_notify (self, peer_id, notification);
  if (self->window != NULL)
    edge_window_show_message (self->window, peer, text);
}

static void
invitation_taken_cb (EdgeApplication *self,
                     EdgePeer        *peer)
{
  g_autoptr(GNotification) notification = NULL;
  const char *name = edge_peer_get_name (peer);
  g_autofree char *title = NULL;

  /* The window says it itself. */
  if (self->window != NULL && gtk_window_is_active (GTK_WINDOW (self->window)))
    return;

  title = g_strdup_printf (_("%s came with your invitation"),
                           name != NULL ? name : edge_peer_get_id (peer));
  notification = g_notification_new (title);
  edge_application_notify (self, edge_peer_get_id (peer), notification);
}

typedef struct
{
  GWeakRef  application;
  char     *key;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_weak_ref_clear (&waiting->application);
  g_free (waiting->key);
  g_free (waiting);
}

static void
tell_waiting (EdgeApplication *self,
              EdgeApplicant   *applicant)
{
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *title = NULL;

  g_object_get (applicant, "name", &name, NULL);
  shown = edge_format_peer_name (name, edge_applicant_get_key (applicant));
  title = g_strdup_printf (_("%s waits to become a member"), shown);
  if (self->window != NULL && gtk_window_is_active (GTK_WINDOW (self->window)))
    {
      edge_window_show_waiting (self->window, title);
      return;
    }
  notification = g_notification_new (title);
  g_notification_set_body (notification, _("Say yes if you know them."));
  g_notification_set_default_action_and_target (notification, "app.preferences", "s", "network");
  edge_application_notify (self, edge_applicant_get_key (applicant), notification);
}

/* Who was invited is a member by now; only who may say yes is asked to. */
static gboolean
still_waiting_cb (gpointer user_data)
{
  Waiting *waiting = user_data;
  g_autoptr(EdgeApplication) self = g_weak_ref_get (&waiting->application);
  EdgeMembers *members = self != NULL && self->node != NULL ? edge_node_get_members (self->node) : NULL;
  GListModel *list = members != NULL ? edge_members_get_waiting (members) : NULL;
  gboolean may_vouch = FALSE;

  if (members != NULL)
    g_object_get (members, "may-vouch", &may_vouch, NULL);
  for (guint i = 0; may_vouch && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(EdgeApplicant) applicant = g_list_model_get_item (list, i);

      if (g_str_equal (edge_applicant_get_key (applicant), waiting->key))
        tell_waiting (self, applicant);
    }
  return G_SOURCE_REMOVE;
}

static void
waiting_changed_cb (EdgeApplication *self,
                    guint            position,
                    guint            removed,
                    guint            added,
                    GListModel      *list)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(EdgeApplicant) applicant = g_list_model_get_item (list, i);
      Waiting *waiting = g_new0 (Waiting, 1);

      g_weak_ref_init (&waiting->application, self);
      waiting->key = g_strdup (edge_applicant_get_key (applicant));
      g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, WAITING_SECONDS, still_waiting_cb, waiting,
                                  (GDestroyNotify) waiting_free);
    }
}

static void
members_changed_cb (EdgeApplication *self)
{
  EdgeMembers *members = edge_node_get_members (self->node);
  GListModel *waiting = members != NULL ? edge_members_get_waiting (members) : NULL;

  if (waiting == NULL)
    return;
  g_signal_connect_object (waiting, "items-changed", G_CALLBACK (waiting_changed_cb), self,
                           G_CONNECT_SWAPPED);
  waiting_changed_cb (self, 0, 0, g_list_model_get_n_items (waiting), waiting);
}

/**
 * edge_application_watch_notices:
 * @self: the application, whose node is there
 *
 * Notifies of what peers do from now on.
 */
void
edge_application_watch_notices (EdgeApplication *self)
{
  self->notifier_watch = g_bus_watch_name (G_BUS_TYPE_SESSION, "org.freedesktop.Notifications",
                                           G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                           notifier_appeared_cb, notifier_vanished_cb, self, NULL);
  g_signal_connect_swapped (self->node, "message", G_CALLBACK (message_cb), self);
  g_signal_connect_swapped (self->node, "invitation-taken", G_CALLBACK (invitation_taken_cb), self);
  g_signal_connect_object (self->node, "notify::members", G_CALLBACK (members_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
