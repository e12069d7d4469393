/* edge-agreement-state.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-agreement"

#include "mesh/edge-agreement-private.h"

#include <string.h>

#include "base/edge-json.h"
#include "ledger/edge-ledger-serve.h"

/* A newcomer asks a peer how far its book goes, and if that is far takes over the state
 * of a final checkpoint, page by page, instead of all events. It asks for one page at a
 * time, so a peer sends no more than it takes. */

#define PAGE_BYTES        (32 * 1024)
#define MAX_ITEMS         1024
#define MAX_CURSOR        64
#define ANSWER_MS         20000
/* A peer of another make may know nothing of states. */
#define HEAD_MS           3000
#define PAGES_BURST       600
#define PAGES_PER_MINUTE  12000

struct _EdgeAgreementStart
{
  EdgeAgreementSession *session;
  EdgeLedgerBase       *base;
  EdgeLedgerPart        part;
  guint64               n;
  guint                 limit_source;
};

static void
start_free (EdgeAgreementStart *start)
{
  g_clear_handle_id (&start->limit_source, g_source_remove);
  g_clear_pointer (&start->base, edge_ledger_base_free);
  g_free (start);
}

static void
send_request (EdgeAgreementSession *session,
              guint64               n,
              const char           *part,
              const char           *from)
{
  g_autoptr(JsonObject) frame = json_object_new ();

  json_object_set_string_member (frame, "type", "qdag_state_request");
  if (part != NULL)
    {
      json_object_set_int_member (frame, "n", (gint64) n);
      json_object_set_string_member (frame, "part", part);
      json_object_set_string_member (frame, "from", from);
    }
  edge_mesh_send (session->agreement->mesh, session->peer, frame, NULL);
}

/* _edge_agreement_ask_head: asks how far the peer's book goes. */
void
_edge_agreement_ask_head (EdgeAgreementSession *session)
{
  session->head_asked_at = g_get_monotonic_time ();
  send_request (session, 0, NULL, NULL);
}

/* _edge_agreement_waits: whether to ask for no events yet, since a state is on its way,
 * or may be. */
gboolean
_edge_agreement_waits (EdgeAgreementSession *session)
{
  EdgeAgreement *self = session->agreement;

  if (self->start != NULL)
    return TRUE;
  return self->n == 1 && !session->headed &&
         g_get_monotonic_time () - session->head_asked_at < HEAD_MS * 1000;
}

/* _edge_agreement_end_start: gives up what was begun with a peer. */
void
_edge_agreement_end_start (EdgeAgreement        *self,
                           EdgeAgreementSession *session)
{
  if (self->start == NULL || (session != NULL && self->start->session != session))
    return;
  g_clear_pointer (&self->start, start_free);
}

static gboolean
too_late_cb (gpointer user_data)
{
  EdgeAgreement *self = user_data;

  g_debug ("A peer stopped telling the state of its checkpoint");
  self->start->limit_source = 0;
  self->start->session->head_n = 0;
  _edge_agreement_end_start (self, NULL);
  _edge_agreement_go_on (self);
  return G_SOURCE_REMOVE;
}

static void
ask_page (EdgeAgreement *self,
          const char    *from)
{
  EdgeAgreementStart *start = self->start;

  g_clear_handle_id (&start->limit_source, g_source_remove);
  start->limit_source = g_timeout_add (ANSWER_MS, too_late_cb, self);
  send_request (start->session, start->n, edge_ledger_part_to_string (start->part), from);
}

/* Whether another peer has the events that come next here, or may have. */
static gboolean
others_have_next (EdgeAgreement *self)
{
  EdgeAgreementSession *session;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    {
      if (session->headed ? session->head_n >= self->n && session->head_first <= self->n
                          : g_get_monotonic_time () - session->head_asked_at < HEAD_MS * 1000)
        return TRUE;
    }
  return FALSE;
}

/* Whether the state of a peer saves more than asking for its events. */
static gboolean
is_worth_it (EdgeAgreement        *self,
             EdgeAgreementSession *session)
{
  if (session->head_n < self->n || self->stopped)
    return FALSE;
  /* An archive wants the events themselves. */
  if (self->n == 1 && session->head_events >= self->fast_start_events &&
      !edge_ledger_keeps_all (self->ledger))
    return TRUE;
  return session->head_first > self->n && !others_have_next (self);
}

static void
begin_start (EdgeAgreement        *self,
             EdgeAgreementSession *session)
{
  self->start = g_new0 (EdgeAgreementStart, 1);
  self->start->session = session;
  self->start->base = edge_ledger_begin_base (self->ledger);
  self->start->n = session->head_n;
  self->start->part = EDGE_LEDGER_PART_STEPS;
  ask_page (self, "");
}

