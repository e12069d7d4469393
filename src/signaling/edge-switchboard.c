/* edge-switchboard.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-switchboard.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"
#include "base/edge-token-bucket.h"
#include "signaling/edge-switchboard-peer.h"

/**
 * EdgeSwitchboard:
 *
 * All backends of one room as one: seals what goes out, opens and checks what
 * comes in, drops copies and replays, and knows by which backends each peer
 * is reached.
 *
 * Each start makes a session: 16 random bytes and an X25519 key pair, both announced in a signed
 * hello. Offers, answers, candidates and data are boxed to the recipient's session key, so what
 * was recorded for an earlier session can't be opened in a later one.
 */

/* Bounds on what strangers can make us keep and compute. */
#define BLOBS_PER_SECOND     400
#define STRANGERS_PER_MINUTE 240
#define ASKS_PER_MINUTE      240
#define NAMES_PER_MINUTE     (4 * EDGE_SWITCHBOARD_MAX_PEERS)

struct _EdgeSwitchboard
{
  GObject          parent_instance;

  EdgeIdentity    *identity;
  EdgeRoom        *room;
  GPtrArray       *backends;
  GHashTable      *peers;
  EdgeTokenBucket  blobs;
  EdgeTokenBucket  strangers;
  EdgeTokenBucket  asks;
  EdgeTokenBucket  names;
  guint64          sequence;
  gint64           started_at;
  guint8           session[EDGE_ENVELOPE_SESSION_SIZE];
  guint8           box_public[crypto_box_PUBLICKEYBYTES];
  guint8           box_secret[crypto_box_SECRETKEYBYTES];
};

enum
{
  PEER_FOUND,
  PEER_LEFT,
  HELLO,
  SIGNAL,
  TWIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeSwitchboard, edge_switchboard, G_TYPE_OBJECT)

/* Makes room for one more: of the peers nobody reaches any more, else of those
 * that never proved their key, the one not heard of for longest goes. */
static gboolean
evict_peer (EdgeSwitchboard *self)
{
  GHashTableIter iter;
  const char *id;
  EdgeSwitchboardPeer *peer;
  const char *worst_id = NULL;
  EdgeSwitchboardPeer *worst = NULL;
  g_autofree char *gone = NULL;
  gboolean present;

  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &peer))
    {
      if (peer->backends->len > 0 && peer->has_session)
        continue;
      if (worst == NULL || (peer->backends->len == 0) > (worst->backends->len == 0) ||
          ((peer->backends->len == 0) == (worst->backends->len == 0) &&
           peer->heard_at < worst->heard_at))
        {
          worst = peer;
          worst_id = id;
        }
    }
  if (worst == NULL)
    return FALSE;

  present = worst->backends->len > 0;
  gone = g_strdup (worst_id);
  g_hash_table_remove (self->peers, gone);
  if (present)
    g_signal_emit (self, signals[PEER_LEFT], 0, gone);
  return TRUE;
}

static EdgeSwitchboardPeer *
ensure_peer (EdgeSwitchboard *self,
             const char      *peer_id)
{
  EdgeSwitchboardPeer *peer = g_hash_table_lookup (self->peers, peer_id);

  if (peer != NULL)
    {
      peer->heard_at = g_get_monotonic_time ();
      return peer;
    }
  if (g_hash_table_size (self->peers) >= EDGE_SWITCHBOARD_MAX_PEERS && !evict_peer (self))
    return NULL;

  peer = edge_switchboard_peer_new ();
  peer->heard_at = g_get_monotonic_time ();
  g_hash_table_insert (self->peers, g_strdup (peer_id), peer);
  return peer;
}

