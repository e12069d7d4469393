/* edge-relay-message.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-relay-message.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "signaling/edge-json-scanner.h"
#include "signaling/edge-relay-message-private.h"

/* The relay reads every frame of everybody, so no tree is built: one pass checks
 * the JSON and notes where the known members lie, and a payload is passed on as
 * it came. That pass being strict, a frame that one peer sends as JSON arrives
 * as JSON. */

/* Frames a minute, of a relay that does not tell its limits. */
#define DEFAULT_RATE             6000
#define DEFAULT_RATE_BEFORE_AUTH 100

#define MIN_RATE 10
#define MAX_RATE 100000000

G_DEFINE_QUARK (edge-relay-message-error, edge_relay_message_error)

typedef enum
{
  KIND_ID,
  KIND_ROOM,
  KIND_TOKEN,
  KIND_WORD,
  KIND_STRING,
  KIND_ANY,
  KIND_ARRAY,
  KIND_OBJECT,
  KIND_COUNT,
  KIND_FLAG,
} MemberKind;

typedef struct
{
  const char *name;
  MemberKind  kind;
  gsize       offset;
} Member;

#define MEMBER(name, kind, field) { name, kind, G_STRUCT_OFFSET (EdgeRelayMessage, field) }

static const Member members[] = {
  MEMBER ("targetId", KIND_ID, target_id),
  MEMBER ("from", KIND_ID, from),
  MEMBER ("nodeId", KIND_ID, node_id),
  MEMBER ("payload", KIND_ANY, payload),
  MEMBER ("offer", KIND_ANY, payload),
  MEMBER ("answer", KIND_ANY, payload),
  MEMBER ("candidate", KIND_ANY, payload),
  MEMBER ("room", KIND_ROOM, room),
  MEMBER ("token", KIND_TOKEN, token),
  MEMBER ("challenge", KIND_WORD, challenge),
  MEMBER ("signature", KIND_WORD, signature),
  MEMBER ("code", KIND_WORD, code),
  MEMBER ("message", KIND_STRING, message),
  MEMBER ("peers", KIND_ARRAY, peers),
  MEMBER ("iceServers", KIND_ARRAY, ice_servers),
  MEMBER ("limits", KIND_OBJECT, limits),
  MEMBER ("totalNodes", KIND_COUNT, total_nodes),
  MEMBER ("timestamp", KIND_COUNT, timestamp),
  MEMBER ("retryAfterMs", KIND_COUNT, retry_after_ms),
  MEMBER ("unproven", KIND_FLAG, unproven),
};

#define NO_MEMBER G_MAXUINT

typedef struct
{
  const char *name;
  const char *payload;
  gboolean    targeted;
  gboolean    required;
} TypeInfo;

static const TypeInfo types[] = {
  [EDGE_RELAY_MESSAGE_UNKNOWN] = { "", NULL, FALSE, FALSE },
  [EDGE_RELAY_MESSAGE_REGISTER] = { "register", NULL, FALSE, FALSE },
  [EDGE_RELAY_MESSAGE_AUTH] = { "auth", NULL, FALSE, FALSE },
  [EDGE_RELAY_MESSAGE_OFFER] = { "webrtc_offer", "offer", TRUE, TRUE },
  [EDGE_RELAY_MESSAGE_ANSWER] = { "webrtc_answer", "answer", TRUE, TRUE },
  [EDGE_RELAY_MESSAGE_ICE] = { "webrtc_ice", "candidate", TRUE, TRUE },
  [EDGE_RELAY_MESSAGE_DISCONNECT] = { "webrtc_disconnect", "payload", TRUE, FALSE },
  [EDGE_RELAY_MESSAGE_PEER_MESSAGE] = { "peer_message", "payload", TRUE, TRUE },
  [EDGE_RELAY_MESSAGE_BROADCAST] = { "broadcast", "payload", FALSE, TRUE },
  [EDGE_RELAY_MESSAGE_HEARTBEAT] = { "heartbeat", NULL, FALSE, FALSE },
  [EDGE_RELAY_MESSAGE_WELCOME] = { "welcome", NULL, FALSE, FALSE },
  [EDGE_RELAY_MESSAGE_AUTH_OK] = { "auth_ok", NULL, FALSE, FALSE },
  [EDGE_RELAY_MESSAGE_NODE_JOINED] = { "node_joined", NULL, FALSE, FALSE },
  [EDGE_RELAY_MESSAGE_NODE_LEFT] = { "node_left", NULL, FALSE, FALSE },
  [EDGE_RELAY_MESSAGE_HEARTBEAT_ACK] = { "heartbeat_ack", NULL, FALSE, FALSE },
  [EDGE_RELAY_MESSAGE_ERROR_FRAME] = { "error", NULL, FALSE, FALSE },
};

