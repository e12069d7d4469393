/* edge-books-lists.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-books-private.h"

#include "node/edge-unlock.h"

/* The same object for the same event as long as it is in the list. */
static GPtrArray *
make_entries (EdgeBooks  *self,
              GArray     *list,
              GHashTable *by_id)
{
  GPtrArray *entries = g_ptr_array_new_full (list->len, g_object_unref);

  for (guint i = 0; i < list->len; i++)
    {
      const EdgeLedgerEntry *told = &g_array_index (list, EdgeLedgerEntry, i);
      EdgeBookEntry *entry = g_hash_table_lookup (self->by_id, &told->id);

      if (entry != NULL)
        edge_book_entry_update (g_object_ref (entry), told);
      else
        entry = edge_book_entry_new (told, edge_id_equal (&told->author, &self->key));
      g_hash_table_insert (by_id, (gpointer) &edge_book_entry_get_entry (entry)->id, entry);
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

static EdgeBookEntry *
peek_entry (EdgeBooks *self,
            guint      position)
{
  g_autoptr(EdgeBookEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), position);

  return entry;
}

static void
drop_gone (EdgeBooks  *self,
           GHashTable *by_id)
{
  guint end = g_list_model_get_n_items (G_LIST_MODEL (self->entries));

  while (end > 0)
    {
      guint start = end;

      while (start > 0 &&
             !g_hash_table_contains (by_id, &edge_book_entry_get_entry (peek_entry (self, start - 1))->id))
        start--;
      if (start < end)
        g_list_store_splice (self->entries, start, end - start, NULL, 0);
      end = start > 0 ? start - 1 : 0;
    }
}

/* _edge_books_show_entries: brings the list of events up to the view.
 *
 * Few changes for others to follow: what is gone goes, what is new comes in runs. Only
 * what changed places with another is put in anew. */
void
_edge_books_show_entries (EdgeBooks *self)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new (edge_id_hash, edge_id_equal);
  g_autoptr(GPtrArray) entries = make_entries (self, self->view->entries, by_id);
  guint i = 0;

  drop_gone (self, by_id);
  while (i < entries->len)
    {
      guint n = g_list_model_get_n_items (G_LIST_MODEL (self->entries));
      EdgeBookEntry *there = i < n ? peek_entry (self, i) : NULL;
      guint end = i;

      if (there == entries->pdata[i])
        {
          i++;
          continue;
        }
      while (end < entries->len &&
             !g_hash_table_contains (self->by_id,
                                     &edge_book_entry_get_entry (entries->pdata[end])->id))
        end++;
      if (end == i)
        {
          g_list_store_splice (self->entries, i, n - i, entries->pdata + i, entries->len - i);
          break;
        }
      g_list_store_splice (self->entries, i, 0, entries->pdata + i, end - i);
      i = end;
    }

  g_hash_table_unref (self->by_id);
  self->by_id = g_steal_pointer (&by_id);
}

static void
add_unlocks (GPtrArray *unlocks,
             GArray    *timed,
             gboolean   leaving)
{
  for (guint i = 0; timed != NULL && i < timed->len; i++)
    {
      const EdgeTimed *entry = &g_array_index (timed, EdgeTimed, i);

      g_ptr_array_add (unlocks, edge_unlock_new (entry->end, entry->amount, leaving));
    }
}

static int
compare_unlocks (gconstpointer a,
                 gconstpointer b)
{
  guint64 first;
  guint64 second;

  g_object_get (*(EdgeUnlock * const *) a, "time", &first, NULL);
  g_object_get (*(EdgeUnlock * const *) b, "time", &second, NULL);
  return (first > second) - (first < second);
}

/* _edge_books_show_unlocks: brings the list of locked amounts up to the view. */
void
_edge_books_show_unlocks (EdgeBooks *self)
{
  g_autoptr(GPtrArray) unlocks = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->unlocks));
  gboolean same;

  if (self->view->account != NULL)
    {
      add_unlocks (unlocks, self->view->account->lots, FALSE);
      add_unlocks (unlocks, self->view->account->leaving, TRUE);
      g_ptr_array_sort (unlocks, compare_unlocks);
    }

  same = n == unlocks->len;
  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr(EdgeUnlock) there = g_list_model_get_item (G_LIST_MODEL (self->unlocks), i);

      same = edge_unlock_equal (there, unlocks->pdata[i]);
    }
  if (!same)
    g_list_store_splice (self->unlocks, 0, n, unlocks->pdata, unlocks->len);
}
