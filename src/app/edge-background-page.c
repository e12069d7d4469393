/* edge-background-page.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-background-page.h"

/**
 * EdgeBackgroundPage:
 *
 * Preferences: what the app does without its window.
 */

struct _EdgeBackgroundPage
{
  AdwPreferencesPage  parent_instance;

  GtkWidget          *keep_row;
  GtkWidget          *login_row;

  EdgeBackground     *background;
};

typedef enum
{
  PROP_BACKGROUND = 1,
} EdgeBackgroundPageProperty;

static GParamSpec *properties[PROP_BACKGROUND + 1];

G_DEFINE_FINAL_TYPE (EdgeBackgroundPage, edge_background_page, ADW_TYPE_PREFERENCES_PAGE)

static void
set_background (EdgeBackgroundPage *self,
                EdgeBackground     *background)
{
  if (!g_set_object (&self->background, background))
    return;

  if (background != NULL)
    {
      GSettings *settings = edge_background_get_settings (background);

      g_settings_bind (settings, "run-in-background", self->keep_row, "active",
                       G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "start-at-login", self->login_row, "active",
                       G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BACKGROUND]);
}

static void
edge_background_page_dispose (GObject *object)
{
  EdgeBackgroundPage *self = EDGE_BACKGROUND_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_BACKGROUND_PAGE);
  g_clear_object (&self->background);

  G_OBJECT_CLASS (edge_background_page_parent_class)->dispose (object);
}

static void
edge_background_page_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  EdgeBackgroundPage *self = EDGE_BACKGROUND_PAGE (object);

  switch ((EdgeBackgroundPageProperty) property_id)
    {
    case PROP_BACKGROUND:
      g_value_set_object (value, self->background);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_background_page_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  EdgeBackgroundPage *self = EDGE_BACKGROUND_PAGE (object);

  switch ((EdgeBackgroundPageProperty) property_id)
    {
    case PROP_BACKGROUND:
      set_background (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_background_page_class_init (EdgeBackgroundPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = edge_background_page_dispose;
  object_class->get_property = edge_background_page_get_property;
  object_class->set_property = edge_background_page_set_property;

  properties[PROP_BACKGROUND] =
    g_param_spec_object ("background", NULL, NULL, EDGE_TYPE_BACKGROUND,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-background-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeBackgroundPage, keep_row);
  gtk_widget_class_bind_template_child (widget_class, EdgeBackgroundPage, login_row);
}

static void
edge_background_page_init (EdgeBackgroundPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
