/* edge-relay-message.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_RELAY_MESSAGE_ERROR (edge_relay_message_error_quark ())

/**
 * EdgeRelayMessageError:
 * @EDGE_RELAY_MESSAGE_ERROR_UTF8: not UTF-8
 * @EDGE_RELAY_MESSAGE_ERROR_SYNTAX: not one JSON object
 * @EDGE_RELAY_MESSAGE_ERROR_MEMBER: a known member is missing, doubled or of the wrong type
 */
typedef enum
{
  EDGE_RELAY_MESSAGE_ERROR_UTF8,
  EDGE_RELAY_MESSAGE_ERROR_SYNTAX,
  EDGE_RELAY_MESSAGE_ERROR_MEMBER,
} EdgeRelayMessageError;

/**
 * EdgeRelayMessageType:
 *
 * The frames of the relay protocol. %EDGE_RELAY_MESSAGE_UNKNOWN is a well-formed
 * frame of a type this version does not know; it is to be ignored.
 */
typedef enum
{
  EDGE_RELAY_MESSAGE_UNKNOWN,
  EDGE_RELAY_MESSAGE_REGISTER,
  EDGE_RELAY_MESSAGE_AUTH,
  EDGE_RELAY_MESSAGE_OFFER,
  EDGE_RELAY_MESSAGE_ANSWER,
  EDGE_RELAY_MESSAGE_ICE,
  EDGE_RELAY_MESSAGE_DISCONNECT,
  EDGE_RELAY_MESSAGE_PEER_MESSAGE,
  EDGE_RELAY_MESSAGE_BROADCAST,
  EDGE_RELAY_MESSAGE_HEARTBEAT,
  EDGE_RELAY_MESSAGE_WELCOME,
  EDGE_RELAY_MESSAGE_AUTH_OK,
  EDGE_RELAY_MESSAGE_NODE_JOINED,
  EDGE_RELAY_MESSAGE_NODE_LEFT,
  EDGE_RELAY_MESSAGE_HEARTBEAT_ACK,
  EDGE_RELAY_MESSAGE_ERROR_FRAME,
} EdgeRelayMessageType;

/** EDGE_RELAY_MAX_FRAME: Bytes of a frame at most, unless the relay is set up otherwise. */
#define EDGE_RELAY_MAX_FRAME 65536

/** EDGE_RELAY_MAX_ID: Characters of a node id at most. */
#define EDGE_RELAY_MAX_ID 128

/** EDGE_RELAY_MAX_ROOM: Characters of a room tag at most. */
#define EDGE_RELAY_MAX_ROOM 64

/** EDGE_RELAY_MAX_TOKEN: Characters of a room token at most. */
#define EDGE_RELAY_MAX_TOKEN 256

/** EDGE_RELAY_CHALLENGE_SIZE: Random bytes of a challenge. */
#define EDGE_RELAY_CHALLENGE_SIZE 32

/** EDGE_RELAY_MAX_PEERS: Ids read from a welcome at most. */
#define EDGE_RELAY_MAX_PEERS 4096

/**
 * EdgeRelaySpan:
 *
 * A piece of the frame it was found in; valid as long as the frame's text.
 * @text is %NULL when the member is absent or null.
 */
typedef struct
{
  const char *text;
  gsize       length;
} EdgeRelaySpan;

/**
 * EdgeRelayMessage:
 * @payload: JSON text of `offer`, `answer`, `candidate` or `payload`, whichever @type has
 *
 * One frame, taken apart without copying. Ids, room, token, challenge and
 * signature are the plain characters between the quotes; @message, @payload,
 * @peers, @unproven_peers, @ice_servers and @limits are JSON text as it came.
 */
typedef struct
{
  EdgeRelayMessageType type;
  EdgeRelaySpan        node_id;
  EdgeRelaySpan        target_id;
  EdgeRelaySpan        from;
  EdgeRelaySpan        room;
  EdgeRelaySpan        token;
  EdgeRelaySpan        challenge;
  EdgeRelaySpan        signature;
  EdgeRelaySpan        code;
  EdgeRelaySpan        message;
  EdgeRelaySpan        payload;
  EdgeRelaySpan        peers;
  EdgeRelaySpan        ice_servers;
  EdgeRelaySpan        limits;
  gint64               total_nodes;
  gint64               timestamp;
  gint64               retry_after_ms;
  gboolean             unproven;
} EdgeRelayMessage;

GQuark      edge_relay_message_error_quark         (void) G_GNUC_CONST;

gboolean    edge_relay_message_parse               (EdgeRelayMessage      *self,
                                                    const char            *text,
                                                    gsize                  length,
                                                    GError               **error);
gint64      edge_relay_message_read_rate           (const EdgeRelayMessage *self);
const char *edge_relay_message_type_to_string      (EdgeRelayMessageType   type);

gboolean    edge_relay_id_is_valid                 (const char            *id,
                                                    gssize                 length);
gboolean    edge_relay_span_equal                  (const EdgeRelaySpan   *span,
                                                    const char            *text);
char       *edge_relay_span_dup_string             (const EdgeRelaySpan   *span) G_GNUC_WARN_UNUSED_RESULT;
GStrv       edge_relay_span_dup_ids                (const EdgeRelaySpan   *span,
                                                    guint                  max_ids) G_GNUC_WARN_UNUSED_RESULT;

/* Frames of the client. */
void        edge_relay_message_append_register     (GString               *out,
                                                    const char            *node_id,
                                                    const char            *room,
                                                    const char            *token);
void        edge_relay_message_append_auth         (GString               *out,
                                                    const guint8          *signature);
void        edge_relay_message_append_to           (GString               *out,
                                                    EdgeRelayMessageType   type,
                                                    const char            *target_id,
                                                    const char            *blob);
void        edge_relay_message_append_heartbeat    (GString               *out);

/* Frames of the relay. */
void        edge_relay_message_append_from         (GString               *out,
                                                    EdgeRelayMessageType   type,
                                                    const char            *from,
                                                    gboolean               unproven,
                                                    const EdgeRelaySpan   *payload);
void        edge_relay_message_append_presence     (GString               *out,
                                                    EdgeRelayMessageType   type,
                                                    const char            *node_id,
                                                    guint                  total_nodes,
                                                    gboolean               unproven);
void        edge_relay_message_append_auth_ok      (GString               *out,
                                                    const char            *node_id);
void        edge_relay_message_append_ack          (GString               *out,
                                                    gint64                 timestamp);
void        edge_relay_message_append_error        (GString               *out,
                                                    const char            *code,
                                                    const char            *message,
                                                    const EdgeRelaySpan   *target_id,
                                                    guint                  retry_after_ms);

GBytes     *edge_relay_challenge_document          (const char            *challenge,
                                                    gssize                 length,
                                                    const char            *node_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
