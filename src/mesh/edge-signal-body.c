/* edge-signal-body.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-signal-body.h"

#include <string.h>

#include "base/edge-json.h"
#include "mesh/edge-sdp.h"
#include "signaling/edge-envelope.h"

/**
 * edge_signal_body_print:
 * @self: what to say
 *
 * Returns: (transfer full): the body of an envelope
 */
GBytes *
edge_signal_body_print (const EdgeSignalBody *self)
{
  g_autoptr(JsonObject) object = json_object_new ();
  char *text;

  json_object_set_int_member (object, "attempt", self->attempt);
  if (self->sdp != NULL)
    json_object_set_string_member (object, "sdp", self->sdp);
  if (self->candidates != NULL)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; self->candidates[i] != NULL; i++)
        json_array_add_string_element (array, self->candidates[i]);
      json_object_set_array_member (object, "candidates", array);
    }

  text = edge_json_print (object);
  return g_bytes_new_take (text, strlen (text));
}

static GStrv
read_candidates (JsonArray  *array,
                 GError    **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
          !edge_sdp_check_candidate (json_node_get_string (node)))
        {
          g_set_error_literal (error, EDGE_SDP_ERROR, EDGE_SDP_ERROR_MALFORMED,
                               "A candidate is malformed");
          return NULL;
        }
      g_strv_builder_add (builder, json_node_get_string (node));
    }
  return g_strv_builder_end (builder);
}

/**
 * edge_signal_body_parse:
 * @bytes: the body of a signed envelope; its content is a stranger's
 * @error: return location for an error in the `EDGE_JSON_ERROR` or `EDGE_SDP_ERROR` domain
 *
 * Returns: (transfer full) (nullable): what it says
 */
EdgeSignalBody *
edge_signal_body_parse (GBytes  *bytes,
                        GError **error)
{
  g_autoptr(EdgeSignalBody) self = g_new0 (EdgeSignalBody, 1);
  g_autoptr(JsonObject) object = NULL;
  const char *sdp;
  JsonArray *candidates;
  gint64 attempt = 0;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  object = edge_json_parse (text, size, EDGE_ENVELOPE_MAX_BODY, error);
  if (object == NULL ||
      !edge_json_require (object, "attempt", error) ||
      !edge_json_read_int (object, "attempt", 0, G_MAXUINT32, &attempt, error) ||
      !edge_json_read_string (object, "sdp", EDGE_SDP_MAX_SIZE, &sdp, error) ||
      !edge_json_read_array (object, "candidates", EDGE_SIGNAL_MAX_CANDIDATES, &candidates, error))
    return NULL;

  self->attempt = (guint32) attempt;
  self->sdp = g_strdup (sdp);
  if (candidates != NULL)
    {
      self->candidates = read_candidates (candidates, error);
      if (self->candidates == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
edge_signal_body_free (EdgeSignalBody *self)
{
  g_free (self->sdp);
  g_strfreev (self->candidates);
  g_free (self);
}
