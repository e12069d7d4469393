/* test-identity.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-identity.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/edge-base64.h"
#include "identity/edge-identity-store.h"

static void
unhex (const char *hex,
       guint8     *out,
       gsize       size)
{
  g_assert_cmpuint (strlen (hex), ==, size * 2);
  for (gsize i = 0; i < size; i++)
    out[i] = (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
}

/* RFC 8032, section 7.1, tests 1 and 3. */
static void
test_rfc8032 (void)
{
  static const struct { const char *seed, *key, *message, *signature; } vectors[] =
  {
    { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
      "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b" },
    { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
      "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr(EdgeIdentity) identity = NULL;
      gsize size = strlen (vectors[i].message) / 2;
      guint8 seed[32], copy[32], key[32], message[2], expected[64], signature[64];

      unhex (vectors[i].seed, seed, sizeof seed);
      unhex (vectors[i].key, key, sizeof key);
      unhex (vectors[i].message, message, size);
      unhex (vectors[i].signature, expected, sizeof expected);

      identity = edge_identity_new_from_seed (seed);
      g_assert_cmpmem (edge_identity_get_public_key (identity), 32, key, 32);
      edge_identity_copy_seed (identity, copy);
      g_assert_cmpmem (copy, 32, seed, 32);
      edge_identity_sign (identity, message, size, signature);
      g_assert_cmpmem (signature, 64, expected, 64);
      g_assert_true (edge_identity_verify (key, message, size, signature));
      signature[7] ^= 1;
      g_assert_false (edge_identity_verify (key, message, size, signature));
      g_assert_finalize_object (g_steal_pointer (&identity));
    }
}

static void
test_generate (void)
{
  g_autoptr(EdgeIdentity) one = edge_identity_generate ();
  g_autoptr(EdgeIdentity) two = edge_identity_generate ();

  g_assert_true (edge_base64url_is_key (edge_identity_get_id (one)));
  g_assert_cmpstr (edge_identity_get_id (one), !=, edge_identity_get_id (two));
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static EdgeIdentity *
obtain_from_file (const char  *path,
                  GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  gboolean made = TRUE;

  edge_identity_obtain_async (NULL, path, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return edge_identity_obtain_finish (result, &made, error);
}

static void
test_obtain_from_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("edge-obtain-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "key", NULL);
  g_autoptr(EdgeIdentity) one = NULL;
  g_autoptr(EdgeIdentity) two = NULL;
  g_autoptr(EdgeIdentity) none = NULL;
  g_autoptr(GError) error = NULL;

  one = obtain_from_file (path, &error);
  g_assert_no_error (error);
  two = obtain_from_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (one), ==, edge_identity_get_id (two));

  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  none = obtain_from_file (path, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_UNSAFE);
  g_assert_null (none);

  g_remove (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/rfc8032", test_rfc8032);
  g_test_add_func ("/identity/generate", test_generate);
  g_test_add_func ("/identity/obtain-from-file", test_obtain_from_file);
  return g_test_run ();
}
