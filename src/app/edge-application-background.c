/* edge-application-background.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-application-private.h"

#include <glib/gi18n.h>

/* What closing the window means: the end, or to run on without it. */

#define NOTICE   "background"
#define QUESTION "background-question"

static void
hide_window (EdgeApplication *self)
{
  g_autoptr(GNotification) notification = NULL;

  edge_background_set_hidden (self->background, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);

  if (g_settings_get_boolean (self->settings, "background-explained"))
    return;

  g_settings_set_boolean (self->settings, "background-explained", TRUE);
  notification = g_notification_new (_("Edge-Net Keeps Running"));
  g_notification_set_body (notification, _("It stays linked and gives what you set, without its window. Start it again to see it."));
  g_notification_set_default_action (notification, "app.show");
  g_notification_add_button (notification, _("Pause"), "app.pause");
  g_notification_add_button (notification, _("Quit"), "app.quit");
  edge_application_notify (self, NOTICE, notification);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(EdgeApplication) self = user_data;
  g_autofree char *note = NULL;

  if (self->stopping || self->window == NULL)
    return;

  if (edge_background_allow_finish (EDGE_BACKGROUND (source), result, NULL))
    {
      hide_window (self);
      return;
    }

  g_object_get (self->background, "keep-note", &note, NULL);
  edge_window_show_toast (self->window, note);
}

static void
chosen_cb (EdgeApplication *self,
           const char      *response)
{
  if (g_str_equal (response, "quit"))
    {
      g_settings_set_boolean (self->settings, "background-asked", TRUE);
      edge_application_begin_quit (self);
    }
  else if (g_str_equal (response, "keep"))
    {
      g_settings_set_boolean (self->settings, "background-asked", TRUE);
      edge_background_allow_async (self->background, GTK_WIDGET (self->window), answered_cb,
                                   g_object_ref (self));
    }
}

static void
ask (EdgeApplication *self)
{
  AdwDialog *shown = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  AdwDialog *dialog;

  if (shown != NULL && g_str_equal (gtk_widget_get_name (GTK_WIDGET (shown)), QUESTION))
    return;

  dialog = adw_alert_dialog_new (_("Keep Running in the Background?"), NULL);
  gtk_widget_set_name (GTK_WIDGET (dialog), QUESTION);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog),
                             _("Edge-Net can stay linked and go on giving what you set while its window is closed. Preferences → Background changes that at any time."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel", _("_Cancel"),
                                  "quit", _("_Quit"),
                                  "keep", _("_Keep Running"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "keep",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static gboolean
close_request_cb (EdgeApplication *self)
{
  if (self->stopping)
    return FALSE;

  if (edge_node_get_state (self->node) == EDGE_NODE_STATE_NONE)
    edge_application_begin_quit (self);
  else if (g_settings_get_boolean (self->settings, "run-in-background"))
    hide_window (self);
  else if (g_settings_get_boolean (self->settings, "background-asked"))
    edge_application_begin_quit (self);
  else
    ask (self);

  return TRUE;
}

/**
 * edge_application_show_window:
 * @self: the application
 *
 * Makes the window where there is none, and raises it.
 */
void
edge_application_show_window (EdgeApplication *self)
{
  if (self->window == NULL)
    {
      self->window = edge_window_new (ADW_APPLICATION (self), self->node, self->history,
                                      self->settings);
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *) &self->window);
      g_signal_connect_object (self->window, "close-request", G_CALLBACK (close_request_cb), self,
                               G_CONNECT_SWAPPED);
    }

  g_application_withdraw_notification (G_APPLICATION (self), NOTICE);
  gtk_window_present (GTK_WINDOW (self->window));
  edge_background_set_hidden (self->background, FALSE);
}
