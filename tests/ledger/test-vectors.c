/* test-vectors.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "ledger/edge-event-set.h"
#include "ledger/edge-fold.h"
#include "ledger/edge-ledger-error.h"
#include "ledger/edge-ledger-fold-file.h"
#include "ledger/edge-multiplier.h"
#include "ledger/edge-note.h"
#include "ledger/edge-proof.h"
#include "ledger/edge-range-index.h"
#include "ledger/edge-signed-text.h"
#include "ledger/edge-state-tree.h"
#include "ledger/edge-work.h"

#include <string.h>

#define MAX_VECTOR (16 << 20)

static char *
vector_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "ledger", "vectors", name, NULL);
}

static JsonObject *
load (const char  *path,
      char       **text,
      gsize       *length)
{
  g_autoptr(GError) error = NULL;
  JsonObject *object;

  g_file_get_contents (path, text, length, &error);
  g_assert_no_error (error);
  object = edge_json_parse (*text, *length, MAX_VECTOR, &error);
  g_assert_no_error (error);
  return object;
}

/* Says which member differs, so that a failure can be read. */
static void
assert_equal (const char *file,
              const char *where,
              JsonNode   *expected,
              JsonNode   *found)
{
  g_autofree char *a = json_to_string (expected, FALSE);
  g_autofree char *b = found != NULL ? json_to_string (found, FALSE) : g_strdup ("nothing");

  if (found == NULL || !json_node_equal (expected, found))
    g_error ("%s: %s should be %s and is %s", file, where, a, b);
}

static void
assert_invalid_equal (const char *file,
                      JsonArray  *expected,
                      JsonArray  *found)
{
  g_assert_cmpuint (json_array_get_length (expected), ==, json_array_get_length (found));
  for (guint i = 0; i < json_array_get_length (expected); i++)
    {
      JsonObject *a = json_array_get_object_element (expected, i);
      JsonObject *b = json_array_get_object_element (found, i);

      if (json_object_get_int_member (a, "index") != json_object_get_int_member (b, "index"))
        g_error ("%s: invalid[%u] differs", file, i);
      g_assert_cmpstr (json_object_get_string_member (b, "reason"), !=, "");
    }
}

static void
test_fold (gconstpointer data)
{
  const char *path = data;
  g_autofree char *text = NULL;
  g_autofree char *result = NULL;
  g_autoptr(JsonObject) all = NULL;
  g_autoptr(JsonObject) found = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *expected;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gsize length;

  all = load (path, &text, &length);
  result = edge_ledger_fold_file (text, length, &error);
  if (json_object_has_member (all, "error"))
    {
      g_assert_null (result);
      g_assert_nonnull (error);
      return;
    }

  g_assert_no_error (error);
  found = edge_json_parse (result, strlen (result), MAX_VECTOR, &error);
  g_assert_no_error (error);
  expected = json_object_get_object_member (all, "expect");
  json_object_iter_init (&iter, expected);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (g_str_equal (name, "invalid"))
        assert_invalid_equal (path, json_node_get_array (node),
                              json_object_get_array_member (found, "invalid"));
      else if (g_str_equal (name, "accounts"))
        {
          JsonObject *accounts = json_object_get_object_member (found, "accounts");
          JsonObjectIter inner;
          const char *key;
          JsonNode *account;

          json_object_iter_init (&inner, json_node_get_object (node));
          while (json_object_iter_next (&inner, &key, &account))
            assert_equal (path, key, account, json_object_get_member (accounts, key));
          g_assert_cmpuint (json_object_get_size (accounts), ==,
                            json_object_get_size (json_node_get_object (node)));
        }
      else
        assert_equal (path, name, node, json_object_get_member (found, name));
    }
}

/* A node that hears of the events of a file one after the other. */
typedef struct
{
  EdgeEvent     *genesis;
  EdgeDag       *dag;
  EdgeEventSet  *set;
  EdgeFold      *fold;
  EdgeCanonNode *file;
} Hearer;

static void
hearer_clear (Hearer *self)
{
  g_clear_pointer (&self->fold, edge_fold_free);
  g_clear_pointer (&self->set, edge_event_set_free);
  g_clear_pointer (&self->dag, edge_dag_free);
  g_clear_pointer (&self->genesis, edge_event_unref);
  g_clear_pointer (&self->file, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hearer, hearer_clear)

static EdgeEvent *
read_event (const EdgeCanonNode *node,
            const EdgeGenesis   *genesis)
{
  gsize length;
  g_autofree char *text = edge_canon_dup_string (node, &length);
  g_autoptr(EdgeEvent) event = NULL;

  if (text == NULL)
    return NULL;
  event = edge_event_parse (text, length, NULL);
  if (event == NULL || (genesis == NULL && event->type != EDGE_EVENT_GENESIS) ||
      !edge_event_check (event, genesis != NULL ? genesis : event->body->genesis,
                         EDGE_EVENT_CHECK_NONE, NULL))
    return NULL;
  return g_steal_pointer (&event);
}

/* Closes what can be closed with the events heard of so far. */
static void
hearer_close (Hearer               *self,
              const EdgeCanonNode **next,
              gsize                *left)
{
  for (; *left > 0; (*left)--, *next = edge_canon_next (*next))
    {
      g_autoptr(GError) error = NULL;
      EdgeCheckpoint checkpoint;

      g_assert_true (edge_checkpoint_read (&checkpoint, *next, &error));
      if (!edge_fold_close (self->fold, &checkpoint, &error))
        {
          g_assert_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MISSING);
          return;
        }
    }
}

