/* edge-node-invite.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-invite.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "ledger/edge-open-genesis.h"
#include "node/edge-network-default.h"
#include "node/edge-network-folder.h"
#include "node/edge-node-invite-private.h"
#include "node/edge-relay-address.h"

static guint taken_signal;

static gint64
wall_clock (void)
{
  return g_get_real_time () / 1000;
}

void
_edge_node_invite_class_init (EdgeNodeClass *klass)
{
  /* Described in edge-node-invite.h. */
  taken_signal = g_signal_new ("invitation-taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                               0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
}

EdgeNodeInvites *
_edge_node_invites_new (const char *state_dir)
{
  EdgeNodeInvites *self = g_new0 (EdgeNodeInvites, 1);
  g_autoptr(GError) error = NULL;

  self->book = edge_ticket_book_new ();
  self->directs = _edge_node_directs_new ();
  self->handed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->hosted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (state_dir != NULL &&
      !edge_ticket_book_load (self->book, state_dir, wall_clock (), &error))
    g_message ("%s in %s is not used: %s", EDGE_TICKET_BOOK_FILE, state_dir, error->message);
  return self;
}

void
_edge_node_invites_free (EdgeNodeInvites *self)
{
  g_clear_pointer (&self->guest, _edge_node_guest_free);
  g_clear_pointer (&self->book, edge_ticket_book_free);
  g_clear_pointer (&self->directs, g_ptr_array_unref);
  g_clear_pointer (&self->handed, g_hash_table_unref);
  g_clear_pointer (&self->hosted, g_hash_table_unref);
  g_clear_object (&self->current);
  g_free (self);
}

void
_edge_node_save_invites (EdgeNode *self)
{
  g_autoptr(GError) error = NULL;

  if (self->state_dir != NULL &&
      !edge_ticket_book_save (self->invites->book, self->state_dir, &error))
    _edge_node_emit_problem (self, "save", error->message,
                   _("Make room on the disk, and see that the folder belongs to you."));
}

/* The network of an id, as far as it is known here. */
EdgeNetwork *
_edge_node_find_network (EdgeNode   *self,
                         const char *network_id)
{
  const char *last = self->store->network;
  EdgeNetwork *known[] = {
    last != NULL ? edge_network_new_open (last) : NULL,
    edge_network_new_open (EDGE_NETWORK_DEFAULT_NAME),
    edge_network_new_default (),
  };
  EdgeNetwork *found = NULL;

  if (self->network != NULL && g_str_equal (self->network->id, network_id))
    found = edge_network_copy (self->network);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (found == NULL && known[i] != NULL && g_str_equal (known[i]->id, network_id))
        found = g_steal_pointer (&known[i]);
      g_clear_pointer (&known[i], edge_network_free);
    }
  if (found != NULL)
    return found;

  return self->state_dir != NULL ? edge_network_folder_find (self->state_dir, network_id, NULL)
                                 : NULL;
}

/**
 * edge_node_dup_network_name:
 * @self: a node
 * @network_id: id of a network
 *
 * Returns: (transfer full) (nullable): its name, %NULL when it is not known here
 */
char *
edge_node_dup_network_name (EdgeNode   *self,
                            const char *network_id)
{
  g_autoptr(EdgeNetwork) network = NULL;

  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  network = _edge_node_find_network (self, network_id);
  return network != NULL ? g_strdup (network->name) : NULL;
}

/* The person's own relays, then those of the invitation that led here. */
GStrv
_edge_node_dup_relays (EdgeNode *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) invited = NULL;

  g_strv_builder_addv (builder, (const char **) self->relays);
  invited = edge_ticket_book_dup_relays (self->invites->book, _edge_node_get_network_id (self));
  for (guint i = 0; invited[i] != NULL; i++)
    if (!g_strv_contains ((const char * const *) self->relays, invited[i]))
      g_strv_builder_add (builder, invited[i]);

  return g_strv_builder_end (builder);
}

/* Tells a peer of the tickets that it gave and that led here. */
void
_edge_node_tell_taken (EdgeNode   *self,
                       EdgeMesh   *mesh,
                       EdgePeer   *peer,
                       const char *network_id)
{
  g_auto(GStrv) due = edge_ticket_book_dup_due (self->invites->book, network_id,
                                                edge_peer_get_id (peer), wall_clock ());

  for (guint i = 0; due[i] != NULL; i++)
    {
      g_autoptr(JsonObject) frame = json_object_new ();
      g_autoptr(GError) error = NULL;

      json_object_set_string_member (frame, "type", "invite_taken");
      json_object_set_string_member (frame, "ticket", due[i]);
      if (!edge_mesh_send (mesh, peer, frame, &error))
        g_debug ("An inviter is not told: %s", error->message);
    }
}

