/* edge-network.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "ledger/edge-genesis.h"
#include "signaling/edge-room.h"

G_BEGIN_DECLS

/** EDGE_NETWORK_MAX_FILE: Bytes of a network file. */
#define EDGE_NETWORK_MAX_FILE (64 * 1024)

/** EDGE_NETWORK_MAX_RELAYS: Addresses of relays in a network file. */
#define EDGE_NETWORK_MAX_RELAYS 4

/**
 * EdgeNetwork:
 * @id: id of its genesis
 * @name: its name
 * @open: whether it follows from its name alone
 * @genesis: the genesis event
 * @rules: what the genesis sets
 * @room_secret: what its members meet by; zero for an open network
 * @relays: where its members meet, as its founder says
 *
 * A network that can be joined. Immutable.
 */
typedef struct
{
  char        *id;
  char        *name;
  gboolean     open;
  char        *genesis;
  EdgeGenesis  rules;
  guint8       room_secret[EDGE_ROOM_SECRET_SIZE];
  GStrv        relays;
} EdgeNetwork;

EdgeNetwork *edge_network_new_open    (const char         *name) G_GNUC_WARN_UNUSED_RESULT;
EdgeNetwork *edge_network_new_founded (const char         *genesis,
                                       const guint8       *room_secret,
                                       const char * const *relays,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeNetwork *edge_network_parse       (const char         *text,
                                       gsize               length,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeNetwork *edge_network_copy        (const EdgeNetwork  *self) G_GNUC_WARN_UNUSED_RESULT;
void         edge_network_free        (EdgeNetwork        *self);

const char  *edge_network_get_kind    (const EdgeNetwork  *self);
char        *edge_network_to_text     (const EdgeNetwork  *self) G_GNUC_WARN_UNUSED_RESULT;
void         edge_network_write       (const EdgeNetwork  *self,
                                       JsonObject         *object);
EdgeNetwork *edge_network_read        (JsonObject         *object,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
GStrv        edge_network_read_relays (JsonArray          *array,
                                       GError            **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeRoom    *edge_network_make_room   (const EdgeNetwork  *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeNetwork, edge_network_free)

G_END_DECLS
