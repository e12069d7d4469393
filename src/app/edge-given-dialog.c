/* edge-given-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-given-dialog.h"

#include "app/edge-format.h"
#include "app/edge-toast.h"
#include "node/edge-node-given.h"

#include <glib/gi18n.h>

/**
 * EdgeGivenDialog:
 *
 * The invitations that were given out and count, who came with them, and a way
 * to take one back.
 */

/* Of a ticket, to tell one from the other. */
#define TICKET_SHOWN 6

struct _EdgeGivenDialog
{
  AdwDialog  parent_instance;

  GtkWidget *toasts;
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *close_button;

  EdgeNode  *node;
};

G_DEFINE_FINAL_TYPE (EdgeGivenDialog, edge_given_dialog, ADW_TYPE_DIALOG)

static void fill (EdgeGivenDialog *self);

static char *
describe_takers (EdgeGivenDialog *self,
                 const EdgeGiven *given)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  g_autofree char *joined = NULL;

  for (guint i = 0; given->takers[i] != NULL; i++)
    {
      g_autoptr(EdgePeer) peer = edge_node_find_peer (self->node, given->takers[i], NULL);

      g_strv_builder_take (builder,
                           edge_format_peer_name (peer != NULL ? edge_peer_get_name (peer) : NULL,
                                                  given->takers[i]));
    }
  names = g_strv_builder_end (builder);
  if (names[0] == NULL)
    return g_strdup (_("nobody came with it yet"));

  /* Translators: between the names of people. */
  joined = g_strjoinv (_(", "), names);
  /* Translators: the names of people who came with an invitation. */
  return g_strdup_printf (_("taken by %s"), joined);
}

static void
withdraw_cb (EdgeGivenDialog *self,
             GtkButton       *button)
{
  const char *ticket = g_object_get_data (G_OBJECT (button), "edge-ticket");
  g_autoptr(GError) error = NULL;
  AdwToast *toast;
  GtkWidget *row;

  /* It may have ended since it was listed. */
  if (edge_node_withdraw_invitation (self->node, ticket, &error))
    toast = edge_toast_new (_("Taken back"));
  else
    toast = edge_toast_new (error->message);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
  fill (self);
  /* The button that had the focus is gone. */
  row = gtk_widget_get_first_child (self->list);
  if (row != NULL)
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (self->close_button);
}

static GtkWidget *
make_row (EdgeGivenDialog *self,
          const EdgeGiven *given)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Take Back"));
  g_autofree char *left = edge_format_duration (given->expires - g_get_real_time () / 1000);
  g_autofree char *takers = describe_takers (self, given);
  g_autofree char *exact = edge_format_exact_time (given->expires);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  /* Translators: a few letters and digits that tell one invitation from another. */
  title = g_strdup_printf (given->direct ? _("Direct link %.*s…") : _("Invitation %.*s…"),
                           TICKET_SHOWN, given->ticket);
  /* Translators: how long an invitation is good, then who came with it. */
  subtitle = g_strdup_printf (_("Valid for %1$s, %2$s"), left, takers);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_tooltip_text (row, exact);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, row, NULL, -1);
  g_object_set_data_full (G_OBJECT (button), "edge-ticket", g_strdup (given->ticket), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (withdraw_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
fill (EdgeGivenDialog *self)
{
  g_autoptr(GPtrArray) given = edge_node_list_invitations (self->node);

  gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  for (guint i = 0; i < given->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, given->pdata[i]));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), given->len > 0 ? "some" : "none");
}

static void
close_cb (EdgeGivenDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
edge_given_dialog_dispose (GObject *object)
{
  EdgeGivenDialog *self = EDGE_GIVEN_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_GIVEN_DIALOG);
  g_clear_object (&self->node);

  G_OBJECT_CLASS (edge_given_dialog_parent_class)->dispose (object);
}

static void
edge_given_dialog_class_init (EdgeGivenDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = edge_given_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-given-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeGivenDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, EdgeGivenDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, EdgeGivenDialog, list);
  gtk_widget_class_bind_template_child (widget_class, EdgeGivenDialog, close_button);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
edge_given_dialog_init (EdgeGivenDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_given_dialog_new:
 * @node: a node that is in a network
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_given_dialog_new (EdgeNode *node)
{
  EdgeGivenDialog *self = g_object_new (EDGE_TYPE_GIVEN_DIALOG, NULL);

  self->node = g_object_ref (node);
  g_signal_connect_object (node, "invitation-taken", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  return ADW_DIALOG (self);
}
