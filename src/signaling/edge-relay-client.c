/* edge-relay-client.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-relay-client.h"

#include <string.h>

#include "signaling/edge-ice-servers.h"
#include "signaling/edge-relay-message.h"
#include "signaling/edge-relay-pacer.h"
#include "signaling/edge-relay-trouble.h"
#include "signaling/edge-relay-wire.h"

/**
 * EdgeRelayClient:
 *
 * Signaling through a relay (`docs/protocol.md`, "Relay").
 *
 * Registers, proves its id, keeps the connection alive and comes back by itself
 * when it is lost. Frames go out no faster than the relay takes them.
 */

#define BACKOFF_MIN_MS 1000
#define BACKOFF_MAX_MS 30000

/* A connection that held for so long counts as good: the next failure is the first again. */
#define GOOD_AFTER (10 * G_USEC_PER_SEC)

/* As in the relay: a broadcast counts once more for each so many who hear it. */
#define MEMBERS_A_TOKEN 16

struct _EdgeRelayClient
{
  GObject                  parent_instance;

  char                    *url;
  EdgeIdentity            *identity;
  char                    *room;
  char                    *token;

  EdgeSignalingState       state;
  char                    *detail;
  GStrv                    ice_servers;

  EdgeRelayWire           *wire;
  GNetworkMonitor         *network;

  GStrv                    greeted_peers;
  EdgeRelayPacer          *pacer;
  gint64                   up_since;
  gint64                   total_nodes;
  gint64                   come_back_ms;
  guint                    attempts;
  guint                    n_connections;
  guint                    retry_id;
  gboolean                 final;
};

typedef enum
{
  PROP_NAME = 1,
  PROP_URL,
  PROP_STATE,
  PROP_DETAIL,
  PROP_ICE_SERVERS,
} EdgeRelayClientProperty;

static void connect_now (EdgeRelayClient *self);
static void edge_relay_client_signaling_init (EdgeSignalingInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EdgeRelayClient, edge_relay_client, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EDGE_TYPE_SIGNALING,
                                                      edge_relay_client_signaling_init))

static void
set_state (EdgeRelayClient    *self,
           EdgeSignalingState  state,
           const char         *detail)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->detail, detail))
    g_object_notify (G_OBJECT (self), "detail");
  if (self->state != state)
    {
      self->state = state;
      g_object_notify (G_OBJECT (self), "state");
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
drop_connection (EdgeRelayClient *self)
{
  edge_relay_wire_close (self->wire);
  edge_relay_pacer_clear (self->pacer);
  g_clear_pointer (&self->greeted_peers, g_strfreev);
}

static gboolean
retry_cb (gpointer user_data)
{
  EdgeRelayClient *self = user_data;

  self->retry_id = 0;
  connect_now (self);
  return G_SOURCE_REMOVE;
}

static guint
next_delay (EdgeRelayClient *self)
{
  guint doubled;

  if (self->come_back_ms > 0)
    return (guint) MIN (self->come_back_ms, 5 * 60 * 1000);
  if (self->attempts == 0)
    return 0;

  doubled = BACKOFF_MIN_MS << MIN (self->attempts - 1, 5);
  return (guint) (MIN (doubled, BACKOFF_MAX_MS) * g_random_double_range (0.75, 1.25));
}

/* The connection is lost or was never made. */
static void
fail (EdgeRelayClient *self,
      const char      *detail)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *words = g_strdup (detail);

  if (self->up_since > 0 && now - self->up_since >= GOOD_AFTER)
    self->attempts = 0;
  self->up_since = 0;
  drop_connection (self);

  if (self->final)
    {
      set_state (self, EDGE_SIGNALING_STATE_REFUSED, words);
      return;
    }

  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->retry_id = g_timeout_add (next_delay (self), retry_cb, self);
  self->attempts++;
  self->come_back_ms = 0;
  set_state (self, EDGE_SIGNALING_STATE_WAITING, words);
}

static void
send_paced_cb (const char *text,
               gpointer    user_data)
{
  EdgeRelayClient *self = user_data;

  edge_relay_wire_send (self->wire, text);
}

static void
read_ice_servers (EdgeRelayClient  *self,
                  EdgeRelayMessage *message)
{
  g_auto(GStrv) uris = edge_ice_servers_from_json (message->ice_servers.text,
                                                   message->ice_servers.length);

  if (self->ice_servers != NULL &&
      g_strv_equal ((const char * const *) uris, (const char * const *) self->ice_servers))
    return;

  g_strfreev (self->ice_servers);
  self->ice_servers = g_steal_pointer (&uris);
  g_object_notify (G_OBJECT (self), "ice-servers");
}

