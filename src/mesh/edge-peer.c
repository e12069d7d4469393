/* edge-peer.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mesh/edge-peer-private.h"

#include <math.h>

/**
 * EdgePeer:
 *
 * What is known of one other node, as faces show it.
 *
 * The mesh writes it, widgets bind to it. Latency is the smoothed round trip
 * (RFC 6298, section 2: SRTT and RTTVAR); NaN until one was measured.
 */

typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_STATE,
  PROP_PATH,
  PROP_FOUND,
  PROP_NETWORK,
  PROP_ROUTE,
  PROP_VERIFIED,
  PROP_IN_STEP,
  PROP_SINCE,
  PROP_LATENCY,
  PROP_JITTER,
  PROP_IN_RATE,
  PROP_OUT_RATE,
  PROP_LATENCY_SERIES,
  PROP_NEIGHBOURS,
} EdgePeerProperty;

enum
{
  SIGNAL_ROUND_TRIP,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_NEIGHBOURS + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgePeer, edge_peer, G_TYPE_OBJECT)

static void
edge_peer_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgePeer *self = EDGE_PEER (object);

  switch ((EdgePeerProperty) property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PATH:
      g_value_set_enum (value, self->path);
      break;
    case PROP_FOUND:
      g_value_set_string (value, self->found);
      break;
    case PROP_NETWORK:
      g_value_set_string (value, self->network);
      break;
    case PROP_ROUTE:
      g_value_set_string (value, self->route);
      break;
    case PROP_VERIFIED:
      g_value_set_boolean (value, self->verified);
      break;
    case PROP_IN_STEP:
      g_value_set_boolean (value, self->in_step);
      break;
    case PROP_SINCE:
      g_value_set_int64 (value, self->since);
      break;
    case PROP_LATENCY:
      g_value_set_double (value, self->latency);
      break;
    case PROP_JITTER:
      g_value_set_double (value, self->jitter);
      break;
    case PROP_IN_RATE:
      g_value_set_double (value, self->in_rate);
      break;
    case PROP_OUT_RATE:
      g_value_set_double (value, self->out_rate);
      break;
    case PROP_LATENCY_SERIES:
      g_value_set_object (value, self->latency_series);
      break;
    case PROP_NEIGHBOURS:
      g_value_set_boxed (value, self->neighbours);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_peer_finalize (GObject *object)
{
  EdgePeer *self = EDGE_PEER (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->found, g_free);
  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->route, g_free);
  g_clear_pointer (&self->neighbours, g_strfreev);
  g_clear_object (&self->latency_series);

  G_OBJECT_CLASS (edge_peer_parent_class)->finalize (object);
}

