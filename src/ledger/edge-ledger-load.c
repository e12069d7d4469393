/* edge-ledger-load.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-private.h"

#include <string.h>

/* Where the genesis is stored. */
#define GENESIS_PLACE 1

typedef struct
{
  EdgeLedger   *ledger;
  EdgeEventSet *set;
  GArray       *added;
  GPtrArray    *strays;
} Loading;

static gboolean
refuse (GError          **error,
        EdgeLedgerError   code,
        const char       *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, code, reason);
  return FALSE;
}

static EdgeEvent *
read_genesis (const char  *text,
              GError     **error)
{
  g_autoptr(EdgeEvent) event = edge_event_parse (text, strlen (text), error);

  if (event == NULL)
    return NULL;
  if (event->type != EDGE_EVENT_GENESIS)
    {
      refuse (error, EDGE_LEDGER_ERROR_NETWORK, "A network starts with a genesis event");
      return NULL;
    }
  if (!edge_event_check (event, event->body->genesis, EDGE_EVENT_CHECK_NONE, error))
    return NULL;
  return g_steal_pointer (&event);
}

typedef struct
{
  char    *text;
  guint64  place;
} First;

static void
clear_first (First *first)
{
  g_free (first->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (First, clear_first)

static gboolean
first_cb (guint64     number,
          const char *text,
          gsize       length,
          gpointer    user_data)
{
  First *first = user_data;

  first->text = g_strndup (text, length);
  first->place = number;
  return FALSE;
}

/* A file that was repaired may have lost the genesis; its place is free then. */
static gboolean
lacks_genesis (const First *first,
               EdgeEvent   *asked)
{
  g_autoptr(EdgeEvent) event = NULL;

  if (first->text == NULL || asked == NULL)
    return asked != NULL;
  event = edge_event_parse (first->text, strlen (first->text), NULL);
  return first->place > GENESIS_PLACE && event != NULL && event->type != EDGE_EVENT_GENESIS &&
         edge_id_equal (&event->net, &asked->id);
}

/* Which network the file is of; it must be the one that was asked for. */
static gboolean
find_genesis (EdgeLedger  *self,
              const char  *wanted,
              GError     **error)
{
  g_auto(First) first = { NULL, 0 };
  g_autoptr(EdgeEvent) asked = NULL;

  if (wanted != NULL)
    {
      asked = read_genesis (wanted, error);
      if (asked == NULL)
        return FALSE;
    }
  if (self->store != NULL &&
      !edge_ledger_store_load_events (self->store, first_cb, &first, error))
    return FALSE;

  if (lacks_genesis (&first, asked))
    {
      self->genesis = g_steal_pointer (&asked);
      return TRUE;
    }
  if (first.text == NULL)
    return refuse (error, EDGE_LEDGER_ERROR_MISSING, "The network's first event is not here yet");
  self->genesis = read_genesis (first.text, error);
  if (self->genesis == NULL)
    return FALSE;
  self->genesis->place = first.place;
  if (asked != NULL && !edge_id_equal (&asked->id, &self->genesis->id))
    return refuse (error, EDGE_LEDGER_ERROR_NETWORK, "The file is of another network");
  return TRUE;
}

/* _edge_ledger_put_stored: puts an event of the file where it belongs in the DAG, or among
 * the strays if it can't be there yet. With the lock. */
void
_edge_ledger_put_stored (EdgeDag      *dag,
                         EdgeEvent    *event,
                         EdgeEventSet *set,
                         GArray       *added,
                         GPtrArray    *strays)
{
  guint32 index = edge_dag_find (dag, &event->id);

  if (index == EDGE_DAG_NONE)
    {
      edge_event_set_add (set, event, added);
      if (edge_dag_find (dag, &event->id) == EDGE_DAG_NONE)
        g_ptr_array_add (strays, edge_event_ref (event));
    }
  else
    {
      EdgeDagNode *node = edge_dag_get_node (dag, index);

      if (node->body == NULL)
        edge_dag_give_body (dag, index, event);
      node->place = event->place;
    }
}

/* _edge_ledger_keep_strays: remembers which events of the file the DAG has no place for.
 * Peers may bring what they build upon, and then them again. With the lock. */
void
_edge_ledger_keep_strays (EdgeLedger *self,
                          GPtrArray  *strays)
{
  g_clear_pointer (&self->strays, g_hash_table_unref);
  for (guint i = 0; i < strays->len; i++)
    {
      EdgeEvent *event = g_ptr_array_index (strays, i);

      if (edge_dag_find (self->dag, &event->id) != EDGE_DAG_NONE)
        continue;
      if (self->strays == NULL)
        self->strays = g_hash_table_new_full (edge_id_hash, edge_id_equal, NULL,
                                              (GDestroyNotify) edge_event_unref);
      g_hash_table_replace (self->strays, &event->id, edge_event_ref (event));
    }
}

static gboolean
load_event_cb (guint64     number,
               const char *text,
               gsize       length,
               gpointer    user_data)
{
  Loading *loading = user_data;
  const EdgeGenesis *genesis = loading->ledger->genesis->body->genesis;
  g_autoptr(EdgeEvent) event = edge_event_parse (text, length, NULL);

  if (event == NULL || !edge_event_check (event, genesis, EDGE_EVENT_CHECK_SKIP_SIGNATURES, NULL))
    return TRUE;
  event->place = number;
  _edge_ledger_put_stored (loading->ledger->dag, event, loading->set, loading->added,
                           loading->strays);
  return TRUE;
}

static gboolean
load_checkpoint_cb (guint64     number,
                    const char *text,
                    gsize       length,
                    gpointer    user_data)
{
  EdgeLedger *self = user_data;
  g_autofree EdgeCanonNode *root = edge_canon_read (text, length, NULL);
  g_autoptr(GError) error = NULL;
  EdgeCheckpoint checkpoint;

  /* A checkpoint whose events were lost is closed again when peers bring them. */
  if (root != NULL && edge_checkpoint_read (&checkpoint, root, &error) &&
      edge_fold_close (self->fold, &checkpoint, &error))
    return TRUE;
  g_message ("A stored checkpoint can't be closed yet: %s",
             error != NULL ? error->message : "it is malformed");
  return FALSE;
}

static gboolean
store_genesis (EdgeLedger  *self,
               GError     **error)
{
  g_autoptr(GPtrArray) first = g_ptr_array_new ();

  g_ptr_array_add (first, self->genesis);
  self->genesis->place = GENESIS_PLACE;
  return edge_ledger_store_put_events (self->store, first, error);
}

static gboolean
find_place_cb (guint64     number,
               const char *text,
               gsize       length,
               gpointer    user_data)
{
  Loading *loading = user_data;
  EdgeDag *dag = loading->ledger->dag;
  g_autoptr(EdgeEvent) event = edge_event_parse (text, length, NULL);
  guint32 index = event != NULL ? edge_dag_find (dag, &event->id) : EDGE_DAG_NONE;

  if (event != NULL)
    event->place = number;
  if (index != EDGE_DAG_NONE)
    edge_dag_get_node (dag, index)->place = number;
  else if (event != NULL)
    g_ptr_array_add (loading->strays, g_steal_pointer (&event));
  return TRUE;
}

/* Some events are at no place in a file made anew, and one that is, is not stored again. */
static gboolean
find_places (EdgeLedger  *self,
             GError     **error)
{
  g_autoptr(GPtrArray) strays = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  Loading loading = { self, NULL, NULL, strays };
  EdgeDagNode *genesis = edge_dag_get_node (self->dag, 0);

  for (guint32 i = 0; i < edge_dag_get_size (self->dag); i++)
    edge_dag_get_node (self->dag, i)->place = 0;
  if (!edge_ledger_store_load_events (self->store, find_place_cb, &loading, error))
    return FALSE;
  _edge_ledger_keep_strays (self, strays);
  if (genesis->place != 0)
    self->genesis->place = genesis->place;
  else if (!store_genesis (self, error))
    return FALSE;
  genesis->place = self->genesis->place;
  return TRUE;
}

static void
repair_func (EdgeLedger *self,
             GTask      *task)
{
  g_autoptr(GError) error = NULL;
  guint64 n_saved;

  if (self->store == NULL)
    return;

  /* What is folded stays; only the file is made anew. */
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->store, edge_ledger_store_free);
  if (edge_ledger_store_repair (self->path, &n_saved, &error))
    self->store = edge_ledger_store_open (self->path, &error);
  if (self->store != NULL && !find_places (self, &error))
    g_clear_pointer (&self->store, edge_ledger_store_free);
  g_mutex_unlock (&self->lock);
  if (self->store == NULL)
    g_warning ("The ledger's file can't be repaired: %s", error->message);
  else
    _edge_ledger_repaired (self, n_saved);
}

static void
verify_func (EdgeLedger *self,
             GTask      *task)
{
  g_autoptr(GError) error = NULL;

  if (edge_ledger_store_verify (self->path, &error))
    return;
  g_message ("Repairing: %s", error->message);
  _edge_ledger_run (self, repair_func, NULL);
}

static gboolean
load_all (EdgeLedger  *self,
          GError     **error)
{
  g_autoptr(EdgeEventSet) set = edge_event_set_new (self->dag);
  g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GPtrArray) strays = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  Loading loading = { self, set, added, strays };

  if (self->store != NULL && self->genesis->place == 0 && !store_genesis (self, error))
    return FALSE;
  edge_event_set_add (set, self->genesis, added);
  if (self->store == NULL)
    {
      g_hash_table_replace (self->kept, &self->genesis->id, edge_event_ref (self->genesis));
      edge_fold_add (self->fold, (const guint32 *) (gpointer) added->data, added->len);
      return edge_fold_run (self->fold, G_MAXUINT);
    }

  if (!edge_ledger_store_load_events (self->store, load_event_cb, &loading, error))
    return FALSE;
  _edge_ledger_keep_strays (self, strays);
  edge_fold_add (self->fold, (const guint32 *) (gpointer) added->data, added->len);
  if (self->has_bones)
    self->n_pruned = _edge_ledger_count_pruned (self->fold, self->dag);
  else if (!edge_ledger_store_load_checkpoints (self->store, load_checkpoint_cb, self, error))
    return FALSE;
  return edge_fold_run (self->fold, G_MAXUINT);
}

