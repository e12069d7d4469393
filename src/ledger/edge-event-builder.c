/* edge-event-builder.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ledger/edge-event-builder.h"

#include <string.h>

#include "base/edge-base64.h"
#include "ledger/edge-canon-writer.h"
#include "ledger/edge-signed-text.h"

static void
write_ids (GString      *out,
           const char   *name,
           const EdgeId *ids,
           guint         n_ids)
{
  edge_canon_name (out, name);
  edge_canon_begin_array (out);
  for (guint i = 0; i < n_ids; i++)
    edge_canon_id (out, &ids[i]);
  edge_canon_end_array (out);
}

static void
write_id (GString      *out,
          const char   *name,
          const EdgeId *id)
{
  edge_canon_name (out, name);
  edge_canon_id (out, id);
}

static void
write_integer (GString    *out,
               const char *name,
               guint64     value)
{
  edge_canon_name (out, name);
  edge_canon_integer (out, value);
}

static void
write_signature (GString      *out,
                 const guint8 *signature)
{
  g_autofree char *text = edge_base64url_encode (signature, EDGE_IDENTITY_SIGNATURE_SIZE);

  edge_canon_name (out, "sig");
  edge_canon_string (out, text, -1);
}

static GString *
begin_body (void)
{
  GString *out = g_string_new (NULL);

  edge_canon_begin_object (out);
  return out;
}

static char *
end_body (GString *out)
{
  edge_canon_end_object (out);
  return g_string_free_and_steal (out);
}

/**
 * edge_event_build:
 * @identity: who signs
 * @type: what the event does, not a genesis
 * @place: what it builds upon
 * @body: its body, from one of the functions below
 *
 * Returns: (transfer full): the signed event, a compact JWS
 */
char *
edge_event_build (EdgeIdentity         *identity,
                  EdgeEventType         type,
                  const EdgeEventPlace *place,
                  const char           *body)
{
  g_autoptr(GString) out = begin_body ();

  edge_canon_name (out, "body");
  g_string_append (out, body);
  write_integer (out, "height", place->height);
  write_id (out, "net", &place->net);
  write_ids (out, "parents", place->parents, place->n_parents);
  if (place->has_prev)
    write_id (out, "prev", &place->prev);
  write_integer (out, "seq", place->seq);
  write_integer (out, "time", place->time);
  edge_canon_name (out, "type");
  edge_canon_string (out, edge_event_type_to_string (type), -1);
  edge_canon_end_object (out);
  return edge_jws_sign (identity, out->str, out->len);
}

/**
 * edge_event_build_join:
 * @work: a proof of work
 * @inviter: (nullable): who invited
 *
 * Returns: (transfer full): the body of a join
 */
char *
edge_event_build_join (guint64       work,
                       const EdgeId *inviter)
{
  GString *out = begin_body ();

  if (inviter != NULL)
    write_id (out, "inviter", inviter);
  write_integer (out, "work", work);
  return end_body (out);
}

/**
 * edge_event_build_key:
 * @member: "key" for a vouch, "escrow" for a refund
 * @key: the key or id
 *
 * Returns: (transfer full): a body of this one member
 */
char *
edge_event_build_key (const char   *member,
                      const EdgeId *key)
{
  GString *out = begin_body ();

  write_id (out, member, key);
  return end_body (out);
}

/**
 * edge_event_build_amount:
 * @amount: nano
 *
 * Returns: (transfer full): the body of a stake or unstake
 */
char *
edge_event_build_amount (guint64 amount)
{
  GString *out = begin_body ();

  write_integer (out, "amount", amount);
  return end_body (out);
}

/**
 * edge_event_build_transfer:
 * @to: who is paid
 * @amount: nano
 * @memo: (nullable): at most 256 bytes
 *
 * Returns: (transfer full): the body of a transfer
 */
char *
edge_event_build_transfer (const EdgeId *to,
                           guint64       amount,
                           const char   *memo)
{
  GString *out = begin_body ();

  write_integer (out, "amount", amount);
  if (memo != NULL)
    {
      edge_canon_name (out, "memo");
      edge_canon_string (out, memo, -1);
    }
  write_id (out, "to", to);
  return end_body (out);
}

/**
 * edge_event_build_escrow:
 * @kind: what is asked, 1 to 32 bytes
 * @units: how much of it
 * @share: nano for each worker
 * @deadline: milliseconds
 * @payload: hash of the task
 * @workers: (array length=n_workers): hashes of edge_assign_hash(), sorted
 * @n_workers: 1 to 9
 *
 * Returns: (transfer full): the body of an escrow
 */
