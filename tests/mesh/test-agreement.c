/* test-agreement.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "ledger/edge-event-builder.h"
#include "ledger/edge-ledger-two-books.h"
#include "ledger/edge-note.h"
#include "mesh/edge-agreement-private.h"
#include "mesh/edge-sync-frame.h"
#include "mesh/edge-sync.h"
#include "relay/edge-relay.h"
#include "signaling/edge-relay-client.h"

/* A real relay, real meshes and real ledgers in one process. */

#define LIMIT_SECONDS 60
#define SCALE         40
#define MAX_NODES     5

typedef struct
{
  EdgeIdentity  *identity;
  EdgeId         key;
  EdgeMesh      *mesh;
  EdgeSignaling *backend;
  EdgeLedger    *ledger;
  EdgeSync      *sync;
  EdgeAgreement *agreement;
  GAsyncResult  *stopped;
  char          *path;
  guint64        fast_start_events;
  gboolean       pruned;
} Node;

static EdgeRelay *relay;
static EdgeRoom *room;
static char *folder;
static char *genesis_text;
static Node nodes[MAX_NODES];

#define wait_for(condition) \
  G_STMT_START { \
    gint64 limit_ = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, limit_); \
        g_main_context_iteration (NULL, TRUE); \
      } \
  } G_STMT_END

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  return edge_id_compare (a, b);
}

static void
found_network (guint n_nodes,
               guint n_validators)
{
  EdgeGenesis genesis;
  EdgeRelayConfig *config = edge_relay_config_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeEvent) event = NULL;
  g_autofree char *id = NULL;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE] = { 0 };
  guint8 secret[EDGE_ROOM_SECRET_SIZE] = { 1, 2, 3 };

  folder = g_dir_make_tmp ("agreement-XXXXXX", &error);
  g_assert_no_error (error);
  edge_genesis_init (&genesis, "agreement");
  genesis.params[EDGE_GENESIS_OPEN] = 1;
  genesis.params[EDGE_GENESIS_JOIN_BITS] = 0;
  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.sqlite", i);

      seed[0] = (guint8) (i + 1);
      nodes[i].identity = edge_identity_new_from_seed (seed);
      nodes[i].path = g_build_filename (folder, name, NULL);
      memcpy (nodes[i].key.bytes, edge_identity_get_public_key (nodes[i].identity), EDGE_ID_SIZE);
      if (i < n_validators)
        genesis.validators[genesis.n_validators++] = nodes[i].key;
    }
  g_sort_array (genesis.validators, n_validators, sizeof (EdgeId), compare_ids, NULL);
  genesis.grants[0].key = nodes[0].key;
  genesis.grants[0].amount = 100 * EDGE_CREDIT;
  genesis.n_grants = 1;

  seed[0] = 1;
  genesis_text = edge_genesis_sign (&genesis, (guint64) (g_get_real_time () / 1000) - 60000, seed);
  event = edge_event_parse (genesis_text, strlen (genesis_text), &error);
  g_assert_no_error (error);
  id = edge_id_to_text (&event->id);
  room = edge_room_new (id, secret);

  g_set_str (&config->listen, "127.0.0.1:0");
  relay = edge_relay_new (config);
  edge_relay_config_free (config);
  edge_relay_start (relay, &error);
  g_assert_no_error (error);
}

static void
node_start (Node *node)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  node->ledger = edge_ledger_new (node->path);
  edge_ledger_set_archive (node->ledger, !node->pruned, 0);
  edge_ledger_open_async (node->ledger, genesis_text, NULL, done_cb, &result);
  wait_for (result != NULL);
  edge_ledger_open_finish (node->ledger, result, &error);
  g_assert_no_error (error);

  node->mesh = edge_mesh_new (node->identity, room, "node");
  edge_mesh_start (node->mesh);
  node->sync = edge_sync_new (node->mesh, node->ledger, edge_room_get_network_id (room));
  node->agreement = edge_agreement_new (node->mesh, node->ledger, node->identity, SCALE);
  if (node->fast_start_events > 0)
    node->agreement->fast_start_events = node->fast_start_events;
  node->backend = EDGE_SIGNALING (edge_relay_client_new (edge_relay_get_url (relay), node->identity,
                                                         edge_room_get_relay_tag (room), NULL));
  edge_mesh_add_backend (node->mesh, node->backend);
  edge_signaling_start (node->backend);
}

