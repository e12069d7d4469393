/* edge-state.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-state-private.h"

#include <string.h>

static void
free_totals (EdgeTotals *totals)
{
  g_free (totals->proposals);
  g_free (totals);
}

static void
free_value (EdgeSlotKind kind,
            gpointer value)
{
  if (value == NULL)
    return;
  if (kind == EDGE_SLOT_ACCOUNT)
    edge_account_free (value);
  else if (kind == EDGE_SLOT_TOTALS)
    free_totals (value);
  else
    g_free (value);
}

static gpointer
copy_value (EdgeSlotKind kind,
            gpointer value)
{
  EdgeTotals *totals;

  if (value == NULL)
    return NULL;
  if (kind == EDGE_SLOT_ACCOUNT)
    return edge_account_copy (value);
  if (kind == EDGE_SLOT_ESCROW)
    return edge_escrow_copy (value);

  totals = g_memdup2 (value, sizeof *totals);
  totals->proposals = g_memdup2 (totals->proposals, totals->n_proposals * sizeof (EdgeProposal));
  return totals;
}

static void
free_slot (gpointer data)
{
  EdgeSlot *slot = data;

  free_value (slot->kind, slot->value);
  g_free (slot);
}

/**
 * edge_state_new:
 *
 * Returns: (transfer full): a state of no accounts
 */
EdgeState *
edge_state_new (void)
{
  EdgeState *self = g_new0 (EdgeState, 1);

  self->accounts = g_hash_table_new_full (edge_id_hash, edge_id_equal, NULL, free_slot);
  self->escrows = g_hash_table_new_full (edge_id_hash, edge_id_equal, NULL, free_slot);
  self->marks = g_ptr_array_new ();
  self->due = g_array_new (FALSE, FALSE, sizeof (EdgeDue));
  self->dirty = g_ptr_array_new ();
  self->tree = edge_state_tree_new ();
  self->totals.kind = EDGE_SLOT_TOTALS;
  self->totals.value = g_new0 (EdgeTotals, 1);
  self->totals.dirty = TRUE;
  g_ptr_array_add (self->dirty, &self->totals);
  return self;
}

static void
free_mark (GArray *mark)
{
  for (guint i = 0; i < mark->len; i++)
    {
      EdgeChange *change = &g_array_index (mark, EdgeChange, i);

      free_value (change->slot->kind, change->old);
    }
  g_array_unref (mark);
}

/**
 * edge_state_free:
 * @self: (transfer full): a state
 *
 * Frees it.
 */
void
edge_state_free (EdgeState *self)
{
  for (guint i = 0; i < self->marks->len; i++)
    free_mark (g_ptr_array_index (self->marks, i));
  g_ptr_array_unref (self->marks);
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->escrows);
  free_value (EDGE_SLOT_TOTALS, self->totals.value);
  g_array_unref (self->due);
  g_ptr_array_unref (self->dirty);
  edge_state_tree_free (self->tree);
  g_free (self);
}

static void
set_dirty (EdgeState *self,
           EdgeSlot  *slot)
{
  if (slot->dirty)
    return;
  slot->dirty = TRUE;
  g_ptr_array_add (self->dirty, slot);
}

/* _edge_state_prepare: makes the slot's value ours to change: the last mark keeps the one before. */
void
_edge_state_prepare (EdgeState *self,
                     EdgeSlot  *slot)
{
  EdgeChange change = { slot, NULL };

  set_dirty (self, slot);
  if (self->marks->len == 0 || slot->stamp == self->stamp)
    return;

  change.old = slot->value;
  slot->value = copy_value (slot->kind, slot->value);
  slot->stamp = self->stamp;
  g_array_append_val (g_ptr_array_index (self->marks, self->marks->len - 1), change);
}

static EdgeSlot *
slot_for (GHashTable   *table,
          const EdgeId *key,
          EdgeSlotKind      kind)
{
  EdgeSlot *slot = g_hash_table_lookup (table, key);

  if (slot == NULL)
    {
      slot = g_new0 (EdgeSlot, 1);
      slot->key = *key;
      slot->kind = kind;
      g_hash_table_insert (table, &slot->key, slot);
    }
  return slot;
}

static gpointer
value_of (GHashTable   *table,
          const EdgeId *key)
{
  EdgeSlot *slot = g_hash_table_lookup (table, key);

  return slot != NULL ? slot->value : NULL;
}

