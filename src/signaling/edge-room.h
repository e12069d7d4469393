/* edge-room.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EDGE_TYPE_ROOM (edge_room_get_type ())

#define EDGE_ROOM_SECRET_SIZE 16
#define EDGE_ROOM_KEY_SIZE    32

typedef struct _EdgeRoom EdgeRoom;

GType         edge_room_get_type       (void) G_GNUC_CONST;

EdgeRoom     *edge_room_new            (const char   *network_id,
                                        const guint8 *secret) G_GNUC_WARN_UNUSED_RESULT;
EdgeRoom     *edge_room_new_open       (const char   *network_id,
                                        const char   *name) G_GNUC_WARN_UNUSED_RESULT;
EdgeRoom     *edge_room_ref            (EdgeRoom     *self);
void          edge_room_unref          (EdgeRoom     *self);

void          edge_room_set_secret     (EdgeRoom     *self,
                                        const guint8 *secret);
const char   *edge_room_get_network_id (EdgeRoom     *self);
const guint8 *edge_room_get_network    (EdgeRoom     *self);
const guint8 *edge_room_get_secret     (EdgeRoom     *self);
const guint8 *edge_room_get_topic_key  (EdgeRoom     *self);
const guint8 *edge_room_get_seal_key   (EdgeRoom     *self);
const guint8 *edge_room_get_inbox_key  (EdgeRoom     *self);
const char   *edge_room_get_relay_tag  (EdgeRoom     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeRoom, edge_room_unref)

G_END_DECLS
