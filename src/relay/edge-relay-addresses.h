/* edge-relay-addresses.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "base/edge-token-bucket.h"

G_BEGIN_DECLS

typedef struct _EdgeRelayAddresses EdgeRelayAddresses;

/**
 * EdgeRelayAddress:
 * @connections: WebSockets
 * @sockets: (not nullable): accepted sockets that HTTP or TLS still holds, as a #GRcBox
 *   so that the count may outlive this
 * @requests: how often it may still ask
 * @used_at: when it was last looked up
 *
 * What one address is using; stays valid while @connections is not 0.
 */
typedef struct
{
  guint           connections;
  guint          *sockets;
  EdgeTokenBucket requests;
  gint64          used_at;
} EdgeRelayAddress;

EdgeRelayAddresses *edge_relay_addresses_new    (guint               per_address,
                                                 guint               requests_per_minute) G_GNUC_WARN_UNUSED_RESULT;
void                edge_relay_addresses_free   (EdgeRelayAddresses *self);

char               *edge_relay_addresses_key    (GInetAddress       *address) G_GNUC_WARN_UNUSED_RESULT;
EdgeRelayAddress   *edge_relay_addresses_lookup (EdgeRelayAddresses *self,
                                                 const char         *key,
                                                 gint64              now);
gboolean            edge_relay_addresses_admit  (EdgeRelayAddresses *self,
                                                 GSocket            *socket,
                                                 gint64              now);
gboolean            edge_relay_addresses_enter  (EdgeRelayAddresses *self,
                                                 EdgeRelayAddress   *address);
void                edge_relay_addresses_leave  (EdgeRelayAddresses *self,
                                                 EdgeRelayAddress   *address,
                                                 gint64              now);
void                edge_relay_addresses_forget (EdgeRelayAddresses *self,
                                                 gint64              now);
guint               edge_relay_addresses_count  (EdgeRelayAddresses *self);

void                edge_relay_addresses_count_in (GSocket           *socket,
                                                   guint             *count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeRelayAddresses, edge_relay_addresses_free)

G_END_DECLS
