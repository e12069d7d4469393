/* edge-state.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-state.h"

#include <string.h>

#include "ledger/edge-canon-writer.h"

typedef enum
{
  SLOT_ACCOUNT,
  SLOT_ESCROW,
  SLOT_TOTALS,
} SlotKind;

/* Where one entry lives. Its value is only changed in place when it was copied
 * since the last mark; before that the mark keeps the old value. */
typedef struct
{
  EdgeId   key;
  gpointer value;
  guint64  stamp;
  guint64  queued;
  guint8   kind;
  guint8   dirty;
} Slot;

typedef struct
{
  Slot     *slot;
  gpointer  old;
} Change;

typedef struct
{
  guint64  end;
  Slot    *slot;
} Due;

struct _EdgeState
{
  GHashTable    *accounts;
  GHashTable    *escrows;
  Slot           totals;
  GPtrArray     *marks;
  guint64        stamp;
  GArray        *due;
  GPtrArray     *dirty;
  EdgeStateTree *tree;
};

static void
free_totals (EdgeTotals *totals)
{
  g_free (totals->proposals);
  g_free (totals);
}

static void
free_value (SlotKind kind,
            gpointer value)
{
  if (value == NULL)
    return;
  if (kind == SLOT_ACCOUNT)
    edge_account_free (value);
  else if (kind == SLOT_TOTALS)
    free_totals (value);
  else
    g_free (value);
}

static gpointer
copy_value (SlotKind kind,
            gpointer value)
{
  EdgeTotals *totals;

  if (value == NULL)
    return NULL;
  if (kind == SLOT_ACCOUNT)
    return edge_account_copy (value);
  if (kind == SLOT_ESCROW)
    return edge_escrow_copy (value);

  totals = g_memdup2 (value, sizeof *totals);
  totals->proposals = g_memdup2 (totals->proposals, totals->n_proposals * sizeof (EdgeProposal));
  return totals;
}

static void
free_slot (gpointer data)
{
  Slot *slot = data;

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
  self->due = g_array_new (FALSE, FALSE, sizeof (Due));
  self->dirty = g_ptr_array_new ();
  self->tree = edge_state_tree_new ();
  self->totals.kind = SLOT_TOTALS;
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
      Change *change = &g_array_index (mark, Change, i);

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
  free_value (SLOT_TOTALS, self->totals.value);
  g_array_unref (self->due);
  g_ptr_array_unref (self->dirty);
  edge_state_tree_free (self->tree);
  g_free (self);
}

static void
set_dirty (EdgeState *self,
           Slot      *slot)
{
  if (slot->dirty)
    return;
  slot->dirty = TRUE;
  g_ptr_array_add (self->dirty, slot);
}

/* Makes the slot's value ours to change: the last mark keeps the one before. */
static void
prepare (EdgeState *self,
         Slot      *slot)
{
  Change change = { slot, NULL };

  set_dirty (self, slot);
  if (self->marks->len == 0 || slot->stamp == self->stamp)
    return;

  change.old = slot->value;
  slot->value = copy_value (slot->kind, slot->value);
  slot->stamp = self->stamp;
  g_array_append_val (g_ptr_array_index (self->marks, self->marks->len - 1), change);
}

