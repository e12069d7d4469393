/* edge-ledger-members.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger.h"
#include "ledger/edge-state.h"

G_BEGIN_DECLS

/**
 * EdgeLedgerMember:
 * @inviter: whom its `join` names
 * @since: when it became known here: time of its `join`, of the genesis for who needs none
 * @vouched: how many keys it vouched for, validators not counted
 * @member: whether it is a member, or waits to be vouched for
 * @validator: whether it closes the book
 *
 * A key with an account.
 */
typedef struct
{
  EdgeId   key;
  EdgeId   inviter;
  guint64  since;
  guint32  vouched;
  gboolean has_inviter;
  gboolean member;
  gboolean validator;
} EdgeLedgerMember;

GArray  *edge_ledger_list_members (EdgeLedger *self,
                                   gboolean    waiting,
                                   guint       most) G_GNUC_WARN_UNUSED_RESULT;

GArray  *edge_ledger_dup_proposals (EdgeLedger *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
