/* edge-ledger-fold-file.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-ledger-fold-file.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-event-set.h"
#include "ledger/edge-fold.h"
#include "ledger/edge-ledger-error.h"

/* One entry of `events`: what it is, or why it is none. */
typedef struct
{
  EdgeEvent *event;
  char      *fault;
} Entry;

typedef struct
{
  GArray    *entries;
  EdgeEvent *genesis_event;
  EdgeDag   *dag;
  EdgeFold  *fold;
} Job;

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->event, edge_event_unref);
  g_clear_pointer (&entry->fault, g_free);
}

static void
clear_job (Job *job)
{
  g_clear_pointer (&job->fold, edge_fold_free);
  g_clear_pointer (&job->dag, edge_dag_free);
  g_clear_pointer (&job->entries, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, clear_job)

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED, reason);
  return FALSE;
}

static void
condemn (Entry  *entry,
         GError *error)
{
  g_clear_pointer (&entry->event, edge_event_unref);
  entry->fault = g_strdup (error->message);
}

static void
parse_entry (Entry               *entry,
             const EdgeCanonNode *node)
{
  g_autoptr(GError) error = NULL;
  gsize length;
  g_autofree char *text = edge_canon_dup_string (node, &length);

  if (text == NULL)
    {
      entry->fault = g_strdup ("not a string");
      return;
    }
  entry->event = edge_event_parse (text, length, &error);
  if (entry->event == NULL)
    condemn (entry, error);
}

/* The network is that of the first event that is a valid genesis. */
static gboolean
find_genesis (Job     *job,
              GError **error)
{
  for (guint i = 0; i < job->entries->len; i++)
    {
      Entry *entry = &g_array_index (job->entries, Entry, i);
      g_autoptr(GError) fault = NULL;

      if (entry->event == NULL || entry->event->type != EDGE_EVENT_GENESIS)
        continue;
      if (edge_event_check (entry->event, entry->event->body->genesis, EDGE_EVENT_CHECK_NONE,
                            &fault))
        {
          job->genesis_event = entry->event;
          return TRUE;
        }
      condemn (entry, fault);
    }
  return refuse (error, "The file holds no valid genesis");
}

static void
check_entries (Job *job)
{
  const EdgeGenesis *genesis = job->genesis_event->body->genesis;
  g_autoptr(GHashTable) good = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < job->entries->len; i++)
    {
      Entry *entry = &g_array_index (job->entries, Entry, i);
      EdgeEvent *twin;
      g_autoptr(GError) fault = NULL;

      if (entry->event == NULL)
        continue;

      /* The same text again is the same event; its proof of work is dear to check. */
      twin = g_hash_table_lookup (good, entry->event->text);
      if (twin != NULL)
        {
          edge_event_unref (entry->event);
          entry->event = edge_event_ref (twin);
          continue;
        }
      if (edge_event_check (entry->event, genesis, EDGE_EVENT_CHECK_NONE, &fault))
        g_hash_table_insert (good, entry->event->text, entry->event);
      else
        condemn (entry, fault);
    }
}

static void
build (Job *job)
{
  g_autoptr(EdgeEventSet) set = NULL;
  g_autoptr(GArray) added = g_array_new (FALSE, FALSE, sizeof (guint32));

  job->dag = edge_dag_new ();
  job->fold = edge_fold_new (job->dag, job->genesis_event->body->genesis);
  set = edge_event_set_new (job->dag);
  edge_event_set_add (set, job->genesis_event, added);
  for (guint i = 0; i < job->entries->len; i++)
    {
      Entry *entry = &g_array_index (job->entries, Entry, i);

      if (entry->event != NULL)
        edge_event_set_add (set, entry->event, added);
    }

  for (guint i = 0; i < job->entries->len; i++)
    {
      Entry *entry = &g_array_index (job->entries, Entry, i);

      if (entry->event != NULL)
        entry->fault = g_strdup (edge_event_set_get_fault (set, &entry->event->id));
    }
  edge_fold_add (job->fold, (const guint32 *) (gpointer) added->data, added->len);
}

static gboolean
close_all (Job                  *job,
           const EdgeCanonNode  *list,
           GError              **error)
{
  const EdgeCanonNode *node = list + 1;

  for (gsize i = 0; i < list->count; i++, node = edge_canon_next (node))
    {
      EdgeCheckpoint checkpoint;

      if (!edge_checkpoint_read (&checkpoint, node, error) ||
          !edge_fold_close (job->fold, &checkpoint, error))
        return FALSE;
    }
  edge_fold_run (job->fold, G_MAXUINT);
  return TRUE;
}

static void
collect_account_cb (const EdgeAccount *account,
                    gpointer           user_data)
{
  g_ptr_array_add (user_data, (gpointer) account);
}

static void
collect_escrow_cb (const EdgeEscrow *escrow,
                   gpointer          user_data)
{
  g_ptr_array_add (user_data, (gpointer) escrow);
}

static int
compare_accounts (gconstpointer a,
                  gconstpointer b)
{
  return edge_id_compare (&((const EdgeAccount *) a)->key, &((const EdgeAccount *) b)->key);
}

static int
compare_escrows (gconstpointer a,
                 gconstpointer b)
{
  return edge_id_compare (&((const EdgeEscrow *) a)->id, &((const EdgeEscrow *) b)->id);
}

static void
write_accounts (Job     *job,
                GString *out)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  edge_state_foreach_account (edge_fold_get_state (job->fold), collect_account_cb, list);
  g_ptr_array_sort_values (list, compare_accounts);
  edge_canon_name (out, "accounts");
  edge_canon_begin_object (out);
  for (guint i = 0; i < list->len; i++)
    {
      const EdgeAccount *account = g_ptr_array_index (list, i);
      char name[EDGE_ID_TEXT_SIZE];

      edge_id_write (&account->key, name);
      edge_canon_name (out, name);
      edge_account_write (account, out);
    }
  edge_canon_end_object (out);
}

