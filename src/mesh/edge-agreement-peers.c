/* edge-agreement-peers.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-agreement"

#include "mesh/edge-agreement-private.h"

#include <string.h>

#include "base/edge-json.h"

/* Bytes of events in one frame, and how much may wait at a slow peer. */
#define FRAME_BYTES        (40 * 1024)
#define MAX_WAITING        (512 * 1024)
#define FRAMES_AT_ONCE     8
#define PUMP_MS            20
#define ASK_AGAIN_US       (G_USEC_PER_SEC / 2)
/* A proposal, and what each validator may say of it. */
#define MAX_NOTES          (1 + EDGE_GENESIS_MAX_VALIDATORS)
#define NOTES_BURST        2000
#define NOTES_PER_MINUTE   6000
#define QUESTIONS_BURST    60
#define QUESTIONS_PER_MINUTE 240

static gboolean give_cb (gpointer user_data);

static void
session_free (gpointer data)
{
  EdgeAgreementSession *session = data;

  g_clear_handle_id (&session->give_source, g_source_remove);
  g_object_unref (session->peer);
  g_free (session);
}

static JsonArray *
list_texts (GPtrArray *notes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < notes->len; i++)
    json_array_add_string_element (array, ((EdgeNote *) g_ptr_array_index (notes, i))->text);
  return array;
}

static void
send_notes (EdgeAgreementSession *session,
            GPtrArray            *notes)
{
  g_autoptr(JsonObject) frame = json_object_new ();

  json_object_set_string_member (frame, "type", "qdag_note");
  json_object_set_array_member (frame, "notes", list_texts (notes));
  /* What a slow peer misses now, its next question brings. */
  edge_mesh_send (session->agreement->mesh, session->peer, frame, NULL);
}

/* _edge_agreement_send: sends notes to all linked peers but one. */
void
_edge_agreement_send (EdgeAgreement *self,
                      GPtrArray     *notes,
                      EdgePeer      *except)
{
  EdgeAgreementSession *session;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    {
      if (session->peer != except)
        send_notes (session, notes);
    }
}

static JsonObject *
make_frame (EdgeAgreement *self,
            const char    *type)
{
  JsonObject *frame = json_object_new ();
  g_autofree char *hash = edge_id_to_text (&self->last);

  json_object_set_string_member (frame, "type", type);
  json_object_set_int_member (frame, "n", (gint64) (self->n - 1));
  json_object_set_string_member (frame, "hash", hash);
  return frame;
}

static void
ask (EdgeAgreementSession *session)
{
  g_autoptr(JsonObject) frame = NULL;
  gint64 now = g_get_monotonic_time ();

  if (_edge_agreement_waits (session) ||
      (session->asked_at != 0 && now - session->asked_at < ASK_AGAIN_US))
    return;
  session->asked_at = now;
  frame = make_frame (session->agreement, "qdag_checkpoints_request");
  edge_mesh_send (session->agreement->mesh, session->peer, frame, NULL);
}

/* _edge_agreement_ask_all: asks each peer for what is final and not here. */
void
_edge_agreement_ask_all (EdgeAgreement *self)
{
  EdgeAgreementSession *session;
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    ask (session);
}

static void
send_certificate (EdgeAgreementSession *session,
                  guint64               n)
{
  EdgeAgreement *self = session->agreement;
  g_autofree char *text = edge_ledger_dup_certificate (self->ledger, (guint) n);
  g_autoptr(JsonObject) frame = NULL;
  JsonArray *checkpoints;
  JsonNode *notes = text != NULL ? json_from_string (text, NULL) : NULL;

  if (notes == NULL)
    return;
  frame = make_frame (self, "qdag_checkpoints_response");
  checkpoints = json_array_new ();
  json_array_add_element (checkpoints, notes);
  json_object_set_array_member (frame, "checkpoints", checkpoints);
  edge_mesh_send (self->mesh, session->peer, frame, NULL);
}

