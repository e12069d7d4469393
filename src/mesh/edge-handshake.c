/* edge-handshake.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-handshake.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-clock.h"
#include "base/edge-json.h"

/*
 * hello, then hello_ack: each side signs both challenges and both ends of the
 * secure channel, so that the channel belongs to the two keys and neither a
 * relay in the middle nor a recording can stand in for one of them.
 */

#define DOMAIN         "edge-net hello 1"
#define CHALLENGE_SIZE 32
#define SESSION_TEXT   22

G_DEFINE_QUARK (edge-handshake-error, edge_handshake_error)

static char *
cut_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  const char *end = valid;

  while (*end != '\0' && g_utf8_next_char (end) - valid <= EDGE_HANDSHAKE_MAX_NAME)
    end = g_utf8_next_char (end);
  return g_strndup (valid, end - valid);
}

/**
 * edge_hello_new:
 * @name: (nullable): what we call ourselves; cut at 64 bytes, as no peer takes more
 * @network: the id of our network
 * @session: base64url of our session
 *
 * Returns: (transfer full): a hello with a fresh challenge
 */
EdgeHello *
edge_hello_new (const char *name,
                const char *network,
                const char *session)
{
  EdgeHello *self = g_new0 (EdgeHello, 1);
  guint8 challenge[CHALLENGE_SIZE];

  randombytes_buf (challenge, sizeof challenge);
  self->name = cut_name (name != NULL ? name : "");
  self->network = g_strdup (network);
  self->session = g_strdup (session);
  self->challenge = edge_base64url_encode (challenge, sizeof challenge);
  self->time = (gint64) edge_clock_now ();
  return self;
}

void
edge_hello_free (EdgeHello *self)
{
  g_free (self->name);
  g_free (self->network);
  g_free (self->session);
  g_free (self->challenge);
  g_free (self->resumes);
  g_free (self);
}

/**
 * edge_hello_to_json:
 * @self: a hello
 * @identity: who says it
 *
 * Returns: (transfer full): the frame
 */
JsonObject *
edge_hello_to_json (const EdgeHello *self,
                    EdgeIdentity    *identity)
{
  JsonObject *frame = json_object_new ();
  JsonArray *versions = json_array_new ();
  JsonArray *received = json_array_new ();

  json_array_add_int_element (versions, EDGE_HANDSHAKE_VERSION);
  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    json_array_add_int_element (received, self->received[i]);

  json_object_set_string_member (frame, "type", "hello");
  json_object_set_string_member (frame, "nodeId", edge_identity_get_id (identity));
  json_object_set_string_member (frame, "publicKey", edge_identity_get_id (identity));
  json_object_set_string_member (frame, "name", self->name);
  json_object_set_string_member (frame, "net", self->network);
  json_object_set_string_member (frame, "session", self->session);
  json_object_set_string_member (frame, "challenge", self->challenge);
  json_object_set_int_member (frame, "time", self->time);
  json_object_set_array_member (frame, "versions", versions);
  json_object_set_array_member (frame, "capabilities", json_array_new ());
  if (self->resumes != NULL)
    json_object_set_string_member (frame, "resumes", self->resumes);
  json_object_set_array_member (frame, "received", received);
  return frame;
}

static gboolean
fail (GError             **error,
      EdgeHandshakeError   code,
      const char          *message)
{
  g_set_error_literal (error, EDGE_HANDSHAKE_ERROR, code, message);
  return FALSE;
}

static gboolean
array_has_int (JsonArray *array,
               gint64     wanted)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
          json_node_get_int (node) == wanted)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_received (JsonArray *array,
               guint32   *received)
{
  if (json_array_get_length (array) != EDGE_N_CHANNELS)
    return FALSE;

  for (guint i = 0; i < EDGE_N_CHANNELS; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gint64 value;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
        return FALSE;
      value = json_node_get_int (node);
      if (value < 0 || value > G_MAXUINT32)
        return FALSE;
      received[i] = (guint32) value;
    }
  return TRUE;
}

/* Names are shown: no control characters, nothing that turns the text around. */
static char *
clean_name (const char *name)
{
  GString *clean = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_UNASSIGNED &&
          type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_unichar (clean, c);
    }
  return g_strstrip (g_string_free_and_steal (clean));
}

/**
 * edge_hello_parse:
 * @frame: a frame of type hello, from a stranger
 * @peer_id: who it should be
 * @error: return location for an error in the `EDGE_HANDSHAKE_ERROR` or `EDGE_JSON_ERROR` domain
 *
 * Returns: (transfer full) (nullable): what it says
 */
