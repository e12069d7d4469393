/* edge-node-invite-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mesh/edge-direct.h"
#include "node/edge-node-invite.h"
#include "node/edge-node-private.h"
#include "node/edge-ticket-book.h"

G_BEGIN_DECLS

/**
 * EdgeNodeInvites:
 * @book: what was given and taken
 * @current: (nullable): the invitation into the network that is handed out now
 * @directs: direct links under way
 * @handed: (element-type utf8): ids of peers that were given the genesis over the link they have
 *
 * A node's part for invitations.
 */
struct _EdgeNodeInvites
{
  EdgeTicketBook *book;
  EdgeInvitation *current;
  GPtrArray      *directs;
  GHashTable     *handed;
};

void       _edge_node_save_invites   (EdgeNode        *self);

EdgeNetwork *_edge_node_find_network  (EdgeNode        *self,
                                       const char      *network_id) G_GNUC_WARN_UNUSED_RESULT;

/* edge-node-newcomer.c */
void       _edge_node_join_newcomer   (EdgeNode        *self,
                                       GTask           *task);
void       _edge_node_watch_newcomers (EdgeNode        *self,
                                       EdgeMesh        *mesh);

/* edge-node-direct.c */
GPtrArray *_edge_node_directs_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void       _edge_node_accept_offer    (EdgeNode        *self,
                                       GTask           *task);
void       _edge_node_accept_answer   (EdgeNode        *self,
                                       GTask           *task);

G_END_DECLS
