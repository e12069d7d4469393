/* edge-node.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "identity/edge-identity.h"
#include "mesh/edge-peer.h"
#include "node/edge-books.h"
#include "node/edge-message.h"
#include "node/edge-network.h"
#include "node/edge-node-error.h"
#include "work/edge-policy.h"

G_BEGIN_DECLS

#define EDGE_TYPE_NODE       (edge_node_get_type ())
#define EDGE_TYPE_NODE_STATE (edge_node_state_get_type ())

/**
 * EdgeNodeState:
 * @EDGE_NODE_STATE_NONE: no network joined
 * @EDGE_NODE_STATE_JOINING: looking for peers
 * @EDGE_NODE_STATE_JOINED: in the network
 * @EDGE_NODE_STATE_PAUSED: the person paused it; links stay, nothing is contributed
 */
typedef enum
{
  EDGE_NODE_STATE_NONE,
  EDGE_NODE_STATE_JOINING,
  EDGE_NODE_STATE_JOINED,
  EDGE_NODE_STATE_PAUSED,
} EdgeNodeState;

GType       edge_node_state_get_type  (void) G_GNUC_CONST;
const char *edge_node_state_to_string (EdgeNodeState state);

G_DECLARE_FINAL_TYPE (EdgeNode, edge_node, EDGE, NODE, GObject)

/** EDGE_NODE_MAX_NAME: Bytes of a name that others read, at most. */
#define EDGE_NODE_MAX_NAME 64

/*
 * Properties, all with notify, all on the main context; r = read, w = write:
 *
 *   state           EdgeNodeState r
 *   id              string r      node id, NULL before the identity is there
 *   name            string rw     what others read; at most 64 bytes
 *   headline        string r      one sentence: what happens now and why
 *   detail          string r      a second one: peers, and what changes it next; or NULL
 *   share           double r      share of the CPU that may be used now, 0…0.5; 0 when paused
 *   network-id      string r
 *   network-name    string r
 *   network-kind    string r      "open" or "founded"
 *   peers           GListModel<EdgePeer> r   every peer known, in the order they were heard of
 *   n-connected     uint r
 *   n-known         uint r
 *   median-latency  double r      milliseconds over connected peers, NaN when none
 *   backends        GListModel<EdgeSignaling> r   relays and the like, with state and detail
 *   messages        GListModel<EdgeMessage> r     texts to and from peers, newest last
 *   books           EdgeBooks r   the network's ledger (node/edge-books.h); NULL until it is open
 *   members         EdgeMembers r who belongs to it and who waits to (node/edge-members.h);
 *                                 NULL until the ledger is open
 *   policy          EdgePolicy r  what may be used and why (work/edge-policy.h)
 *   relays          GStrv rw      relay URLs; a change takes effect at once
 *   stun-servers    GStrv rw      stun:/turn: URIs of the person's own
 *   listen          string rw     ADDR:PORT where the built-in relay listens; NULL to run it on
 *                                 this machine alone, and only when no relay is set
 *   own-relay       string r      URL of the built-in relay, NULL when it does not run
 *   blocked         GStrv r       ids of the peers that the person blocked
 *   last-network    string r      name of the network joined last, also before this start
 *   degree          uint rw       links aimed at, 1…50, default 8
 *   started-at      int64 r       wall clock in ms, 0 before start
 *   watched         boolean rw    someone looks: pings each second instead of two
 *   key-state       EdgeNodeKeyState r   whether the key may sign (node/edge-node-key.h)
 *
 * Signals:
 *   message (EdgeMessage)         a peer sent a text
 *   peer-changed (EdgePeer)       a peer is new, or its state, path or name changed
 *   peer-measured (EdgePeer)      a peer has another latency
 *   peer-forgotten (id)           a peer is not in the list any more
 *   problem (code, message, remedy)   what is wrong and what to do about it, translated;
 *                                 code is a word for programs, listed in edge-net-node(1)
 */

EdgeNode   *edge_node_new                (const char           *state_dir) G_GNUC_WARN_UNUSED_RESULT;

const char *edge_node_get_id             (EdgeNode             *self);
EdgeNodeState edge_node_get_state        (EdgeNode             *self);
EdgeBooks  *edge_node_get_books          (EdgeNode             *self);
const EdgeNetwork *edge_node_get_network (EdgeNode             *self);
const char *edge_node_get_state_dir      (EdgeNode             *self);
EdgeIdentity *edge_node_get_identity     (EdgeNode             *self);
gint64      edge_node_get_uptime         (EdgeNode             *self);

void        edge_node_start              (EdgeNode             *self,
                                          EdgeIdentity         *identity);
void        edge_node_join               (EdgeNode             *self,
                                          const EdgeNetwork    *network);
void        edge_node_join_open          (EdgeNode             *self,
                                          const char           *network_name);
void        edge_node_join_default       (EdgeNode             *self);
gboolean    edge_node_join_last          (EdgeNode             *self);
EdgeNetwork *edge_node_dup_last_network  (EdgeNode             *self) G_GNUC_WARN_UNUSED_RESULT;
void        edge_node_leave              (EdgeNode             *self);
void        edge_node_stop_async         (EdgeNode             *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean    edge_node_stop_finish        (EdgeNode             *self,
                                          GAsyncResult         *result,
                                          GError              **error);

void        edge_node_pause              (EdgeNode             *self,
                                          gint64                for_ms);
void        edge_node_resume             (EdgeNode             *self);
void        edge_node_ask                (EdgeNode             *self,
                                          gint64                for_ms);

EdgePeer   *edge_node_find_peer          (EdgeNode             *self,
                                          const char           *prefix,
                                          GError              **error);
gboolean    edge_node_send_message       (EdgeNode             *self,
                                          EdgePeer             *peer,
                                          const char           *text,
                                          GError              **error);
void        edge_node_disconnect_peer    (EdgeNode             *self,
                                          EdgePeer             *peer);
void        edge_node_set_archive        (EdgeNode             *self,
                                          gboolean              archive);
void        edge_node_set_blocked        (EdgeNode             *self,
                                          const char           *peer_id,
                                          gboolean              blocked);

G_END_DECLS
