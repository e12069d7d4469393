/* edge-ticket-book.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-ticket-book-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"

/**
 * EdgeTicketBook:
 *
 * The invitations that were given out, so that who comes with one is known, and those that were
 * taken, so that the inviter is told and its relays are used again at the next start.
 */

/* Who took an invitation in its last minute may still have to find the way. */
#define ARRIVAL_MS (10 * 60 * G_GINT64_CONSTANT (1000))

static void
ticket_free (Ticket *ticket)
{
  g_clear_pointer (&ticket->ticket, g_free);
  g_clear_pointer (&ticket->network, g_free);
  g_clear_pointer (&ticket->inviter, g_free);
  g_clear_pointer (&ticket->takers, g_hash_table_unref);
  g_free (ticket);
}

static void
relays_free (Relays *relays)
{
  g_clear_pointer (&relays->network, g_free);
  g_clear_pointer (&relays->urls, g_strfreev);
  g_free (relays);
}

EdgeTicketBook *
edge_ticket_book_new (void)
{
  EdgeTicketBook *self = g_new0 (EdgeTicketBook, 1);

  self->given = g_ptr_array_new_with_free_func ((GDestroyNotify) ticket_free);
  self->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) ticket_free);
  self->relays = g_ptr_array_new_with_free_func ((GDestroyNotify) relays_free);
  return self;
}

void
edge_ticket_book_free (EdgeTicketBook *self)
{
  g_clear_pointer (&self->given, g_ptr_array_unref);
  g_clear_pointer (&self->taken, g_ptr_array_unref);
  g_clear_pointer (&self->relays, g_ptr_array_unref);
  g_free (self);
}

void
_edge_ticket_book_drop_expired (GPtrArray *tickets,
                                gint64     now)
{
  for (guint i = tickets->len; i-- > 0;)
    {
      Ticket *ticket = g_ptr_array_index (tickets, i);

      if (ticket->expires + ARRIVAL_MS <= now)
        g_ptr_array_remove_index (tickets, i);
    }
}

static Ticket *
find (GPtrArray  *tickets,
      const char *text)
{
  for (guint i = 0; i < tickets->len; i++)
    {
      Ticket *ticket = g_ptr_array_index (tickets, i);

      if (g_str_equal (ticket->ticket, text))
        return ticket;
    }

  return NULL;
}

Ticket *
_edge_ticket_book_add (GPtrArray  *tickets,
                       const char *text,
                       const char *network,
                       const char *inviter,
                       gint64      expires)
{
  Ticket *ticket = find (tickets, text);

  if (ticket != NULL)
    return ticket;
  if (tickets->len >= EDGE_TICKET_BOOK_MAX)
    g_ptr_array_remove_index (tickets, 0);

  ticket = g_new0 (Ticket, 1);
  ticket->ticket = g_strdup (text);
  ticket->network = g_strdup (network);
  ticket->inviter = g_strdup (inviter);
  ticket->expires = expires;
  ticket->takers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (tickets, ticket);
  return ticket;
}

static char *
dup_ticket (EdgeInvitation *invitation)
{
  return edge_base64url_encode (edge_invitation_get_ticket (invitation),
                                EDGE_INVITATION_TICKET_SIZE);
}

static Relays *
find_relays (EdgeTicketBook *self,
             const char     *network_id)
{
  for (guint i = 0; i < self->relays->len; i++)
    {
      Relays *relays = g_ptr_array_index (self->relays, i);

      if (g_str_equal (relays->network, network_id))
        return relays;
    }

  return NULL;
}

void
_edge_ticket_book_set_relays (EdgeTicketBook *self,
                              const char     *network_id,
                              GStrv           urls)
{
  Relays *relays = find_relays (self, network_id);

  if (relays == NULL)
    {
      if (self->relays->len >= EDGE_TICKET_BOOK_MAX_NETWORKS)
        g_ptr_array_remove_index (self->relays, 0);
      relays = g_new0 (Relays, 1);
      relays->network = g_strdup (network_id);
      g_ptr_array_add (self->relays, relays);
    }

  g_strfreev (relays->urls);
  relays->urls = urls;
}

/**
 * edge_ticket_book_set_relays:
 * @self: a book
 * @network_id: id of a network
 * @urls: addresses as edge_relay_address_read() takes them, at most %EDGE_INVITATION_MAX_ADDRESSES
 *
 * Remembers where members of a network meet.
 */
