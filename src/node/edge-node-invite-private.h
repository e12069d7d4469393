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
 * @hosted: (element-type utf8 EdgeInvitation): ids of peers whose answer made a link, and our
 *   offer that they answered
 * @guest: (nullable): a link on its way into a network that is not known here
 *
 * A node's part for invitations.
 */
struct _EdgeNodeInvites
{
  EdgeTicketBook *book;
  EdgeInvitation *current;
  GPtrArray      *directs;
  GHashTable     *handed;
  GHashTable     *hosted;
  gpointer        guest;
};

void       _edge_node_save_invites   (EdgeNode        *self);
void       _edge_node_tell_taken     (EdgeNode        *self,
                                      EdgeMesh        *mesh,
                                      EdgePeer        *peer,
                                      const char      *network_id);
GStrv      _edge_node_dup_addresses  (EdgeNode        *self) G_GNUC_WARN_UNUSED_RESULT;

EdgeNetwork *_edge_node_find_network  (EdgeNode        *self,
                                       const char      *network_id) G_GNUC_WARN_UNUSED_RESULT;

/* edge-node-newcomer.c */
void       _edge_node_join_newcomer   (EdgeNode        *self,
                                       GTask           *task);
void       _edge_node_watch_newcomers (EdgeNode        *self,
                                       EdgeMesh        *mesh);

/* edge-node-guest.c */
EdgeMembership *_edge_node_begin_guest (EdgeNode       *self,
                                        EdgeInvitation *offer);
void       _edge_node_guest_free      (gpointer         data);
void       _edge_node_end_guest       (EdgeNode        *self,
                                       EdgeMembership  *membership);

/* edge-node-direct.c */
GPtrArray *_edge_node_directs_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void       _edge_node_accept_offer    (EdgeNode        *self,
                                       GTask           *task);
void       _edge_node_accept_answer   (EdgeNode        *self,
                                       GTask           *task);

guint _edge_node_direct_wait (guint ms);

G_END_DECLS
