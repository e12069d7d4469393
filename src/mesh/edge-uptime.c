/* edge-uptime.c
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
#include "mesh/edge-uptime-frame.h"

/**
 * EdgeUptime:
 *
 * Being there, and being a witness of others.
 *
 * Of each linked peer it notes for how much of each hour pings were answered. The
 * day after it asks the members it is linked to for what they measured of us, and
 * when two marks agree on some hours it issues an `uptime`. Others are told only what
 * was measured here, over links of our own.
 */

/* Between two answered pings; longer is no measured time. */
#define MAX_GAP_US          (10 * G_USEC_PER_SEC)
#define TICK_SECONDS        2
#define SAVE_US             (60 * G_USEC_PER_SEC)
#define REQUESTS_BURST      64
#define REQUESTS_PER_MINUTE 128

typedef enum
{
  PROP_HOURS = 1,
  PROP_WAITING,
} EdgeUptimeProperty;

static GParamSpec *properties[PROP_WAITING + 1];

G_DEFINE_FINAL_TYPE (EdgeUptime, edge_uptime, G_TYPE_OBJECT)

static void
session_free (gpointer data)
{
  EdgeUptimeSession *session = data;

  g_signal_handlers_disconnect_by_data (session->peer, session);
  g_object_unref (session->peer);
  g_free (session);
}

static void
round_trip_cb (EdgePeer *peer,
               double    milliseconds,
               EdgeUptimeSession  *session)
{
  EdgeUptime *self = session->uptime;
  gint64 now = g_get_monotonic_time ();
  gint64 gap = now - session->measured_at;
  guint64 time = edge_clock_now ();

  /* The span is that of the clock nobody sets; where it lies is for the wall clock to say. */
  if (session->measured_at != 0 && gap <= MAX_GAP_US && edge_clock_span (gap) < time)
    {
      edge_uptime_log_add (self->log, &session->key, time - edge_clock_span (gap), time);
      self->changed = TRUE;
    }
  session->measured_at = now;
}

static void
add_session (EdgeUptime *self,
             EdgePeer   *peer)
{
  EdgeUptimeSession *session;
  EdgeId key;

  if (g_strcmp0 (edge_peer_get_network (peer), self->network_id) != 0 ||
      !edge_id_parse (&key, edge_peer_get_id (peer), -1))
    return;
  session = g_new0 (EdgeUptimeSession, 1);
  session->uptime = self;
  session->peer = g_object_ref (peer);
  session->key = key;
  g_signal_connect (peer, "round-trip", G_CALLBACK (round_trip_cb), session);
  g_hash_table_replace (self->sessions, peer, session);
}

static void
link_up_cb (EdgeMesh   *mesh,
            EdgePeer   *peer,
            EdgeUptime *self)
{
  add_session (self, peer);
}

static void
link_down_cb (EdgeMesh   *mesh,
              EdgePeer   *peer,
              EdgeUptime *self)
{
  g_hash_table_remove (self->sessions, peer);
}

/* _edge_uptime_is_over: whether a day has ended by now. */
gboolean
_edge_uptime_is_over (guint64 day,
                      guint64 now)
{
  return now >= (day + 1) * EDGE_DAY_MS;
}

/* Answers a peer with what was measured of it on a day that is over. */
static void
request_cb (EdgeMesh   *mesh,
            EdgePeer   *peer,
            const char *type,
            JsonObject *frame,
            EdgeUptime *self)
{
  EdgeUptimeSession *session = g_hash_table_lookup (self->sessions, peer);
  g_autoptr(JsonObject) answer = NULL;
  g_autoptr(GError) error = NULL;
  EdgeMark mark = { 0 };
  guint64 day;

  if (session == NULL)
    return;
  if (!edge_token_table_take (self->requests, edge_peer_get_id (peer), 1, g_get_monotonic_time ()))
    {
      edge_mesh_report_fault (mesh, peer, "too many questions about uptime");
      return;
    }
  if (!edge_uptime_frame_read_request (frame, &day, &error))
    {
      edge_mesh_report_fault (mesh, peer, error->message);
      return;
    }
  if (_edge_uptime_is_over (day, edge_clock_now ()))
    mark.mask = edge_uptime_log_get_mask (self->log, &session->key, day);
  if (mark.mask != 0)
    edge_event_sign_mark (self->identity, &self->net, &session->key, day, &mark);
  answer = edge_uptime_frame_mark (day, &mark);
  edge_mesh_send (mesh, peer, answer, NULL);
}

static void
set_figures (EdgeUptime *self,
             guint       hours,
             guint       waiting)
{
  if (self->hours != hours)
    {
      self->hours = hours;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOURS]);
    }
  if (self->waiting != waiting)
    {
      self->waiting = waiting;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
    }
}

static void
save (EdgeUptime *self)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  self->saved_at = g_get_monotonic_time ();
  if (!self->changed || self->path == NULL)
    return;
  self->changed = FALSE;
  text = edge_uptime_log_print (self->log);
  if (!g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("What was measured of peers can't be kept: %s", error->message);
}

