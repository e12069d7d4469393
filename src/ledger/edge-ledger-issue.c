/* edge-ledger-issue.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "base/edge-clock.h"
#include "ledger/edge-event-builder.h"
#include "ledger/edge-ledger-private.h"

/* How far back from the newest event a tip is looked for. */
#define TIP_SEARCH 512

typedef struct
{
  EdgeIdentity  *identity;
  EdgeEventType  type;
  char          *body;
} Issue;

typedef struct
{
  EdgeCheckpoint  checkpoint;
  char           *certificate;
} Closing;

static void
free_issue (gpointer data)
{
  Issue *issue = data;

  g_object_unref (issue->identity);
  g_free (issue->body);
  g_free (issue);
}

static void
free_closing (gpointer data)
{
  Closing *closing = data;

  g_free (closing->certificate);
  g_free (closing);
}

static gboolean
is_good_tip (EdgeLedger *self,
             guint32     index)
{
  if (edge_dag_get_node (self->dag, index)->verdict != EDGE_VERDICT_OK)
    return FALSE;
  for (guint32 child = edge_dag_first_child (self->dag, index); child != EDGE_DAG_NONE;
       child = edge_dag_next_child (self->dag, index, child))
    {
      if (edge_dag_get_node (self->dag, child)->verdict == EDGE_VERDICT_OK)
        return FALSE;
    }
  return TRUE;
}

/* Good events nothing good builds upon, the newest first: of the newest events, or else the first
 * that is found, however many came after that have no effect. */
static GArray *
find_tips (EdgeLedger *self,
           guint       most)
{
  GArray *tips = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_order;
  const guint32 *order = edge_fold_get_order (self->fold, &n_order);
  guint stop = n_order > TIP_SEARCH ? n_order - TIP_SEARCH : 0;

  for (guint i = n_order; i > 0 && (i > stop || tips->len == 0) && tips->len < most; i--)
    {
      if (is_good_tip (self, order[i - 1]))
        g_array_append_val (tips, order[i - 1]);
    }
  return tips;
}

static void
build_upon (EdgeEventPlace    *place,
            const EdgeDagNode *node)
{
  place->height = MAX (place->height, (guint64) node->height + 1);
  place->time = MAX (place->time, node->time);
}

/* The newest good event is one parent, so that the new event sorts after all that
 * is known and finds what it needs; the other is a tip by lot, which keeps the
 * DAG together. */
static gboolean
choose_place (EdgeLedger      *self,
              Issue           *issue,
              EdgeEventPlace  *place,
              GError         **error)
{
  g_autoptr(GArray) tips = find_tips (self, TIP_SEARCH);
  const EdgeAccount *account;
  EdgeId key;

  place->net = self->genesis->id;
  place->time = MAX (edge_clock_now (),
                     edge_state_get_totals (edge_fold_get_state (self->fold))->time);
  memcpy (key.bytes, edge_identity_get_public_key (issue->identity), EDGE_ID_SIZE);
  account = edge_state_get_account (edge_fold_get_state (self->fold), &key);

  place->has_prev = issue->type != EDGE_EVENT_JOIN;
  if (place->has_prev != (account != NULL && account->has_head))
    {
      g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                           place->has_prev ? "This key has not joined the network yet"
                                           : "This key has joined the network already");
      return FALSE;
    }
  if (place->has_prev)
    {
      place->prev = account->head;
      place->seq = account->next;
      build_upon (place, edge_dag_get_node (self->dag, edge_dag_find (self->dag, &place->prev)));
    }

  if (tips->len == 0)
    {
      guint32 first = 0;

      g_array_append_val (tips, first);
    }
  for (guint i = 0; i < MIN (tips->len, 2); i++)
    {
      guint pick = i == 0 ? 0 : (guint) g_random_int_range (1, (gint32) tips->len);
      const EdgeDagNode *node = edge_dag_get_node (self->dag, g_array_index (tips, guint32, pick));

      place->parents[place->n_parents++] = node->id;
      build_upon (place, node);
    }
  if (place->n_parents == 2 && edge_id_compare (&place->parents[0], &place->parents[1]) > 0)
    {
      EdgeId swap = place->parents[0];

      place->parents[0] = place->parents[1];
      place->parents[1] = swap;
    }
  return TRUE;
}

