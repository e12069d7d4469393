/* edge-invitation-body.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "invite/edge-invitation.h"

G_BEGIN_DECLS

/** EDGE_INVITATION_DIRECT_OVERHEAD: Bytes of an offer or answer besides its compact SDP. */
#define EDGE_INVITATION_DIRECT_OVERHEAD \
  (70 + EDGE_INVITATION_TICKET_SIZE + EDGE_IDENTITY_SIGNATURE_SIZE)

/**
 * EdgeInvitationBody:
 *
 * The members of an invitation, before they are signed or after they are read.
 */
typedef struct
{
  EdgeInvitationKind  kind;
  guint8              network_id[EDGE_IDENTITY_KEY_SIZE];
  guint8              inviter[EDGE_IDENTITY_KEY_SIZE];
  guint32             expires;
  guint8              ticket[EDGE_INVITATION_TICKET_SIZE];
  char               *network_name;
  char               *inviter_name;
  gboolean            has_room_secret;
  guint8              room_secret[EDGE_INVITATION_ROOM_SECRET_SIZE];
  char               *relay_token;
  char              **addresses;
  GBytes             *compact_sdp;
} EdgeInvitationBody;

GBytes   *edge_invitation_body_sign  (const EdgeInvitationBody *self,
                                      EdgeIdentity             *inviter) G_GNUC_WARN_UNUSED_RESULT;
gboolean  edge_invitation_body_read  (EdgeInvitationBody       *self,
                                      const guint8             *data,
                                      gsize                     size,
                                      GError                  **error);
void      edge_invitation_body_clear (EdgeInvitationBody       *self);

gboolean  edge_invitation_name_is_good    (const char *name,
                                           gsize       min);
gboolean  edge_invitation_token_is_good   (const char *token);
gboolean  edge_invitation_address_is_good (const char *address);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EdgeInvitationBody, edge_invitation_body_clear)

G_END_DECLS