static gboolean
tick_cb (gpointer user_data)
{
  EdgeUptime *self = user_data;
  g_autoptr(EdgeAccount) account = edge_ledger_dup_account (self->ledger, &self->key);
  guint64 now = edge_clock_now ();
  guint64 today = now / EDGE_DAY_MS;

  edge_uptime_log_forget (self->log, today > EDGE_UPTIME_DAYS ? today - EDGE_UPTIME_DAYS : 0);
  edge_uptime_claims_forget (self->claims, today > EDGE_UPTIME_DAYS ? today - EDGE_UPTIME_DAYS : 0);
  if (g_get_monotonic_time () - self->saved_at > SAVE_US)
    save (self);
  if (account == NULL || !account->has_head || !account->member)
    {
      set_figures (self, 0, 0);
      return G_SOURCE_CONTINUE;
    }
  edge_uptime_claims_forget (self->claims, account->up + 1);
  set_figures (self, _edge_uptime_expected (self, today),
               _edge_uptime_waiting (self, account, now));
  _edge_uptime_ask_all (self, account, now);
  _edge_uptime_claim (self);
  return G_SOURCE_CONTINUE;
}

static void
load (EdgeUptime *self)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  if (self->path == NULL || !g_file_test (self->path, G_FILE_TEST_EXISTS))
    return;
  if (!g_file_get_contents (self->path, &text, &length, &error) ||
      !edge_uptime_log_parse (self->log, text, length, &error))
    g_message ("What was measured of peers can't be read: %s", error->message);
}

static void
edge_uptime_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  EdgeUptime *self = EDGE_UPTIME (object);

  switch ((EdgeUptimeProperty) property_id)
    {
    case PROP_HOURS:
      g_value_set_uint (value, self->hours);
      break;
    case PROP_WAITING:
      g_value_set_uint (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_uptime_dispose (GObject *object)
{
  EdgeUptime *self = EDGE_UPTIME (object);

  if (self->mesh != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->mesh, self);
      save (self);
    }
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_hash_table_remove_all (self->sessions);
  g_clear_object (&self->mesh);
  g_clear_object (&self->ledger);

  G_OBJECT_CLASS (edge_uptime_parent_class)->dispose (object);
}

static void
edge_uptime_finalize (GObject *object)
{
  EdgeUptime *self = EDGE_UPTIME (object);

  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_pointer (&self->requests, edge_token_table_free);
  g_clear_pointer (&self->log, edge_uptime_log_free);
  g_clear_pointer (&self->claims, edge_uptime_claims_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->network_id, g_free);
  g_clear_pointer (&self->issued_id, g_free);
  g_clear_object (&self->identity);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (edge_uptime_parent_class)->finalize (object);
}

static void
edge_uptime_class_init (EdgeUptimeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_uptime_get_property;
  object_class->dispose = edge_uptime_dispose;
  object_class->finalize = edge_uptime_finalize;

  /**
   * EdgeUptime:hours:
   *
   * Hours of this day, UTC, in which we measured two members: what they, if they measured
   * us as well, will vouch for.
   */
  properties[PROP_HOURS] = g_param_spec_uint ("hours", NULL, NULL, 0, EDGE_UPTIME_HOURS, 0, flags);
  /**
   * EdgeUptime:waiting:
   *
   * Days that are over, on which we measured two members, and that are not paid for yet.
   */
  properties[PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, EDGE_UPTIME_DAYS, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
edge_uptime_init (EdgeUptime *self)
{
  self->cancellable = g_cancellable_new ();
  self->log = edge_uptime_log_new ();
  self->claims = edge_uptime_claims_new ();
  self->sessions = g_hash_table_new_full (NULL, NULL, NULL, session_free);
  self->requests = edge_token_table_new (REQUESTS_BURST, REQUESTS_PER_MINUTE);
}

/**
 * edge_uptime_new:
 * @mesh: the links
 * @ledger: an open ledger
 * @identity: who we are
 * @path: (nullable): where to keep what was measured, %NULL to keep it nowhere
 *
 * Returns: (transfer full): what works until it is disposed of, before @ledger is closed
 */
EdgeUptime *
edge_uptime_new (EdgeMesh     *mesh,
                 EdgeLedger   *ledger,
                 EdgeIdentity *identity,
                 const char   *path)
{
  EdgeUptime *self = g_object_new (EDGE_TYPE_UPTIME, NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (mesh));

  self->mesh = g_object_ref (mesh);
  self->ledger = g_object_ref (ledger);
  self->identity = g_object_ref (identity);
  self->path = g_strdup (path);
  self->net = edge_ledger_get_genesis (ledger)->id;
  self->network_id = edge_id_to_text (&self->net);
  self->saved_at = g_get_monotonic_time ();
  memcpy (self->key.bytes, edge_identity_get_public_key (identity), EDGE_ID_SIZE);
  load (self);

  g_signal_connect (mesh, "link-up", G_CALLBACK (link_up_cb), self);
  g_signal_connect (mesh, "link-down", G_CALLBACK (link_down_cb), self);
  g_signal_connect (mesh, "frame::" EDGE_UPTIME_REQUEST, G_CALLBACK (request_cb), self);
  g_signal_connect (mesh, "frame::" EDGE_UPTIME_MARK, G_CALLBACK (_edge_uptime_mark_cb), self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (mesh), i);

      if (edge_peer_get_state (peer) == EDGE_PEER_STATE_CONNECTED)
        add_session (self, peer);
    }
  self->tick_source = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  return self;
}

/**
 * edge_uptime_get_hours:
 * @self: an uptime
 *
 * Returns: see #EdgeUptime:hours
 */
guint
edge_uptime_get_hours (EdgeUptime *self)
{
  g_return_val_if_fail (EDGE_IS_UPTIME (self), 0);

  return self->hours;
}

/**
 * edge_uptime_get_waiting:
 * @self: an uptime
 *
 * Returns: see #EdgeUptime:waiting
 */
guint
edge_uptime_get_waiting (EdgeUptime *self)
{
  g_return_val_if_fail (EDGE_IS_UPTIME (self), 0);

  return self->waiting;
}