static void
node_begin_stop (Node *node)
{
  g_object_run_dispose (G_OBJECT (node->agreement));
  g_clear_object (&node->agreement);
  g_object_run_dispose (G_OBJECT (node->sync));
  g_clear_object (&node->sync);
  edge_mesh_stop_async (node->mesh, NULL, done_cb, &node->stopped);
}

static void
node_end_stop (Node *node)
{
  g_autoptr(GAsyncResult) closed = NULL;
  g_autoptr(GError) error = NULL;

  wait_for (node->stopped != NULL);
  edge_mesh_stop_finish (node->mesh, node->stopped, NULL);
  g_clear_object (&node->stopped);
  edge_mesh_remove_backend (node->mesh, node->backend);
  edge_signaling_stop (node->backend);
  g_clear_object (&node->backend);
  g_clear_object (&node->mesh);
  edge_ledger_close_async (node->ledger, NULL, done_cb, &closed);
  wait_for (closed != NULL);
  edge_ledger_close_finish (node->ledger, closed, &error);
  g_assert_no_error (error);
  g_clear_object (&closed);
  g_clear_object (&node->ledger);
}

static void
node_stop (Node *node)
{
  node_begin_stop (node);
  node_end_stop (node);
}

static void
end_network (void)
{
  /* All at once: a mesh waits until no link is left in the process. */
  for (guint i = 0; i < MAX_NODES; i++)
    {
      if (nodes[i].ledger != NULL)
        node_begin_stop (&nodes[i]);
    }
  for (guint i = 0; i < MAX_NODES; i++)
    {
      if (nodes[i].ledger != NULL)
        node_end_stop (&nodes[i]);
      if (nodes[i].path != NULL)
        g_unlink (nodes[i].path);
      g_clear_pointer (&nodes[i].path, g_free);
      nodes[i].fast_start_events = 0;
      nodes[i].pruned = FALSE;
      g_clear_object (&nodes[i].identity);
    }
  edge_relay_stop (relay);
  g_clear_object (&relay);
  g_clear_pointer (&room, edge_room_unref);
  g_clear_pointer (&genesis_text, g_free);
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

static void
issue (Node          *node,
       EdgeEventType  type,
       const char    *body,
       EdgeId        *id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  edge_ledger_issue_async (node->ledger, node->identity, type, body, NULL, done_cb, &result);
  wait_for (result != NULL);
  text = edge_ledger_issue_finish (node->ledger, result, &error);
  g_assert_no_error (error);
  g_assert_true (edge_id_parse (id, text, -1));
}

static gboolean
is_final (Node         *node,
          const EdgeId *id)
{
  EdgeLedgerEntry entry;

  return edge_ledger_get_entry (node->ledger, id, &entry) && entry.checkpoint > 0;
}

static gboolean
final_on (guint         n_nodes,
          const EdgeId *id)
{
  for (guint i = 0; i < n_nodes; i++)
    {
      EdgeLedgerEntry entry;

      if (nodes[i].ledger == NULL)
        continue;
      if (!is_final (&nodes[i], id))
        return FALSE;
      g_assert_true (edge_ledger_get_entry (nodes[i].ledger, id, &entry));
      g_assert_cmpint (entry.verdict, ==, EDGE_VERDICT_OK);
    }
  return TRUE;
}

static void
pay (Node   *from,
     Node   *to,
     EdgeId *id)
{
  g_autofree char *body = edge_event_build_transfer (&to->key, EDGE_CREDIT, "");
  g_autofree char *join = edge_event_build_join (0, NULL);
  EdgeLedgerEntry entry;
  EdgeAccount *account = edge_ledger_dup_account (to->ledger, &to->key);

  /* Who has no account yet joins first; the payer must have heard of it. */
  if (account == NULL)
    {
      EdgeId joined;

      issue (to, EDGE_EVENT_JOIN, join, &joined);
      wait_for (edge_ledger_get_entry (from->ledger, &joined, &entry) &&
                entry.verdict == EDGE_VERDICT_OK);
    }
  g_clear_pointer (&account, edge_account_free);
  issue (from, EDGE_EVENT_TRANSFER, body, id);
}

/* All have the same checkpoints as far as both have stored them. */
static void
check_same_books (guint n_nodes)
{
  for (guint i = 1; i < n_nodes; i++)
    {
      EdgeCheckpoint ours;
      EdgeCheckpoint theirs;

      if (nodes[i].ledger == NULL || nodes[0].ledger == NULL)
        continue;
      for (guint n = 1; edge_ledger_get_checkpoint (nodes[0].ledger, n, &ours) &&
                        n <= edge_agreement_get_n_final (nodes[i].agreement) &&
                        edge_ledger_get_checkpoint (nodes[i].ledger, n, &theirs); n++)
        {
          EdgeId a;
          EdgeId b;
          g_autofree char *certificate = edge_ledger_dup_certificate (nodes[i].ledger, n);

          edge_checkpoint_hash (&ours, &a);
          edge_checkpoint_hash (&theirs, &b);
          g_assert_true (edge_id_equal (&a, &b));
          g_assert_nonnull (certificate);
        }
    }
}

/* All have the same last checkpoint. */
static void
check_same_heads (guint n_nodes)
{
  for (guint i = 1; i < n_nodes; i++)
    {
      EdgeLedgerFigures figures;
      EdgeCheckpoint ours;
      EdgeCheckpoint theirs;

      edge_ledger_get_figures (nodes[i].ledger, &figures);
      if (edge_ledger_get_checkpoint (nodes[0].ledger, figures.n_checkpoints, &ours) &&
          edge_ledger_get_checkpoint (nodes[i].ledger, figures.n_checkpoints, &theirs))
        g_assert_true (edge_id_equal (&ours.state, &theirs.state));
    }
}

/* One validator closes, two others take over; it goes on after a restart, once a
 * peer has shown that it misses nothing; a newcomer gets all. */
static void
test_one (void)
{
  EdgeId id;
  EdgeId later;

  found_network (4, 1);
  for (guint i = 0; i < 3; i++)
    node_start (&nodes[i]);
  pay (&nodes[0], &nodes[1], &id);
  wait_for (final_on (3, &id));
  check_same_books (3);
  g_assert_true (edge_agreement_get_signs (nodes[0].agreement));
  g_assert_false (edge_agreement_get_signs (nodes[1].agreement));

  node_stop (&nodes[0]);
  node_start (&nodes[0]);
  g_assert_false (edge_agreement_get_signs (nodes[0].agreement));
  wait_for (edge_agreement_get_signs (nodes[0].agreement));
  pay (&nodes[0], &nodes[2], &later);
  wait_for (final_on (3, &later));

  node_start (&nodes[3]);
  wait_for (final_on (4, &later));
  check_same_books (4);
  end_network ();
}

static gboolean
stands_at (Node   *node,
           Node   *other)
{
  EdgeLedgerFigures a;
  EdgeLedgerFigures b;

  edge_ledger_get_figures (node->ledger, &a);
  edge_ledger_get_figures (other->ledger, &b);
  return a.n_checkpoints == b.n_checkpoints && a.n_checkpoints > 0 && a.n_behind == 0;
}

static void
hear_answer_cb (EdgeMesh  *mesh,
                EdgePeer  *peer,
                GBytes    *payload,
                char     **ranges)
{
  g_auto(EdgeSyncFrame) frame = { 0 };

  g_assert_true (edge_sync_frame_read (&frame, payload, NULL));
  if (!frame.is_request && frame.ranges != NULL)
    g_set_str (ranges, frame.ranges);
}

/* Says that it holds much else, and that it is at checkpoint n, or nothing of that for -1.
 * Returns: whether it is asked for it */
static gboolean
is_asked_at (Node  *node,
             gint64 n)
{
  g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (node->mesh), 0);
  const char *text = "{\"type\":\"qdag_sync_response\",\"ranges\":{\"ranges\":"
                     "[[\"h\",\"\",99999,\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]],\"want\":[]}}";
  g_autoptr(JsonNode) root = json_from_string (text, NULL);
  g_autofree char *message = NULL;
  g_autofree char *ranges = NULL;
  g_autoptr(GBytes) frame = NULL;
  gulong handler = g_signal_connect (node->mesh, "bulk", G_CALLBACK (hear_answer_cb), &ranges);

  if (n >= 0)
    json_object_set_int_member (json_node_get_object (root), "n", n);
  message = json_to_string (root, FALSE);
  frame = g_bytes_new (message, strlen (message));
  g_assert_true (edge_mesh_send_bulk (node->mesh, peer, frame, NULL));
  wait_for (ranges != NULL);
  g_signal_handler_disconnect (node->mesh, handler);
  return strstr (ranges, "[\"l\",") != NULL || strstr (ranges, "[\"e\",") != NULL;
}

