/* edge-peer-bytes.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-peer-private.h"

/**
 * edge_peer_add_bytes:
 * @self: a peer
 * @in: bytes of messages that came, since the last call
 * @out: bytes of messages that went
 *
 * Counts what travelled. Faces ask for it; it notifies nobody.
 */
void
edge_peer_add_bytes (EdgePeer *self,
                     guint64   in,
                     guint64   out)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  self->bytes_in += in;
  self->bytes_out += out;
}

/**
 * edge_peer_get_bytes_in:
 * @self: a peer
 *
 * Returns: bytes of messages that came over links to it, without what ICE, DTLS and SCTP add
 */
guint64
edge_peer_get_bytes_in (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), 0);

  return self->bytes_in;
}

/**
 * edge_peer_get_bytes_out:
 * @self: a peer
 *
 * Returns: the same of what went
 */
guint64
edge_peer_get_bytes_out (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), 0);

  return self->bytes_out;
}
