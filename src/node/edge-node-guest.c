/* edge-node-guest.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-node-guest"

#include "config.h"

#include "node/edge-node-invite-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#include "base/edge-json.h"
#include "node/edge-node-words.h"

/* An offer names a network by its id alone. Who does not know it makes the direct link all the
 * same, in a room of its own that nobody else can open, and gets the network over the link from
 * whoever made the offer. Then that very link is its first one in the network: nothing of this
 * needs a server. Until then it stays in the network where it is. */

#define LIMIT_MS 20000

typedef struct
{
  EdgeNode       *node;
  EdgeMembership *membership;
  EdgeRoom       *room;
  EdgeInvitation *offer;
  char           *inviter;
  guint           limit;
} Guest;

void
_edge_node_guest_free (gpointer data)
{
  Guest *guest = data;

  g_clear_handle_id (&guest->limit, g_source_remove);
  g_signal_handlers_disconnect_by_data (edge_membership_get_mesh (guest->membership), guest);
  g_clear_object (&guest->membership);
  g_clear_pointer (&guest->room, edge_room_unref);
  g_clear_object (&guest->offer);
  g_clear_pointer (&guest->inviter, g_free);
  g_free (guest);
}

static void fail (Guest      *guest,
                  const char *code,
                  const char *remedy,
                  const char *format,
                  ...) G_GNUC_PRINTF (4, 5);

static void
fail (Guest      *guest,
      const char *code,
      const char *remedy,
      const char *format,
      ...)
{
  EdgeNode *node = guest->node;
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  _edge_node_end_guest (node, guest->membership);
  _edge_node_emit_problem (node, code, message, remedy);
}

static gboolean
limit_cb (gpointer user_data)
{
  Guest *guest = user_data;

  guest->limit = 0;
  fail (guest, "direct_unanswered",
        _("Ask for a new invitation. They may need a newer Edge-Net."),
        /* Translators: %s is the name of a person. */
        _("There is a link to %s, but the network was not handed over it in time"),
        guest->inviter);
  return G_SOURCE_REMOVE;
}

static void
link_up_cb (EdgeMesh *mesh,
            EdgePeer *peer,
            Guest    *guest)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (edge_peer_get_id (peer), edge_invitation_get_inviter (guest->offer)) != 0)
    return;

  _edge_node_tell_taken (guest->node, mesh, peer, edge_invitation_get_network_id (guest->offer));
  json_object_set_string_member (frame, "type", "genesis_request");
  if (!edge_mesh_send (mesh, peer, frame, &error))
    g_debug ("The inviter is not asked: %s", error->message);
  if (guest->limit == 0)
    guest->limit = g_timeout_add (_edge_node_direct_wait (LIMIT_MS), limit_cb, guest);
}

static void
link_down_cb (EdgeMesh *mesh,
              EdgePeer *peer,
              Guest    *guest)
{
  if (g_strcmp0 (edge_peer_get_id (peer), edge_invitation_get_inviter (guest->offer)) != 0)
    return;

  fail (guest, "direct_lost",
        _("Ask for a new invitation, and stay in the same local network until both are linked."),
        /* Translators: %s is the name of a person. */
        _("The link to %s was lost before the network was handed over it"),
        guest->inviter);
}

/* Where members of the network meet besides what its founder says, as in a network invitation. */
static void
keep_addresses (Guest      *guest,
                JsonObject *frame)
{
  EdgeTicketBook *book = guest->node->invites->book;
  JsonArray *array = NULL;
  g_auto(GStrv) addresses = NULL;
  g_autoptr(GError) error = NULL;

  if (edge_json_read_array (frame, "addresses", EDGE_INVITATION_MAX_ADDRESSES, &array, &error))
    addresses = edge_network_read_relays (array, &error);
  if (addresses == NULL)
    g_debug ("Addresses of relays are not used: %s", error->message);
  else if (addresses[0] != NULL)
    edge_ticket_book_set_relays (book, edge_invitation_get_network_id (guest->offer),
                                 (const char * const *) addresses);
}

