/* edge-ledger-proof.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-fold-private.h"
#include "ledger/edge-ledger-private.h"
#include "ledger/edge-proof.h"

/* Open events that are folded again before the lock is given back; more are left to
 * the ledger's thread, and the accounts show as catching up meanwhile. */
#define REFOLD_AT_ONCE 2048

/* What the last checkpoint's state says, taken while the fold stands there. */
typedef struct
{
  EdgeCheckpoint  last;
  char           *entry;
  GArray         *path;
  char           *account;
  GArray         *account_path;
  EdgeId          place;
  EdgeId          beside[2];
  gboolean        has_beside;
} View;

static void
view_clear (View *view)
{
  g_free (view->entry);
  g_free (view->account);
  g_clear_pointer (&view->path, g_array_unref);
  g_clear_pointer (&view->account_path, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

/* The entry at a place, and the hash of its text. */
typedef struct
{
  EdgeId place;
  EdgeId text;
} Search;

static void
compare_place (Search       *search,
               char          letter,
               const EdgeId *key,
               const char   *text)
{
  char name[1 + EDGE_ID_TEXT_SIZE] = { letter };
  EdgeId place;

  if (key != NULL)
    edge_id_write (key, name + 1);
  edge_id_of_data (&place, name, strlen (name));
  if (edge_id_equal (&place, &search->place))
    edge_id_of_data (&search->text, text, strlen (text));
}

static void
find_account_cb (const EdgeAccount *account,
                 gpointer           user_data)
{
  g_autofree char *text = edge_account_to_text (account);

  compare_place (user_data, 'a', &account->key, text);
}

static void
find_escrow_cb (const EdgeEscrow *escrow,
                gpointer          user_data)
{
  g_autoptr(GString) text = g_string_new (NULL);

  edge_escrow_write (escrow, text);
  compare_place (user_data, 'e', &escrow->id, text->str);
}

static void
view_gap (View       *view,
          EdgeState  *state,
          const char *name)
{
  Search search = { 0 };

  view->account_path = edge_state_tree_get_gap (edge_state_get_tree (state), name, &search.place,
                                                &view->has_beside);
  if (!view->has_beside)
    return;
  edge_state_foreach_account (state, find_account_cb, &search);
  edge_state_foreach_escrow (state, find_escrow_cb, &search);
  compare_place (&search, 'n', NULL, view->entry);
  view->beside[0] = search.place;
  view->beside[1] = search.text;
}

static void
take_view (View         *view,
           EdgeFold     *fold,
           const EdgeId *key)
{
  EdgeState *state = edge_fold_get_state (fold);
  const EdgeAccount *account;
  char name[1 + EDGE_ID_TEXT_SIZE] = "a";

  edge_id_write (key, name + 1);
  edge_id_of_data (&view->place, name, strlen (name));
  _edge_fold_roll_back (fold, edge_fold_get_n_closed (fold));
  view->last = *edge_fold_get_checkpoint (fold, edge_fold_get_n_checkpoints (fold));
  view->entry = edge_state_totals_to_text (state);
  view->path = edge_state_tree_get_path (edge_state_get_tree (state), "n");
  account = edge_state_get_account (state, key);
  if (account != NULL)
    {
      view->account = edge_account_to_text (account);
      view->account_path = edge_state_tree_get_path (edge_state_get_tree (state), name);
    }
  else
    view_gap (view, state, name);
}

static void
catch_up_func (EdgeLedger *self,
               GTask      *task)
{
  if (self->open)
    _edge_ledger_fold (self);
}

static gboolean
write_changes (EdgeLedger  *self,
               GPtrArray   *turns,
               guint64      last,
               GString     *out,
               GError     **error)
{
  edge_canon_name (out, "changes");
  edge_canon_begin_array (out);
  for (guint i = 0; i < turns->len; i++)
    {
      const EdgeFoldTurn *turn = g_ptr_array_index (turns, i);
      g_autofree char *certificate = NULL;
      EdgeCheckpoint checkpoint;

      /* The last checkpoint is shown in full anyway. */
      if (turn->n >= last)
        break;
      certificate = edge_ledger_dup_certificate (self, (guint) turn->n);
      edge_canon_begin_object (out);
      if (!edge_ledger_get_checkpoint (self, (guint) turn->n, &checkpoint) ||
          !edge_proof_step_write (out, &checkpoint, certificate, turn->entry, turn->path,
                                  NULL, error))
        return FALSE;
      edge_canon_end_object (out);
    }
  edge_canon_end_array (out);
  return TRUE;
}

static gboolean
write_last (EdgeLedger  *self,
            const View  *view,
            GString     *out,
            GError     **error)
{
  g_autofree char *certificate = edge_ledger_dup_certificate (self, (guint) view->last.n);

  edge_canon_name (out, "last");
  edge_canon_begin_object (out);
  if (view->account != NULL)
    {
      edge_canon_name (out, "account");
      edge_canon_raw (out, view->account);
    }
  edge_canon_name (out, "account_path");
  edge_proof_write_path (out, view->account_path);
  if (view->has_beside)
    {
      edge_canon_name (out, "beside");
      edge_canon_begin_array (out);
      edge_canon_id (out, &view->beside[0]);
      edge_canon_id (out, &view->beside[1]);
      edge_canon_end_array (out);
    }
  if (!edge_proof_step_write (out, &view->last, certificate, view->entry, view->path,
                              view->account == NULL ? &view->place : NULL, error))
    return FALSE;
  edge_canon_end_object (out);
  return TRUE;
}

static GPtrArray *
copy_turns (EdgeFold *fold)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_fold_turn_free);
  GPtrArray *turns = edge_fold_get_turns (fold);

  for (guint i = 0; i < turns->len; i++)
    {
      const EdgeFoldTurn *turn = g_ptr_array_index (turns, i);

      g_ptr_array_add (copy, edge_fold_turn_new (turn->n, turn->entry, turn->path));
    }
  return copy;
}

