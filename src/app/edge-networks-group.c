/* edge-networks-group.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-networks-group.h"

#include "app/edge-network-words.h"
#include "app/edge-preferences-dialog.h"
#include "node/edge-network-folder.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * EdgeNetworksGroup:
 *
 * The networks that are kept on this computer, and the ways into another.
 */

struct _EdgeNetworksGroup
{
  EdgeNodeGroup  parent_instance;

  GtkWidget     *list;
  GtkWidget     *ways_list;
  GtkWidget     *name_row;
  GtkWidget     *save_row;
};

G_DEFINE_FINAL_TYPE (EdgeNetworksGroup, edge_networks_group, EDGE_TYPE_NODE_GROUP)

/* Says so where it is the one that is joined. */
static gboolean
is_joined (EdgeNetworksGroup *self,
           const EdgeNetwork *network)
{
  const EdgeNetwork *joined = edge_node_get_network (edge_node_group_get_node (self));
  g_autofree char *text = NULL;

  if (joined == NULL || !g_str_equal (joined->id, network->id))
    return FALSE;
  text = g_strdup_printf (_("You are in %s already"), network->name);
  edge_preferences_dialog_say (GTK_WIDGET (self), text);
  return TRUE;
}

static void
join (EdgeNetworksGroup *self,
      const EdgeNetwork *network)
{
  EdgeNode *node = edge_node_group_get_node (self);
  const EdgeNetwork *before = edge_node_get_network (node);
  g_autofree char *left = before != NULL ? g_strdup (before->name) : NULL;
  g_autofree char *text = NULL;

  if (is_joined (self, network))
    return;
  edge_node_join (node, network);
  if (left != NULL)
    /* Translators: the network joined, and the one that was left. */
    text = g_strdup_printf (_("You are in %s now. Nothing of %s is lost"), network->name, left);
  else
    text = g_strdup_printf (_("You are in %s now"), network->name);
  edge_preferences_dialog_say (GTK_WIDGET (self), text);
}

static void
switch_cb (EdgeNetworksGroup *self,
           GtkWidget         *button)
{
  const EdgeNetwork *network = g_object_get_data (G_OBJECT (button), "edge-network");

  edge_node_group_leave_row (button);
  join (self, network);
}

