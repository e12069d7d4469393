/* edge-event-body.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-event-body.h"

#include <string.h>

#include "base/edge-base64.h"
#include "ledger/edge-ledger-error.h"

typedef gboolean (*ParseFunc) (EdgeEventBody        *self,
                               const EdgeCanonNode  *node,
                               const EdgeId         *author,
                               GError              **error);

static gboolean
refuse (GError     **error,
        const char  *reason)
{
  g_set_error_literal (error, EDGE_LEDGER_ERROR, EDGE_LEDGER_ERROR_MALFORMED, reason);
  return FALSE;
}

static gboolean
read_signature (const EdgeCanonNode *node,
                guint8              *signature)
{
  return node->kind == EDGE_CANON_STRING && !node->escaped &&
         edge_base64url_decode_fixed (node->text, (gssize) node->text_length, signature,
                                      EDGE_IDENTITY_SIGNATURE_SIZE);
}

/* A key that a body names is any 43 characters of base64url. Where the spare bits are not zero it is
 * the spelling of no key, so nobody has it: it stands for its own SHA-256, which nobody has either. */
static gboolean
read_key (const EdgeCanonNode *node,
          EdgeId              *key)
{
  if (edge_canon_get_id (node, key))
    return TRUE;
  if (node == NULL || node->kind != EDGE_CANON_STRING ||
      node->text_length != EDGE_ID_TEXT_SIZE - 1)
    return FALSE;

  for (gsize i = 0; i < node->text_length; i++)
    {
      if (!g_ascii_isalnum (node->text[i]) && node->text[i] != '-' && node->text[i] != '_')
        return FALSE;
    }
  edge_id_of_data (key, node->text, node->text_length);
  return TRUE;
}

/* A list of keys or of hashes, sorted as text, none twice. */
static gboolean
read_ids (EdgeEventBody       *self,
          const EdgeCanonNode *node,
          guint                min,
          guint                max,
          gboolean           (*read) (const EdgeCanonNode *node, EdgeId *value))
{
  const EdgeCanonNode *item;
  const char *last = NULL;

  if (node->kind != EDGE_CANON_ARRAY || node->count < min || node->count > max)
    return FALSE;

  self->keys = g_new (EdgeId, node->count);
  self->n_items = (guint) node->count;
  item = node + 1;
  for (guint i = 0; i < self->n_items; i++, item = edge_canon_next (item))
    {
      if (!read (item, &self->keys[i]) ||
          (last != NULL && memcmp (last, item->text, EDGE_ID_TEXT_SIZE - 1) >= 0))
        return FALSE;
      last = item->text;
    }
  return TRUE;
}

