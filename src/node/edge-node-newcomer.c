/* edge-node-newcomer.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-node-newcomer"

#include "config.h"

#include "node/edge-node-invite-private.h"

#include <glib/gi18n-lib.h>

#include "base/edge-json.h"

/* An invitation into a founded network says where its members meet, not what its rules are:
 * the genesis is too long for a code. The first member that is met hands it out, and its id,
 * which the inviter signed, tells whether it is the right one. */

#define LIMIT_SECONDS 20

typedef struct
{
  EdgeNode       *node;
  GTask          *task;
  EdgeMembership *membership;
  EdgeNetwork    *previous;
  EdgeNetwork    *found;
  guint           limit;
} Newcomer;

static void
newcomer_free (Newcomer *self)
{
  g_clear_object (&self->membership);
  g_clear_object (&self->task);
  g_clear_object (&self->node);
  g_clear_pointer (&self->previous, edge_network_free);
  g_clear_pointer (&self->found, edge_network_free);
  g_free (self);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Newcomer *self = user_data;
  EdgeInvitation *invitation = g_task_get_task_data (self->task);
  EdgeNetwork *next = self->found != NULL ? self->found : self->previous;
  const char *inviter = edge_invitation_get_inviter_name (invitation);

  edge_membership_stop_finish (EDGE_MEMBERSHIP (source), result, NULL);

  /* Another network may have been chosen meanwhile. */
  if (next != NULL && self->node->network == NULL && self->node->stopping == NULL)
    edge_node_join (self->node, next);
  if (self->found != NULL)
    g_task_return_boolean (self->task, TRUE);
  else
    g_task_return_new_error (self->task, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_JOIN,
                             _("Nobody in “%1$s” answers. %2$s has to be online, and both of you at a relay that the other reaches."),
                             edge_invitation_get_network_name (invitation),
                             inviter[0] != '\0' ? inviter : _("The inviter"));
  newcomer_free (self);
}

static void
finish (Newcomer *self)
{
  g_clear_handle_id (&self->limit, g_source_remove);
  g_signal_handlers_disconnect_by_data (edge_membership_get_mesh (self->membership), self);
  edge_membership_stop_async (self->membership, stopped_cb, self);
}

static gboolean
limit_cb (gpointer user_data)
{
  Newcomer *self = user_data;

  self->limit = 0;
  finish (self);
  return G_SOURCE_REMOVE;
}

static void
link_up_cb (EdgeMesh *mesh,
            EdgePeer *peer,
            Newcomer *self)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (frame, "type", "genesis_request");
  if (!edge_mesh_send (mesh, peer, frame, &error))
    g_debug ("A member is not asked: %s", error->message);
}

static void
genesis_cb (EdgeMesh   *mesh,
            EdgePeer   *peer,
            const char *type,
            JsonObject *frame,
            Newcomer   *self)
{
  EdgeInvitation *invitation = g_task_get_task_data (self->task);
  static const char * const none[] = { NULL };
  g_autoptr(EdgeNetwork) network = NULL;
  const char *genesis = NULL;

  if (edge_json_read_string (frame, "genesis", EDGE_NETWORK_MAX_FILE, &genesis, NULL) &&
      genesis != NULL)
    network = edge_network_new_founded (genesis, edge_invitation_get_room_secret (invitation), none,
                                        NULL);
  if (network == NULL ||
      !g_str_equal (network->id, edge_invitation_get_network_id (invitation)))
    {
      edge_mesh_report_fault (mesh, peer, "This is not the genesis of the network");
      return;
    }

  self->found = g_steal_pointer (&network);
  finish (self);
}

/**
 * _edge_node_join_newcomer:
 * @self: a node
 * @task: a task whose data is an invitation into a founded network that is not known here
 *
 * Meets its members, gets the genesis from one, and joins. In vain it goes back to where it was.
 */
