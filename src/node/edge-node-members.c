/* edge-node-members.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-members.h"

#include <glib/gi18n-lib.h>

#include "node/edge-node-invite-private.h"
#include "node/edge-node-private.h"

static guint closed_signal;

void
_edge_node_members_class_init (EdgeNodeClass *klass)
{
  /* Described in edge-node-members.h. */
  closed_signal = g_signal_new ("book-closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
closed_cb (EdgeAgreement *agreement,
           guint64        n,
           EdgeNode      *self)
{
  g_signal_emit (self, closed_signal, 0, n);
}

static void
trouble_cb (EdgeAgreement *agreement,
            const char    *code,
            const char    *message,
            EdgeNode      *self)
{
  if (g_str_equal (code, "books_differ") && edge_agreement_get_conflict (agreement) == NULL)
    _edge_node_emit_problem (self, code, _("The last checkpoint does not follow from the events that are here"),
                             _("Nothing more is closed here. Let “edge-net-node ledger verify” look at the ledger, and compare with another member’s."));
  else if (g_str_equal (code, "books_differ"))
    _edge_node_emit_problem (self, code, _("Validators made two different books of this network"),
                             _("What was final here first stays; nothing more is closed here. “network show” has both certificates: show them to who runs the network."));
  else if (g_str_equal (code, "state_differs"))
    _edge_node_emit_problem (self, code, _("A validator proposed a checkpoint that does not follow from its events"),
                             _("It is not signed here. If it happens again, compare “edge-net-node --version” with that validator’s."));
  else
    _edge_node_emit_problem (self, code, message,
                             _("Make room on the disk, and see that the folder belongs to you."));
}

/* _edge_node_tell_inviter: names in the `join` whose invitation led here. */
void
_edge_node_tell_inviter (EdgeNode *self)
{
  const char *inviter;

  if (self->books == NULL)
    return;
  inviter = edge_ticket_book_get_inviter (self->invites->book, self->network->id,
                                          g_get_real_time () / 1000);
  edge_books_set_inviter (self->books, inviter);
}

/* _edge_node_open_members: begins to look at who belongs to the network, whose books are open. */
void
_edge_node_open_members (EdgeNode *self)
{
  EdgeAgreement *agreement = edge_books_get_agreement (self->books);

  self->members = edge_members_new (self->books, self->identity, G_LIST_MODEL (self->peers),
                                    self->invites->book, self->store);
  g_signal_connect_object (self, "peer-changed", G_CALLBACK (edge_members_update_peers),
                           self->members, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "invitation-taken", G_CALLBACK (edge_members_refresh),
                           self->members, G_CONNECT_SWAPPED);
  if (agreement != NULL)
    {
      g_signal_connect_object (agreement, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_DEFAULT);
      g_signal_connect_object (agreement, "trouble", G_CALLBACK (trouble_cb), self,
                               G_CONNECT_DEFAULT);
    }
  _edge_node_tell_inviter (self);
  _edge_node_notify (self, PROP_MEMBERS);
}

/* _edge_node_close_members: ends it; to be called before the books are disposed of. */
void
_edge_node_close_members (EdgeNode *self)
{
  if (self->members == NULL)
    return;
  g_object_run_dispose (G_OBJECT (self->members));
  g_clear_object (&self->members);
  _edge_node_notify (self, PROP_MEMBERS);
}

/**
 * edge_node_get_members:
 * @self: a node
 *
 * Returns: (transfer none) (nullable): the members of the network, once its ledger is open
 */
EdgeMembers *
edge_node_get_members (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  return self->members;
}

static void
vouched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  char *id = edge_books_issue_finish (EDGE_BOOKS (source), result, &error);

  if (id != NULL)
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static char *
make_pair (EdgeNode   *self,
           const char *key)
{
  return g_strconcat (self->network->id, "/", key, NULL);
}

/**
 * edge_node_vouch_async:
 * @self: a node
 * @key: who shall be a member
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done, or refused
 * @user_data: for @callback
 *
 * Says yes to somebody who waits; a no said before counts no more.
 */
void
edge_node_vouch_async (EdgeNode            *self,
                       const char          *key,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autofree char *pair = NULL;

  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_node_vouch_async);
  if (self->books == NULL)
    {
      g_task_return_new_error (task, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                               _("No network is joined"));
      return;
    }

  pair = make_pair (self, key);
  if (g_hash_table_remove (self->store->declined, pair))
    {
      _edge_node_save (self);
      edge_members_refresh (self->members);
    }
  edge_books_vouch_async (self->books, key, cancellable, vouched_cb, g_steal_pointer (&task));
}

/**
 * edge_node_vouch_finish:
 * @self: a node
 * @result: what the callback got
 * @error: return location for an `EDGE_NODE_ERROR` or `EDGE_LEDGER_ERROR`
 *
 * Returns: (transfer full) (nullable): the id of the event that did it
 */
char *
edge_node_vouch_finish (EdgeNode      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * edge_node_decline:
 * @self: a node
 * @key: who waits
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Says no to somebody who waits: that one is not listed and not vouched for from here any
 * more, also after the next start. Other validators decide for themselves.
 *
 * Returns: whether it is remembered
 */
gboolean
edge_node_decline (EdgeNode    *self,
                   const char  *key,
                   GError     **error)
{
  EdgeId id;

  g_return_val_if_fail (EDGE_IS_NODE (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  if (self->members == NULL)
    {
      g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                           _("No network is joined"));
      return FALSE;
    }
  if (!edge_id_parse (&id, key, -1))
    {
      g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_REFUSED,
                           _("A key is 43 letters, digits, - and _"));
      return FALSE;
    }
  if (g_hash_table_size (self->store->declined) >= EDGE_NODE_STORE_MAX_DECLINED)
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_REFUSED,
                   _("No more than %d can be remembered"), EDGE_NODE_STORE_MAX_DECLINED);
      return FALSE;
    }
  if (g_hash_table_add (self->store->declined, make_pair (self, key)))
    {
      _edge_node_save (self);
      edge_members_refresh (self->members);
    }
  return TRUE;
}
