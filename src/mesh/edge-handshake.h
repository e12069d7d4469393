/* edge-handshake.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "identity/edge-identity.h"
#include "mesh/edge-transport.h"

G_BEGIN_DECLS

#define EDGE_HANDSHAKE_ERROR (edge_handshake_error_quark ())

/** EDGE_HANDSHAKE_VERSION: The version of the frames of a link. */
#define EDGE_HANDSHAKE_VERSION 1
/** EDGE_HANDSHAKE_MAX_NAME: Bytes of a name at most. */
#define EDGE_HANDSHAKE_MAX_NAME 64

/**
 * EdgeHandshakeError:
 * @EDGE_HANDSHAKE_ERROR_MALFORMED: not a hello or hello_ack as documented
 * @EDGE_HANDSHAKE_ERROR_VERSION: no version in common
 * @EDGE_HANDSHAKE_ERROR_IDENTITY: the other end is not who it should be
 */
typedef enum
{
  EDGE_HANDSHAKE_ERROR_MALFORMED,
  EDGE_HANDSHAKE_ERROR_VERSION,
  EDGE_HANDSHAKE_ERROR_IDENTITY,
} EdgeHandshakeError;

/**
 * EdgeHello:
 * @name: what the node calls itself
 * @network: the id of its network
 * @session: base64url of its session
 * @challenge: base64url of 32 fresh random bytes
 * @time: its clock in ms
 * @resumes: (nullable): base64url of the peer's session with which it still has streams
 * @received: what it expects next on each stream
 *
 * What a node says of itself first on a link.
 */
typedef struct
{
  char     *name;
  char     *network;
  char     *session;
  char     *challenge;
  gint64    time;
  char     *resumes;
  guint32   received[EDGE_N_CHANNELS];
} EdgeHello;

GQuark      edge_handshake_error_quark (void) G_GNUC_CONST;

EdgeHello  *edge_hello_new             (const char        *name,
                                        const char        *network,
                                        const char        *session) G_GNUC_WARN_UNUSED_RESULT;
void        edge_hello_free            (EdgeHello         *self);
JsonObject *edge_hello_to_json         (const EdgeHello   *self,
                                        EdgeIdentity      *identity) G_GNUC_WARN_UNUSED_RESULT;
EdgeHello  *edge_hello_parse           (JsonObject        *frame,
                                        const char        *peer_id,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * EdgeHandshakeSide:
 * @id: the node id
 * @hello: what the node said
 * @binding: what names its end of the secure channel
 */
typedef struct
{
  const char      *id;
  const EdgeHello *hello;
  const char      *binding;
} EdgeHandshakeSide;

JsonObject *edge_handshake_sign        (EdgeIdentity            *identity,
                                        const EdgeHandshakeSide *own,
                                        const EdgeHandshakeSide *peer) G_GNUC_WARN_UNUSED_RESULT;
gboolean    edge_handshake_verify      (JsonObject              *frame,
                                        const EdgeHandshakeSide *own,
                                        const EdgeHandshakeSide *peer,
                                        GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeHello, edge_hello_free)

G_END_DECLS
