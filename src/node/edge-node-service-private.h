/* edge-node-service-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "edge-net1.h"
#include "node/edge-node-service.h"

G_BEGIN_DECLS

struct _EdgeNodeService
{
  GObject           parent_instance;

  EdgeNode         *node;
  EdgeDbusEdgeNet1 *skeleton;
  GDBusServer      *server;
  EdgeStateDir     *dir;
  GPtrArray        *visitors;
};

/* edge-node-service-ledger.c, edge-node-service-members.c, edge-node-service-network.c */
void _edge_node_service_offer_ledger  (EdgeNodeService *self);
void _edge_node_service_offer_members (EdgeNodeService *self);
void _edge_node_service_watch_members (EdgeNodeService *self);
void _edge_node_service_offer_network (EdgeNodeService *self);
EdgeBooks *_edge_node_service_find_books (EdgeNodeService       *self,
                                          GDBusMethodInvocation *invocation);

G_END_DECLS
