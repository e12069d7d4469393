/* edge-invite-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-invite-dialog.h"

#include "app/edge-format.h"
#include "app/edge-given-dialog.h"
#include "app/edge-invite-save.h"
#include "app/edge-portal.h"
#include "app/edge-qr-view.h"
#include "app/edge-scan-dialog.h"
#include "app/edge-toast.h"
#include "node/edge-invite-words.h"
#include "node/edge-node-given.h"

#include <glib/gi18n.h>

/**
 * EdgeInviteDialog:
 *
 * Lets somebody else in: a code to scan, a link to send. Into the network, or
 * to a direct link that needs no server but a reply.
 */

/* An offer is made anew this long before it ends, so that who scans it has time to reply. */
#define RENEW_AHEAD_MS (60 * G_GINT64_CONSTANT (1000))

#define TICK_MS 1000

struct _EdgeInviteDialog
{
  AdwDialog       parent_instance;

  GtkWidget      *toasts;
  GtkWidget      *kind_group;
  GtkWidget      *steps;
  GtkWidget      *stack;
  GtkWidget      *failure;
  GtkWidget      *qr;
  GtkWidget      *expiry;
  GtkWidget      *explanation;
  GtkWidget      *reach;
  GtkWidget      *reach_label;
  GtkWidget      *scan_button;
  GtkWidget      *link_row;
  GtkWidget      *copy_button;
  GtkWidget      *share_button;

  EdgeNode       *node;
  EdgeInvitation *invitation;
  GCancellable   *making;
  GCancellable   *cancellable;
  char           *link;
  guint           tick_source;
};

typedef enum
{
  PROP_NODE = 1,
} EdgeInviteDialogProperty;

static GParamSpec *properties[PROP_NODE + 1];

static void renew (EdgeInviteDialog *self);

G_DEFINE_FINAL_TYPE (EdgeInviteDialog, edge_invite_dialog, ADW_TYPE_DIALOG)

static gboolean
is_direct (EdgeInviteDialog *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (self->kind_group)),
                    "direct") == 0;
}

static void
show_toast (EdgeInviteDialog *self,
            const char       *text)
{
  AdwToast *toast = edge_toast_new (text);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
}

static char *
describe_expiry (EdgeInviteDialog *self,
                 gint64            left)
{
  g_autofree char *duration = NULL;

  if (is_direct (self))
    {
      int seconds = (int) (MAX (left - RENEW_AHEAD_MS, 0) / 1000);

      /* Translators: minutes and seconds, as on a clock. */
      return g_strdup_printf (_("Renews itself in %d:%02d"), seconds / 60, seconds % 60);
    }

  duration = edge_format_duration (left);
  return g_strdup_printf (_("Valid for %s"), duration);
}

static void
update_expiry (EdgeInviteDialog *self)
{
  gint64 ends, left;
  g_autofree char *text = NULL;
  g_autofree char *exact = NULL;

  if (self->invitation == NULL)
    return;

  ends = edge_invitation_get_expires (self->invitation);
  left = ends - g_get_real_time () / 1000;
  if (left <= (is_direct (self) ? RENEW_AHEAD_MS : 0))
    {
      renew (self);
      return;
    }

  text = describe_expiry (self, left);
  exact = edge_format_exact_time (ends);
  gtk_label_set_label (GTK_LABEL (self->expiry), text);
  gtk_widget_set_tooltip_text (self->expiry, exact);
}

static gboolean
tick_cb (gpointer user_data)
{
  update_expiry (user_data);

  return G_SOURCE_CONTINUE;
}

static void
update_words (EdgeInviteDialog *self)
{
  const char *note = NULL;
  g_autofree char *text = NULL;

  if (is_direct (self))
    {
      text = g_strdup (_("For two people side by side, without any server. They scan this; then you scan their reply."));
    }
  else
    {
      /* Translators: %s is the name of a network, in bold. */
      text = g_markup_printf_escaped (_("Anyone who scans this can join <b>%s</b> and sees your name and picture."),
                                      edge_invitation_get_network_name (self->invitation));
      note = edge_invite_words_reach
        (edge_relay_reach_of_all (edge_invitation_get_addresses (self->invitation)));
    }

  gtk_label_set_markup (GTK_LABEL (self->explanation), text);
  gtk_label_set_label (GTK_LABEL (self->reach_label), note != NULL ? note : "");
  gtk_widget_set_visible (self->reach, note != NULL);
}