/* A pruned file goes on from its last checkpoint. If that does not hold, what was
 * pruned is lost here, and peers bring it again. */
static gboolean
load_base (EdgeLedger  *self,
           GError     **error)
{
  g_autoptr(GError) fault = NULL;

  self->has_bones = FALSE;
  self->n_pruned = 0;
  self->share = (EdgeFoldShare) { 0 };
  if (self->store == NULL || edge_ledger_store_count_bones (self->store) == 0)
    return TRUE;
  if (_edge_ledger_read_base (self->store, self->genesis, &self->dag, &self->fold, &fault))
    {
      self->has_bones = TRUE;
      return TRUE;
    }
  if (g_error_matches (fault, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_STORE))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  g_message ("The ledger starts anew, since what was pruned does not hold: %s", fault->message);
  return edge_ledger_store_begin_base (self->store, error) &&
         edge_ledger_store_end_base (self->store, edge_ledger_store_forget_base (self->store, error),
                                     error);
}

static gboolean
load_once (EdgeLedger  *self,
           const char  *genesis,
           GError     **error)
{
  const guint32 *order;
  guint n_order;
  gboolean good;

  if (self->path != NULL)
    {
      self->store = edge_ledger_store_open (self->path, error);
      if (self->store == NULL)
        return FALSE;
    }
  if (!find_genesis (self, genesis, error))
    return FALSE;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->two_books, g_free);
  if (self->store != NULL)
    self->two_books = edge_ledger_store_dup_text (self->store, "two_books");
  if (!load_base (self, error))
    {
      g_mutex_unlock (&self->lock);
      return FALSE;
    }
  if (self->dag == NULL)
    {
      self->dag = edge_dag_new ();
      self->fold = edge_fold_new (self->dag, self->genesis->body->genesis);
    }
  if (self->has_watched)
    edge_fold_watch (self->fold, &self->watched);
  self->pool = edge_holding_pool_new ();
  self->index = edge_range_index_new ();
  self->limits = edge_local_limits_new ();
  if (self->store == NULL)
    self->kept = g_hash_table_new_full (edge_id_hash, edge_id_equal, NULL,
                                        (GDestroyNotify) edge_event_unref);
  good = load_all (self, error);
  if (good)
    {
      self->share.n_done = edge_fold_get_n_refolded (self->fold);
      order = edge_fold_get_order (self->fold, &n_order);
      for (guint i = edge_fold_get_n_closed (self->fold); i < n_order; i++)
        {
          const EdgeDagNode *node = edge_dag_get_node (self->dag, order[i]);

          edge_range_index_add (self->index, node->time, &node->id);
        }
      _edge_ledger_count_open (self);
    }
  g_mutex_unlock (&self->lock);
  return good;
}

