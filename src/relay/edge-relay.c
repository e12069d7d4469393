/* edge-relay.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay.h"

#include "config.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>

#include "relay/edge-relay-http.h"
#include "relay/edge-relay-private.h"
#include "signaling/edge-relay-message.h"

/**
 * EdgeRelay:
 *
 * Lets peers find each other and passes their frames on: WebSocket and HTTP on
 * one port. It keeps nothing but who is connected, and sees nothing but public
 * keys and sealed envelopes.
 *
 * Runs in the main context that starts it; a program can have it built in.
 */

/* HTTP requests, handshakes and TLS greetings that take longer are given up. */
#define HTTP_TIMEOUT_SECONDS 15

#define SWEEP_MS          250
#define CLOSING_FOR       (3 * G_USEC_PER_SEC)
#define BACKLOG           1024

/* Descriptors kept for everything that is no connection of a client. */
#define RESERVED_FILES    64

/* Clients of a relay that goes down come back spread over so many milliseconds. */
#define RETURN_SPREAD_MS  4000

typedef enum
{
  PROP_URL = 1,
} EdgeRelayProperty;

static GParamSpec *properties[PROP_URL + 1];

G_DEFINE_FINAL_TYPE (EdgeRelay, edge_relay, G_TYPE_OBJECT)

EdgeRelayRoom *
edge_relay_enter_room (EdgeRelay  *self,
                       const char *tag)
{
  EdgeRelayRoom *room = g_hash_table_lookup (self->rooms, tag);

  if (room == NULL)
    {
      if (g_hash_table_size (self->rooms) >= self->config->max_rooms)
        return NULL;
      room = edge_relay_room_new (tag);
      g_hash_table_insert (self->rooms, room->tag, room);
    }

  room->users++;
  return room;
}

void
edge_relay_leave_room (EdgeRelay     *self,
                       EdgeRelayRoom *room)
{
  g_assert (room->users > 0);

  if (--room->users == 0)
    g_hash_table_remove (self->rooms, room->tag);
}

/** edge_relay_touch: notes that @session has sent a frame. */
void
edge_relay_touch (EdgeRelay        *self,
                  EdgeRelaySession *session,
                  gint64            now)
{
  session->active_at = now;
  if (session->leaving || session->link.next == NULL)
    return;

  g_queue_unlink (&self->active, &session->link);
  g_queue_push_tail_link (&self->active, &session->link);
}

void
edge_relay_session_leaves (EdgeRelay        *self,
                           EdgeRelaySession *session)
{
  g_assert (!session->leaving);

  session->leaving = TRUE;
  session->active_at = g_get_monotonic_time ();
  g_queue_unlink (&self->active, &session->link);
  g_queue_push_tail_link (&self->leaving, &session->link);
}

static void
finish_drain (EdgeRelay *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->drain);

  g_task_return_boolean (task, TRUE);
}

void
edge_relay_session_is_gone (EdgeRelay        *self,
                            EdgeRelaySession *session)
{
  g_queue_unlink (session->leaving ? &self->leaving : &self->active, &session->link);
  edge_relay_addresses_leave (self->addresses, session->address, g_get_monotonic_time ());
}

gboolean
edge_relay_origin_is_ok (EdgeRelay  *self,
                         const char *origin)
{
  /* Programs send none; the list is about web pages. */
  return origin == NULL || self->config->origins == NULL ||
         g_strv_contains ((const char * const *) self->config->origins, origin);
}

gboolean
edge_relay_token_is_right (EdgeRelay  *self,
                           const char *token,
                           gsize       length)
{
  const char *right = self->config->room_token;

  if (right == NULL)
    return TRUE;
  return token != NULL && length == strlen (right) && sodium_memcmp (token, right, length) == 0;
}

static gboolean
sweep_cb (gpointer user_data)
{
  EdgeRelay *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 idle = self->config->idle_ms * (gint64) 1000;

  while (self->active.head != NULL)
    {
      EdgeRelaySession *session = self->active.head->data;

      if (now - session->active_at < idle)
        break;
      edge_relay_session_end (session, EDGE_RELAY_CLOSE_IDLE, "idle",
                              "Nothing was heard for too long; send a heartbeat", 0);
    }

  for (GList *l = self->leaving.head; l != NULL; l = l->next)
    {
      EdgeRelaySession *session = l->data;

      if (now - session->active_at < CLOSING_FOR && (!self->draining || now < self->drain_until))
        break;
      edge_relay_socket_abort (session->socket);
    }

  edge_relay_addresses_forget (self->addresses, now);
  if (self->drain != NULL && self->active.length + self->leaving.length == 0)
    finish_drain (self);
  return G_SOURCE_CONTINUE;
}

