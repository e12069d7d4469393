/* edge-run.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-run.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "base/edge-base64.h"
#include "cli/edge-cli-identity.h"
#include "cli/edge-cli-output.h"
#include "cli/edge-run-events.h"
#include "node/edge-network-default.h"
#include "node/edge-network-folder.h"
#include "node/edge-node-service.h"
#include "node/edge-relay-address.h"

/* Taking leave has limits of its own; this one is for what nobody thought of. */
#define STOP_LIMIT_SECONDS 10

typedef struct
{
  EdgeNode        *node;
  EdgeNodeService *service;
  GMainLoop       *loop;
  gboolean         stopping;
  gboolean         fatal;
} Run;

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Run *run = user_data;

  edge_node_stop_finish (EDGE_NODE (source), result, NULL);
  g_main_loop_quit (run->loop);
}

static gboolean
stop_limit_cb (gpointer user_data)
{
  Run *run = user_data;

  g_message ("Leaving took too long");
  g_main_loop_quit (run->loop);
  return G_SOURCE_CONTINUE;
}

static void
stop (Run *run)
{
  if (run->stopping)
    return;

  run->stopping = TRUE;
  g_timeout_add_seconds (STOP_LIMIT_SECONDS, stop_limit_cb, run);
  edge_node_stop_async (run->node, NULL, stopped_cb, run);
}

/* The second signal is from someone who does not want to wait. */
static gboolean
signal_cb (gpointer user_data)
{
  Run *run = user_data;

  if (run->stopping)
    g_main_loop_quit (run->loop);
  else
    stop (run);
  return G_SOURCE_CONTINUE;
}

static void
problem_cb (EdgeNode   *node,
            const char *code,
            const char *message,
            const char *remedy,
            Run        *run)
{
  /* Without these there is nothing to wait for. */
  if (g_str_equal (code, "listen") || g_str_equal (code, "unavailable"))
    run->fatal = TRUE;
}

static gboolean
check_relays (EdgeCliOptions  *options,
              GError         **error)
{
  for (guint i = 0; options->relays != NULL && options->relays[i] != NULL; i++)
    {
      g_autofree char *url = NULL;
      g_autofree char *token = NULL;

      if (!edge_relay_address_read (options->relays[i], &url, &token, error))
        return FALSE;
    }

  return TRUE;
}

/* A name that nothing here has is that of an open network; an id says nothing, but for
 * that of the network everybody finds first. */
static EdgeNetwork *
find_unknown (const char *wanted)
{
  g_autoptr(EdgeNetwork) usual = NULL;

  if (!edge_base64url_is_key (wanted))
    return edge_network_new_open (wanted);
  usual = edge_network_new_default ();
  if (g_str_equal (usual->id, wanted))
    return g_steal_pointer (&usual);
  edge_network_free (usual);
  usual = edge_network_new_open (EDGE_NETWORK_DEFAULT_NAME);
  return g_str_equal (usual->id, wanted) ? g_steal_pointer (&usual) : NULL;
}

/* The one that was named, else the one joined last, else the one everybody finds first. */
static EdgeNetwork *
choose_network (EdgeCliOptions *options,
                EdgeNode       *node,
                int            *status)
{
  g_autoptr(GError) error = NULL;
  EdgeNetwork *network = NULL;

  if (options->network != NULL)
    {
      network = edge_network_folder_find (options->state, options->network, &error);
      if (network == NULL && g_error_matches (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK))
        network = find_unknown (options->network);
      /* A name that can't be one is said to be so below. */
      if (network == NULL && (edge_base64url_is_key (options->network) ||
                              !g_error_matches (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK)))
        {
          *status = edge_cli_output_gerror (options->json, error);
          return NULL;
        }
    }
  else if (options->room != NULL)
    network = edge_network_new_open (options->room);
  else
    {
      network = edge_node_dup_last_network (node);
      if (network == NULL)
        network = edge_network_new_default ();
    }

  if (network == NULL)
    {
      edge_cli_output_error (options->json, "bad_network",
                             _("The name of a network has 1 to 64 bytes of UTF-8 and no control "
                               "characters"), NULL);
      *status = EDGE_CLI_EXIT_USAGE;
    }
  return network;
}

static void
apply (EdgeCliOptions *options,
       EdgeNode       *node)
{
  if (options->relays != NULL)
    g_object_set (node, "relays", options->relays, NULL);
  if (options->listen != NULL)
    g_object_set (node, "listen", options->listen, NULL);
  if (options->name != NULL)
    g_object_set (node, "name", options->name, NULL);
  if (options->archive || options->prune)
    edge_node_set_archive (node, options->archive);
}

static int
run_loop (Run            *run,
          EdgeCliOptions *options,
          EdgeRunEvents  *events,
          EdgeNetwork    *network)
{
  guint term, interrupt;

  g_signal_connect (run->node, "problem", G_CALLBACK (problem_cb), run);
  g_signal_connect_swapped (run->service, "quit", G_CALLBACK (stop), run);
  edge_node_join (run->node, network);

  term = g_unix_signal_add (SIGTERM, signal_cb, run);
  interrupt = g_unix_signal_add (SIGINT, signal_cb, run);
  if (run->fatal)
    stop (run);
  else
    edge_run_events_ready (events, options->state);
  g_main_loop_run (run->loop);

  g_source_remove (term);
  g_source_remove (interrupt);
  g_signal_handlers_disconnect_by_data (run->node, run);
  g_signal_handlers_disconnect_by_data (run->service, run);
  edge_node_service_stop (run->service);
  return run->fatal ? EDGE_CLI_EXIT_FAILED : 0;
}

/**
 * edge_run:
 * @options: the command line
 * @started_at: monotonic time of the program's start, in microseconds
 *
 * Does `run`: a node until a signal or `quit` ends it.
 *
 * Returns: the exit status
 */
int
edge_run (EdgeCliOptions *options,
          gint64          started_at)
{
  g_autoptr(EdgeStateDir) dir = NULL;
  g_autoptr(EdgeNode) node = NULL;
  g_autoptr(EdgeNodeService) service = NULL;
  g_autoptr(EdgeIdentity) identity = NULL;
  g_autoptr(EdgeRunEvents) events = NULL;
  g_autoptr(GMainLoop) loop = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(EdgeNetwork) network = NULL;
  Run run = { NULL };
  int status = 0;

  if (!check_relays (options, &error))
    return edge_cli_output_gerror (options->json, error);

  dir = edge_state_dir_open (options->state, &error);
  if (dir == NULL)
    return edge_cli_output_gerror (options->json, error);

  node = edge_node_new (options->state);
  network = choose_network (options, node, &status);
  if (network == NULL)
    return status;

  /* Whoever asks while the keyring is being unlocked is told that nothing is joined yet. */
  service = edge_node_service_new (node);
  if (!edge_node_service_listen (service, g_steal_pointer (&dir), &error))
    return edge_cli_output_gerror (options->json, error);

  identity = edge_cli_identity_obtain (options, &error);
  if (identity == NULL)
    return edge_cli_output_gerror (options->json, error);

  loop = g_main_loop_new (NULL, FALSE);
  run = (Run) { node, service, loop, FALSE, FALSE };
  events = edge_run_events_new (node, options->json, started_at);
  edge_node_start (node, identity);
  apply (options, node);
  return run_loop (&run, options, events, network);
}
