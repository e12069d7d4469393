/* edge-envelope.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-envelope-private.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"

/*
 * The sealed text is base64url of a 24-byte nonce and the XChaCha20-Poly1305
 * of the plain text under the room's seal key. The plain text:
 *
 *     0   1  version, 1
 *     1   1  kind
 *     2   1  flags: 1 = has a recipient, 2 = the body is boxed
 *     3  32  sender
 *    35  32  recipient, zeros without one
 *    67  16  session
 *    83   8  sequence, big-endian
 *    91   8  time, big-endian
 *    99   2  length of the body as it stands here, big-endian
 *   101      body; boxed: libsodium's sealed box to the recipient's session key
 *            64  signature over domain tag, network id, bytes 0…98 and the open body
 *            zeros up to a multiple of 256
 *
 * docs/protocol.md has the same with test vectors.
 */

#define VERSION       1
#define FLAG_TO       1
#define FLAG_BOXED    2
#define SIGNED_HEADER 99
#define HEADER        EDGE_ENVELOPE_HEADER
#define PAD           EDGE_ENVELOPE_PAD
#define NONCE         crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG           crypto_aead_xchacha20poly1305_ietf_ABYTES
#define DOMAIN        "edge-net envelope 1\n"

G_DEFINE_QUARK (edge-envelope-error, edge_envelope_error)

static GBytes *
signed_text (EdgeRoom     *room,
             const guint8 *header,
             GBytes       *body)
{
  GByteArray *text = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);

  g_byte_array_append (text, (const guint8 *) DOMAIN, strlen (DOMAIN));
  g_byte_array_append (text, edge_room_get_network (room), 32);
  g_byte_array_append (text, header, SIGNED_HEADER);
  if (size > 0)
    g_byte_array_append (text, data, size);
  return g_byte_array_free_to_bytes (text);
}

static gboolean
must_be_boxed (EdgeSignalKind kind)
{
  switch (kind)
    {
    case EDGE_SIGNAL_OFFER:
    case EDGE_SIGNAL_ANSWER:
    case EDGE_SIGNAL_CANDIDATES:
    case EDGE_SIGNAL_DATA:
      return TRUE;
    case EDGE_SIGNAL_HELLO:
    case EDGE_SIGNAL_BYE:
    default:
      return FALSE;
    }
}

/**
 * edge_envelope_seal:
 * @envelope: what to seal; its sender is taken from @identity
 * @room: the room whose members may open it
 * @identity: who signs
 * @box_key: (nullable) (array fixed-size=32): the recipient's session X25519 key;
 *   needed for offers, answers, candidates and data
 * @error: return location for an error in the `EDGE_ENVELOPE_ERROR` domain
 *
 * Returns: (transfer full) (nullable): text of at most %EDGE_SIGNALING_MAX_BLOB characters
 */
