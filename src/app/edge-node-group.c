/* edge-node-group.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-node-group.h"

/**
 * EdgeNodeGroup:
 *
 * A group of preferences that shows something of the node, and what it asked of the node and
 * takes back when it goes.
 */

typedef struct
{
  EdgeNode     *node;
  GCancellable *cancellable;
} EdgeNodeGroupPrivate;

typedef enum
{
  PROP_NODE = 1,
} EdgeNodeGroupProperty;

static GParamSpec *properties[PROP_NODE + 1];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (EdgeNodeGroup, edge_node_group, ADW_TYPE_PREFERENCES_GROUP)

static void
edge_node_group_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EdgeNodeGroup *self = EDGE_NODE_GROUP (object);

  switch ((EdgeNodeGroupProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, edge_node_group_get_node (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_node_group_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  EdgeNodeGroup *self = EDGE_NODE_GROUP (object);
  EdgeNodeGroupPrivate *priv = edge_node_group_get_instance_private (self);

  switch ((EdgeNodeGroupProperty) property_id)
    {
    case PROP_NODE:
      /* A binding in a template says NULL until what it is bound to is there. */
      if (priv->node != NULL || g_value_get_object (value) == NULL)
        return;
      priv->node = g_value_dup_object (value);
      EDGE_NODE_GROUP_GET_CLASS (self)->follow (self, priv->node);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_node_group_dispose (GObject *object)
{
  EdgeNodeGroupPrivate *priv = edge_node_group_get_instance_private (EDGE_NODE_GROUP (object));

  g_cancellable_cancel (priv->cancellable);
  if (priv->node != NULL)
    g_signal_handlers_disconnect_by_data (priv->node, object);
  g_clear_object (&priv->node);
  g_clear_object (&priv->cancellable);

  G_OBJECT_CLASS (edge_node_group_parent_class)->dispose (object);
}

static void
edge_node_group_class_init (EdgeNodeGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = edge_node_group_get_property;
  object_class->set_property = edge_node_group_set_property;
  object_class->dispose = edge_node_group_dispose;

  /**
   * EdgeNodeGroup:node:
   *
   * The node; it is set once.
   */
  properties[PROP_NODE] = g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                               | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_node_group_init (EdgeNodeGroup *self)
{
  EdgeNodeGroupPrivate *priv = edge_node_group_get_instance_private (self);

  priv->cancellable = g_cancellable_new ();
}

/**
 * edge_node_group_get_node:
 * @self: (type EdgeNodeGroup): a group
 *
 * Returns: (transfer none) (nullable): the node, once there is one and until the group goes
 */
EdgeNode *
edge_node_group_get_node (gpointer self)
{
  EdgeNodeGroupPrivate *priv = edge_node_group_get_instance_private (EDGE_NODE_GROUP (self));

  return priv->node;
}

/**
 * edge_node_group_get_cancellable:
 * @self: (type EdgeNodeGroup): a group
 *
 * Returns: (transfer none) (nullable): what is cancelled when the group goes
 */
GCancellable *
edge_node_group_get_cancellable (gpointer self)
{
  EdgeNodeGroupPrivate *priv = edge_node_group_get_instance_private (EDGE_NODE_GROUP (self));

  return priv->cancellable;
}

/**
 * edge_node_group_leave_row:
 * @inside: a widget in a row of a list
 *
 * Hands the keyboard on from a row that goes once it is answered: with the row it would be
 * lost, and Escape with it.
 */
void
edge_node_group_leave_row (GtkWidget *inside)
{
  GtkWidget *row = gtk_widget_get_ancestor (inside, GTK_TYPE_LIST_BOX_ROW);
  GtkWidget *dialog = gtk_widget_get_ancestor (inside, ADW_TYPE_DIALOG);
  gboolean moved = row != NULL && dialog != NULL;

  while (moved && gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_FOCUS_WITHIN)
    moved = gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);
}
