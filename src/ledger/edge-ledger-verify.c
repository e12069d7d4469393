/* edge-ledger-verify.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-ledger-private.h"

/* What is stored, and what the ledger made of it. A pruned ledger gives what it keeps
 * of final events, held against root and certificates already. */
typedef struct
{
  GPtrArray *events;
  GPtrArray *checkpoints;
  EdgeDag   *dag;
  EdgeFold  *fold;
  EdgeId     state;
  guint      n_events;
} Stored;

static void
clear_stored (Stored *stored)
{
  g_clear_pointer (&stored->events, g_ptr_array_unref);
  g_clear_pointer (&stored->checkpoints, g_ptr_array_unref);
  g_clear_pointer (&stored->fold, edge_fold_free);
  g_clear_pointer (&stored->dag, edge_dag_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stored, clear_stored)

static gboolean
fault (GError     **error,
       const char  *what)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CORRUPT, what);
  return FALSE;
}

static gboolean
copy_cb (guint64     number,
         const char *text,
         gsize       length,
         gpointer    user_data)
{
  g_ptr_array_add (user_data, g_strndup (text, length));
  return TRUE;
}

/* All of one moment: the lock is held until everything is copied. */
static gboolean
copy_stored (EdgeLedger  *self,
             Stored      *stored,
             GError     **error)
{
  gboolean good;

  stored->events = g_ptr_array_new_with_free_func (g_free);
  stored->checkpoints = g_ptr_array_new_with_free_func (g_free);

  g_mutex_lock (&self->lock);
  if (self->store == NULL || self->fold == NULL)
    {
      g_mutex_unlock (&self->lock);
      g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                           "The ledger is not open");
      return FALSE;
    }
  edge_fold_run (self->fold, G_MAXUINT);
  edge_fold_get_order (self->fold, &stored->n_events);
  edge_state_get_root (edge_fold_get_state (self->fold), &stored->state);
  if (self->has_bones &&
      !_edge_ledger_read_base (self->store, self->genesis, &stored->dag, &stored->fold, error))
    {
      g_mutex_unlock (&self->lock);
      return FALSE;
    }
  good = edge_ledger_store_load_events (self->store, copy_cb, stored->events, error) &&
         edge_ledger_store_load_checkpoints (self->store, copy_cb, stored->checkpoints, error);
  g_mutex_unlock (&self->lock);
  return good;
}

static gboolean
add_event (EdgeDag            *dag,
           EdgeEventSet       *set,
           const EdgeGenesis  *genesis,
           const char         *text,
           guint               place,
           GArray             *added,
           guint              *n_final,
           GError            **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(EdgeEvent) event = edge_event_parse (text, strlen (text), &local);

  if (event != NULL && edge_event_check (event, genesis, EDGE_EVENT_CHECK_NONE, &local))
    {
      guint32 index = edge_dag_find (dag, &event->id);

      if (index != EDGE_DAG_NONE && edge_dag_get_node (dag, index)->set != EDGE_DAG_OPEN)
        ++*n_final;
      else
        edge_event_set_add (set, event, added);
      return TRUE;
    }
  g_set_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CORRUPT, "Stored event %u: %s",
               place + 1, local->message);
  return FALSE;
}

static gboolean
close_checkpoint (EdgeFold    *fold,
                  const char  *text,
                  GError     **error)
{
  g_autofree EdgeCanonNode *root = edge_canon_read (text, strlen (text), error);
  EdgeCheckpoint checkpoint;

  return root != NULL && edge_checkpoint_read (&checkpoint, root, error) &&
         edge_fold_close (fold, &checkpoint, error);
}

