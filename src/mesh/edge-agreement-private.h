/* edge-agreement-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/edge-token-table.h"
#include "ledger/edge-ledger-memory.h"
#include "ledger/edge-simplex.h"
#include "mesh/edge-agreement.h"

G_BEGIN_DECLS

/**
 * EdgeAgreementSession:
 * @peer_n: the last final checkpoint the peer told of
 * @other_book: whether the last checkpoint it told of is another here
 * @answered: whether it told all that follows ours, and its notes
 * @give_n: the checkpoint whose events are being sent
 * @give_skip: how many of them were sent
 * @headed: whether the peer told how far its book goes
 * @head_n: how far: a checkpoint whose state it can tell
 * @head_events: how many events are final there
 * @head_first: the first checkpoint whose events it has in full
 *
 * What goes on with one linked peer.
 */
typedef struct
{
  EdgeAgreement   *agreement;
  EdgePeer        *peer;
  gint64           head_asked_at;
  guint64          head_n;
  guint64          head_events;
  guint64          head_first;
  gboolean         headed;
  gint64           asked_at;
  guint64          peer_n;
  guint64          give_n;
  guint            give_skip;
  guint            give_source;
  gboolean         answered;
  gboolean         other_book;
} EdgeAgreementSession;

/* The state of a checkpoint on its way from a peer. */
typedef struct _EdgeAgreementStart EdgeAgreementStart;

struct _EdgeAgreement
{
  GObject       parent_instance;

  EdgeMesh     *mesh;
  EdgeLedger   *ledger;
  EdgeIdentity *identity;
  GCancellable *cancellable;
  char         *network_id;
  EdgeTokenTable *notes;     /* of each peer, over its links; as are the next two */
  EdgeTokenTable *questions;
  EdgeTokenTable *pages;
  EdgeId        net;
  EdgeId        key;
  guint         time_scale;

  EdgeSimplex  *simplex;
  guint64       n;
  EdgeId        last;
  EdgeId        judges[EDGE_GENESIS_MAX_VALIDATORS];
  guint         n_judges;
  guint64       n_at_start;
  gboolean      confirmed;
  gboolean      stopped;

  EdgeNote     *final;
  char         *certificate;
  char         *conflict;
  gboolean      closing;
  EdgeLedgerMemory *memory;
  guint         look_source;
  GPtrArray    *checks;
  guint         n_untried;
  gboolean      checking;
  GQueue        later;
  GHashTable   *sessions;
  EdgeAgreementStart *start;
  gboolean      adopting;
  guint64       fast_start_events;
  guint         timer_source;
  guint         again_source;
};

typedef enum
{
  EDGE_AGREEMENT_SIGNAL_CLOSED,
  EDGE_AGREEMENT_SIGNAL_TROUBLE,
  EDGE_AGREEMENT_SIGNAL_HEARD,
  EDGE_AGREEMENT_N_SIGNALS
} EdgeAgreementSignal;

extern guint _edge_agreement_signals[EDGE_AGREEMENT_N_SIGNALS];

gint64   _edge_agreement_now_ms    (void);
void     _edge_agreement_pump      (EdgeAgreement        *self);

void     _edge_agreement_make      (EdgeAgreement        *self);
void     _edge_agreement_check_next (EdgeAgreement       *self);
void     _edge_agreement_remember  (EdgeAgreement        *self);
void     _edge_agreement_close_book (EdgeAgreement       *self);
char    *_edge_agreement_print_certificate (EdgeNote     *proposal,
                                           GPtrArray     *notes) G_GNUC_WARN_UNUSED_RESULT;

void     _edge_agreement_note_conflict (EdgeAgreement    *self,
                                        GPtrArray        *certificate);
void     _edge_agreement_begin     (EdgeAgreement        *self);
guint    _edge_agreement_take      (EdgeAgreement        *self,
                                    GPtrArray            *notes);
gboolean _edge_agreement_is_judge  (EdgeAgreement        *self,
                                    const EdgeId         *key);
void     _edge_agreement_confirm   (EdgeAgreement        *self);
void     _edge_agreement_stop      (EdgeAgreement        *self,
                                    const char           *why);

void     _edge_agreement_keep_both (EdgeAgreement        *self,
                                    GPtrArray            *notes);
void     _edge_agreement_keep_state (EdgeAgreement       *self);
void     _edge_agreement_compare   (EdgeAgreement        *self,
                                    GPtrArray            *notes);

void     _edge_agreement_watch     (EdgeAgreement        *self);
void     _edge_agreement_unwatch   (EdgeAgreement        *self);
void     _edge_agreement_send      (EdgeAgreement        *self,
                                    GPtrArray            *notes,
                                    EdgePeer             *except);
void     _edge_agreement_watch_states (EdgeAgreement      *self);
void     _edge_agreement_ask_head  (EdgeAgreementSession *session);
gboolean _edge_agreement_waits     (EdgeAgreementSession *session);
void     _edge_agreement_go_on     (EdgeAgreement        *self);
void     _edge_agreement_end_start (EdgeAgreement        *self,
                                    EdgeAgreementSession *session);
void     _edge_agreement_ask_all   (EdgeAgreement        *self);

G_END_DECLS
