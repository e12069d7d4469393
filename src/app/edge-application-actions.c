/* edge-application-actions.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-application-private.h"

#include "app/edge-identity-dialog.h"
#include "app/edge-preferences-dialog.h"
#include "app/edge-restore-dialog.h"
#include "app/edge-shortcuts-dialog.h"
#include "node/edge-node-key.h"

#include <glib/gi18n.h>

#define HOUR_MS (60 * 60 * (gint64) 1000)

/* "Until tomorrow" ends when people get up, not at midnight. */
#define MORNING_HOUR 7

static void
present (EdgeApplication *self)
{
  g_application_activate (G_APPLICATION (self));
}

static void
join_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  edge_node_join_default (self->node);
}

static void
pause_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  edge_node_pause (self->node, 0);
}

static void
pause_hour_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  edge_node_pause (self->node, HOUR_MS);
}

static void
pause_until_tomorrow_cb (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autoptr(GDateTime) morning = NULL;

  morning = g_date_time_new_local (g_date_time_get_year (tomorrow),
                                   g_date_time_get_month (tomorrow),
                                   g_date_time_get_day_of_month (tomorrow),
                                   MORNING_HOUR, 0, 0);
  edge_node_pause (self->node, g_date_time_difference (morning, now) / 1000);
}

static void
resume_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  edge_node_resume (self->node);
}

static void
toggle_pause_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);
  EdgeNodeState state;

  g_object_get (self->node, "state", &state, NULL);
  if (state == EDGE_NODE_STATE_PAUSED)
    edge_node_resume (self->node);
  else
    edge_node_pause (self->node, 0);
}

static void
run_hour_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  edge_node_ask (self->node, HOUR_MS);
}

static void
message_peer_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  present (self);
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "message-peer", parameter);
}

static void
open_link_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  edge_application_open_link (EDGE_APPLICATION (user_data), g_variant_get_string (parameter, NULL));
}

static void
show_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  present (EDGE_APPLICATION (user_data));
}

static void
invite_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  present (self);
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "invite", NULL);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  present (self);
  adw_dialog_present (edge_preferences_dialog_new (self->node, self->settings,
                                                   self->background,
                                                   g_variant_get_string (parameter, NULL)),
                      GTK_WIDGET (self->window));
}

static void
identity_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  present (self);
  adw_dialog_present (edge_identity_dialog_new (self->node, self->loader), GTK_WIDGET (self->window));
}

static void
restore_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  present (self);
  edge_restore_dialog_scan (self->node, self->loader, GTK_WIDGET (self->window));
}

static void
claim_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  edge_node_claim (EDGE_APPLICATION (user_data)->node);
}

static void
restart_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  edge_application_restart (EDGE_APPLICATION (user_data));
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);

  present (self);
  adw_dialog_present (edge_shortcuts_dialog_new (), GTK_WIDGET (self->window));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  EdgeApplication *self = EDGE_APPLICATION (user_data);
  AdwDialog *dialog;

  present (self);
  dialog = adw_about_dialog_new ();
  adw_about_dialog_set_application_name (ADW_ABOUT_DIALOG (dialog), "Edge-Net");
  adw_about_dialog_set_application_icon (ADW_ABOUT_DIALOG (dialog), EDGE_APP_ID);
  adw_about_dialog_set_developer_name (ADW_ABOUT_DIALOG (dialog),
                                       _("The Edge-Net Desktop authors"));
  adw_about_dialog_set_version (ADW_ABOUT_DIALOG (dialog), EDGE_VERSION);
  adw_about_dialog_set_license_type (ADW_ABOUT_DIALOG (dialog), GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_copyright (ADW_ABOUT_DIALOG (dialog),
                                  "© 2026 The Edge-Net Desktop authors");
  adw_about_dialog_set_comments (ADW_ABOUT_DIALOG (dialog),
                                 _("Lend idle computing, borrow it back. Peers are linked to each other over WebRTC, without an account."));
  /* Translators: put your names here, one a line. */
  adw_about_dialog_set_translator_credits (ADW_ABOUT_DIALOG (dialog), _("translator-credits"));
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  edge_application_begin_quit (EDGE_APPLICATION (user_data));
}

static const GActionEntry entries[] = {
  { "join", join_cb },
  { "pause", pause_cb },
  { "pause-hour", pause_hour_cb },
  { "pause-until-tomorrow", pause_until_tomorrow_cb },
  { "resume", resume_cb },
  { "toggle-pause", toggle_pause_cb },
  { "run-hour", run_hour_cb },
  { "message-peer", message_peer_cb, "s" },
  { "open-link", open_link_cb, "s" },
  { "show", show_cb },
  { "invite", invite_cb },
  { "preferences", preferences_cb, "s" },
  { "identity", identity_cb },
  { "restore", restore_cb },
  { "claim", claim_cb },
  { "restart", restart_cb },
  { "shortcuts", shortcuts_cb },
  { "about", about_cb },
  { "quit", quit_cb },
};

static const struct
{
  const char *action;
  const char *accels[3];
} accels[] = {
  { "app.toggle-pause", { "<Control>p" } },
  { "app.preferences('contribution')", { "<Control>comma" } },
  { "app.identity", { "<Control>i" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.quit", { "<Control>q" } },
  { "win.invite", { "<Control>n" } },
  { "win.scan", { "<Control><Shift>n" } },
  { "win.page('overview')", { "<Alt>1" } },
  { "win.page('peers')", { "<Alt>2" } },
  { "win.page('ledger')", { "<Alt>3" } },
  { "win.page('earnings')", { "<Alt>4" } },
  { "window.close", { "<Control>w" } },
};

static void
set_enabled (EdgeApplication *self,
             const char      *name,
             gboolean         enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
node_state_cb (EdgeApplication *self)
{
  g_autofree char *id = NULL;
  EdgeNodeState state;

  g_object_get (self->node, "state", &state, "id", &id, NULL);
  set_enabled (self, "join", id != NULL && state == EDGE_NODE_STATE_NONE);
  set_enabled (self, "resume", state == EDGE_NODE_STATE_PAUSED);
  set_enabled (self, "identity", id != NULL);
  set_enabled (self, "restore", id != NULL);
}

void
edge_application_add_actions (EdgeApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);

  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);

  g_signal_connect_object (self->node, "notify::state", G_CALLBACK (node_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "notify::id", G_CALLBACK (node_state_cb), self,
                           G_CONNECT_SWAPPED);
  node_state_cb (self);
}