/* Of who has not closed a checkpoint yet nothing is asked for: what it holds open is closed here. */
static void
test_behind (void)
{
  EdgeId id;

  found_network (2, 1);
  node_start (&nodes[0]);
  node_start (&nodes[1]);
  pay (&nodes[0], &nodes[1], &id);
  wait_for (final_on (2, &id) && stands_at (&nodes[1], &nodes[0]));
  g_object_run_dispose (G_OBJECT (nodes[1].sync));

  g_assert_false (is_asked_at (&nodes[1], 0));
  g_assert_true (is_asked_at (&nodes[1], edge_agreement_get_n_final (nodes[0].agreement)));
  g_assert_true (is_asked_at (&nodes[1], 99999));
  g_assert_true (is_asked_at (&nodes[1], -1));
  end_network ();
}

/* A newcomer starts from the last checkpoint without the events before it, can pay and
 * be paid at once, proves the same as the others, and starts so again. */
static void
test_fast_start (void)
{
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;
  g_autoptr(GError) error = NULL;
  EdgeAccount *account;
  EdgeId id;

  found_network (5, 1);
  for (guint i = 0; i < 3; i++)
    node_start (&nodes[i]);
  for (guint i = 0; i < 3; i++)
    {
      pay (&nodes[0], &nodes[1 + i % 2], &id);
      wait_for (final_on (3, &id));
    }

  nodes[3].fast_start_events = 1;
  nodes[3].pruned = TRUE;
  node_start (&nodes[3]);
  wait_for (stands_at (&nodes[3], &nodes[0]));
  g_assert_cmpuint (edge_ledger_get_n_pruned (nodes[3].ledger), >, 0);
  g_assert_null (edge_ledger_dup_event (nodes[3].ledger, &id));
  g_assert_true (is_final (&nodes[3], &id));
  account = edge_ledger_dup_account (nodes[3].ledger, &nodes[1].key);
  g_assert_nonnull (account);
  g_assert_cmpuint (account->free, ==, 2 * EDGE_CREDIT);
  edge_account_free (account);

  pay (&nodes[0], &nodes[3], &id);
  wait_for (final_on (4, &id));
  pay (&nodes[1], &nodes[3], &id);
  wait_for (final_on (4, &id));
  check_same_heads (4);
  g_assert_true (edge_ledger_verify (nodes[3].ledger, NULL, &error));
  g_assert_no_error (error);
  wait_for (stands_at (&nodes[3], &nodes[0]));
  ours = edge_ledger_dup_proof (nodes[0].ledger, &nodes[3].key, &error);
  g_assert_no_error (error);
  theirs = edge_ledger_dup_proof (nodes[3].ledger, &nodes[3].key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ours, ==, theirs);

  node_stop (&nodes[3]);
  node_start (&nodes[3]);
  wait_for (stands_at (&nodes[3], &nodes[0]));
  pay (&nodes[0], &nodes[3], &id);
  wait_for (final_on (4, &id));

  /* An archive asks for all of it instead. */
  nodes[4].fast_start_events = 1;
  node_start (&nodes[4]);
  wait_for (final_on (5, &id));
  g_assert_true (edge_ledger_is_archive (nodes[4].ledger));
  end_network ();
}

