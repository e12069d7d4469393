/* edge-mesh-peer.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-mesh"

#include "mesh/edge-mesh-private.h"

#include <string.h>

/* What is said to, and about, one peer. */

#define APART_AFTER (60 * G_USEC_PER_SEC)

static EdgeLink *
link_to (EdgeMesh  *self,
         EdgePeer  *peer,
         GError   **error)
{
  EdgeMeshEntry *entry = g_hash_table_lookup (self->by_id, edge_peer_get_id (peer));

  if (entry != NULL && entry->link != NULL && edge_link_is_up (entry->link))
    return entry->link;

  g_set_error (error, EDGE_MESH_ERROR, EDGE_MESH_ERROR_NOT_LINKED,
               "There is no link to %s now",
               edge_peer_get_name (peer) != NULL ? edge_peer_get_name (peer) : edge_peer_get_id (peer));
  return NULL;
}

/**
 * edge_mesh_send:
 * @self: a mesh
 * @peer: to whom
 * @frame: a frame with its type; at most 64 KiB as text
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * Returns: whether it was queued
 */
gboolean
edge_mesh_send (EdgeMesh    *self,
                EdgePeer    *peer,
                JsonObject  *frame,
                GError     **error)
{
  EdgeLink *link;

  g_return_val_if_fail (EDGE_IS_MESH (self), FALSE);

  link = link_to (self, peer, error);
  return link != NULL && edge_link_send (link, frame, error);
}

/**
 * edge_mesh_send_bulk:
 * @self: a mesh
 * @peer: to whom
 * @payload: 1 to 65536 bytes
 * @error: return location for an error in the `EDGE_MESH_ERROR` domain
 *
 * Returns: whether it was queued
 */
gboolean
edge_mesh_send_bulk (EdgeMesh  *self,
                     EdgePeer  *peer,
                     GBytes    *payload,
                     GError   **error)
{
  EdgeLink *link;

  g_return_val_if_fail (EDGE_IS_MESH (self), FALSE);

  link = link_to (self, peer, error);
  return link != NULL && edge_link_send_bulk (link, payload, error);
}

/**
 * edge_mesh_get_clock_ahead:
 * @self: a mesh
 * @peer: a peer
 *
 * Returns: by how many ms its clock is ahead of ours; 0 without a link
 */
gint64
edge_mesh_get_clock_ahead (EdgeMesh *self,
                           EdgePeer *peer)
{
  EdgeLink *link;

  g_return_val_if_fail (EDGE_IS_MESH (self), 0);

  link = link_to (self, peer, NULL);
  return link != NULL ? edge_link_get_clock_ahead (link) : 0;
}

/**
 * edge_mesh_get_waiting:
 * @self: a mesh
 * @peer: to whom
 *
 * Returns: bytes of payloads that were queued and not sent yet; 0 without a link
 */
gsize
edge_mesh_get_waiting (EdgeMesh *self,
                       EdgePeer *peer)
{
  EdgeLink *link;

  g_return_val_if_fail (EDGE_IS_MESH (self), 0);

  link = link_to (self, peer, NULL);
  return link != NULL ? edge_link_get_waiting (link) : 0;
}

/**
 * edge_mesh_hold_bulk:
 * @self: a mesh
 * @peer: a peer
 * @held: whether it is to send no more in bulk for now than its window
 *
 * What is taken in more slowly than it comes must not pile up.
 */
void
edge_mesh_hold_bulk (EdgeMesh *self,
                     EdgePeer *peer,
                     gboolean  held)
{
  EdgeLink *link;

  g_return_if_fail (EDGE_IS_MESH (self));

  link = link_to (self, peer, NULL);
  if (link != NULL)
    edge_link_hold_bulk (link, held);
}

/**
 * edge_mesh_offers_to:
 * @self: a mesh
 * @peer: a peer
 *
 * Returns: whether of the two it is us who begins, because our key is the smaller
 */
gboolean
edge_mesh_offers_to (EdgeMesh *self,
                     EdgePeer *peer)
{
  g_return_val_if_fail (EDGE_IS_MESH (self), FALSE);

  return strcmp (self->own_id, edge_peer_get_id (peer)) < 0;
}

/**
 * edge_mesh_report_fault:
 * @self: a mesh
 * @peer: who sent something wrong
 * @what: what was wrong, for the log
 *
 * The third fault in a minute ends the link.
 */
void
edge_mesh_report_fault (EdgeMesh   *self,
                        EdgePeer   *peer,
                        const char *what)
{
  EdgeLink *link;

  g_return_if_fail (EDGE_IS_MESH (self));

  link = link_to (self, peer, NULL);
  if (link != NULL)
    edge_link_report_fault (link, what);
}

/**
 * edge_mesh_disconnect:
 * @self: a mesh
 * @peer: from whom
 *
 * Ends the link. The peer stays known; it or we may link again later.
 */
void
edge_mesh_disconnect (EdgeMesh *self,
                      EdgePeer *peer)
{
  EdgeMeshEntry *entry;

  g_return_if_fail (EDGE_IS_MESH (self));

  entry = g_hash_table_lookup (self->by_id, edge_peer_get_id (peer));
  if (entry == NULL || entry->link == NULL)
    return;
  edge_link_close (entry->link, "disconnect");
  entry->retry_at = g_get_monotonic_time () + APART_AFTER;
}

/**
 * edge_mesh_set_blocked:
 * @self: a mesh
 * @peer_id: whom
 * @blocked: whether nothing of this peer is taken any more
 */
void
edge_mesh_set_blocked (EdgeMesh   *self,
                       const char *peer_id,
                       gboolean    blocked)
{
  EdgeMeshEntry *entry;

  g_return_if_fail (EDGE_IS_MESH (self));

  if (blocked)
    g_hash_table_add (self->blocked, g_strdup (peer_id));
  else
    g_hash_table_remove (self->blocked, peer_id);

  entry = g_hash_table_lookup (self->by_id, peer_id);
  if (entry == NULL)
    return;
  entry->blocked = blocked;
  if (blocked && entry->link != NULL)
    edge_link_close (entry->link, "blocked");
  entry->retry_at = 0;
  _edge_mesh_ensure_balance (self);
}