static void
peer_found_cb (EdgeSignaling   *backend,
               const char      *peer_id,
               EdgeSwitchboard *self)
{
  EdgeSwitchboardPeer *peer = g_hash_table_lookup (self->peers, peer_id);

  if (!edge_base64url_is_key (peer_id) ||
      g_str_equal (peer_id, edge_identity_get_id (self->identity)) ||
      (peer == NULL && !edge_token_bucket_take (&self->names, 1, g_get_monotonic_time ())))
    return;
  peer = ensure_peer (self, peer_id);
  if (peer == NULL)
    return;

  if (!g_ptr_array_find (peer->backends, backend, NULL))
    g_ptr_array_add (peer->backends, backend);
  g_signal_emit (self, signals[PEER_FOUND], 0, peer_id, edge_signaling_get_name (backend));
}

static void
peer_left_cb (EdgeSignaling   *backend,
              const char      *peer_id,
              EdgeSwitchboard *self)
{
  EdgeSwitchboardPeer *peer = g_hash_table_lookup (self->peers, peer_id);

  if (peer == NULL || !g_ptr_array_remove (peer->backends, backend))
    return;

  if (peer->backends->len == 0)
    g_signal_emit (self, signals[PEER_LEFT], 0, peer_id);
}

static void
take_hello (EdgeSwitchboard    *self,
            EdgeSignaling      *backend,
            EdgeSwitchboardPeer *peer,
            const char         *peer_id,
            const EdgeEnvelope *envelope)
{
  gboolean wanted = FALSE;
  gboolean fresh = FALSE;
  guint8 box_key[EDGE_ENVELOPE_BOX_KEY_SIZE];

  if (!edge_switchboard_peer_read_hello (envelope->body, box_key, &wanted))
    return;

  if (!peer->has_session || memcmp (peer->session, envelope->session, sizeof peer->session) != 0)
    {
      if (!edge_switchboard_peer_renew (peer, envelope->session, envelope->time))
        return;
      fresh = TRUE;
    }
  if (edge_switchboard_peer_is_replay (peer, envelope->sequence))
    return;

  edge_switchboard_peer_note_route (peer, backend);
  memcpy (peer->box_key, box_key, sizeof box_key);
  g_signal_emit (self, signals[HELLO], 0, peer_id, fresh, wanted);
}

static void
received_cb (EdgeSignaling   *backend,
             const char      *hint,
             const char      *blob,
             EdgeSwitchboard *self)
{
  g_autoptr(EdgeEnvelope) envelope = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *peer_id = NULL;
  gint64 now = g_get_monotonic_time ();
  EdgeSwitchboardPeer *peer;

  if (!edge_token_bucket_take (&self->blobs, 1, now))
    return;

  envelope = edge_envelope_open (blob, self->room, edge_identity_get_public_key (self->identity),
                                 self->box_public, self->box_secret, &error);
  if (envelope == NULL)
    {
      g_debug ("An envelope was dropped: %s", error->message);
      return;
    }

  peer_id = edge_base64url_encode (envelope->sender, sizeof envelope->sender);
  if (g_str_equal (peer_id, edge_identity_get_id (self->identity)))
    {
      /* A copy of what we sent, or of what we sent in an earlier session, is nothing new. */
      if (envelope->kind == EDGE_SIGNAL_HELLO && envelope->time > self->started_at &&
          memcmp (envelope->session, self->session, sizeof self->session) != 0)
        g_signal_emit (self, signals[TWIN], 0);
      return;
    }

  peer = g_hash_table_lookup (self->peers, peer_id);
  if (peer == NULL)
    {
      if (!edge_token_bucket_take (&self->strangers, 1, now))
        return;
      peer = ensure_peer (self, peer_id);
      if (peer == NULL)
        return;
      g_ptr_array_add (peer->backends, backend);
      g_signal_emit (self, signals[PEER_FOUND], 0, peer_id, edge_signaling_get_name (backend));
      peer = g_hash_table_lookup (self->peers, peer_id);
      if (peer == NULL)
        return;
    }
  else if (!g_ptr_array_find (peer->backends, backend, NULL))
    g_ptr_array_add (peer->backends, backend);

  if (envelope->kind == EDGE_SIGNAL_HELLO)
    {
      take_hello (self, backend, peer, peer_id, envelope);
      return;
    }

  if (!peer->has_session ||
      memcmp (peer->session, envelope->session, sizeof peer->session) != 0)
    {
      /* Its hello was lost, or it started anew: ask who it is now. */
      if (edge_token_bucket_take (&self->asks, 1, now))
        edge_switchboard_say_hello (self, peer_id, TRUE);
      return;
    }
  if (edge_switchboard_peer_is_replay (peer, envelope->sequence))
    return;

  /* After the replay check, or a copy could draw what we send to a backend
   * that only repeats what it overheard. */
  edge_switchboard_peer_note_route (peer, backend);
  g_signal_emit (self, signals[SIGNAL], 0, peer_id, (int) envelope->kind, envelope->body);
}

