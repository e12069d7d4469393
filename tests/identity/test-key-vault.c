/* test-key-vault.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-key-vault.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "base/edge-base64.h"

/* Made with another implementation (libsodium.js), 64 MiB; every version must open it. */
#define KNOWN_VAULT \
  "ZWRnZS1rZXkBAQAAAAMAAQAAfoWMk5qhqK-2vcTL0tng5-71_AMKERgfJi00O0JJUFdeZWxzeoGIj-Z2qsWhtaDiGt0TbdGrImcvfJsVQZt5HSkx-Fgn-2wxV-bzUcJVonpLVYbg3_T48vp5jzk"
#define KNOWN_ID "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

static GBytes *
known_vault (void)
{
  gsize size;
  guint8 *data = edge_base64url_decode (KNOWN_VAULT, -1, &size);

  g_assert_nonnull (data);
  return g_bytes_new_take (data, size);
}

static void
fix_checksum (guint8 *vault)
{
  guint8 digest[crypto_hash_sha256_BYTES];

  crypto_hash_sha256 (digest, vault, EDGE_KEY_VAULT_SIZE - 4);
  memcpy (vault + EDGE_KEY_VAULT_SIZE - 4, digest, 4);
}

static void
test_known (void)
{
  g_autoptr(GBytes) vault = known_vault ();
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;

  identity = edge_key_vault_open (vault, "naïve passphrase", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (identity), ==, KNOWN_ID);
  g_clear_object (&identity);

  /* The same letters as another keyboard composes them. */
  identity = edge_key_vault_open (vault, "nai\xcc\x88ve passphrase", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (identity), ==, KNOWN_ID);
}

static void
test_round_trip (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeIdentity) back = NULL;
  g_autoptr(GBytes) vault = NULL;
  g_autoptr(GError) error = NULL;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];

  vault = edge_key_vault_seal (identity, "four plain words here", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (vault), ==, EDGE_KEY_VAULT_SIZE);

  edge_identity_copy_seed (identity, seed);
  g_assert_null (memmem (g_bytes_get_data (vault, NULL), EDGE_KEY_VAULT_SIZE, seed, sizeof seed));

  back = edge_key_vault_open (vault, "Four plain words here", &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE);
  g_assert_null (back);
  g_clear_error (&error);

  back = edge_key_vault_open (vault, "four plain words here", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (back), ==, edge_identity_get_id (identity));
}

static void
test_passphrase_limits (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autofree char *long_text = g_strnfill (1025, 'x');
  g_autoptr(GError) error = NULL;

  g_assert_null (edge_key_vault_seal (identity, "", &error));
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_null (edge_key_vault_seal (identity, long_text, &error));
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE);
}

/* Each byte counts: what is changed by accident is told from a wrong passphrase. */
static void
test_damaged (void)
{
  g_autoptr(GBytes) vault = known_vault ();
  const guint8 *data = g_bytes_get_data (vault, NULL);

  for (gsize i = 0; i < EDGE_KEY_VAULT_SIZE; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, EDGE_KEY_VAULT_SIZE);
      g_autoptr(GBytes) bad = NULL;
      g_autoptr(GError) error = NULL;

      copy[i] ^= 0x40;
      bad = g_bytes_new (copy, EDGE_KEY_VAULT_SIZE);
      g_assert_null (edge_key_vault_open (bad, "naïve passphrase", &error));
      g_assert_error (error, EDGE_IDENTITY_ERROR,
                      i < 8 ? EDGE_IDENTITY_ERROR_MALFORMED : i == 8 ? EDGE_IDENTITY_ERROR_NEWER
                                                                     : EDGE_IDENTITY_ERROR_DAMAGED);
    }

  for (gsize size = 0; size <= EDGE_KEY_VAULT_SIZE + 1; size++)
    {
      guint8 copy[EDGE_KEY_VAULT_SIZE + 1] = { 0 };
      g_autoptr(GBytes) bad = NULL;
      g_autoptr(GError) error = NULL;

      if (size == EDGE_KEY_VAULT_SIZE)
        continue;
      memcpy (copy, data, MIN (size, EDGE_KEY_VAULT_SIZE));
      bad = g_bytes_new (copy, size);
      g_assert_false (edge_key_vault_check (bad, NULL));
      g_assert_null (edge_key_vault_open (bad, "naïve passphrase", &error));
      g_assert_error (error, EDGE_IDENTITY_ERROR,
                      size < 8 ? EDGE_IDENTITY_ERROR_MALFORMED : EDGE_IDENTITY_ERROR_DAMAGED);
    }
  g_assert_true (edge_key_vault_check (vault, NULL));
}

