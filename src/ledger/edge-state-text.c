/* edge-state-text.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-canon-writer.h"
#include "ledger/edge-state-private.h"

#include <string.h>

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

/* The name of an entry, and its text in @scratch. */
static gboolean
write_entry (EdgeState *self,
             EdgeSlot  *slot,
             char      *name,
             GString   *scratch)
{
  strcpy (name, "n");
  if (slot->kind != EDGE_SLOT_TOTALS)
    {
      name[0] = slot->kind == EDGE_SLOT_ACCOUNT ? 'a' : 'e';
      edge_id_write (&slot->key, name + 1);
    }

  g_string_set_size (scratch, 0);
  if (slot->value == NULL)
    return FALSE;

  if (slot->kind == EDGE_SLOT_ACCOUNT)
    {
      edge_account_write (slot->value, scratch);
    }
  else if (slot->kind == EDGE_SLOT_ESCROW)
    {
      edge_escrow_write (slot->value, scratch);
    }
  else
    {
      g_autofree char *text = edge_state_totals_to_text (self);

      g_string_append (scratch, text);
    }
  return TRUE;
}

static void
update_entry (EdgeState *self,
              EdgeSlot  *slot,
              GString   *scratch)
{
  char name[1 + EDGE_ID_TEXT_SIZE];

  if (write_entry (self, slot, name, scratch))
    edge_state_tree_set (self->tree, name, scratch->str, scratch->len);
  else
    edge_state_tree_remove (self->tree, name);
}

static void
update_entries (EdgeState *self,
                guint      most)
{
  g_autoptr(GString) scratch = g_string_sized_new (1024);

  for (; self->dirty->len > 0 && most > 0; most--)
    {
      EdgeSlot *slot = g_ptr_array_steal_index (self->dirty, self->dirty->len - 1);

      update_entry (self, slot, scratch);
      slot->dirty = FALSE;
    }
}

static void
tell_entry (EdgeState          *self,
            EdgeSlot           *slot,
            GString            *scratch,
            EdgeStateEntryFunc  func,
            gpointer            user_data)
{
  char name[1 + EDGE_ID_TEXT_SIZE];
  gboolean there = write_entry (self, slot, name, scratch);

  func (name, there ? scratch->str : NULL, user_data);
}

static void
tell_table (EdgeState          *self,
            GHashTable         *table,
            GString            *scratch,
            EdgeStateEntryFunc  func,
            gpointer            user_data)
{
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &slot))
    {
      if (((EdgeSlot *) slot)->value != NULL)
        tell_entry (self, slot, scratch, func, user_data);
    }
}

static void
tell_changes (EdgeState          *self,
              GString            *scratch,
              EdgeStateEntryFunc  func,
              gpointer            user_data)
{
  g_autoptr(GHashTable) told = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->marks->len; i++)
    {
      GArray *mark = g_ptr_array_index (self->marks, i);

      for (guint j = 0; j < mark->len; j++)
        {
          EdgeSlot *slot = g_array_index (mark, EdgeChange, j).slot;

          if (g_hash_table_add (told, slot))
            tell_entry (self, slot, scratch, func, user_data);
        }
    }
}

/**
 * edge_state_foreach_entry:
 * @self: a state
 * @changed: whether to visit only what changed since the first mark
 * @func: (scope call): called for each entry of the state tree, in no order
 * @user_data: for @func
 *
 * Visits the entries that the state root stands for.
 */
void
edge_state_foreach_entry (EdgeState          *self,
                          gboolean            changed,
                          EdgeStateEntryFunc  func,
                          gpointer            user_data)
{
  g_autoptr(GString) scratch = g_string_sized_new (1024);

  if (changed)
    {
      tell_changes (self, scratch, func, user_data);
      return;
    }
  tell_entry (self, &self->totals, scratch, func, user_data);
  tell_table (self, self->accounts, scratch, func, user_data);
  tell_table (self, self->escrows, scratch, func, user_data);
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
  update_entries (self, G_MAXUINT);
  return self->tree;
}

/**
 * edge_state_settle:
 * @self: a state
 * @max_entries: how many entries to write anew at most
 *
 * Brings the tree nearer to the present place, hashes and all, so that the next
 * edge_state_get_root() costs less.
 *
 * Returns: whether it is there
 */
gboolean
edge_state_settle (EdgeState *self,
                   guint      max_entries)
{
  EdgeId root;

  update_entries (self, max_entries);
  edge_state_tree_get_root (self->tree, &root);
  return self->dirty->len == 0;
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
      if (((EdgeSlot *) slot)->value != NULL)
        func (((EdgeSlot *) slot)->value, user_data);
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
      if (((EdgeSlot *) slot)->value != NULL)
        func (((EdgeSlot *) slot)->value, user_data);
    }
}
