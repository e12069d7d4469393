/* edge-uptime-ask.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "edge-uptime"

#include "mesh/edge-uptime-private.h"

#include <string.h>

#include "base/edge-clock.h"
#include "ledger/edge-event-builder.h"
#include "ledger/edge-signed-text.h"
#include "mesh/edge-uptime-frame.h"

/* Clocks differ, so a day is asked for a little after it is over. */
#define SETTLE_MS      (10 * 60 * G_GUINT64_CONSTANT (1000))
/* How long more hours than two witnesses agree on are hoped for. */
#define BETTER_MS      (60 * 60 * G_GUINT64_CONSTANT (1000))
/* How long a day that nobody vouches for holds up those after it: they end its chance. */
#define PATIENCE_DAYS  2
#define ASK_FIRST_US   (30 * G_USEC_PER_SEC)
#define ASK_LAST_US    (60 * 60 * (gint64) G_USEC_PER_SEC)
#define ISSUE_AGAIN_US (60 * G_USEC_PER_SEC)
/* Of so many peers the best two are looked for. */
#define MAX_CANDIDATES 64

static gboolean
is_signed (EdgeUptime     *self,
           guint64         day,
           const EdgeMark *mark)
{
  g_autofree char *text = edge_signed_text_uptime (&self->net, &self->key, day, mark->mask);

  return edge_identity_verify (mark->key.bytes, (const guint8 *) text, strlen (text),
                               mark->signature);
}

/* Whether a day was asked of this peer; it answers once. */
static gboolean
take_asked (EdgeUptimeSession *session,
            guint64  day)
{
  guint64 ago = session->asked_to - day;
  gboolean asked = day <= session->asked_to && ago < EDGE_UPTIME_DAYS && (session->asked & 1u << ago) != 0;

  if (asked)
    session->asked &= (guint8) ~(1u << ago);
  return asked;
}

/* _edge_uptime_mark_cb: takes the answer of a witness. */
void
_edge_uptime_mark_cb (EdgeMesh   *mesh,
                      EdgePeer   *peer,
                      const char *type,
                      JsonObject *frame,
                      EdgeUptime *self)
{
  EdgeUptimeSession *session = g_hash_table_lookup (self->sessions, peer);
  g_autoptr(GError) error = NULL;
  EdgeMark mark;
  guint64 day;

  if (session == NULL)
    return;
  if (!edge_uptime_frame_read_mark (frame, &day, &mark, &error))
    {
      edge_mesh_report_fault (mesh, peer, error->message);
      return;
    }
  if (!take_asked (session, day) || mark.mask == 0)
    return;
  mark.key = session->key;
  if (!is_signed (self, day, &mark))
    {
      edge_mesh_report_fault (mesh, peer, "a mark is not signed by its key");
      return;
    }
  if (edge_ledger_is_member (self->ledger, &mark.key))
    edge_uptime_claims_add (self->claims, day, &mark);
  _edge_uptime_claim (self);
}

/* The days that can still be paid for: from @first to the one before today. */
static guint64
first_open_day (EdgeUptime        *self,
                const EdgeAccount *account,
                guint64            now)
{
  guint64 today = now / EDGE_DAY_MS;
  guint64 first = MAX (account->up, self->issued_day) + 1;

  return MAX (first, today > EDGE_UPTIME_DAYS ? today - EDGE_UPTIME_DAYS : 0);
}

static guint64
end_of_open_days (guint64 now)
{
  return now > SETTLE_MS ? (now - SETTLE_MS) / EDGE_DAY_MS : 0;
}

/* _edge_uptime_expected: on how many hours of a day two members should agree, going by what was measured here. */
guint
_edge_uptime_expected (EdgeUptime *self,
                       guint64     day)
{
  g_autoptr(GArray) peers = edge_uptime_log_list_peers (self->log, day);
  guint32 masks[MAX_CANDIDATES];
  guint n = 0;
  guint best = 0;

  for (guint i = 0; i < peers->len && n < MAX_CANDIDATES; i++)
    {
      const EdgeId *peer = &g_array_index (peers, EdgeId, i);

      masks[n] = edge_uptime_log_get_mask (self->log, peer, day);
      if (masks[n] != 0 && edge_ledger_is_member (self->ledger, peer))
        n++;
    }
  for (guint i = 0; i < n; i++)
    {
      for (guint k = i + 1; k < n; k++)
        best = MAX (best, (guint) __builtin_popcount (masks[i] & masks[k]));
    }
  return best;
}

static void
issued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EdgeUptime) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = edge_ledger_issue_finish (EDGE_LEDGER (source), result, &error);

  self->issuing = FALSE;
  if (id == NULL)
    {
      g_message ("A day could not be claimed: %s", error->message);
      self->issued_day = 0;
      return;
    }
  g_free (self->issued_id);
  self->issued_id = g_steal_pointer (&id);
}

