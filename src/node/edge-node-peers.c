/* edge-node-peers.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
message_frame_cb (EdgeMesh   *mesh,
                  EdgePeer   *peer,
                  const char *type,
                  JsonObject *frame,
                  EdgeNode   *self)
{
  g_autoptr(GError) error = NULL;
  EdgeMessage *message = edge_message_log_take (self->messages, edge_peer_get_id (peer), frame,
                                                g_get_monotonic_time (), g_get_real_time () / 1000,
                                                &error);

  if (message != NULL)
    _edge_node_emit_message (self, message);
  else if (error != NULL)
    edge_mesh_report_fault (mesh, peer, error->message);
}

static void
block_in_mesh (gpointer id,
               gpointer value,
               gpointer user_data)
{
  edge_mesh_set_blocked (user_data, id, TRUE);
}

/* What is to be done with the peers of a network newly joined. */
void
_edge_node_watch_peers (EdgeNode *self,
                        EdgeMesh *mesh)
{
  g_signal_connect_object (mesh, "frame::message", G_CALLBACK (message_frame_cb), self,
                           G_CONNECT_DEFAULT);
  _edge_node_watch_invites (self, mesh);
  g_hash_table_foreach (self->store->blocked, block_in_mesh, mesh);
}

GStrv
_edge_node_dup_blocked (EdgeNode *self)
{
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (self->store->blocked, NULL);

  return g_strdupv ((char **) ids);
}

/**
 * edge_node_find_peer:
 * @self: a node
 * @prefix: the beginning of a peer's id, or its whole name
 * @error: return location for an error in the `EDGE_NODE_ERROR` domain
 *
 * Returns: (transfer full): the one peer meant
 */
EdgePeer *
edge_node_find_peer (EdgeNode    *self,
                     const char  *prefix,
                     GError     **error)
{
  g_autoptr(EdgePeer) found = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->peers));

  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);
  g_return_val_if_fail (prefix != NULL, NULL);

  for (guint i = 0; i < n && prefix[0] != '\0'; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (self->peers), i);

      if (!g_str_has_prefix (edge_peer_get_id (peer), prefix) &&
          g_strcmp0 (edge_peer_get_name (peer), prefix) != 0)
        continue;
      if (found != NULL)
        {
          g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_AMBIGUOUS,
                       _("More than one peer is meant by “%s”; type more of its id"), prefix);
          return NULL;
        }
      found = g_steal_pointer (&peer);
    }

  if (found == NULL)
    g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_PEER,
                 _("No peer has the name “%s” or an id that begins so"), prefix);

  return g_steal_pointer (&found);
}

static gboolean
translate_error (GError  *local,
                 GError **error)
{
  g_autoptr(GError) taken = local;
  int code = EDGE_NODE_ERROR_NOT_LINKED;

  if (g_error_matches (taken, EDGE_MESH_ERROR, EDGE_MESH_ERROR_BUSY))
    code = EDGE_NODE_ERROR_BUSY;
  else if (g_error_matches (taken, EDGE_MESH_ERROR, EDGE_MESH_ERROR_TOO_LARGE))
    code = EDGE_NODE_ERROR_TEXT;

  g_set_error_literal (error, EDGE_NODE_ERROR, code, taken->message);
  return FALSE;
}

/**
 * edge_node_send_message:
 * @self: a node
 * @peer: to whom
 * @text: what to say
 * @error: return location for an error in the `EDGE_NODE_ERROR` domain
 *
 * Returns: whether it was sent
 */
gboolean
edge_node_send_message (EdgeNode    *self,
                        EdgePeer    *peer,
                        const char  *text,
                        GError     **error)
{
  g_autoptr(JsonObject) frame = NULL;
  g_autoptr(EdgeMessage) message = NULL;
  GError *local = NULL;

  g_return_val_if_fail (EDGE_IS_NODE (self), FALSE);
  g_return_val_if_fail (EDGE_IS_PEER (peer), FALSE);

  if (self->membership == NULL)
    {
      g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                           _("No network is joined"));
      return FALSE;
    }

  frame = edge_message_log_make_frame (text, error);
  if (frame == NULL)
    return FALSE;
  if (!edge_mesh_send (edge_membership_get_mesh (self->membership), peer, frame, &local))
    return translate_error (local, error);

  message = edge_message_new (edge_peer_get_id (peer), text, TRUE, g_get_real_time () / 1000);
  edge_message_log_add (self->messages, message);
  return TRUE;
}

/**
 * edge_node_disconnect_peer:
 * @self: a node
 * @peer: from whom
 *
 * Ends the link. Peers may link again later; edge_node_set_blocked() keeps them away.
 */
void
edge_node_disconnect_peer (EdgeNode *self,
                           EdgePeer *peer)
{
  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (EDGE_IS_PEER (peer));

  if (self->membership != NULL)
    edge_mesh_disconnect (edge_membership_get_mesh (self->membership), peer);
}

/**
 * edge_node_set_blocked:
 * @self: a node
 * @peer_id: whom
 * @blocked: whether nothing of this peer is taken any more, in whatever network
 */
void
edge_node_set_blocked (EdgeNode   *self,
                       const char *peer_id,
                       gboolean    blocked)
{
  gboolean changed;

  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (peer_id != NULL);

  if (blocked && g_hash_table_size (self->store->blocked) >= EDGE_NODE_STORE_MAX_BLOCKED)
    return;
  changed = blocked ? g_hash_table_add (self->store->blocked, g_strdup (peer_id))
                    : g_hash_table_remove (self->store->blocked, peer_id);
  if (!changed)
    return;

  if (self->membership != NULL)
    edge_mesh_set_blocked (edge_membership_get_mesh (self->membership), peer_id, blocked);
  _edge_node_save (self);
  _edge_node_notify (self, PROP_BLOCKED);
}
