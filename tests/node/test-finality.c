/* test-finality.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "ledger/edge-note.h"
#include "mesh/edge-peer.h"
#include "node/edge-finality.h"
#include "node/edge-closer.h"

/* A real ledger in a file, and peers as the mesh lists them. */

#define N_VALIDATORS 4

typedef struct
{
  EdgeIdentity *validators[N_VALIDATORS]; /* by key, as the ledger has them; the first is us */
  EdgeLedger   *ledger;
  GListStore   *peers;
  EdgeFinality *finality;
  char         *folder;
  char         *path;
  gboolean      done;
  GError       *error;
} Fixture;

#define wait_for(condition) \
  G_STMT_START { \
    gint64 limit_ = g_get_monotonic_time () + 30 * G_USEC_PER_SEC; \
    while (!(condition)) \
      { \
        g_assert_cmpint (g_get_monotonic_time (), <, limit_); \
        g_main_context_iteration (NULL, TRUE); \
      } \
  } G_STMT_END

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;

  edge_ledger_open_finish (EDGE_LEDGER (source), result, &self->error);
  g_assert_no_error (self->error);
  self->done = TRUE;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *self = user_data;

  edge_ledger_close_finish (EDGE_LEDGER (source), result, &self->error);
  g_assert_no_error (self->error);
  self->done = TRUE;
}

static void
closed_book_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Fixture *self = user_data;

  edge_ledger_close_book_finish (EDGE_LEDGER (source), result, &self->error);
  g_assert_no_error (self->error);
  self->done = TRUE;
}

static int
compare_identities (gconstpointer a,
                    gconstpointer b)
{
  return strcmp (edge_identity_get_id (*(EdgeIdentity * const *) a),
                 edge_identity_get_id (*(EdgeIdentity * const *) b));
}

