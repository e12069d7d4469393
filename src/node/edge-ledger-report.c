/* edge-ledger-report.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-ledger-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/edge-base64.h"
#include "identity/edge-words.h"
#include "ledger/edge-ledger-two-books.h"
#include "mesh/edge-peer.h"
#include "node/edge-book-entry.h"
#include "node/edge-node-error.h"

/* The JSON of the ledger's commands, described in edge-net-node(1). */

#define MAX_TIPS 512

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

/* All 64 bits, which a number in JSON may not keep. */
static void
set_amount (JsonObject *object,
            const char *member,
            guint64     nano)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, nano);
  json_object_set_string_member (object, member, text);
}

static void
set_id (JsonObject   *object,
        const char   *member,
        const EdgeId *id)
{
  char text[EDGE_ID_TEXT_SIZE];

  edge_id_write (id, text);
  json_object_set_string_member (object, member, text);
}

/**
 * edge_ledger_report_checkpoint:
 * @ledger: an open ledger
 *
 * Returns: (transfer full): its last final checkpoint, null before the first
 */
JsonNode *
edge_ledger_report_checkpoint (EdgeLedger *ledger)
{
  JsonObject *last;
  EdgeCheckpoint checkpoint;
  EdgeId leader, hash;
  guint64 time;

  if (!edge_ledger_get_last (ledger, &checkpoint, &time))
    return json_node_new (JSON_NODE_NULL);

  last = json_object_new ();
  edge_checkpoint_hash (&checkpoint, &hash);
  json_object_set_int_member (last, "n", (gint64) checkpoint.n);
  set_id (last, "hash", &hash);
  json_object_set_int_member (last, "time", (gint64) time);
  json_object_set_int_member (last, "count", (gint64) checkpoint.count);
  set_id (last, "state", &checkpoint.state);
  if (edge_ledger_get_leader (ledger, (guint) checkpoint.n, &leader))
    set_id (last, "leader", &leader);
  else
    json_object_set_null_member (last, "leader");
  return take_object (last);
}

/**
 * edge_ledger_report_status:
 * @ledger: an open ledger
 * @books: (nullable): what tells of peers, %NULL when no node runs
 *
 * Returns: (transfer full): the answer to `ledger status`
 */
JsonNode *
edge_ledger_report_status (EdgeLedger *ledger,
                           EdgeBooks  *books)
{
  JsonObject *status = json_object_new ();
  g_autoptr(GArray) tips = edge_ledger_list_tips (ledger, MAX_TIPS);
  g_autofree char *two_books = NULL;
  EdgeLedgerFigures figures;
  guint64 expected;
  guint n_in_step = 0;
  gint64 remaining = -1;
  double rate = 0;

  edge_ledger_get_figures (ledger, &figures);
  expected = figures.n_events;
  if (books != NULL)
    g_object_get (books, "n-expected", &expected, "rate", &rate, "remaining", &remaining,
                  "n-in-step", &n_in_step, NULL);

  set_id (status, "network", &edge_ledger_get_genesis (ledger)->id);
  json_object_set_int_member (status, "events", figures.n_events);
  json_object_set_int_member (status, "expected", (gint64) MAX (expected, figures.n_events));
  json_object_set_double_member (status, "rate", rate);
  if (remaining >= 0)
    json_object_set_int_member (status, "remaining_ms", remaining);
  else
    json_object_set_null_member (status, "remaining_ms");
  json_object_set_int_member (status, "open", figures.n_open);
  json_object_set_int_member (status, "off", figures.n_off);
  json_object_set_int_member (status, "void", figures.n_void);
  json_object_set_int_member (status, "tips", tips->len);
  json_object_set_int_member (status, "time", (gint64) figures.time);
  json_object_set_int_member (status, "peers_in_step", n_in_step);
  json_object_set_int_member (status, "multiplier", (gint64) figures.multiplier);
  json_object_set_member (status, "checkpoint", edge_ledger_report_checkpoint (ledger));
  two_books = edge_ledger_dup_two_books (ledger);
  if (two_books != NULL)
    json_object_set_member (status, "two_books", json_from_string (two_books, NULL));
  else
    json_object_set_null_member (status, "two_books");
  json_object_set_boolean_member (status, "archive", edge_ledger_is_archive (ledger));
  return take_object (status);
}

static void
set_timed (JsonObject *object,
           const char *member,
           GArray     *timed)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; timed != NULL && i < timed->len; i++)
    {
      const EdgeTimed *entry = &g_array_index (timed, EdgeTimed, i);
      JsonArray *pair = json_array_new ();
      char amount[32];

      g_snprintf (amount, sizeof amount, "%" G_GUINT64_FORMAT, entry->amount);
      json_array_add_int_element (pair, (gint64) entry->end);
      json_array_add_string_element (pair, amount);
      json_array_add_array_element (list, pair);
    }
  json_object_set_array_member (object, member, list);
}

/**
 * edge_ledger_report_balance:
 * @ledger: an open ledger
 * @key: any key
 *
 * Returns: (transfer full): the answer to `balance`
 */
