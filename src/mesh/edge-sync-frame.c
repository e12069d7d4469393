/* edge-sync-frame.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-sync-frame.h"

#include <string.h>

#include "base/edge-json.h"
#include "mesh/edge-mux.h"

#define MAX_TYPE 64
#define REQUEST  "qdag_sync_request"
#define RESPONSE "qdag_sync_response"

static gboolean
read_events (EdgeSyncFrame  *self,
             JsonArray      *array,
             GError        **error)
{
  self->events = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        {
          g_set_error_literal (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_MEMBER,
                               "A contribution is not a text");
          return FALSE;
        }
      g_ptr_array_add (self->events, g_strdup (json_node_get_string (node)));
    }
  return TRUE;
}

/**
 * edge_sync_frame_read:
 * @self: (out caller-allocates): a frame, all zero; to be cleared in any case
 * @payload: what came on the bulk stream; a stranger's
 * @error: return location for an error in the `EDGE_JSON_ERROR` domain
 *
 * Reads a frame. One of another type holds nothing.
 *
 * Returns: whether it is well-formed
 */
gboolean
edge_sync_frame_read (EdgeSyncFrame  *self,
                      GBytes         *payload,
                      GError        **error)
{
  g_autoptr(JsonObject) frame = NULL;
  const char *type;
  JsonObject *ranges = NULL;
  JsonArray *events = NULL;
  gint64 count = -1;
  gint64 n = -1;
  gsize size;
  const char *text = g_bytes_get_data (payload, &size);

  frame = edge_json_parse (text, size, EDGE_MUX_MAX_FRAME, error);
  if (frame == NULL ||
      !edge_json_require (frame, "type", error) ||
      !edge_json_read_string (frame, "type", MAX_TYPE, &type, error))
    return FALSE;

  self->is_request = g_str_equal (type, REQUEST);
  if (!self->is_request && !g_str_equal (type, RESPONSE))
    return TRUE;
  if (!edge_json_read_int (frame, "count", 0, G_MAXINT64, &count, error) ||
      !edge_json_read_int (frame, "n", 0, G_MAXUINT32, &n, error) ||
      !edge_json_read_object (frame, "ranges", &ranges, error) ||
      !edge_json_read_array (frame, "contributions", EDGE_SYNC_FRAME_MAX_EVENTS, &events, error))
    return FALSE;

  self->has_count = count >= 0;
  self->count = (guint64) MAX (count, 0);
  self->has_n = n >= 0;
  self->n = (guint64) MAX (n, 0);
  self->ranges = ranges != NULL ? edge_json_print (ranges) : NULL;
  return events == NULL || read_events (self, events, error);
}

void
edge_sync_frame_clear (EdgeSyncFrame *self)
{
  g_clear_pointer (&self->ranges, g_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
}

static GBytes *
print (JsonObject *frame)
{
  char *text = edge_json_print (frame);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * edge_sync_frame_write_ranges:
 * @is_request: whether an answer is wanted even if there is no difference
 * @count: how many events we have
 * @n: the last checkpoint that is final for us, 0 before the first
 * @ranges: a message of a reconciliation
 *
 * Returns: (transfer full): the frame
 */
GBytes *
edge_sync_frame_write_ranges (gboolean    is_request,
                              guint64     count,
                              guint64     n,
                              const char *ranges)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  JsonNode *node = json_from_string (ranges, NULL);

  g_return_val_if_fail (node != NULL, NULL);

  json_object_set_string_member (frame, "type", is_request ? REQUEST : RESPONSE);
  json_object_set_int_member (frame, "count", (gint64) count);
  json_object_set_int_member (frame, "n", (gint64) n);
  json_object_set_member (frame, "ranges", node);
  return print (frame);
}

/**
 * edge_sync_frame_write_events:
 * @events: (element-type utf8): events
 *
 * Returns: (transfer full): the frame
 */
GBytes *
edge_sync_frame_write_events (GPtrArray *events)
{
  g_autoptr(JsonObject) frame = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < events->len; i++)
    json_array_add_string_element (array, events->pdata[i]);
  json_object_set_string_member (frame, "type", RESPONSE);
  json_object_set_array_member (frame, "contributions", array);
  return print (frame);
}