static void
edge_peer_class_init (EdgePeerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_peer_get_property;
  object_class->finalize = edge_peer_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, EDGE_TYPE_PEER_STATE,
                                              EDGE_PEER_STATE_NEW, flags);
  properties[PROP_PATH] = g_param_spec_enum ("path", NULL, NULL, EDGE_TYPE_PEER_PATH,
                                             EDGE_PEER_PATH_NONE, flags);
  /**
   * EdgePeer:found:
   *
   * The backend that first heard of it: "relay", "lan", "tracker", "gun", "invitation", "peers".
   */
  properties[PROP_FOUND] = g_param_spec_string ("found", NULL, NULL, NULL, flags);
  /** EdgePeer:network: The id of the network it says it is in, known after its hello. */
  properties[PROP_NETWORK] = g_param_spec_string ("network", NULL, NULL, NULL, flags);
  /** EdgePeer:route: The ICE candidate pair in words, for the details page. */
  properties[PROP_ROUTE] = g_param_spec_string ("route", NULL, NULL, NULL, flags);
  /** EdgePeer:verified: Whether it proved that the link belongs to its key. */
  properties[PROP_VERIFIED] = g_param_spec_boolean ("verified", NULL, NULL, FALSE, flags);
  /**
   * EdgePeer:in-step:
   *
   * Whether its ledger holds the same events as ours, as of the last comparison.
   */
  properties[PROP_IN_STEP] = g_param_spec_boolean ("in-step", NULL, NULL, FALSE, flags);
  /**
   * EdgePeer:since:
   *
   * Wall clock of the moment the link came up, in milliseconds; 0 without a link.
   */
  properties[PROP_SINCE] = g_param_spec_int64 ("since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_LATENCY] = g_param_spec_double ("latency", NULL, NULL,
                                                  -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_JITTER] = g_param_spec_double ("jitter", NULL, NULL,
                                                 -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  /** EdgePeer:in-rate: Bytes a second received over the last seconds, framing included. */
  properties[PROP_IN_RATE] = g_param_spec_double ("in-rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_OUT_RATE] = g_param_spec_double ("out-rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_LATENCY_SERIES] = g_param_spec_object ("latency-series", NULL, NULL,
                                                         EDGE_TYPE_TIME_SERIES, flags);
  /** EdgePeer:neighbours: Ids of the peers it says it is linked to. */
  properties[PROP_NEIGHBOURS] = g_param_spec_boxed ("neighbours", NULL, NULL, G_TYPE_STRV, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgePeer::round-trip:
   * @self: a peer
   * @milliseconds: how long it took
   *
   * A ping of ours was answered.
   */
  signals[SIGNAL_ROUND_TRIP] =
    g_signal_new ("round-trip", EDGE_TYPE_PEER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
edge_peer_init (EdgePeer *self)
{
  self->latency = NAN;
  self->jitter = NAN;
  self->latency_series = edge_time_series_new (EDGE_PEER_LATENCY_SAMPLES);
}

static void
notify (EdgePeer         *self,
        EdgePeerProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_double (EdgePeer         *self,
            double           *field,
            double            value,
            EdgePeerProperty  property)
{
  if (*field == value || (isnan (*field) && isnan (value)))
    return;
  *field = value;
  notify (self, property);
}

/**
 * edge_peer_new:
 * @id: its node id, 43 characters
 *
 * Returns: (transfer full): a peer nothing else is known of
 */
EdgePeer *
edge_peer_new (const char *id)
{
  EdgePeer *self = g_object_new (EDGE_TYPE_PEER, NULL);

  self->id = g_strdup (id);
  return self;
}

const char *
edge_peer_get_id (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), NULL);

  return self->id;
}

/**
 * edge_peer_get_name:
 * @self: a peer
 *
 * Returns: (transfer none) (nullable): the name it gave itself; %NULL before its hello
 */
const char *
edge_peer_get_name (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), NULL);

  return self->name;
}

void
edge_peer_set_name (EdgePeer   *self,
                    const char *name)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (g_set_str (&self->name, name))
    notify (self, PROP_NAME);
}

EdgePeerState
edge_peer_get_state (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), EDGE_PEER_STATE_CLOSED);

  return self->state;
}

void
edge_peer_set_state (EdgePeer      *self,
                     EdgePeerState  state)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

EdgePeerPath
edge_peer_get_path (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), EDGE_PEER_PATH_NONE);

  return self->path;
}

void
edge_peer_set_path (EdgePeer     *self,
                    EdgePeerPath  path)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (self->path == path)
    return;
  self->path = path;
  notify (self, PROP_PATH);
}

const char *
edge_peer_get_found (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), NULL);

  return self->found;
}

void
edge_peer_set_found (EdgePeer   *self,
                     const char *backend)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (g_set_str (&self->found, backend))
    notify (self, PROP_FOUND);
}

const char *
edge_peer_get_network (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), NULL);

  return self->network;
}

void
edge_peer_set_network (EdgePeer   *self,
                       const char *network)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (g_set_str (&self->network, network))
    notify (self, PROP_NETWORK);
}

const char *
edge_peer_get_route (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), NULL);

  return self->route;
}

void
edge_peer_set_route (EdgePeer   *self,
                     const char *route)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (g_set_str (&self->route, route))
    notify (self, PROP_ROUTE);
}

gboolean
edge_peer_get_verified (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), FALSE);

  return self->verified;
}

void
edge_peer_set_verified (EdgePeer *self,
                        gboolean  verified)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (self->verified == !!verified)
    return;
  self->verified = !!verified;
  notify (self, PROP_VERIFIED);
}

