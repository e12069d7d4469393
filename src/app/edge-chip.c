/* edge-chip.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-chip.h"

/**
 * EdgeChip:
 *
 * A short fact in a pill, with an icon before it where that helps.
 *
 * The style classes `strong`, `success`, `warning` and `error` give it weight.
 */

struct _EdgeChip
{
  GtkWidget  parent_instance;

  GtkWidget *icon;
  GtkWidget *label_widget;
  char      *label;
  char      *icon_name;
};

typedef enum
{
  PROP_LABEL = 1,
  PROP_ICON_NAME,
} EdgeChipProperty;

static GParamSpec *properties[PROP_ICON_NAME + 1];

G_DEFINE_FINAL_TYPE (EdgeChip, edge_chip, GTK_TYPE_WIDGET)

static void
edge_chip_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgeChip *self = EDGE_CHIP (object);

  switch ((EdgeChipProperty) property_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_chip_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  EdgeChip *self = EDGE_CHIP (object);

  switch ((EdgeChipProperty) property_id)
    {
    case PROP_LABEL:
      edge_chip_set_label (self, g_value_get_string (value));
      break;
    case PROP_ICON_NAME:
      edge_chip_set_icon_name (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_chip_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_CHIP);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (edge_chip_parent_class)->dispose (object);
}

static void
edge_chip_finalize (GObject *object)
{
  EdgeChip *self = EDGE_CHIP (object);

  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->icon_name, g_free);

  G_OBJECT_CLASS (edge_chip_parent_class)->finalize (object);
}

static void
edge_chip_class_init (EdgeChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_chip_get_property;
  object_class->set_property = edge_chip_set_property;
  object_class->dispose = edge_chip_dispose;
  object_class->finalize = edge_chip_finalize;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/edgenet/EdgeNet/edge-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeChip, icon);
  gtk_widget_class_bind_template_child_full (widget_class, "label", FALSE,
                                             G_STRUCT_OFFSET (EdgeChip, label_widget));
}

static void
edge_chip_init (EdgeChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
edge_chip_new (const char *label)
{
  return g_object_new (EDGE_TYPE_CHIP, "label", label, NULL);
}

const char *
edge_chip_get_label (EdgeChip *self)
{
  g_return_val_if_fail (EDGE_IS_CHIP (self), NULL);

  return self->label;
}

void
edge_chip_set_label (EdgeChip   *self,
                     const char *label)
{
  g_return_if_fail (EDGE_IS_CHIP (self));

  if (g_set_str (&self->label, label))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

const char *
edge_chip_get_icon_name (EdgeChip *self)
{
  g_return_val_if_fail (EDGE_IS_CHIP (self), NULL);

  return self->icon_name;
}

/**
 * edge_chip_set_icon_name:
 * @self: a chip
 * @icon_name: (nullable): the icon before the label, %NULL for none
 */
void
edge_chip_set_icon_name (EdgeChip   *self,
                         const char *icon_name)
{
  g_return_if_fail (EDGE_IS_CHIP (self));

  if (!g_set_str (&self->icon_name, icon_name))
    return;

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
  gtk_widget_set_visible (self->icon, icon_name != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ICON_NAME]);
}
