/* edge-relay-wire.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-relay-wire.h"

#include <libsoup/soup.h>

#include "signaling/edge-relay-message.h"
#include "signaling/edge-relay-trouble.h"

/**
 * EdgeRelayWire:
 *
 * The WebSocket to a relay, one at a time: makes it, keeps it alive with
 * heartbeats, and tells when it ends, whatever the way.
 */

#define HEARTBEAT_SECONDS 10
#define SILENCE_SECONDS   25
#define GREETING_SECONDS  10

/* What the relay adds to a payload that was as large as its sender may make it. */
#define FRAME_SLACK 1024

/* An attempt that outlives its wire finds no wire. */
typedef struct
{
  EdgeRelayWire *wire;
  SoupMessage   *request;
} Attempt;

struct _EdgeRelayWire
{
  const EdgeRelayWireFuncs *funcs;
  gpointer                  user_data;
  SoupSession              *session;
  SoupWebsocketConnection  *connection;
  GCancellable             *cancellable;
  Attempt                  *attempt;
  gint64                    heard_at;
  guint                     beat_id;
  guint                     greeting_id;
};

static void
attempt_clear (gpointer data)
{
  Attempt *attempt = data;

  g_clear_object (&attempt->request);
}

EdgeRelayWire *
edge_relay_wire_new (const EdgeRelayWireFuncs *funcs,
                     gpointer                  user_data)
{
  EdgeRelayWire *self = g_new0 (EdgeRelayWire, 1);

  self->funcs = funcs;
  self->user_data = user_data;
  self->session = soup_session_new ();
  return self;
}

void
edge_relay_wire_free (EdgeRelayWire *self)
{
  edge_relay_wire_close (self);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self);
}

/** edge_relay_wire_close: takes leave; nothing is told of this connection any more. */
void
edge_relay_wire_close (EdgeRelayWire *self)
{
  g_autoptr(SoupWebsocketConnection) connection = g_steal_pointer (&self->connection);

  g_clear_handle_id (&self->beat_id, g_source_remove);
  g_clear_handle_id (&self->greeting_id, g_source_remove);
  if (self->attempt != NULL)
    {
      self->attempt->wire = NULL;
      g_rc_box_release_full (g_steal_pointer (&self->attempt), attempt_clear);
    }
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  if (connection == NULL)
    return;

  g_signal_handlers_disconnect_by_data (connection, self);
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
}

static void
end (EdgeRelayWire *self,
     const char    *detail)
{
  edge_relay_wire_close (self);
  self->funcs->ended (self->user_data, detail);
}

static gboolean
beat_cb (gpointer user_data)
{
  EdgeRelayWire *self = user_data;
  g_autoptr(GString) frame = NULL;

  if (g_get_monotonic_time () - self->heard_at > SILENCE_SECONDS * G_USEC_PER_SEC)
    {
      self->beat_id = 0;
      end (self, EDGE_RELAY_TROUBLE_SILENT);
      return G_SOURCE_REMOVE;
    }

  frame = g_string_new (NULL);
  edge_relay_message_append_heartbeat (frame);
  edge_relay_wire_send (self, frame->str);
  return G_SOURCE_CONTINUE;
}

static gboolean
greeting_cb (gpointer user_data)
{
  EdgeRelayWire *self = user_data;

  self->greeting_id = 0;
  end (self, self->connection != NULL ? EDGE_RELAY_TROUBLE_FOREIGN : EDGE_RELAY_TROUBLE_TIMEOUT);
  return G_SOURCE_REMOVE;
}

static void
message_cb (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  EdgeRelayWire *self = user_data;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  self->heard_at = g_get_monotonic_time ();
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    self->funcs->text (self->user_data, text, length);
}

static void
closed_cb (SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  end (user_data, EDGE_RELAY_TROUBLE_LOST);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Attempt *attempt = user_data;
  EdgeRelayWire *self = attempt->wire;
  guint status = soup_message_get_status (attempt->request);
  g_autoptr(SoupWebsocketConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  g_rc_box_release_full (attempt, attempt_clear);
  if (self == NULL)
    return;

  if (connection == NULL)
    {
      g_autofree char *detail = edge_relay_trouble_describe (error, status);

      end (self, detail);
      return;
    }

  self->connection = g_steal_pointer (&connection);
  soup_websocket_connection_set_max_incoming_payload_size (self->connection,
                                                           EDGE_RELAY_MAX_FRAME + FRAME_SLACK);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (closed_cb), self);
  self->heard_at = g_get_monotonic_time ();
  self->beat_id = g_timeout_add_seconds (HEARTBEAT_SECONDS, beat_cb, self);
  self->funcs->opened (self->user_data);
}

/**
 * edge_relay_wire_open:
 * @self: a wire
 * @url: `ws://` or `wss://`
 *
 * Lets go of the connection there is and begins to make another. It has some
 * seconds to be made and greeted.
 *
 * Returns: %FALSE when @url is no such address
 */
gboolean
edge_relay_wire_open (EdgeRelayWire *self,
                      const char    *url)
{
  g_autoptr(SoupMessage) request = NULL;

  edge_relay_wire_close (self);
  if (g_ascii_strncasecmp (url, "ws://", 5) == 0 || g_ascii_strncasecmp (url, "wss://", 6) == 0)
    request = soup_message_new (SOUP_METHOD_GET, url);
  if (request == NULL)
    return FALSE;

  self->attempt = g_rc_box_new0 (Attempt);
  self->attempt->wire = self;
  self->attempt->request = g_steal_pointer (&request);
  self->cancellable = g_cancellable_new ();
  self->greeting_id = g_timeout_add_seconds (GREETING_SECONDS, greeting_cb, self);
  soup_session_websocket_connect_async (self->session, self->attempt->request, NULL, NULL,
                                        G_PRIORITY_DEFAULT, self->cancellable, connected_cb,
                                        g_rc_box_acquire (self->attempt));
  return TRUE;
}

gboolean
edge_relay_wire_is_open (EdgeRelayWire *self)
{
  return self->connection != NULL &&
         soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

/** edge_relay_wire_greeted: what answers is a relay and has taken us in. */
void
edge_relay_wire_greeted (EdgeRelayWire *self)
{
  g_clear_handle_id (&self->greeting_id, g_source_remove);
}

/** edge_relay_wire_send: sends, where the connection stands; one that is ending tells so itself. */
void
edge_relay_wire_send (EdgeRelayWire *self,
                      const char    *text)
{
  if (edge_relay_wire_is_open (self))
    soup_websocket_connection_send_text (self->connection, text);
}
