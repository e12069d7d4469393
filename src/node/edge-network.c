/* edge-network.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-network.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "ledger/edge-event.h"
#include "ledger/edge-open-genesis.h"
#include "node/edge-node-error.h"
#include "node/edge-relay-address.h"

#define FORMAT            1
#define MAX_RELAY         512
#define SECRET_CHARACTERS 22

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NETWORK_FILE,
               _("This is no network file: %s"), reason);
  return FALSE;
}

/* The id, name and rules that follow from the genesis. */
static gboolean
read_genesis (EdgeNetwork  *self,
              GError      **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(EdgeEvent) event = edge_event_parse (self->genesis, strlen (self->genesis), &local);

  if (event == NULL)
    return refuse (error, local->message);
  if (event->type != EDGE_EVENT_GENESIS)
    return refuse (error, _("its first event is not a genesis"));
  if (!edge_event_check (event, event->body->genesis, EDGE_EVENT_CHECK_NONE, &local))
    return refuse (error, local->message);

  self->id = edge_id_to_text (&event->id);
  self->rules = *event->body->genesis;
  self->name = g_strdup (self->rules.name);
  return TRUE;
}

/**
 * edge_network_new_open:
 * @name: a name, as a person types it
 *
 * Returns: (transfer full) (nullable): the open network of that name, or %NULL when it
 *   can't be one
 */
