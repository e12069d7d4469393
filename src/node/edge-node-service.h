/* edge-node-service.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-node.h"
#include "node/edge-state-dir.h"

G_BEGIN_DECLS

#define EDGE_TYPE_NODE_SERVICE (edge_node_service_get_type ())

/** EDGE_NODE_SERVICE_PATH: Where the node is, on every connection. */
#define EDGE_NODE_SERVICE_PATH "/org/edgenet/EdgeNet"

G_DECLARE_FINAL_TYPE (EdgeNodeService, edge_node_service, EDGE, NODE_SERVICE, GObject)

EdgeNodeService *edge_node_service_new    (EdgeNode         *node) G_GNUC_WARN_UNUSED_RESULT;

gboolean         edge_node_service_export (EdgeNodeService  *self,
                                           GDBusConnection  *connection,
                                           GError          **error);
gboolean         edge_node_service_listen (EdgeNodeService  *self,
                                           EdgeStateDir     *dir,
                                           GError          **error);
void             edge_node_service_stop   (EdgeNodeService  *self);

G_END_DECLS
