/* test-program.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "harness.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* edge-net-relay as a process, and TLS. */

static char *
program (void)
{
  return g_build_filename (g_getenv ("EDGE_NET_BUILD"), "src", "relay", "edge-net-relay", NULL);
}

typedef struct
{
  char     *out;
  char     *err;
  gboolean  done;
} Finished;

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Finished *finished = user_data;
  g_autoptr(GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &finished->out,
                                        &finished->err, &error);
  g_assert_no_error (error);
  finished->done = TRUE;
}

static int
run_to_end (const char * const *arguments,
            char              **out,
            char              **err)
{
  g_autofree char *path = program ();
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) argv = NULL;
  Finished finished = { NULL, NULL, FALSE };

  g_strv_builder_add (builder, path);
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char * const *) argv,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, finished_cb, &finished);
  wait_until (finished.done);
  *out = finished.out;
  *err = finished.err;
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static void
test_options (void)
{
  const struct { const char *arguments[4]; int status; const char *out, *err; } cases[] = {
    { { "--help" }, 0, "--room-token", NULL },
    { { "--version" }, 0, "edge-net-relay ", NULL },
    { { "--nonsense" }, 2, NULL, "--help" },
    { { "extra" }, 2, NULL, "is no option" },
    { { "--listen", "nowhere" }, 2, NULL, "no address to listen on" },
    { { "--tls-cert", "/nothing" }, 2, NULL, "both" },
    { { "--turn-url", "turn:a" }, 2, NULL, "without the secret" },
    { { "--config", "/does/not/exist" }, 2, NULL, "can't be read" },
    { { "--listen", "192.0.2.77:1" }, 1, NULL, "can't listen on 192.0.2.77:1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = NULL, *err = NULL;

      g_assert_cmpint (run_to_end (cases[i].arguments, &out, &err), ==, cases[i].status);
      if (cases[i].out != NULL)
        g_assert_nonnull (strstr (out, cases[i].out));
      if (cases[i].err != NULL)
        g_assert_nonnull (strstr (err, cases[i].err));
      if (cases[i].status != 0)
        g_assert_true (g_str_has_prefix (err, "edge-net-relay: "));
    }
}

static void
line_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(char **) user_data = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source),
                                                               result, NULL, NULL);
}

static void
exited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

/* The file sets, the command line goes over it; the first line says where it listens;
 * SIGTERM takes leave of all and ends it. */
static void
test_life (void)
{
  g_autofree char *path = program ();
  g_autofree char *folder = g_dir_make_tmp ("edge-relay-XXXXXX", NULL);
  g_autofree char *config = g_build_filename (folder, "relay.conf", NULL);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GDataInputStream) lines = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *url = NULL, *welcome = NULL, *frame = NULL, *limits = NULL;
  g_autoptr(Raw) client = NULL;
  gboolean exited = FALSE;

  g_file_set_contents (config, "[relay]\nlisten=192.0.2.77:1\n[limits]\nidle-ms=12345\n", -1,
                       &error);
  g_assert_no_error (error);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, path, "--config", config,
                              "--listen", "localhost:0", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, line_cb, &url);
  wait_until (url != NULL);
  g_assert_true (g_str_has_prefix (url, "ws://127.0.0.1:"));

  client = raw_connect (url);
  welcome = raw_register (client, "ann", NULL);
  limits = member (welcome, "limits");
  g_assert_nonnull (strstr (limits, "12345"));

  g_subprocess_send_signal (process, SIGTERM);
  frame = raw_next (client, "error");
  g_assert_nonnull (strstr (frame, "\"code\":\"draining\""));
  g_assert_cmpuint (raw_wait_closed (client), ==, 1001);
  g_subprocess_wait_async (process, NULL, exited_cb, &exited);
  wait_until (exited);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);

  g_unlink (config);
  g_rmdir (folder);
}

static void
test_tls (void)
{
  g_autofree char *folder = g_dir_make_tmp ("edge-relay-XXXXXX", NULL);
  g_autofree char *certificate = g_build_filename (folder, "cert.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  g_autoptr(EdgeRelayConfig) config = test_config ();
  g_autoptr(EdgeRelay) relay = NULL;
  g_autoptr(EdgeRelay) second = NULL;
  g_autoptr(EdgeIdentity) ann = edge_identity_generate ();
  g_autoptr(EdgeIdentity) bob = edge_identity_generate ();
  g_autoptr(Raw) a = NULL;
  g_autoptr(Raw) b = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *filling = g_strnfill (40000, 'x');

  if (openssl == NULL || !g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("openssl or GLib's TLS is not there");
      return;
    }

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error, openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt",
                              "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                              "/CN=localhost", "-keyout", key, "-out", certificate, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));

  config->tls_cert = g_strdup (certificate);
  config->tls_key = g_strdup (key);
  relay = start_relay (config);
  g_assert_true (g_str_has_prefix (edge_relay_get_url (relay), "wss://127.0.0.1:"));
  a = raw_connect (edge_relay_get_url (relay));
  b = raw_connect (edge_relay_get_url (relay));
  raw_prove (a, ann, NULL);
  raw_prove (b, bob, NULL);

  /* Frames larger than a TLS record, more of them than one read takes. */
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf ("{\"type\":\"peer_message\",\"targetId\":\"%s\",\"payload\":\"%s\"}",
                              edge_identity_get_id (bob), filling);
      raw_send (a, text);
    }
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *got = raw_next (b, "peer_message");
      g_autofree char *payload = member (got, "payload");

      g_assert_cmpstr (payload, ==, filling);
    }
  soup_websocket_connection_close (a->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  g_free (raw_next (b, "node_left"));
  g_assert_cmpuint (raw_wait_closed (a), ==, 1000);

  /* A certificate that is none is told of at the start. */
  g_set_str (&config->tls_cert, "/does/not/exist");
  second = edge_relay_new (config);
  g_assert_false (edge_relay_start (second, &error));
  g_assert_nonnull (strstr (error->message, "certificate"));

  g_unlink (certificate);
  g_unlink (key);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/relay-program/options", test_options);
  g_test_add_func ("/relay-program/life", test_life);
  g_test_add_func ("/relay-program/tls", test_tls);

  return g_test_run ();
}