/* Who left out what others pruned meanwhile takes over the state as well. */
static void
test_pruned_peers (void)
{
  EdgeId id;

  found_network (2, 1);
  nodes[0].pruned = TRUE;
  node_start (&nodes[0]);
  node_start (&nodes[1]);
  pay (&nodes[0], &nodes[1], &id);
  wait_for (final_on (2, &id));
  node_stop (&nodes[1]);
  for (guint i = 0; i < 2; i++)
    {
      issue (&nodes[0], EDGE_EVENT_STAKE, "{\"amount\":1}", &id);
      wait_for (is_final (&nodes[0], &id));
    }
  g_assert_cmpuint (edge_ledger_get_n_pruned (nodes[0].ledger), >=, 3);

  node_start (&nodes[1]);
  wait_for (final_on (2, &id));
  pay (&nodes[0], &nodes[1], &id);
  wait_for (final_on (2, &id));
  check_same_heads (2);
  end_network ();
}

static EdgeNote *
sign_note (EdgeNoteKind          kind,
           const EdgeId         *net,
           const EdgeCheckpoint *checkpoint,
           guint64               round)
{
  EdgeNote *note = edge_note_new (kind, net, checkpoint->n, round);

  edge_checkpoint_hash (checkpoint, &note->hash);
  if (kind == EDGE_NOTE_PROPOSE)
    note->checkpoint = g_memdup2 (checkpoint, sizeof *checkpoint);
  edge_note_sign (note, nodes[0].identity);
  return note;
}

