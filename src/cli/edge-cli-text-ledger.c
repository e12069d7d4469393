/* edge-cli-text-ledger.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-text-ledger.h"

#include <glib/gi18n.h>

#include "cli/edge-cli-text.h"
#include "ledger/edge-amount.h"

/* The answers to the ledger's commands for people. */

#define LABEL_WIDTH 11
#define SHORT_ID    12

static void
add_row (GString    *text,
         const char *label,
         const char *value)
{
  int pad = MAX (0, LABEL_WIDTH - (int) g_utf8_strlen (label, -1));

  g_string_append_printf (text, "  %s%*s%s\n", label, pad, "", value);
}

static void
add_number (GString    *text,
            const char *label,
            JsonObject *object,
            const char *member)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT,
                                            json_object_get_int_member_with_default (object, member, 0));

  add_row (text, label, value);
}

static char *
read_amount (JsonObject *object,
             const char *member)
{
  const char *nano = json_object_get_string_member_with_default (object, member, NULL);
  guint64 value;

  if (nano == NULL || !g_ascii_string_to_unsigned (nano, 10, 0, G_MAXUINT64, &value, NULL))
    return g_strdup ("–");
  return edge_amount_to_text (value);
}

static void
add_amount (GString    *text,
            const char *label,
            JsonObject *object,
            const char *member)
{
  g_autofree char *value = read_amount (object, member);

  add_row (text, label, value);
}

static char *
read_time (JsonObject *object,
           const char *member)
{
  gint64 ms = json_object_get_int_member_with_default (object, member, 0);
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (ms / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%SZ") : g_strdup ("–");
}

static char *
read_checkpoint (JsonObject *object)
{
  JsonObject *checkpoint;

  if (json_object_get_null_member (object, "checkpoint"))
    return g_strdup (_("none yet"));
  checkpoint = json_object_get_object_member (object, "checkpoint");
  return g_strdup_printf ("%" G_GINT64_FORMAT " %.*s",
                          json_object_get_int_member (checkpoint, "n"), SHORT_ID,
                          json_object_get_string_member (checkpoint, "hash"));
}

char *
edge_cli_text_ledger (JsonNode *node)
{
  JsonObject *status = json_node_get_object (node);
  GString *text = g_string_new (NULL);
  g_autofree char *events = NULL;
  g_autofree char *time = read_time (status, "time");
  g_autofree char *checkpoint = read_checkpoint (status);
  g_autofree char *multiplier = NULL;

  events = g_strdup_printf (_("%d of %d, %d of them open, %d off, %d void"),
                            (int) json_object_get_int_member (status, "events"),
                            (int) json_object_get_int_member (status, "expected"),
                            (int) json_object_get_int_member (status, "open"),
                            (int) json_object_get_int_member (status, "off"),
                            (int) json_object_get_int_member (status, "void"));
  multiplier = g_strdup_printf ("× %.6f", (double) json_object_get_int_member (status, "multiplier") / 1e6);
  add_row (text, _("network"), json_object_get_string_member (status, "network"));
  add_row (text, _("events"), events);
  add_number (text, _("tips"), status, "tips");
  add_row (text, _("time"), time);
  add_number (text, _("in step"), status, "peers_in_step");
  add_row (text, _("multiplier"), multiplier);
  add_row (text, _("final"), checkpoint);
  return g_string_free_and_steal (text);
}

static void
add_entry (GString    *text,
           JsonObject *entry)
{
  g_autofree char *time = read_time (entry, "time");
  g_autofree char *amount = read_amount (entry, "amount");
  const char *other = json_object_get_string_member_with_default (entry, "other", NULL);
  const char *reason = json_object_get_string_member_with_default (entry, "reason", NULL);

  g_string_append_printf (text, "%s  %-10s %-9s %16s  %.*s", time,
                          json_object_get_string_member (entry, "type"),
                          json_object_get_string_member (entry, "state"), amount,
                          SHORT_ID, json_object_get_string_member (entry, "author"));
  if (other != NULL)
    g_string_append_printf (text, " → %.*s", SHORT_ID, other);
  if (reason != NULL)
    g_string_append_printf (text, "  (%s)", reason);
  g_string_append_c (text, '\n');
}

char *
edge_cli_text_entries (JsonNode *node)
{
  JsonArray *entries = json_node_get_array (node);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    add_entry (text, json_array_get_object_element (entries, i));
  if (json_array_get_length (entries) == 0)
    g_string_append (text, _("No event."));
  return g_string_free_and_steal (text);
}

char *
edge_cli_text_entry (JsonNode *node)
{
  JsonObject *entry = json_node_get_object (node);
  GString *text = g_string_new (NULL);
  g_autofree char *payload = NULL;

  add_row (text, _("id"), json_object_get_string_member (entry, "id"));
  add_row (text, _("author"), json_object_get_string_member (entry, "author"));
  add_entry (text, entry);
  payload = json_to_string (json_object_get_member (entry, "payload"), TRUE);
  g_string_append_printf (text, "%s\n", payload);
  return g_string_free_and_steal (text);
}

char *
edge_cli_text_import (JsonNode *node)
{
  JsonObject *result = json_node_get_object (node);
  GString *text = g_string_new (NULL);

  add_number (text, _("new"), result, "new");
  add_number (text, _("known"), result, "known");
  add_number (text, _("held"), result, "held");
  add_number (text, _("invalid"), result, "invalid");
  if (!json_object_get_null_member (result, "fault"))
    add_row (text, _("fault"), json_object_get_string_member (result, "fault"));
  return g_string_free_and_steal (text);
}

char *
edge_cli_text_balance (JsonNode *node)
{
  JsonObject *balance = json_node_get_object (node);
  GString *text = g_string_new (NULL);

  add_row (text, _("key"), json_object_get_string_member (balance, "key"));
  add_amount (text, _("available"), balance, "available");
  add_amount (text, _("locked"), balance, "locked");
  add_amount (text, _("staked"), balance, "staked");
  add_amount (text, _("escrowed"), balance, "escrowed");
  add_amount (text, _("final"), balance, "final");
  add_row (text, _("member"), json_object_get_int_member (balance, "member") != 0 ? _("yes") : _("no"));
  return g_string_free_and_steal (text);
}

static char *
join_words (JsonArray *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", json_array_get_string_element (array, i));
  return g_string_free_and_steal (text);
}

static void
add_validators (GString   *text,
                JsonArray *validators)
{
  for (guint i = 0; i < json_array_get_length (validators); i++)
    {
      JsonObject *validator = json_array_get_object_element (validators, i);
      const char *name = json_object_get_string_member_with_default (validator, "name", NULL);
      g_autofree char *clean = name != NULL ? edge_cli_text_clean (name) : g_strdup ("");
      g_autofree char *value = NULL;

      value = g_strdup_printf ("%s %s%s", json_object_get_string_member (validator, "key"), clean,
                               json_object_get_boolean_member (validator, "awake") ? _(" (awake)") : "");
      add_row (text, _("validator"), value);
    }
}

static void
add_proposals (GString   *text,
               JsonArray *proposals)
{
  for (guint i = 0; i < json_array_get_length (proposals); i++)
    {
      JsonObject *proposal = json_array_get_object_element (proposals, i);
      g_autofree char *keys = join_words (json_object_get_array_member (proposal, "validators"));
      /* Translators: keys: who proposes, and which validators they propose. */
      g_autofree char *value = g_strdup_printf (_("by %s: %s"), json_object_get_string_member (proposal, "key"),
                                                keys);

      add_row (text, _("proposed"), value);
    }
}

static const char *
say_standing (JsonObject *member)
{
  if (json_object_get_boolean_member (member, "validator"))
    return _("validator");
  if (json_object_get_boolean_member (member, "member"))
    return _("member");
  return json_object_get_boolean_member (member, "declined") ? _("declined") : _("waiting");
}

static void
add_member (GString    *text,
            JsonObject *member)
{
  const char *name = json_object_get_string_member_with_default (member, "name", NULL);
  const char *inviter = json_object_get_string_member_with_default (member, "inviter", NULL);
  const char *inviter_name = json_object_get_string_member_with_default (member, "inviter_name",
                                                                        NULL);
  g_autofree char *time = read_time (member, "since");
  g_autofree char *clean = name != NULL ? edge_cli_text_clean (name) : NULL;
  g_autofree char *by = inviter_name != NULL ? edge_cli_text_clean (inviter_name)
                                             : g_strdup_printf ("%.*s", SHORT_ID,
                                                                inviter != NULL ? inviter : "");

  g_string_append_printf (text, "%s  %s  %-9s", json_object_get_string_member (member, "key"), time,
                          say_standing (member));
  if (clean != NULL)
    g_string_append_printf (text, " %s", clean);
  if (inviter != NULL)
    g_string_append_printf (text, _(" (invited by %s)"), by);
  g_string_append_c (text, '\n');
}

char *
edge_cli_text_members (JsonNode *node)
{
  JsonArray *members = json_node_get_array (node);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (members); i++)
    add_member (text, json_array_get_object_element (members, i));
  if (json_array_get_length (members) == 0)
    g_string_append (text, _("Nobody."));
  return g_string_free_and_steal (text);
}