static void
link_up_cb (EdgeMesh *mesh,
            EdgePeer *peer,
            EdgeNode *self)
{
  _edge_node_tell_taken (self, mesh, peer, _edge_node_get_network_id (self));
}

static void
taken_frame_cb (EdgeMesh   *mesh,
                EdgePeer   *peer,
                const char *type,
                JsonObject *frame,
                EdgeNode   *self)
{
  guint8 ticket[EDGE_INVITATION_TICKET_SIZE];
  const char *text = NULL;

  if (!edge_json_read_string (frame, "ticket", EDGE_TICKET_TEXT_LENGTH, &text, NULL) ||
      text == NULL || !edge_base64url_decode_fixed (text, -1, ticket, sizeof ticket))
    {
      edge_mesh_report_fault (mesh, peer, "A ticket is malformed");
      return;
    }

  /* The inviter is told at each link; only the first time is news. */
  if (!edge_ticket_book_take (self->invites->book, text, _edge_node_get_network_id (self),
                              edge_peer_get_id (peer), wall_clock ()))
    return;

  _edge_node_save_invites (self);
  g_signal_emit (self, taken_signal, 0, peer);
}

void
_edge_node_watch_invites (EdgeNode *self,
                          EdgeMesh *mesh)
{
  g_signal_connect_object (mesh, "frame::invite_taken", G_CALLBACK (taken_frame_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (mesh, "link-up", G_CALLBACK (link_up_cb), self, G_CONNECT_DEFAULT);
  _edge_node_watch_newcomers (self, mesh);
}

/* What an invitation can carry: up to four addresses that share one token. */
typedef struct
{
  GPtrArray *urls;
  char      *token;
  gboolean   has_token;
} Addresses;

static void
add_address (Addresses  *addresses,
             const char *typed)
{
  g_autofree char *url = NULL;
  g_autofree char *token = NULL;

  if (addresses->urls->len >= EDGE_INVITATION_MAX_ADDRESSES ||
      !edge_relay_address_read (typed, &url, &token, NULL) ||
      strlen (url) > EDGE_INVITATION_MAX_ADDRESS ||
      (token != NULL && strlen (token) > EDGE_INVITATION_MAX_TOKEN) ||
      g_ptr_array_find_with_equal_func (addresses->urls, url, g_str_equal, NULL))
    return;

  if (!addresses->has_token)
    g_set_str (&addresses->token, token);
  else if (g_strcmp0 (addresses->token, token) != 0)
    return;
  addresses->has_token = TRUE;
  g_ptr_array_add (addresses->urls, g_steal_pointer (&url));
}

/* Those that reach farthest come first; what only this computer reaches helps nobody else, and
 * is told when there is nothing better, for two people at one computer. */
static GStrv
find_addresses (EdgeNode  *self,
                char     **token)
{
  g_auto(GStrv) relays = _edge_node_dup_relays (self);
  const char *own = edge_membership_get_own_relay (self->membership);
  g_auto(GStrv) expanded = own != NULL ? edge_relay_reach_expand (own) : g_new0 (char *, 1);
  g_autoptr(GPtrArray) urls = g_ptr_array_new_with_free_func (g_free);
  Addresses addresses = { urls, NULL, FALSE };

  for (int reach = EDGE_RELAY_REACH_ANYWHERE; reach > EDGE_RELAY_REACH_NONE; reach--)
    {
      if (reach == EDGE_RELAY_REACH_COMPUTER && urls->len > 0)
        break;
      for (guint i = 0; relays[i] != NULL; i++)
        if (edge_relay_reach_of (relays[i]) == (EdgeRelayReach) reach)
          add_address (&addresses, relays[i]);
      for (guint i = 0; expanded[i] != NULL; i++)
        if (edge_relay_reach_of (expanded[i]) == (EdgeRelayReach) reach)
          add_address (&addresses, expanded[i]);
    }

  *token = addresses.token;
  g_ptr_array_add (urls, NULL);
  return (GStrv) g_ptr_array_steal (urls, NULL);
}

/* What a guest may use besides the relays that the founder names: with the token before the host,
 * and nothing that only this computer reaches. */
GStrv
_edge_node_dup_addresses (EdgeNode *self)
{
  const char *own = edge_membership_get_own_relay (self->membership);
  g_auto(GStrv) relays = _edge_node_dup_relays (self);
  g_auto(GStrv) expanded = own != NULL ? edge_relay_reach_expand (own) : g_new0 (char *, 1);
  GStrv sources[] = { relays, expanded };
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    for (guint j = 0; sources[i][j] != NULL && found->len < EDGE_INVITATION_MAX_ADDRESSES; j++)
      if (edge_relay_reach_of (sources[i][j]) > EDGE_RELAY_REACH_COMPUTER)
        g_ptr_array_add (found, g_strdup (sources[i][j]));

  g_ptr_array_add (found, NULL);
  return (GStrv) g_ptr_array_steal (found, NULL);
}

static gboolean
says_the_same (EdgeInvitation *invitation,
               EdgeNode       *self,
               GStrv           addresses,
               const char     *token)
{
  return g_str_equal (edge_invitation_get_network_id (invitation), _edge_node_get_network_id (self)) &&
         g_strcmp0 (edge_invitation_get_inviter_name (invitation),
                    self->name != NULL ? self->name : "") == 0 &&
         g_strcmp0 (edge_invitation_get_relay_token (invitation), token) == 0 &&
         g_strv_equal (edge_invitation_get_addresses (invitation),
                       (const char * const *) addresses);
}

/**
 * edge_node_invite_network:
 * @self: a node
 * @error: return location for an error in the `EDGE_NODE_ERROR` or `EDGE_INVITATION_ERROR` domain
 *
 * Makes an invitation into the network that is joined. It is good for seven days, for whoever
 * has it. The one made before is given again as long as it says the same and most of its time
 * is left. Who can use it is told by edge_relay_reach_of_all() of its addresses.
 *
 * Returns: (transfer full): the invitation
 */
EdgeInvitation *
edge_node_invite_network (EdgeNode  *self,
                          GError   **error)
{
  EdgeNodeInvites *invites;
  g_auto(GStrv) addresses = NULL;
  g_autofree char *token = NULL;
  gint64 now = wall_clock ();

  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  invites = self->invites;
  if (self->membership == NULL)
    {
      g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                           _("No network is joined"));
      return NULL;
    }

  addresses = find_addresses (self, &token);
  if (invites->current != NULL && edge_ticket_book_is_given (invites->book, invites->current) &&
      edge_invitation_get_expires (invites->current) > now + EDGE_INVITATION_NETWORK_LIFETIME / 2 &&
      says_the_same (invites->current, self, addresses, token))
    return g_object_ref (invites->current);

  g_clear_object (&invites->current);
  invites->current = edge_invitation_new_network (self->identity, _edge_node_get_network_id (self),
                                                  now + EDGE_INVITATION_NETWORK_LIFETIME,
                                                  self->network->name, self->name,
                                                  self->network->open ? NULL : self->network->room_secret, token, NULL,
                                                  (const char * const *) addresses, error);
  if (invites->current == NULL)
    return NULL;

  edge_ticket_book_add_given (invites->book, invites->current, now);
  _edge_node_save_invites (self);
  return g_object_ref (invites->current);
}

/**
 * edge_node_revoke_invitations:
 * @self: a node
 *
 * Takes back all invitations into the network that is joined: nobody is let in on their word
 * any more. What they carried is known to who has them; a relay's token has to be changed there.
 *
 * Returns: how many were still good
 */
guint
edge_node_revoke_invitations (EdgeNode *self)
{
  guint n;

  g_return_val_if_fail (EDGE_IS_NODE (self), 0);

  if (_edge_node_get_network_id (self) == NULL)
    return 0;

  _edge_node_end_directs (self);
  g_clear_object (&self->invites->current);
  n = edge_ticket_book_revoke (self->invites->book, _edge_node_get_network_id (self), wall_clock ());
  _edge_node_save_invites (self);
  return n;
}

static gboolean
is_open (EdgeInvitation *invitation)
{
  g_autofree char *name = edge_open_genesis_name (edge_invitation_get_network_name (invitation));
  g_autofree char *id = name != NULL ? edge_open_genesis_id (name) : NULL;

  return g_strcmp0 (id, edge_invitation_get_network_id (invitation)) == 0;
}

/**
 * edge_node_check_invitation:
 * @self: a node
 * @invitation: an invitation
 * @error: return location for an error in the `EDGE_NODE_ERROR` or `EDGE_INVITATION_ERROR` domain
 *
 * Returns: whether edge_node_accept_async() would take it now
 */
gboolean
edge_node_check_invitation (EdgeNode        *self,
                            EdgeInvitation  *invitation,
                            GError         **error)
{
  EdgeInvitationKind kind = edge_invitation_get_kind (invitation);

  g_return_val_if_fail (EDGE_IS_NODE (self), FALSE);
  g_return_val_if_fail (EDGE_IS_INVITATION (invitation), FALSE);

  if (!edge_invitation_check (invitation, wall_clock (), NULL, error))
    return FALSE;
  if (g_strcmp0 (edge_invitation_get_inviter (invitation), edge_node_get_id (self)) == 0)
    {
      g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_OWN_INVITATION,
                           _("This is your own invitation. Give it to somebody else."));
      return FALSE;
    }
  if (kind == EDGE_INVITATION_KIND_NETWORK &&
      edge_invitation_get_room_secret (invitation) == NULL && !is_open (invitation))
    {
      g_set_error_literal (error, EDGE_INVITATION_ERROR, EDGE_INVITATION_ERROR_MALFORMED,
                           "The network's id does not follow from its name, and its secret is missing");
      return FALSE;
    }
  return TRUE;
}

