/* edge-identity-dialog.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-identity-dialog.h"

#include "app/edge-backup-dialog.h"
#include "app/edge-qr-view.h"
#include "app/edge-restore-dialog.h"
#include "app/edge-seal.h"
#include "app/edge-toast.h"
#include "app/edge-words-grid.h"

#include <glib/gi18n.h>

/**
 * EdgeIdentityDialog:
 *
 * Who the person is to others: seal, name, the key as words, as text and as a
 * code; and how the identity is kept and changed.
 */

struct _EdgeIdentityDialog
{
  AdwDialog  parent_instance;

  GtkWidget *toasts;
  GtkWidget *name_row;
  GtkWidget *words;
  GtkWidget *qr;

  EdgeNode           *node;
  EdgeIdentityLoader *loader;
};

typedef enum
{
  PROP_NODE = 1,
} EdgeIdentityDialogProperty;

static GParamSpec *properties[PROP_NODE + 1];

G_DEFINE_FINAL_TYPE (EdgeIdentityDialog, edge_identity_dialog, ADW_TYPE_DIALOG)

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
                               edge_toast_new (_("Others read the new name now")));
}

static void
copy_cb (EdgeIdentityDialog *self)
{
  g_autofree char *id = NULL;

  g_object_get (self->node, "id", &id, NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), id);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), edge_toast_new (_("Key copied")));
}

static void
back_up_cb (EdgeIdentityDialog *self)
{
  adw_dialog_present (edge_backup_dialog_new (self->node), GTK_WIDGET (self));
}

static void
restore_cb (EdgeIdentityDialog *self)
{
  edge_restore_dialog_scan (self->node, self->loader, GTK_WIDGET (self));
}

static void
new_cb (EdgeIdentityDialog *self)
{
  adw_dialog_present (edge_restore_dialog_new (self->node, self->loader, NULL), GTK_WIDGET (self));
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
  edge_words_grid_set_key (EDGE_WORDS_GRID (self->words), id);
  edge_qr_view_set_text (EDGE_QR_VIEW (self->qr), id);
}

static void
edge_identity_dialog_dispose (GObject *object)
{
  EdgeIdentityDialog *self = EDGE_IDENTITY_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_IDENTITY_DIALOG);
  g_clear_object (&self->node);
  g_clear_object (&self->loader);

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

  g_type_ensure (EDGE_TYPE_QR_VIEW);
  g_type_ensure (EDGE_TYPE_SEAL);
  g_type_ensure (EDGE_TYPE_WORDS_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-identity-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeIdentityDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, EdgeIdentityDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeIdentityDialog, words);
  gtk_widget_class_bind_template_child (widget_class, EdgeIdentityDialog, qr);
  gtk_widget_class_bind_template_callback (widget_class, rename_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_cb);
}

static void
edge_identity_dialog_init (EdgeIdentityDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * edge_identity_dialog_new:
 * @node: a node that has its identity
 * @loader: where identities are kept
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
edge_identity_dialog_new (EdgeNode           *node,
                          EdgeIdentityLoader *loader)
{
  EdgeIdentityDialog *self = g_object_new (EDGE_TYPE_IDENTITY_DIALOG, "node", node, NULL);

  self->loader = g_object_ref (loader);
  return ADW_DIALOG (self);
}