static void
write_escrows (Job     *job,
               GString *out)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  edge_state_foreach_escrow (edge_fold_get_state (job->fold), collect_escrow_cb, list);
  g_ptr_array_sort_values (list, compare_escrows);
  edge_canon_name (out, "escrows");
  edge_canon_begin_object (out);
  for (guint i = 0; i < list->len; i++)
    {
      const EdgeEscrow *escrow = g_ptr_array_index (list, i);
      char name[EDGE_ID_TEXT_SIZE];

      edge_id_write (&escrow->id, name);
      edge_canon_name (out, name);
      edge_escrow_write (escrow, out);
    }
  edge_canon_end_object (out);
}

static void
write_invalid (Job     *job,
               GString *out)
{
  edge_canon_name (out, "invalid");
  edge_canon_begin_array (out);
  for (guint i = 0; i < job->entries->len; i++)
    {
      Entry *entry = &g_array_index (job->entries, Entry, i);

      if (entry->fault == NULL)
        continue;
      edge_canon_begin_object (out);
      edge_canon_name (out, "index");
      edge_canon_integer (out, i);
      edge_canon_name (out, "reason");
      edge_canon_string (out, entry->fault, -1);
      edge_canon_end_object (out);
    }
  edge_canon_end_array (out);
}

static void
write_order (Job     *job,
             GString *out)
{
  guint n_order;
  const guint32 *order = edge_fold_get_order (job->fold, &n_order);

  edge_canon_name (out, "order");
  edge_canon_begin_array (out);
  for (guint i = 0; i < n_order; i++)
    edge_canon_id (out, &edge_dag_get_node (job->dag, order[i])->id);
  edge_canon_end_array (out);
}

static int
compare_node_ids (gconstpointer a,
                  gconstpointer b)
{
  return edge_id_compare (&((const EdgeDagNode *) a)->id, &((const EdgeDagNode *) b)->id);
}

static void
write_verdicts (Job     *job,
                GString *out)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();

  for (guint32 i = 0; i < edge_dag_get_size (job->dag); i++)
    g_ptr_array_add (sorted, edge_dag_get_node (job->dag, i));
  g_ptr_array_sort_values (sorted, compare_node_ids);

  edge_canon_name (out, "verdicts");
  edge_canon_begin_object (out);
  for (guint i = 0; i < sorted->len; i++)
    {
      const EdgeDagNode *node = g_ptr_array_index (sorted, i);
      char name[EDGE_ID_TEXT_SIZE];

      edge_id_write (&node->id, name);
      edge_canon_name (out, name);
      edge_canon_string (out, edge_verdict_to_string (node->verdict), -1);
    }
  edge_canon_end_object (out);
}

static char *
write_all (Job *job)
{
  GString *out = g_string_new (NULL);
  EdgeState *state = edge_fold_get_state (job->fold);
  EdgeId root;

  edge_state_get_root (state, &root);
  edge_canon_begin_object (out);
  write_accounts (job, out);
  write_escrows (job, out);
  write_invalid (job, out);
  edge_canon_name (out, "multiplier");
  edge_canon_integer (out, edge_fold_get_multiplier (job->fold));
  edge_canon_name (out, "net");
  edge_canon_id (out, &job->genesis_event->id);
  write_order (job, out);
  edge_canon_name (out, "state");
  edge_canon_id (out, &root);
  edge_canon_name (out, "time");
  edge_canon_integer (out, edge_state_get_totals (state)->time);
  write_verdicts (job, out);
  edge_canon_end_object (out);
  return g_string_free_and_steal (out);
}

/**
 * edge_ledger_fold_file:
 * @json: (array length=length): an object of `events` and perhaps `checkpoints`; other
 *   members are ignored
 * @length: its bytes
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Folds a set of events given in any order. It reads no clock, so that what
 * comes out depends on the file alone.
 *
 * Returns: (transfer full) (nullable): what follows from them, as JSON
 */
char *
edge_ledger_fold_file (const char  *json,
                       gsize        length,
                       GError     **error)
{
  g_auto(Job) job = { 0 };
  g_autofree EdgeCanonNode *root = NULL;
  const EdgeCanonNode *events;
  const EdgeCanonNode *checkpoints;
  const EdgeCanonNode *node;

  if (length > EDGE_LEDGER_FOLD_MAX_FILE)
    {
      refuse (error, "The file is too long");
      return NULL;
    }
  root = edge_canon_read_loose (json, length, error);
  if (root == NULL)
    return NULL;

  events = edge_canon_member (root, "events");
  checkpoints = edge_canon_member (root, "checkpoints");
  if (events == NULL || events->kind != EDGE_CANON_ARRAY ||
      (checkpoints != NULL && checkpoints->kind != EDGE_CANON_ARRAY))
    {
      refuse (error, "The file holds no list of events, or checkpoints that are no list");
      return NULL;
    }

  job.entries = g_array_sized_new (FALSE, TRUE, sizeof (Entry), (guint) events->count);
  g_array_set_clear_func (job.entries, clear_entry);
  g_array_set_size (job.entries, (guint) events->count);
  node = events + 1;
  for (guint i = 0; i < job.entries->len; i++, node = edge_canon_next (node))
    parse_entry (&g_array_index (job.entries, Entry, i), node);

  if (!find_genesis (&job, error))
    return NULL;
  check_entries (&job);
  build (&job);
  if (checkpoints != NULL && !close_all (&job, checkpoints, error))
    return NULL;
  edge_fold_run (job.fold, G_MAXUINT);
  return write_all (&job);
}