static void
assert_as_expected (Hearer     *self,
                    const char *file,
                    JsonObject *expected)
{
  JsonArray *ids = json_object_get_array_member (expected, "order");
  JsonObject *verdicts = json_object_get_object_member (expected, "verdicts");
  char text[EDGE_ID_TEXT_SIZE];
  const guint32 *order;
  guint n_order;
  EdgeId root;

  order = edge_fold_get_order (self->fold, &n_order);
  g_assert_cmpuint (n_order, ==, json_array_get_length (ids));
  for (guint i = 0; i < n_order; i++)
    {
      const EdgeDagNode *node = edge_dag_get_node (self->dag, order[i]);

      edge_id_write (&node->id, text);
      g_assert_cmpstr (text, ==, json_array_get_string_element (ids, i));
      g_assert_cmpstr (edge_verdict_to_string (node->verdict), ==,
                       json_object_get_string_member (verdicts, text));
    }

  edge_state_get_root (edge_fold_get_state (self->fold), &root);
  edge_id_write (&root, text);
  if (!g_str_equal (text, json_object_get_string_member (expected, "state")))
    g_error ("%s: another state when it is folded in steps", file);
  g_assert_cmpuint (edge_fold_get_multiplier (self->fold), ==,
                    json_object_get_int_member (expected, "multiplier"));
}

/* Folded after each few events as they come, with the book closed as early as it
 * can be, the same follows as from all at once. */
static void
test_steps (gconstpointer data)
{
  const char *path = data;
  g_autofree char *text = NULL;
  g_autoptr(JsonObject) all = NULL;
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_str_hash (path));
  g_auto(Hearer) self = { 0 };
  const EdgeCanonNode *events;
  const EdgeCanonNode *next;
  const EdgeCanonNode *node;
  gsize left = 0;
  gsize length;

  all = load (path, &text, &length);
  if (json_object_has_member (all, "error"))
    {
      g_test_skip ("it fails as a whole");
      return;
    }

  self.file = edge_canon_read_loose (text, length, NULL);
  events = edge_canon_member (self.file, "events");
  next = edge_canon_member (self.file, "checkpoints");
  if (next != NULL)
    {
      left = next->count;
      next = edge_canon_first (next);
    }
  node = edge_canon_first (events);
  for (gsize i = 0; self.genesis == NULL; i++, node = edge_canon_next (node))
    {
      g_assert_cmpuint (i, <, events->count);
      self.genesis = read_event (node, NULL);
    }

  self.dag = edge_dag_new ();
  self.set = edge_event_set_new (self.dag);
  self.fold = edge_fold_new (self.dag, self.genesis->body->genesis);
  node = edge_canon_first (events);
  for (gsize i = 0; i < events->count;)
    {
      g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));
      guint batch = (guint) g_rand_int_range (rand, 1, 8);

      for (; i < events->count && batch > 0; i++, batch--, node = edge_canon_next (node))
        {
          g_autoptr(EdgeEvent) event = read_event (node, self.genesis->body->genesis);

          if (event != NULL)
            edge_event_set_add (self.set, event, added);
        }
      edge_fold_add (self.fold, (const guint32 *) (gpointer) added->data, added->len);
      edge_fold_run (self.fold, (guint) g_rand_int_range (rand, 0, 40));
      hearer_close (&self, &next, &left);
    }
  g_assert_cmpuint (left, ==, 0);
  g_assert_true (edge_fold_run (self.fold, G_MAXUINT));
  assert_as_expected (&self, path, json_object_get_object_member (all, "expect"));
}

static JsonObject *
primitives (void)
{
  g_autofree char *path = vector_path ("primitives.json");
  g_autofree char *text = NULL;
  gsize length;

  return load (path, &text, &length);
}