static EdgeId
key_of (EdgeIdentity *identity)
{
  EdgeId key;

  memcpy (key.bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
  return key;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  EdgeGenesis genesis;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  g_autofree char *jws = NULL;
  EdgeId key;

  for (guint i = 0; i < N_VALIDATORS; i++)
    self->validators[i] = edge_identity_generate ();
  qsort (self->validators, N_VALIDATORS, sizeof *self->validators, compare_identities);

  edge_genesis_init (&genesis, "test");
  genesis.n_validators = N_VALIDATORS;
  for (guint i = 0; i < N_VALIDATORS; i++)
    genesis.validators[i] = key_of (self->validators[i]);
  edge_identity_copy_seed (self->validators[0], seed);
  jws = edge_genesis_sign (&genesis, (guint64) (g_get_real_time () / 1000) - 1000, seed);

  self->folder = g_dir_make_tmp ("edge-finality-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "net.sqlite", NULL);
  self->ledger = edge_ledger_new (self->path);
  edge_ledger_open_async (self->ledger, jws, NULL, opened_cb, self);
  wait_for (self->done);
  self->done = FALSE;
  self->peers = g_list_store_new (EDGE_TYPE_PEER);
  key = key_of (self->validators[0]);
  self->finality = edge_finality_new (self->ledger, &key, G_LIST_MODEL (self->peers));
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  EdgeLedger *ledger = self->ledger;
  guint source;

  g_object_run_dispose (G_OBJECT (self->finality));
  g_clear_object (&self->finality);
  g_assert_finalize_object (self->peers);
  edge_ledger_close_async (self->ledger, NULL, closed_cb, self);
  wait_for (self->done);
  /* The thread of a reading lets go of it last, and wakes nobody then. */
  g_object_add_weak_pointer (G_OBJECT (ledger), (gpointer *) &self->ledger);
  g_object_unref (ledger);
  source = g_timeout_add (10, wake_cb, NULL);
  wait_for (self->ledger == NULL);
  g_source_remove (source);
  g_assert_cmpint (g_remove (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  for (guint i = 0; i < N_VALIDATORS; i++)
    g_clear_object (&self->validators[i]);
  g_free (self->folder);
  g_free (self->path);
}

static guint
count (Fixture    *self,
       const char *property)
{
  guint value;

  g_object_get (self->finality, property, &value, NULL);
  return value;
}

static EdgeCloser *
get_validator (Fixture *self,
               guint    index)
{
  g_autoptr(GListModel) validators = NULL;
  g_autoptr(EdgeCloser) validator = NULL;

  g_object_get (self->finality, "validators", &validators, NULL);
  validator = g_list_model_get_item (validators, index);
  return validator;
}

static void
test_validators (Fixture       *self,
                 gconstpointer  data)
{
  gboolean validating;

  wait_for (count (self, "n-validators") == N_VALIDATORS);
  g_object_get (self->finality, "validating", &validating, NULL);
  g_assert_true (validating);
  g_assert_cmpuint (count (self, "n-needed"), ==, 3);
  g_assert_cmpuint (count (self, "n-awake"), ==, 1);
  g_assert_cmpuint (count (self, "n-members"), ==, N_VALIDATORS);
  g_assert_cmpuint (count (self, "n"), ==, 0);
  for (guint i = 0; i < N_VALIDATORS; i++)
    {
      g_assert_cmpstr (edge_closer_get_id (get_validator (self, i)), ==,
                       edge_identity_get_id (self->validators[i]));
      g_assert_cmpint (edge_closer_get_you (get_validator (self, i)), ==, i == 0);
      g_assert_cmpint (edge_closer_get_awake (get_validator (self, i)), ==, i == 0);
    }
}

static void
count_notify_cb (guint *n)
{
  (*n)++;
}

static void
test_awake (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(EdgePeer) peer = edge_peer_new (edge_identity_get_id (self->validators[2]));
  guint n_told = 0;

  wait_for (count (self, "n-validators") == N_VALIDATORS);
  g_signal_connect_swapped (self->finality, "notify::n-awake", G_CALLBACK (count_notify_cb), &n_told);
  g_list_store_append (self->peers, peer);
  g_assert_cmpuint (count (self, "n-awake"), ==, 1);
  g_assert_cmpint (edge_closer_get_since (get_validator (self, 2)), ==, 0);

  edge_peer_set_name (peer, "Mara");
  edge_peer_set_since (peer, 1800000000000);
  edge_peer_set_state (peer, EDGE_PEER_STATE_CONNECTED);
  g_assert_cmpuint (count (self, "n-awake"), ==, 2);
  g_assert_cmpstr (edge_closer_get_name (get_validator (self, 2)), ==, "Mara");
  g_assert_cmpint (edge_closer_get_since (get_validator (self, 2)), ==, 1800000000000);

  /* Since when it sleeps is known from then on, and its name still. */
  edge_peer_set_state (peer, EDGE_PEER_STATE_CLOSED);
  g_assert_cmpuint (count (self, "n-awake"), ==, 1);
  g_assert_cmpint (edge_closer_get_since (get_validator (self, 2)), >, 0);
  g_list_store_remove_all (self->peers);
  g_assert_cmpstr (edge_closer_get_name (get_validator (self, 2)), ==, "Mara");
  g_assert_cmpuint (n_told, ==, 2);
}

static EdgeNote *
make_note (Fixture              *self,
           EdgeNoteKind          kind,
           const EdgeCheckpoint *checkpoint,
           guint64               round,
           guint                 signer)
{
  const EdgeGenesis *genesis = edge_ledger_get_genesis (self->ledger);
  EdgeNote *note = edge_note_new (kind, &genesis->id, checkpoint->n, round);

  edge_checkpoint_hash (checkpoint, &note->hash);
  if (kind == EDGE_NOTE_PROPOSE)
    {
      note->checkpoint = g_memdup2 (checkpoint, sizeof *checkpoint);
      note->from = EDGE_NOTE_FRESH;
    }
  edge_note_sign (note, self->validators[signer]);
  return note;
}

/* Decided in round 2 on a proposal of round 0: who closed it led round 2. */
static void
test_checkpoint (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(JsonArray) array = json_array_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *certificate = NULL;
  g_autofree char *by = NULL;
  EdgeCheckpoint checkpoint = { 0 };
  guint64 n_events;
  guint64 time;

  wait_for (count (self, "n-validators") == N_VALIDATORS);
  g_assert_cmpuint (edge_ledger_list_open_tips (self->ledger, &checkpoint), ==, 1);
  g_assert_true (edge_ledger_try_checkpoint (self->ledger, &checkpoint, &self->error));
  g_assert_no_error (self->error);

  for (guint i = 0; i < N_VALIDATORS; i++)
    {
      g_autoptr(EdgeNote) note = NULL;

      if (i == 0)
        note = make_note (self, EDGE_NOTE_PROPOSE, &checkpoint, 0, 1);
      else
        note = make_note (self, EDGE_NOTE_FINALIZE, &checkpoint, 2, i);
      json_array_add_string_element (array, note->text);
    }
  json_node_set_array (node, array);
  certificate = json_to_string (node, FALSE);
  edge_ledger_close_book_async (self->ledger, &checkpoint, certificate, NULL, closed_book_cb, self);
  wait_for (self->done);
  self->done = FALSE;
  wait_for (count (self, "n") == 1);

  g_object_get (self->finality, "by", &by, "count", &n_events, "time", &time, NULL);
  g_assert_cmpuint (n_events, ==, 1);
  g_assert_cmpuint (time, >, 0);
  g_assert_cmpstr (by, ==, edge_identity_get_id (self->validators[(1 + 2) % N_VALIDATORS]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/node/finality/validators", Fixture, NULL, set_up, test_validators, tear_down);
  g_test_add ("/node/finality/awake", Fixture, NULL, set_up, test_awake, tear_down);
  g_test_add ("/node/finality/checkpoint", Fixture, NULL, set_up, test_checkpoint, tear_down);
  return g_test_run ();
}