/* _edge_agreement_go_on: takes over a state if that is worth it, else asks each peer for
 * what is final and not here. */
void
_edge_agreement_go_on (EdgeAgreement *self)
{
  EdgeAgreementSession *session;
  GHashTableIter iter;

  if (self->start != NULL || self->adopting)
    return;
  g_hash_table_iter_init (&iter, self->sessions);
  while (self->start == NULL && g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    {
      if (is_worth_it (self, session))
        begin_start (self, session);
    }
  if (self->start == NULL)
    _edge_agreement_ask_all (self);
}

static void
adopted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(EdgeAgreement) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean good = edge_ledger_adopt_finish (EDGE_LEDGER (source), result, &error);

  self->adopting = FALSE;
  if (self->mesh == NULL)
    return;
  if (!good)
    {
      g_message ("The state of a checkpoint can't be taken over: %s", error->message);
      _edge_agreement_go_on (self);
      return;
    }
  _edge_agreement_begin (self);
  g_signal_emit (self, _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_CLOSED], 0, self->n - 1);
  _edge_agreement_ask_all (self);
}

static void
refuse (EdgeAgreement        *self,
        EdgeAgreementSession *session,
        const char           *why)
{
  g_message ("%s told a state that does not hold: %s", edge_peer_get_id (session->peer), why);
  session->head_n = 0;
  edge_mesh_report_fault (self->mesh, session->peer, why);
  _edge_agreement_end_start (self, session);
  _edge_agreement_go_on (self);
}

static GPtrArray *
read_items (JsonArray *array)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return NULL;
      g_ptr_array_add (items, g_strdup (json_node_get_string (node)));
    }
  return g_steal_pointer (&items);
}

static void
take_page (EdgeAgreement        *self,
           EdgeAgreementSession *session,
           GPtrArray            *items,
           const char           *next)
{
  EdgeAgreementStart *start = self->start;
  g_autoptr(GError) error = NULL;

  if (!edge_ledger_base_take_part (start->base, start->part, items, next == NULL, &error))
    {
      refuse (self, session, error->message);
      return;
    }
  if (next != NULL)
    {
      ask_page (self, next);
      return;
    }
  if (start->part == EDGE_LEDGER_PART_STEPS && edge_ledger_base_get_n (start->base) != start->n)
    {
      refuse (self, session, "its steps do not lead to its last checkpoint");
      return;
    }
  if (++start->part < EDGE_LEDGER_N_PARTS)
    {
      ask_page (self, "");
      return;
    }

  /* If its events do not fit it is not asked again. */
  session->head_n = 0;
  self->adopting = TRUE;
  edge_ledger_adopt_async (self->ledger, g_steal_pointer (&start->base), NULL, adopted_cb,
                           g_object_ref (self));
  _edge_agreement_end_start (self, session);
}

static void
take_head (EdgeAgreement        *self,
           EdgeAgreementSession *session,
           JsonObject           *frame)
{
  g_autoptr(GError) error = NULL;
  gint64 n = 0;
  gint64 events = 0;
  gint64 first = 1;

  if (!edge_json_read_int (frame, "n", 0, G_MAXINT32, &n, &error) ||
      !edge_json_read_int (frame, "events", 0, G_MAXUINT32, &events, &error) ||
      !edge_json_read_int (frame, "first", 1, G_MAXUINT32, &first, &error))
    {
      edge_mesh_report_fault (self->mesh, session->peer, error->message);
      return;
    }
  session->headed = TRUE;
  session->head_n = (guint64) n;
  session->head_events = (guint64) events;
  session->head_first = (guint64) first;
  _edge_agreement_go_on (self);
}