EdgeHello *
edge_hello_parse (JsonObject  *frame,
                  const char  *peer_id,
                  GError     **error)
{
  g_autoptr(EdgeHello) self = g_new0 (EdgeHello, 1);
  const char *id, *name, *network, *session, *challenge, *resumes;
  JsonArray *versions, *received;
  guint8 bytes[CHALLENGE_SIZE];

  if (!edge_json_read_string (frame, "nodeId", EDGE_KEY_TEXT_LENGTH, &id, error) ||
      !edge_json_read_string (frame, "name", EDGE_HANDSHAKE_MAX_NAME, &name, error) ||
      !edge_json_read_string (frame, "net", EDGE_KEY_TEXT_LENGTH, &network, error) ||
      !edge_json_read_string (frame, "session", SESSION_TEXT, &session, error) ||
      !edge_json_read_string (frame, "challenge", EDGE_KEY_TEXT_LENGTH, &challenge, error) ||
      !edge_json_read_int (frame, "time", 0, G_MAXINT64, &self->time, error) ||
      !edge_json_read_array (frame, "versions", 16, &versions, error) ||
      !edge_json_read_string (frame, "resumes", SESSION_TEXT, &resumes, error) ||
      !edge_json_read_array (frame, "received", EDGE_N_CHANNELS, &received, error))
    return NULL;

  if (g_strcmp0 (id, peer_id) != 0)
    {
      fail (error, EDGE_HANDSHAKE_ERROR_IDENTITY, "The hello names another node");
      return NULL;
    }
  if (versions == NULL || !array_has_int (versions, EDGE_HANDSHAKE_VERSION))
    {
      fail (error, EDGE_HANDSHAKE_ERROR_VERSION, "The peer speaks no version we know");
      return NULL;
    }
  if (!edge_base64url_is_key (network) || challenge == NULL || session == NULL ||
      !edge_base64url_decode_fixed (challenge, -1, bytes, CHALLENGE_SIZE) ||
      !edge_base64url_decode_fixed (session, -1, bytes, 16) ||
      received == NULL || !read_received (received, self->received))
    {
      fail (error, EDGE_HANDSHAKE_ERROR_MALFORMED, "The hello lacks what it must say");
      return NULL;
    }

  self->name = clean_name (name != NULL ? name : "");
  self->network = g_strdup (network);
  self->session = g_strdup (session);
  self->challenge = g_strdup (challenge);
  self->resumes = g_strdup (resumes);
  return g_steal_pointer (&self);
}

static char *
signed_text (const EdgeHandshakeSide *signer,
             const EdgeHandshakeSide *other)
{
  return g_strjoin ("\n", DOMAIN, signer->hello->network, signer->id, other->id,
                    signer->hello->challenge, other->hello->challenge,
                    signer->binding, other->binding, NULL);
}

/**
 * edge_handshake_sign:
 * @identity: who signs
 * @own: our side
 * @peer: the other side
 *
 * Returns: (transfer full): the hello_ack frame
 */
JsonObject *
edge_handshake_sign (EdgeIdentity            *identity,
                     const EdgeHandshakeSide *own,
                     const EdgeHandshakeSide *peer)
{
  g_autofree char *text = signed_text (own, peer);
  g_autofree char *signature_text = NULL;
  guint8 signature[EDGE_IDENTITY_SIGNATURE_SIZE];
  JsonObject *frame = json_object_new ();

  edge_identity_sign (identity, (const guint8 *) text, strlen (text), signature);
  signature_text = edge_base64url_encode (signature, sizeof signature);
  json_object_set_string_member (frame, "type", "hello_ack");
  json_object_set_string_member (frame, "signature", signature_text);
  return frame;
}

/**
 * edge_handshake_verify:
 * @frame: a frame of type hello_ack, from a stranger
 * @own: our side
 * @peer: the other side
 * @error: return location for an error in the `EDGE_HANDSHAKE_ERROR` or `EDGE_JSON_ERROR` domain
 *
 * Returns: whether the channel belongs to the peer's key
 */
gboolean
edge_handshake_verify (JsonObject               *frame,
                       const EdgeHandshakeSide  *own,
                       const EdgeHandshakeSide  *peer,
                       GError                  **error)
{
  g_autofree char *text = signed_text (peer, own);
  const char *signature_text;
  guint8 signature[EDGE_IDENTITY_SIGNATURE_SIZE];
  guint8 key[EDGE_IDENTITY_KEY_SIZE];

  if (!edge_json_read_string (frame, "signature", 86, &signature_text, error))
    return FALSE;
  if (signature_text == NULL ||
      !edge_base64url_decode_fixed (signature_text, -1, signature, sizeof signature) ||
      !edge_base64url_decode_fixed (peer->id, -1, key, sizeof key))
    return fail (error, EDGE_HANDSHAKE_ERROR_MALFORMED, "The hello_ack has no signature");
  if (!edge_identity_verify (key, (const guint8 *) text, strlen (text), signature))
    return fail (error, EDGE_HANDSHAKE_ERROR_IDENTITY,
                 "The signature over the channel does not hold");
  return TRUE;
}
