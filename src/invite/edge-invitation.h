/* edge-invitation.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"

G_BEGIN_DECLS

#define EDGE_TYPE_INVITATION  (edge_invitation_get_type ())
#define EDGE_INVITATION_ERROR (edge_invitation_error_quark ())

#define EDGE_INVITATION_TICKET_SIZE      16
#define EDGE_INVITATION_ROOM_SECRET_SIZE 16
#define EDGE_INVITATION_MAX_ADDRESSES    4

/** EDGE_INVITATION_MAX_NAME: Bytes of a network's or person's name at most. */
#define EDGE_INVITATION_MAX_NAME 64
/** EDGE_INVITATION_MAX_TOKEN: Characters of a relay's token at most. */
#define EDGE_INVITATION_MAX_TOKEN 128
/** EDGE_INVITATION_MAX_ADDRESS: Characters of a signaling address at most. */
#define EDGE_INVITATION_MAX_ADDRESS 200
/** EDGE_INVITATION_MAX_SIZE: Bytes of a payload at most. */
#define EDGE_INVITATION_MAX_SIZE 1280
/** EDGE_INVITATION_SCAN_SIZE: Bytes of an offer of four candidates at most, so that a phone reads its QR code. */
#define EDGE_INVITATION_SCAN_SIZE 300

/** EDGE_INVITATION_NETWORK_LIFETIME: How long a network invitation is good, in ms, unless the person says otherwise. */
#define EDGE_INVITATION_NETWORK_LIFETIME (7 * 24 * 3600 * G_GINT64_CONSTANT (1000))
/** EDGE_INVITATION_DIRECT_LIFETIME: How long an offer or answer is good, in ms. */
#define EDGE_INVITATION_DIRECT_LIFETIME (5 * 60 * G_GINT64_CONSTANT (1000))

/**
 * EdgeInvitationKind:
 * @EDGE_INVITATION_KIND_NETWORK: into a network, by way of its signaling
 * @EDGE_INVITATION_KIND_OFFER: a direct link, first half
 * @EDGE_INVITATION_KIND_ANSWER: a direct link, second half
 */
typedef enum
{
  EDGE_INVITATION_KIND_NETWORK = 1,
  EDGE_INVITATION_KIND_OFFER,
  EDGE_INVITATION_KIND_ANSWER,
} EdgeInvitationKind;

/**
 * EdgeInvitationError:
 * @EDGE_INVITATION_ERROR_MALFORMED: no invitation of ours
 * @EDGE_INVITATION_ERROR_TAMPERED: cut off or changed on the way
 * @EDGE_INVITATION_ERROR_NEWER: made by a newer version
 * @EDGE_INVITATION_ERROR_EXPIRED: no longer good
 * @EDGE_INVITATION_ERROR_OTHER_NETWORK: for another network
 * @EDGE_INVITATION_ERROR_OTHER_SESSION: answers another offer, or is no answer
 * @EDGE_INVITATION_ERROR_INVALID: can't be made of these values
 * @EDGE_INVITATION_ERROR_BACKUP: the backup of an identity, which is shown to nobody
 */
typedef enum
{
  EDGE_INVITATION_ERROR_MALFORMED,
  EDGE_INVITATION_ERROR_TAMPERED,
  EDGE_INVITATION_ERROR_NEWER,
  EDGE_INVITATION_ERROR_EXPIRED,
  EDGE_INVITATION_ERROR_OTHER_NETWORK,
  EDGE_INVITATION_ERROR_OTHER_SESSION,
  EDGE_INVITATION_ERROR_INVALID,
  EDGE_INVITATION_ERROR_BACKUP,
} EdgeInvitationError;

G_DECLARE_FINAL_TYPE (EdgeInvitation, edge_invitation, EDGE, INVITATION, GObject)

GQuark              edge_invitation_error_quark      (void) G_GNUC_CONST;

EdgeInvitation     *edge_invitation_new_network      (EdgeIdentity        *inviter,
                                                      const char          *network_id,
                                                      gint64               expires,
                                                      const char          *network_name,
                                                      const char          *inviter_name,
                                                      const guint8        *room_secret,
                                                      const char          *relay_token,
                                                      const guint8        *ticket,
                                                      const char * const  *addresses,
                                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeInvitation     *edge_invitation_new_direct       (EdgeIdentity        *inviter,
                                                      EdgeInvitationKind   kind,
                                                      const char          *network_id,
                                                      gint64               expires,
                                                      const guint8        *session,
                                                      const char          *sdp,
                                                      const char * const  *candidates,
                                                      guint                max_candidates,
                                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeInvitation     *edge_invitation_new_from_bytes   (GBytes              *bytes,
                                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;
EdgeInvitation     *edge_invitation_new_from_text    (const char          *text,
                                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

EdgeInvitationKind  edge_invitation_get_kind         (EdgeInvitation      *self);
const char         *edge_invitation_get_network_id   (EdgeInvitation      *self);
const char         *edge_invitation_get_inviter      (EdgeInvitation      *self);
gint64              edge_invitation_get_expires      (EdgeInvitation      *self);
const guint8       *edge_invitation_get_ticket       (EdgeInvitation      *self);
const char         *edge_invitation_get_network_name (EdgeInvitation      *self);
const char         *edge_invitation_get_inviter_name (EdgeInvitation      *self);
const guint8       *edge_invitation_get_room_secret  (EdgeInvitation      *self);
const char         *edge_invitation_get_relay_token  (EdgeInvitation      *self);
const char * const *edge_invitation_get_addresses    (EdgeInvitation      *self);
const guint8       *edge_invitation_get_session      (EdgeInvitation      *self);
const char         *edge_invitation_get_sdp          (EdgeInvitation      *self);

GBytes             *edge_invitation_get_bytes        (EdgeInvitation      *self);
char               *edge_invitation_to_link          (EdgeInvitation      *self) G_GNUC_WARN_UNUSED_RESULT;
char               *edge_invitation_to_web_link      (EdgeInvitation      *self,
                                                      const char          *page) G_GNUC_WARN_UNUSED_RESULT;

gboolean            edge_invitation_check            (EdgeInvitation      *self,
                                                      gint64               now,
                                                      const char          *network_id,
                                                      GError             **error);
gboolean            edge_invitation_check_answer     (EdgeInvitation      *self,
                                                      EdgeInvitation      *offer,
                                                      gint64               now,
                                                      GError             **error);

G_END_DECLS