static void
hand_to_http (EdgeRelay         *self,
              GIOStream         *stream,
              GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autoptr(GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr(GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);

  if (self->server == NULL || local == NULL || remote == NULL)
    return;

  /* Not the socket itself, which keeps this very address. */
  g_object_set_data (G_OBJECT (remote), EDGE_RELAY_ACCEPTED,
                     GINT_TO_POINTER (g_socket_get_fd (socket)));
  soup_server_accept_iostream (self->server, stream, local, remote, NULL);
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(EdgeRelay) self = user_data;
  g_autoptr(GIOStream) base = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error))
    {
      g_debug ("TLS: %s", error->message);
      return;
    }

  g_object_get (source, "base-io-stream", &base, NULL);
  hand_to_http (self, G_IO_STREAM (source), G_SOCKET_CONNECTION (base));
}

static void
begin_tls (EdgeRelay         *self,
           GSocketConnection *connection)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GIOStream) tls = NULL;

  tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, &error);
  if (tls == NULL)
    {
      g_debug ("TLS: %s", error->message);
      return;
    }

  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, self->stopped,
                                    handshake_cb, g_object_ref (self));
}

static gboolean
incoming_cb (EdgeRelay         *self,
             GSocketConnection *connection,
             GObject           *source_object,
             GSocketService    *service)
{
  GSocket *socket = g_socket_connection_get_socket (connection);

  if (*self->accepted + self->active.length + self->leaving.length >= self->max_accepted)
    {
      self->n_refused[EDGE_RELAY_REFUSAL_FULL]++;
      return TRUE;
    }
  if (!self->config->trust_proxy &&
      !edge_relay_addresses_admit (self->addresses, socket, g_get_monotonic_time ()))
    {
      self->n_refused[EDGE_RELAY_REFUSAL_ADDRESS]++;
      return TRUE;
    }

  /* The socket lives until it has become a WebSocket or the HTTP request is over. */
  edge_relay_addresses_count_in (socket, self->accepted);

  g_socket_set_timeout (socket, HTTP_TIMEOUT_SECONDS);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  if (self->certificate != NULL)
    begin_tls (self, connection);
  else
    hand_to_http (self, G_IO_STREAM (connection), connection);
  return TRUE;
}

static guint
most_connections (EdgeRelay *self)
{
  struct rlimit files = { 1024, 1024 };
  guint most;

  getrlimit (RLIMIT_NOFILE, &files);
  most = MIN (files.rlim_cur, G_MAXINT);
  most = most > 2 * RESERVED_FILES ? most - RESERVED_FILES : most / 2;
  if (self->config->max_connections > 0)
    most = MIN (most, self->config->max_connections);
  return most;
}

static gboolean
begin_listening (EdgeRelay  *self,
                 GError    **error)
{
  g_autoptr(GSocketAddress) address = edge_relay_config_dup_address (self->config, error);
  g_autoptr(GSocketAddress) effective = NULL;
  g_autoptr(GError) local_error = NULL;
  g_autofree char *host = NULL;
  GInetAddress *inet;

  if (address == NULL)
    return FALSE;

  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                      &effective, &local_error))
    {
      g_set_error (error, local_error->domain, local_error->code,
                   "The relay can't listen on %s: %s", self->config->listen,
                   local_error->message);
      return FALSE;
    }

  inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (effective));
  host = g_inet_address_to_string (inet);
  self->url = g_strdup_printf (g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6
                               ? "%s://[%s]:%u/" : "%s://%s:%u/",
                               self->certificate != NULL ? "wss" : "ws", host,
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective)));
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (incoming_cb), self,
                           G_CONNECT_SWAPPED);
  return TRUE;
}

/**
 * edge_relay_start:
 * @self: a relay that is not running
 * @error: return location for a #GError
 *
 * Begins to listen, in the thread's default main context.
 *
 * Returns: whether it listens; if not, @error says what to do
 */
