/* edge-node-ledger.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <glib/gstdio.h>
#include <string.h>

static gboolean
make_dir (EdgeNode  *self,
          GError   **error)
{
  /* Who keeps nothing still needs room for the ledger while it runs. */
  if (self->state_dir == NULL)
    {
      if (self->ledger_dir == NULL)
        self->ledger_dir = g_dir_make_tmp ("edge-net-XXXXXX", error);
      return self->ledger_dir != NULL;
    }

  g_free (self->ledger_dir);
  self->ledger_dir = g_build_filename (self->state_dir, EDGE_NETWORK_FOLDER, NULL);
  return edge_network_folder_make (self->state_dir, error);
}

/* _edge_node_drop_ledgers: removes what was kept only while the node ran. */
void
_edge_node_drop_ledgers (EdgeNode *self)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (self->state_dir != NULL || self->ledger_dir == NULL)
    return;
  dir = g_dir_open (self->ledger_dir, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->ledger_dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->ledger_dir);
}

static void
report (EdgeNode     *self,
        const GError *error)
{
  g_autofree char *message = g_strdup_printf (_("The ledger can’t be opened: %s"), error->message);

  _edge_node_emit_problem (self, "ledger", message,
                           _("Make room on the disk, and see that the folder belongs to you; then "
                             "join again."));
}

static void
repaired_cb (EdgeLedger *ledger,
             guint64     n_saved,
             EdgeNode   *self)
{
  g_autofree char *message = NULL;

  message = g_strdup_printf (_("The file of the ledger was damaged; %" PRIu64
                               " events could be read"), n_saved);
  _edge_node_emit_problem (self, "ledger_repaired", message,
                           _("Peers bring what is missing. Check the disk."));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeNode) self = user_data;
  EdgeLedger *ledger = EDGE_LEDGER (source);
  g_autoptr(GError) error = NULL;
  gboolean open = edge_ledger_open_finish (ledger, result, &error);

  /* The network was left meanwhile. */
  if (self->ledger != ledger)
    return;
  if (!open)
    {
      report (self, error);
      return;
    }

  _edge_node_hold_key (self);
  self->books = edge_books_new (ledger, self->identity,
                                edge_membership_get_mesh (self->membership));
  edge_books_set_paused (self->books, self->state == EDGE_NODE_STATE_PAUSED);
  _edge_node_watch_key (self);
  _edge_node_notify (self, PROP_BOOKS);
  _edge_node_open_members (self);
}

static void
open_wanted (EdgeNode *self)
{
  g_autofree char *name = g_strconcat (self->network->id, ".sqlite", NULL);
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  EdgeId key;

  self->opening = FALSE;
  if (!make_dir (self, &error))
    {
      report (self, error);
      return;
    }

  path = g_build_filename (self->ledger_dir, name, NULL);
  memcpy (key.bytes, edge_identity_get_public_key (self->identity), EDGE_ID_SIZE);
  self->ledger = edge_ledger_new (path);
  edge_ledger_watch (self->ledger, &key);
  edge_ledger_set_archive (self->ledger, self->store->archive, EDGE_LEDGER_KEEP);
  g_signal_connect_object (self->ledger, "repaired", G_CALLBACK (repaired_cb), self,
                           G_CONNECT_DEFAULT);
  _edge_node_watch_repair (self);
  edge_ledger_open_async (self->ledger, self->network->genesis, NULL, opened_cb, g_object_ref (self));
}

/* _edge_node_open_ledger: opens the ledger of the network joined, once the one before is closed. */
void
_edge_node_open_ledger (EdgeNode *self)
{
  self->opening = TRUE;
  if (self->n_closing == 0)
    open_wanted (self);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeNode) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!edge_ledger_close_finish (EDGE_LEDGER (source), result, &error))
    _edge_node_emit_problem (self, "ledger", error->message, _("Check the disk."));
  self->n_closing--;
  if (self->n_closing == 0 && self->opening)
    open_wanted (self);
  _edge_node_finish_leave (self);
}

/* _edge_node_close_ledger: closes the ledger in order, in the background. */
void
_edge_node_close_ledger (EdgeNode *self)
{
  g_autoptr(EdgeLedger) ledger = g_steal_pointer (&self->ledger);

  self->opening = FALSE;
  _edge_node_release_key (self);
  _edge_node_close_members (self);
  if (self->books != NULL)
    {
      g_object_run_dispose (G_OBJECT (self->books));
      g_clear_object (&self->books);
      _edge_node_notify (self, PROP_BOOKS);
    }
  if (ledger == NULL)
    return;

  g_signal_handlers_disconnect_by_data (ledger, self);
  self->n_closing++;
  edge_ledger_close_async (ledger, NULL, closed_cb, g_object_ref (self));
}

/**
 * edge_node_set_archive:
 * @self: a node
 * @archive: whether to keep the text of all events, or of final ones only what judges
 *   later ones
 *
 * Chooses what is kept of ledgers, from the next checkpoint on.
 */
void
edge_node_set_archive (EdgeNode *self,
                       gboolean  archive)
{
  g_return_if_fail (EDGE_IS_NODE (self));

  if (self->store->archive == archive)
    return;
  self->store->archive = archive;
  if (self->ledger != NULL)
    edge_ledger_set_archive (self->ledger, archive, EDGE_LEDGER_KEEP);
  _edge_node_save (self);
}
