/* edge-relay-private.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "relay/edge-relay-addresses.h"
#include "relay/edge-relay-poller.h"
#include "relay/edge-relay-session.h"
#include "relay/edge-relay.h"

G_BEGIN_DECLS

/**
 * EdgeRelayRefusal:
 *
 * Why something of a client's was not taken; counted for /metrics.
 */
typedef enum
{
  EDGE_RELAY_REFUSAL_RATE,
  EDGE_RELAY_REFUSAL_MALFORMED,
  EDGE_RELAY_REFUSAL_ADDRESS,
  EDGE_RELAY_REFUSAL_ORIGIN,
  EDGE_RELAY_REFUSAL_TOKEN,
  EDGE_RELAY_REFUSAL_SIGNATURE,
  EDGE_RELAY_REFUSAL_UNPROVEN,
  EDGE_RELAY_REFUSAL_TARGET,
  EDGE_RELAY_REFUSAL_BUSY,
  EDGE_RELAY_REFUSAL_FULL,
  EDGE_RELAY_N_REFUSALS,
} EdgeRelayRefusal;

struct _EdgeRelay
{
  GObject             parent_instance;

  EdgeRelayConfig    *config;
  SoupServer         *server;
  GSocketService     *service;
  GTlsCertificate    *certificate;
  EdgeRelayPoller    *poller;
  EdgeRelayAddresses *addresses;
  GHashTable         *rooms;
  GQueue              active;
  GQueue              leaving;
  GString            *frame;
  char               *url;
  GTask              *drain;
  GCancellable       *stopped;
  gint64              drain_until;
  gint64              started_at;
  guint               sweep_id;
  guint              *accepted;
  guint               max_accepted;
  gboolean            draining;

  guint               n_members;
  guint               n_proven;
  guint64             n_joined;
  guint64             n_handshakes;
  guint64             n_frames_in;
  guint64             n_frames_out;
  guint64             n_bytes_in;
  guint64             n_bytes_out;
  guint64             n_refused[EDGE_RELAY_N_REFUSALS];
};

EdgeRelayRoom *edge_relay_enter_room      (EdgeRelay        *self,
                                           const char       *tag);
void           edge_relay_leave_room      (EdgeRelay        *self,
                                           EdgeRelayRoom    *room);
void           edge_relay_touch           (EdgeRelay        *self,
                                           EdgeRelaySession *session,
                                           gint64            now);
void           edge_relay_session_leaves  (EdgeRelay        *self,
                                           EdgeRelaySession *session);
void           edge_relay_session_is_gone (EdgeRelay        *self,
                                           EdgeRelaySession *session);
gboolean       edge_relay_origin_is_ok    (EdgeRelay        *self,
                                           const char       *origin);
gboolean       edge_relay_token_is_right  (EdgeRelay        *self,
                                           const char       *token,
                                           gsize             length);

G_END_DECLS