char *
edge_envelope_seal (const EdgeEnvelope  *envelope,
                    EdgeRoom            *room,
                    EdgeIdentity        *identity,
                    const guint8        *box_key,
                    GError             **error)
{
  gsize body_size = g_bytes_get_size (envelope->body);
  gsize boxed_size = body_size + (box_key != NULL ? crypto_box_SEALBYTES : 0);
  gsize plain_size = HEADER + boxed_size + EDGE_IDENTITY_SIGNATURE_SIZE;
  g_autofree guint8 *plain = NULL;
  g_autofree guint8 *sealed = NULL;
  g_autoptr(GBytes) text = NULL;
  guint64 sequence = GUINT64_TO_BE (envelope->sequence);
  guint64 time = GUINT64_TO_BE ((guint64) envelope->time);
  guint16 length = GUINT16_TO_BE ((guint16) boxed_size);

  g_return_val_if_fail (box_key != NULL || !must_be_boxed (envelope->kind), NULL);

  if (body_size > EDGE_ENVELOPE_MAX_BODY)
    {
      g_set_error (error, EDGE_ENVELOPE_ERROR, EDGE_ENVELOPE_ERROR_TOO_LARGE,
                   "The body has %" G_GSIZE_FORMAT " bytes, %d fit", body_size,
                   EDGE_ENVELOPE_MAX_BODY);
      return NULL;
    }

  plain_size = (plain_size + PAD - 1) / PAD * PAD;
  plain = g_malloc0 (plain_size);
  plain[0] = VERSION;
  plain[1] = (guint8) envelope->kind;
  plain[2] = (envelope->has_recipient ? FLAG_TO : 0) | (box_key != NULL ? FLAG_BOXED : 0);
  memcpy (plain + 3, edge_identity_get_public_key (identity), 32);
  if (envelope->has_recipient)
    memcpy (plain + 35, envelope->recipient, 32);
  memcpy (plain + 67, envelope->session, sizeof envelope->session);
  memcpy (plain + 83, &sequence, 8);
  memcpy (plain + 91, &time, 8);
  memcpy (plain + 99, &length, 2);

  if (box_key != NULL)
    {
      if (crypto_box_seal (plain + HEADER, g_bytes_get_data (envelope->body, NULL), body_size,
                           box_key) != 0)
        {
          g_set_error_literal (error, EDGE_ENVELOPE_ERROR, EDGE_ENVELOPE_ERROR_RECIPIENT,
                               "The recipient's session key is not a usable X25519 key");
          return NULL;
        }
    }
  else if (body_size > 0)
    memcpy (plain + HEADER, g_bytes_get_data (envelope->body, NULL), body_size);

  text = signed_text (room, plain, envelope->body);
  edge_identity_sign (identity, g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                      plain + HEADER + boxed_size);

  sealed = g_malloc (NONCE + plain_size + TAG);
  randombytes_buf (sealed, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE, NULL, plain, plain_size, NULL, 0,
                                              NULL, sealed, edge_room_get_seal_key (room));
  return edge_base64url_encode (sealed, NONCE + plain_size + TAG);
}

static gboolean
fail (GError            **error,
      EdgeEnvelopeError   code,
      const char         *message)
{
  g_set_error_literal (error, EDGE_ENVELOPE_ERROR, code, message);
  return FALSE;
}

static gboolean
read_plain (EdgeEnvelope  *self,
            const guint8  *plain,
            gsize          plain_size,
            EdgeRoom      *room,
            const guint8  *own_key,
            const guint8  *box_public,
            const guint8  *box_secret,
            GError       **error)
{
  guint64 sequence, time;
  guint16 length;
  g_autoptr(GBytes) text = NULL;

  if (plain_size < HEADER + EDGE_IDENTITY_SIGNATURE_SIZE)
    return fail (error, EDGE_ENVELOPE_ERROR_MALFORMED, "The envelope is too short");
  if (plain[0] != VERSION)
    return fail (error, EDGE_ENVELOPE_ERROR_VERSION, "The envelope is of another version");
  if (plain[1] > EDGE_SIGNAL_DATA || plain[2] > (FLAG_TO | FLAG_BOXED))
    return fail (error, EDGE_ENVELOPE_ERROR_MALFORMED, "The envelope is of an unknown kind");

  self->kind = plain[1];
  self->has_recipient = (plain[2] & FLAG_TO) != 0;
  memcpy (self->sender, plain + 3, 32);
  memcpy (self->recipient, plain + 35, 32);
  memcpy (self->session, plain + 67, sizeof self->session);
  memcpy (&sequence, plain + 83, 8);
  memcpy (&time, plain + 91, 8);
  memcpy (&length, plain + 99, 2);
  self->sequence = GUINT64_FROM_BE (sequence);
  self->time = (gint64) MIN (GUINT64_FROM_BE (time), G_MAXINT64);
  length = GUINT16_FROM_BE (length);

  if (self->has_recipient && memcmp (self->recipient, own_key, 32) != 0)
    return fail (error, EDGE_ENVELOPE_ERROR_RECIPIENT, "The envelope is for somebody else");
  if ((gsize) HEADER + length + EDGE_IDENTITY_SIGNATURE_SIZE > plain_size)
    return fail (error, EDGE_ENVELOPE_ERROR_MALFORMED, "The envelope's body is cut off");
  if (must_be_boxed (self->kind) && plain[2] != (FLAG_TO | FLAG_BOXED))
    return fail (error, EDGE_ENVELOPE_ERROR_MALFORMED, "The envelope's body is not boxed");

  if (plain[2] & FLAG_BOXED)
    {
      g_autofree guint8 *body = NULL;

      if (length < crypto_box_SEALBYTES)
        return fail (error, EDGE_ENVELOPE_ERROR_MALFORMED, "The envelope's box is cut off");
      body = g_malloc (length - crypto_box_SEALBYTES + 1);
      if (crypto_box_seal_open (body, plain + HEADER, length, box_public, box_secret) != 0)
        return fail (error, EDGE_ENVELOPE_ERROR_RECIPIENT,
                     "The envelope is for a session that is over");
      self->body = g_bytes_new (body, length - crypto_box_SEALBYTES);
    }
  else
    self->body = g_bytes_new (plain + HEADER, length);

  text = signed_text (room, plain, self->body);
  if (!edge_identity_verify (self->sender, g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                             plain + HEADER + length))
    return fail (error, EDGE_ENVELOPE_ERROR_SIGNATURE,
                 "The envelope is not signed by its sender");
  return TRUE;
}