gboolean
edge_relay_start (EdgeRelay  *self,
                  GError    **error)
{
  g_return_val_if_fail (EDGE_IS_RELAY (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  if (!edge_relay_config_check (self->config, error))
    return FALSE;

  if (self->config->tls_cert != NULL)
    {
      self->certificate = g_tls_certificate_new_from_files (self->config->tls_cert,
                                                            self->config->tls_key, error);
      if (self->certificate == NULL)
        {
          g_prefix_error (error, "The TLS certificate can't be used: ");
          return FALSE;
        }
    }

  self->draining = FALSE;
  self->stopped = g_cancellable_new ();
  self->started_at = g_get_monotonic_time ();
  self->max_accepted = most_connections (self);
  self->poller = edge_relay_poller_new (error);
  if (self->poller == NULL)
    return FALSE;

  self->server = soup_server_new ("server-header", "edge-net-relay/" EDGE_VERSION, NULL);
  edge_relay_http_attach (self);
  if (!begin_listening (self, error))
    {
      edge_relay_stop (self);
      return FALSE;
    }

  self->sweep_id = g_timeout_add (SWEEP_MS, sweep_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URL]);
  return TRUE;
}

static void
stop_listening (EdgeRelay *self)
{
  if (self->service == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
}

/**
 * edge_relay_stop:
 * @self: a relay
 *
 * Ends it at once, with all connections. It can be started again.
 */
void
edge_relay_stop (EdgeRelay *self)
{
  g_return_if_fail (EDGE_IS_RELAY (self));

  self->draining = TRUE;
  stop_listening (self);
  g_cancellable_cancel (self->stopped);
  g_clear_object (&self->stopped);
  g_clear_handle_id (&self->sweep_id, g_source_remove);

  for (GList *l = self->active.head; l != NULL; l = l->next)
    edge_relay_socket_abort (((EdgeRelaySession *) l->data)->socket);
  for (GList *l = self->leaving.head; l != NULL; l = l->next)
    edge_relay_socket_abort (((EdgeRelaySession *) l->data)->socket);
  g_clear_pointer (&self->poller, edge_relay_poller_free);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->url, g_free);
  if (self->drain != NULL)
    finish_drain (self);
}

/**
 * edge_relay_drain_async:
 * @self: a running relay
 * @cancellable: (nullable): a #GCancellable
 * @callback: called when all have left or their time is over
 * @user_data: for @callback
 *
 * Takes no one in any more, asks all to leave and come back later, each at a
 * time of its own, and waits for them as long as the settings say.
 */
void
edge_relay_drain_async (EdgeRelay           *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (EDGE_IS_RELAY (self));

  g_task_set_source_tag (task, edge_relay_drain_async);
  if (self->server == NULL || self->drain != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  self->draining = TRUE;
  self->drain_until = g_get_monotonic_time () + self->config->drain_ms * (gint64) 1000;
  self->drain = g_steal_pointer (&task);
  stop_listening (self);

  while (self->active.head != NULL)
    edge_relay_session_end (self->active.head->data, EDGE_RELAY_CLOSE_GOING_AWAY, "draining",
                            "The relay is going down; it or another will be back",
                            1000 + g_random_int_range (0, RETURN_SPREAD_MS));
}

gboolean
edge_relay_drain_finish (EdgeRelay     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * edge_relay_get_url:
 * @self: a relay
 *
 * Returns: (transfer none) (nullable): where clients find it, %NULL while it does not listen
 */
const char *
edge_relay_get_url (EdgeRelay *self)
{
  g_return_val_if_fail (EDGE_IS_RELAY (self), NULL);

  return self->url;
}

guint
edge_relay_get_n_members (EdgeRelay *self)
{
  g_return_val_if_fail (EDGE_IS_RELAY (self), 0);

  return self->n_members;
}

static void
edge_relay_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  EdgeRelay *self = EDGE_RELAY (object);

  switch ((EdgeRelayProperty) property_id)
    {
    case PROP_URL:
      g_value_set_string (value, self->url);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_relay_dispose (GObject *object)
{
  edge_relay_stop (EDGE_RELAY (object));

  G_OBJECT_CLASS (edge_relay_parent_class)->dispose (object);
}

static void
edge_relay_finalize (GObject *object)
{
  EdgeRelay *self = EDGE_RELAY (object);

  g_clear_pointer (&self->rooms, g_hash_table_unref);
  g_clear_pointer (&self->addresses, edge_relay_addresses_free);
  g_clear_pointer (&self->config, edge_relay_config_free);
  g_string_free (self->frame, TRUE);
  g_clear_pointer (&self->accepted, g_rc_box_release);

  G_OBJECT_CLASS (edge_relay_parent_class)->finalize (object);
}

static void
edge_relay_class_init (EdgeRelayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = edge_relay_get_property;
  object_class->dispose = edge_relay_dispose;
  object_class->finalize = edge_relay_finalize;

  properties[PROP_URL] =
    g_param_spec_string ("url", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_relay_init (EdgeRelay *self)
{
  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                       (GDestroyNotify) edge_relay_room_free);
  self->frame = g_string_sized_new (1024);
  self->accepted = g_rc_box_new0 (guint);
  g_queue_init (&self->active);
  g_queue_init (&self->leaving);
}

/**
 * edge_relay_new:
 * @config: its settings, of which it takes a copy
 *
 * Returns: (transfer full): a relay that does not run yet
 */
EdgeRelay *
edge_relay_new (const EdgeRelayConfig *config)
{
  EdgeRelay *self = g_object_new (EDGE_TYPE_RELAY, NULL);

  self->config = edge_relay_config_copy (config);
  self->addresses = edge_relay_addresses_new (config->per_address, config->requests_per_minute);
  return self;
}
