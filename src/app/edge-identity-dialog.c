/* edge-identity-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-identity-dialog.h"

#include "app/edge-seal.h"
#include "identity/edge-words.h"

#include <glib/gi18n.h>

/**
 * EdgeIdentityDialog:
 *
 * Who the person is to others: seal, name, the key as words and as text.
 */

struct _EdgeIdentityDialog
{
  AdwDialog  parent_instance;

  GtkWidget *toasts;
  GtkWidget *name_row;
  GtkWidget *word_box;

  EdgeNode  *node;
};

typedef enum
{
  PROP_NODE = 1,
} EdgeIdentityDialogProperty;

static GParamSpec *properties[PROP_NODE + 1];

G_DEFINE_FINAL_TYPE (EdgeIdentityDialog, edge_identity_dialog, ADW_TYPE_DIALOG)

static void
add_words (EdgeIdentityDialog *self,
           const char         *id)
{
  g_auto(GStrv) words = edge_words_for_key (id);
  g_autofree char *spoken = g_strjoinv (" ", words);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *number_label = gtk_label_new (number);
      GtkWidget *word_label = gtk_label_new (words[i]);

      gtk_widget_add_css_class (number_label, "dim-label");
      gtk_widget_add_css_class (number_label, "numeric");
      gtk_label_set_width_chars (GTK_LABEL (number_label), 2);
      gtk_label_set_xalign (GTK_LABEL (number_label), 1);
      gtk_widget_add_css_class (word_label, "heading");
      gtk_label_set_xalign (GTK_LABEL (word_label), 0);
      gtk_box_append (GTK_BOX (box), number_label);
      gtk_box_append (GTK_BOX (box), word_label);
      gtk_grid_attach (GTK_GRID (self->word_box), box, i % 3, i / 3, 1, 1);
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->word_box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Your key in words"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken,
                                  -1);
}

static void
rename_cb (EdgeIdentityDialog *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  g_autofree char *old = NULL;

  g_strstrip (name);
  g_object_get (self->node, "name", &old, NULL);
  if (*name == '\0' || g_strcmp0 (name, old) == 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name_row), old ? old : "");
      return;
    }

  g_object_set (self->node, "name", name, NULL);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts),
                               adw_toast_new (_("Others read the new name now")));
}

static void
copy_cb (EdgeIdentityDialog *self)
{
  g_autofree char *id = NULL;

  g_object_get (self->node, "id", &id, NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), id);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (_("Key copied")));
}

static void
edge_identity_dialog_constructed (GObject *object)
{
  EdgeIdentityDialog *self = EDGE_IDENTITY_DIALOG (object);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;

  G_OBJECT_CLASS (edge_identity_dialog_parent_class)->constructed (object);

  g_object_get (self->node, "id", &id, "name", &name, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name ? name : "");
  if (id != NULL)
    add_words (self, id);
}

static void
edge_identity_dialog_dispose (GObject *object)
{
  EdgeIdentityDialog *self = EDGE_IDENTITY_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_IDENTITY_DIALOG);
  g_clear_object (&self->node);

  G_OBJECT_CLASS (edge_identity_dialog_parent_class)->dispose (object);
}

static void
edge_identity_dialog_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  EdgeIdentityDialog *self = EDGE_IDENTITY_DIALOG (object);

  switch ((EdgeIdentityDialogProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_identity_dialog_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  EdgeIdentityDialog *self = EDGE_IDENTITY_DIALOG (object);

  switch ((EdgeIdentityDialogProperty) property_id)
    {
    case PROP_NODE:
      self->node = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_identity_dialog_class_init (EdgeIdentityDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = edge_identity_dialog_constructed;
  object_class->dispose = edge_identity_dialog_dispose;
  object_class->get_property = edge_identity_dialog_get_property;
  object_class->set_property = edge_identity_dialog_set_property;

  properties[PROP_NODE] =
    g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_SEAL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-identity-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeIdentityDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, EdgeIdentityDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeIdentityDialog, word_box);
  gtk_widget_class_bind_template_callback (widget_class, rename_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
edge_identity_dialog_init (EdgeIdentityDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_identity_dialog_new:
 * @node: a node that has its identity
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_identity_dialog_new (EdgeNode *node)
{
  return g_object_new (EDGE_TYPE_IDENTITY_DIALOG, "node", node, NULL);
}