EdgeEnvelope *
_edge_envelope_read_plain (const guint8  *plain,
                           gsize          size,
                           EdgeRoom      *room,
                           const guint8  *own_key,
                           const guint8  *box_public,
                           const guint8  *box_secret,
                           GError       **error)
{
  g_autoptr(EdgeEnvelope) self = g_new0 (EdgeEnvelope, 1);

  if (!read_plain (self, plain, size, room, own_key, box_public, box_secret, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * edge_envelope_open:
 * @blob: text of a stranger
 * @room: the room it should be sealed for
 * @own_key: (array fixed-size=32): our public key
 * @box_public: (array fixed-size=32): our session X25519 key
 * @box_secret: (array fixed-size=32): its secret half
 * @error: return location for an error in the `EDGE_ENVELOPE_ERROR` domain
 *
 * Opens and checks an envelope. Whether it is a replay is for the caller to
 * know, by session and sequence.
 *
 * Returns: (transfer full) (nullable): the envelope
 */
EdgeEnvelope *
edge_envelope_open (const char    *blob,
                    EdgeRoom      *room,
                    const guint8  *own_key,
                    const guint8  *box_public,
                    const guint8  *box_secret,
                    GError       **error)
{
  g_autofree guint8 *sealed = NULL;
  g_autofree guint8 *plain = NULL;
  unsigned long long plain_size;
  gsize size = 0;

  if (strnlen (blob, EDGE_SIGNALING_MAX_BLOB + 1) > EDGE_SIGNALING_MAX_BLOB)
    {
      fail (error, EDGE_ENVELOPE_ERROR_TOO_LARGE, "The envelope is longer than allowed");
      return NULL;
    }

  sealed = edge_base64url_decode (blob, -1, &size);
  if (sealed == NULL || size < NONCE + TAG)
    {
      fail (error, EDGE_ENVELOPE_ERROR_SEAL, "The text is no sealed envelope");
      return NULL;
    }

  plain = g_malloc (size);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, &plain_size, NULL, sealed + NONCE,
                                                  size - NONCE, NULL, 0, sealed,
                                                  edge_room_get_seal_key (room)) != 0)
    {
      fail (error, EDGE_ENVELOPE_ERROR_SEAL, "The envelope is not sealed for this room");
      return NULL;
    }

  return _edge_envelope_read_plain (plain, plain_size, room, own_key, box_public, box_secret, error);
}

void
edge_envelope_free (EdgeEnvelope *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