void
edge_ticket_book_set_relays (EdgeTicketBook     *self,
                             const char         *network_id,
                             const char * const *urls)
{
  _edge_ticket_book_set_relays (self, network_id, g_strdupv ((char **) urls));
}

/* The token goes where edge_relay_address_read() looks for it. */
static char *
with_token (const char *address,
            const char *token)
{
  g_autoptr(GUri) uri = NULL;

  if (token == NULL)
    return g_strdup (address);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL)
    return g_strdup (address);

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), token, g_uri_get_host (uri),
                     g_uri_get_port (uri), g_uri_get_path (uri), g_uri_get_query (uri), NULL);
}

/**
 * edge_ticket_book_add_given:
 * @self: a book
 * @invitation: an invitation of our own
 * @now: wall clock in ms
 *
 * Remembers that it was given out.
 */
void
edge_ticket_book_add_given (EdgeTicketBook *self,
                            EdgeInvitation *invitation,
                            gint64          now)
{
  g_autofree char *text = dup_ticket (invitation);
  Ticket *ticket;

  _edge_ticket_book_drop_expired (self->given, now);
  ticket = _edge_ticket_book_add (self->given, text, edge_invitation_get_network_id (invitation),
                                  NULL, edge_invitation_get_expires (invitation));
  ticket->made = now;
  ticket->direct = edge_invitation_get_kind (invitation) != EDGE_INVITATION_KIND_NETWORK;
}

/**
 * edge_ticket_book_is_given:
 * @self: a book
 * @invitation: an invitation
 *
 * Returns: whether it was given out and not taken back
 */
gboolean
edge_ticket_book_is_given (EdgeTicketBook *self,
                           EdgeInvitation *invitation)
{
  g_autofree char *text = dup_ticket (invitation);

  return find (self->given, text) != NULL;
}

/**
 * edge_ticket_book_take:
 * @self: a book
 * @ticket: what a peer came with
 * @network_id: the network in which it came
 * @peer_id: who it is
 * @now: wall clock in ms
 *
 * Returns: whether that is an invitation of ours that still counts, and the peer comes with it
 *   for the first time
 */
gboolean
edge_ticket_book_take (EdgeTicketBook *self,
                       const char     *ticket,
                       const char     *network_id,
                       const char     *peer_id,
                       gint64          now)
{
  Ticket *found;

  _edge_ticket_book_drop_expired (self->given, now);
  found = find (self->given, ticket);
  if (found == NULL || !g_str_equal (found->network, network_id) ||
      g_hash_table_size (found->takers) >= EDGE_TICKET_BOOK_MAX_TAKERS)
    return FALSE;

  return g_hash_table_add (found->takers, g_strdup (peer_id));
}

/**
 * edge_ticket_book_has_taker:
 * @self: a book
 * @network_id: a network
 * @peer_id: somebody in it
 * @now: wall clock in ms
 *
 * Returns: whether that one came with an invitation of ours that still counts
 */
gboolean
edge_ticket_book_has_taker (EdgeTicketBook *self,
                            const char     *network_id,
                            const char     *peer_id,
                            gint64          now)
{
  _edge_ticket_book_drop_expired (self->given, now);
  for (guint i = 0; i < self->given->len; i++)
    {
      Ticket *ticket = g_ptr_array_index (self->given, i);

      if (g_str_equal (ticket->network, network_id) &&
          g_hash_table_contains (ticket->takers, peer_id))
        return TRUE;
    }
  return FALSE;
}

/**
 * edge_ticket_book_revoke:
 * @self: a book
 * @network_id: a network
 * @now: wall clock in ms
 *
 * Takes back all invitations into it: who comes with one is a stranger from now on.
 *
 * Returns: how many were still good
 */
guint
edge_ticket_book_revoke (EdgeTicketBook *self,
                         const char     *network_id,
                         gint64          now)
{
  guint n = 0;

  for (guint i = self->given->len; i-- > 0;)
    {
      Ticket *ticket = g_ptr_array_index (self->given, i);

      if (!g_str_equal (ticket->network, network_id))
        continue;
      if (ticket->expires > now)
        n++;
      g_ptr_array_remove_index (self->given, i);
    }

  return n;
}

/**
 * edge_ticket_book_withdraw:
 * @self: a book
 * @ticket: a ticket
 *
 * Takes back one invitation.
 *
 * Returns: whether it was given out
 */
