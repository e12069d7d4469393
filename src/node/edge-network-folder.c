/* edge-network-folder.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-network-folder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/edge-base64.h"
#include "node/edge-node-error.h"

#define SUFFIX ".json"

static char *
make_path (const char *state,
           const char *id,
           const char *suffix)
{
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (state, EDGE_NETWORK_FOLDER, name, NULL);
}

/**
 * edge_network_folder_make:
 * @state: the node's folder
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Returns: whether the folder of the networks is there
 */
gboolean
edge_network_folder_make (const char  *state,
                          GError     **error)
{
  g_autofree char *dir = g_build_filename (state, EDGE_NETWORK_FOLDER, NULL);

  if (g_mkdir_with_parents (dir, 0700) == 0)
    return TRUE;
  g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_STATE_DIR,
               _("The folder %s can’t be made: %s"), dir, g_strerror (errno));
  return FALSE;
}

/**
 * edge_network_folder_ledger:
 * @state: the node's folder
 * @id: a network's id
 *
 * Returns: (transfer full): where its ledger is
 */
char *
edge_network_folder_ledger (const char *state,
                            const char *id)
{
  return make_path (state, id, ".sqlite");
}

/**
 * edge_network_folder_file:
 * @state: the node's folder
 * @id: a network's id
 *
 * Returns: (transfer full): where its network file is
 */
char *
edge_network_folder_file (const char *state,
                          const char *id)
{
  return make_path (state, id, SUFFIX);
}

static EdgeNetwork *
load (const char  *state,
      const char  *id,
      GError     **error)
{
  g_autofree char *path = make_path (state, id, SUFFIX);
  g_autofree char *text = NULL;
  g_autoptr(EdgeNetwork) network = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  network = edge_network_parse (text, length, error);
  if (network == NULL)
    return NULL;
  if (!g_str_equal (network->id, id))
    {
      g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NETWORK_FILE,
                   _("The file %s is of another network than its name says"), path);
      return NULL;
    }
  return g_steal_pointer (&network);
}

static int
compare_networks (gconstpointer a,
                  gconstpointer b)
{
  const EdgeNetwork *first = *(EdgeNetwork * const *) a;
  const EdgeNetwork *second = *(EdgeNetwork * const *) b;
  int order = g_utf8_collate (first->name, second->name);

  return order != 0 ? order : g_strcmp0 (first->id, second->id);
}

/**
 * edge_network_folder_list:
 * @state: the node's folder
 *
 * Returns: (transfer full) (element-type EdgeNetwork): the networks known there, by name
 */
GPtrArray *
edge_network_folder_list (const char *state)
{
  GPtrArray *networks = g_ptr_array_new_with_free_func ((GDestroyNotify) edge_network_free);
  g_autofree char *path = g_build_filename (state, EDGE_NETWORK_FOLDER, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && networks->len < EDGE_NETWORK_FOLDER_MAX &&
         (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *id = NULL;
      g_autoptr(GError) error = NULL;
      EdgeNetwork *network;

      if (!g_str_has_suffix (name, SUFFIX))
        continue;
      id = g_strndup (name, strlen (name) - strlen (SUFFIX));
      if (!edge_base64url_is_key (id))
        continue;
      network = load (state, id, &error);
      if (network != NULL)
        g_ptr_array_add (networks, network);
      else
        g_message ("%s is not used: %s", name, error->message);
    }

  g_ptr_array_sort (networks, compare_networks);
  return networks;
}

/**
 * edge_network_folder_find:
 * @state: the node's folder
 * @wanted: an id, or a name
 * @error: return location for an `EDGE_NODE_ERROR`
 *
 * Returns: (transfer full) (nullable): the one network that is meant
 */
EdgeNetwork *
edge_network_folder_find (const char  *state,
                          const char  *wanted,
                          GError     **error)
{
  g_autoptr(GPtrArray) networks = edge_network_folder_list (state);
  EdgeNetwork *found = NULL;

  for (guint i = 0; i < networks->len; i++)
    {
      EdgeNetwork *network = networks->pdata[i];

      if (g_str_equal (network->id, wanted))
        return edge_network_copy (network);
      if (!g_str_equal (network->name, wanted))
        continue;
      if (found != NULL)
        {
          g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_AMBIGUOUS,
                       _("More than one network has the name “%s”; type its id"), wanted);
          return NULL;
        }
      found = network;
    }

  if (found == NULL)
    g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                 _("No network is known here by the name or id “%s”"), wanted);
  return found != NULL ? edge_network_copy (found) : NULL;
}

/**
 * edge_network_folder_save:
 * @state: the node's folder
 * @network: a network
 * @error: return location for an `EDGE_NODE_ERROR` or `G_FILE_ERROR`
 *
 * Keeps a network, so that it can be found by its id and name.
 *
 * Returns: whether it is kept
 */
gboolean
edge_network_folder_save (const char         *state,
                          const EdgeNetwork  *network,
                          GError            **error)
{
  g_autofree char *path = make_path (state, network->id, SUFFIX);
  g_autofree char *text = edge_network_to_text (network);

  return edge_network_folder_make (state, error) &&
         g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
