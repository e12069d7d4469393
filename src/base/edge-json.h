/* edge-json.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define EDGE_JSON_ERROR (edge_json_error_quark ())

/**
 * EdgeJsonError:
 * @EDGE_JSON_ERROR_TOO_LARGE: longer or deeper than the reader allows
 * @EDGE_JSON_ERROR_SYNTAX: not one JSON object in UTF-8
 * @EDGE_JSON_ERROR_MEMBER: a member is missing, of the wrong type or out of range
 */
typedef enum
{
  EDGE_JSON_ERROR_TOO_LARGE,
  EDGE_JSON_ERROR_SYNTAX,
  EDGE_JSON_ERROR_MEMBER,
} EdgeJsonError;

/** EDGE_JSON_MAX_DEPTH: Nesting allowed in anything a stranger sends. */
#define EDGE_JSON_MAX_DEPTH 16

GQuark      edge_json_error_quark  (void) G_GNUC_CONST;

JsonObject *edge_json_parse        (const char  *text,
                                    gsize        length,
                                    gsize        max_length,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;
char       *edge_json_print        (JsonObject  *object) G_GNUC_WARN_UNUSED_RESULT;

gboolean    edge_json_read_string  (JsonObject  *object,
                                    const char  *member,
                                    gsize        max_length,
                                    const char **value,
                                    GError     **error);
gboolean    edge_json_read_int     (JsonObject  *object,
                                    const char  *member,
                                    gint64       min,
                                    gint64       max,
                                    gint64      *value,
                                    GError     **error);
gboolean    edge_json_read_boolean (JsonObject  *object,
                                    const char  *member,
                                    gboolean    *value,
                                    GError     **error);
gboolean    edge_json_read_object  (JsonObject  *object,
                                    const char  *member,
                                    JsonObject **value,
                                    GError     **error);
gboolean    edge_json_read_array   (JsonObject  *object,
                                    const char  *member,
                                    guint        max_items,
                                    JsonArray  **value,
                                    GError     **error);
gboolean    edge_json_require      (JsonObject  *object,
                                    const char  *member,
                                    GError     **error);

G_END_DECLS
