/* edge-relay-transport.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-relay-transport.h"

#include <string.h>

#include "mesh/edge-mux.h"

/**
 * EdgeRelayTransport:
 *
 * A link that runs through a signaling backend in sealed envelopes, for two
 * computers between which there is no other path. Small, paced by the
 * backend, and shown as "relayed".
 *
 * The body of an envelope is one byte for the channel and then the message.
 * What binds it to the keys are the envelopes: each is signed, and boxed to
 * the recipient's session key.
 */

/* One record of full size, and its channel. */
#define MAX_MESSAGE (EDGE_MUX_HEADER_SIZE + EDGE_MUX_MAX_PAYLOAD)

G_STATIC_ASSERT (1 + MAX_MESSAGE <= EDGE_ENVELOPE_MAX_BODY);

struct _EdgeRelayTransport
{
  GObject          parent_instance;

  EdgeSwitchboard *switchboard;
  char            *peer_id;
  gboolean         open;
};

static void transport_iface_init (EdgeTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EdgeRelayTransport, edge_relay_transport, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EDGE_TYPE_TRANSPORT, transport_iface_init))

static gboolean
edge_relay_transport_send (EdgeTransport *transport,
                           EdgeChannel    channel,
                           GBytes        *message)
{
  EdgeRelayTransport *self = EDGE_RELAY_TRANSPORT (transport);
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);
  g_autoptr(GBytes) body = NULL;
  guint8 *out;

  if (!self->open || size > MAX_MESSAGE)
    return FALSE;

  out = g_malloc (1 + size);
  out[0] = (guint8) channel;
  memcpy (out + 1, data, size);
  body = g_bytes_new_take (out, 1 + size);
  return edge_switchboard_send (self->switchboard, self->peer_id, EDGE_SIGNAL_DATA, body);
}

static void
edge_relay_transport_close (EdgeTransport *transport,
                            gboolean       gracefully)
{
  EDGE_RELAY_TRANSPORT (transport)->open = FALSE;
}

static gsize
edge_relay_transport_get_max_message (EdgeTransport *transport)
{
  return MAX_MESSAGE;
}

static char *
edge_relay_transport_dup_binding (EdgeTransport *transport,
                                  gboolean       remote)
{
  return g_strdup ("relayed");
}

static void
transport_iface_init (EdgeTransportInterface *iface)
{
  iface->send = edge_relay_transport_send;
  iface->close = edge_relay_transport_close;
  iface->get_max_message = edge_relay_transport_get_max_message;
  iface->dup_binding = edge_relay_transport_dup_binding;
}

static void
edge_relay_transport_finalize (GObject *object)
{
  EdgeRelayTransport *self = EDGE_RELAY_TRANSPORT (object);

  g_clear_object (&self->switchboard);
  g_clear_pointer (&self->peer_id, g_free);

  G_OBJECT_CLASS (edge_relay_transport_parent_class)->finalize (object);
}

static void
edge_relay_transport_class_init (EdgeRelayTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = edge_relay_transport_finalize;
}

static void
edge_relay_transport_init (EdgeRelayTransport *self)
{
}

/**
 * edge_relay_transport_new:
 * @switchboard: what carries the envelopes
 * @peer_id: a peer whose hello came
 *
 * Returns: (transfer full): a transport not yet open
 */
EdgeRelayTransport *
edge_relay_transport_new (EdgeSwitchboard *switchboard,
                          const char      *peer_id)
{
  EdgeRelayTransport *self = g_object_new (EDGE_TYPE_RELAY_TRANSPORT, NULL);

  self->switchboard = g_object_ref (switchboard);
  self->peer_id = g_strdup (peer_id);
  return self;
}

/**
 * edge_relay_transport_open:
 * @self: a transport
 *
 * Opens it and says so.
 */
void
edge_relay_transport_open (EdgeRelayTransport *self)
{
  g_return_if_fail (EDGE_IS_RELAY_TRANSPORT (self));

  self->open = TRUE;
  edge_transport_emit_opened (EDGE_TRANSPORT (self));
}

/**
 * edge_relay_transport_receive:
 * @self: an open transport
 * @body: the body of a data envelope of the peer
 */
void
edge_relay_transport_receive (EdgeRelayTransport *self,
                              GBytes             *body)
{
  g_autoptr(GBytes) message = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (body, &size);

  g_return_if_fail (EDGE_IS_RELAY_TRANSPORT (self));

  if (!self->open || size < 2 || data[0] >= EDGE_N_CHANNELS)
    return;
  message = g_bytes_new_from_bytes (body, 1, size - 1);
  edge_transport_emit_message (EDGE_TRANSPORT (self), data[0], message);
}
