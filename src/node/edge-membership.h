/* edge-membership.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "mesh/edge-mesh.h"
#include "signaling/edge-room.h"

G_BEGIN_DECLS

#define EDGE_TYPE_MEMBERSHIP (edge_membership_get_type ())

/** EDGE_MEMBERSHIP_MAX_RELAYS: Relays used at once. */
#define EDGE_MEMBERSHIP_MAX_RELAYS 8

G_DECLARE_FINAL_TYPE (EdgeMembership, edge_membership, EDGE, MEMBERSHIP, GObject)

EdgeMembership *edge_membership_new              (EdgeIdentity         *identity,
                                                  EdgeRoom             *room,
                                                  const char           *name) G_GNUC_WARN_UNUSED_RESULT;

EdgeMesh       *edge_membership_get_mesh         (EdgeMembership       *self);
GListModel     *edge_membership_get_backends     (EdgeMembership       *self);
const char     *edge_membership_get_own_relay    (EdgeMembership       *self);
void            edge_membership_set_relays       (EdgeMembership       *self,
                                                  const char * const   *relays,
                                                  const char           *listen);
void            edge_membership_set_stun_servers (EdgeMembership       *self,
                                                  const char * const   *uris);

void            edge_membership_start            (EdgeMembership       *self);
void            edge_membership_stop_async       (EdgeMembership       *self,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean        edge_membership_stop_finish      (EdgeMembership       *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
