/* edge-ledger-restore.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-private.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-ledger-store-base.h"

/* Reading, from the file, a ledger that starts at its last checkpoint. */
typedef struct
{
  EdgeLedgerBase  *base;
  EdgeLedgerStore *store;
  GPtrArray       *turns;
  GPtrArray       *checkpoints;
  GError         **error;
} Reading;

static gboolean
turn_cb (EdgeFoldTurn *turn,
         gpointer      user_data)
{
  g_ptr_array_add (user_data, turn);
  return TRUE;
}

static gboolean
text_cb (guint64     number,
         const char *text,
         gsize       length,
         gpointer    user_data)
{
  g_ptr_array_add (user_data, g_strndup (text, length));
  return TRUE;
}

static gboolean
entry_cb (const char *name,
          const char *text,
          gsize       length,
          gpointer    user_data)
{
  Reading *reading = user_data;

  return edge_ledger_base_add_entry (reading->base, name, text, length, reading->error);
}

static gboolean
bone_cb (const EdgeDagBone *bone,
         gpointer           user_data)
{
  Reading *reading = user_data;

  return edge_ledger_base_add_bone (reading->base, bone, reading->error);
}

static gboolean
fault (GError     **error,
       const char  *what)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CORRUPT, what);
  return FALSE;
}

/* Makes a step of what the file keeps of a checkpoint, as a proof has it. */
static gboolean
add_step (Reading            *reading,
          const EdgeFoldTurn *turn)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *certificate = NULL;
  g_autofree EdgeCanonNode *root = NULL;
  const char *text;
  EdgeCheckpoint checkpoint;

  if (turn->n < 1 || turn->n > reading->checkpoints->len)
    return fault (reading->error, "The file keeps a change of validators at no checkpoint");
  text = g_ptr_array_index (reading->checkpoints, turn->n - 1);
  certificate = edge_ledger_store_dup_certificate (reading->store, turn->n);
  root = edge_canon_read (text, strlen (text), reading->error);
  edge_canon_begin_object (out);
  if (root == NULL || !edge_checkpoint_read (&checkpoint, root, reading->error) ||
      !edge_proof_step_write (out, &checkpoint, certificate, turn->entry, turn->path, NULL,
                              reading->error))
    return FALSE;
  edge_canon_end_object (out);
  return edge_ledger_base_add_step (reading->base, out->str, out->len, reading->error);
}

static gboolean
find_totals_cb (const char *name,
                const char *text,
                gsize       length,
                gpointer    user_data)
{
  if (!g_str_equal (name, "n"))
    return TRUE;
  *(char **) user_data = g_strndup (text, length);
  return FALSE;
}

static EdgeFoldTurn *
find_last_turn (Reading *reading)
{
  g_autoptr(GArray) path = edge_ledger_store_dup_path (reading->store);
  g_autofree char *entry = NULL;

  if (!edge_ledger_store_load_entries (reading->store, find_totals_cb, &entry, reading->error))
    return NULL;
  if (path == NULL || entry == NULL)
    {
      fault (reading->error, "The file keeps no entries of its last checkpoint");
      return NULL;
    }
  return edge_fold_turn_new (reading->checkpoints->len, entry, path);
}

static gboolean
read_all (Reading *reading)
{
  g_autoptr(GPtrArray) turns = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_fold_turn_free);
  EdgeFoldTurn *last;

  if (!edge_ledger_store_load_checkpoints (reading->store, text_cb, reading->checkpoints,
                                           reading->error) ||
      !edge_ledger_store_load_turns (reading->store, turn_cb, turns, reading->error))
    return FALSE;
  if (reading->checkpoints->len == 0 ||
      edge_ledger_store_get_entries_n (reading->store) != reading->checkpoints->len)
    return fault (reading->error, "The file keeps the entries of another checkpoint than the last");

  last = turns->len > 0 ? g_ptr_array_index (turns, turns->len - 1) : NULL;
  if (last == NULL || last->n != reading->checkpoints->len)
    {
      last = find_last_turn (reading);
      if (last == NULL)
        return FALSE;
      g_ptr_array_add (turns, last);
    }
  for (guint i = 0; i < turns->len; i++)
    {
      if (!add_step (reading, g_ptr_array_index (turns, i)))
        return FALSE;
    }
  for (guint i = 0; i < reading->checkpoints->len; i++)
    {
      const char *text = g_ptr_array_index (reading->checkpoints, i);

      if (!edge_ledger_base_add_checkpoint (reading->base, text, strlen (text), reading->error))
        return FALSE;
    }
  return edge_ledger_base_end_checkpoints (reading->base, reading->error) &&
         edge_ledger_store_load_entries (reading->store, entry_cb, reading, reading->error) &&
         *reading->error == NULL &&
         edge_ledger_base_end_entries (reading->base, reading->error) &&
         edge_ledger_store_load_bones (reading->store, bone_cb, reading, reading->error) &&
         *reading->error == NULL;
}

/* _edge_ledger_read_base: makes, from what a pruned file keeps, a DAG and a fold at the
 * last checkpoint, and holds all of it against root and certificates. */
gboolean
_edge_ledger_read_base (EdgeLedgerStore  *store,
                        EdgeEvent        *genesis,
                        EdgeDag         **dag,
                        EdgeFold        **fold,
                        GError          **error)
{
  g_autoptr(EdgeLedgerBase) base = edge_ledger_base_new (genesis);
  g_autoptr(GPtrArray) checkpoints = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) local = NULL;
  Reading reading = { base, store, NULL, checkpoints, &local };

  if (read_all (&reading) && edge_ledger_base_finish (base, dag, fold, &local))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* _edge_ledger_count_pruned: up to which checkpoint bodies are missing. */
guint
_edge_ledger_count_pruned (EdgeFold *fold,
                           EdgeDag  *dag)
{
  guint n_order;
  const guint32 *order = edge_fold_get_order (fold, &n_order);

  for (guint i = edge_fold_get_n_closed (fold); i > 0; i--)
    {
      if (edge_dag_get_node (dag, order[i - 1])->body == NULL)
        return edge_dag_get_node (dag, order[i - 1])->set;
    }
  return 0;
}