/* A validator that lies shows one book to one and another to the other. When they meet
 * both find out, stop where they are, and keep the proof over a restart. */
static void
test_books_meet (void)
{
  g_autoptr(EdgeEvent) genesis = NULL;
  EdgeId ids[2];

  found_network (3, 1);
  genesis = edge_event_parse (genesis_text, strlen (genesis_text), NULL);
  for (guint i = 0; i < 2; i++)
    {
      Node *node = &nodes[1 + i];
      g_autoptr(GAsyncResult) opened = NULL;
      g_autoptr(GAsyncResult) closed = NULL;
      g_autoptr(GAsyncResult) shut = NULL;
      g_autoptr(EdgeNote) proposal = NULL;
      g_autoptr(EdgeNote) final = NULL;
      g_autofree char *certificate = NULL;
      g_autofree char *join = edge_event_build_join (i, NULL);
      g_autoptr(GError) error = NULL;
      EdgeCheckpoint checkpoint;
      EdgeLedgerEntry entry;

      node->ledger = edge_ledger_new (node->path);
      edge_ledger_open_async (node->ledger, genesis_text, NULL, done_cb, &opened);
      wait_for (opened != NULL);
      issue (node, EDGE_EVENT_JOIN, join, &ids[i]);
      wait_for (edge_ledger_get_entry (node->ledger, &ids[i], &entry) &&
                entry.verdict == EDGE_VERDICT_OK);
      edge_ledger_list_open_tips (node->ledger, &checkpoint);
      g_assert_true (edge_ledger_try_checkpoint (node->ledger, &checkpoint, &error));
      proposal = sign_note (EDGE_NOTE_PROPOSE, &genesis->id, &checkpoint, i);
      final = sign_note (EDGE_NOTE_FINALIZE, &genesis->id, &checkpoint, i);
      certificate = g_strdup_printf ("[\"%s\",\"%s\"]", proposal->text, final->text);
      edge_ledger_close_book_async (node->ledger, &checkpoint, certificate, NULL, done_cb, &closed);
      wait_for (closed != NULL);
      g_assert_true (edge_ledger_close_book_finish (node->ledger, closed, &error));
      edge_ledger_close_async (node->ledger, NULL, done_cb, &shut);
      wait_for (shut != NULL);
      g_clear_object (&shut);
      g_clear_object (&closed);
      g_clear_object (&opened);
      g_clear_object (&node->ledger);
      node_start (node);
    }

  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < 2; i++)
        {
          g_autofree char *text = NULL;
          g_autoptr(JsonNode) root = NULL;
          JsonObject *object;
          EdgeLedgerFigures figures;

          wait_for ((text = edge_ledger_dup_two_books (nodes[1 + i].ledger)) != NULL);
          root = json_from_string (text, NULL);
          object = json_node_get_object (root);
          g_assert_cmpint (json_object_get_int_member (object, "n"), ==, 1);
          g_assert_cmpstr (json_object_get_string_member (object, "why"), ==, "certificates");
          g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                              json_object_get_object_member (object, "theirs"), "notes")), ==, 2);
          g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                              json_object_get_object_member (object, "ours"), "notes")), ==, 2);
          g_assert_true (is_final (&nodes[1 + i], &ids[i]));
          edge_ledger_get_figures (nodes[1 + i].ledger, &figures);
          g_assert_cmpuint (figures.n_checkpoints, ==, 1);
        }
      if (round == 0)
        {
          node_stop (&nodes[1]);
          node_start (&nodes[1]);
        }
    }
  end_network ();
}

