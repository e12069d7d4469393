/* edge-invitation.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-invitation.h"

#include <string.h>

#include "base/edge-base64.h"
#include "identity/edge-key-text.h"
#include "invite/edge-compact-sdp.h"
#include "invite/edge-invitation-body.h"

/**
 * EdgeInvitation:
 *
 * An invitation into a network, or one half of a direct link without any
 * server. It never changes; one that could be made or read is signed by its
 * inviter, but may be expired or for another network: edge_invitation_check().
 */

#define LINK_PREFIX "edge-net:i/"
#define WEB_MARK    "#i/"
#define MAX_TEXT    (16 * 1024)
#define MAX_BASE64  ((EDGE_INVITATION_MAX_SIZE * 4 + 2) / 3)
#define BASE64_CHARS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_"

/* Clocks differ: an invitation is taken a little past its end. */
#define GRACE_MS 30000

struct _EdgeInvitation
{
  GObject             parent_instance;

  EdgeInvitationBody  body;
  GBytes             *bytes;
  char               *network_id;
  char               *inviter;
  char               *sdp;
};

G_DEFINE_FINAL_TYPE (EdgeInvitation, edge_invitation, G_TYPE_OBJECT)

G_DEFINE_QUARK (edge-invitation-error, edge_invitation_error)

static void
edge_invitation_finalize (GObject *object)
{
  EdgeInvitation *self = EDGE_INVITATION (object);

  edge_invitation_body_clear (&self->body);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->network_id, g_free);
  g_clear_pointer (&self->inviter, g_free);
  g_clear_pointer (&self->sdp, g_free);

  G_OBJECT_CLASS (edge_invitation_parent_class)->finalize (object);
}

static void
edge_invitation_class_init (EdgeInvitationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = edge_invitation_finalize;
}

static void
edge_invitation_init (EdgeInvitation *self)
{
}

static gboolean
read_sdp (EdgeInvitation  *self,
          GError         **error)
{
  g_autoptr(GError) local = NULL;
  const guint8 *data;
  gsize size;

  if (self->body.compact_sdp == NULL)
    return TRUE;

  data = g_bytes_get_data (self->body.compact_sdp, &size);
  self->sdp = edge_compact_sdp_unpack (data, size, &local);
  if (self->sdp != NULL)
    return TRUE;

  g_set_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_MALFORMED,
               "This invitation is signed, but its description of the link is not understood: %s",
               local->message);
  return FALSE;
}

/**
 * edge_invitation_new_from_bytes:
 * @bytes: a payload, not trusted
 * @error: return location for an error in the `EDGE_INVITATION_ERROR` domain
 *
 * Returns: (transfer full) (nullable): the invitation
 */
EdgeInvitation *
edge_invitation_new_from_bytes (GBytes  *bytes,
                                GError **error)
{
  g_autoptr(EdgeInvitation) self = NULL;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  self = g_object_new (EDGE_TYPE_INVITATION, NULL);
  if (!edge_invitation_body_read (&self->body, data, size, error) || !read_sdp (self, error))
    return NULL;

  self->bytes = g_bytes_ref (bytes);
  self->network_id = edge_base64url_encode (self->body.network_id, sizeof self->body.network_id);
  self->inviter = edge_base64url_encode (self->body.inviter, sizeof self->body.inviter);
  return g_steal_pointer (&self);
}

/* A link stands alone or within a message that was pasted as a whole; schemes
 * and hosts may have been written in capitals on the way. */
static const char *
find_payload (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_strncasecmp (p, LINK_PREFIX, strlen (LINK_PREFIX)) == 0)
        return p + strlen (LINK_PREFIX);
      if (g_ascii_strncasecmp (p, "edge-net://i/", strlen ("edge-net://i/")) == 0)
        return p + strlen ("edge-net://i/");
      if (g_ascii_strncasecmp (p, "https://", strlen ("https://")) == 0)
        {
          gsize length = strcspn (p, " \t\r\n<>\"");
          const char *mark = g_strstr_len (p, (gssize) length, WEB_MARK);

          if (mark != NULL)
            return mark + strlen (WEB_MARK);
        }
    }
  return NULL;
}

