/* edge-switchboard.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "signaling/edge-envelope.h"
#include "signaling/edge-room.h"
#include "signaling/edge-signaling.h"

G_BEGIN_DECLS

#define EDGE_TYPE_SWITCHBOARD (edge_switchboard_get_type ())

/** EDGE_SWITCHBOARD_MAX_PEERS: Peers kept in mind at most. */
#define EDGE_SWITCHBOARD_MAX_PEERS 2048

G_DECLARE_FINAL_TYPE (EdgeSwitchboard, edge_switchboard, EDGE, SWITCHBOARD, GObject)

EdgeSwitchboard *edge_switchboard_new              (EdgeIdentity    *identity,
                                                    EdgeRoom        *room) G_GNUC_WARN_UNUSED_RESULT;

const guint8    *edge_switchboard_get_session      (EdgeSwitchboard *self);
EdgeRoom        *edge_switchboard_get_room         (EdgeSwitchboard *self);
EdgeIdentity    *edge_switchboard_get_identity     (EdgeSwitchboard *self);

void             edge_switchboard_add_backend      (EdgeSwitchboard *self,
                                                    EdgeSignaling   *backend);
void             edge_switchboard_remove_backend   (EdgeSwitchboard *self,
                                                    EdgeSignaling   *backend);

gboolean         edge_switchboard_say_hello        (EdgeSwitchboard *self,
                                                    const char      *peer_id,
                                                    gboolean         wanted);
gboolean         edge_switchboard_send             (EdgeSwitchboard *self,
                                                    const char      *peer_id,
                                                    EdgeSignalKind   kind,
                                                    GBytes          *body);
gboolean         edge_switchboard_knows_session    (EdgeSwitchboard *self,
                                                    const char      *peer_id);
gboolean         edge_switchboard_is_present       (EdgeSwitchboard *self,
                                                    const char      *peer_id);
gboolean         edge_switchboard_carries_data     (EdgeSwitchboard *self,
                                                    const char      *peer_id);

G_END_DECLS
