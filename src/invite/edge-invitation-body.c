/* edge-invitation-body.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-invitation-body.h"

#include <sodium.h>
#include <string.h>

/* The binary form; docs/protocol.md has it with test vectors. Numbers are big-endian.
 *
 *   1  version, 1
 *   1  kind
 *  32  network id
 *  32  inviter's key
 *   4  expiry, seconds since 1970
 *      the kind's own members
 *  64  Ed25519 over DOMAIN and all of the above
 */
#define VERSION     1
#define DOMAIN      "edge-net invitation 1\n"
#define AT_KIND     1
#define AT_NETWORK  2
#define AT_INVITER  34
#define AT_EXPIRES  66
#define HEAD_SIZE   70
#define MIN_SIZE    (HEAD_SIZE + EDGE_IDENTITY_SIGNATURE_SIZE)

enum
{
  FLAG_ROOM_SECRET = 1 << 0,
  FLAG_RELAY_TOKEN = 1 << 1,
  ALL_FLAGS        = FLAG_ROOM_SECRET | FLAG_RELAY_TOKEN,
};

typedef struct
{
  const guint8 *data;
  gsize         left;
} Cursor;

static gboolean
fail (GError              **error,
      EdgeInvitationError   code,
      const char           *message)
{
  g_set_error_literal (error, EDGE_INVITATION_ERROR, code, message);
  return FALSE;
}

static gboolean
malformed (GError **error)
{
  return fail (error, EDGE_INVITATION_ERROR_MALFORMED,
               "This invitation is signed, but not of a form that is understood");
}

/**
 * edge_invitation_name_is_good:
 * @name: a network's or person's name
 * @min: fewest bytes
 *
 * Returns: whether @name is UTF-8 of bounded length that shows on one line in
 *   the order it is written, so that it can't pass for something else
 */
gboolean
edge_invitation_name_is_good (const char *name,
                              gsize       min)
{
  gsize length = strnlen (name, EDGE_INVITATION_MAX_NAME + 1);

  if (length < min || length > EDGE_INVITATION_MAX_NAME ||
      !g_utf8_validate_len (name, length, NULL))
    return FALSE;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);

      if (g_unichar_iscntrl (c) || turns || c == 0x2028 || c == 0x2029)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_printable (const char *text,
              gsize       max)
{
  gsize length = strnlen (text, max + 1);

  if (length < 1 || length > max)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isgraph (text[i]))
        return FALSE;
    }
  return TRUE;
}

/**
 * edge_invitation_token_is_good:
 * @token: a relay's token
 *
 * Returns: whether @token is printable ASCII of bounded length
 */
gboolean
edge_invitation_token_is_good (const char *token)
{
  return is_printable (token, EDGE_INVITATION_MAX_TOKEN);
}

/**
 * edge_invitation_address_is_good:
 * @address: a signaling address
 *
 * Returns: whether @address is a WebSocket URL of bounded length without a user in it
 */
gboolean
edge_invitation_address_is_good (const char *address)
{
  g_autoptr(GUri) uri = NULL;

  if (!is_printable (address, EDGE_INVITATION_MAX_ADDRESS))
    return FALSE;

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  return uri != NULL &&
         (g_str_equal (g_uri_get_scheme (uri), "wss") || g_str_equal (g_uri_get_scheme (uri), "ws")) &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
         g_uri_get_userinfo (uri) == NULL;
}

static void
put_text (GByteArray *out,
          const char *text)
{
  guint8 length = (guint8) strlen (text);

  g_byte_array_append (out, &length, 1);
  g_byte_array_append (out, (const guint8 *) text, length);
}

static void
put_network (GByteArray               *out,
             const EdgeInvitationBody *self)
{
  guint8 flags = (self->has_room_secret ? FLAG_ROOM_SECRET : 0) |
                 (self->relay_token != NULL ? FLAG_RELAY_TOKEN : 0);
  guint8 n_addresses = (guint8) g_strv_length (self->addresses);

  g_byte_array_append (out, &flags, 1);
  g_byte_array_append (out, self->ticket, sizeof self->ticket);
  put_text (out, self->network_name);
  put_text (out, self->inviter_name);
  if (self->has_room_secret)
    g_byte_array_append (out, self->room_secret, sizeof self->room_secret);
  if (self->relay_token != NULL)
    put_text (out, self->relay_token);
  g_byte_array_append (out, &n_addresses, 1);
  for (guint i = 0; i < n_addresses; i++)
    put_text (out, self->addresses[i]);
}

