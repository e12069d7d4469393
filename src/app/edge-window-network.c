/* edge-window-network.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-window-private.h"

#include "app/edge-format-closures.h"
#include "app/edge-found-dialog.h"
#include "app/edge-toast.h"

#include <glib/gi18n.h>

/* What the window does with networks. */

/* Who started a network wants somebody in it. */
static void
founded_cb (EdgeWindow *self,
            const char *name)
{
  g_autofree char *text = g_strdup_printf (_("%s is started. Invite somebody"), name);

  edge_window_show_toast (self, text);
  g_action_group_activate_action (G_ACTION_GROUP (self), "invite", NULL);
}

static void
found_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  EdgeWindow *self = EDGE_WINDOW (user_data);
  AdwDialog *dialog = edge_found_dialog_new (self->node);

  g_signal_connect_object (dialog, "founded", G_CALLBACK (founded_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
update_actions (EdgeWindow *self)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self), "found");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (found), edge_node_get_id (self->node) != NULL);
}

/**
 * edge_window_show_waiting:
 * @self: a window
 * @text: who waits to become a member, translated
 *
 * Says so until it is answered or put away.
 */
void
edge_window_show_waiting (EdgeWindow *self,
                          const char *text)
{
  AdwToast *toast;

  g_return_if_fail (EDGE_IS_WINDOW (self));

  toast = edge_toast_new (text);
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, _("_Answer…"));
  adw_toast_set_action_name (toast, "app.preferences");
  adw_toast_set_action_target (toast, "s", "network");
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static void
network_changed_cb (EdgeWindow *self)
{
  g_autofree char *id = NULL;

  g_object_get (self->node, "network-id", &id, NULL);
  edge_format_set_network (id);
}

static const GActionEntry entries[] = {
  { "found", found_cb },
};

void
edge_window_add_network_actions (EdgeWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->node, "notify::id", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
  g_signal_connect_object (self->node, "notify::network-id", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  network_changed_cb (self);
}