gboolean
edge_ticket_book_withdraw (EdgeTicketBook *self,
                           const char     *ticket)
{
  Ticket *found = find (self->given, ticket);

  return found != NULL && g_ptr_array_remove (self->given, found);
}

/**
 * edge_ticket_book_list:
 * @self: a book
 * @network_id: a network
 * @now: wall clock in ms
 *
 * Returns: (transfer full) (element-type EdgeGiven): the invitations into it that were given out
 *   and are good, the newest first
 */
GPtrArray *
edge_ticket_book_list (EdgeTicketBook *self,
                       const char     *network_id,
                       gint64          now)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_given_free);

  for (guint i = self->given->len; i-- > 0;)
    {
      Ticket *ticket = g_ptr_array_index (self->given, i);
      EdgeGiven *given;

      if (!g_str_equal (ticket->network, network_id) || ticket->expires <= now)
        continue;
      given = g_new0 (EdgeGiven, 1);
      given->ticket = g_strdup (ticket->ticket);
      given->network = g_strdup (ticket->network);
      given->made = ticket->made;
      given->expires = ticket->expires;
      given->direct = ticket->direct;
      given->takers = (char **) g_hash_table_get_keys_as_array (ticket->takers, NULL);
      for (guint j = 0; given->takers[j] != NULL; j++)
        given->takers[j] = g_strdup (given->takers[j]);
      g_ptr_array_add (list, given);
    }

  return list;
}

/**
 * edge_ticket_book_add_taken:
 * @self: a book
 * @invitation: somebody else's invitation
 * @now: wall clock in ms
 *
 * Remembers that it was taken, and the relays in it.
 */
void
edge_ticket_book_add_taken (EdgeTicketBook *self,
                            EdgeInvitation *invitation,
                            gint64          now)
{
  g_autofree char *text = dup_ticket (invitation);
  const char * const *addresses = edge_invitation_get_addresses (invitation);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  _edge_ticket_book_drop_expired (self->taken, now);
  _edge_ticket_book_add (self->taken, text, edge_invitation_get_network_id (invitation),
       edge_invitation_get_inviter (invitation), edge_invitation_get_expires (invitation));
  if (addresses == NULL || addresses[0] == NULL)
    return;

  for (guint i = 0; addresses[i] != NULL; i++)
    g_strv_builder_take (builder, with_token (addresses[i],
                                              edge_invitation_get_relay_token (invitation)));
  _edge_ticket_book_set_relays (self, edge_invitation_get_network_id (invitation), g_strv_builder_end (builder));
}

/**
 * edge_ticket_book_dup_due:
 * @self: a book
 * @network_id: the network that is joined
 * @inviter: a peer in it
 * @now: wall clock in ms
 *
 * Returns: (transfer full): tickets of that peer's invitations that we took, to tell it
 */
GStrv
edge_ticket_book_dup_due (EdgeTicketBook *self,
                          const char     *network_id,
                          const char     *inviter,
                          gint64          now)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  _edge_ticket_book_drop_expired (self->taken, now);
  for (guint i = 0; i < self->taken->len; i++)
    {
      Ticket *ticket = g_ptr_array_index (self->taken, i);

      if (g_str_equal (ticket->network, network_id) && g_str_equal (ticket->inviter, inviter))
        g_strv_builder_add (builder, ticket->ticket);
    }

  return g_strv_builder_end (builder);
}

/**
 * edge_ticket_book_get_inviter:
 * @self: a book
 * @network_id: a network
 * @now: wall clock in ms
 *
 * Returns: (transfer none) (nullable): whose invitation into it was taken last
 */
const char *
edge_ticket_book_get_inviter (EdgeTicketBook *self,
                              const char     *network_id,
                              gint64          now)
{
  _edge_ticket_book_drop_expired (self->taken, now);
  for (guint i = self->taken->len; i > 0; i--)
    {
      Ticket *ticket = g_ptr_array_index (self->taken, i - 1);

      if (g_str_equal (ticket->network, network_id))
        return ticket->inviter;
    }
  return NULL;
}

/**
 * edge_ticket_book_dup_relays:
 * @self: a book
 * @network_id: a network
 *
 * Returns: (transfer full): relays of the invitation into it that was taken last
 */
GStrv
edge_ticket_book_dup_relays (EdgeTicketBook *self,
                             const char     *network_id)
{
  Relays *relays = find_relays (self, network_id);

  return relays != NULL ? g_strdupv (relays->urls) : g_new0 (char *, 1);
}