JsonNode *
edge_ledger_report_balance (EdgeLedger   *ledger,
                            const EdgeId *key)
{
  JsonObject *balance = json_object_new ();
  g_autoptr(EdgeAccount) known = edge_ledger_dup_account (ledger, key);
  g_autoptr(EdgeAccount) none = edge_account_new (key);
  const EdgeAccount *account = known != NULL ? known : none;
  guint64 final;

  set_id (balance, "key", key);
  set_amount (balance, "available", account->free);
  set_amount (balance, "locked", edge_account_sum (account->lots));
  set_amount (balance, "staked", edge_account_stake (account));
  set_amount (balance, "escrowed", edge_ledger_get_escrowed (ledger, key));
  set_timed (balance, "lots", account->lots);
  set_amount (balance, "own", account->own);
  set_timed (balance, "leaving", account->leaving);
  set_amount (balance, "welcome", account->welcome);
  json_object_set_int_member (balance, "member", account->member);
  if (edge_ledger_get_final (ledger, key, &final))
    set_amount (balance, "final", final);
  else
    json_object_set_null_member (balance, "final");
  return take_object (balance);
}

static JsonObject *
report_entry (const EdgeLedgerEntry *entry)
{
  JsonObject *object = json_object_new ();
  JsonArray *parents = json_array_new ();

  set_id (object, "id", &entry->id);
  json_object_set_string_member (object, "type", edge_event_type_to_string (entry->type));
  set_id (object, "author", &entry->author);
  if (entry->has_other)
    set_id (object, "other", &entry->other);
  else
    json_object_set_null_member (object, "other");
  if (entry->amount > 0)
    set_amount (object, "amount", entry->amount);
  else
    json_object_set_null_member (object, "amount");
  json_object_set_int_member (object, "time", (gint64) entry->time);
  json_object_set_int_member (object, "seq", (gint64) entry->seq);
  json_object_set_int_member (object, "height", (gint64) entry->height);
  json_object_set_int_member (object, "place", entry->place);
  for (guint i = 0; i < entry->n_parents; i++)
    {
      char text[EDGE_ID_TEXT_SIZE];

      edge_id_write (&entry->parents[i], text);
      json_array_add_string_element (parents, text);
    }
  json_object_set_array_member (object, "parents", parents);
  json_object_set_int_member (object, "builders", entry->builders);
  json_object_set_string_member (object, "state",
                                 edge_book_state_to_string (edge_book_state_of (entry)));
  if (entry->reason != EDGE_REASON_NONE)
    json_object_set_string_member (object, "reason", edge_reason_to_string (entry->reason));
  else
    json_object_set_null_member (object, "reason");
  if (entry->checkpoint != 0)
    json_object_set_int_member (object, "checkpoint", entry->checkpoint);
  else
    json_object_set_null_member (object, "checkpoint");
  return object;
}

/**
 * edge_ledger_report_list:
 * @ledger: an open ledger
 * @key: (nullable): whom the events must concern, or %NULL for all
 * @skip: how many of them to leave out, from the newest
 * @most: how many to list; no more than %EDGE_LEDGER_REPORT_MAX are
 *
 * Returns: (transfer full): the answer to `ledger list`
 */
JsonNode *
edge_ledger_report_list (EdgeLedger   *ledger,
                         const EdgeId *key,
                         guint         skip,
                         guint         most)
{
  g_autoptr(GArray) entries = NULL;
  JsonArray *array = json_array_new ();

  entries = edge_ledger_list (ledger, key, skip, MIN (most, EDGE_LEDGER_REPORT_MAX));
  for (guint i = 0; i < entries->len; i++)
    json_array_add_object_element (array,
                                   report_entry (&g_array_index (entries, EdgeLedgerEntry, i)));
  return take_array (array);
}

/* What the author signed, as JSON; checked when the event came in. */
static JsonNode *
read_payload (const char *jws)
{
  const char *start = strchr (jws, '.') + 1;
  const char *end = strchr (start, '.');
  gsize size;
  g_autofree guint8 *payload = edge_base64url_decode (start, end - start, &size);
  g_autofree char *text = payload != NULL ? g_strndup ((const char *) payload, size) : NULL;

  return text != NULL ? json_from_string (text, NULL) : NULL;
}

/**
 * edge_ledger_report_event:
 * @ledger: an open ledger
 * @id: an event's id
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Returns: (transfer full) (nullable): the answer to `ledger show`
 */
JsonNode *
edge_ledger_report_event (EdgeLedger  *ledger,
                          const char  *id,
                          GError     **error)
{
  g_autofree char *jws = NULL;
  EdgeLedgerEntry entry;
  JsonObject *object;
  JsonNode *payload;
  EdgeId event;

  if (!edge_id_parse (&event, id, -1) || !edge_ledger_get_entry (ledger, &event, &entry))
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_EVENT,
                   _("No event has the id “%s”"), id);
      return NULL;
    }

  object = report_entry (&entry);
  jws = edge_ledger_dup_event (ledger, &event);
  payload = jws != NULL ? read_payload (jws) : NULL;
  if (payload != NULL)
    json_object_set_member (object, "payload", payload);
  else
    json_object_set_null_member (object, "payload");
  if (jws != NULL)
    json_object_set_string_member (object, "event", jws);
  else
    json_object_set_null_member (object, "event");
  return take_object (object);
}

/**
 * edge_ledger_report_ingest:
 * @result: what became of events
 *
 * Returns: (transfer full): the answer to `ledger import`
 */
JsonNode *
edge_ledger_report_ingest (EdgeIngestResult *result)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "new", result->n_new);
  json_object_set_int_member (object, "known", result->n_known);
  json_object_set_int_member (object, "held", result->n_held);
  json_object_set_int_member (object, "invalid", result->n_bad);
  if (result->fault != NULL)
    json_object_set_string_member (object, "fault", result->fault);
  else
    json_object_set_null_member (object, "fault");
  return take_object (object);
}