static void
test_multiplier (void)
{
  g_autoptr(JsonObject) all = primitives ();
  JsonObject *part = json_object_get_object_member (all, "multiplier");
  JsonArray *constants = json_object_get_array_member (part, "C");
  JsonArray *rows = json_object_get_array_member (part, "rows");

  g_assert_cmpuint (json_array_get_length (constants), ==, EDGE_MULTIPLIER_N_CONSTANTS);
  for (guint i = 0; i < EDGE_MULTIPLIER_N_CONSTANTS; i++)
    g_assert_cmphex (edge_multiplier_constant (i + 1), ==,
                     g_ascii_strtoull (json_array_get_string_element (constants, i), NULL, 16));

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      guint64 cpu_ms = g_ascii_strtoull (json_object_get_string_member (row, "cpu_ms"), NULL, 10);

      g_assert_cmpuint (edge_multiplier (cpu_ms,
                                         json_object_get_int_member (row, "decay_cpu_hours"),
                                         json_object_get_int_member (row, "max_bonus")),
                        ==, json_object_get_int_member (row, "micro"));
    }
}

static void
assert_id (const EdgeId *id,
           const char   *expected)
{
  char text[EDGE_ID_TEXT_SIZE];

  edge_id_write (id, text);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_merkle (void)
{
  g_autoptr(JsonObject) all = primitives ();
  JsonArray *cases = json_object_get_array_member (all, "merkle");

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *one = json_array_get_object_element (cases, i);
      JsonArray *entries = json_object_get_array_member (one, "entries");
      const char *root_text = json_object_get_string_member (one, "root");
      g_autoptr(EdgeStateTree) tree = edge_state_tree_new ();
      EdgeId root;

      for (guint e = json_array_get_length (entries); e > 0; e--)
        {
          JsonObject *entry = json_array_get_object_element (entries, e - 1);
          const char *text = json_object_get_string_member (entry, "text");

          edge_state_tree_set (tree, json_object_get_string_member (entry, "name"), "old", 3);
          edge_state_tree_get_root (tree, &root);
          edge_state_tree_set (tree, json_object_get_string_member (entry, "name"), text,
                               strlen (text));
        }
      edge_state_tree_set (tree, "aSomebodyWhoLeavesAgain", "x", 1);
      edge_state_tree_get_root (tree, &root);
      edge_state_tree_remove (tree, "aSomebodyWhoLeavesAgain");
      edge_state_tree_get_root (tree, &root);
      assert_id (&root, root_text);
      g_assert_cmpuint (edge_state_tree_get_size (tree), ==, json_array_get_length (entries));

      for (guint e = 0; e < json_array_get_length (entries); e++)
        {
          JsonObject *entry = json_array_get_object_element (entries, e);
          const char *name = json_object_get_string_member (entry, "name");
          const char *text = json_object_get_string_member (entry, "text");
          g_autoptr(GArray) path = edge_state_tree_get_path (tree, name);
          EdgeId climbed;

          g_assert_true (edge_state_tree_climb (name, text, strlen (text),
                                                (const EdgeId *) (gpointer) path->data, path->len,
                                                &climbed));
          assert_id (&climbed, root_text);
          g_assert_true (edge_state_tree_climb (name, "other", 5,
                                                (const EdgeId *) (gpointer) path->data, path->len,
                                                &climbed));
          g_assert_false (edge_id_equal (&climbed, &root));
        }
    }
}

static void
test_work (void)
{
  g_autoptr(JsonObject) all = primitives ();
  JsonArray *rows = json_object_get_array_member (all, "work");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      EdgeId key;
      EdgeId net;
      EdgeId hash;

      g_assert_true (edge_id_parse (&key, json_object_get_string_member (row, "key"), -1));
      g_assert_true (edge_id_parse (&net, json_object_get_string_member (row, "net"), -1));
      edge_work_hash (&key, &net, json_object_get_int_member (row, "work"),
                      json_object_get_int_member (row, "join_kib"), hash.bytes);
      assert_id (&hash, json_object_get_string_member (row, "hash"));
    }
}

static void
test_assign (void)
{
  g_autoptr(JsonObject) all = primitives ();
  JsonArray *rows = json_object_get_array_member (all, "assign");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      EdgeId payer;
      EdgeId worker;
      EdgeId salt;
      EdgeId hash;

      g_assert_true (edge_id_parse (&payer, json_object_get_string_member (row, "payer"), -1));
      g_assert_true (edge_id_parse (&worker, json_object_get_string_member (row, "worker"), -1));
      g_assert_true (edge_id_parse (&salt, json_object_get_string_member (row, "salt"), -1));
      edge_assign_hash (&payer, &worker, &salt, &hash);
      assert_id (&hash, json_object_get_string_member (row, "hash"));
    }
}

static void
read_prefix (const char      *text,
             EdgeRangePrefix *prefix)
{
  prefix->length = (guint) strlen (text);
  for (guint i = 0; i < prefix->length; i++)
    prefix->nibbles[i] = (guint8) g_ascii_xdigit_value (text[i]);
}