/**
 * edge_state_get_account:
 * @self: a state
 * @key: any key
 *
 * Returns: (transfer none) (nullable): its account, if it has one
 */
const EdgeAccount *
edge_state_get_account (EdgeState    *self,
                        const EdgeId *key)
{
  return value_of (self->accounts, key);
}

static gpointer
edit (EdgeState    *self,
      GHashTable   *table,
      const EdgeId *key)
{
  EdgeSlot *slot = g_hash_table_lookup (table, key);

  g_assert (slot != NULL && slot->value != NULL);
  _edge_state_prepare (self, slot);
  return slot->value;
}

/**
 * edge_state_get_first_account:
 * @self: a state
 * @key: any key
 *
 * Returns: (transfer none) (nullable): the account as it was at the oldest mark, or is when
 *   there is none
 */
const EdgeAccount *
edge_state_get_first_account (EdgeState    *self,
                              const EdgeId *key)
{
  EdgeSlot *slot = g_hash_table_lookup (self->accounts, key);

  if (slot == NULL)
    return NULL;
  for (guint i = 0; i < self->marks->len; i++)
    {
      GArray *mark = g_ptr_array_index (self->marks, i);

      for (guint j = 0; j < mark->len; j++)
        {
          const EdgeChange *change = &g_array_index (mark, EdgeChange, j);

          if (change->slot == slot)
            return change->old;
        }
    }
  return slot->value;
}

/**
 * edge_state_edit_account:
 * @self: a state
 * @key: a key that has an account
 *
 * Returns: (transfer none): the account, to be changed
 */
EdgeAccount *
edge_state_edit_account (EdgeState    *self,
                         const EdgeId *key)
{
  return edit (self, self->accounts, key);
}

/**
 * edge_state_add_account:
 * @self: a state
 * @key: a key without an account
 *
 * Returns: (transfer none): its new account
 */
EdgeAccount *
edge_state_add_account (EdgeState    *self,
                        const EdgeId *key)
{
  EdgeSlot *slot = slot_for (self->accounts, key, EDGE_SLOT_ACCOUNT);

  g_assert (slot->value == NULL);
  _edge_state_prepare (self, slot);
  slot->value = edge_account_new (key);
  return slot->value;
}

/**
 * edge_state_get_escrow:
 * @self: a state
 * @id: any id
 *
 * Returns: (transfer none) (nullable): the open escrow of that id
 */
const EdgeEscrow *
edge_state_get_escrow (EdgeState    *self,
                       const EdgeId *id)
{
  return value_of (self->escrows, id);
}

/**
 * edge_state_edit_escrow:
 * @self: a state
 * @id: an open escrow
 *
 * Returns: (transfer none): the escrow, to be changed
 */
EdgeEscrow *
edge_state_edit_escrow (EdgeState    *self,
                        const EdgeId *id)
{
  return edit (self, self->escrows, id);
}

/**
 * edge_state_add_escrow:
 * @self: a state
 * @id: the event that opens it
 *
 * Returns: (transfer none): a new escrow
 */
EdgeEscrow *
edge_state_add_escrow (EdgeState    *self,
                       const EdgeId *id)
{
  EdgeSlot *slot = slot_for (self->escrows, id, EDGE_SLOT_ESCROW);
  EdgeEscrow *escrow;

  g_assert (slot->value == NULL);
  _edge_state_prepare (self, slot);
  escrow = g_new0 (EdgeEscrow, 1);
  escrow->id = *id;
  slot->value = escrow;
  return escrow;
}

/**
 * edge_state_close_escrow:
 * @self: a state
 * @id: an open escrow
 *
 * Removes it.
 */
void
edge_state_close_escrow (EdgeState    *self,
                         const EdgeId *id)
{
  EdgeSlot *slot = g_hash_table_lookup (self->escrows, id);

  g_assert (slot != NULL && slot->value != NULL);
  _edge_state_prepare (self, slot);
  g_clear_pointer ((EdgeEscrow **) &slot->value, g_free);
}

/**
 * edge_state_get_totals:
 * @self: a state
 *
 * Returns: (transfer none): time, sums and validators
 */
const EdgeTotals *
edge_state_get_totals (EdgeState *self)
{
  return self->totals.value;
}

/**
 * edge_state_edit_totals:
 * @self: a state
 *
 * Returns: (transfer none): time, sums and validators, to be changed
 */
