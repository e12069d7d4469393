/* edge-window-actions.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-window-private.h"

#include "app/edge-format.h"
#include "app/edge-invite-dialog.h"
#include "app/edge-scan-dialog.h"
#include "app/edge-toast.h"

#include <glib/gi18n.h>

/** EDGE_WINDOW_MAX_MESSAGE: Characters of a message to a peer at most. */
#define EDGE_WINDOW_MAX_MESSAGE 2000

/* Characters of a message from a peer that a toast or notification shows. */
#define SHOWN_MESSAGE 160

static EdgePeer *
find_peer (EdgeWindow *self,
           GVariant   *parameter)
{
  g_autoptr(GError) error = NULL;
  EdgePeer *peer = edge_node_find_peer (self->node, g_variant_get_string (parameter, NULL), &error);

  if (peer == NULL)
    edge_window_show_toast (self, _("This peer is no longer known"));

  return peer;
}

static char *
dup_peer_name (EdgePeer *peer)
{
  return edge_format_peer_name (edge_peer_get_name (peer), edge_peer_get_id (peer));
}

static void
page_change_state_cb (GSimpleAction *action,
                      GVariant      *state,
                      gpointer       user_data)
{
  g_simple_action_set_state (action, state);
}

static void
page_activate_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  edge_window_show_page (EDGE_WINDOW (user_data), g_variant_get_string (parameter, NULL));
}

static void
more_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  EdgeWindow *self = EDGE_WINDOW (user_data);

  adw_navigation_split_view_set_show_content (ADW_NAVIGATION_SPLIT_VIEW (self->split_view), FALSE);
}

typedef struct
{
  EdgeWindow *window;
  EdgePeer   *peer;
  GtkWidget  *entry;
} MessageRequest;

static void
message_request_free (MessageRequest *request)
{
  g_clear_object (&request->window);
  g_clear_object (&request->peer);
  g_free (request);
}

static void
message_response_cb (AdwAlertDialog *dialog,
                     const char     *response,
                     MessageRequest *request)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (request->entry));
  g_autoptr(GError) error = NULL;
  g_autofree char *name = dup_peer_name (request->peer);
  g_autofree char *report = NULL;

  if (!g_str_equal (response, "send") || *text == '\0')
    return;

  if (edge_node_send_message (request->window->node, request->peer, text, &error))
    {
      report = g_strdup_printf (_("Sent to %s"), name);
    }
  else
    {
      g_debug ("Message not sent: %s", error->message);
      report = g_strdup_printf (_("Not sent: there is no link to %s now. Try again once it is back."),
                                name);
    }
  edge_window_show_toast (request->window, report);
}

static void
message_changed_cb (GtkEditable    *entry,
                    AdwAlertDialog *dialog)
{
  const char *text = gtk_editable_get_text (entry);

  adw_alert_dialog_set_response_enabled (dialog, "send", *text != '\0');
}

/**
 * edge_window_ask_message:
 * @self: a window
 * @peer: a peer
 *
 * Asks for a text and sends it to @peer.
 */
void
edge_window_ask_message (EdgeWindow *self,
                         EdgePeer   *peer)
{
  g_autofree char *name = dup_peer_name (peer);
  g_autofree char *heading = g_strdup_printf (_("Message to %s"), name);
  AdwDialog *dialog = adw_alert_dialog_new (heading, NULL);
  MessageRequest *request = g_new0 (MessageRequest, 1);
  GtkWidget *entry = gtk_entry_new ();

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog),
                             _("Sealed for this peer alone. It is shown there at once and kept nowhere."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel", _("_Cancel"),
                                  "send", _("_Send"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "send",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "send");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), "send", FALSE);

  gtk_entry_set_max_length (GTK_ENTRY (entry), EDGE_WINDOW_MAX_MESSAGE);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Message"),
                                  -1);
  g_signal_connect (entry, "changed", G_CALLBACK (message_changed_cb), dialog);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);

  request->window = g_object_ref (self);
  request->peer = g_object_ref (peer);
  request->entry = entry;
  g_signal_connect_data (dialog, "response", G_CALLBACK (message_response_cb), request,
                         (GClosureNotify) (void (*) (void)) message_request_free, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
  gtk_widget_grab_focus (entry);
}

/**
 * edge_window_show_message:
 * @self: a window
 * @peer: who sent it
 * @text: what it sent; untrusted, shown as plain text and cut
 */
void
edge_window_show_message (EdgeWindow *self,
                          EdgePeer   *peer,
                          const char *text)
{
  g_autofree char *name = dup_peer_name (peer);
  g_autofree char *line = edge_window_shorten_message (text);
  g_autofree char *title = g_strdup_printf (_("%s: %s"), name, line);
  AdwToast *toast = edge_toast_new (title);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 10);
  adw_toast_set_button_label (toast, _("_Reply"));
  adw_toast_set_action_name (toast, "win.message-peer");
  adw_toast_set_action_target (toast, "s", edge_peer_get_id (peer));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

