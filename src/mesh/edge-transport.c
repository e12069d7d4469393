/* edge-transport.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-transport.h"

enum
{
  OPENED,
  MESSAGE,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (EdgeTransport, edge_transport, G_TYPE_OBJECT)

static void
edge_transport_default_init (EdgeTransportInterface *iface)
{
  /**
   * EdgeTransport::opened:
   * @self: a transport
   *
   * Messages pass. The transport itself has checked that the other end is
   * the one the signaling named; which key it belongs to, the handshake tells.
   */
  signals[OPENED] = g_signal_new ("opened", EDGE_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * EdgeTransport::message:
   * @self: a transport
   * @channel: an #EdgeChannel
   * @message: bytes of the peer, not yet trusted
   */
  signals[MESSAGE] = g_signal_new ("message", EDGE_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_UINT, G_TYPE_BYTES);
  /**
   * EdgeTransport::closed:
   * @self: a transport
   * @reason: words for the log
   *
   * It ended without being asked to. Nothing is emitted afterwards.
   */
  signals[CLOSED] = g_signal_new ("closed", EDGE_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/**
 * edge_transport_send:
 * @self: a transport
 * @channel: on which channel
 * @message: what to send
 *
 * Returns: whether it was taken; when not, the same message may be tried again
 */
gboolean
edge_transport_send (EdgeTransport *self,
                     EdgeChannel    channel,
                     GBytes        *message)
{
  return EDGE_TRANSPORT_GET_IFACE (self)->send (self, channel, message);
}

/**
 * edge_transport_close:
 * @self: a transport
 * @gracefully: whether what was sent should go out first
 *
 * Ends the transport. It emits nothing afterwards.
 */
void
edge_transport_close (EdgeTransport *self,
                      gboolean       gracefully)
{
  EDGE_TRANSPORT_GET_IFACE (self)->close (self, gracefully);
}

gsize
edge_transport_get_max_message (EdgeTransport *self)
{
  return EDGE_TRANSPORT_GET_IFACE (self)->get_max_message (self);
}

/**
 * edge_transport_dup_binding:
 * @self: an open transport
 * @remote: whose end
 *
 * Returns: (transfer full): what names that end of the secure channel
 */
char *
edge_transport_dup_binding (EdgeTransport *self,
                            gboolean       remote)
{
  return EDGE_TRANSPORT_GET_IFACE (self)->dup_binding (self, remote);
}

void
edge_transport_emit_opened (EdgeTransport *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

void
edge_transport_emit_message (EdgeTransport *self,
                             EdgeChannel    channel,
                             GBytes        *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, (guint) channel, message);
}

void
edge_transport_emit_closed (EdgeTransport *self,
                            const char    *reason)
{
  g_signal_emit (self, signals[CLOSED], 0, reason);
}