void
_edge_node_join_newcomer (EdgeNode *self,
                          GTask    *task)
{
  EdgeInvitation *invitation = g_task_get_task_data (task);
  const char *id = edge_invitation_get_network_id (invitation);
  Newcomer *newcomer = g_new0 (Newcomer, 1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) invited = edge_ticket_book_dup_relays (self->invites->book, id);
  g_auto(GStrv) relays = NULL;
  g_autoptr(EdgeRoom) room = NULL;
  EdgeMesh *mesh;

  newcomer->node = g_object_ref (self);
  newcomer->task = g_object_ref (task);
  newcomer->previous = self->network != NULL ? edge_network_copy (self->network) : NULL;

  /* A relay knows an id in one room at a time. */
  edge_node_leave (self);

  room = edge_room_new (id, edge_invitation_get_room_secret (invitation));
  newcomer->membership = edge_membership_new (self->identity, room, self->name);
  mesh = edge_membership_get_mesh (newcomer->membership);
  g_signal_connect (mesh, "link-up", G_CALLBACK (link_up_cb), newcomer);
  g_signal_connect (mesh, "frame::genesis", G_CALLBACK (genesis_cb), newcomer);

  g_strv_builder_addv (builder, (const char **) invited);
  for (guint i = 0; self->relays[i] != NULL; i++)
    if (!g_strv_contains ((const char * const *) invited, self->relays[i]))
      g_strv_builder_add (builder, self->relays[i]);
  relays = g_strv_builder_end (builder);
  edge_membership_set_stun_servers (newcomer->membership, (const char * const *) self->stun_servers);
  edge_membership_set_relays (newcomer->membership, (const char * const *) relays, NULL);
  newcomer->limit = g_timeout_add_seconds (LIMIT_SECONDS, limit_cb, newcomer);
  edge_membership_start (newcomer->membership);
}

/* Whether a peer is linked here by its answer to an offer of ours that was not taken back since.
 * The answer was checked in time, and the link to the key that signed it. */
static gboolean
is_guest (EdgeNode *self,
          EdgePeer *peer)
{
  EdgeInvitation *offer = g_hash_table_lookup (self->invites->hosted, edge_peer_get_id (peer));

  return offer != NULL && edge_ticket_book_is_given (self->invites->book, offer);
}

/* All that a member of the network has. */
static void
add_network (EdgeNode   *self,
             JsonObject *frame)
{
  g_auto(GStrv) addresses = _edge_node_dup_addresses (self);
  JsonArray *array = json_array_new ();

  for (guint i = 0; addresses[i] != NULL; i++)
    json_array_add_string_element (array, addresses[i]);
  edge_network_write (self->network, frame);
  json_object_set_array_member (frame, "addresses", array);
}

static void
asked_cb (EdgeMesh   *mesh,
          EdgePeer   *peer,
          const char *type,
          JsonObject *request,
          EdgeNode   *self)
{
  g_autoptr(JsonObject) frame = NULL;
  g_autoptr(GError) error = NULL;
  gboolean guest;

  if (self->network == NULL || g_strcmp0 (edge_peer_get_network (peer), self->network->id) != 0)
    return;
  guest = is_guest (self, peer);

  /* Once a link is enough; more would be a way to make us talk. */
  if (!g_hash_table_add (self->invites->handed, g_strdup (edge_peer_get_id (peer))))
    {
      edge_mesh_report_fault (mesh, peer, "The genesis is asked for again");
      return;
    }

  frame = json_object_new ();
  json_object_set_string_member (frame, "type", "genesis");
  if (guest)
    add_network (self, frame);
  else if (!self->network->open)
    json_object_set_string_member (frame, "genesis", self->network->genesis);
  if (!edge_mesh_send (mesh, peer, frame, &error))
    g_debug ("A newcomer is not answered: %s", error->message);
}

static void
linked_cb (EdgeMesh *mesh,
           EdgePeer *peer,
           EdgeNode *self)
{
  g_hash_table_remove (self->invites->handed, edge_peer_get_id (peer));
}

static void
unlinked_cb (EdgeMesh *mesh,
             EdgePeer *peer,
             EdgeNode *self)
{
  g_hash_table_remove (self->invites->handed, edge_peer_get_id (peer));
  g_hash_table_remove (self->invites->hosted, edge_peer_get_id (peer));
}

/* Hands the genesis to members who have only been invited, and the whole network to guests. */
void
_edge_node_watch_newcomers (EdgeNode *self,
                            EdgeMesh *mesh)
{
  g_hash_table_remove_all (self->invites->handed);
  g_hash_table_remove_all (self->invites->hosted);
  g_signal_connect_object (mesh, "link-up", G_CALLBACK (linked_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (mesh, "link-down", G_CALLBACK (unlinked_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (mesh, "frame::genesis_request", G_CALLBACK (asked_cb), self,
                           G_CONNECT_DEFAULT);
}
