/* edge-pause-button.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-pause-button.h"

#include <glib/gi18n.h>

/**
 * EdgePauseButton:
 *
 * Pauses or resumes the node, for as long as its menu says.
 */

struct _EdgePauseButton
{
  AdwBin     parent_instance;

  GtkWidget *content;
  EdgeNode  *node;
  gboolean   compact;
};

typedef enum
{
  PROP_NODE = 1,
  PROP_COMPACT,
} EdgePauseButtonProperty;

static GParamSpec *properties[PROP_COMPACT + 1];

G_DEFINE_FINAL_TYPE (EdgePauseButton, edge_pause_button, ADW_TYPE_BIN)

static char *
format_label (EdgePauseButton *self,
              EdgeNodeState    state,
              gboolean         compact)
{
  if (compact)
    return g_strdup ("");

  return g_strdup (state == EDGE_NODE_STATE_PAUSED ? _("_Resume") : _("_Pause"));
}

static char *
format_icon (EdgePauseButton *self,
             EdgeNodeState    state)
{
  return g_strdup (state == EDGE_NODE_STATE_PAUSED ? "media-playback-start-symbolic"
                                                   : "media-playback-pause-symbolic");
}

static char *
format_tooltip (EdgePauseButton *self,
                EdgeNodeState    state)
{
  return g_strdup (state == EDGE_NODE_STATE_PAUSED ? _("Resume Contributing")
                                                   : _("Pause Contributing"));
}

/* The button inside has the icon alone while it is compact, and would be nameless. */
static void
name_button_cb (EdgePauseButton *self)
{
  GtkWidget *button = gtk_widget_get_ancestor (self->content, GTK_TYPE_BUTTON);
  EdgeNodeState state = self->node != NULL ? edge_node_get_state (self->node)
                                           : EDGE_NODE_STATE_NONE;

  if (button == NULL)
    return;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  state == EDGE_NODE_STATE_PAUSED ? _("Resume") : _("Pause"), -1);
}

static void
edge_pause_button_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgePauseButton *self = EDGE_PAUSE_BUTTON (object);

  switch ((EdgePauseButtonProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_pause_button_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EdgePauseButton *self = EDGE_PAUSE_BUTTON (object);

  switch ((EdgePauseButtonProperty) property_id)
    {
    case PROP_NODE:
      if (g_set_object (&self->node, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_COMPACT:
      if (self->compact == g_value_get_boolean (value))
        return;
      self->compact = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      name_button_cb (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_pause_button_dispose (GObject *object)
{
  EdgePauseButton *self = EDGE_PAUSE_BUTTON (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), EDGE_TYPE_PAUSE_BUTTON);
  g_clear_object (&self->node);

  G_OBJECT_CLASS (edge_pause_button_parent_class)->dispose (object);
}

static void
edge_pause_button_class_init (EdgePauseButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = edge_pause_button_dispose;
  object_class->get_property = edge_pause_button_get_property;
  object_class->set_property = edge_pause_button_set_property;

  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE, flags);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/edgenet/EdgeNet/edge-pause-button.ui");
  gtk_widget_class_bind_template_child (widget_class, EdgePauseButton, content);
  gtk_widget_class_bind_template_callback (widget_class, name_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_label);
  gtk_widget_class_bind_template_callback (widget_class, format_icon);
  gtk_widget_class_bind_template_callback (widget_class, format_tooltip);
}

static void
edge_pause_button_init (EdgePauseButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_button_cb (self);
}
