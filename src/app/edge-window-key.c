/* edge-window-key.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-window-private.h"

#include "node/edge-node-key.h"

#include <glib/gi18n.h>

/* What the window shows of a key that may not sign: a banner while it waits for peers, a page of
 * its own while it is used elsewhere. */

gboolean
edge_window_has_twin (EdgeWindow *self)
{
  return edge_node_get_key_state (self->node) == EDGE_NODE_KEY_STATE_TWIN;
}

/* Returns: whether a problem is shown for as long as it lasts, and not in passing */
gboolean
edge_window_shows_problem (EdgeWindow *self,
                           const char *code)
{
  return g_str_equal (code, "twin") || g_str_equal (code, "key_restored");
}

static void
sign_response_cb (AdwAlertDialog *dialog,
                  const char     *response,
                  EdgeWindow     *self)
{
  if (g_str_equal (response, "sign") &&
      edge_node_get_key_state (self->node) == EDGE_NODE_KEY_STATE_RESTORED)
    edge_node_claim (self->node);
}

void
edge_window_ask_to_sign (EdgeWindow *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("Sign Without Knowing?"),
    _("If this identity signed something elsewhere that this computer does not know of, the next payment contradicts it. The network sees that, one of the two loses, and part of the stake burns. Peers settle this by themselves as soon as one is linked."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "wait", _("_Wait for Peers"),
                                  "sign", _("_Sign Anyway"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "sign",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "wait");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "wait");
  g_signal_connect_object (dialog, "response", G_CALLBACK (sign_response_cb), self,
                           G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
update_banner (EdgeWindow *self)
{
  adw_banner_set_revealed (ADW_BANNER (self->key_banner),
                           edge_node_get_key_state (self->node) == EDGE_NODE_KEY_STATE_RESTORED);
}

void
edge_window_watch_key (EdgeWindow *self)
{
  g_signal_connect_object (self->node, "notify::key-state", G_CALLBACK (update_banner), self,
                           G_CONNECT_SWAPPED);
  update_banner (self);
}