static void
show_invitation (EdgeInviteDialog *self,
                 EdgeInvitation   *invitation)
{
  g_set_object (&self->invitation, invitation);
  g_clear_pointer (&self->link, g_free);
  self->link = edge_invitation_to_link (invitation);
  edge_qr_view_set_text (EDGE_QR_VIEW (self->qr), self->link);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->link_row), self->link);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "made");
  update_words (self);
  update_expiry (self);
}

static void
show_failure (EdgeInviteDialog *self,
              const GError     *error)
{
  g_autofree char *words = edge_invite_words_error (error, NULL);

  g_clear_object (&self->invitation);
  gtk_label_set_label (GTK_LABEL (self->failure), words);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "failed");
}

static void
direct_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(EdgeInviteDialog) self = user_data;
  g_autoptr(EdgeInvitation) invitation = NULL;
  g_autoptr(GError) error = NULL;

  invitation = edge_node_invite_direct_finish (EDGE_NODE (source), result, &error);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || self->node == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (invitation != NULL)
    show_invitation (self, invitation);
  else
    show_failure (self, error);
}

static void
renew (EdgeInviteDialog *self)
{
  g_autoptr(EdgeInvitation) invitation = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (self->making);
  g_set_object (&self->making, NULL);
  g_clear_object (&self->invitation);

  if (is_direct (self))
    {
      self->making = g_cancellable_new ();
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "making");
      edge_node_invite_direct_async (self->node, self->making, direct_made_cb, g_object_ref (self));
      return;
    }

  invitation = edge_node_invite_network (self->node, &error);
  if (invitation != NULL)
    show_invitation (self, invitation);
  else
    show_failure (self, error);
}

static void
renew_cb (EdgeInviteDialog *self)
{
  renew (self);
}

static void
kind_changed_cb (EdgeInviteDialog *self)
{
  gboolean direct = is_direct (self);

  if (self->node == NULL)
    return;

  gtk_widget_set_visible (self->steps, direct);
  gtk_widget_set_visible (self->scan_button, direct);
  renew (self);
}

/* The built-in relay may get its address only now, and the network may be left. */
static void
node_changed_cb (EdgeInviteDialog *self)
{
  g_autofree char *network_id = NULL;

  g_object_get (self->node, "network-id", &network_id, NULL);
  if (network_id == NULL)
    adw_dialog_close (ADW_DIALOG (self));
  else if (!is_direct (self))
    renew (self);
}

static void
copy_cb (EdgeInviteDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->link);
  show_toast (self, is_direct (self)
                    ? _("Link copied. They send you one back: paste it at step 2.")
                    : _("Link copied"));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(EdgeInviteDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (edge_invite_save_finish (result, &error))
    show_toast (self, _("Picture saved"));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_toast (self, error->message);
}

static void
save_cb (EdgeInviteDialog *self)
{
  edge_invite_save_async (GTK_WIDGET (self), self->link, self->cancellable, saved_cb,
                          g_object_ref (self));
}

static void
mailed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeInviteDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!edge_portal_send_mail_finish (result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_toast (self, _("No program here takes it. Copy the link instead."));
}

static void
share_cb (EdgeInviteDialog *self)
{
  g_autofree char *body = NULL;
  const char *network = edge_invitation_get_network_name (self->invitation);

  if (network == NULL)
    body = g_strdup_printf (_("Open this link with Edge-Net within five minutes and send me back the link that it shows:\n\n%s\n"),
                            self->link);
  else
    body = g_strdup_printf (_("Open this link with Edge-Net to join the network “%1$s”:\n\n%2$s\n"),
                            network, self->link);
  edge_portal_send_mail_async (GTK_WIDGET (self), _("An invitation to Edge-Net"), body,
                               self->cancellable, mailed_cb, g_object_ref (self));
}

static void
mail_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(EdgeInviteDialog) self = user_data;
  g_autoptr(GVariant) version = edge_portal_find_finish (result, NULL);

  if (version != NULL && self->share_button != NULL)
    gtk_widget_set_visible (self->share_button, TRUE);
}

