/* edge-peer-summary.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "node/edge-peer-summary.h"

#include <math.h>

/**
 * EdgePeerSummary:
 *
 * Figures over a list of [class@EdgePeer]: how many are known and linked, and
 * the median of their latencies.
 */

/* Latencies come one by one from each peer; their median is told less often. */
#define MEDIAN_DELAY_MS 250

struct _EdgePeerSummary
{
  GObject     parent_instance;

  GListModel *peers;
  GPtrArray  *watched;
  guint       median_source;
  guint       n_connected;
  double      median_latency;
};

typedef enum
{
  PROP_N_KNOWN = 1,
  PROP_N_CONNECTED,
  PROP_MEDIAN_LATENCY,
} EdgePeerSummaryProperty;

enum
{
  PEER_CHANGED,
  PEER_MEASURED,
  PEER_FORGOTTEN,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_MEDIAN_LATENCY + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgePeerSummary, edge_peer_summary, G_TYPE_OBJECT)

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
count_median (EdgePeerSummary *self)
{
  g_autoptr(GArray) latencies = g_array_new (FALSE, FALSE, sizeof (double));
  guint middle;

  for (guint i = 0; i < self->watched->len; i++)
    {
      EdgePeer *peer = g_ptr_array_index (self->watched, i);
      double latency = edge_peer_get_latency (peer);

      if (edge_peer_get_state (peer) == EDGE_PEER_STATE_CONNECTED && !isnan (latency))
        g_array_append_val (latencies, latency);
    }

  if (latencies->len == 0)
    return NAN;

  g_array_sort (latencies, compare_doubles);
  middle = latencies->len / 2;
  if (latencies->len % 2 == 1)
    return g_array_index (latencies, double, middle);
  return (g_array_index (latencies, double, middle - 1) +
          g_array_index (latencies, double, middle)) / 2;
}

static void
update_median (EdgePeerSummary *self)
{
  double median = count_median (self);

  if (median == self->median_latency || (isnan (median) && isnan (self->median_latency)))
    return;

  self->median_latency = median;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MEDIAN_LATENCY]);
}

static gboolean
median_due_cb (gpointer user_data)
{
  EdgePeerSummary *self = user_data;

  self->median_source = 0;
  update_median (self);
  return G_SOURCE_REMOVE;
}

static void
update_connected (EdgePeerSummary *self)
{
  guint n_connected = 0;

  for (guint i = 0; i < self->watched->len; i++)
    if (edge_peer_get_state (g_ptr_array_index (self->watched, i)) == EDGE_PEER_STATE_CONNECTED)
      n_connected++;

  if (self->n_connected == n_connected)
    return;

  self->n_connected = n_connected;
  update_median (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CONNECTED]);
}

static void
latency_changed_cb (EdgePeer        *peer,
                    GParamSpec      *pspec,
                    EdgePeerSummary *self)
{
  if (isnan (self->median_latency))
    update_median (self);
  else if (self->median_source == 0)
    self->median_source = g_timeout_add (MEDIAN_DELAY_MS, median_due_cb, self);
  g_signal_emit (self, signals[PEER_MEASURED], 0, peer);
}

static void
peer_changed_cb (EdgePeer        *peer,
                 GParamSpec      *pspec,
                 EdgePeerSummary *self)
{
  g_signal_emit (self, signals[PEER_CHANGED], 0, peer);
}

static void
state_changed_cb (EdgePeer        *peer,
                  GParamSpec      *pspec,
                  EdgePeerSummary *self)
{
  update_connected (self);
}

static void
unwatch (EdgePeerSummary *self,
         EdgePeer        *peer)
{
  g_signal_handlers_disconnect_by_data (peer, self);
}