static void
move_in (Guest             *guest,
         const EdgeNetwork *network)
{
  EdgeNode *node = guest->node;
  EdgeMembership *membership = g_object_ref (guest->membership);
  g_autoptr(EdgeRoom) room = edge_network_make_room (network);

  edge_room_set_secret (guest->room, edge_room_get_secret (room));
  g_clear_pointer (&node->invites->guest, _edge_node_guest_free);
  _edge_node_enter (node, membership, network);
  _edge_node_save_invites (node);
}

static void
genesis_cb (EdgeMesh   *mesh,
            EdgePeer   *peer,
            const char *type,
            JsonObject *frame,
            Guest      *guest)
{
  g_autoptr(EdgeNetwork) network = NULL;
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (edge_peer_get_id (peer), edge_invitation_get_inviter (guest->offer)) != 0)
    return;

  if (!json_object_has_member (frame, "room_secret") && !json_object_has_member (frame, "open"))
    {
      fail (guest, "direct_refused",
            _("Ask for a new invitation."),
            /* Translators: %s is the name of a person. */
            _("%s does not let you in any more: the invitation was taken back"),
            guest->inviter);
      return;
    }

  network = edge_network_read (frame, &error);
  if (network == NULL)
    {
      g_debug ("What was handed over can't be read: %s", error->message);
      fail (guest, "direct_malformed",
            _("Ask for a new invitation. One of you may need a newer Edge-Net."),
            /* Translators: %s is the name of a person. */
            _("What %s handed over is no network"),
            guest->inviter);
      return;
    }
  if (!g_str_equal (network->id, edge_invitation_get_network_id (guest->offer)))
    {
      fail (guest, "direct_other_network",
            _("You were not moved into it. Compare the words of the network with them before you try again."),
            /* Translators: %s is the name of a person. */
            _("%s handed over another network than the invitation is for"),
            guest->inviter);
      return;
    }

  keep_addresses (guest, frame);
  move_in (guest, network);
}

/**
 * _edge_node_begin_guest:
 * @self: a node
 * @offer: an offer of a network that is not known here
 *
 * Makes ready for a link to whoever made it. Another such link on its way is given up.
 *
 * Returns: (transfer none): a membership whose mesh may answer the offer
 */
EdgeMembership *
_edge_node_begin_guest (EdgeNode       *self,
                        EdgeInvitation *offer)
{
  Guest *guest = g_new0 (Guest, 1);
  guint8 secret[EDGE_ROOM_SECRET_SIZE];
  EdgeMesh *mesh;

  _edge_node_end_guest (self, NULL);

  /* Of a secret that nobody knows: what is not from the inviter can't be meant for us. */
  randombytes_buf (secret, sizeof secret);
  guest->room = edge_room_new (edge_invitation_get_network_id (offer), secret);
  guest->node = self;
  guest->offer = g_object_ref (offer);
  guest->inviter = edge_node_words_name (edge_invitation_get_inviter (offer));
  guest->membership = edge_membership_new (self->identity, guest->room, self->name);
  mesh = edge_membership_get_mesh (guest->membership);
  g_signal_connect (mesh, "link-up", G_CALLBACK (link_up_cb), guest);
  g_signal_connect (mesh, "link-down", G_CALLBACK (link_down_cb), guest);
  g_signal_connect (mesh, "frame::genesis", G_CALLBACK (genesis_cb), guest);
  /* The inviter's peers are linked to once they can be spoken to. */
  edge_mesh_set_degree (mesh, 1);
  edge_membership_set_stun_servers (guest->membership, (const char * const *) self->stun_servers);
  edge_membership_start (guest->membership);
  self->invites->guest = guest;
  return guest->membership;
}

/**
 * _edge_node_end_guest:
 * @self: a node
 * @membership: (nullable): what _edge_node_begin_guest() gave, %NULL for whichever is on its way
 *
 * Gives the link up, unless it has become that of a member.
 */
void
_edge_node_end_guest (EdgeNode       *self,
                      EdgeMembership *membership)
{
  Guest *guest = self->invites != NULL ? self->invites->guest : NULL;
  g_autoptr(EdgeMembership) ended = NULL;

  if (guest == NULL || (membership != NULL && guest->membership != membership))
    return;

  ended = g_object_ref (guest->membership);
  g_clear_pointer (&self->invites->guest, _edge_node_guest_free);
  _edge_node_stop_membership (self, ended);
}
