/* edge-members-report.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-members-report.h"

#include "ledger/edge-ledger-members.h"
#include "node/edge-node-report.h"

#define MAX_MEMBERS 10000

static JsonObject *
report_one (EdgeMembers            *members,
            const EdgeLedgerMember *entry)
{
  JsonObject *object = json_object_new ();
  g_autofree char *key = edge_id_to_text (&entry->key);
  g_autofree char *name = edge_members_dup_name (members, key);
  g_autofree char *inviter = entry->has_inviter ? edge_id_to_text (&entry->inviter) : NULL;
  g_autofree char *inviter_name = edge_members_dup_name (members, inviter);

  json_object_set_string_member (object, "key", key);
  edge_node_report_string (object, "name", name);
  edge_node_report_string (object, "inviter", inviter);
  edge_node_report_string (object, "inviter_name", inviter_name);
  json_object_set_int_member (object, "since", (gint64) entry->since);
  json_object_set_boolean_member (object, "member", entry->member);
  json_object_set_boolean_member (object, "validator", entry->validator);
  json_object_set_int_member (object, "vouched", entry->vouched);
  json_object_set_boolean_member (object, "declined", edge_members_is_declined (members, key));
  return object;
}

/**
 * edge_members_report:
 * @ledger: an open ledger
 * @members: what follows it
 * @waiting: whether to leave out members
 *
 * Returns: (transfer full): the answer to `members`
 */
JsonNode *
edge_members_report (EdgeLedger  *ledger,
                     EdgeMembers *members,
                     gboolean     waiting)
{
  g_autoptr(GArray) list = edge_ledger_list_members (ledger, waiting, MAX_MEMBERS);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < list->len; i++)
    json_array_add_object_element (array, report_one (members, &g_array_index (list, EdgeLedgerMember, i)));
  json_node_take_array (node, array);
  return node;
}
