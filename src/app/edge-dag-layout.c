/* edge-dag-layout.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-dag-layout.h"

#include <math.h>

/* Where events are in the drawing of the DAG. Pure, so that it is tested without a display. */

#define COLUMN_WIDTH 33.0
#define LEAST_COLUMNS 4
#define JITTER .13

/**
 * edge_dag_columns_for:
 * @width: room in pixels between the first and the last column
 *
 * Returns: how many columns there is room for
 */
guint
edge_dag_columns_for (double width)
{
  return MAX (LEAST_COLUMNS, (guint) (MAX (width, 0) / COLUMN_WIDTH) + 1);
}

/* A little off the grid, always the same for an event: rows that are too straight hide
 * which line belongs to which event. */
static double
jitter (const char *id)
{
  return (g_str_hash (id) % 1000 / 999.0 * 2 - 1) * JITTER;
}

static void
find_parents (EdgeDagItem *items,
              guint        n_items)
{
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_items; i++)
    {
      items[i].tip = !items[i].final && !items[i].without_effect;
      for (guint k = 0; k < EDGE_DAG_PARENTS; k++)
        items[i].above[k] = -1;
      for (guint k = 0; k < EDGE_DAG_PARENTS; k++)
        {
          gpointer at = NULL;

          if (items[i].parents == NULL || items[i].parents[k] == NULL)
            break;
          at = g_hash_table_lookup (known, items[i].parents[k]);
          if (at == NULL)
            continue;
          items[i].above[k] = GPOINTER_TO_INT (at) - 1;
          if (!items[i].without_effect)
            items[items[i].above[k]].tip = FALSE;
        }
      g_hash_table_insert (known, (gpointer) items[i].id, GINT_TO_POINTER (i + 1));
    }
}

static gboolean
is_after_parents (const EdgeDagItem *items,
                  const EdgeDagItem *item,
                  gint64             column)
{
  for (guint k = 0; k < EDGE_DAG_PARENTS; k++)
    {
      if (item->above[k] >= 0 && items[item->above[k]].column >= column)
        return FALSE;
    }
  return TRUE;
}

/* Columns never go back in the total order. One goes on until an event builds on one in it,
 * or the final part ends. An event stays in the column it had while that is still right. */
static void
place_columns (EdgeDagItem *items,
               guint        n_items,
               gint64       column)
{
  for (guint i = 0; i < n_items; i++)
    {
      EdgeDagItem *item = &items[i];
      gboolean edge = i > 0 && items[i - 1].final != item->final;
      gboolean fits = !edge && is_after_parents (items, item, column);

      if (item->before != EDGE_DAG_NOWHERE && item->before == column + 1
          && is_after_parents (items, item, item->before))
        column = item->before;
      else if (!fits)
        column++;
      item->column = column;
    }
}

/* Where the first column is, so that the first event placed before stays where it was: older
 * ones may have come into sight. */
static gint64
find_start (EdgeDagItem *items,
            guint        n_items)
{
  guint known = 0;
  gint64 before;

  while (known < n_items && items[known].before == EDGE_DAG_NOWHERE)
    known++;
  if (known == n_items)
    return 0;

  before = items[known].before;
  items[known].before = EDGE_DAG_NOWHERE;
  place_columns (items, known + 1, 0);
  items[known].before = before;
  return before - items[known].column;
}

static double
get_pull (const EdgeDagItem *items,
          const EdgeDagItem *item)
{
  double sum = 0;
  guint n = 0;

  for (guint k = 0; k < EDGE_DAG_PARENTS; k++)
    {
      if (item->above[k] < 0 || items[item->above[k]].hidden)
        continue;
      sum += items[item->above[k]].lane;
      n++;
    }
  return n > 0 ? sum / n : (EDGE_DAG_LANES - 1) / 2.0;
}

/* Gives each event of a column its lane, near to what it builds on. */
static void
place_lanes (EdgeDagItem *items,
             guint        first,
             guint        end)
{
  guint shown[EDGE_DAG_LANES];
  double pulls[EDGE_DAG_LANES];
  guint n = 0;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = first; i < end; i++)
        {
          if (pass == 0)
            items[i].hidden = TRUE;
          if (!items[i].hidden || n == EDGE_DAG_LANES || (pass == 0 && !items[i].eager))
            continue;
          items[i].hidden = FALSE;
          shown[n++] = i;
        }
    }

  for (guint a = 0; a < n; a++)
    {
      guint at = shown[a];
      double pull = get_pull (items, &items[at]);
      guint b = a;

      for (; b > 0 && pulls[b - 1] > pull; b--)
        {
          pulls[b] = pulls[b - 1];
          shown[b] = shown[b - 1];
        }
      pulls[b] = pull;
      shown[b] = at;
    }

  for (guint a = 0; a < n; a++)
    items[shown[a]].lane = CLAMP ((EDGE_DAG_LANES - 1 - (n - 1.0)) / 2 + a
                                  + jitter (items[shown[a]].id), 0, EDGE_DAG_LANES - 1);
}

/**
 * edge_dag_layout:
 * @items: (array length=n_items): events in the total order, the oldest first
 * @n_items: how many
 *
 * Places them.
 */
void
edge_dag_layout (EdgeDagItem *items,
                 guint        n_items)
{
  guint first = 0;

  if (n_items == 0)
    return;

  find_parents (items, n_items);
  place_columns (items, n_items, find_start (items, n_items));
  for (guint i = 1; i <= n_items; i++)
    {
      if (i < n_items && items[i].column == items[first].column)
        continue;
      place_lanes (items, first, i);
      first = i;
    }
}

/** edge_dag_layout_n_hidden: How many events of @column have no room in it. */
guint
edge_dag_layout_n_hidden (EdgeDagItem *items,
                          guint        n_items,
                          gint64       column)
{
  guint n = 0;

  for (guint i = 0; i < n_items; i++)
    n += items[i].column == column && items[i].hidden;
  return n;
}
