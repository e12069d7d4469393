/* edge-relay-http.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-http.h"

#include "config.h"

#include <string.h>

#include "relay/edge-relay-ice.h"

/* What the relay answers over HTTP, and the WebSocket handshake. The numbers
 * name no node and no room: a room's tag is what lets one into it. */

/* RFC 6585, section 4. */
#define STATUS_TOO_MANY_REQUESTS 429

static const char *refusals[EDGE_RELAY_N_REFUSALS] = {
  [EDGE_RELAY_REFUSAL_RATE] = "rate",
  [EDGE_RELAY_REFUSAL_MALFORMED] = "malformed",
  [EDGE_RELAY_REFUSAL_ADDRESS] = "address",
  [EDGE_RELAY_REFUSAL_ORIGIN] = "origin",
  [EDGE_RELAY_REFUSAL_TOKEN] = "token",
  [EDGE_RELAY_REFUSAL_SIGNATURE] = "signature",
  [EDGE_RELAY_REFUSAL_UNPROVEN] = "unproven",
  [EDGE_RELAY_REFUSAL_TARGET] = "target",
  [EDGE_RELAY_REFUSAL_BUSY] = "busy",
  [EDGE_RELAY_REFUSAL_FULL] = "full",
};

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *content_type,
        GString           *body)
{
  gsize length = body->len;

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, content_type, SOUP_MEMORY_TAKE,
                                    g_string_free_and_steal (body), length);
}

static void
answer_error (SoupServerMessage *message,
              guint              status,
              const char        *reason)
{
  GString *body = g_string_new (NULL);

  g_string_printf (body, "{\"error\":\"%s\"}\n", reason);
  answer (message, status, "application/json", body);
}

static gint64
uptime (EdgeRelay *self)
{
  return (g_get_monotonic_time () - self->started_at) / G_USEC_PER_SEC;
}

static void
answer_health (EdgeRelay         *self,
               SoupServerMessage *message)
{
  GString *body = g_string_new (NULL);

  g_string_printf (body, "{\"status\":\"%s\",\"nodes\":%u,\"uptime\":%" G_GINT64_FORMAT
                   ",\"version\":\"" EDGE_VERSION "\"}\n",
                   self->draining ? "draining" : "healthy", self->n_members, uptime (self));
  answer (message, self->draining ? SOUP_STATUS_SERVICE_UNAVAILABLE : SOUP_STATUS_OK,
          "application/json", body);
}

static guint
connections (EdgeRelay *self)
{
  return self->active.length + self->leaving.length;
}

static void
answer_stats (EdgeRelay         *self,
              SoupServerMessage *message)
{
  GString *body = g_string_new (NULL);
  GHashTableIter iter;
  gpointer room;
  guint largest = 0;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    largest = MAX (largest, ((EdgeRelayRoom *) room)->members->len);

  g_string_printf (body, "{\"totalNodes\":%u,\"activeNodes\":%u,\"provenNodes\":%u,\"rooms\":%u,"
                   "\"largestRoom\":%u,\"connections\":%u,\"framesIn\":%" G_GUINT64_FORMAT
                   ",\"framesOut\":%" G_GUINT64_FORMAT ",\"bytesIn\":%" G_GUINT64_FORMAT
                   ",\"bytesOut\":%" G_GUINT64_FORMAT ",\"uptime\":%" G_GINT64_FORMAT
                   ",\"version\":\"" EDGE_VERSION "\"}\n",
                   self->n_members, self->n_members, self->n_proven,
                   g_hash_table_size (self->rooms), largest, connections (self),
                   self->n_frames_in, self->n_frames_out, self->n_bytes_in, self->n_bytes_out,
                   uptime (self));
  answer (message, SOUP_STATUS_OK, "application/json", body);
}

static void
append_metric (GString    *body,
               const char *name,
               const char *type,
               const char *help,
               guint64     value)
{
  g_string_append_printf (body, "# HELP edge_relay_%s %s\n# TYPE edge_relay_%s %s\n"
                          "edge_relay_%s %" G_GUINT64_FORMAT "\n",
                          name, help, name, type, name, value);
}