char *
edge_event_build_escrow (const char   *kind,
                         guint64       units,
                         guint64       share,
                         guint64       deadline,
                         const EdgeId *payload,
                         const EdgeId *workers,
                         guint         n_workers)
{
  GString *out = begin_body ();

  write_integer (out, "deadline", deadline);
  edge_canon_name (out, "kind");
  edge_canon_string (out, kind, -1);
  write_id (out, "payload", payload);
  write_integer (out, "share", share);
  write_integer (out, "units", units);
  write_ids (out, "workers", workers, n_workers);
  return end_body (out);
}

/**
 * edge_event_build_results:
 * @escrow: the escrow
 * @results: (array length=n_results): sorted by key
 * @n_results: 1 to 9
 * @judged: whether it is a receipt, which says `ok`, or a settle
 *
 * Returns: (transfer full): the body of a receipt or settle
 */
char *
edge_event_build_results (const EdgeId     *escrow,
                          const EdgeResult *results,
                          guint             n_results,
                          gboolean          judged)
{
  GString *out = begin_body ();

  write_id (out, "escrow", escrow);
  edge_canon_name (out, "results");
  edge_canon_begin_array (out);
  for (guint i = 0; i < n_results; i++)
    {
      edge_canon_begin_object (out);
      write_integer (out, "cpu_ms", results[i].cpu_ms);
      write_id (out, "key", &results[i].key);
      if (judged)
        write_integer (out, "ok", results[i].ok);
      write_integer (out, "pay", results[i].pay);
      write_id (out, "result", &results[i].result);
      write_id (out, "salt", &results[i].salt);
      write_signature (out, results[i].signature);
      edge_canon_end_object (out);
    }
  edge_canon_end_array (out);
  return end_body (out);
}

/**
 * edge_event_build_uptime:
 * @day: days since the epoch
 * @marks: (array fixed-size=2): what two witnesses signed, sorted by key
 *
 * Returns: (transfer full): the body of an uptime
 */
char *
edge_event_build_uptime (guint64         day,
                         const EdgeMark *marks)
{
  GString *out = begin_body ();

  write_integer (out, "day", day);
  edge_canon_name (out, "marks");
  edge_canon_begin_array (out);
  for (guint i = 0; i < EDGE_BODY_MARKS; i++)
    {
      edge_canon_begin_object (out);
      write_id (out, "key", &marks[i].key);
      write_integer (out, "mask", marks[i].mask);
      write_signature (out, marks[i].signature);
      edge_canon_end_object (out);
    }
  edge_canon_end_array (out);
  return end_body (out);
}

/**
 * edge_event_build_slash:
 * @a: an event, as sent
 * @b: another of its author with the same `prev`; its id is greater
 *
 * Returns: (transfer full): the body of a slash
 */
char *
edge_event_build_slash (const char *a,
                        const char *b)
{
  GString *out = begin_body ();

  edge_canon_name (out, "a");
  edge_canon_string (out, a, -1);
  edge_canon_name (out, "b");
  edge_canon_string (out, b, -1);
  return end_body (out);
}

/**
 * edge_event_build_validators:
 * @keys: (array length=n_keys): who shall be validators, sorted
 * @n_keys: 1 to 15
 *
 * Returns: (transfer full): the body of a validators event
 */
char *
edge_event_build_validators (const EdgeId *keys,
                             guint         n_keys)
{
  GString *out = begin_body ();

  write_ids (out, "keys", keys, n_keys);
  return end_body (out);
}

/**
 * edge_event_sign_result:
 * @worker: who did the work; its key is put into @result
 * @net: the network
 * @escrow: the escrow
 * @result: (inout): all but `key` and `signature` set by the caller
 *
 * Signs what a worker asks.
 */
void
edge_event_sign_result (EdgeIdentity *worker,
                        const EdgeId *net,
                        const EdgeId *escrow,
                        EdgeResult   *result)
{
  g_autofree char *text = edge_signed_text_result (net, escrow, &result->result, result->cpu_ms,
                                                   result->pay);

  memcpy (result->key.bytes, edge_identity_get_public_key (worker), EDGE_ID_SIZE);
  edge_identity_sign (worker, (const guint8 *) text, strlen (text), result->signature);
}

/**
 * edge_event_sign_mark:
 * @witness: who saw @author; its key is put into @mark
 * @net: the network
 * @author: who was up
 * @day: days since the epoch
 * @mark: (inout): `mask` set by the caller
 *
 * Signs what a witness saw.
 */
void
edge_event_sign_mark (EdgeIdentity *witness,
                      const EdgeId *net,
                      const EdgeId *author,
                      guint64       day,
                      EdgeMark     *mark)
{
  g_autofree char *text = edge_signed_text_uptime (net, author, day, mark->mask);

  memcpy (mark->key.bytes, edge_identity_get_public_key (witness), EDGE_ID_SIZE);
  edge_identity_sign (witness, (const guint8 *) text, strlen (text), mark->signature);
}