/* Whoever hears of a peer may stop this backend. */
static void
go_up (EdgeRelayClient *self)
{
  g_auto(GStrv) peers = g_steal_pointer (&self->greeted_peers);
  guint connection = self->n_connections;

  edge_relay_wire_greeted (self->wire);
  self->up_since = g_get_monotonic_time ();
  set_state (self, EDGE_SIGNALING_STATE_UP, NULL);

  for (guint i = 0; peers != NULL && peers[i] != NULL; i++)
    if (self->n_connections == connection && self->state == EDGE_SIGNALING_STATE_UP &&
        !g_str_equal (peers[i], edge_identity_get_id (self->identity)))
      edge_signaling_emit_peer_found (EDGE_SIGNALING (self), peers[i]);
}

static void
handle_welcome (EdgeRelayClient  *self,
                EdgeRelayMessage *message)
{
  const char *id = edge_identity_get_id (self->identity);
  guint8 signature[EDGE_IDENTITY_SIGNATURE_SIZE];
  g_autoptr(GBytes) document = NULL;
  g_autoptr(GString) frame = NULL;

  if (self->state != EDGE_SIGNALING_STATE_CONNECTING ||
      !edge_relay_span_equal (&message->node_id, id) || self->greeted_peers != NULL)
    return;

  self->greeted_peers = edge_relay_span_dup_ids (&message->peers, EDGE_RELAY_MAX_PEERS);
  self->total_nodes = g_strv_length (self->greeted_peers);
  edge_relay_pacer_set_rate (self->pacer, edge_relay_message_read_rate (message));
  read_ice_servers (self, message);
  if (self->state != EDGE_SIGNALING_STATE_CONNECTING)
    return;

  if (message->challenge.text == NULL)
    {
      go_up (self);
      return;
    }

  document = edge_relay_challenge_document (message->challenge.text, message->challenge.length, id);
  if (document == NULL)
    {
      fail (self, EDGE_RELAY_TROUBLE_FOREIGN);
      return;
    }

  edge_identity_sign (self->identity, g_bytes_get_data (document, NULL),
                      g_bytes_get_size (document), signature);
  frame = g_string_new (NULL);
  edge_relay_message_append_auth (frame, signature);
  edge_relay_wire_send (self->wire, frame->str);
}

static void
handle_presence (EdgeRelayClient  *self,
                 EdgeRelayMessage *message)
{
  g_autofree char *id = g_strndup (message->node_id.text, message->node_id.length);

  self->total_nodes = message->total_nodes;
  if (self->state != EDGE_SIGNALING_STATE_UP ||
      g_str_equal (id, edge_identity_get_id (self->identity)))
    return;

  if (message->type == EDGE_RELAY_MESSAGE_NODE_JOINED)
    edge_signaling_emit_peer_found (EDGE_SIGNALING (self), id);
  else
    edge_signaling_emit_peer_left (EDGE_SIGNALING (self), id);
}

static void
handle_payload (EdgeRelayClient  *self,
                EdgeRelayMessage *message)
{
  g_autofree char *blob = edge_relay_span_dup_string (&message->payload);
  g_autofree char *from = NULL;

  if (self->state != EDGE_SIGNALING_STATE_UP || message->from.text == NULL || blob == NULL ||
      strlen (blob) > EDGE_SIGNALING_MAX_BLOB)
    return;

  from = g_strndup (message->from.text, message->from.length);
  edge_signaling_emit_received (EDGE_SIGNALING (self), from, blob);
}

static void
handle_error (EdgeRelayClient  *self,
              EdgeRelayMessage *message)
{
  g_autofree char *code = g_strndup (message->code.text != NULL ? message->code.text : "",
                                     message->code.length);
  g_autofree char *text = edge_relay_span_dup_string (&message->message);
  const EdgeRelayTrouble *trouble = edge_relay_trouble_find (code, text);

  if (g_str_equal (code, "rate") || g_strcmp0 (text, "Rate limit exceeded") == 0)
    {
      edge_relay_pacer_hold (self->pacer, message->retry_after_ms > 0
                                          ? MIN (message->retry_after_ms, 60000) : 1000);
      return;
    }

  g_debug ("relay: %s", text != NULL ? text : code);
  if (trouble == NULL)
    return;

  self->final = trouble->final;
  self->come_back_ms = message->retry_after_ms;
  fail (self, trouble->detail);
}

