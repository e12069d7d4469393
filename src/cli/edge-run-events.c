/* edge-run-events.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/edge-run-events.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <math.h>

#include "cli/edge-cli-output.h"
#include "cli/edge-cli-text.h"
#include "node/edge-ledger-report.h"
#include "node/edge-node-report.h"

/**
 * EdgeRunEvents:
 *
 * Prints what happens to a node that runs on a terminal: a line for each event,
 * in JSON or in words.
 */

#define SHORT_ID 8

struct _EdgeRunEvents
{
  GObject     parent_instance;

  EdgeNode   *node;
  GHashTable *told;
  gint64      started_at;
  gboolean    json;
  gboolean    ready;
};

G_DEFINE_FINAL_TYPE (EdgeRunEvents, edge_run_events, G_TYPE_OBJECT)

static void
tell (EdgeRunEvents *self,
      const char    *event,
      JsonObject    *members)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonObject) taken = members;
  g_autoptr(GList) names = json_object_get_members (members);
  JsonObject *object = json_object_new ();

  /* What and when come first on each line, for who reads along. */
  json_object_set_string_member (object, "event", event);
  json_object_set_int_member (object, "ms", (g_get_monotonic_time () - self->started_at) / 1000);
  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (object, l->data, json_object_dup_member (members, l->data));
  json_node_take_object (node, object);
  edge_cli_output_node (node);
}

static void
say (const char *text)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S");
  g_autofree char *line = g_strdup_printf ("%s  %s", time, text);

  edge_cli_output_line (line);
}

static char *
name_peer (EdgePeer *peer)
{
  if (edge_peer_get_name (peer) != NULL)
    return edge_cli_text_clean (edge_peer_get_name (peer));

  return g_strndup (edge_peer_get_id (peer), SHORT_ID);
}

static char *
describe_link (EdgePeer   *peer,
               const char *name)
{
  switch (edge_peer_get_path (peer))
    {
    case EDGE_PEER_PATH_TURN:
      return g_strdup_printf (_("%s: linked through a TURN server"), name);
    case EDGE_PEER_PATH_RELAYED:
      return g_strdup_printf (_("%s: linked through the relay"), name);
    case EDGE_PEER_PATH_NONE:
    case EDGE_PEER_PATH_DIRECT:
    default:
      return g_strdup_printf (_("%s: linked directly"), name);
    }
}

static char *
describe_peer (EdgePeer *peer)
{
  g_autofree char *name = name_peer (peer);

  switch (edge_peer_get_state (peer))
    {
    case EDGE_PEER_STATE_CONNECTED:
      return describe_link (peer, name);
    case EDGE_PEER_STATE_STALE:
      return g_strdup_printf (_("%s: silent, linking again"), name);
    case EDGE_PEER_STATE_CLOSED:
      return g_strdup_printf (_("%s: gone"), name);
    case EDGE_PEER_STATE_NEW:
    case EDGE_PEER_STATE_CONNECTING:
    case EDGE_PEER_STATE_VERIFYING:
    default:
      return NULL;
    }
}

/* Whether this differs from what was told of the peer last: a change of state,
 * path and name in one go is one event. */
static gboolean
is_news (EdgeRunEvents *self,
         EdgePeer      *peer,
         const char    *summary)
{
  const char *id = edge_peer_get_id (peer);

  if (g_strcmp0 (g_hash_table_lookup (self->told, id), summary) == 0)
    return FALSE;

  g_hash_table_replace (self->told, g_strdup (id), g_strdup (summary));
  return TRUE;
}

static void
say_peer (EdgeRunEvents *self,
          EdgePeer      *peer)
{
  g_autofree char *text = describe_peer (peer);

  if (text != NULL && is_news (self, peer, text))
    say (text);
}

