/* edge-relay-session.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-session.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"
#include "identity/edge-identity.h"
#include "relay/edge-relay-ice.h"
#include "relay/edge-relay-private.h"
#include "signaling/edge-relay-message.h"

/* The third bad frame in a minute ends the connection. */
#define FAULTS_A_MINUTE 3

/* Room in a welcome for ids of peers, so that it stays far below any frame limit. */
#define WELCOME_PEERS_BYTES 24576

/* A broadcast takes one more token for each so many who hear it. */
#define MEMBERS_A_TOKEN 16

/* Between two complaints about the rate, so that refusing costs less than serving. */
#define COMPLAIN_EVERY (G_USEC_PER_SEC / 2)

/* How many times its rate a session may go on to send and have dropped, before it is cut off. */
#define PATIENCE 2.0

EdgeRelaySession *
edge_relay_session_new (EdgeRelay        *relay,
                        EdgeRelayAddress *address,
                        gint64            now)
{
  EdgeRelaySession *self = g_new0 (EdgeRelaySession, 1);
  guint rate = relay->config->frames_before_auth;

  self->relay = relay;
  self->address = address;
  self->link.data = self;
  self->active_at = now;
  edge_token_bucket_init (&self->frames, rate, rate, now);
  edge_token_bucket_init (&self->excess, PATIENCE * rate, PATIENCE * rate, now);
  edge_token_bucket_init (&self->faults, FAULTS_A_MINUTE - 1, FAULTS_A_MINUTE - 1, now);
  return self;
}

void
edge_relay_session_free (EdgeRelaySession *self)
{
  g_free (self->id);
  g_free (self->challenge);
  g_free (self);
}

static GString *
fresh_frame (EdgeRelaySession *self)
{
  return g_string_truncate (self->relay->frame, 0);
}

static gboolean
try_send (EdgeRelaySession *self,
          GString          *frame)
{
  if (!edge_relay_socket_send (self->socket, frame->str, frame->len))
    return FALSE;

  self->relay->n_frames_out++;
  self->relay->n_bytes_out += frame->len;
  return TRUE;
}

/** edge_relay_session_send: sends, or drops when the client reads too slowly. */
void
edge_relay_session_send (EdgeRelaySession *self,
                         GString          *frame)
{
  if (!try_send (self, frame))
    self->relay->n_refused[EDGE_RELAY_REFUSAL_BUSY]++;
}

static void
send_error (EdgeRelaySession    *self,
            const char          *code,
            const char          *message,
            const EdgeRelaySpan *target,
            guint                retry_after_ms)
{
  GString *frame = fresh_frame (self);

  edge_relay_message_append_error (frame, code, message, target, retry_after_ms);
  edge_relay_session_send (self, frame);
}

static void
refuse (EdgeRelaySession *self,
        EdgeRelayRefusal  reason,
        const char       *code,
        const char       *message)
{
  self->relay->n_refused[reason]++;
  send_error (self, code, message, NULL, 0);
}

/**
 * edge_relay_session_end:
 * @self: a session
 * @close_code: why, for the WebSocket
 * @code: why, for programs
 * @message: why, for people
 * @retry_after_ms: when to come back, 0 to leave it out
 *
 * Says why and closes.
 */
void
edge_relay_session_end (EdgeRelaySession   *self,
                        EdgeRelayCloseCode  close_code,
                        const char         *code,
                        const char         *message,
                        guint               retry_after_ms)
{
  send_error (self, code, message, NULL, retry_after_ms);
  edge_relay_socket_close (self->socket, close_code, code);
}

static void
tell_others (EdgeRelaySession *self,
             GString          *frame)
{
  GPtrArray *members = self->room->members;

  for (guint i = 0; i < members->len; i++)
    {
      EdgeRelaySession *other = g_ptr_array_index (members, i);

      if (other != self)
        edge_relay_session_send (other, frame);
    }
}

