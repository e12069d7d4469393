/* edge-vote-group.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-vote-group.h"

#include "app/edge-book-words.h"
#include "app/edge-network-words.h"
#include "app/edge-preferences-dialog.h"
#include "app/edge-validators-dialog.h"
#include "node/edge-ballot.h"
#include "node/edge-books.h"
#include "node/edge-finality.h"

#include <glib/gi18n.h>

/**
 * EdgeVoteGroup:
 *
 * Who proposes which validators; to a validator, with yes and no, and with a way to propose
 * others. To others it hides where nobody proposes any.
 */

struct _EdgeVoteGroup
{
  EdgeNodeGroup  parent_instance;

  GtkWidget     *list;
  GtkWidget     *propose_list;

  GSignalGroup  *finality_signals;
  GListModel    *ballots;
};

G_DEFINE_FINAL_TYPE (EdgeVoteGroup, edge_vote_group, EDGE_TYPE_NODE_GROUP)

static char *
join_names (EdgeVoteGroup      *self,
            const char * const *keys)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GListModel) peers = NULL;
  g_auto(GStrv) names = NULL;
  const char *own_id = edge_node_get_id (edge_node_group_get_node (self));

  g_object_get (edge_node_group_get_node (self), "peers", &peers, NULL);
  for (guint i = 0; keys[i] != NULL; i++)
    g_strv_builder_take (builder, edge_book_dup_name (peers, own_id, keys[i]));
  names = g_strv_builder_end (builder);
  /* Translators: between names in a list. */
  return g_strjoinv (_(", "), names);
}

static void
said_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GtkWidget) buttons = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_books_issue_finish (EDGE_BOOKS (source), result, &error);

  if (id != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (buttons, TRUE);
  edge_preferences_dialog_say (buttons, error->message);
}

static void
say (EdgeVoteGroup      *self,
     GtkWidget          *button,
     const char * const *keys)
{
  GtkWidget *buttons = gtk_widget_get_parent (button);
  EdgeBooks *books = edge_node_get_books (edge_node_group_get_node (self));

  if (books == NULL)
    return;
  edge_node_group_leave_row (button);
  gtk_widget_set_sensitive (buttons, FALSE);
  edge_books_propose_validators_async (books, keys, edge_node_group_get_cancellable (self), said_cb,
                                       g_object_ref (buttons));
}

static void
yes_cb (EdgeVoteGroup *self,
        GtkWidget     *button)
{
  say (self, button, edge_ballot_get_keys (g_object_get_data (G_OBJECT (button), "edge-ballot")));
}

static void
no_cb (EdgeVoteGroup *self,
       GtkWidget     *button)
{
  say (self, button, edge_ballot_get_present (g_object_get_data (G_OBJECT (button), "edge-ballot")));
}

static void
add_button (EdgeVoteGroup *self,
            GtkWidget     *box,
            EdgeBallot    *ballot,
            const char    *label,
            const char    *change,
            GCallback      clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", label, change);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "edge-ballot", g_object_ref (ballot), g_object_unref);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  EdgeVoteGroup *self = user_data;
  EdgeBallot *ballot = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *added = join_names (self, edge_ballot_get_added (ballot));
  g_autofree char *removed = join_names (self, edge_ballot_get_removed (ballot));
  g_autofree char *voters = join_names (self, edge_ballot_get_voters (ballot));
  g_autofree char *change = edge_network_words_ballot (added, removed);
  g_autofree char *standing = NULL;
  gboolean changes = *added != '\0' || *removed != '\0';

  standing = edge_network_words_voters (voters, g_strv_length ((GStrv) edge_ballot_get_voters (ballot)),
                                        edge_ballot_get_n_needed (ballot));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), change);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), standing);
  /* A no is a yes to those of today, which has a row of its own. */
  if (edge_ballot_get_may_vote (ballot) && changes)
    add_button (self, buttons, ballot, C_("answer", "No"), change, G_CALLBACK (no_cb));
  if (edge_ballot_get_may_vote (ballot) && !edge_ballot_get_own (ballot))
    add_button (self, buttons, ballot, C_("answer", "Yes"), change, G_CALLBACK (yes_cb));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), buttons);
  return row;
}

