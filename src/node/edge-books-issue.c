/* edge-books-issue.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-books-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ledger/edge-amount.h"
#include "ledger/edge-event-builder.h"
#include "node/edge-node-error.h"

/* What is refused here would be void: it would use up a number of the chain for nothing. */
gboolean
_edge_books_refuse (GError     **error,
                    const char  *reason)
{
  g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_REFUSED, reason);
  return FALSE;
}

static gboolean
is_text (const char *memo)
{
  for (const char *p = memo; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        return FALSE;
    }
  return g_utf8_validate (memo, -1, NULL);
}

gboolean
_edge_books_check_account (EdgeBooks          *self,
                           const EdgeAccount  *account,
                           GError            **error)
{
  if (edge_ledger_get_held (self->ledger))
    return _edge_books_refuse (error, _("This identity was restored or copied: nothing is signed before peers have sent what it signed elsewhere"));
  if (edge_ledger_get_clock_off (self->ledger))
    return _edge_books_refuse (error, _("This computer’s clock is more than five minutes off those of most peers: set it right, then try again"));
  if (account == NULL || !account->has_head)
    return _edge_books_refuse (error, _("This key is not known to the network yet; wait until joining is done"));
  return TRUE;
}

static gboolean
check_amount (guint64   amount,
              GError  **error)
{
  if (amount == 0)
    return _edge_books_refuse (error, _("The amount must be more than nothing"));
  if (amount > EDGE_AMOUNT_MAX)
    return _edge_books_refuse (error, _("An event moves at most 1 000 000 credits"));
  return TRUE;
}

static gboolean
check_free (guint64   needed,
            guint64   there,
            GError  **error)
{
  g_autofree char *needed_text = NULL;
  g_autofree char *there_text = NULL;

  if (needed <= there)
    return TRUE;
  needed_text = edge_amount_to_text (needed);
  there_text = edge_amount_to_text (there);
  g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_REFUSED,
               _("This needs %s credits, and %s are there"), needed_text, there_text);
  return FALSE;
}

static gboolean
check_transfer (EdgeBooks     *self,
                const EdgeId  *to,
                guint64        amount,
                const char    *memo,
                GError       **error)
{
  g_autoptr(EdgeAccount) own = edge_ledger_dup_account (self->ledger, &self->key);
  g_autoptr(EdgeAccount) other = edge_ledger_dup_account (self->ledger, to);
  guint64 fee = edge_ledger_get_genesis (self->ledger)->params[EDGE_GENESIS_FEE];

  if (edge_id_equal (to, &self->key))
    return _edge_books_refuse (error, _("This is your own key"));
  if (memo != NULL && (strlen (memo) > EDGE_BODY_MAX_MEMO || !is_text (memo)))
    return _edge_books_refuse (error, _("The memo must be at most 256 bytes without control characters"));
  if (!_edge_books_check_account (self, own, error) || !check_amount (amount, error) ||
      !check_free (amount + fee, own->free, error))
    return FALSE;
  if (other == NULL)
    return _edge_books_refuse (error, _("The key has no account in this network yet"));
  return TRUE;
}

static void
return_event (GTask      *task,
              EdgeLedger *ledger)
{
  const char *id = g_task_get_task_data (task);
  EdgeLedgerEntry entry;
  EdgeId event;

  if (!edge_id_parse (&event, id, -1) || !edge_ledger_get_entry (ledger, &event, &entry) ||
      entry.verdict == EDGE_VERDICT_OK || entry.verdict == EDGE_VERDICT_NONE)
    g_task_return_pointer (task, g_strdup (id), g_free);
  else
    g_task_return_new_error (task, EDGE_NODE_ERROR, EDGE_NODE_ERROR_REFUSED,
                             _("The event is stored, but has no effect: %s"),
                             edge_reason_to_string (entry.reason));
}

static gboolean
is_judged (EdgeLedger *ledger,
           const char *id)
{
  EdgeLedgerEntry entry;
  EdgeId event;

  return !edge_id_parse (&event, id, -1) || !edge_ledger_get_entry (ledger, &event, &entry) ||
         entry.verdict != EDGE_VERDICT_NONE;
}

/* _edge_books_settle: answers who waits for what became of an event, now that it is folded. */
void
_edge_books_settle (EdgeBooks *self)
{
  guint i = 0;

  while (i < self->unsettled->len)
    {
      GTask *task = self->unsettled->pdata[i];
      g_autoptr(GTask) held = NULL;

      if (self->ledger != NULL && !is_judged (self->ledger, g_task_get_task_data (task)))
        {
          i++;
          continue;
        }
      held = g_ptr_array_steal_index (self->unsettled, i);
      if (self->ledger != NULL)
        return_event (held, self->ledger);
      else
        g_task_return_pointer (held, g_strdup (g_task_get_task_data (held)), g_free);
    }
}

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  EdgeBooks *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  char *id = edge_ledger_issue_finish (EDGE_LEDGER (source), result, &error);

  if (id == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, id, g_free);
  g_ptr_array_add (self->unsettled, g_steal_pointer (&task));
  _edge_books_settle (self);
}

