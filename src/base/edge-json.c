/* edge-json.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-json.h"

#include <math.h>
#include <string.h>

G_DEFINE_QUARK (edge-json-error, edge_json_error)

/* json-glib recurses as it parses; the depth is bounded before it starts. */
static gboolean
depth_is_bounded (const char *text,
                  gsize       length)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if (c == '{' || c == '[')
        {
          if (++depth > EDGE_JSON_MAX_DEPTH)
            return FALSE;
        }
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
    }

  return TRUE;
}

static void
note_infinite (JsonNode *node,
               gboolean *infinite);

static void
note_infinite_member (JsonObject *object,
                      const char *name,
                      JsonNode   *member,
                      gpointer    infinite)
{
  note_infinite (member, infinite);
}

static void
note_infinite_element (JsonArray *array,
                       guint      index,
                       JsonNode  *element,
                       gpointer   infinite)
{
  note_infinite (element, infinite);
}

/* json-glib reads 1e999 as infinity and would print a word that is not JSON. */
static void
note_infinite (JsonNode *node,
               gboolean *infinite)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), note_infinite_member, infinite);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), note_infinite_element, infinite);
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE && !isfinite (json_node_get_double (node)))
    *infinite = TRUE;
}

/**
 * edge_json_parse:
 * @text: bytes of a stranger
 * @length: how many
 * @max_length: how many are allowed
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Reads one JSON object. Size and depth are checked before anything is
 * allocated for it.
 *
 * Returns: (transfer full) (nullable): the object
 */
JsonObject *
edge_json_parse (const char  *text,
                 gsize        length,
                 gsize        max_length,
                 GError     **error)
{
  g_autoptr(JsonParser) parser = NULL;
  g_autoptr(GError) local_error = NULL;
  gboolean infinite = FALSE;
  JsonNode *root;

  if (length > max_length)
    {
      g_set_error (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_TOO_LARGE,
                   "The message has %" G_GSIZE_FORMAT " bytes, %" G_GSIZE_FORMAT " are allowed",
                   length, max_length);
      return NULL;
    }

  /* No bytes may come as a null pointer, which json-glib does not take. */
  if (length == 0)
    {
      g_set_error_literal (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_SYNTAX,
                           "The message is empty");
      return NULL;
    }

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_SYNTAX,
                           "The message is not UTF-8");
      return NULL;
    }

  if (!depth_is_bounded (text, length))
    {
      g_set_error (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_TOO_LARGE,
                   "The message nests deeper than %d", EDGE_JSON_MAX_DEPTH);
      return NULL;
    }

  parser = json_parser_new ();
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, length, &local_error))
    {
      g_set_error (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_SYNTAX,
                   "The message is not JSON: %s", local_error->message);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_SYNTAX,
                           "The message is not a JSON object");
      return NULL;
    }

  note_infinite (root, &infinite);
  if (infinite)
    {
      g_set_error_literal (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_SYNTAX,
                           "The message holds a number out of range");
      return NULL;
    }

  return json_object_ref (json_node_get_object (root));
}

/**
 * edge_json_print:
 * @object: an object
 *
 * Returns: (transfer full): @object as compact JSON text
 */
char *
edge_json_print (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static gboolean
wrong_member (const char  *member,
              const char  *expected,
              GError     **error)
{
  g_set_error (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_MEMBER,
               "Member “%s” must be %s", member, expected);
  return FALSE;
}

/* A member that is null counts as absent. */
static JsonNode *
lookup (JsonObject *object,
        const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/**
 * edge_json_read_string:
 * @object: an object
 * @member: a member's name
 * @max_length: the longest text allowed, in bytes
 * @value: (out) (nullable) (transfer none): its text, %NULL when the member is absent
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Reads an optional text. edge_json_require() tells whether it is there.
 *
 * Returns: whether the member is absent or right
 */
gboolean
edge_json_read_string (JsonObject  *object,
                       const char  *member,
                       gsize        max_length,
                       const char **value,
                       GError     **error)
{
  JsonNode *node = lookup (object, member);

  *value = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return wrong_member (member, "a text", error);
  if (strlen (json_node_get_string (node)) > max_length)
    return wrong_member (member, "shorter", error);

  *value = json_node_get_string (node);
  return TRUE;
}

/**
 * edge_json_read_int:
 * @object: an object
 * @member: a member's name
 * @min: the least value allowed
 * @max: the greatest value allowed
 * @value: (inout): its value; left alone when the member is absent
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Reads an optional whole number.
 *
 * Returns: whether the member is absent or right
 */
gboolean
edge_json_read_int (JsonObject  *object,
                    const char  *member,
                    gint64       min,
                    gint64       max,
                    gint64      *value,
                    GError     **error)
{
  JsonNode *node = lookup (object, member);
  gint64 v;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return wrong_member (member, "a whole number", error);

  v = json_node_get_int (node);
  if (v < min || v > max)
    return wrong_member (member, "within its range", error);

  *value = v;
  return TRUE;
}

/**
 * edge_json_read_boolean:
 * @object: an object
 * @member: a member's name
 * @value: (inout): its value; left alone when the member is absent
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Returns: whether the member is absent or right
 */
gboolean
edge_json_read_boolean (JsonObject  *object,
                        const char  *member,
                        gboolean    *value,
                        GError     **error)
{
  JsonNode *node = lookup (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return wrong_member (member, "true or false", error);

  *value = json_node_get_boolean (node);
  return TRUE;
}

/**
 * edge_json_read_object:
 * @object: an object
 * @member: a member's name
 * @value: (out) (nullable) (transfer none): the object, %NULL when the member is absent
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Returns: whether the member is absent or right
 */
gboolean
edge_json_read_object (JsonObject  *object,
                       const char  *member,
                       JsonObject **value,
                       GError     **error)
{
  JsonNode *node = lookup (object, member);

  *value = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wrong_member (member, "an object", error);

  *value = json_node_get_object (node);
  return TRUE;
}

/**
 * edge_json_read_array:
 * @object: an object
 * @member: a member's name
 * @max_items: how many items are allowed
 * @value: (out) (nullable) (transfer none): the array, %NULL when the member is absent
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Returns: whether the member is absent or right
 */
gboolean
edge_json_read_array (JsonObject  *object,
                      const char  *member,
                      guint        max_items,
                      JsonArray  **value,
                      GError     **error)
{
  JsonNode *node = lookup (object, member);

  *value = NULL;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return wrong_member (member, "an array", error);
  if (json_array_get_length (json_node_get_array (node)) > max_items)
    return wrong_member (member, "a shorter array", error);

  *value = json_node_get_array (node);
  return TRUE;
}

/**
 * edge_json_require:
 * @object: an object
 * @member: a member's name
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Returns: whether the member is there and not null
 */
gboolean
edge_json_require (JsonObject  *object,
                   const char  *member,
                   GError     **error)
{
  return lookup (object, member) != NULL || wrong_member (member, "given", error);
}
