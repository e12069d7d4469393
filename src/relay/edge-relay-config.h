/* edge-relay-config.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_RELAY_CONFIG_ERROR (edge_relay_config_error_quark ())

/**
 * EdgeRelayConfigError:
 * @EDGE_RELAY_CONFIG_ERROR_FILE: the file can't be read
 * @EDGE_RELAY_CONFIG_ERROR_VALUE: a setting is unknown or has a value that makes no sense
 */
typedef enum
{
  EDGE_RELAY_CONFIG_ERROR_FILE,
  EDGE_RELAY_CONFIG_ERROR_VALUE,
} EdgeRelayConfigError;

/**
 * EdgeRelayConfig:
 * @listen: address and port, `127.0.0.1:0` for any free port of this machine
 * @tls_cert: (nullable): PEM file with the certificate chain
 * @tls_key: (nullable): PEM file with its key
 * @room_token: (nullable): text a client must know to register
 * @origins: (nullable): web origins that may connect; %NULL for all
 * @stun_urls: (nullable): `stun:` URLs handed out
 * @turn_urls: (nullable): `turn:` and `turns:` URLs handed out
 * @turn_secret: (nullable): coturn's `static-auth-secret`
 * @turn_ttl: seconds that TURN credentials hold
 * @trust_proxy: whether `X-Forwarded-For` tells the client's address
 * @max_frame: bytes of a frame
 * @frames_before_auth: frames a minute before the id is proven
 * @frames_after_auth: frames a minute after
 * @requests_per_minute: HTTP requests and handshakes of one address a minute
 * @per_address: connections of one address (of one /64 in IPv6)
 * @max_connections: connections in all; 0 for what the open files allow
 * @max_rooms: rooms
 * @max_queue: bytes that wait for a client who does not read
 * @idle_ms: a connection without a frame for so long is ended
 * @drain_ms: how long clients may take to leave when the relay goes down
 *
 * Settings of a relay. Plain data: made, changed, handed to edge_relay_new(),
 * which takes a copy.
 */
typedef struct
{
  char  *listen;
  char  *tls_cert;
  char  *tls_key;
  char  *room_token;
  GStrv  origins;
  GStrv  stun_urls;
  GStrv  turn_urls;
  char  *turn_secret;
  guint  turn_ttl;
  gboolean trust_proxy;

  guint  max_frame;
  guint  frames_before_auth;
  guint  frames_after_auth;
  guint  requests_per_minute;
  guint  per_address;
  guint  max_connections;
  guint  max_rooms;
  guint  max_queue;
  guint  idle_ms;
  guint  drain_ms;
} EdgeRelayConfig;

GQuark           edge_relay_config_error_quark (void) G_GNUC_CONST;

EdgeRelayConfig *edge_relay_config_new         (void) G_GNUC_WARN_UNUSED_RESULT;
EdgeRelayConfig *edge_relay_config_copy        (const EdgeRelayConfig  *self) G_GNUC_WARN_UNUSED_RESULT;
void             edge_relay_config_free        (EdgeRelayConfig        *self);

gboolean         edge_relay_config_load        (EdgeRelayConfig        *self,
                                                const char             *path,
                                                GError                **error);
gboolean         edge_relay_config_load_data   (EdgeRelayConfig        *self,
                                                const char             *data,
                                                gsize                   length,
                                                GError                **error);
gboolean         edge_relay_config_check       (const EdgeRelayConfig  *self,
                                                GError                **error);
GSocketAddress  *edge_relay_config_dup_address (const EdgeRelayConfig  *self,
                                                GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EdgeRelayConfig, edge_relay_config_free)

G_END_DECLS
