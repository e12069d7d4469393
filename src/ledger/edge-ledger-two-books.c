/* edge-ledger-two-books.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-two-books.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-ledger-private.h"
#include "ledger/edge-proof-step.h"

/**
 * edge_ledger_get_judges_of:
 * @self: a ledger
 * @n: the number of a checkpoint, final or the next
 * @judges: (out): room for %EDGE_GENESIS_MAX_VALIDATORS keys
 *
 * Returns: how many validators judge that checkpoint
 */
guint
edge_ledger_get_judges_of (EdgeLedger *self,
                           guint64     n,
                           EdgeId     *judges)
{
  g_auto(EdgeTotals) totals = { 0 };
  const EdgeFoldTurn *turn = NULL;
  guint n_judges = 0;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), 0);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      GPtrArray *turns = edge_fold_get_turns (self->fold);
      const EdgeGenesis *genesis = self->genesis->body->genesis;
      g_autofree EdgeCanonNode *root = NULL;

      for (guint i = 0; i < turns->len && ((EdgeFoldTurn *) turns->pdata[i])->n < n; i++)
        turn = turns->pdata[i];
      if (turn != NULL)
        root = edge_canon_read (turn->entry, strlen (turn->entry), NULL);
      if (turn == NULL)
        {
          n_judges = genesis->n_validators;
          memcpy (judges, genesis->validators, n_judges * sizeof *judges);
        }
      else if (root != NULL && edge_totals_read (&totals, root, NULL))
        {
          n_judges = totals.n_validators;
          memcpy (judges, totals.validators, n_judges * sizeof *judges);
        }
    }
  g_mutex_unlock (&self->lock);
  return n_judges;
}

/**
 * edge_ledger_is_other_book:
 * @self: a ledger
 * @notes: (element-type EdgeNote): what a peer sent, signatures checked
 *
 * Returns: whether they make a checkpoint final of a number that another has here
 */
gboolean
edge_ledger_is_other_book (EdgeLedger *self,
                           GPtrArray  *notes)
{
  EdgeId judges[EDGE_GENESIS_MAX_VALIDATORS];
  const EdgeNote *first = NULL;
  EdgeCheckpoint ours;
  EdgeId signers[EDGE_GENESIS_MAX_VALIDATORS];
  EdgeId hash;
  guint n_signers = 0;
  guint n_judges;

  for (guint i = 0; i < notes->len; i++)
    {
      const EdgeNote *note = g_ptr_array_index (notes, i);

      if (note->kind != EDGE_NOTE_FINALIZE)
        continue;
      if (first == NULL)
        first = note;
      if (note->n == first->n && note->round == first->round &&
          edge_id_equal (&note->hash, &first->hash) && n_signers < G_N_ELEMENTS (signers) &&
          !edge_proof_is_judge (signers, n_signers, &note->signer))
        signers[n_signers++] = note->signer;
    }
  if (first == NULL || !edge_ledger_get_checkpoint (self, (guint) first->n, &ours))
    return FALSE;
  edge_checkpoint_hash (&ours, &hash);
  if (edge_id_equal (&hash, &first->hash))
    return FALSE;

  n_judges = edge_ledger_get_judges_of (self, first->n, judges);
  for (guint i = n_signers; i > 0; i--)
    {
      if (!edge_proof_is_judge (judges, n_judges, &signers[i - 1]))
        signers[i - 1] = signers[--n_signers];
    }
  return 3 * n_signers > 2 * n_judges;
}

static void
keep_func (EdgeLedger *self,
           GTask      *task)
{
  g_autoptr(GError) error = NULL;

  if (self->store != NULL &&
      !edge_ledger_store_set_text (self->store, "two_books", g_task_get_task_data (task), &error))
    g_warning ("That there are two books can't be stored: %s", error->message);
  g_task_return_boolean (task, error == NULL);
}

static void
write_side (GString    *out,
            const char *name,
            const char *checkpoint,
            const char *notes)
{
  edge_canon_name (out, name);
  edge_canon_begin_object (out);
  if (checkpoint != NULL)
    {
      edge_canon_name (out, "checkpoint");
      edge_canon_raw (out, checkpoint);
    }
  edge_canon_name (out, "notes");
  edge_canon_raw (out, notes != NULL ? notes : "[]");
  edge_canon_end_object (out);
}

/**
 * edge_ledger_keep_two_books:
 * @self: a ledger
 * @why: what was found
 * @ours: (nullable): the checkpoint that was final here first, or what follows here from the events
 * @our_notes: (nullable): the notes that made it final, as the ledger keeps them
 * @notes: (element-type EdgeNote): those that make the other one final
 *
 * Keeps both sides, so that they can be shown; the first that are found stay.
 */
void
edge_ledger_keep_two_books (EdgeLedger           *self,
                            EdgeTwoBooks          why,
                            const EdgeCheckpoint *ours,
                            const char           *our_notes,
                            GPtrArray            *notes)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GString) list = g_string_new (NULL);
  g_autofree char *our_text = ours != NULL ? edge_checkpoint_to_text (ours) : NULL;
  g_autofree char *their_text = NULL;
  g_autoptr(GTask) task = NULL;
  guint64 n = 0;

  g_return_if_fail (EDGE_IS_LEDGER (self));

  edge_canon_begin_array (list);
  for (guint i = 0; i < notes->len; i++)
    {
      const EdgeNote *note = g_ptr_array_index (notes, i);

      n = note->n;
      if (note->checkpoint != NULL && their_text == NULL)
        their_text = edge_checkpoint_to_text (note->checkpoint);
      edge_canon_string (list, note->text, -1);
    }
  edge_canon_end_array (list);

  edge_canon_begin_object (out);
  edge_canon_name (out, "n");
  edge_canon_integer (out, n);
  write_side (out, "ours", our_text, our_notes);
  write_side (out, "theirs", their_text, list->str);
  edge_canon_name (out, "why");
  edge_canon_string (out, why == EDGE_TWO_BOOKS_STATE ? "state" : "certificates", -1);
  edge_canon_end_object (out);

  g_mutex_lock (&self->lock);
  if (self->two_books == NULL)
    {
      self->two_books = g_strdup (out->str);
      task = g_task_new (self, NULL, NULL, NULL);
      g_task_set_source_tag (task, edge_ledger_keep_two_books);
      g_task_set_task_data (task, g_strdup (out->str), g_free);
    }
  g_mutex_unlock (&self->lock);
  if (task != NULL)
    {
      _edge_ledger_run (self, keep_func, task);
      _edge_ledger_tell (self);
    }
}

/**
 * edge_ledger_dup_two_books:
 * @self: a ledger
 *
 * Returns: (transfer full) (nullable): both sides, if there are two books: an object of `n`,
 *   `why` (`certificates` or `state`), `ours` and `theirs`, each of `checkpoint`? and `notes`
 */
char *
edge_ledger_dup_two_books (EdgeLedger *self)
{
  char *text;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  g_mutex_lock (&self->lock);
  text = g_strdup (self->two_books);
  g_mutex_unlock (&self->lock);
  return text;
}