static void
accept_network (EdgeNode *self,
                GTask    *task)
{
  EdgeInvitation *invitation = g_task_get_task_data (task);
  const char *network_id = edge_invitation_get_network_id (invitation);
  g_autoptr(EdgeNetwork) network = NULL;
  g_autoptr(EdgePeer) inviter = NULL;

  edge_ticket_book_add_taken (self->invites->book, invitation, wall_clock ());
  _edge_node_save_invites (self);
  _edge_node_tell_inviter (self);
  if (edge_invitation_get_room_secret (invitation) == NULL)
    network = edge_network_new_open (edge_invitation_get_network_name (invitation));
  else
    network = _edge_node_find_network (self, network_id);
  if (network == NULL)
    {
      _edge_node_join_newcomer (self, task);
      return;
    }

  if (g_strcmp0 (_edge_node_get_network_id (self), network_id) != 0)
    edge_node_join (self, network);
  else
    _edge_node_apply_relays (self);
  if (g_strcmp0 (_edge_node_get_network_id (self), network_id) != 0)
    {
      g_task_return_new_error (task, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_JOIN,
                               _("The network “%s” can’t be joined from here"), network->name);
      return;
    }

  inviter = edge_node_find_peer (self, edge_invitation_get_inviter (invitation), NULL);
  if (inviter != NULL && edge_peer_get_state (inviter) == EDGE_PEER_STATE_CONNECTED)
    _edge_node_tell_taken (self, edge_membership_get_mesh (self->membership), inviter, network_id);
  g_task_return_boolean (task, TRUE);
}