char *
edge_cli_text_network (JsonNode *node)
{
  JsonObject *network = json_node_get_object (node);
  GString *text = g_string_new (NULL);
  g_autofree char *name = edge_cli_text_clean (json_object_get_string_member (network, "name"));
  g_autofree char *words = join_words (json_object_get_array_member (network, "words"));
  g_autofree char *relays = join_words (json_object_get_array_member (network, "relays"));
  g_autofree char *checkpoint = read_checkpoint (network);

  g_string_append_printf (text, "%s (%s)\n", name, json_object_get_string_member (network, "kind"));
  add_row (text, _("id"), json_object_get_string_member (network, "id"));
  add_row (text, _("words"), words);
  if (!json_object_get_null_member (network, "founder"))
    add_row (text, _("founder"), json_object_get_string_member (network, "founder"));
  if (!json_object_get_null_member (network, "members"))
    add_number (text, _("members"), network, "members");
  add_row (text, _("you"), json_object_get_string_member (network, "you"));
  add_validators (text, json_object_get_array_member (network, "validators"));
  if (!json_object_get_null_member (network, "proposals"))
    add_proposals (text, json_object_get_array_member (network, "proposals"));
  add_row (text, _("final"), checkpoint);
  if (relays[0] != '\0')
    add_row (text, _("relays"), relays);
  return g_string_free_and_steal (text);
}

char *
edge_cli_text_networks (JsonNode *node)
{
  JsonArray *networks = json_node_get_array (node);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (networks); i++)
    {
      JsonObject *network = json_array_get_object_element (networks, i);
      g_autofree char *name = edge_cli_text_clean (json_object_get_string_member (network, "name"));

      g_string_append_printf (text, "%c %s  %-7s %s\n",
                              json_object_get_boolean_member (network, "current") ? '*' : ' ',
                              json_object_get_string_member (network, "id"),
                              json_object_get_string_member (network, "kind"), name);
    }
  if (json_array_get_length (networks) == 0)
    g_string_append (text, _("No network is known here yet."));
  return g_string_free_and_steal (text);
}
