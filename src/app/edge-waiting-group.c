/* edge-waiting-group.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-waiting-group.h"

#include "app/edge-format.h"
#include "app/edge-network-words.h"
#include "app/edge-preferences-dialog.h"
#include "app/edge-seal.h"
#include "node/edge-node-members.h"

#include <glib/gi18n.h>

/**
 * EdgeWaitingGroup:
 *
 * Who waits to become a member, with yes and no; to who waits themselves, what they can do
 * already and what not yet. It hides where nobody waits.
 */

#define SEAL_SIZE 32

struct _EdgeWaitingGroup
{
  EdgeNodeGroup  parent_instance;

  GtkWidget     *list;

  GSignalGroup  *members_signals;
  GListModel    *waiting;
};

G_DEFINE_FINAL_TYPE (EdgeWaitingGroup, edge_waiting_group, EDGE_TYPE_NODE_GROUP)

static char *
dup_name (EdgeApplicant *applicant)
{
  g_autofree char *name = NULL;

  g_object_get (applicant, "name", &name, NULL);
  return edge_format_peer_name (name, edge_applicant_get_key (applicant));
}

typedef struct
{
  EdgeWaitingGroup *group;
  EdgeApplicant    *applicant;
  GtkWidget        *buttons;
} Answer;

static void
answer_free (Answer *answer)
{
  g_clear_object (&answer->group);
  g_clear_object (&answer->applicant);
  g_clear_object (&answer->buttons);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static void
vouched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Answer) answer = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_node_vouch_finish (EDGE_NODE (source), result, &error);
  g_autofree char *name = dup_name (answer->applicant);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (id != NULL)
    {
      text = g_strdup_printf (_("%s is a member now"), name);
    }
  else
    {
      gtk_widget_set_sensitive (answer->buttons, TRUE);
      text = g_strdup_printf (_("%s is no member yet: %s"), name, error->message);
    }
  edge_preferences_dialog_say (GTK_WIDGET (answer->group), text);
}

static void
yes_cb (EdgeWaitingGroup *self,
        GtkWidget        *button)
{
  Answer *answer = g_new0 (Answer, 1);

  edge_node_group_leave_row (button);
  answer->group = g_object_ref (self);
  answer->applicant = g_object_ref (g_object_get_data (G_OBJECT (button), "edge-applicant"));
  answer->buttons = g_object_ref (gtk_widget_get_parent (button));
  gtk_widget_set_sensitive (answer->buttons, FALSE);
  edge_node_vouch_async (edge_node_group_get_node (self), edge_applicant_get_key (answer->applicant),
                         edge_node_group_get_cancellable (self), vouched_cb, answer);
}

static void
no_cb (EdgeWaitingGroup *self,
       GtkWidget        *button)
{
  EdgeApplicant *applicant = g_object_get_data (G_OBJECT (button), "edge-applicant");
  g_autoptr(GError) error = NULL;
  g_autofree char *name = dup_name (applicant);
  g_autofree char *text = NULL;

  edge_node_group_leave_row (button);
  if (edge_node_decline (edge_node_group_get_node (self), edge_applicant_get_key (applicant), &error))
    text = g_strdup_printf (_("%s stays outside, and is not asked about again"), name);
  else
    text = g_strdup (error->message);
  edge_preferences_dialog_say (GTK_WIDGET (self), text);
}

