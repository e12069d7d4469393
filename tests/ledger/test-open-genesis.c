/* test-open-genesis.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-json.h"
#include "ledger/edge-open-genesis.h"

static JsonObject *
load (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "ledger", "vectors",
                                                 "primitives.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *object;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  object = edge_json_parse (text, length, 1 << 20, &error);
  g_assert_no_error (error);
  return object;
}

static void
test_vectors (void)
{
  g_autoptr(JsonObject) all = load ();
  JsonArray *rows = json_object_get_array_member (all, "open_genesis");

  g_assert_cmpuint (json_array_get_length (rows), >=, 6);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *typed = json_object_get_string_member (row, "typed");
      g_autofree char *name = edge_open_genesis_name (typed);
      g_autofree char *id = edge_open_genesis_id (typed);
      g_autofree char *jws = edge_open_genesis (typed);

      g_assert_cmpstr (name, ==, json_object_get_string_member (row, "name"));
      g_assert_cmpstr (id, ==, json_object_get_string_member (row, "id"));
      g_assert_cmpstr (jws, ==, json_object_get_string_member (row, "jws"));
    }
}

static void
test_refuses (void)
{
  g_autofree char *longest = g_strnfill (64, 'x');
  g_autofree char *too_long = g_strnfill (65, 'x');
  g_autofree char *id = edge_open_genesis_id (longest);
  const char *bad[] = { "", "   ", "a\nb", "a\x7f", "\xff", too_long };

  g_assert_nonnull (id);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (edge_open_genesis (bad[i]));
      g_assert_null (edge_open_genesis_id (bad[i]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/open-genesis/vectors", test_vectors);
  g_test_add_func ("/ledger/open-genesis/refuses", test_refuses);
  return g_test_run ();
}