/* Sends the next events of what the peer lacks, or what says that they are final. */
static void
give_some (EdgeAgreementSession *session)
{
  EdgeAgreement *self = session->agreement;
  g_auto(GStrv) texts = edge_ledger_dup_closed (self->ledger, session->give_n, session->give_skip,
                                                FRAME_BYTES - EDGE_NOTE_MAX_SIZE);
  g_autoptr(JsonObject) frame = NULL;
  g_autoptr(GBytes) bytes = NULL;
  JsonArray *events;
  char *text;

  if (texts[0] == NULL)
    {
      send_certificate (session, session->give_n);
      session->give_n++;
      session->give_skip = 0;
      return;
    }

  frame = json_object_new ();
  events = json_array_new ();
  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (events, texts[i]);
  session->give_skip += g_strv_length (texts);
  json_object_set_string_member (frame, "type", "qdag_sync_response");
  json_object_set_array_member (frame, "contributions", events);
  text = edge_json_print (frame);
  bytes = g_bytes_new_take (text, strlen (text));
  edge_mesh_send_bulk (self->mesh, session->peer, bytes, NULL);
}

static void
give_end (EdgeAgreementSession *session)
{
  EdgeAgreement *self = session->agreement;
  g_autoptr(JsonObject) frame = make_frame (self, "qdag_checkpoints_response");
  g_autoptr(GPtrArray) bundles = NULL;

  if (self->simplex != NULL)
    bundles = edge_simplex_list_bundles (self->simplex);
  for (guint i = 0; bundles != NULL && i < bundles->len; i++)
    send_notes (session, g_ptr_array_index (bundles, i));
  edge_mesh_send (self->mesh, session->peer, frame, NULL);
}

