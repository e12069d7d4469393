/* edge-members-vouch.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-members"

#include "node/edge-members-private.h"

static gboolean
is_validator (EdgeMembers *self)
{
  for (guint i = 0; self->view != NULL && i < self->view->n_validators; i++)
    {
      if (edge_id_equal (&self->view->validators[i], &self->key))
        return TRUE;
    }
  return FALSE;
}

/* _edge_members_vouchers_left: for how many keys we may vouch, -1 for any number. */
int
_edge_members_vouchers_left (EdgeMembers *self)
{
  const EdgeAccount *account = self->view != NULL ? self->view->account : NULL;
  guint64 vouchers;

  if (account == NULL || !account->has_head)
    return 0;
  if (is_validator (self))
    return -1;
  vouchers = edge_ledger_get_genesis (self->ledger)->params[EDGE_GENESIS_VOUCHERS];
  return account->member && account->vouched < vouchers ? (int) (vouchers - account->vouched) : 0;
}

/**
 * edge_members_is_declined:
 * @self: members
 * @key: who waits
 *
 * Returns: whether we said no to that one
 */
gboolean
edge_members_is_declined (EdgeMembers *self,
                          const char  *key)
{
  g_autofree char *pair = NULL;

  g_return_val_if_fail (EDGE_IS_MEMBERS (self), FALSE);

  pair = g_strconcat (self->network, "/", key, NULL);
  return g_hash_table_contains (self->store->declined, pair);
}

static void
vouched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree char *key = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_books_issue_finish (EDGE_BOOKS (source), result, &error);

  /* Not tried again before the next start: the list shows who still waits. */
  if (id == NULL)
    g_message ("%s was invited but could not be vouched for: %s", key, error->message);
}

/* _edge_members_vouch: vouches for who came with an invitation of ours and says so in its
 * `join`. */
void
_edge_members_vouch (EdgeMembers *self)
{
  int left = _edge_members_vouchers_left (self);

  for (guint i = 0; i < self->view->waiting->len && left != 0; i++)
    {
      const EdgeLedgerMember *entry = &g_array_index (self->view->waiting, EdgeLedgerMember, i);
      g_autofree char *key = edge_id_to_text (&entry->key);

      if (!entry->has_inviter || !edge_id_equal (&entry->inviter, &self->key) ||
          edge_members_is_declined (self, key) ||
          !edge_ticket_book_has_taker (self->tickets, self->network, key, _edge_members_now ()) ||
          !g_hash_table_add (self->vouching, g_strdup (key)))
        continue;
      edge_books_vouch_async (self->books, key, self->cancellable, vouched_cb, g_strdup (key));
      left -= left > 0;
    }
}
