/* edge-dag-model.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-dag-model.h"

#include <glib/gi18n.h>
#include <string.h>

/* Events are read from the list at each update, and only as many as can be seen:
 * the list may change ten times a second. */

#define MOST_PER_COLUMN 8

struct _EdgeDagModel
{
  GArray     *infos; /* EdgeBookInfo, in the total order */
  GArray     *items; /* EdgeDagItem, likewise */
  GHashTable *columns;
};

EdgeDagModel *
edge_dag_model_new (void)
{
  EdgeDagModel *self = g_new0 (EdgeDagModel, 1);

  self->infos = g_array_new (FALSE, TRUE, sizeof (EdgeBookInfo));
  g_array_set_clear_func (self->infos, (GDestroyNotify) edge_book_info_clear);
  self->items = g_array_new (FALSE, TRUE, sizeof (EdgeDagItem));
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
edge_dag_model_free (EdgeDagModel *self)
{
  g_array_unref (self->infos);
  g_array_unref (self->items);
  g_hash_table_unref (self->columns);
  g_free (self);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const EdgeBookInfo *x = a, *y = b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return strcmp (x->id, y->id);
}

static void
remember_columns (EdgeDagModel *self)
{
  g_hash_table_remove_all (self->columns);
  for (guint i = 0; i < self->items->len; i++)
    {
      const EdgeDagItem *item = &g_array_index (self->items, EdgeDagItem, i);

      g_hash_table_insert (self->columns, g_strdup (item->id),
                           g_memdup2 (&item->column, sizeof item->column));
    }
}

/**
 * edge_dag_model_update:
 * @self: a model
 * @entries: (nullable): a list of [class@BookEntry], the newest first
 * @n_columns: how many columns can be seen
 *
 * Reads the newest entries and places them.
 */
void
edge_dag_model_update (EdgeDagModel *self,
                       GListModel   *entries,
                       guint         n_columns)
{
  guint n = entries != NULL ? g_list_model_get_n_items (entries) : 0;
  guint n_final = 0;

  n = MIN (n, n_columns * MOST_PER_COLUMN);
  remember_columns (self);
  g_array_set_size (self->items, 0);
  g_array_set_size (self->infos, 0);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GObject) entry = g_list_model_get_item (entries, i);
      EdgeBookInfo info = { 0 };

      edge_book_info_read (&info, entry);
      if (info.id == NULL)
        edge_book_info_clear (&info);
      else
        g_array_append_val (self->infos, info);
    }
  g_array_sort (self->infos, compare_places);

  /* What is before a final event in the order is in a checkpoint too, off and void ones as well. */
  for (guint i = 0; i < self->infos->len; i++)
    {
      if (g_array_index (self->infos, EdgeBookInfo, i).state == EDGE_BOOK_STATE_FINAL)
        n_final = i + 1;
    }

  for (guint i = 0; i < self->infos->len; i++)
    {
      const EdgeBookInfo *info = &g_array_index (self->infos, EdgeBookInfo, i);
      const gint64 *before = g_hash_table_lookup (self->columns, info->id);
      EdgeDagItem item = {
        .id = info->id,
        .parents = (const char *const *) info->parents,
        .final = i < n_final,
        .before = before != NULL ? *before : EDGE_DAG_NOWHERE,
      };

      item.without_effect = info->state == EDGE_BOOK_STATE_OFF
                            || info->state == EDGE_BOOK_STATE_VOID;
      item.eager = info->mine || item.without_effect;
      g_array_append_val (self->items, item);
    }
  edge_dag_layout ((EdgeDagItem *) (gpointer) self->items->data, self->items->len);
}

guint
edge_dag_model_get_length (EdgeDagModel *self)
{
  return self->items->len;
}

const EdgeDagItem *
edge_dag_model_get_item (EdgeDagModel *self,
                         guint         index)
{
  return &g_array_index (self->items, EdgeDagItem, index);
}

const EdgeBookInfo *
edge_dag_model_get_info (EdgeDagModel *self,
                         guint         index)
{
  return &g_array_index (self->infos, EdgeBookInfo, index);
}

int
edge_dag_model_find (EdgeDagModel *self,
                     const char   *id)
{
  for (guint i = 0; id != NULL && i < self->items->len; i++)
    {
      if (g_str_equal (edge_dag_model_get_item (self, i)->id, id))
        return (int) i;
    }
  return -1;
}

guint
edge_dag_model_count_hidden (EdgeDagModel *self,
                             gint64        column)
{
  return edge_dag_layout_n_hidden ((EdgeDagItem *) (gpointer) self->items->data,
                                   self->items->len, column);
}

gint64
edge_dag_model_get_first (EdgeDagModel *self)
{
  return self->items->len > 0 ? edge_dag_model_get_item (self, 0)->column : 0;
}

gint64
edge_dag_model_get_last (EdgeDagModel *self)
{
  return self->items->len > 0 ? edge_dag_model_get_item (self, self->items->len - 1)->column : 0;
}

/**
 * edge_dag_model_get_boundary:
 * @self: a model
 * @column: (out): where the final part ends, between two columns
 *
 * Returns: whether any event is final
 */
gboolean
edge_dag_model_get_boundary (EdgeDagModel *self,
                             double       *column)
{
  guint n_final = 0;

  while (n_final < self->items->len && edge_dag_model_get_item (self, n_final)->final)
    n_final++;
  if (n_final == 0)
    return FALSE;

  *column = (double) edge_dag_model_get_item (self, n_final - 1)->column + .5;
  return TRUE;
}

/** edge_dag_model_dup_summary: What the drawing shows, in words. */
char *
edge_dag_model_dup_summary (EdgeDagModel *self)
{
  guint counts[EDGE_BOOK_STATE_VOID + 1] = { 0 };
  guint n_tips = 0, n = self->items->len;
  g_autoptr(GString) text = g_string_new (NULL);

  if (n == 0)
    return g_strdup (_("No event yet"));

  for (guint i = 0; i < n; i++)
    {
      counts[edge_dag_model_get_info (self, i)->state]++;
      n_tips += edge_dag_model_get_item (self, i)->tip;
    }
  g_string_printf (text, ngettext ("The newest event", "The newest %u events", n), n);
  for (guint state = 0; state < G_N_ELEMENTS (counts); state++)
    {
      if (counts[state] > 0)
        /* Translators: part of a list: how many, and the word for their state. */
        g_string_append_printf (text, _(", %u %s"), counts[state],
                                edge_book_state_describe (state));
    }
  g_string_append_printf (text, ngettext (", %u that nothing builds on yet",
                                          ", %u that nothing builds on yet", n_tips), n_tips);
  return g_string_free_and_steal (g_steal_pointer (&text));
}