void
_edge_books_issue (EdgeBooks     *self,
                   GTask         *task,
                   EdgeEventType  type,
                   const char    *body)
{
  edge_ledger_issue_async (self->ledger, self->identity, type, body, g_task_get_cancellable (task),
                           issued_cb, g_object_ref (task));
}

gboolean
_edge_books_is_open (EdgeBooks  *self,
                     GError    **error)
{
  if (self->ledger != NULL)
    return TRUE;
  g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK, _("No network is joined"));
  return FALSE;
}

/**
 * edge_books_transfer_async:
 * @self: books
 * @to: the key that is paid, 43 characters
 * @amount: nano-credits; the network's fee comes on top
 * @memo: (nullable): a word to go with it, that all can read; at most 256 bytes
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done, or refused
 * @user_data: for @callback
 *
 * Pays another key.
 */
void
edge_books_transfer_async (EdgeBooks           *self,
                           const char          *to,
                           guint64              amount,
                           const char          *memo,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;
  EdgeId key;

  g_return_if_fail (EDGE_IS_BOOKS (self));
  g_return_if_fail (to != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_books_transfer_async);
  if (!edge_id_parse (&key, to, -1))
    _edge_books_refuse (&error, _("A key is 43 letters, digits, - and _"));
  else if (_edge_books_is_open (self, &error))
    check_transfer (self, &key, amount, memo, &error);

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  body = edge_event_build_transfer (&key, amount, memo != NULL && memo[0] != '\0' ? memo : NULL);
  _edge_books_issue (self, task, EDGE_EVENT_TRANSFER, body);
}

static void
move_stake (EdgeBooks     *self,
            EdgeEventType  type,
            guint64        amount,
            GTask         *task)
{
  g_autoptr(EdgeAccount) own = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;

  if (_edge_books_is_open (self, &error))
    {
      own = edge_ledger_dup_account (self->ledger, &self->key);
      if (_edge_books_check_account (self, own, &error) && check_amount (amount, &error))
        check_free (amount, type == EDGE_EVENT_STAKE ? own->free : own->own, &error);
    }
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  body = edge_event_build_amount (amount);
  _edge_books_issue (self, task, type, body);
}

/**
 * edge_books_stake_async:
 * @self: books
 * @amount: nano-credits
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done, or refused
 * @user_data: for @callback
 *
 * Moves free credits into the stake.
 */
void
edge_books_stake_async (EdgeBooks           *self,
                        guint64              amount,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (EDGE_IS_BOOKS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_books_stake_async);
  move_stake (self, EDGE_EVENT_STAKE, amount, task);
}

/**
 * edge_books_unstake_async:
 * @self: books
 * @amount: nano-credits
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done, or refused
 * @user_data: for @callback
 *
 * Takes credits out of the stake; they become free after the network's delay.
 */
void
edge_books_unstake_async (EdgeBooks           *self,
                          guint64              amount,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (EDGE_IS_BOOKS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_books_unstake_async);
  move_stake (self, EDGE_EVENT_UNSTAKE, amount, task);
}

/**
 * edge_books_release:
 * @self: books
 * @insist: whether the person said so, and not the peers
 *
 * The ledger is held no longer: what waits to be signed is. A validator that waits for peers to
 * show the last checkpoint goes on waiting, unless the person insists.
 */
void
edge_books_release (EdgeBooks *self,
                    gboolean   insist)
{
  g_return_if_fail (EDGE_IS_BOOKS (self));

  if (self->joiner != NULL && self->view != NULL)
    edge_joiner_update (self->joiner, self->view->account != NULL && self->view->account->has_head);
  if (self->agreement != NULL && insist)
    edge_agreement_insist (self->agreement);
}

/**
 * edge_books_issue_finish:
 * @self: books
 * @result: what the callback got
 * @error: return location for an `EDGE_NODE_ERROR` or `EDGE_LEDGER_ERROR`
 *
 * Returns: (transfer full) (nullable): the id of the event; it has taken effect here
 */
char *
edge_books_issue_finish (EdgeBooks     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
verify_func (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (edge_ledger_verify (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * edge_books_verify_async:
 * @self: books
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: for @callback
 *
 * Computes everything again from the stored bytes and compares.
 */
void
edge_books_verify_async (EdgeBooks           *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (EDGE_IS_BOOKS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_books_verify_async);
  if (!_edge_books_is_open (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, g_object_ref (self->ledger), g_object_unref);
  g_task_run_in_thread (task, verify_func);
}

/**
 * edge_books_verify_finish:
 * @self: books
 * @result: what the callback got
 * @error: return location for an `EDGE_LEDGER_ERROR`: the first fault
 *
 * Returns: whether all is as it was
 */
gboolean
edge_books_verify_finish (EdgeBooks     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
