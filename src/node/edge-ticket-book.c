/* edge-ticket-book.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-ticket-book.h"

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

#define VERSION  1
#define MAX_SIZE (8 * 1024 * 1024)

/* Who took an invitation in its last minute may still have to find the way. */
#define ARRIVAL_MS (10 * 60 * G_GINT64_CONSTANT (1000))

/* An address with the relay's token before the host. */
#define MAX_URL (EDGE_INVITATION_MAX_ADDRESS + EDGE_INVITATION_MAX_TOKEN * 3 + 1)

typedef struct
{
  char       *ticket;
  char       *network;
  char       *inviter;
  gint64      expires;
  GHashTable *takers;
} Ticket;

typedef struct
{
  char  *network;
  GStrv  urls;
} Relays;

struct _EdgeTicketBook
{
  GPtrArray *given;
  GPtrArray *taken;
  GPtrArray *relays;
};

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

static void
drop_expired (GPtrArray *tickets,
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

static Ticket *
add (GPtrArray  *tickets,
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

static void
set_relays (EdgeTicketBook *self,
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

static gboolean
read_ticket (JsonObject *object,
             gboolean    given,
             GPtrArray  *tickets)
{
  const char *text = NULL, *network = NULL, *inviter = NULL;
  guint8 bytes[EDGE_INVITATION_TICKET_SIZE];
  JsonArray *takers = NULL;
  gint64 expires = 0;
  Ticket *ticket;

  if (!edge_json_read_string (object, "ticket", EDGE_TICKET_TEXT_LENGTH, &text, NULL) ||
      !edge_json_read_string (object, "network", EDGE_KEY_TEXT_LENGTH, &network, NULL) ||
      !edge_json_read_string (object, "inviter", EDGE_KEY_TEXT_LENGTH, &inviter, NULL) ||
      !edge_json_read_int (object, "expires", 0, G_MAXUINT32 * G_GINT64_CONSTANT (1000), &expires,
                           NULL) ||
      !edge_json_read_array (object, "takers", EDGE_TICKET_BOOK_MAX_TAKERS, &takers, NULL))
    return FALSE;
  if (text == NULL || !edge_base64url_decode_fixed (text, -1, bytes, sizeof bytes) ||
      network == NULL || !edge_base64url_is_key (network) ||
      (!given && (inviter == NULL || !edge_base64url_is_key (inviter))))
    return FALSE;

  ticket = add (tickets, text, network, given ? NULL : inviter, expires);
  for (guint i = 0; takers != NULL && i < json_array_get_length (takers); i++)
    {
      JsonNode *node = json_array_get_element (takers, i);
      const char *id = json_node_get_value_type (node) == G_TYPE_STRING
                       ? json_node_get_string (node) : NULL;

      if (id != NULL && edge_base64url_is_key (id))
        g_hash_table_add (ticket->takers, g_strdup (id));
    }
  return TRUE;
}

static void
read_tickets (JsonArray *array,
              gboolean   given,
              GPtrArray *tickets)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_ticket (json_node_get_object (node), given, tickets);
    }
}

static void
read_relays (EdgeTicketBook *self,
             JsonArray      *array)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
      const char *network = NULL;
      JsonArray *urls = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node) ||
          !edge_json_read_string (json_node_get_object (node), "network", EDGE_KEY_TEXT_LENGTH,
                                  &network, NULL) ||
          network == NULL || !edge_base64url_is_key (network) ||
          !edge_json_read_array (json_node_get_object (node), "urls",
                                 EDGE_INVITATION_MAX_ADDRESSES, &urls, NULL) || urls == NULL)
        continue;

      for (guint j = 0; j < json_array_get_length (urls); j++)
        {
          JsonNode *url = json_array_get_element (urls, j);

          if (json_node_get_value_type (url) == G_TYPE_STRING &&
              strlen (json_node_get_string (url)) <= MAX_URL)
            g_strv_builder_add (builder, json_node_get_string (url));
        }
      set_relays (self, network, g_strv_builder_end (builder));
    }
}

/**
 * edge_ticket_book_parse:
 * @self: a new book
 * @text: (array length=length): content of the file
 * @length: its bytes
 * @now: wall clock in ms
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * What in it makes no sense is left out.
 *
 * Returns: whether it could be read
 */