/**
 * edge_invitation_new_from_text:
 * @text: a link of either form, or a message that holds one; not trusted
 * @error: return location for an error in the `EDGE_INVITATION_ERROR` domain
 *
 * Returns: (transfer full) (nullable): the invitation
 */
EdgeInvitation *
edge_invitation_new_from_text (const char  *text,
                               GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;
  const char *payload = NULL;
  guint8 *data = NULL;
  gsize length = 0;
  gsize size = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (strnlen (text, MAX_TEXT + 1) <= MAX_TEXT)
    payload = find_payload (text);
  if (payload != NULL)
    length = strspn (payload, BASE64_CHARS);
  else if (strnlen (text, MAX_TEXT + 1) <= MAX_TEXT && edge_key_text_is_one (text))
    {
      g_set_error_literal (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_BACKUP,
                           "This is the backup of an identity, not an invitation");
      return NULL;
    }
  if (length == 0 || length > MAX_BASE64)
    {
      g_set_error_literal (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_MALFORMED,
                           "This is no Edge-Net invitation: one starts with " LINK_PREFIX);
      return NULL;
    }

  data = edge_base64url_decode (payload, (gssize) length, &size);
  if (data == NULL)
    {
      g_set_error_literal (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_TAMPERED,
                           "This invitation was cut off or changed on the way; ask for it again");
      return NULL;
    }

  bytes = g_bytes_new_take (data, size);
  return edge_invitation_new_from_bytes (bytes, error);
}

/**
 * edge_invitation_get_kind:
 * @self: an invitation
 *
 * Returns: what it invites to
 */
EdgeInvitationKind
edge_invitation_get_kind (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), EDGE_INVITATION_KIND_NETWORK);

  return self->body.kind;
}

/**
 * edge_invitation_get_network_id:
 * @self: an invitation
 *
 * Returns: the network, 43 characters
 */
const char *
edge_invitation_get_network_id (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->network_id;
}

/**
 * edge_invitation_get_inviter:
 * @self: an invitation
 *
 * Returns: the key that signed it, 43 characters
 */
const char *
edge_invitation_get_inviter (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->inviter;
}

/**
 * edge_invitation_get_expires:
 * @self: an invitation
 *
 * Returns: when it ends, wall clock in ms
 */
gint64
edge_invitation_get_expires (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), 0);

  return self->body.expires * G_GINT64_CONSTANT (1000);
}

/**
 * edge_invitation_get_ticket:
 * @self: an invitation
 *
 * Returns: (array fixed-size=16): what the taker sends in `invite_taken`; of an
 *   offer or answer the session
 */
const guint8 *
edge_invitation_get_ticket (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->body.ticket;
}

/**
 * edge_invitation_get_network_name:
 * @self: an invitation
 *
 * Returns: (nullable): the network's name; %NULL of an offer or answer
 */
const char *
edge_invitation_get_network_name (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->body.network_name;
}

/**
 * edge_invitation_get_inviter_name:
 * @self: an invitation
 *
 * Returns: (nullable): the inviter's name, may be empty; %NULL of an offer or answer
 */
const char *
edge_invitation_get_inviter_name (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->body.inviter_name;
}

/**
 * edge_invitation_get_room_secret:
 * @self: an invitation
 *
 * Returns: (nullable) (array fixed-size=16): the room's secret; %NULL of an open
 *   network, whose secret follows from its name, and of an offer or answer
 */
const guint8 *
edge_invitation_get_room_secret (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->body.has_room_secret ? self->body.room_secret : NULL;
}

/**
 * edge_invitation_get_relay_token:
 * @self: an invitation
 *
 * Returns: (nullable): the token of the relay's room
 */
const char *
edge_invitation_get_relay_token (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->body.relay_token;
}

/**
 * edge_invitation_get_addresses:
 * @self: an invitation
 *
 * Returns: (nullable) (array zero-terminated=1): signaling addresses, WebSocket
 *   URLs; %NULL of an offer or answer
 */
const char * const *
edge_invitation_get_addresses (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return (const char * const *) self->body.addresses;
}

/**
 * edge_invitation_get_session:
 * @self: an invitation
 *
 * Returns: (nullable) (array fixed-size=16): the session; %NULL of a network invitation
 */
