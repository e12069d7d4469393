/* edge-dag-layout.h
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** EDGE_DAG_LANES: Events above each other at most; of more a count is shown. */
#define EDGE_DAG_LANES 4

/** EDGE_DAG_PARENTS: Parents of an event at most. */
#define EDGE_DAG_PARENTS 2

/** EDGE_DAG_NOWHERE: The column of an event that was not placed before. */
#define EDGE_DAG_NOWHERE G_MININT64

/**
 * EdgeDagItem:
 * @id: of the event
 * @parents: (nullable): ids of what it builds on
 * @final: in a final checkpoint
 * @without_effect: off or void, so that nobody builds on it
 * @eager: to be seen even where not all have room
 * @before: its column in the layout before, or %EDGE_DAG_NOWHERE
 * @column: (out): where it is; greater is newer
 * @lane: (out): 0 … %EDGE_DAG_LANES - 1, also between them
 * @hidden: (out): has no room in its column
 * @tip: (out): nothing builds on it
 * @above: (out): places of its parents among the items, or -1
 *
 * An event of the drawing.
 */
typedef struct
{
  const char        *id;
  const char *const *parents;
  gboolean           final;
  gboolean           without_effect;
  gboolean           eager;
  gint64             before;

  gint64             column;
  double             lane;
  gboolean           hidden;
  gboolean           tip;
  int                above[EDGE_DAG_PARENTS];
} EdgeDagItem;

void   edge_dag_layout          (EdgeDagItem *items,
                                 guint        n_items);
guint  edge_dag_layout_n_hidden (EdgeDagItem *items,
                                 guint        n_items,
                                 gint64       column);
guint  edge_dag_columns_for     (double       width);

G_END_DECLS
