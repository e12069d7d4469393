/* edge-event-text.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-event-text.h"

#include "app/edge-credits.h"
#include "app/edge-format.h"
#include "base/edge-base64.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

/* What a stored event says, for people. The ledger checked it when it came. */

static const struct
{
  const char *member;
  const char *name;
} names[] = {
  { "amount", N_("Amount") },
  { "share", N_("For each worker") },
  { "to", N_("To") },
  { "memo", N_("Memo") },
  { "inviter", N_("Invited by") },
  { "work", N_("Proof of work") },
  { "key", N_("Key") },
  { "escrow", N_("Escrow") },
  { "results", N_("Results") },
  { "kind", N_("Kind of work") },
  { "units", N_("Units") },
  { "workers", N_("Workers, as hashes") },
  { "deadline", N_("Deadline") },
  { "payload", N_("Hash of the task") },
  { "day", N_("Day") },
  { "marks", N_("Witnesses") },
  { "keys", N_("Validators") },
};

#define MS_PER_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/** edge_event_text_member_name: The name of a member of a body, translated; itself if unknown. */
const char *
edge_event_text_member_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i].member, name))
        return _(names[i].name);
    }
  return name;
}

static JsonNode *
parse_payload (const char *jws)
{
  g_auto(GStrv) parts = g_strsplit (jws, ".", 3);
  g_autofree guint8 *payload = NULL;
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  gsize size;

  if (g_strv_length (parts) != 3)
    return NULL;
  payload = edge_base64url_decode (parts[1], -1, &size);
  if (payload == NULL
      || !json_parser_load_from_data (parser, (const char *) payload, (gssize) size, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

/**
 * edge_event_text_decode:
 * @jws: an event as it came
 *
 * Returns: (transfer full) (nullable): its payload, indented
 */
char *
edge_event_text_decode (const char *jws)
{
  g_autoptr(JsonNode) root = parse_payload (jws);

  return root != NULL ? json_to_string (root, TRUE) : NULL;
}

static char *
dup_value (const char *name,
           JsonNode   *node)
{
  gboolean number = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;

  if (number && (g_str_equal (name, "amount") || g_str_equal (name, "share")))
    return edge_credits_format_exact ((guint64) json_node_get_int (node));
  if (number && g_str_equal (name, "deadline"))
    return edge_format_exact_time (json_node_get_int (node));
  if (number && g_str_equal (name, "day"))
    {
      g_autoptr(GDateTime) day =
        g_date_time_new_from_unix_utc (json_node_get_int (node) * (MS_PER_DAY / 1000));

      if (day != NULL)
        return g_date_time_format (day, "%x");
    }
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));

  return json_to_string (node, !JSON_NODE_HOLDS_VALUE (node));
}

/**
 * edge_event_text_foreach:
 * @jws: an event as it came
 * @func: (scope call): called for each member of its body
 * @user_data: for @func
 */
void
edge_event_text_foreach (const char        *jws,
                         EdgeEventTextFunc  func,
                         gpointer           user_data)
{
  g_autoptr(JsonNode) root = parse_payload (jws);
  JsonObject *body = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return;
  node = json_object_get_member (json_node_get_object (root), "body");
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  body = json_node_get_object (node);
  json_object_iter_init_ordered (&iter, body);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *value = dup_value (name, node);

      func (name, value, user_data);
    }
}