const guint8 *
edge_invitation_get_session (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->body.kind != EDGE_INVITATION_KIND_NETWORK ? self->body.ticket : NULL;
}

/**
 * edge_invitation_get_sdp:
 * @self: an invitation
 *
 * Returns: (nullable): the SDP for webrtcbin with all candidates in it; %NULL of
 *   a network invitation
 */
const char *
edge_invitation_get_sdp (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->sdp;
}

/**
 * edge_invitation_get_bytes:
 * @self: an invitation
 *
 * Returns: (transfer none): the payload
 */
GBytes *
edge_invitation_get_bytes (EdgeInvitation *self)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  return self->bytes;
}

/**
 * edge_invitation_to_link:
 * @self: an invitation
 *
 * Returns: (transfer full): "edge-net:i/…"
 */
char *
edge_invitation_to_link (EdgeInvitation *self)
{
  g_autofree char *text = NULL;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);

  data = g_bytes_get_data (self->bytes, &size);
  text = edge_base64url_encode (data, size);
  return g_strconcat (LINK_PREFIX, text, NULL);
}

/**
 * edge_invitation_to_web_link:
 * @self: an invitation
 * @page: the companion page, "https://…/"
 *
 * The payload stands behind "#", which a browser does not send to the server.
 *
 * Returns: (transfer full): "https://…/#i/…"
 */
char *
edge_invitation_to_web_link (EdgeInvitation *self,
                             const char     *page)
{
  g_autofree char *link = NULL;

  g_return_val_if_fail (EDGE_IS_INVITATION (self), NULL);
  g_return_val_if_fail (page != NULL && g_str_has_prefix (page, "https://"), NULL);

  link = edge_invitation_to_link (self);
  return g_strconcat (page, WEB_MARK, link + strlen (LINK_PREFIX), NULL);
}

/**
 * edge_invitation_check:
 * @self: an invitation
 * @now: wall clock in ms
 * @network_id: (nullable): the network it has to be for, or %NULL when any will do
 * @error: return location for an error in the `EDGE_INVITATION_ERROR` domain
 *
 * Returns: whether @self can be taken now
 */
gboolean
edge_invitation_check (EdgeInvitation  *self,
                       gint64           now,
                       const char      *network_id,
                       GError         **error)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), FALSE);

  if (network_id != NULL && !g_str_equal (network_id, self->network_id))
    {
      g_set_error_literal (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_OTHER_NETWORK,
                           "This invitation is for another network");
      return FALSE;
    }

  if (now >= edge_invitation_get_expires (self) + GRACE_MS)
    {
      g_autoptr(GDateTime) end = g_date_time_new_from_unix_local (self->body.expires);
      g_autofree char *text = g_date_time_format (end, "%F %R");

      g_set_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_EXPIRED,
                   "This invitation expired on %s; ask for a new one", text);
      return FALSE;
    }
  return TRUE;
}

/**
 * edge_invitation_check_answer:
 * @self: an invitation
 * @offer: the offer that we made
 * @now: wall clock in ms
 * @error: return location for an error in the `EDGE_INVITATION_ERROR` domain
 *
 * Returns: whether @self is somebody else's answer to @offer and can be taken now
 */
gboolean
edge_invitation_check_answer (EdgeInvitation  *self,
                              EdgeInvitation  *offer,
                              gint64           now,
                              GError         **error)
{
  g_return_val_if_fail (EDGE_IS_INVITATION (self), FALSE);
  g_return_val_if_fail (EDGE_IS_INVITATION (offer), FALSE);

  if (!edge_invitation_check (self, now, offer->network_id, error))
    return FALSE;

  if (self->body.kind != EDGE_INVITATION_KIND_ANSWER ||
      memcmp (self->body.ticket, offer->body.ticket, sizeof self->body.ticket) != 0 ||
      g_str_equal (self->inviter, offer->inviter))
    {
      g_set_error_literal (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_OTHER_SESSION,
                           self->body.kind != EDGE_INVITATION_KIND_ANSWER
                           ? "This is an invitation, not the answer to yours"
                           : "This answers another invitation than the one shown now");
      return FALSE;
    }
  return TRUE;
}