static void
tell_presence (EdgeRelaySession     *self,
               EdgeRelayMessageType  type)
{
  GString *frame = fresh_frame (self);

  edge_relay_message_append_presence (frame, type, self->id, self->room->members->len,
                                      !self->proven);
  tell_others (self, frame);
}

static void
leave_members (EdgeRelaySession *self)
{
  if (self->state != EDGE_RELAY_SESSION_MEMBER)
    return;

  edge_relay_room_remove (self->room, self);
  self->state = EDGE_RELAY_SESSION_NEW;
  self->relay->n_members--;
  if (self->proven)
    self->relay->n_proven--;
}

/* Those who came in after this one's welcome was written: of two that prove
 * themselves at the same time, neither is in the other's. */
static void
tell_of_newer (EdgeRelaySession *self)
{
  GPtrArray *members = self->room->members;

  for (guint i = 0; i < members->len; i++)
    {
      EdgeRelaySession *other = g_ptr_array_index (members, i);

      if (other->joined > self->welcomed)
        {
          GString *frame = fresh_frame (self);

          edge_relay_message_append_presence (frame, EDGE_RELAY_MESSAGE_NODE_JOINED, other->id,
                                              members->len + 1, !other->proven);
          edge_relay_session_send (self, frame);
        }
    }
}

/* An id belongs to whoever proved it; among equals, to the newest, for that is
 * how a client comes back whose old connection is dead but not yet known to be. */
static gboolean
become_member (EdgeRelaySession *self)
{
  EdgeRelaySession *old = edge_relay_room_find (self->room, self->id, strlen (self->id));

  if (old != NULL && old->proven && !self->proven)
    {
      refuse (self, EDGE_RELAY_REFUSAL_UNPROVEN, "unproven",
              "Another connection has proven this id; answer the challenge first");
      return FALSE;
    }

  if (old != NULL)
    {
      leave_members (old);
      edge_relay_session_end (old, EDGE_RELAY_CLOSE_REPLACED, "replaced", "replaced", 0);
    }

  tell_of_newer (self);
  edge_relay_room_add (self->room, self);
  self->joined = ++self->relay->n_joined;
  self->state = EDGE_RELAY_SESSION_MEMBER;
  self->relay->n_members++;
  if (self->proven)
    self->relay->n_proven++;
  tell_presence (self, EDGE_RELAY_MESSAGE_NODE_JOINED);
  return TRUE;
}

static void
append_ids (EdgeRelaySession *self,
            GString          *frame,
            gboolean          unproven_only)
{
  GPtrArray *members = self->room->members;
  guint start = members->len > 0 ? g_random_int_range (0, members->len) : 0;
  gsize limit = frame->len + WELCOME_PEERS_BYTES;
  gboolean first = TRUE;

  /* Of a room too large for a frame everyone hears of another stretch. */
  for (guint i = 0; i < members->len && frame->len < limit; i++)
    {
      EdgeRelaySession *other = g_ptr_array_index (members, (start + i) % members->len);

      if ((unproven_only && other->proven) || g_str_equal (other->id, self->id))
        continue;
      g_string_append (frame, first ? "\"" : ",\"");
      g_string_append (frame, other->id);
      g_string_append_c (frame, '"');
      first = FALSE;
    }
}