static void
answer_metrics (EdgeRelay         *self,
                SoupServerMessage *message)
{
  GString *body = g_string_new (NULL);

  append_metric (body, "connections", "gauge", "WebSocket connections.", connections (self));
  append_metric (body, "nodes", "gauge", "Registered nodes.", self->n_members);
  append_metric (body, "proven_nodes", "gauge", "Nodes that have proven their id.", self->n_proven);
  append_metric (body, "rooms", "gauge", "Rooms in use.", g_hash_table_size (self->rooms));
  append_metric (body, "addresses", "gauge", "Client addresses known.",
                 edge_relay_addresses_count (self->addresses));
  append_metric (body, "uptime_seconds", "gauge", "Time since start.", uptime (self));
  append_metric (body, "handshakes_total", "counter", "WebSocket handshakes.", self->n_handshakes);
  append_metric (body, "frames_in_total", "counter", "Frames received.", self->n_frames_in);
  append_metric (body, "frames_out_total", "counter", "Frames sent.", self->n_frames_out);
  append_metric (body, "bytes_in_total", "counter", "Payload bytes received.", self->n_bytes_in);
  append_metric (body, "bytes_out_total", "counter", "Payload bytes sent.", self->n_bytes_out);

  g_string_append (body, "# HELP edge_relay_refused_total What was not taken, by reason.\n"
                   "# TYPE edge_relay_refused_total counter\n");
  for (guint i = 0; i < EDGE_RELAY_N_REFUSALS; i++)
    g_string_append_printf (body, "edge_relay_refused_total{reason=\"%s\"} %" G_GUINT64_FORMAT "\n",
                            refusals[i], self->n_refused[i]);

  answer (message, SOUP_STATUS_OK, "text/plain; version=0.0.4; charset=utf-8", body);
}

static const char *
bearer_token (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  if (value != NULL && g_ascii_strncasecmp (value, "Bearer ", 7) == 0)
    return value + 7;
  return NULL;
}

static void
answer_ice_servers (EdgeRelay         *self,
                    SoupServerMessage *message)
{
  const char *token = bearer_token (message);
  GString *body;

  if (!edge_relay_token_is_right (self, token, token != NULL ? strlen (token) : 0))
    {
      self->n_refused[EDGE_RELAY_REFUSAL_TOKEN]++;
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "WWW-Authenticate", "Bearer");
      answer_error (message, SOUP_STATUS_UNAUTHORIZED, "This relay asks for its room token");
      return;
    }

  body = g_string_new ("{\"iceServers\":");
  edge_relay_ice_append_array (body, self->config, "edge-net", g_get_real_time () / G_USEC_PER_SEC);
  g_string_append_printf (body, ",\"ttl\":%u}\n", self->config->turn_ttl);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Cache-Control", "no-store");
  answer (message, SOUP_STATUS_OK, "application/json", body);
}

static EdgeRelayAddress *
find_address (EdgeRelay         *self,
              SoupServerMessage *message,
              gint64             now)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  g_autoptr(GInetAddress) forwarded = NULL;
  g_autofree char *key = NULL;
  GInetAddress *address;

  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return NULL;
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote));

  if (self->config->trust_proxy)
    {
      SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
      const char *list = soup_message_headers_get_list (headers, "X-Forwarded-For");
      const char *comma = list != NULL ? strrchr (list, ',') : NULL;
      g_autofree char *last = g_strdup (comma != NULL ? comma + 1 : list);

      /* The last entry is the proxy's own word; those before it are the client's. */
      if (last != NULL)
        forwarded = g_inet_address_new_from_string (g_strstrip (last));
      if (forwarded != NULL)
        address = forwarded;
    }

  key = edge_relay_addresses_key (address);
  return edge_relay_addresses_lookup (self->addresses, key, now);
}

static void
allow_origin (EdgeRelay         *self,
              SoupServerMessage *message,
              const char        *origin)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Access-Control-Allow-Origin",
                                self->config->origins == NULL ? "*" : origin);
  if (self->config->origins != NULL)
    soup_message_headers_replace (headers, "Vary", "Origin");
}

static void
take_over (EdgeRelay         *self,
           SoupServerMessage *message,
           EdgeRelayAddress  *address)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  int fd = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (remote), EDGE_RELAY_ACCEPTED));
  g_autoptr(GIOStream) stream = soup_server_message_steal_connection (message);
  g_autoptr(GError) error = NULL;
  gint64 now = g_get_monotonic_time ();
  EdgeRelaySession *session = edge_relay_session_new (self, address, now);

  session->socket = edge_relay_socket_new (self->poller, stream, fd,
                                           self->certificate != NULL, self->config->max_frame,
                                           self->config->max_queue, &edge_relay_session_funcs,
                                           session, &error);
  if (session->socket == NULL)
    {
      g_debug ("%s", error->message);
      edge_relay_addresses_leave (self->addresses, address, now);
      edge_relay_session_free (session);
      return;
    }

  g_queue_push_tail_link (&self->active, &session->link);
  self->n_handshakes++;
  edge_relay_socket_begin (session->socket);
}