static void
response_cb (EdgeMesh      *mesh,
             EdgePeer      *peer,
             const char    *type,
             JsonObject    *frame,
             EdgeAgreement *self)
{
  EdgeAgreementSession *session = g_hash_table_lookup (self->sessions, peer);
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GError) error = NULL;
  const char *part = NULL;
  const char *next = NULL;
  JsonArray *array = NULL;
  gint64 n = 0;

  if (session == NULL)
    return;
  if (!edge_json_read_string (frame, "part", MAX_CURSOR, &part, &error) ||
      !edge_json_read_string (frame, "next", MAX_CURSOR, &next, &error) ||
      !edge_json_read_int (frame, "n", 0, G_MAXINT32, &n, &error) ||
      !edge_json_read_array (frame, "items", MAX_ITEMS, &array, &error))
    {
      edge_mesh_report_fault (mesh, peer, error->message);
      return;
    }
  if (part == NULL)
    {
      take_head (self, session, frame);
      return;
    }
  /* An answer that came too late, or to nothing. */
  if (self->start == NULL || self->start->session != session ||
      g_strcmp0 (part, edge_ledger_part_to_string (self->start->part)) != 0)
    return;
  /* It went on to a later checkpoint and can't tell of this one any more. */
  if ((guint64) n != self->start->n)
    {
      _edge_agreement_end_start (self, session);
      _edge_agreement_ask_head (session);
      return;
    }
  items = array != NULL ? read_items (array) : NULL;
  if (items == NULL || items->len == 0)
    refuse (self, session, "a page of a state holds nothing");
  else
    take_page (self, session, items, next);
}

static void
set_items (JsonObject *frame,
           GPtrArray  *items)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < items->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (items, i));
  json_object_set_array_member (frame, "items", array);
}

static void
answer_head (EdgeAgreementSession *session)
{
  EdgeAgreement *self = session->agreement;
  g_autoptr(JsonObject) frame = json_object_new ();
  EdgeLedgerFigures figures;

  edge_ledger_get_figures (self->ledger, &figures);
  json_object_set_string_member (frame, "type", "qdag_state_response");
  json_object_set_int_member (frame, "n", (gint64) edge_ledger_pin_state (self->ledger, 0));
  json_object_set_int_member (frame, "events", figures.n_events - figures.n_open);
  json_object_set_int_member (frame, "first", edge_ledger_get_n_pruned (self->ledger) + 1);
  edge_mesh_send (self->mesh, session->peer, frame, NULL);
}

static void
answer_page (EdgeAgreementSession *session,
             guint64               n,
             EdgeLedgerPart        part,
             const char           *from)
{
  EdgeAgreement *self = session->agreement;
  g_autoptr(JsonObject) frame = json_object_new ();
  g_autoptr(GPtrArray) items = NULL;
  g_autofree char *next = NULL;
  guint64 pinned = edge_ledger_pin_state (self->ledger, n);

  json_object_set_string_member (frame, "type", "qdag_state_response");
  json_object_set_string_member (frame, "part", edge_ledger_part_to_string (part));
  json_object_set_int_member (frame, "n", (gint64) pinned);
  if (pinned != 0)
    {
      items = edge_ledger_dup_part (self->ledger, pinned, part, from, PAGE_BYTES, &next);
      set_items (frame, items);
      if (next != NULL)
        json_object_set_string_member (frame, "next", next);
    }
  edge_mesh_send (self->mesh, session->peer, frame, NULL);
}

static void
request_cb (EdgeMesh      *mesh,
            EdgePeer      *peer,
            const char    *type,
            JsonObject    *frame,
            EdgeAgreement *self)
{
  EdgeAgreementSession *session = g_hash_table_lookup (self->sessions, peer);
  g_autoptr(GError) error = NULL;
  EdgeLedgerPart part = EDGE_LEDGER_PART_STEPS;
  const char *word = NULL;
  const char *from = NULL;
  gint64 n = 0;

  if (session == NULL)
    return;
  if (!edge_token_table_take (self->pages, edge_peer_get_id (peer), 1, g_get_monotonic_time ()))
    {
      edge_mesh_report_fault (mesh, peer, "too many questions about a state");
      return;
    }
  if (!edge_json_read_string (frame, "part", MAX_CURSOR, &word, &error) ||
      !edge_json_read_string (frame, "from", MAX_CURSOR, &from, &error) ||
      !edge_json_read_int (frame, "n", 0, G_MAXINT32, &n, &error))
    {
      edge_mesh_report_fault (mesh, peer, error->message);
      return;
    }
  if (word == NULL)
    answer_head (session);
  else if (from == NULL || n == 0 || !edge_ledger_part_from_string (word, &part))
    edge_mesh_report_fault (mesh, peer, "a question about a state is not in its form");
  else
    answer_page (session, (guint64) n, part, from);
}

/* _edge_agreement_watch_states: answers questions about states, and asks them. */
void
_edge_agreement_watch_states (EdgeAgreement *self)
{
  self->pages = edge_token_table_new (PAGES_BURST, PAGES_PER_MINUTE);
  g_signal_connect (self->mesh, "frame::qdag_state_request", G_CALLBACK (request_cb), self);
  g_signal_connect (self->mesh, "frame::qdag_state_response", G_CALLBACK (response_cb), self);
}
