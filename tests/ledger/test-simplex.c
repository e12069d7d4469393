/* test-simplex.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-simplex.h"

#define RUNS_WICKED 2000
#define MAX_NODES   7

static EdgeNote *
note_by (const EdgeId *net,
         const EdgeId *key,
         EdgeNoteKind  kind,
         guint64       round,
         char          what)
{
  EdgeNote *note = edge_note_new (kind, net, 5, round);

  note->signer = *key;
  if (kind != EDGE_NOTE_NULLIFY)
    memset (note->hash.bytes, what, EDGE_ID_SIZE);
  return note;
}

/* More than a third of those who judge sign for each side its own book. Who hears both
 * sides finds the two certificates, and stops. */
static void
test_wicked (void)
{

  for (guint32 seed = 0; seed < RUNS_WICKED; seed++)
    {
      static const guint sizes[] = { 1, 2, 3, 4, 7 };
      guint k = sizes[seed % G_N_ELEMENTS (sizes)];
      guint n_liars = k <= 3 ? k : k / 3 + 1;
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
      g_autoptr(EdgeSimplex) machine = NULL;
      EdgeId net = { { 1 } };
      EdgeId keys[MAX_NODES] = { 0 };
      guint64 rounds[2] = { (guint64) g_rand_int_range (rand, 0, 5), (guint64) g_rand_int_range (rand, 0, 5) };
      gboolean found = FALSE;

      for (guint i = 0; i < k; i++)
        keys[i].bytes[0] = (guint8) (i + 1);
      /* The first honest ones are on one side, the last on the other, liars on both. */
      for (guint side = 0; side < 2; side++)
        {
          guint honest = (k - n_liars + 1 - side) / 2;

          for (guint i = 0; i < honest + n_liars; i++)
            {
              guint who = i < n_liars ? i : n_liars + (side == 0 ? 0 : (k - n_liars + 1) / 2) + i - n_liars;

              g_ptr_array_add (notes, note_by (&net, &keys[who], EDGE_NOTE_FINALIZE, rounds[side],
                                               side == 0 ? 'x' : 'y'));
            }
        }
      for (guint i = notes->len - 1; i > 0; i--)
        {
          guint other = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);
          gpointer swap = notes->pdata[i];

          notes->pdata[i] = notes->pdata[other];
          notes->pdata[other] = swap;
        }

      machine = edge_simplex_new (&net, 5, keys, k, NULL, 1);
      edge_simplex_start (machine, 0);
      for (guint i = 0; i < notes->len; i++)
        edge_simplex_receive (machine, g_ptr_array_index (notes, i), 1);
      for (;;)
        {
          g_autoptr(EdgeSimplexOutput) output = edge_simplex_pop (machine);

          if (output == NULL)
            break;
          if (output->action == EDGE_SIMPLEX_CONFLICT)
            {
              EdgeId first;

              g_assert_true (edge_simplex_is_final (machine, &first));
              g_assert_cmpuint (3 * output->notes->len, >, 2 * k);
              g_assert_false (edge_id_equal (&first, &((EdgeNote *) output->notes->pdata[0])->hash));
              found = TRUE;
            }
        }
      g_assert_true (found);
    }
}

/* Half of four lie: who looks on finds both certificates. */
static void
test_conflict (void)
{
  EdgeId net = { { 1 } };
  EdgeId keys[4] = { 0 };
  g_autoptr(EdgeSimplex) machine = NULL;
  gboolean found = FALSE;
  EdgeId hash;

  for (guint i = 0; i < 4; i++)
    keys[i].bytes[0] = (guint8) (i * 4);
  machine = edge_simplex_new (&net, 5, keys, 4, NULL, 1);
  edge_simplex_start (machine, 0);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr(EdgeNote) note = note_by (&net, &keys[i < 3 ? i : i - 2], EDGE_NOTE_FINALIZE,
                                          i < 3 ? 0 : 1, i < 3 ? 'x' : 'y');

      g_assert_true (edge_simplex_receive (machine, note, 1));
      g_assert_false (edge_simplex_receive (machine, note, 1));
    }
  g_assert_true (edge_simplex_is_final (machine, &hash));
  g_assert_cmpint (hash.bytes[0], ==, 'x');
  for (;;)
    {
      g_autoptr(EdgeSimplexOutput) output = edge_simplex_pop (machine);

      if (output == NULL)
        break;
      if (output->action != EDGE_SIMPLEX_CONFLICT)
        continue;
      found = TRUE;
      g_assert_cmpuint (output->notes->len, ==, 3);
    }
  g_assert_true (found);
}

/* Two notes a signer are kept, but a bundle that ends a round counts as a whole. */
static void
test_bundle (void)
{
  EdgeId net = { { 1 } };
  EdgeId keys[4] = { 0 };
  g_autoptr(EdgeSimplex) machine = NULL;
  g_autoptr(GPtrArray) bundle = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);

  for (guint i = 0; i < 4; i++)
    keys[i].bytes[0] = (guint8) (i * 4);
  machine = edge_simplex_new (&net, 5, keys, 4, NULL, 1);
  edge_simplex_start (machine, 0);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(EdgeNote) note = note_by (&net, &keys[0], EDGE_NOTE_NOTARIZE, 0, (char) ('a' + i));

      g_assert_true (edge_simplex_receive (machine, note, 1) == (i < 2));
    }
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (bundle, note_by (&net, &keys[i], EDGE_NOTE_NOTARIZE, 0, 'z'));
  g_assert_cmpuint (edge_simplex_receive_bundle (machine, bundle, 1), ==, 3);
  g_assert_cmpuint (edge_simplex_get_round (machine), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/simplex/bundle", test_bundle);
  g_test_add_func ("/ledger/simplex/conflict", test_conflict);
  g_test_add_func ("/ledger/simplex/wicked", test_wicked);
  return g_test_run ();
}