/* Three of four are enough. */
static void
test_four (void)
{
  EdgeId id;

  found_network (5, 4);
  for (guint i = 0; i < 5; i++)
    {
      if (i != 3)
        node_start (&nodes[i]);
    }
  pay (&nodes[0], &nodes[1], &id);
  wait_for (final_on (5, &id));
  check_same_books (5);

  node_start (&nodes[3]);
  wait_for (final_on (5, &id));
  check_same_books (5);
  end_network ();
}

static void
faulty_cb (EdgeMesh *mesh,
           EdgePeer *peer,
           guint    *n_down)
{
  (*n_down)++;
}

/* Three bundles that are no validators' end the link, and change nothing. */
static void
test_hostile (void)
{
  g_autoptr(EdgeNote) note = NULL;
  EdgeId net;
  guint n_down = 0;

  found_network (2, 1);
  node_start (&nodes[0]);
  node_start (&nodes[1]);
  wait_for (edge_agreement_get_n_final (nodes[1].agreement) >= 1);
  g_signal_connect (nodes[0].mesh, "link-down", G_CALLBACK (faulty_cb), &n_down);

  g_assert_true (edge_id_parse (&net, edge_room_get_network_id (room), -1));
  note = edge_note_new (EDGE_NOTE_FINALIZE, &net, edge_agreement_get_n_final (nodes[0].agreement) + 1, 0);
  edge_note_sign (note, nodes[1].identity);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (nodes[1].mesh), 0);
      g_autoptr(JsonObject) frame = json_object_new ();
      JsonArray *notes = json_array_new ();

      json_array_add_string_element (notes, note->text);
      json_object_set_string_member (frame, "type", "qdag_note");
      json_object_set_array_member (frame, "notes", notes);
      edge_mesh_send (nodes[1].mesh, peer, frame, NULL);
    }
  wait_for (n_down > 0);
  g_assert_false (edge_ledger_get_checkpoint (nodes[0].ledger, (guint) note->n, &(EdgeCheckpoint) { 0 }));
  g_signal_handlers_disconnect_by_data (nodes[0].mesh, &n_down);
  end_network ();
}

