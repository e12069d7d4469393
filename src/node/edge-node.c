/* edge-node.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ledger/edge-open-genesis.h"
#include "node/edge-list-proxy.h"
#include "node/edge-membership.h"
#include "node/edge-message-log.h"
#include "node/edge-node-store.h"
#include "node/edge-node-words.h"
#include "node/edge-peer-summary.h"
#include "work/edge-policy-monitor.h"

/**
 * EdgeNode:
 *
 * One node: an identity, a network, the links in it and what may be used of
 * this computer. It is the only thing that a face holds.
 */

/* Who finds nobody for so long is told so. */
#define ALONE_AFTER_MS 10000

struct _EdgeNode
{
  GObject            parent_instance;

  char              *state_dir;
  EdgeNodeStore     *store;
  EdgeIdentity      *identity;
  EdgePolicy        *policy;
  EdgePolicyMonitor *monitor;
  EdgeMembership    *membership;
  EdgeListProxy     *peers;
  EdgeListProxy     *backends;
  EdgePeerSummary   *summary;
  EdgeMessageLog    *messages;
  char              *name;
  char              *headline;
  char              *detail;
  char              *network_id;
  char              *network_name;
  char              *listen;
  GStrv              relays;
  GStrv              stun_servers;
  GTask             *stopping;
  guint              n_leaving;
  guint              alone_source;
  guint              degree;
  gint64             started_at;
  gint64             started_mono;
  gboolean           watched;
  gboolean           alone;
  EdgeNodeState      state;
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
  PROP_BLOCKED,
  PROP_LAST_NETWORK,
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

static void
save (EdgeNode *self)
{
  g_autoptr(GError) error = NULL;

  if (self->state_dir != NULL && !edge_node_store_save (self->store, self->state_dir, &error))
    g_signal_emit (self, signals[PROBLEM], 0, "save", error->message,
                   _("Make room on the disk, and see that the folder belongs to you."));
}

static EdgeNodeState
find_state (EdgeNode *self)
{
  if (self->membership == NULL)
    return EDGE_NODE_STATE_NONE;
  if (edge_policy_get_reason (self->policy) == EDGE_POLICY_REASON_PAUSED)
    return EDGE_NODE_STATE_PAUSED;
  if (edge_peer_summary_get_n_connected (self->summary) == 0)
    return EDGE_NODE_STATE_JOINING;
  return EDGE_NODE_STATE_JOINED;
}

static void
update_state (EdgeNode *self)
{
  guint n_connected = edge_peer_summary_get_n_connected (self->summary);
  EdgeNodeState state = find_state (self);
  g_autofree char *headline = NULL;
  g_autofree char *detail = NULL;
  const char *own_relay = NULL;

  if (self->membership != NULL)
    own_relay = edge_membership_get_own_relay (self->membership);
  headline = edge_node_words_headline (state, self->network_name, self->alone, self->policy);
  detail = edge_node_words_detail (state, n_connected, self->alone, own_relay, self->policy);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      notify (self, PROP_STATE);
    }
  if (g_set_str (&self->headline, headline))
    notify (self, PROP_HEADLINE);
  if (g_set_str (&self->detail, detail))
    notify (self, PROP_DETAIL);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
alone_cb (gpointer user_data)
{
  EdgeNode *self = user_data;
  g_autofree char *message = g_strdup_printf (_("No peer was found in %s yet"), self->network_name);
  g_autofree char *remedy = NULL;

  self->alone_source = 0;
  self->alone = TRUE;
  update_state (self);
  remedy = edge_node_words_remedy (edge_membership_get_own_relay (self->membership));
  g_signal_emit (self, signals[PROBLEM], 0, "no_peers", message, remedy);
  return G_SOURCE_REMOVE;
}

static void
watch_loneliness (EdgeNode *self)
{
  self->alone = FALSE;
  g_clear_handle_id (&self->alone_source, g_source_remove);
  if (self->membership != NULL && edge_peer_summary_get_n_connected (self->summary) == 0)
    self->alone_source = g_timeout_add (ALONE_AFTER_MS, alone_cb, self);
}

static void
policy_changed_cb (EdgePolicy *policy,
                   GParamSpec *pspec,
                   EdgeNode   *self)
{
  if (g_str_equal (pspec->name, "share"))
    notify (self, PROP_SHARE);
  if (g_str_equal (pspec->name, "headline") || g_str_equal (pspec->name, "reason") ||
      g_str_equal (pspec->name, "outlook"))
    update_state (self);
}

static void
summary_changed_cb (EdgePeerSummary *summary,
                    GParamSpec      *pspec,
                    EdgeNode        *self)
{
  g_object_notify (G_OBJECT (self), pspec->name);
  if (!g_str_equal (pspec->name, "n-connected"))
    return;

  if ((edge_peer_summary_get_n_connected (summary) == 0) != (self->alone_source != 0 || self->alone))
    watch_loneliness (self);
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
message_frame_cb (EdgeMesh   *mesh,
                  EdgePeer   *peer,
                  const char *type,
                  JsonObject *frame,
                  EdgeNode   *self)
{
  EdgeMessage *message = edge_message_log_take (self->messages, edge_peer_get_id (peer), frame,
                                                g_get_monotonic_time (), g_get_real_time () / 1000);

  if (message != NULL)
    g_signal_emit (self, signals[MESSAGE], 0, message);
}

static void
link_down_cb (EdgeMesh *mesh,
              EdgePeer *peer,
              EdgeNode *self)
{
  edge_message_log_forget_peer (self->messages, edge_peer_get_id (peer));
}

static void
problem_cb (EdgeMembership *membership,
            const char     *code,
            const char     *message,
            const char     *remedy,
            EdgeNode       *self)
{
  g_signal_emit (self, signals[PROBLEM], 0, code, message, remedy);
}

static void
own_relay_changed_cb (EdgeMembership *membership,
                      GParamSpec     *pspec,
                      EdgeNode       *self)
{
  notify (self, PROP_OWN_RELAY);
  update_state (self);
}

static void
apply_relays (EdgeNode *self)
{
  if (self->membership != NULL)
    edge_membership_set_relays (self->membership, (const char * const *) self->relays, self->listen);
}

static void
apply_stun_servers (EdgeNode *self)
{
  if (self->membership != NULL)
    edge_membership_set_stun_servers (self->membership, (const char * const *) self->stun_servers);
}

/* The mesh's own settings, those that a running link takes as well. */
static void
apply_mesh_settings (EdgeNode *self)
{
  EdgeMesh *mesh;

  if (self->membership == NULL)
    return;

  mesh = edge_membership_get_mesh (self->membership);
  edge_mesh_set_name (mesh, self->name);
  edge_mesh_set_degree (mesh, self->degree);
  edge_mesh_set_watched (mesh, self->watched);
}

/* Others read it: no control characters, and no longer than the wire takes. */
static char *
clean_name (const char *typed)
{
  g_autoptr(GString) name = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (name->len + g_unichar_to_utf8 (c, NULL) > EDGE_NODE_MAX_NAME)
        break;
      if (g_unichar_isprint (c))
        g_string_append_unichar (name, c);
    }
  g_strstrip (name->str);
  return g_strdup (name->str);
}

static void
set_name (EdgeNode   *self,
          const char *typed)
{
  g_autofree char *name = NULL;

  if (typed != NULL && g_utf8_validate (typed, -1, NULL))
    name = clean_name (typed);
  if (name != NULL && name[0] == '\0')
    g_clear_pointer (&name, g_free);

  /* The name made from the key is not a choice worth keeping. */
  if (self->identity != NULL)
    {
      g_autofree char *made = edge_node_words_name (edge_identity_get_id (self->identity));

      if (name == NULL || g_str_equal (name, made))
        {
          if (g_set_str (&self->store->name, NULL))
            save (self);
          g_set_str (&name, made);
        }
      else if (g_set_str (&self->store->name, name))
        save (self);
    }
  else
    g_set_str (&self->store->name, name);

  if (g_set_str (&self->name, name))
    {
      apply_mesh_settings (self);
      notify (self, PROP_NAME);
    }
}

static GStrv
dup_blocked (EdgeNode *self)
{
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (self->store->blocked, NULL);

  return g_strdupv ((char **) ids);
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
      g_value_set_string (value, self->membership != NULL ? "open" : NULL);
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
      g_value_set_string (value, self->membership != NULL
                                 ? edge_membership_get_own_relay (self->membership) : NULL);
      break;
    case PROP_BLOCKED:
      g_value_take_boxed (value, dup_blocked (self));
      break;
    case PROP_LAST_NETWORK:
      g_value_set_string (value, self->store->network);
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
      set_name (self, g_value_get_string (value));
      break;
    case PROP_RELAYS:
      if (take_strv (&self->relays, value))
        {
          apply_relays (self);
          notify (self, PROP_RELAYS);
        }
      break;
    case PROP_STUN_SERVERS:
      if (take_strv (&self->stun_servers, value))
        {
          apply_stun_servers (self);
          notify (self, PROP_STUN_SERVERS);
        }
      break;
    case PROP_LISTEN:
      if (g_set_str (&self->listen, g_value_get_string (value)))
        {
          apply_relays (self);
          notify (self, PROP_LISTEN);
        }
      break;
    case PROP_DEGREE:
      if (self->degree != g_value_get_uint (value))
        {
          self->degree = g_value_get_uint (value);
          apply_mesh_settings (self);
          notify (self, PROP_DEGREE);
        }
      break;
    case PROP_WATCHED:
      if (self->watched != g_value_get_boolean (value))
        {
          self->watched = g_value_get_boolean (value);
          apply_mesh_settings (self);
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

  g_clear_handle_id (&self->alone_source, g_source_remove);
  if (self->membership != NULL)
    g_signal_handlers_disconnect_by_data (edge_membership_get_mesh (self->membership), self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->summary);
  g_clear_object (&self->peers);
  g_clear_object (&self->backends);
  g_clear_object (&self->messages);
  g_clear_object (&self->membership);
  g_clear_object (&self->policy);
  g_clear_object (&self->identity);

  G_OBJECT_CLASS (edge_node_parent_class)->dispose (object);
}

static void
edge_node_finalize (GObject *object)
{
  EdgeNode *self = EDGE_NODE (object);

  g_clear_pointer (&self->state_dir, g_free);
  g_clear_pointer (&self->store, edge_node_store_free);
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
  properties[PROP_LISTEN] = g_param_spec_string ("listen", NULL, NULL, NULL, rw);
  properties[PROP_OWN_RELAY] = g_param_spec_string ("own-relay", NULL, NULL, NULL, r);
  properties[PROP_BLOCKED] = g_param_spec_boxed ("blocked", NULL, NULL, G_TYPE_STRV, r);
  properties[PROP_LAST_NETWORK] = g_param_spec_string ("last-network", NULL, NULL, NULL, r);
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
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  self->policy = edge_policy_new ();
  self->monitor = edge_policy_monitor_new (self->policy);
  self->peers = edge_list_proxy_new (EDGE_TYPE_PEER);
  self->summary = edge_peer_summary_new (G_LIST_MODEL (self->peers));
  self->backends = edge_list_proxy_new (EDGE_TYPE_SIGNALING);
  self->messages = edge_message_log_new ();
  self->store = edge_node_store_new ();
  self->relays = g_new0 (char *, 1);
  self->stun_servers = g_new0 (char *, 1);
  self->degree = EDGE_MESH_DEFAULT_DEGREE;

  g_signal_connect_object (self->policy, "notify", G_CALLBACK (policy_changed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->summary, "notify", G_CALLBACK (summary_changed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (self->summary, "peer-changed", G_CALLBACK (peer_changed_cb), self,
                           G_CONNECT_DEFAULT);
  edge_policy_update (self->policy, now);
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
  g_autoptr(GError) error = NULL;

  self->state_dir = g_strdup (state_dir);
  if (state_dir != NULL && !edge_node_store_load (self->store, state_dir, &error))
    g_message ("%s in %s is not used: %s", EDGE_NODE_STORE_FILE, state_dir, error->message);
  g_set_str (&self->name, self->store->name);
  return self;
}

const char *
edge_node_get_id (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  return self->identity != NULL ? edge_identity_get_id (self->identity) : NULL;
}

EdgeNodeState
edge_node_get_state (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), EDGE_NODE_STATE_NONE);

  return self->state;
}

/**
 * edge_node_get_uptime:
 * @self: a node
 *
 * Returns: milliseconds since edge_node_start(), 0 before
 */
gint64
edge_node_get_uptime (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), 0);

  return self->identity != NULL ? (g_get_monotonic_time () - self->started_mono) / 1000 : 0;
}

/**
 * edge_node_start:
 * @self: a node
 * @identity: who it is
 *
 * Begins to watch what the policy needs. No network is joined yet.
 */
void
edge_node_start (EdgeNode     *self,
                 EdgeIdentity *identity)
{
  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (EDGE_IS_IDENTITY (identity));
  g_return_if_fail (self->identity == NULL);

  self->identity = g_object_ref (identity);
  self->started_at = g_get_real_time () / 1000;
  self->started_mono = g_get_monotonic_time ();
  set_name (self, self->name);
  edge_policy_monitor_start (self->monitor);
  notify (self, PROP_ID);
  notify (self, PROP_STARTED_AT);
}

static void
block_in_mesh (gpointer id,
               gpointer value,
               gpointer user_data)
{
  edge_mesh_set_blocked (user_data, id, TRUE);
}

static void
set_network (EdgeNode       *self,
             EdgeMembership *membership,
             const char     *id,
             const char     *name)
{
  EdgeMesh *mesh = membership != NULL ? edge_membership_get_mesh (membership) : NULL;

  g_object_freeze_notify (G_OBJECT (self));
  self->membership = membership;
  if (g_set_str (&self->network_id, id))
    notify (self, PROP_NETWORK_ID);
  if (g_set_str (&self->network_name, name))
    notify (self, PROP_NETWORK_NAME);
  notify (self, PROP_NETWORK_KIND);
  notify (self, PROP_OWN_RELAY);
  edge_list_proxy_set_source (self->peers, (GListModel *) mesh);
  edge_list_proxy_set_source (self->backends, membership != NULL
                                              ? edge_membership_get_backends (membership) : NULL);
  watch_loneliness (self);
  update_state (self);
  g_object_thaw_notify (G_OBJECT (self));
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
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  g_autoptr(EdgeRoom) room = NULL;
  g_autoptr(GError) error = NULL;
  EdgeMembership *membership;
  EdgeMesh *mesh;

  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (self->identity != NULL && self->stopping == NULL);
  g_return_if_fail (network_name != NULL);

  name = edge_open_genesis_name (network_name);
  id = name != NULL ? edge_open_genesis_id (name) : NULL;
  if (id == NULL)
    {
      g_signal_emit (self, signals[PROBLEM], 0, "bad_network",
                     _("This can’t be the name of a network"),
                     _("Choose 1 to 64 bytes without control characters."));
      return;
    }
  if (g_strcmp0 (id, self->network_id) == 0)
    return;
  if (!edge_mesh_check_system (&error))
    {
      g_signal_emit (self, signals[PROBLEM], 0, "unavailable", error->message,
                     _("Install the missing package and start again."));
      return;
    }

  edge_node_leave (self);
  room = edge_room_new_open (id, name);
  membership = edge_membership_new (self->identity, room, self->name);
  mesh = edge_membership_get_mesh (membership);
  g_signal_connect_object (membership, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (membership, "notify::own-relay", G_CALLBACK (own_relay_changed_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (mesh, "frame::message", G_CALLBACK (message_frame_cb), self,
                           G_CONNECT_DEFAULT);
  g_signal_connect_object (mesh, "link-down", G_CALLBACK (link_down_cb), self, G_CONNECT_DEFAULT);
  g_hash_table_foreach (self->store->blocked, block_in_mesh, mesh);

  set_network (self, membership, id, name);
  apply_mesh_settings (self);
  apply_stun_servers (self);
  apply_relays (self);
  edge_membership_start (membership);
  if (g_set_str (&self->store->network, name))
    {
      save (self);
      notify (self, PROP_LAST_NETWORK);
    }
}

static void
finish_stop (EdgeNode *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->stopping == NULL || self->n_leaving > 0)
    return;

  edge_policy_monitor_stop (self->monitor);
  task = g_steal_pointer (&self->stopping);
  g_task_return_boolean (task, TRUE);
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(EdgeNode) self = user_data;

  edge_membership_stop_finish (EDGE_MEMBERSHIP (source), result, NULL);
  self->n_leaving--;
  finish_stop (self);
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
  g_autoptr(EdgeMembership) membership = NULL;

  g_return_if_fail (EDGE_IS_NODE (self));

  if (self->membership == NULL)
    return;

  membership = self->membership;
  g_signal_handlers_disconnect_by_data (membership, self);
  g_signal_handlers_disconnect_by_data (edge_membership_get_mesh (membership), self);
  set_network (self, NULL, NULL, NULL);
  self->n_leaving++;
  edge_membership_stop_async (membership, left_cb, g_object_ref (self));
}

/**
 * edge_node_stop_async:
 * @self: a node
 * @cancellable: (nullable): to wait no longer
 * @callback: called when nothing runs any more
 * @user_data: for @callback
 *
 * Takes leave of the network and ends. It can't be started again.
 */
void
edge_node_stop_async (EdgeNode            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (self->stopping == NULL);

  self->stopping = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->stopping, edge_node_stop_async);
  edge_node_leave (self);
  finish_stop (self);
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

static gboolean
translate_error (GError  *local,
                 GError **error)
{
  g_autoptr(GError) taken = local;
  int code = EDGE_NODE_ERROR_NOT_LINKED;

  if (g_error_matches (taken, EDGE_MESH_ERROR, EDGE_MESH_ERROR_BUSY))
    code = EDGE_NODE_ERROR_BUSY;
  else if (g_error_matches (taken, EDGE_MESH_ERROR, EDGE_MESH_ERROR_TOO_LARGE))
    code = EDGE_NODE_ERROR_TEXT;

  g_set_error_literal (error, EDGE_NODE_ERROR, code, taken->message);
  return FALSE;
}

/**
 * edge_node_send_message:
 * @self: a node
 * @peer: to whom
 * @text: what to say
 * @error: return location for an error in the `EDGE_NODE_ERROR` domain
 *
 * Returns: whether it was sent
 */
gboolean
edge_node_send_message (EdgeNode    *self,
                        EdgePeer    *peer,
                        const char  *text,
                        GError     **error)
{
  g_autoptr(JsonObject) frame = NULL;
  g_autoptr(EdgeMessage) message = NULL;
  GError *local = NULL;

  g_return_val_if_fail (EDGE_IS_NODE (self), FALSE);
  g_return_val_if_fail (EDGE_IS_PEER (peer), FALSE);

  if (self->membership == NULL)
    {
      g_set_error_literal (error, EDGE_NODE_ERROR, EDGE_NODE_ERROR_NO_NETWORK,
                           _("No network is joined"));
      return FALSE;
    }

  frame = edge_message_log_make_frame (text, error);
  if (frame == NULL)
    return FALSE;
  if (!edge_mesh_send (edge_membership_get_mesh (self->membership), peer, frame, &local))
    return translate_error (local, error);

  message = edge_message_new (edge_peer_get_id (peer), text, TRUE, g_get_real_time () / 1000);
  edge_message_log_add (self->messages, message);
  return TRUE;
}

/**
 * edge_node_disconnect_peer:
 * @self: a node
 * @peer: from whom
 *
 * Ends the link. Peers may link again later; edge_node_set_blocked() keeps them away.
 */
void
edge_node_disconnect_peer (EdgeNode *self,
                           EdgePeer *peer)
{
  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (EDGE_IS_PEER (peer));

  if (self->membership != NULL)
    edge_mesh_disconnect (edge_membership_get_mesh (self->membership), peer);
}

/**
 * edge_node_set_blocked:
 * @self: a node
 * @peer_id: whom
 * @blocked: whether nothing of this peer is taken any more, in whatever network
 */
void
edge_node_set_blocked (EdgeNode   *self,
                       const char *peer_id,
                       gboolean    blocked)
{
  gboolean changed;

  g_return_if_fail (EDGE_IS_NODE (self));
  g_return_if_fail (peer_id != NULL);

  if (blocked && g_hash_table_size (self->store->blocked) >= EDGE_NODE_STORE_MAX_BLOCKED)
    return;
  changed = blocked ? g_hash_table_add (self->store->blocked, g_strdup (peer_id))
                    : g_hash_table_remove (self->store->blocked, peer_id);
  if (!changed)
    return;

  if (self->membership != NULL)
    edge_mesh_set_blocked (edge_membership_get_mesh (self->membership), peer_id, blocked);
  save (self);
  notify (self, PROP_BLOCKED);
}
