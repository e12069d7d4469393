/* test-keyring.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <signal.h>
#include <string.h>

#include "base/edge-base64.h"
#include "identity/edge-identity-store.h"
#include "identity/edge-keyring.h"

/* Against the real gnome-keyring-daemon on a session bus of the test's own. */

/* Stopped but never disposed: that waits for the connection, of which
 * libsecret keeps references to the end of the process. */
static GTestDBus *test_bus;

#define PASSWORD "correct horse\n"
#define WAIT_US  (30 * G_USEC_PER_SEC)

typedef struct
{
  char        *dir;
  GSubprocess *daemon;
} Fixture;

typedef struct
{
  GMainLoop    *loop;
  GAsyncResult *result;
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

static void
wait_start (Wait *wait)
{
  wait->loop = g_main_loop_new (NULL, FALSE);
  wait->result = NULL;
}

static GAsyncResult *
wait_end (Wait *wait)
{
  g_main_loop_run (wait->loop);
  g_main_loop_unref (wait->loop);
  return wait->result;
}

static EdgeIdentity *
load (const char  *profile,
      GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  Wait wait;

  wait_start (&wait);
  edge_keyring_load_async (profile, NULL, done_cb, &wait);
  result = wait_end (&wait);
  return edge_keyring_load_finish (result, error);
}

static gboolean
save (EdgeIdentity  *identity,
      const char    *profile,
      GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  Wait wait;

  wait_start (&wait);
  edge_keyring_save_async (identity, profile, NULL, done_cb, &wait);
  result = wait_end (&wait);
  return edge_keyring_save_finish (result, error);
}

static EdgeIdentity *
obtain (const char  *profile,
        gboolean    *made,
        GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  Wait wait;

  wait_start (&wait);
  edge_identity_obtain_async (profile, NULL, NULL, done_cb, &wait);
  result = wait_end (&wait);
  return edge_identity_obtain_finish (result, made, error);
}

static gboolean
service_owned (void)
{
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr(GVariant) reply = NULL;
  gboolean owned = FALSE;

  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                       "NameHasOwner",
                                       g_variant_new ("(s)", "org.freedesktop.secrets"),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (reply);
  g_variant_get (reply, "(b)", &owned);
  return owned;
}

static void
wait_for_service (gboolean owned)
{
  gint64 end = g_get_monotonic_time () + WAIT_US;

  while (service_owned () != owned)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (20000);
    }
}

/* An empty standard input would make no login keyring, so a real password goes in. */
static void
daemon_start (Fixture *fixture)
{
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GError) error = NULL;
  GOutputStream *input;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                        G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "HOME", fixture->dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", fixture->dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", fixture->dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", fixture->dir, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_CHECK_");

  fixture->daemon = g_subprocess_launcher_spawn (launcher, &error,
                                                 "gnome-keyring-daemon", "--foreground",
                                                 "--unlock", "--components=secrets",
                                                 "--control-directory", fixture->dir, NULL);
  g_assert_no_error (error);

  input = g_subprocess_get_stdin_pipe (fixture->daemon);
  g_output_stream_write_all (input, PASSWORD, strlen (PASSWORD) - 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, &error);
  g_assert_no_error (error);
  wait_for_service (TRUE);
}

