/* edge-invitation-make.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "invite/edge-invitation.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"
#include "invite/edge-compact-sdp.h"
#include "invite/edge-invitation-body.h"

static gboolean
invalid (GError     **error,
         const char  *message)
{
  g_set_error_literal (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
start_body (EdgeInvitationBody  *body,
            EdgeInvitationKind   kind,
            const char          *network_id,
            gint64               expires,
            const guint8        *ticket,
            GError             **error)
{
  memset (body, 0, sizeof *body);
  body->kind = kind;

  if (network_id == NULL ||
      !edge_base64url_decode_fixed (network_id, -1, body->network_id, sizeof body->network_id))
    return invalid (error, "The network's id is malformed");
  if (expires < 1000 || expires / 1000 > G_MAXUINT32)
    return invalid (error, "The invitation's end is out of range");
  body->expires = (guint32) (expires / 1000);

  if (ticket != NULL)
    memcpy (body->ticket, ticket, sizeof body->ticket);
  else
    randombytes_buf (body->ticket, sizeof body->ticket);
  return TRUE;
}

static EdgeInvitation *
sign (const EdgeInvitationBody  *body,
      EdgeIdentity              *inviter,
      GError                   **error)
{
  g_autoptr(GBytes) bytes = edge_invitation_body_sign (body, inviter);

  return edge_invitation_new_from_bytes (bytes, error);
}

/**
 * edge_invitation_new_network:
 * @inviter: who invites
 * @network_id: the network, 43 characters
 * @expires: when it ends, wall clock in ms
 * @network_name: 1 to 64 bytes
 * @inviter_name: (nullable): at most 64 bytes
 * @room_secret: (nullable) (array fixed-size=16): the room's secret, or %NULL for an open network
 * @relay_token: (nullable): the token of the relay's room, if it has one
 * @ticket: (nullable) (array fixed-size=16): the ticket, or %NULL for a random one
 * @addresses: (nullable) (array zero-terminated=1): up to four WebSocket URLs of signaling
 * @error: return location for an error in the `EDGE_INVITATION_ERROR` domain
 *
 * Returns: (transfer full) (nullable): an invitation into a network
 */
EdgeInvitation *
edge_invitation_new_network (EdgeIdentity        *inviter,
                             const char          *network_id,
                             gint64               expires,
                             const char          *network_name,
                             const char          *inviter_name,
                             const guint8        *room_secret,
                             const char          *relay_token,
                             const guint8        *ticket,
                             const char * const  *addresses,
                             GError             **error)
{
  static const char *const none[] = { NULL };
  g_auto(EdgeInvitationBody) body = { 0 };
  gboolean good;

  g_return_val_if_fail (EDGE_IS_IDENTITY (inviter), NULL);
  g_return_val_if_fail (network_name != NULL, NULL);

  if (!start_body (&body, EDGE_INVITATION_KIND_NETWORK, network_id, expires, ticket, error))
    return NULL;

  if (addresses == NULL)
    addresses = none;
  good = g_strv_length ((char **) addresses) <= EDGE_INVITATION_MAX_ADDRESSES;
  for (guint i = 0; good && addresses[i] != NULL; i++)
    good = edge_invitation_address_is_good (addresses[i]);
  if (!good)
    {
      invalid (error, "An invitation carries at most four addresses, each starting with wss:// or ws://");
      return NULL;
    }

  if (!edge_invitation_name_is_good (network_name, 1) ||
      (inviter_name != NULL && !edge_invitation_name_is_good (inviter_name, 0)))
    {
      invalid (error, "A name in an invitation has at most 64 bytes and stands on one line");
      return NULL;
    }
  if (relay_token != NULL && !edge_invitation_token_is_good (relay_token))
    {
      invalid (error, "The relay's token must be 1 to 128 letters, digits and signs of ASCII");
      return NULL;
    }

  body.network_name = g_strdup (network_name);
  body.inviter_name = g_strdup (inviter_name != NULL ? inviter_name : "");
  body.relay_token = g_strdup (relay_token);
  body.addresses = g_strdupv ((char **) addresses);
  body.has_room_secret = room_secret != NULL;
  if (room_secret != NULL)
    memcpy (body.room_secret, room_secret, sizeof body.room_secret);

  return sign (&body, inviter, error);
}

/**
 * edge_invitation_new_direct:
 * @inviter: who offers or answers
 * @kind: %EDGE_INVITATION_KIND_OFFER or %EDGE_INVITATION_KIND_ANSWER
 * @network_id: the network, 43 characters
 * @expires: when it ends, wall clock in ms
 * @session: (nullable) (array fixed-size=16): the session, which is also the ticket; of an
 *   answer that of the offer; %NULL for a random one
 * @sdp: the local description of a webrtcbin with data channels alone
 * @candidates: (nullable) (array zero-terminated=1): candidates that are not in @sdp
 * @max_candidates: how many to carry at most; with four or fewer the payload
 *   has at most %EDGE_INVITATION_SCAN_SIZE bytes, and fewer where they do not fit
 * @error: return location for an error in the `EDGE_INVITATION_ERROR` domain
 *
 * Returns: (transfer full) (nullable): one half of a direct link
 */
EdgeInvitation *
edge_invitation_new_direct (EdgeIdentity        *inviter,
                            EdgeInvitationKind   kind,
                            const char          *network_id,
                            gint64               expires,
                            const guint8        *session,
                            const char          *sdp,
                            const char * const  *candidates,
                            guint                max_candidates,
                            GError             **error)
{
  g_auto(EdgeInvitationBody) body = { 0 };
  g_autoptr(GError) local = NULL;
  gsize limit;

  g_return_val_if_fail (EDGE_IS_IDENTITY (inviter), NULL);
  g_return_val_if_fail (kind == EDGE_INVITATION_KIND_OFFER || kind == EDGE_INVITATION_KIND_ANSWER, NULL);
  g_return_val_if_fail (sdp != NULL, NULL);

  if (!start_body (&body, kind, network_id, expires, session, error))
    return NULL;

  limit = max_candidates <= 4 ? EDGE_INVITATION_SCAN_SIZE : EDGE_INVITATION_MAX_SIZE;
  body.compact_sdp = edge_compact_sdp_pack (sdp, candidates, max_candidates,
                                            limit - EDGE_INVITATION_DIRECT_OVERHEAD, &local);
  if (body.compact_sdp == NULL)
    {
      g_set_error (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_INVALID,
                   "The description of the link can't be packed: %s", local->message);
      return NULL;
    }

  return sign (&body, inviter, error);
}