static gboolean
read_grants (EdgeGenesis         *genesis,
             const EdgeCanonNode *node)
{
  static const char *const names[] = { "amount", "key", NULL };
  const EdgeCanonNode *item = node + 1;

  if (node->kind != EDGE_CANON_ARRAY || node->count > EDGE_GENESIS_MAX_GRANTS)
    return FALSE;

  for (; genesis->n_grants < node->count; genesis->n_grants++, item = edge_canon_next (item))
    {
      EdgeGrant *grant = &genesis->grants[genesis->n_grants];

      if (!edge_canon_has_exactly (item, names) ||
          !edge_canon_get_id (edge_canon_member (item, "key"), &grant->key) ||
          !edge_canon_get_integer (edge_canon_member (item, "amount"), 1, EDGE_AMOUNT_MAX,
                                   &grant->amount))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_genesis (EdgeEventBody        *self,
               const EdgeCanonNode  *node,
               const EdgeId         *author,
               GError              **error)
{
  const char *names[EDGE_GENESIS_N_PARAMS + 4] = { "grants", "name", "validators" };
  const EdgeCanonNode *list;
  const EdgeCanonNode *item;
  g_autofree char *name = NULL;
  gsize length;

  for (guint i = 0; i < EDGE_GENESIS_N_PARAMS; i++)
    names[3 + i] = edge_genesis_param_info (i)->name;
  if (!edge_canon_has_exactly (node, names))
    return refuse (error, "a genesis has other members");

  self->genesis = g_new0 (EdgeGenesis, 1);
  for (guint i = 0; i < EDGE_GENESIS_N_PARAMS; i++)
    {
      if (!edge_canon_get_integer (edge_canon_member (node, names[3 + i]), 0,
                                   EDGE_CANON_MAX_INTEGER, &self->genesis->params[i]))
        return refuse (error, "a parameter is no number");
    }

  name = edge_canon_dup_string (edge_canon_member (node, "name"), &length);
  if (name == NULL || length > EDGE_GENESIS_MAX_NAME)
    return refuse (error, "the name is not 1 to 64 bytes");
  memcpy (self->genesis->name, name, length);

  if (!read_grants (self->genesis, edge_canon_member (node, "grants")))
    return refuse (error, "the grants are not a list of key and amount");

  list = edge_canon_member (node, "validators");
  if (list->kind != EDGE_CANON_ARRAY || list->count > EDGE_GENESIS_MAX_VALIDATORS)
    return refuse (error, "the validators are not a list of at most 15 keys");
  item = list + 1;
  for (; self->genesis->n_validators < list->count; item = edge_canon_next (item))
    {
      if (!edge_canon_get_id (item, &self->genesis->validators[self->genesis->n_validators++]))
        return refuse (error, "a validator is no key");
    }

  return edge_genesis_check (self->genesis, error);
}

static gboolean
parse_join (EdgeEventBody        *self,
            const EdgeCanonNode  *node,
            const EdgeId         *author,
            GError              **error)
{
  static const char *const names[] = { "work", "inviter?", NULL };
  const EdgeCanonNode *inviter = edge_canon_member (node, "inviter");

  if (!edge_canon_has_exactly (node, names) ||
      !edge_canon_get_integer (edge_canon_member (node, "work"), 0, EDGE_CANON_MAX_INTEGER,
                               &self->amount))
    return refuse (error, "a join holds work and may hold an inviter");

  self->has_key = inviter != NULL;
  if (self->has_key && !read_key (inviter, &self->key))
    return refuse (error, "the inviter is no key");
  if (self->has_key && edge_id_equal (&self->key, author))
    return refuse (error, "a join names itself as inviter");
  return TRUE;
}

static gboolean
parse_vouch (EdgeEventBody        *self,
             const EdgeCanonNode  *node,
             const EdgeId         *author,
             GError              **error)
{
  static const char *const names[] = { "key", NULL };

  self->has_key = TRUE;
  return (edge_canon_has_exactly (node, names) &&
          read_key (edge_canon_member (node, "key"), &self->key)) ||
         refuse (error, "a vouch holds a key");
}

static gboolean
parse_transfer (EdgeEventBody        *self,
                const EdgeCanonNode  *node,
                const EdgeId         *author,
                GError              **error)
{
  static const char *const names[] = { "amount", "to", "memo?", NULL };
  const EdgeCanonNode *memo = edge_canon_member (node, "memo");
  gsize length = 0;

  if (!edge_canon_has_exactly (node, names) ||
      !read_key (edge_canon_member (node, "to"), &self->key))
    return refuse (error, "a transfer holds amount, to and perhaps a memo");
  if (!edge_canon_get_integer (edge_canon_member (node, "amount"), 1, EDGE_AMOUNT_MAX,
                               &self->amount))
    return refuse (error, "the amount is out of bounds");
  if (edge_id_equal (&self->key, author))
    return refuse (error, "a transfer to its author");
  self->has_key = TRUE;

  if (memo == NULL)
    return TRUE;
  self->texts = g_new0 (char *, 2);
  self->texts[0] = edge_canon_dup_string (memo, &length);
  self->n_items = 1;
  if (self->texts[0] == NULL || length > EDGE_BODY_MAX_MEMO)
    return refuse (error, "the memo is no text of at most 256 bytes");
  return TRUE;
}

static gboolean
parse_amount (EdgeEventBody        *self,
              const EdgeCanonNode  *node,
              const EdgeId         *author,
              GError              **error)
{
  static const char *const names[] = { "amount", NULL };

  return (edge_canon_has_exactly (node, names) &&
          edge_canon_get_integer (edge_canon_member (node, "amount"), 1, EDGE_AMOUNT_MAX,
                                  &self->amount)) ||
         refuse (error, "the body is not an amount within bounds");
}

static gboolean
parse_escrow (EdgeEventBody        *self,
              const EdgeCanonNode  *node,
              const EdgeId         *author,
              GError              **error)
{
  static const char *const names[] = {
    "deadline", "kind", "payload", "share", "units", "workers", NULL
  };
  g_autofree char *kind = edge_canon_dup_string (edge_canon_member (node, "kind"), NULL);
  EdgeId payload;
  guint64 units;

  if (!edge_canon_has_exactly (node, names))
    return refuse (error, "an escrow has other members");
  if (kind == NULL || kind[0] == '\0' || strlen (kind) > EDGE_BODY_MAX_KIND)
    return refuse (error, "the kind is not 1 to 32 bytes");
  if (!edge_canon_get_integer (edge_canon_member (node, "units"), 1, EDGE_AMOUNT_MAX, &units) ||
      !edge_canon_get_integer (edge_canon_member (node, "share"), 1, EDGE_AMOUNT_MAX,
                               &self->amount))
    return refuse (error, "units or share are out of bounds");
  if (!edge_canon_get_integer (edge_canon_member (node, "deadline"), 0, EDGE_CANON_MAX_INTEGER,
                               &self->time))
    return refuse (error, "the deadline is no number");
  if (!edge_canon_get_id (edge_canon_member (node, "payload"), &payload))
    return refuse (error, "the payload is no hash");
  if (!read_ids (self, edge_canon_member (node, "workers"), 1, EDGE_BODY_MAX_WORKERS,
                 edge_canon_get_id))
    return refuse (error, "the workers are not 1 to 9 hashes, sorted");
  return TRUE;
}

static gboolean
read_result (EdgeResult          *result,
             const EdgeCanonNode *node,
             gboolean             judged)
{
  static const char *const names_judged[] = {
    "cpu_ms", "key", "ok", "pay", "result", "salt", "sig", NULL
  };
  static const char *const names[] = { "cpu_ms", "key", "pay", "result", "salt", "sig", NULL };
  guint64 ok = 1;

  if (!edge_canon_has_exactly (node, judged ? names_judged : names) ||
      !edge_canon_get_integer (edge_canon_member (node, "cpu_ms"), 0, EDGE_BODY_MAX_CPU_MS,
                               &result->cpu_ms) ||
      !edge_canon_get_integer (edge_canon_member (node, "pay"), 1, EDGE_AMOUNT_MAX,
                               &result->pay) ||
      !edge_canon_get_id (edge_canon_member (node, "key"), &result->key) ||
      !edge_canon_get_id (edge_canon_member (node, "result"), &result->result) ||
      !edge_canon_get_id (edge_canon_member (node, "salt"), &result->salt) ||
      !read_signature (edge_canon_member (node, "sig"), result->signature))
    return FALSE;

  if (judged && !edge_canon_get_integer (edge_canon_member (node, "ok"), 0, 1, &ok))
    return FALSE;
  result->ok = ok != 0;
  return TRUE;
}

static gboolean
parse_results (EdgeEventBody        *self,
               const EdgeCanonNode  *node,
               const EdgeId         *author,
               GError              **error)
{
  static const char *const names[] = { "escrow", "results", NULL };
  const EdgeCanonNode *list;
  const EdgeCanonNode *item;

  if (!edge_canon_has_exactly (node, names) ||
      !edge_canon_get_id (edge_canon_member (node, "escrow"), &self->key))
    return refuse (error, "the body is not an escrow and results");
  self->has_key = TRUE;

  list = edge_canon_member (node, "results");
  if (list->kind != EDGE_CANON_ARRAY || list->count < 1 || list->count > EDGE_BODY_MAX_WORKERS)
    return refuse (error, "there are not 1 to 9 results");

  self->results = g_new0 (EdgeResult, list->count);
  self->n_items = (guint) list->count;
  item = list + 1;
  for (guint i = 0; i < self->n_items; i++, item = edge_canon_next (item))
    {
      if (!read_result (&self->results[i], item, self->type == EDGE_EVENT_RECEIPT))
        return refuse (error, "a result has other members or is out of bounds");
      if (i > 0 && edge_id_compare (&self->results[i - 1].key, &self->results[i].key) >= 0)
        return refuse (error, "the results are not sorted by key");
    }
  return TRUE;
}

static gboolean
parse_refund (EdgeEventBody        *self,
              const EdgeCanonNode  *node,
              const EdgeId         *author,
              GError              **error)
{
  static const char *const names[] = { "escrow", NULL };

  self->has_key = TRUE;
  return (edge_canon_has_exactly (node, names) &&
          edge_canon_get_id (edge_canon_member (node, "escrow"), &self->key)) ||
         refuse (error, "a refund holds an escrow");
}

static gboolean
read_mark (EdgeMark            *mark,
           const EdgeCanonNode *node)
{
  static const char *const names[] = { "key", "mask", "sig", NULL };
  guint64 mask;

  if (!edge_canon_has_exactly (node, names) ||
      !edge_canon_get_id (edge_canon_member (node, "key"), &mark->key) ||
      !edge_canon_get_integer (edge_canon_member (node, "mask"), 0, EDGE_BODY_MAX_MASK, &mask) ||
      !read_signature (edge_canon_member (node, "sig"), mark->signature))
    return FALSE;
  mark->mask = (guint32) mask;
  return TRUE;
}

static gboolean
parse_uptime (EdgeEventBody        *self,
              const EdgeCanonNode  *node,
              const EdgeId         *author,
              GError              **error)
{
  static const char *const names[] = { "day", "marks", NULL };
  const EdgeCanonNode *list;

  if (!edge_canon_has_exactly (node, names) ||
      !edge_canon_get_integer (edge_canon_member (node, "day"), 0, EDGE_CANON_MAX_INTEGER,
                               &self->time))
    return refuse (error, "the body is not a day and marks");

  list = edge_canon_member (node, "marks");
  if (list->kind != EDGE_CANON_ARRAY || list->count != EDGE_BODY_MARKS)
    return refuse (error, "there are not two marks");

  self->marks = g_new0 (EdgeMark, EDGE_BODY_MARKS);
  self->n_items = EDGE_BODY_MARKS;
  if (!read_mark (&self->marks[0], list + 1) ||
      !read_mark (&self->marks[1], edge_canon_next (list + 1)))
    return refuse (error, "a mark has other members or is out of bounds");
  if (edge_id_compare (&self->marks[0].key, &self->marks[1].key) >= 0)
    return refuse (error, "the marks are not sorted by key");
  if (edge_id_equal (&self->marks[0].key, author) || edge_id_equal (&self->marks[1].key, author))
    return refuse (error, "an author marks itself");
  return TRUE;
}

static gboolean
parse_slash (EdgeEventBody        *self,
             const EdgeCanonNode  *node,
             const EdgeId         *author,
             GError              **error)
{
  static const char *const names[] = { "a", "b", NULL };

  if (!edge_canon_has_exactly (node, names))
    return refuse (error, "a slash holds a and b");

  self->texts = g_new0 (char *, 3);
  self->n_items = 2;
  for (guint i = 0; i < 2; i++)
    {
      self->texts[i] = edge_canon_dup_string (edge_canon_member (node, names[i]), NULL);
      if (self->texts[i] == NULL)
        return refuse (error, "a and b are not events");
    }
  return TRUE;
}

static gboolean
parse_validators (EdgeEventBody        *self,
                  const EdgeCanonNode  *node,
                  const EdgeId         *author,
                  GError              **error)
{
  static const char *const names[] = { "keys", NULL };

  return (edge_canon_has_exactly (node, names) &&
          read_ids (self, edge_canon_member (node, "keys"), 1, EDGE_GENESIS_MAX_VALIDATORS,
                    read_key)) ||
         refuse (error, "the keys are not 1 to 15 keys, sorted");
}

static const struct
{
  const char *name;
  ParseFunc   parse;
} types[EDGE_EVENT_N_TYPES] = {
  [EDGE_EVENT_GENESIS] = { "genesis", parse_genesis },
  [EDGE_EVENT_JOIN] = { "join", parse_join },
  [EDGE_EVENT_VOUCH] = { "vouch", parse_vouch },
  [EDGE_EVENT_TRANSFER] = { "transfer", parse_transfer },
  [EDGE_EVENT_STAKE] = { "stake", parse_amount },
  [EDGE_EVENT_UNSTAKE] = { "unstake", parse_amount },
  [EDGE_EVENT_ESCROW] = { "escrow", parse_escrow },
  [EDGE_EVENT_RECEIPT] = { "receipt", parse_results },
  [EDGE_EVENT_SETTLE] = { "settle", parse_results },
  [EDGE_EVENT_REFUND] = { "refund", parse_refund },
  [EDGE_EVENT_UPTIME] = { "uptime", parse_uptime },
  [EDGE_EVENT_SLASH] = { "slash", parse_slash },
  [EDGE_EVENT_VALIDATORS] = { "validators", parse_validators },
};

/**
 * edge_event_type_to_string:
 * @type: a type
 *
 * Returns: (transfer none): its word in an event
 */
const char *
edge_event_type_to_string (EdgeEventType type)
{
  g_return_val_if_fail (type < EDGE_EVENT_N_TYPES, NULL);

  return types[type].name;
}

/**
 * edge_event_type_from_string:
 * @text: any text
 * @type: (out): the type of that name
 *
 * Returns: whether there is one
 */
gboolean
edge_event_type_from_string (const char    *text,
                             EdgeEventType *type)
{
  for (guint i = 0; i < EDGE_EVENT_N_TYPES; i++)
    {
      if (strcmp (types[i].name, text) == 0)
        {
          *type = i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * edge_event_body_parse:
 * @type: the event's type
 * @node: the member `body`, not yet trusted
 * @author: who signed
 * @error: return location for an `EDGE_LEDGER_ERROR`
 *
 * Checks all of a body's form that needs no signature, proof of work or genesis.
 *
 * Returns: (transfer full) (nullable): the body
 */
EdgeEventBody *
edge_event_body_parse (EdgeEventType         type,
                       const EdgeCanonNode  *node,
                       const EdgeId         *author,
                       GError              **error)
{
  g_autoptr(EdgeEventBody) self = g_atomic_rc_box_new0 (EdgeEventBody);

  self->type = type;
  if (!types[type].parse (self, node, author, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
clear (gpointer data)
{
  EdgeEventBody *self = data;

  if (self->type == EDGE_EVENT_TRANSFER || self->type == EDGE_EVENT_SLASH)
    g_clear_pointer (&self->texts, g_strfreev);
  else
    g_clear_pointer (&self->keys, g_free);
}

/**
 * edge_event_body_ref:
 * @self: a body
 *
 * Returns: (transfer full): @self
 */
EdgeEventBody *
edge_event_body_ref (EdgeEventBody *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * edge_event_body_unref:
 * @self: (transfer full): a body
 *
 * Drops a reference.
 */
void
edge_event_body_unref (EdgeEventBody *self)
{
  g_atomic_rc_box_release_full (self, clear);
}