static void
daemon_stop (Fixture *fixture)
{
  if (fixture->daemon == NULL)
    return;

  secret_service_disconnect ();
  g_subprocess_send_signal (fixture->daemon, SIGTERM);
  g_subprocess_wait (fixture->daemon, NULL, NULL);
  g_clear_object (&fixture->daemon);
  wait_for_service (FALSE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("edge-keyring-XXXXXX", NULL);
  g_assert_nonnull (fixture->dir);
  daemon_start (fixture);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  daemon_stop (fixture);
  remove_tree (fixture->dir);
  g_clear_pointer (&fixture->dir, g_free);
}

static guint
files_holding (const char *path,
               const void *needle,
               gsize       size,
               guint      *files)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *text = NULL;
  const char *name;
  gsize length = 0;
  guint found = 0;

  if (dir == NULL)
    {
      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return 0;
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      *files += 1;
      return memmem (text, length, needle, size) != NULL;
    }

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      found += files_holding (child, needle, size, files);
    }
  return found;
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeIdentity) other = edge_identity_generate ();
  g_autoptr(EdgeIdentity) back = NULL;
  g_autoptr(GError) error = NULL;

  back = load (NULL, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NOT_FOUND);
  g_assert_null (back);
  g_clear_error (&error);

  g_assert_true (save (identity, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (save (other, "other", &error));
  g_assert_no_error (error);

  back = load (NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (back), ==, edge_identity_get_id (identity));
  g_assert_finalize_object (g_steal_pointer (&back));

  back = load ("other", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (back), ==, edge_identity_get_id (other));
  g_assert_finalize_object (g_steal_pointer (&back));

  /* A later save takes the place of the earlier. */
  g_assert_true (save (other, NULL, &error));
  back = load (NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (back), ==, edge_identity_get_id (other));
}

static void
test_survives_restart (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(EdgeIdentity) first = NULL;
  g_autoptr(EdgeIdentity) second = NULL;
  g_autoptr(GError) error = NULL;
  gboolean made = FALSE;

  first = obtain (NULL, &made, &error);
  g_assert_no_error (error);
  g_assert_true (made);

  daemon_stop (fixture);
  daemon_start (fixture);

  second = obtain (NULL, &made, &error);
  g_assert_no_error (error);
  g_assert_false (made);
  g_assert_cmpstr (edge_identity_get_id (second), ==, edge_identity_get_id (first));
}

static void
test_nothing_in_clear (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  guint8 seed[EDGE_IDENTITY_SEED_SIZE];
  guint files = 0;

  g_assert_true (save (identity, NULL, &error));
  g_assert_no_error (error);
  daemon_stop (fixture);

  edge_identity_copy_seed (identity, seed);
  text = edge_base64url_encode (seed, sizeof seed);
  g_assert_cmpuint (files_holding (fixture->dir, seed, sizeof seed, &files), ==, 0);
  g_assert_cmpuint (files_holding (fixture->dir, text, strlen (text), &files), ==, 0);

  /* The keyring's file was among those looked into. */
  g_assert_cmpuint (files, >=, 2);
}

static void
test_locked (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeIdentity) back = NULL;
  g_autoptr(SecretService) service = NULL;
  g_autoptr(SecretCollection) collection = NULL;
  g_autoptr(GError) error = NULL;
  g_autolist(GDBusProxy) locked = NULL;
  GList objects = { 0 };
  gboolean made = TRUE;

  g_assert_true (save (identity, NULL, &error));
  g_assert_no_error (error);

  service = secret_service_get_sync (SECRET_SERVICE_LOAD_COLLECTIONS, NULL, &error);
  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  objects.data = collection;
  g_assert_cmpint (secret_service_lock_sync (service, &objects, NULL, &locked, &error), ==, 1);
  g_assert_no_error (error);

  /* Nothing can ask the person here, which is as if they had said no. */
  back = load (NULL, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_LOCKED);
  g_assert_null (back);
  g_clear_error (&error);

  back = obtain (NULL, &made, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_LOCKED);
  g_assert_null (back);
  g_clear_error (&error);

  g_assert_false (save (identity, "another", &error));
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_LOCKED);
  g_clear_error (&error);

  /* The identity was neither lost nor doubled. */
  g_clear_object (&service);
  daemon_stop (fixture);
  daemon_start (fixture);
  back = load (NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (edge_identity_get_id (back), ==, edge_identity_get_id (identity));
}

static void
test_foreign_item (Fixture       *fixture,
                   gconstpointer  data)
{
  const SecretSchema schema =
  {
    "org.edgenet.EdgeNet.Identity", SECRET_SCHEMA_NONE,
    { { "version", SECRET_SCHEMA_ATTRIBUTE_INTEGER }, { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING } },
  };
  g_autoptr(EdgeIdentity) back = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (secret_password_store_sync (&schema, NULL, "x", "not a key", NULL, &error,
                                             "version", 1, "profile", "default", NULL));
  g_assert_no_error (error);

  back = load (NULL, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_MALFORMED);
  g_assert_null (back);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(EdgeIdentity) back = NULL;
  g_autoptr(GError) error = NULL;
  Wait wait;

  wait_start (&wait);
  edge_keyring_load_async (NULL, cancellable, done_cb, &wait);
  g_cancellable_cancel (cancellable);
  result = wait_end (&wait);
  back = edge_keyring_load_finish (result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (back);
}

static void
test_no_service (void)
{
  g_autoptr(EdgeIdentity) identity = edge_identity_generate ();
  g_autoptr(EdgeIdentity) back = NULL;
  g_autoptr(GError) error = NULL;
  gboolean made = TRUE;

  back = load (NULL, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NO_KEYRING);
  g_assert_null (back);
  g_clear_error (&error);

  g_assert_false (save (identity, NULL, &error));
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NO_KEYRING);
  g_clear_error (&error);

  back = obtain (NULL, &made, &error);
  g_assert_error (error, EDGE_IDENTITY_ERROR, EDGE_IDENTITY_ERROR_NO_KEYRING);
  g_assert_null (back);
  g_assert_false (made);
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
  g_autofree char *daemon = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  daemon = g_find_program_in_path ("gnome-keyring-daemon");
  if (daemon == NULL)
    {
      g_print ("1..0 # SKIP gnome-keyring-daemon is not installed\n");
      return 0;
    }

  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);

  g_test_add_func ("/keyring/no-service", test_no_service);
  add ("/keyring/round-trip", test_round_trip);
  add ("/keyring/survives-restart", test_survives_restart);
  add ("/keyring/nothing-in-clear", test_nothing_in_clear);
  add ("/keyring/locked", test_locked);
  add ("/keyring/foreign-item", test_foreign_item);
  add ("/keyring/cancelled", test_cancelled);

  status = g_test_run ();
  secret_service_disconnect ();
  g_test_dbus_stop (test_bus);
  return status;
}