static void
send_welcome (EdgeRelaySession *self)
{
  EdgeRelay *relay = self->relay;
  EdgeRelayConfig *config = relay->config;
  GString *frame = fresh_frame (self);
  guint n = self->room->members->len;

  g_string_append_printf (frame, "{\"type\":\"welcome\",\"nodeId\":\"%s\",\"networkState\":"
                          "{\"totalNodes\":%u,\"activeNodes\":%u},\"peers\":[", self->id, n, n);
  append_ids (self, frame, FALSE);
  g_string_append_c (frame, ']');
  if (relay->n_proven < relay->n_members)
    {
      g_string_append (frame, ",\"unprovenPeers\":[");
      append_ids (self, frame, TRUE);
      g_string_append_c (frame, ']');
    }
  if (self->challenge != NULL)
    g_string_append_printf (frame, ",\"challenge\":\"%s\"", self->challenge);
  if (config->stun_urls != NULL || config->turn_urls != NULL)
    {
      g_string_append (frame, ",\"iceServers\":");
      edge_relay_ice_append_array (frame, config, self->id, g_get_real_time () / G_USEC_PER_SEC);
    }
  g_string_append_printf (frame, ",\"limits\":{\"frameBytes\":%u,\"framesPerMinute\":%u,"
                          "\"framesPerMinuteBeforeAuth\":%u,\"idleMs\":%u}}", config->max_frame,
                          config->frames_after_auth, config->frames_before_auth, config->idle_ms);
  edge_relay_session_send (self, frame);
}

static void
handle_register (EdgeRelaySession *self,
                 EdgeRelayMessage *message)
{
  g_autofree char *tag = NULL;

  if (self->id != NULL)
    {
      send_error (self, "registered", "This connection is registered already", NULL, 0);
      return;
    }

  if (!edge_relay_token_is_right (self->relay, message->token.text, message->token.length))
    {
      self->relay->n_refused[EDGE_RELAY_REFUSAL_TOKEN]++;
      edge_relay_session_end (self, EDGE_RELAY_CLOSE_TOKEN, "token",
                              "This relay asks for a room token; get it from whoever hosts it", 0);
      return;
    }

  tag = g_strndup (message->room.text != NULL ? message->room.text : "", message->room.length);
  self->room = edge_relay_enter_room (self->relay, tag);
  if (self->room == NULL)
    {
      self->relay->n_refused[EDGE_RELAY_REFUSAL_FULL]++;
      edge_relay_session_end (self, EDGE_RELAY_CLOSE_POLICY, "full",
                              "This relay has no room left", 60000);
      return;
    }

  self->id = g_strndup (message->node_id.text, message->node_id.length);
  self->state = EDGE_RELAY_SESSION_PENDING;
  if (edge_base64url_is_key (self->id))
    {
      guint8 bytes[EDGE_RELAY_CHALLENGE_SIZE];

      randombytes_buf (bytes, sizeof bytes);
      self->challenge = edge_base64url_encode (bytes, sizeof bytes);
    }

  send_welcome (self);
  self->welcomed = self->relay->n_joined;
  if (self->challenge == NULL)
    become_member (self);
}

static gboolean
signature_is_right (EdgeRelaySession *self,
                    EdgeRelayMessage *message)
{
  g_autoptr(GBytes) document = NULL;
  guint8 key[EDGE_IDENTITY_KEY_SIZE];
  guint8 signature[EDGE_IDENTITY_SIGNATURE_SIZE];

  document = edge_relay_challenge_document (self->challenge, -1, self->id);
  return document != NULL &&
         edge_base64url_decode_fixed (self->id, -1, key, sizeof key) &&
         edge_base64url_decode_fixed (message->signature.text, message->signature.length,
                                      signature, sizeof signature) &&
         edge_identity_verify (key, g_bytes_get_data (document, NULL), g_bytes_get_size (document),
                               signature);
}

static void
handle_auth (EdgeRelaySession *self,
             EdgeRelayMessage *message,
             gint64            now)
{
  guint rate = self->relay->config->frames_after_auth;
  GString *frame;

  if (self->challenge == NULL || self->proven)
    {
      send_error (self, "auth", "There is no challenge to answer", NULL, 0);
      return;
    }

  if (!signature_is_right (self, message))
    {
      self->relay->n_refused[EDGE_RELAY_REFUSAL_SIGNATURE]++;
      edge_relay_session_end (self, EDGE_RELAY_CLOSE_POLICY, "signature",
                              "The signature does not prove this id", 0);
      return;
    }

  /* One who spoke up before proving itself is a member already, and has heard of all. */
  if (self->state == EDGE_RELAY_SESSION_MEMBER)
    self->welcomed = self->relay->n_joined;
  leave_members (self);
  self->proven = TRUE;
  g_clear_pointer (&self->challenge, g_free);
  edge_token_bucket_init (&self->frames, rate, rate, now);
  edge_token_bucket_init (&self->excess, PATIENCE * rate, PATIENCE * rate, now);

  frame = fresh_frame (self);
  edge_relay_message_append_auth_ok (frame, self->id);
  edge_relay_session_send (self, frame);
  become_member (self);
}

