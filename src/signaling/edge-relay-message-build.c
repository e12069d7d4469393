/* edge-relay-message-build.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-relay-message.h"

#include "base/edge-base64.h"
#include "identity/edge-identity.h"
#include "signaling/edge-relay-message-private.h"

/* Frames written straight as text: what stands in them is plain ASCII by then, a
 * payload that came in, or escaped here. */

static void
append_string (GString    *out,
               const char *text)
{
  static const char hex[] = "0123456789abcdef";

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
      else if ((guint8) *p < ' ')
        {
          g_string_append (out, "\\u00");
          g_string_append_c (out, hex[*p >> 4 & 15]);
          g_string_append_c (out, hex[*p & 15]);
        }
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
append_type (GString              *out,
             EdgeRelayMessageType  type)
{
  g_string_append (out, "{\"type\":\"");
  g_string_append (out, edge_relay_message_type_to_string (type));
  g_string_append_c (out, '"');
}

static void
append_id (GString    *out,
           const char *name,
           const char *id,
           gssize      length)
{
  g_string_append (out, name);
  g_string_append_len (out, id, length);
  g_string_append_c (out, '"');
}

/**
 * edge_relay_message_append_register:
 * @out: where to write
 * @node_id: a key in base64url
 * @room: (nullable): the room's tag, %NULL for the public one
 * @token: (nullable): what the relay's host asks for
 */
void
edge_relay_message_append_register (GString    *out,
                                    const char *node_id,
                                    const char *room,
                                    const char *token)
{
  append_type (out, EDGE_RELAY_MESSAGE_REGISTER);
  append_id (out, ",\"nodeId\":\"", node_id, -1);
  append_id (out, ",\"publicKey\":\"", node_id, -1);
  if (room != NULL)
    append_id (out, ",\"room\":\"", room, -1);
  if (token != NULL)
    {
      g_string_append (out, ",\"token\":");
      append_string (out, token);
    }
  g_string_append_c (out, '}');
}

void
edge_relay_message_append_auth (GString      *out,
                                const guint8 *signature)
{
  g_autofree char *text = edge_base64url_encode (signature, EDGE_IDENTITY_SIGNATURE_SIZE);

  append_type (out, EDGE_RELAY_MESSAGE_AUTH);
  append_id (out, ",\"signature\":\"", text, -1);
  g_string_append_c (out, '}');
}

/**
 * edge_relay_message_append_to:
 * @out: where to write
 * @type: one of the frames for someone, or a broadcast
 * @target_id: (nullable): for whom; %NULL for a broadcast
 * @blob: (nullable): what the payload is; %NULL for a type without one
 */
void
edge_relay_message_append_to (GString              *out,
                              EdgeRelayMessageType  type,
                              const char           *target_id,
                              const char           *blob)
{
  append_type (out, type);
  if (target_id != NULL)
    append_id (out, ",\"targetId\":\"", target_id, -1);
  if (blob != NULL)
    {
      append_id (out, ",\"", _edge_relay_message_payload_member (type), -1);
      g_string_append_c (out, ':');
      append_string (out, blob);
    }
  g_string_append_c (out, '}');
}

void
edge_relay_message_append_heartbeat (GString *out)
{
  append_type (out, EDGE_RELAY_MESSAGE_HEARTBEAT);
  g_string_append_c (out, '}');
}

/**
 * edge_relay_message_append_from:
 * @out: where to write
 * @type: one of the frames for someone, or a broadcast
 * @from: the sender's id
 * @unproven: whether the sender has not proven that id
 * @payload: JSON text, passed on as it came
 */
void
edge_relay_message_append_from (GString              *out,
                                EdgeRelayMessageType  type,
                                const char           *from,
                                gboolean              unproven,
                                const EdgeRelaySpan  *payload)
{
  append_type (out, type);
  append_id (out, ",\"from\":\"", from, -1);
  if (unproven)
    g_string_append (out, ",\"unproven\":true");
  if (payload->text != NULL)
    {
      append_id (out, ",\"", _edge_relay_message_payload_member (type), -1);
      g_string_append_c (out, ':');
      g_string_append_len (out, payload->text, payload->length);
    }
  g_string_append_c (out, '}');
}

void
edge_relay_message_append_presence (GString              *out,
                                    EdgeRelayMessageType  type,
                                    const char           *node_id,
                                    guint                 total_nodes,
                                    gboolean              unproven)
{
  append_type (out, type);
  append_id (out, ",\"nodeId\":\"", node_id, -1);
  g_string_append_printf (out, ",\"totalNodes\":%u", total_nodes);
  g_string_append (out, unproven ? ",\"unproven\":true}" : "}");
}

void
edge_relay_message_append_auth_ok (GString    *out,
                                   const char *node_id)
{
  append_type (out, EDGE_RELAY_MESSAGE_AUTH_OK);
  append_id (out, ",\"nodeId\":\"", node_id, -1);
  g_string_append_c (out, '}');
}

/**
 * edge_relay_message_append_ack:
 * @out: where to write
 * @timestamp: wall clock in milliseconds
 */
void
edge_relay_message_append_ack (GString *out,
                               gint64   timestamp)
{
  append_type (out, EDGE_RELAY_MESSAGE_HEARTBEAT_ACK);
  g_string_append_printf (out, ",\"timestamp\":%" G_GINT64_FORMAT "}", timestamp);
}

/**
 * edge_relay_message_append_error:
 * @out: where to write
 * @code: a word for programs
 * @message: what is wrong, for people
 * @target_id: (nullable): whom the refused frame was for
 * @retry_after_ms: when to try again, 0 to leave it out
 */
void
edge_relay_message_append_error (GString             *out,
                                 const char          *code,
                                 const char          *message,
                                 const EdgeRelaySpan *target_id,
                                 guint                retry_after_ms)
{
  append_type (out, EDGE_RELAY_MESSAGE_ERROR_FRAME);
  append_id (out, ",\"code\":\"", code, -1);
  g_string_append (out, ",\"message\":");
  append_string (out, message);
  if (target_id != NULL && target_id->text != NULL)
    append_id (out, ",\"targetId\":\"", target_id->text, target_id->length);
  if (retry_after_ms > 0)
    g_string_append_printf (out, ",\"retryAfterMs\":%u", retry_after_ms);
  g_string_append_c (out, '}');
}
