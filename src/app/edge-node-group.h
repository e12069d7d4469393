/* edge-node-group.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define EDGE_TYPE_NODE_GROUP (edge_node_group_get_type ())

G_DECLARE_DERIVABLE_TYPE (EdgeNodeGroup, edge_node_group, EDGE, NODE_GROUP, AdwPreferencesGroup)

/**
 * EdgeNodeGroupClass:
 * @parent_class: the parent class
 * @follow: called once, with the node whose signals are to be followed and which is shown
 *   from then on
 */
struct _EdgeNodeGroupClass
{
  AdwPreferencesGroupClass  parent_class;

  void                    (*follow) (EdgeNodeGroup *self,
                                     EdgeNode      *node);
};

EdgeNode     *edge_node_group_get_node        (gpointer self);
GCancellable *edge_node_group_get_cancellable (gpointer self);
void          edge_node_group_leave_row       (GtkWidget *inside);

G_END_DECLS
