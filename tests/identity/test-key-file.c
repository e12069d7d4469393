/* test-key-file.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "identity/edge-key-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_THREADS 8

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("edge-key-file-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->dir, "sub", "key", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *sub = g_path_get_dirname (fixture->path);

  g_remove (fixture->path);
  /* Fails when anything else was left behind. */
  if (g_file_test (sub, G_FILE_TEST_EXISTS))
    g_assert_cmpint (g_rmdir (sub), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_free (fixture->dir);
  g_free (fixture->path);
}

static void
write_file (Fixture    *fixture,
            const char *text,
            int         mode)
{
  g_autofree char *sub = g_path_get_dirname (fixture->path);

  g_assert_cmpint (g_mkdir_with_parents (sub, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, mode), ==, 0);
}

static void
test_make (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(EdgeIdentity) first = NULL;
  g_autoptr(EdgeIdentity) second = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  struct stat st;

  first = edge_key_file_load (fixture->path, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND);
  g_assert_null (first);
  g_clear_error (&error);

  first = edge_key_file_load_or_make (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fixture->path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 07777, ==, 0600);
  g_assert_cmpint (st.st_size, ==, 44);

  second = edge_key_file_load_or_make (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (first), ==, edge_identity_get_id (second));
}

/* Seed and key of RFC 8032, section 7.1, test 1. */
static void
test_known_seed (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;

  write_file (fixture, "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\n", 0600);
  identity = edge_key_file_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (identity), ==,
                   "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
}

static void
test_open_to_others (Fixture       *fixture,
                     gconstpointer  data)
{
  static const int modes[] = { 0640, 0604, 0620, 0602, 0666, 0601 };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr(EdgeIdentity) identity = NULL;
      g_autoptr(GError) error = NULL;

      write_file (fixture, "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\n", modes[i]);
      identity = edge_key_file_load_or_make (fixture->path, &error);
      g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_UNSAFE);
      g_assert_null (identity);
      g_assert_nonnull (strstr (error->message, "chmod 600"));
    }
}

static void
test_malformed (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const texts[] =
  {
    "", "\n", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=",
    " nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\nnWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\n",
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(EdgeIdentity) identity = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *after = NULL;

      write_file (fixture, texts[i], 0600);
      identity = edge_key_file_load_or_make (fixture->path, &error);
      g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED);
      g_assert_null (identity);

      /* Whatever it was, it is not ours to overwrite. */
      g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, texts[i]);
    }
}

static void
test_not_a_file (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *sub = g_path_get_dirname (fixture->path);
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (sub, 0700), ==, 0);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  identity = edge_key_file_load_or_make (fixture->path, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED);
  g_assert_null (identity);
}

static gpointer
make_thread (gpointer data)
{
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(GError) error = NULL;

  identity = edge_key_file_load_or_make (data, &error);
  g_assert_no_error (error);
  return g_strdup (edge_identity_get_id (identity));
}

static void
test_made_at_once (Fixture       *fixture,
                   gconstpointer  data)
{
  GThread *threads[N_THREADS];
  g_autofree char *first = NULL;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("make", make_thread, fixture->path);

  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree char *id = g_thread_join (threads[i]);

      if (first == NULL)
        first = g_strdup (id);
      g_assert_cmpstr (id, ==, first);
    }
}

static void
add (const char *name,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/key-file/make", test_make);
  add ("/key-file/known-seed", test_known_seed);
  add ("/key-file/open-to-others", test_open_to_others);
  add ("/key-file/malformed", test_malformed);
  add ("/key-file/not-a-file", test_not_a_file);
  add ("/key-file/made-at-once", test_made_at_once);
  return g_test_run ();
}
