/* edge-node.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "node/edge-node-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "node/edge-node-words.h"

/**
 * EdgeNode:
 *
 * One node: an identity, a network, the links in it and what may be used of
 * this computer. It is the only thing that a face holds.
 */

enum
{
  MESSAGE,
  PEER_CHANGED,
  PEER_MEASURED,
  PEER_FORGOTTEN,
  PROBLEM,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_KEY_STATE + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EdgeNode, edge_node, G_TYPE_OBJECT)

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

void
_edge_node_notify (EdgeNode         *self,
                   EdgeNodeProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
_edge_node_emit_message (EdgeNode    *self,
                         EdgeMessage *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

void
_edge_node_emit_problem (EdgeNode   *self,
                         const char *code,
                         const char *message,
                         const char *remedy)
{
  g_signal_emit (self, signals[PROBLEM], 0, code, message, remedy);
}

void
_edge_node_save (EdgeNode *self)
{
  g_autoptr(GError) error = NULL;

  if (self->state_dir != NULL && !edge_node_store_save (self->store, self->state_dir, &error))
    _edge_node_emit_problem (self, "save", error->message,
                   _("Make room on the disk, and see that the folder belongs to you."));
}

static void
policy_changed_cb (EdgePolicy *policy,
                   GParamSpec *pspec,
                   EdgeNode   *self)
{
  if (g_str_equal (pspec->name, "share"))
    _edge_node_notify (self, PROP_SHARE);
  if (g_str_equal (pspec->name, "headline") || g_str_equal (pspec->name, "reason") ||
      g_str_equal (pspec->name, "outlook"))
    _edge_node_update_state (self);
}

static void
summary_changed_cb (EdgePeerSummary *summary,
                    GParamSpec      *pspec,
                    EdgeNode        *self)
{
  g_object_notify (G_OBJECT (self), pspec->name);
  if (g_str_equal (pspec->name, "n-connected"))
    _edge_node_count_peers (self);
}

static void
peer_changed_cb (EdgeNode *self,
                 EdgePeer *peer)
{
  g_signal_emit (self, signals[PEER_CHANGED], 0, peer);
}

static void
peer_measured_cb (EdgeNode *self,
                  EdgePeer *peer)
{
  g_signal_emit (self, signals[PEER_MEASURED], 0, peer);
}

static void
peer_forgotten_cb (EdgeNode   *self,
                   const char *peer_id)
{
  g_signal_emit (self, signals[PEER_FORGOTTEN], 0, peer_id);
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
            _edge_node_save (self);
          g_set_str (&name, made);
        }
      else if (g_set_str (&self->store->name, name))
        _edge_node_save (self);
    }
  else
    g_set_str (&self->store->name, name);

  if (g_set_str (&self->name, name))
    {
      _edge_node_apply_settings (self);
      _edge_node_notify (self, PROP_NAME);
    }
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
      g_value_set_string (value, self->network != NULL ? self->network->id : NULL);
      break;
    case PROP_NETWORK_NAME:
      g_value_set_string (value, self->network != NULL ? self->network->name : NULL);
      break;
    case PROP_NETWORK_KIND:
      g_value_set_string (value, self->network != NULL ? edge_network_get_kind (self->network)
                                                       : NULL);
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
    case PROP_BOOKS:
      g_value_set_object (value, self->books);
      break;
    case PROP_MEMBERS:
      g_value_set_object (value, self->members);
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
      g_value_take_boxed (value, _edge_node_dup_blocked (self));
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
    case PROP_KEY_STATE:
      g_value_set_enum (value, (int) self->key_state);
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
          _edge_node_apply_relays (self);
          _edge_node_notify (self, PROP_RELAYS);
        }
      break;
    case PROP_STUN_SERVERS:
      if (take_strv (&self->stun_servers, value))
        {
          _edge_node_apply_stun (self);
          _edge_node_notify (self, PROP_STUN_SERVERS);
        }
      break;
    case PROP_LISTEN:
      if (g_set_str (&self->listen, g_value_get_string (value)))
        {
          _edge_node_apply_relays (self);
          _edge_node_notify (self, PROP_LISTEN);
        }
      break;
    case PROP_DEGREE:
      if (self->degree != g_value_get_uint (value))
        {
          self->degree = g_value_get_uint (value);
          _edge_node_apply_settings (self);
          _edge_node_notify (self, PROP_DEGREE);
        }
      break;
    case PROP_WATCHED:
      if (self->watched != g_value_get_boolean (value))
        {
          self->watched = g_value_get_boolean (value);
          _edge_node_apply_settings (self);
          _edge_node_notify (self, PROP_WATCHED);
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
  g_clear_handle_id (&self->stranger_source, g_source_remove);
  g_clear_handle_id (&self->twin_source, g_source_remove);
  if (self->membership != NULL)
    g_signal_handlers_disconnect_by_data (edge_membership_get_mesh (self->membership), self);
  /* Who was not stopped leaves the file as after a crash. */
  _edge_node_close_members (self);
  if (self->books != NULL)
    g_object_run_dispose (G_OBJECT (self->books));
  g_clear_object (&self->books);
  g_clear_object (&self->ledger);
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

  _edge_node_drop_ledgers (self);
  g_clear_pointer (&self->ledger_dir, g_free);
  g_clear_pointer (&self->state_dir, g_free);
  g_clear_pointer (&self->store, edge_node_store_free);
  g_clear_pointer (&self->invites, _edge_node_invites_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->own_header, g_free);
  g_clear_pointer (&self->headline, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->network, edge_network_free);
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
  properties[PROP_BOOKS] = g_param_spec_object ("books", NULL, NULL, EDGE_TYPE_BOOKS, r);
  properties[PROP_MEMBERS] = g_param_spec_object ("members", NULL, NULL, EDGE_TYPE_MEMBERS, r);
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
  properties[PROP_KEY_STATE] = g_param_spec_enum ("key-state", NULL, NULL, EDGE_TYPE_NODE_KEY_STATE,
                                                  EDGE_NODE_KEY_STATE_FINE, r);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  _edge_node_invite_class_init (klass);
  _edge_node_members_class_init (klass);
  /* Described in edge-node.h. */
  signals[MESSAGE] = g_signal_new ("message", EDGE_TYPE_NODE, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_MESSAGE);
  signals[PEER_CHANGED] = g_signal_new ("peer-changed", EDGE_TYPE_NODE, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
  signals[PEER_MEASURED] = g_signal_new ("peer-measured", EDGE_TYPE_NODE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, EDGE_TYPE_PEER);
  signals[PEER_FORGOTTEN] = g_signal_new ("peer-forgotten", EDGE_TYPE_NODE, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
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
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->summary, "peer-measured", G_CALLBACK (peer_measured_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->summary, "peer-forgotten", G_CALLBACK (peer_forgotten_cb), self,
                           G_CONNECT_SWAPPED);
  edge_policy_update (self->policy, now);
  _edge_node_update_state (self);
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
  self->invites = _edge_node_invites_new (state_dir);
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
 * edge_node_get_books:
 * @self: a node
 *
 * Returns: (transfer none) (nullable): the books of the network, once its ledger is open
 */
EdgeBooks *
edge_node_get_books (EdgeNode *self)
{
  g_return_val_if_fail (EDGE_IS_NODE (self), NULL);

  return self->books;
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
  _edge_node_note_key (self);
  set_name (self, self->name);
  edge_policy_monitor_start (self->monitor);
  _edge_node_notify (self, PROP_ID);
  _edge_node_notify (self, PROP_STARTED_AT);
}
