/* edge-state-read.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-state-read.h"

#include <string.h>

#include "ledger/edge-ledger-error.h"
#include "ledger/edge-state-private.h"

/* Entries an account can have in one of its lists; the rules keep them far below. */
#define MAX_LIST 65536

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED, reason);
  return FALSE;
}

/* A decimal string in its one spelling. */
static gboolean
read_amount (const EdgeCanonNode *node,
             guint64             *value)
{
  guint64 sum = 0;

  if (node == NULL || node->kind != EDGE_CANON_STRING || node->text_length < 1 ||
      node->text_length > 20 || (node->text[0] == '0' && node->text_length > 1))
    return FALSE;
  for (gsize i = 0; i < node->text_length; i++)
    {
      guint digit = (guint) (guchar) node->text[i] - '0';

      if (digit > 9 || sum > (G_MAXUINT64 - digit) / 10)
        return FALSE;
      sum = sum * 10 + digit;
    }
  *value = sum;
  return TRUE;
}

static gboolean
read_keys (const EdgeCanonNode *node,
           guint                most,
           EdgeId              *keys,
           guint               *n_keys)
{
  const EdgeCanonNode *item;

  if (node == NULL || node->kind != EDGE_CANON_ARRAY || node->count > most)
    return FALSE;
  item = node + 1;
  for (*n_keys = 0; *n_keys < node->count; ++*n_keys, item = edge_canon_next (item))
    {
      if (!edge_canon_get_id (item, &keys[*n_keys]) ||
          (*n_keys > 0 && edge_id_compare (&keys[*n_keys - 1], &keys[*n_keys]) >= 0))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_name (const EdgeCanonNode *node,
           EdgeId              *id)
{
  return !node->name_escaped && edge_id_parse (id, node->name, (gssize) node->name_length);
}

static gboolean
read_timed (const EdgeCanonNode  *node,
            GArray              **timed)
{
  const EdgeCanonNode *item = node + 1;
  guint64 before = 0;

  if (node->kind != EDGE_CANON_ARRAY || node->count > MAX_LIST)
    return FALSE;
  if (node->count == 0)
    return TRUE;
  *timed = g_array_new (FALSE, FALSE, sizeof (EdgeTimed));
  for (gsize i = 0; i < node->count; i++, item = edge_canon_next (item))
    {
      EdgeTimed entry;

      if (item->kind != EDGE_CANON_ARRAY || item->count != 2 ||
          !edge_canon_get_integer (item + 1, before + 1, EDGE_CANON_MAX_INTEGER, &entry.end) ||
          !read_amount (item + 2, &entry.amount) || entry.amount == 0)
        return FALSE;
      before = entry.end;
      g_array_append_val (*timed, entry);
    }
  return TRUE;
}

static gboolean
read_forks (const EdgeCanonNode  *node,
            GArray              **forks)
{
  g_autofree EdgeId *keys = NULL;
  guint n_keys;

  if (node->kind != EDGE_CANON_ARRAY || node->count > MAX_LIST)
    return FALSE;
  if (node->count == 0)
    return TRUE;
  keys = g_new (EdgeId, node->count);
  if (!read_keys (node, MAX_LIST, keys, &n_keys))
    return FALSE;
  *forks = g_array_new (FALSE, FALSE, sizeof (EdgeId));
  g_array_append_vals (*forks, keys, n_keys);
  return TRUE;
}

/* An id, or the empty string for none. */
static gboolean
read_optional (const EdgeCanonNode *node,
               EdgeId              *id,
               guint8              *has)
{
  *has = !edge_canon_is_string (node, "");
  return !*has || edge_canon_get_id (node, id);
}

/**
 * edge_account_read:
 * @key: whose it is
 * @node: its text in the state tree, not yet trusted
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads what edge_account_write() wrote.
 *
 * Returns: (transfer full) (nullable): the account
 */
EdgeAccount *
edge_account_read (const EdgeId         *key,
                   const EdgeCanonNode  *node,
                   GError              **error)
{
  static const char *const names[] = {
    "day", "forks", "free", "good", "head", "inviter", "leaving", "lots", "member", "minted",
    "next", "own", "up", "vouched", "welcome", "wrong", NULL
  };
  g_autoptr(EdgeAccount) self = edge_account_new (key);
  guint64 member;
  guint64 vouched;

  if (!edge_canon_has_exactly (node, names) ||
      !edge_canon_get_integer (edge_canon_member (node, "day"), 0, EDGE_CANON_MAX_INTEGER, &self->day) ||
      !edge_canon_get_integer (edge_canon_member (node, "good"), 0, EDGE_CANON_MAX_INTEGER, &self->good) ||
      !edge_canon_get_integer (edge_canon_member (node, "member"), 0, 1, &member) ||
      !edge_canon_get_integer (edge_canon_member (node, "next"), 0, EDGE_CANON_MAX_INTEGER, &self->next) ||
      !edge_canon_get_integer (edge_canon_member (node, "up"), 0, EDGE_CANON_MAX_INTEGER, &self->up) ||
      !edge_canon_get_integer (edge_canon_member (node, "vouched"), 0, G_MAXUINT32, &vouched) ||
      !edge_canon_get_integer (edge_canon_member (node, "wrong"), 0, EDGE_CANON_MAX_INTEGER, &self->wrong) ||
      !read_amount (edge_canon_member (node, "free"), &self->free) ||
      !read_amount (edge_canon_member (node, "minted"), &self->minted) ||
      !read_amount (edge_canon_member (node, "own"), &self->own) ||
      !read_amount (edge_canon_member (node, "welcome"), &self->welcome) ||
      !read_optional (edge_canon_member (node, "head"), &self->head, &self->has_head) ||
      !read_optional (edge_canon_member (node, "inviter"), &self->inviter, &self->has_inviter) ||
      !read_timed (edge_canon_member (node, "leaving"), &self->leaving) ||
      !read_timed (edge_canon_member (node, "lots"), &self->lots) ||
      !read_forks (edge_canon_member (node, "forks"), &self->forks))
    {
      refuse (error, "it is not the text of an account");
      return NULL;
    }
  self->member = member != 0;
  self->vouched = (guint32) vouched;
  return g_steal_pointer (&self);
}

/**
 * edge_escrow_read:
 * @id: the event that opened it
 * @node: its text in the state tree, not yet trusted
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads what edge_escrow_write() wrote.
 *
 * Returns: (transfer full) (nullable): the escrow; free with g_free()
 */
EdgeEscrow *
edge_escrow_read (const EdgeId         *id,
                  const EdgeCanonNode  *node,
                  GError              **error)
{
  static const char *const names[] = { "deadline", "done", "payer", "share", "workers", NULL };
  g_autofree EdgeEscrow *self = g_new0 (EdgeEscrow, 1);
  const EdgeCanonNode *done;
  const EdgeCanonNode *item;
  gboolean good;

  self->id = *id;
  good = edge_canon_has_exactly (node, names) &&
         edge_canon_get_integer (edge_canon_member (node, "deadline"), 0, EDGE_CANON_MAX_INTEGER,
                                 &self->deadline) &&
         edge_canon_get_id (edge_canon_member (node, "payer"), &self->payer) &&
         read_amount (edge_canon_member (node, "share"), &self->share) &&
         read_keys (edge_canon_member (node, "workers"), G_N_ELEMENTS (self->workers),
                    self->workers, &self->n_workers);
  done = good ? edge_canon_member (node, "done") : NULL;
  good = good && done->kind == EDGE_CANON_OBJECT && done->count <= self->n_workers;
  item = good ? done + 1 : NULL;
  for (gsize i = 0; good && i < done->count; i++, item = edge_canon_next (item))
    {
      EdgeId worker;
      guint64 paid;
      int place = -1;

      good = read_name (item, &worker) && edge_canon_get_integer (item, 0, 1, &paid) &&
             (place = edge_escrow_find (self, &worker)) >= 0;
      if (!good)
        break;
      self->done[place] = paid != 0 ? EDGE_ESCROW_PAID : EDGE_ESCROW_WRONG;
      self->n_done++;
    }
  if (!good)
    {
      refuse (error, "it is not the text of an escrow");
      return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
read_proposals (EdgeTotals          *self,
                const EdgeCanonNode *node)
{
  const EdgeCanonNode *item = node + 1;

  if (node->kind != EDGE_CANON_OBJECT || node->count > EDGE_GENESIS_MAX_VALIDATORS)
    return FALSE;
  self->proposals = g_new0 (EdgeProposal, node->count);
  for (; self->n_proposals < node->count; self->n_proposals++, item = edge_canon_next (item))
    {
      EdgeProposal *proposal = &self->proposals[self->n_proposals];

      if (!read_name (item, &proposal->key) ||
          !read_keys (item, EDGE_GENESIS_MAX_VALIDATORS, proposal->keys, &proposal->n_keys))
        return FALSE;
    }
  return TRUE;
}

/**
 * edge_totals_read:
 * @self: (out caller-allocates): room for what is read
 * @node: the text of the entry `n`, not yet trusted
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Reads what edge_state_totals_to_text() wrote. Clear it in either case.
 *
 * Returns: whether it is such a text
 */
gboolean
edge_totals_read (EdgeTotals           *self,
                  const EdgeCanonNode  *node,
                  GError              **error)
{
  static const char *const names[] = {
    "burned", "cpu_ms", "minted", "proposals", "time", "validators", NULL
  };

  memset (self, 0, sizeof *self);
  return (edge_canon_has_exactly (node, names) &&
          read_amount (edge_canon_member (node, "burned"), &self->burned) &&
          read_amount (edge_canon_member (node, "cpu_ms"), &self->cpu_ms) &&
          read_amount (edge_canon_member (node, "minted"), &self->minted) &&
          edge_canon_get_integer (edge_canon_member (node, "time"), 0, EDGE_CANON_MAX_INTEGER,
                                  &self->time) &&
          read_keys (edge_canon_member (node, "validators"), EDGE_GENESIS_MAX_VALIDATORS,
                     self->validators, &self->n_validators) &&
          read_proposals (self, edge_canon_member (node, "proposals"))) ||
         refuse (error, "it is not the text of the entry n");
}

/**
 * edge_totals_clear:
 * @self: what edge_totals_read() filled
 *
 * Frees what it holds.
 */
void
edge_totals_clear (EdgeTotals *self)
{
  g_clear_pointer (&self->proposals, g_free);
}

static gboolean
put_account (EdgeState            *self,
             const EdgeId         *key,
             const EdgeCanonNode  *root,
             GError              **error)
{
  g_autoptr(EdgeAccount) account = edge_account_read (key, root, error);
  EdgeSlot *slot;

  if (account == NULL)
    return FALSE;
  if (edge_state_get_account (self, key) != NULL)
    return refuse (error, "an account is there already");
  edge_state_add_account (self, key);
  slot = g_hash_table_lookup (self->accounts, key);
  edge_account_free (slot->value);
  slot->value = g_steal_pointer (&account);
  _edge_state_expect (self, slot);
  return TRUE;
}

static gboolean
put_escrow (EdgeState            *self,
            const EdgeId         *id,
            const EdgeCanonNode  *root,
            GError              **error)
{
  g_autofree EdgeEscrow *escrow = edge_escrow_read (id, root, error);

  if (escrow == NULL)
    return FALSE;
  if (edge_state_get_escrow (self, id) != NULL)
    return refuse (error, "an escrow is there already");
  *edge_state_add_escrow (self, id) = *escrow;
  return TRUE;
}

static gboolean
put_totals (EdgeState            *self,
            const EdgeCanonNode  *root,
            GError              **error)
{
  g_auto(EdgeTotals) totals = { 0 };
  EdgeTotals *into;

  if (!edge_totals_read (&totals, root, error))
    return FALSE;
  into = edge_state_edit_totals (self);
  edge_totals_clear (into);
  *into = totals;
  totals.proposals = NULL;
  return TRUE;
}

/**
 * edge_state_put_entry:
 * @self: a state that is being read, without marks
 * @name: name of an entry of the state tree
 * @text: (array length=length): its text, not yet trusted
 * @length: its bytes
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Adds an account, an escrow or the totals as they stand in the state tree.
 *
 * Returns: whether it is one
 */
gboolean
edge_state_put_entry (EdgeState   *self,
                      const char  *name,
                      const char  *text,
                      gsize        length,
                      GError     **error)
{
  g_autofree EdgeCanonNode *root = edge_canon_read (text, length, error);
  EdgeId key;

  g_return_val_if_fail (self->marks->len == 0, FALSE);

  if (root == NULL)
    return FALSE;
  if (strcmp (name, "n") == 0)
    return put_totals (self, root, error);
  if ((name[0] != 'a' && name[0] != 'e') || !edge_id_parse (&key, name + 1, -1))
    return refuse (error, "an entry has a name that is none");
  return name[0] == 'a' ? put_account (self, &key, root, error)
                        : put_escrow (self, &key, root, error);
}
