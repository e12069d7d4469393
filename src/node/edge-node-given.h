/* edge-node-given.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-given.h"
#include "node/edge-node-invite.h"

G_BEGIN_DECLS

EdgeInvitation *edge_node_invite_another        (EdgeNode    *self,
                                                 GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray      *edge_node_list_invitations      (EdgeNode    *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean        edge_node_withdraw_invitation   (EdgeNode    *self,
                                                 const char  *prefix,
                                                 GError     **error);

G_END_DECLS