/* An id that could be proven counts as unproven once its owner sends anything
 * but the proof: peers that know no challenge do so. */
static gboolean
ensure_member (EdgeRelaySession *self)
{
  if (self->state == EDGE_RELAY_SESSION_NEW)
    {
      send_error (self, "register", "Register first", NULL, 0);
      return FALSE;
    }

  return self->state == EDGE_RELAY_SESSION_MEMBER || become_member (self);
}

static void
handle_targeted (EdgeRelaySession *self,
                 EdgeRelayMessage *message)
{
  EdgeRelaySession *target;
  GString *frame;

  if (message->target_id.text == NULL)
    {
      refuse (self, EDGE_RELAY_REFUSAL_MALFORMED, "malformed", "Member “targetId” must be given");
      return;
    }

  target = edge_relay_room_find (self->room, message->target_id.text, message->target_id.length);
  if (target == NULL)
    {
      self->relay->n_refused[EDGE_RELAY_REFUSAL_TARGET]++;
      send_error (self, "target", "Target peer not available", &message->target_id, 0);
      return;
    }

  frame = fresh_frame (self);
  edge_relay_message_append_from (frame, message->type, self->id, !self->proven,
                                  &message->payload);
  if (!try_send (target, frame))
    {
      self->relay->n_refused[EDGE_RELAY_REFUSAL_BUSY]++;
      send_error (self, "busy", "Target peer does not read fast enough", &message->target_id, 1000);
    }
}

static void
complain_of_rate (EdgeRelaySession *self,
                  double            tokens,
                  gint64            now)
{
  self->relay->n_refused[EDGE_RELAY_REFUSAL_RATE]++;

  if (!edge_token_bucket_take (&self->excess, 1, now))
    {
      edge_relay_session_end (self, EDGE_RELAY_CLOSE_POLICY, "rate", "Rate limit exceeded",
                              MAX (1, edge_token_bucket_wait (&self->frames, tokens)));
      return;
    }

  if (now - self->complained_at < COMPLAIN_EVERY)
    return;

  self->complained_at = now;
  send_error (self, "rate", "Rate limit exceeded", NULL,
              MAX (1, edge_token_bucket_wait (&self->frames, tokens)));
}

static void
handle_broadcast (EdgeRelaySession *self,
                  EdgeRelayMessage *message,
                  gint64            now)
{
  guint extra = self->room->members->len / MEMBERS_A_TOKEN;
  GString *frame;

  /* A room larger than the bucket could otherwise never be spoken to. */
  extra = MIN (extra, self->frames.capacity / 2);
  if (!edge_token_bucket_take (&self->frames, extra, now))
    {
      complain_of_rate (self, extra + 1, now);
      return;
    }

  frame = fresh_frame (self);
  edge_relay_message_append_from (frame, message->type, self->id, !self->proven,
                                  &message->payload);
  tell_others (self, frame);
}

