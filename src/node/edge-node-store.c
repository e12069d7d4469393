/* edge-node-store.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-node-store.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "node/edge-node-error.h"

#define VERSION     1
#define MAX_SIZE    (192 * 1024)
#define MAX_NAME    64
#define MAX_NETWORK 64

EdgeNodeStore *
edge_node_store_new (void)
{
  EdgeNodeStore *self = g_new0 (EdgeNodeStore, 1);

  self->blocked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->settled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->declined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
edge_node_store_free (EdgeNodeStore *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->blocked, g_hash_table_unref);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->settled, g_hash_table_unref);
  g_clear_pointer (&self->declined, g_hash_table_unref);
  g_free (self);
}

/* A network's id, a stroke and a key. */
static gboolean
is_pair (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, "/", 3);

  return g_strv_length (parts) == 2 && edge_base64url_is_key (parts[0]) &&
         edge_base64url_is_key (parts[1]);
}

static void
read_set (GHashTable  *set,
          JsonArray   *array,
          gboolean   (*is_good) (const char *text))
{
  g_hash_table_remove_all (set);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text = NULL;

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        text = json_node_get_string (node);
      if (text != NULL && is_good (text))
        g_hash_table_add (set, g_strdup (text));
    }
}

static JsonArray *
write_set (GHashTable *set)
{
  JsonArray *array = json_array_new ();
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    json_array_add_string_element (array, text);
  return array;
}

/**
 * edge_node_store_parse:
 * @self: a store
 * @text: (array length=length): content of the file
 * @length: its bytes
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Returns: whether it could be read; @self is as it was otherwise
 */
gboolean
edge_node_store_parse (EdgeNodeStore  *self,
                       const char     *text,
                       gsize           length,
                       GError        **error)
{
  g_autoptr(JsonObject) object = edge_json_parse (text, length, MAX_SIZE, error);
  const char *name = NULL;
  const char *network = NULL;
  const char *chosen = NULL;
  const char *key = NULL;
  const char *place = NULL;
  gboolean made = FALSE;
  gboolean archive = FALSE;
  JsonArray *blocked = NULL;
  JsonArray *settled = NULL;
  JsonArray *declined = NULL;
  gint64 version;

  /* A newer version may mean something else by the same words. */
  if (object == NULL ||
      !edge_json_require (object, "version", error) ||
      !edge_json_read_int (object, "version", VERSION, VERSION, &version, error) ||
      !edge_json_read_string (object, "name", MAX_NAME, &name, error) ||
      !edge_json_read_string (object, "network", MAX_NETWORK, &network, error) ||
      !edge_json_read_string (object, "chosen", EDGE_KEY_TEXT_LENGTH, &chosen, error) ||
      !edge_json_read_string (object, "key", EDGE_KEY_TEXT_LENGTH, &key, error) ||
      !edge_json_read_string (object, "place", EDGE_KEY_TEXT_LENGTH, &place, error) ||
      !edge_json_read_boolean (object, "made", &made, error) ||
      !edge_json_read_boolean (object, "archive", &archive, error) ||
      !edge_json_read_array (object, "settled", EDGE_NODE_STORE_MAX_SETTLED, &settled, error) ||
      !edge_json_read_array (object, "blocked", EDGE_NODE_STORE_MAX_BLOCKED, &blocked, error) ||
      !edge_json_read_array (object, "declined", EDGE_NODE_STORE_MAX_DECLINED, &declined, error))
    return FALSE;

  g_set_str (&self->name, name);
  g_set_str (&self->network, network);
  g_set_str (&self->chosen, chosen);
  g_set_str (&self->key, key);
  g_set_str (&self->place, place);
  self->made = made;
  self->archive = archive;
  read_set (self->blocked, blocked, edge_base64url_is_key);
  read_set (self->settled, settled, edge_base64url_is_key);
  read_set (self->declined, declined, is_pair);
  return TRUE;
}

/**
 * edge_node_store_load:
 * @self: a store
 * @dir: the node's folder
 * @error: return location for an error
 *
 * Returns: whether it could be read, or is not there yet
 */
gboolean
edge_node_store_load (EdgeNodeStore  *self,
                      const char     *dir,
                      GError        **error)
{
  g_autofree char *path = g_build_filename (dir, EDGE_NODE_STORE_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) local = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &local))
    {
      if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return edge_node_store_parse (self, text, length, error);
}

/**
 * edge_node_store_save:
 * @self: a store
 * @dir: the node's folder; made when it is not there
 * @error: return location for an error in the `G_FILE_ERROR` domain
 *
 * Writes the file so that after a crash it is the old one or the new one.
 *
 * Returns: whether it was written
 */
gboolean
edge_node_store_save (EdgeNodeStore  *self,
                      const char     *dir,
                      GError        **error)
{
  g_autofree char *path = g_build_filename (dir, EDGE_NODE_STORE_FILE, NULL);
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   "%s can't be made: %s", dir, g_strerror (errno));
      return FALSE;
    }

  json_object_set_int_member (object, "version", VERSION);
  if (self->name != NULL)
    json_object_set_string_member (object, "name", self->name);
  if (self->network != NULL)
    json_object_set_string_member (object, "network", self->network);
  if (self->chosen != NULL)
    json_object_set_string_member (object, "chosen", self->chosen);
  if (self->archive)
    json_object_set_boolean_member (object, "archive", TRUE);
  json_object_set_array_member (object, "blocked", write_set (self->blocked));
  if (self->key != NULL)
    {
      json_object_set_string_member (object, "key", self->key);
      if (self->place != NULL)
        json_object_set_string_member (object, "place", self->place);
      json_object_set_boolean_member (object, "made", self->made);
      json_object_set_array_member (object, "settled", write_set (self->settled));
    }
  if (g_hash_table_size (self->declined) > 0)
    json_object_set_array_member (object, "declined", write_set (self->declined));

  text = edge_json_print (object);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/**
 * edge_node_store_note_key:
 * @self: a store
 * @key: the key that is used here from now on
 * @place: (nullable): where here is
 * @is_new: whether nothing was ever signed with it
 *
 * Notes whose folder this is. A folder that was copied to another place has a copied key.
 *
 * Returns: whether that is something new
 */
gboolean
edge_node_store_note_key (EdgeNodeStore *self,
                          const char    *key,
                          const char    *place,
                          gboolean       is_new)
{
  if (g_strcmp0 (self->key, key) == 0 && g_strcmp0 (self->place, place) == 0)
    return FALSE;

  g_set_str (&self->key, key);
  g_set_str (&self->place, place);
  self->made = is_new;
  g_hash_table_remove_all (self->settled);
  return TRUE;
}

/**
 * edge_node_store_set_settled:
 * @self: a store
 * @network_id: a network
 * @settled: whether all that the key signed there is known here
 *
 * Returns: whether that is something new
 */
gboolean
edge_node_store_set_settled (EdgeNodeStore *self,
                             const char    *network_id,
                             gboolean       settled)
{
  if (!settled)
    return g_hash_table_remove (self->settled, network_id);
  if (g_hash_table_size (self->settled) >= EDGE_NODE_STORE_MAX_SETTLED)
    g_hash_table_remove_all (self->settled);
  return g_hash_table_add (self->settled, g_strdup (network_id));
}