/* Returns: the peers that only @backend reached */
static GPtrArray *
forget_backend (EdgeSwitchboard *self,
                EdgeSignaling   *backend)
{
  GPtrArray *left = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  const char *id;
  EdgeSwitchboardPeer *peer;

  g_signal_handlers_disconnect_by_data (backend, self);
  g_hash_table_iter_init (&iter, self->peers);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &peer))
    {
      if (g_ptr_array_remove (peer->backends, backend) && peer->backends->len == 0)
        g_ptr_array_add (left, g_strdup (id));
    }
  return left;
}

static void
edge_switchboard_dispose (GObject *object)
{
  EdgeSwitchboard *self = EDGE_SWITCHBOARD (object);

  for (guint i = 0; self->backends != NULL && i < self->backends->len; i++)
    g_ptr_array_unref (forget_backend (self, self->backends->pdata[i]));
  g_clear_pointer (&self->backends, g_ptr_array_unref);

  G_OBJECT_CLASS (edge_switchboard_parent_class)->dispose (object);
}

static void
edge_switchboard_finalize (GObject *object)
{
  EdgeSwitchboard *self = EDGE_SWITCHBOARD (object);

  g_clear_pointer (&self->peers, g_hash_table_unref);
  g_clear_object (&self->identity);
  g_clear_pointer (&self->room, edge_room_unref);
  sodium_memzero (self->box_secret, sizeof self->box_secret);

  G_OBJECT_CLASS (edge_switchboard_parent_class)->finalize (object);
}