static void
add_network (EdgeNetworksGroup *self,
             const EdgeNetwork *network,
             gboolean           joined)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), network->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), edge_network_words_kind (network->open));
  if (joined)
    {
      GtkWidget *label = gtk_label_new (_("Joined"));
      GtkWidget *image = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (image, "accent");
      gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
    }
  else
    {
      GtkWidget *button = gtk_button_new_with_label (_("Change to It"));
      g_autofree char *spoken = g_strdup_printf (_("Change to %s"), network->name);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
      g_object_set_data_full (G_OBJECT (button), "edge-network", edge_network_copy (network),
                              (GDestroyNotify) edge_network_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (switch_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
update (EdgeNetworksGroup *self)
{
  EdgeNode *node = edge_node_group_get_node (self);
  const EdgeNetwork *joined = edge_node_get_network (node);
  const char *state_dir = edge_node_get_state_dir (node);
  g_autoptr(GPtrArray) networks = NULL;

  networks = state_dir != NULL ? edge_network_folder_list (state_dir) : g_ptr_array_new ();
  gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  for (guint i = 0; i < networks->len; i++)
    {
      const EdgeNetwork *network = g_ptr_array_index (networks, i);

      add_network (self, network, joined != NULL && g_str_equal (joined->id, network->id));
    }
  gtk_widget_set_visible (self->list, networks->len > 0);
  gtk_widget_set_visible (self->save_row, joined != NULL);
}

static void
name_applied_cb (EdgeNetworksGroup *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  g_autoptr(EdgeNetwork) network = edge_network_new_open (name);

  if (network == NULL)
    {
      edge_preferences_dialog_say (GTK_WIDGET (self),
                                   _("A name has 1 to 64 bytes and no control characters"));
      return;
    }
  join (self, network);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), "");
}

typedef struct
{
  EdgeNetworksGroup *group;
  EdgeNetwork       *network;
} JoinRequest;

static void
join_request_free (JoinRequest *request)
{
  g_clear_object (&request->group);
  g_clear_pointer (&request->network, edge_network_free);
  g_free (request);
}

static void
join_response_cb (AdwAlertDialog *dialog,
                  const char     *response,
                  JoinRequest    *request)
{
  if (g_str_equal (response, "join"))
    join (request->group, request->network);
}

/* What is in a file is somebody's claim; it is shown before it is followed. */
static void
ask_join (EdgeNetworksGroup *self,
          EdgeNetwork       *network)
{
  g_autofree char *heading = g_strdup_printf (_("Join %s?"), network->name);
  g_autofree char *body = NULL;
  JoinRequest *request = g_new0 (JoinRequest, 1);
  AdwDialog *dialog;

  if (network->open)
    body = g_strdup (_("An open network: payments never become final there. What you have in other "
                       "networks stays."));
  else
    body = g_strdup_printf (ngettext ("A founded network, whose book %u validator closes. Its people "
                                      "will see your name, your picture and your address. What you "
                                      "have in other networks stays.",
                                      "A founded network, whose book %u validators close. Its people "
                                      "will see your name, your picture and your address. What you "
                                      "have in other networks stays.",
                                      network->rules.n_validators),
                            network->rules.n_validators);
  dialog = adw_alert_dialog_new (heading, body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel", _("_Cancel"),
                                  "join", _("_Join"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "join",
                                            ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "join");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");

  request->group = g_object_ref (self);
  request->network = network;
  g_signal_connect_data (dialog, "response", G_CALLBACK (join_response_cb), request,
                         (GClosureNotify) (void (*) (void)) join_request_free, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
file_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(EdgeNetworksGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  EdgeNetwork *network = NULL;
  g_autofree char *text = NULL;
  const char *data;
  gsize size;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes != NULL)
    {
      data = g_bytes_get_data (bytes, &size);
      network = edge_network_parse (data != NULL ? data : "", size, &error);
    }
  if (network != NULL)
    {
      if (is_joined (self, network))
        edge_network_free (network);
      else
        ask_join (self, network);
      return;
    }
  text = g_strdup_printf (_("That file can’t be joined: %s"), error->message);
  edge_preferences_dialog_say (GTK_WIDGET (self), text);
}

static void
file_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(EdgeNetworksGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  g_autofree char *text = NULL;

  /* One byte more than a network file may have: the rest is not even looked at. */
  if (stream != NULL)
    g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), EDGE_NETWORK_MAX_FILE + 1,
                                     G_PRIORITY_DEFAULT, edge_node_group_get_cancellable (self),
                                     file_read_cb, g_object_ref (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      text = g_strdup_printf (_("That file can’t be read: %s"), error->message);
      edge_preferences_dialog_say (GTK_WIDGET (self), text);
    }
}

static void
take_file (EdgeNetworksGroup *self,
           GFile             *file)
{
  g_file_read_async (file, G_PRIORITY_DEFAULT, edge_node_group_get_cancellable (self),
                     file_opened_cb, g_object_ref (self));
}

static gboolean
drop_cb (EdgeNetworksGroup *self,
         const GValue      *value)
{
  g_autoptr(GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files == NULL)
    return FALSE;
  take_file (self, files->data);
  return TRUE;
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(EdgeNetworksGroup) self = user_data;
  g_autoptr(GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    take_file (self, file);
}

static GtkWindow *
get_window (EdgeNetworksGroup *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
join_file_cb (EdgeNetworksGroup *self)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Join From a File"));
  gtk_file_dialog_open (dialog, get_window (self), edge_node_group_get_cancellable (self),
                        file_chosen_cb, g_object_ref (self));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(EdgeNetworksGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    text = g_strdup (_("Saved. Whoever has the file can join, so give it to people you know"));
  else
    text = g_strdup_printf (_("The file can’t be written: %s"), error->message);
  edge_preferences_dialog_say (GTK_WIDGET (self), text);
}

static void
save_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(EdgeNetworksGroup) self = user_data;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  EdgeNode *node = edge_node_group_get_node (self);
  const EdgeNetwork *network = node != NULL ? edge_node_get_network (node) : NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *text;

  if (file == NULL || network == NULL)
    return;
  text = edge_network_to_text (network);
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       saved_cb, g_object_ref (self));
}

static void
save_file_cb (EdgeNetworksGroup *self)
{
  const EdgeNetwork *network = edge_node_get_network (edge_node_group_get_node (self));
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = NULL;

  if (network == NULL)
    return;
  name = g_strconcat (network->name, ".edge-net.json", NULL);
  g_strdelimit (name, G_DIR_SEPARATOR_S, '-');
  gtk_file_dialog_set_title (dialog, _("Save This Network as a File"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, get_window (self), edge_node_group_get_cancellable (self),
                        save_chosen_cb, g_object_ref (self));
}

static void
edge_networks_group_follow (EdgeNodeGroup *group,
                            EdgeNode      *node)
{
  EdgeNetworksGroup *self = EDGE_NETWORKS_GROUP (group);

  g_signal_connect_object (node, "notify::network-id", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (node, "notify::last-network", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
edge_networks_group_dispose (GObject *object)
{
  EdgeNetworksGroup *self = EDGE_NETWORKS_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_NETWORKS_GROUP);

  G_OBJECT_CLASS (edge_networks_group_parent_class)->dispose (object);
}

static void
edge_networks_group_class_init (EdgeNetworksGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = edge_networks_group_dispose;
  EDGE_NODE_GROUP_CLASS (klass)->follow = edge_networks_group_follow;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-networks-group.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeNetworksGroup, list);
  gtk_widget_class_bind_template_child (widget_class, EdgeNetworksGroup, ways_list);
  gtk_widget_class_bind_template_child (widget_class, EdgeNetworksGroup, name_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeNetworksGroup, save_row);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, join_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_file_cb);
}

static void
edge_networks_group_init (EdgeNetworksGroup *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->ways_list, GTK_EVENT_CONTROLLER (target));
}
