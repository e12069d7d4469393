/* test-note.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-note.h"

static void
test_text (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  EdgeId net = { { 1 } };

  for (guint kind = 0; kind < EDGE_NOTE_N_KINDS; kind++)
    {
      g_autoptr(EdgeNote) note = edge_note_new (kind, &net, 5, 7);
      g_autoptr(EdgeNote) copy = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *forged = NULL;

      if (kind == EDGE_NOTE_PROPOSE)
        {
          note->checkpoint = g_new0 (EdgeCheckpoint, 1);
          note->checkpoint->n = 5;
          note->checkpoint->count = 1;
          note->checkpoint->n_tips = 1;
          note->from = 3;
          edge_checkpoint_hash (note->checkpoint, &note->hash);
        }
      else if (kind != EDGE_NOTE_NULLIFY)
        {
          note->hash = net;
        }
      edge_note_sign (note, identity);
      copy = edge_note_read (note->text, strlen (note->text), &error);
      g_assert_no_error (error);
      g_assert_true (edge_id_equal (&copy->hash, &note->hash));
      g_assert_cmpuint (copy->from, ==, note->from);
      g_assert_cmpuint (copy->round, ==, 7);

      forged = g_strdup (note->text);
      forged[strlen (forged) - 9] ^= 1;
      g_assert_null (edge_note_read (forged, strlen (forged), NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/note/text", test_text);
  return g_test_run ();
}
