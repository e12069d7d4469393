/* edge-history.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/edge-history.h"

#include "work/edge-policy.h"

#include <math.h>

/**
 * EdgeHistory:
 *
 * What the node was like since it started, for the plot and the tiles.
 *
 * Looks at the node each two seconds and keeps three rings of 300 samples, the
 * longer ones as means, so that a day costs no more memory than ten minutes.
 */

#define SAMPLE_SECONDS 2
#define SAMPLES        300

typedef struct
{
  GArray *samples;
  double  latency_sum;
  double  peer_sum;
  double  share_sum;
  guint   n_latencies;
  guint   n_gathered;
} Ring;

struct _EdgeHistory
{
  GObject         parent_instance;

  EdgeNode       *node;
  EdgeTimeSeries *latency_series;
  Ring            rings[EDGE_HISTORY_N_SPANS];
  guint           timer;

  guint           n_direct;
  guint           n_turn;
  guint           n_relayed;
  double          in_rate;
  double          out_rate;
  double          lowest_latency;
  double          highest_latency;
};

typedef enum
{
  PROP_NODE = 1,
  PROP_N_DIRECT,
  PROP_N_TURN,
  PROP_N_RELAYED,
  PROP_IN_RATE,
  PROP_OUT_RATE,
  PROP_LOWEST_LATENCY,
  PROP_HIGHEST_LATENCY,
} EdgeHistoryProperty;

static const guint samples_per_mean[EDGE_HISTORY_N_SPANS] = { 1, 6, 144 };

static GParamSpec *properties[PROP_HIGHEST_LATENCY + 1];

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeHistory, edge_history, G_TYPE_OBJECT)

static void
ring_add (Ring             *ring,
          guint             per_mean,
          gint64            now,
          double            latency,
          guint             peers,
          double            share,
          EdgePolicyReason  reason)
{
  EdgeHistorySample sample;

  if (!isnan (latency))
    {
      ring->latency_sum += latency;
      ring->n_latencies++;
    }
  ring->peer_sum += peers;
  ring->share_sum += share;
  if (++ring->n_gathered < per_mean)
    return;

  sample.time = now;
  sample.latency = ring->n_latencies > 0 ? ring->latency_sum / ring->n_latencies : NAN;
  sample.peers = ring->peer_sum / ring->n_gathered;
  sample.share = ring->share_sum / ring->n_gathered;
  sample.reason = reason;

  if (ring->samples->len == SAMPLES)
    g_array_remove_index (ring->samples, 0);
  g_array_append_val (ring->samples, sample);

  ring->latency_sum = ring->peer_sum = ring->share_sum = 0;
  ring->n_latencies = ring->n_gathered = 0;
}