static void
add_button (EdgeWaitingGroup *self,
            GtkWidget        *box,
            EdgeApplicant    *applicant,
            const char       *label,
            const char       *spoken,
            GCallback         clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_object_set_data_full (G_OBJECT (button), "edge-spoken", g_strdup (spoken), g_free);
  g_object_set_data_full (G_OBJECT (button), "edge-applicant", g_object_ref (applicant),
                          g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static void
name_row (EdgeApplicant *applicant,
          GParamSpec    *pspec,
          GtkWidget     *row)
{
  g_autofree char *name = dup_name (applicant);
  g_autofree char *inviter = NULL;
  g_autofree char *who = NULL;
  g_autofree char *ago = NULL;
  g_autofree char *subtitle = NULL;
  guint64 since = 0;

  g_object_get (applicant, "inviter-name", &inviter, "since", &since, NULL);
  ago = edge_format_ago ((gint64) since, g_get_real_time () / 1000);
  if (edge_applicant_get_inviter (applicant) != NULL)
    {
      who = edge_format_peer_name (inviter, edge_applicant_get_inviter (applicant));
      /* Translators: who invited somebody, and when that one joined. */
      subtitle = g_strdup_printf (_("Invited by %s, joined %s"), who, ago);
    }
  else
    {
      subtitle = g_strdup_printf (_("Invited by nobody, joined %s"), ago);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  for (GtkWidget *button = gtk_widget_get_first_child (g_object_get_data (G_OBJECT (row), "edge-buttons"));
       button != NULL; button = gtk_widget_get_next_sibling (button))
    {
      const char *spoken = g_object_get_data (G_OBJECT (button), "edge-spoken");
      g_autofree char *words = g_strdup_printf ("%s: %s", spoken, name);

      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
    }
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  EdgeWaitingGroup *self = user_data;
  EdgeApplicant *applicant = item;
  g_autoptr(GObject) members = g_signal_group_dup_target (self->members_signals);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *seal = edge_seal_new (edge_applicant_get_key (applicant), SEAL_SIZE);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_set_valign (seal, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), seal);
  add_button (self, buttons, applicant, C_("answer", "No"), _("Stays outside"), G_CALLBACK (no_cb));
  add_button (self, buttons, applicant, C_("answer", "Yes"), _("Becomes a member"),
              G_CALLBACK (yes_cb));
  g_object_bind_property (members, "may-vouch", buttons, "sensitive", G_BINDING_SYNC_CREATE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), buttons);
  g_object_set_data (G_OBJECT (row), "edge-buttons", buttons);
  g_signal_connect_object (applicant, "notify", G_CALLBACK (name_row), row, G_CONNECT_DEFAULT);
  name_row (applicant, NULL, row);
  return row;
}

static void
update (EdgeWaitingGroup *self)
{
  g_autoptr(GObject) members = g_signal_group_dup_target (self->members_signals);
  g_autofree char *you = NULL;
  g_autofree char *inviter = NULL;
  g_autofree char *text = NULL;
  guint n = self->waiting != NULL ? g_list_model_get_n_items (self->waiting) : 0;
  gboolean may_vouch = FALSE;
  gboolean waits;
  int left = 0;

  if (members != NULL)
    g_object_get (members, "you", &you, "inviter-name", &inviter, "may-vouch", &may_vouch,
                  "vouchers-left", &left, NULL);
  waits = g_strcmp0 (you, "waiting") == 0;
  gtk_widget_set_visible (GTK_WIDGET (self), waits || n > 0);
  gtk_widget_set_visible (self->list, !waits && n > 0);
  if (waits)
    {
      text = edge_network_words_waiting (inviter);
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("You Wait to Become a Member"));
    }
  else
    {
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Who Waits to Become a Member"));
      if (!may_vouch)
        text = g_strdup (_("Who closes the book can say yes to them, and you can’t."));
      else if (left < 0)
        text = g_strdup (_("Say yes to people you know. Members earn for work and presence; "
                           "everybody else can be paid, and pay."));
      else
        text = g_strdup_printf (ngettext ("Say yes to people you know. You can for %d more.",
                                          "Say yes to people you know. You can for %d more.",
                                          (gulong) left), left);
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
}

static void
members_changed_cb (EdgeWaitingGroup *self)
{
  g_autoptr(GObject) members = NULL;

  g_object_get (edge_node_group_get_node (self), "members", &members, NULL);
  if (self->waiting != NULL)
    g_signal_handlers_disconnect_by_data (self->waiting, self);
  g_clear_object (&self->waiting);
  g_signal_group_set_target (self->members_signals, members);
  if (members != NULL)
    {
      g_object_get (members, "waiting", &self->waiting, NULL);
      g_signal_connect_object (self->waiting, "items-changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), self->waiting, make_row, self, NULL);
  update (self);
}

static void
edge_waiting_group_follow (EdgeNodeGroup *group,
                           EdgeNode      *node)
{
  EdgeWaitingGroup *self = EDGE_WAITING_GROUP (group);

  g_signal_connect_object (node, "notify::members", G_CALLBACK (members_changed_cb), self,
                           G_CONNECT_SWAPPED);
  members_changed_cb (self);
}

static void
edge_waiting_group_dispose (GObject *object)
{
  EdgeWaitingGroup *self = EDGE_WAITING_GROUP (object);

  if (self->waiting != NULL)
    g_signal_handlers_disconnect_by_data (self->waiting, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_WAITING_GROUP);
  g_clear_object (&self->waiting);
  g_clear_object (&self->members_signals);

  G_OBJECT_CLASS (edge_waiting_group_parent_class)->dispose (object);
}

static void
edge_waiting_group_class_init (EdgeWaitingGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = edge_waiting_group_dispose;
  EDGE_NODE_GROUP_CLASS (klass)->follow = edge_waiting_group_follow;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-waiting-group.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeWaitingGroup, list);
}

static void
edge_waiting_group_init (EdgeWaitingGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->members_signals = g_signal_group_new (EDGE_TYPE_MEMBERS);
  g_signal_group_connect_swapped (self->members_signals, "notify", G_CALLBACK (update), self);
}