static void
put_direct (GByteArray               *out,
            const EdgeInvitationBody *self)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->compact_sdp, &size);

  g_byte_array_append (out, self->ticket, sizeof self->ticket);
  g_byte_array_append (out, data, (guint) size);
}

static GByteArray *
make_signed (const guint8 *data,
             gsize         size)
{
  GByteArray *text = g_byte_array_new ();

  g_byte_array_append (text, (const guint8 *) DOMAIN, strlen (DOMAIN));
  g_byte_array_append (text, data, (guint) size);
  return text;
}

/**
 * edge_invitation_body_sign:
 * @self: the members, within their limits
 * @inviter: who invites; its key is written, not that in @self
 *
 * Returns: (transfer full): the payload
 */
GBytes *
edge_invitation_body_sign (const EdgeInvitationBody *self,
                           EdgeIdentity             *inviter)
{
  g_autoptr(GByteArray) out = g_byte_array_new ();
  g_autoptr(GByteArray) text = NULL;
  guint8 start[2] = { VERSION, (guint8) self->kind };
  guint32 expires = GUINT32_TO_BE (self->expires);
  guint8 signature[EDGE_IDENTITY_SIGNATURE_SIZE];

  g_byte_array_append (out, start, sizeof start);
  g_byte_array_append (out, self->network_id, sizeof self->network_id);
  g_byte_array_append (out, edge_identity_get_public_key (inviter), EDGE_IDENTITY_KEY_SIZE);
  g_byte_array_append (out, (const guint8 *) &expires, sizeof expires);
  if (self->kind == EDGE_INVITATION_KIND_NETWORK)
    put_network (out, self);
  else
    put_direct (out, self);

  text = make_signed (out->data, out->len);
  edge_identity_sign (inviter, text->data, text->len, signature);
  g_byte_array_append (out, signature, sizeof signature);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static const guint8 *
take (Cursor *cursor,
      gsize   size)
{
  const guint8 *at = cursor->data;

  if (size > cursor->left)
    return NULL;
  cursor->data += size;
  cursor->left -= size;
  return at;
}

static gboolean
take_into (Cursor *cursor,
           guint8 *out,
           gsize   size)
{
  const guint8 *bytes = take (cursor, size);

  if (bytes == NULL)
    return FALSE;
  memcpy (out, bytes, size);
  return TRUE;
}

static char *
take_text (Cursor *cursor)
{
  const guint8 *length = take (cursor, 1);
  const guint8 *bytes = length != NULL ? take (cursor, *length) : NULL;

  if (bytes == NULL || memchr (bytes, '\0', *length) != NULL)
    return NULL;
  return g_strndup ((const char *) bytes, *length);
}

static gboolean
read_addresses (EdgeInvitationBody *self,
                Cursor             *cursor)
{
  g_autoptr(GStrvBuilder) addresses = g_strv_builder_new ();
  const guint8 *count = take (cursor, 1);

  if (count == NULL || *count > EDGE_INVITATION_MAX_ADDRESSES)
    return FALSE;

  for (guint i = 0; i < *count; i++)
    {
      g_autofree char *address = take_text (cursor);

      if (address == NULL || !edge_invitation_address_is_good (address))
        return FALSE;
      g_strv_builder_take (addresses, g_steal_pointer (&address));
    }

  self->addresses = g_strv_builder_end (addresses);
  return TRUE;
}

static gboolean
read_network (EdgeInvitationBody *self,
              Cursor             *cursor)
{
  const guint8 *flags = take (cursor, 1);

  if (flags == NULL || (*flags & ~ALL_FLAGS) != 0 ||
      !take_into (cursor, self->ticket, sizeof self->ticket))
    return FALSE;

  self->network_name = take_text (cursor);
  if (self->network_name == NULL || !edge_invitation_name_is_good (self->network_name, 1))
    return FALSE;
  self->inviter_name = take_text (cursor);
  if (self->inviter_name == NULL || !edge_invitation_name_is_good (self->inviter_name, 0))
    return FALSE;

  self->has_room_secret = (*flags & FLAG_ROOM_SECRET) != 0;
  if (self->has_room_secret && !take_into (cursor, self->room_secret, sizeof self->room_secret))
    return FALSE;

  if ((*flags & FLAG_RELAY_TOKEN) != 0)
    {
      self->relay_token = take_text (cursor);
      if (self->relay_token == NULL || !edge_invitation_token_is_good (self->relay_token))
        return FALSE;
    }

  return read_addresses (self, cursor) && cursor->left == 0;
}

static gboolean
read_direct (EdgeInvitationBody *self,
             Cursor             *cursor)
{
  if (!take_into (cursor, self->ticket, sizeof self->ticket))
    return FALSE;
  self->compact_sdp = g_bytes_new (cursor->data, cursor->left);
  return TRUE;
}

/**
 * edge_invitation_body_read:
 * @self: empty; filled in
 * @data: (array length=size): a payload, not trusted
 * @size: its length
 * @error: return location for an error in the `EDGE_INVITATION_ERROR` domain
 *
 * Reads a payload: first its version, then its signature, then its members.
 * The compact SDP is taken over unread.
 *
 * Returns: whether it is an invitation, signed by the inviter it names
 */
gboolean
edge_invitation_body_read (EdgeInvitationBody  *self,
                           const guint8        *data,
                           gsize                size,
                           GError             **error)
{
  g_autoptr(GByteArray) text = NULL;
  gsize signed_size = size - EDGE_IDENTITY_SIGNATURE_SIZE;
  Cursor cursor;
  guint32 expires;

  if (size < 2 || data[0] == 0)
    return fail (error, EDGE_INVITATION_ERROR_MALFORMED, "This is no Edge-Net invitation");
  if (data[0] > VERSION)
    return fail (error, EDGE_INVITATION_ERROR_NEWER,
                 "This invitation was made by a newer version of Edge-Net; update to use it");
  if (size > EDGE_INVITATION_MAX_SIZE)
    return fail (error, EDGE_INVITATION_ERROR_MALFORMED, "This is too long for an Edge-Net invitation");
  if (size < MIN_SIZE)
    return fail (error, EDGE_INVITATION_ERROR_TAMPERED,
                 "This invitation was cut off on the way; ask for it again");

  text = make_signed (data, signed_size);
  if (!edge_identity_verify (data + AT_INVITER, text->data, text->len, data + signed_size))
    return fail (error, EDGE_INVITATION_ERROR_TAMPERED,
                 "This invitation was cut off or changed on the way; ask for it again");

  memcpy (self->network_id, data + AT_NETWORK, sizeof self->network_id);
  memcpy (self->inviter, data + AT_INVITER, sizeof self->inviter);
  memcpy (&expires, data + AT_EXPIRES, sizeof expires);
  self->expires = GUINT32_FROM_BE (expires);
  self->kind = (EdgeInvitationKind) data[AT_KIND];
  cursor.data = data + HEAD_SIZE;
  cursor.left = signed_size - HEAD_SIZE;

  switch (data[AT_KIND])
    {
    case EDGE_INVITATION_KIND_NETWORK:
      return read_network (self, &cursor) || malformed (error);
    case EDGE_INVITATION_KIND_OFFER:
    case EDGE_INVITATION_KIND_ANSWER:
      return read_direct (self, &cursor) || malformed (error);
    default:
      return malformed (error);
    }
}

/**
 * edge_invitation_body_clear:
 * @self: the members
 *
 * Frees and wipes them.
 */
void
edge_invitation_body_clear (EdgeInvitationBody *self)
{
  g_clear_pointer (&self->network_name, g_free);
  g_clear_pointer (&self->inviter_name, g_free);
  g_clear_pointer (&self->relay_token, g_free);
  g_clear_pointer (&self->addresses, g_strfreev);
  g_clear_pointer (&self->compact_sdp, g_bytes_unref);
  sodium_memzero (self->room_secret, sizeof self->room_secret);
}