static Slot *
slot_for (GHashTable   *table,
          const EdgeId *key,
          SlotKind      kind)
{
  Slot *slot = g_hash_table_lookup (table, key);

  if (slot == NULL)
    {
      slot = g_new0 (Slot, 1);
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
  Slot *slot = g_hash_table_lookup (table, key);

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
  Slot *slot = g_hash_table_lookup (table, key);

  g_assert (slot != NULL && slot->value != NULL);
  prepare (self, slot);
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
  Slot *slot = slot_for (self->accounts, key, SLOT_ACCOUNT);

  g_assert (slot->value == NULL);
  prepare (self, slot);
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
  Slot *slot = slot_for (self->escrows, id, SLOT_ESCROW);
  EdgeEscrow *escrow;

  g_assert (slot->value == NULL);
  prepare (self, slot);
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
  Slot *slot = g_hash_table_lookup (self->escrows, id);

  g_assert (slot != NULL && slot->value != NULL);
  prepare (self, slot);
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
  prepare (self, &self->totals);
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

/* A heap of what becomes free when. An account may stand in it too early, or
 * more than once, but never too late. */
static void
sift_up (GArray *due,
         guint   at)
{
  Due entry = g_array_index (due, Due, at);

  while (at > 0 && g_array_index (due, Due, (at - 1) / 2).end > entry.end)
    {
      g_array_index (due, Due, at) = g_array_index (due, Due, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  g_array_index (due, Due, at) = entry;
}

static void
pop_due (GArray *due)
{
  Due last = g_array_index (due, Due, due->len - 1);
  guint at = 0;

  g_array_set_size (due, due->len - 1);
  if (due->len == 0)
    return;

  for (;;)
    {
      guint child = 2 * at + 1;

      if (child >= due->len)
        break;
      if (child + 1 < due->len &&
          g_array_index (due, Due, child + 1).end < g_array_index (due, Due, child).end)
        child++;
      if (g_array_index (due, Due, child).end >= last.end)
        break;
      g_array_index (due, Due, at) = g_array_index (due, Due, child);
      at = child;
    }
  g_array_index (due, Due, at) = last;
}

static void
expect_slot (EdgeState *self,
             Slot      *slot)
{
  Due entry = { 0, slot };

  if (slot->kind != SLOT_ACCOUNT || slot->value == NULL)
    return;
  entry.end = edge_account_next_end (slot->value);
  if (entry.end == 0 || (slot->queued != 0 && slot->queued <= entry.end))
    return;

  slot->queued = entry.end;
  g_array_append_val (self->due, entry);
  sift_up (self->due, self->due->len - 1);
}

/**
 * edge_state_expect:
 * @self: a state
 * @account: an account whose lots or leaving were added to
 *
 * Makes sure what it holds becomes free in time.
 */
void
edge_state_expect (EdgeState         *self,
                   const EdgeAccount *account)
{
  expect_slot (self, g_hash_table_lookup (self->accounts, &account->key));
}

/**
 * edge_state_move_time:
 * @self: a state
 * @time: the network's new time, not less than the one before
 *
 * Frees, in every account, what is due by then.
 */
void
edge_state_move_time (EdgeState *self,
                      guint64    time)
{
  if (time == edge_state_get_totals (self)->time)
    return;

  edge_state_edit_totals (self)->time = time;
  while (self->due->len > 0 && g_array_index (self->due, Due, 0).end <= time)
    {
      Due entry = g_array_index (self->due, Due, 0);
      Slot *slot = entry.slot;
      guint64 end;

      pop_due (self->due);
      if (slot->queued == entry.end)
        slot->queued = 0;
      end = slot->value != NULL ? edge_account_next_end (slot->value) : 0;
      if (end != 0 && end <= time)
        {
          prepare (self, slot);
          edge_account_release (slot->value, time);
        }
      expect_slot (self, slot);
    }
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
  g_ptr_array_add (self->marks, g_array_new (FALSE, FALSE, sizeof (Change)));
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
          Change *change = &g_array_index (mark, Change, i - 1);
          Slot *slot = change->slot;

          free_value (slot->kind, slot->value);
          slot->value = change->old;
          slot->stamp = 0;
          set_dirty (self, slot);
          expect_slot (self, slot);
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
    g_hash_table_add (kept, g_array_index (into, Change, i).slot);
  for (guint i = 0; i < from->len; i++)
    {
      Change *change = &g_array_index (from, Change, i);

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
  for (guint i = 0; i < self->marks->len; i++)
    {
      GArray *mark = g_ptr_array_index (self->marks, i);

      for (guint j = 0; changed != NULL && j < mark->len; j++)
        {
          Slot *slot = g_array_index (mark, Change, j).slot;

          if (slot->kind == SLOT_ACCOUNT && slot->value != NULL)
            changed (slot->value, user_data);
        }
      free_mark (mark);
    }
  g_ptr_array_set_size (self->marks, 0);
  self->stamp++;
}

static void
write_keys (GString      *out,
            const EdgeId *keys,
            guint         n_keys)
{
  edge_canon_begin_array (out);
  for (guint i = 0; i < n_keys; i++)
    edge_canon_id (out, &keys[i]);
  edge_canon_end_array (out);
}

/**
 * edge_state_totals_to_text:
 * @self: a state
 *
 * Returns: (transfer full): the text of the entry `n`
 */
char *
edge_state_totals_to_text (EdgeState *self)
{
  const EdgeTotals *totals = self->totals.value;
  GString *out = g_string_new (NULL);

  edge_canon_begin_object (out);
  edge_canon_name (out, "burned");
  edge_canon_amount (out, totals->burned);
  edge_canon_name (out, "cpu_ms");
  edge_canon_amount (out, totals->cpu_ms);
  edge_canon_name (out, "minted");
  edge_canon_amount (out, totals->minted);
  edge_canon_name (out, "proposals");
  edge_canon_begin_object (out);
  for (guint i = 0; i < totals->n_proposals; i++)
    {
      char name[EDGE_ID_TEXT_SIZE];

      edge_id_write (&totals->proposals[i].key, name);
      edge_canon_name (out, name);
      write_keys (out, totals->proposals[i].keys, totals->proposals[i].n_keys);
    }
  edge_canon_end_object (out);
  edge_canon_name (out, "time");
  edge_canon_integer (out, totals->time);
  edge_canon_name (out, "validators");
  write_keys (out, totals->validators, totals->n_validators);
  edge_canon_end_object (out);
  return g_string_free_and_steal (out);
}

static void
update_entry (EdgeState *self,
              Slot      *slot,
              GString   *scratch)
{
  char name[1 + EDGE_ID_TEXT_SIZE] = "n";

  if (slot->kind != SLOT_TOTALS)
    {
      name[0] = slot->kind == SLOT_ACCOUNT ? 'a' : 'e';
      edge_id_write (&slot->key, name + 1);
    }

  g_string_set_size (scratch, 0);
  if (slot->value == NULL)
    {
      edge_state_tree_remove (self->tree, name);
      return;
    }

  if (slot->kind == SLOT_ACCOUNT)
    {
      edge_account_write (slot->value, scratch);
    }
  else if (slot->kind == SLOT_ESCROW)
    {
      edge_escrow_write (slot->value, scratch);
    }
  else
    {
      g_autofree char *text = edge_state_totals_to_text (self);

      g_string_append (scratch, text);
    }
  edge_state_tree_set (self->tree, name, scratch->str, scratch->len);
}

/**
 * edge_state_get_tree:
 * @self: a state
 *
 * Returns: (transfer none): the tree, brought up to the present place
 */
EdgeStateTree *
edge_state_get_tree (EdgeState *self)
{
  g_autoptr(GString) scratch = g_string_sized_new (1024);

  for (guint i = 0; i < self->dirty->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->dirty, i);

      update_entry (self, slot, scratch);
      slot->dirty = FALSE;
    }
  g_ptr_array_set_size (self->dirty, 0);
  return self->tree;
}

/**
 * edge_state_get_root:
 * @self: a state
 * @root: (out): the state root
 *
 * Computes the root, at the cost of what changed since last time.
 */
void
edge_state_get_root (EdgeState *self,
                     EdgeId    *root)
{
  edge_state_tree_get_root (edge_state_get_tree (self), root);
}

/**
 * edge_state_foreach_account:
 * @self: a state
 * @func: (scope call): called for each account, in no order
 * @user_data: for @func
 *
 * Visits all accounts.
 */
void
edge_state_foreach_account (EdgeState            *self,
                            EdgeStateAccountFunc  func,
                            gpointer              user_data)
{
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    {
      if (((Slot *) slot)->value != NULL)
        func (((Slot *) slot)->value, user_data);
    }
}

/**
 * edge_state_foreach_escrow:
 * @self: a state
 * @func: (scope call): called for each open escrow, in no order
 * @user_data: for @func
 *
 * Visits all open escrows.
 */
void
edge_state_foreach_escrow (EdgeState           *self,
                           EdgeStateEscrowFunc  func,
                           gpointer             user_data)
{
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, self->escrows);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    {
      if (((Slot *) slot)->value != NULL)
        func (((Slot *) slot)->value, user_data);
    }
}
