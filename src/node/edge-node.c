/* edge-node.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "mesh/edge-mesh.h"
#include "node/edge-list-proxy.h"
#include "node/edge-peer-summary.h"
#include "signaling/edge-signaling.h"

/**
 * EdgeNode:
 *
 * One node: an identity, a network, the links in it and what may be used of
 * this computer. It is the only thing that a face holds.
 */

#define DEFAULT_LISTEN "127.0.0.1:0"

struct _EdgeNode
{
  GObject          parent_instance;

  char            *state_dir;
  EdgeIdentity    *identity;
  EdgePolicy      *policy;
  EdgeListProxy   *peers;
  EdgePeerSummary *summary;
  GListStore      *backends;
  GListStore      *messages;
  char            *name;
  char            *headline;
  char            *detail;
  char            *network_id;
  char            *network_name;
  char            *listen;
  GStrv            relays;
  GStrv            stun_servers;
  guint            degree;
  gint64           started_at;
  gboolean         watched;
  gboolean         joined;
  EdgeNodeState    state;
};

typedef enum
{
  PROP_STATE = 1,
  PROP_ID,
  PROP_NAME,
  PROP_HEADLINE,
  PROP_DETAIL,
  PROP_SHARE,
  PROP_NETWORK_ID,
  PROP_NETWORK_NAME,
  PROP_NETWORK_KIND,
  PROP_PEERS,
  PROP_N_CONNECTED,
  PROP_N_KNOWN,
  PROP_MEDIAN_LATENCY,
  PROP_BACKENDS,
  PROP_MESSAGES,
  PROP_POLICY,
  PROP_RELAYS,
  PROP_STUN_SERVERS,
  PROP_LISTEN,
  PROP_OWN_RELAY,
  PROP_DEGREE,
  PROP_STARTED_AT,
  PROP_WATCHED,
} EdgeNodeProperty;

enum
{
  MESSAGE,
  PEER_CHANGED,
  PROBLEM,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_WATCHED + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeNode, edge_node, G_TYPE_OBJECT)

G_DEFINE_QUARK (edge-node-error, edge_node_error)

G_DEFINE_ENUM_TYPE (EdgeNodeState, edge_node_state,
                    G_DEFINE_ENUM_VALUE (EDGE_NODE_STATE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (EDGE_NODE_STATE_JOINING, "joining"),
                    G_DEFINE_ENUM_VALUE (EDGE_NODE_STATE_JOINED, "joined"),
                    G_DEFINE_ENUM_VALUE (EDGE_NODE_STATE_PAUSED, "paused"))

/**
 * edge_node_state_to_string:
 * @state: a state
 *
 * Returns: the word for it in JSON and on D-Bus
 */
const char *
edge_node_state_to_string (EdgeNodeState state)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (EDGE_TYPE_NODE_STATE);
  GEnumValue *value = g_enum_get_value (klass, state);

  return value != NULL ? value->value_nick : "unknown";
}