/* _edge_ledger_load: opens the file and folds all it holds. A file found damaged is
 * repaired once. For the ledger thread. */
gboolean
_edge_ledger_load (EdgeLedger  *self,
                   const char  *genesis,
                   GError     **error)
{
  g_autoptr(GError) fault = NULL;
  guint64 n_saved;

  if (!load_once (self, genesis, &fault))
    {
      if (!g_error_matches (fault, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }

      g_message ("Repairing: %s", fault->message);
      _edge_ledger_unload (self);
      if (!edge_ledger_store_repair (self->path, &n_saved, error))
        return FALSE;
      _edge_ledger_repaired (self, n_saved);
      return load_once (self, genesis, error);
    }

  if (self->store != NULL && !edge_ledger_store_was_clean (self->store))
    _edge_ledger_check (self, verify_func, NULL);
  return TRUE;
}

/* _edge_ledger_unload: forgets all and leaves the file as it is. */
void
_edge_ledger_unload (EdgeLedger *self)
{
  g_mutex_lock (&self->lock);
  if (self->folding != NULL)
    {
      g_source_destroy (self->folding);
      g_clear_pointer (&self->folding, g_source_unref);
    }
  if (self->waking != NULL)
    {
      g_source_destroy (self->waking);
      g_clear_pointer (&self->waking, g_source_unref);
    }
  g_clear_pointer (&self->fold, edge_fold_free);
  g_clear_pointer (&self->dag, edge_dag_free);
  g_clear_pointer (&self->pool, edge_holding_pool_free);
  g_clear_pointer (&self->index, edge_range_index_free);
  g_clear_pointer (&self->limits, edge_local_limits_free);
  g_clear_pointer (&self->store, edge_ledger_store_free);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->strays, g_hash_table_unref);
  g_clear_pointer (&self->genesis, edge_event_unref);
  g_clear_pointer (&self->two_books, g_free);
  g_mutex_unlock (&self->lock);
}
