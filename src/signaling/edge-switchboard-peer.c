/* edge-switchboard-peer.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "signaling/edge-switchboard-peer.h"

#include <sodium.h>
#include <string.h>

#include "base/edge-base64.h"
#include "base/edge-json.h"

EdgeSwitchboardPeer *
edge_switchboard_peer_new (void)
{
  EdgeSwitchboardPeer *self = g_new0 (EdgeSwitchboardPeer, 1);

  self->backends = g_ptr_array_new ();
  return self;
}

void
edge_switchboard_peer_free (EdgeSwitchboardPeer *self)
{
  g_ptr_array_unref (self->backends);
  sodium_memzero (self, sizeof *self);
  g_free (self);
}

/**
 * edge_switchboard_peer_note_route:
 * @self: a peer
 * @backend: what brought something new of it, which is tried first from now on
 */
void
edge_switchboard_peer_note_route (EdgeSwitchboardPeer *self,
                                  EdgeSignaling       *backend)
{
  guint at;

  if (g_ptr_array_find (self->backends, backend, &at))
    {
      if (at == 0)
        return;
      g_ptr_array_remove_index (self->backends, at);
    }
  g_ptr_array_insert (self->backends, 0, backend);
}

/**
 * edge_switchboard_peer_renew:
 * @self: a peer
 * @session: another session than its present one, from a signed hello
 * @time: the clock of that hello in ms
 *
 * A recorded hello of an earlier session must not displace a later one.
 * Clocks that were set back by more than an hour are forgiven.
 *
 * Returns: whether it is the peer's session from now on
 */
gboolean
edge_switchboard_peer_renew (EdgeSwitchboardPeer *self,
                             const guint8        *session,
                             gint64               time)
{
  if (self->has_session && time < self->session_time &&
      time > self->session_time - EDGE_SWITCHBOARD_CLOCK_SKEW_MS)
    return FALSE;
  for (guint i = 0; i < MIN (self->n_former, EDGE_SWITCHBOARD_FORMER_SESSIONS); i++)
    {
      if (memcmp (self->former[i], session, EDGE_ENVELOPE_SESSION_SIZE) == 0)
        return FALSE;
    }

  if (self->has_session)
    memcpy (self->former[self->n_former++ % EDGE_SWITCHBOARD_FORMER_SESSIONS], self->session,
            sizeof self->session);
  memcpy (self->session, session, sizeof self->session);
  self->session_time = time;
  self->has_session = TRUE;
  self->highest = 0;
  self->seen = 0;
  return TRUE;
}

/**
 * edge_switchboard_peer_is_replay:
 * @self: a peer with a session
 * @sequence: of an envelope of that session
 *
 * Marks the sequence as seen: the sliding window of RFC 4303, section 3.4.3.
 *
 * Returns: whether it was seen before, or is too old to tell
 */
gboolean
edge_switchboard_peer_is_replay (EdgeSwitchboardPeer *self,
                                 guint64              sequence)
{
  if (sequence > self->highest)
    {
      guint64 ahead = sequence - self->highest;

      self->seen = ahead < EDGE_SWITCHBOARD_REPLAY_WINDOW ? self->seen << ahead : 0;
      self->seen |= 1;
      self->highest = sequence;
      return FALSE;
    }

  if (self->highest - sequence >= EDGE_SWITCHBOARD_REPLAY_WINDOW)
    return TRUE;
  if (self->seen >> (self->highest - sequence) & 1)
    return TRUE;

  self->seen |= G_GUINT64_CONSTANT (1) << (self->highest - sequence);
  return FALSE;
}

/**
 * edge_switchboard_peer_read_hello:
 * @body: body of a hello; a stranger's
 * @box_key: (out caller-allocates): the session's key for boxes
 * @wanted: (out): whether an answer is asked for
 *
 * Returns: whether it is well formed
 */
gboolean
edge_switchboard_peer_read_hello (GBytes   *body,
                                  guint8   *box_key,
                                  gboolean *wanted)
{
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(GError) error = NULL;
  const char *box_text = NULL;
  gsize size;
  const char *text = g_bytes_get_data (body, &size);

  object = edge_json_parse (text, size, EDGE_ENVELOPE_MAX_BODY, &error);
  if (object != NULL &&
      edge_json_read_string (object, "box", EDGE_KEY_TEXT_LENGTH, &box_text, &error) &&
      edge_json_read_boolean (object, "wanted", wanted, &error) && box_text != NULL &&
      edge_base64url_decode_fixed (box_text, -1, box_key, EDGE_ENVELOPE_BOX_KEY_SIZE))
    return TRUE;

  g_debug ("A malformed hello was dropped: %s", error != NULL ? error->message : "no key");
  return FALSE;
}
