/* harness.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "harness.h"

#include <string.h>

#include "base/edge-json.h"
#include "signaling/edge-relay-message.h"

gboolean
harness_timed_out_cb (gpointer timed_out)
{
  *(gboolean *) timed_out = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
message_cb (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *bytes,
            Raw                     *self)
{
  g_queue_push_tail (&self->frames, g_strndup (g_bytes_get_data (bytes, NULL),
                                               g_bytes_get_size (bytes)));
}

static void
closed_cb (SoupWebsocketConnection *connection,
           Raw                     *self)
{
  self->closed = TRUE;
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Raw *self = user_data;

  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result,
                                                            &self->error);
  if (self->connection != NULL)
    {
      soup_websocket_connection_set_max_incoming_payload_size (self->connection, 1024 * 1024);
      g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
      g_signal_connect (self->connection, "closed", G_CALLBACK (closed_cb), self);
    }
  self->done = TRUE;
}

/* Certificates of tests are signed by nobody. */
static gboolean
accept_certificate_cb (SoupMessage          *request,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  errors,
                       gpointer              user_data)
{
  return TRUE;
}

/* connection stays NULL when the relay refuses the handshake. */
Raw *
raw_new (const char *url,
         const char *origin)
{
  Raw *self = g_new0 (Raw, 1);

  self->session = soup_session_new ();
  self->request = soup_message_new ("GET", url);
  g_queue_init (&self->frames);
  g_signal_connect (self->request, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  soup_session_websocket_connect_async (self->session, self->request, origin, NULL,
                                        G_PRIORITY_DEFAULT, NULL, connected_cb, self);
  wait_until (self->done);
  return self;
}

Raw *
raw_connect (const char *url)
{
  Raw *self = raw_new (url, NULL);

  g_assert_no_error (self->error);
  return self;
}

void
raw_free (Raw *self)
{
  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->connection, self);
      if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
    }
  g_clear_object (&self->connection);
  soup_session_abort (self->session);
  g_clear_object (&self->request);
  g_clear_object (&self->session);
  g_clear_error (&self->error);
  g_queue_clear_full (&self->frames, g_free);
  g_free (self);
}

void
raw_send (Raw        *self,
          const char *text)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->connection, text);
}

static char *
take_frame (Raw        *self,
            const char *type)
{
  g_autofree char *start = g_strdup_printf ("{\"type\":\"%s\"", type);

  for (GList *l = self->frames.head; l != NULL; l = l->next)
    if (g_str_has_prefix (l->data, start))
      {
        char *text = l->data;

        g_queue_delete_link (&self->frames, l);
        return text;
      }
  return NULL;
}

/* The next frame of a type; others stay queued. */
char *
raw_next (Raw        *self,
          const char *type)
{
  char *text = NULL;

  wait_until ((text = take_frame (self, type)) != NULL);
  return text;
}

char *
raw_register (Raw        *self,
              const char *id,
              const char *room)
{
  g_autofree char *text = NULL;

  if (room != NULL)
    text = g_strdup_printf ("{\"type\":\"register\",\"nodeId\":\"%s\",\"room\":\"%s\"}", id, room);
  else
    text = g_strdup_printf ("{\"type\":\"register\",\"nodeId\":\"%s\"}", id);
  raw_send (self, text);
  return raw_next (self, "welcome");
}

void
raw_prove (Raw          *self,
           EdgeIdentity *identity,
           const char   *room)
{
  g_autofree char *welcome = raw_register (self, edge_identity_get_id (identity), room);

  raw_answer (self, identity, welcome);
}

void
raw_answer (Raw          *self,
            EdgeIdentity *identity,
            const char   *welcome)
{
  g_autofree char *challenge = member (welcome, "challenge");
  g_autoptr(GBytes) document = NULL;
  g_autoptr(GString) frame = g_string_new (NULL);
  guint8 signature[EDGE_IDENTITY_SIGNATURE_SIZE];
  g_autofree char *ok = NULL;

  document = edge_relay_challenge_document (challenge, -1, edge_identity_get_id (identity));
  g_assert_nonnull (document);
  edge_identity_sign (identity, g_bytes_get_data (document, NULL), g_bytes_get_size (document),
                      signature);
  edge_relay_message_append_auth (frame, signature);
  raw_send (self, frame->str);
  ok = raw_next (self, "auth_ok");
}

/* Frames of one connection are handled in order, so the answer to a heartbeat
 * comes after everything that was asked before. */
void
raw_settle (Raw *self)
{
  g_autofree char *ack = NULL;

  raw_send (self, "{\"type\":\"heartbeat\"}");
  ack = raw_next (self, "heartbeat_ack");
}

guint
raw_wait_closed (Raw *self)
{
  wait_until (self->closed);
  return soup_websocket_connection_get_close_code (self->connection);
}

typedef struct
{
  GBytes  *body;
  gboolean done;
} Get;

static void
got_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  Get *get = user_data;
  g_autoptr(GError) error = NULL;

  get->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  get->done = TRUE;
}

char *
http_get (const char *relay_url,
          const char *path,
          const char *header,
          const char *value,
          guint      *status)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strconcat ("http", relay_url + strlen ("ws"), path + 1, NULL);
  g_autoptr(SoupMessage) request = soup_message_new ("GET", url);
  Get get = { NULL, FALSE };
  char *body;

  if (header != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (request), header, value);
  soup_session_send_and_read_async (session, request, G_PRIORITY_DEFAULT, NULL, got_cb, &get);
  wait_until (get.done);

  if (status != NULL)
    *status = soup_message_get_status (request);
  body = g_strndup (g_bytes_get_data (get.body, NULL), g_bytes_get_size (get.body));
  g_bytes_unref (get.body);
  return body;
}

EdgeRelayConfig *
test_config (void)
{
  EdgeRelayConfig *config = edge_relay_config_new ();

  g_set_str (&config->listen, "127.0.0.1:0");
  return config;
}

EdgeRelay *
start_relay (const EdgeRelayConfig *config)
{
  EdgeRelay *relay = edge_relay_new (config);
  g_autoptr(GError) error = NULL;

  g_assert_true (edge_relay_start (relay, &error));
  g_assert_no_error (error);
  return relay;
}

/* A text member of a frame, or a number as text. */
char *
member (const char *json,
        const char *name)
{
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *node;

  object = edge_json_parse (json, strlen (json), 1024 * 1024, &error);
  g_assert_no_error (error);
  node = json_object_get_member (object, name);
  if (node == NULL)
    return NULL;
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_dup_string (node) : json_to_string (node, FALSE);
}