static void
set_uint (EdgeHistory         *self,
          guint               *field,
          guint                value,
          EdgeHistoryProperty  property)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_double (EdgeHistory         *self,
            double              *field,
            double               value,
            EdgeHistoryProperty  property)
{
  if (*field == value || (isnan (*field) && isnan (value)))
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
tally_peers (EdgeHistory *self)
{
  g_autoptr(GListModel) peers = NULL;
  guint paths[EDGE_PEER_PATH_RELAYED + 1] = { 0 };
  double in_rate = 0, out_rate = 0, lowest = NAN, highest = NAN;

  g_object_get (self->node, "peers", &peers, NULL);

  for (guint i = 0; peers != NULL && i < g_list_model_get_n_items (peers); i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (peers, i);
      double latency = edge_peer_get_latency (peer);

      if (edge_peer_get_state (peer) != EDGE_PEER_STATE_CONNECTED)
        continue;

      paths[edge_peer_get_path (peer)]++;
      in_rate += edge_peer_get_in_rate (peer);
      out_rate += edge_peer_get_out_rate (peer);
      lowest = fmin (lowest, latency);
      highest = fmax (highest, latency);
    }

  set_uint (self, &self->n_direct, paths[EDGE_PEER_PATH_DIRECT], PROP_N_DIRECT);
  set_uint (self, &self->n_turn, paths[EDGE_PEER_PATH_TURN], PROP_N_TURN);
  set_uint (self, &self->n_relayed, paths[EDGE_PEER_PATH_RELAYED], PROP_N_RELAYED);
  set_double (self, &self->in_rate, in_rate, PROP_IN_RATE);
  set_double (self, &self->out_rate, out_rate, PROP_OUT_RATE);
  set_double (self, &self->lowest_latency, lowest, PROP_LOWEST_LATENCY);
  set_double (self, &self->highest_latency, highest, PROP_HIGHEST_LATENCY);
}

static gboolean
sample_cb (gpointer user_data)
{
  edge_history_sample (user_data, g_get_real_time () / 1000);

  return G_SOURCE_CONTINUE;
}

static void
edge_history_dispose (GObject *object)
{
  EdgeHistory *self = EDGE_HISTORY (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->node != NULL)
    g_signal_handlers_disconnect_by_data (self->node, self);
  g_clear_object (&self->node);

  G_OBJECT_CLASS (edge_history_parent_class)->dispose (object);
}

static void
edge_history_finalize (GObject *object)
{
  EdgeHistory *self = EDGE_HISTORY (object);

  for (guint span = 0; span < EDGE_HISTORY_N_SPANS; span++)
    g_clear_pointer (&self->rings[span].samples, g_array_unref);
  g_clear_object (&self->latency_series);

  G_OBJECT_CLASS (edge_history_parent_class)->finalize (object);
}

static void
edge_history_constructed (GObject *object)
{
  EdgeHistory *self = EDGE_HISTORY (object);

  G_OBJECT_CLASS (edge_history_parent_class)->constructed (object);

  g_signal_connect_swapped (self->node, "notify::n-connected", G_CALLBACK (tally_peers), self);
  g_signal_connect_swapped (self->node, "notify::median-latency", G_CALLBACK (tally_peers), self);
  self->timer = g_timeout_add_seconds (SAMPLE_SECONDS, sample_cb, self);
}

static void
edge_history_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  EdgeHistory *self = EDGE_HISTORY (object);

  switch ((EdgeHistoryProperty) property_id)
    {
    case PROP_NODE:
      g_value_set_object (value, self->node);
      break;
    case PROP_N_DIRECT:
      g_value_set_uint (value, self->n_direct);
      break;
    case PROP_N_TURN:
      g_value_set_uint (value, self->n_turn);
      break;
    case PROP_N_RELAYED:
      g_value_set_uint (value, self->n_relayed);
      break;
    case PROP_IN_RATE:
      g_value_set_double (value, self->in_rate);
      break;
    case PROP_OUT_RATE:
      g_value_set_double (value, self->out_rate);
      break;
    case PROP_LOWEST_LATENCY:
      g_value_set_double (value, self->lowest_latency);
      break;
    case PROP_HIGHEST_LATENCY:
      g_value_set_double (value, self->highest_latency);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_history_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  EdgeHistory *self = EDGE_HISTORY (object);

  switch ((EdgeHistoryProperty) property_id)
    {
    case PROP_NODE:
      self->node = g_value_dup_object (value);
      break;
    case PROP_N_DIRECT:
    case PROP_N_TURN:
    case PROP_N_RELAYED:
    case PROP_IN_RATE:
    case PROP_OUT_RATE:
    case PROP_LOWEST_LATENCY:
    case PROP_HIGHEST_LATENCY:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_history_class_init (EdgeHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = edge_history_constructed;
  object_class->dispose = edge_history_dispose;
  object_class->finalize = edge_history_finalize;
  object_class->get_property = edge_history_get_property;
  object_class->set_property = edge_history_set_property;

  properties[PROP_NODE] =
    g_param_spec_object ("node", NULL, NULL, EDGE_TYPE_NODE,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_DIRECT] =
    g_param_spec_uint ("n-direct", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_TURN] =
    g_param_spec_uint ("n-turn", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_RELAYED] =
    g_param_spec_uint ("n-relayed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_IN_RATE] =
    g_param_spec_double ("in-rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_OUT_RATE] =
    g_param_spec_double ("out-rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_LOWEST_LATENCY] =
    g_param_spec_double ("lowest-latency", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_HIGHEST_LATENCY] =
    g_param_spec_double ("highest-latency", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgeHistory::changed:
   *
   * A sample was added; at most every two seconds.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
edge_history_init (EdgeHistory *self)
{
  self->lowest_latency = self->highest_latency = NAN;
  self->latency_series = edge_time_series_new (EDGE_PEER_LATENCY_SAMPLES);
  for (guint span = 0; span < EDGE_HISTORY_N_SPANS; span++)
    self->rings[span].samples = g_array_sized_new (FALSE, FALSE, sizeof (EdgeHistorySample),
                                                   SAMPLES);
}

/**
 * edge_history_new:
 * @node: the node to look at
 *
 * Returns: (transfer full): a history that starts now
 */
EdgeHistory *
edge_history_new (EdgeNode *node)
{
  g_return_val_if_fail (EDGE_IS_NODE (node), NULL);

  return g_object_new (EDGE_TYPE_HISTORY, "node", node, NULL);
}

/**
 * edge_history_span_length:
 * @span: a span
 *
 * Returns: its length in milliseconds
 */
gint64
edge_history_span_length (EdgeHistorySpan span)
{
  return (gint64) SAMPLES * samples_per_mean[span] * SAMPLE_SECONDS * 1000;
}

/**
 * edge_history_get_samples:
 * @self: a history
 * @span: how far back
 * @n_samples: (out): how many there are
 *
 * Returns: (array length=n_samples): the samples, oldest first, until the next change
 */
const EdgeHistorySample *
edge_history_get_samples (EdgeHistory     *self,
                          EdgeHistorySpan  span,
                          guint           *n_samples)
{
  g_return_val_if_fail (EDGE_IS_HISTORY (self), NULL);
  g_return_val_if_fail (span < EDGE_HISTORY_N_SPANS, NULL);

  *n_samples = self->rings[span].samples->len;

  return (const EdgeHistorySample *) self->rings[span].samples->data;
}

/**
 * edge_history_get_latency_series:
 * @self: a history
 *
 * Returns: (transfer none): the median round trips of the last two minutes
 */
EdgeTimeSeries *
edge_history_get_latency_series (EdgeHistory *self)
{
  g_return_val_if_fail (EDGE_IS_HISTORY (self), NULL);

  return self->latency_series;
}

/**
 * edge_history_sample:
 * @self: a history
 * @now: wall clock in milliseconds
 *
 * Looks at the node once. Happens by itself; public for tests that bring their own time.
 */
void
edge_history_sample (EdgeHistory *self,
                     gint64       now)
{
  g_autoptr(EdgePolicy) policy = NULL;
  EdgePolicyReason reason;
  EdgeNodeState state;
  double latency, share;
  guint n_connected;

  g_return_if_fail (EDGE_IS_HISTORY (self));

  g_object_get (self->node,
                "state", &state,
                "n-connected", &n_connected,
                "median-latency", &latency,
                "share", &share,
                "policy", &policy,
                NULL);
  if (state == EDGE_NODE_STATE_NONE)
    return;

  g_object_get (policy, "reason", &reason, NULL);
  for (guint span = 0; span < EDGE_HISTORY_N_SPANS; span++)
    ring_add (&self->rings[span], samples_per_mean[span], now, latency, n_connected, share,
              reason);
  if (isnan (latency))
    edge_time_series_append_gap (self->latency_series, now);
  else
    edge_time_series_append (self->latency_series, now, latency);
  tally_peers (self);

  g_signal_emit (self, signals[CHANGED], 0);
}
