/* edge-node-given.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-given.h"

#include <glib/gi18n-lib.h>

#include "node/edge-node-invite-private.h"

/**
 * edge_node_invite_another:
 * @self: a node
 * @error: return location for an error in the `EDGE_NODE_ERROR` or `EDGE_INVITATION_ERROR` domain
 *
 * As edge_node_invite_network(), but never the one that was given before: so that each can be
 * taken back alone.
 *
 * Returns: (transfer full): the invitation
 */
EdgeInvitation *
edge_node_invite_another (EdgeNode  *self,
                          GError   **error)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  g_clear_object (&self->invites->current);
  return edge_node_invite_network (self, error);
}

/**
 * edge_node_list_invitations:
 * @self: a node
 *
 * Returns: (transfer full) (element-type EdgeGiven): the invitations into the network that is
 *   joined that count, the newest first
 */
GPtrArray *
edge_node_list_invitations (EdgeNode *self)
{
  const char *network_id;

  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  network_id = _edge_node_get_network_id (self);
  if (network_id == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) edge_given_free);
  return edge_ticket_book_list (self->invites->book, network_id, g_get_real_time () / 1000);
}

/**
 * edge_node_withdraw_invitation:
 * @self: a node
 * @prefix: the beginning of a ticket
 * @error: return location for an error in the `EDGE_NODE_ERROR` domain
 *
 * Takes back one invitation into the network that is joined: nobody is let in on its word any
 * more. What it carried is known to who has it, as with edge_node_revoke_invitations().
 *
 * Returns: whether there is one, and only one
 */
gboolean
edge_node_withdraw_invitation (EdgeNode    *self,
                               const char  *prefix,
                               GError     **error)
{
  g_autoptr(GPtrArray) given = NULL;
  const EdgeGiven *found = NULL;
  guint n = 0;

  g_return_val_if_fail (EDGE_IS_NODE (self), FALSE);
  g_return_val_if_fail (prefix != NULL, FALSE);

  given = edge_node_list_invitations (self);
  for (guint i = 0; i < given->len && prefix[0] != '\0'; i++)
    if (g_str_has_prefix (((EdgeGiven *) given->pdata[i])->ticket, prefix))
      {
        found = given->pdata[i];
        n++;
      }
  if (n != 1)
    {
      g_set_error (error, EDGE_NODE_ERROR,
                   n == 0 ? EDGE_NODE_ERROR_NO_INVITATION : EDGE_NODE_ERROR_AMBIGUOUS,
                   n == 0 ? _("No invitation that counts has a ticket that begins with “%s”")
                          : _("Several invitations have tickets that begin with “%s”"), prefix);
      return FALSE;
    }

  edge_ticket_book_withdraw (self->invites->book, found->ticket);
  _edge_node_save_invites (self);
  return TRUE;
}
