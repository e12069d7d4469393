/* edge-ice-servers.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-ice-servers.h"

#include <string.h>

#include "base/edge-json.h"

#define MAX_URL_LENGTH        256
#define MAX_CREDENTIAL_LENGTH 512

static const char * const schemes[] = { "stun:", "turn:", "turns:" };

/* `turn:host:3478?transport=udp` becomes `turn://user:password@host:3478?transport=udp`. */
static char *
convert_url (const char *url,
             const char *username,
             const char *credential)
{
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  const char *scheme = NULL;
  const char *rest;

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_has_prefix (url, schemes[i]))
      scheme = schemes[i];
  if (scheme == NULL)
    return NULL;

  rest = url + strlen (scheme);
  if (*rest == '\0' || strspn (rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789.-_:[]?=") != strlen (rest))
    return NULL;
  if (scheme == schemes[0])
    return g_strconcat ("stun://", rest, NULL);
  if (username == NULL || credential == NULL)
    return NULL;

  user = g_uri_escape_string (username, NULL, FALSE);
  password = g_uri_escape_string (credential, NULL, FALSE);
  return g_strconcat (scheme, "//", user, ":", password, "@", rest, NULL);
}

static void
add_url (GStrvBuilder *builder,
         guint        *n,
         JsonNode     *node,
         const char   *username,
         const char   *credential)
{
  const char *url = NULL;
  char *uri;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    url = json_node_get_string (node);
  if (url == NULL || strlen (url) > MAX_URL_LENGTH || *n >= EDGE_ICE_SERVERS_MAX)
    return;

  uri = convert_url (url, username, credential);
  if (uri != NULL)
    {
      g_strv_builder_take (builder, uri);
      (*n)++;
    }
}

static void
add_server (GStrvBuilder *builder,
            guint        *n,
            JsonObject   *server)
{
  JsonNode *urls = json_object_get_member (server, "urls");
  const char *username, *credential;

  if (urls == NULL ||
      !edge_json_read_string (server, "username", MAX_CREDENTIAL_LENGTH, &username, NULL) ||
      !edge_json_read_string (server, "credential", MAX_CREDENTIAL_LENGTH, &credential, NULL))
    return;

  if (!JSON_NODE_HOLDS_ARRAY (urls))
    {
      add_url (builder, n, urls, username, credential);
      return;
    }

  for (guint i = 0; i < MIN (json_array_get_length (json_node_get_array (urls)), 64); i++)
    add_url (builder, n, json_array_get_element (json_node_get_array (urls), i), username,
             credential);
}

/**
 * edge_ice_servers_from_json:
 * @text: (nullable): JSON text of an array of WebRTC's `RTCIceServer`, from a relay
 * @length: its bytes
 *
 * Makes the URIs that webrtcbin takes, with the credentials in them. What is
 * of another shape is left out.
 *
 * Returns: (transfer full): at most %EDGE_ICE_SERVERS_MAX URIs
 */
GStrv
edge_ice_servers_from_json (const char *text,
                            gsize       length)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GString) wrapped = g_string_new ("{\"a\":");
  g_autoptr(JsonObject) object = NULL;
  JsonArray *array = NULL;
  guint n = 0;

  if (text == NULL)
    return g_strv_builder_end (builder);

  g_string_append_len (wrapped, text, length);
  g_string_append_c (wrapped, '}');

  object = edge_json_parse (wrapped->str, wrapped->len, 65536, NULL);
  if (object != NULL && edge_json_read_array (object, "a", 64, &array, NULL) && array != NULL)
    for (guint i = 0; i < json_array_get_length (array); i++)
      {
        JsonNode *node = json_array_get_element (array, i);

        if (JSON_NODE_HOLDS_OBJECT (node))
          add_server (builder, &n, json_node_get_object (node));
      }

  return g_strv_builder_end (builder);
}
