/* edge-cli-visit.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-cli-visit.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "node/edge-node-error.h"
#include "node/edge-node-service.h"
#include "node/edge-state-dir.h"

#define INTERFACE     "org.edgenet.EdgeNet1"
#define LIMIT_SECONDS 10
#define AGAIN_MS      50

typedef struct
{
  GMainLoop       *loop;
  GCancellable    *cancellable;
  GDBusConnection *connection;
  const char      *method;
  GVariant        *parameters;
  const char      *reply_type;
  guint            limit_seconds;
  guint            again_source;
  GVariant        *reply;
  GError          *error;
} Visit;

static void call (Visit *visit);

static gboolean
again_cb (gpointer user_data)
{
  Visit *visit = user_data;

  visit->again_source = 0;
  call (visit);
  return G_SOURCE_REMOVE;
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Visit *visit = user_data;

  visit->reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &visit->error);
  /* A node that has just started opens its ledger. */
  if (g_error_matches (visit->error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_OPENING) &&
      !g_cancellable_is_cancelled (visit->cancellable))
    {
      g_clear_error (&visit->error);
      visit->again_source = g_timeout_add (AGAIN_MS, again_cb, visit);
      return;
    }
  g_main_loop_quit (visit->loop);
}

static void
call (Visit *visit)
{
  g_dbus_connection_call (visit->connection, NULL, EDGE_NODE_SERVICE_PATH, INTERFACE,
                          visit->method, visit->parameters, G_VARIANT_TYPE (visit->reply_type),
                          G_DBUS_CALL_FLAGS_NONE, (int) visit->limit_seconds * 1000,
                          visit->cancellable, called_cb, visit);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Visit *visit = user_data;

  visit->connection = g_dbus_connection_new_for_address_finish (result, &visit->error);
  if (visit->connection == NULL)
    {
      g_main_loop_quit (visit->loop);
      return;
    }

  call (visit);
}

static gboolean
limit_cb (gpointer user_data)
{
  Visit *visit = user_data;

  g_cancellable_cancel (visit->cancellable);
  return G_SOURCE_CONTINUE;
}

static void
explain (Visit       *visit,
         const char  *state,
         GError     **error)
{
  /* Names of errors that came over D-Bus are for programs. */
  g_dbus_error_strip_remote_error (visit->error);

  if (g_error_matches (visit->error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_error_matches (visit->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                 _("The node in %s did not answer within %u seconds"), state,
                 visit->limit_seconds);
  else if (visit->connection == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, _("No node runs in %s"), state);
  else
    {
      g_propagate_error (error, g_steal_pointer (&visit->error));
      return;
    }

  g_clear_error (&visit->error);
}

/**
 * edge_cli_visit_call:
 * @state: the node's folder
 * @method: a method of `org.edgenet.EdgeNet1`
 * @parameters: (nullable): what it takes
 * @reply_type: what it gives back
 * @error: return location; %G_IO_ERROR_NOT_CONNECTED when no node runs there
 *
 * Asks the node that runs in a folder. Waits ten seconds at most.
 *
 * Returns: (transfer full): its answer
 */
GVariant *
edge_cli_visit_call (const char  *state,
                     const char  *method,
                     GVariant    *parameters,
                     const char  *reply_type,
                     GError     **error)
{
  return edge_cli_visit_call_long (state, method, parameters, reply_type, LIMIT_SECONDS, error);
}

/**
 * edge_cli_visit_call_long:
 * @state: the node's folder
 * @method: a method of `org.edgenet.EdgeNet1`
 * @parameters: (nullable): what it takes
 * @reply_type: what it gives back
 * @limit_seconds: how long to wait at most
 * @error: return location; %G_IO_ERROR_NOT_CONNECTED when no node runs there
 *
 * As edge_cli_visit_call(), for what may take long.
 *
 * Returns: (transfer full): its answer
 */
GVariant *
edge_cli_visit_call_long (const char  *state,
                          const char  *method,
                          GVariant    *parameters,
                          const char  *reply_type,
                          guint        limit_seconds,
                          GError     **error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GDBusConnection) connection = NULL;
  g_autofree char *address = NULL;
  int dir_fd;
  guint limit;
  Visit visit = { loop, cancellable, NULL, method, parameters, reply_type, limit_seconds, 0, NULL, NULL };

  /* Makes errors of the node known by their D-Bus names. */
  edge_node_error_quark ();

  address = edge_state_dir_dup_address (state, &dir_fd);
  limit = g_timeout_add_seconds (limit_seconds, limit_cb, &visit);
  g_dbus_connection_new_for_address (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL,
                                     cancellable, connected_cb, &visit);
  g_main_loop_run (loop);
  g_source_remove (limit);
  g_clear_handle_id (&visit.again_source, g_source_remove);
  if (dir_fd >= 0)
    close (dir_fd);

  connection = visit.connection;
  if (visit.reply == NULL)
    explain (&visit, state, error);
  return visit.reply;
}
