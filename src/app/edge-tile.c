/* edge-tile.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-tile.h"

#include <glib/gi18n.h>

/**
 * EdgeTile:
 *
 * One figure in a card that leads to more of it.
 *
 * A figure that is not known is %NULL and shows as a dash.
 */

struct _EdgeTile
{
  GtkButton  parent_instance;

  GtkWidget *figure_label;
  GtkWidget *unit_label;
  GtkWidget *spinner;

  char      *icon_name;
  char      *title;
  char      *figure;
  char      *unit;
  char      *caption;
  GtkWidget *extra;
  gboolean   loading;
};

typedef enum
{
  PROP_ICON_NAME = 1,
  PROP_TITLE,
  PROP_FIGURE,
  PROP_UNIT,
  PROP_CAPTION,
  PROP_EXTRA,
  PROP_LOADING,
} EdgeTileProperty;

static GParamSpec *properties[PROP_LOADING + 1];

G_DEFINE_FINAL_TYPE (EdgeTile, edge_tile, GTK_TYPE_BUTTON)

static void
update (EdgeTile *self)
{
  g_autofree char *spoken = NULL;

  gtk_label_set_label (GTK_LABEL (self->figure_label), self->figure ? self->figure : "–");
  gtk_widget_set_visible (self->unit_label, self->figure != NULL && self->unit != NULL);
  gtk_widget_set_visible (self->spinner, self->loading && self->figure == NULL);

  /* Translators: a tile read aloud: title, figure, unit, caption. */
  spoken = g_strdup_printf (_("%s: %s %s, %s"),
                            self->title ? self->title : "",
                            self->figure ? self->figure : _("not known yet"),
                            self->figure && self->unit ? self->unit : "",
                            self->caption ? self->caption : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
}

static void
edge_tile_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgeTile *self = EDGE_TILE (object);

  switch ((EdgeTileProperty) property_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_FIGURE:
      g_value_set_string (value, self->figure);
      break;
    case PROP_UNIT:
      g_value_set_string (value, self->unit);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_EXTRA:
      g_value_set_object (value, self->extra);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
set_text (EdgeTile         *self,
          char            **field,
          const GValue     *value,
          EdgeTileProperty  property)
{
  if (!g_set_str (field, g_value_get_string (value)))
    return;

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
edge_tile_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  EdgeTile *self = EDGE_TILE (object);

  switch ((EdgeTileProperty) property_id)
    {
    case PROP_ICON_NAME:
      set_text (self, &self->icon_name, value, PROP_ICON_NAME);
      break;
    case PROP_TITLE:
      set_text (self, &self->title, value, PROP_TITLE);
      break;
    case PROP_FIGURE:
      set_text (self, &self->figure, value, PROP_FIGURE);
      break;
    case PROP_UNIT:
      set_text (self, &self->unit, value, PROP_UNIT);
      break;
    case PROP_CAPTION:
      set_text (self, &self->caption, value, PROP_CAPTION);
      break;
    case PROP_EXTRA:
      if (g_set_object (&self->extra, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_LOADING:
      if (self->loading == g_value_get_boolean (value))
        return;
      self->loading = g_value_get_boolean (value);
      update (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_tile_dispose (GObject *object)
{
  EdgeTile *self = EDGE_TILE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_TILE);
  g_clear_object (&self->extra);

  G_OBJECT_CLASS (edge_tile_parent_class)->dispose (object);
}

static void
edge_tile_finalize (GObject *object)
{
  EdgeTile *self = EDGE_TILE (object);

  g_clear_pointer (&self->icon_name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->figure, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->caption, g_free);

  G_OBJECT_CLASS (edge_tile_parent_class)->finalize (object);
}

static void
edge_tile_class_init (EdgeTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_tile_get_property;
  object_class->set_property = edge_tile_set_property;
  object_class->dispose = edge_tile_dispose;
  object_class->finalize = edge_tile_finalize;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_FIGURE] = g_param_spec_string ("figure", NULL, NULL, NULL, flags);
  properties[PROP_UNIT] = g_param_spec_string ("unit", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_EXTRA] = g_param_spec_object ("extra", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/edgenet/EdgeNet/edge-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgeTile, figure_label);
  gtk_widget_class_bind_template_child (widget_class, EdgeTile, unit_label);
  gtk_widget_class_bind_template_child (widget_class, EdgeTile, spinner);
}

static void
edge_tile_init (EdgeTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}
