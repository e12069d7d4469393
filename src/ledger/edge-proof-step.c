/* edge-proof-step.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-proof-step.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-ledger-error.h"
#include "ledger/edge-note.h"
#include "ledger/edge-state-tree.h"

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CHECKPOINT, reason);
  return FALSE;
}

/**
 * edge_proof_is_judge:
 * @judges: (array length=n_judges): validators
 * @n_judges: how many
 * @key: any key
 *
 * Returns: whether @key is one of them
 */
gboolean
edge_proof_is_judge (const EdgeId *judges,
                     guint         n_judges,
                     const EdgeId *key)
{
  for (guint i = 0; i < n_judges; i++)
    {
      if (edge_id_equal (&judges[i], key))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_note (const EdgeProofStep  *self,
            const EdgeNote       *note,
            const EdgeNote       *before,
            const EdgeId         *net,
            const EdgeId         *judges,
            guint                 n_judges,
            GError              **error)
{
  if (note->kind != EDGE_NOTE_FINALIZE)
    return refuse (error, "it does not finalize");
  if (!edge_id_equal (&note->net, net))
    return refuse (error, "it is of another network");
  if (note->n != self->checkpoint.n || !edge_id_equal (&note->hash, &self->hash))
    return refuse (error, "it is about another checkpoint");
  if (!edge_proof_is_judge (judges, n_judges, &note->signer))
    return refuse (error, "its signer is no validator there");
  if (before != NULL && note->round != before->round)
    return refuse (error, "it is of another round than the note before");
  if (before != NULL && edge_id_compare (&before->signer, &note->signer) >= 0)
    return refuse (error, "the notes are not sorted by signer, or one signed twice");
  return TRUE;
}

/* More than two thirds of the judges made it final, in one round. */
static gboolean
check_certificate (EdgeProofStep        *self,
                   const EdgeCanonNode  *node,
                   const EdgeId         *net,
                   const EdgeId         *judges,
                   guint                 n_judges,
                   GError              **error)
{
  g_autoptr(EdgeNote) before = NULL;
  const EdgeCanonNode *item = node + 1;

  if (node->kind != EDGE_CANON_ARRAY || node->count > n_judges)
    return refuse (error, "certificate: it is no list of as many notes as there are validators");
  for (gsize i = 0; i < node->count; i++, item = edge_canon_next (item))
    {
      g_autoptr(EdgeNote) note = NULL;

      if (item->kind == EDGE_CANON_STRING)
        note = edge_note_read (item->text, item->text_length, error);
      else
        refuse (error, "it is no note");
      if (note == NULL || !check_note (self, note, before, net, judges, n_judges, error))
        {
          g_prefix_error (error, "certificate[%" G_GSIZE_FORMAT "]: ", i);
          return FALSE;
        }
      g_clear_pointer (&before, edge_note_unref);
      before = g_steal_pointer (&note);
      self->n_signers++;
    }
  return 3 * self->n_signers > 2 * n_judges ||
         refuse (error, "certificate: not more than two thirds of the validators signed");
}

/**
 * edge_proof_read_path:
 * @node: not yet trusted
 * @path: (out): room for %EDGE_PROOF_MAX_PATH ids
 * @n_path: (out): how many it has
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads the roots beside the way to an entry.
 *
 * Returns: whether that is what it is
 */
gboolean
edge_proof_read_path (const EdgeCanonNode  *node,
                      EdgeId               *path,
                      guint                *n_path,
                      GError              **error)
{
  const EdgeCanonNode *item = node + 1;

  *n_path = 0;
  if (node->kind != EDGE_CANON_ARRAY || node->count > EDGE_PROOF_MAX_PATH)
    return refuse (error, "it is no list of at most 256 hashes");
  for (; *n_path < node->count; ++*n_path, item = edge_canon_next (item))
    {
      if (!edge_canon_get_id (item, &path[*n_path]))
        return refuse (error, "a hash is none");
    }
  return TRUE;
}

static gboolean
check_state (EdgeProofStep        *self,
             const EdgeCanonNode  *node,
             const EdgeCanonNode  *path_node,
             GError              **error)
{
  g_auto(EdgeTotals) totals = { 0 };
  EdgeId path[EDGE_PROOF_MAX_PATH];
  EdgeId root;
  guint n_path;

  if (!edge_proof_read_path (path_node, path, &n_path, error))
    {
      g_prefix_error (error, "path: ");
      return FALSE;
    }
  if (!edge_state_tree_climb ("n", node->text, node->text_length, path, n_path, &root) ||
      !edge_id_equal (&root, &self->checkpoint.state))
    return refuse (error, "state and path: they do not lead to the state root of the checkpoint");
  if (!edge_totals_read (&totals, node, error))
    {
      g_prefix_error (error, "state: ");
      return FALSE;
    }
  self->time = totals.time;
  self->n_validators = totals.n_validators;
  memcpy (self->validators, totals.validators, sizeof self->validators);
  return TRUE;
}

/**
 * edge_proof_step_read:
 * @self: (out caller-allocates): what it says
 * @node: a canonical object of `certificate`, `checkpoint`, `path` and `state`, not yet
 *   trusted; other members are the caller's to look at
 * @net: the network
 * @judges: (array length=n_judges): who judges this checkpoint
 * @n_judges: how many
 * @error: return location for an `EDGE_LEDGER_ERROR` that says where it fails
 *
 * Checks that a checkpoint is final and reads who judges the next.
 *
 * Returns: whether it is
 */
gboolean
edge_proof_step_read (EdgeProofStep        *self,
                      const EdgeCanonNode  *node,
                      const EdgeId         *net,
                      const EdgeId         *judges,
                      guint                 n_judges,
                      GError              **error)
{
  const EdgeCanonNode *checkpoint = edge_canon_member (node, "checkpoint");
  const EdgeCanonNode *certificate = edge_canon_member (node, "certificate");
  const EdgeCanonNode *path = edge_canon_member (node, "path");
  const EdgeCanonNode *state = edge_canon_member (node, "state");

  memset (self, 0, sizeof *self);
  if (checkpoint == NULL || certificate == NULL || path == NULL || state == NULL)
    return refuse (error, "checkpoint, certificate, path or state is missing");
  if (!edge_checkpoint_read (&self->checkpoint, checkpoint, error))
    {
      g_prefix_error (error, "checkpoint: ");
      return FALSE;
    }
  edge_checkpoint_hash (&self->checkpoint, &self->hash);
  return check_certificate (self, certificate, net, judges, n_judges, error) &&
         check_state (self, state, path, error);
}

static int
compare_signers (gconstpointer a,
                 gconstpointer b)
{
  const EdgeNote *p = *(const EdgeNote *const *) a;
  const EdgeNote *q = *(const EdgeNote *const *) b;

  return edge_id_compare (&p->signer, &q->signer);
}

/* The notes of a stored certificate that finalize; the proposal among them does not. */
static GPtrArray *
read_certificate (const char *certificate)
{
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_note_unref);
  g_autofree EdgeCanonNode *list = edge_canon_read_loose (certificate, strlen (certificate), NULL);
  const EdgeCanonNode *item = list != NULL ? list + 1 : NULL;

  for (gsize i = 0; list != NULL && list->kind == EDGE_CANON_ARRAY && i < list->count;
       i++, item = edge_canon_next (item))
    {
      gsize length;
      g_autofree char *text = edge_canon_dup_string (item, &length);
      g_autoptr(EdgeNote) note = text != NULL ? edge_note_read (text, length, NULL) : NULL;

      if (note != NULL && note->kind == EDGE_NOTE_FINALIZE)
        g_ptr_array_add (notes, g_steal_pointer (&note));
    }
  g_ptr_array_sort (notes, compare_signers);
  return g_steal_pointer (&notes);
}

/**
 * edge_proof_write_path:
 * @out: where to write
 * @path: (element-type EdgeId): roots beside a way
 *
 * Writes what edge_proof_read_path() reads.
 */
void
edge_proof_write_path (GString *out,
                       GArray  *path)
{
  edge_canon_begin_array (out);
  for (guint i = 0; i < path->len; i++)
    edge_canon_id (out, &g_array_index (path, EdgeId, i));
  edge_canon_end_array (out);
}

/**
 * edge_proof_step_write:
 * @out: where to write, within an object and past members that come before `certificate`
 * @checkpoint: a final checkpoint
 * @certificate: (nullable): the notes that make it final, as the ledger keeps them
 * @entry: text of the entry `n` of its state
 * @path: (element-type EdgeId): the path of that entry
 * @place: (nullable): for the caller's member `place`
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Writes the members `certificate`, `checkpoint`, `path`, perhaps `place`, and `state`.
 *
 * Returns: whether the certificate is there
 */
gboolean
edge_proof_step_write (GString               *out,
                       const EdgeCheckpoint  *checkpoint,
                       const char            *certificate,
                       const char            *entry,
                       GArray                *path,
                       const EdgeId          *place,
                       GError               **error)
{
  g_autoptr(GPtrArray) notes = certificate != NULL ? read_certificate (certificate) : NULL;

  if (notes == NULL || notes->len == 0)
    {
      g_set_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MISSING,
                   "The certificate of checkpoint %" G_GUINT64_FORMAT " is not here", checkpoint->n);
      return FALSE;
    }
  edge_canon_name (out, "certificate");
  edge_canon_begin_array (out);
  for (guint i = 0; i < notes->len; i++)
    edge_canon_string (out, ((EdgeNote *) g_ptr_array_index (notes, i))->text, -1);
  edge_canon_end_array (out);
  edge_canon_name (out, "checkpoint");
  edge_checkpoint_write (checkpoint, out);
  edge_canon_name (out, "path");
  edge_proof_write_path (out, path);
  if (place != NULL)
    {
      edge_canon_name (out, "place");
      edge_canon_id (out, place);
    }
  edge_canon_name (out, "state");
  edge_canon_raw (out, entry);
  return TRUE;
}