static EdgeEvent *
make_event (EdgeLedger  *self,
            Issue       *issue,
            GError     **error)
{
  EdgeEventPlace place = { 0 };
  g_autofree char *text = NULL;
  g_autoptr(EdgeEvent) event = NULL;
  gboolean good;

  g_mutex_lock (&self->lock);
  good = !self->held && !self->clock_off;
  if (good)
    {
      edge_fold_run (self->fold, G_MAXUINT);
      good = choose_place (self, issue, &place, error);
    }
  else if (!self->held)
    {
      g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                           "Nothing is signed while this computer's clock is more than five "
                           "minutes off those of most peers");
    }
  else
    {
      g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                           "Nothing is signed before what this key signed elsewhere is known");
    }
  g_mutex_unlock (&self->lock);
  if (!good)
    return NULL;

  text = edge_event_build (issue->identity, issue->type, &place, issue->body);
  event = edge_event_parse (text, strlen (text), error);
  if (event == NULL ||
      !edge_event_check (event, self->genesis->body->genesis, EDGE_EVENT_CHECK_NONE, error))
    return NULL;
  return g_steal_pointer (&event);
}

static void
issue_func (EdgeLedger *self,
            GTask      *task)
{
  g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_event_unref);
  g_autoptr(EdgeIngestResult) result = NULL;
  g_autoptr(GError) error = NULL;
  EdgeEvent *event = NULL;

  if (self->open)
    event = make_event (self, g_task_get_task_data (task), &error);
  else
    g_set_error_literal (&error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                         "The ledger is not open");

  result = g_new0 (EdgeIngestResult, 1);
  result->missing = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  if (event != NULL)
    g_ptr_array_add (events, event);
  if (event == NULL || !_edge_ledger_take (self, events, EDGE_LEDGER_OWN, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  _edge_ledger_tell (self);
  g_task_return_pointer (task, edge_id_to_text (&event->id), g_free);
}

/**
 * edge_ledger_set_held:
 * @self: a ledger
 * @held: whether to sign nothing for now
 *
 * A key that was restored or copied may have signed events that are not known here. Signing
 * before they are would make a second event after the same one, which is punished.
 */
void
edge_ledger_set_held (EdgeLedger *self,
                      gboolean    held)
{
  g_return_if_fail (EDGE_IS_LEDGER (self));

  g_mutex_lock (&self->lock);
  self->held = held;
  g_mutex_unlock (&self->lock);
}

/**
 * edge_ledger_get_held:
 * @self: a ledger
 *
 * Returns: whether nothing is signed for now
 */
gboolean
edge_ledger_get_held (EdgeLedger *self)
{
  gboolean held;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  g_mutex_lock (&self->lock);
  held = self->held;
  g_mutex_unlock (&self->lock);
  return held;
}

/**
 * edge_ledger_set_clock_off:
 * @self: a ledger
 * @off: whether this computer's clock is off those of most peers
 *
 * What is signed meanwhile would be dated wrong for good, so nothing is.
 */
void
edge_ledger_set_clock_off (EdgeLedger *self,
                           gboolean    off)
{
  g_return_if_fail (EDGE_IS_LEDGER (self));

  g_mutex_lock (&self->lock);
  self->clock_off = off;
  g_mutex_unlock (&self->lock);
}

/**
 * edge_ledger_get_clock_off:
 * @self: a ledger
 *
 * Returns: whether this computer's clock is off those of most peers
 */
gboolean
edge_ledger_get_clock_off (EdgeLedger *self)
{
  gboolean off;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), FALSE);

  g_mutex_lock (&self->lock);
  off = self->clock_off;
  g_mutex_unlock (&self->lock);
  return off;
}

/**
 * edge_ledger_issue_async:
 * @self: a ledger
 * @identity: who signs
 * @type: what the event does
 * @body: its body, from the functions of edge-event-builder.h
 * @cancellable: (nullable): a cancellable
 * @callback: called when the event is stored, or refused
 * @user_data: for @callback
 *
 * Signs an event after the last one of its author and takes it in. What the
 * rules make of it shows once it is folded.
 */
