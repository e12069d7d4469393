/* edge-account.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-genesis.h"

G_BEGIN_DECLS

/**
 * EdgeTimed:
 *
 * An amount that becomes free when the network's time reaches @end.
 */
typedef struct
{
  guint64 end;
  guint64 amount;
} EdgeTimed;

/**
 * EdgeAccount:
 *
 * What the ledger knows of a key. Amounts are nano; @lots, @leaving and @forks are
 * sorted; @day and @up are days since the epoch; @next is the `seq` of the next event.
 * @earned is all that was ever minted to or paid to the key; the state text is without it.
 */
typedef struct
{
  EdgeId     key;
  EdgeId     inviter;
  EdgeId     head;
  guint64    free;
  guint64    own;
  guint64    welcome;
  guint64    minted;
  guint64    day;
  guint64    up;
  guint64    good;
  guint64    wrong;
  guint64    next;
  guint64    earned;
  GArray    *lots;
  GArray    *leaving;
  GArray    *forks;
  guint32    vouched;
  guint8     member;
  guint8     has_inviter;
  guint8     has_head;
} EdgeAccount;

/**
 * EdgeEscrow:
 *
 * An escrow that is open. @done says of each of @workers what became of it.
 */
typedef enum
{
  EDGE_ESCROW_OPEN,
  EDGE_ESCROW_PAID,
  EDGE_ESCROW_WRONG,
} EdgeEscrowDone;

typedef struct
{
  EdgeId         id;
  EdgeId         payer;
  guint64        share;
  guint64        deadline;
  guint          n_workers;
  guint          n_done;
  EdgeId         workers[9];
  EdgeEscrowDone done[9];
} EdgeEscrow;

EdgeAccount *edge_account_new        (const EdgeId      *key) G_GNUC_WARN_UNUSED_RESULT;
EdgeAccount *edge_account_copy       (const EdgeAccount *self) G_GNUC_WARN_UNUSED_RESULT;
void         edge_account_free       (EdgeAccount       *self);

guint64      edge_account_sum        (GArray            *timed);
guint64      edge_account_stake      (const EdgeAccount *self);
guint64      edge_account_next_end   (const EdgeAccount *self);
gboolean     edge_account_has_fork   (const EdgeAccount *self,
                                      const EdgeId      *prev);

void         edge_account_add_timed  (EdgeAccount       *self,
                                      GArray           **timed,
                                      guint64            amount,
                                      guint64            now,
                                      guint64            delay,
                                      guint64            least_step);
void         edge_account_release    (EdgeAccount       *self,
                                      guint64            now);
void         edge_account_burn       (EdgeAccount       *self,
                                      guint64            amount);
void         edge_account_add_fork   (EdgeAccount       *self,
                                      const EdgeId      *prev);

char        *edge_account_to_text    (const EdgeAccount *self) G_GNUC_WARN_UNUSED_RESULT;
void         edge_account_write      (const EdgeAccount *self,
                                      GString           *out);

EdgeEscrow  *edge_escrow_copy        (const EdgeEscrow  *self) G_GNUC_WARN_UNUSED_RESULT;
void         edge_escrow_write       (const EdgeEscrow  *self,
                                      GString           *out);
int          edge_escrow_find        (const EdgeEscrow  *self,
                                      const EdgeId      *worker_hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeAccount, edge_account_free)

G_END_DECLS
