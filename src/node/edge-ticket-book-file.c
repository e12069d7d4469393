/* edge-ticket-book-file.c
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

#define VERSION  1
#define MAX_SIZE (8 * 1024 * 1024)

static gboolean
read_ticket (JsonObject *object,
             gboolean    given,
             GPtrArray  *tickets)
{
  const char *text = NULL, *network = NULL, *inviter = NULL;
  guint8 bytes[EDGE_INVITATION_TICKET_SIZE];
  JsonArray *takers = NULL;
  gint64 expires = 0;
  gint64 made = 0;
  gboolean direct = FALSE;
  Ticket *ticket;

  if (!edge_json_read_string (object, "ticket", EDGE_TICKET_TEXT_LENGTH, &text, NULL) ||
      !edge_json_read_string (object, "network", EDGE_KEY_TEXT_LENGTH, &network, NULL) ||
      !edge_json_read_string (object, "inviter", EDGE_KEY_TEXT_LENGTH, &inviter, NULL) ||
      !edge_json_read_int (object, "expires", 0, G_MAXUINT32 * G_GINT64_CONSTANT (1000), &expires,
                           NULL) ||
      !edge_json_read_int (object, "made", 0, G_MAXUINT32 * G_GINT64_CONSTANT (1000), &made, NULL) ||
      !edge_json_read_boolean (object, "direct", &direct, NULL) ||
      !edge_json_read_array (object, "takers", EDGE_TICKET_BOOK_MAX_TAKERS, &takers, NULL))
    return FALSE;
  if (text == NULL || !edge_base64url_decode_fixed (text, -1, bytes, sizeof bytes) ||
      network == NULL || !edge_base64url_is_key (network) ||
      (!given && (inviter == NULL || !edge_base64url_is_key (inviter))))
    return FALSE;

  ticket = _edge_ticket_book_add (tickets, text, network, given ? NULL : inviter, expires);
  ticket->made = made;
  ticket->direct = direct;
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
      _edge_ticket_book_set_relays (self, network, g_strv_builder_end (builder));
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
  _edge_ticket_book_drop_expired (self->given, now);
  _edge_ticket_book_drop_expired (self->taken, now);
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
      if (ticket->made > 0)
        json_object_set_int_member (object, "made", ticket->made);
      if (ticket->direct)
        json_object_set_boolean_member (object, "direct", TRUE);
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
