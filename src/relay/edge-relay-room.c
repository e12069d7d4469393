/* edge-relay-room.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "relay/edge-relay-room.h"

#include <string.h>

#include "relay/edge-relay-session.h"
#include "signaling/edge-relay-message.h"

EdgeRelayRoom *
edge_relay_room_new (const char *tag)
{
  EdgeRelayRoom *self = g_new0 (EdgeRelayRoom, 1);

  self->tag = g_strdup (tag);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->members = g_ptr_array_new ();
  return self;
}

void
edge_relay_room_free (EdgeRelayRoom *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->members);
  g_free (self->tag);
  g_free (self);
}

void
edge_relay_room_add (EdgeRelayRoom    *self,
                     EdgeRelaySession *session)
{
  session->index = self->members->len;
  g_ptr_array_add (self->members, session);
  g_hash_table_insert (self->by_id, session->id, session);
}

void
edge_relay_room_remove (EdgeRelayRoom    *self,
                        EdgeRelaySession *session)
{
  EdgeRelaySession *last = g_ptr_array_index (self->members, self->members->len - 1);

  g_assert (g_ptr_array_index (self->members, session->index) == session);

  g_ptr_array_remove_index_fast (self->members, session->index);
  last->index = session->index;
  g_hash_table_remove (self->by_id, session->id);
}

/** edge_relay_room_find: looks up a member; @id need not end with a NUL. */
EdgeRelaySession *
edge_relay_room_find (EdgeRelayRoom *self,
                      const char    *id,
                      gsize          length)
{
  char key[EDGE_RELAY_MAX_ID + 1];

  if (length > EDGE_RELAY_MAX_ID)
    return NULL;

  memcpy (key, id, length);
  key[length] = '\0';
  return g_hash_table_lookup (self->by_id, key);
}