static void
wire_text_cb (gpointer    user_data,
              const char *text,
              gsize       length)
{
  EdgeRelayClient *self = user_data;
  g_autoptr(EdgeRelayClient) guard = g_object_ref (self);
  g_autoptr(GError) error = NULL;
  EdgeRelayMessage message;

  if (!edge_relay_message_parse (&message, text, length, &error))
    {
      g_debug ("relay: dropped a frame: %s", error->message);
      return;
    }

  switch (message.type)
    {
    case EDGE_RELAY_MESSAGE_WELCOME:
      handle_welcome (self, &message);
      break;
    case EDGE_RELAY_MESSAGE_AUTH_OK:
      if (self->state == EDGE_SIGNALING_STATE_CONNECTING && self->greeted_peers != NULL)
        go_up (self);
      break;
    case EDGE_RELAY_MESSAGE_NODE_JOINED:
    case EDGE_RELAY_MESSAGE_NODE_LEFT:
      handle_presence (self, &message);
      break;
    case EDGE_RELAY_MESSAGE_OFFER:
    case EDGE_RELAY_MESSAGE_ANSWER:
    case EDGE_RELAY_MESSAGE_ICE:
    case EDGE_RELAY_MESSAGE_DISCONNECT:
    case EDGE_RELAY_MESSAGE_PEER_MESSAGE:
    case EDGE_RELAY_MESSAGE_BROADCAST:
      handle_payload (self, &message);
      break;
    case EDGE_RELAY_MESSAGE_ERROR_FRAME:
      handle_error (self, &message);
      break;
    case EDGE_RELAY_MESSAGE_UNKNOWN:
    case EDGE_RELAY_MESSAGE_REGISTER:
    case EDGE_RELAY_MESSAGE_AUTH:
    case EDGE_RELAY_MESSAGE_HEARTBEAT:
    case EDGE_RELAY_MESSAGE_HEARTBEAT_ACK:
    default:
      break;
    }
}

static void
wire_ended_cb (gpointer    user_data,
               const char *detail)
{
  g_autoptr(EdgeRelayClient) guard = g_object_ref (user_data);

  fail (user_data, detail);
}

static void
wire_opened_cb (gpointer user_data)
{
  EdgeRelayClient *self = user_data;
  g_autoptr(GString) frame = g_string_new (NULL);

  edge_relay_message_append_register (frame, edge_identity_get_id (self->identity), self->room,
                                      self->token);
  edge_relay_wire_send (self->wire, frame->str);
}

static const EdgeRelayWireFuncs wire_funcs = {
  .opened = wire_opened_cb,
  .text = wire_text_cb,
  .ended = wire_ended_cb,
};

static void
connect_now (EdgeRelayClient *self)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  drop_connection (self);
  self->n_connections++;
  if (!edge_relay_wire_open (self->wire, self->url))
    {
      self->final = TRUE;
      fail (self, EDGE_RELAY_TROUBLE_ADDRESS);
      return;
    }

  set_state (self, EDGE_SIGNALING_STATE_CONNECTING, NULL);
}

/**
 * edge_relay_client_retry_now:
 * @self: a client
 *
 * Tries at once, also where the relay would not have us: the person says so, or
 * the network has changed.
 */
void
edge_relay_client_retry_now (EdgeRelayClient *self)
{
  g_return_if_fail (EDGE_IS_RELAY_CLIENT (self));

  if (self->state != EDGE_SIGNALING_STATE_WAITING && self->state != EDGE_SIGNALING_STATE_REFUSED)
    return;

  self->final = FALSE;
  connect_now (self);
}

static void
network_changed_cb (GNetworkMonitor *network,
                    gboolean         available,
                    EdgeRelayClient *self)
{
  if (available && self->state == EDGE_SIGNALING_STATE_WAITING && self->attempts > 1)
    {
      self->attempts = 1;
      edge_relay_client_retry_now (self);
    }
}

static void
edge_relay_client_start (EdgeSignaling *signaling)
{
  EdgeRelayClient *self = EDGE_RELAY_CLIENT (signaling);

  if (self->state != EDGE_SIGNALING_STATE_STOPPED)
    return;

  self->attempts = 0;
  self->final = FALSE;
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (network_changed_cb),
                           self, 0);
  connect_now (self);
}

static void
edge_relay_client_stop (EdgeSignaling *signaling)
{
  EdgeRelayClient *self = EDGE_RELAY_CLIENT (signaling);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->network, self);
  drop_connection (self);
  self->up_since = 0;
  set_state (self, EDGE_SIGNALING_STATE_STOPPED, NULL);
}