static gboolean
give_cb (gpointer user_data)
{
  EdgeAgreementSession *session = user_data;
  EdgeAgreement *self = session->agreement;

  for (guint i = 0; i < FRAMES_AT_ONCE; i++)
    {
      if (session->give_n >= self->n)
        {
          session->give_source = 0;
          give_end (session);
          return G_SOURCE_REMOVE;
        }
      if (edge_mesh_get_waiting (self->mesh, session->peer) > MAX_WAITING)
        break;
      give_some (session);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
read_place (JsonObject  *frame,
            guint64     *n,
            EdgeId      *hash,
            GError     **error)
{
  const char *text = NULL;
  gint64 number = 0;

  if (!edge_json_require (frame, "n", error) || !edge_json_require (frame, "hash", error) ||
      !edge_json_read_int (frame, "n", 0, G_MAXINT32, &number, error) ||
      !edge_json_read_string (frame, "hash", EDGE_ID_TEXT_SIZE - 1, &text, error))
    return FALSE;
  if (!edge_id_parse (hash, text, (gssize) strlen (text)))
    {
      g_set_error_literal (error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_MEMBER, "“hash” is no hash");
      return FALSE;
    }
  *n = (guint64) number;
  return TRUE;
}

/* Whether the book of a peer is ours as far as it goes. */
static gboolean
is_same_book (EdgeAgreement *self,
              guint64        n,
              const EdgeId  *hash)
{
  EdgeCheckpoint checkpoint;
  EdgeId ours;

  if (n == 0)
    return edge_id_equal (&self->net, hash);
  if (!edge_ledger_get_checkpoint (self->ledger, (guint) n, &checkpoint))
    return TRUE;
  edge_checkpoint_hash (&checkpoint, &ours);
  return edge_id_equal (&ours, hash);
}

static EdgeAgreementSession *
begin_answer (EdgeAgreement *self,
              EdgePeer      *peer,
              JsonObject    *frame,
              double         cost)
{
  EdgeAgreementSession *session = g_hash_table_lookup (self->sessions, peer);
  g_autoptr(GError) error = NULL;
  EdgeId hash;
  guint64 n;

  if (session == NULL)
    return NULL;
  if (!edge_token_table_take (cost > 0 ? self->questions : self->notes, edge_peer_get_id (peer), 1,
                              g_get_monotonic_time ()))
    {
      edge_mesh_report_fault (self->mesh, peer, "too many messages about checkpoints");
      return NULL;
    }
  if (!read_place (frame, &n, &hash, &error))
    {
      edge_mesh_report_fault (self->mesh, peer, error->message);
      return NULL;
    }
  /* Anybody can claim a hash: what decides is the certificate. */
  session->other_book = !is_same_book (self, n, &hash);
  if (session->other_book)
    g_debug ("%s says checkpoint %" G_GUINT64_FORMAT " is another", edge_peer_get_id (peer), n);
  session->peer_n = n;
  return session;
}

static void
request_cb (EdgeMesh      *mesh,
            EdgePeer      *peer,
            const char    *type,
            JsonObject    *frame,
            EdgeAgreement *self)
{
  EdgeAgreementSession *session = begin_answer (self, peer, frame, 1);

  if (session == NULL)
    return;
  if (session->other_book)
    {
      /* Each shows the other what it has, and who holds both knows. */
      send_certificate (session, session->peer_n);
      return;
    }
  if (session->peer_n >= self->n)
    ask (session);
  if (session->give_source != 0)
    return;
  /* What was pruned here can't be sent; the head says so. */
  if (session->peer_n < edge_ledger_get_n_pruned (self->ledger))
    {
      give_end (session);
      return;
    }
  session->give_n = session->peer_n + 1;
  session->give_skip = 0;
  if (give_cb (session) == G_SOURCE_CONTINUE)
    session->give_source = g_timeout_add (PUMP_MS, give_cb, session);
}

static GPtrArray *
read_notes (EdgeAgreement  *self,
            JsonArray      *texts,
            GError        **error)
{
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
  guint n_texts = json_array_get_length (texts);

  for (guint i = 0; i < n_texts && n_texts <= MAX_NOTES; i++)
    {
      JsonNode *node = json_array_get_element (texts, i);
      const char *text = NULL;
      EdgeNote *note;

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        text = json_node_get_string (node);
      if (text == NULL)
        break;
      note = edge_note_read (text, strlen (text), error);
      if (note == NULL)
        return NULL;
      g_ptr_array_add (notes, note);
      if (!edge_id_equal (&note->net, &self->net) ||
          note->n != ((EdgeNote *) g_ptr_array_index (notes, 0))->n)
        break;
      /* Who judges a later checkpoint is not known yet. */
      if (note->n == self->n && !_edge_agreement_is_judge (self, &note->signer))
        break;
      if (i + 1 == n_texts)
        return g_steal_pointer (&notes);
    }
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED,
                       "a bundle of notes is not of validators about one checkpoint");
  return NULL;
}

static void
take_certificate (EdgeAgreement *self,
                  GPtrArray     *notes)
{
  const EdgeNote *first = g_ptr_array_index (notes, 0);
  g_autoptr(EdgeNote) proposal = NULL;
  g_autoptr(GPtrArray) alone = NULL;
  guint64 n = first->n;

  if (n < self->n)
    {
      _edge_agreement_compare (self, notes);
      return;
    }
  proposal = g_ptr_array_steal_index (notes, 0);
  alone = g_ptr_array_new ();
  if (notes->len > 0)
    _edge_agreement_take (self, notes);
  g_ptr_array_add (alone, proposal);
  if (n >= self->n)
    _edge_agreement_take (self, alone);
}

static void
response_cb (EdgeMesh      *mesh,
             EdgePeer      *peer,
             const char    *type,
             JsonObject    *frame,
             EdgeAgreement *self)
{
  EdgeAgreementSession *session = begin_answer (self, peer, frame, 0);
  g_autoptr(GError) error = NULL;
  JsonArray *checkpoints = NULL;

  if (session == NULL)
    return;
  if (!edge_json_read_array (frame, "checkpoints", MAX_NOTES, &checkpoints, &error))
    {
      edge_mesh_report_fault (mesh, peer, error->message);
      return;
    }
  for (guint i = 0; checkpoints != NULL && i < json_array_get_length (checkpoints); i++)
    {
      JsonNode *node = json_array_get_element (checkpoints, i);
      g_autoptr(GPtrArray) notes = NULL;

      if (JSON_NODE_HOLDS_ARRAY (node))
        notes = read_notes (self, json_node_get_array (node), &error);
      if (notes == NULL)
        {
          edge_mesh_report_fault (mesh, peer, error != NULL ? error->message
                                                            : "a checkpoint has no notes");
          return;
        }
      if (!session->other_book)
        take_certificate (self, notes);
      else if (((EdgeNote *) g_ptr_array_index (notes, 0))->n < self->n)
        _edge_agreement_compare (self, notes);
    }
  if (checkpoints == NULL && !session->other_book)
    {
      session->answered = TRUE;
      _edge_agreement_confirm (self);
    }
}

/* What a new link brings along may be old. */
static void
tell_heard (EdgeAgreementSession *session,
            GPtrArray            *notes)
{
  for (guint i = 0; session->answered && i < notes->len; i++)
    {
      g_autofree char *key = edge_id_to_text (&((EdgeNote *) notes->pdata[i])->signer);

      g_signal_emit (session->agreement, _edge_agreement_signals[EDGE_AGREEMENT_SIGNAL_HEARD], 0, key);
    }
}

static void
note_cb (EdgeMesh      *mesh,
         EdgePeer      *peer,
         const char    *type,
         JsonObject    *frame,
         EdgeAgreement *self)
{
  EdgeAgreementSession *session = g_hash_table_lookup (self->sessions, peer);
  g_autoptr(GPtrArray) notes = NULL;
  g_autoptr(GError) error = NULL;
  JsonArray *texts = NULL;
  EdgeNote *first;

  if (session == NULL)
    return;
  if (!edge_json_require (frame, "notes", &error) ||
      !edge_json_read_array (frame, "notes", MAX_NOTES, &texts, &error) ||
      (notes = read_notes (self, texts, &error)) == NULL)
    {
      edge_mesh_report_fault (mesh, peer, error->message);
      return;
    }
  if (!edge_token_table_take (self->notes, edge_peer_get_id (peer), notes->len,
                              g_get_monotonic_time ()))
    {
      edge_mesh_report_fault (mesh, peer, "too many notes");
      return;
    }

  first = g_ptr_array_index (notes, 0);
  if (first->n > self->n)
    ask (session);
  if (_edge_agreement_take (self, notes) == 0)
    return;
  _edge_agreement_send (self, notes, peer);
  tell_heard (session, notes);
}

static void
add_session (EdgeAgreement *self,
             EdgePeer      *peer)
{
  EdgeAgreementSession *session = g_new0 (EdgeAgreementSession, 1);

  session->agreement = self;
  session->peer = g_object_ref (peer);
  g_hash_table_replace (self->sessions, session->peer, session);
  _edge_agreement_ask_head (session);
  ask (session);
}

static void
link_up_cb (EdgeMesh      *mesh,
            EdgePeer      *peer,
            EdgeAgreement *self)
{
  if (g_strcmp0 (edge_peer_get_network (peer), self->network_id) == 0)
    add_session (self, peer);
}

static void
link_down_cb (EdgeMesh      *mesh,
              EdgePeer      *peer,
              EdgeAgreement *self)
{
  EdgeAgreementSession *session = g_hash_table_lookup (self->sessions, peer);

  if (session != NULL)
    _edge_agreement_end_start (self, session);
  g_hash_table_remove (self->sessions, peer);
}

/* _edge_agreement_watch: follows the links of the mesh, those there are and those to come. */
void
_edge_agreement_watch (EdgeAgreement *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->mesh));

  self->sessions = g_hash_table_new_full (NULL, NULL, NULL, session_free);
  self->notes = edge_token_table_new (NOTES_BURST, NOTES_PER_MINUTE);
  self->questions = edge_token_table_new (QUESTIONS_BURST, QUESTIONS_PER_MINUTE);
  g_signal_connect (self->mesh, "link-up", G_CALLBACK (link_up_cb), self);
  g_signal_connect (self->mesh, "link-down", G_CALLBACK (link_down_cb), self);
  _edge_agreement_watch_states (self);
  g_signal_connect (self->mesh, "frame::qdag_note", G_CALLBACK (note_cb), self);
  g_signal_connect (self->mesh, "frame::qdag_checkpoints_request", G_CALLBACK (request_cb), self);
  g_signal_connect (self->mesh, "frame::qdag_checkpoints_response", G_CALLBACK (response_cb), self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (self->mesh), i);

      if (edge_peer_get_state (peer) == EDGE_PEER_STATE_CONNECTED)
        link_up_cb (self->mesh, peer, self);
    }
}

/* _edge_agreement_unwatch: lets go of the mesh. */
void
_edge_agreement_unwatch (EdgeAgreement *self)
{
  if (self->mesh != NULL)
    g_signal_handlers_disconnect_by_data (self->mesh, self);
  _edge_agreement_end_start (self, NULL);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->notes, edge_token_table_free);
  g_clear_pointer (&self->questions, edge_token_table_free);
  g_clear_pointer (&self->pages, edge_token_table_free);
}