/**
 * edge_relay_message_type_to_string:
 * @type: a type
 *
 * Returns: (transfer none): its name on the wire
 */
const char *
edge_relay_message_type_to_string (EdgeRelayMessageType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (types), "");

  return types[type].name;
}

/* The member that a frame of @type carries its payload in, %NULL for none. */
const char *
_edge_relay_message_payload_member (EdgeRelayMessageType type)
{
  return types[type].payload;
}

/**
 * edge_relay_id_is_valid:
 * @id: text of a stranger
 * @length: its length, or -1 when it ends with a NUL
 *
 * Ids are visible ASCII without quote and backslash, so they stand in JSON as
 * they are.
 *
 * Returns: whether @id may be a node's id or a room's tag
 */
gboolean
edge_relay_id_is_valid (const char *id,
                        gssize      length)
{
  gsize n = length < 0 ? strlen (id) : (gsize) length;

  if (n == 0 || n > EDGE_RELAY_MAX_ID)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    if (id[i] <= ' ' || id[i] > '~' || id[i] == '"' || id[i] == '\\')
      return FALSE;

  return TRUE;
}

gboolean
edge_relay_span_equal (const EdgeRelaySpan *span,
                       const char          *text)
{
  return span->text != NULL && strlen (text) == span->length &&
         memcmp (span->text, text, span->length) == 0;
}

static gboolean
wrong (const char  *name,
       const char  *expected,
       GError     **error)
{
  g_set_error (error, EDGE_RELAY_MESSAGE_ERROR, EDGE_RELAY_MESSAGE_ERROR_MEMBER,
               "Member “%s” must be %s", name, expected);
  return FALSE;
}

static gboolean
not_json (GError **error)
{
  g_set_error_literal (error, EDGE_RELAY_MESSAGE_ERROR, EDGE_RELAY_MESSAGE_ERROR_SYNTAX,
                       "The frame is not one JSON object");
  return FALSE;
}

static guint
find_member (const char *name,
             gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].name[0] == name[0] && strlen (members[i].name) == length &&
        memcmp (members[i].name, name, length) == 0)
      return i;

  return NO_MEMBER;
}

static EdgeRelayMessageType
find_type (const EdgeRelaySpan *name)
{
  for (guint i = 1; i < G_N_ELEMENTS (types); i++)
    if (edge_relay_span_equal (name, types[i].name))
      return i;

  return EDGE_RELAY_MESSAGE_UNKNOWN;
}

/* The characters between the quotes, where none of them is escaped. */
static gboolean
plain_string (const EdgeJsonToken *token,
              EdgeRelaySpan       *span)
{
  if (token->type != EDGE_JSON_TOKEN_STRING || token->escaped)
    return FALSE;

  span->text = token->text + 1;
  span->length = token->length - 2;
  return TRUE;
}

static gboolean
read_limited (const EdgeJsonToken *token,
              const Member        *member,
              gsize                max_length,
              EdgeRelaySpan       *span,
              GError             **error)
{
  if (!plain_string (token, span) || span->length > max_length)
    return wrong (member->name, "a short plain text", error);
  return TRUE;
}

