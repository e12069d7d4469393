/* edge-books-people.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-books-private.h"

#include <glib/gi18n-lib.h>

#include "ledger/edge-event-builder.h"
#include "ledger/edge-ledger-members.h"

/* Who belongs to the network and who closes its book: what an account can say of it. */

/**
 * edge_books_set_inviter:
 * @self: books
 * @inviter: (nullable): key of whose invitation was taken
 *
 * Names who invited us when this key joins.
 */
void
edge_books_set_inviter (EdgeBooks  *self,
                        const char *inviter)
{
  g_return_if_fail (EDGE_IS_BOOKS (self));

  if (self->joiner != NULL)
    edge_joiner_set_inviter (self->joiner, inviter);
}

/**
 * edge_books_get_agreement:
 * @self: books
 *
 * Returns: (transfer none) (nullable): what closes the book, where there are links and validators
 */
EdgeAgreement *
edge_books_get_agreement (EdgeBooks *self)
{
  g_return_val_if_fail (EDGE_IS_BOOKS (self), NULL);

  return self->agreement;
}

static gboolean
is_validator (EdgeLedger   *ledger,
              const EdgeId *key)
{
  EdgeId validators[EDGE_GENESIS_MAX_VALIDATORS];
  guint n = edge_ledger_get_validators (ledger, validators);

  for (guint i = 0; i < n; i++)
    {
      if (edge_id_equal (&validators[i], key))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_vouch (EdgeBooks     *self,
             const EdgeId  *key,
             GError       **error)
{
  const EdgeGenesis *genesis = edge_ledger_get_genesis (self->ledger);
  g_autoptr(EdgeAccount) own = edge_ledger_dup_account (self->ledger, &self->key);
  g_autoptr(EdgeAccount) other = edge_ledger_dup_account (self->ledger, key);

  if (!_edge_books_check_account (self, own, error))
    return FALSE;
  if (other == NULL)
    return _edge_books_refuse (error, _("The key has no account in this network yet"));
  if (other->member)
    return _edge_books_refuse (error, _("The key is a member already"));
  if (is_validator (self->ledger, &self->key) ||
      (own->member && own->vouched < genesis->params[EDGE_GENESIS_VOUCHERS]))
    return TRUE;
  if (own->member && genesis->params[EDGE_GENESIS_VOUCHERS] > 0)
    return _edge_books_refuse (error, _("You have vouched for as many as a member can here; a validator can let "
                            "more in"));
  return _edge_books_refuse (error, _("Only a validator can make somebody a member here"));
}

/**
 * edge_books_vouch_async:
 * @self: books
 * @key: who shall be a member, 43 characters
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done, or refused
 * @user_data: for @callback
 *
 * Makes a key a member.
 */
void
edge_books_vouch_async (EdgeBooks           *self,
                        const char          *key,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;
  EdgeId id;

  g_return_if_fail (EDGE_IS_BOOKS (self));
  g_return_if_fail (key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_books_vouch_async);
  if (!edge_id_parse (&id, key, -1))
    _edge_books_refuse (&error, _("A key is 43 letters, digits, - and _"));
  else if (_edge_books_is_open (self, &error))
    check_vouch (self, &id, &error);

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  body = edge_event_build_key ("key", &id);
  _edge_books_issue (self, task, EDGE_EVENT_VOUCH, body);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      user_data)
{
  return edge_id_compare (a, b);
}

static gboolean
check_validators (EdgeBooks           *self,
                  const char * const  *keys,
                  EdgeId              *ids,
                  guint               *n_ids,
                  GError             **error)
{
  *n_ids = 0;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr(EdgeAccount) account = NULL;

      if (i == EDGE_GENESIS_MAX_VALIDATORS)
        return _edge_books_refuse (error, _("A network has at most 15 validators"));
      if (!edge_id_parse (&ids[i], keys[i], -1))
        return _edge_books_refuse (error, _("A key is 43 letters, digits, - and _"));
      account = edge_ledger_dup_account (self->ledger, &ids[i]);
      if (account == NULL || !account->member)
        return _edge_books_refuse (error, _("Only members can be validators"));
      (*n_ids)++;
    }
  if (*n_ids == 0)
    return _edge_books_refuse (error, _("A network needs a validator"));
  if (!is_validator (self->ledger, &self->key))
    return _edge_books_refuse (error, _("Only a validator has a say in who the validators are"));

  g_sort_array (ids, *n_ids, sizeof *ids, compare_ids, NULL);
  for (guint i = 1; i < *n_ids; i++)
    {
      if (edge_id_equal (&ids[i], &ids[i - 1]))
        return _edge_books_refuse (error, _("A validator is named twice"));
    }
  return TRUE;
}

/**
 * edge_books_propose_validators_async:
 * @self: books
 * @keys: (array zero-terminated=1): who shall close the book from now on, 43 characters each
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done, or refused
 * @user_data: for @callback
 *
 * Says who shall be the validators. Once more than two thirds of those of today say the
 * same, it is so.
 */
void
edge_books_propose_validators_async (EdgeBooks           *self,
                                     const char * const  *keys,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *body = NULL;
  EdgeId ids[EDGE_GENESIS_MAX_VALIDATORS];
  guint n_ids;

  g_return_if_fail (EDGE_IS_BOOKS (self));
  g_return_if_fail (keys != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_books_propose_validators_async);
  if (!_edge_books_is_open (self, &error) || !check_validators (self, keys, ids, &n_ids, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  body = edge_event_build_validators (ids, n_ids);
  _edge_books_issue (self, task, EDGE_EVENT_VALIDATORS, body);
}

typedef struct
{
  EdgeLedger *ledger;
  guint       most;
} MembersRequest;

static void
members_request_free (MembersRequest *request)
{
  g_clear_object (&request->ledger);
  g_free (request);
}

/* All accounts are looked at, which the main loop is not to wait for. */
static void
list_members_func (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  const MembersRequest *request = task_data;
  g_autoptr(GArray) all = edge_ledger_list_members (request->ledger, FALSE, G_MAXUINT);
  g_autoptr(GArray) list = g_array_new (FALSE, FALSE, sizeof (EdgeLedgerMember));

  for (int validators = 1; validators >= 0; validators--)
    {
      for (guint i = 0; i < all->len && list->len < request->most; i++)
        {
          const EdgeLedgerMember *entry = &g_array_index (all, EdgeLedgerMember, i);

          if (entry->member && entry->validator == validators)
            g_array_append_val (list, *entry);
        }
    }
  g_task_return_pointer (task, g_steal_pointer (&list), (GDestroyNotify) g_array_unref);
}

/**
 * edge_books_list_members_async:
 * @self: books
 * @most: how many to list
 * @cancellable: (nullable): a cancellable
 * @callback: called with the list
 * @user_data: for @callback
 *
 * Lists the members, those first who close the book, then those known longest.
 */
void
edge_books_list_members_async (EdgeBooks           *self,
                               guint                most,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GError) error = NULL;
  MembersRequest *request;

  g_return_if_fail (EDGE_IS_BOOKS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_books_list_members_async);
  if (!_edge_books_is_open (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  request = g_new0 (MembersRequest, 1);
  request->ledger = g_object_ref (self->ledger);
  request->most = most;
  g_task_set_task_data (task, request, (GDestroyNotify) members_request_free);
  g_task_run_in_thread (task, list_members_func);
}

/**
 * edge_books_list_members_finish:
 * @self: books
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type EdgeLedgerMember): members
 */
GArray *
edge_books_list_members_finish (EdgeBooks     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
