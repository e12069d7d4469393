/* edge-event.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-event.h"

#include <string.h>

#include "ledger/edge-ledger-error.h"

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED, reason);
  return FALSE;
}

static gboolean
read_type (EdgeEvent           *self,
           const EdgeCanonNode *root)
{
  g_autofree char *word = edge_canon_dup_string (edge_canon_member (root, "type"), NULL);
  EdgeEventType type;

  if (word == NULL || !edge_event_type_from_string (word, &type))
    return FALSE;
  self->type = type;
  return TRUE;
}

static gboolean
read_parents (EdgeEvent           *self,
              const EdgeCanonNode *node)
{
  const EdgeCanonNode *item = node + 1;

  if (node->kind != EDGE_CANON_ARRAY || node->count < 1 || node->count > EDGE_EVENT_MAX_PARENTS)
    return FALSE;

  for (; self->n_parents < node->count; self->n_parents++, item = edge_canon_next (item))
    {
      if (!edge_canon_get_id (item, &self->parents[self->n_parents]))
        return FALSE;
    }
  return self->n_parents == 1 || edge_id_compare (&self->parents[0], &self->parents[1]) < 0;
}

/* The members every event has, and the place it claims in its author's chain. */
static gboolean
read_place (EdgeEvent            *self,
            const EdgeCanonNode  *root,
            GError              **error)
{
  static const char *const names[] = {
    "body", "height", "net", "parents", "prev", "seq", "time", "type", NULL
  };
  static const char *const names_join[] = {
    "body", "height", "net", "parents", "seq", "time", "type", NULL
  };
  static const char *const names_genesis[] = { "body", "height", "seq", "time", "type", NULL };
  gboolean first = self->type == EDGE_EVENT_GENESIS || self->type == EDGE_EVENT_JOIN;

  if (!edge_canon_has_exactly (root, self->type == EDGE_EVENT_GENESIS ? names_genesis
                                     : first ? names_join : names))
    return refuse (error, "the event has other members than its type");

  if (!edge_canon_get_integer (edge_canon_member (root, "seq"), first ? 0 : 1,
                               first ? 0 : EDGE_CANON_MAX_INTEGER, &self->seq))
    return refuse (error, "seq is 0 for genesis and join, and for them only");
  if (!edge_canon_get_integer (edge_canon_member (root, "time"), 0, EDGE_EVENT_MAX_TIME,
                               &self->time))
    return refuse (error, "the time is out of bounds");
  if (!edge_canon_get_integer (edge_canon_member (root, "height"),
                               self->type == EDGE_EVENT_GENESIS ? 0 : 1,
                               self->type == EDGE_EVENT_GENESIS ? 0 : EDGE_CANON_MAX_INTEGER,
                               &self->height))
    return refuse (error, "the height is out of bounds");

  if (self->type == EDGE_EVENT_GENESIS)
    return TRUE;

  if (!edge_canon_get_id (edge_canon_member (root, "net"), &self->net))
    return refuse (error, "net is no id");
  if (!read_parents (self, edge_canon_member (root, "parents")))
    return refuse (error, "parents are not one or two ids, sorted");

  self->has_prev = !first;
  if (self->has_prev && !edge_canon_get_id (edge_canon_member (root, "prev"), &self->prev))
    return refuse (error, "prev is no id");
  return TRUE;
}

static gboolean
read_payload (EdgeEvent      *self,
              const EdgeJws  *jws,
              GError        **error)
{
  g_autofree EdgeCanonNode *root = edge_canon_read (jws->payload, jws->payload_length, error);
  gsize limit;

  if (root == NULL)
    return FALSE;
  if (!read_type (self, root))
    return refuse (error, "no type this version knows");

  limit = self->type == EDGE_EVENT_SLASH ? EDGE_EVENT_MAX_SLASH_SIZE
          : self->type == EDGE_EVENT_GENESIS ? EDGE_EVENT_MAX_GENESIS_SIZE
          : EDGE_EVENT_MAX_SIZE;
  if (self->length > limit)
    return refuse (error, "too long for its type");
  if (!read_place (self, root, error))
    return FALSE;

  self->body = edge_event_body_parse (self->type, edge_canon_member (root, "body"),
                                      &self->author, error);
  if (self->body == NULL)
    return FALSE;

  if (self->type == EDGE_EVENT_GENESIS)
    {
      self->body->genesis->id = self->id;
      self->body->genesis->author = self->author;
      self->body->genesis->time = self->time;
    }
  return TRUE;
}

/**
 * edge_event_parse:
 * @text: (array length=length): a compact JWS, not yet trusted
 * @length: its bytes
 * @error: return location for an `EDGE_LEDGER_ERROR` that says what is wrong
 *
 * Reads an event and checks all of its form that needs neither a signature nor
 * the genesis; edge_event_check() does the rest.
 *
 * Returns: (transfer full) (nullable): the event
 */
EdgeEvent *
edge_event_parse (const char  *text,
                  gsize        length,
                  GError     **error)
{
  g_auto(EdgeJws) jws = { 0 };
  g_autoptr(EdgeEvent) self = NULL;

  if (!edge_jws_read (&jws, text, length, EDGE_EVENT_MAX_SLASH_SIZE, error))
    return NULL;

  self = g_atomic_rc_box_new0 (EdgeEvent);
  self->id = jws.id;
  self->author = jws.key;
  self->length = length;
  self->signed_length = jws.signed_length;
  memcpy (self->signature, jws.signature, sizeof self->signature);
  if (!read_payload (self, &jws, error))
    return NULL;

  self->text = g_strndup (text, length);
  return g_steal_pointer (&self);
}

static void
clear (gpointer data)
{
  EdgeEvent *self = data;

  g_clear_pointer (&self->body, edge_event_body_unref);
  g_clear_pointer (&self->text, g_free);
}

/**
 * edge_event_ref:
 * @self: an event
 *
 * Returns: (transfer full): @self
 */
EdgeEvent *
edge_event_ref (EdgeEvent *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * edge_event_unref:
 * @self: (transfer full): an event
 *
 * Drops a reference.
 */
void
edge_event_unref (EdgeEvent *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
