/* edge-members-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ledger/edge-ledger-members.h"
#include "node/edge-members.h"

G_BEGIN_DECLS

/*
 * What the ledger said of its people at one moment.
 */
typedef struct
{
  GArray           *waiting;
  EdgeAccount      *account;
  EdgeId            validators[EDGE_GENESIS_MAX_VALIDATORS];
  guint             n_validators;
} EdgeMembersView;

struct _EdgeMembers
{
  GObject         parent_instance;

  EdgeBooks      *books;
  EdgeLedger     *ledger;
  GListModel     *peers;
  EdgeTicketBook *tickets;
  EdgeNodeStore  *store;
  GCancellable   *cancellable;
  GListStore     *waiting;
  GHashTable     *vouching;
  EdgeMembersView *view;
  EdgeId          key;
  char           *own;
  char           *network;
  char           *inviter;
  guint           pause_source;
  gboolean        reading;
  gboolean        stale;
};

gint64    _edge_members_now             (void);
EdgePeer *_edge_members_find_peer       (EdgeMembers *self,
                                         const char  *key) G_GNUC_WARN_UNUSED_RESULT;

/* edge-members-lists.c */
void      _edge_members_show_waiting    (EdgeMembers *self);
void      _edge_members_show_names      (EdgeMembers *self);

/* edge-members-vouch.c */
int       _edge_members_vouchers_left  (EdgeMembers *self);
void      _edge_members_vouch          (EdgeMembers *self);

G_END_DECLS