static void
linked_cb (EdgeInviteDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
scan_reply_cb (EdgeInviteDialog *self)
{
  AdwDialog *dialog = edge_scan_dialog_new (self->node, TRUE);

  g_signal_connect_object (dialog, "taken", G_CALLBACK (linked_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
revoke_response_cb (AdwAlertDialog   *dialog,
                    const char       *response,
                    EdgeInviteDialog *self)
{
  g_autofree char *text = NULL;
  guint n;

  if (!g_str_equal (response, "revoke"))
    return;

  n = edge_node_revoke_invitations (self->node);
  text = g_strdup_printf (ngettext ("%u invitation taken back", "%u invitations taken back", n), n);
  renew (self);
  show_toast (self, text);
}

static void
revoke_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  EdgeInviteDialog *self = user_data;
  AdwDialog *dialog = adw_alert_dialog_new (_("Take Back All Invitations?"),
    _("Whoever comes with one of them is a stranger from now on. The addresses in them are known to who has them; where a relay asks for a token, change it there."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel", _("_Cancel"),
                                  "revoke", _("_Take Back"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "revoke",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (revoke_response_cb), self,
                           G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
another_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  EdgeInviteDialog *self = user_data;
  g_autoptr(EdgeInvitation) invitation = NULL;

  if (is_direct (self))
    {
      renew (self);
      return;
    }
  invitation = edge_node_invite_another (self->node, NULL);
  renew (self);
  show_toast (self, _("A new one. Each can be taken back alone."));
}

static void
given_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  EdgeInviteDialog *self = user_data;
  AdwDialog *dialog = edge_given_dialog_new (self->node);

  /* What is shown may be taken back there. */
  g_signal_connect_object (dialog, "closed", G_CALLBACK (renew), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
edge_invite_dialog_constructed (GObject *object)
{
  static const GActionEntry entries[] = {
    { "revoke", revoke_cb },
    { "another", another_cb },
    { "given", given_cb },
  };
  EdgeInviteDialog *self = EDGE_INVITE_DIALOG (object);
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();

  G_OBJECT_CLASS (edge_invite_dialog_parent_class)->constructed (object);

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "invite", G_ACTION_GROUP (actions));

  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->node, "notify::network-id", G_CALLBACK (node_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "notify::own-relay", G_CALLBACK (node_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "notify::relays", G_CALLBACK (node_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->node, "notify::name", G_CALLBACK (node_changed_cb), self,
                           G_CONNECT_SWAPPED);
  edge_portal_find_async ("org.freedesktop.portal.Email", "version", self->cancellable,
                          mail_found_cb, g_object_ref (self));
  self->tick_source = g_timeout_add (TICK_MS, tick_cb, self);
  renew (self);
}

static void
edge_invite_dialog_closed (AdwDialog *dialog)
{
  EdgeInviteDialog *self = EDGE_INVITE_DIALOG (dialog);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_cancellable_cancel (self->making);
  g_cancellable_cancel (self->cancellable);
}

static void
edge_invite_dialog_dispose (GObject *object)
{
  EdgeInviteDialog *self = EDGE_INVITE_DIALOG (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_cancellable_cancel (self->making);
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_INVITE_DIALOG);
  g_clear_object (&self->making);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->invitation);
  g_clear_object (&self->node);
  g_clear_pointer (&self->link, g_free);

  G_OBJECT_CLASS (edge_invite_dialog_parent_class)->dispose (object);
}

static void
edge_invite_dialog_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EdgeInviteDialog *self = EDGE_INVITE_DIALOG (object);

  switch ((EdgeInviteDialogProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_invite_dialog_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EdgeInviteDialog *self = EDGE_INVITE_DIALOG (object);

  switch ((EdgeInviteDialogProperty) property_id)
    {
    case PROP_NODE:
      self->node = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_invite_dialog_class_init (EdgeInviteDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = edge_invite_dialog_constructed;
  object_class->dispose = edge_invite_dialog_dispose;
  object_class->get_property = edge_invite_dialog_get_property;
  object_class->set_property = edge_invite_dialog_set_property;
  ADW_DIALOG_CLASS (klass)->closed = edge_invite_dialog_closed;

  properties[PROP_NODE] =
    g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-invite-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, kind_group);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, qr);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, expiry);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, reach);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, reach_label);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, scan_button);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, link_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, EdgeInviteDialog, share_button);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, renew_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, share_cb);
  gtk_widget_class_bind_template_callback (widget_class, scan_reply_cb);
}

static void
edge_invite_dialog_init (EdgeInviteDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_invite_dialog_new:
 * @node: a node that is in a network
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_invite_dialog_new (EdgeNode *node)
{
  return g_object_new (EDGE_TYPE_INVITE_DIALOG, "node", node, NULL);
}
