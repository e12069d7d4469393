/* edge-invite-words.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "invite/edge-invitation.h"
#include "node/edge-relay-reach.h"

G_BEGIN_DECLS

void        edge_invite_words_register (void);

char       *edge_invite_words_error   (const GError    *error,
                                       EdgeInvitation  *invitation) G_GNUC_WARN_UNUSED_RESULT;
const char *edge_invite_words_reach   (EdgeRelayReach   reach);
const char *edge_invite_words_code    (const GError    *error);

G_END_DECLS
