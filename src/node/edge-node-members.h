/* edge-node-members.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-members.h"
#include "node/edge-node.h"

G_BEGIN_DECLS

/*
 * Property of EdgeNode:
 *
 *   members   EdgeMembers r   who belongs to the network and who waits to
 *                             (node/edge-members.h); NULL until the ledger is open
 *
 * Signal of EdgeNode:
 *
 *   book-closed (uint64 n)    a checkpoint became final here
 */

EdgeMembers *edge_node_get_members  (EdgeNode             *self);
void         edge_node_vouch_async  (EdgeNode             *self,
                                     const char           *key,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char        *edge_node_vouch_finish (EdgeNode             *self,
                                     GAsyncResult         *result,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     edge_node_decline      (EdgeNode             *self,
                                     const char           *key,
                                     GError              **error);

G_END_DECLS
