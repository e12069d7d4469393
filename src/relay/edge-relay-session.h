/* edge-relay-session.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/edge-token-bucket.h"
#include "relay/edge-relay-addresses.h"
#include "relay/edge-relay-room.h"
#include "relay/edge-relay-socket.h"

G_BEGIN_DECLS

typedef struct _EdgeRelay EdgeRelay;

/**
 * EdgeRelaySessionState:
 * @EDGE_RELAY_SESSION_NEW: connected, has not said who it is
 * @EDGE_RELAY_SESSION_PENDING: has named an id that can be proven, and may prove it
 * @EDGE_RELAY_SESSION_MEMBER: in its room
 */
typedef enum
{
  EDGE_RELAY_SESSION_NEW,
  EDGE_RELAY_SESSION_PENDING,
  EDGE_RELAY_SESSION_MEMBER,
} EdgeRelaySessionState;

/**
 * EdgeRelaySession:
 * @link: its place among the sessions by the time of their last frame
 * @index: its place in the room's list
 * @welcomed: how many had ever joined any room when its welcome was written
 * @joined: the same when it joined itself
 * @excess: frames over its rate that it may still send
 * @faults: bad frames that it may still send
 *
 * What the relay knows of one client.
 */
struct _EdgeRelaySession
{
  EdgeRelay             *relay;
  EdgeRelaySocket       *socket;
  EdgeRelayAddress      *address;
  EdgeRelayRoom         *room;
  char                  *id;
  char                  *challenge;
  GList                  link;
  gint64                 active_at;
  gint64                 complained_at;
  guint64                welcomed;
  guint64                joined;
  guint                  index;
  EdgeRelaySessionState  state;
  gboolean               proven;
  gboolean               leaving;
  EdgeTokenBucket        frames;
  EdgeTokenBucket        excess;
  EdgeTokenBucket        faults;
};

extern const EdgeRelaySocketFuncs edge_relay_session_funcs;

EdgeRelaySession *edge_relay_session_new  (EdgeRelay        *relay,
                                           EdgeRelayAddress *address,
                                           gint64            now) G_GNUC_WARN_UNUSED_RESULT;
void              edge_relay_session_free (EdgeRelaySession *self);

void              edge_relay_session_send (EdgeRelaySession *self,
                                           GString          *frame);
void              edge_relay_session_end  (EdgeRelaySession *self,
                                           EdgeRelayCloseCode close_code,
                                           const char       *code,
                                           const char       *message,
                                           guint             retry_after_ms);

G_END_DECLS
