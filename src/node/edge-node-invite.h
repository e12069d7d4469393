/* edge-node-invite.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "invite/edge-invitation.h"
#include "node/edge-node.h"
#include "node/edge-relay-reach.h"

G_BEGIN_DECLS

/*
 * Signal of EdgeNode:
 *
 *   invitation-taken (EdgePeer)   a peer is there with an invitation that was given out here
 */

EdgeInvitation *edge_node_invite_network       (EdgeNode             *self,
                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
guint           edge_node_revoke_invitations   (EdgeNode             *self);

void            edge_node_invite_direct_async  (EdgeNode             *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
EdgeInvitation *edge_node_invite_direct_finish (EdgeNode             *self,
                                                GAsyncResult         *result,
                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;

char           *edge_node_dup_network_name     (EdgeNode             *self,
                                                const char           *network_id) G_GNUC_WARN_UNUSED_RESULT;
gboolean        edge_node_check_invitation     (EdgeNode             *self,
                                                EdgeInvitation       *invitation,
                                                GError              **error);
void            edge_node_accept_async         (EdgeNode             *self,
                                                EdgeInvitation       *invitation,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        edge_node_accept_finish        (EdgeNode             *self,
                                                GAsyncResult         *result,
                                                EdgeInvitation      **answer,
                                                GError              **error);

G_END_DECLS
