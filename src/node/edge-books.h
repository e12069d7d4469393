/* edge-books.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "identity/edge-identity.h"
#include "ledger/edge-ledger.h"
#include "mesh/edge-agreement.h"
#include "mesh/edge-mesh.h"

G_BEGIN_DECLS

#define EDGE_TYPE_BOOKS (edge_books_get_type ())

G_DECLARE_FINAL_TYPE (EdgeBooks, edge_books, EDGE, BOOKS, GObject)

/*
 * What the faces see of the ledger of the network that is joined. Properties,
 * all read-only with notify on the main context, at most ten times a second:
 *
 *   ready          boolean  the ledger is open and folded
 *   n-events       uint64   events known
 *   n-final        uint64   of these, in a final checkpoint
 *   n-expected     uint64   the most any linked peer has
 *   rate           double   events a second that came in lately
 *   remaining      int64    milliseconds until in step, -1 when not known
 *   n-in-step      uint     linked peers that hold the same events
 *   time           uint64   T of the ledger, ms
 *   multiplier     double   of an event issued now, 1…
 *   cpu-hours      double   the network's CPU-hours so far, for the curve
 *   decay-cpu-hours, max-bonus  uint64  of the genesis, for the curve
 *   free, locked, own-stake, leaving, welcome, escrowed  uint64  nano-credits of our account
 *   earned, earned-today        uint64  nano-credits minted to or paid to us, in all and in this UTC day
 *   member         boolean
 *   joined         boolean  our account exists
 *   join-progress  double   of the proof of work, 0…1, NaN when none runs
 *   uptime-hours   uint     hours of this UTC day in which we measured two members
 *   uptime-waiting uint     days before this one that wait for what witnesses measured
 *   uptime-day     uint64   the last day that was paid for, ms; 0 for none
 *   two-books      string   JSON, NULL as it should be: validators made two checkpoints of one
 *                           number final (`why` "certificates"), or one that does not follow from
 *                           its events here ("state"). Nothing is closed any more; what was first
 *                           stays. {`n`, `why`, `ours`, `theirs`}, each side {`checkpoint`?: as in
 *                           docs/ledger.md, `notes`: [JWS…]}; the fold is right where `ours` has
 *                           none of `notes`
 *   entries        GListModel<EdgeBookEntry>  the newest 500 events, newest first; notified with
 *                                             each reading, as their states may be others
 *   unlocks        GListModel<EdgeUnlock>     our locked amounts by the time they become free,
 *                                             those that leave the stake too
 *   finality       EdgeFinality  how far the book is closed, and by whom (node/edge-finality.h)
 */

EdgeBooks *edge_books_new             (EdgeLedger           *ledger,
                                       EdgeIdentity         *identity,
                                       EdgeMesh             *mesh) G_GNUC_WARN_UNUSED_RESULT;
EdgeLedger *edge_books_get_ledger     (EdgeBooks            *self);
EdgeAgreement *edge_books_get_agreement (EdgeBooks          *self);
void       edge_books_set_inviter     (EdgeBooks            *self,
                                       const char           *inviter);
void       edge_books_set_paused      (EdgeBooks            *self,
                                       gboolean              paused);
void       edge_books_release         (EdgeBooks            *self,
                                       gboolean              insist);

void       edge_books_transfer_async  (EdgeBooks            *self,
                                       const char           *to,
                                       guint64               amount,
                                       const char           *memo,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
void       edge_books_stake_async     (EdgeBooks            *self,
                                       guint64               amount,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
void       edge_books_unstake_async   (EdgeBooks            *self,
                                       guint64               amount,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
void       edge_books_vouch_async     (EdgeBooks            *self,
                                       const char           *key,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
void       edge_books_propose_validators_async
                                      (EdgeBooks            *self,
                                       const char * const   *keys,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
void       edge_books_list_members_async
                                      (EdgeBooks            *self,
                                       guint                 most,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
GArray    *edge_books_list_members_finish
                                      (EdgeBooks            *self,
                                       GAsyncResult         *result,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
char      *edge_books_issue_finish    (EdgeBooks            *self,
                                       GAsyncResult         *result,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void       edge_books_verify_async    (EdgeBooks            *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean   edge_books_verify_finish   (EdgeBooks            *self,
                                       GAsyncResult         *result,
                                       GError              **error);

char      *edge_books_export_csv      (EdgeBooks            *self) G_GNUC_WARN_UNUSED_RESULT;
GArray    *edge_books_dup_history     (EdgeBooks            *self,
                                       guint64               slot_ms,
                                       guint                 n_slots) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