static void
peer_changed_cb (EdgeNode      *node,
                 EdgePeer      *peer,
                 EdgeRunEvents *self)
{
  g_autofree char *summary = NULL;
  JsonObject *object;

  /* A link that has its path set before its state, or cleared, is between two events. */
  if (edge_peer_get_state (peer) == EDGE_PEER_STATE_CONNECTED &&
      edge_peer_get_path (peer) == EDGE_PEER_PATH_NONE)
    return;

  if (!self->json)
    {
      say_peer (self, peer);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "peer", edge_peer_get_id (peer));
  edge_node_report_string (object, "name", edge_peer_get_name (peer));
  json_object_set_string_member (object, "state",
                                 edge_peer_state_to_string (edge_peer_get_state (peer)));
  edge_node_report_string (object, "path", edge_peer_path_to_string (edge_peer_get_path (peer)));
  edge_node_report_string (object, "found", edge_peer_get_found (peer));

  summary = g_strdup_printf ("%d %d %s", edge_peer_get_state (peer), edge_peer_get_path (peer),
                             edge_peer_get_name (peer) ? edge_peer_get_name (peer) : "");
  if (is_news (self, peer, summary))
    tell (self, "peer", object);
  else
    json_object_unref (object);
}

static void
peer_forgotten_cb (EdgeNode      *node,
                   const char    *peer_id,
                   EdgeRunEvents *self)
{
  g_hash_table_remove (self->told, peer_id);
}

static void
peer_measured_cb (EdgeNode      *node,
                  EdgePeer      *peer,
                  EdgeRunEvents *self)
{
  JsonObject *object;

  if (!self->json || isnan (edge_peer_get_latency (peer)))
    return;

  object = json_object_new ();
  json_object_set_string_member (object, "peer", edge_peer_get_id (peer));
  edge_node_report_ms (object, "latency_ms", edge_peer_get_latency (peer));
  edge_node_report_ms (object, "jitter_ms", edge_peer_get_jitter (peer));
  tell (self, "latency", object);
}

static void
message_cb (EdgeNode      *node,
            EdgeMessage   *message,
            EdgeRunEvents *self)
{
  const char *id = edge_message_get_peer_id (message);
  g_autoptr(EdgePeer) peer = edge_node_find_peer (node, id, NULL);
  g_autofree char *name = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *line = NULL;
  JsonObject *object;

  if (self->json)
    {
      object = json_object_new ();
      json_object_set_string_member (object, "peer", id);
      edge_node_report_string (object, "name", peer != NULL ? edge_peer_get_name (peer) : NULL);
      json_object_set_string_member (object, "text", edge_message_get_text (message));
      tell (self, "message", object);
      return;
    }

  name = peer != NULL ? name_peer (peer) : g_strndup (id, SHORT_ID);
  clean = edge_cli_text_clean (edge_message_get_text (message));
  line = g_strdup_printf (_("%s says: %s"), name, clean);
  say (line);
}

static void
invitation_taken_cb (EdgeNode      *node,
                     EdgePeer      *peer,
                     EdgeRunEvents *self)
{
  g_autofree char *name = NULL;
  g_autofree char *line = NULL;
  JsonObject *object;

  if (self->json)
    {
      object = json_object_new ();
      json_object_set_string_member (object, "peer", edge_peer_get_id (peer));
      edge_node_report_string (object, "name", edge_peer_get_name (peer));
      tell (self, "invitation_taken", object);
      return;
    }

  name = name_peer (peer);
  line = g_strdup_printf (_("%s came with your invitation"), name);
  say (line);
}

static void
book_closed_cb (EdgeNode      *node,
                guint64        n,
                EdgeRunEvents *self)
{
  EdgeBooks *books = edge_node_get_books (node);
  g_autoptr(JsonNode) checkpoint = NULL;
  g_autofree char *line = NULL;
  JsonObject *object;
  int count;

  if (books == NULL)
    return;
  checkpoint = edge_ledger_report_checkpoint (edge_books_get_ledger (books));
  object = json_node_get_object (checkpoint);
  if (self->json)
    {
      tell (self, "checkpoint", json_object_ref (object));
      return;
    }

  count = (int) json_object_get_int_member (object, "count");
  line = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Checkpoint %d: %d event is final",
                                       "Checkpoint %d: %d events are final", (gulong) count),
                          (int) n, count);
  say (line);
}