static gboolean
read_member (EdgeRelayMessage    *self,
             const Member        *member,
             const EdgeJsonToken *token,
             GError             **error)
{
  gpointer field = (char *) self + member->offset;
  EdgeRelaySpan *span = field;

  if (token->type == EDGE_JSON_TOKEN_NULL && member->kind != KIND_ANY)
    return TRUE;

  switch (member->kind)
    {
    case KIND_ID:
      if (!plain_string (token, span) || !edge_relay_id_is_valid (span->text, span->length))
        return wrong (member->name, "an id of visible ASCII", error);
      return TRUE;
    case KIND_ROOM:
      if (!plain_string (token, span) || span->length > EDGE_RELAY_MAX_ROOM ||
          !edge_relay_id_is_valid (span->text, span->length))
        return wrong (member->name, "a tag of at most 64 visible ASCII characters", error);
      return TRUE;
    case KIND_TOKEN:
      return read_limited (token, member, EDGE_RELAY_MAX_TOKEN, span, error);
    case KIND_WORD:
      return read_limited (token, member, EDGE_RELAY_MAX_ID, span, error);
    case KIND_STRING:
      if (token->type != EDGE_JSON_TOKEN_STRING)
        return wrong (member->name, "a text", error);
      break;
    case KIND_ARRAY:
      if (token->type != EDGE_JSON_TOKEN_ARRAY)
        return wrong (member->name, "an array", error);
      break;
    case KIND_OBJECT:
      if (token->type != EDGE_JSON_TOKEN_OBJECT)
        return wrong (member->name, "an object", error);
      break;
    case KIND_COUNT:
      if (!edge_json_token_read_count (token, (gint64 *) field))
        return wrong (member->name, "a whole number", error);
      return TRUE;
    case KIND_FLAG:
      if (token->type != EDGE_JSON_TOKEN_TRUE && token->type != EDGE_JSON_TOKEN_FALSE)
        return wrong (member->name, "true or false", error);
      *(gboolean *) field = token->type == EDGE_JSON_TOKEN_TRUE;
      return TRUE;
    case KIND_ANY:
    default:
      break;
    }

  span->text = token->text;
  span->length = token->length;
  return TRUE;
}

static gboolean
check_required (EdgeRelayMessage  *self,
                GError           **error)
{
  const TypeInfo *info = &types[self->type];

  /* A frame for someone names whom, or whom it is from. */
  if (info->targeted && self->target_id.text == NULL && self->from.text == NULL)
    return wrong ("targetId", "given", error);
  if (info->required && self->payload.text == NULL)
    return wrong (info->payload, "given", error);
  if ((self->type == EDGE_RELAY_MESSAGE_REGISTER || self->type == EDGE_RELAY_MESSAGE_WELCOME ||
       self->type == EDGE_RELAY_MESSAGE_NODE_JOINED ||
       self->type == EDGE_RELAY_MESSAGE_NODE_LEFT) && self->node_id.text == NULL)
    return wrong ("nodeId", "given", error);
  if (self->type == EDGE_RELAY_MESSAGE_AUTH && self->signature.text == NULL)
    return wrong ("signature", "given", error);

  return TRUE;
}

/**
 * edge_relay_message_parse:
 * @self: (out caller-allocates): what was found
 * @text: a frame; it must outlive @self
 * @length: its length in bytes
 * @error: return location for an error in the `EDGE_RELAY_MESSAGE_ERROR` domain
 *
 * Takes one frame apart. Allocates nothing. Unknown types and members are no
 * error; a known member of the wrong type, or given twice, is.
 *
 * Returns: whether the frame is well-formed
 */
gboolean
edge_relay_message_parse (EdgeRelayMessage  *self,
                          const char        *text,
                          gsize              length,
                          GError           **error)
{
  EdgeJsonScanner scanner;
  EdgeJsonToken key, value;
  EdgeRelaySpan type_name = { NULL, 0 };
  EdgeJsonToken found[G_N_ELEMENTS (members)];
  guint32 seen = 0;

  *self = (EdgeRelayMessage) { .type = EDGE_RELAY_MESSAGE_UNKNOWN };

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, EDGE_RELAY_MESSAGE_ERROR, EDGE_RELAY_MESSAGE_ERROR_UTF8,
                           "The frame is not UTF-8");
      return FALSE;
    }

  edge_json_scanner_init (&scanner, text, length);
  if (!edge_json_scanner_begin_object (&scanner))
    return not_json (error);

  while (edge_json_scanner_next_member (&scanner, &key, &value))
    {
      EdgeRelaySpan name;
      guint i;

      if (!plain_string (&key, &name) || name.length == 0)
        continue;

      if (edge_relay_span_equal (&name, "type"))
        {
          if (type_name.text != NULL || !plain_string (&value, &type_name))
            return wrong ("type", "given once, as a text", error);
          continue;
        }

      i = find_member (name.text, name.length);
      if (i == NO_MEMBER)
        continue;
      if (seen & 1u << i)
        return wrong (members[i].name, "given once", error);
      seen |= 1u << i;
      found[i] = value;
    }

  if (!edge_json_scanner_at_end (&scanner))
    return not_json (error);
  if (type_name.text == NULL)
    return wrong ("type", "given once, as a text", error);

  self->type = find_type (&type_name);
  if (self->type == EDGE_RELAY_MESSAGE_UNKNOWN)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *payload = types[self->type].payload;

      if (!(seen & 1u << i))
        continue;

      /* Of the names a payload may have, only that of the type counts. */
      if (members[i].kind == KIND_ANY && g_strcmp0 (members[i].name, payload) != 0)
        continue;
      if (!read_member (self, &members[i], &found[i], error))
        return FALSE;
    }

  return check_required (self, error);
}

