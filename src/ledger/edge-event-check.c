/* edge-event-check.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "ledger/edge-event.h"
#include "ledger/edge-ledger-error.h"
#include "ledger/edge-signed-text.h"
#include "ledger/edge-work.h"

static gboolean
refuse (GError          **error,
        EdgeLedgerError   code,
        const char       *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, code, reason);
  return FALSE;
}

static gboolean
check_results (EdgeEvent  *self,
               GError    **error)
{
  for (guint i = 0; i < self->body->n_items; i++)
    {
      const EdgeResult *result = &self->body->results[i];
      g_autofree char *text = edge_signed_text_result (&self->net, &self->body->key,
                                                       &result->result, result->cpu_ms,
                                                       result->pay);

      if (!edge_identity_verify (result->key.bytes, (const guint8 *) text, strlen (text),
                                 result->signature))
        return refuse (error, EDGE_LEDGER_ERROR_SIGNATURE, "a result is not signed by its key");
    }
  return TRUE;
}

static gboolean
check_marks (EdgeEvent  *self,
             GError    **error)
{
  for (guint i = 0; i < self->body->n_items; i++)
    {
      const EdgeMark *mark = &self->body->marks[i];
      g_autofree char *text = edge_signed_text_uptime (&self->net, &self->author,
                                                       self->body->time, mark->mask);

      if (!edge_identity_verify (mark->key.bytes, (const guint8 *) text, strlen (text),
                                 mark->signature))
        return refuse (error, EDGE_LEDGER_ERROR_SIGNATURE, "a mark is not signed by its key");
    }
  return TRUE;
}

static EdgeEvent *
read_inner (const char           *text,
            const EdgeGenesis    *genesis,
            EdgeEventCheckFlags   flags,
            GError              **error)
{
  g_autoptr(EdgeEvent) inner = NULL;

  /* A slash holds no slash, so nothing nests; what is longer can only be one. */
  if (strlen (text) > EDGE_EVENT_MAX_SIZE)
    {
      refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "an event in the slash is too long");
      return NULL;
    }

  inner = edge_event_parse (text, strlen (text), error);
  if (inner == NULL)
    return NULL;
  if (inner->type == EDGE_EVENT_SLASH || inner->type == EDGE_EVENT_GENESIS)
    {
      refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "a slash holds a slash or a genesis");
      return NULL;
    }
  if (!edge_event_check (inner, genesis, flags, error))
    return NULL;
  return g_steal_pointer (&inner);
}

static gboolean
is_spending (EdgeEvent *event)
{
  return event->type == EDGE_EVENT_TRANSFER || event->type == EDGE_EVENT_ESCROW;
}

static gboolean
check_slash (EdgeEvent            *self,
             const EdgeGenesis    *genesis,
             EdgeEventCheckFlags   flags,
             GError              **error)
{
  g_autoptr(EdgeEvent) a = NULL;
  g_autoptr(EdgeEvent) b = NULL;

  if (self->body->has_key)
    return TRUE;

  a = read_inner (self->body->texts[0], genesis, flags, error);
  if (a != NULL)
    b = read_inner (self->body->texts[1], genesis, flags, error);
  if (b == NULL)
    return FALSE;
  if (edge_id_compare (&a->id, &b->id) >= 0)
    return refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "a does not come before b");
  if (!edge_id_equal (&a->author, &b->author))
    return refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "a and b are of two authors");
  if (!a->has_prev || !b->has_prev || !edge_id_equal (&a->prev, &b->prev))
    return refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "a and b do not follow the same event");
  if (!is_spending (a) && !is_spending (b))
    return refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "neither a nor b is a transfer or escrow");

  self->body->key = a->author;
  self->body->prev = a->prev;
  self->body->has_key = TRUE;

  /* Their texts are in the event's own; two copies would double the room it takes. */
  g_clear_pointer (&self->body->texts, g_strfreev);
  self->body->n_items = 0;
  return TRUE;
}

/**
 * edge_event_check:
 * @self: an event nobody else holds yet
 * @genesis: the network's rules; for a genesis event its own
 * @flags: what needs no check
 * @error: return location for an `EDGE_LEDGER_ERROR` that says what is wrong
 *
 * Checks what edge_event_parse() could not: network, signatures, proof of work.
 * After this the event's form is good.
 *
 * Returns: whether all of it holds
 */
gboolean
edge_event_check (EdgeEvent            *self,
                  const EdgeGenesis    *genesis,
                  EdgeEventCheckFlags   flags,
                  GError              **error)
{
  gboolean is_genesis = self->type == EDGE_EVENT_GENESIS;
  gboolean verify = (flags & EDGE_EVENT_CHECK_SKIP_SIGNATURES) == 0;

  if (!edge_id_equal (is_genesis ? &self->id : &self->net, &genesis->id))
    return refuse (error, EDGE_LEDGER_ERROR_NETWORK, "of another network");
  if (!is_genesis && edge_id_equal (&self->author, &genesis->author) &&
      (genesis->n_validators == 0 || self->type == EDGE_EVENT_JOIN))
    return refuse (error, EDGE_LEDGER_ERROR_MALFORMED, "the key of the genesis may not sign this");
  if (verify &&
      !edge_identity_verify (self->author.bytes, (const guint8 *) self->text, self->signed_length,
                             self->signature))
    return refuse (error, EDGE_LEDGER_ERROR_SIGNATURE, "the signature is not by its author");

  if (self->type == EDGE_EVENT_SLASH)
    return check_slash (self, genesis, flags, error);
  if (!verify)
    return TRUE;
  if (self->type == EDGE_EVENT_RECEIPT || self->type == EDGE_EVENT_SETTLE)
    return check_results (self, error);
  if (self->type == EDGE_EVENT_UPTIME)
    return check_marks (self, error);
  if (self->type == EDGE_EVENT_JOIN && (flags & EDGE_EVENT_CHECK_SKIP_WORK) == 0 &&
      !edge_work_check (genesis, &self->author, self->body->amount))
    return refuse (error, EDGE_LEDGER_ERROR_WORK, "the proof of work is not done");
  return TRUE;
}
