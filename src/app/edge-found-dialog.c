/* edge-found-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-found-dialog.h"

#include "app/edge-network-words.h"
#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "node/edge-network-found.h"
#include "node/edge-node-key.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * EdgeFoundDialog:
 *
 * Starts a network of one's own: its name, who may become a member, who closes
 * its book. Made, it is joined, and #EdgeFoundDialog::founded tells so.
 */

struct _EdgeFoundDialog
{
  AdwDialog  parent_instance;

  GtkWidget *start_button;
  GtkWidget *name_row;
  GtkWidget *grant_row;
  GtkWidget *invited_check;
  GtkWidget *anybody_check;
  GtkWidget *here_row;
  GtkWidget *others_row;
  GtkWidget *choice_label;
  GtkWidget *fault_label;

  EdgeNode  *node;
};

enum
{
  FOUNDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeFoundDialog, edge_found_dialog, ADW_TYPE_DIALOG)

static gboolean
closes_here (EdgeFoundDialog *self)
{
  return adw_switch_row_get_active (ADW_SWITCH_ROW (self->here_row));
}

/* Keys with whatever a person puts between them; NULL where one is none, and says which. */
static GPtrArray *
read_others (EdgeFoundDialog  *self,
             char            **fault)
{
  g_auto(GStrv) words = g_strsplit_set (gtk_editable_get_text (GTK_EDITABLE (self->others_row)),
                                        " ,;\t\n", -1);
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0' || g_ptr_array_find_with_equal_func (keys, words[i], g_str_equal, NULL))
        continue;
      if (g_strcmp0 (words[i], edge_node_get_id (self->node)) == 0)
        {
          *fault = g_strdup (_("The key of this computer is here already: turn on “This Computer” "
                               "instead."));
          return NULL;
        }
      if (!edge_base64url_is_key (words[i]))
        {
          *fault = g_strdup_printf (_("“%s” is no key. A key has 43 letters, digits, “-” and “_”; "
                                      "“Identity” on that computer shows it."), words[i]);
          return NULL;
        }
      g_ptr_array_add (keys, g_strdup (words[i]));
    }
  return g_steal_pointer (&keys);
}

static void
show_fault (EdgeFoundDialog *self,
            const char      *fault)
{
  gtk_label_set_label (GTK_LABEL (self->fault_label), fault != NULL ? fault : "");
  gtk_widget_set_visible (self->fault_label, fault != NULL);
}

static void
changed_cb (EdgeFoundDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  g_autofree char *fault = NULL;
  g_autofree char *choice = NULL;
  g_autoptr(GPtrArray) others = NULL;
  guint n_validators;

  if (self->node == NULL)
    return;

  others = read_others (self, &fault);
  n_validators = closes_here (self) + (others != NULL ? others->len : 0);
  if (fault == NULL && n_validators > EDGE_GENESIS_MAX_VALIDATORS)
    fault = g_strdup_printf (_("At most %u computers can close the book."),
                             EDGE_GENESIS_MAX_VALIDATORS);
  choice = edge_network_words_choice (n_validators, closes_here (self));
  gtk_label_set_label (GTK_LABEL (self->choice_label), choice);
  show_fault (self, fault);
  gtk_widget_set_sensitive (self->start_button,
                            *name != '\0' && fault == NULL && n_validators > 0);
}

static char *
make_wish (EdgeFoundDialog *self,
           GPtrArray       *others)
{
  g_autoptr(JsonObject) wish = json_object_new ();
  JsonObject *params = json_object_new ();
  JsonArray *validators = json_array_new ();
  JsonObject *grants = json_object_new ();
  guint64 grant = (guint64) adw_spin_row_get_value (ADW_SPIN_ROW (self->grant_row));
  g_autofree char *nano = g_strdup_printf ("%" G_GUINT64_FORMAT, grant * EDGE_CREDIT);
  gboolean open = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->anybody_check));
  g_auto(GStrv) relays = NULL;
  JsonArray *urls = json_array_new ();

  json_object_set_string_member (wish, "name", gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  json_object_set_int_member (params, "open", open);
  json_object_set_object_member (wish, "params", params);
  if (grant > 0)
    json_object_set_string_member (grants, edge_node_get_id (self->node), nano);
  json_object_set_object_member (wish, "grants", grants);
  if (closes_here (self))
    json_array_add_string_element (validators, edge_node_get_id (self->node));
  for (guint i = 0; i < others->len; i++)
    json_array_add_string_element (validators, g_ptr_array_index (others, i));
  json_object_set_array_member (wish, "validators", validators);

  /* Who is invited later finds people where they are found now. */
  g_object_get (self->node, "relays", &relays, NULL);
  for (guint i = 0; relays != NULL && relays[i] != NULL && i < EDGE_NETWORK_MAX_RELAYS; i++)
    json_array_add_string_element (urls, relays[i]);
  json_object_set_array_member (wish, "relays", urls);
  return edge_json_print (wish);
}

static void
start_cb (EdgeFoundDialog *self)
{
  g_autoptr(GPtrArray) others = NULL;
  g_autoptr(EdgeNetwork) network = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *wish = NULL;

  others = read_others (self, &fault);
  if (others == NULL || !gtk_widget_get_sensitive (self->start_button))
    return;

  wish = make_wish (self, others);
  network = edge_network_found (edge_node_get_identity (self->node), wish, strlen (wish), &error);
  if (network == NULL)
    {
      show_fault (self, error->message);
      return;
    }
  edge_node_settle (self->node, network->id);
  edge_node_join (self->node, network);
  g_signal_emit (self, signals[FOUNDED], 0, network->name);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
cancel_cb (EdgeFoundDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
edge_found_dialog_dispose (GObject *object)
{
  EdgeFoundDialog *self = EDGE_FOUND_DIALOG (object);

  g_clear_object (&self->node);
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_FOUND_DIALOG);

  G_OBJECT_CLASS (edge_found_dialog_parent_class)->dispose (object);
}

static void
edge_found_dialog_class_init (EdgeFoundDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = edge_found_dialog_dispose;

  /**
   * EdgeFoundDialog::founded:
   * @self: a dialog
   * @name: of the network that was made and joined
   */
  signals[FOUNDED] = g_signal_new ("founded", EDGE_TYPE_FOUND_DIALOG, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-found-dialog.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, EdgeFoundDialog, child)
  BIND (start_button);
  BIND (name_row);
  BIND (grant_row);
  BIND (invited_check);
  BIND (anybody_check);
  BIND (here_row);
  BIND (others_row);
  BIND (choice_label);
  BIND (fault_label);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
edge_found_dialog_init (EdgeFoundDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_found_dialog_new:
 * @node: a node that has its identity
 *
 * Returns: (transfer floating): the dialog, with a name to start from
 */
AdwDialog *
edge_found_dialog_new (EdgeNode *node)
{
  EdgeFoundDialog *self = g_object_new (EDGE_TYPE_FOUND_DIALOG, NULL);
  g_autofree char *person = NULL;

  self->node = g_object_ref (node);
  g_object_get (node, "name", &person, NULL);
  if (person != NULL && *person != '\0')
    {
      /* Translators: a name for a network, from the name of the person who starts it. */
      g_autofree char *name = g_strdup_printf (_("%s’s network"), person);

      gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
    }
  changed_cb (self);
  return ADW_DIALOG (self);
}