/**
 * edge_node_accept_async:
 * @self: a node that has its identity
 * @invitation: somebody else's invitation
 * @cancellable: (nullable): to wait no longer
 * @callback: called when it is taken
 * @user_data: for @callback
 *
 * Takes an invitation. Into a network: joins it and uses its relays; the inviter is told once
 * there is a link. An offer of a direct link: makes the answer that has to be carried back. An
 * answer: waits until the link is there.
 */
void
edge_node_accept_async (EdgeNode            *self,
                        EdgeInvitation      *invitation,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (EDGE_IS_INVITATION (invitation));
  g_return_if_fail (self->identity != NULL && self->stopping == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_node_accept_async);
  g_task_set_task_data (task, g_object_ref (invitation), g_object_unref);

  if (!edge_node_check_invitation (self, invitation, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  switch (edge_invitation_get_kind (invitation))
    {
    case EDGE_INVITATION_KIND_OFFER:
      _edge_node_accept_offer (self, task);
      break;
    case EDGE_INVITATION_KIND_ANSWER:
      _edge_node_accept_answer (self, task);
      break;
    case EDGE_INVITATION_KIND_NETWORK:
    default:
      accept_network (self, task);
      break;
    }
}

/**
 * edge_node_accept_finish:
 * @self: a node
 * @result: what the callback was given
 * @answer: (out) (optional) (nullable) (transfer full): of an offer, what has to be carried back
 * @error: return location for an error in the `EDGE_NODE_ERROR`, `EDGE_INVITATION_ERROR` or
 *   `G_IO_ERROR` domain
 *
 * Returns: whether it was taken
 */
gboolean
edge_node_accept_finish (EdgeNode        *self,
                         GAsyncResult    *result,
                         EdgeInvitation **answer,
                         GError         **error)
{
  EdgeInvitation *invitation;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  invitation = g_task_get_task_data (G_TASK (result));
  if (answer != NULL)
    *answer = NULL;
  if (edge_invitation_get_kind (invitation) == EDGE_INVITATION_KIND_OFFER)
    {
      g_autoptr(EdgeInvitation) made = g_task_propagate_pointer (G_TASK (result), error);

      if (made != NULL && answer != NULL)
        *answer = g_steal_pointer (&made);
      return made != NULL || (answer != NULL && *answer != NULL);
    }

  return g_task_propagate_boolean (G_TASK (result), error);
}