typedef struct
{
  EdgeRelay        *relay;
  EdgeRelayAddress *address;
} Upgrade;

static void
upgrade_wrote_cb (SoupServerMessage *message,
                  gpointer           user_data)
{
  Upgrade *upgrade = user_data;
  EdgeRelayAddress *address = g_steal_pointer (&upgrade->address);

  if (address != NULL)
    take_over (upgrade->relay, message, address);
}

/* Also when the client went away before it had the answer. */
static void
upgrade_free (gpointer  data,
              GClosure *closure)
{
  Upgrade *upgrade = data;

  if (upgrade->address != NULL)
    edge_relay_addresses_leave (upgrade->relay->addresses, upgrade->address,
                                g_get_monotonic_time ());
  g_object_unref (upgrade->relay);
  g_free (upgrade);
}

static void
answer_upgrade (EdgeRelay         *self,
                SoupServerMessage *message,
                EdgeRelayAddress  *address)
{
  Upgrade *upgrade;

  if (self->draining)
    {
      answer_error (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "This relay is going down");
      return;
    }

  if (!edge_relay_addresses_enter (self->addresses, address))
    {
      self->n_refused[EDGE_RELAY_REFUSAL_ADDRESS]++;
      answer_error (message, STATUS_TOO_MANY_REQUESTS,
                    "Too many connections from this address");
      return;
    }

  if (!soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL))
    {
      edge_relay_addresses_leave (self->addresses, address, g_get_monotonic_time ());
      return;
    }

  upgrade = g_new0 (Upgrade, 1);
  upgrade->relay = g_object_ref (self);
  upgrade->address = address;
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (upgrade_wrote_cb),
                         upgrade, upgrade_free, 0);
}

static gboolean
wants_upgrade (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_header_contains (headers, "Upgrade", "websocket");
}

static void
answer_get (EdgeRelay         *self,
            SoupServerMessage *message,
            const char        *path)
{
  if (g_str_equal (path, "/health"))
    answer_health (self, message);
  else if (g_str_equal (path, "/stats"))
    answer_stats (self, message);
  else if (g_str_equal (path, "/metrics"))
    answer_metrics (self, message);
  else if (g_str_equal (path, "/api/ice-servers"))
    answer_ice_servers (self, message);
  else if (g_str_equal (path, "/"))
    answer (message, SOUP_STATUS_OK, "text/plain",
            g_string_new ("Edge-Net relay " EDGE_VERSION "\n"));
  else
    answer_error (message, SOUP_STATUS_NOT_FOUND, "Not found");
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  EdgeRelay *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *method = soup_server_message_get_method (message);
  gint64 now = g_get_monotonic_time ();
  EdgeRelayAddress *address = find_address (self, message, now);

  if (address == NULL || !edge_token_bucket_take (&address->requests, 1, now))
    {
      self->n_refused[EDGE_RELAY_REFUSAL_RATE]++;
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Retry-After", "10");
      answer_error (message, STATUS_TOO_MANY_REQUESTS, "Too many requests");
      return;
    }

  if (!edge_relay_origin_is_ok (self, origin))
    {
      self->n_refused[EDGE_RELAY_REFUSAL_ORIGIN]++;
      answer_error (message, SOUP_STATUS_FORBIDDEN, "This web origin may not use the relay");
      return;
    }
  if (origin != NULL)
    allow_origin (self, message, origin);

  if (g_str_equal (method, "OPTIONS"))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Access-Control-Allow-Headers", "Authorization");
      soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
    }
  else if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD"))
    answer_error (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "Only GET is answered");
  else if (wants_upgrade (message))
    answer_upgrade (self, message, address);
  else
    answer_get (self, message, path);
}

/* Nothing here reads a request's body, so none is kept. */
static void
headers_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

/** edge_relay_http_attach: has the relay's SoupServer answer. */
void
edge_relay_http_attach (EdgeRelay *self)
{
  soup_server_add_early_handler (self->server, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
}
