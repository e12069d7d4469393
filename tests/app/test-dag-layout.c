/* test-dag-layout.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "app/edge-dag-layout.h"

#include <math.h>

#define N_IDS 512

static char ids[N_IDS][8];

static const char *
get_id (guint index)
{
  g_snprintf (ids[index], sizeof ids[index], "%u", index);
  return ids[index];
}

static void
check (const EdgeDagItem *items,
       guint              n)
{
  for (guint i = 0; i < n; i++)
    {
      guint n_shown = 0;

      if (i > 0)
        {
          g_assert_cmpint (items[i].column, >=, items[i - 1].column);
          g_assert_cmpint (items[i].column - items[i - 1].column, <=, 1);
          if (items[i].final != items[i - 1].final)
            g_assert_cmpint (items[i].column, >, items[i - 1].column);
        }
      for (guint k = 0; k < EDGE_DAG_PARENTS; k++)
        {
          if (items[i].above[k] < 0)
            continue;
          g_assert_cmpint (items[i].above[k], <, (int) i);
          g_assert_cmpint (items[items[i].above[k]].column, <, items[i].column);
        }
      for (guint k = 0; k < n; k++)
        {
          if (items[k].column != items[i].column || items[k].hidden)
            continue;
          n_shown++;
          /* Those above each other never touch. */
          if (k != i && !items[i].hidden)
            g_assert_cmpfloat (fabs (items[k].lane - items[i].lane), >, .6);
        }
      g_assert_cmpuint (n_shown, >=, 1);
      g_assert_cmpuint (n_shown, <=, EDGE_DAG_LANES);
      if (!items[i].hidden)
        {
          g_assert_cmpfloat (items[i].lane, >=, 0);
          g_assert_cmpfloat (items[i].lane, <=, EDGE_DAG_LANES - 1);
        }
    }
}

static void
test_nothing (void)
{
  edge_dag_layout (NULL, 0);
  g_assert_cmpuint (edge_dag_layout_n_hidden (NULL, 0, 0), ==, 0);
}

static void
test_chain (void)
{
  const char *parents[5][2] = { { NULL } };
  EdgeDagItem items[5] = { 0 };

  for (guint i = 0; i < 5; i++)
    {
      if (i > 0)
        parents[i][0] = get_id (i - 1);
      items[i] = (EdgeDagItem) { .id = get_id (i), .parents = parents[i],
                                 .before = EDGE_DAG_NOWHERE };
    }
  edge_dag_layout (items, 5);
  check (items, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpint (items[i].column, ==, i);
      g_assert_cmpint (items[i].tip, ==, i == 4);
      g_assert_cmpint (items[i].above[0], ==, (int) i - 1);
    }
}

static void
test_crowd (void)
{
  const char *none[] = { NULL };
  EdgeDagItem items[9] = { 0 };

  for (guint i = 0; i < 9; i++)
    items[i] = (EdgeDagItem) { .id = get_id (i), .parents = none, .before = EDGE_DAG_NOWHERE };
  items[8].eager = TRUE;
  edge_dag_layout (items, 9);
  check (items, 9);
  for (guint i = 0; i < 9; i++)
    g_assert_cmpint (items[i].column, ==, 0);
  g_assert_cmpuint (edge_dag_layout_n_hidden (items, 9, 0), ==, 5);
  g_assert_false (items[8].hidden);
  g_assert_cmpuint (edge_dag_layout_n_hidden (items, 9, 1), ==, 0);
}

/* A void event shows what it built on, but leaves that a tip. */
static void
test_without_effect (void)
{
  const char *parents[] = { get_id (0), NULL };
  EdgeDagItem items[] = {
    { .id = get_id (0), .before = EDGE_DAG_NOWHERE },
    { .id = get_id (1), .parents = parents, .without_effect = TRUE, .before = EDGE_DAG_NOWHERE },
  };

  edge_dag_layout (items, 2);
  g_assert_true (items[0].tip);
  g_assert_false (items[1].tip);
  g_assert_cmpint (items[1].above[0], ==, 0);
}

static void
test_random_and_stable (void)
{
  for (guint seed = 0; seed < 300; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      const char *parents[120][3] = { { NULL } };
      EdgeDagItem items[120] = { 0 };
      guint n = (guint) g_rand_int_range (rand, 2, 120);
      guint n_final = (guint) g_rand_int_range (rand, 0, (int) n);
      guint dropped = (guint) g_rand_int_range (rand, 0, (int) n / 2 + 1);
      gint64 columns[120];

      for (guint i = 0; i < n; i++)
        {
          for (guint k = 0; i > 0 && k < EDGE_DAG_PARENTS; k++)
            parents[i][k] = get_id ((guint) g_rand_int_range (rand, (int) MAX (i, 8) - 8, (int) i));
          items[i] = (EdgeDagItem) { .id = get_id (i), .parents = parents[i],
                                     .final = i < n_final, .before = EDGE_DAG_NOWHERE };
        }
      edge_dag_layout (items, n);
      check (items, n);

      /* The oldest leave the list: the others stay where they were. */
      for (guint i = 0; i < n; i++)
        items[i].before = columns[i] = items[i].column;
      edge_dag_layout (items + dropped, n - dropped);
      check (items + dropped, n - dropped);
      for (guint i = dropped; i < n; i++)
        g_assert_cmpint (items[i].column, ==, columns[i]);

      /* And they come into sight again. */
      for (guint i = 0; i < n; i++)
        items[i].before = i < dropped ? EDGE_DAG_NOWHERE : items[i].column;
      edge_dag_layout (items, n);
      check (items, n);
      for (guint i = dropped; i < n; i++)
        g_assert_cmpint (items[i].column, ==, columns[i]);
    }
}

static void
test_columns (void)
{
  g_assert_cmpuint (edge_dag_columns_for (-5), ==, 4);
  g_assert_cmpuint (edge_dag_columns_for (330), ==, 11);
  g_assert_cmpuint (edge_dag_columns_for (759), ==, 24);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dag-layout/nothing", test_nothing);
  g_test_add_func ("/dag-layout/chain", test_chain);
  g_test_add_func ("/dag-layout/crowd", test_crowd);
  g_test_add_func ("/dag-layout/without-effect", test_without_effect);
  g_test_add_func ("/dag-layout/random-and-stable", test_random_and_stable);
  g_test_add_func ("/dag-layout/columns", test_columns);
  return g_test_run ();
}
