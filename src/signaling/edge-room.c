/* edge-room.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-room.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"

/**
 * EdgeRoom:
 *
 * Where the members of one network meet: the network's id, the room secret
 * and the three keys derived from it with HKDF-SHA-256 (RFC 5869), salt = the
 * network id. Backends see topics that are HMACs of the topic key, so nobody
 * outside can list or link rooms.
 */

struct _EdgeRoom
{
  gatomicrefcount ref_count;

  char   *network_id;
  char   *relay_tag;
  guint8  network[32];
  guint8  secret[EDGE_ROOM_SECRET_SIZE];
  guint8  topic_key[EDGE_ROOM_KEY_SIZE];
  guint8  seal_key[EDGE_ROOM_KEY_SIZE];
  guint8  inbox_key[EDGE_ROOM_KEY_SIZE];
};

G_DEFINE_BOXED_TYPE (EdgeRoom, edge_room, edge_room_ref, edge_room_unref)

static void
hmac (const guint8 *key,
      gsize         key_size,
      const void   *data,
      gsize         size,
      guint8       *out)
{
  crypto_auth_hmacsha256_state state;

  crypto_auth_hmacsha256_init (&state, key, key_size);
  crypto_auth_hmacsha256_update (&state, data, size);
  crypto_auth_hmacsha256_final (&state, out);
}

/* One block of RFC 5869's expand step: 32 bytes are all a key needs. */
static void
expand (const guint8 *prk,
        const char   *info,
        guint8       *out)
{
  g_autofree char *block = g_strconcat (info, "\x01", NULL);

  hmac (prk, 32, block, strlen (block), out);
}

/**
 * edge_room_new:
 * @network_id: the id of the network's genesis, 43 characters
 * @secret: (array fixed-size=16): the room secret
 *
 * Returns: (transfer full): the room
 */
EdgeRoom *
edge_room_new (const char   *network_id,
               const guint8 *secret)
{
  EdgeRoom *self;

  g_return_val_if_fail (edge_base64url_is_key (network_id), NULL);

  self = g_new0 (EdgeRoom, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->network_id = g_strdup (network_id);
  edge_base64url_decode_fixed (network_id, -1, self->network, sizeof self->network);
  edge_room_set_secret (self, secret);
  return self;
}

/**
 * edge_room_set_secret:
 * @self: a room
 * @secret: (array fixed-size=16): its secret, which was not known before
 *
 * Whoever holds the room seals and opens with this secret from now on. Links that are there do
 * not depend on it.
 */
void
edge_room_set_secret (EdgeRoom     *self,
                      const guint8 *secret)
{
  guint8 prk[32];
  guint8 tag[32];

  memcpy (self->secret, secret, sizeof self->secret);

  hmac (self->network, sizeof self->network, secret, EDGE_ROOM_SECRET_SIZE, prk);
  expand (prk, "edge-net topic", self->topic_key);
  expand (prk, "edge-net seal", self->seal_key);
  expand (prk, "edge-net inbox", self->inbox_key);
  sodium_memzero (prk, sizeof prk);

  hmac (self->topic_key, sizeof self->topic_key, "relay", strlen ("relay"), tag);
  g_free (self->relay_tag);
  self->relay_tag = edge_base64url_encode (tag, sizeof tag);
}

/**
 * edge_room_new_open:
 * @network_id: the id of the open network's genesis
 * @name: its name
 *
 * The secret of an open network follows from its name.
 *
 * Returns: (transfer full): the room
 */
EdgeRoom *
edge_room_new_open (const char *network_id,
                    const char *name)
{
  g_autofree char *text = g_strconcat ("edge-net open room\n", name, NULL);
  guint8 hash[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (hash, (const guint8 *) text, strlen (text));
  return edge_room_new (network_id, hash);
}

EdgeRoom *
edge_room_ref (EdgeRoom *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
edge_room_unref (EdgeRoom *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->network_id);
  g_free (self->relay_tag);
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

const char *
edge_room_get_network_id (EdgeRoom *self)
{
  return self->network_id;
}

/**
 * edge_room_get_network:
 * @self: a room
 *
 * Returns: (transfer none) (array fixed-size=32): the network id as bytes
 */
const guint8 *
edge_room_get_network (EdgeRoom *self)
{
  return self->network;
}

const guint8 *
edge_room_get_secret (EdgeRoom *self)
{
  return self->secret;
}

const guint8 *
edge_room_get_topic_key (EdgeRoom *self)
{
  return self->topic_key;
}

const guint8 *
edge_room_get_seal_key (EdgeRoom *self)
{
  return self->seal_key;
}

const guint8 *
edge_room_get_inbox_key (EdgeRoom *self)
{
  return self->inbox_key;
}

/**
 * edge_room_get_relay_tag:
 * @self: a room
 *
 * Returns: (transfer none): what a relay calls the room: base64url of HMAC-SHA-256 (topic key, "relay")
 */
const char *
edge_room_get_relay_tag (EdgeRoom *self)
{
  return self->relay_tag;
}