EdgeNetwork *
edge_network_new_open (const char *name)
{
  g_autoptr(EdgeNetwork) self = NULL;
  char *genesis = edge_open_genesis (name);

  if (genesis == NULL)
    return NULL;

  self = g_new0 (EdgeNetwork, 1);
  self->open = TRUE;
  self->genesis = genesis;
  self->relays = g_new0 (char *, 1);
  if (!read_genesis (self, NULL))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * edge_network_new_founded:
 * @genesis: its genesis event
 * @room_secret: (array fixed-size=16): what its members meet by
 * @relays: (nullable): where they meet
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Returns: (transfer full) (nullable): a network somebody made
 */
EdgeNetwork *
edge_network_new_founded (const char          *genesis,
                          const guint8        *room_secret,
                          const char * const  *relays,
                          GError             **error)
{
  g_autoptr(EdgeNetwork) self = g_new0 (EdgeNetwork, 1);

  self->genesis = g_strdup (genesis);
  memcpy (self->room_secret, room_secret, EDGE_ROOM_SECRET_SIZE);
  self->relays = relays != NULL ? g_strdupv ((char **) relays) : g_new0 (char *, 1);
  if (!read_genesis (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * edge_network_read_relays:
 * @array: (nullable): addresses of relays, not to be trusted
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Returns: (transfer full) (nullable): them, if each makes sense
 */
GStrv
edge_network_read_relays (JsonArray  *array,
                          GError    **error)
{
  g_autoptr(GStrvBuilder) relays = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *url = NULL;
      g_autofree char *token = NULL;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
          strlen (json_node_get_string (node)) > MAX_RELAY ||
          !edge_relay_address_read (json_node_get_string (node), &url, &token, NULL))
        {
          refuse (error, _("the address of a relay makes no sense"));
          return NULL;
        }
      g_strv_builder_add (relays, json_node_get_string (node));
    }
  return g_strv_builder_end (relays);
}

/**
 * edge_network_read:
 * @object: the members of a network file, not to be trusted
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Returns: (transfer full) (nullable): the network
 */
EdgeNetwork *
edge_network_read (JsonObject  *object,
                   GError     **error)
{
  g_autoptr(GError) local = NULL;
  g_auto(GStrv) relays = NULL;
  EdgeNetwork *open;
  const char *genesis = NULL;
  const char *name = NULL;
  const char *secret = NULL;
  JsonArray *array = NULL;
  guint8 bytes[EDGE_ROOM_SECRET_SIZE];

  if (!edge_json_read_string (object, "open", EDGE_GENESIS_MAX_NAME, &name, &local) ||
      !edge_json_read_string (object, "genesis", EDGE_EVENT_MAX_GENESIS_SIZE, &genesis, &local) ||
      !edge_json_read_string (object, "room_secret", SECRET_CHARACTERS, &secret, &local) ||
      !edge_json_read_array (object, "relays", EDGE_NETWORK_MAX_RELAYS, &array, &local))
    {
      refuse (error, local->message);
      return NULL;
    }

  if (name != NULL)
    {
      open = edge_network_new_open (name);
      if (open == NULL)
        refuse (error, _("a network can’t have this name"));
      return open;
    }
  if (genesis == NULL || secret == NULL ||
      !edge_base64url_decode_fixed (secret, -1, bytes, sizeof bytes))
    {
      refuse (error, _("it holds no genesis, or no room secret of 22 characters"));
      return NULL;
    }
  relays = edge_network_read_relays (array, error);
  if (relays == NULL)
    return NULL;
  return edge_network_new_founded (genesis, bytes, (const char * const *) relays, error);
}

/**
 * edge_network_parse:
 * @text: (array length=length): content of a network file, not to be trusted
 * @length: its bytes
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Reads a network file, or what a node keeps of an open network.
 *
 * Returns: (transfer full) (nullable): the network
 */
EdgeNetwork *
edge_network_parse (const char  *text,
                    gsize        length,
                    GError     **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(JsonObject) object = edge_json_parse (text, length, EDGE_NETWORK_MAX_FILE, &local);
  gint64 format;

  if (object == NULL ||
      !edge_json_require (object, "edge_net", &local) ||
      !edge_json_read_int (object, "edge_net", FORMAT, FORMAT, &format, &local))
    {
      refuse (error, local->message);
      return NULL;
    }

  return edge_network_read (object, error);
}

/**
 * edge_network_copy:
 * @self: a network
 *
 * Returns: (transfer full): a copy
 */
EdgeNetwork *
edge_network_copy (const EdgeNetwork *self)
{
  EdgeNetwork *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->genesis = g_strdup (self->genesis);
  copy->relays = g_strdupv (self->relays);
  return copy;
}

/**
 * edge_network_free:
 * @self: (transfer full): a network
 *
 * Frees it.
 */
void
edge_network_free (EdgeNetwork *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->genesis, g_free);
  g_clear_pointer (&self->relays, g_strfreev);
  g_free (self);
}

/**
 * edge_network_get_kind:
 * @self: a network
 *
 * Returns: the word for it in JSON
 */
const char *
edge_network_get_kind (const EdgeNetwork *self)
{
  return self->open ? "open" : "founded";
}

/**
 * edge_network_write:
 * @self: a network
 * @object: where to add what edge_network_read() reads: all that whoever is to join may have,
 *   and nobody else
 */
void
edge_network_write (const EdgeNetwork *self,
                    JsonObject        *object)
{
  JsonArray *relays = json_array_new ();
  g_autofree char *secret = NULL;

  for (guint i = 0; self->relays[i] != NULL; i++)
    json_array_add_string_element (relays, self->relays[i]);
  if (self->open)
    json_object_set_string_member (object, "open", self->name);
  else
    {
      secret = edge_base64url_encode (self->room_secret, sizeof self->room_secret);
      json_object_set_string_member (object, "genesis", self->genesis);
      json_object_set_string_member (object, "room_secret", secret);
    }
  json_object_set_array_member (object, "relays", relays);
}

/**
 * edge_network_to_text:
 * @self: a network
 *
 * Returns: (transfer full): what edge_network_parse() reads; for a founded network a network file
 */
char *
edge_network_to_text (const EdgeNetwork *self)
{
  g_autoptr(JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "edge_net", FORMAT);
  edge_network_write (self, object);
  return edge_json_print (object);
}

/**
 * edge_network_make_room:
 * @self: a network
 *
 * Returns: (transfer full): where its members meet
 */
EdgeRoom *
edge_network_make_room (const EdgeNetwork *self)
{
  return self->open ? edge_room_new_open (self->id, self->name)
                    : edge_room_new (self->id, self->room_secret);
}