void
edge_ledger_issue_async (EdgeLedger          *self,
                         EdgeIdentity        *identity,
                         EdgeEventType        type,
                         const char          *body,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Issue *issue;

  g_return_if_fail (EDGE_IS_LEDGER (self));
  g_return_if_fail (EDGE_IS_IDENTITY (identity));
  g_return_if_fail (type != EDGE_EVENT_GENESIS);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_ledger_issue_async);
  issue = g_new0 (Issue, 1);
  issue->identity = g_object_ref (identity);
  issue->type = type;
  issue->body = g_strdup (body);
  g_task_set_task_data (task, issue, free_issue);
  _edge_ledger_run (self, issue_func, task);
}

/**
 * edge_ledger_issue_finish:
 * @self: a ledger
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: (transfer full) (nullable): the id of the event
 */
char *
edge_ledger_issue_finish (EdgeLedger    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
close_book_func (EdgeLedger *self,
                 GTask      *task)
{
  Closing *closing = g_task_get_task_data (task);
  g_autofree char *text = edge_checkpoint_to_text (&closing->checkpoint);
  g_autoptr(GError) error = NULL;
  g_auto(EdgeLedgerPage) page = { 0 };
  gboolean good = FALSE;
  guint before;
  guint n_order;

  if (!self->open)
    {
      g_task_return_new_error (task, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_REFUSED,
                               "The ledger is not open");
      return;
    }

  _edge_ledger_settle (self);
  g_mutex_lock (&self->lock);
  before = edge_fold_get_n_closed (self->fold);
  good = _edge_ledger_close (self, &closing->checkpoint, &page, &error);
  if (good)
    {
      const guint32 *order = edge_fold_get_order (self->fold, &n_order);

      for (guint i = before; i < edge_fold_get_n_closed (self->fold); i++)
        {
          const EdgeDagNode *node = edge_dag_get_node (self->dag, order[i]);

          edge_range_index_remove (self->index, node->time, &node->id);
        }
      _edge_ledger_count_open (self);
      _edge_ledger_prune (self, &page);
    }
  g_mutex_unlock (&self->lock);

  page.checkpoint = text;
  page.certificate = closing->certificate;
  if (good && self->store != NULL)
    good = edge_ledger_store_add_page (self->store, &page, &error);
  _edge_ledger_fold (self);
  _edge_ledger_tell (self);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * edge_ledger_close_book_async:
 * @self: a ledger
 * @checkpoint: the next checkpoint, which enough validators signed
 * @certificate: (nullable): the notes that say so
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is closed, or does not hold
 * @user_data: for @callback
 *
 * Makes a checkpoint final here.
 */
void
edge_ledger_close_book_async (EdgeLedger           *self,
                              const EdgeCheckpoint *checkpoint,
                              const char           *certificate,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  g_autoptr(GTask) task = NULL;
  Closing *closing;

  g_return_if_fail (EDGE_IS_LEDGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_ledger_close_book_async);
  closing = g_new0 (Closing, 1);
  closing->checkpoint = *checkpoint;
  closing->certificate = g_strdup (certificate);
  g_task_set_task_data (task, closing, free_closing);
  _edge_ledger_run (self, close_book_func, task);
}

/**
 * edge_ledger_close_book_finish:
 * @self: a ledger
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Returns: whether the checkpoint is final here
 */
gboolean
edge_ledger_close_book_finish (EdgeLedger    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * edge_ledger_list_tips:
 * @self: a ledger
 * @most: how many at most
 *
 * Returns: (transfer full) (element-type EdgeId): good events nothing good builds
 *   upon, the newest first
 */
GArray *
edge_ledger_list_tips (EdgeLedger *self,
                       guint       most)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  g_autoptr(GArray) tips = NULL;

  g_return_val_if_fail (EDGE_IS_LEDGER (self), ids);

  g_mutex_lock (&self->lock);
  if (self->fold != NULL)
    {
      tips = find_tips (self, most);
      for (guint i = 0; i < tips->len; i++)
        g_array_append_vals (ids, &edge_dag_get_node (self->dag,
                                                      g_array_index (tips, guint32, i))->id, 1);
    }
  g_mutex_unlock (&self->lock);
  return ids;
}