gboolean
edge_ticket_book_parse (EdgeTicketBook  *self,
                        const char      *text,
                        gsize            length,
                        gint64           now,
                        GError         **error)
{
  g_autoptr(JsonObject) object = edge_json_parse (text, length, MAX_SIZE, error);
  JsonArray *given = NULL, *taken = NULL, *relays = NULL;
  gint64 version;

  if (object == NULL ||
      !edge_json_require (object, "version", error) ||
      !edge_json_read_int (object, "version", VERSION, VERSION, &version, error) ||
      !edge_json_read_array (object, "given", EDGE_TICKET_BOOK_MAX, &given, error) ||
      !edge_json_read_array (object, "taken", EDGE_TICKET_BOOK_MAX, &taken, error) ||
      !edge_json_read_array (object, "relays", EDGE_TICKET_BOOK_MAX_NETWORKS, &relays, error))
    return FALSE;

  read_tickets (given, TRUE, self->given);
  read_tickets (taken, FALSE, self->taken);
  read_relays (self, relays);
  drop_expired (self->given, now);
  drop_expired (self->taken, now);
  return TRUE;
}

/**
 * edge_ticket_book_load:
 * @self: a new book
 * @dir: the node's folder
 * @now: wall clock in ms
 * @error: return location for an error
 *
 * Returns: whether it could be read, or is not there yet
 */
gboolean
edge_ticket_book_load (EdgeTicketBook  *self,
                       const char      *dir,
                       gint64           now,
                       GError         **error)
{
  g_autofree char *path = g_build_filename (dir, EDGE_TICKET_BOOK_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) local = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, &local))
    return edge_ticket_book_parse (self, text, length, now, error);
  if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static JsonArray *
write_tickets (GPtrArray *tickets)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < tickets->len; i++)
    {
      Ticket *ticket = g_ptr_array_index (tickets, i);
      JsonObject *object = json_object_new ();
      JsonArray *takers = json_array_new ();
      GHashTableIter iter;
      gpointer id;

      json_object_set_string_member (object, "ticket", ticket->ticket);
      json_object_set_string_member (object, "network", ticket->network);
      if (ticket->inviter != NULL)
        json_object_set_string_member (object, "inviter", ticket->inviter);
      json_object_set_int_member (object, "expires", ticket->expires);
      g_hash_table_iter_init (&iter, ticket->takers);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        json_array_add_string_element (takers, id);
      json_object_set_array_member (object, "takers", takers);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
write_relays (EdgeTicketBook *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->relays->len; i++)
    {
      Relays *relays = g_ptr_array_index (self->relays, i);
      JsonObject *object = json_object_new ();
      JsonArray *urls = json_array_new ();

      for (guint j = 0; relays->urls[j] != NULL; j++)
        json_array_add_string_element (urls, relays->urls[j]);
      json_object_set_string_member (object, "network", relays->network);
      json_object_set_array_member (object, "urls", urls);
      json_array_add_object_element (array, object);
    }

  return array;
}

/**
 * edge_ticket_book_save:
 * @self: a book
 * @dir: the node's folder; made when it is not there
 * @error: return location for an error in the `G_FILE_ERROR` domain
 *
 * Returns: whether it was written
 */
gboolean
edge_ticket_book_save (EdgeTicketBook  *self,
                       const char      *dir,
                       GError         **error)
{
  g_autofree char *path = g_build_filename (dir, EDGE_TICKET_BOOK_FILE, NULL);
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   "%s can't be made: %s", dir, g_strerror (errno));
      return FALSE;
    }

  json_object_set_int_member (object, "version", VERSION);
  json_object_set_array_member (object, "given", write_tickets (self->given));
  json_object_set_array_member (object, "taken", write_tickets (self->taken));
  json_object_set_array_member (object, "relays", write_relays (self));
  text = edge_json_print (object);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
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

  drop_expired (self->given, now);
  add (self->given, text, edge_invitation_get_network_id (invitation), NULL,
       edge_invitation_get_expires (invitation));
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

  drop_expired (self->given, now);
  found = find (self->given, ticket);
  if (found == NULL || !g_str_equal (found->network, network_id) ||
      g_hash_table_size (found->takers) >= EDGE_TICKET_BOOK_MAX_TAKERS)
    return FALSE;

  return g_hash_table_add (found->takers, g_strdup (peer_id));
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

  drop_expired (self->taken, now);
  add (self->taken, text, edge_invitation_get_network_id (invitation),
       edge_invitation_get_inviter (invitation), edge_invitation_get_expires (invitation));
  if (addresses == NULL || addresses[0] == NULL)
    return;

  for (guint i = 0; addresses[i] != NULL; i++)
    g_strv_builder_take (builder, with_token (addresses[i],
                                              edge_invitation_get_relay_token (invitation)));
  set_relays (self, edge_invitation_get_network_id (invitation), g_strv_builder_end (builder));
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

  drop_expired (self->taken, now);
  for (guint i = 0; i < self->taken->len; i++)
    {
      Ticket *ticket = g_ptr_array_index (self->taken, i);

      if (g_str_equal (ticket->network, network_id) && g_str_equal (ticket->inviter, inviter))
        g_strv_builder_add (builder, ticket->ticket);
    }

  return g_strv_builder_end (builder);
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