/* What is changed on purpose, checksum and all, opens with no passphrase. */
static void
test_tampered (void)
{
  static const gsize places[] = { 20, 40, 60, 105 };
  g_autoptr(GBytes) vault = known_vault ();

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (vault, NULL), EDGE_KEY_VAULT_SIZE);
      g_autoptr(GBytes) bad = NULL;
      g_autoptr(GError) error = NULL;

      copy[places[i]] ^= 1;
      fix_checksum (copy);
      bad = g_bytes_new (copy, EDGE_KEY_VAULT_SIZE);
      g_assert_null (edge_key_vault_open (bad, "naïve passphrase", &error));
      g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE);
    }
}

/* With a good checksum, so that the bounds themselves refuse it. */
static void
test_hostile_parameters (void)
{
  static const struct { gsize at; guint8 value; } changes[] =
  {
    { 8, 2 }, { 8, 0 }, { 9, 0 }, { 9, 2 }, { 10, 0xff }, { 13, 9 }, { 13, 0 }, { 14, 0xff },
    { 15, 0x09 }, { 15, 0 },
  };
  g_autoptr(GBytes) vault = known_vault ();

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (vault, NULL), EDGE_KEY_VAULT_SIZE);
      g_autoptr(GBytes) bad = NULL;
      g_autoptr(GError) error = NULL;

      copy[changes[i].at] = changes[i].value;
      fix_checksum (copy);
      bad = g_bytes_new (copy, EDGE_KEY_VAULT_SIZE);
      g_assert_null (edge_key_vault_open (bad, "naïve passphrase", &error));
      g_assert_error (error, EDGE_IDENTITY_ERROR,
                      changes[i].at == 8 && changes[i].value == 2 ? EDGE_IDENTITY_ERROR_NEWER
                                                                  : EDGE_IDENTITY_ERROR_MALFORMED);
    }
}

typedef struct
{
  GMainLoop    *loop;
  GAsyncResult *result;
  guint         ticks;
} Wait;

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static gboolean
tick_cb (gpointer user_data)
{
  Wait *wait = user_data;

  wait->ticks++;
  return G_SOURCE_CONTINUE;
}

static void
test_file_async (void)
{
  g_autofree char *dir = g_dir_make_tmp ("edge-vault-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "identity.edgekey", NULL);
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeIdentity) back = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  Wait wait = { .loop = loop };
  struct stat st;
  guint tick;

  g_assert_false (edge_key_vault_exists (path));
  g_assert_null (edge_key_vault_load (path, "pass", &error));
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND);
  g_clear_error (&error);

  tick = g_timeout_add (1, tick_cb, &wait);
  edge_key_vault_save_async (identity, path, "pass", NULL, done_cb, &wait);
  g_main_loop_run (loop);
  g_assert_true (edge_key_vault_save_finish (wait.result, &error));
  g_assert_no_error (error);
  g_clear_object (&wait.result);

  /* The main loop went on while Argon2 worked. */
  g_assert_cmpuint (wait.ticks, >, 3);
  g_source_remove (tick);

  g_assert_true (edge_key_vault_exists (path));
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 07777, ==, 0600);
  g_assert_cmpint (st.st_size, ==, EDGE_KEY_VAULT_SIZE);

  edge_key_vault_load_async (path, "pass", NULL, done_cb, &wait);
  g_main_loop_run (loop);
  back = edge_key_vault_load_finish (wait.result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (back), ==, edge_identity_get_id (identity));
  g_clear_object (&wait.result);

  g_remove (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_bytes_async (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeIdentity) back = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GBytes) vault = NULL;
  g_autoptr(GError) error = NULL;
  Wait wait = { .loop = loop };

  edge_key_vault_seal_async (identity, "pass", NULL, done_cb, &wait);
  g_main_loop_run (loop);
  vault = edge_key_vault_seal_finish (wait.result, &error);
  g_assert_no_error (error);
  g_clear_object (&wait.result);

  edge_key_vault_open_async (vault, "pazz", NULL, done_cb, &wait);
  g_main_loop_run (loop);
  back = edge_key_vault_open_finish (wait.result, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_PASSPHRASE);
  g_assert_null (back);
  g_clear_object (&wait.result);
}

static void
test_huge_file (void)
{
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;

  identity = edge_key_vault_load ("/dev/zero", "pass", &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED);
  g_assert_null (identity);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/key-vault/known", test_known);
  g_test_add_func ("/key-vault/round-trip", test_round_trip);
  g_test_add_func ("/key-vault/passphrase-limits", test_passphrase_limits);
  g_test_add_func ("/key-vault/damaged", test_damaged);
  g_test_add_func ("/key-vault/tampered", test_tampered);
  g_test_add_func ("/key-vault/hostile-parameters", test_hostile_parameters);
  g_test_add_func ("/key-vault/file-async", test_file_async);
  g_test_add_func ("/key-vault/bytes-async", test_bytes_async);
  g_test_add_func ("/key-vault/huge-file", test_huge_file);
  return g_test_run ();
}
