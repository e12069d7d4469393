/* edge-jws.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-jws.h"

#include <string.h>

#include "base/edge-base64.h"
#include "ledger/edge-ledger-error.h"

static const char header_start[] = "{\"alg\":\"EdDSA\",\"kid\":\"";
static const char header_end[] = "\"}";

#define HEADER_LENGTH    (sizeof header_start - 1 + EDGE_KEY_TEXT_LENGTH + sizeof header_end - 1)
#define HEADER_TEXT      ((HEADER_LENGTH * 4 + 2) / 3)
#define SIGNATURE_TEXT   ((EDGE_IDENTITY_SIGNATURE_SIZE * 4 + 2) / 3)

/**
 * edge_jws_make_header:
 * @key: a key, 43 characters
 *
 * Returns: (transfer full): with what all that this key signs begins
 */
char *
edge_jws_make_header (const char *key)
{
  g_autofree char *header = g_strconcat (header_start, key, header_end, NULL);

  return edge_base64url_encode ((const guint8 *) header, strlen (header));
}

/**
 * edge_jws_sign:
 * @identity: who signs
 * @payload: (array length=length): what to sign
 * @length: its bytes
 *
 * Returns: (transfer full): the compact JWS (RFC 7515, RFC 8037)
 */
char *
edge_jws_sign (EdgeIdentity *identity,
               const char   *payload,
               gsize         length)
{
  g_autofree char *head = edge_jws_make_header (edge_identity_get_id (identity));
  g_autofree char *middle = edge_base64url_encode ((const guint8 *) payload, length);
  g_autofree char *text = g_strconcat (head, ".", middle, NULL);
  guint8 signature[EDGE_IDENTITY_SIGNATURE_SIZE];
  g_autofree char *tail = NULL;

  edge_identity_sign (identity, (const guint8 *) text, strlen (text), signature);
  tail = edge_base64url_encode (signature, sizeof signature);
  return g_strconcat (text, ".", tail, NULL);
}

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED, reason);
  return FALSE;
}

static gboolean
read_header (EdgeJws    *self,
             const char *text)
{
  guint8 header[HEADER_LENGTH];
  const char *kid = (const char *) header + sizeof header_start - 1;

  return edge_base64url_decode_fixed (text, HEADER_TEXT, header, sizeof header) &&
         memcmp (header, header_start, sizeof header_start - 1) == 0 &&
         memcmp (kid + EDGE_KEY_TEXT_LENGTH, header_end, sizeof header_end - 1) == 0 &&
         edge_id_parse (&self->key, kid, EDGE_KEY_TEXT_LENGTH);
}

/**
 * edge_jws_read:
 * @self: (out caller-allocates): room for the parts
 * @text: (array length=length): not yet trusted
 * @length: its bytes
 * @max_length: the most allowed
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Takes a JWS apart and checks its form: header exactly ours, base64url in its
 * one spelling. The signature is not checked here.
 *
 * Returns: whether the form is good
 */
gboolean
edge_jws_read (EdgeJws     *self,
               const char  *text,
               gsize        length,
               gsize        max_length,
               GError     **error)
{
  g_autofree guint8 *payload = NULL;
  gsize payload_length;
  gsize text_length;

  memset (self, 0, sizeof *self);

  if (length > max_length)
    return refuse (error, "too long");
  if (length < HEADER_TEXT + 1 + 1 + SIGNATURE_TEXT ||
      text[HEADER_TEXT] != '.' || text[length - SIGNATURE_TEXT - 1] != '.')
    return refuse (error, "not a compact JWS of the right form");
  if (!read_header (self, text))
    return refuse (error, "the header is not exactly ours");
  if (!edge_base64url_decode_fixed (text + length - SIGNATURE_TEXT, SIGNATURE_TEXT,
                                    self->signature, sizeof self->signature))
    return refuse (error, "the signature is not 64 bytes in base64url");

  self->signed_length = length - SIGNATURE_TEXT - 1;
  if (self->signed_length <= HEADER_TEXT + 1)
    return refuse (error, "the payload is empty");
  text_length = self->signed_length - HEADER_TEXT - 1;
  payload = edge_base64url_decode (text + HEADER_TEXT + 1, (gssize) text_length, &payload_length);
  if (payload == NULL)
    return refuse (error, "the payload is not base64url");

  edge_id_of_data (&self->id, text, self->signed_length);
  self->payload = g_steal_pointer ((char **) &payload);
  self->payload_length = payload_length;
  return TRUE;
}

/**
 * edge_jws_clear:
 * @self: a JWS that edge_jws_read() filled
 *
 * Frees the payload.
 */
void
edge_jws_clear (EdgeJws *self)
{
  g_clear_pointer (&self->payload, g_free);
}
