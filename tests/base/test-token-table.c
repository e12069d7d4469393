/* test-token-table.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-token-table.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START  (1000 * SECOND)

static void
test_by_key (void)
{
  g_autoptr(EdgeTokenTable) table = edge_token_table_new (2, 60);

  g_assert_cmpuint (edge_token_table_wait (table, "ada", 1), ==, 0);
  g_assert_true (edge_token_table_take (table, "ada", 2, START));
  g_assert_false (edge_token_table_take (table, "ada", 1, START));
  g_assert_cmpuint (edge_token_table_wait (table, "ada", 1), ==, 1000);
  g_assert_true (edge_token_table_take (table, "bela", 2, START));
  g_assert_true (edge_token_table_take (table, "ada", 1, START + SECOND));
  g_assert_false (edge_token_table_take (table, "ada", 1, START + SECOND));
}

static void
take_of (EdgeTokenTable *table,
         guint           number,
         gint64          now)
{
  g_autofree char *key = g_strdup_printf ("%u", number);

  g_assert_true (edge_token_table_take (table, key, 1, now));
}

/* Whoever it is that comes, there are no more than so many; what is not full stays longest. */
static void
test_bound (void)
{
  g_autoptr(EdgeTokenTable) table = edge_token_table_new (1, 1);

  for (guint i = 0; i < 3 * EDGE_TOKEN_TABLE_MAX; i++)
    take_of (table, i, START + i);
  g_assert_cmpuint (edge_token_table_get_size (table), ==, EDGE_TOKEN_TABLE_MAX);
  g_assert_false (edge_token_table_take (table, "3071", 1, START + SECOND));
  g_assert_true (edge_token_table_take (table, "0", 1, START + SECOND));

  /* A minute later all but the last are full again. */
  take_of (table, 1, START + 30 * SECOND);
  take_of (table, 2, START + 80 * SECOND);
  g_assert_cmpuint (edge_token_table_get_size (table), ==, 2);
  g_assert_false (edge_token_table_take (table, "1", 1, START + 80 * SECOND));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/token-table/by-key", test_by_key);
  g_test_add_func ("/base/token-table/bound", test_bound);
  return g_test_run ();
}