static const EdgeRelayMessageType types_of_kinds[] = {
  [EDGE_SIGNAL_HELLO] = EDGE_RELAY_MESSAGE_PEER_MESSAGE,
  [EDGE_SIGNAL_OFFER] = EDGE_RELAY_MESSAGE_OFFER,
  [EDGE_SIGNAL_ANSWER] = EDGE_RELAY_MESSAGE_ANSWER,
  [EDGE_SIGNAL_CANDIDATES] = EDGE_RELAY_MESSAGE_ICE,
  [EDGE_SIGNAL_BYE] = EDGE_RELAY_MESSAGE_DISCONNECT,
  [EDGE_SIGNAL_DATA] = EDGE_RELAY_MESSAGE_PEER_MESSAGE,
};

static gboolean
edge_relay_client_send (EdgeSignaling  *signaling,
                        const char     *peer_id,
                        EdgeSignalKind  kind,
                        const char     *blob)
{
  EdgeRelayClient *self = EDGE_RELAY_CLIENT (signaling);
  g_autoptr(GString) frame = NULL;
  gint64 tokens = peer_id == NULL ? 1 + self->total_nodes / MEMBERS_A_TOKEN : 1;

  if (self->state != EDGE_SIGNALING_STATE_UP || strlen (blob) > EDGE_SIGNALING_MAX_BLOB ||
      kind >= G_N_ELEMENTS (types_of_kinds) ||
      (peer_id != NULL && !edge_relay_id_is_valid (peer_id, -1)))
    return FALSE;

  frame = g_string_new (NULL);
  edge_relay_message_append_to (frame, peer_id == NULL ? EDGE_RELAY_MESSAGE_BROADCAST
                                                       : types_of_kinds[kind], peer_id, blob);
  return edge_relay_pacer_push (self->pacer, g_string_free_and_steal (g_steal_pointer (&frame)),
                                tokens);
}

static gboolean
edge_relay_client_carries_data (EdgeSignaling *signaling)
{
  return TRUE;
}

static void
edge_relay_client_signaling_init (EdgeSignalingInterface *iface)
{
  iface->start = edge_relay_client_start;
  iface->stop = edge_relay_client_stop;
  iface->send = edge_relay_client_send;
  iface->carries_data = edge_relay_client_carries_data;
}

static void
edge_relay_client_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgeRelayClient *self = EDGE_RELAY_CLIENT (object);

  switch ((EdgeRelayClientProperty) property_id)
    {
    case PROP_NAME:
      g_value_set_static_string (value, "relay");
      break;
    case PROP_URL:
      g_value_set_string (value, self->url);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_ICE_SERVERS:
      g_value_set_boxed (value, self->ice_servers);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_relay_client_dispose (GObject *object)
{
  EdgeRelayClient *self = EDGE_RELAY_CLIENT (object);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  drop_connection (self);
  g_clear_object (&self->identity);
  g_clear_object (&self->network);

  G_OBJECT_CLASS (edge_relay_client_parent_class)->dispose (object);
}

static void
edge_relay_client_finalize (GObject *object)
{
  EdgeRelayClient *self = EDGE_RELAY_CLIENT (object);

  g_clear_pointer (&self->wire, edge_relay_wire_free);
  g_clear_pointer (&self->pacer, edge_relay_pacer_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->room, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->ice_servers, g_strfreev);

  G_OBJECT_CLASS (edge_relay_client_parent_class)->finalize (object);
}

static void
edge_relay_client_class_init (EdgeRelayClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = edge_relay_client_get_property;
  object_class->dispose = edge_relay_client_dispose;
  object_class->finalize = edge_relay_client_finalize;

  g_object_class_override_property (object_class, PROP_NAME, "name");
  g_object_class_override_property (object_class, PROP_URL, "url");
  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_DETAIL, "detail");
  g_object_class_override_property (object_class, PROP_ICE_SERVERS, "ice-servers");
}

static void
edge_relay_client_init (EdgeRelayClient *self)
{
  self->wire = edge_relay_wire_new (&wire_funcs, self);
  self->network = g_object_ref (g_network_monitor_get_default ());
  self->pacer = edge_relay_pacer_new (send_paced_cb, self);
}

/**
 * edge_relay_client_new:
 * @url: `ws://` or `wss://`
 * @identity: whose id is registered and proven
 * @room: (nullable): the room's tag at the relay, %NULL for the public room
 * @token: (nullable): what the relay's host gave out
 *
 * Returns: (transfer full): a client that is stopped
 */
EdgeRelayClient *
edge_relay_client_new (const char   *url,
                       EdgeIdentity *identity,
                       const char   *room,
                       const char   *token)
{
  EdgeRelayClient *self = g_object_new (EDGE_TYPE_RELAY_CLIENT, NULL);

  self->url = g_strdup (url);
  self->identity = g_object_ref (identity);
  self->room = g_strdup (room);
  self->token = g_strdup (token);
  return self;
}