static void
issue (EdgeUptime *self,
       guint64     day,
       EdgeMark   *pair)
{
  g_autofree char *body = edge_event_build_uptime (day, pair);

  self->issuing = TRUE;
  self->issued_day = day;
  self->issue_at = g_get_monotonic_time () + ISSUE_AGAIN_US;
  edge_ledger_issue_async (self->ledger, self->identity, EDGE_EVENT_UPTIME, body, self->cancellable,
                           issued_cb, g_object_ref (self));
}

/* What had no effect is tried again, later. */
static void
look_at_issued (EdgeUptime *self)
{
  EdgeLedgerEntry entry;
  EdgeId id;

  if (self->issued_id == NULL || !edge_id_parse (&id, self->issued_id, -1) ||
      !edge_ledger_get_entry (self->ledger, &id, &entry) || entry.verdict == EDGE_VERDICT_NONE)
    return;
  if (entry.verdict == EDGE_VERDICT_OK)
    self->issue_at = 0;
  self->issued_day = 0;
  g_clear_pointer (&self->issued_id, g_free);
}

/* A key that was restored signs nothing before a peer has told all it knows. */
static gboolean
is_in_step (EdgeUptime *self)
{
  GHashTableIter iter;
  EdgeUptimeSession *session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    {
      if (edge_peer_get_in_step (session->peer))
        return TRUE;
    }
  return FALSE;
}

/* _edge_uptime_claim: issues for the oldest day that is ready. A day paid for ends the chance of those before
 * it, so it waits for them a while. */
void
_edge_uptime_claim (EdgeUptime *self)
{
  g_autoptr(EdgeAccount) account = NULL;
  guint64 now = edge_clock_now ();

  look_at_issued (self);
  if (self->issuing || self->issued_id != NULL || g_get_monotonic_time () < self->issue_at ||
      !is_in_step (self))
    return;
  account = edge_ledger_dup_account (self->ledger, &self->key);
  if (account == NULL || !account->has_head || !account->member)
    return;

  for (guint64 day = first_open_day (self, account, now); day < end_of_open_days (now); day++)
    {
      EdgeMark pair[EDGE_BODY_MARKS];
      guint expected = _edge_uptime_expected (self, day);
      guint hours = edge_uptime_claims_pair (self->claims, day, pair);

      if (hours > 0 && (hours >= expected || _edge_uptime_is_over (day, now - BETTER_MS)))
        {
          issue (self, day, pair);
          return;
        }
      if (expected > 0 && !_edge_uptime_is_over (day + PATIENCE_DAYS, now))
        return;
    }
}

static void
ask (EdgeUptime *self,
     EdgeUptimeSession    *session,
     guint64     first,
     guint64     end)
{
  gint64 now = g_get_monotonic_time ();

  if (session->asked_to + 1 < end)
    session->ask_wait = 0;
  else if (now < session->ask_at)
    return;
  session->ask_wait = session->ask_wait == 0 ? ASK_FIRST_US : MIN (session->ask_wait * 2, ASK_LAST_US);
  session->ask_at = now + session->ask_wait;
  session->asked_to = end - 1;
  session->asked = 0;
  for (guint64 day = first; day < end; day++)
    {
      g_autoptr(JsonObject) frame = NULL;

      if (edge_uptime_claims_has (self->claims, day, &session->key))
        continue;
      frame = edge_uptime_frame_request (day);
      session->asked |= (guint8) (1u << (end - 1 - day));
      edge_mesh_send (self->mesh, session->peer, frame, NULL);
    }
}

/* _edge_uptime_ask_all: asks each linked member for the days that can still be paid for. */
void
_edge_uptime_ask_all (EdgeUptime        *self,
                      const EdgeAccount *account,
                      guint64            now)
{
  guint64 first = first_open_day (self, account, now);
  guint64 end = end_of_open_days (now);
  GHashTableIter iter;
  EdgeUptimeSession *session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (first < end && g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    {
      if (edge_ledger_is_member (self->ledger, &session->key))
        ask (self, session, first, end);
    }
}

/* _edge_uptime_waiting: how many days that are over wait for marks. */
guint
_edge_uptime_waiting (EdgeUptime        *self,
                      const EdgeAccount *account,
                      guint64            now)
{
  guint64 today = now / EDGE_DAY_MS;
  guint n = 0;

  for (guint64 day = first_open_day (self, account, now); day < today; day++)
    n += _edge_uptime_expected (self, day) > 0 ? 1 : 0;
  return n;
}
