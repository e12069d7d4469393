/* test-key-text.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-key-text.h"

#include <string.h>

#include "identity/edge-identity-swap.h"
#include "identity/edge-key-file.h"
#include "identity/edge-key-vault.h"

/* The vault of test-key-vault.c. */
#define KNOWN_TEXT EDGE_KEY_TEXT_PREFIX \
  "ZWRnZS1rZXkBAQAAAAMAAQAAfoWMk5qhqK-2vcTL0tng5-71_AMKERgfJi00O0JJUFdeZWxzeoGIj-Z2qsWhtaDiGt0TbdGrImcvfJsVQZt5HSkx-Fgn-2wxV-bzUcJVonpLVYbg3_T48vp5jzk"

static void
test_round_trip (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) vault = edge_key_text_read (KNOWN_TEXT, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (vault), ==, EDGE_KEY_VAULT_SIZE);
  g_assert_true (edge_key_vault_check (vault, NULL));
  text = edge_key_text_write (vault);
  g_assert_cmpstr (text, ==, KNOWN_TEXT);
}

/* As it comes from paper and from mail. */
static void
test_around (void)
{
  g_autofree char *broken = g_strdup (KNOWN_TEXT);
  g_autoptr(GString) lines = g_string_new ("My key:\r\n  ");

  for (const char *p = broken; *p != '\0'; p++)
    {
      g_string_append_c (lines, *p);
      if ((p - broken) % 24 == 23)
        g_string_append (lines, " \r\n\t");
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) vault = NULL;

      if (i == 1)
        memcpy (strstr (lines->str, "edge-net"), "EDGE-NET", 8);
      vault = edge_key_text_read (lines->str, &error);
      g_assert_no_error (error);
      g_assert_true (edge_key_vault_check (vault, NULL));
    }
}

static void
test_bad (void)
{
  static const struct { const char *text; int code; } cases[] = {
    { "", EDGE_IDENTITY_ERROR_MALFORMED },
    { "edge-net:i/ZWRnZS1rZXkB", EDGE_IDENTITY_ERROR_MALFORMED },
    { "edge-net:k", EDGE_IDENTITY_ERROR_MALFORMED },
    { EDGE_KEY_TEXT_PREFIX, EDGE_IDENTITY_ERROR_DAMAGED },
    { EDGE_KEY_TEXT_PREFIX "ZWRn", EDGE_IDENTITY_ERROR_DAMAGED },
    { EDGE_KEY_TEXT_PREFIX "AAAAAAAAAAAAAAAA", EDGE_IDENTITY_ERROR_DAMAGED },
    { KNOWN_TEXT "!", EDGE_IDENTITY_ERROR_DAMAGED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (edge_key_text_read (cases[i].text, &error));
      g_assert_error (error, EDGE_IDENTITY_ERROR, cases[i].code);
      g_assert_true (edge_key_text_is_one (cases[i].text) ==
                     (cases[i].code == EDGE_IDENTITY_ERROR_DAMAGED));
    }
}

static void
test_endless (void)
{
  g_autofree char *text = g_strnfill (1 << 20, 'A');
  g_autoptr(GError) error = NULL;

  memcpy (text, EDGE_KEY_TEXT_PREFIX, strlen (EDGE_KEY_TEXT_PREFIX));
  g_assert_null (edge_key_text_read (text, &error));
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED);
}

static void
swapped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

/* Where the new one can't be written, the old one is still where it was. */
static void
test_swap (void)
{
  g_autofree char *folder = g_dir_make_tmp ("edge-swap-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "key", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "key", "below", NULL);
  g_autofree char *kept = NULL;
  g_autoptr(EdgeIdentity) old = edge_key_file_load_or_make (path, NULL);
  g_autoptr(EdgeIdentity) fresh = edge_identity_generate ();
  g_autoptr(EdgeIdentity) read = NULL;
  g_autoptr(GError) error = NULL;
  const char *places[] = { nowhere, path };

  g_assert_true (edge_identity_is_new (old));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      EdgeIdentitySwap *swap = edge_identity_swap_new (fresh, "pass");

      g_clear_error (&error);
      edge_identity_swap_set_key_file (swap, places[i]);
      edge_identity_swap_set_old (swap, old, folder);
      edge_identity_swap_run_async (swap, NULL, swapped_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_true (edge_identity_swap_run_finish (result, &kept, &error) == (i == 1));
      g_clear_object (&read);
      read = edge_key_file_load (path, NULL);
      g_assert_cmpstr (edge_identity_get_id (read), ==,
                       edge_identity_get_id (i == 1 ? fresh : old));
      g_assert_false (edge_identity_is_new (read));
    }
  g_assert_no_error (error);

  g_clear_object (&read);
  read = edge_key_vault_load (kept, "pass", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (read), ==, edge_identity_get_id (old));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/identity/key-text/round-trip", test_round_trip);
  g_test_add_func ("/identity/key-text/around", test_around);
  g_test_add_func ("/identity/key-text/bad", test_bad);
  g_test_add_func ("/identity/key-text/endless", test_endless);
  g_test_add_func ("/identity/swap", test_swap);

  return g_test_run ();
}