static void
problem_cb (EdgeNode      *node,
            const char    *code,
            const char    *message,
            const char    *remedy,
            EdgeRunEvents *self)
{
  g_autofree char *line = NULL;
  JsonObject *object;

  if (self->json)
    {
      object = json_object_new ();
      json_object_set_string_member (object, "code", code);
      json_object_set_string_member (object, "message", message);
      edge_node_report_string (object, "remedy", remedy);
      tell (self, "error", object);
      return;
    }

  line = g_strdup_printf ("%s. %s", message, remedy);
  say (line);
}

static void
headline_changed_cb (EdgeNode      *node,
                     GParamSpec    *pspec,
                     EdgeRunEvents *self)
{
  g_autofree char *headline = NULL;

  if (self->json || !self->ready)
    return;

  g_object_get (node, "headline", &headline, NULL);
  if (headline != NULL)
    say (headline);
}

static void
edge_run_events_dispose (GObject *object)
{
  EdgeRunEvents *self = EDGE_RUN_EVENTS (object);

  if (self->node != NULL)
    g_signal_handlers_disconnect_by_data (self->node, self);
  g_clear_object (&self->node);
  g_clear_pointer (&self->told, g_hash_table_unref);

  G_OBJECT_CLASS (edge_run_events_parent_class)->dispose (object);
}

static void
edge_run_events_class_init (EdgeRunEventsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = edge_run_events_dispose;
}

static void
edge_run_events_init (EdgeRunEvents *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * edge_run_events_new:
 * @node: a node
 * @json: whether for a program
 * @started_at: monotonic time of the program's start, in microseconds
 *
 * Returns: (transfer full): prints the node's events as long as it lives
 */
EdgeRunEvents *
edge_run_events_new (EdgeNode *node,
                     gboolean  json,
                     gint64    started_at)
{
  EdgeRunEvents *self = g_object_new (EDGE_TYPE_RUN_EVENTS, NULL);

  self->node = g_object_ref (node);
  self->json = json;
  self->started_at = started_at;
  g_signal_connect_object (node, "peer-changed", G_CALLBACK (peer_changed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "peer-measured", G_CALLBACK (peer_measured_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "peer-forgotten", G_CALLBACK (peer_forgotten_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "message", G_CALLBACK (message_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "invitation-taken", G_CALLBACK (invitation_taken_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "book-closed", G_CALLBACK (book_closed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (node, "notify::headline", G_CALLBACK (headline_changed_cb), self,
                           G_CONNECT_DEFAULT);
  return self;
}

static void
say_ready (EdgeRunEvents *self,
           const char    *state)
{
  g_auto(GStrv) relays = edge_node_report_relays (self->node);
  g_autofree char *urls = g_strjoinv (" ", relays);
  g_autofree char *name = NULL;
  g_autofree char *network = NULL;
  g_autofree char *text = NULL;

  g_object_get (self->node, "name", &name, "network-name", &network, NULL);
  text = g_strdup_printf (_("This node is “%s”.\n"
                            "  id       %s\n"
                            "  network  %s\n"
                            "  relay    %s\n"
                            "  folder   %s\n"
                            "Press Ctrl+C to leave."),
                          name, edge_node_get_id (self->node), network, urls, state);
  edge_cli_output_line (text);
}

/**
 * edge_run_events_ready:
 * @self: events
 * @state: the node's folder
 *
 * Prints that the node runs, who it is and by which relays it finds others.
 */
void
edge_run_events_ready (EdgeRunEvents *self,
                       const char    *state)
{
  g_auto(GStrv) relays = NULL;
  g_autofree char *network = NULL;
  JsonArray *array;
  JsonObject *object;

  self->ready = TRUE;
  if (!self->json)
    {
      say_ready (self, state);
      headline_changed_cb (self->node, NULL, self);
      return;
    }

  relays = edge_node_report_relays (self->node);
  array = json_array_new ();
  for (guint i = 0; relays[i] != NULL; i++)
    json_array_add_string_element (array, relays[i]);
  g_object_get (self->node, "network-id", &network, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "id", edge_node_get_id (self->node));
  edge_node_report_string (object, "network", network);
  json_object_set_array_member (object, "relays", array);
  tell (self, "ready", object);
}
