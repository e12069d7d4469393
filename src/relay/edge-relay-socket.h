/* edge-relay-socket.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _EdgeRelayPoller EdgeRelayPoller;
typedef struct _EdgeRelaySocket EdgeRelaySocket;

/**
 * EdgeRelayCloseCode:
 *
 * Why a connection is closed (RFC 6455, section 7.4; from 4000 on our own).
 */
typedef enum
{
  EDGE_RELAY_CLOSE_NORMAL = 1000,
  EDGE_RELAY_CLOSE_GOING_AWAY = 1001,
  EDGE_RELAY_CLOSE_PROTOCOL = 1002,
  EDGE_RELAY_CLOSE_UNSUPPORTED = 1003,
  EDGE_RELAY_CLOSE_BAD_DATA = 1007,
  EDGE_RELAY_CLOSE_POLICY = 1008,
  EDGE_RELAY_CLOSE_TOO_BIG = 1009,
  EDGE_RELAY_CLOSE_REPLACED = 4000,
  EDGE_RELAY_CLOSE_TOKEN = 4003,
  EDGE_RELAY_CLOSE_IDLE = 4008,
} EdgeRelayCloseCode;

/**
 * EdgeRelaySocketFuncs:
 * @text: a whole text message came; it lies in a buffer of the socket
 * @alive: a frame of any kind came
 * @closing: the socket takes and gives no more messages
 * @closed: it is over; the socket is freed after this
 */
typedef struct
{
  void (*text)    (gpointer    user_data,
                   const char *text,
                   gsize       length);
  void (*alive)   (gpointer    user_data);
  void (*closing) (gpointer    user_data);
  void (*closed)  (gpointer    user_data);
} EdgeRelaySocketFuncs;

EdgeRelaySocket *edge_relay_socket_new         (EdgeRelayPoller            *poller,
                                                GIOStream                  *stream,
                                                int                         fd,
                                                gboolean                    tls,
                                                gsize                       max_message,
                                                gsize                       max_queue,
                                                const EdgeRelaySocketFuncs *funcs,
                                                gpointer                    user_data,
                                                GError                    **error) G_GNUC_WARN_UNUSED_RESULT;

void             edge_relay_socket_begin       (EdgeRelaySocket            *self);
gboolean         edge_relay_socket_is_open     (EdgeRelaySocket            *self);
gboolean         edge_relay_socket_send        (EdgeRelaySocket            *self,
                                                const char                 *text,
                                                gsize                       length);
void             edge_relay_socket_close       (EdgeRelaySocket            *self,
                                                EdgeRelayCloseCode          code,
                                                const char                 *reason);
void             edge_relay_socket_abort       (EdgeRelaySocket            *self);

/* For the poller. */
void             edge_relay_socket_read        (EdgeRelaySocket            *self);
void             edge_relay_socket_flush       (EdgeRelaySocket            *self);
void             edge_relay_socket_funeral     (EdgeRelaySocket            *self);

G_END_DECLS