static void
test_fingerprints (void)
{
  g_autoptr(JsonObject) all = primitives ();
  JsonArray *sets = json_object_get_array_member (all, "fingerprints");

  for (guint s = 0; s < json_array_get_length (sets); s++)
    {
      JsonObject *set = json_array_get_object_element (sets, s);
      JsonArray *events = json_object_get_array_member (set, "events");
      JsonArray *prefixes = json_object_get_array_member (set, "prefixes");
      g_autoptr(EdgeRangeIndex) index = edge_range_index_new ();

      for (guint i = 0; i < json_array_get_length (events); i++)
        {
          JsonArray *event = json_array_get_array_element (events, i);
          EdgeId id;

          g_assert_true (edge_id_parse (&id, json_array_get_string_element (event, 1), -1));
          g_assert_true (edge_range_index_add (index, json_array_get_int_element (event, 0), &id));
        }
      for (guint i = 0; i < json_array_get_length (prefixes); i++)
        {
          JsonObject *row = json_array_get_object_element (prefixes, i);
          EdgeRangePrefix prefix;
          EdgeId fingerprint;

          read_prefix (json_object_get_string_member (row, "prefix"), &prefix);
          g_assert_cmpuint (edge_range_index_fingerprint (index, &prefix, &fingerprint), ==,
                            json_object_get_int_member (row, "count"));
          assert_id (&fingerprint, json_object_get_string_member (row, "fingerprint"));
        }
    }
}

static void
test_notes (void)
{
  static const char *const words[] = { "propose", "notarize", "nullify", "finalize" };
  g_autoptr(JsonObject) all = primitives ();
  JsonArray *rows = json_object_get_array_member (all, "notes");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *text = json_object_get_string_member (row, "jws");
      g_autoptr(EdgeNote) note = edge_note_read (text, strlen (text), NULL);
      JsonObject *reads;

      if (!json_object_has_member (row, "reads"))
        {
          g_assert_null (note);
          continue;
        }
      g_assert_nonnull (note);
      reads = json_object_get_object_member (row, "reads");
      g_assert_cmpstr (words[note->kind], ==, json_object_get_string_member (reads, "note"));
      g_assert_cmpuint (note->n, ==, json_object_get_int_member (reads, "n"));
      g_assert_cmpuint (note->round, ==, json_object_get_int_member (reads, "round"));
      assert_id (&note->signer, json_object_get_string_member (reads, "signer"));
      if (note->kind != EDGE_NOTE_NULLIFY)
        assert_id (&note->hash, json_object_get_string_member (reads, "hash"));
      if (json_object_has_member (reads, "from"))
        g_assert_cmpuint (note->from, ==, json_object_get_int_member (reads, "from"));
      else
        g_assert_cmpuint (note->from, ==, EDGE_NOTE_FRESH);
    }
}

static void
test_proofs (void)
{
  g_autofree char *path = vector_path ("proofs.json");
  g_autofree char *file = NULL;
  gsize length;
  g_autoptr(JsonObject) all = load (path, &file, &length);
  JsonArray *rows = json_object_get_array_member (all, "proofs");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *text = json_object_get_string_member (row, "text");
      g_autoptr(EdgeProof) proof = NULL;
      EdgeId net;

      g_assert_true (edge_id_parse (&net, json_object_get_string_member (row, "network"), -1));
      proof = edge_proof_check (text, strlen (text), &net, NULL);
      if ((proof != NULL) != json_object_get_int_member (row, "holds"))
        g_error ("proofs[%u]: %s", i, json_object_get_string_member (row, "about"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) error = NULL;
  const char *name;
  guint n_files = 0;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/vectors/multiplier", test_multiplier);
  g_test_add_func ("/ledger/vectors/merkle", test_merkle);
  g_test_add_func ("/ledger/vectors/work", test_work);
  g_test_add_func ("/ledger/vectors/assign", test_assign);
  g_test_add_func ("/ledger/vectors/fingerprints", test_fingerprints);
  g_test_add_func ("/ledger/vectors/notes", test_notes);
  g_test_add_func ("/ledger/vectors/proofs", test_proofs);

  folder = vector_path (NULL);
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *label = NULL;
      g_autofree char *steps = NULL;

      if (!g_str_has_suffix (name, ".json") || g_str_equal (name, "primitives.json") ||
          g_str_equal (name, "proofs.json"))
        continue;
      label = g_strconcat ("/ledger/vectors/", name, NULL);
      g_test_add_data_func_full (label, g_build_filename (folder, name, NULL), test_fold, g_free);
      steps = g_strconcat ("/ledger/vectors/steps/", name, NULL);
      g_test_add_data_func_full (steps, g_build_filename (folder, name, NULL), test_steps, g_free);
      n_files++;
    }
  g_assert_cmpuint (n_files, >=, 7);
  return g_test_run ();
}
