/* edge-cli-folder.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-folder.h"

#include <glib/gi18n.h>

#include "node/edge-node-error.h"

/* A ledger's call, waited for. */
typedef struct
{
  GMainLoop *loop;
  gboolean   done;
  GError    *error;
} Wait;

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Wait *wait = user_data;

  wait->done = edge_ledger_open_finish (EDGE_LEDGER (source), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Wait *wait = user_data;

  wait->done = edge_ledger_close_finish (EDGE_LEDGER (source), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static EdgeNetwork *
find_last (EdgeNodeStore *store,
           const char    *state)
{
  if (store->chosen != NULL)
    return edge_network_folder_find (state, store->chosen, NULL);
  return store->network != NULL ? edge_network_new_open (store->network) : NULL;
}

/**
 * edge_cli_folder_open:
 * @self: (out caller-allocates): a folder, all zero
 * @options: the command line
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Takes the folder, unless a node runs in it: then `dir` is %NULL.
 *
 * Returns: whether nothing went wrong
 */
gboolean
edge_cli_folder_open (EdgeCliFolder   *self,
                      EdgeCliOptions  *options,
                      GError         **error)
{
  g_autoptr(GError) local = NULL;

  self->dir = edge_state_dir_open (options->state, &local);
  if (self->dir == NULL)
    {
      if (g_error_matches (local, EDGE_NODE_ERROR, EDGE_NODE_ERROR_IN_USE))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  self->store = edge_node_store_new ();
  if (!edge_node_store_load (self->store, options->state, error))
    return FALSE;
  self->network = find_last (self->store, options->state);
  return TRUE;
}

/**
 * edge_cli_folder_choose:
 * @self: a folder that is ours
 * @options: the command line
 * @network: the network to join at the next start
 * @error: return location for an `EDGE_NODE_ERROR` or `G_FILE_ERROR`
 *
 * Returns: whether it is written
 */
gboolean
edge_cli_folder_choose (EdgeCliFolder      *self,
                        EdgeCliOptions     *options,
                        const EdgeNetwork  *network,
                        GError            **error)
{
  g_clear_pointer (&self->network, edge_network_free);
  self->network = edge_network_copy (network);
  g_set_str (&self->store->network, network->name);
  g_set_str (&self->store->chosen, network->id);
  return edge_network_folder_save (options->state, network, error) &&
         edge_node_store_save (self->store, options->state, error);
}

/**
 * edge_cli_folder_open_ledger:
 * @self: a folder that is ours
 * @options: the command line
 * @error: return location for an `EDGE_NODE_ERROR` or `EDGE_LEDGER_ERROR`
 *
 * Opens the ledger of the network joined last and waits for it.
 *
 * Returns: whether it is open
 */
gboolean
edge_cli_folder_open_ledger (EdgeCliFolder   *self,
                             EdgeCliOptions  *options,
                             GError         **error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *path = NULL;
  Wait wait = { loop, FALSE, NULL };

  if (self->network == NULL)
    {
      g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                           _("No network was joined yet"));
      return FALSE;
    }
  if (!edge_network_folder_make (options->state, error))
    return FALSE;

  path = edge_network_folder_ledger (options->state, self->network->id);
  self->ledger = edge_ledger_new (path);
  edge_ledger_set_archive (self->ledger, self->store->archive, EDGE_LEDGER_KEEP);
  edge_ledger_open_async (self->ledger, self->network->genesis, NULL, opened_cb, &wait);
  g_main_loop_run (loop);
  if (!wait.done)
    {
      g_clear_object (&self->ledger);
      g_propagate_error (error, wait.error);
    }
  return wait.done;
}

void
edge_cli_folder_clear (EdgeCliFolder *self)
{
  if (self->ledger != NULL)
    {
      g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
      Wait wait = { loop, FALSE, NULL };

      edge_ledger_close_async (self->ledger, NULL, closed_cb, &wait);
      g_main_loop_run (loop);
      if (!wait.done)
        g_printerr ("edge-net-node: %s\n", wait.error->message);
      g_clear_error (&wait.error);
      g_clear_object (&self->ledger);
    }
  g_clear_pointer (&self->network, edge_network_free);
  g_clear_pointer (&self->store, edge_node_store_free);
  g_clear_pointer (&self->dir, edge_state_dir_close);
}
