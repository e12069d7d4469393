/* edge-preset-button.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-preset-button.h"

#include "app/edge-dial.h"

/**
 * EdgePresetButton:
 *
 * One choice of how much is contributed: a card with a dial and a radio.
 */

struct _EdgePresetButton
{
  GtkToggleButton  parent_instance;

  char            *title;
  char            *caption;
  double           share;
  gboolean         recommended;
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_CAPTION,
  PROP_SHARE,
  PROP_RECOMMENDED,
} EdgePresetButtonProperty;

static GParamSpec *properties[PROP_RECOMMENDED + 1];

G_DEFINE_FINAL_TYPE (EdgePresetButton, edge_preset_button, GTK_TYPE_TOGGLE_BUTTON)

static void
update_spoken (EdgePresetButton *self)
{
  g_autofree char *spoken = g_strdup_printf ("%s: %s", self->title ? self->title : "",
                                             self->caption ? self->caption : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
}

static void
edge_preset_button_toggled (GtkToggleButton *button)
{
  gboolean active = gtk_toggle_button_get_active (button);

  gtk_accessible_update_state (GTK_ACCESSIBLE (button),
                               GTK_ACCESSIBLE_STATE_CHECKED,
                               active ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                      : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  if (active)
    gtk_widget_add_css_class (GTK_WIDGET (button), "sel");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (button), "sel");
}

static void
edge_preset_button_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  EdgePresetButton *self = EDGE_PRESET_BUTTON (object);

  switch ((EdgePresetButtonProperty) property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_SHARE:
      g_value_set_double (value, self->share);
      break;
    case PROP_RECOMMENDED:
      g_value_set_boolean (value, self->recommended);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_preset_button_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  EdgePresetButton *self = EDGE_PRESET_BUTTON (object);

  switch ((EdgePresetButtonProperty) property_id)
    {
    case PROP_TITLE:
      if (!g_set_str (&self->title, g_value_get_string (value)))
        return;
      update_spoken (self);
      break;
    case PROP_CAPTION:
      if (!g_set_str (&self->caption, g_value_get_string (value)))
        return;
      update_spoken (self);
      break;
    case PROP_SHARE:
      if (self->share == g_value_get_double (value))
        return;
      self->share = g_value_get_double (value);
      break;
    case PROP_RECOMMENDED:
      if (self->recommended == g_value_get_boolean (value))
        return;
      self->recommended = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }

  g_object_notify_by_pspec (object, pspec);
}

static void
edge_preset_button_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_PRESET_BUTTON);

  G_OBJECT_CLASS (edge_preset_button_parent_class)->dispose (object);
}

static void
edge_preset_button_finalize (GObject *object)
{
  EdgePresetButton *self = EDGE_PRESET_BUTTON (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->caption, g_free);

  G_OBJECT_CLASS (edge_preset_button_parent_class)->finalize (object);
}

static void
edge_preset_button_class_init (EdgePresetButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_preset_button_get_property;
  object_class->set_property = edge_preset_button_set_property;
  object_class->dispose = edge_preset_button_dispose;
  object_class->finalize = edge_preset_button_finalize;

  GTK_TOGGLE_BUTTON_CLASS (klass)->toggled = edge_preset_button_toggled;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_RECOMMENDED] = g_param_spec_boolean ("recommended", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (EDGE_TYPE_DIAL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-preset-button.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO);
}

static void
edge_preset_button_init (EdgePresetButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