static void
trouble_cb (EdgeAgreement  *agreement,
            const char     *code,
            const char     *message,
            char          **last)
{
  g_set_str (last, code);
}

static void
send_certificate (guint  first,
                  char   what,
                  guint  round)
{
  g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (nodes[0].mesh), 0);
  g_autoptr(JsonObject) frame = json_object_new ();
  JsonArray *notes = json_array_new ();
  EdgeId net;

  g_assert_true (edge_id_parse (&net, edge_room_get_network_id (room), -1));
  for (guint i = first; i < first + 3; i++)
    {
      g_autoptr(EdgeNote) note = edge_note_new (EDGE_NOTE_FINALIZE, &net, 1, round);

      memset (note->hash.bytes, what, EDGE_ID_SIZE);
      edge_note_sign (note, nodes[i].identity);
      json_array_add_string_element (notes, note->text);
    }
  json_object_set_string_member (frame, "type", "qdag_note");
  json_object_set_array_member (frame, "notes", notes);
  g_assert_true (edge_mesh_send (nodes[0].mesh, peer, frame, NULL));
}

/* Two of four lie: who looks on keeps both certificates, and closes and signs nothing more. */
static void
test_two_books (void)
{
  g_autofree char *trouble = NULL;
  g_autoptr(JsonNode) both = NULL;
  JsonArray *array;

  found_network (5, 4);
  node_start (&nodes[0]);
  node_start (&nodes[4]);
  g_signal_connect (nodes[4].agreement, "trouble", G_CALLBACK (trouble_cb), &trouble);
  wait_for (edge_sync_get_n_linked (nodes[0].sync) == 1 && edge_sync_get_n_linked (nodes[4].sync) == 1);

  g_assert_null (edge_agreement_get_conflict (nodes[4].agreement));
  send_certificate (0, 'x', 0);
  send_certificate (1, 'y', 1);
  wait_for (trouble != NULL);
  g_assert_cmpstr (trouble, ==, "books_differ");
  both = json_from_string (edge_agreement_get_conflict (nodes[4].agreement), NULL);
  array = json_node_get_array (both);
  g_assert_cmpuint (json_array_get_length (array), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonArray *certificate = json_array_get_array_element (array, i);

      g_assert_cmpuint (json_array_get_length (certificate), ==, 3);
      for (guint k = 0; k < 3; k++)
        {
          const char *text = json_array_get_string_element (certificate, k);
          g_autoptr(EdgeNote) note = edge_note_read (text, strlen (text), NULL);

          g_assert_nonnull (note);
          g_assert_cmpint (note->hash.bytes[0], ==, i == 0 ? 'x' : 'y');
        }
    }
  g_assert_cmpuint (edge_agreement_get_n_final (nodes[4].agreement), ==, 0);
  g_signal_handlers_disconnect_by_data (nodes[4].agreement, &trouble);
  end_network ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  edge_mesh_check_system (&error);
  g_assert_no_error (error);
  g_timeout_add (20, keep_turning, NULL);

  g_test_add_func ("/agreement/one", test_one);
  g_test_add_func ("/agreement/behind", test_behind);
  g_test_add_func ("/agreement/four", test_four);
  g_test_add_func ("/agreement/fast-start", test_fast_start);
  g_test_add_func ("/agreement/pruned-peers", test_pruned_peers);
  g_test_add_func ("/agreement/books-meet", test_books_meet);
  g_test_add_func ("/agreement/hostile", test_hostile);
  g_test_add_func ("/agreement/two-books", test_two_books);
  return g_test_run ();
}
