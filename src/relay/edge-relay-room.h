/* edge-relay-room.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EdgeRelaySession EdgeRelaySession;

/**
 * EdgeRelayRoom:
 * @tag: its name on the wire, empty for the public room
 * @users: connections that hold it: members and those not yet admitted
 *
 * Those who hear of each other. Members by id, and in a list for broadcasts and samples.
 */
typedef struct
{
  char       *tag;
  guint       users;
  GHashTable *by_id;
  GPtrArray  *members;
} EdgeRelayRoom;

EdgeRelayRoom    *edge_relay_room_new    (const char       *tag) G_GNUC_WARN_UNUSED_RESULT;
void              edge_relay_room_free   (EdgeRelayRoom    *self);

void              edge_relay_room_add    (EdgeRelayRoom    *self,
                                          EdgeRelaySession *session);
void              edge_relay_room_remove (EdgeRelayRoom    *self,
                                          EdgeRelaySession *session);
EdgeRelaySession *edge_relay_room_find   (EdgeRelayRoom    *self,
                                          const char       *id,
                                          gsize             length);

G_END_DECLS