static void
edge_switchboard_class_init (EdgeSwitchboardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = edge_switchboard_dispose;
  object_class->finalize = edge_switchboard_finalize;

  /**
   * EdgeSwitchboard::peer-found:
   * @self: a switchboard
   * @peer_id: a node id, not proven
   * @backend: the name of the backend that heard of it
   */
  signals[PEER_FOUND] = g_signal_new ("peer-found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                      G_TYPE_STRING, G_TYPE_STRING);
  /**
   * EdgeSwitchboard::peer-left:
   * @self: a switchboard
   * @peer_id: a node id
   *
   * No backend reaches the peer any more. A hint.
   */
  signals[PEER_LEFT] = g_signal_new ("peer-left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * EdgeSwitchboard::hello:
   * @self: a switchboard
   * @peer_id: who signed it
   * @fresh: whether the peer's session is new to us
   * @wanted: whether the peer asks for a link or an answer
   */
  signals[HELLO] = g_signal_new ("hello", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                 G_TYPE_STRING, G_TYPE_BOOLEAN, G_TYPE_BOOLEAN);
  /**
   * EdgeSwitchboard::signal:
   * @self: a switchboard
   * @peer_id: who signed it
   * @kind: an #EdgeSignalKind other than hello
   * @body: the content; the sender is proven, the content is still a stranger's
   */
  signals[SIGNAL] = g_signal_new ("signal", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                  G_TYPE_STRING, G_TYPE_INT, G_TYPE_BYTES);
  /** EdgeSwitchboard::twin: Another program says hello with our key. */
  signals[TWIN] = g_signal_new ("twin", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_switchboard_init (EdgeSwitchboard *self)
{
  gint64 now = g_get_monotonic_time ();

  self->backends = g_ptr_array_new_with_free_func (g_object_unref);
  self->peers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) edge_switchboard_peer_free);
  edge_token_bucket_init (&self->blobs, BLOBS_PER_SECOND * 2, BLOBS_PER_SECOND * 60.0, now);
  edge_token_bucket_init (&self->strangers, STRANGERS_PER_MINUTE, STRANGERS_PER_MINUTE, now);
  edge_token_bucket_init (&self->asks, ASKS_PER_MINUTE, ASKS_PER_MINUTE, now);
  edge_token_bucket_init (&self->names, NAMES_PER_MINUTE, NAMES_PER_MINUTE, now);
  self->started_at = g_get_real_time () / 1000;
  randombytes_buf (self->session, sizeof self->session);
  crypto_box_keypair (self->box_public, self->box_secret);
}

/**
 * edge_switchboard_new:
 * @identity: who we are
 * @room: where we are
 *
 * Returns: (transfer full): a switchboard with a new session
 */
EdgeSwitchboard *
edge_switchboard_new (EdgeIdentity *identity,
                      EdgeRoom     *room)
{
  EdgeSwitchboard *self = g_object_new (EDGE_TYPE_SWITCHBOARD, NULL);

  self->identity = g_object_ref (identity);
  self->room = edge_room_ref (room);
  return self;
}

/**
 * edge_switchboard_get_session:
 * @self: a switchboard
 *
 * Returns: (transfer none) (array fixed-size=16): our session
 */
const guint8 *
edge_switchboard_get_session (EdgeSwitchboard *self)
{
  return self->session;
}

EdgeRoom *
edge_switchboard_get_room (EdgeSwitchboard *self)
{
  return self->room;
}

EdgeIdentity *
edge_switchboard_get_identity (EdgeSwitchboard *self)
{
  return self->identity;
}

/**
 * edge_switchboard_add_backend:
 * @self: a switchboard
 * @backend: a backend, started by whoever owns it
 */
void
edge_switchboard_add_backend (EdgeSwitchboard *self,
                              EdgeSignaling   *backend)
{
  g_return_if_fail (EDGE_IS_SWITCHBOARD (self));
  g_return_if_fail (EDGE_IS_SIGNALING (backend));

  g_ptr_array_add (self->backends, g_object_ref (backend));
  g_signal_connect (backend, "peer-found", G_CALLBACK (peer_found_cb), self);
  g_signal_connect (backend, "peer-left", G_CALLBACK (peer_left_cb), self);
  g_signal_connect (backend, "received", G_CALLBACK (received_cb), self);
}

void
edge_switchboard_remove_backend (EdgeSwitchboard *self,
                                 EdgeSignaling   *backend)
{
  g_autoptr(GPtrArray) left = NULL;

  g_return_if_fail (EDGE_IS_SWITCHBOARD (self));

  if (!g_ptr_array_find (self->backends, backend, NULL))
    return;
  left = forget_backend (self, backend);
  g_ptr_array_remove (self->backends, backend);
  for (guint i = 0; i < left->len; i++)
    g_signal_emit (self, signals[PEER_LEFT], 0, left->pdata[i]);
}

static gboolean
pass_on (EdgeSwitchboard *self,
         const char      *peer_id,
         EdgeSignalKind   kind,
         GBytes          *body,
         const guint8    *box_key)
{
  EdgeEnvelope envelope = { .kind = kind, .has_recipient = TRUE, .body = body };
  EdgeSwitchboardPeer *peer = g_hash_table_lookup (self->peers, peer_id);
  g_autofree char *blob = NULL;
  g_autoptr(GError) error = NULL;

  if (peer == NULL ||
      !edge_base64url_decode_fixed (peer_id, -1, envelope.recipient, sizeof envelope.recipient))
    return FALSE;

  memcpy (envelope.session, self->session, sizeof envelope.session);
  envelope.sequence = ++self->sequence;
  envelope.time = g_get_real_time () / 1000;
  blob = edge_envelope_seal (&envelope, self->room, self->identity, box_key, &error);
  if (blob == NULL)
    {
      g_debug ("An envelope was not sealed: %s", error->message);
      return FALSE;
    }

  for (guint i = 0; i < peer->backends->len; i++)
    {
      EdgeSignaling *backend = peer->backends->pdata[i];

      if (kind == EDGE_SIGNAL_DATA && !edge_signaling_carries_data (backend))
        continue;
      if (edge_signaling_send (backend, peer_id, kind, blob))
        return TRUE;
    }
  return FALSE;
}

/**
 * edge_switchboard_say_hello:
 * @self: a switchboard
 * @peer_id: a peer that was found
 * @wanted: whether we ask for a link or an answer
 *
 * Sends our signed session key, which the peer needs to send us anything more.
 *
 * Returns: whether a backend took it
 */
gboolean
edge_switchboard_say_hello (EdgeSwitchboard *self,
                            const char      *peer_id,
                            gboolean         wanted)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *box = edge_base64url_encode (self->box_public, sizeof self->box_public);
  g_autoptr(GBytes) body = NULL;
  char *text;

  json_object_set_string_member (object, "box", box);
  json_object_set_boolean_member (object, "wanted", wanted);
  text = edge_json_print (object);
  body = g_bytes_new_take (text, strlen (text));
  return pass_on (self, peer_id, EDGE_SIGNAL_HELLO, body, NULL);
}

/**
 * edge_switchboard_send:
 * @self: a switchboard
 * @peer_id: a peer whose hello came
 * @kind: anything but hello
 * @body: at most %EDGE_ENVELOPE_MAX_BODY bytes
 *
 * Sends on the route on which the peer was last heard, else on any other.
 *
 * Returns: whether a backend took it
 */
gboolean
edge_switchboard_send (EdgeSwitchboard *self,
                       const char      *peer_id,
                       EdgeSignalKind   kind,
                       GBytes          *body)
{
  EdgeSwitchboardPeer *peer = g_hash_table_lookup (self->peers, peer_id);

  g_return_val_if_fail (kind != EDGE_SIGNAL_HELLO, FALSE);

  if (peer == NULL || !peer->has_session)
    return FALSE;
  return pass_on (self, peer_id, kind, body, peer->box_key);
}

/**
 * edge_switchboard_knows_session:
 * @self: a switchboard
 * @peer_id: a node id
 *
 * Returns: whether the peer's hello came, so that it can be sent offers
 */
gboolean
edge_switchboard_knows_session (EdgeSwitchboard *self,
                                const char      *peer_id)
{
  EdgeSwitchboardPeer *peer = g_hash_table_lookup (self->peers, peer_id);

  return peer != NULL && peer->has_session;
}

/**
 * edge_switchboard_is_present:
 * @self: a switchboard
 * @peer_id: a node id
 *
 * Returns: whether some backend that is up reaches the peer
 */
gboolean
edge_switchboard_is_present (EdgeSwitchboard *self,
                             const char      *peer_id)
{
  EdgeSwitchboardPeer *peer = g_hash_table_lookup (self->peers, peer_id);

  for (guint i = 0; peer != NULL && i < peer->backends->len; i++)
    {
      if (edge_signaling_get_state (peer->backends->pdata[i]) == EDGE_SIGNALING_STATE_UP)
        return TRUE;
    }
  return FALSE;
}

/**
 * edge_switchboard_carries_data:
 * @self: a switchboard
 * @peer_id: a node id
 *
 * Returns: whether a link to the peer could run through a backend
 */
gboolean
edge_switchboard_carries_data (EdgeSwitchboard *self,
                               const char      *peer_id)
{
  EdgeSwitchboardPeer *peer = g_hash_table_lookup (self->peers, peer_id);

  for (guint i = 0; peer != NULL && peer->has_session && i < peer->backends->len; i++)
    {
      EdgeSignaling *backend = peer->backends->pdata[i];

      if (edge_signaling_carries_data (backend) &&
          edge_signaling_get_state (backend) == EDGE_SIGNALING_STATE_UP)
        return TRUE;
    }
  return FALSE;
}