/**
 * edge_relay_span_dup_string:
 * @span: JSON text of a string, with its quotes
 *
 * Returns: (transfer full) (nullable): its value; %NULL when @span is no string or holds a NUL
 */
char *
edge_relay_span_dup_string (const EdgeRelaySpan *span)
{
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (span->text == NULL || span->length < 2 || span->text[0] != '"')
    return NULL;

  if (memchr (span->text, '\\', span->length) == NULL)
    return g_strndup (span->text + 1, span->length - 2);

  text = g_strndup (span->text, span->length);
  if (strstr (text, "\\u0000") != NULL)
    return NULL;
  node = json_from_string (text, NULL);
  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_dup_string (node);
}

/**
 * edge_relay_span_dup_ids:
 * @span: JSON text of an array
 * @max_ids: how many to read at most
 *
 * Returns: (transfer full): the node ids in it; what is no id is left out
 */
GStrv
edge_relay_span_dup_ids (const EdgeRelaySpan *span,
                         guint                max_ids)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  EdgeJsonScanner scanner;
  EdgeJsonToken item;
  guint n = 0;

  if (span->text != NULL)
    {
      edge_json_scanner_init (&scanner, span->text, span->length);
      if (edge_json_scanner_begin_array (&scanner))
        while (n < max_ids && edge_json_scanner_next_item (&scanner, &item))
          {
            EdgeRelaySpan id;

            if (!plain_string (&item, &id) || !edge_relay_id_is_valid (id.text, id.length))
              continue;
            g_strv_builder_take (builder, g_strndup (id.text, id.length));
            n++;
          }
    }

  return g_strv_builder_end (builder);
}

/**
 * edge_relay_message_read_rate:
 * @self: a welcome
 *
 * Returns: frames a minute that the relay takes from whoever answers this welcome
 */
gint64
edge_relay_message_read_rate (const EdgeRelayMessage *self)
{
  gboolean proves = self->challenge.text != NULL;
  gint64 rate = proves ? DEFAULT_RATE : DEFAULT_RATE_BEFORE_AUTH;
  g_autoptr(JsonObject) limits = NULL;

  if (self->limits.text != NULL)
    limits = edge_json_parse (self->limits.text, self->limits.length, EDGE_RELAY_MAX_FRAME, NULL);
  if (limits != NULL)
    edge_json_read_int (limits, proves ? "framesPerMinute" : "framesPerMinuteBeforeAuth",
                        MIN_RATE, MAX_RATE, &rate, NULL);
  return rate;
}

/**
 * edge_relay_challenge_document:
 * @challenge: the relay's challenge as it came
 * @length: its length, or -1 when it ends with a NUL
 * @node_id: the id to be proven
 *
 * Makes the bytes whose signature proves an id: the 43 characters of the
 * challenge, then the 43 of the id. Both being base64url, a hostile relay can't
 * have anything signed that means something elsewhere.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL when one of both is no such text
 */
GBytes *
edge_relay_challenge_document (const char *challenge,
                               gssize      length,
                               const char *node_id)
{
  guint8 bytes[EDGE_RELAY_CHALLENGE_SIZE];
  g_autofree char *text = NULL;

  if (!edge_base64url_decode_fixed (challenge, length, bytes, sizeof bytes) ||
      !edge_base64url_is_key (node_id))
    return NULL;

  text = g_strdup_printf ("%.*s%s", EDGE_KEY_TEXT_LENGTH, challenge, node_id);
  return g_bytes_new_take (g_steal_pointer (&text), 2 * EDGE_KEY_TEXT_LENGTH);
}