EdgeTotals *
edge_state_edit_totals (EdgeState *self)
{
  _edge_state_prepare (self, &self->totals);
  return self->totals.value;
}

/**
 * edge_state_is_validator:
 * @self: a state
 * @key: any key
 *
 * Returns: whether it is one of the validators
 */
gboolean
edge_state_is_validator (EdgeState    *self,
                         const EdgeId *key)
{
  const EdgeTotals *totals = self->totals.value;

  for (guint i = 0; i < totals->n_validators; i++)
    {
      if (edge_id_equal (&totals->validators[i], key))
        return TRUE;
    }
  return FALSE;
}

/**
 * edge_state_mark:
 * @self: a state
 *
 * Notes the place, so that the state can be taken back to it.
 */
void
edge_state_mark (EdgeState *self)
{
  g_ptr_array_add (self->marks, g_array_new (FALSE, FALSE, sizeof (EdgeChange)));
  self->stamp++;
}

/**
 * edge_state_get_n_marks:
 * @self: a state
 *
 * Returns: how many places it can be taken back to
 */
guint
edge_state_get_n_marks (EdgeState *self)
{
  return self->marks->len;
}

/**
 * edge_state_roll_back:
 * @self: a state
 * @n_marks: how many marks to keep
 *
 * Takes the state back to the first mark that is not kept.
 */
void
edge_state_roll_back (EdgeState *self,
                      guint      n_marks)
{
  while (self->marks->len > n_marks)
    {
      GArray *mark = g_ptr_array_steal_index (self->marks, self->marks->len - 1);

      for (guint i = mark->len; i > 0; i--)
        {
          EdgeChange *change = &g_array_index (mark, EdgeChange, i - 1);
          EdgeSlot *slot = change->slot;

          free_value (slot->kind, slot->value);
          slot->value = change->old;
          slot->stamp = 0;
          set_dirty (self, slot);
          _edge_state_expect (self, slot);
        }
      g_array_unref (mark);
    }

  /* What was copied for a mark that is gone must be copied anew for the next. */
  self->stamp++;
}

/**
 * edge_state_merge_mark:
 * @self: a state
 * @mark: a mark, not the first
 *
 * Forgets one place, so that fewer values are kept.
 */
void
edge_state_merge_mark (EdgeState *self,
                       guint      mark)
{
  g_autoptr(GHashTable) kept = g_hash_table_new (NULL, NULL);
  GArray *into = g_ptr_array_index (self->marks, mark - 1);
  GArray *from = g_ptr_array_steal_index (self->marks, mark);

  for (guint i = 0; i < into->len; i++)
    g_hash_table_add (kept, g_array_index (into, EdgeChange, i).slot);
  for (guint i = 0; i < from->len; i++)
    {
      EdgeChange *change = &g_array_index (from, EdgeChange, i);

      if (g_hash_table_add (kept, change->slot))
        g_array_append_val (into, *change);
      else
        free_value (change->slot->kind, change->old);
    }
  g_array_unref (from);
}

/**
 * edge_state_forget_marks:
 * @self: a state
 * @changed: (nullable) (scope call): called once or more for each account that
 *   changed since the first mark
 * @user_data: for @changed
 *
 * Forgets all places before the present one.
 */
void
edge_state_forget_marks (EdgeState            *self,
                         EdgeStateAccountFunc  changed,
                         gpointer              user_data)
{
  g_autoptr(GArray) closed = g_array_new (FALSE, FALSE, sizeof (EdgeId));

  /* Afterwards nothing but the tables knows the slots of closed escrows. */
  edge_state_get_tree (self);

  for (guint i = 0; i < self->marks->len; i++)
    {
      GArray *mark = g_ptr_array_index (self->marks, i);

      for (guint j = 0; j < mark->len; j++)
        {
          EdgeSlot *slot = g_array_index (mark, EdgeChange, j).slot;

          if (slot->kind == EDGE_SLOT_ESCROW && slot->value == NULL)
            g_array_append_val (closed, slot->key);
          if (changed != NULL && slot->kind == EDGE_SLOT_ACCOUNT && slot->value != NULL)
            changed (slot->value, user_data);
        }
      free_mark (mark);
    }
  g_ptr_array_set_size (self->marks, 0);
  self->stamp++;

  for (guint i = 0; i < closed->len; i++)
    g_hash_table_remove (self->escrows, &g_array_index (closed, EdgeId, i));
}
