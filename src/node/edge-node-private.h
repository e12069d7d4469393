/* edge-node-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "node/edge-books.h"
#include "node/edge-list-proxy.h"
#include "node/edge-members.h"
#include "node/edge-membership.h"
#include "node/edge-message-log.h"
#include "node/edge-network-folder.h"
#include "node/edge-node-key.h"
#include "node/edge-node-store.h"
#include "node/edge-node.h"
#include "node/edge-peer-summary.h"
#include "work/edge-policy-monitor.h"

G_BEGIN_DECLS

typedef struct _EdgeNodeInvites EdgeNodeInvites;

struct _EdgeNode
{
  GObject            parent_instance;

  char              *state_dir;
  EdgeNodeStore     *store;
  EdgeIdentity      *identity;
  EdgePolicy        *policy;
  EdgePolicyMonitor *monitor;
  EdgeMembership    *membership;
  EdgeLedger        *ledger;
  EdgeBooks         *books;
  EdgeMembers       *members;
  char              *ledger_dir;
  EdgeListProxy     *peers;
  EdgeListProxy     *backends;
  EdgePeerSummary   *summary;
  EdgeMessageLog    *messages;
  EdgeNodeInvites   *invites;
  char              *name;
  char              *headline;
  char              *detail;
  EdgeNetwork       *network;
  char              *listen;
  GStrv              relays;
  GStrv              stun_servers;
  GTask             *stopping;
  guint              n_leaving;
  guint              n_closing;
  guint              alone_source;
  guint              degree;
  gint64             started_at;
  gint64             started_mono;
  gboolean           watched;
  gboolean           alone;
  gboolean           opening;
  EdgeNodeState      state;
  EdgeNodeKeyState   key_state;
  char              *own_header;
  gint64             opened_at;
  guint              stranger_source;
  guint              twin_source;
};

typedef enum
{
  PROP_STATE = 1,
  PROP_ID,
  PROP_NAME,
  PROP_HEADLINE,
  PROP_DETAIL,
  PROP_SHARE,
  PROP_NETWORK_ID,
  PROP_NETWORK_NAME,
  PROP_NETWORK_KIND,
  PROP_PEERS,
  PROP_N_CONNECTED,
  PROP_N_KNOWN,
  PROP_MEDIAN_LATENCY,
  PROP_BACKENDS,
  PROP_MESSAGES,
  PROP_POLICY,
  PROP_BOOKS,
  PROP_MEMBERS,
  PROP_RELAYS,
  PROP_STUN_SERVERS,
  PROP_LISTEN,
  PROP_OWN_RELAY,
  PROP_BLOCKED,
  PROP_LAST_NETWORK,
  PROP_DEGREE,
  PROP_STARTED_AT,
  PROP_WATCHED,
  PROP_KEY_STATE,
} EdgeNodeProperty;

void  _edge_node_notify         (EdgeNode         *self,
                                 EdgeNodeProperty  property);
void  _edge_node_emit_message   (EdgeNode         *self,
                                 EdgeMessage      *message);
void  _edge_node_emit_problem   (EdgeNode         *self,
                                 const char       *code,
                                 const char       *message,
                                 const char       *remedy);
void  _edge_node_save           (EdgeNode         *self);

/* edge-node-network.c */
const char *_edge_node_get_network_id (EdgeNode *self);
void  _edge_node_update_state   (EdgeNode         *self);
void  _edge_node_count_peers    (EdgeNode         *self);
void  _edge_node_apply_relays   (EdgeNode         *self);
void  _edge_node_apply_stun     (EdgeNode         *self);
void  _edge_node_apply_settings (EdgeNode         *self);

void  _edge_node_enter          (EdgeNode         *self,
                                 EdgeMembership   *membership,
                                 const EdgeNetwork *network);
void  _edge_node_stop_membership (EdgeNode        *self,
                                 EdgeMembership   *membership);
void  _edge_node_finish_leave   (EdgeNode         *self);

/* edge-node-ledger.c */
void  _edge_node_open_ledger    (EdgeNode         *self);
void  _edge_node_close_ledger   (EdgeNode         *self);
void  _edge_node_drop_ledgers   (EdgeNode         *self);

/* edge-node-key.c */
void  _edge_node_note_key       (EdgeNode         *self);
void  _edge_node_watch_repair   (EdgeNode         *self);
void  _edge_node_hold_key       (EdgeNode         *self);
void  _edge_node_watch_key      (EdgeNode         *self);
void  _edge_node_release_key    (EdgeNode         *self);
void  _edge_node_meet_twin      (EdgeNode         *self);

/* edge-node-members.c */
void  _edge_node_members_class_init (EdgeNodeClass *klass);
void  _edge_node_open_members   (EdgeNode         *self);
void  _edge_node_close_members  (EdgeNode         *self);
void  _edge_node_tell_inviter   (EdgeNode         *self);

/* edge-node-peers.c */
void  _edge_node_watch_peers    (EdgeNode         *self,
                                 EdgeMesh         *mesh);
GStrv _edge_node_dup_blocked    (EdgeNode         *self);

/* edge-node-invite.c */
void             _edge_node_invite_class_init (EdgeNodeClass    *klass);
EdgeNodeInvites *_edge_node_invites_new       (const char       *state_dir) G_GNUC_WARN_UNUSED_RESULT;
void             _edge_node_invites_free      (EdgeNodeInvites  *self);
void             _edge_node_watch_invites     (EdgeNode         *self,
                                               EdgeMesh         *mesh);
GStrv            _edge_node_dup_relays        (EdgeNode         *self) G_GNUC_WARN_UNUSED_RESULT;

/* edge-node-direct.c */
void             _edge_node_end_directs       (EdgeNode         *self);

G_END_DECLS