gboolean
edge_peer_get_in_step (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), FALSE);

  return self->in_step;
}

void
edge_peer_set_in_step (EdgePeer *self,
                       gboolean  in_step)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (self->in_step == !!in_step)
    return;
  self->in_step = !!in_step;
  notify (self, PROP_IN_STEP);
}

gint64
edge_peer_get_since (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), 0);

  return self->since;
}

void
edge_peer_set_since (EdgePeer *self,
                     gint64    since)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (self->since == since)
    return;
  self->since = since;
  notify (self, PROP_SINCE);
}

/**
 * edge_peer_get_latency:
 * @self: a peer
 *
 * Returns: the smoothed round trip in milliseconds, NaN before the first
 */
double
edge_peer_get_latency (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), NAN);

  return self->latency;
}

/**
 * edge_peer_get_jitter:
 * @self: a peer
 *
 * Returns: the smoothed deviation of the round trip in milliseconds, NaN before the first
 */
double
edge_peer_get_jitter (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), NAN);

  return self->jitter;
}

double
edge_peer_get_in_rate (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), 0);

  return self->in_rate;
}

double
edge_peer_get_out_rate (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), 0);

  return self->out_rate;
}

/**
 * edge_peer_get_latency_series:
 * @self: a peer
 *
 * Returns: (transfer none): the newest round trips in milliseconds; a loss is a gap
 */
EdgeTimeSeries *
edge_peer_get_latency_series (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), NULL);

  return self->latency_series;
}

GStrv
edge_peer_dup_neighbours (EdgePeer *self)
{
  g_return_val_if_fail (EDGE_IS_PEER (self), NULL);

  return g_strdupv (self->neighbours);
}

void
edge_peer_set_neighbours (EdgePeer           *self,
                          const char * const *ids)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  if (self->neighbours == NULL && (ids == NULL || *ids == NULL))
    return;
  if (self->neighbours != NULL && ids != NULL &&
      g_strv_equal ((const char * const *) self->neighbours, ids))
    return;

  g_strfreev (self->neighbours);
  self->neighbours = g_strdupv ((char **) ids);
  notify (self, PROP_NEIGHBOURS);
}

/**
 * edge_peer_add_round_trip:
 * @self: a peer
 * @milliseconds: one measured round trip
 * @now: monotonic time in microseconds
 */
void
edge_peer_add_round_trip (EdgePeer *self,
                          double    milliseconds,
                          gint64    now)
{
  double latency = milliseconds;
  double jitter = milliseconds / 2;

  g_return_if_fail (EDGE_IS_PEER (self));

  if (!isnan (self->latency))
    {
      jitter = self->jitter + (fabs (self->latency - milliseconds) - self->jitter) / 4;
      latency = self->latency + (milliseconds - self->latency) / 8;
    }

  edge_time_series_append (self->latency_series, now, milliseconds);
  set_double (self, &self->jitter, jitter, PROP_JITTER);
  set_double (self, &self->latency, latency, PROP_LATENCY);
  g_signal_emit (self, signals[SIGNAL_ROUND_TRIP], 0, milliseconds);
}

/**
 * edge_peer_add_loss:
 * @self: a peer
 * @now: monotonic time in microseconds
 *
 * Notes that a ping was not answered in time.
 */
void
edge_peer_add_loss (EdgePeer *self,
                    gint64    now)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  edge_time_series_append_gap (self->latency_series, now);
}

/**
 * edge_peer_forget_latency:
 * @self: a peer
 *
 * Starts anew, for a link that takes another path.
 */
void
edge_peer_forget_latency (EdgePeer *self)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  set_double (self, &self->jitter, NAN, PROP_JITTER);
  set_double (self, &self->latency, NAN, PROP_LATENCY);
}

void
edge_peer_set_rates (EdgePeer *self,
                     double    in_rate,
                     double    out_rate)
{
  g_return_if_fail (EDGE_IS_PEER (self));

  set_double (self, &self->in_rate, in_rate, PROP_IN_RATE);
  set_double (self, &self->out_rate, out_rate, PROP_OUT_RATE);
}
