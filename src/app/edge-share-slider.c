/* edge-share-slider.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-share-slider.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * EdgeShareSlider:
 *
 * Sets one share of the CPU, a key of the settings from 0 to 0.5, and says
 * what it comes to on this computer.
 */

struct _EdgeShareSlider
{
  GtkWidget      parent_instance;

  GtkWidget     *scale;
  GtkAdjustment *adjustment;

  GSettings     *settings;
  char          *key;
  char          *title;
  char          *icon_name;
};

typedef enum
{
  PROP_SETTINGS = 1,
  PROP_KEY,
  PROP_TITLE,
  PROP_ICON_NAME,
} EdgeShareSliderProperty;

static GParamSpec *properties[PROP_ICON_NAME + 1];

G_DEFINE_FINAL_TYPE (EdgeShareSlider, edge_share_slider, GTK_TYPE_WIDGET)

static char *
format_share (EdgeShareSlider *self,
              double           percent)
{
  return g_strdup_printf (_("%.0f %%"), percent);
}

static char *
format_cores (EdgeShareSlider *self,
              double           percent)
{
  guint n_cores = g_get_num_processors ();
  double cores = n_cores * percent / 100;

  if (percent < 0.5)
    return g_strdup (_("nothing"));

  if (n_cores == 1)
    return g_strdup (_("of the one core"));

  if (cores < 0.95)
    /* Translators: how many of the cores a share of the CPU comes to, less than one. */
    return g_strdup_printf (_("about %.1f of %u cores"), cores, n_cores);

  return g_strdup_printf (_("about %.0f of %u cores"), cores, n_cores);
}

static gboolean
share_to_percent (GValue   *value,
                  GVariant *variant,
                  gpointer  user_data)
{
  g_value_set_double (value, round (g_variant_get_double (variant) * 100));

  return TRUE;
}

static GVariant *
percent_to_share (const GValue       *value,
                  const GVariantType *type,
                  gpointer            user_data)
{
  return g_variant_new_double (round (g_value_get_double (value)) / 100);
}

static void
bind_setting (EdgeShareSlider *self)
{
  g_settings_unbind (self->adjustment, "value");
  if (self->settings != NULL && self->key != NULL)
    g_settings_bind_with_mapping (self->settings, self->key, self->adjustment, "value",
                                  G_SETTINGS_BIND_DEFAULT,
                                  share_to_percent, percent_to_share, NULL, NULL);
}

static void
edge_share_slider_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgeShareSlider *self = EDGE_SHARE_SLIDER (object);

  switch ((EdgeShareSliderProperty) property_id)
    {
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_share_slider_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EdgeShareSlider *self = EDGE_SHARE_SLIDER (object);

  switch ((EdgeShareSliderProperty) property_id)
    {
    case PROP_SETTINGS:
      if (!g_set_object (&self->settings, g_value_get_object (value)))
        return;
      bind_setting (self);
      break;
    case PROP_KEY:
      if (!g_set_str (&self->key, g_value_get_string (value)))
        return;
      bind_setting (self);
      break;
    case PROP_TITLE:
      if (!g_set_str (&self->title, g_value_get_string (value)))
        return;
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, self->title,
                                      -1);
      break;
    case PROP_ICON_NAME:
      if (!g_set_str (&self->icon_name, g_value_get_string (value)))
        return;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }

  g_object_notify_by_pspec (object, pspec);
}

static void
edge_share_slider_dispose (GObject *object)
{
  EdgeShareSlider *self = EDGE_SHARE_SLIDER (object);
  GtkWidget *child;

  if (self->adjustment != NULL)
    g_settings_unbind (self->adjustment, "value");
  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_SHARE_SLIDER);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (edge_share_slider_parent_class)->dispose (object);
}

static void
edge_share_slider_finalize (GObject *object)
{
  EdgeShareSlider *self = EDGE_SHARE_SLIDER (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->icon_name, g_free);

  G_OBJECT_CLASS (edge_share_slider_parent_class)->finalize (object);
}

static void
edge_share_slider_class_init (EdgeShareSliderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = edge_share_slider_dispose;
  object_class->finalize = edge_share_slider_finalize;
  object_class->get_property = edge_share_slider_get_property;
  object_class->set_property = edge_share_slider_set_property;

  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-share-slider.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeShareSlider, scale);
  gtk_widget_class_bind_template_child (widget_class, EdgeShareSlider, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, format_share);
  gtk_widget_class_bind_template_callback (widget_class, format_cores);
}

static void
edge_share_slider_init (EdgeShareSlider *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