/**
 * edge_window_shorten_message:
 * @text: text from a peer
 *
 * Returns: (transfer full): one line of it, for a toast or notification
 */
char *
edge_window_shorten_message (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *cut = g_utf8_substring (valid, 0, MIN (SHOWN_MESSAGE, g_utf8_strlen (valid, -1)));

  for (char *c = cut; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_ascii_iscntrl (*c))
        *c = ' ';
    }

  return g_strdup_printf ("%s%s", cut, g_utf8_strlen (valid, -1) > SHOWN_MESSAGE ? "…" : "");
}

static void
message_peer_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EdgeWindow *self = EDGE_WINDOW (user_data);
  g_autoptr(EdgePeer) peer = find_peer (self, parameter);

  if (peer != NULL)
    edge_window_ask_message (self, peer);
}

static void
disconnect_peer_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  EdgeWindow *self = EDGE_WINDOW (user_data);
  g_autoptr(EdgePeer) peer = find_peer (self, parameter);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (peer == NULL)
    return;

  name = dup_peer_name (peer);
  text = g_strdup_printf (_("%s disconnected"), name);
  edge_node_disconnect_peer (self->node, peer);
  edge_window_show_toast (self, text);
}

static void
unblock_peer_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  EdgeWindow *self = EDGE_WINDOW (user_data);

  edge_node_set_blocked (self->node, g_variant_get_string (parameter, NULL), FALSE);
}

/* Undo instead of a question before. */
static void
block_peer_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  EdgeWindow *self = EDGE_WINDOW (user_data);
  g_autoptr(EdgePeer) peer = find_peer (self, parameter);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (peer == NULL)
    return;

  name = dup_peer_name (peer);
  text = g_strdup_printf (_("%s blocked: it can no longer link to you"), name);
  edge_node_set_blocked (self->node, edge_peer_get_id (peer), TRUE);

  toast = edge_toast_new (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.unblock-peer");
  adw_toast_set_action_target (toast, "s", edge_peer_get_id (peer));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static void
invite_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  EdgeWindow *self = EDGE_WINDOW (user_data);

  adw_dialog_present (edge_invite_dialog_new (self->node), GTK_WIDGET (self));
}

static EdgeScanDialog *
present_scan (EdgeWindow *self)
{
  AdwDialog *dialog = edge_scan_dialog_new (self->node, FALSE);

  adw_dialog_present (dialog, GTK_WIDGET (self));
  return EDGE_SCAN_DIALOG (dialog);
}

static void
scan_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  present_scan (EDGE_WINDOW (user_data));
}

/**
 * edge_window_open_link:
 * @self: a window whose node has its identity
 * @text: a link to an invitation; a stranger's
 *
 * Shows what it is, and takes it when the person says so.
 */
void
edge_window_open_link (EdgeWindow *self,
                       const char *text)
{
  g_return_if_fail (EDGE_IS_WINDOW (self));

  edge_scan_dialog_take_text (present_scan (self), text);
}

/**
 * edge_window_open_picture:
 * @self: a window whose node has its identity
 * @file: a picture of an invitation's code
 *
 * Shows what it is, and takes it when the person says so.
 */
void
edge_window_open_picture (EdgeWindow *self,
                          GFile      *file)
{
  g_return_if_fail (EDGE_IS_WINDOW (self));

  edge_scan_dialog_take_file (present_scan (self), file);
}

static void
invitation_taken_cb (EdgeWindow *self,
                     EdgePeer   *peer)
{
  g_autofree char *name = dup_peer_name (peer);
  g_autofree char *text = g_strdup_printf (_("%s came with your invitation"), name);

  edge_window_show_toast (self, text);
}

static void
update_invite_actions (EdgeWindow *self)
{
  GAction *invite = g_action_map_lookup_action (G_ACTION_MAP (self), "invite");
  GAction *scan = g_action_map_lookup_action (G_ACTION_MAP (self), "scan");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (invite),
                               edge_node_get_state (self->node) != EDGE_NODE_STATE_NONE);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (scan), edge_node_get_id (self->node) != NULL);
}

static void
say_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  edge_window_show_toast (EDGE_WINDOW (user_data), g_variant_get_string (parameter, NULL));
}

static const GActionEntry entries[] = {
  { "page", page_activate_cb, "s", "'overview'", page_change_state_cb },
  { "more", more_cb },
  { "invite", invite_cb },
  { "scan", scan_cb },
  { "say", say_cb, "s" },
  { "message-peer", message_peer_cb, "s" },
  { "disconnect-peer", disconnect_peer_cb, "s" },
  { "block-peer", block_peer_cb, "s" },
  { "unblock-peer", unblock_peer_cb, "s" },
};

void
edge_window_add_actions (EdgeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);

  g_signal_connect_object (self->node, "notify::state", G_CALLBACK (update_invite_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "notify::id", G_CALLBACK (update_invite_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "invitation-taken", G_CALLBACK (invitation_taken_cb), self,
                           G_CONNECT_SWAPPED);
  update_invite_actions (self);
  edge_window_add_network_actions (self);
}