static void
update (EdgeVoteGroup *self)
{
  g_autoptr(GObject) finality = g_signal_group_dup_target (self->finality_signals);
  gboolean any = self->ballots != NULL && g_list_model_get_n_items (self->ballots) > 0;
  gboolean may_vote = FALSE;

  if (finality != NULL)
    g_object_get (finality, "may-vote", &may_vote, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), any || may_vote);
  gtk_widget_set_visible (self->list, any);
  gtk_widget_set_visible (self->propose_list, may_vote);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self),
                                   any ? _("A Vote on Who Closes the Book")
                                       : _("Change Who Closes the Book"));
  if (!may_vote)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                           _("The validators of today decide."));
  else if (any)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                           _("You are one of the validators who decide. What you said "
                                             "last counts."));
  else
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                           _("You are one of the validators who decide."));
}

static void
proposed_cb (EdgeVoteGroup *self)
{
  edge_preferences_dialog_say (GTK_WIDGET (self), _("Proposed, and handed on"));
}

static void
propose_cb (EdgeVoteGroup *self)
{
  EdgeNode *node = edge_node_group_get_node (self);
  AdwDialog *dialog;

  if (edge_node_get_books (node) == NULL)
    return;
  dialog = edge_validators_dialog_new (node);
  g_signal_connect_object (dialog, "proposed", G_CALLBACK (proposed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
books_changed_cb (EdgeVoteGroup *self)
{
  EdgeBooks *books = edge_node_get_books (edge_node_group_get_node (self));
  g_autoptr(GObject) finality = NULL;

  if (self->ballots != NULL)
    g_signal_handlers_disconnect_by_data (self->ballots, self);
  g_clear_object (&self->ballots);
  if (books != NULL)
    g_object_get (books, "finality", &finality, NULL);
  g_signal_group_set_target (self->finality_signals, finality);
  if (finality != NULL)
    {
      g_object_get (finality, "ballots", &self->ballots, NULL);
      g_signal_connect_object (self->ballots, "items-changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), self->ballots, make_row, self, NULL);
  update (self);
}

static void
edge_vote_group_follow (EdgeNodeGroup *group,
                        EdgeNode      *node)
{
  EdgeVoteGroup *self = EDGE_VOTE_GROUP (group);

  g_signal_connect_object (node, "notify::books", G_CALLBACK (books_changed_cb), self,
                           G_CONNECT_SWAPPED);
  books_changed_cb (self);
}

static void
edge_vote_group_dispose (GObject *object)
{
  EdgeVoteGroup *self = EDGE_VOTE_GROUP (object);

  if (self->ballots != NULL)
    g_signal_handlers_disconnect_by_data (self->ballots, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_VOTE_GROUP);
  g_clear_object (&self->ballots);
  g_clear_object (&self->finality_signals);

  G_OBJECT_CLASS (edge_vote_group_parent_class)->dispose (object);
}

static void
edge_vote_group_class_init (EdgeVoteGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = edge_vote_group_dispose;
  EDGE_NODE_GROUP_CLASS (klass)->follow = edge_vote_group_follow;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-vote-group.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeVoteGroup, list);
  gtk_widget_class_bind_template_child (widget_class, EdgeVoteGroup, propose_list);
  gtk_widget_class_bind_template_callback (widget_class, propose_cb);
}

static void
edge_vote_group_init (EdgeVoteGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->finality_signals = g_signal_group_new (EDGE_TYPE_FINALITY);
  g_signal_group_connect_swapped (self->finality_signals, "notify::may-vote", G_CALLBACK (update), self);
}