static gboolean
fold_anew (Stored             *stored,
           const EdgeGenesis  *genesis,
           GCancellable       *cancellable,
           GError            **error)
{
  gboolean pruned = stored->dag != NULL;
  g_autoptr(EdgeDag) dag = pruned ? g_steal_pointer (&stored->dag) : edge_dag_new ();
  g_autoptr(EdgeEventSet) set = edge_event_set_new (dag);
  g_autoptr(EdgeFold) fold = pruned ? g_steal_pointer (&stored->fold) : edge_fold_new (dag, genesis);
  g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));
  EdgeId state;
  guint n_events;
  guint n_final = 0;

  for (guint i = 0; i < stored->events->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !add_event (dag, set, genesis, stored->events->pdata[i], i, added, &n_final, error))
        return FALSE;
    }
  if (added->len + n_final != stored->events->len)
    return fault (error, "A stored event builds upon one that is not stored");

  edge_fold_add (fold, (const guint32 *) (gpointer) added->data, added->len);
  for (guint i = 0; !pruned && i < stored->checkpoints->len; i++)
    {
      if (!close_checkpoint (fold, stored->checkpoints->pdata[i], error))
        return FALSE;
    }

  edge_fold_run (fold, G_MAXUINT);
  edge_fold_get_order (fold, &n_events);
  edge_state_get_root (edge_fold_get_state (fold), &state);
  if (n_events != stored->n_events)
    return fault (error, "The file does not hold the events that are shown");
  if (!edge_id_equal (&state, &stored->state))
    return fault (error, "The accounts are not what follows from the stored events");
  return TRUE;
}

/**
 * edge_ledger_verify:
 * @self: a ledger that is open, with a file
 * @cancellable: (nullable): a cancellable
 * @error: return location for an `EDGE_LEDGER_ERROR`: the first fault
 *
 * Computes everything again from the stored bytes, each signature and proof of work
 * too, and compares. A pruned ledger begins with the entries it keeps of its last
 * checkpoint, and holds them against the state root and the certificates. Blocks for as
 * long as that takes; call it from a thread.
 *
 * Returns: whether all is as it was
 */
gboolean
edge_ledger_verify (EdgeLedger    *self,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_auto(Stored) stored = { 0 };
  g_autoptr(EdgeEvent) genesis = NULL;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  if (!copy_stored (self, &stored, error))
    return FALSE;
  if (stored.events->len == 0)
    return fault (error, "The file holds no event");

  genesis = edge_event_parse (stored.events->pdata[0], strlen (stored.events->pdata[0]), error);
  if (genesis == NULL)
    return FALSE;
  if (genesis->type != EDGE_EVENT_GENESIS)
    return fault (error, "The first stored event is not the genesis");
  return fold_anew (&stored, genesis->body->genesis, cancellable, error);
}

static void
append_list (GString    *out,
             const char *name,
             GPtrArray  *texts,
             const char *quote)
{
  g_string_append_printf (out, "\"%s\":[", name);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (out, "%s\n%s%s%s", i > 0 ? "," : "", quote,
                            (const char *) texts->pdata[i], quote);
  g_string_append (out, "]");
}

/**
 * edge_ledger_export:
 * @self: a ledger that is open, with a file
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Writes all events and checkpoints in the form that edge_ledger_fold_file() reads.
 *
 * Returns: (transfer full) (nullable): a JSON object
 */
char *
edge_ledger_export (EdgeLedger  *self,
                    GError     **error)
{
  g_auto(Stored) stored = { 0 };
  GString *out;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), NULL);

  if (edge_ledger_get_n_pruned (self) > 0)
    {
      g_set_error (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MISSING,
                   "Events up to checkpoint %u are kept in short only; an archive has them in full",
                   edge_ledger_get_n_pruned (self));
      return NULL;
    }
  if (!copy_stored (self, &stored, error))
    return NULL;
  out = g_string_new ("{");
  /* A compact JWS needs no escapes. */
  append_list (out, "events", stored.events, "\"");
  g_string_append (out, ",");
  append_list (out, "checkpoints", stored.checkpoints, "");
  g_string_append (out, "}\n");
  return g_string_free_and_steal (out);
}