static void
handle_message (EdgeRelaySession *self,
                EdgeRelayMessage *message,
                gint64            now)
{
  switch (message->type)
    {
    case EDGE_RELAY_MESSAGE_REGISTER:
      handle_register (self, message);
      break;
    case EDGE_RELAY_MESSAGE_AUTH:
      handle_auth (self, message, now);
      break;
    case EDGE_RELAY_MESSAGE_OFFER:
    case EDGE_RELAY_MESSAGE_ANSWER:
    case EDGE_RELAY_MESSAGE_ICE:
    case EDGE_RELAY_MESSAGE_DISCONNECT:
    case EDGE_RELAY_MESSAGE_PEER_MESSAGE:
      if (ensure_member (self))
        handle_targeted (self, message);
      break;
    case EDGE_RELAY_MESSAGE_BROADCAST:
      if (ensure_member (self))
        handle_broadcast (self, message, now);
      break;
    case EDGE_RELAY_MESSAGE_HEARTBEAT:
      if (self->state != EDGE_RELAY_SESSION_PENDING || become_member (self))
        {
          GString *frame = fresh_frame (self);

          edge_relay_message_append_ack (frame, g_get_real_time () / 1000);
          edge_relay_session_send (self, frame);
        }
      break;
    case EDGE_RELAY_MESSAGE_UNKNOWN:
    case EDGE_RELAY_MESSAGE_WELCOME:
    case EDGE_RELAY_MESSAGE_AUTH_OK:
    case EDGE_RELAY_MESSAGE_NODE_JOINED:
    case EDGE_RELAY_MESSAGE_NODE_LEFT:
    case EDGE_RELAY_MESSAGE_HEARTBEAT_ACK:
    case EDGE_RELAY_MESSAGE_ERROR_FRAME:
    default:
      break;
    }
}

static void
handle_fault (EdgeRelaySession *self,
              const GError     *error,
              gint64            now)
{
  self->relay->n_refused[EDGE_RELAY_REFUSAL_MALFORMED]++;

  if (g_error_matches (error, EDGE_RELAY_MESSAGE_ERROR, EDGE_RELAY_MESSAGE_ERROR_UTF8))
    edge_relay_session_end (self, EDGE_RELAY_CLOSE_BAD_DATA, "malformed", error->message, 0);
  else if (!edge_token_bucket_take (&self->faults, 1, now))
    edge_relay_session_end (self, EDGE_RELAY_CLOSE_POLICY, "malformed", error->message, 0);
  else
    send_error (self, "malformed", error->message, NULL, 0);
}

static void
session_text (gpointer    user_data,
              const char *text,
              gsize       length)
{
  EdgeRelaySession *self = user_data;
  g_autoptr(GError) error = NULL;
  EdgeRelayMessage message;
  gint64 now = self->active_at;

  self->relay->n_frames_in++;
  self->relay->n_bytes_in += length;

  if (!edge_token_bucket_take (&self->frames, 1, now))
    complain_of_rate (self, 1, now);
  else if (!edge_relay_message_parse (&message, text, length, &error))
    handle_fault (self, error, now);
  else
    handle_message (self, &message, now);
}

static void
session_alive (gpointer user_data)
{
  EdgeRelaySession *self = user_data;

  edge_relay_touch (self->relay, self, g_get_monotonic_time ());
}

static void
leave_room (EdgeRelaySession *self)
{
  gboolean was_member = self->state == EDGE_RELAY_SESSION_MEMBER;

  if (self->room == NULL)
    return;

  leave_members (self);
  if (was_member && !self->relay->draining)
    tell_presence (self, EDGE_RELAY_MESSAGE_NODE_LEFT);
  edge_relay_leave_room (self->relay, g_steal_pointer (&self->room));
}

static void
session_closing (gpointer user_data)
{
  EdgeRelaySession *self = user_data;

  leave_room (self);
  edge_relay_session_leaves (self->relay, self);
}

static void
session_closed (gpointer user_data)
{
  EdgeRelaySession *self = user_data;

  leave_room (self);
  edge_relay_session_is_gone (self->relay, self);
  edge_relay_session_free (self);
}

const EdgeRelaySocketFuncs edge_relay_session_funcs = {
  .text = session_text,
  .alive = session_alive,
  .closing = session_closing,
  .closed = session_closed,
};