static void
notify (EdgeNode         *self,
        EdgeNodeProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gint64
wall_clock_ms (void)
{
  return g_get_real_time () / 1000;
}

static void
update_state (EdgeNode *self)
{
  EdgeNodeState state;
  g_autofree char *headline = NULL;

  if (!self->joined)
    state = EDGE_NODE_STATE_NONE;
  else if (edge_policy_get_reason (self->policy) == EDGE_POLICY_REASON_PAUSED)
    state = EDGE_NODE_STATE_PAUSED;
  else if (edge_peer_summary_get_n_connected (self->summary) == 0)
    state = EDGE_NODE_STATE_JOINING;
  else
    state = EDGE_NODE_STATE_JOINED;

  if (state == EDGE_NODE_STATE_NONE)
    headline = g_strdup (_("Not in a network"));
  else if (state == EDGE_NODE_STATE_JOINING)
    headline = g_strdup_printf (_("Looking for peers in %s"), self->network_name);
  else
    headline = g_strdup (edge_policy_get_headline (self->policy));

  if (self->state != state)
    {
      self->state = state;
      notify (self, PROP_STATE);
    }
  if (g_set_str (&self->headline, headline))
    notify (self, PROP_HEADLINE);
}

static void
policy_changed_cb (EdgePolicy *policy,
                   GParamSpec *pspec,
                   EdgeNode   *self)
{
  if (g_str_equal (pspec->name, "share"))
    notify (self, PROP_SHARE);
  if (g_str_equal (pspec->name, "headline") || g_str_equal (pspec->name, "reason"))
    update_state (self);
}

static void
policy_stale_cb (EdgePolicy *policy,
                 EdgeNode   *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  edge_policy_update (policy, now);
}

static void
summary_changed_cb (EdgePeerSummary *summary,
                    GParamSpec      *pspec,
                    EdgeNode        *self)
{
  g_object_notify (G_OBJECT (self), pspec->name);
  if (g_str_equal (pspec->name, "n-connected"))
    update_state (self);
}

static void
peer_changed_cb (EdgePeerSummary *summary,
                 EdgePeer        *peer,
                 EdgeNode        *self)
{
  g_signal_emit (self, signals[PEER_CHANGED], 0, peer);
}

static void
edge_node_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EdgeNode *self = EDGE_NODE (object);

  switch ((EdgeNodeProperty) property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ID:
      g_value_set_string (value, self->identity ? edge_identity_get_id (self->identity) : NULL);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_HEADLINE:
      g_value_set_string (value, self->headline);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_SHARE:
      g_value_set_double (value, edge_policy_get_share (self->policy));
      break;
    case PROP_NETWORK_ID:
      g_value_set_string (value, self->network_id);
      break;
    case PROP_NETWORK_NAME:
      g_value_set_string (value, self->network_name);
      break;
    case PROP_NETWORK_KIND:
      g_value_set_string (value, self->joined ? "open" : NULL);
      break;
    case PROP_PEERS:
      g_value_set_object (value, self->peers);
      break;
    case PROP_N_CONNECTED:
      g_value_set_uint (value, edge_peer_summary_get_n_connected (self->summary));
      break;
    case PROP_N_KNOWN:
      g_value_set_uint (value, edge_peer_summary_get_n_known (self->summary));
      break;
    case PROP_MEDIAN_LATENCY:
      g_value_set_double (value, edge_peer_summary_get_median_latency (self->summary));
      break;
    case PROP_BACKENDS:
      g_value_set_object (value, self->backends);
      break;
    case PROP_MESSAGES:
      g_value_set_object (value, self->messages);
      break;
    case PROP_POLICY:
      g_value_set_object (value, self->policy);
      break;
    case PROP_RELAYS:
      g_value_set_boxed (value, self->relays);
      break;
    case PROP_STUN_SERVERS:
      g_value_set_boxed (value, self->stun_servers);
      break;
    case PROP_LISTEN:
      g_value_set_string (value, self->listen);
      break;
    case PROP_OWN_RELAY:
      g_value_set_string (value, NULL);
      break;
    case PROP_DEGREE:
      g_value_set_uint (value, self->degree);
      break;
    case PROP_STARTED_AT:
      g_value_set_int64 (value, self->started_at);
      break;
    case PROP_WATCHED:
      g_value_set_boolean (value, self->watched);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static gboolean
take_strv (GStrv         *field,
           const GValue  *value)
{
  const char * const *now = g_value_get_boxed (value);
  static const char * const none[] = { NULL };

  if (now == NULL)
    now = none;
  if (g_strv_equal ((const char * const *) *field, now))
    return FALSE;
  g_strfreev (*field);
  *field = g_strdupv ((char **) now);
  return TRUE;
}

static void
edge_node_set_property (GObject      *object,
                        guint         property_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  EdgeNode *self = EDGE_NODE (object);

  switch (property_id)
    {
    case PROP_NAME:
      if (g_set_str (&self->name, g_value_get_string (value)))
        notify (self, PROP_NAME);
      break;
    case PROP_RELAYS:
      if (take_strv (&self->relays, value))
        notify (self, PROP_RELAYS);
      break;
    case PROP_STUN_SERVERS:
      if (take_strv (&self->stun_servers, value))
        notify (self, PROP_STUN_SERVERS);
      break;
    case PROP_LISTEN:
      if (g_set_str (&self->listen, g_value_get_string (value)))
        notify (self, PROP_LISTEN);
      break;
    case PROP_DEGREE:
      if (self->degree != g_value_get_uint (value))
        {
          self->degree = g_value_get_uint (value);
          notify (self, PROP_DEGREE);
        }
      break;
    case PROP_WATCHED:
      if (self->watched != g_value_get_boolean (value))
        {
          self->watched = g_value_get_boolean (value);
          notify (self, PROP_WATCHED);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
edge_node_dispose (GObject *object)
{
  EdgeNode *self = EDGE_NODE (object);

  g_clear_object (&self->summary);
  g_clear_object (&self->peers);
  g_clear_object (&self->backends);
  g_clear_object (&self->messages);
  g_clear_object (&self->policy);
  g_clear_object (&self->identity);

  G_OBJECT_CLASS (edge_node_parent_class)->dispose (object);
}

static void
edge_node_finalize (GObject *object)
{
  EdgeNode *self = EDGE_NODE (object);

  g_clear_pointer (&self->state_dir, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->headline, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->network_id, g_free);
  g_clear_pointer (&self->network_name, g_free);
  g_clear_pointer (&self->listen, g_free);
  g_clear_pointer (&self->relays, g_strfreev);
  g_clear_pointer (&self->stun_servers, g_strfreev);

  G_OBJECT_CLASS (edge_node_parent_class)->finalize (object);
}

static void
edge_node_class_init (EdgeNodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags rw = r | G_PARAM_WRITABLE;

  object_class->get_property = edge_node_get_property;
  object_class->set_property = edge_node_set_property;
  object_class->dispose = edge_node_dispose;
  object_class->finalize = edge_node_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, EDGE_TYPE_NODE_STATE,
                                              EDGE_NODE_STATE_NONE, r);
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, r);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, rw);
  properties[PROP_HEADLINE] = g_param_spec_string ("headline", NULL, NULL, NULL, r);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, r);
  properties[PROP_SHARE] = g_param_spec_double ("share", NULL, NULL, 0, 1, 0, r);
  properties[PROP_NETWORK_ID] = g_param_spec_string ("network-id", NULL, NULL, NULL, r);
  properties[PROP_NETWORK_NAME] = g_param_spec_string ("network-name", NULL, NULL, NULL, r);
  properties[PROP_NETWORK_KIND] = g_param_spec_string ("network-kind", NULL, NULL, NULL, r);
  properties[PROP_PEERS] = g_param_spec_object ("peers", NULL, NULL, G_TYPE_LIST_MODEL, r);
  properties[PROP_N_CONNECTED] = g_param_spec_uint ("n-connected", NULL, NULL,
                                                    0, G_MAXUINT, 0, r);
  properties[PROP_N_KNOWN] = g_param_spec_uint ("n-known", NULL, NULL, 0, G_MAXUINT, 0, r);
  properties[PROP_MEDIAN_LATENCY] = g_param_spec_double ("median-latency", NULL, NULL,
                                                         -G_MAXDOUBLE, G_MAXDOUBLE, 0, r);
  properties[PROP_BACKENDS] = g_param_spec_object ("backends", NULL, NULL, G_TYPE_LIST_MODEL, r);
  properties[PROP_MESSAGES] = g_param_spec_object ("messages", NULL, NULL, G_TYPE_LIST_MODEL, r);
  properties[PROP_POLICY] = g_param_spec_object ("policy", NULL, NULL, EDGE_TYPE_POLICY, r);
  properties[PROP_RELAYS] = g_param_spec_boxed ("relays", NULL, NULL, G_TYPE_STRV, rw);
  properties[PROP_STUN_SERVERS] = g_param_spec_boxed ("stun-servers", NULL, NULL,
                                                      G_TYPE_STRV, rw);
  properties[PROP_LISTEN] = g_param_spec_string ("listen", NULL, NULL, DEFAULT_LISTEN, rw);
  properties[PROP_OWN_RELAY] = g_param_spec_string ("own-relay", NULL, NULL, NULL, r);
  properties[PROP_DEGREE] = g_param_spec_uint ("degree", NULL, NULL, 1, EDGE_MESH_MAX_LINKS,
                                               EDGE_MESH_DEFAULT_DEGREE, rw);
  properties[PROP_STARTED_AT] = g_param_spec_int64 ("started-at", NULL, NULL,
                                                    0, G_MAXINT64, 0, r);
  properties[PROP_WATCHED] = g_param_spec_boolean ("watched", NULL, NULL, FALSE, rw);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * EdgeNode::message:
   * @message: the text and who sent it
   */
  signals[MESSAGE] = g_signal_new ("message", EDGE_TYPE_NODE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_MESSAGE);
  /**
   * EdgeNode::peer-changed:
   * @peer: the peer
   *
   * A peer is new, or its state, path or name changed.
   */
  signals[PEER_CHANGED] = g_signal_new ("peer-changed", EDGE_TYPE_NODE, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
  /**
   * EdgeNode::problem:
   * @code: a word for programs
   * @message: what is wrong, translated
   * @remedy: what to do about it, translated
   */
  signals[PROBLEM] = g_signal_new ("problem", EDGE_TYPE_NODE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                   G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
edge_node_init (EdgeNode *self)
{
  self->policy = edge_policy_new ();
  self->peers = edge_list_proxy_new (EDGE_TYPE_PEER);
  self->summary = edge_peer_summary_new (G_LIST_MODEL (self->peers));
  self->backends = g_list_store_new (EDGE_TYPE_SIGNALING);
  self->messages = g_list_store_new (EDGE_TYPE_MESSAGE);
  self->relays = g_new0 (char *, 1);
  self->stun_servers = g_new0 (char *, 1);
  self->listen = g_strdup (DEFAULT_LISTEN);
  self->degree = EDGE_MESH_DEFAULT_DEGREE;

  g_signal_connect_object (self->policy, "notify", G_CALLBACK (policy_changed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->policy, "stale", G_CALLBACK (policy_stale_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->summary, "notify", G_CALLBACK (summary_changed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->summary, "peer-changed", G_CALLBACK (peer_changed_cb), self,
                           G_CONNECT_DEFAULT);
  policy_stale_cb (self->policy, self);
  update_state (self);
}

/**
 * edge_node_new:
 * @state_dir: (nullable): the folder for what is kept, %NULL to keep nothing
 *
 * Returns: (transfer full): a node that does nothing before edge_node_start()
 */
EdgeNode *
edge_node_new (const char *state_dir)
{
  EdgeNode *self = g_object_new (EDGE_TYPE_NODE, NULL);

  self->state_dir = g_strdup (state_dir);
  return self;
}

/**
 * edge_node_start:
 * @self: a node
 * @identity: who it is
 */
void
edge_node_start (EdgeNode     *self,
                 EdgeIdentity *identity)
{
  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (EDGE_IS_IDENTITY (identity));
  g_return_if_fail (self->identity == NULL);

  self->identity = g_object_ref (identity);
  self->started_at = wall_clock_ms ();
  notify (self, PROP_ID);
  notify (self, PROP_STARTED_AT);
}

/**
 * edge_node_join_open:
 * @self: a node
 * @network_name: name of an open network
 *
 * Leaves the network it is in, if any, and looks for peers of this one.
 */
void
edge_node_join_open (EdgeNode   *self,
                     const char *network_name)
{
  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (self->identity != NULL);
  g_return_if_fail (network_name != NULL);

  self->joined = TRUE;
  if (g_set_str (&self->network_name, network_name))
    notify (self, PROP_NETWORK_NAME);
  update_state (self);
}

/**
 * edge_node_leave:
 * @self: a node
 *
 * Takes leave of the network.
 */
void
edge_node_leave (EdgeNode *self)
{
  g_return_if_fail (EDGE_IS_NODE (self));

  if (!self->joined)
    return;
  self->joined = FALSE;
  update_state (self);
}

void
edge_node_stop_async (EdgeNode            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (EDGE_IS_NODE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, edge_node_stop_async);
  edge_node_leave (self);
  g_task_return_boolean (task, TRUE);
}

gboolean
edge_node_stop_finish (EdgeNode      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * edge_node_pause:
 * @self: a node
 * @for_ms: how long, in ms; 0 until edge_node_resume()
 *
 * Gives nothing. Links stay.
 */
void
edge_node_pause (EdgeNode *self,
                 gint64    for_ms)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  g_return_if_fail (EDGE_IS_NODE (self));

  edge_policy_pause (self->policy, for_ms, now);
}

void
edge_node_resume (EdgeNode *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  g_return_if_fail (EDGE_IS_NODE (self));

  edge_policy_resume (self->policy, now);
}

/**
 * edge_node_ask:
 * @self: a node
 * @for_ms: how long, in ms; 0 takes the wish back
 *
 * Runs in spite of battery, power saver, metered network and schedule ("Run for an Hour").
 */
void
edge_node_ask (EdgeNode *self,
               gint64    for_ms)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  g_return_if_fail (EDGE_IS_NODE (self));

  edge_policy_ask (self->policy, for_ms, now);
}

/**
 * edge_node_find_peer:
 * @self: a node
 * @prefix: the beginning of a peer's id, or its whole name
 * @error: return location for an error in the `EDGE_NODE_ERROR` domain
 *
 * Returns: (transfer full): the one peer meant
 */
EdgePeer *
edge_node_find_peer (EdgeNode    *self,
                     const char  *prefix,
                     GError     **error)
{
  g_autoptr(EdgePeer) found = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->peers));

  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);
  g_return_val_if_fail (prefix != NULL, NULL);

  for (guint i = 0; i < n && prefix[0] != '\0'; i++)
    {
      g_autoptr(EdgePeer) peer = g_list_model_get_item (G_LIST_MODEL (self->peers), i);

      if (!g_str_has_prefix (edge_peer_get_id (peer), prefix) &&
          g_strcmp0 (edge_peer_get_name (peer), prefix) != 0)
        continue;
      if (found != NULL)
        {
          g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_AMBIGUOUS,
                       _("More than one peer is meant by “%s”; type more of its id"), prefix);
          return NULL;
        }
      found = g_steal_pointer (&peer);
    }

  if (found == NULL)
    g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_PEER,
                 _("No peer has the name “%s” or an id that begins so"), prefix);

  return g_steal_pointer (&found);
}

gboolean
edge_node_send_message (EdgeNode    *self,
                        EdgePeer    *peer,
                        const char  *text,
                        GError     **error)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), FALSE);

  g_set_error (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK, _("No network is joined"));
  return FALSE;
}

void
edge_node_disconnect_peer (EdgeNode *self,
                           EdgePeer *peer)
{
  g_return_if_fail (EDGE_IS_NODE (self));
}

void
edge_node_set_blocked (EdgeNode   *self,
                       const char *peer_id,
                       gboolean    blocked)
{
  g_return_if_fail (EDGE_IS_NODE (self));
}