static void
watch (EdgePeerSummary *self,
       EdgePeer        *peer)
{
  static const char * const told[] = { "notify::state", "notify::path", "notify::name" };

  /* An object keeps a list of what is connected for it, which some thousands of peers
   * would make long; each of ours is unwatched. */
  g_signal_connect (peer, "notify::state", G_CALLBACK (state_changed_cb), self);
  g_signal_connect (peer, "notify::latency", G_CALLBACK (latency_changed_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_signal_connect (peer, told[i], G_CALLBACK (peer_changed_cb), self);
}

static void
items_changed_cb (GListModel      *peers,
                  guint            position,
                  guint            removed,
                  guint            added,
                  EdgePeerSummary *self)
{
  for (guint i = 0; i < removed; i++)
    {
      EdgePeer *peer = g_ptr_array_index (self->watched, position + i);

      unwatch (self, peer);
      g_signal_emit (self, signals[PEER_FORGOTTEN], 0, edge_peer_get_id (peer));
    }
  g_ptr_array_remove_range (self->watched, position, removed);

  for (guint i = 0; i < added; i++)
    {
      EdgePeer *peer = g_list_model_get_item (peers, position + i);

      watch (self, peer);
      g_ptr_array_insert (self->watched, position + i, peer);
    }

  update_connected (self);
  update_median (self);
  if (added != removed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_KNOWN]);
  for (guint i = 0; i < added; i++)
    g_signal_emit (self, signals[PEER_CHANGED], 0,
                   g_ptr_array_index (self->watched, position + i));
}

static void
edge_peer_summary_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EdgePeerSummary *self = EDGE_PEER_SUMMARY (object);

  switch ((EdgePeerSummaryProperty) property_id)
    {
    case PROP_N_KNOWN:
      g_value_set_uint (value, self->watched->len);
      break;
    case PROP_N_CONNECTED:
      g_value_set_uint (value, self->n_connected);
      break;
    case PROP_MEDIAN_LATENCY:
      g_value_set_double (value, self->median_latency);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_peer_summary_dispose (GObject *object)
{
  EdgePeerSummary *self = EDGE_PEER_SUMMARY (object);

  g_clear_handle_id (&self->median_source, g_source_remove);
  for (guint i = 0; i < self->watched->len; i++)
    unwatch (self, g_ptr_array_index (self->watched, i));
  g_ptr_array_set_size (self->watched, 0);
  if (self->peers != NULL)
    g_signal_handlers_disconnect_by_data (self->peers, self);
  g_clear_object (&self->peers);

  G_OBJECT_CLASS (edge_peer_summary_parent_class)->dispose (object);
}

static void
edge_peer_summary_finalize (GObject *object)
{
  EdgePeerSummary *self = EDGE_PEER_SUMMARY (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);

  G_OBJECT_CLASS (edge_peer_summary_parent_class)->finalize (object);
}

static void
edge_peer_summary_class_init (EdgePeerSummaryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = edge_peer_summary_get_property;
  object_class->dispose = edge_peer_summary_dispose;
  object_class->finalize = edge_peer_summary_finalize;

  properties[PROP_N_KNOWN] = g_param_spec_uint ("n-known", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_CONNECTED] = g_param_spec_uint ("n-connected", NULL, NULL,
                                                    0, G_MAXUINT, 0, flags);
  /**
   * EdgePeerSummary:median-latency:
   *
   * Milliseconds over the peers linked, NaN when there is none.
   */
  properties[PROP_MEDIAN_LATENCY] = g_param_spec_double ("median-latency", NULL, NULL,
                                                         -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgePeerSummary::peer-changed:
   * @peer: the peer
   *
   * A peer is new, or its state, path or name changed.
   */
  signals[PEER_CHANGED] = g_signal_new ("peer-changed", EDGE_TYPE_PEER_SUMMARY, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
  /**
   * EdgePeerSummary::peer-measured:
   * @peer: the peer
   *
   * A peer has another latency.
   */
  signals[PEER_MEASURED] = g_signal_new ("peer-measured", EDGE_TYPE_PEER_SUMMARY,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, EDGE_TYPE_PEER);
  /**
   * EdgePeerSummary::peer-forgotten:
   * @peer_id: the id of a peer that is not in the list any more
   */
  signals[PEER_FORGOTTEN] = g_signal_new ("peer-forgotten", EDGE_TYPE_PEER_SUMMARY,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
edge_peer_summary_init (EdgePeerSummary *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->median_latency = NAN;
}

/**
 * edge_peer_summary_new:
 * @peers: a list of [class@EdgePeer]
 *
 * Returns: (transfer full): figures that follow @peers
 */
EdgePeerSummary *
edge_peer_summary_new (GListModel *peers)
{
  EdgePeerSummary *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (peers), NULL);

  self = g_object_new (EDGE_TYPE_PEER_SUMMARY, NULL);
  self->peers = g_object_ref (peers);
  g_signal_connect_object (peers, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_DEFAULT);
  items_changed_cb (peers, 0, 0, g_list_model_get_n_items (peers), self);
  return self;
}

guint
edge_peer_summary_get_n_known (EdgePeerSummary *self)
{
  g_return_val_if_fail (EDGE_IS_PEER_SUMMARY (self), 0);

  return self->watched->len;
}

guint
edge_peer_summary_get_n_connected (EdgePeerSummary *self)
{
  g_return_val_if_fail (EDGE_IS_PEER_SUMMARY (self), 0);

  return self->n_connected;
}

double
edge_peer_summary_get_median_latency (EdgePeerSummary *self)
{
  g_return_val_if_fail (EDGE_IS_PEER_SUMMARY (self), NAN);

  return self->median_latency;
}
