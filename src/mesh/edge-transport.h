/* edge-transport.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EDGE_TYPE_TRANSPORT (edge_transport_get_type ())

/** EDGE_TRANSPORT_MAX_MESSAGE: Bytes of a message at most, on any transport. */
#define EDGE_TRANSPORT_MAX_MESSAGE 16384

/**
 * EdgeChannel:
 * @EDGE_CHANNEL_CONTROL: small frames that must not wait
 * @EDGE_CHANNEL_BULK: payloads
 */
typedef enum
{
  EDGE_CHANNEL_CONTROL,
  EDGE_CHANNEL_BULK,
} EdgeChannel;

#define EDGE_N_CHANNELS 2

G_DECLARE_INTERFACE (EdgeTransport, edge_transport, EDGE, TRANSPORT, GObject)

/**
 * EdgeTransportInterface:
 * @send: passes one message; messages of a channel arrive whole and in order
 * @close: ends it; @gracefully lets what was sent go out first
 * @get_max_message: bytes of a message at most
 * @dup_binding: text that names the secure channel's end at this or the other
 *   side, signed in the handshake so that the channel belongs to the keys
 *
 * Something that carries messages to one peer on two channels.
 */
struct _EdgeTransportInterface
{
  GTypeInterface parent_iface;

  gboolean (*send)            (EdgeTransport *self,
                               EdgeChannel    channel,
                               GBytes        *message);
  void     (*close)           (EdgeTransport *self,
                               gboolean       gracefully);
  gsize    (*get_max_message) (EdgeTransport *self);
  char    *(*dup_binding)     (EdgeTransport *self,
                               gboolean       remote);
};

gboolean  edge_transport_send            (EdgeTransport *self,
                                          EdgeChannel    channel,
                                          GBytes        *message);
void      edge_transport_close           (EdgeTransport *self,
                                          gboolean       gracefully);
gsize     edge_transport_get_max_message (EdgeTransport *self);
char     *edge_transport_dup_binding     (EdgeTransport *self,
                                          gboolean       remote) G_GNUC_WARN_UNUSED_RESULT;

/* For implementations. */
void      edge_transport_emit_opened     (EdgeTransport *self);
void      edge_transport_emit_message    (EdgeTransport *self,
                                          EdgeChannel    channel,
                                          GBytes        *message);
void      edge_transport_emit_closed     (EdgeTransport *self,
                                          const char    *reason);

G_END_DECLS