/**
 * edge_ledger_dup_proof:
 * @self: a ledger that is open, with a file
 * @key: any key
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Makes a file that shows, to anyone who knows the network's id and nothing else,
 * the account of a key at the last checkpoint, or that it has none.
 *
 * Returns: (transfer full) (nullable): what edge_proof_check() reads
 */
char *
edge_ledger_dup_proof (EdgeLedger    *self,
                       const EdgeId  *key,
                       GError       **error)
{
  g_auto(View) view = { 0 };
  g_autoptr(GPtrArray) turns = NULL;
  g_autoptr(GString) out = g_string_sized_new (16384);
  g_autofree char *genesis = NULL;
  gboolean behind = FALSE;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL && edge_fold_get_n_checkpoints (self->fold) > 0)
    {
      take_view (&view, self->fold, key);
      turns = copy_turns (self->fold);
      genesis = g_strdup (self->genesis->text);
      behind = !edge_fold_run (self->fold, REFOLD_AT_ONCE);
    }
  g_mutex_unlock (&self->lock);
  if (behind)
    _edge_ledger_run (self, catch_up_func, NULL);
  if (genesis == NULL)
    {
      g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MISSING,
                           "Nothing is final in this network yet, so nothing can be proven");
      return NULL;
    }

  edge_canon_begin_object (out);
  if (!write_changes (self, turns, view.last.n, out, error))
    return NULL;
  edge_canon_name (out, "edge_net_proof");
  edge_canon_integer (out, EDGE_PROOF_VERSION);
  edge_canon_name (out, "genesis");
  edge_canon_string (out, genesis, -1);
  edge_canon_name (out, "key");
  edge_canon_id (out, key);
  if (!write_last (self, &view, out, error))
    return NULL;
  edge_canon_end_object (out);
  g_string_append_c (out, '\n');
  return g_string_free_and_steal (g_steal_pointer (&out));
}
