/* main.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <sys/resource.h>

#include "relay/edge-relay.h"

/* edge-net-relay: see data/edge-net-relay.1. */

#define EXIT_USAGE  2
#define EXIT_LISTEN 1

typedef struct
{
  char     *config;
  char     *listen;
  char     *tls_cert;
  char     *tls_key;
  char     *room_token;
  char     *turn_secret;
  GStrv     turn_urls;
  GStrv     stun_urls;
  GStrv     origins;
  gboolean  version;
} Options;

static void
raise_open_files (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max)
    {
      files.rlim_cur = files.rlim_max;
      setrlimit (RLIMIT_NOFILE, &files);
    }
}

static void
override_text (char       **setting,
               const char  *option)
{
  if (option != NULL)
    g_set_str (setting, option);
}

static void
override_list (GStrv *setting,
               GStrv  option)
{
  if (option == NULL)
    return;

  g_strfreev (*setting);
  *setting = g_strdupv (option);
}

static void
apply_options (EdgeRelayConfig *config,
               Options         *options)
{
  override_text (&config->listen, options->listen);
  override_text (&config->tls_cert, options->tls_cert);
  override_text (&config->tls_key, options->tls_key);
  override_text (&config->room_token, options->room_token);
  override_text (&config->turn_secret, options->turn_secret);
  override_list (&config->turn_urls, options->turn_urls);
  override_list (&config->stun_urls, options->stun_urls);
  override_list (&config->origins, options->origins);
}

static void
drained_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  edge_relay_drain_finish (EDGE_RELAY (source), result, NULL);
  g_main_loop_quit (user_data);
}

typedef struct
{
  EdgeRelay *relay;
  GMainLoop *loop;
  gboolean   draining;
} Program;

/* The second signal is from someone who does not want to wait. */
static gboolean
signal_cb (gpointer user_data)
{
  Program *program = user_data;

  if (program->draining)
    {
      edge_relay_stop (program->relay);
      g_main_loop_quit (program->loop);
    }
  else
    {
      program->draining = TRUE;
      edge_relay_drain_async (program->relay, NULL, drained_cb, program->loop);
    }
  return G_SOURCE_CONTINUE;
}

static int
run (EdgeRelayConfig *config)
{
  g_autoptr(EdgeRelay) relay = edge_relay_new (config);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  Program program = { relay, loop, FALSE };

  if (!edge_relay_start (relay, &error))
    {
      g_printerr ("edge-net-relay: %s\n", error->message);
      return EXIT_LISTEN;
    }

  /* Scripts read this line to learn the port. */
  g_print ("%s\n", edge_relay_get_url (relay));
  g_unix_signal_add (SIGTERM, signal_cb, &program);
  g_unix_signal_add (SIGINT, signal_cb, &program);
  g_main_loop_run (loop);
  edge_relay_stop (relay);
  return 0;
}

static void
clear_options (Options *options)
{
  g_free (options->config);
  g_free (options->listen);
  g_free (options->tls_cert);
  g_free (options->tls_key);
  g_free (options->room_token);
  g_free (options->turn_secret);
  g_strfreev (options->turn_urls);
  g_strfreev (options->stun_urls);
  g_strfreev (options->origins);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

int
main (int    argc,
      char **argv)
{
  g_auto(Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &options.listen,
      "Where to listen; port 0 takes any free one (127.0.0.1:8080)", "ADDR:PORT" },
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options.config,
      "Read settings from FILE; options on the command line go over it", "FILE" },
    { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &options.tls_cert,
      "Certificate chain for wss, in PEM", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options.tls_key,
      "Its private key, in PEM", "FILE" },
    { "room-token", 0, 0, G_OPTION_ARG_STRING, &options.room_token,
      "Let in only who knows TEXT", "TEXT" },
    { "origin", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.origins,
      "Let in web pages of this origin only; may be repeated", "URL" },
    { "stun-url", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.stun_urls,
      "Hand out this STUN server; may be repeated", "URL" },
    { "turn-url", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.turn_urls,
      "Hand out this TURN server; may be repeated", "URL" },
    { "turn-secret", 0, 0, G_OPTION_ARG_STRING, &options.turn_secret,
      "The static-auth-secret of that coturn", "TEXT" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, "Print the version", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(EdgeRelayConfig) config = edge_relay_config_new ();
  g_autoptr(GError) error = NULL;

  /* For the letters alone: figures are read by programs. */
  setlocale (LC_CTYPE, "");
  g_option_context_set_summary (context, "Lets the peers of Edge-Net find each other.");
  g_option_context_set_description (context,
    "Prints the address it listens on as its first line. Ends on SIGTERM after taking leave\n"
    "of its clients. Exit status: 0 ended, 1 can't listen, 2 wrong option or setting.");
  g_option_context_add_main_entries (context, entries, NULL);

  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("edge-net-relay: %s\nTry “edge-net-relay --help”.\n", error->message);
      return EXIT_USAGE;
    }
  if (argc > 1)
    {
      g_printerr ("edge-net-relay: “%s” is no option.\nTry “edge-net-relay --help”.\n", argv[1]);
      return EXIT_USAGE;
    }
  if (options.version)
    {
      g_print ("edge-net-relay " EDGE_VERSION "\n");
      return 0;
    }

  if (options.config != NULL && !edge_relay_config_load (config, options.config, &error))
    {
      g_printerr ("edge-net-relay: %s\n", error->message);
      return EXIT_USAGE;
    }
  apply_options (config, &options);
  if (!edge_relay_config_check (config, &error))
    {
      g_printerr ("edge-net-relay: %s\n", error->message);
      return EXIT_USAGE;
    }

  raise_open_files ();
  return run (config);
}
